"""Back a file up, restore a backup over it, and find the copies of a city.

Restoring is all or nothing, and the file it replaces is kept next to it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ..atomic_files import new_file, temporary_file, unused_name
from ..errors import DamagedFile, Refused, UnusableFile
from ..i18n import _
from ..platforms.replacing import replace
from ..regular_files import files_in, folders_in
from .closings import closings_in, restore_closings
from .connection import MAGIC, connect
from .copying import copy_file, copy_to_new, copy_with_key
from .erasing import remove_again
from .foreign_writes import settle_copy
from .integrity import damage, refuse_foreign_objects
from .keys import key_for, read_key
from .migrations import upgrade
from .opening import APPLICATION_ID, VERSION, open_store, read_header, version_of
from .removed_people import ERASED, RemovedList, Withdrawal, read_list, removed_in, unite_lists, withdrawals_in
from .sqlite_errors import translating_sqlite_errors
from .store import Store

_HOME = "SELECT value FROM settings WHERE key = 'home_branch'"

_LINEAGE = """
    SELECT edits.*, branches.uid AS branch, steps.edit_id AS step, steps.wrote, steps.takes_back, steps.people, steps.activities, steps.things
    FROM edits LEFT JOIN steps ON edit_id = edits.id LEFT JOIN branches ON branches.id = branch_id ORDER BY edits.id"""


def back_up(store: Store, path: Path) -> None:
    """Copy an open file to a new one, encrypted with the same key if it is encrypted. Raises `Refused` if `path` exists."""
    copy_to_new(store.connection, store.path, path, store.key, store.foreign_write_count)


class RestoreResult(NamedTuple):
    """The outcome of restoring. `kept`: the copy of the replaced file, None if there was none. `readable`: whether that file could be opened.

    `removed_again`: how many people in the backup had been anonymised or erased since; `withdrawn_again`: how many consents had been withdrawn since.
    """

    kept: Path | None
    readable: bool
    removed_again: int = 0
    withdrawn_again: int = 0


Withdraw = Callable[[Store, list[Withdrawal]], int]
"""A function that applies withdrawals to an older copy, and returns how many of them were new to it."""


def refuse_wrong_path(backup: Path, path: Path, force: bool) -> None:
    """Raise what `restore` raises for a backup, or a file to be replaced, that is not there, and for the file itself as the backup."""
    if not backup.exists():
        raise UnusableFile(_("{path} does not exist; name a backup.", path=backup))
    if path.exists() and path.samefile(backup):
        raise Refused(_("{path} is the file itself; name a backup of it.", path=backup))
    if not path.exists() and not force:
        raise UnusableFile(
            _(
                "{path} does not exist. To put the backup there all the same: husrum --db {path} restore {backup} --force",
                path=path,
                backup=backup,
            )
        )


def restore(backup: Path, path: Path, withdraw: Withdraw, key_file: Path | None = None, force: bool = False) -> RestoreResult:
    """Replace a file by a backup. Its lineage continues the replaced file's, so that it is newer than every copy.

    People who were removed, and consents that were withdrawn since the backup, are removed and withdrawn again; years closed since stay known.
    A file that was encrypted stays so, even if the backup is not. `key_file`: of either.

    Raises `UnusableFile` if the backup is not an intact husrum file, `Refused` if it is another city's (unless `force`) or the file itself,
    or if other programs' tables in the backup may keep what is to be removed again.
    """
    refuse_wrong_path(backup, path, force)
    try:
        with _locked(path, key_file) as current, temporary_file(path) as temporary:
            # Under a temporary name, so that a program that opens `path` meanwhile finds the complete old file.
            backup_key = key_for(backup, read_header(backup), key_file)
            key = current.key if current is not None else _key_of_lost_file(path, key_file) or backup_key
            since = read_list(path)
            if current is not None:
                removed = unite_lists(since.removed, removed_in(current.connection))
                since = RemovedList(removed, [*{*since.withdrawn, *withdrawals_in(current.connection)}])
            with _upgraded_copy(backup, backup_key, temporary, key) as connection:
                _refuse_other_city(connection, current, backup, path, force)
                if current is not None:
                    _continue_lineage(connection, current)
                    restore_closings(connection, closings_in(current.connection))
                store = Store(connection, temporary, key=key)
                removed_again = remove_again(store, since.removed)
                withdrawn_again = withdraw(store, sorted(since.withdrawn, key=repr))
                if removed_again or withdrawn_again:
                    refuse_foreign_objects(store, backup)
                store.log_restore()
            kept = _keep(path, current)
            try:
                replace(temporary, path, current.close if current is not None else None)
            except OSError:
                if current is not None and kept is not None:  # a copy of what is still there
                    kept.unlink()
                raise
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=path, reason=error.strerror or error)) from None
    return RestoreResult(kept, current is not None, removed_again, withdrawn_again)


@contextmanager
def _locked(path: Path, key_file: Path | None) -> Iterator[Store | None]:
    """Open the file to be replaced, locked against writing; None if it is missing or unreadable."""
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
            with translating_sqlite_errors(path):
                store.connection.execute("BEGIN IMMEDIATE")
                store.rows(_LINEAGE)
        except DamagedFile:
            store.close()
            yield None
            return
        yield store


def _key_of_lost_file(path: Path, key_file: Path | None) -> bytes | None:
    """Return the key of an unreadable file that looks encrypted."""
    if key_file is None or not path.exists():
        return None
    with path.open("rb") as file:
        return None if file.read(len(MAGIC)) == MAGIC else read_key(key_file)


@contextmanager
def _upgraded_copy(backup: Path, backup_key: bytes | None, target: Path, key: bytes | None) -> Iterator[sqlite3.Connection]:
    """Make a checked copy of the backup, upgraded to the current schema, in a transaction. Encrypted if there is a `key`."""
    with translating_sqlite_errors(backup):
        opened = connect(backup, "ro", backup_key)
    with closing(opened) as source:
        with translating_sqlite_errors(backup):
            version_of(source, backup)
            problem = source.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if problem != "ok":
            raise DamagedFile(_("{path} is damaged and was not put back: {reason}", path=backup, reason=problem))
        if backup_key == key:
            copy_file(source, backup, target, key)
        else:
            copy_with_key(backup, backup_key, target, key)
    with closing(connect(target, key=key)) as connection, translating_sqlite_errors(target):
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
        connection.execute("VACUUM")  # leaves no bytes of what was removed again
        settle_copy(connection, target)


def _refuse_other_city(connection: sqlite3.Connection, current: Store | None, backup: Path, path: Path, force: bool) -> None:
    home = connection.execute(_HOME).fetchone()
    if current is not None and not force and current.value(_HOME) != (home[0] if home else None):
        raise Refused(_("{backup} is of another city than {path}; with --force it is put there all the same.", backup=backup, path=path))


def _continue_lineage(connection: sqlite3.Connection, current: Store) -> None:
    """Give the copy the replaced file's lineage, unless its own is longer. The rows of other cities keep the backup's lineage."""
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
            step = (number, row["wrote"], numbers.get(row["takes_back"]), row["people"], row["activities"], row["things"])
            connection.execute("INSERT INTO steps (edit_id, wrote, takes_back, people, activities, things) VALUES (?, ?, ?, ?, ?, ?)", step)


def _keep(path: Path, current: Store | None) -> Path | None:
    """Copy the replaced file to a name next to it, as far as it can be read."""
    kept = unused_name(path.with_stem(f"{path.stem}.before-restore"))
    if current is not None:
        with closing(connect(path, key=current.key)) as reader:  # SQLite can't copy from a connection with a write transaction
            copy_to_new(reader, path, kept, current.key, current.foreign_write_count)
        return kept
    if path.exists():
        with new_file(kept) as temporary:
            shutil.copyfile(path, temporary)
    # SQLite's unfinished changes belong to the old file; applied to the new one, they would damage it.
    for ending in ("-journal", "-wal", "-shm"):
        neighbour = path.with_name(path.name + ending)
        if neighbour.exists():
            replace(neighbour, kept.with_name(kept.name + ending))
    return kept if kept.exists() else None


class OtherCopy(NamedTuple):
    """Another file of the same city. `written`: the day of its last command (UTC).

    `still_holds`: numbers of people who were removed from the file and are in this copy.
    """

    path: Path
    written: str
    still_holds: list[int]
    encrypted: bool


def folders_around(path: Path) -> list[Path]:
    """Return the folder of a file and the folders in it, where its backups may be; without those that are hidden or can't be read."""
    folder = Path(os.path.realpath(path)).parent
    return [folder, *(each for each in folders_in(folder) if not each.name.startswith(".") and os.access(each, os.R_OK | os.X_OK))]


