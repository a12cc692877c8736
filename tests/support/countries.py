"""Random small countries: what their cities' people answered, and the files that hold them.

`city_file` and `national_file` are the one place where a national file is put together by hand.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from running import looked_into, new_city

from husrum_cli import vocabulary

YEAR = 2024
NON_ANSWERS = ("declined", "not_asked")
# What is asked of everybody, and how many codes of each are used: few, so that numbers meet.
ASKED = ("source", "gender", "occupation", "loneliness", "suicidal_thoughts", "diagnosis", "motive")
Answers = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class City:
    """A city's young people by their answers: interviewed in the year, and coming without an interview in it; and its volunteers.

    The others were interviewed the year before; so were those who are gone, who did not come again.
    """

    name: str
    interviewed: tuple[Answers, ...] = ()
    others: tuple[Answers, ...] = ()
    recruited: tuple[str, ...] = ()
    peers: int = 0
    moved_on: int = 0
    # How many of those interviewed came to the programme.
    programme: int = 0
    gone: tuple[Answers, ...] = ()


@dataclass(frozen=True)
class Country:
    """Cities, and how many humans each two cities that follow each other share."""

    cities: tuple[City, ...]
    shared: int = 0
    unlinked: frozenset[str] = field(default=frozenset())


NAMES = ("Aarhus", "Esbjerg", "Horsens", "Randers", "Silkeborg", "Skanderborg", "Viborg")


def random_country(seed: int, most: int = 7) -> Country:
    """A country: sparse or full, with small cities, with cities that are alike, with codes that nobody names."""
    chance = random.Random(seed)
    sizes = chance.choice(((0, 3), (1, 8), (0, 14), (15, 30), (20, 90)))
    used = {question: _some(chance, question) for question in ASKED}
    silent = chance.choice((0, 0, 0.05, 0.3))
    cities = tuple(_city(chance, name, sizes, used, silent) for name in NAMES[: chance.randint(1, most)])
    return Country(cities, chance.choice((0, 0, 1)) if len(cities) > 1 else 0)


def _some(chance: random.Random, question: str) -> list[str]:
    known = [code for code in vocabulary.QUESTIONS[question].codes or () if code not in NON_ANSWERS]
    return chance.sample(known, min(len(known), chance.choice((1, 2, 3, 5, 12))))


def _city(chance: random.Random, name: str, sizes: tuple[int, int], used: dict[str, list[str]], silent: float) -> City:
    def people() -> tuple[Answers, ...]:
        return tuple(
            _person(chance, used, silent) for _ in range(chance.choice((0, 1, 2)) if chance.random() < 0.3 else chance.randint(*sizes))
        )

    interviewed, others = people(), people()
    volunteers = chance.randint(0, 9)
    recruited = tuple(chance.choice(("facebook_group", "friend", "friend", "Diakonhøjskolen", "")) for _ in range(volunteers))
    return City(
        name,
        interviewed,
        others,
        recruited,
        chance.randint(0, volunteers),
        chance.randint(0, min(9, len(interviewed))),
        chance.randint(0, min(9, len(interviewed))),
    )


def _person(chance: random.Random, used: dict[str, list[str]], silent: float) -> Answers:
    answers: Answers = {}
    for question, known in used.items():
        if chance.random() < silent:
            if chance.random() < 0.6:
                answers[question] = (chance.choice(NON_ANSWERS),)
            continue
        # The first of the codes is named most.
        first = chance.choice(known[:2]) if chance.random() < 0.6 else chance.choice(known)
        answers[question] = (first,)
        if question in vocabulary.SEVERAL and first != "none" and chance.random() < 0.4:
            answers[question] = tuple(
                dict.fromkeys((first, *(code for code in chance.sample(known, min(2, len(known))) if code != "none")))
            )
    return answers


def answered_otherwise(city: City, interviewed: bool, number: int, question: str, answers: tuple[str, ...]) -> City:
    """The city where one person gave other answers to one question."""
    people = list(city.interviewed if interviewed else city.others)
    people[number] = {**people[number], question: answers}
    return replace(city, **{"interviewed" if interviewed else "others": tuple(people)})  # type: ignore[arg-type]


@cache
def _empty() -> Path:
    return new_city(Path(tempfile.mkdtemp(prefix="husrum-countries-")) / "empty.db", "Empty")


def city_file(city: City, path: Path) -> Path:
    """The file of one city."""
    _file([city], path, 0)
    file = looked_into(path)
    with file:
        file.execute("INSERT INTO settings SELECT 'home_branch', uid FROM branches")
        file.execute("INSERT INTO edits (branch_id, at, command) SELECT id, '2024-01-01T00:00:00Z', 'import' FROM branches")
    file.close()
    return path


def published_earlier(path: Path, former: Path) -> None:
    """Give a file the closed years of a former state of it, as if these had been closed, published and opened again."""
    file = looked_into(path)
    then = looked_into(former)
    names = dict(then.execute("SELECT id, name FROM branches").fetchall())
    ids = {name: id for id, name in file.execute("SELECT id, name FROM branches")}
    with file:
        for branch, year, figures, digest in then.execute("SELECT branch_id, year, figures, hash FROM closed_years"):
            file.execute(
                "INSERT INTO closed_years (branch_id, year, closed_at, reopened_at, reopened_why, figures, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (ids.get(names.get(branch)), year, "2025-01-10", "2025-02-10", "corrected", figures, digest),
            )
    then.close()
    file.close()


def national_file(country: Country, path: Path) -> Path:
    """A file with all cities in it, as a merge leaves it."""
    return _file(list(country.cities), path, country.shared, frozenset(city.name for city in country.cities) - country.unlinked)


def _file(cities: list[City], path: Path, shared: int, linked: frozenset[str] = frozenset()) -> Path:
    shutil.copy2(_empty(), path)
    file = looked_into(path)
    with file:
        for table in ("branches", "edits", "steps", "former_rows"):
            file.execute(f"DELETE FROM {table}")
        file.execute("DELETE FROM settings WHERE key = 'home_branch'")
        before: list[int] = []
        for city in cities:
            branch = _insert(file, "branches", name=city.name, active_from=f"{YEAR - 1}-01-01")
            if city.name in linked:
                file.execute("INSERT INTO link_keys VALUES (?, 'key')", (branch,))
            people = _fill(file, city, branch)
            same = before[: min(shared, len(people))]
            for mine, human in zip(people, same, strict=False):
                file.execute("UPDATE people SET human_id = ? WHERE id = ?", (human, mine))
            before = [*same, *people[len(same) :]]
    file.close()
    return path


def _insert(file: sqlite3.Connection, table: str, **values: Any) -> int:
    sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"
    return int(file.execute(sql, tuple(values.values())).lastrowid or 0)


def _fill(file: sqlite3.Connection, city: City, branch: int) -> list[int]:
    """Everything of a city; its young people."""
    sessions = []
    for number in (1, 2):
        activity = _insert(file, "activities", branch_id=branch, ref=f"E{number}", kind="social", starts=f"{YEAR}-06-0{number}")
        sessions.append(_insert(file, "sessions", activity_id=activity, date=f"{YEAR}-06-0{number}", state="held", unnamed=30))
    file.execute("INSERT INTO programmes VALUES (?, 'Sommer')", (activity,))
    young = []
    staying = len(city.interviewed) + len(city.others)
    for number, answers in enumerate((*city.interviewed, *city.others, *city.gone)):
        interviewed = number < len(city.interviewed)
        person = _insert(file, "people", branch_id=branch, number=number + 1)
        day = f"{YEAR if interviewed else YEAR - 1}-03-01"
        intake = _insert(file, "intakes", person_id=person, enquired=day, held=day)
        file.executemany("INSERT INTO answers VALUES (?, ?, ?)", [(intake, q, answer) for q, given in answers.items() for answer in given])
        if number >= staying:
            continue
        if not interviewed:
            file.execute("INSERT INTO attendance (session_id, person_id, part) VALUES (?, ?, 'participant')", (sessions[0], person))
        elif number < city.programme:
            file.execute("INSERT INTO attendance (session_id, person_id, part) VALUES (?, ?, 'participant')", (sessions[1], person))
        if number < city.moved_on:
            _insert(file, "onward", person_id=person, date=f"{YEAR}-10-01")
        young.append(person)
    for number, through in enumerate(city.recruited):
        person = _insert(file, "people", branch_id=branch, number=1000 + number)
        _insert(file, "volunteers", person_id=person, recruited_through=through or None)
        _insert(file, "roles", person_id=person, role="peer" if number < city.peers else "leader", starts=f"{YEAR}-02-01")
    return young
