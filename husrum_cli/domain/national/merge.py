"""Merge several files into one: the newest copy of each city, by its lineage, and the nation's own rows as if the nation were a city.

The content of a merged file depends only on these copies, so files can be merged in any order, in any grouping, and again. A merge itself leaves no edit.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from ...errors import Refused, UnusableFile
from ...i18n import N_, _
from ...input.dates import today
from ...input.text import fold
from ...store import Store
from ...store.connection import cannot_decrypt, library_for
from ...store.keys import FileKeys, read_key
from ...store.union.known_files import NATION_UID, KnownFile, KnownFiles, known_files, remember_files
from ...store.union.merge import Building, ChosenCopy, Functions, build_union, lock_target
from ...store.union.source_headers import headers, needs_key
from ...store.union.sources import Decrypt, ExpectedCity, Source
from ...store.union.travelling_rows import Counts
from ...vocabulary import NON_ANSWERS, RECRUITED_THROUGH
from ..branches import last_records
from ..figures.travelling_years import for_the_nation
from .copies import (
    Key,
    SourcedCopy,
    branch_name,
    choose_copy,
    common_key,
    newest_copies,
    refuse_different,
    refuse_namesakes,
    refuse_who_came_back,
)
from .joint_events import probable_joint_events

Record = dict[str, Any]
# The outcomes of a copy that was read. Kept: it was in the file already, and in no other.
STATES = NEW, UNCHANGED, REPLACED, OLDER, KEPT = N_("new"), N_("unchanged"), N_("replaced"), N_("older"), N_("kept")


class MergeResult(NamedTuple):
    """The result of a merge. `lines`: the outcome of every copy that was read. `missing`: expected cities whose own file has not come."""

    lines: list[Record]
    missing: list[str]
    joint_events: list[Record]
    notes: list[str]
    branches: int


def link_key(path: Path | None) -> Key | None:
    """Return the key in a file, ready to tag with."""
    from . import linking

    if path is None:
        return None
    key = linking.read_link_key(path)
    return Key(linking.tag_version(key), partial(linking.tags, key=key))


def merge(
    out: Path,
    files: list[Path],
    key: Key | None,
    language: str,
    decrypt: Decrypt | None = None,
    file_keys: FileKeys | None = None,
    common: bool = False,
) -> MergeResult:
    """Merge the files into `out`, with what is there already. All or nothing.

    language: of a new file; `common`: unless the files read have one in common. decrypt: returns the content of a file that was encrypted for the handover.
    Raises `UnusableFile` for a file that can't be trusted, and `Refused` if copies contradict each other.
    """
    file_keys = file_keys or FileKeys()
    if out.is_dir():
        raise UnusableFile(_("{path} is a folder; name a file in it.", path=out))
    target = Path(os.path.realpath(out))  # as `resolve`, but a link that leads to itself is no error yet
    exists = target.exists()
    named, notes = _distinct(files, out if exists else None)
    first = headers([*([out] if exists else []), *named])
    known = known_files(target, first[out].hash if exists else None)
    encrypted = exists and needs_key(first[out].start)
    keys = (
        [read_key(place) for place in file_keys.paths()]
        if file_keys.encrypt or any(needs_key(each.start) for each in first.values())
        else []
    )
    out_key = keys[0] if keys and file_keys.own and (encrypted or file_keys.encrypt) else None
    if encrypted and out_key is None:
        raise cannot_decrypt(out, False)
    using = library_for(keys[0] if keys else None)
    with (
        lock_target(target, out_key if encrypted else None, using) as release,
        build_union(target, _FUNCTIONS, not exists, out_key, using, release, known) as building,
    ):
        before = building.sources.examine(out, first[out], keys=keys[:1]) if exists else None
        if before is not None and before.city:
            raise Refused(_("{path} is a city's own file, which a merge would replace; name another file for the nation.", path=out))
        read = [building.sources.examine(path, first[path], decrypt, keys) for path in named]
        languages = {source.settings.get("language", language) for source in read} if common else {language}
        settings = {"language": languages.pop() if len(languages) == 1 else language, **(before.settings if before else {})}
        # A file that becomes encrypted is always rewritten.
        merged, known = _united(building, before, read, key, settings, may_stay=encrypted == (out_key is not None))
        notes += merged.notes
    remember_files(target, known._replace(target=first[out].hash if building.kept else building.hash))
    return merged._replace(notes=notes)


def hand_over(
    city: Path, plain: Path, key: Key | None, language: str, city_key: bytes | None = None, plain_key: bytes | None = None
) -> MergeResult:
    """Write the handover of a city to the new file `plain`: the result of merging this one city, and a manifest.

    `city_key`: of the city's file, if that is encrypted; `plain_key`: to encrypt `plain` with. Raises `Refused` if the file is not a city's own.
    """
    first = headers([city])
    with build_union(plain, _FUNCTIONS, False, plain_key, library_for(city_key)) as building:
        source = building.sources.examine(city, first[city], keys=[city_key] if city_key else [])
        if not source.city:
            raise Refused(_("{path} is a national file; only a city hands over its file.", path=city))
        merged, _same = _united(building, None, [source], key, {"language": language})
        building.sign()
    return merged


def _united(
    building: Building, before: Source | None, read: list[Source], key: Key | None, settings: dict[str, str], may_stay: bool = True
) -> tuple[MergeResult, KnownFiles]:
    """Make the union. Also returns what is known of the files after it, but for the hash of the union."""
    everything = [*([before] if before else []), *read]
    copies: dict[str, list[SourcedCopy]] = {}
    for source in everything:
        for branch in source.copies:
            copies.setdefault(branch.uid, []).append(SourcedCopy(source, branch))
    newest = {uid: newest_copies(each) for uid, each in copies.items()}
    nations = [SourcedCopy(source, None) for source in everything if source.nation]
    nation = sorted(newest_copies(nations), key=lambda copy: -copy.source.logged) if nations else []
    refuse_different(building, [*newest.values(), nation])
    refuse_namesakes(newest)
    mark = common_key(newest.values(), before, key)
    chosen = {uid: choose_copy(each, before, key, mark) for uid, each in newest.items()}
    refuse_who_came_back(chosen.values())
    expected = nation[0].source.expected if nation else ()
    ids = _numbered(chosen, expected)
    places = {fold(copy.branch.name): uid for uid, copy in chosen.items() if copy.branch}
    parts = []
    for uid, copy in chosen.items():
        assert copy.branch is not None
        tagged = key is not None and copy.source.city
        parts.append(
            ChosenCopy(
                copy.source, copy.branch, ids[uid], key.tags if key and tagged else None, key.fingerprint if key and tagged else None
            )
        )
    cities = [(city, ids[places.get(fold(city.name), city.uid)], fold(city.name) in places) for city in expected]
    settings.pop("home_branch", None)
    store = _already_there(building, before, parts, nation[0].source if nation else None, ids, settings) if may_stay else None
    if store is None:
        building.insert_rows(parts, nation[0].source if nation else None, cities, settings)
        store = building.finish()
        _link(store)
    lines = _lines(store, before, read, chosen, nation)
    merged = MergeResult(lines, _missing(store), probable_joint_events(store), _notes(read, store), len(store.branches))
    return merged, _known(building.sources.known, before, read, newest, nation, parts)


def _known(
    known: KnownFiles,
    before: Source | None,
    read: list[Source],
    newest: dict[str, list[SourcedCopy]],
    nation: list[SourcedCopy],
    parts: list[ChosenCopy],
) -> KnownFiles:
    """Return what is known after a merge: of the files that were read, and of those before whose rows are still in the union."""
    if not all(part.copy.lineage for part in parts):  # a branch without edits is in the file, but the next merge takes it from nowhere
        return KnownFiles()
    taken = {**newest, NATION_UID: nation}
    still = {uid for uid, copies in taken.items() if any(copy.source is before for copy in copies)}
    files = {file: each._replace(same=each.same & still) for file, each in known.files.items()}
    for source in read:
        if source.hash is not None:
            same = frozenset(uid for uid, copies in taken.items() if any(copy.source is source for copy in copies))
            files[source.hash] = KnownFile(same, source.all_counts)
    counts: Counts = {}
    for id, each in [*((part.id, part.copy.counts) for part in parts), *((None, copy.source.counts) for copy in nation[:1])]:
        for table, number in each.items():
            counts.setdefault(table, {})[id] = number
    return KnownFiles(None, counts, {file: each for file, each in files.items() if each.same})


def _already_there(
    building: Building, before: Source | None, parts: list[ChosenCopy], nation: Source | None, ids: dict[str, int], settings: dict[str, str]
) -> Store | None:
    """Return the file that is merged into, if it is what would be made: nothing came that it does not have, and nobody wrote to it since it was made."""
    if before is None or any(part.source is not before for part in parts) or nation not in (None, before):
        return None
    store = building.open_unchanged(before) if settings == before.settings else None
    if store is None:
        return None
    from .linking import links_to_change

    if {row["uid"]: row["id"] for row in store.rows("SELECT uid, id FROM branches")} == ids and not links_to_change(store):
        building.kept = store
    else:
        store.close()
    return building.kept


def _distinct(files: list[Path], target: Path | None) -> tuple[list[Path], list[str]]:
    """Return the files, each once, and without the target, which is read anyway."""
    known: dict[tuple[int, int], Path] = {}
    if target is not None:
        known[_place(target)] = target
    named, notes = [], []
    for path in files:
        place = _place(path)
        if place not in known:
            known[place] = path
            named.append(path)
        elif known[place] == target:
            notes.append(_("{path} is the file that is merged into; it is read as that.", path=path))
        else:
            notes.append(_("{path} is the same file as {other}; it is read once.", path=path, other=known[place]))
    return named, notes


def _place(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except FileNotFoundError:
        raise UnusableFile(_("{path} does not exist.", path=path)) from None
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from None
    return status.st_dev, status.st_ino


def _numbered(chosen: dict[str, SourcedCopy], expected: Iterable[ExpectedCity]) -> dict[str, int]:
    """Return uid -> id of every branch, in the order of names: the same in every file with the same content."""
    names = {uid: fold(branch_name(copy)) for uid, copy in chosen.items()}
    present = set(names.values())
    names |= {city.uid: fold(city.name) for city in expected if fold(city.name) not in present}
    return {uid: number for number, uid in enumerate(sorted(names, key=lambda uid: (names[uid], uid)), 1)}


def _link(store: Store) -> None:
    from .linking import link_humans

    link_humans(store)


def _lines(
    store: Store, before: Source | None, read: list[Source], chosen: dict[str, SourcedCopy], nation: list[SourcedCopy]
) -> list[Record]:
    """List the outcome of every copy that was read, and of those that only the file itself had."""
    last = last_records(store)
    tagless = "SELECT branch_id, count(*) FROM people WHERE id NOT IN (SELECT person_id FROM link_tags) GROUP BY 1"
    untagged: dict[int, int] = {row[0]: row[1] for row in store.rows(tagless)}
    keyed = {row[0] for row in store.rows("SELECT branch_id FROM link_keys")}
    ids = {row["uid"]: row["id"] for row in store.rows("SELECT id, uid FROM branches")}
    there = {copy.uid: copy for copy in before.copies} if before else {}
    lines: list[Record] = []
    seen: set[str | None] = set()

    def line(source: Source, name: str | None, state: str, counts: dict[str, int], id: int | None) -> Record:
        return {
            "file": str(source.path),
            "branch": name,
            "state": state,
            "people": counts["people"],
            "sessions": counts["sessions"],
            "attendance": counts["attendance"],
            "unlinkable": untagged.get(id, 0) if id and id in keyed else None,
            "last_record": last.get(id) if id else None,
        }

    for source in read:
        for branch in source.copies:
            best = chosen[branch.uid]
            was = there.get(branch.uid)
            if len(branch.lineage) < len(best.lineage):
                state = OLDER
            elif branch.uid in seen or (was and len(was.lineage) == len(branch.lineage)):
                state = UNCHANGED
            else:
                state = REPLACED if was else NEW
            if state != OLDER:
                seen.add(branch.uid)
            lines.append(line(source, branch.name, state, branch.counts, ids[branch.uid]))
        if source.nation:
            newest = len(nation[0].lineage)
            was_there = len(before.nation) if before else 0
            state = (
                OLDER
                if len(source.nation) < newest
                else UNCHANGED
                if None in seen or was_there == newest
                else REPLACED
                if was_there
                else NEW
            )
            if state != OLDER:
                seen.add(None)
            lines.append(line(source, None, state, source.counts, None))
    if before:
        named = {branch.uid for source in read for branch in source.copies}
        lines += [line(before, copy.name, KEPT, copy.counts, ids[copy.uid]) for copy in before.copies if copy.uid not in named]
    return lines


def _missing(store: Store) -> list[str]:
    """Return the cities that the nation knows of and that have sent nothing, unless they have closed."""
    sql = """SELECT name FROM branches WHERE id NOT IN (SELECT branch_id FROM edits WHERE branch_id IS NOT NULL) AND ifnull(active_to, '9999') >= ?
        ORDER BY id"""
    return [row["name"] for row in store.rows(sql, today())]


def _notes(read: list[Source], store: Store) -> list[str]:
    notes = []
    for source in read:
        if source.others:
            notes.append(
                _(
                    "{path} is one city's own file; of other cities nothing was taken from it ({branches}).",
                    path=source.path,
                    branches=", ".join(source.others),
                )
            )
    untagged = """SELECT name FROM branches WHERE id NOT IN (SELECT branch_id FROM link_keys) AND EXISTS (SELECT 1 FROM people WHERE branch_id = branches.id)
        ORDER BY id"""
    names = [row["name"] for row in store.rows(untagged)]
    if names:
        notes.append(_("Without a link key nobody in {branches} is linked to another city: --key FILE", branches=", ".join(names)))
    of_other_rules = """SELECT name FROM branches JOIN link_keys ON branch_id = branches.id
        WHERE substr(fingerprint, 20) < (SELECT max(substr(fingerprint, 20)) FROM link_keys) ORDER BY branches.id"""
    older = [row["name"] for row in store.rows(of_other_rules)]
    if older:
        notes.append(
            _(
                "The link tags of {branches} are an older husrum's, which can't be compared with the others. Ask for a new handover.",
                branches=", ".join(older),
            )
        )
    return notes


def _code(text: str | None) -> str | None:
    return text if text in RECRUITED_THROUGH or text in NON_ANSWERS else None


_FUNCTIONS = Functions(_code, for_the_nation)
