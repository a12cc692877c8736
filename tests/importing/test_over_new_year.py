"""People by dates that have no year, of a season that goes on after New Year."""

from __future__ import annotations

from pathlib import Path

import pytest
from imports import TODAY, imported, stored
from running import husrum

HELD = "SELECT date, count(*) FROM sessions JOIN attendance ON session_id = sessions.id GROUP BY date ORDER BY date"
SEASON = "Navn;3/9;1/10;3/12;14/1;4/2\nAnna Holm;x;x;x;x;x\nBo Ek;;x;;;x\n"
DAYS = [("2025-09-03", 1), ("2025-10-01", 2), ("2025-12-03", 1), ("2026-01-14", 1), ("2026-02-04", 2)]


@pytest.fixture(autouse=True)
def people(city: Path) -> None:
    Path("Gruppe.csv").write_text(SEASON, encoding="utf-8")
    for name in ("Anna Holm", "Bo Ek"):
        assert husrum("--db", city, "intake", "add", name, "--enquired", "2025-08-01", env=TODAY).exit_code == 0


def opened(city: Path, start: str) -> None:
    done = husrum("--db", city, "group", "open", "Netværk", "--kind", "network", "--start", start, env=TODAY)
    assert done.exit_code == 0, done.stderr


def test_a_group_without_meetings_tells_the_years_by_its_start(city: Path) -> None:
    opened(city, "2025-09-03")
    imported(city, "Gruppe.csv", "--as", "sheet", "--group", "G1", env={"HUSRUM_TODAY": "2026-03-01"})
    assert stored(city, HELD) == DAYS


def test_the_start_of_an_old_group_does_not(city: Path) -> None:
    opened(city, "2023-09-03")
    done = imported(city, "Gruppe.csv", "--as", "sheet", "--group", "G1", expect=2, env={"HUSRUM_TODAY": "2026-03-01"})
    assert "--year" in done.stderr


def test_dates_that_go_on_after_new_year_are_not_all_of_the_year_that_is_given(city: Path) -> None:
    done = imported(city, "Gruppe.csv", "--as", "sheet", "--events", "Klub", "--year", "2025", expect=2)
    assert "“14/1”, “4/2”: the dates go on after New Year" in done.stderr and "3/12" not in done.stderr, done.stderr
    Path("m.csv").write_text("what,sheet,column,found,means\nheading,,,14/1,2026-01-14\nheading,,,4/2,2026-02-04\n", encoding="utf-8")
    imported(city, "Gruppe.csv", "--as", "sheet", "--events", "Klub", "--year", "2025", "--mapping", "m.csv")
    assert stored(city, HELD) == DAYS


def test_the_latest_first_is_one_year(city: Path) -> None:
    Path("Klub.csv").write_text("Navn;3/12;1/10;4/2\nAnna Holm;x;x;x\n", encoding="utf-8")
    imported(city, "Klub.csv", "--as", "sheet", "--events", "Klub", "--year", "2025")
    assert stored(city, HELD) == [("2025-02-04", 1), ("2025-10-01", 1), ("2025-12-03", 1)]


def test_who_joins_the_group_by_its_sheet_is_told(city: Path) -> None:
    opened(city, "2025-09-03")
    words = ("--db", city, "group", "meet", "G1", "--date", "2025-09-03", "--present", "1,2")
    assert husrum(*words, env=TODAY).exit_code == 0
    Path("Gruppe.csv").write_text("Navn;2025-09-03\nAnna Holm;x\nBo Ek;x\n", encoding="utf-8")
    said = imported(city, "Gruppe.csv", "--as", "sheet", "--group", "G1", "--dry-run").stderr
    assert "Nothing was written; 2 newcomers to the group would be." in said
    said = imported(city, "Gruppe.csv", "--as", "sheet", "--group", "G1").stderr
    assert "2 newcomers to the group imported" in said
    assert "known already; nothing was added" in imported(city, "Gruppe.csv", "--as", "sheet", "--group", "G1").stderr


def test_a_sheet_without_a_tick_is_not_known_already(city: Path) -> None:
    Path("Klub.csv").write_text("Navn;2025-09-03\nAnna Holm;\nBo Ek;\n", encoding="utf-8")
    said = imported(city, "Klub.csv", "--as", "sheet", "--events", "Klub").stderr
    assert "Nothing was added." in said and "known already" not in said


def test_a_list_of_events_that_goes_on_after_new_year_is_of_two_years(city: Path) -> None:
    Path("Arrangementer.csv").write_text("Dato;Titel;Antal deltagere\n9/11;Middag;14\n7/12;Middag;12\n4/1;Middag;11\n", encoding="utf-8")
    done = imported(city, "Arrangementer.csv", "--year", "2025", expect=2)
    assert "“4/1”: the dates go on after New Year" in done.stderr and "7/12" not in done.stderr, done.stderr
    Path("m.csv").write_text("what,sheet,column,found,means\nvalue,,Dato,4/1,2026-01-04\n", encoding="utf-8")
    imported(city, "Arrangementer.csv", "--year", "2025", "--mapping", "m.csv")
    assert [day for (day,) in stored(city, "SELECT date FROM sessions ORDER BY date")] == ["2025-11-09", "2025-12-07", "2026-01-04"]


def test_a_list_of_one_year_in_another_order_is_read(city: Path) -> None:
    for number, days in enumerate((("7/12", "9/11", "4/1"), ("1/3", "4/1", "9/11"), ("1/3", "9/11", "4/2", "7/12"))):
        rows = "\n".join(f"{day};Middag {number};3" for day in days)
        Path("Arrangementer.csv").write_text(f"Dato;Titel;Antal deltagere\n{rows}\n", encoding="utf-8")
        imported(city, "Arrangementer.csv", "--year", "2025")
