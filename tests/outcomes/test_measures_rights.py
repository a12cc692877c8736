"""Measurements and goals where somebody's rights, a closed year, the nation or an older state of the file are concerned."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from once import made_once
from running import husrum, looked_into, new_city
from town import Town

LATER = "2025-06-01"


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Town:
    """Anna was measured five times, Bo twice; both have a goal."""
    town = Town(new_city(tmp_path / "town.db"))
    for name in ("Anna Holm", "Bo Dal"):
        town.must("intake", "add", name, "--born", "2001-04-05", "--enquired", "2024-01-02", "--held", "2024-01-10")
    for number in (1, 2):
        town.must("person", "consent", number, "health_data", "--given", "2024-01-10")
        town.must("goal", "set", number, "Call a friend", "--date", "2024-02-01")
        town.must("measure", "add", number, "--items", "3,3,3", "--date", "2024-01-10")
        town.must("measure", "add", number, "--items", "2,2,1", "--date", "2024-03-20")  # 70 days later
    town.must("measure", "add", 1, "--items", "3,,1", "--date", "2024-01-05")  # no score: what comes after it counts
    town.must("measure", "add", 1, "--declined", "--date", "2024-03-22")
    town.must("measure", "add", 1, "--items", "1,1,1", "--date", "2025-01-02", today=LATER)
    return town


def stored(town: Town, columns: str = "measures.date, items, non_answer", table: str = "measures") -> list[tuple[Any, ...]]:
    with closing(looked_into(town.path)) as file:
        sql = f"SELECT {columns} FROM {table} JOIN people ON people.id = person_id WHERE people.number = 1 ORDER BY {table}.date"
        return file.execute(sql).fetchall()


def change(town: Town, year: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(town.must("stats", "change", year, "--format", "json", today=LATER))
    return found


def test_anonymised_scores_stay_and_their_days_become_weeks_after_the_first(town: Town) -> None:
    before = [change(town, year) for year in (2024, 2025)]
    assert [each["pairs"] for each in before] == [2, 1]
    town.must("person", "anonymise", "1", "--yes", today=LATER)
    # 5 January is in the week before; 22 March in the week of the 20th, which is taken; 2 January 2025 stays in its year.
    assert stored(town) == [
        ("2024-01-03", "3,,1", None), ("2024-01-10", "3,3,3", None), ("2024-03-20", "2,2,1", None), ("2024-03-27", None, "declined"),
        ("2025-01-01", "1,1,1", None)]  # fmt: skip
    assert [change(town, year) for year in (2024, 2025)] == before
    assert [row[0] for row in stored(town, "text", "goals")] == [None]


def test_erased_nothing_is_left(town: Town) -> None:
    town.must("person", "erase", "1", "--yes", today=LATER)
    assert stored(town) == [] and stored(town, "text", "goals") == []
    assert change(town, 2024)["pairs"] == 1


def test_everything_is_shown_to_whom_it_is_about(town: Town, tmp_path: Path) -> None:
    town.must("person", "export", "1", "--to", tmp_path / "anna.json")
    rows = json.loads((tmp_path / "anna.json").read_text(encoding="utf-8"))["rows"]
    assert [row["items"] for row in rows["measures"]].count("3,3,3") == 1 and len(rows["measures"]) == 5
    assert [row["text"] for row in rows["goals"]] == ["Call a friend"]
    begun = "INSERT INTO drafts (command, person_id, changed_at, answers) VALUES ('measure add', 1, '2024-10-08 10:00', '{\"0\": \"3\"}')"
    with closing(looked_into(town.path)) as file, file:
        file.execute(begun)
    town.must("person", "export", "1", "--to", tmp_path / "again.json")
    assert json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))["rows"]["drafts"]


def test_every_step_is_taken_back(town: Town) -> None:
    rows = stored(town)
    for words in (
        ("measure", "add", 1, "--items", "1,2,3", "--date", "2024-09-01"),
        ("measure", "edit", 1, "--instrument", "tils", "--date", "2024-01-10", "--items", "1,1,1"),
        ("measure", "remove", 1, "--instrument", "tils", "--date", "2024-01-10"),
    ):
        town.must(*words)
        assert stored(town) != rows
        assert "1,1,1" not in town.must("undo", "--yes")
        assert stored(town) == rows


def test_a_closed_year_keeps_its_pairs_and_says_what_they_would_be_now(town: Town) -> None:
    town.must("year", "close", 2024, "--force", today=LATER)
    town.must("measure", "remove", 2, "--instrument", "tils", "--date", "2024-03-20", today=LATER)
    figure = json.loads(town.must("stats", "year", 2024, "--format", "json"))["figures"]["measured_pairs_tils"]
    assert (figure["value"], figure["now"]) == (2, 1)
    rows = json.loads(town.must("stats", "explain", 2024, "measured_pairs_tils", "--format", "json"))["rows"]
    assert [row["person"] for row in rows] == [1, 2]


def test_items_and_days_travel_and_somebody_who_moved_is_measured_as_one(town: Town, tmp_path: Path) -> None:
    other = Town(new_city(tmp_path / "viborg.db", "Viborg"))
    other.must("intake", "add", "Anna Holm", "--born", "2001-04-05", "--enquired", "2024-05-02", "--held", "2024-05-10")
    other.must("measure", "add", 1, "--items", "1,1,2", "--date", "2024-09-10")  # late there, a follow-up of the first in Aarhus
    for each in (town, other):
        each.must("person", "consent", 1, "national_linking", "--given", "2024-01-10")
    key = tmp_path / "key.txt"
    for words in (("link", "new-key", key), ("merge", tmp_path / "nation.db", town.path, other.path, "--key", key)):
        assert husrum(*words).exit_code == 0
    nation = Town(tmp_path / "nation.db")
    found = change(nation, 2024)
    assert (found["pairs"], found["improved"], found["flow"]["interviewed"], found["flow"]["answered"]) == (2, 2, 2, 2)
    assert change(nation, 2024)["change"]["mean"] == -4.5  # 9 to 4 in Viborg, and 9 to 5
    with closing(looked_into(nation.path)) as file:
        assert file.execute("SELECT count(*) FROM measures").fetchone() == (8,)
        assert file.execute("SELECT count(text) FROM goals").fetchone() == (0,)
