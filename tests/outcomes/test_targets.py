"""Targets: numeric and in words, with the value now and the one expected; corrected, marked, exported."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from once import made_once
from running import new_city
from town import Town

from husrum_cli.domain.figures.period_records import period_records
from husrum_cli.domain.money import targets as targets_module
from husrum_cli.records import Period, YearRecord
from husrum_cli.store import Store


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Town:
    town = Town(new_city(tmp_path / "town.db"))
    town.must("event", "log", "Dinner", "--date", "2024-02-01", "--unnamed", "40")
    town.must("event", "log", "Dinner", "--date", "2024-09-01", "--unnamed", "20")
    town.must("intake", "add", "Anna Holm", "--enquired", "2024-03-01", "--held", "2024-03-05", "--loneliness", "severe")
    town.must("grant", "add", "Fonden", "--per-year", "100", "--from", "2024-01-01", "--to", "2024-12-31")
    return town


def targets(town: Town, *words: str, today: str = "2024-10-08") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(town.must("target", "list", *words, "--format", "json", today=today))
    return found


def test_the_value_now_is_that_of_its_own_period(town: Town) -> None:
    town.must("target", "add", "visits", "122", "--period", "2024", "--grant", "1", "--why", "So many chairs")
    town.must("target", "add", "visits", "50", "--period", "2024-H1")
    town.must("target", "add", "loneliness_severe", "40", "--period", "2024")
    town.must("target", "add", "--text", "A group for those over 25", "--period", "grant:1")
    found = {row["number"]: row for row in targets(town, today="2024-06-30")}
    assert [(found[n]["key"], found[n]["period"], found[n]["value"], found[n]["now"], found[n]["expected"]) for n in (1, 2, 3, 4)] == [
        ("visits", "2024", 122, 61, 60.7),
        ("visits", "2024-H1", 50, 41, 50),
        ("loneliness_severe", "2024", 0.4, 1.0, 0.4),
        (None, "grant:1", None, None, None),
    ]
    assert (found[1]["grant"], found[1]["why"], found[4]["text"]) == (1, "So many chairs", "A group for those over 25")
    assert [row["number"] for row in targets(town, "--period", "2024-01-01..2024-06-30")] == [2]
    assert "█████░░░░░" in town.must("target", "list")


def test_marked_corrected_removed(town: Town) -> None:
    town.must("target", "add", "visits", "122", "--period", "2024")
    town.must("target", "mark", "1", "partly", "--note", "The house burnt")
    said = town.must("target", "edit", "1", "--value", "130", "--period", "2024-K4", "--grant", "1")
    assert "period 2024-Q4 (before: 2024), value 130 (before: 122), grant 1 (before: –)" in said
    (row,) = targets(town)
    assert (row["value"], row["period"], row["grant"], row["outcome"], row["note"]) == (130, "2024-Q4", 1, "partly", "The house burnt")
    town.must("target", "edit", "1", "--key", "none", "--value", "none", "--text", "Be kind")
    town.must("target", "mark", "1", "none")
    town.must("target", "remove", "1")
    assert targets(town) == []
    town.must("undo")
    assert [(row["text"], row["key"], row["outcome"]) for row in targets(town)] == [("Be kind", None, None)]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("add", "visitz", "5", "--period", "2024"), 2),
        (("add", "visits", "--period", "2024"), 2),
        (("add", "visits", "many", "--period", "2024"), 2),
        (("add", "visits", "5"), 2),
        (("add", "visits", "5", "--period", "soon"), 2),
        (("add", "visits", "5", "--period", "grant:7"), 4),
        (("add", "visits", "5", "--period", "2024", "--grant", "7"), 4),
        (("add", "--period", "2024"), 2),
        (("mark", "1", "reached"), 4),
        (("edit", "1", "--value", "5"), 4),
    ],
)
def test_what_is_refused(town: Town, words: tuple[str, ...], status: int) -> None:
    done = town("target", *words)
    assert done.exit_code == status and len(done.stderr.strip().splitlines()) == 1 and targets(town) == []


def test_exported_tables_make_the_same_targets(town: Town, tmp_path: Path) -> None:
    town.must("target", "add", "loneliness_severe", "40", "--period", "2024", "--grant", "1")
    town.must("target", "add", "--text", "A group for those over 25", "--period", "2024/25")
    town.must("target", "mark", "2", "dropped")
    town.must("export", "tables", tmp_path / "out")
    other = Town(new_city(tmp_path / "other.db"))
    files = sorted((tmp_path / "out").glob("*.csv"))
    other.must("import", *files)
    assert targets(other) == targets(town)
    assert "nothing was added" in other.must("import", *files)


def test_today_shows_targets_behind_in_their_last_quarter_and_who_is_to_be_measured_again(town: Town) -> None:
    town.must("target", "add", "visits", "122", "--period", "2024")
    town.must("measure", "add", "1", "--items", "3,3,3", "--date", "2024-03-05")

    def waiting(today: str) -> list[tuple[str, str]]:
        items = json.loads(town.must("today", "--format", "json", today=today))["items"]
        return [(item["what"], item["command"]) for item in items if item["what"] in ("target behind", "measurement due")]

    assert waiting("2024-06-02") == []
    assert waiting("2024-09-15") == [("measurement due", "husrum measure add 1")]
    assert waiting("2024-11-15") == [("measurement due", "husrum measure add 1"), ("target behind", "husrum target list")]
    assert "Target 1, 2024: Visits in all, 61 of 122." in town.must("today", today="2024-11-15")  # whole in a pipe
    town.must("event", "log", "Party", "--date", "2024-11-01", "--unnamed", "90", today="2024-11-15")
    assert waiting("2024-11-15") == [("measurement due", "husrum measure add 1")]


def test_today_counts_the_targets_of_today_alone_and_a_period_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for period in ("2022", "2023", "2024"):
        town.must("target", "add", "visits", "1000", "--period", period)
        town.must("target", "add", "young_people", "1000", "--period", period)
    counted: list[list[str]] = []

    def watched(store: Store, periods: Sequence[Period], *more: Any) -> list[YearRecord]:
        counted.append([each.first[:4] for each in periods])
        return period_records(store, periods, *more)

    monkeypatch.setattr(targets_module, "period_records", watched)
    assert "Target behind (2)" in town.must("today", today="2024-12-01")
    assert counted == [["2024"]]
    targets(town)
    assert counted[1:] == [["2022", "2023", "2024"]]


def test_the_status_of_a_year_asks_what_came_of_its_targets(town: Town) -> None:
    town.must("target", "add", "visits", "122", "--period", "2024-H1")
    town.must("target", "add", "loneliness_severe", "40", "--period", "2024")
    town.must("target", "add", "visits", "300", "--period", "2024")
    town.must("target", "add", "--text", "A group for those over 25", "--period", "2023/24")

    def asked(today: str) -> list[tuple[str, str]]:
        problems = json.loads(town.must("year", "status", "2024", "--format", "json", today=today))["problems"]
        return [(each["what"], each["command"].partition(" reached|")[0]) for each in problems if "target" in each["command"]]

    half = ("Target 1, 2024-H1: Visits in all, 41 of 122.", "husrum target mark 1")
    words = ("Target 4, 2023/24: A group for those over 25.", "husrum target mark 4")
    year = ("Target 3, 2024: Visits in all, 61 of 300.", "husrum target mark 3")
    share = ("Target 2, 2024: Severely lonely, 100 % of 40 %.", "husrum target mark 2")
    assert asked("2024-08-15") == [half, words]
    assert asked("2024-10-08") == [half, words, year]  # behind in its last quarter
    assert asked("2025-01-08") == [half, words, share, year]
    town.must("target", "mark", "1", "not")
    assert asked("2024-08-15") == [words]


def test_the_same_target_is_not_set_twice(town: Town, tmp_path: Path) -> None:
    """Two targets that nothing distinguishes could not be imported from the exported tables."""
    town.must("target", "add", "visits", "122", "--period", "2024")
    town.must("target", "add", "visits", "60", "--period", "2024-H1")
    again = town("target", "add", "visits", "130", "--period", "2024")
    assert again.exit_code == 5 and "husrum target edit 1" in again.stderr
    moved = town("target", "edit", "2", "--period", "2024")
    assert moved.exit_code == 5 and "husrum target edit 1" in moved.stderr
    town.must("target", "edit", "1", "--value", "130")
    town.must("target", "add", "visits", "20", "--period", "2024", "--grant", "1")
    assert [(row["number"], row["value"]) for row in targets(town, "--period", "2024")] == [(1, 130), (3, 20)]
