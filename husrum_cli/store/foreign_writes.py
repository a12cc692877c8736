"""Whether another program wrote to a file since the last command did: the newest step knows how the file's first bytes looked after it."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from .header import change_counter, mark_in

_LAST_STEP = "edit_id = (SELECT max(edit_id) FROM steps WHERE counter IS NOT NULL)"
# From here on, numbers say that an encrypted file's step is not settled yet: as long as a mark, so that the row keeps its place. And what no mark is.
_UNSETTLED, _NO_MARK = 1 << 62, 1


class Counted:
    """A plain file: SQLite counts in its first bytes how often it was written, so what the count will be is known before.

    `counter`: as the file had it when it was opened; None where it isn't needed.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, counter: int | None) -> None:
        self._connection, self._path, self._counter = connection, path, counter
        self._next: int | None = None

    @property
    def changes(self) -> int:
        """How many writes of other programs the lineage does not know of yet."""
        last = _last(self._connection)
        return max(0, self._counter - last) if last is not None and self._counter is not None else 0

    def sign(self) -> int | None:
        """What the step of the command that is being written keeps."""
        if self._counter is not None:
            # Since this file was opened, another husrum may have written; it left its own number.
            self._next = max(self._counter, _last(self._connection) or 0) + 1
        return self._next

    def carry_on(self, noticed: bool) -> None:
        """This write is no part of the lineage, and none from outside: the last step knows of one write more.

        `noticed`: what was written outside stands in the lineage; else the last step knows of that as little as before.
        """
        known, counter = _last(self._connection), self.sign()
        if known is not None and counter is not None:
            _keep(self._connection, counter if noticed else known + 1)

    def written(self) -> None:
        """The command is written."""
        self._counter = self._next

    def vacuum(self) -> None:
        """Writes the whole file anew, which is no change from outside."""
        before = change_counter(self._path) or 0
        self._connection.execute("VACUUM")
        after = change_counter(self._path) or 0
        self._connection.execute(f"UPDATE steps SET counter = counter + ? WHERE {_LAST_STEP}", (after - before + 1,))
        self._counter = after + 1

    def close(self) -> None:
        """Nothing is held open."""


class Marked:
    """An encrypted file: its first bytes are others each time it is written, drawn by lot, and known only afterwards."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path
        self._settles = False
        self._file: BinaryIO | None = None

    @property
    def changes(self) -> int:
        """Whether there were writes of other programs that the lineage does not know of yet: 1 or 0; how many can't be told."""
        reads = not self._connection.in_transaction
        if reads:  # so that nobody writes between the two looks
            self._connection.execute("BEGIN")
        try:
            last = _last(self._connection)
            return int(last is not None and last < _UNSETTLED and last != self._mark())
        finally:
            if reads:
                self._connection.execute("COMMIT")

    def sign(self) -> int:
        """What the step of the command that is being written keeps until that is `written`."""
        self._settles = True
        return _UNSETTLED

    def carry_on(self, noticed: bool) -> None:
        """This write is no part of the lineage, and none from outside. `noticed`: what was written outside stands in the lineage."""
        self._settles = noticed or not self.changes
        if self._settles:
            _keep(self._connection, _UNSETTLED)

    def written(self) -> None:
        """The command is written."""
        if self._settles:
            _settle(self._connection, self._opened())

    def vacuum(self) -> None:
        """Writes the whole file anew, which is no change from outside."""
        settles = not self.changes
        if settles:
            _keep(self._connection, _UNSETTLED)
        self._connection.execute("VACUUM")
        if settles:
            _settle(self._connection, self._opened())

    def close(self) -> None:
        """Lets go of the file; on POSIX that lets go of the locks on it too, so the connection must be closed before."""
        if self._file is not None:
            self._file.close()

    def _opened(self) -> BinaryIO:
        self._file = self._file or self._path.open("rb", buffering=0)
        return self._file

    def _mark(self) -> int:
        return mark_in(self._opened())


def settle_copy(connection: sqlite3.Connection, path: Path, changes: int = 0) -> None:
    """Makes the newest step of a file that was just made, and that nobody else has open, agree with its first bytes.

    `changes`: writes of other programs that the lineage does not know of; the copy says the same.
    """
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'steps'").fetchone():
        return
    counter = change_counter(path)
    if counter is not None:
        _keep(connection, counter + 1 - changes)
    elif changes:
        _keep(connection, _NO_MARK)
    else:
        with path.open("rb", buffering=0) as file:
            _settle(connection, file)


def _settle(connection: sqlite3.Connection, file: BinaryIO) -> None:
    """Lets the newest step keep the first bytes as they are.

    While SQLite keeps a file locked it writes them with the first change only, so the second one can say what they have become. If the file can't be locked,
    or the program ends in between, the step stays unsettled: a change from outside is then not noticed until the next command.
    """
    try:
        with suppress(sqlite3.OperationalError):
            connection.execute("BEGIN EXCLUSIVE")
            # Only now: who waits for the others while it keeps what it has makes them wait for ever.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            # Another number each time: SQLite writes nothing where nothing differs.
            _keep(connection, _UNSETTLED + (_last(connection) == _UNSETTLED))
            connection.execute("COMMIT")
            _keep(connection, mark_in(file))
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA locking_mode = NORMAL")
        connection.execute("SELECT 1 FROM steps LIMIT 1").fetchone()  # with this the lock is given up


def _last(connection: sqlite3.Connection) -> int | None:
    row = connection.execute(f"SELECT counter FROM steps WHERE {_LAST_STEP}").fetchone()
    return None if row is None else row[0]


def _keep(connection: sqlite3.Connection, counter: int) -> None:
    connection.execute(f"UPDATE steps SET counter = ? WHERE {_LAST_STEP}", (counter,))
