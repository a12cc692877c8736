"""A city while it is being made: people, the rows of the import files, and a careful way to choose.

The same seed makes the same bytes: all chance comes from ``Book.rng``, there is no clock, and nothing depends on the
order of a set.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from names import Names

EVER = range(2018, 2027)  # all years of the stories
WISHES = "interest time area speaks about wants_gender wants_age avoid"  # what both sides of a Hjerteven may say
COLUMNS = {
    "intakes": "ref person name called born enquired held source referred_by motive wish offered gender municipality "
    "occupation diagnosis treatment suicidal_thoughts loneliness phone email note",
    "volunteers": "ref person name called born joined role intro_course recruited_through gender phone email left",
    "roles": "volunteer role from to",
    "attests": "volunteer kind date",
    "groups": "ref title kind start capacity continues venue closed",
    "leaders": "group person from to",
    "enrolments": "group person date until reason",
    "meetings": "group date theme present absent excused volunteers cancelled planned note",
    "events": "ref title date until kind activity venue partner programme organiser present volunteers unnamed joint "
    "planned cancelled note",
    "attendance": "event date present unnamed",
    "waiting": f"person since {WISHES} until reason",
    "offers": f"volunteer capacity from {WISHES}",
    "matches": "person volunteer date ended reason",
    "contacts": "person group date note",
    "measures": "person instrument date items declined not_asked",
    "onward": "person to date",
    "leaving": "person date reason",
    "consents": "person purpose given withdrawn",
    "partners": "name kind from to",
    "grants": "funder agreement per_year from to",
    "figures": "year key value source date",
}


class City(NamedTuple):
    """The places of a city, and those who send young people there."""

    name: str
    number: int  # in the fictional phone numbers
    referrers: dict[str, tuple[str, ...]]  # by how they found HUSRUM
    municipalities: dict[str, int]  # where they live, and how often
    areas: tuple[str, ...]  # of the city, where one would like to meet


class Event(NamedTuple):
    day: date
    title: str
    activity: str
    venue: str = ""
    partner: str = ""
    programme: str = ""
    joint: str = ""
    state: str = ""  # "", cancelled or planned
    note: str = ""


class Volunteer(NamedTuple):
    """The facts about a volunteer besides the name; a key that begins with P is a peer, who is among the young people."""

    key: str
    gender: str
    born: str
    joined: date | None
    roles: str
    recruited: str
    left: date | None = None


@dataclass(eq=False)
class Person:
    """A young person or a volunteer; ``str()`` is the number they have in every file."""

    since: date  # first enquiry, or the day they joined: numbers are given in this order
    here_from: date = date.max  # from when on they can come
    left: date = date.max
    name: str = ""
    called: str = ""
    born: str = ""
    ref: int = 0
    drive: float = 1.0  # how often they come; 0: not at all
    held: date | None = None
    renewed: tuple[date, date] | None = None  # a second enquiry, and its interview
    answers: dict[str, str] = field(default_factory=dict)
    offered: list[str] = field(default_factory=list)
    years: set[int] = field(default_factory=lambda: set(EVER))  # in which years they come, while they are here
    phone: str = ""  # "": one may be made up
    email: str = ""
    linked: bool = False  # is in the file of another city too

    def __str__(self) -> str:
        return str(self.ref)

    def comes(self, first: date, last: date) -> bool:
        """Whether they come to what is held from the first to the last day."""
        years = range(first.year, last.year + 1)
        return bool(self.drive) and self.years.issuperset(years) and self.here_from <= first and last < self.left


@dataclass(eq=False)
class Occasion:
    """An event with those who were there, before it has its number."""

    event: Event
    kind: str
    until: date | None = None
    present: list[Person] = field(default_factory=list)
    unnamed: int = 0
    organisers: list[Person] = field(default_factory=list)
    volunteers: list[Person] = field(default_factory=list)
    days: dict[date, tuple[list[Person], int | None]] = field(default_factory=dict)  # days of a trip that differ


class Book:
    """A city while it is being made: its people, the rows of its files, and the visits so far."""

    def __init__(self, city: City, rng: Random, names: Names) -> None:
        self.city, self.rng, self.names = city, rng, names
        self.rows: dict[str, list[dict[str, str]]] = {kind: [] for kind in COLUMNS}
        self.young: list[Person] = []  # who may come
        self.crew: list[Volunteer] = []
        self.volunteers: dict[str, Person] = {}  # by the keys of the crew
        self.occasions: list[Occasion] = []
        self.visits: Counter[int] = Counter()  # by year
        self.came: defaultdict[int, set[Person]] = defaultdict(set)  # named at something, by year

    def row(self, kind: str, /, **cells: object) -> None:
        """Add a row; a trailing underscore of a cell's name is dropped (``from_``)."""
        known = COLUMNS[kind].split()
        row = {name.rstrip("_"): text(value) for name, value in cells.items()}
        if unknown := [name for name in row if name not in known]:
            raise KeyError(f"{kind}: {unknown}")
        self.rows[kind].append(row)

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def some(self, values: Sequence[str], least: int, most: int) -> list[str]:
        """A few of the values, in the order they stand in."""
        chosen = self.rng.sample(values, self.rng.randint(least, most))
        return [value for value in values if value in chosen]

    def take(self, people: Iterable[Person], offer: str, start: date, end: date) -> Person:
        """Somebody who is here from start to end and does not yet have the offer, which they now have."""
        fit = [p for p in people if offer not in p.offered and p.comes(start, end)]
        person = self.rng.choice(fit)
        person.offered.append(offer)
        return person

    def visitors(self, day: date, number: int, until: date | None = None) -> list[Person]:
        """Young people who could come that day (and until), those who often do more likely, by their numbers."""
        fit = [p for p in self.young if p.comes(day, until or day)]
        drawn = sorted(fit, key=lambda p: self.rng.random() ** (1 / p.drive))[-number:] if number else []
        return by_number(drawn)

    def on_duty(self, day: date, role: str = "") -> list[Person]:
        """The volunteers with a role on that day, or with the one role."""
        fit = [v for v in self.crew if role in v.roles and (v.joined or date.min) <= day <= (v.left or date.max)]
        return [self.volunteers[v.key] for v in fit]

    def visit(self, day: date, present: list[Person], unnamed: int = 0) -> None:
        """Count the visits of an occasion."""
        self.visits[day.year] += len(present) + unnamed
        self.came[day.year].update(present)


