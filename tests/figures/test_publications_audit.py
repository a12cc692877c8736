"""No small number of people can be computed back from two publications either: of a year and the one before, or of a year before and after it was corrected.

More countries than a usual run has: PUBLISHING_COUNTRIES=300 pytest -m full tests/figures/test_publications_audit.py
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from countries import ASKED, Country, city_file, national_file, published_earlier, random_country
from publications_audit import Groups, Publication, Publications
from publishing_audit import Findings, how_much
from running import husrum

from husrum_cli.domain.figures import earlier as judged_together
from husrum_cli.domain.figures.judging import withheld

MORE = int(os.environ.get("PUBLISHING_COUNTRIES", "40"))
COUNTRIES = 3
# In these countries, two publications would together reveal small numbers if each were judged alone.
# How many numbers are withheld, of how many only a bound is shown, and what all others add up to, in hundredths: as in test_publishing_audit.py.
PUBLISHED = {"year after year": (4018, 28, 648500), "a few more": (3551, 67, 1696088), "corrected": (3550, 67, 1898871)}
TELLING = {"year after year": 24, "a few more": 13, "corrected": 13}


def published(path: Path, year: int) -> dict[str, Any]:
    """`stats year --publish` of a file."""
    result = husrum("stats", "year", year, "--publish", "--format", "json", "--db", path)
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def of_everybody(country: Country, directory: Path, year: int, interviewed: tuple[str, ...], others: tuple[str, ...]) -> Publication:
    """Return what every city and the nation publish of a year."""
    cities = {city.name: published(directory / f"{city.name}.db", year) for city in country.cities}
    return Publication(cities, published(directory / "nation.db", year), interviewed, others)


def write(country: Country, directory: Path) -> None:
    """The files of a country's cities, and the national one."""
    directory.mkdir(exist_ok=True)
    for city in country.cities:
        city_file(city, directory / f"{city.name}.db")
    national_file(country, directory / "nation.db")


def year_after_year(seed: int, directory: Path) -> Publications:
    """A year in which nobody came who had not been interviewed in it or taken part the year before, and a few stayed away."""
    chance = Random(seed)
    country = random_country(seed, most=2)
    cities = []
    for city in country.cities:
        gone = min(len(city.others), chance.choice((0, 0, 1, 2, 5)))
        interviewed = city.interviewed if chance.random() < 0.5 else ()
        cities.append(replace(city, interviewed=interviewed, others=city.others[gone:], gone=city.others[:gone], moved_on=0, programme=0))
    country = Country(tuple(cities))
    write(country, directory)
    people: dict[str, Groups] = {
        city.name: {"interviewed": city.interviewed, "others": city.others, "gone": city.gone} for city in country.cities
    }
    before = of_everybody(country, directory, 2023, ("others", "gone"), ())
    return Publications(people, [before, of_everybody(country, directory, 2024, ("interviewed",), ("others",))])


def close(country: Country, directory: Path) -> None:
    """Close the year in every file."""
    for path in sorted(directory.glob("*.db")):
        assert husrum("year", "close", "2024", "--db", path).exit_code == 0


def again(first: Country, second: Country, directory: Path) -> None:
    """The second state of a country, in files that have published the first."""
    write(first, directory / "first")
    close(first, directory / "first")
    write(second, directory / "second")
    for path in sorted((directory / "second").glob("*.db")):
        published_earlier(path, directory / "first" / path.name)


def a_few_more(seed: int, directory: Path) -> Publications:
    """A year that is published again after a few more people were entered."""
    chance = Random(seed)
    first, second, people = [], [], {}
    for city in random_country(seed, most=2).cities:
        city = replace(city, moved_on=0, programme=0)
        late = min(len(city.interviewed), chance.choice((0, 1, 1, 2, 4)))
        former = replace(city, interviewed=city.interviewed[late:])
        first.append(former)
        second.append(replace(city, interviewed=(*former.interviewed, *city.interviewed[:late])))
        people[city.name] = {"interviewed": former.interviewed, "others": city.others, "late": city.interviewed[:late]}
    then, now = Country(tuple(first)), Country(tuple(second))
    again(then, now, directory)
    return Publications(
        people,
        [
            of_everybody(then, directory / "first", 2024, ("interviewed",), ("others",)),
            of_everybody(now, directory / "second", 2024, ("interviewed", "late"), ("others",)),
        ],
    )


