"""Sheets as a workbook: real numbers and percentages, widths, a header that stays in view, few pages that are as wide as the sheet; the same bytes for the
same sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Day
from datetime import datetime
from io import BytesIO
from itertools import groupby
from math import ceil
from pathlib import Path
from textwrap import wrap
from typing import Any

from ..extras import missing_extra
from ..i18n import pgettext
from ..records.export_sheet import ExportSheet, SheetColumn
from ..render.listing import escape_formula, remove_controls

# Embedded data must be the same on every machine and day; the entries of the zip are dated 1980-01-01 by the library.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NUMBERS = {"number": "#,##0.##", "percent": "0%", "kroner": "#,##0.00"}
_NAME_LENGTH = 31
_A4 = 9
_PORTRAIT = 150  # characters: wider sheets would be hard to read on an upright page
_LINE = 15.0  # points
# Points: the height of an upright page and of one on its side, within the margins.
_TALL, _LOW = 745.0, 500.0
# The smallest scale on paper at which letters are easily read.
_SMALLEST = 0.66
# Characters: the columns of a worksheet that several tables share, of which a wider column takes several.
_FIRST, _UNIT = 24, 14
_DENSITY = 1.15  # letters of a text that fit where one digit does, on the average


def write_workbook(path: Path, sheets: Sequence[ExportSheet], date: str, title: str = "") -> None:
    """Write a workbook of these sheets, with a title above each printed page. `date` is embedded as its day of creation. Raises `WrongInput` if the library is not installed."""
    try:
        import xlsxwriter
    except ImportError:
        raise missing_extra("xlsx") from None
    # Made in memory: if the disk is full, the library leaves its own complaints behind.
    whole_file = BytesIO()
    with xlsxwriter.Workbook(whole_file, OPTIONS) as workbook:
        workbook.set_properties({"created": datetime.fromisoformat(date), "author": "husrum"})
        formats = _formats(workbook)
        for name, tables in groupby(sheets, key=lambda sheet: sheet.shared or sheet.name):
            page = workbook.add_worksheet(name[:_NAME_LENGTH])
            page.set_header(f"&L{remove_controls(title).replace('&', '&&')}")
            page.set_footer("&L&A&R&P / &N")
            _write(page, list(tables), formats)
    path.write_bytes(whole_file.getvalue())


def _formats(workbook: Any) -> Mapping[str, Any]:
    """Return the formats of the cells: of headings by the kind of their column, of numbers, texts and dates, and of the title of a table."""
    top = {"valign": "top"}
    heading = {**top, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#EEEEEE"}
    day_format = pgettext("date in a table", "yyyy-MM-dd").lower()
    left = {**top, "align": "left", "indent": 1}
    cells = {
        **{
            f"heading {kind}": {**heading, "align": "left" if kind == "text" else "right", "indent": int(kind == "text")}
            for kind in ("text", *_NUMBERS)
        },
        **{kind: {**top, "num_format": number} for kind, number in _NUMBERS.items()},
        "text": {**left, "text_wrap": True},
        "short": {**top, "align": "right"},  # the replacement of a number
        "whole": {**top, "num_format": "#,##0"},
        "day": {**left, "num_format": day_format},
        "moment": {**left, "num_format": f"{day_format} hh:mm"},
        "title": {**left, "bold": True, "font_size": 14},
    }
    return {name: workbook.add_format(each) for name, each in cells.items()}


def _write(page: Any, tables: Sequence[ExportSheet], formats: Mapping[str, Any]) -> None:
    """Write the tables of a worksheet, several of them below each other under their names, and set up its pages."""
    shared = len(tables) > 1
    grid = [float(column.width) for column in tables[0].columns]
    if shared:
        units = max(sum(ceil(column.width / _UNIT) for column in table.columns[1:]) for table in tables)
        grid = [_FIRST, *[_UNIT] * units]
    for number, width in enumerate(grid):
        page.set_column(number, number, width)
    line, height = 0, 0.0
    for table in tables:
        if shared:
            page.set_row(line, 1.5 * _LINE)
            page.write_string(line, 0, escape_formula(table.name), formats["title"])
            line += 1
        places = _places(table.columns, len(grid)) if shared else [(number, 1) for number in range(len(grid))]
        widths = [sum(grid[start : start + count]) for start, count in places]
        headings = [column.heading for column in table.columns]
        for number, row in enumerate([headings, *table.rows]):
            tall = _height(row, widths)
            height += tall
            page.set_row(line, tall)
            for (start, count), value, column in zip(places, row, table.columns, strict=True):
                cell_format = formats[f"heading {column.kind}"] if number == 0 else formats[_format_of(value, column.kind)]
                if count > 1:
                    page.merge_range(line, start, line, start + count - 1, "", cell_format)
                _write_cell(page, line, start, value, cell_format)
            line += 1
        line += int(shared)
    height += 2.5 * _LINE * len(tables) * shared
    _set_pages(page, tables[0], grid, height, line)
    if not shared:
        page.freeze_panes(1, 0)
        page.repeat_rows(0)


def _set_pages(page: Any, table: ExportSheet, grid: Sequence[float], height: float, lines: int) -> None:
    """Let a worksheet be printed on few pages: as wide as the page, and as small as is still easily read."""
    hidden = sum(not column.printed for column in table.columns)
    width = sum(grid[hidden:])
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    if width > _PORTRAIT:
        page.set_landscape()
    if hidden:
        page.print_area(0, hidden, max(lines - 1, 0), len(grid) - 1)
    page.fit_to_pages(1, ceil(height * _SMALLEST / (_LOW if width > _PORTRAIT else _TALL)) or 1)


def _places(columns: Sequence[SheetColumn], units: int) -> list[tuple[int, int]]:
    """Return the first column that each column of a table takes of a shared worksheet, and how many.."""
    places, start = [(0, 1)], 1
    for column in columns[1:]:
        count = ceil(column.width / _UNIT)
        places.append((start, min(count, units - start)))
        start += count
    return places


def _format_of(value: object, kind: str) -> str:
    if isinstance(value, str):
        return "text" if kind == "text" else "short"
    if isinstance(value, Day):
        return "moment" if isinstance(value, datetime) else "day"
    return "whole" if isinstance(value, int) else kind


def _write_cell(page: Any, line: int, column: int, value: object, cell_format: Any) -> None:
    if isinstance(value, str):
        page.write_string(line, column, escape_formula(value), cell_format)
    elif isinstance(value, Day):
        page.write_datetime(line, column, value, cell_format)
    elif value is not None:
        page.write_number(line, column, value, cell_format)


def _height(cells: Sequence[object], widths: Sequence[float]) -> float:
    """Return the height of a row in points: not every program makes it as high as its texts need it."""
    texts = ((str(cell), width) for cell, width in zip(cells, widths, strict=True) if isinstance(cell, str))
    return _LINE * max((len(wrap(text, int(width * _DENSITY))) for text, width in texts), default=1) or _LINE
