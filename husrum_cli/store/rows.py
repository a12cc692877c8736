"""The rows of an open file: reading them, and writing them so that the recorder sees what changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from .insert_queue import InsertQueue
    from .journal import Recorder

Row = sqlite3.Row
ReadT = TypeVar("ReadT")


class Rows:
    """The rows of an open file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._queue: InsertQueue | None = None
        self._recorder: Recorder | None = None
        # Of the current transaction:
        self._undoable = True
        self._rows_written = 0
        self._draft_written = False
        self._changed_people: dict[str, set[int]] = {}
        # The number of writes to each table, so that data read from it can be cached until the next one.
        self.writes: dict[str, int] = {}
        self._temporary_rows = 0
        self._cached: dict[Callable[..., Any], tuple[tuple[int, int], Any]] = {}

    # Reading

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection. What waits in the queue is written first, so that whoever reads finds it."""
        if self._queue is not None:
            self._rows_written += self._queue.write()
        return self._connection

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """Return all rows of a query."""
        return self.connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> Row | None:
        """Return the first row of a query, if there is one."""
        found: Row | None = self.connection.execute(sql, values).fetchone()
        return found

    def value(self, sql: str, *values: Any) -> Any:
        """Return the first column of the first row, or None."""
        row = self.connection.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def cached(self, table: str | None, read: Callable[[Self], ReadT]) -> ReadT:
        """Return what a function reads from a table. It is read again when the table was written to; None: when anything was."""
        version = self._version(table)
        if read not in self._cached or self._cached[read][0] != version:
            self._cached[read] = version, read(self)
        found: ReadT = self._cached[read][1]
        return found

    def keep_cached(self, table: str, read: Callable[[Self], ReadT], value: ReadT) -> None:
        """Let `cached` return a value that takes account of what was just written to the table."""
        self._cached[read] = self._version(table), value

    def _version(self, table: str | None) -> tuple[int, int]:
        if table is not None:
            return self.writes.get(table, 0), 0
        return sum(self.writes.values()), self.connection.total_changes - self._temporary_rows

    # Writing

    def _watch_new(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        self.writes[table] = self.writes.get(table, 0) + 1
        if self._recorder is not None and self._undoable and self._recorder.must_watch(table, columns, rows):
            self._recorder.watch(table, "INSERT")

    def _watch(self, table: str, event: str) -> None:
        from .journal import UNSIGNED

        self.writes[table] = self.writes.get(table, 0) + 1
        self._draft_written = self._draft_written or table in UNSIGNED
        if self._recorder is not None and self._undoable:
            self._recorder.watch(table, event)

    def take_changed_people(self, tables: Iterable[str]) -> set[int]:
        """Return the people whose rows in these tables this command has added, changed, moved or deleted since the last call."""
        return set().union(*(self._changed_people.pop(table, ()) for table in tables))

    def _note_people(self, table: str, condition: str, values: Sequence[Any]) -> None:
        """Note whose rows are about to be changed, in the tables that `take_changed_people` is asked for."""
        if table in ("intakes", "roles", "leaders"):
            found = self.connection.execute(f"SELECT person_id FROM {table} WHERE {condition}", values)
            self._changed_people.setdefault(table, set()).update(row[0] for row in found)

    @contextmanager
    def queueing(self) -> Iterator[None]:
        """Let inserted rows wait until something is read, and write them table by table. Within a transaction."""
        from .insert_queue import InsertQueue

        self._queue = InsertQueue(self.connection)
        try:
            yield
            self._rows_written += self._queue.write()
        finally:
            self._queue = None

    def insert(self, table: str, **values: Any) -> int:
        """Insert a row, and return its id."""
        return self._insert(table, tuple(values), [tuple(values.values())])

    def insert_many(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows, in the order given."""
        if listed := list(rows):
            self._insert(table, tuple(columns), listed)

    def _insert(self, table: str, columns: tuple[str, ...], rows: list[Sequence[Any]]) -> int:
        if "person_id" in columns:
            place = columns.index("person_id")
            self._changed_people.setdefault(table, set()).update([row[place] for row in rows])
        self._watch_new(table, columns, rows)
        if self._queue is not None and self._queue.can_queue(table):
            return self._queue.add(table, columns, rows)
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        before = self.connection.total_changes
        cursor = self._connection.execute(sql, rows[0]) if len(rows) == 1 else self._connection.executemany(sql, rows)
        self._rows_written += self._connection.total_changes - before
        return int(cursor.lastrowid or 0)

    def update(self, table: str, id: int, key: str = "id", **values: Any) -> None:
        """Update columns of one row."""
        if values:
            self._note_people(table, f"{key} = ?", (id,))
            self._watch(table, "UPDATE")
            changes = ", ".join(f"{column} = ?" for column in values)
            self._write(f"UPDATE {table} SET {changes} WHERE {key} = ?", (*values.values(), id))

    def update_all(self, table: str, where: dict[str, Any], **values: Any) -> None:
        """Update columns of all rows with the values of `where`; None matches NULL."""
        self._note_people(table, _condition(where), tuple(where.values()))
        self._watch(table, "UPDATE")
        changes = ", ".join(f"{column} = ?" for column in values)
        self._write(f"UPDATE {table} SET {changes} WHERE {_condition(where)}", (*values.values(), *where.values()))

    def move(self, table: str, column: str, old: int, new: int) -> None:
        """Move rows from one parent to another. A row that the other has already is left."""
        if column == "person_id":
            self._changed_people.setdefault(table, set()).add(new)
        self._watch(table, "UPDATE")
        self._write(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?", (new, old))

    def delete(self, table: str, **where: Any) -> None:
        """Delete the rows with these values; None matches NULL."""
        self._note_people(table, _condition(where), tuple(where.values()))
        self._watch(table, "DELETE")
        self._write(f"DELETE FROM {table} WHERE {_condition(where)}", tuple(where.values()))

    def set(self, key: str, value: str) -> None:
        """Store a setting of this file."""
        self._watch_new("settings", ("key",), [(key,)])
        self._watch("settings", "UPDATE")
        self._write("INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value))

    def _write(self, sql: str, values: tuple[Any, ...]) -> sqlite3.Cursor:
        before = self.connection.total_changes
        cursor = self.connection.execute(sql, values)
        self._rows_written += self.connection.total_changes - before
        return cursor


def _condition(where: dict[str, Any]) -> str:
    return " AND ".join(f"{column} IS ?" for column in where)
