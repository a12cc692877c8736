"""Days in cells that lost their date format, which a spreadsheet shows as the number of days since 1900 (in some old files of a Mac, since 1904)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ...input.dates import today
from ..reading.workbook import Sheet, Value
from .columns import any_heading
from .dates import OLDEST, YEARS_AHEAD, YEARS_BACK
from .tables import Row, cell_text

_SERIAL = re.compile("[1-9][0-9]{4}")
_TOP = 60


def day_of_serial(text: str, sheet: Sheet, birth: bool = False) -> str | None:
    """Return the day of a number of days; None if the text is none, or makes no possible day. `birth`: of a birth date."""
    if not _SERIAL.fullmatch(text):
        return None
    day = sheet.epoch + timedelta(days=int(text))
    now = date.fromisoformat(today())
    first, last = (now.year - OLDEST, now.year) if birth else (now.year - YEARS_BACK, now.year + YEARS_AHEAD)
    return day.isoformat() if first <= day.year <= last and not (birth and day > now) else None


def date_the_headings(sheet: Sheet) -> int:
    """Put dates in place of such numbers in the row that has them above people's marks, and return how many.

    In a list there are headings above them, and every row has dates.
    """
    top = sheet.rows[:_TOP]
    counts = [_ascending(row, sheet) for row in top]
    most = max(counts, default=0)
    at = counts.index(most) if most else 0
    below = [_serials(row, sheet) for row in top[at + 1 :]]
    if most < 2 or 2 * sum(2 * len(each) >= most for each in below) >= len(below):
        return 0
    number, values = sheet.rows[at]
    days = _serials(sheet.rows[at], sheet)
    over = [cells[place] for _number, cells in top[:at] for place in days if place < len(cells)]
    if any(isinstance(cell, str) and any_heading(cell) for cell in over):
        return 0
    dated: list[Value] = [date.fromisoformat(days[place]) if place in days else value for place, value in enumerate(values)]
    sheet.rows[at] = number, dated
    return most


def _serials(row: Row, sheet: Sheet) -> dict[int, str]:
    """Return column -> the day of its number."""
    texts = ((place, cell_text(value).strip()) for place, value in enumerate(row[1]) if isinstance(value, (int, str)))
    return {place: day for place, text in texts if (day := day_of_serial(text, sheet))}


def _ascending(row: Row, sheet: Sheet) -> int:
    """Count the days of a row if they follow each other as those of a grid do."""
    days = list(_serials(row, sheet).values())
    return len(days) if days == sorted(set(days)) else 0
