"""One open file: reading rows, and the only SQL that writes them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import Refused, UnusableFile
from ..i18n import _
from .foreign_writes import Counted, Marked
from .sqlite_errors import readable

if TYPE_CHECKING:
    from .journal import Recorder
    from .removed_people import Removed

Row = sqlite3.Row
# Commands that can be taken back. What rows were before holds what was told in confidence, so it is not kept for ever: a hundred are a busy month.
KEPT_STEPS = 100


class Store:
    """A husrum file that is open. One command is one transaction: `with store.writing("event log"): ...`."""

    def __init__(self, connection: sqlite3.Connection, path: Path, counter: int | None = None, key: bytes | None = None) -> None:
        """`counter`: SQLite's counter of changes, as a plain file had it when it was opened. `key`: of an encrypted file."""
        self.connection = connection
        self.path = path
        self.key = key
        self._file = path.stat().st_ino
        self._outside = Counted(connection, path, counter) if key is None else Marked(connection, path)
        self._recorder: Recorder | None = None
        self._undoable = True
        self._written = 0
        self._changed_people: dict[str, set[int]] = {}
        self._beside = False
        self._takes_back: tuple[int, dict[str, list[int]]] | None = None
        self._forgotten = False
        self._told: dict[str, list[int]] | None = None

    def close(self) -> None:
        """Closes the file."""
        self.connection.close()
        self._outside.close()

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
        return {row["id"]: row["name"] for row in self.rows("SELECT id, name FROM branches ORDER BY name COLLATE danish, id")}

    @cached_property
    def national(self) -> bool:
        """Whether it is a file of the nation, which belongs to no branch."""
        return self.setting("home_branch") is None

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
    def writing(self, command: str | None, dry_run: bool = False, undoable: bool = True) -> Iterator[None]:
        """One transaction: all or nothing. What is written is added to the file's lineage as `command`, with what is needed to take it back.

        None: it is no part of the lineage, as what is still being typed is not.
        `undoable`: whether it may be taken back; what is not is written without remembering what was.
        """
        from .journal import Recorder  # who only reads needs nothing of it

        with readable(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                if self.path.stat().st_ino != self._file:  # what is written now would be gone with the old file
                    raise UnusableFile(_("{path} was replaced by another program just now; run the command again.", path=self.path))
                if command is not None:
                    self._notice_change_outside()
                before = self.connection.total_changes
                self._recorder = Recorder(self.connection)
                self._undoable = undoable and command is not None
                self._written = 0
                self._changed_people = {}
                self._beside = False
                yield
                changes = self.connection.total_changes - before
                # Rows that were written past the methods below were not watched.
                self._undoable = undoable and changes == self._written
                if not dry_run and changes and (command is None or self._sign(command)):
                    if command is None:
                        self._outside.carry_on(noticed=False)
                    self.connection.execute("COMMIT")
                    self._outside.written()
                    self._finish_removing()
                else:
                    self.connection.execute("ROLLBACK")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            finally:
                self._recorder = self._told = None
                self._forgotten = False

    @contextmanager
    def undoing(self, shown: Callable[[str], str]) -> Iterator[None]:
        """A transaction in which an edit is taken back with `take_back`. Raises `Refused` where later rows need what would be gone.

        `shown`: what the rows of a table are to a reader.
        """
        # Rows go and come back in any order; whether all of them lead somewhere is looked at when they stand.
        self.connection.execute("PRAGMA foreign_keys = OFF")
        try:
            with self.writing("undo", undoable=False):
                yield
                lost = self.connection.execute("PRAGMA foreign_key_check").fetchone()
                if lost is not None:
                    raise Refused(_("It can't be taken back: what was entered later ({rows}) refers to it.", rows=shown(lost["table"])))
        except sqlite3.IntegrityError:
            raise Refused(_("It can't be taken back: something entered later stands in the place of what was.")) from None
        finally:
            self.connection.execute("PRAGMA foreign_keys = ON")

    def take_back(self, edit: int) -> None:
        """Puts all rows back as they were before an edit, and signs that as an edit of its own. The lineage stays, and grows."""
        import json

        from .journal import take_back

        step = self.row("SELECT wrote, added FROM steps WHERE edit_id = ? AND added IS NOT NULL", edit)
        assert step is not None, "the caller looks whether it can be taken back"
        take_back(self.connection, edit, json.loads(step["added"]))
        self.connection.execute("DELETE FROM former_rows WHERE edit_id = ?", (edit,))
        self._takes_back = (edit, {table: numbers[::-1] for table, numbers in json.loads(step["wrote"]).items()})

    def forget_changes(self, wrote: dict[str, list[int]] | None = None) -> None:
        """Forgets what rows were before: neither this command nor what was written until now can be taken back. Belongs in a transaction.

        `wrote`: what the log tells of it, table -> [rows added, changed, removed]; None: what was seen.
        """
        self._undoable, self._forgotten, self._told = False, True, wrote
        self._forget()  # and once more at the end, what this command itself still wrote down

    def _forget(self) -> None:
        self.connection.execute("UPDATE steps SET added = NULL")
        self.connection.execute("DELETE FROM former_rows")

    @property
    def removing_is_finished(self) -> bool:
        """Whether nothing is left to do for those who were anonymised or erased: the list beside the file knows them all."""
        return not self._missing_beside()

    def finish_removing(self) -> None:
        """Writes the file anew and then the list beside it, where that does not know of all who were anonymised or erased.

        So a run that was killed in between is brought to its end by the next command that writes. Raises `UnusableFile` where it can't be done now.
        """
        if all_of_them := self._missing_beside():
            from .removed_people import remember_beside

            self.vacuum()
            remember_beside(self.path, all_of_them)

    def _missing_beside(self) -> list[Removed]:
        """What the list beside the file should hold; empty where it does."""
        if self.value("SELECT 1 FROM removed_people LIMIT 1") is None:
            return []
        from .removed_people import removed_beside, removed_in, united

        beside = united(removed_beside(self.path))
        wanted = united(beside, removed_in(self.connection))
        return wanted if wanted != beside else []

    def _finish_removing(self) -> None:
        """The same after every command. What was written is written, so what fails here is left to the next one."""
        with suppress(UnusableFile):
            if self._forgotten:
                self.vacuum()
            self.finish_removing()

    def vacuum(self) -> None:
        """Writes the whole file anew, so that nothing is left of what was taken away. Not within a transaction."""
        with readable(self.path):
            self._outside.vacuum()

    @property
    def changed_outside(self) -> bool:
        """Whether another program wrote to the file since the last command did."""
        return self.changes_outside > 0

    @property
    def changes_outside(self) -> int:
        """How many writes of other programs the lineage does not know of yet."""
        return self._outside.changes

    def _notice_change_outside(self) -> None:
        if self.changed_outside:
            edit = self._new_edit("outside", None)
            self.connection.execute("INSERT INTO steps (edit_id, wrote) VALUES (?, '{}')", (edit,))

    def _new_edit(self, command: str, who: str | None) -> int:
        branch = self.value(
            "SELECT branches.id FROM settings JOIN branches ON branches.uid = settings.value WHERE settings.key = 'home_branch'"
        )
        return self.insert("edits", branch_id=branch, at=datetime.now(UTC).isoformat(timespec="seconds"), who=who, command=command)

    def _sign(self, command: str) -> bool:
        """Adds the command to the lineage. False: all rows are as they were, and there is nothing to add."""
        assert self._recorder is not None
        undoable = self._undoable and not self._recorder.took_over_edits
        self.connection.execute("SAVEPOINT signing")
        edit = self._new_edit(command, _login())
        self.insert("steps", edit_id=edit, wrote="{}")
        wrote = self._recorder.finish(edit)
        if self._undoable and not wrote.counts:
            self.connection.execute("ROLLBACK TO signing")
            if self._beside:
                self._outside.carry_on(noticed=True)
            return self._beside
        taken_back, counts = self._takes_back or (None, self._told or wrote.counts)
        self._takes_back = self._told = None
        added = _json(wrote.added) if undoable else None
        self.update("steps", edit, key="edit_id", wrote=_json(counts), added=added, takes_back=taken_back, counter=self._outside.sign())
        if self._forgotten:
            self._forget()
        self._forget_the_oldest()
        return True

    def sign_restored(self) -> None:
        """Adds to a backup's lineage that it was put in the place of a file. Belongs in a transaction."""
        edit = self._new_edit("restore", _login())
        # A number has to stand here, to be settled when the file is whole.
        self.insert("steps", edit_id=edit, wrote="{}", counter=0)

    def _forget_the_oldest(self) -> None:
        oldest = self.value("SELECT edit_id FROM steps WHERE added IS NOT NULL ORDER BY edit_id DESC LIMIT 1 OFFSET ?", KEPT_STEPS)
        if oldest is not None:
            self.connection.execute("UPDATE steps SET added = NULL WHERE edit_id <= ?", (oldest,))
            self.connection.execute("DELETE FROM former_rows WHERE edit_id <= ?", (oldest,))

    def _watch_new(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        if self._recorder is not None and self._undoable and self._recorder.wants(table, columns, rows):
            self._recorder.watch(table, "INSERT")

    def _watch(self, table: str, event: str) -> None:
        from .journal import UNSIGNED

        self._beside = self._beside or table in UNSIGNED
        if self._recorder is not None and self._undoable:
            self._recorder.watch(table, event)

    def people_changed(self, tables: Iterable[str]) -> set[int]:
        """Whose rows in these tables this command has added, changed, moved or deleted so far."""
        return set().union(*(self._changed_people.get(table, ()) for table in tables))

    def _note_people(self, table: str, condition: str, values: Sequence[Any]) -> None:
        """Note whose rows are about to be changed, in the tables that `people_changed` is asked for."""
        if table in ("intakes", "roles", "leaders"):
            found = self.connection.execute(f"SELECT person_id FROM {table} WHERE {condition}", values)
            self._changed_people.setdefault(table, set()).update(row[0] for row in found)

    def insert(self, table: str, **values: Any) -> int:
        """Adds a row, and gives its id."""
        if "person_id" in values:
            self._changed_people.setdefault(table, set()).add(values["person_id"])
        self._watch_new(table, tuple(values), [tuple(values.values())])
        columns = ", ".join(values)
        marks = ", ".join("?" * len(values))
        cursor = self._write(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(values.values()))
        return int(cursor.lastrowid or 0)

    def insert_many(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Adds rows, in the order given."""
        rows = list(rows)
        if "person_id" in columns:
            self._changed_people.setdefault(table, set()).update(row[columns.index("person_id")] for row in rows)
        self._watch_new(table, columns, rows)
        marks = ", ".join("?" * len(columns))
        before = self.connection.total_changes
        self.connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        self._written += self.connection.total_changes - before

    def update(self, table: str, id: int, key: str = "id", **values: Any) -> None:
        """Changes columns of one row."""
        if values:
            self._note_people(table, f"{key} = ?", (id,))
            self._watch(table, "UPDATE")
            changes = ", ".join(f"{column} = ?" for column in values)
            self._write(f"UPDATE {table} SET {changes} WHERE {key} = ?", (*values.values(), id))

    def update_all(self, table: str, where: dict[str, Any], **values: Any) -> None:
        """Changes columns of all rows that have the values of `where`; None matches what is empty."""
        self._note_people(table, _condition(where), tuple(where.values()))
        self._watch(table, "UPDATE")
        changes = ", ".join(f"{column} = ?" for column in values)
        self._write(f"UPDATE {table} SET {changes} WHERE {_condition(where)}", (*values.values(), *where.values()))

    def move(self, table: str, column: str, old: int, new: int) -> None:
        """Gives rows to another one. A row that the other has already stays where it is."""
        if column == "person_id":
            self._changed_people.setdefault(table, set()).add(new)
        self._watch(table, "UPDATE")
        self._write(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?", (new, old))

    def delete(self, table: str, **where: Any) -> None:
        """Takes away the rows that have these values; None matches what is empty."""
        self._note_people(table, _condition(where), tuple(where.values()))
        self._watch(table, "DELETE")
        self._write(f"DELETE FROM {table} WHERE {_condition(where)}", tuple(where.values()))

    def set(self, key: str, value: str) -> None:
        """Keeps a setting of this file."""
        self._watch_new("settings", ("key",), [(key,)])
        self._watch("settings", "UPDATE")
        self._write("INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value))

    def _write(self, sql: str, values: tuple[Any, ...]) -> sqlite3.Cursor:
        before = self.connection.total_changes
        cursor = self.connection.execute(sql, values)
        self._written += self.connection.total_changes - before
        return cursor


def _login() -> str | None:
    return next((name for variable in ("USER", "LOGNAME", "USERNAME") if (name := os.environ.get(variable))), None)


def _json(numbers: dict[str, list[int]]) -> str:
    """Names and numbers as JSON, without loading the library for it in every command that writes."""
    return str(numbers).replace("'", '"')


def _condition(where: dict[str, Any]) -> str:
    return " AND ".join(f"{column} IS ?" for column in where)
