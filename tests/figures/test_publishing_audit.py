"""No small number of people can be computed back from what cities and nation publish, in any combination.

More countries than a usual run has, with up to seven cities each: PUBLISHING_COUNTRIES=300 pytest tests/figures/test_publishing_audit.py
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from countries import ASKED, City, Country, city_file, national_file, random_country
from publishing_audit import Findings, found_out, how_much
from running import husrum

from husrum_cli.domain.figures import withholding

MORE = int(os.environ.get("PUBLISHING_COUNTRIES", "100"))
COUNTRIES = 8
# Of each country: how many numbers are withheld, of how many only a bound is shown, and what all others add up to, in hundredths. To withhold more than before
# is safe, and no use to a reader: whoever changes these numbers knows why.
PUBLISHED = [
    *((554, 55, 1582122), (1042, 8, 341650), (785, 7, 165800), (518, 4, 69200), (788, 4, 187400), (138, 48, 515356)),
    *((369, 33, 4253152), (518, 8, 82400)),
]


def published(path: Path) -> str:
    """`stats year --publish` of a file."""
    result = husrum("stats", "year", "2024", "--publish", "--format", "json", "--db", path)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def published_files(country: Country, directory: Path) -> tuple[str, dict[str, str]]:
    """All that is published of a country: by the nation, and by each of its cities."""
    nation = published(national_file(country, directory / "nation.db"))
    return nation, {city.name: published(city_file(city, directory / "city.db")) for city in country.cities}


def audited(
    country: Country, directory: Path, questions: Iterable[str] = ASKED, counted: list[tuple[int, int, int]] | None = None
) -> Findings:
    """Return what a solver determines about it. `counted`: how much was published is added to it."""
    text, texts = published_files(country, directory)
    nation, cities = json.loads(text), {name: json.loads(each) for name, each in texts.items()}
    if counted is not None:
        much = sum(map(how_much, [nation, *cities.values()]), Counter())
        counted.append((much["withheld"], much["below"], much["sum"]))
    return found_out(country, cities, nation, questions)


def test_nothing_small_is_found_out_of_random_countries(tmp_path: Path) -> None:
    """The usual run looks at smaller countries, and at some of the questions of each."""
    found, attacked, counted = {}, 0, list[tuple[int, int, int]]()
    for seed in range(COUNTRIES):
        questions = [ASKED[(seed + step) % len(ASKED)] for step in (0, 2, 5)]
        findings = audited(random_country(seed, most=3), tmp_path, questions, counted)
        attacked += findings.attacked
        if findings.found:
            found[seed] = findings.found
    assert not found, found
    assert attacked > 10 * COUNTRIES
    assert counted == PUBLISHED


@pytest.mark.full
def test_nothing_small_is_found_out_of_many_countries(tmp_path: Path) -> None:
    found, attacked = {}, 0
    for seed in range(1000, 1000 + MORE):
        findings = audited(random_country(seed), tmp_path)
        attacked += findings.attacked
        if findings.found:
            found[seed] = findings.found
        print(f"{seed - 999} countries, {attacked} small numbers attacked, found: {found}", flush=True)
    assert not found, found


def test_the_audit_finds_what_is_not_protected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(withholding.Model, "decide", lambda model, keep_twins: model.withheld)
    assert any(audited(random_country(seed, most=2), tmp_path, ["gender", "diagnosis"]).found for seed in range(12))


def alike(question: str, **numbers: int) -> City:
    """A city of people who were asked one thing."""
    return City("Aarhus", tuple({question: (code,)} for code, number in numbers.items() for _ in range(number)))


@pytest.mark.parametrize(
    "cities",
    [
        # Rounding alone would reveal each of these.
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
    assert not audited(Country(tuple(cities)), tmp_path).found
