"""A sheet of one evening, with the date in its title: `Mødt` says who came on the only day of its event."""

from __future__ import annotations

from pathlib import Path

import pytest
from imports import TODAY, imported, stored
from openpyxl import Workbook
from running import husrum

CAME = "SELECT name, starts FROM attendance t JOIN sessions s ON s.id = session_id JOIN activities a ON a.id = s.activity_id JOIN people p ON p.id = t.person_id ORDER BY 1"
EVENING = ("--as", "sheet", "--event", "E1")
ROWS: list[list[str | int | None]] = [["Anna Holm", "x", "nødder"], ["Bo Ek", "ja", None], ["Dan Bæk", None, None], ["I alt", 2, None]]


@pytest.fixture(autouse=True)
def evening(city: Path) -> None:
    for name in ("Anna Holm", "Bo Ek", "Dan Bæk"):
        assert husrum("--db", city, "intake", "add", name, "--enquired", "2025-01-02", env=TODAY).exit_code == 0
    assert husrum("--db", city, "event", "log", "Middag", "--date", "2026-01-11", env=TODAY).exit_code == 0


def saved(*rows: list[str | int | None]) -> str:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save("Middag.xlsx")
    return "Middag.xlsx"


@pytest.mark.parametrize("title", ["Søndagsmiddag d. 11. januar 2026", "Søndagsmiddag 11. januar 2026", "Søndagsmiddag", None])
@pytest.mark.parametrize("heading", ["Mødt", "Mødt?", "Fremmødt", "Til stede"])
def test_a_column_of_ticks_is_the_event_s_only_day(city: Path, title: str | None, heading: str) -> None:
    above: list[list[str | int | None]] = [[title], []] if title else []
    done = imported(city, saved(*above, ["Navn", heading, "Allergi"], *ROWS), *EVENING)
    assert stored(city, CAME) == [("Anna Holm", "2026-01-11"), ("Bo Ek", "2026-01-11")]
    assert "were left out: “Allergi”." in done.stderr


def test_who_only_signed_up_did_not_come(city: Path) -> None:
    Path("Middag.csv").write_text("Navn;Tilmeldt;Mødt\nAnna Holm;x;x\nBo Ek;x;\n", encoding="utf-8")
    done = imported(city, "Middag.csv", *EVENING)
    assert stored(city, CAME) == [("Anna Holm", "2026-01-11")]
    assert "were left out: “Tilmeldt”." in done.stderr


def test_next_to_a_date_it_is_no_day(city: Path) -> None:
    Path("Middag.csv").write_text("Navn;11-01-2026;Fremmøde\nAnna Holm;x;1\nBo Ek;;0\n", encoding="utf-8")
    imported(city, "Middag.csv", *EVENING)
    assert stored(city, CAME) == [("Anna Holm", "2026-01-11")]


def test_excuses_in_a_column_of_their_own_are_asked_about(city: Path) -> None:
    Path("Middag.csv").write_text("Navn;Mødt;Afbud\nAnna Holm;x;\nBo Ek;;x\n", encoding="utf-8")
    assert "“Afbud”: this heading is not a date" in imported(city, "Middag.csv", *EVENING, expect=2).stderr
    assert stored(city, CAME) == []


def test_of_a_series_the_mapping_says_the_day(city: Path) -> None:
    file = saved(["Søndagsmiddag d. 18. januar 2026"], [], ["Navn", "Mødt"], *[row[:2] for row in ROWS])
    assert "“Mødt”: this heading is not a date" in imported(city, file, "--as", "sheet", "--events", "Middag", expect=2).stderr
    Path("m.csv").write_text("what,sheet,column,found,means\nheading,,,Mødt,2026-01-18\n", encoding="utf-8")
    imported(city, file, "--as", "sheet", "--events", "Middag", "--mapping", "m.csv")
    assert stored(city, CAME) == [("Anna Holm", "2026-01-18"), ("Bo Ek", "2026-01-18")]
