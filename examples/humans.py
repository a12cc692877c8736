"""Humans who are known in several cities, and those who only seem to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import combinations, product

import denmark
from book import Person
from branch import Branch
from branch_people import YOUNGEST
from names import email, phone

Branches = dict[str, Branch]
Known = tuple[Person, Branch]  # a human as one city knows them


def is_full(born: str) -> bool:
    """A date, not a year alone."""
    return len(born) == len("2000-01-31")


def known_in_several(branches: Branches) -> None:
    """Give the same name and birth date to people of several cities, so that the years in common are as they should be."""
    for cities, years in denmark.YOUNG_IN_SEVERAL:
        _one_human(_first_fit([_young(branches[name]) for name in cities], lambda known: known[0].years, years))
    for cities, years in denmark.VOLUNTEERS_IN_SEVERAL:
        _one_human(_first_fit([_hired(branches[name]) for name in cities], volunteer_years, years))
    for young, volunteer in denmark.YOUNG_HERE_VOLUNTEER_THERE:
        _one_human(_first_fit([_young(branches[young]), _hired(branches[volunteer])], lambda known: set(), ()))


def alike(branches: Branches) -> None:
    """The same human written differently, and different humans of one name."""
    for way, *cities in denmark.WRITTEN_DIFFERENTLY:
        (one, there), (other, _) = _pair(branches, cities)
        first, *_, last = one.name.split()
        if way == "last name":  # married, or so
            other.name, other.born = f"{first} {other.name.split()[-1]}", one.born
        elif way == "phone":
            one.phone = other.phone = phone(there.city.number, one.ref)
            other.name, other.born = f"{first} {last[0]}.", one.born[:4]
        else:
            one.email = other.email = email(one.name, one.ref)
            other.name, other.born = f"{first} {last}", ""
        other.called = one.called
    for pair in denmark.SAME_NAME:
        (one, _), (other, _) = _pair(branches, pair)
        other.name, other.called = one.name, one.called


def _pair(branches: Branches, cities: Sequence[str]) -> tuple[Known, ...]:
    """One young person of each city, who have no part in anything else."""
    found = _first_fit([_young(branches[name]) for name in cities], lambda known: set(), ())
    for person, _ in found:
        person.linked = True
    return found


def volunteer_years(known: Known) -> set[int]:
    """In which years they are a volunteer there."""
    person, branch = known
    specs = [v for v in branch.crew if branch.volunteers[v.key] is person]
    return {year for v in specs for year in denmark.PUBLISHED if branch.touches(v, year)}


def _young(branch: Branch) -> Iterator[Known]:
    """Young people who may be linked, in an order that is no order."""
    back = {row["person"] for row in branch.given_rows["consents"] if row["purpose"] == "national_linking" and row["withdrawn"]}
    fit = [p for p in branch.ordinary() if p.years and is_full(p.born) and not (p.linked or p.renewed or str(p) in back)]
    names = [p.name for p in branch.young]
    fit = [p for p in fit if names.count(p.name) == 1 and p.answers["gender"] in ("f", "m")]
    return ((p, branch) for p in branch.rng.sample(fit, len(fit)))


def _hired(branch: Branch) -> Iterator[Known]:
    """Volunteers who may be linked: not the peers, who are young people of the city."""
    fit = [p for p in branch.volunteers.values() if is_full(p.born) and not (p.linked or p in branch.young)]
    return ((p, branch) for p in branch.rng.sample(fit, len(fit)))


def _first_fit(choices: Sequence[Iterator[Known]], years_of: Callable[[Known], set[int]], common: tuple[int, ...]) -> tuple[Known, ...]:
    """One of each city, who could be one human, and any two of whom have just these years in common."""
    for found in product(*choices):
        years = [years_of(known) for known in found]
        if _could_be_one(found) and all(one & other == set(common) for one, other in combinations(years, 2)):
            return found
    raise ValueError(f"nobody with the years {common} in common")


def _could_be_one(found: Sequence[Known]) -> bool:
    """They have one gender, and none of them was too young then."""
    born, first = date.fromisoformat(_source(found).born), min(person.since for person, _ in found)
    return len({_gender(known) for known in found}) == 1 and born.replace(year=born.year + YOUNGEST, day=1) <= first


def _source(found: Sequence[Known]) -> Person:
    """Return the person who already has a row, else the first to come: the others take their name."""
    given = [person for person, branch in found if person in branch.given]
    return given[0] if given else min((person for person, _ in found), key=lambda person: person.since)


def _gender(known: Known) -> str:
    person, branch = known
    return person.answers.get("gender") or next(v.gender for v in branch.crew if branch.volunteers[v.key] is person)


def _one_human(found: Sequence[Known]) -> None:
    """They all get one name and birth date."""
    source = _source(found)
    for person, _ in found:
        person.linked = True
        person.name, person.called, person.born = source.name, source.called, source.born
