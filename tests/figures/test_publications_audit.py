"""No small number of people can be computed back from two publications either: of a year and the one before, or of a year before and after it was corrected.

More countries than a usual run has: PUBLISHING_COUNTRIES=300 pytest -m full tests/figures/test_publications_audit.py
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from countries import ASKED, NON_ANSWERS, Answers, City, Country, city_file, national_file, published_earlier, random_country
from publications_audit import Groups, Publication, Publications
from publishing_audit import Findings, how_much
from running import husrum

from husrum_cli import vocabulary
from husrum_cli.domain.figures import judged_years as judged_together
from husrum_cli.domain.figures.judging import withheld_of_year

MORE = int(os.environ.get("PUBLISHING_COUNTRIES", "40"))
# Of one country: how many numbers are withheld, of how many only a bound is shown, and what all others add up to, in hundredths, as in test_publishing_audit.py.
PUBLISHED = {
    "year after year": (1486, 16, 384100),
    "a few more": (1094, 37, 1074144),
    "one more": (1004, 0, 5499169),
    "corrected": (990, 51, 1242689),
    "several corrected": (988, 46, 1261648),
}
_FILES = tempfile.TemporaryDirectory(prefix="husrum-tests-")
# In these countries, two publications would together reveal small numbers of what was answered to a question if each were judged alone.
TELLING = {
    "year after year": (24, "diagnosis"),
    "a few more": (13, "gender"),
    "one more": (0, "source"),
    "corrected": (13, "gender"),
    "several corrected": (6, "diagnosis"),
}


def published(path: Path, year: int) -> dict[str, Any]:
    """`stats year --publish` of a file."""
    result = husrum("stats", "year", year, "--publish", "--format", "json", "--db", path)
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


class Files(NamedTuple):
    """The files of a country in a folder: what every city and the nation publish of a year, and which groups of people are in it."""

    country: Country
    directory: Path
    year: int
    interviewed: tuple[str, ...]
    others: tuple[str, ...]

    def publication(self) -> Publication:
        """Return what they publish."""
        cities = {city.name: published(self.directory / f"{city.name}.db", self.year) for city in self.country.cities}
        return Publication(cities, published(self.directory / "nation.db", self.year), self.interviewed, self.others)


# The people of each city by group, and the files of two publications.
Two = tuple[dict[str, Groups], list[Files]]


def write(country: Country, directory: Path) -> None:
    """The files of a country's cities, and the national one."""
    directory.mkdir(exist_ok=True)
    for city in country.cities:
        city_file(city, directory / f"{city.name}.db")
    national_file(country, directory / "nation.db")


def year_after_year(seed: int, directory: Path) -> Two:
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
    return people, [Files(country, directory, 2023, ("others", "gone"), ()), Files(country, directory, 2024, ("interviewed",), ("others",))]


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


def a_few_more(seed: int, directory: Path) -> Two:
    """A year that is published again after a few more people were entered."""
    chance = Random(seed)
    return entered_late([(city, chance.choice((0, 1, 1, 2, 4))) for city in random_country(seed, most=2).cities], directory)


def one_more(seed: int, directory: Path) -> Two:
    """A year in which everybody answered everything, so that most percentages are shown, and which is published again after one more was entered."""
    chance = Random(seed)
    codes = {question: [code for code in vocabulary.QUESTIONS[question].codes or () if code not in NON_ANSWERS][:6] for question in ASKED}

    def people(number: int) -> tuple[Answers, ...]:
        return tuple({question: (chance.choice(known),) for question, known in codes.items()} for _ in range(number))

    cities = [City(name, people(chance.randint(21, 80)), people(chance.choice((0, 30)))) for name in ("Aarhus", "Viborg")]
    return entered_late([(city, chance.choice((1, late))) for late, city in enumerate(cities)], directory)


def entered_late(cities: Sequence[tuple[City, int]], directory: Path) -> Two:
    """A year that is published again after some more of those interviewed were entered, of each city so many."""
    first, second, people = [], [], {}
    for city, number in cities:
        city = replace(city, moved_on=0, programme=0)
        late = min(len(city.interviewed), number)
        former = replace(city, interviewed=city.interviewed[late:])
        first.append(former)
        second.append(replace(city, interviewed=(*former.interviewed, *city.interviewed[:late])))
        people[city.name] = {"interviewed": former.interviewed, "others": city.others, "late": city.interviewed[:late]}
    then, now = Country(tuple(first)), Country(tuple(second))
    again(then, now, directory)
    return people, [
        Files(then, directory / "first", 2024, ("interviewed",), ("others",)),
        Files(now, directory / "second", 2024, ("interviewed", "late"), ("others",)),
    ]


