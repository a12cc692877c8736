"""A backup put in the place of a file: all of it or nothing, and the file it replaces is kept beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ..atomic_files import unfinished
from ..errors import DamagedFile, Refused, UnusableFile
from ..i18n import _
from .cipher import MAGIC
from .connection import connect
from .copying import copy_recoded, copy_whole, free_name, made_whole
from .erasing import remove_again
from .file_keys import key_of, read_key
from .foreign_writes import settle_copy
from .integrity import damage
from .migrations import upgrade
from .opening import VERSION, look_at, open_store, version_of
from .removed_people import removed_beside, removed_in, united
from .sqlite_errors import readable
from .store import Store

_HOME = "SELECT value FROM settings WHERE key = 'home_branch'"

_LINEAGE = """
    SELECT edits.*, branches.uid AS branch, steps.edit_id AS step, steps.wrote, steps.takes_back
    FROM edits LEFT JOIN steps ON edit_id = edits.id LEFT JOIN branches ON branches.id = branch_id ORDER BY edits.id"""


class Restored(NamedTuple):
    """What was put back. `kept`: the copy of the file as it was; None where there was none. `readable`: whether that could be opened.

    `removed_again`: how many stood in the backup who were anonymised or erased since.
    """

    kept: Path | None
    readable: bool
    removed_again: int = 0


def restore(backup: Path, path: Path, key_file: Path | None = None, force: bool = False) -> Restored:
    """Puts the rows of a backup in the place of a file. Its lineage goes on from the replaced file's, so that it is the newer of all copies.

    What was encrypted stays so, also where the backup is not. `key_file`: where the key of either lies.

    Raises `UnusableFile` where the backup is no sound husrum file, `Refused` where it is of another city (unless `force`) or the file itself.
    """
    if not backup.exists():
        raise UnusableFile(_("{path} does not exist; name a backup.", path=backup))
    if path.exists() and path.samefile(backup):
        raise Refused(_("{path} is the file itself; name a backup of it.", path=backup))
    if not path.exists() and not force:
        raise UnusableFile(_("{path} does not exist; with --force the backup is put there all the same.", path=path))
    with _held(path, key_file) as current, unfinished(path, empty=False) as place:
        try:
            # Not under its own name yet: whoever opens `path` meanwhile finds the old file, whole.
            backup_key = key_of(backup, look_at(backup), key_file)
            key = current.key if current is not None else _lost_key(path, key_file) or backup_key
            with _prepared(backup, backup_key, place, key) as connection:
                _same_city(connection, current, backup, path, force)
                if current is not None:
                    _go_on_from(connection, current)
                store = Store(connection, place, key=key)
                again = remove_again(store, united(removed_beside(path), removed_in(current.connection) if current else ()))
                store.sign_restored()
            kept = _keep(path, current)
            if os.name == "nt" and current is not None:
                current.close()  # Windows replaces no file that is open
            os.replace(place, path)
        except OSError as error:
            raise UnusableFile(_("{path} can't be written: {reason}.", path=path, reason=error.strerror or error)) from None
    return Restored(kept, current is not None, again)


@contextmanager
def _held(path: Path, key_file: Path | None) -> Iterator[Store | None]:
    """The file that is replaced, with nobody else writing to it; None where it is lost or unreadable."""
    try:
        if not path.exists():
            yield None
            return
        store = open_store(path, key_file)
    except DamagedFile:
        yield None
        return
    with closing(store):
        try:
            with readable(path):
                store.connection.execute("BEGIN IMMEDIATE")
                store.rows(_LINEAGE)
        except DamagedFile:
            store.close()
            yield None
            return
        yield store


def _lost_key(path: Path, key_file: Path | None) -> bytes | None:
    """The key of a file that can't be read any more, where its bytes look as if it had been encrypted."""
    if key_file is None or not path.exists():
        return None
    with path.open("rb") as file:
        return None if file.read(len(MAGIC)) == MAGIC else read_key(key_file)


