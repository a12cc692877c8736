"""Hours of volunteers: entered by themselves, and those of events whose length is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import new_city
from town import Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    town = Town(new_city(tmp_path / "town.db"))
    town.must("volunteer", "add", "Karen Bang", "--role", "leader", "--joined", "2023-01-01")
    return town


def hours(town: Town) -> list[tuple[str, str]]:
    page = json.loads(town.must("volunteer", "show", "1", "--format", "json"))
    return [(row["date"], row["detail"]) for row in page["history"] if row["what"] == "hours"]


def test_hours_are_entered_with_a_point_or_a_comma(town: Town) -> None:
    assert "1 Karen Bang: 2.5 hours on 2024-03-05." in town.must(
        "volunteer", "hours", "karen", "2,5", "--date", "5/3-2024", "--what", "Calls"
    )
    assert "1 Karen Bang: 1 time den 7. marts 2024." in town.must(
        "--language", "da", "volunteer", "hours", "1", "1", "--date", "2024-03-07"
    )
    again = town("volunteer", "hours", "1", "1", "--date", "2024-03-07")
    assert "1 Karen Bang has 1 hour on 2024-03-07 already" in again.stderr
    town.must("volunteer", "hours", "1", "--date", "2024-03-07", "--remove")
    town.must("volunteer", "hours", "1", "0.25", "--date", "2024-03-06")
    assert hours(town) == [("2024-03-05", "2.5 h Calls"), ("2024-03-06", "0.25 h ")]
    town.must("undo")
    assert hours(town) == [("2024-03-05", "2.5 h Calls")]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("1", "0", "--date", "2024-03-05"), 2),
        (("1", "-2", "--date", "2024-03-05"), 2),
        (("1", "1001", "--date", "2024-03-05"), 2),
        (("1", "two", "--date", "2024-03-05"), 2),
        (("1", "2"), 2),
        (("1", "2", "--date", "10"), 2),
        (("9", "2", "--date", "2024-03-05"), 4),
        (("1", "2", "--date", "2024-10-09"), 5),
    ],
)
def test_hours_that_are_refused(town: Town, words: tuple[str, ...], status: int) -> None:
    done = town("volunteer", "hours", *words)
    assert (done.exit_code, hours(town)) == (status, [])


def test_the_same_hours_are_not_entered_twice(town: Town) -> None:
    words = ("volunteer", "hours", "1", "2", "--date", "2024-03-05")
    town.must(*words)
    assert town(*words).exit_code == 5
    town.must(*words, "--what", "Bread")


def test_hours_are_imported_and_exported(town: Town, tmp_path: Path) -> None:
    (tmp_path / "hours.csv").write_text("Frivillig;Timer;Dato;Hvad\nKaren Bang;2,5;5/3-2024;Calls\nKaren Bang;3;;\n", encoding="utf-8")
    assert "2 rows imported" in town.must("import", tmp_path / "hours.csv")
    assert "nothing was added" in town.must("import", tmp_path / "hours.csv")
    town.must("export", "tables", tmp_path / "out")
    text = (tmp_path / "out" / "hours.csv").read_text(encoding="utf-8")
    assert text == "volunteer,hours,date,what\n1,2.5,2024-03-05,Calls\n1,3,,\n"


def test_an_event_has_a_length(town: Town, tmp_path: Path) -> None:
    town.must("event", "log", "Dinner", "--date", "2024-03-05", "--volunteers", "1", "--unnamed", "4", "--hours", "3,5")
    town.must("event", "plan", "Trip", "--date", "2024-12-05", "--hours", "24")
    assert json.loads(town.must("event", "show", "E1", "--format", "json"))["hours"] == 3.5
    assert town("event", "log", "Walk", "--hours", "25").exit_code == 2
    town.must("export", "tables", tmp_path / "out")
    header, first, *_more = (tmp_path / "out" / "events.csv").read_text(encoding="utf-8").splitlines()
    assert dict(zip(header.split(","), first.split(","), strict=True))["hours"] == "3.5"


def test_the_hours_of_a_year_for_a_letter_of_thanks(town: Town, tmp_path: Path) -> None:
    town.must("volunteer", "add", "Lars Bak", "--role", "leader", "--joined", "2023-01-01", "--email", "lars@example.org")
    town.must("volunteer", "add", "Nobody Here", "--role", "leader", "--joined", "2023-01-01")
    town.must("volunteer", "hours", "1", "2,5", "--date", "2024-03-05")
    town.must("volunteer", "hours", "1", "9", "--date", "2023-03-05")
    town.must("event", "log", "Dinner", "--date", "2024-03-06", "--volunteers", "1,2", "--hours", "3", "--unnamed", "4")
    town.must("volunteer", "leave", "2", "--date", "2024-05-01")
    listed = json.loads(town.must("volunteer", "list", "--hours", "2024", "--show", "email", "--format", "json"))
    assert [(row["volunteer"], row["hours"], row["meetings"], row["events"], row["email"]) for row in listed] == [
        (1, 5.5, 0, 1, None), (2, 3, 0, 1, "lars@example.org"),
    ]  # fmt: skip
    path = tmp_path / "thanks.csv"
    assert "2 rows written" in town.must("volunteer", "list", "--hours", "2024", "--to", path)
    assert "5.5" in path.read_text(encoding="utf-8-sig") and town("volunteer", "list", "--hours", "soon").exit_code == 2
