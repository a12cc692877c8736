"""Spreadsheets as rows of text: CSV as Danish Excel and others write it, and .xlsx."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ..errors import UnusableFile, WrongInput
from ..i18n import _

# A cell that a spreadsheet would run as a formula is written with one apostrophe more (output.listing.defused), which is taken off again here.
_DEFUSED = re.compile(r"'+(\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r])")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands in a file: its headings, and its rows with the number a spreadsheet shows."""

    name: str
    header: list[str]
    rows: list[tuple[int, list[str]]]


def read_tables(path: Path, kinds: set[str], encoding: str | None) -> dict[str, Table]:
    """The tables of a file. A workbook has the sheets that are named like a kind, else its first sheet under the file's own stem."""
    if path.suffix.lower() == ".xlsx":
        return _read_xlsx(path, kinds)
    return {path.stem: _read_csv(path, encoding)}


def _read_csv(path: Path, encoding: str | None) -> Table:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from None
    text = _decode(path, raw, encoding)
    first, _end, rest = text.partition("\n")
    if found := re.fullmatch(r"sep=(.)\r?", first, re.IGNORECASE):
        delimiter, text = found[1], rest
    else:
        delimiter = max(";,\t", key=lambda sign: re.sub('"[^"]*"', "", first).count(sign))
    try:
        records = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise WrongInput(_("{path}: the file is no table: {reason}.", path=path.name, reason=error)) from None
    return _table(path.name, records)


def _decode(path: Path, raw: bytes, encoding: str | None) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    if b"\0" in raw and encoding != "utf-16":
        raise WrongInput(_("{path}: the file is no table: it holds zero bytes.", path=path.name))
    try:
        return raw.decode(encoding or "utf-8-sig")
    except (UnicodeDecodeError, LookupError):
        hint = _("If it comes from an older Excel, add: --encoding windows-1252")
        raise WrongInput(
            _("{path} is not in {encoding}. {hint}", path=path.name, encoding=encoding or "UTF-8", hint=hint), "encoding"
        ) from None


def _table(name: str, records: list[list[str]]) -> Table:
    cleaned = [
        (number, [_DEFUSED.sub(lambda found: found[0][1:], cell, count=1) if cell.startswith("'") else cell for cell in cells])
        for number, cells in enumerate(records, 1)
    ]
    filled = [(number, cells) for number, cells in cleaned if any(cell.strip() for cell in cells)]
    if not filled:
        raise WrongInput(_("{path} is empty: not even headings.", path=name))
    return Table(name, [cell.strip() for cell in filled[0][1]], filled[1:])


def _read_xlsx(path: Path, kinds: set[str]) -> dict[str, Table]:
    try:
        import openpyxl
    except ImportError:
        raise WrongInput(_("Reading .xlsx needs one more package: pip install 'husrum-cli[xlsx]'")) from None
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=path, reason=error.strerror or error)) from None
    except Exception:  # a damaged workbook can fail in any of the ways of zip and XML
        raise UnusableFile(_("{path} is no .xlsx file, or damaged.", path=path)) from None
    try:
        named = {sheet.title.strip().lower(): sheet for sheet in book.worksheets if sheet.title.strip().lower() in kinds}
        sheets = named if named and path.stem not in kinds else {path.stem: book.worksheets[0]}
        tables = {}
        for stem, sheet in sheets.items():
            name = path.name if len(sheets) == 1 else f"{path.name}/{sheet.title}"
            tables[stem] = _table(name, [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)])
        return tables
    finally:
        book.close()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)
