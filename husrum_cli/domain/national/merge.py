"""Several files become one: of each city the newest copy, told by its lineage, and the nation's own rows as if the nation were a city.

What a merged file holds depends on nothing but these copies, so files can be merged in any order, in any grouping, and again. A merge itself leaves no edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
from ...store.union.merge import Building, Chosen, Functions, built, headers, held
from ...store.union.source_headers import needs_key
from ...store.union.sources import BranchCopy, Decrypt, Edit, Expected, Lineage, Source
from ...vocabulary import NON_ANSWERS, RECRUITED_THROUGH
from ..branches import last_records
from ..figures.freeze import for_the_nation
from .joint_events import probable_joint_events

Record = dict[str, Any]
# What became of a copy that was read. Kept: it was in the file already, and in no other.
STATES = NEW, UNCHANGED, REPLACED, OLDER, KEPT = N_("new"), N_("unchanged"), N_("replaced"), N_("older"), N_("kept")


class Key(NamedTuple):
    """What people are tagged with where a city's own file is merged."""

    fingerprint: str
    tags: Callable[[str | None, str | None, str | None, str | None], dict[str, str]]


class Merged(NamedTuple):
    """What a merge did. `lines`: what became of every copy that was read. `missing`: expected cities whose own file has not come."""

    lines: list[Record]
    missing: list[str]
    joint_events: list[Record]
    notes: list[str]
    branches: int


class _Copy(NamedTuple):
    """A copy of a branch and the file that it stands in; of the nation where `branch` is None."""

    source: Source
    branch: BranchCopy | None

    @property
    def lineage(self) -> Lineage:
        return self.source.nation if self.branch is None else self.branch.lineage


def link_key(path: Path | None) -> Key | None:
    """The key in a file, ready to tag with."""
    from . import linking

    if path is None:
        return None
    key = linking.read_key(path)
    return Key(linking.fingerprint(key), partial(linking.tags, key=key))


def merge(
    out: Path, files: list[Path], key: Key | None, language: str, decrypt: Decrypt | None = None, file_keys: FileKeys | None = None
) -> Merged:
    """The union of the files in `out`, and of what is there already. All or nothing. `decrypt` gives what is in a file that was encrypted to be handed over.

    Raises `UnusableFile` for a file that can't be trusted, and `Refused` where copies contradict each other.
    """
    file_keys = file_keys or FileKeys()
    if out.is_dir():
        raise UnusableFile(_("{path} is a folder; name a file in it.", path=out))
    target = out.resolve()
    exists = target.exists()
    named, notes = _distinct(files, out if exists else None)
    first = headers([*([out] if exists else []), *named])
    encrypted = exists and needs_key(first[out])
    keys = [read_key(place) for place in file_keys.places()] if file_keys.encrypt or any(map(needs_key, first.values())) else []
    out_key = keys[0] if keys and file_keys.own and (encrypted or file_keys.encrypt) else None
    if encrypted and out_key is None:
        raise cannot_decrypt(out, False)
    using = library_for(keys[0] if keys else None)
    with held(target, out_key if encrypted else None, using), built(target, _FUNCTIONS, exists, out_key, using) as building:
        before = building.sources.look(out, first[out], keys=keys[:1]) if exists else None
        if before is not None and before.city:
            raise Refused(_("{path} is a city's own file, which a merge would replace; name another file for the nation.", path=out))
        read = [building.sources.look(path, first[path], decrypt, keys) for path in named]
        merged = _united(building, before, read, key, {"language": language, **(before.settings if before else {})})
        notes += merged.notes
    return merged._replace(notes=notes)


def hand_over(
    city: Path, plain: Path, key: Key | None, language: str, city_key: bytes | None = None, plain_key: bytes | None = None
) -> Merged:
    """Writes what a city sends to the nation to the new file `plain`: what a merge of this one city gives, and a manifest.

    `city_key`: of the city's file, if that is encrypted; `plain_key`: to encrypt `plain` with. Raises `Refused` if the file is not a city's own.
    """
    first = headers([city])
    with built(plain, _FUNCTIONS, True, plain_key, library_for(city_key)) as building:
        source = building.sources.look(city, first[city], keys=[city_key] if city_key else [])
        if not source.city:
            raise Refused(_("{path} is a national file; only a city hands over its file.", path=city))
        merged = _united(building, None, [source], key, {"language": language})
        building.sign()
    return merged


def _united(building: Building, before: Source | None, read: list[Source], key: Key | None, settings: dict[str, str]) -> Merged:
    everything = [*([before] if before else []), *read]
    copies: dict[str, list[_Copy]] = {}
    for source in everything:
        for branch in source.copies:
            copies.setdefault(branch.uid, []).append(_Copy(source, branch))
    newest = {uid: _newest(each) for uid, each in copies.items()}
    nations = [_Copy(source, None) for source in everything if source.nation]
    nation = _newest(nations) if nations else []
    _refuse_different(building, [*newest.values(), nation])
    _refuse_namesakes(newest)
    _refuse_keys([copy for each in newest.values() for copy in each], key)
    chosen = {uid: _preferred(each, before, key) for uid, each in newest.items()}
    _refuse_who_came_back(chosen.values())
    expected = nation[0].source.expected if nation else ()
    ids = _numbered(chosen, expected)
    places = {fold(copy.branch.name): uid for uid, copy in chosen.items() if copy.branch}
    parts = []
    for uid, copy in chosen.items():
        assert copy.branch is not None
        tagged = key is not None and copy.source.city
        parts.append(
            Chosen(copy.source, copy.branch, ids[uid], key.tags if key and tagged else None, key.fingerprint if key and tagged else None)
        )
    cities = [(city, ids[places.get(fold(city.name), city.uid)], fold(city.name) in places) for city in expected]
    settings.pop("home_branch", None)
    building.fill(parts, nation[0].source if nation else None, cities, settings)
    store = building.finish()
    _link(store)
    lines = _lines(store, before, read, chosen, nation)
    return Merged(lines, _missing(store), probable_joint_events(store), _notes(read, store), len(store.branches))


