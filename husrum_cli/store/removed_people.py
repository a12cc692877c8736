"""Remember who was anonymised or erased, and which consents were withdrawn, so that no older copy of a file brings them back.

They are listed in the file and in a list next to it: `aarhus.db.removed` for `aarhus.db`, readable by its owner alone. The lists hold numbers, days
and slow hashes, no name.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from ..errors import UnusableFile
from ..i18n import _
from ..platforms.replacing import replace
from ..regular_files import files_in, regular_bytes

ANONYMISED, ERASED = "anonymised", "erased"
_SCHEMA, _ENDING = "husrum.removed/1", ".removed"


class RemovedPerson(NamedTuple):
    """A number whose person was anonymised or erased. `person_uid`: None for a former number of theirs; `hash`: None if nothing identifies them."""

    branch_uid: str
    number: int
    person_uid: str | None
    how: str
    date: str
    hash: str | None


class Withdrawal(NamedTuple):
    """A consent that was withdrawn. `given`: None if that day is unknown."""

    person_uid: str
    purpose: str
    given: str | None
    withdrawn: str


class RemovedList(NamedTuple):
    """People and withdrawn consents that no older copy of the file may bring back.

    `taken_back`: withdrawals that were removed from the file again. Lists next to copies of before still have them.
    """

    removed: list[RemovedPerson]
    withdrawn: list[Withdrawal]
    taken_back: list[Withdrawal] = []


def removed_in(connection: sqlite3.Connection, database: str = "main") -> list[RemovedPerson]:
    """Return those whom the file lists."""
    columns = "branches.uid, number, person_uid, how, date, hash"
    sql = f"""SELECT {columns} FROM {database}.removed_people AS gone JOIN {database}.branches AS branches ON branches.id = branch_id
        ORDER BY branch_id, number"""
    return [RemovedPerson(*row) for row in connection.execute(sql)]


def withdrawals_in(connection: sqlite3.Connection) -> list[Withdrawal]:
    """Return the withdrawn consents in the file."""
    sql = """SELECT DISTINCT people.uid, purpose, given, withdrawn FROM consents JOIN people ON people.id = person_id
        WHERE withdrawn IS NOT NULL ORDER BY 1, 2, 4, 3"""
    return [Withdrawal(*row) for row in connection.execute(sql)]


def list_path(path: Path) -> Path:
    """Return the path of the list next to a file."""
    return path.with_name(f"{path.name}{_ENDING}")


def read_list(path: Path) -> RemovedList:
    """Read the list next to a file; empty if there is none. Raises `UnusableFile` if it can't be read."""
    import json

    place = list_path(path)
    try:
        found = json.loads(regular_bytes(place))
        if found["schema"] != _SCHEMA:
            raise ValueError
        withdrawn, taken_back = ([Withdrawal(**each) for each in found.get(name, ())] for name in ("withdrawn", "taken_back"))
        return RemovedList([RemovedPerson(**each) for each in found["removed"]], withdrawn, taken_back)
    except FileNotFoundError:
        return RemovedList([], [])
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=place, reason=error.strerror)) from None
    except (ValueError, KeyError, TypeError):
        raise UnusableFile(
            _("{path} can't be read: it lists who must not come back from an older copy. Restore it, or move it away.", path=place)
        ) from None


def write_list(path: Path, content: RemovedList) -> None:
    """Replace the list next to a file. Raises `UnusableFile` if it can't be written."""
    import json

    from ..atomic_files import flush_to_disk, temporary_file

    place = list_path(path)
    record = {"schema": _SCHEMA, "removed": [each._asdict() for each in content.removed]}
    for name, withdrawals in (("withdrawn", content.withdrawn), ("taken_back", content.taken_back)):
        if withdrawals:
            record[name] = [each._asdict() for each in withdrawals]
    try:
        with temporary_file(place) as temporary:
            temporary.write_bytes(f"{json.dumps(record, ensure_ascii=False, indent=1)}\n".encode())
            flush_to_disk(temporary)
            replace(temporary, place)
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=place, reason=error.strerror)) from None


def list_due(connection: sqlite3.Connection, path: Path, withdrawn_no_more: Iterable[Withdrawal] = ()) -> RemovedList | None:
    """Return the content that the list next to a file should have by now; None if it has it. `withdrawn_no_more`: withdrawals that were just undone."""
    written = read_list(path)
    now, no_more = {*withdrawals_in(connection)}, {*withdrawn_no_more}
    due = RemovedList(
        unite_lists(written.removed, removed_in(connection)),
        sorted({*written.withdrawn, *now} - no_more, key=repr),
        sorted({*written.taken_back, *no_more} - now, key=repr),
    )
    same = RemovedList(unite_lists(written.removed), sorted(written.withdrawn, key=repr), sorted(written.taken_back, key=repr))
    return None if due == same else due


