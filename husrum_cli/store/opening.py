"""Open and create files. A file that is missing, foreign, damaged or newer is refused, each with its own message."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

from ..errors import DamagedFile, HusrumError, UnusableFile
from ..i18n import _
from ..platforms.private import make_private
from .codes import fill_codes
from .connection import change_counter, change_counter_in, connect
from .keys import key_for, read_key
from .sqlite_errors import damaged_file, error_name, translating_sqlite_errors
from .store import Store

APPLICATION_ID = 0x48555352
VERSION = 3


def schema() -> str:
    """Read schema.sql: the packaged copy, else the checkout's."""
    package = Path(__file__).parents[1]
    for place in (package / "schema.sql", package.parent / "schema.sql"):
        if place.is_file():
            return place.read_text(encoding="utf-8")
    raise FileNotFoundError("schema.sql")


def create(path: Path, key_file: Path | None = None, shown: Path | None = None) -> Store:
    """Write the schema to a file that is empty or missing, encrypted if there is a key. `shown`: the file's name in an error."""
    key = read_key(key_file) if key_file else None
    try:
        path.touch()
        make_private(path)  # before SQLite opens it, since it gives its journal the same mode
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=shown or path, reason=error.strerror)) from None
    with translating_sqlite_errors(shown or path):
        connection = connect(path, key=key)
        try:
            connection.executescript("BEGIN IMMEDIATE;" + schema())
            fill_codes(connection)
            connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
    return Store(connection, path, change_counter(path), key)


def open_store(path: Path, key_file: Path | None = None, using: Any = None) -> Store:
    """Open an existing file. `key_file`: of an encrypted one. `using`: as in `bare_connection`. Raises `UnusableFile` if it can't be used."""
    inode = _inode(path)
    try:
        store = _open_now(path, key_file, using)
    except DamagedFile:
        if _inode(path) == inode:
            raise
    else:
        if _inode(path) == inode:
            return store
        store.close()
    # Another program, such as one that encrypts it, replaced it meanwhile.
    return open_store(path, key_file, using)


def _inode(path: Path) -> int | None:
    return path.stat().st_ino if path.exists() else None


def _open_now(path: Path, key_file: Path | None, using: Any) -> Store:
    header = read_header(path)
    key = key_for(path, header, key_file)
    try:
        return _open(path, change_counter_in(header), key, using)
    except sqlite3.DatabaseError:  # none of these statements can be wrong, so the file is
        raise damaged_file(path) from None


def _open(path: Path, counter: int | None, key: bytes | None, using: Any) -> Store:
    journal = Path(f"{os.path.realpath(path)}-journal")
    with translating_sqlite_errors(path):
        interrupted = journal.exists()
        connection = connect(path, key=key, using=using)
        try:
            version = version_of(connection, path)
            if version < VERSION:
                _upgrade(connection, path, key, using)
                counter = change_counter(path)
            connection.execute("SELECT count(*) FROM settings").fetchone()
            # Twice, since another program may make it shorter meanwhile.
            if _is_cut_off(connection, path) and _is_cut_off(connection, path):
                raise DamagedFile(_("{path} is damaged: its end is missing. Restore a backup.", path=path))
            if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
                # Another program made it two files, of which only one would be copied and mailed.
                connection.execute("PRAGMA journal_mode = DELETE")
        except BaseException:
            connection.close()
            raise
    rolled_back = interrupted and not journal.exists()
    store = Store(connection, path, change_counter(path) if rolled_back else counter, key)
    if rolled_back:
        store.rolled_back()
    return store


def _is_cut_off(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether a file is shorter than its pages. SQLite reads what is missing as zeros."""
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return path.stat().st_size < int(pages) * int(size)


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema version of an open file. Raises `UnusableFile` if this program doesn't know it."""
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if application_id != APPLICATION_ID:
        raise UnusableFile(_("{path} is a database, but not one of husrum.", path=path))
    if version > VERSION:
        raise UnusableFile(_("{path} was made by a newer husrum; update this one.", path=path))
    if version < 1:
        raise DamagedFile(_("{path} is damaged: it has no version. Restore a backup.", path=path))
    return version


def peek(path: Path, key_file: Path | None = None) -> Store | None:
    """Open a file for a quick look, as while somebody types: read-only, not upgraded, without waiting. None if it can't be read now."""
    try:
        key = key_for(path, read_header(path), key_file)
        connection = connect(path, "ro", key, patience=0.1)
    except (sqlite3.Error, HusrumError):
        return None
    try:
        ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        if ours and connection.execute("PRAGMA user_version").fetchone()[0] == VERSION:
            return Store(connection, path, key=key)
    except sqlite3.Error:
        pass
    connection.close()
    return None


def _upgrade(connection: sqlite3.Connection, path: Path, key: bytes | None, using: Any) -> None:
    """Upgrade an older file to the current schema. A copy of the old file is kept next to it, encrypted if the file is."""
    from ..atomic_files import unused_name
    from .copying import copy_to_new
    from .migrations import upgrade

    kept: list[Path] = []

    def keep(found: int) -> None:
        place = path.with_stem(f"{path.stem}.version-{found}")
        with closing(connect(path, key=key, using=using)) as reader:  # SQLite can't copy from a connection with a write transaction
            if not _same_content(place, key, reader):  # it is the same if an earlier upgrade was killed
                kept.append(unused_name(place))
                copy_to_new(reader, path, kept[0], key)

    try:
        upgrade(connection, VERSION, keep)
    except (sqlite3.IntegrityError, sqlite3.OperationalError) as error:
        if not isinstance(error, sqlite3.IntegrityError) and error_name(error) != "SQLITE_ERROR":
            raise
        for copy in kept:
            copy.unlink(missing_ok=True)
        raise DamagedFile(_("{path} is damaged: it can't be brought to today's version. Restore a backup.", path=path)) from None


def _same_content(copy: Path, key: bytes | None, source: sqlite3.Connection) -> bool:
    from .copying import have_same_rows

    try:
        with closing(connect(copy, "ro", key)) as reader:
            return have_same_rows(source, reader)
    except (sqlite3.DatabaseError, UnicodeDecodeError, UnusableFile):  # missing, or another kind of file
        return False


def read_header(path: Path) -> bytes:
    """Read the first 28 bytes, so that the commonest mistakes get a plain answer. Raises `UnusableFile`."""
    try:
        if stat.S_ISFIFO(path.stat().st_mode):  # reading from it would wait forever
            raise DamagedFile(_("{path} is not a husrum file.", path=path))
        with path.open("rb") as file:
            header = file.read(28)
    except FileNotFoundError:
        raise UnusableFile(
            _(
                "{path} does not exist. If it has moved: husrum use FILE. If it is lost: husrum --db {path} restore BACKUP --force. A new city: husrum init {path} --city NAME",
                path=path,
            )
        ) from None
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from None
    if not header:
        raise DamagedFile(_("{path} is empty: not one byte is in it. Restore a backup, or make a new file under another name.", path=path))
    return header
