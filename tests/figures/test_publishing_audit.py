"""No small number of people can be computed back from what cities and nation publish, whoever publishes what.

More countries than a usual run has, with up to seven cities each: PUBLISHING_COUNTRIES=300 pytest tests/figures/test_publishing_audit.py
"""

from __future__ import annotations

import itertools
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from countries import ASKED, NON_ANSWERS, City, Country, answered_otherwise, city_file, national_file, random_country
from publishing_audit import SILENT, THRESHOLD, found_out
from running import husrum

from husrum_cli import vocabulary
from husrum_cli.domain.figures import disclosure
from husrum_cli.domain.figures.rounding import Table, block, is_open
from husrum_cli.domain.figures.share_registry import SHARES

MORE = int(os.environ.get("PUBLISHING_COUNTRIES", "0"))
COUNTRIES = MORE or 40


def published(path: Path) -> str:
    """`stats year --publish` of a file."""
    result = husrum("stats", "year", "2024", "--publish", "--format", "json", "--db", path)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def told(country: Country, directory: Path) -> tuple[str, dict[str, str]]:
    """All that is published of a country: by the nation, and by each of its cities."""
    nation = published(national_file(country, directory / "nation.db"))
    return nation, {city.name: published(city_file(city, directory / "city.db")) for city in country.cities}


def audited(country: Country, directory: Path, questions: Iterable[str] = ASKED) -> list[str]:
    """What a solver finds out of it."""
    nation, cities = told(country, directory)
    return found_out(country, {name: json.loads(text) for name, text in cities.items()}, json.loads(nation), questions)


def test_nothing_small_is_found_out_of_random_countries(tmp_path: Path) -> None:
    found = {}
    for seed in range(COUNTRIES):
        # The usual run looks at smaller countries, and at some of the questions of each.
        country = random_country(seed) if MORE else random_country(seed, most=3)
        questions = ASKED if MORE else [ASKED[(seed + step) % len(ASKED)] for step in (0, 2, 5)]
        if leaks := audited(country, tmp_path, questions):
            found[seed] = leaks
    assert not found, found


def test_the_audit_finds_what_is_not_protected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure, "is_open", lambda table, threshold: True)
    assert "Aarhus interviewed f = 1" in audited(Country((alike("gender", f=1, m=5),)), tmp_path, ["gender"])
    assert any(audited(random_country(seed, most=2), tmp_path, ["gender", "diagnosis"]) for seed in range(4))


def alike(question: str, **numbers: int) -> City:
    """A city of people who were asked one thing."""
    return City("Aarhus", tuple({question: (code,)} for code, number in numbers.items() for _ in range(number)))


@pytest.mark.parametrize(
    "cities",
    [
        # Rounding alone would tell each of these.
        [City("Aarhus", tuple({"gender": (code,)} for code in "fmmmmm"))],
        [City("Aarhus", tuple({"gender": (code,)} for code in "fmmmm" + "m" * 12 + "ffff"))],
        [City(name, ({"loneliness": ("mild",)},) * 4 + ({},) * 9) for name in ("Aarhus", "Viborg")],
        # One more on the one base than on the other.
        [City("Aarhus", ({"occupation": ("employed",)},) * 4 + ({},) * 9, ({"occupation": ("employed",)},))],
        # A second city so small that its people can't be more than they are.
        [
            City("Aarhus", ({"gender": ("f",)},) * 4 + ({"gender": ("m",)},) * 4),
            City("Viborg", ({"gender": ("f",)}, {"gender": ("m",)})),
        ],
        [City("Aarhus", ({"diagnosis": ("stress",)},) * 5 + ({"diagnosis": ("none",)},))],
        [City("Aarhus", (), (), ("friend",) * 2, peers=2), City("Viborg", (), (), ("friend",) * 4, peers=3)],
    ],
)
def test_nothing_small_is_found_out_of_what_rounding_alone_would_tell(cities: list[City], tmp_path: Path) -> None:
    assert not audited(Country(tuple(cities)), tmp_path)


