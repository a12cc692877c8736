"""One open file: reading rows, and the only SQL that writes them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from ..errors import Refused, UnusableFile
from ..locale import _

Row = sqlite3.Row


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turns what SQLite says about the file into a sentence. A broken rule of ours stays what it is: a bug."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        raise UnusableFile(_reason(path, error)) from None


def _reason(path: Path, error: sqlite3.DatabaseError) -> str:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return _("{path} is being written by another program; try again when it is done.", path=path)
    if name.startswith("SQLITE_FULL"):
        return _("The disk is full; nothing was written to {path}.", path=path)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM", "SQLITE_AUTH")):
        return _("{path} can't be read or written here; nothing was changed.", path=path)
    if name in ("SQLITE_CORRUPT", "SQLITE_NOTADB") or name.startswith("SQLITE_CORRUPT"):
        return _("{path} is damaged or no husrum file; restore a backup.", path=path)
    raise error


class Store:
    """A husrum file that is open. One command is one transaction: `with store.writing("event log"): ...`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path

    def close(self) -> None:
        """Closes the file."""
        self.connection.close()

    # Reading

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """All rows that the query selects."""
        return self.connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> Row | None:
        """The first row that the query selects, if there is one."""
        found: Row | None = self.connection.execute(sql, values).fetchone()
        return found

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first row, or None."""
        row = self.connection.execute(sql, values).fetchone()
        return None if row is None else row[0]

    # Settings and branches

    def setting(self, key: str) -> str | None:
        """A setting of this file."""
        value: str | None = self.value("SELECT value FROM settings WHERE key = ?", key)
        return value

    @cached_property
    def branches(self) -> dict[int, str]:
        """The branches in the file: id -> name, in order of name."""
        return {row["id"]: row["name"] for row in self.rows("SELECT id, name FROM branches ORDER BY name, id")}

    @cached_property
    def home(self) -> int:
        """The branch that is written here. Raises `Refused` in a national file, which has none."""
        branch = self.value(
            "SELECT branches.id FROM settings JOIN branches ON branches.uid = settings.value WHERE settings.key = 'home_branch'"
        )
        if branch is None:
            raise Refused(_("{path} is a national file; people and activities are entered in their city's own file.", path=self.path))
        return int(branch)

    # Writing

    @contextmanager
    def writing(self, command: str | None, dry_run: bool = False) -> Iterator[None]:
        """One transaction: all or nothing. What is written is added to the file's lineage as `command`; None: it is no part of that."""
        with readable(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            before = self.connection.total_changes
            try:
                yield
                if dry_run:
                    self.connection.execute("ROLLBACK")
                    return
                if command and self.connection.total_changes > before:
                    self._sign(command)
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def _sign(self, command: str) -> None:
        branch = self.value(
            "SELECT branches.id FROM settings JOIN branches ON branches.uid = settings.value WHERE settings.key = 'home_branch'"
        )
        who = os.environ.get("USER") or os.environ.get("USERNAME")
        self.insert("edits", branch_id=branch, at=datetime.now(UTC).isoformat(timespec="seconds"), who=who, command=command)

    def insert(self, table: str, **values: Any) -> int:
        """Adds a row, and gives its id."""
        columns = ", ".join(values)
        marks = ", ".join("?" * len(values))
        cursor = self.connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(values.values()))
        return int(cursor.lastrowid or 0)

    def insert_many(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Adds rows, in the order given."""
        marks = ", ".join("?" * len(columns))
        self.connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def update(self, table: str, id: int, key: str = "id", **values: Any) -> None:
        """Changes columns of one row."""
        if values:
            changes = ", ".join(f"{column} = ?" for column in values)
            self.connection.execute(f"UPDATE {table} SET {changes} WHERE {key} = ?", (*values.values(), id))

    def update_all(self, table: str, where: dict[str, Any], **values: Any) -> None:
        """Changes columns of all rows that have the values of `where`; None matches what is empty."""
        changes = ", ".join(f"{column} = ?" for column in values)
        self.connection.execute(f"UPDATE {table} SET {changes} WHERE {_condition(where)}", (*values.values(), *where.values()))

    def move(self, table: str, column: str, old: int, new: int) -> None:
        """Gives rows to another one. A row that the other has already stays where it is."""
        self.connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?", (new, old))

    def delete(self, table: str, **where: Any) -> None:
        """Takes away the rows that have these values; None matches what is empty."""
        self.connection.execute(f"DELETE FROM {table} WHERE {_condition(where)}", tuple(where.values()))

    def set(self, key: str, value: str) -> None:
        """Keeps a setting of this file."""
        self.connection.execute("INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value))


def _condition(where: dict[str, Any]) -> str:
    return " AND ".join(f"{column} IS ?" for column in where)
