"""Rows of a list whose day has not come yet: what is planned is not counted, and what can't have happened is pointed out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from imports import TODAY
from running import Result, husrum, new_city


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Path]:
    path = new_city(tmp_path / "vejle.db", "Vejle")
    assert husrum("--db", path, "intake", "add", "Tarek Nasser", "--enquired", "2026-01-04", env=TODAY).exit_code == 0
    return path


def imported(city: Path, name: str, text: str, today: str = "2026-12-15", expect: int = 0) -> Result:
    Path(name).write_text(text, encoding="utf-8")
    done = husrum("--db", city, "import", name, env={"HUSRUM_TODAY": today})
    assert done.exit_code == expect, done.stdout + done.stderr
    return done


def states(city: Path) -> dict[str, str]:
    listed = husrum("--db", city, "event", "list", "--format", "json", env=TODAY)
    return {event["title"]: event["state"] for event in json.loads(listed.stdout)}


def figure(city: Path, key: str, year: int = 2026) -> object:
    shown = husrum("--db", city, "stats", "year", year, "--format", "json", env=TODAY)
    return json.loads(shown.stdout)["figures"][key]["value"]


EVENTS = "title;date;present;unnamed\nNytårskur;2026-01-10;Tarek Nasser;7\nJuletur;2026-12-20;;\nNytårsbad;2026-12-31;;0\n"


def test_an_event_to_come_with_nobody_in_its_row_is_planned(city: Path) -> None:
    done = imported(city, "events.csv", EVENTS)
    assert states(city) == {"Nytårskur": "held", "Juletur": "planned", "Nytårsbad": "planned"}
    assert figure(city, "social_events") == 1
    assert "events.csv, row 3: 2026-12-20 has not come yet and nobody is recorded, so it is only planned." in done.stderr
    assert husrum("--db", city, "check", env=TODAY).exit_code == 0
    assert "nothing was added" in imported(city, "events.csv", EVENTS).stderr
    assert states(city)["Juletur"] == "planned"


def test_the_planned_event_is_recorded_when_its_row_says_who_came(city: Path) -> None:
    imported(city, "events.csv", EVENTS)
    later = EVENTS.replace("2026-12-20;;", "2026-12-20;Tarek Nasser;3")
    imported(city, "events.csv", later, today="2026-12-22")
    assert states(city)["Juletur"] == "held"
    assert figure(city, "visits_social_event") == 12


def test_an_event_to_come_at_which_people_were_is_pointed_out(city: Path) -> None:
    done = imported(city, "events.csv", "title;date;unnamed\nFest;2027-01-05;4\n")
    assert "events.csv, row 2: date: 2027-01-05 has not come yet." in done.stderr


def test_a_meeting_to_come_with_nobody_in_its_row_is_planned(city: Path) -> None:
    Path("groups.csv").write_text("ref;title;kind;start\nG1;Hold;talk;2026-12-01\n", encoding="utf-8")
    assert husrum("--db", city, "import", "groups.csv", env=TODAY).exit_code == 0
    meetings = "group;date;present;excused\nG1;2026-12-01;Tarek Nasser;\nG1;2026-12-22;;\n"
    done = imported(city, "meetings.csv", meetings)
    assert "row 3: 2026-12-22 has not come yet and nobody is recorded, so it is only planned." in done.stderr
    assert figure(city, "group_meetings") == 1
    assert "nothing was added" in imported(city, "meetings.csv", meetings).stderr
    imported(city, "meetings.csv", meetings.replace("2026-12-22;;", "2026-12-22;Tarek Nasser;"), today="2026-12-23")
    assert figure(city, "group_meetings") == 2


def test_a_day_of_a_trip_to_come_is_planned(city: Path) -> None:
    Path("events.csv").write_text("ref;title;date;until;present\nE1;Tur;2026-12-14;2026-12-16;Tarek Nasser\n", encoding="utf-8")
    Path("attendance.csv").write_text("event;date;present\nE1;2026-12-16;\n", encoding="utf-8")
    done = husrum("--db", city, "import", "events.csv", "attendance.csv", env=TODAY)
    assert done.exit_code == 0, done.stderr
    assert figure(city, "visits_social_event") == 2
