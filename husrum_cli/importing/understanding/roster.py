"""Everybody that a name in a sheet may mean: the people in the file, and those that the same import adds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from typing import NamedTuple

from ...input.text import fold, name_key
from .words import tidy_name, without_remark

_MOST_COMPARED = 200_000
"""How often an unknown name is compared with one that is known, in all: 100 names with 2,000 people. A sheet with many more is another city's."""
# What the people of a name are looked up by, and its value: a name may be that of thousands.
Fact = tuple[str, str]
EVERYBODY: Fact = ("", "")
_NUMBERS = re.compile(r"[0-9\s,|–-]+")


@dataclass(slots=True)
class RosterPerson:
    """Someone. `number`: of somebody in the file, or who will get it by this import; None: a new one, known by name, who will get the number `expected`.

    `enquired`: the days of their enquiries, `""` if it isn't known. `periods`: as a volunteer. `joined`: the day, if they are one, with or without a role.
    """

    number: int | None
    name: str
    born: str | None = None
    phone: str = ""
    email: str = ""
    called: str = ""
    enquired: set[str] = field(default_factory=set)
    periods: list[tuple[str, str]] = field(default_factory=list)
    in_file: bool = False
    expected: int = 0
    former: tuple[str, ...] = ()
    joined: str | None = None
    remark: str = ""
    """The remark on their name by which a list distinguishes them from others of that name: `Eva Dam (den lille)`."""

    def days(self, kind: str) -> set[str]:
        """Return the days of their rows of a kind."""
        return (
            self.enquired
            if kind == "intakes"
            else {*([] if self.joined is None else [self.joined]), *(starts for starts, _ends in self.periods)}
        )

    def has_row(self, kind: str, day: str) -> bool:
        """Whether they have such a row already: an enquiry on the day, or a role from it on."""
        return day in self.enquired if kind == "intakes" else day == self.joined or any(starts == day for starts, _ends in self.periods)

    def is_kind(self, kind: str) -> bool:
        """Whether they are a young person, or a volunteer."""
        return bool(self.enquired) if kind == "intakes" else bool(self.periods) or self.joined is not None

    @property
    def text(self) -> str:
        """Return how a row refers to the person."""
        return str(self.number) if self.number is not None else self.name

    @property
    def display_name(self) -> str:
        """The text of a suggestion."""
        return f"{self.number} {self.name}" if self.number is not None else self.name

    def participates(self, day: str, responsible: bool) -> bool:
        """Whether they come to something as a participant (docs/figures.md, Words). `responsible`: they organise it or helped at it."""
        role = any(starts <= day <= ends for starts, ends in self.periods)
        if not self.enquired:
            return False
        return not role or not responsible and min(self.enquired) <= day


class NameMatch(NamedTuple):
    """The result of looking up a name: one person, nobody for sure, or several possible ones."""

    person: RosterPerson | None
    guesses: tuple[RosterPerson, ...] = ()