@contextmanager
def taking_withdrawals_back(connection: sqlite3.Connection, no_more: set[Withdrawal]) -> Iterator[None]:
    """Add to a set the withdrawals that are in a file no more afterwards: they leave the list next to it too, and no restored copy applies them again."""
    before = withdrawals_in(connection)
    yield
    no_more.update({*before} - {*withdrawals_in(connection)})


def unite_lists(*lists: Iterable[RemovedPerson]) -> list[RemovedPerson]:
    """Unite several lists, each number once. Erased wins over anonymised; a hash or uid that one list lacks comes from another."""
    found: dict[tuple[str, int], RemovedPerson] = {}
    for each in (one for some in lists for one in some):
        known = found.setdefault((each.branch_uid, each.number), each)
        if known is not each:
            first, second = (each, known) if (each.how, known.how) == (ERASED, ANONYMISED) else (known, each)
            found[each.branch_uid, each.number] = first._replace(
                person_uid=first.person_uid or second.person_uid, hash=first.hash or second.hash
            )
    return [found[key] for key in sorted(found)]


def lists_around(path: Path) -> RemovedList:
    """Unite all lists in the folder of a file: an older copy is often next to the newer one, under another name.

    A withdrawal that was taken back in the file counts no more, though another copy's list still has it.
    """
    lists = [own := read_list(path), *_lists_in(path.parent).values()]
    withdrawn = {one for each in lists for one in each.withdrawn} - {*own.taken_back}
    return RemovedList(unite_lists(*(each.removed for each in lists)), sorted(withdrawn, key=repr))


def _lists_in(folder: Path) -> dict[Path, RemovedList]:
    """Return the lists in a folder, each by the file that it is next to, whether or not that is there."""
    lists = {}
    for place in files_in(folder):
        if place.name.endswith(_ENDING):
            with suppress(UnusableFile):  # another program's file
                path = place.with_name(place.name.removesuffix(_ENDING))
                lists[path] = read_list(path)
    return lists


def returned_people(connection: sqlite3.Connection, removed: Iterable[RemovedPerson], database: str = "main") -> list[RemovedPerson]:
    """Return those who are in the file as if they had never been removed: it is an older copy."""
    known = {(each.branch_uid, each.number): each.how for each in removed_in(connection, database)}
    missing = [each for each in removed if known.get((each.branch_uid, each.number)) not in (ERASED, each.how)]
    sql = f"""SELECT 1 FROM {database}.people AS people JOIN {database}.branches AS branches ON branches.id = branch_id
        WHERE branches.uid = ? AND CASE WHEN ?2 IS NULL THEN number = ?3 ELSE people.uid = ?2 END"""
    return [each for each in missing if connection.execute(sql, (each.branch_uid, each.person_uid, each.number)).fetchone()]


def removed_since_merge(connection: sqlite3.Connection, path: Path) -> Iterator[tuple[int, RemovedPerson, list[Path]]]:
    """Yield who in a national file was removed in their city since it was merged, by the lists in the folder: their id, and the files that such a list is next to.

    The nation has of everybody what it has of the anonymised. Only the tags by which people are linked are of those with a name.
    """
    sql = """SELECT people.id FROM people JOIN branches ON branches.id = branch_id
        WHERE branches.uid = ?1 AND CASE WHEN ?2 IS NULL THEN number = ?3 ELSE people.uid = ?2 END
            AND (?4 = 'erased' OR EXISTS (SELECT 1 FROM link_tags WHERE person_id = people.id))"""
    lists = {file: listed.removed for file, listed in _lists_in(path.parent).items()}
    for each in unite_lists(*lists.values()):
        for (id,) in connection.execute(sql, (each.branch_uid, each.person_uid, each.number, each.how)):
            yield id, each, [file for file, removed in lists.items() if file.is_file() and _lists(removed, each)]


def _lists(removed: Iterable[RemovedPerson], wanted: RemovedPerson) -> bool:
    return any((each.branch_uid, each.number, each.how) == (wanted.branch_uid, wanted.number, wanted.how) for each in removed)


def returned_consents(connection: sqlite3.Connection, withdrawn: Iterable[Withdrawal]) -> list[tuple[int, Withdrawal]]:
    """Return the consents that are in the file as if they had never been withdrawn, each with its person's id."""
    missing = sorted({*withdrawn} - {*withdrawals_in(connection)}, key=repr)
    ids = {row[0]: row[1] for row in connection.execute("SELECT uid, id FROM people")} if missing else {}
    return [(ids[each.person_uid], each) for each in missing if each.person_uid in ids]


def returned_numbers(connection: sqlite3.Connection, path: Path) -> tuple[int, ...]:
    """Return the numbers of those who came back into the attached file `source`, by any list in the folder of the file."""
    return tuple(sorted({each.number for each in returned_people(connection, lists_around(path).removed, "source")}))