@contextmanager
def _prepared(backup: Path, backup_key: bytes | None, place: Path, key: bytes | None) -> Iterator[sqlite3.Connection]:
    """A sound copy of the backup, of today's version, encrypted with `key` if there is one."""
    with readable(backup):
        opened = connect(backup, "ro", backup_key)
    with closing(opened) as source:
        with readable(backup):
            version_of(source, backup)
            problem = source.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if problem != "ok":
            raise DamagedFile(_("{path} is damaged and was not put back: {reason}", path=backup, reason=problem))
        if backup_key == key:
            copy_whole(source, backup, place, key)
        else:
            copy_recoded(backup, backup_key, place, key)
    with closing(connect(place, key=key)) as connection, readable(place):
        try:
            upgrade(connection, VERSION, lambda found: None)
        except sqlite3.Error:
            raise DamagedFile(_("{path} is damaged: it can't be brought to today's version. Restore a backup.", path=backup)) from None
        if found := damage(Store(connection, backup, key=key), exact=False):
            raise DamagedFile(_("{path} is damaged and was not put back: {reason}", path=backup, reason=found[0][0]))
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE steps SET added = NULL")
        connection.execute("DELETE FROM former_rows")
        yield connection
        connection.execute("COMMIT")
        connection.execute("VACUUM")  # of those who were removed again nothing is left
        settle_copy(connection, place)


def _same_city(connection: sqlite3.Connection, current: Store | None, backup: Path, path: Path, force: bool) -> None:
    home = connection.execute(_HOME).fetchone()
    if current is not None and not force and current.value(_HOME) != (home[0] if home else None):
        raise Refused(_("{backup} is of another city than {path}; with --force it is put there all the same.", backup=backup, path=path))


def _go_on_from(connection: sqlite3.Connection, current: Store) -> None:
    """Gives the copy the replaced file's lineage, unless its own goes further. Of other cities' rows the backup's is the true one."""
    home = connection.execute(_HOME).fetchone()
    if current.value(_HOME) != (home[0] if home else None):
        return
    branch = connection.execute("SELECT id FROM branches WHERE uid = ?", (home[0],)).fetchone() if home else None
    own = "branch_id IS NULL" if branch is None else f"(branch_id IS NULL OR branch_id = {branch[0]})"
    theirs = [row for row in current.rows(_LINEAGE) if row["branch"] in (None, home and home[0])]
    ours = [row[0] for row in connection.execute(f"SELECT uid FROM edits WHERE {own} ORDER BY id")]
    if ours[: len(theirs)] == [row["uid"] for row in theirs]:
        return
    connection.execute(f"UPDATE steps SET takes_back = NULL WHERE edit_id IN (SELECT id FROM edits WHERE {own})")
    connection.execute(f"DELETE FROM edits WHERE {own}")
    numbers: dict[int, int] = {}
    for row in theirs:
        values: tuple[Any, ...] = (row["uid"], branch[0] if branch and row["branch_id"] else None, row["at"], row["who"], row["command"])
        number = connection.execute("INSERT INTO edits (uid, branch_id, at, who, command) VALUES (?, ?, ?, ?, ?)", values).lastrowid
        numbers[row["id"]] = int(number or 0)
        if row["step"] is not None:
            took = numbers.get(row["takes_back"])
            connection.execute("INSERT INTO steps (edit_id, wrote, takes_back) VALUES (?, ?, ?)", (number, row["wrote"], took))


def _keep(path: Path, current: Store | None) -> Path | None:
    """A copy of the replaced file beside it, as far as it can be read."""
    kept = free_name(path.with_stem(f"{path.stem}.before-restore"))
    if current is not None:
        with closing(connect(path, key=current.key)) as reader:  # SQLite copies nothing from a connection that is writing
            copy_whole(reader, path, kept, current.key, current.changes_outside)
        return kept
    if path.exists():
        with made_whole(kept) as partial:
            shutil.copyfile(path, partial)
    # What SQLite had not finished belongs to the old file; on the new one it would be damage.
    for ending in ("-journal", "-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            os.replace(beside, kept.with_name(kept.name + ending))
    return kept if kept.exists() else None
