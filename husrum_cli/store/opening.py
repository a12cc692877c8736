"""Opening and making files. Refuses what is missing, foreign, damaged or newer, each with its own sentence."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from ..errors import DamagedFile, UnusableFile
from ..locale import _, danish_order
from .header import change_counter, counter_in
from .readable import damaged, readable
from .store import Store

APPLICATION_ID = 0x48555352
VERSION = 2
# Seconds that a command waits for another one to finish writing.
PATIENCE = 20.0
_PRAGMAS = """
PRAGMA foreign_keys = ON;
PRAGMA synchronous = FULL;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA temp_store = MEMORY;
PRAGMA secure_delete = ON;
"""


def schema() -> str:
    """The text of schema.sql: the packaged copy, else the checkout's."""
    package = Path(__file__).parents[1]
    for place in (package / "schema.sql", package.parent / "schema.sql"):
        if place.is_file():
            return place.read_text(encoding="utf-8")
    raise FileNotFoundError("schema.sql")


def create(path: Path) -> Store:
    """Makes a new, empty file that only its owner can read. Never touches one that exists."""
    from .copying import new_file

    new_file(path)
    try:
        with readable(path):
            connection = connect(path)
            connection.executescript("BEGIN IMMEDIATE;" + schema() + "COMMIT;")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Store(connection, path, change_counter(path))


def open_store(path: Path) -> Store:
    """Opens a file that exists. Raises `UnusableFile` where it can't be used."""
    counter = look_at(path)
    try:
        return _opened(path, counter)
    except sqlite3.DatabaseError:  # nothing is wrong with what is asked here, so it is the file
        raise damaged(path) from None


def _opened(path: Path, counter: int | None) -> Store:
    with readable(path):
        connection = connect(path)
        try:
            version = version_of(connection, path)
            if version < VERSION:
                _upgrade(connection, path)
                counter = change_counter(path)
            connection.execute("SELECT count(*) FROM settings").fetchone()
            if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
                # Another program made it two files, of which only one would be copied and mailed.
                connection.execute("PRAGMA journal_mode = DELETE")
        except BaseException:
            connection.close()
            raise
    return Store(connection, path, counter)


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


def peek(path: Path) -> Store | None:
    """A file that is only looked into while somebody types: never written, not even upgraded, and not waited for. None where it can't be read just now."""
    try:
        connection = sqlite3.connect(f"file:{quote(os.fsencode(path.absolute()))}?mode=ro", uri=True, timeout=0.1, isolation_level=None)
    except sqlite3.Error:
        return None
    connection.row_factory = sqlite3.Row
    connection.create_collation("danish", danish_order)
    try:
        ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        if ours and connection.execute("PRAGMA user_version").fetchone()[0] == VERSION:
            return Store(connection, path)
    except sqlite3.Error:
        pass
    connection.close()
    return None


def _upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Brings a file of an older version to today's schema. A copy of it as it was stays beside it."""
    from ..unfinished import clear_left
    from .copying import copy_whole, free_name
    from .upgrades import upgrade

    kept: list[Path] = []

    def keep(found: int) -> None:
        place = path.with_stem(f"{path.stem}.version-{found}")
        with closing(connect(path)) as reader:  # SQLite copies nothing from a connection that is writing
            if _holds_the_same(place, reader):  # as after an upgrade that was killed
                clear_left(place.parent)
            else:
                kept.append(free_name(place))
                copy_whole(reader, path, kept[0])

    try:
        upgrade(connection, VERSION, keep)
    except (sqlite3.IntegrityError, sqlite3.OperationalError) as error:
        if not isinstance(error, sqlite3.IntegrityError) and getattr(error, "sqlite_errorname", "") != "SQLITE_ERROR":
            raise
        for copy in kept:
            copy.unlink(missing_ok=True)
        raise DamagedFile(_("{path} is damaged: it can't be brought to today's version. Restore a backup.", path=path)) from None


def _holds_the_same(copy: Path, source: sqlite3.Connection) -> bool:
    from .copying import same_rows

    try:
        with closing(connect(copy, "ro")) as reader:
            return same_rows(source, reader)
    except (sqlite3.DatabaseError, UnicodeDecodeError):  # there is no such file, or it is something else
        return False


def look_at(path: Path) -> int | None:
    """Reads the first bytes, so that the commonest mistakes get a plain answer. Gives the counter of changes in them."""
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
    if not header.startswith(b"SQLite format 3\0"):
        raise DamagedFile(_("{path} is no husrum file.", path=path))
    return counter_in(header)


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """A connection to a file that exists, with what this program relies on. `mode`: `rw`, or `ro` where nothing may be written."""
    uri = f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        connection.create_collation("danish", danish_order)
        connection.executescript(_PRAGMAS)
    except BaseException:
        connection.close()
        raise
    return connection
