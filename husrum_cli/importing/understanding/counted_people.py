"""Columns that count people: those who came without a name, or everybody, of whom the named and the guests are a part."""

from __future__ import annotations

import re
from typing import Protocol

from ...i18n import _
from ...rowtypes.columns import Column
from ...rowtypes.registry import row_type
from ..reading.workbook import Value
from .context import SheetContext
from .mapping import TOTAL
from .tables import Table, cell_text
from .words import how_likely_participants, is_part, is_unknown, says_how_many

IN_ALL = "in_all"
"""Participants of whom the named are a part, as the mapping's “total” means it; some kinds have a column `total` of their own."""
_ABOUT = re.compile(r"(ca\.?\s*)?[0-9]{1,4}(\s*(unge|deltagere|personer|pers\.?|stk\.?))?", re.IGNORECASE)


class SheetColumns(Protocol):
    """The columns of a sheet while its headings are read: place -> column in `columns`, column -> its heading in `headings`."""

    context: SheetContext
    kind: str
    table: Table
    declared: dict[str, Column]
    columns: dict[int, str]
    headings: dict[str, str]

    def filled(self, place: int) -> list[tuple[int, Value]]:
        """Return the cells of a column: (row number, value)."""

    def take(self, place: int, column: str) -> None:
        """Take a place as a column."""


def count_people(at: SheetColumns, unknown: list[int]) -> None:
    """Take the column that says how many came as participants without a name, if nobody is named; ask what it counts next to a column of guests."""
    if "unnamed" not in at.declared or at.context.exact or IN_ALL in at.columns.values():
        return
    named = _place(at, "present")
    if named is not None and not (says_how_many(at.table.headings.get(named, "")) and _has_numbers(at, named)):
        return
    counts = [place for place in unknown if how_likely_participants(at.table.headings.get(place, "")) and _counts_some(at, place)]
    likely = counts if named is None else [named]
    likely.sort(key=lambda place: -how_likely_participants(at.table.headings[place]))
    guests = _place(at, "unnamed")
    for place in likely[:1]:
        heading = at.table.headings[place]
        if at.columns.pop(place, None):
            at.headings.pop("present", None)
        if place in unknown:
            unknown.remove(place)
        if guests is not None:
            at.context.add_issue(at.table.heading_row, heading, heading, _besides(at, guests), "heading", TOTAL)
            at.take(place, IN_ALL)
            continue
        at.take(place, "unnamed")
        note = _("{sheet}: “{heading}” was counted as participants without a name.", sheet=at.context.sheet.name, heading=heading)
        at.context.findings.notes.append(note)


def counts_more(at: SheetColumns, place: int) -> bool:
    """Whether a column says how many came, and says more in some row than are named or guests there: the others came without a name."""
    named, guests, heading = _place(at, "present"), _place(at, "unnamed"), at.table.headings.get(place, "")
    if named is None or at.context.exact or IN_ALL in at.columns.values() or not says_how_many(heading) or is_part(heading):
        return False
    known = {number: len(at.context.parts(cell_text(value))) for number, value in at.filled(named)}
    for number, value in at.filled(guests) if guests is not None else ():
        known[number] = known.get(number, 0) + (_number(cell_text(value)) or 0)
    return any((_number(cell_text(value)) or 0) > known.get(number, 0) for number, value in at.filled(place))


def ask_for_total(at: SheetColumns, place: int) -> None:
    """Add a heading that counts more people than are named, and take its column for the total, so that its values are asked about at the same time."""
    heading = at.table.headings[place]
    why = _("it counts more people than are named; total: the others came without a name")
    at.context.add_issue(at.table.heading_row, heading, heading, why, "heading", TOTAL)
    at.take(place, IN_ALL)


def _besides(at: SheetColumns, guests: int) -> str:
    """Ask whether a number of people counts the guests too."""
    word = row_type(at.kind).word("unnamed")
    return _(
        "does it count those of “{guests}” too? total: it does; {unnamed} for both columns: they came besides",
        guests=at.table.headings.get(guests, ""),
        unnamed=word,
    )


def _place(at: SheetColumns, column: str) -> int | None:
    return next((place for place, taken in at.columns.items() if taken == column and at.filled(place)), None)


def _number(text: str) -> int | None:
    """Return the number of people in a cell, also of `ca. 12`; None if there is none."""
    return int(re.sub("[^0-9]", "", text)) if _ABOUT.fullmatch(text.strip()) else None


def _has_numbers(at: SheetColumns, place: int) -> bool:
    """Whether a column holds one number in every cell, or something like `ca. 12`."""
    cells = [cell_text(value).strip() for _number, value in at.filled(place)]
    return all(_ABOUT.fullmatch(cell) or is_unknown(cell) for cell in cells)


def _counts_some(at: SheetColumns, place: int) -> bool:
    """Whether most cells of a column are numbers."""
    cells = [cell_text(value).strip() for _number, value in at.filled(place)]
    return 2 * sum(bool(_ABOUT.fullmatch(cell)) for cell in cells) > len(cells)
