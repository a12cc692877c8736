"""Records of an export: its sheets."""

from __future__ import annotations

from typing import Any, NamedTuple


class SheetColumn(NamedTuple):
    """A column of a sheet: its width in characters, and what its numbers are. `kind`: text, number, percent (a fraction), or kroner.

    `printed`: False for a first column that is not for paper.
    """

    heading: str
    width: int
    kind: str = "text"
    printed: bool = True


class ExportSheet(NamedTuple):
    """A table of an export. An empty cell is None. `shared`: the worksheet that it shares with the tables next to it."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: list[tuple[Any, ...]]
    shared: str = ""