class Roster:
    """People by name and number."""

    def __init__(self, highest: int = 0) -> None:
        """`highest`: the highest number that was ever given in the file."""
        self.highest = highest
        self.people: list[RosterPerson] = []
        self.by_name: dict[str, list[RosterPerson]] = {}
        self.by_number: dict[int, RosterPerson] = {}
        self.by_phone: dict[str, list[RosterPerson]] = {}
        self._places: dict[int, int] = {}  # where somebody is among the people, by the identity of the object
        self._by_fact: dict[tuple[str, Fact], list[int]] = {}  # places, by name and fact
        self._to_be: dict[int, RosterPerson] = {}  # those without a number, by the one they will get
        self._shortened: dict[tuple[str, str], list[RosterPerson]] = {}  # by first name and first letter of the surname
        self._folded: list[str] = []  # the name of each of the people
        self._compared = 0
        self.distinct: list[tuple[RosterPerson, RosterPerson]] = []  # confirmed to be two people

    def add(self, known: RosterPerson) -> RosterPerson:
        """Add someone under their name, and their called name with their surname."""
        self._places[id(known)] = len(self.people)
        self.people.append(known)
        self._folded.append(folded := fold(known.name))
        parts = folded.split()
        if len(parts) > 1 and len(parts[-1]) > 1:
            self._shortened.setdefault((parts[0], parts[-1][0]), []).append(known)
        if known.phone:
            self.by_phone.setdefault(known.phone, []).append(known)
        for name in _names(known):
            self.by_name.setdefault(name, []).append(known)
        born = known.born or ""
        self._note(known, EVERYBODY, ("phone", known.phone), ("born", born), ("year", born[:4]))
        for kind in ("intakes", "volunteers"):
            for day in known.days(kind):
                self._note(known, (kind, day), *([(f"{kind} in file", day)] if known.in_file else []))
        if known.number is not None:
            self.by_number[known.number] = known
        # People without a number get the next one when the rows are written, in this order.
        self.highest = max(self.highest, known.number) if known.number is not None else self.highest + 1
        known.expected = self.highest if known.number is None else known.number
        if known.number is None:
            self._to_be[known.expected] = known
        return known

    def with_name(self, name: str) -> list[RosterPerson]:
        """Return those with exactly this name."""
        return self.by_name.get(name_key(tidy_name(name)), [])

    def those(self, name: str, *facts: Fact) -> Iterator[RosterPerson]:
        """Yield those of exactly this name of whom one of these facts is known, in the order in which they were added."""
        key = name_key(tidy_name(name))
        places = merge(*(self._by_fact.get((key, fact), ()) for fact in facts))
        return (self.people[place] for place, _same in groupby(places))

    def remember(self, known: RosterPerson, kind: str, day: str, left: str) -> None:
        """Take in a row of somebody: an enquiry on the day, or a role from it on until another one."""
        if kind == "intakes":
            known.enquired.add(day)
        elif not known.has_row(kind, day):
            known.periods.append((day, left))
        self._note(known, (kind, day), *([(f"{kind} in file", day)] if known.in_file else []))

    def _note(self, known: RosterPerson, *facts: Fact) -> None:
        place = self._places[id(known)]
        for name in _names(known):
            for fact in facts:
                places = self._by_fact.setdefault((name, fact), [])
                where = bisect_left(places, place)
                if places[where : where + 1] != [place]:
                    places.insert(where, place)

    def look_up(self, text: str, exact: bool = False) -> NameMatch:
        """Return whom a name, a number or a copied suggestion (`17 Anna Holm`) means; nobody if the number is another one's: `3 guests`.

        `exact`: there is no remark on the name.
        """
        name = text if exact else tidy_name(without_remark(text)[0])
        if found := re.fullmatch(r"([0-9]{1,9})(\s+\D.*)?", name):
            number, words = int(found[1]), (found[2] or "").strip()
            numbered = self.by_number.get(number) or self._to_be.get(number)
            if numbered is None or words and not self._goes_by(numbered, words):
                return NameMatch(None)
            return NameMatch(self.by_number.get(number) or self._numbered(number))
        fitting = self.with_name(name)
        if len(fitting) == 1:
            return NameMatch(fitting[0])
        if not exact and (known := self.with_remark(text)):
            return NameMatch(known)
        return NameMatch(None, tuple(fitting or self.guesses(name)))

    def _goes_by(self, known: RosterPerson, words: str) -> bool:
        """Whether words may be somebody's name: a whole one, or enough of it."""
        whole = name_key(words) in _names(known) or fold(words) == fold(known.called)
        return whole or _begins(fold(words).split(), fold(known.name)) or known in self.with_abbreviated_name(words)

    def with_remark(self, text: str) -> RosterPerson | None:
        """Return the one of several people of a name whom the remark on it means: `Eva Dam (den lille)`."""
        name, remark = without_remark(text)
        fitting = [known for known in self.with_name(name) if remark and known.remark.casefold() == remark.casefold()]
        if len(fitting) != 1 or len(self.with_name(name)) < 2:
            return None
        return fitting[0] if fitting[0].number is not None else self._numbered(fitting[0].expected)

    def _numbered(self, number: int) -> RosterPerson | None:
        """Return who will get a number by this import, and is called by it from now on."""
        known = self._to_be.pop(number, None)
        if known:
            known.number = number
            self.by_number[number] = known
        return known

    def guesses(self, name: str) -> tuple[RosterPerson, ...]:
        """Return who may be meant by a name that matches nobody: initials, beginnings, misspellings; the likeliest first."""
        if short := self.with_abbreviated_name(name):
            return short
        self._compared += len(self.people)
        if self._compared > _MOST_COMPARED:
            return ()
        words = fold(name).replace(".", " ").split()
        begins = [known for known, folded in zip(self.people, self._folded, strict=True) if words and _begins(words, folded)]
        if begins:
            return tuple(begins[:3])
        import difflib

        close = difflib.get_close_matches(name_key(name), list(self.by_name), 3, 0.75)
        return tuple({id(known): known for each in close for known in self.by_name[each]}.values())

    def with_abbreviated_name(self, name: str) -> tuple[RosterPerson, ...]:
        """Return those whose name is shortened like this: `Freja K.` may be Freja Kjær."""
        words = fold(name.replace(".", " ")).split()
        if len(words) < 2 or len(words[-1]) != 1:
            return ()
        return tuple(self._shortened.get((words[0], words[-1]), ()))

    def next_number(self) -> int:
        """Return the number after all that are given, and that those will get who have none yet."""
        return self.highest + 1


def _names(known: RosterPerson) -> set[str]:
    """Return the names of somebody, as names are compared: their own, former ones, and the called name with the surname."""
    if not known.name:
        return set()
    called = [f"{known.called} {known.name.split()[-1]}"] if known.called else []
    return {name_key(name) for name in (known.name, *known.former, *called)}


def only_numbers(text: str) -> bool:
    """Whether a list of people is only numbers and ranges, as exports write it."""
    return bool(_NUMBERS.fullmatch(text))


def _begins(words: list[str], name: str) -> bool:
    parts = iter(name.split())
    return all(any(part.startswith(word) for part in parts) for word in words)
