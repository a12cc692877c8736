"""The year's end: what is missing, frozen figures, and what changed since, row by row."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from once import made_once
from running import Result, husrum, looked_into, new_city, store_of

from husrum_cli.domain.figures.freeze import figures_of_period
from husrum_cli.input.periods import calendar_year

AFTERWARDS = {"HUSRUM_TODAY": "2025-02-01"}


def run(path: Path, *words: object, code: int = 0) -> Result:
    """A command in February 2025, which must end as it should."""
    result = husrum(*words, "--db", path, env=AFTERWARDS)
    assert result.exit_code == code, result.stderr
    return result


def year(path: Path) -> dict[str, Any]:
    """The year 2024 as JSON."""
    shown: dict[str, Any] = json.loads(run(path, "stats", "year", "2024", "--format", "json").stdout)
    return shown


def explained(path: Path, key: str) -> dict[str, Any]:
    """A figure of 2024 and its rows as JSON."""
    shown: dict[str, Any] = json.loads(run(path, "stats", "explain", "2024", key, "--format", "json").stdout)
    return shown


@pytest.fixture
@made_once
def lived(tmp_path: Path) -> Path:
    """A year with a group, an event, and one meeting that nobody recorded."""
    city = new_city(tmp_path / "aarhus.db")
    run(city, "intake", "add", "Anna Holm", "--born", "2001", "--enquired", "2024-01-03", "--held", "2024-01-10", "--diagnosis", "autism")
    run(city, "intake", "add", "Bo Lund", "--enquired", "2024-01-04", "--held", "2024-01-11", "--source", "self", "--diagnosis", "none")
    run(city, "person", "consent", "1", "health_data", "--given", "2024-01-10")
    run(city, "group", "open", "Mondays", "--kind", "talk", "--start", "2024-03-04", "--weeks", 2)
    run(city, "group", "enroll", "G1", "1,2", "--date", "2024-03-04")
    run(city, "group", "meet", "G1", "--date", "2024-03-04", "--present", "1,2")
    run(city, "event", "log", "Games", "--date", "2024-04-02", "--present", "1", "--unnamed", 3)
    return city


@pytest.fixture
def closed(lived: Path) -> Path:
    """The same year, closed."""
    run(lived, "group", "meet", "G1", "--date", "2024-03-11", "--cancelled")
    assert "2024 is closed with today's figures" in run(lived, "year", "close", "2024").stderr
    return lived


def test_the_status_lists_each_obstacle_and_the_command_that_fixes_it(lived: Path) -> None:
    status = json.loads(run(lived, "year", "status", "2024", "--format", "json").stdout)
    assert (status["schema"], status["closed"], status["closings"]) == ("husrum.year.status/1", False, [])
    assert [(each["severity"], each["who"], each["command"]) for each in status["problems"]] == [
        ("obstacle", "G1 Mondays", "husrum group meet G1 --date 2024-03-11"),
        ("remark", "1 Anna Holm", "husrum intake edit 1 --source CODE"),
        ("remark", "2 Bo Lund", "husrum person edit 2 --born DATE"),
        ("remark", "2 Bo Lund", "husrum person consent 2 health_data"),
        ("remark", "G1 Mondays", "husrum group close G1 --date 2024-03-11"),
    ]


def test_the_commands_in_the_status_fix_it(lived: Path) -> None:
    run(lived, "group", "meet", "G1", "--date", "2024-03-11", "--present", "1")
    run(lived, "intake", "edit", 1, "--source", "friend")
    run(lived, "person", "edit", 2, "--born", "2000")
    run(lived, "person", "consent", 2, "health_data")
    run(lived, "group", "close", "G1", "--date", "2024-03-11")
    assert run(lived, "year", "status", "2024").stdout == "Nothing is missing in 2024.\n"


def test_of_several_enquiries_the_command_names_the_one_that_lacks_something(city: Path) -> None:
    run(city, "intake", "add", "Anna Holm", "--born", "2001", "--enquired", "2024-01-03", "--held", "2024-01-10")
    run(city, "intake", "add", "--person", 1, "--enquired", "2024-11-01", "--held", "2024-11-02", "--source", "self")
    run(city, "intake", "add", "Bo Lund", "--born", "2001", "--enquired", "2024-11-03")
    run(city, "intake", "add", "--person", 2, "--enquired", "none", "--held", "2024-02-04", "--source", "self")
    run(city, "intake", "edit", 2, "--on", "unknown", "--source", "none")
    commands = {
        each["who"]: each["command"] for each in json.loads(run(city, "year", "status", "2024", "--format", "json").stdout)["problems"]
    }
    assert commands == {
        "1 Anna Holm": "husrum intake edit 1 --on 2024-01-03 --source CODE",
        "2 Bo Lund": "husrum intake edit 2 --on unknown --source CODE",
    }
    for command in commands.values():
        run(city, *command.replace("CODE", "friend").split()[1:])
    assert run(city, "year", "status", "2024").stdout == "Nothing is missing in 2024.\n"


def test_a_match_without_contact_and_two_who_look_like_one_are_reported(lived: Path) -> None:
    run(
        lived,
        "volunteer",
        "add",
        "Karen Bang",
        "--joined",
        "2024-01-01",
        "--role",
        "befriender",
        "--intro-course",
        "2024-02-01",
        "--born",
        "1960",
    )
    run(lived, "match", "start", 1, "karen", "--date", "2024-05-01")
    run(lived, "intake", "add", "Bo Lund", "--born", "1999-02-03", "--enquired", "2024-06-01")
    output = run(lived, "year", "status", "2024").stdout
    assert "husrum match contact 1" in output
    assert "husrum person join 2 4" in output
    run(lived, "match", "contact", 1, "--date", "2024-07-01")
    assert "husrum match contact 1" not in run(lived, "year", "status", "2024").stdout


def test_a_year_with_unrecorded_meetings_is_closed_only_by_force(lived: Path) -> None:
    refused = run(lived, "year", "close", "2024", code=5)
    assert refused.stderr == "Error: year: 1 planned meeting or event day of 2024 is not recorded. See: husrum year status 2024\n"
    assert not year(lived)["closed"]
    run(lived, "year", "close", "2024", "--force")
    assert year(lived)["closed"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("close", "2025"), "2025 is not over yet"),
        (("close", "2019"), "nothing is recorded in 2019"),
        (("reopen", "2024", "--why", "a mistake"), "2024 is not closed"),
    ],
)
def test_what_cannot_be_closed_or_opened(lived: Path, words: tuple[str, ...], said: str) -> None:
    assert said in run(lived, "year", *words, code=5).stderr


def test_a_year_is_not_closed_twice(closed: Path) -> None:
    assert "closed already" in run(closed, "year", "close", "2024", code=5).stderr


def test_closing_changes_no_figure(lived: Path) -> None:
    before = year(lived)
    run(lived, "year", "close", "2024", "--force")
    after = year(lived)
    assert (after["figures"], after["distributions"]) == (before["figures"], before["distributions"])
    assert (after["closed"], after["closed_at"], after["changes"], after["distributions_now"]) == (True, "2025-02-01", [], {})


def test_figures_stay_frozen_with_what_changed_next_to_them(closed: Path) -> None:
    run(closed, "event", "log", "Late games", "--date", "2024-12-20", "--present", "1,2", "--unnamed", 2)
    shown = year(closed)
    assert shown["figures"]["visits"] == {"value": 8, "source": "counted", "now": 12}
    assert "now" not in shown["figures"]["intakes"]
    taken_of = ("visits_per_person_median", "event_participants_")  # of each row an amount of its own
    changes = {
        (each["person"], each["what"], each["amount"]): each["keys"]
        for each in shown["changes"]
        if not each["keys"][0].startswith(taken_of)
    }
    assert changes == {
        (2, "", 1): ["young_people_social_event"],
        (None, "E2 Late games", 1): ["social_events"],
        (None, "E2 Late games", 2): ["visits", "visits_unnamed", "visits_social_event"],
        (1, "E2 Late games", 1): ["visits", "visits_named", "visits_social_event"],
        (2, "E2 Late games", 1): ["visits", "visits_named", "visits_social_event"],
    }
    table = run(closed, "stats", "year", "2024").stdout
    assert "Closed on 2025-02-01" in table
    assert "now 12" in table
    assert "1 Anna Holm" in table
    trend = run(closed, "stats", "trend").stdout
    assert re.search(r"2024 is shown as it was closed; today [0-9]+ figures are different. See: husrum stats year 2024\n", trend)


def test_removed_rows_are_listed_too(closed: Path) -> None:
    run(closed, "event", "attend", "E1", "--present", "none", "--unnamed", 3)
    shown = year(closed)
    assert (shown["figures"]["visits_social_event"]["value"], shown["figures"]["visits_social_event"]["now"]) == (4, 3)
    gone = [each for each in shown["changes"] if each["change"] == "removed" and "visits_social_event" in each["keys"]]
    assert [(each["person"], each["date"], each["what"]) for each in gone] == [(1, "2024-04-02", "E1 Games")]


def test_shares_and_distributions_are_frozen_too_and_no_answer_is_repeated(closed: Path) -> None:
    run(closed, "intake", "edit", 2, "--diagnosis", "anxiety")
    shown = year(closed)
    share = shown["figures"]["diagnosis_any"]
    assert (share["value"], share["count"], share["answered"], share["now"], share["count_now"]) == (0.5, 1, 2, 1.0, 2)
    assert (shown["distributions"]["diagnosis"]["anxiety"], shown["distributions_now"]["diagnosis"]["anxiety"]) == (0, 1)
    changed = [each for each in shown["changes"] if "diagnosis" in each["keys"]]
    assert [(each["change"], each["person"], each["what"]) for each in changed] == [("added", 2, ""), ("removed", 2, "")] or len(
        changed
    ) == 2
    assert "anxiety" not in json.dumps(shown["changes"])


def test_a_share_of_more_people_that_is_the_same_is_shown_once(closed: Path) -> None:
    run(closed, "intake", "add", "Cille Dam", "--enquired", "2024-11-01", "--held", "2024-12-10")
    shares = [line for line in run(closed, "stats", "year", "2024").stdout.splitlines() if line.startswith("Severely lonely")]
    assert shares and all("nobody answered" in line and "now" not in line for line in shares), shares
    figure = year(closed)["figures"]["loneliness_severe"]
    assert (figure["base"], figure["base_now"], figure["value"], figure["now"]) == (2, 3, None, None)


@pytest.mark.parametrize("key", ["visits", "visits_unnamed", "young_people", "diagnosis_any", "diagnosis_any_at_intake", "intakes"])
def test_explain_opens_the_frozen_value_and_then_what_came_since(closed: Path, key: str) -> None:
    before = explained(closed, key)
    run(closed, "intake", "add", "Cleo Dam", "--enquired", "2024-11-01", "--held", "2024-11-02", "--diagnosis", "adhd", code=0)
    run(closed, "event", "log", "Late games", "--date", "2024-12-20", "--present", "3", "--unnamed", 2)
    after = explained(closed, key)
    assert (after["value"], after["rows"]) == (before["value"], before["rows"])
    assert after["changes"]
    assert after["now"] != after["value"]


def test_a_person_who_counts_for_an_earlier_day_is_no_change_of_who_counts(lived: Path) -> None:
    run(lived, "volunteer", "add", "Vera Dahl", "--joined", "2024-01-01", "--role", "befriender", "--intro-course", "2024-01-20")
    run(lived, "match", "start", "1", "3", "--date", "2024-06-01")
    run(lived, "year", "close", "2024", "--force")
    run(lived, "match", "edit", "1", "3", "--start", "2024-05-01")
    run(lived, "event", "log", "Early games", "--date", "2024-01-05", "--present", "1,2")
    changes = year(lived)["changes"]
    assert [each["what"] for each in changes if "visits" in each["keys"]] == ["E2 Early games"] * 2
    assert not [each for each in changes if {"befrienders", "young_people", "volunteers"} & set(each["keys"])]
    assert not explained(lived, "befrienders").get("changes")


def test_reopening_says_why_and_keeps_the_old_figures(closed: Path) -> None:
    run(closed, "event", "log", "Late games", "--date", "2024-12-20", "--present", "1")
    run(closed, "year", "reopen", "2024", "--why", "An evening was missing")
    assert (year(closed)["closed"], year(closed)["figures"]["visits"]["value"]) == (False, 9)
    run(closed, "year", "close", "2024")
    history = json.loads(run(closed, "year", "status", "2024", "--format", "json").stdout)["closings"]
    assert [(each["closed_at"], each["reopened_at"], each["why"]) for each in history] == [
        ("2025-02-01", "2025-02-01", "An evening was missing"),
        ("2025-02-01", None, None),
    ]
    assert history[0]["hash"] != history[1]["hash"]
    with closing(looked_into(closed)) as connection:
        frozen = [
            json.loads(text)["values"]["visits"]["value"] for (text,) in connection.execute("SELECT figures FROM closed_years ORDER BY id")
        ]
    assert frozen == [8, 9]


def test_frozen_figures_that_were_changed_outside_are_not_shown(closed: Path) -> None:
    with closing(looked_into(closed, isolation_level=None)) as connection:
        connection.execute("UPDATE closed_years SET figures = replace(figures, '8', '9')")
    assert "changed outside husrum" in run(closed, "stats", "year", "2024", code=3).stderr
    run(closed, "year", "reopen", "2024", "--why", "They were tampered with")
    assert year(closed)["figures"]["visits"]["value"] == 8


def test_years_closed_one_after_the_other_are_not_counted_again(closed: Path) -> None:
    run(closed, "event", "log", "Games", "--date", "2023-04-02", "--present", "1", "--unnamed", 3)
    run(closed, "year", "reopen", "2024", "--why", "2023 was forgotten")
    run(closed, "year", "close", "2023", "--force")
    run(closed, "year", "close", "2024")
    for number in (2023, 2024):
        with closing(store_of(closed)) as store:
            assert figures_of_period(store, calendar_year(number)).now is None
            assert store.value("SELECT count(*) FROM temp.sqlite_schema") == 0
    run(closed, "event", "log", "Games", "--date", "2023-04-09", "--present", "1")
    assert "now" in json.loads(run(closed, "stats", "year", "2023", "--format", "json").stdout)["figures"]["visits"]


def test_other_years_go_on(closed: Path) -> None:
    shown = json.loads(run(closed, "stats", "year", "2025", "--format", "json").stdout)
    assert not shown["closed"]
    assert "changes" not in shown
