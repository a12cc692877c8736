"""The whole file as import files: what `import` reads back, exactly."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from ..domain.activities.activities import Activity
from ..domain.people.lookup import Person
from ..render.listing import defused
from ..rowtypes.columns import COLUMNS, Values
from ..rowtypes.context import Book
from ..rowtypes.events import differing_days
from ..rowtypes.registry import KINDS

# Told by rows of their own, which hold the periods and the days as well.
_TOLD_ELSEWHERE = {
    "intakes": {"person"},
    "volunteers": {"person", "role", "intro_course", "left"},
    "groups": {"weeks", "skip", "leader"},
    "meetings": {"absent"},
}
# Left out where no row has it.
_SELDOM = {"age"}
_LISTS = ("present", "volunteers")


def export_tables(book: Book) -> Iterator[tuple[str, str, int]]:
    """(kind, CSV text, number of rows) for every kind that has rows."""
    for name, kind in KINDS.items():
        rows = list(differing_days(book)) if name == "attendance" else [held.values for held in kind.held(book)]
        if not rows:
            continue
        columns = [column.name for column in COLUMNS[name] if column.name not in _TOLD_ELSEWHERE.get(name, ())]
        columns = [column for column in columns if column not in _SELDOM or any(values.get(column) is not None for values in rows)]
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        seen: set[int] = set()
        for values in rows:
            writer.writerow([_cell(column, cell) for column, cell in zip(columns, _cells(name, columns, values, seen), strict=True)])
        yield name, text.getvalue(), len(rows)


def _cells(kind: str, columns: list[str], values: Values, seen: set[int]) -> list[Any]:
    """The cells of a row. What a meeting or event was is told in full, so that nothing is taken for granted when it is read back."""
    cells = dict(values)
    state = values.get("state")
    if state is not None:
        cells["planned"], cells["cancelled"] = state == "planned", state == "cancelled"
        if state != "held":
            cells = {name: value for name, value in cells.items() if name not in ("unnamed", "corrected")}
        elif kind != "events":
            cells = {**cells, **{name: values.get(name) or "none" for name in _LISTS}}
        if kind == "attendance" and state == "held":
            cells["unnamed"] = str(values["unnamed"])
    return [cells.get(column) for column in columns]


def _cell(column: str, value: Any) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case Person():
            return str(value.number)
        case Activity():
            return value.ref
        case list() | tuple():
            return "|".join(_cell(column, each) for each in value)
        case float() if value == int(value):
            return str(int(value))
        case str():
            return defused(value)
    return str(value)