def _distinct(files: list[Path], target: Path | None) -> tuple[list[Path], list[str]]:
    """The files, each once, and without the target, which is read anyway."""
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


def _newest(copies: list[_Copy]) -> list[_Copy]:
    """Those whose lineage every other's begins. Raises `Refused` where two parted."""
    newest = max(copies, key=lambda copy: len(copy.lineage))
    for copy in copies:
        for one, other in zip(copy.lineage, newest.lineage, strict=False):
            if one.uid != other.uid:
                raise Refused(
                    _(
                        "{branch} was edited in two files after they parted: {path} goes on with {one}, {other_path} with {other}. Merge the one that is right, without the other.",
                        branch=_name(copy),
                        path=copy.source.path,
                        one=_told(one),
                        other_path=newest.source.path,
                        other=_told(other),
                    )
                )
    return [copy for copy in copies if len(copy.lineage) == len(newest.lineage)]


def _refuse_different(building: Building, newest: Iterable[list[_Copy]]) -> None:
    """Copies with the same edits must have the same rows, or one was changed outside husrum."""
    several = [copies for copies in newest if len(copies) > 1]
    wanted: dict[int, tuple[Source, list[int]]] = {}
    for copy in (copy for copies in several for copy in copies):
        if copy.branch is not None:
            wanted.setdefault(id(copy.source), (copy.source, []))[1].append(copy.branch.id)
    digests = {key: building.digests(source, branches) for key, (source, branches) in wanted.items()}
    for copies in several:
        first: tuple[_Copy, str] | None = None
        for copy in copies:
            digest = building.nation_digest(copy.source) if copy.branch is None else digests[id(copy.source)][copy.branch.id]
            first = first or (copy, digest)
            if digest != first[1]:
                raise Refused(
                    _(
                        "{branch}: {path} and {other_path} have the same edits but not the same rows, so one was changed outside husrum. Merge the one that is right, without the other.",
                        branch=_name(copy),
                        path=first[0].source.path,
                        other_path=copy.source.path,
                    )
                )


def _refuse_namesakes(newest: dict[str, list[_Copy]]) -> None:
    names: dict[str, _Copy] = {}
    for copy in (copies[0] for copies in newest.values()):
        other = names.setdefault(fold(_name(copy)), copy)
        if other is not copy:
            raise Refused(
                _(
                    "{branch} is the name of two different cities, in {path} and in {other_path}. Rename one in its own file: husrum branch edit --name NAME",
                    branch=_name(copy),
                    path=other.source.path,
                    other_path=copy.source.path,
                )
            )


def _refuse_who_came_back(chosen: Iterable[_Copy]) -> None:
    """An older copy of a city's file brings nobody to the nation who was anonymised or erased since."""
    for copy in chosen:
        if copy.source.back:
            raise Refused(
                _(
                    "{path} is older than the removal of people who are in it ({numbers}). Name a newer copy, or see what takes them away again: husrum --db {path} check",
                    path=copy.source.path,
                    numbers=", ".join(map(str, copy.source.back)),
                )
            )


def _refuse_keys(copies: Iterable[_Copy], key: Key | None) -> None:
    """People of two cities can only be told to be the same where one key made all the tags."""
    keys: dict[str, str] = {}
    for copy in copies:
        assert copy.branch is not None
        made = copy.branch.fingerprint or (key.fingerprint if key and copy.source.city else None)
        if made:
            keys.setdefault(made, _name(copy))
    if len(keys) > 1:
        (one, branch), (other, other_branch), *_more = keys.items()
        raise Refused(
            _(
                "The link keys differ: {branch} has {one}, {other_branch} has {other}. All cities must use the same key file.",
                branch=branch,
                one=one,
                other_branch=other_branch,
                other=other,
            )
        )


def _preferred(copies: list[_Copy], before: Source | None, key: Key | None) -> _Copy:
    """Of copies that are the same: one with tags, and rather the one that is there already."""

    def rank(copy: _Copy) -> tuple[bool, bool]:
        assert copy.branch is not None
        tagged = copy.branch.fingerprint is not None or (key is not None and copy.source.city)
        return tagged, copy.source is before

    return max(copies, key=rank)


def _numbered(chosen: dict[str, _Copy], expected: Iterable[Expected]) -> dict[str, int]:
    """uid -> id of every branch, in the order of names: the same in every file that holds the same."""
    names = {uid: fold(_name(copy)) for uid, copy in chosen.items()}
    held = set(names.values())
    names |= {city.uid: fold(city.name) for city in expected if fold(city.name) not in held}
    return {uid: number for number, uid in enumerate(sorted(names, key=lambda uid: (names[uid], uid)), 1)}


def _link(store: Store) -> None:
    from .linking import link_humans

    link_humans(store)


def _lines(store: Store, before: Source | None, read: list[Source], chosen: dict[str, _Copy], nation: list[_Copy]) -> list[Record]:
    """What became of every copy that was read, and of what was there before and in no other file."""
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
    """Cities that the nation knows of and that have sent nothing, unless they have closed."""
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
    return notes


def _name(copy: _Copy) -> str:
    return copy.branch.name if copy.branch else _("The nation's own")


def _told(edit: Edit) -> str:
    return f"{edit.at[:10]} “{edit.command or '?'}”"


def _code(text: str | None) -> str | None:
    return text if text in RECRUITED_THROUGH or text in NON_ANSWERS else None


_FUNCTIONS = Functions(_code, for_the_nation)