def text(value: object) -> str:
    """A cell: lists divided by |, dates as ISO, nothing as empty."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    return "|".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def by_number(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda person: person.ref)


def days_between(first: date, last: date, holidays: Set[date]) -> list[date]:
    """The days on which interviews are held: Monday to Friday, outside holidays and July."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5 and day not in holidays and day.month != 7]


def every(start: date, weeks: int, skip: Set[date], until: date) -> Iterator[date]:
    """The start and every so many weeks later, a skipped day moved on by a week."""
    day = start
    while day <= until:
        if day in skip:
            day += timedelta(weeks=1)
        else:
            yield day
            day += timedelta(weeks=weeks)


def fit_total(rng: Random, sizes: list[int], total: int, least: int, most: int) -> list[int]:
    """The sizes, moved one by one within their bounds until they add up to the total."""
    if not least * len(sizes) <= total <= most * len(sizes):
        raise ValueError(f"{len(sizes)} occasions of {least}-{most} cannot hold {total} visits")
    while (missing := total - sum(sizes)) != 0:
        at = rng.randrange(len(sizes))
        sizes[at] = min(most, max(least, sizes[at] + (1 if missing > 0 else -1)))
    return sizes


def write(book: Book, directory: Path) -> None:
    """One CSV per import kind that has rows: UTF-8, comma, LF."""
    directory.mkdir(parents=True, exist_ok=True)
    for kind, columns in COLUMNS.items():
        if not book.rows[kind]:
            continue
        with (directory / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns.split(), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(book.rows[kind])