def an_answer_corrected(seed: int, directory: Path) -> Two:
    """A year that is published again after somebody's answers were corrected."""
    return corrected(seed, directory, lambda chance: (1, 0))


def several_corrected(seed: int, directory: Path) -> Two:
    """A year that is published again after the answers of several were corrected: of those who were interviewed, and of the others."""
    return corrected(seed, directory, lambda chance: (chance.choice((0, 1, 2, 3, 5)), chance.choice((0, 0, 1, 3))))


def corrected(seed: int, directory: Path, number: Callable[[Random], tuple[int, int]]) -> Two:
    """A year that is published again after answers were corrected: of so many who were interviewed in each city, and of so many others."""
    chance = Random(seed)

    def rightly(people: tuple[Answers, ...], wrong: tuple[Answers, ...]) -> tuple[Answers, ...]:
        return tuple({**each, **{q: chance.choice(people).get(q, ("not_asked",)) for q in chance.sample(ASKED, 3)}} for each in wrong)

    first, second, people = [], [], {}
    for city in random_country(seed, most=2).cities:
        city = replace(city, moved_on=0, programme=0)
        interviewed, others = number(chance)
        wrong, kept = city.interviewed[:interviewed], city.interviewed[interviewed:]
        right = rightly(city.interviewed, wrong)
        others_wrong, others_kept = city.others[:others], city.others[others:]
        others_right = rightly(city.others, others_wrong)
        first.append(city)
        second.append(replace(city, interviewed=(*right, *kept), others=(*others_right, *others_kept)))
        people[city.name] = {
            "kept": kept,
            "wrong": wrong,
            "right": right,
            "others": others_kept,
            "others wrong": others_wrong,
            "others right": others_right,
        }
    then, now = Country(tuple(first)), Country(tuple(second))
    again(then, now, directory)
    return people, [
        Files(then, directory / "first", 2024, ("kept", "wrong"), ("others", "others wrong")),
        Files(now, directory / "second", 2024, ("kept", "right"), ("others", "others right")),
    ]


CASES: dict[str, Callable[[int, Path], Two]] = {
    "year after year": year_after_year,
    "a few more": a_few_more,
    "one more": one_more,
    "corrected": an_answer_corrected,
    "several corrected": several_corrected,
}


@cache
def files_of(case: str, seed: int) -> Two:
    """Return the files of a random country of a kind, which several tests publish from."""
    return CASES[case](seed, Path(tempfile.mkdtemp(dir=_FILES.name)))


def audited(case: str, seeds: Iterable[int], questions: int | str, counted: Counter[str] | None = None) -> Findings:
    """Return what a solver determines about random countries of a kind. `questions`: how many, or which one; `counted`: how much was published is added to it."""
    found: list[str] = []
    attacked = 0
    for seed in seeds:
        chosen = [questions] if isinstance(questions, str) else [ASKED[(seed + step) % len(ASKED)] for step in range(questions)]
        people, files = files_of(case, seed)
        publications = Publications(people, [each.publication() for each in files])
        findings = publications.found_out(chosen)
        for each in publications.published if counted is not None else ():
            counted += sum(map(how_much, [each.nation, *each.cities.values()]), Counter())
        found += [f"{seed}: {each}" for each in findings.found]
        attacked += findings.attacked
        print(f"{case} {seed}: {attacked} small numbers attacked, {len(found)} found", flush=True)
    return Findings(found, attacked)


@pytest.mark.parametrize("case", CASES)
def test_nothing_small_is_found_out_of_two_publications(case: str) -> None:
    counted = Counter[str]()
    findings = audited(case, [0], 3, counted)
    assert not findings.found
    assert findings.attacked > 20
    assert (counted["withheld"], counted["below"], counted["sum"]) == PUBLISHED[case]


@pytest.mark.full
@pytest.mark.parametrize("case", CASES)
def test_nothing_small_is_found_out_of_many_publications(case: str) -> None:
    findings = audited(case, range(2000, 2000 + MORE), len(ASKED))
    assert not findings.found


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_found_where_each_publication_by_itself_would_tell(case: str) -> None:
    seed, question = TELLING[case]
    assert not audited(case, [seed], question).found


