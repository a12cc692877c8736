"""Dates: the latest past day, or the next one where the day is by its nature to come; and dates that must have their year."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import husrum

from husrum_cli.errors import WrongInput
from husrum_cli.input.dates import read_born, read_coming_date, read_date, read_full_date

TUESDAY = {"HUSRUM_TODAY": "2024-10-08"}
WITHOUT_YEAR = ("20/12", "20. december", "20 December", "20. dec")


@pytest.fixture(autouse=True)
def _on_a_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUSRUM_TODAY", "2024-10-08")


@pytest.mark.parametrize("text", WITHOUT_YEAR)
def test_a_day_without_a_year_is_the_latest_past_or_the_next_one(text: str) -> None:
    assert read_date(text) == "2023-12-20"
    assert read_coming_date(text) == "2024-12-20"


@pytest.mark.parametrize(
    ("text", "past", "coming"),
    [("mandag", "2024-10-07", "2024-10-14"), ("tuesday", "2024-10-08", "2024-10-08"), ("8/10", "2024-10-08", "2024-10-08"),
     ("29/2", "2024-02-29", "2028-02-29"), ("onsdag", "2024-10-02", "2024-10-09"), ("i dag", "2024-10-08", "2024-10-08")],
)  # fmt: skip
def test_weekdays_and_leap_days_in_both_directions(text: str, past: str, coming: str) -> None:
    assert (read_date(text), read_coming_date(text)) == (past, coming)


@given(st.dates(date(2024, 10, 8), date(2025, 10, 7)))
def test_what_is_to_come_within_a_year_needs_no_year(day: date) -> None:
    assert read_coming_date(f"{day.day}/{day.month}") == day.isoformat()


@given(st.dates(date(2023, 10, 9), date(2024, 10, 8)))
def test_what_is_past_within_a_year_needs_no_year(day: date) -> None:
    assert read_date(f"{day.day}. {day:%B}") == day.isoformat()


@pytest.mark.parametrize("text", [*WITHOUT_YEAR, "14/5", "i dag", "yesterday", "mandag", "i morgen"])
def test_a_date_that_must_have_its_year(text: str) -> None:
    with pytest.raises(WrongInput, match="has no year"):
        read_full_date(text)
    with pytest.raises(WrongInput, match="has no year"):
        read_born(text)


def test_a_birth_date_without_its_year_is_refused(city: Path) -> None:
    result = husrum("intake", "add", "Anna", "--born", "14/5", "--db", city)
    assert (result.exit_code, "14/5" in result.stderr) == (2, True)


@pytest.mark.parametrize(("language", "said"), [("en", "Friday 2024-12-20"), ("da", "fredag den 20. december 2024")])
def test_an_event_to_come_is_planned_for_the_next_such_day(city: Path, language: str, said: str) -> None:
    result = husrum("event", "plan", "Julefest", "--date", "20/12", "--language", language, "--db", city, env=TUESDAY)
    assert (result.exit_code, said in result.stderr) == (0, True), result.stderr
    [event] = json.loads(husrum("event", "list", "--planned", "--format", "json", "--db", city).stdout)
    assert event["date"] == "2024-12-20"


def test_a_plan_for_a_past_day_needs_the_year_and_says_so(city: Path) -> None:
    refused = husrum("event", "plan", "Fest", "--date", "i går", "--db", city, env=TUESDAY)
    assert (refused.exit_code, "with its year" in refused.stderr) == (2, True)
    planned = husrum("event", "plan", "Fest", "--date", "2024-10-01", "--db", city, env=TUESDAY)
    assert (planned.exit_code, "2024-10-01 has passed" in planned.stderr) == (0, True)


def test_a_week_to_skip_is_to_come(city: Path) -> None:
    line = ("group", "open", "Tirsdag", "--kind", "talk", "--start", "today", "--weeks", 3, "--skip", "15/10", "--db", city)
    result = husrum(*line, env=TUESDAY)
    assert (result.exit_code, "Tuesday 2024-10-15" in result.stderr) == (0, True), result.stderr
    meetings = [(date(2024, 10, 8) + timedelta(weeks=week)).isoformat() for week in (0, 2, 3)]
    shown = husrum("group", "show", "G1", "--format", "json", "--db", city, env=TUESDAY).stdout
    assert all(day in shown for day in meetings)
    assert "2024-10-15" not in shown


def test_what_is_planned_may_be_tomorrow_and_what_has_happened_may_not(city: Path) -> None:
    planned = husrum("event", "plan", "Fest", "--date", "i morgen", "--db", city, env=TUESDAY)
    assert (planned.exit_code, "Wednesday 2024-10-09" in planned.stderr) == (0, True), planned.stderr
    refused = husrum("event", "log", "Tur", "--date", "tomorrow", "--present", "none", "--db", city, env=TUESDAY)
    assert (refused.exit_code, "2024-10-09 has not come yet" in refused.stderr) == (5, True), refused.stderr
