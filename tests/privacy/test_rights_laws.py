"""Laws of anonymising and erasing: what they do to the figures of random cities."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cities import cities
from hypothesis import given, settings
from hypothesis import strategies as st
from often import holds_often
from recount import recount
from recount_checks import city_file, differences, statistics
from recount_reading import City, Records, Row, read, when
from running import husrum, looked_into

from husrum_cli.vocabulary import NON_ANSWERS, RECRUITED_THROUGH

YEARS = range(2021, 2027)
# Many others: EXAMPLES=1000 pytest -m full tests/privacy/test_rights_laws.py
FEW = settings(max_examples=5, derandomize=True, database=None)


def shown(path: Path, *words: object) -> Any:
    """Return what a command shows, as JSON."""
    result = husrum(*words, "--format", "json", "--db", path, env={"HUSRUM_TODAY": "2024-10-08"})
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def with_words_as_one(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures with the words in which volunteers said how they were recruited as one answer: the words go with the name."""
    answers: dict[str, int] = figures["distributions"]["recruited_through"]
    codes = {*RECRUITED_THROUGH, *NON_ANSWERS, "not_recorded"}
    counted = {code: number for code, number in answers.items() if code in codes}
    counted[""] = sum(number for text, number in answers.items() if text not in codes)
    return {**figures, "distributions": {**figures["distributions"], "recruited_through": counted}}


