"""Those who were anonymised or erased: their numbers, and how they are recognised without their names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ...errors import Refused
from ...i18n import _
from ...store import Store
from ..rules import Rules

if TYPE_CHECKING:
    from .name_hash import NameHashes


class RemovedNumber(NamedTuple):
    """A number whose person was anonymised (then it is still theirs, without a name) or erased. `hash`: to know them again by."""

    branch_id: int
    number: int
    how: str
    date: str
    hash: str | None


def anonymised_people(store: Store) -> dict[int, RemovedNumber]:
    """Return the people who were anonymised, by their ids."""
    return store.cached("removed_people", _read_anonymised)


def _read_anonymised(store: Store) -> dict[int, RemovedNumber]:
    sql = """SELECT people.id, branch_id, number, how, date, hash FROM removed_people JOIN people USING (branch_id, number)
        WHERE how = 'anonymised'"""
    return {id: RemovedNumber(*row) for id, *row in store.rows(sql)}


def leave_out_anonymised(store: Store, rules: Rules, people: Iterable[int]) -> None:
    """Let those of some people be left out, with a note, who were anonymised: nobody named them one by one."""
    anonymised = anonymised_people(store)
    for gone, id in ((anonymised[id], id) for id in people if id in anonymised):
        rules.passed_over[id] = _("Number {number} was anonymised on {date}, and is left out.", number=gone.number, date=gone.date)


def refuse_new_rows(store: Store) -> None:
    """Raise `Refused` if the current transaction enters anything about somebody who was anonymised. What was there may be corrected, ended and removed."""
    if store.national or not (anonymised := anonymised_people(store)):
        return
    for id in sorted(anonymised.keys() & store.people_entered()):
        raise entry_refused(anonymised[id], "person")


def entry_refused(gone: RemovedNumber, field: str) -> Refused:
    """Return the error for what would be entered about somebody who was anonymised."""
    return Refused(
        _(
            "{field}: number {number} was anonymised on {date}; nothing is entered about them.",
            field=field,
            number=gone.number,
            date=gone.date,
        ),
        field,
    )


class RemovedNames:
    """The hashes that are kept of a branch's removed people. False if there is none."""

    def __init__(self, branch_uid: str, gone: Iterable[RemovedNumber]) -> None:
        self.branch_uid = branch_uid
        self.by_hash = {each.hash: each for each in gone if each.hash}
        self.seen: dict[tuple[str, str], NameHashes] = {}

    def __bool__(self) -> bool:
        return bool(self.by_hash)

    def find(self, name: str, born: str) -> RemovedNumber | None:
        """Return who had this name and birth date."""
        if not self.by_hash:
            return None
        from .name_hash import matches_hash

        seen = self.seen.get((name, born)) or self._see(name, born)
        return next((gone for kept, gone in self.by_hash.items() if matches_hash(kept, seen)), None)

    def hash_ahead(self, people: Sequence[tuple[str, str]]) -> None:
        """Do the slow part of `find` for many people, on all processors: it is outside the interpreter's lock."""
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
            self.seen |= zip(people, pool.map(lambda each: self._see(*each), people), strict=True)

    def _see(self, name: str, born: str) -> NameHashes:
        from . import name_hash

        return name_hash.name_hashes(self.branch_uid, name, born, any(map(name_hash.from_earlier_version, self.by_hash)))
