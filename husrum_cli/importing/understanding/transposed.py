"""Sheets of people by dates as they are kept the other way around: dates below each other, or days alone in a sheet for each month."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from ..reading.workbook import MOST_COLUMNS, Area, Sheet, Value
from .dates import day_number, month_and_year, month_number
from .grid_headings import dates_in, days_in, has_marks_below
from .tables import Row, cell_text
from .words import mark_of

_TOP = 60


def is_transposed(sheet: Sheet) -> bool:
    """Whether a sheet has one day in each of its rows, always in the same column, rather than days side by side above people.

    Its rows are columns then, of which there are only so many.
    """
    if sheet.last_row > MOST_COLUMNS:
        return False
    return _column_of_days(sheet) is not None and max(days_in(sheet.rows, place) for place in range(len(sheet.rows))) < 2


def has_marks_beside_days(sheet: Sheet) -> bool:
    """Whether most cells next to the days of such a sheet are marks, and more than one column has some."""
    days = _column_of_days(sheet)
    if days is None:
        return False
    rows = [cells for _number, cells in sheet.rows if len(cells) > days and dates_in([cells[days]])]
    filled = [(place, mark_of(cell_text(cell))) for cells in rows for place, cell in enumerate(cells) if place != days and cell is not None]
    return len({place for place, mark in filled if mark}) > 1 and 2 * sum(mark is not None for _place, mark in filled) > len(filled)


def _column_of_days(sheet: Sheet) -> int | None:
    places = [[place for place, cell in enumerate(cells) if dates_in([cell])] for _number, cells in sheet.rows]
    first = Counter(tuple(each) for each in places if each).most_common(1)
    return first[0][0][0] if first and len(first[0][0]) == 1 and first[0][1] > 1 else None


def transpose(sheet: Sheet) -> Sheet:
    """Return a sheet with its rows as columns: row 3 is the column at place 2, column A is row 1."""
    width = max((len(values) for _number, values in sheet.rows), default=0)
    rows: list[Row] = []
    for place in range(width):
        cells: list[Value] = [None] * sheet.last_row
        for number, values in sheet.rows:
            if place < len(values):
                cells[number - 1] = values[place]
        if any(cell is not None for cell in cells):
            rows.append((place + 1, cells))
    return Sheet(
        sheet.name,
        rows,
        [Area(area.first_column + 1, area.first_row - 1, area.last_column + 1, area.last_row - 1) for area in sheet.merged],
        {(column + 1, row - 1) for row, column in sheet.sums},
        last_row=width,
        epoch=sheet.epoch,
    )


def month_of(text: str) -> tuple[int | None, int | None]:
    """Return (month, year) that a sheet's name or its title says: `Januar`, `Juni 26`, `Fredagscafé marts 2025`."""
    month, year = month_and_year(text)
    if month is None:
        words = re.findall(r"[^\W\d_]{3,}", text)
        months = {number for word in words if (number := month_number(word))}
        years = re.findall(r"\b(?:19|20)[0-9]{2}\b", text)
        month = months.pop() if len(months) == 1 else None
        year = int(years[0]) if len(years) == 1 else None
    return month, year


@lru_cache(1024)  # asked of every sheet of a workbook for each of them
def without_month(name: str) -> str | None:
    """Return what is left of a sheet's name without its month and year, which sheets for each month share; None if it names no month."""
    if month_of(name)[0] is None:
        return None
    return " ".join(word for word in re.findall(r"\w+", name.casefold()) if not word.isdigit() and month_number(word) is None)


def date_the_days(sheet: Sheet) -> None:
    """Put dates in place of days alone above people's marks, if the sheet's name or its title says the month."""
    top = sheet.rows[:_TOP]
    at = max(range(len(top)), key=lambda place: (_days_alone(top[place]), -place), default=0)
    if not top or _days_alone(top[at]) < 2 or days_in(top, at):
        return
    titles = [cell_text(cell) for _number, cells in top[:at] if len(cells) - cells.count(None) == 1 for cell in cells if cell is not None]
    named = [found for text in (sheet.name, *titles) if (found := month_of(text))[0]]
    number, cells = top[at]
    days = {place: day for place, cell in enumerate(cells) if not isinstance(cell, bool) and (day := day_number(cell_text(cell)))}
    if not named or not has_marks_below(top[at + 1 :], list(days)):
        return
    month = named[0][0]
    year = next((year for each, year in named if year and each == month), None)
    ending = f"/{month}-{year}" if year else f"/{month}"
    sheet.rows[at] = number, [f"{days[place]}{ending}" if place in days else cell for place, cell in enumerate(cells)]


def _days_alone(row: Row) -> int:
    """Count the days of a row that holds nothing but texts and days of one month, in order."""
    days = []
    for cell in row[1]:
        if isinstance(cell, bool) or cell is None:
            continue
        if day := day_number(cell_text(cell)):
            days.append(day)
        elif not isinstance(cell, str):
            return 0
    return len(days) if days == sorted(set(days)) else 0
