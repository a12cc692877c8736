"""The whole file as import files: what `import` reads back, exactly."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from ..domain.activities.activities import Activity
from ..domain.people.lookup import Person
from ..render.listing import escape_formula
from ..rowtypes.columns import Column
from ..rowtypes.context import CommandContext
from ..rowtypes.registry import row_types


def export_tables(context: CommandContext) -> Iterator[tuple[str, str, int]]:
    """Yield (kind, CSV text, number of rows) for every kind that has rows."""
    _home = context.store.home  # a national file has none: its rows are those of the cities' own files
    for kind in row_types():
        rows = list(kind.to_export(context))
        if not rows:
            continue
        exported = [column for column in kind.columns if column.exported]
        columns = [column for column in exported if not column.sparse or any(kind.get(row, column.name) is not None for row in rows)]
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([column.name for column in columns])
        writer.writerows([_cell(kind.get(row, column.name), column) for column in columns] for row in rows)
        yield kind.name, text.getvalue(), len(rows)


def _cell(value: Any, column: Column) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case Person():
            return str(value.number)
        case Activity():
            return value.ref
        case ():
            return "none" if column.refers == "people" else ""
        case tuple():
            return "|".join(_cell(each, column) for each in value)
        case float() if value == int(value):
            return str(int(value))
        case str():
            return escape_formula(value)
    return str(value)
