"""An open file: the only code that writes rows."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CommitState, Refused, UnusableFile
from ..i18n import _
from .foreign_writes import EncryptedFileWatch, PlainFileWatch
from .rows import Rows
from .sqlite_errors import translating_sqlite_errors

if TYPE_CHECKING:
    from .removed_people import RemovedList, Withdrawal

# Commands that can be undone. Former rows are sensitive, so they are not kept forever: a hundred commands are a busy month.
KEPT_STEPS = 100


class Store(Rows):
    """An open husrum file. One command is one transaction: `with store.writing("event log"): ...`."""

    def __init__(self, connection: sqlite3.Connection, path: Path, counter: int | None = None, key: bytes | None = None) -> None:
        """`counter`: the change counter of a plain file when it was opened. `key`: of an encrypted file."""
        super().__init__(connection)
        self.path = path
        self.key = key
        self._inode = path.stat().st_ino
        self._foreign = PlainFileWatch(connection, path, counter) if key is None else EncryptedFileWatch(connection, path)
        # Of the current transaction:
        self._logged: int | None = None
        self._forgotten = False
        self._wrote: dict[str, list[int]] | None = None
        self._about: str | None = None
        self.withdrawn_no_more: set[Withdrawal] = set()

    def rolled_back(self) -> None:
        """Take note that SQLite has just rolled back a command that was killed."""
        self._foreign.rolled_back()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()
        self._foreign.close()

    # Settings and branches

    def setting(self, key: str) -> str | None:
        """Return a setting of this file."""
        value: str | None = self.value("SELECT value FROM settings WHERE key = ?", key)
        return value

    @cached_property
    def branches(self) -> dict[int, str]:
        """The branches in the file: id -> name, in order of name."""
        return {row["id"]: row["name"] for row in self.rows("SELECT id, name FROM branches ORDER BY name COLLATE danish, id")}

    @cached_property
    def national(self) -> bool:
        """Whether this is a national file, which has no home branch."""
        return self.setting("home_branch") is None

    @cached_property
    def home(self) -> int:
        """The id of the branch that is written here. Raises `Refused` in a national file, which has none."""
        branch = self.own_branch
        if branch is None:
            raise Refused(_("{path} is a national file; people and activities are entered in their city's own file.", path=self.path))
        return branch

    @property
    def own_branch(self) -> int | None:
        """The id of the branch that is written here; None: the nation's own rows."""
        found: int | None = self.value(
            "SELECT branches.id FROM settings JOIN branches ON branches.uid = settings.value WHERE settings.key = 'home_branch'"
        )
        return found

    # Writing

    def keep_others_from_writing(self) -> None:
        """Begin a transaction, once nobody else is writing. Raises `UnusableFile` if the file was replaced meanwhile."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        finally:
            # What is written now would be lost with the old file, which may be overwritten by now, too.
            if self.path.stat().st_ino != self._inode:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise UnusableFile(_("{path} was replaced by another program just now; run the command again.", path=self.path)) from None

    @contextmanager
    def writing(self, command: str | None, dry_run: bool = False, undoable: bool = True) -> Iterator[None]:
        """Open a transaction: all or nothing. It is logged as `command`, with what is needed to undo it.

        `command`: None if it is not logged, as for drafts. `undoable`: if not, the former rows are not kept.
        """
        from .journal import Recorder  # needed only by commands that write

        with translating_sqlite_errors(self.path):
            self.keep_others_from_writing()
            try:
                if command is not None:
                    self._log_foreign_writes()
                before = self.connection.total_changes - self._temporary_rows
                self._recorder = Recorder(self.connection)
                self._undoable = undoable and command is not None
                self._rows_written = 0
                self._draft_written = False
                self._changed_people = {}
                yield
                changes = self.connection.total_changes - self._temporary_rows - before
                # Rows written by other means than the methods below were not watched.
                self._undoable = undoable and changes == self._rows_written
                if not dry_run and changes and (command is None or self._log(command)):
                    if command is None:
                        self._foreign.record_unlogged(foreign_logged=False)
                    self.connection.execute("COMMIT")
                    CommitState.done = True
                    self._finish_after_commit()
                else:
                    self.connection.execute("ROLLBACK")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            finally:
                self._recorder = self._wrote = self._about = self._logged = None
                self.writes = {table: number + 1 for table, number in self.writes.items()}  # it may have been rolled back
                self._forgotten = False
                self.withdrawn_no_more = set()

    @contextmanager
    def undoing(self, label: Callable[[str], str]) -> Iterator[None]:
        """Open a transaction in which edits are undone with `undo`. Raises `Refused` if later rows need what would be deleted.

        `label`: a reader's name for the rows of a table.
        """
        # Rows are deleted and inserted in any order; their references are checked at the end.
        self.connection.execute("PRAGMA foreign_keys = OFF")
        try:
            from .removed_people import taking_withdrawals_back

            with self.writing("undo", undoable=False):
                with taking_withdrawals_back(self.connection, self.withdrawn_no_more):
                    yield
                lost = self.connection.execute("PRAGMA foreign_key_check").fetchone()
                if lost is not None:
                    raise Refused(_("It can't be undone: what was entered later ({rows}) refers to it.", rows=label(lost["table"])))
        except sqlite3.IntegrityError:
            raise Refused(_("It can't be undone: something entered later has taken the place of what was there.")) from None
        finally:
            self.connection.execute("PRAGMA foreign_keys = ON")

    def undo(self, edit: int) -> None:
        """Put all rows back as they were before an edit, and log that as an edit of its own. The lineage only grows; closed years stay known."""
        import json

        from .closings import closings_in, restore_closings
        from .journal import restore_rows

        step = self.row("SELECT wrote, added, people, activities, things FROM steps WHERE edit_id = ? AND added IS NOT NULL", edit)
        assert step is not None, "the caller checks that it can be undone"
        added = json.loads(step["added"])
        closings = closings_in(self.connection) if "closed_years" in added else []
        restore_rows(self.connection, edit, added)
        restore_closings(self.connection, closings)
        self.connection.execute("DELETE FROM former_rows WHERE edit_id = ?", (edit,))
        wrote = {table: numbers[::-1] for table, numbers in json.loads(step["wrote"]).items()}
        self._logged = self._new_edit("undo", _login())
        about = {column: step[column] for column in ("people", "activities", "things")}
        self.insert("steps", edit_id=self._logged, wrote=_json(wrote), takes_back=edit, **about)

    def forget_changes(self, wrote: dict[str, list[int]] | None = None, people: str | None = None) -> None:
        """Forget all former rows: neither this command nor an earlier one can be undone. Call within a transaction.

        `wrote`: what the log says it wrote, table -> [rows added, changed, removed]; `people`: the numbers it was about. None: as recorded.
        """
        self._undoable, self._forgotten, self._wrote, self._about = False, True, wrote, people
        self._forget()  # and once more at the end, for the rows of this command itself

    def _forget(self) -> None:
        self.connection.execute("UPDATE steps SET added = NULL WHERE added IS NOT NULL")
        self.connection.execute("DELETE FROM former_rows")

    @property
    def removing_is_finished(self) -> bool:
        """Whether the list next to the file has everybody who was removed."""
        return (due := self._list_due()) is None or not due.removed

    def finish_removing(self) -> None:
        """Bring the list next to the file up to date, and VACUUM first if people were removed, so that no bytes of them are left.

        A run that was killed in between is so completed by the next command that writes. Raises `UnusableFile` if it can't be done now.
        """
        with translating_sqlite_errors(self.path):
            if (due := self._list_due()) is not None:
                from .removed_people import read_list, unite_lists, write_list

                if due.removed != unite_lists(read_list(self.path).removed):
                    self.vacuum()
                write_list(self.path, due)

    def _list_due(self) -> RemovedList | None:
        """Return the content that the list next to the file should have by now; None if it has it."""
        anyone = "SELECT 1 FROM removed_people UNION ALL SELECT 1 FROM consents WHERE withdrawn IS NOT NULL LIMIT 1"
        if self.value(anyone) is None and not self.withdrawn_no_more:
            return None
        from .removed_people import list_due

        return list_due(self.connection, self.path, self.withdrawn_no_more)

    def _finish_after_commit(self) -> None:
        # The command is done, so a failure here is left to the next one.
        for step in (self._foreign.committed, self._try_to_finish_removing):
            with suppress(UnusableFile, OSError), translating_sqlite_errors(self.path):
                step()

    def _try_to_finish_removing(self) -> None:
        if self._forgotten:
            self.vacuum()
        self.finish_removing()

    def vacuum(self) -> None:
        """Rewrite the whole file, so that no bytes of deleted rows are left. Not within a transaction."""
        with translating_sqlite_errors(self.path):
            self._foreign.vacuum()

    @property
    def has_foreign_writes(self) -> bool:
        """Whether another program wrote to the file since the last command."""
        return self.foreign_write_count > 0

    @property
    def foreign_write_count(self) -> int:
        """The number of writes by other programs that are not logged yet."""
        return self._foreign.changes

    def people_entered(self) -> set[int]:
        """Return the people about whom the current transaction enters something new."""
        from .subjects import people_entered

        assert self._recorder is not None, "within a transaction"
        return people_entered(self.connection, self._recorder)

    def _log_foreign_writes(self) -> None:
        if self.has_foreign_writes:
            edit = self._new_edit("outside", None)
            self.connection.execute("INSERT INTO steps (edit_id, wrote) VALUES (?, '{}')", (edit,))

    def _new_edit(self, command: str, who: str | None) -> int:
        return self.insert("edits", branch_id=self.own_branch, at=datetime.now(UTC).isoformat(timespec="seconds"), who=who, command=command)

    def _log(self, command: str) -> bool:
        """Log the command. False: all rows are as before, and nothing was logged."""
        if self._logged is not None:  # an undo has logged itself
            self.update("steps", self._logged, key="edit_id", counter=self._foreign.next_value())
            return True
        assert self._recorder is not None
        undoable = self._undoable and not self._recorder.has_foreign_lineage
        self.connection.execute("SAVEPOINT logging")
        edit = self._new_edit(command, _login())
        self.insert("steps", edit_id=edit, wrote="{}")
        wrote = self._recorder.finish(edit)
        if self._undoable and not wrote.counts:
            self.connection.execute("ROLLBACK TO logging")
            if self._draft_written:
                self._foreign.record_unlogged(foreign_logged=True)
            return self._draft_written
        from .subjects import known_by, subjects_of

        people, activities = subjects_of(self.connection, edit, wrote.added, self.own_branch)
        things = known_by(self.connection, edit, wrote.added, self.own_branch, people, activities) if undoable else None
        step = {"wrote": _json(self._wrote or wrote.counts), "added": _json(wrote.added) if undoable else None}
        about = {"people": self._about or people, "activities": activities, "things": things}
        self.update("steps", edit, key="edit_id", **step, **about, counter=self._foreign.next_value())
        if self._forgotten:
            self._forget()
        self._forget_the_oldest()
        return True

    def log_restore(self) -> None:
        """Log in a backup that it was restored. Call within a transaction."""
        edit = self._new_edit("restore", _login())
        # Any number: the right one is recorded when the copy is complete.
        self.insert("steps", edit_id=edit, wrote="{}", counter=0)

    def _forget_the_oldest(self) -> None:
        oldest = self.value("SELECT edit_id FROM steps WHERE added IS NOT NULL ORDER BY edit_id DESC LIMIT 1 OFFSET ?", KEPT_STEPS)
        if oldest is not None:
            self.connection.execute("UPDATE steps SET added = NULL WHERE added IS NOT NULL AND edit_id <= ?", (oldest,))
            self.connection.execute("DELETE FROM former_rows WHERE edit_id <= ?", (oldest,))

    @contextmanager
    def filling_temporary_tables(self) -> Iterator[None]:
        """Write to temporary tables alone, which changes nothing in the file."""
        before = self.connection.total_changes
        yield
        self._temporary_rows += self.connection.total_changes - before


def _login() -> str | None:
    return next((name for variable in ("USER", "LOGNAME", "USERNAME") if (name := os.environ.get(variable))), None)


def _json(numbers: dict[str, list[int]]) -> str:
    """Serialise names and numbers as JSON, without loading the library in every command that writes."""
    return str(numbers).replace("'", '"')
