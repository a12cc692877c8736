"""Records of an export: its sheets."""

from __future__ import annotations

from typing import Any, NamedTuple


class SheetColumn(NamedTuple):
    """A column of a sheet: its width in characters, and what its numbers are. `kind`: text, number, percent (a fraction), or kroner."""

    heading: str
    width: int
    kind: str = "text"


class ExportSheet(NamedTuple):
    """A table of an export. An empty cell is None."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: list[tuple[Any, ...]]