def test_another_country_looks_the_same_where_a_small_number_differs(tmp_path: Path) -> None:
    compared = 0
    for seed in range(COUNTRIES // 2):
        country = random_country(seed, most=3)
        twins = list(itertools.chain.from_iterable(twins_of(city) for city in country.cities))
        for original, twin in twins[len(twins) // 2 :][:1]:
            other = Country(tuple(twin if city is original else city for city in country.cities), country.shared)
            assert told(other, tmp_path) == told(country, tmp_path), seed
            compared += 1
    assert compared > COUNTRIES // 4


def twins_of(city: City) -> Iterator[tuple[City, City]]:
    """For each small number of those who gave one answer, the city with one person who answered otherwise, so that the number differs.

    Fails where a table that is used has no such twin.
    """
    for question in ASKED:
        if question in vocabulary.SEVERAL:
            continue
        for interviewed in (True, False):
            people = city.interviewed if interviewed else city.others
            given = [person.get(question, ("not_recorded",))[0] for person in people]
            numbers = {code: given.count(code) for code in (*(vocabulary.QUESTIONS[question].codes or ()), *NON_ANSWERS, "not_recorded")}
            unions = [share.answers for share in SHARES if share.question == question]
            if not is_open(Table(len(people), numbers, SILENT, unions), THRESHOLD):
                continue
            for code in [code for code, number in numbers.items() if 0 < number < THRESHOLD]:
                changes = ((one, other) for one, other in itertools.permutations(numbers, 2) if code in (one, other) and numbers[one])
                alike = [each for each in changes if same_blocks(numbers, *each)]
                assert alike, (city, question, code)
                one, other = alike[0]
                answers = () if other == "not_recorded" else (other,)
                yield city, answered_otherwise(city, interviewed, given.index(one), question, answers)


def same_blocks(numbers: dict[str, int], one: str, other: str) -> bool:
    """Whether nobody could tell if someone had said the other."""
    return (block(numbers[one], THRESHOLD), block(numbers[other], THRESHOLD)) == (
        block(numbers[one] - 1, THRESHOLD),
        block(numbers[other] + 1, THRESHOLD),
    )


def test_every_small_table_that_looks_the_same_could_be_another() -> None:
    """All tables of one answer each: also who knows the rule, and sees that a table is not used, learns no small number."""
    for number, bases in ((3, range(15)), (4, range(11))):
        answers = "abcd"[:number]
        same: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
        for base in bases:
            for held in itertools.product(range(base + 1), repeat=number):
                if sum(held) <= base:
                    numbers = dict(zip(answers, held, strict=True)) | {"silent": base - sum(held)}
                    table = Table(base, numbers, ("silent",), (("a", "b"),))
                    same[look(table)].append((*numbers.values(), held[0] + held[1], sum(held)))
        assert not alone(same)


EVERY = [subset for size in (1, 2, 3) for subset in itertools.combinations(("a", "b", "c"), size)]
DIAGNOSES = [subset for size in (1, 2, 3) for subset in itertools.combinations(("a", "b", "stress"), size)]


@pytest.mark.parametrize(
    ("options", "members", "single", "listed", "most"),
    [(EVERY, (), None, ("a", "b", "c"), 8), (DIAGNOSES, ("a", "b"), "none", ("none", "stress", "a", "b"), 6)],
)
def test_every_small_table_of_several_answers_could_be_another(
    options: list[tuple[str, ...]], members: tuple[str, ...], single: str | None, listed: tuple[str, ...], most: int
) -> None:
    same: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
    ways = [*options, *([(single,)] if single else []), ("silent",)]
    for base in range(most + 1):
        for people in itertools.combinations_with_replacement(ways, base):
            named = Counter(code for person in people for code in person)
            numbers = {code: named[code] for code in (*listed, "silent")}
            some = sum(any(code in members for code in person) for person in people) if members else None
            table = Table(base, numbers, ("silent",), (), True, some, members, single)
            same[look(table)].append((*numbers.values(), some or 0, base - numbers["silent"]))
    assert not alone(same)


def look(table: Table) -> tuple[Any, ...]:
    """All that can be known of a table: its blocks where it is used, otherwise that it is not."""
    if not is_open(table, THRESHOLD):
        return (table.base,)
    some = block(table.some, THRESHOLD) if table.some is not None else None
    return (table.base, some, *(block(number, THRESHOLD) for number in table.numbers.values()))


def alone(same: dict[Any, list[tuple[int, ...]]]) -> list[Any]:
    """What looks like nothing else, and so tells a small number."""
    return [
        look for look, tables in same.items() if any(len(set(each)) == 1 and 0 < each[0] < THRESHOLD for each in zip(*tables, strict=True))
    ]