def test_a_later_year_of_a_city_adds_nothing_to_an_earlier_one_of_the_nation() -> None:
    """Here the nation's 2023 says that nobody declined, and what Esbjerg says of 2024 would otherwise reveal that one did then."""
    assert not audited("year after year", [2024], len(ASKED)).found


@pytest.mark.parametrize("case", CASES)
def test_the_audit_finds_what_two_publications_tell(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judged_together, "withheld_of_year", lambda judged, earlier: withheld_of_year(judged, []))
    seed, question = TELLING[case]
    assert audited(case, [seed], question).found


def shares_of(path: Path) -> dict[str, Any]:
    """What is published of the shares on both bases."""
    figures = published(path, 2024)["figures"]
    return {key: figure for key, figure in figures.items() if key.startswith(("suicidal_thoughts", "loneliness_severe"))}


@pytest.mark.parametrize(
    "opened_again",
    [
        ("year reopen 2024 --why forgotten",),
        ("undo --yes",),
        ("year reopen 2024", "undo 2 --yes"),
        ("restore {backup} --yes",),
    ],
)
def test_one_newcomer_is_not_found_out_by_subtraction(tmp_path: Path, opened_again: tuple[str, ...]) -> None:
    """21 of 40 is 53 %, and 22 of 41 is 54 %: side by side they would tell what the 41st said."""
    answers = [{"suicidal_thoughts": ("past" if number < 21 else "never",), "loneliness": ("mild",)} for number in range(40)]
    path = city_file(City("Viborg", tuple(answers)), tmp_path / "viborg.db")
    assert husrum("backup", tmp_path / "backup.db", "--db", path).exit_code == 0
    assert husrum("year", "close", 2024, "--force", "--db", path).exit_code == 0
    first = shares_of(path)
    assert first["suicidal_thoughts"]["value"] == 0.53 and first["suicidal_thoughts"]["base"] == 40
    for line in opened_again:
        assert husrum("--db", path, *line.format(backup=tmp_path / "backup.db").split()).exit_code == 0
    told = ("--held", "2024-03-01", "--suicidal-thoughts", "current", "--loneliness", "mild")
    assert husrum("intake", "add", "Ny Person", *told, "--db", path).exit_code == 0
    assert shares_of(path)["suicidal_thoughts"]["value"] is None
    assert husrum("year", "close", 2024, "--force", "--db", path).exit_code == 0
    for key, share in shares_of(path).items():
        assert share["base"] == 41
        assert key.startswith("loneliness") or share["value"] is None and share["withheld"]


def test_who_is_corrected_is_not_found_out_by_subtraction_if_one_may_give_several_answers(tmp_path: Path) -> None:
    """Loneliness as 8 and then 7 is 10 and then 5: whoever was corrected said so, and says so no more."""
    kept = [("loneliness",)] * 7 + [("social_difficulties",)] * 12 + [("other",)] * 14
    people: Groups = {
        name: tuple({"motive": each} for each in answers)
        for name, answers in (("kept", kept), ("wrong", [("loneliness", "social_difficulties")]), ("right", [("other",)]))
    }
    then, now = (Country((City("Viborg", (*people["kept"], *people[name])),)) for name in ("wrong", "right"))
    again(then, now, tmp_path)
    published_twice = [
        Files(then, tmp_path / "first", 2024, ("kept", "wrong"), ()).publication(),
        Files(now, tmp_path / "second", 2024, ("kept", "right"), ()).publication(),
    ]
    assert not Publications({"Viborg": people}, published_twice).found_out(["motive"]).found


def test_one_more_who_moved_on_is_not_found_out(tmp_path: Path) -> None:
    """22 are shown as 20 and 23 as 25: side by side they would tell that the newcomer is one of these."""
    first = City("Viborg", ({},) * 30, moved_on=22)
    second = replace(first, interviewed=({},) * 31, moved_on=23)
    again(Country((first,)), Country((second,)), tmp_path)
    figures = [published(tmp_path / place / "Viborg.db", 2024)["figures"]["moved_on"] for place in ("first", "second")]
    assert figures[0]["value"] == 20 and figures[1]["value"] is None