@FEW
@given(cities(), st.data())
def test_anonymising_changes_no_figure_of_any_year(city: City, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = city_file(city, Path(directory))
        numbers = [person["person"] for person in shown(path, "person", "list")]
        if not numbers:
            return
        before = {year: with_words_as_one(statistics(path, year)) for year in YEARS}
        chosen = data.draw(st.lists(st.sampled_from(numbers), min_size=1, max_size=3, unique=True))
        assert husrum("person", "anonymise", ",".join(map(str, chosen)), "--yes", "--db", path).exit_code == 0
        assert {year: with_words_as_one(statistics(path, year)) for year in YEARS} == before


@FEW
@given(cities(), st.data())
def test_erasing_leaves_what_the_others_rows_count(city: City, data: st.DataObject) -> None:
    city = {kind: rows for kind, rows in city.items() if kind != "figures"}
    with tempfile.TemporaryDirectory() as directory:
        path = city_file(city, Path(directory))
        people = {person["person"]: person["name"] for person in shown(path, "person", "list")}
        if not people:
            return
        number = data.draw(st.sampled_from(sorted(people)))
        before = {year: statistics(path, year) for year in YEARS}
        with closing(looked_into(path)) as connection:
            first = (
                connection.execute("SELECT min(date) FROM (SELECT date FROM sessions UNION SELECT enquired FROM intakes)").fetchone()[0]
                or "9999"
            )
        result = husrum("person", "erase", number, "--yes", "--format", "json", "--db", path, env={"HUSRUM_TODAY": "2026-12-31"})
        assert result.exit_code == 0, result.stderr
        after = {year: statistics(path, year) for year in YEARS}
        rest = without(city, read(city), people[number])
        wrong = [f"{year}  {line}" for year in YEARS for line in differences(recount(rest, year), after[year], whole=False)]
        assert not wrong, "\n".join(wrong)
        # It says by how much: every count that is another one now, in the years since the first record, though only those that the rows about them reach are counted.
        said = {(each["year"], each["key"]): (each["before"], each["after"]) for each in json.loads(result.stdout) if not each["share"]}
        changed = {
            (year, key): (old["value"], new["value"])
            for year in YEARS
            if str(year) >= first[:4]
            for (key, old), new in zip(before[year]["figures"].items(), after[year]["figures"].values(), strict=True)
            if "answered" not in old and old["value"] != new["value"]
        }
        assert changed.items() <= said.items()


@pytest.mark.full
@pytest.mark.parametrize("law", [test_anonymising_changes_no_figure_of_any_year, test_erasing_leaves_what_the_others_rows_count])
def test_it_holds_of_many_cities(law: Callable[..., Any]) -> None:
    holds_often(law, cities(), st.data())


def test_erasing_the_first_that_is_recorded_says_from_when_the_city_counts(tmp_path: Path) -> None:
    people = [{"name": "Bo Bak", "ref": "1", "enquired": "2022-06-12"}, {"name": "Anna Holm", "ref": "2", "enquired": "2025-03-01"}]
    path = city_file({"intakes": people}, tmp_path)
    result = husrum("person", "erase", 1, "--yes", "--format", "json", "--db", path, env={"HUSRUM_TODAY": "2026-12-31"})
    said = [(each["year"], each["before"], each["after"]) for each in json.loads(result.stdout) if each["key"] == "branches"]
    assert said == [(2022, 1, 0), (2023, 1, 0), (2024, 1, 0)]


def test_erasing_a_volunteer_says_who_waits_again_in_the_years_since(tmp_path: Path) -> None:
    city = {
        "intakes": [{"name": "Bo Bak", "ref": "1", "enquired": "2021-12-12"}],
        "volunteers": [{"name": "Eva Munk", "ref": "2", "joined": "2022-01-01", "left": "2022-12-01", "role": "befriender"}],
        "waiting": [{"person": "1", "since": "2022-02-01"}],
        "matches": [{"person": "1", "volunteer": "2", "date": "2022-03-01", "ended": "2022-09-01", "reason": "completed"}],
    }
    result = husrum(
        "person", "erase", 2, "--yes", "--format", "json", "--db", city_file(city, tmp_path), env={"HUSRUM_TODAY": "2024-12-31"}
    )
    said = [(each["year"], each["before"], each["after"]) for each in json.loads(result.stdout) if each["key"] == "waiting_list"]
    assert said == [(2022, 0, 1), (2023, 0, 1), (2024, 0, 1)]


@pytest.mark.parametrize(
    ("kind", "row", "key", "years"),
    [
        ("roles", {"volunteer": "2", "role": "leader", "to": "2023-06-01"}, "volunteers", (2021, 2022, 2023)),
        ("waiting", {"person": "1", "until": "2023-06-01"}, "waiting_list", (2021, 2022)),
    ],
)
def test_erasing_says_what_changes_before_the_only_day_that_is_known(
    tmp_path: Path, kind: str, row: Row, key: str, years: tuple[int, ...]
) -> None:
    city = {
        "intakes": [{"name": "Bo Bak", "ref": "1", "enquired": "2021-12-12"}, {"name": "Ida Lund", "ref": "3", "enquired": "2021-01-12"}],
        "volunteers": [{"name": "Eva Munk", "ref": "2", "joined": "2021-01-01"}],
        kind: [row],
    }
    number = row.get("person") or row["volunteer"]
    path = city_file(city, tmp_path)
    result = husrum("person", "erase", number, "--yes", "--format", "json", "--db", path, env={"HUSRUM_TODAY": "2024-12-31"})
    said = [(each["year"], each["before"], each["after"]) for each in json.loads(result.stdout) if each["key"] == key]
    assert said == [(year, 1, 0) for year in years]


def without(city: City, records: Records, name: str) -> City:
    """The rows of a city as if somebody had never been there."""
    rest: City = {}
    for kind, rows in city.items():
        for row in rows:
            if kind in ("intakes", "volunteers", "applications") and row["name"] == name:
                continue
            if name in (records.person(row.get("person", "")), records.person(row.get("volunteer", ""))):
                continue
            if kind == "pair_meetings" and _hjerteven(records, row) == name:
                continue
            cells = dict(row)
            for column in ("present", "absent", "excused", "volunteers", "leader", "organiser"):
                if cells.get(column) and name in records.people(cells[column]):
                    cells[column] = "|".join(one for one in records.people(cells[column]) if one != name) or "none"
            rest.setdefault(kind, []).append(cells)
    return rest


def _hjerteven(records: Records, row: Row) -> str:
    """Return the Hjerteven whom somebody met: the latest of that day."""
    day = when(row.get("date", ""))
    theirs = [match for match in records.matches if match.person == records.person(row["person"])]
    of_the_day = [match for match in theirs if day is None or match.period.holds(day) or day == match.period.end]
    return max(of_the_day, key=lambda match: match.period.start or date.min).volunteer
