"""What rows about groups and rows about events both read from the file."""

from __future__ import annotations

from ..domain.activities.activities import COLUMNS, Activity
from .context import Book


def activities(book: Book, letter: str) -> dict[int, Activity]:
    """The groups or events of the file."""
    rows = book.store.rows(f"SELECT {COLUMNS} FROM activities WHERE ref GLOB ? || '*' ORDER BY id", letter)
    return {row["id"]: Activity(*row) for row in rows}


def gathered(book: Book, sql: str) -> dict[int, list[str]]:
    """What belongs to each activity: the second column of a query, gathered by the first."""
    found: dict[int, list[str]] = {}
    for id, value in book.store.connection.execute(sql):
        found.setdefault(id, []).append(value)
    return found
