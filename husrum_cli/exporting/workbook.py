"""Sheets as a workbook: real numbers and percentages, widths, a header that stays in view; the same bytes for the same sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Day
from datetime import datetime
from io import BytesIO
from pathlib import Path

from ..extras import missing
from ..i18n import pgettext
from ..records.attendance_sheet import Sheet
from ..render.listing import defused

# What is embedded must be the same on every machine and day; the entries of the zip are dated 1980-01-01 by the library.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NUMBERS = {"number": "#,##0.##", "percent": "0%", "kroner": "#,##0.00"}
_NAME_LENGTH = 31


def write_workbook(path: Path, sheets: Sequence[Sheet], date: str) -> None:
    """Writes a sheet each. `date` is embedded as the day it was made. Raises `WrongInput` where the library is not installed."""
    try:
        import xlsxwriter
    except ImportError:
        raise missing("xlsx") from None
    # Made in memory: where the disk is full, the library leaves its own complaints behind.
    whole_file = BytesIO()
    with xlsxwriter.Workbook(whole_file, OPTIONS) as workbook:
        workbook.set_properties({"created": datetime.fromisoformat(date), "author": "husrum"})
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        formats = {kind: workbook.add_format({"num_format": number}) for kind, number in _NUMBERS.items()}
        whole = workbook.add_format({"num_format": "#,##0"})
        day_format = pgettext("date in a table", "yyyy-MM-dd").lower()
        day = workbook.add_format({"num_format": day_format, "align": "left"})
        moment = workbook.add_format({"num_format": f"{day_format} hh:mm", "align": "left"})
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.name[:_NAME_LENGTH])
            page.freeze_panes(1, 0)
            for number, column in enumerate(sheet.columns):
                page.set_column(number, number, column.width)
                page.write_string(0, number, defused(column.heading), bold)
            for line, row in enumerate(sheet.rows, 1):
                for number, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
                    if isinstance(value, str):
                        page.write_string(line, number, defused(value))
                    elif isinstance(value, Day):
                        page.write_datetime(line, number, value, moment if isinstance(value, datetime) else day)
                    elif value is not None:
                        page.write_number(line, number, value, whole if isinstance(value, int) else formats[column.kind])
    path.write_bytes(whole_file.getvalue())
