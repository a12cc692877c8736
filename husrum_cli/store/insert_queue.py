"""Inserted rows that wait to be written together, table by table, which is much faster than one by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from .journal import BELONGING, NEW_BY_ID


class InsertQueue:
    """The rows of one transaction that are not written yet. Their references are checked when it is committed, so their order doesn't matter."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: dict[tuple[str, tuple[str, ...]], list[Sequence[Any]]] = {}
        self._last_ids: dict[str, int] = {}
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute(
            "PRAGMA cache_size = -64000"
        )  # 64 MB: the indexes of many rows don't fit in the usual two, and would be written over and over

    def can_queue(self, table: str) -> bool:
        """Whether rows of a table can wait: those that get the next id, or belong to such a row."""
        return table in NEW_BY_ID or table in BELONGING

    def add(self, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> int:
        """Add rows without their ids, and return the id of the last one; 0 if the table has none."""
        if table in NEW_BY_ID:
            if table not in self._last_ids:
                self._last_ids[table] = self._connection.execute(f"SELECT ifnull(max(id), 0) FROM {table}").fetchone()[0]
            first = self._last_ids[table] + 1
            columns, rows = ("id", *columns), [(id, *row) for id, row in enumerate(rows, first)]
            self._last_ids[table] += len(rows)
        self._rows.setdefault((table, columns), []).extend(rows)
        return self._last_ids.get(table, 0)

    def write(self) -> int:
        """Write the rows, and return how many."""
        if not self._rows:
            return 0
        before = self._connection.total_changes
        waiting, self._rows = self._rows, {}
        for (table, columns), rows in waiting.items():
            marks = ", ".join("?" * len(columns))
            self._connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        return self._connection.total_changes - before
