"""Numbers as they are typed: what could be a thousand is never taken for one and a half."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import husrum


@pytest.mark.parametrize("text", ["1.000", "830.000", "12,500"])
def test_a_mark_before_three_digits_is_refused(city: Path, text: str) -> None:
    assert husrum("intake", "add", "Anna Ek", "--db", city).exit_code == 0
    for line in (
        ("grant", "add", "Fonden", "--per-year", text, "--from", "2024-01-01"),
        ("figure", "set", "2024", "discord_members", text, "--source", "x"),
    ):
        result = husrum(*line, "--db", city)
        assert result.exit_code == 2 and text in result.stderr


@pytest.mark.parametrize(("text", "value"), [("1.5", "1.5"), ("1,5", "1.5"), ("0.125", "0.125"), ("1000", "1000")])
def test_decimals_and_whole_numbers_are_taken(city: Path, text: str, value: str) -> None:
    assert husrum("figure", "set", "2024", "coordinator_positions", text, "--source", "x", "--db", city).exit_code == 0
    assert f'"value": {value}' in husrum("stats", "year", "2024", "--format", "json", "--db", city).stdout


def test_a_course_of_a_thousand_weeks_and_the_year_0_are_refused(city: Path) -> None:
    weeks = husrum("group", "open", "T", "--kind", "talk", "--start", "2024-01-01", "--weeks", "100000", "--db", city)
    assert (weeks.exit_code, weeks.stderr) == (2, "Error: weeks: 100000 is more than 520.\n")
    assert husrum("stats", "period", "0000-01", "--db", city).exit_code == 2


def test_a_sheet_and_the_log_take_a_title(city: Path, tmp_path: Path) -> None:
    assert husrum("event", "log", "Middag", "--date", "2024-02-02", "--db", city).exit_code == 0
    assert husrum("export", "sheet", "middag", "--to", tmp_path / "sheet.csv", "--db", city).exit_code == 0
    assert "E1 Middag" in husrum("log", "--event", "middag", "--db", city).stdout


def test_a_negative_number_is_called_negative(city: Path) -> None:
    assert husrum("volunteer", "add", "Vera Vang", "--role", "leader", "--db", city).exit_code == 0
    for words in (
        ("figure", "set", "2024", "discord_members", "-5", "--source", "x"),
        ("volunteer", "hours", "1", "-2,5"),
        ("event", "log", "Bowling", "--unnamed", "-1"),
        ("grant", "add", "Fonden", "--per-year", "−1000", "--from", "2024-01-01"),
        ("target", "add", "visits", "-3000", "--period", "2024"),
        ("setting", "set", "contact_days", "-4"),
        ("undo", "-1"),
    ):
        done = husrum(*words, "--db", city, env={"HUSRUM_LANGUAGE": "da"})
        assert done.exit_code == 2 and "er negativt; tallet kan ikke være under 0." in done.stderr, done.stderr
    assert "findes ikke" in husrum("undo", "-x", "--db", city, env={"HUSRUM_LANGUAGE": "da"}).stderr


def test_one_text_for_nothing_to_change(city: Path) -> None:
    assert husrum("intake", "add", "Anna Ek", "--enquired", "2024-01-02", "--db", city).exit_code == 0
    assert husrum("event", "log", "Bowling", "--db", city).exit_code == 0
    for words in (("intake", "edit", "1"), ("event", "edit", "E1"), ("person", "edit", "1")):
        done = husrum(*words, "--db", city)
        assert (done.exit_code, done.stderr) == (2, "Error: Nothing to change: give at least one option.\n")
