"""Opening and making files. Refuses what is missing, foreign, damaged or newer, each with its own sentence."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from ..errors import DamagedFile, HusrumError, UnusableFile
from ..i18n import _
from .codes import fill_codes
from .connection import connect
from .file_keys import key_of, read_key
from .header import change_counter, counter_in
from .sqlite_errors import damaged, error_name, readable
from .store import Store

APPLICATION_ID = 0x48555352
VERSION = 3


def schema() -> str:
    """The text of schema.sql: the packaged copy, else the checkout's."""
    package = Path(__file__).parents[1]
    for place in (package / "schema.sql", package.parent / "schema.sql"):
        if place.is_file():
            return place.read_text(encoding="utf-8")
    raise FileNotFoundError("schema.sql")


def create(path: Path, key_file: Path | None = None, shown: Path | None = None) -> Store:
    """Makes a new, empty file that only its owner can read; with a key, an encrypted one. Never touches one that exists. `shown`: its name in an error."""
    from .copying import new_file

    key = read_key(key_file) if key_file else None

    new_file(path, shown)
    try:
        with readable(path):
            connection = connect(path, key=key)
            connection.executescript("BEGIN IMMEDIATE;" + schema())
            fill_codes(connection)
            connection.execute("COMMIT")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Store(connection, path, change_counter(path), key)


def open_store(path: Path, key_file: Path | None = None) -> Store:
    """Opens a file that exists. Raises `UnusableFile` where it can't be used. `key_file`: where the key lies, if the file is encrypted."""
    header = look_at(path)
    key = key_of(path, header, key_file)
    try:
        return _opened(path, counter_in(header), key)
    except sqlite3.DatabaseError:  # nothing is wrong with what is asked here, so it is the file
        raise damaged(path) from None


def _opened(path: Path, counter: int | None, key: bytes | None) -> Store:
    with readable(path):
        connection = connect(path, key=key)
        try:
            version = version_of(connection, path)
            if version < VERSION:
                _upgrade(connection, path, key)
                counter = change_counter(path)
            connection.execute("SELECT count(*) FROM settings").fetchone()
            if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
                # Another program made it two files, of which only one would be copied and mailed.
                connection.execute("PRAGMA journal_mode = DELETE")
        except BaseException:
            connection.close()
            raise
    return Store(connection, path, counter, key)


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """The version of an open file. Raises `UnusableFile` where it is not one that this program knows."""
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
    """A file that is only looked into while somebody types: never written, not even upgraded, and not waited for. None where it can't be read just now."""
    try:
        key = key_of(path, look_at(path), key_file)
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


def _upgrade(connection: sqlite3.Connection, path: Path, key: bytes | None) -> None:
    """Brings a file of an older version to today's schema. A copy of it as it was stays beside it, encrypted if the file is."""
    from ..atomic_files import clear_left
    from .copying import copy_whole, free_name
    from .migrations import upgrade

    kept: list[Path] = []

    def keep(found: int) -> None:
        place = path.with_stem(f"{path.stem}.version-{found}")
        with closing(connect(path, key=key)) as reader:  # SQLite copies nothing from a connection that is writing
            if _holds_the_same(place, key, reader):  # as after an upgrade that was killed
                clear_left(place.parent)
            else:
                kept.append(free_name(place))
                copy_whole(reader, path, kept[0], key)

    try:
        upgrade(connection, VERSION, keep)
    except (sqlite3.IntegrityError, sqlite3.OperationalError) as error:
        if not isinstance(error, sqlite3.IntegrityError) and error_name(error) != "SQLITE_ERROR":
            raise
        for copy in kept:
            copy.unlink(missing_ok=True)
        raise DamagedFile(_("{path} is damaged: it can't be brought to today's version. Restore a backup.", path=path)) from None


def _holds_the_same(copy: Path, key: bytes | None, source: sqlite3.Connection) -> bool:
    from .copying import same_rows

    try:
        with closing(connect(copy, "ro", key)) as reader:
            return same_rows(source, reader)
    except (sqlite3.DatabaseError, UnicodeDecodeError, DamagedFile):  # there is no such file, or it is something else
        return False


def look_at(path: Path) -> bytes:
    """The first bytes, read so that the commonest mistakes get a plain answer."""
    try:
        if stat.S_ISFIFO(path.stat().st_mode):  # reading from it would wait for ever
            raise DamagedFile(_("{path} is no husrum file.", path=path))
        with path.open("rb") as file:
            header = file.read(28)
    except FileNotFoundError:
        raise UnusableFile(_("{path} does not exist; make it with: husrum init {path} --city NAME", path=path)) from None
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from None
    if not header:
        raise DamagedFile(_("{path} is empty: not one byte is in it. Restore a backup, or make a new file under another name.", path=path))
    return header
