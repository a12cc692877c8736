"""Opening and making files. Refuses what is missing, foreign, damaged or newer, each with its own sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from ..errors import UnusableFile
from ..locale import _, danish_order
from .copying import new_file
from .store import Store, readable

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
    new_file(path)
    try:
        with readable(path):
            connection = _connect(path)
            connection.executescript("BEGIN IMMEDIATE;" + schema() + "COMMIT;")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Store(connection, path)


def open_store(path: Path) -> Store:
    """Opens a file that exists. Raises `UnusableFile` where it can't be used."""
    _look_at(path)
    with readable(path):
        connection = _connect(path)
        try:
            application_id = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if application_id != APPLICATION_ID:
                raise UnusableFile(_("{path} is a database, but not one of husrum.", path=path))
            if version > VERSION:
                raise UnusableFile(_("{path} was made by a newer husrum; update this one.", path=path))
            if version < 1:
                raise UnusableFile(_("{path} is damaged: it has no version. Restore a backup.", path=path))
            if version < VERSION:
                _upgrade(connection, path)
            connection.execute("SELECT count(*) FROM settings").fetchone()
        except BaseException:
            connection.close()
            raise
    return Store(connection, path)


def peek(path: Path) -> Store | None:
    """A file that is only looked into while somebody types: never written, not even upgraded, and not waited for. None where it can't be read just now."""
    try:
        connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=0.1, isolation_level=None)
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
    from .copying import copy_whole, free_name
    from .upgrades import upgrade

    def keep(found: int) -> None:
        with closing(_connect(path)) as reader:  # SQLite copies nothing from a connection that is writing
            copy_whole(reader, free_name(path.with_stem(f"{path.stem}.version-{found}")))

    try:
        upgrade(connection, VERSION, keep)
    except sqlite3.IntegrityError:
        raise UnusableFile(_("{path} is damaged: it can't be brought to today's version. Restore a backup.", path=path)) from None


def _look_at(path: Path) -> None:
    """Reads the first bytes, so that the commonest mistakes get a plain answer."""
    try:
        with path.open("rb") as file:
            header = file.read(16)
    except FileNotFoundError:
        raise UnusableFile(_("{path} does not exist; make it with: husrum init {path} --city NAME", path=path)) from None
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from None
    if not header:
        raise UnusableFile(_("{path} is empty: not one byte is in it. Restore a backup, or make a new file under another name.", path=path))
    if header != b"SQLite format 3\0":
        raise UnusableFile(_("{path} is no husrum file.", path=path))


def _connect(path: Path) -> sqlite3.Connection:
    uri = f"file:{quote(str(path.absolute()))}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.create_collation("danish", danish_order)
    connection.executescript(_PRAGMAS)
    return connection
