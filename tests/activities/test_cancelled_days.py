"""What was cancelled never counts again unsaid: who came is recorded on the other days, and a cancellation is corrected by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from journal import City
from once import made_once
from running import new_city


@pytest.fixture
@made_once
def city(tmp_path: Path) -> City:
    city = City(new_city(tmp_path / "aarhus.db"), "2024-11-02")
    city.must(*(f'intake add "{name}" --enquired 2024-01-02' for name in ("Anna Ek", "Bo Ek", "Ce Ve")))
    return city


@pytest.fixture
def trip(city: City) -> City:
    """Three days with Anna and Bo, of which the second is cancelled."""
    city.must("event log Tur --date 2024-07-01 --until 2024-07-03 --present 1,2 --unnamed 4", "event cancel E1 --date 2024-07-02 --force")
    return city


def days(city: City) -> list[tuple[object, ...]]:
    """The days of all activities: state, numbers of those named, how many without a name."""
    return city.rows(
        """SELECT date, state, (SELECT group_concat(number) FROM attendance JOIN people ON people.id = person_id WHERE session_id = sessions.id),
        unnamed FROM sessions ORDER BY date"""
    )


def visits(city: City) -> int:
    return int(json.loads(city.must("stats year 2024 --format json"))["figures"]["visits"]["value"])


def test_who_came_is_recorded_on_the_days_that_were_not_cancelled(trip: City) -> None:
    said = trip.corrected("event attend E1 --present 1,3 --unnamed 1", "2024-07-01: 3 participants", "2024-07-03: 3 participants")
    assert "2024-07-02" not in said
    assert days(trip) == [("2024-07-01", "held", "1,3", 1), ("2024-07-02", "cancelled", "1,2", 4), ("2024-07-03", "held", "1,3", 1)]
    assert visits(trip) == 6


def test_a_cancelled_day_that_is_named_is_held_again_and_the_change_is_said(trip: City) -> None:
    trip.corrected(
        "event attend E1 --date 2024-07-02 --present 1,3 --unnamed 0",
        "2024-07-02: 2 participants, 0 volunteers (before: cancelled, 6; added: 3 Ce Ve; removed: 2 Bo Ek).",
    )
    assert days(trip)[1] == ("2024-07-02", "held", "1,3", 0)


def test_a_cancelled_day_is_held_again_as_it_was(trip: City) -> None:
    trip.corrected("event attend E1 --date 2024-07-02", "2024-07-02: 6 participants (4 unnamed), 0 volunteers (before: cancelled).")
    assert days(trip)[1] == ("2024-07-02", "held", "1,2", 4)


def test_an_event_of_which_all_days_are_cancelled_is_held_again_and_the_change_is_said(city: City) -> None:
    city.must("event log Spil --date 2024-08-08 --present 1,2,3", "event cancel E1 --force")
    city.corrected(
        "event attend E1 --present 3", "2024-08-08: 1 participant, 0 volunteers (before: cancelled, 3; removed: 1 Anna Ek, 2 Bo Ek)."
    )
    city.must("event plan Lejr --date 2024-09-09 --until 2024-09-10", "event cancel E2")
    said = city.corrected("event attend E2 --present 3", "2024-09-09: 1 participant", "2024-09-10: 1 participant")
    assert said.count("(before: cancelled; added: 3 Ce Ve)") == 2
    assert days(city) == [("2024-08-08", "held", "3", 0), ("2024-09-09", "held", "3", 0), ("2024-09-10", "held", "3", 0)]


def test_a_cancelled_meeting_is_held_again_by_the_same_rule(city: City) -> None:
    city.must(
        "group open Snak --kind talk --start 2024-02-01",
        "group enroll G1 1 --date 2024-02-01",
        "group meet G1 --date 2024-02-05 --cancelled",
    )
    city.corrected(
        "group meet G1 --date 2024-02-05 --present 1", "2024-02-05: 1 participant, 0 volunteers (before: cancelled; added: 1 Anna Ek)."
    )
    assert ("2024-02-05", "held", "1", 0) in days(city)


def test_a_meeting_to_come_needs_its_year_to_be_cancelled(city: City) -> None:
    city.must("group open Snak --kind talk --start 2024-09-02 --weeks 40")
    said = "date: G1 has no meeting on 2024-01-06, but one on 2025-01-06. Write its year: --date 2025-01-06"
    city.refused("group meet G1 --date 6/1 --cancelled", 5, said)
    city.must("group meet G1 --date 2025-01-06 --cancelled")
    assert ("2025-01-06", "cancelled") in city.rows("SELECT date, state FROM sessions")


def test_no_meeting_is_cancelled_before_the_group_started(city: City) -> None:
    city.must("group open Snak --kind talk --start 2024-02-01")
    city.refused("group meet G1 --date 2024-01-05 --cancelled", 5, "2024-01-05 is before G1 started, on 2024-02-01")


def test_an_event_whose_cancelled_day_kept_somebody_can_be_emptied_as_advised_and_removed(trip: City) -> None:
    trip.refused("event remove E1", 5, "husrum event attend E1 --date 2024-07-02 --present none --volunteers none --unnamed 0")
    trip.must("event attend E1 --date 2024-07-02 --present none --volunteers none --unnamed 0")
    trip.refused("event remove E1", 5, "husrum event attend E1 --present none --volunteers none --unnamed 0")
    trip.must("event attend E1 --present none --volunteers none --unnamed 0", "event remove E1")
    assert days(trip) == []


def test_the_list_of_who_came_is_of_the_days_that_were_not_cancelled(trip: City) -> None:
    terminal = pytest.importorskip("terminal")
    trip.must("event attend E1 --present 1,3")
    with terminal.Terminal(trip.path, "event", "attend", "E1", env={"HUSRUM_TODAY": trip.today}, columns=120) as seat:
        lines = seat.see("Space", "6 participants")
        assert any(row.startswith("[x]    3 Ce") for row in lines) and any(row.startswith("[ ]    2 Bo") for row in lines)
        seat.type("2 ")
        seat.see("7 participants")
        seat.press(terminal.ENTER)
        assert seat.end()[0] == 0
    assert days(trip) == [("2024-07-01", "held", "1,2,3", 4), ("2024-07-02", "cancelled", "1,2", 4), ("2024-07-03", "held", "1,2,3", 4)]


def test_a_day_that_is_added_is_like_the_first_that_was_not_cancelled(city: City) -> None:
    city.must("event log Tur --date 2024-07-01 --until 2024-07-02 --present 1,2", "event cancel E1 --date 2024-07-01 --force")
    city.must("event attend E1 --present 3")
    city.corrected(
        "event edit E1 --until 2024-07-04",
        "Recorded on 2024-07-03, 2024-07-04 too: 1 person who was there. If that is wrong: husrum event attend E1 --date 2024-07-03",
    )
    assert days(city)[1:] == [(f"2024-07-0{day}", "held", "3", 0) for day in (2, 3, 4)]
