"""Reminders: a day to come back to somebody, kept until it is done."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from running import new_city
from town import Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    town = Town(new_city(tmp_path / "town.db"))  # Tuesday 8 October 2024
    town.must("intake", "add", "Anna Holm", "--enquired", "2024-01-02", "--held", "2024-01-09")
    return town


def reminders(town: Town, folder: Path) -> list[tuple[str, ...]]:
    town.must("export", "tables", folder, "--overwrite") if folder.exists() else town.must("export", "tables", folder)
    path = folder / "reminders.csv"
    return [tuple(row) for row in csv.reader(path.open(encoding="utf-8"))][1:] if path.exists() else []


def test_a_weekday_is_the_next_one_and_the_confirmation_names_it(town: Town, tmp_path: Path) -> None:
    assert "1 Anna Holm: a reminder for Monday 2024-10-14." in town.must("person", "remind", "anna", "--on", "monday", "--note", "Call")
    assert reminders(town, tmp_path / "out") == [("1", "2024-10-14", "Call", "")]


def test_what_is_due_is_done_else_the_next(town: Town, tmp_path: Path) -> None:
    for day in ("2024-10-09", "2024-10-10", "2024-11-01", "2024-12-01"):
        town.must("person", "remind", "1", "--on", day)
    town.must("person", "reminded", "1", today="2024-10-10")
    town.must("person", "reminded", "1", today="2024-10-11")
    done = [row[3] for row in reminders(town, tmp_path / "out")]
    assert done == ["2024-10-10", "2024-10-10", "2024-10-11", ""]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("remind", "1"), 2),
        (("remind", "1", "--on", "yesterday"), 2),
        (("remind", "1", "--on", "31/2-2030"), 2),
        (("remind", "2", "--on", "2030-01-01"), 4),
        (("reminded", "1"), 5),
    ],
)
def test_what_is_refused(town: Town, tmp_path: Path, words: tuple[str, ...], status: int) -> None:
    assert town("person", *words).exit_code == status
    assert reminders(town, tmp_path / "out") == []


def test_a_past_day_with_its_year_is_remarked_on(town: Town) -> None:
    assert "has passed" in town.must("person", "remind", "1", "--on", "2024-10-01")


def test_import_names_the_bad_cell_and_never_the_note(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "reminders.csv"
    path.write_text("person,on,note,done\n1,2024-12-01,Secret,\n1,monday,Secret,\n", encoding="utf-8")
    done = town("import", path)
    assert done.exit_code == 2 and "on" in done.stderr and "Secret" not in done.stderr
    path.write_text("Person;Den;Note\nAnna Holm;1/12-2024;Secret\n", encoding="utf-8")
    assert "1 row imported" in town.must("import", path)
    assert "nothing was added" in town.must("import", path)


def test_a_reminder_goes_with_the_name_of_its_person(town: Town, tmp_path: Path) -> None:
    town.must("person", "remind", "1", "--on", "2030-01-01", "--note", "Call Anna Holm")
    town.must("person", "anonymise", "1", "--yes")
    assert reminders(town, tmp_path / "out") == []
