"""The views for people and other tools: they hold what the program's own lists and figures hold."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from running import husrum, looked_into

YEARS = (2021, 2022, 2023, 2024)


def rows(path: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    """What another program reads."""
    with closing(looked_into(path)) as connection:
        return [tuple(row) for row in connection.execute(sql, values)]


def figures(path: Path, year: int) -> dict[str, int]:
    """key -> value of a year's figures."""
    output = json.loads(husrum("stats", "year", year, "--format", "json", "--db", path).stdout)
    return {key: each["value"] for key, each in output["figures"].items()}


def test_the_participants_of_a_year_are_those_that_are_counted(aarhus: Path) -> None:
    counted = figures(aarhus, 2024)
    (found,) = rows(aarhus, "SELECT count(*), sum(interviews), sum(visits), sum(befriended) FROM participants WHERE year = 2024")
    assert found[0] == counted["young_people"] > 0
    assert found[1] == counted["intakes"]
    assert found[3] == counted["young_people_befriended"] > 0
    explained = husrum("stats", "explain", "2024", "young_people", "--format", "json", "--db", aarhus).stdout
    assert {each["person"] for each in json.loads(explained)["rows"]} == {
        number for (number,) in rows(aarhus, "SELECT number FROM participants WHERE year = 2024")
    }


def test_a_match_makes_participants_of_the_years_without_visits(city: Path) -> None:
    husrum("intake", "add", "Anna Holm", "--born", "2003", "--enquired", "1/2-2021", "--held", "2/2-2021", "--db", city)
    husrum("volunteer", "add", "Karen Bang", "--role", "befriender", "--joined", "1/1-2021", "--intro-course", "1/1-2021", "--db", city)
    husrum("match", "start", "1", "2", "--date", "1/6-2021", "--db", city)
    husrum("intake", "add", "Yusuf Demir", "--enquired", "1/2-2024", "--held", "2/2-2024", "--db", city)
    sql = "SELECT year, number, age, interviews, visits, befriended FROM participants ORDER BY number, year"
    assert rows(city, sql) == [
        (2021, 1, 18, 1, 0, 1),
        (2022, 1, 19, 0, 0, 1),
        (2023, 1, 20, 0, 0, 1),
        (2024, 1, 21, 0, 0, 1),
        (2024, 3, None, 1, 0, 0),
    ]
    assert [figures(city, year)["young_people"] for year in YEARS] == [1, 1, 1, 2]


def test_an_empty_file_has_empty_lists(city: Path) -> None:
    assert [rows(city, f"SELECT * FROM {view}") for view in ("visit_list", "person_list", "waiting_list", "participants")] == [[]] * 4


def test_visits_are_shown_with_names(aarhus: Path) -> None:
    sql = "SELECT sum(amount) FROM visit_list WHERE date BETWEEN '2024-01-01' AND '2024-12-31'"
    assert rows(aarhus, sql) == [(figures(aarhus, 2024)["visits"],)]
    event = json.loads(husrum("event", "show", "E1", "--format", "json", "--db", aarhus).stdout)
    output = rows(aarhus, "SELECT DISTINCT branch, ref, title FROM visit_list WHERE ref = 'E1'")
    assert output == [("Aarhus", "E1", event["title"])]


@pytest.mark.parametrize(
    ("born", "age"),
    [("14/5-2000", 24), ("1/10-2000", 24), ("2/10-2000", 23), ("31/12-2000", 23), ("29/2-2000", 24), ("2000", 24), (None, None)],
)
def test_an_age_is_that_of_the_day_somebody_was_seen_last(city: Path, born: str | None, age: int | None) -> None:
    more = ("--born", born) if born else ()
    husrum("intake", "add", "Anna Holm", *more, "--enquired", "1/2-2020", "--held", "2/2-2020", "--db", city)
    husrum("event", "log", "Board games", "--date", "1/10-2024", "--present", "1", "--db", city)
    husrum("event", "log", "Dinner", "--date", "1/11-2024", "--cancelled", "--db", city)
    assert rows(city, "SELECT number, last_seen, age_when_last_seen FROM person_list") == [(1, "2024-10-01", age)]


def test_everybody_is_on_the_list_of_people(aarhus: Path) -> None:
    sql = "SELECT count(*), sum(young), sum(volunteer) FROM person_list"
    ((everybody, young, volunteers),) = rows(aarhus, sql)
    assert (everybody,) == rows(aarhus, "SELECT count(*) FROM people")[0]
    assert (young, volunteers) == (
        *rows(aarhus, "SELECT count(DISTINCT person_id) FROM intakes")[0],
        *rows(aarhus, "SELECT count(DISTINCT person_id) FROM roles")[0],
    )


def test_who_waits_on_a_day_is_who_the_program_says(aarhus: Path) -> None:
    day = "2024-12-31"
    output = husrum("match", "list", "--waiting", "--format", "json", "--db", aarhus, env={"HUSRUM_TODAY": day}).stdout
    waiting = rows(aarhus, "SELECT number, since FROM waiting_list WHERE since <= ? AND ifnull(until, '9999') > ? ORDER BY 1", day, day)
    assert waiting == sorted((each["person"], each["since"]) for each in json.loads(output))
    assert waiting


def test_no_view_needs_this_program_or_todays_date(aarhus: Path) -> None:
    with closing(looked_into(aarhus)) as connection:
        views = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'view'").fetchall()
        script = "\n".join(line for line in connection.iterdump() if line.startswith(("CREATE", "BEGIN", "COMMIT")))
    assert len(views) > 12
    for name, sql in views:
        assert not any(word in sql.lower() for word in ("'now'", "current_", "random", "localtime")), name
    with closing(sqlite3.connect(":memory:")) as elsewhere:  # without a function or collation of ours
        elsewhere.executescript(script)
        for name, _sql in views:
            elsewhere.execute(f"SELECT * FROM {name}").fetchall()
