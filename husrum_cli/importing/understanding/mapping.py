"""The mapping: a small CSV in which a coordinator says once what their spreadsheets mean. A line of it beats what is built in."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ...atomic_files import temporary_file
from ...errors import WrongInput
from ...i18n import _
from ...input.text import refuse_cpr
from ...platforms.replacing import replace
from ..reading.files import read_workbook
from ..reading.workbook import SheetName
from .words import words_of

MAPPING_COLUMNS = ("what", "sheet", "column", "found", "means")
MAPPING_ENDING = ".mapping.csv"
WHAT = ("sheet", "heading", "value", "name", "year")
IGNORE, NEW, TOTAL = "ignore", "new", "total"
_IGNORE = ("ignore", "ignorer", "ignorér")
# Danish words that a mapping may have in their place.
_WORDS = {
    ("heading", "i alt"): TOTAL,
    ("name", "ny"): NEW,
    **{(what, word): IGNORE for what in ("sheet", "heading", "value", "name") for word in _IGNORE},
}


class Line(NamedTuple):
    """One line of a mapping. An empty `sheet` or `column` means every one; an empty `means` is still to be filled in."""

    what: str
    sheet: str = ""
    column: str = ""
    found: str = ""
    means: str = ""


@dataclass(slots=True)
class Mapping:
    """The lines of a mapping file, looked up by what they are about."""

    lines: list[Line] = field(default_factory=list)
    _found: dict[tuple[str, str], list[Line]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lines = [line._replace(means=_WORDS.get((line.what, line.means.casefold()), line.means)) for line in self.lines]
        for line in self.lines:
            if line.means:
                self._found.setdefault((line.what, _key(line.found)), []).append(line)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing of any heading, value or name."""
        return not self._found

    def meaning(self, what: str, sheet: str, found: str = "", *columns: str) -> str | None:
        """Return the meaning of a sheet, heading, value or name; the most specific line decides. `columns`: the names of the column."""
        if not self._found:
            return None
        best, points = None, -1
        for line in self._found.get((what, _key(found)), ()):
            if line.sheet and not _fits(line.sheet, sheet) or line.column and not any(_same(line.column, each) for each in columns):
                continue
            its_points = 3 * bool(line.column) + (_fits(line.sheet, sheet) if line.sheet else 0)
            if its_points > points:
                best, points = line.means, its_points
        return best

    def sheet(self, name: str) -> str | None:
        """Return the meaning of a sheet; its name is in the column `sheet`, or `found`."""
        fitting = [line for line in self.lines if line.what == "sheet" and line.means and _fits(line.sheet or line.found, name)]
        return max(fitting, key=lambda line: _fits(line.sheet or line.found, name)).means if fitting else None

    def year(self, sheet: str) -> int | None:
        """Return the year of dates that have none."""
        fitting = [line for line in self.lines if line.what == "year" and line.means and (not line.sheet or _fits(line.sheet, sheet))]
        return int(max(fitting, key=lambda line: _fits(line.sheet, sheet)).means) if fitting else None

    def headings(self) -> set[str]:
        """Return every heading that the mapping knows."""
        return {_key(line.found) for line in self.lines if line.what == "heading" and line.means}


def ignores(word: str) -> bool:
    """Whether a word says that something is to be left out."""
    return word.strip().casefold() in _IGNORE


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _fits(written: str, sheet: str) -> int:
    """Return how well a line's sheet is the one meant: 2 by the name that it alone has, 1 by the name it may share with those of other files."""
    if isinstance(sheet, SheetName) and _same(written, sheet.own):
        return 2
    return int(_same(written, sheet))


def _same(one: str, other: str) -> bool:
    return words_of(one) == words_of(other)


def read_mapping(path: Path) -> Mapping:
    """Return the mapping in a file. Raises `WrongInput` for a line that says nothing that is known."""
    sheet = read_workbook(path).sheets[0]
    rows = [(number, ["" if value is None else str(value).strip() for value in values]) for number, values in sheet.rows]
    header = [cell.casefold() for cell in rows[0][1]] if rows else []
    if "what" not in header or "means" not in header:
        raise WrongInput(_("{file}: the first line of a mapping is: {header}", file=path.name, header=",".join(MAPPING_COLUMNS)), "mapping")
    places = {name: header.index(name) for name in MAPPING_COLUMNS if name in header}
    lines = []
    for number, cells in rows[1:]:
        line = Line(*(cells[places[name]] if name in places and places[name] < len(cells) else "" for name in MAPPING_COLUMNS))
        for cell in line:
            refuse_cpr(cell, _("{file}, row {row}", file=path.name, row=number))
        line = line._replace(what=line.what.casefold())
        if line.what not in WHAT:
            text = _(
                "{file}, row {row}: “{what}” is not one of: {known}", file=path.name, row=number, what=line.what, known=", ".join(WHAT)
            )
            raise WrongInput(text, "mapping")
        if line.what == "year" and line.means and not (line.means.isdigit() and len(line.means) == 4):
            raise WrongInput(_("{file}, row {row}: “{year}” is not a year.", file=path.name, row=number, year=line.means), "mapping")
        lines.append(line)
    return Mapping(lines)


def write_mapping(path: Path, known: Mapping, more: Iterable[Line], changed: bool = False) -> int:
    """Write the mapping with the lines that are still to be filled in, and return the number of new ones. changed: its known lines were answered anew."""
    asked = {line._replace(means="") for line in known.lines}
    new = [line for line in dict.fromkeys(more) if line._replace(means="") not in asked]

    if new or changed or not path.exists():
        with temporary_file(path) as temporary:
            # The byte-order mark makes Excel read and keep UTF-8.
            with temporary.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows([MAPPING_COLUMNS, *(map(_harmless, line) for line in (*known.lines, *new))])
            replace(temporary, path)
    return len(new)


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula; the reader takes the apostrophe off again."""
    return f"'{cell}" if re.match(r"\s*[=+\-@]", cell) else cell
