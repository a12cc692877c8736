"""Somebody who left is on no list of the day, and is on all of them again after another enquiry, enrolment or match."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from once import made_once
from running import husrum, new_city

from husrum_cli.domain.activities.attendance import Participation, Turnout
from husrum_cli.domain.activities.events import NewEvent
from husrum_cli.domain.activities.likely_attendees import likely_at_new_event
from husrum_cli.domain.people.lookup import People
from husrum_cli.domain.rules import Rules
from husrum_cli.store import open_store

TODAY = {"HUSRUM_TODAY": "2024-06-20"}
BACK = {
    "enquired": "intake add --person 1 --enquired 2024-06-01",
    "enrolled": "group enroll G1 1 --date 2024-06-01",
    "matched": "match start 1 2 --date 2024-06-01 --force agreed",
}


def done(path: Path, line: str) -> str:
    """Return what a command writes to stdout."""
    result = husrum(*line.split(), "--db", path, env=TODAY)
    assert result.exit_code == 0, (line, result.stderr)
    return result.stdout


@pytest.fixture
@made_once
def left(tmp_path: Path) -> Path:
    """Anna enquired in February, had no interview, and left in April; an event is planned."""
    city = new_city(tmp_path / "aarhus.db")
    for line in (
        "intake add Anna --enquired 2024-02-01",
        "volunteer add Vera --joined 2023-01-01 --role befriender",
        "group open Tuesday --kind network --start 2024-01-09 --weeks 0",
        "event plan Picnic --date 2024-06-22",
        "person leave 1 --date 2024-04-01",
    ):
        done(city, line)
    return city


def on_the_sheet(path: Path) -> bool:
    """Whether Anna has a row on the attendance sheet of the event."""
    target = path.with_name("sheet.csv")
    target.unlink(missing_ok=True)
    done(path, f"export sheet E1 --to {target}")
    with target.open(encoding="utf-8-sig", newline="") as file:
        return any("Anna" in row for line in csv.reader(file) for row in line)


def on_the_tick_list(path: Path) -> bool:
    """Whether Anna is shown before her name is typed."""
    store = open_store(path)
    try:
        with store.writing("test", True):
            participation, people = Participation(store), People(store)
            likely = likely_at_new_event(
                participation, Rules(), people, NewEvent("Games", "2024-06-20"), Turnout([], None, [], 0, None, None), None
            )
    finally:
        store.close()
    return any(each.number == 1 and not each.hidden for each in likely.candidates)


def on_the_agenda(path: Path) -> bool:
    """Whether `today` asks for Anna's interview."""
    items = json.loads(done(path, "today --format json"))["items"]
    return any((each["what"], each["person"]) == ("waits for an interview", 1) for each in items)


PLACES = (on_the_sheet, on_the_tick_list, on_the_agenda)


def test_who_left_is_on_no_list(left: Path) -> None:
    assert [shown(left) for shown in PLACES] == [False, False, False]


@pytest.mark.parametrize("how", BACK)
def test_who_came_back_is_on_every_list(left: Path, how: str) -> None:
    done(left, BACK[how])
    assert [shown(left) for shown in PLACES] == [True, True, True]


@pytest.mark.parametrize("how", BACK)
def test_who_came_back_and_left_again_is_on_none(left: Path, how: str) -> None:
    done(left, BACK[how])
    done(left, "person leave 1 --date 2024-06-10")
    assert [shown(left) for shown in PLACES] == [False, False, False]


@pytest.mark.parametrize("how", BACK)
def test_on_the_day_they_leave_they_have_left(left: Path, how: str) -> None:
    done(left, BACK[how])
    done(left, "person leave 1 --date 2024-06-20")
    assert not on_the_tick_list(left)


@pytest.mark.parametrize("how", BACK)
def test_coming_after_coming_back_is_no_contradiction(left: Path, how: str) -> None:
    done(left, "event log Games --date 2024-06-05 --present 1")
    assert "Left on 2024-04-01 and came afterwards" in husrum("check", "--db", left, env=TODAY).stdout
    done(left, BACK[how])
    assert "came afterwards" not in husrum("check", "--db", left, env=TODAY).stdout


def test_who_leaves_again_without_having_come_back_is_told_of(left: Path) -> None:
    second = husrum("person", "leave", "1", "--date", "2024-05-01", "--db", left, env=TODAY)
    assert second.exit_code == 0
    wrong = "husrum person leave 1 --date 2024-04-01 --remove"
    assert f"1 Anna left on 2024-04-01 already. If that day was wrong: {wrong}\n" in second.stderr
    done(left, wrong.removeprefix("husrum "))
    done(left, BACK["enquired"])
    assert "already" not in husrum("person", "leave", "1", "--date", "2024-06-10", "--db", left, env=TODAY).stderr


def test_a_visit_after_the_leaving_is_told_of(left: Path) -> None:
    done(left, "person leave 1 --date 2024-04-01 --remove")
    done(left, "event log Middag --date 2024-05-13 --present 1")
    said = husrum("person", "leave", "1", "--date", "2024-05-10", "--db", left, env=TODAY).stderr
    assert "1 Anna came after that, last on 2024-05-13." in said
    done(left, "undo")
    assert "came after" not in husrum("person", "leave", "1", "--date", "2024-05-13", "--db", left, env=TODAY).stderr
