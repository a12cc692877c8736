"""The findings of an import: cells that can't be read, values that were completed or ignored, and the outcome of every row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from ...input.text import holds_cpr
from ..reading.workbook import SheetName
from .mapping import Line
from .roster import Roster

UNKNOWN_TARGET = "?"
"""The target of people by dates of whom it is not known yet what they came to."""
NAMESAKE = "namesake"
"""The kind of a name that several people have: in its own sheet only, it means one of them."""


class Issue(NamedTuple):
    """A cell, heading, name or sheet that stops an import.

    `what`: the kind of mapping line that can settle it; empty if only the file can be corrected. `row` 0: the sheet as a whole.
    `value` is what may be shown; `found` what a mapping line says. `guess`: what it most likely means.
    """

    file: str
    sheet: str
    row: int
    column: str
    value: str
    why: str
    what: str = ""
    found: str = ""
    guess: str = ""
    kind: str = ""
    """Of the sheet's rows."""
    name: str = ""
    """Of the column of that kind."""


class RowAt(NamedTuple):
    """A row of a sheet, and why it was left out; empty if it was read."""

    file: str
    sheet: str
    row: int
    why: str


class Finding(NamedTuple):
    """One thing that is not understood, in however many rows."""

    file: str
    sheet: str
    what: str
    column: str
    value: str
    why: str
    rows: tuple[tuple[str, int], ...]
    """(sheet, row) of each."""
    found: str
    guess: str
    kind: str
    name: str

    @property
    def line(self) -> Line | None:
        """The mapping line that is to be filled in; None if the file itself must be corrected, as for a CPR number."""
        if not self.what or any(map(holds_cpr, (self.sheet, self.column, self.found))):
            return None
        key = self.sheet.key if isinstance(self.sheet, SheetName) else self.sheet
        sheet = "" if self.what in ("name", "year") else key
        # Of a heading, the column is its letter if another has the same heading.
        column = self.column if self.what == "value" or self.what == "heading" and self.column != self.found else ""
        return Line("name" if self.what == NAMESAKE else self.what, sheet, column, "" if self.what in ("sheet", "year") else self.found)


class SheetRead(NamedTuple):
    """The outcome of a sheet: `kind` as it is shown, empty if it was not read, `?` if it is people by dates of something unknown."""

    file: str
    sheet: str
    kind: str
    rows: int
    columns: int
    left_out: dict[str, int]
    hidden: str


@dataclass(slots=True)
class Findings:
    """The findings collected while sheets are understood and recorded."""

    bad: list[Issue] = field(default_factory=list)
    rows: list[RowAt] = field(default_factory=list)
    sheets: list[SheetRead] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    completed: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """(sheet, heading, kind of completion) -> number of cells: `year`, `century` or `age`."""
    roster: Roster | None = None
    """Everybody that a name may mean, as far as the sheets were understood."""
    _seen: set[Issue] = field(default_factory=set)

    def add(self, bad: Issue) -> None:
        """Add a bad cell, once."""
        if bad not in self._seen:
            self._seen.add(bad)
            self.bad.append(bad)

    def problems(self) -> list[Finding]:
        """Return the bad cells, those that are alike together, in the order in which they were met."""
        grouped: dict[tuple[str, ...], list[Issue]] = {}
        for bad in self.bad:
            if bad.what == "year":
                column = "" if bad.column == bad.value else bad.column  # the headings of a grid are one
                key: tuple[str, ...] = ("year", bad.file, bad.sheet, column, bad.why)
            elif bad.what == "name":
                key = ("name", bad.found.casefold())
            elif bad.what == "value":
                key = ("value", bad.file, bad.sheet, bad.column, bad.found.casefold())
            else:
                key = bad.what, bad.file, bad.sheet, bad.column, bad.value, bad.why, bad.found
            grouped.setdefault(key, []).append(bad)
        return [
            Finding(*alike[0][:2], *alike[0][6:7], *alike[0][3:6], tuple((each.sheet, each.row) for each in alike), *alike[0][7:])
            for alike in grouped.values()
        ]

    def rows_read(self) -> list[RowAt]:
        """Return the rows that were read, and have no bad cell."""
        bad = {(each.file, each.sheet, each.row) for each in self.bad}
        return [row for row in self.rows if not row.why and row[:3] not in bad]

    def rows_left_out(self) -> list[RowAt]:
        """Return the rows that were left out, each with its reason."""
        return [row for row in self.rows if row.why]
