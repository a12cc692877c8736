"""A city over several years, while it is being made."""

from __future__ import annotations

from datetime import date
from random import Random

import danish_days
import denmark
from book import Book, Person, Volunteer
from names import Names

SEED = "husrum 2021-2024"


class Register:
    """The names and birth dates of all cities: no two humans have the same of either."""

    def __init__(self, names: Names, born: set[str]) -> None:
        self.names, self._born = names, born

    def birthday(self, rng: Random, earliest: date, latest: date, usual: date) -> str:
        """A birth date that nobody has yet."""
        drawn = date.fromordinal(int(rng.triangular(earliest.toordinal(), latest.toordinal(), usual.toordinal()))).isoformat()
        if drawn in self._born:
            return self.birthday(rng, earliest, latest, usual)
        self._born.add(drawn)
        return drawn


class Branch(Book):
    """One city: its people of all years, and what it is to count in each.

    ``young`` are all who ever come. The ``given`` people, and the crew that is there before ``recruit``, stand in files
    of their own already (Aarhus 2024), and only take part here.
    """

    def __init__(self, name: str, register: Register) -> None:
        self.place, self.counts, self.register = denmark.PLACES[name], denmark.CITY_YEARS[name], register
        super().__init__(self.place.city, Random(f"{SEED} {name}"), register.names)
        self.name = name
        self.given: list[Person] = []
        self.given_rows: dict[str, list[dict[str, str]]] = {kind: [] for kind in self.rows}
        self.outside: list[Person] = []  # with an enquiry that leads to nothing
        self.first_answers: dict[Person, dict[str, str]] = {}  # of those who asked twice
        self.began, self.ends = date(min(self.counts), 1, 1), date(max(self.counts), 12, 31)
        self.established = self.began.year == denmark.FIRST_YEAR  # had people before it had records
        self.next_event = self.next_group = 1

    @property
    def in_2024(self) -> bool:
        """Whether 2024 is made here."""
        return self.ends.year == denmark.LAST_YEAR

    def is_new(self, year: int) -> bool:
        """Whether the city begins in that year."""
        return year == self.began.year and not self.established

    def opens(self, year: int) -> date:
        """The first day for interviews in the year."""
        return date(year, 2, 3) if self.is_new(year) else date(year, 1, 6)

    def meets_from(self, year: int) -> date:
        """The first day for events in the year: a new city has to know somebody first."""
        return date(year, 3, 10) if self.is_new(year) else date(year, 1, 6)

    def given_in(self, table: str, column: str, year: int, **cells: str) -> int:
        """Return how many rows of the given files have a date of the year in the column, and these cells."""
        rows = self.given_rows[table]
        return sum(row[column].startswith(str(year)) and cells.items() <= row.items() for row in rows)

    def whole(self, spec: Volunteer, first: date, last: date) -> bool:
        """Whether the volunteer is there on all these days."""
        return (spec.joined or date.min) <= first and last <= (spec.left or date.max)

    def touches(self, spec: Volunteer, year: int) -> bool:
        """Whether the volunteer is there on a day of the year."""
        return (spec.joined or date.min).year <= year <= (spec.left or date.max).year

    def interviewed(self, year: int) -> list[Person]:
        """Return the people with an interview in the year."""
        return [p for p in self.young if year in {day.year for day in (p.held, p.renewed and p.renewed[1]) if day}]

    def ordinary(self) -> list[Person]:
        """The young people who are not volunteers besides."""
        volunteers = set(self.volunteers.values())
        return [p for p in self.young if p not in volunteers]


def no_school(first: int, last: int) -> set[date]:
    """The days without groups, of all years from the first to the last."""
    return {day for year in range(first, last + 1) for day in danish_days.school_holidays(year)}
