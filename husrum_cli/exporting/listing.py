"""A list as a file that a spreadsheet opens: in Danish as Danish Excel reads it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ..i18n import decimal_mark, short_day
from ..input.dates import today
from ..records.export_sheet import ExportSheet, SheetColumn
from ..render.data_files import csv_delimiter, file_format, open_output
from ..render.listing import Listing, escape_formula, table_text, typed_value

_WIDEST = 40  # characters of a column of a workbook
_BYTE_ORDER_MARK = "\ufeff"


def write_listing(path: Path, listing: Listing, overwrite: bool = False) -> None:
    """Write a list, with the headings and labels that people read, to a .xlsx or .csv file.

    Raises `WrongInput` for another kind of file, `Refused` if there is a file already, `UnusableFile` if it can't be written.
    """
    kind = file_format(path, ("xlsx", "csv"))
    headings = [heading if heading.strip() else key for key, heading in listing.columns.items()]
    rows = [[_cell(typed_value(key, record.get(key))) for key in listing.columns] for record in listing.records]
    with open_output(path, overwrite) as temporary:
        if kind == "csv":
            temporary.write_bytes(_csv(headings, rows).encode())
            return
        from .workbook import write_workbook

        columns = tuple(_column(heading, column) for heading, *column in zip(headings, *rows, strict=True))
        write_workbook(temporary, [ExportSheet(listing.title or path.stem, columns, [tuple(row) for row in rows])], today())


def _column(heading: str, cells: Sequence[Any]) -> SheetColumn:
    """Return a column of a workbook: of numbers if there is one in it, else of texts and dates, which begin at the left."""
    width = max(len(table_text(cell)) for cell in (heading, *cells))
    return SheetColumn(heading, min(width + 2, _WIDEST), "number" if any(isinstance(cell, (int, float)) for cell in cells) else "text")


def _cell(value: Any) -> Any:
    """Return a number, a date or a text; None if there is nothing."""
    if isinstance(value, (int, float, date)) and not isinstance(value, bool):
        return value
    return table_text(value) or None


def _csv(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=csv_delimiter(), lineterminator="\r\n")
    writer.writerow(map(escape_formula, headings))
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return _BYTE_ORDER_MARK + text.getvalue()


def _text(cell: Any) -> str:
    """Return a cell of a CSV file: numbers without thousands separators, so that they are read as numbers."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        cell = cell.isoformat(" ", "minutes")
    elif isinstance(cell, date):
        cell = cell.isoformat()
    elif isinstance(cell, (int, float)):
        text = str(int(cell) if cell == int(cell) else cell)
        return text.replace(".", decimal_mark())
    else:
        return escape_formula(str(cell))
    return short_day(cell)
