"""Sheets as a workbook: real numbers and percentages, widths, a header that stays in view, pages that are as wide as the sheet; the same bytes for the
same sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Day
from datetime import datetime
from io import BytesIO
from pathlib import Path
from textwrap import wrap

from ..extras import missing
from ..i18n import pgettext
from ..records.attendance_sheet import ExportSheet, SheetColumn
from ..render.listing import defused, visible

# Embedded data must be the same on every machine and day; the entries of the zip are dated 1980-01-01 by the library.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NUMBERS = {"number": "#,##0.##", "percent": "0%", "kroner": "#,##0.00"}
_NAME_LENGTH = 31
_A4 = 9
_PORTRAIT = 140  # characters: wider sheets would be hard to read on an upright page
_LINE = 15.0  # points
_DENSITY = 1.15  # letters of a text that fit where one digit does, on the average


def write_workbook(path: Path, sheets: Sequence[ExportSheet], date: str, title: str = "") -> None:
    """Write a workbook of these sheets, with a title above each printed page. `date` is embedded as its day of creation. Raises `WrongInput` if the library is not installed."""
    try:
        import xlsxwriter
    except ImportError:
        raise missing("xlsx") from None
    # Made in memory: if the disk is full, the library leaves its own complaints behind.
    whole_file = BytesIO()
    with xlsxwriter.Workbook(whole_file, OPTIONS) as workbook:
        workbook.set_properties({"created": datetime.fromisoformat(date), "author": "husrum"})
        top = {"valign": "top"}
        heading = {**top, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#EEEEEE"}
        headings = {
            kind: workbook.add_format({**heading, "align": "left" if kind == "text" else "right", "indent": int(kind == "text")})
            for kind in ("text", *_NUMBERS)
        }
        formats = {kind: workbook.add_format({**top, "num_format": number}) for kind, number in _NUMBERS.items()}
        text = workbook.add_format({**top, "text_wrap": True, "align": "left", "indent": 1})
        short = workbook.add_format({**top, "align": "right"})  # the replacement of a number
        whole = workbook.add_format({**top, "num_format": "#,##0"})
        day_format = pgettext("date in a table", "yyyy-MM-dd").lower()
        day = workbook.add_format({**top, "num_format": day_format, "align": "left", "indent": 1})
        moment = workbook.add_format({**top, "num_format": f"{day_format} hh:mm", "align": "left", "indent": 1})
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.name[:_NAME_LENGTH])
            page.freeze_panes(1, 0)
            page.set_paper(_A4)
            if sum(column.width for column in sheet.columns) > _PORTRAIT:
                page.set_landscape()
            page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
            page.fit_to_pages(1, 0)  # as wide as the page, and as long as it takes
            page.repeat_rows(0)
            page.set_header(f"&L{visible(title).replace('&', '&&')}")
            page.set_footer("&L&A&R&P / &N")
            for number, column in enumerate(sheet.columns):
                page.set_column(number, number, column.width)
                page.write_string(0, number, defused(column.heading), headings[column.kind])
            page.set_row(0, _height([column.heading for column in sheet.columns], sheet.columns))
            for line, row in enumerate(sheet.rows, 1):
                page.set_row(line, _height(row, sheet.columns))
                for number, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
                    if isinstance(value, str):
                        page.write_string(line, number, defused(value), text if column.kind == "text" else short)
                    elif isinstance(value, Day):
                        page.write_datetime(line, number, value, moment if isinstance(value, datetime) else day)
                    elif value is not None:
                        page.write_number(line, number, value, whole if isinstance(value, int) else formats[column.kind])
    path.write_bytes(whole_file.getvalue())


def _height(cells: Sequence[object], columns: Sequence[SheetColumn]) -> float:
    """Return the height of a row in points: not every program makes it as high as its texts need it."""
    texts = ((str(cell), column.width) for cell, column in zip(cells, columns, strict=True) if isinstance(cell, str))
    return _LINE * max((len(wrap(text, int(width * _DENSITY))) for text, width in texts), default=1) or _LINE
