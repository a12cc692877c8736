"""Who was anonymised or erased: remembered in the file and in a list beside it, so that an older copy of the file brings nobody back.

Beside `aarhus.db` the list is `aarhus.db.removed`, readable by its owner alone. It holds numbers, days and slow hashes; no name.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..atomic_files import unfinished
from ..errors import UnusableFile
from ..i18n import _

ANONYMISED, ERASED = "anonymised", "erased"
_SCHEMA, _ENDING = "husrum.removed/1", ".removed"


class Removed(NamedTuple):
    """One number whose person was anonymised or erased. `person_uid` None: a second number of theirs; `hash` None: nothing to know them again by."""

    branch_uid: str
    number: int
    person_uid: str | None
    how: str
    date: str
    hash: str | None


def removed_in(connection: sqlite3.Connection, database: str = "main") -> list[Removed]:
    """Those that the file remembers."""
    columns = "branches.uid, number, person_uid, how, date, hash"
    sql = f"""SELECT {columns} FROM {database}.removed_people AS gone JOIN {database}.branches AS branches ON branches.id = branch_id
        ORDER BY branch_id, number"""
    return [Removed(*row) for row in connection.execute(sql)]


def list_beside(path: Path) -> Path:
    """Where the list of a file lies."""
    return path.with_name(f"{path.name}{_ENDING}")


def removed_beside(path: Path) -> list[Removed]:
    """Those that the list beside a file remembers. Raises `UnusableFile` where there is one that can't be read."""
    import json

    place = list_beside(path)
    try:
        held = json.loads(place.read_bytes())
        if held["schema"] != _SCHEMA:
            raise ValueError
        return [Removed(**each) for each in held["removed"]]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=place, reason=error.strerror)) from None
    except (ValueError, KeyError, TypeError):
        raise UnusableFile(
            _("{path} can't be read: it tells who must not come back from an older copy. Restore it, or move it away.", path=place)
        ) from None


def united(*lists: Iterable[Removed]) -> list[Removed]:
    """All of several lists, each number once. Who was erased is no longer only anonymised; a hash that one list lacks comes from the other."""
    found: dict[tuple[str, int], Removed] = {}
    for each in (one for some in lists for one in some):
        known = found.setdefault((each.branch_uid, each.number), each)
        if known is not each:
            first, second = (each, known) if (each.how, known.how) == (ERASED, ANONYMISED) else (known, each)
            found[each.branch_uid, each.number] = first._replace(
                person_uid=first.person_uid or second.person_uid, hash=first.hash or second.hash
            )
    return [found[key] for key in sorted(found)]


def removed_around(path: Path) -> list[Removed]:
    """Those that any list in the folder of a file remembers: an older copy of a city's file mostly lies beside the newer one, under another name."""
    lists = [removed_beside(path)]
    for place in sorted(path.parent.glob(f"*{_ENDING}")):
        with suppress(UnusableFile):  # something else may be called so
            lists.append(removed_beside(place.with_name(place.name.removesuffix(_ENDING))))
    return united(*lists)


def came_back(connection: sqlite3.Connection, removed: Iterable[Removed], database: str = "main") -> list[Removed]:
    """Who of these is in the file as if nothing had been: it is an older copy."""
    held = {(each.branch_uid, each.number): each.how for each in removed_in(connection, database)}
    missing = [each for each in removed if held.get((each.branch_uid, each.number)) not in (ERASED, each.how)]
    sql = f"""SELECT 1 FROM {database}.people AS people JOIN {database}.branches AS branches ON branches.id = branch_id
        WHERE branches.uid = ? AND CASE WHEN ?2 IS NULL THEN number = ?3 ELSE people.uid = ?2 END"""
    return [each for each in missing if connection.execute(sql, (each.branch_uid, each.person_uid, each.number)).fetchone()]


def numbers_back(connection: sqlite3.Connection, path: Path, database: str) -> tuple[int, ...]:
    """The numbers of those who are in a file although a list in its folder tells that they were removed."""
    return tuple(sorted({each.number for each in came_back(connection, removed_around(path), database)}))


def remember_beside(path: Path, removed: Iterable[Removed]) -> None:
    """Writes the list anew, whole or not at all. Raises `UnusableFile` where it can't be written."""
    import json

    place = list_beside(path)
    text = json.dumps({"schema": _SCHEMA, "removed": [each._asdict() for each in removed]}, ensure_ascii=False, indent=1)
    try:
        with unfinished(place) as partial:
            with partial.open("w", encoding="utf-8") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, place)
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=place, reason=error.strerror)) from None
