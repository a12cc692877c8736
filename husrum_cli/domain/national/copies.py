"""Choose between copies of a branch: the newest by its lineage, with link tags of the key that all have in common. Copies that contradict each other are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import NamedTuple

from ...errors import Refused
from ...i18n import _
from ...input.text import fold
from ...store.union.known_files import NATION_UID
from ...store.union.merge import Building
from ...store.union.sources import BranchCopy, Edit, Lineage, Source
from .linking import fingerprint_in


class Key(NamedTuple):
    """The key that tags people when a city's own file is merged. `fingerprint`: of the key, with the generation of the rules for tags."""

    fingerprint: str
    tags: Callable[[str | None, str | None, str | None, str | None], dict[str, str]]


class SourcedCopy(NamedTuple):
    """A copy of a branch and the file that it is in; `branch` is None for the nation's own rows."""

    source: Source
    branch: BranchCopy | None

    @property
    def lineage(self) -> Lineage:
        return self.source.nation if self.branch is None else self.branch.lineage


def newest_copies(copies: list[SourcedCopy]) -> list[SourcedCopy]:
    """Return the copies whose lineage begins with every other's. Raises `Refused` if two diverged."""
    newest = max(copies, key=lambda copy: len(copy.lineage))
    for copy in copies:
        for one, other in zip(copy.lineage, newest.lineage, strict=False):
            if one.uid != other.uid:
                raise Refused(
                    _(
                        "{branch} was edited in two files after they parted: {path} goes on with {one}, {other_path} with {other}. Merge the one that is right, without the other.",
                        branch=branch_name(copy),
                        path=copy.source.path,
                        one=_shown_edit(one),
                        other_path=newest.source.path,
                        other=_shown_edit(other),
                    )
                )
    return [copy for copy in copies if len(copy.lineage) == len(newest.lineage)]


def refuse_different(building: Building, newest: Iterable[list[SourcedCopy]]) -> None:
    """Raise `Refused` if copies with the same edits have other rows: then one was changed outside husrum."""
    several = [each for copies in newest if len(each := _not_known(building, copies)) > 1]
    wanted: dict[int, tuple[Source, list[int]]] = {}
    for copy in (copy for copies in several for copy in copies):
        if copy.branch is not None:
            wanted.setdefault(id(copy.source), (copy.source, []))[1].append(copy.branch.id)
    digests = {key: building.digests(source, branches) for key, (source, branches) in wanted.items()}
    for copies in several:
        first: tuple[SourcedCopy, str] | None = None
        for copy in copies:
            digest = building.nation_digest(copy.source) if copy.branch is None else digests[id(copy.source)][copy.branch.id]
            first = first or (copy, digest)
            if digest != first[1]:
                raise Refused(
                    _(
                        "{branch}: {path} and {other_path} have the same edits but not the same rows, so one was changed outside husrum. Merge the one that is right, without the other.",
                        branch=branch_name(copy),
                        path=first[0].source.path,
                        other_path=copy.source.path,
                    )
                )


def _not_known(building: Building, copies: list[SourcedCopy]) -> list[SourcedCopy]:
    """Return the copies without those that are known to have the rows of the one in the file that is merged into."""
    known = building.sources.known
    return [copy for copy in copies if not known.holds_rows(copy.source.hash, copy.branch.uid if copy.branch else NATION_UID)]


def refuse_namesakes(newest: dict[str, list[SourcedCopy]]) -> None:
    names: dict[str, SourcedCopy] = {}
    for copy in (copies[0] for copies in newest.values()):
        other = names.setdefault(fold(branch_name(copy)), copy)
        if other is not copy:
            raise Refused(
                _(
                    "{branch} is the name of two different cities, in {path} and in {other_path}. Rename one in its own file: husrum branch edit --name NAME",
                    branch=branch_name(copy),
                    path=other.source.path,
                    other_path=copy.source.path,
                )
            )


def refuse_who_came_back(chosen: Iterable[SourcedCopy]) -> None:
    """Raise `Refused` if an older copy of a city's file holds people who were anonymised or erased since."""
    for copy in chosen:
        if copy.source.back:
            raise Refused(
                _(
                    "{path} is older than the removal of people who are in it ({numbers}). Name a newer copy, or see what takes them away again: husrum --db {path} check",
                    path=copy.source.path,
                    numbers=", ".join(map(str, copy.source.back)),
                )
            )


def _tagged(copy: SourcedCopy, key: Key | None) -> str | None:
    """Return what a copy's tags are made with, or would be in this merge."""
    assert copy.branch is not None
    return copy.branch.fingerprint or (key.fingerprint if key and copy.source.city else None)


def common_key(newest: Iterable[list[SourcedCopy]], before: Source | None, key: Key | None) -> str | None:
    """Return the fingerprint of the one key that all tags are made with, or None without tags. Raises `Refused` if there is none.

    A city that wrote nothing since the key was changed has two copies that differ in their tags alone. If all cities handed over with another key, theirs
    replace the tags that are there already. A city's own file is tagged here and now, so a key that differs from others' is rather the wrong one.
    """
    cities: list[tuple[str, dict[str, bool]]] = []  # name, and the fingerprint of each key -> whether a file that was named has it
    tagged_now = False
    for copies in newest:
        keys: dict[str, bool] = {}
        for copy in copies:
            if made := _tagged(copy, key):
                keys[fingerprint_in(made)] = keys.get(fingerprint_in(made), False) or copy.source is not before
                tagged_now = tagged_now or copy.source.city
        if keys:
            cities.append((branch_name(copies[0]), keys))
    if not cities:
        return None
    common = set.intersection(*(set(keys) for _branch, keys in cities))
    if common and not (tagged_now and any(len(keys) > 1 for _branch, keys in cities)):
        return max(common, key=lambda mark: (all(keys[mark] for _branch, keys in cities), mark))
    # A city with copies of both keys is not what is wrong, if there are two that have none in common.
    apart = next(([one, other] for one, other in combinations(cities, 2) if not {*one[1]} & {*other[1]}), cities)
    pairs = [(branch, mark) for branch, keys in apart for mark in sorted(keys)]
    branch, one = pairs[0]
    other_branch, other = next(pair for pair in pairs if pair[1] != one)
    if tagged_now and branch == other_branch:
        raise Refused(
            _(
                "{branch} is linked with the key {one} in the national file, and with {other} now. For a new key, have every city hand over with it: husrum export handover FILE --key KEY",
                branch=branch,
                one=one,
                other=other,
            )
        )
    raise Refused(
        _(
            "The link keys differ: {branch} has {one}, {other_branch} has {other}. All cities must use the same key file.",
            branch=branch,
            one=one,
            other_branch=other_branch,
            other=other,
        )
    )


def choose_copy(copies: list[SourcedCopy], before: Source | None, key: Key | None, mark: str | None) -> SourcedCopy:
    """Return one of several identical copies: with tags of the common key, of the newest rules, and preferably the existing one."""

    def rank(copy: SourcedCopy) -> tuple[bool, str, bool]:
        made = _tagged(copy, key) or ""
        return fingerprint_in(made) == mark, made[len(fingerprint_in(made)) :], copy.source is before

    return max(copies, key=rank)


def branch_name(copy: SourcedCopy) -> str:
    return copy.branch.name if copy.branch else _("The nation's own")


def _shown_edit(edit: Edit) -> str:
    return f"{edit.at[:10]} “{edit.command or '?'}”"
