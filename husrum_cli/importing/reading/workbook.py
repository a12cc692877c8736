"""A workbook as plain records: sheets, rows and typed cells; what every file format is read into."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

MOST_BYTES = 200_000_000
"""Bytes of a file that is read at all."""
MOST_COLUMNS = 2_000
LONGEST_TEXT = 32_767
"""Characters in a cell: as many as Excel can hold."""


Progress = Callable[[int, int], None]
"""Called with how much is done of a file, and how much there is."""


def no_progress(_done: int, _total: int) -> None:
    """Show nothing."""


class SheetName(str):
    """The name of a sheet, and `own`: the name that no sheet of another file has, which begins with its file's.

    `key`: the shorter of them that distinguishes it from every other sheet.
    """

    own: str
    key: str

    def __new__(cls, name: str, own: str, key: str) -> SheetName:
        """Return the name, as it is shown."""
        made = super().__new__(cls, name)
        made.own, made.key = own, key
        return made


class CellError(NamedTuple):
    """A cell without a usable value: an error such as `#N/A`, a formula without a stored value, or a text that is too long.

    `shown`: the error or the formula. `kind`: `error`, `formula` or `long`.
    """

    shown: str
    kind: str


EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's days: Excel counts a 29 February 1900 that never was."""

Value = str | int | float | bool | date | CellError | None
"""A cell's value. Blank cells are None; text is kept as written, surrounding spaces included."""


class Area(NamedTuple):
    """Merged cells, by their first and last row (from 1) and column (from 0)."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(slots=True)
class Sheet:
    """The filled rows of a sheet, in order: (row number as a spreadsheet shows it, values from the first column on)."""

    name: str
    rows: list[tuple[int, list[Value]]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    sums: set[tuple[int, int]] = field(default_factory=set)
    """Cells (row, column) whose formula adds up or counts others."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    last_row: int = 0
    """The last row to account for; blank ones before it are rows too."""
    epoch: date = EPOCH
    """Day 0 of days that are stored as numbers."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A spreadsheet file: its name, and its sheets in order. A CSV has one sheet, named as the file without its ending."""

    file: str
    sheets: list[Sheet]


# A cell that a spreadsheet would run as a formula is written with one apostrophe more (render.listing.defused), which is taken off again here.
_DEFUSED = re.compile(r"'+(\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r])")
_SUM = re.compile(
    r"=?(of:=)?(SUM|SUMIFS?|SUMPRODUCT|COUNT|COUNTA|COUNTIFS?|SUBTOTAL|AVERAGE|AVERAGEIFS?|MIN|MAX|MEDIAN|ROWS)\(", re.IGNORECASE
)


# A reference to a cell or an area of another sheet, in .xlsx and in .ods.
_ELSEWHERE = re.compile(r"(?:'[^']*'|[\w.]+)!\$?[A-Z]+\$?[0-9]+(?::\$?[A-Z]+\$?[0-9]+)?|\[\$?(?:'[^']*'|\w+)\.[^\]]*\]")
_LETTER = re.compile(r"[^\W\d_]")


def is_sum(formula: str) -> bool:
    """Whether a formula adds up or counts other cells of its sheet, as total rows and columns do; not numbers alone, as `=SUM(1,2)` does."""
    found = _SUM.match(formula)
    return found is not None and bool(_LETTER.search(_ELSEWHERE.sub("", formula[found.end() : 1000])))


class TooLarge(Exception):
    """A file that holds more than is read."""


class DamagedSpreadsheet(Exception):
    """A file that isn't what its format says."""


class ProtectedWorkbook(Exception):
    """A file that needs a password."""


class Allowance:
    """How much may still be read of a file: more of a larger one, so that a small file that unpacks to a huge one ends in a message.

    What is read is charged by the time and the memory that it takes, a unit for a byte that is unpacked. Lists that people keep take about 20 units
    a byte of their file; one that is made to be a burden takes thousands.
    """

    LEAST, MOST, A_BYTE = 50_000_000, 1_000_000_000, 200
    TAG, SHEET, ROW, BLANK_ROW, COLUMN = 30, 50_000, 1_000, 20, 10

    def __init__(self, size: int) -> None:
        """`size`: of the file as it is (bytes)."""
        self._left = min(self.MOST, max(self.LEAST, size * self.A_BYTE))

    def take(self, units: int) -> None:
        """Charge something that is to be read. Raises `TooLarge` if that is more than may be."""
        self._left -= units
        if self._left < 0:
            raise TooLarge

    def unpacked(self, archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
        """Yield a part of a packed file, piece by piece. The pieces are large: a tag that goes on in the next one is read anew with each."""
        with archive.open(name) as file:
            while piece := file.read(1 << 20):
                self.take(len(piece) + self.TAG * piece.count(b"<"))
                yield piece


class SheetBuilder:
    """The cells of a sheet as they are read, in order. Raises `TooLarge`."""

    def __init__(self, name: str, allowance: Allowance) -> None:
        allowance.take(Allowance.SHEET)
        self.sheet = Sheet(name)
        self._allowance = allowance

    def add_row(self, number: int, cells: dict[int, Value]) -> None:
        """Add the filled cells of a row, by column."""
        if not cells:
            return
        last = max(cells)
        if last >= MOST_COLUMNS:
            raise TooLarge
        blank = max(0, number - 1 - self.sheet.last_row)
        texts = sum(len(value) for value in cells.values() if isinstance(value, str))
        self._allowance.take(Allowance.ROW + Allowance.BLANK_ROW * blank + Allowance.COLUMN * (last + 1) + texts)
        values: list[Value] = [None] * (last + 1)
        for column, value in cells.items():
            values[column] = _kept(value) if isinstance(value, str) and (value[0] == "'" or len(value) > LONGEST_TEXT) else value
        self.sheet.rows.append((number, values))
        self.sheet.last_row = number


def _kept(text: str) -> Value:
    if len(text) > LONGEST_TEXT:
        return _LONG
    return _DEFUSED.sub(lambda found: found[0][1:], text, count=1)


_LONG = CellError("…", "long")
