"""Detect writes by other programs, by comparing the first bytes of the file with what the newest step recorded after our last command."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from .connection import change_counter, encrypted_write_mark

_LAST_STEP = "edit_id = (SELECT max(edit_id) FROM steps WHERE counter IS NOT NULL)"
# The placeholder in an encrypted file's step until its mark is known: as long as a mark, so that the row keeps its size. And a number that is not a mark.
_PENDING, _NO_MARK = 1 << 62, 1


class PlainFileWatch:
    """A watch on SQLite's file change counter, which every write raises by one: its next value is known before the write.

    `counter`: its value when the file was opened; None if nobody asks.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, counter: int | None) -> None:
        self._connection, self._path, self._counter = connection, path, counter
        self._next: int | None = None

    @property
    def changes(self) -> int:
        """The number of foreign writes that are not logged yet."""
        last = _last(self._connection)
        return max(0, self._counter - last) if last is not None and self._counter is not None else 0

    def next_value(self) -> int | None:
        """Return the file's state as recorded in the current command's step."""
        if self._counter is not None:
            # Another husrum may have written since this one opened the file, and recorded its own value.
            self._next = max(self._counter, _last(self._connection) or 0) + 1
        return self._next

    def record_unlogged(self, foreign_logged: bool) -> None:
        """Let the last step account for a write of ours that is not logged. `foreign_logged`: foreign writes before it are logged by now."""
        known, counter = _last(self._connection), self.next_value()
        if known is not None and counter is not None:
            _record(self._connection, counter if foreign_logged else known + 1)

    def committed(self) -> None:
        """Record that the current command was committed."""
        self._counter = self._next

    def vacuum(self) -> None:
        """Run VACUUM, a write of our own that is not logged."""
        before = change_counter(self._path) or 0
        self._connection.execute("VACUUM")
        after = change_counter(self._path) or 0
        self._connection.execute(f"UPDATE steps SET counter = counter + ? WHERE {_LAST_STEP}", (after - before + 1,))
        self._counter = after + 1

    def rolled_back(self) -> None:
        """Do nothing: SQLite has put the counter back."""

    def close(self) -> None:
        """Do nothing: there is nothing to close."""


class EncryptedFileWatch:
    """A watch on bytes of the first page, which are random at every write, and known only after it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path
        self._records = False
        self._file: BinaryIO | None = None

    @property
    def changes(self) -> int:
        """1 if there were foreign writes that are not logged yet, else 0; their number is unknown."""
        reads = not self._connection.in_transaction
        if reads:  # nobody may write between reading the step and the mark
            self._connection.execute("BEGIN")
        try:
            last = _last(self._connection)
            return int(last is not None and last < _PENDING and last != encrypted_write_mark(self._opened()))
        finally:
            if reads:
                self._connection.execute("COMMIT")

    def next_value(self) -> int:
        """Return the state recorded in the current command's step until it is `committed`."""
        self._records = True
        return _PENDING

    def record_unlogged(self, foreign_logged: bool) -> None:
        """Let the last step account for a write of ours that is not logged. `foreign_logged`: foreign writes before it are logged by now."""
        self._records = foreign_logged or not self.changes
        if self._records:
            _record(self._connection, _PENDING)

    def committed(self) -> None:
        """Record that the current command was committed."""
        if self._records:
            _record_mark(self._connection, self._opened())

    def vacuum(self) -> None:
        """Run VACUUM, a write of our own that is not logged."""
        records = not self.changes
        if records:
            _record(self._connection, _PENDING)
        self._connection.execute("VACUUM")
        if records:
            _record_mark(self._connection, self._opened())

    def rolled_back(self) -> None:
        """Record the mark of a file in which a killed command was just rolled back: what SQLite put back has new bytes, though nothing changed."""
        _record_mark(self._connection, self._opened())

    def close(self) -> None:
        """Close the file. On POSIX that releases the locks on it too, so the connection must be closed before."""
        if self._file is not None:
            self._file.close()

    def _opened(self) -> BinaryIO:
        self._file = self._file or self._path.open("rb", buffering=0)
        return self._file


def settle_copy(connection: sqlite3.Connection, path: Path, changes: int = 0) -> None:
    """Record the first bytes of a new copy that nobody else has open. `changes`: foreign writes that are not logged yet; the copy reports them too."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'steps'").fetchone():
        return
    counter = change_counter(path)
    if counter is not None:
        _record(connection, counter + 1 - changes)
    elif changes:
        _record(connection, _NO_MARK)
    else:
        with path.open("rb", buffering=0) as file:
            _record_mark(connection, file)


def _record_mark(connection: sqlite3.Connection, file: BinaryIO) -> None:
    """Record the current mark in the newest step, although recording it is a write itself.

    While SQLite holds an exclusive lock, only the first transaction changes the mark, so the second can record it. If the file can't be locked, or
    the program is killed in between, the step stays pending: a foreign write then goes unnoticed until the next command.
    """
    try:
        with suppress(sqlite3.OperationalError):
            connection.execute("BEGIN EXCLUSIVE")
            # Not before: waiting for others while keeping one's own lock would make them wait forever.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            # Another value each time: SQLite writes nothing if nothing differs.
            _record(connection, _PENDING + (_last(connection) == _PENDING))
            connection.execute("COMMIT")
            _record(connection, encrypted_write_mark(file))
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA locking_mode = NORMAL")
        connection.execute("SELECT 1 FROM steps LIMIT 1").fetchone()  # only now is the lock released


def _last(connection: sqlite3.Connection) -> int | None:
    row = connection.execute(f"SELECT counter FROM steps WHERE {_LAST_STEP}").fetchone()
    return None if row is None else row[0]


def _record(connection: sqlite3.Connection, counter: int) -> None:
    connection.execute(f"UPDATE steps SET counter = ? WHERE {_LAST_STEP}", (counter,))
