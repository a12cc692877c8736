"""Days in cells that lost their date format: a spreadsheet shows them as numbers, and they are read as the days they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from imports import TODAY, imported, stored
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from running import husrum


def number(day: str, epoch: date = date(1899, 12, 30)) -> int:
    return (date.fromisoformat(day) - epoch).days


def workbook(name: str, rows: list[list[object]], mac: bool = False) -> str:
    book = openpyxl.Workbook()
    if mac:
        book.epoch = CALENDAR_MAC_1904
    for row in rows:
        book.active.append(row)
    book.save(name)
    return name


@pytest.mark.parametrize("mac", [False, True])
def test_days_of_a_list(city: Path, mac: bool) -> None:
    epoch = date(1904, 1, 1) if mac else date(1899, 12, 30)
    rows = [
        ["Navn", "Født", "Henvendelse", "Forsamtale"],
        ["Alma Ravn", number("2003-04-05", epoch), number("2025-08-20", epoch), number("2025-09-02", epoch)],
        ["Bo Ek", 1999, str(number("2026-01-07", epoch)), None],
    ]
    done = imported(city, workbook("unge.xlsx", rows, mac), "--as", "intakes")
    assert stored(city, "SELECT name, born FROM people") == [("Alma Ravn", "2003-04-05"), ("Bo Ek", "1999")]
    assert stored(city, "SELECT enquired, held FROM intakes") == [("2025-08-20", "2025-09-02"), ("2026-01-07", None)]
    assert "Excel's numbers became dates: Sheet, Født (1), Sheet, Henvendelse (2), Sheet, Forsamtale (1)" in done.stderr
    assert "nothing was added" in imported(city, "unge.xlsx", "--as", "intakes").stderr


@pytest.mark.parametrize("days", [("2025-10-01", "2025-10-08", "2026-01-07"), ("2026-03-03", "2026-03-17")])
def test_days_above_marks(city: Path, days: tuple[str, ...]) -> None:
    assert husrum("--db", city, "intake", "add", "Alma Ravn", "--enquired", "2025-08-20", env=TODAY).exit_code == 0
    rows = [["Hold A"], ["Navn", *map(number, days)], ["Alma Ravn", *[1] * len(days)]]
    done = imported(city, workbook("Hold.xlsx", rows), "--as", "sheet", "--events", "Hold")
    assert stored(city, "SELECT date FROM sessions ORDER BY 1") == [(day,) for day in days]
    assert f"Excel's numbers became dates: Sheet, headings ({len(days)})" in done.stderr


def test_other_numbers_are_no_days(city: Path) -> None:
    rows = [["Navn", "Henvendelse"], ["Alma Ravn", 12345], ["Bo Ek", 99999]]
    done = imported(city, workbook("unge.xlsx", rows), "--as", "intakes", expect=2)
    assert "Henvendelse “12345”: “12345” is not a date." in done.stderr
    assert "Henvendelse “99999”: “99999” is not a date." in done.stderr