def find_copies(store: Store, folders: Iterable[Path]) -> list[OtherCopy]:
    """Find the other files of the same city in these folders, the oldest first. Files that can't be read are skipped."""
    found: dict[str, OtherCopy] = {}
    how = {each.person_uid: each.how for each in removed_in(store.connection)}
    for folder in folders:
        for place in files_in(folder):
            resolved = os.path.realpath(place)
            if resolved not in found and (copy := _inspect(place, store, how)):
                found[resolved] = copy
    return sorted(found.values(), key=lambda copy: (copy.written, copy.path))


def copies_where(store: Store, folders: Iterable[Path], sql: str, *values: str) -> list[Path]:
    """Return the other files of the same city in these folders in which a query finds a row."""
    found = []
    for copy in find_copies(store, folders):
        try:
            with closing(connect(copy.path, "ro", store.key if copy.encrypted else None)) as connection:
                if connection.execute(sql, values).fetchone():
                    found.append(copy.path)
        except (OSError, sqlite3.DatabaseError, UnusableFile):  # skipped, as by find_copies
            continue
    return found


def _inspect(path: Path, store: Store, how: dict[str | None, str]) -> OtherCopy | None:
    try:
        if path.samefile(store.path):
            return None
        with path.open("rb") as file:
            header = file.read(72)
        plain = header.startswith(MAGIC)
        if not header or (int.from_bytes(header[68:72]) != APPLICATION_ID if plain else store.key is None):
            return None
        with closing(connect(path, "ro", None if plain else store.key)) as connection:
            cities = {row[0] for row in connection.execute("SELECT uid FROM branches")}
            own = {row["uid"] for row in store.rows("SELECT uid FROM branches")}
            if not cities & own:
                return None
            written = connection.execute("SELECT max(at) FROM edits").fetchone()[0] or ""
            people = connection.execute(
                "SELECT number, uid, name IS NOT NULL OR phone IS NOT NULL OR email IS NOT NULL OR length(born) > 4 FROM people"
            ).fetchall()
    except (OSError, sqlite3.DatabaseError, UnusableFile):
        return None
    named = [number for number, uid, identified in people if uid in how and (identified or how[uid] == ERASED)]
    return OtherCopy(path, written[:10], sorted(named), not plain)
