"""The two of a match meet, without the coordinator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from once import made_once
from running import new_city
from town import Town


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Town:
    town = Town(new_city(tmp_path / "town.db"))
    town.young("Anna Holm")
    town.volunteer("Karen Bang")
    town.volunteer("Lise Lund")
    town.must("match", "start", "1", "2", "--date", "2024-04-01")
    return town


def meetings(town: Town, folder: Path) -> str:
    town.must("export", "tables", folder)
    path = folder / "pair_meetings.csv"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_a_meeting_belongs_to_the_match_of_its_day(town: Town, tmp_path: Path) -> None:
    assert "1 Anna Holm: met their Hjerteven on 2024-04-07." in town.must("match", "meet", "anna", "--date", "7/4-2024", "--hours", "2,5")
    town.must("match", "end", "1", "--date", "2024-05-01", "--reason", "completed")
    town.must("match", "meet", "1", "--date", "2024-05-01")
    assert town("match", "meet", "1", "--date", "2024-05-02").exit_code == 5
    for before, day, status in (
        ("2024-05-01", "2024-05-02", 5),
        ("2024-05-01", "2024-04-01", 0),
        ("2024-04-01", "2024-03-31", 5),
        ("2024-04-01", "2024-05-01", 0),
    ):
        assert town("match", "meet", "1", "--date", before, "--correct", "--new-date", day).exit_code == status
    town.must("match", "start", "1", "3", "--date", "2024-06-01")
    town.must("match", "meet", "1", "--note", "A walk")
    assert meetings(town, tmp_path / "out").splitlines()[1:] == ["1,2024-04-07,2.5,,2", "1,2024-05-01,,,2", "1,2024-10-08,,A walk,3"]
    assert "walk" not in town.must("person", "show", "3")
    shown = " ".join(town.must("person", "show", "3", "--answers").split())
    assert "2024-10-08 the pair met A walk" in shown


@pytest.mark.parametrize("day", ["2024-05-01", "2024-04-01"])  # the second: the first match began and ended on it
def test_on_the_day_of_a_change_the_pair_that_met_is_the_new_one(town: Town, tmp_path: Path, day: str) -> None:
    town.must("match", "end", "1", "--date", day, "--reason", "no_contact")
    town.must("match", "start", "1", "3", "--date", day)
    town.must("match", "meet", "1", "--date", day)
    path = tmp_path / "pair_meetings.csv"  # which can name the other one
    path.write_text(f"Person;Dato;Timer;Frivillig\n1;{day};1;2\n", encoding="utf-8")
    town.must("import", path)
    assert meetings(town, tmp_path / "out").splitlines()[1:] == [f"1,{day},,,3", f"1,{day},1,,2"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("1", "--date", "2024-03-31"), 5),
        (("1", "--date", "2024-10-09"), 5),
        (("2",), 5),
        (("1", "--hours", "0"), 2),
        (("1", "--hours", "25"), 2),
        (("9",), 4),
    ],
)
def test_what_is_refused(town: Town, tmp_path: Path, words: tuple[str, ...], status: int) -> None:
    assert town("match", "meet", *words).exit_code == status
    assert meetings(town, tmp_path / "out") == ""


def test_the_same_meeting_is_not_entered_twice(town: Town) -> None:
    town.must("match", "meet", "1", "--date", "2024-05-05")
    assert town("match", "meet", "1", "--date", "2024-05-05").exit_code == 5


def test_import_and_undo(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "pair_meetings.csv"
    path.write_text("Person;Dato;Timer;Note\nAnna Holm;7/4-2024;2;\nAnna Holm;9/4-2024;;A walk\n", encoding="utf-8")
    assert "2 rows imported" in town.must("import", path)
    assert "nothing was added" in town.must("import", path)
    town.must("undo")
    assert meetings(town, tmp_path / "out") == ""


def test_notes_go_with_the_name(town: Town, tmp_path: Path) -> None:
    town.must("match", "meet", "1", "--date", "2024-05-05", "--note", "Talked about home")
    town.must("person", "anonymise", "1", "--yes")
    assert meetings(town, tmp_path / "out").splitlines()[1:] == ["1,2024-05-05,,,2"]


def test_the_expected_wait_is_taken_from_the_waits_of_the_last_two_years(tmp_path: Path) -> None:
    town = Town(new_city(tmp_path / "city.db"))
    for name, since, days in (
        ("Anna Holm", "2020-01-01", "2021-01-01"),
        ("Bo Krog", "2024-01-01", "2024-01-11"),
        ("Carla Dam", "2024-02-01", None),
    ):
        town.young(name, since=since)
        if days:
            town.volunteer(f"Volunteer {since}")
            town.must("match", "start", name, f"Volunteer {since}", "--date", days, "--force", "agreed")
    assert "Expected wait, from the last two years: 10 days." in town.must("match", "list", "--waiting")


def test_the_list_of_matches_says_when_they_met_last_and_how_long_it_has_lasted(town: Town) -> None:
    town.must("match", "meet", "1", "--date", "2024-05-05")
    town.must("match", "meet", "1", "--date", "2024-06-05")
    (match,) = json.loads(town("match", "list", "--format", "json").stdout)
    assert (match["met"], match["length"]) == ("2024-06-05", 191)


@pytest.mark.parametrize(("start", "review"), [("2024-05-08", "2024-08-08"), ("2024-05-07", "2024-11-07")])
def test_a_review_is_asked_for_until_two_months_after_it(town: Town, start: str, review: str) -> None:
    town.must("match", "edit", "1", "--start", start)
    (match,) = json.loads(town.must("match", "list", "--format", "json"))
    assert match["review"] == review


def test_the_list_says_how_long_they_have_not_met_and_when_to_talk(town: Town) -> None:
    def listed() -> dict[str, Any]:
        (row,) = json.loads(town.must("match", "list", "--format", "json"))
        return row  # type: ignore[no-any-return]

    town.must("match", "edit", "1", "--start", "2024-08-15")
    assert (listed()["months_without_meeting"], listed()["review"], listed()["length"]) == (1, "2024-09-15", 55)
    assert "To be talked over by now: 1." in town.must("match", "list")
    town.must("match", "meet", "1", "--date", "2024-09-08")
    town.must("match", "contact", "1", "--date", "2024-09-08")
    assert (listed()["months_without_meeting"], listed()["review"], listed()["met"]) == (1, "2024-11-15", "2024-09-08")
    town.must("match", "meet", "1", "--date", "2024-09-09")
    assert listed()["months_without_meeting"] == 0
    assert "To be talked over" not in town.must("match", "list")


def test_an_ending_can_be_planned_and_moved(town: Town) -> None:
    assert "to end on 2024-12-31" in town.must("match", "end", "1", "--date", "2024-12-31", "--reason", "completed")
    (row,) = json.loads(town.must("match", "list", "--format", "json"))
    assert (row["state"], row["ended"]) == ("active", "2024-12-31")
    town.must("match", "edit", "1", "--end", "2025-01-31")
    assert "to end on 2025-01-31" in town.must("person", "show", "1")
    assert town.must("match", "list", today="2025-02-01").startswith("Nothing to show.")


def test_a_match_does_not_end_before_the_two_met_or_rested(town: Town, tmp_path: Path) -> None:
    """A meeting after the end could not be imported from the exported tables."""
    town.must("match", "meet", "1", "--date", "2024-09-03")
    town.must("match", "pause", "1", "--date", "2024-10-01")
    ended = ("match", "end", "1", "--reason", "no_contact", "--date")
    refused = town(*ended, "2024-09-01")
    assert refused.exit_code == 5 and "husrum match meet 1 --date 2024-09-03 --remove" in refused.stderr
    town.must("match", "meet", "1", "--date", "2024-09-03", "--remove")
    assert "The pause from 2024-10-01 is gone" in town(*ended, "2024-09-01").stderr
    folder = tmp_path / "tables"
    town.must("export", "tables", folder)
    assert not (folder / "pauses.csv").exists()