def an_answer_corrected(seed: int, directory: Path) -> Publications:
    """A year that is published again after somebody's answers were corrected."""
    chance = Random(seed)
    first, second, people = [], [], {}
    for city in random_country(seed, most=2).cities:
        city = replace(city, moved_on=0, programme=0)
        wrong = city.interviewed[:1]
        right = tuple(
            {**each, **{q: chance.choice(city.interviewed).get(q, ("not_asked",)) for q in chance.sample(ASKED, 3)}} for each in wrong
        )
        first.append(city)
        second.append(replace(city, interviewed=(*right, *city.interviewed[1:])))
        people[city.name] = {"kept": city.interviewed[1:], "others": city.others, "wrong": wrong, "right": right}
    then, now = Country(tuple(first)), Country(tuple(second))
    again(then, now, directory)
    return Publications(
        people,
        [
            of_everybody(then, directory / "first", 2024, ("kept", "wrong"), ("others",)),
            of_everybody(now, directory / "second", 2024, ("kept", "right"), ("others",)),
        ],
    )


CASES: dict[str, Callable[[int, Path], Publications]] = {
    "year after year": year_after_year,
    "a few more": a_few_more,
    "corrected": an_answer_corrected,
}


def audited(case: str, seeds: Iterable[int], directory: Path, questions: int, counted: Counter[str] | None = None) -> Findings:
    """Return what a solver determines about random countries of a kind. `counted`: how much was published is added to it."""
    found: list[str] = []
    attacked = 0
    for seed in seeds:
        place = directory / str(seed)
        place.mkdir()
        chosen = [ASKED[(seed + step) % len(ASKED)] for step in range(questions)]
        publications = CASES[case](seed, place)
        findings = publications.found_out(chosen)
        for each in publications.published if counted is not None else ():
            counted += sum(map(how_much, [each.nation, *each.cities.values()]), Counter())
        found += [f"{seed}: {each}" for each in findings.found]
        attacked += findings.attacked
        print(f"{case} {seed}: {attacked} small numbers attacked, {len(found)} found", flush=True)
    return Findings(found, attacked)


@pytest.mark.parametrize("case", CASES)
def test_nothing_small_is_found_out_of_two_publications(case: str, tmp_path: Path) -> None:
    counted = Counter[str]()
    findings = audited(case, range(COUNTRIES), tmp_path, 3, counted)
    assert not findings.found
    assert findings.attacked > 20 * COUNTRIES
    assert (counted["withheld"], counted["below"], counted["sum"]) == PUBLISHED[case]


@pytest.mark.full
@pytest.mark.parametrize("case", CASES)
def test_nothing_small_is_found_out_of_many_publications(case: str, tmp_path: Path) -> None:
    findings = audited(case, range(2000, 2000 + MORE), tmp_path, len(ASKED))
    assert not findings.found


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_found_where_each_publication_by_itself_would_tell(case: str, tmp_path: Path) -> None:
    assert not audited(case, [TELLING[case]], tmp_path, len(ASKED)).found


def test_a_later_year_of_a_city_adds_nothing_to_an_earlier_one_of_the_nation(tmp_path: Path) -> None:
    """Here the nation's 2023 says that nobody declined, and what Esbjerg says of 2024 would otherwise reveal that one did then."""
    assert not audited("year after year", [2024], tmp_path, len(ASKED)).found


@pytest.mark.parametrize("case", CASES)
def test_the_audit_finds_what_two_publications_tell(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judged_together, "withheld", lambda judged, earlier: withheld(judged, []))
    assert audited(case, [TELLING[case]], tmp_path, len(ASKED)).found
