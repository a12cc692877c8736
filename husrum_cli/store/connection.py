"""Connections to database files: Python's own SQLite for plain files, SQLCipher (the extra `crypt`) for encrypted ones.

Every connection of the program is made here, by a URI that never creates a file. Every byte of an encrypted file is encrypted, its first ones too,
so without its key it can't be distinguished from damage.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO
from urllib.parse import quote

from ..errors import DamagedFile, UnusableFile
from ..extras import missing_extra
from ..i18n import _
from ..i18n.collation import danish_order
from .sqlite_errors import error_name

# Seconds that a command waits for another one to finish writing.
PATIENCE = 20.0
MAGIC = b"SQLite format 3\0"
"""The first bytes of a file that is not encrypted."""
# The last bytes of a journal that names another file (SQLite's "super-journal").
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
PRAGMAS = """
PRAGMA foreign_keys = ON;
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON; -- macOS: else the disk may keep it in its memory
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA temp_store = MEMORY;
PRAGMA secure_delete = ON;
"""


def connect(path: Path, mode: str = "rw", key: bytes | None = None, patience: float | None = None, using: Any = None) -> sqlite3.Connection:
    """Connect to an existing file, with the settings that this program relies on.

    `mode`: `rw`, or `ro` to only read. `key`: of an encrypted file. `using`: as in `bare_connection`. Raises `DamagedFile` if the key does not fit.
    """
    connection = bare_connection(path, mode, key, using, patience)
    try:
        connection.executescript(PRAGMAS)
    except BaseException:
        connection.close()
        raise
    return connection


def bare_connection(
    path: Path, mode: str, key: bytes | None = None, using: Any = None, patience: float | None = None
) -> sqlite3.Connection:
    """Connect to an existing file, with SQLite's default settings. `using`: the library, if not the one the file itself needs."""
    using = using or library_for(key)
    connection: sqlite3.Connection = using.connect(
        file_uri(path, mode), uri=True, timeout=PATIENCE if patience is None else patience, isolation_level=None
    )
    try:
        connection.row_factory = using.Row
        connection.create_collation("danish", danish_order)
        if key is not None:
            _unlock(connection, path, key)
    except BaseException:
        connection.close()
        raise
    return connection


def file_uri(path: Path, mode: str) -> str:
    """Return the URI by which SQLite opens an existing file, and never creates one. Raises `UnusableFile` if opening it would harm other files."""
    refuse_harmful_neighbours(path)
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"


def refuse_harmful_neighbours(path: Path) -> None:
    """Raise `UnusableFile` if a file that SQLite would open together with `path` leads it to another file.

    A journal may name a super-journal, which SQLite deletes after rolling back (https://www.sqlite.org/fileformat2.html#the_rollback_journal);
    only transactions over several files write such a name, and husrum makes none. A journal or WAL that is a link would be written through.
    """
    place = Path(os.path.realpath(path))  # SQLite follows links before it adds the endings
    for ending in ("-journal", "-wal", "-shm"):
        neighbour = place.with_name(place.name + ending)
        try:
            found = neighbour.lstat()
        except OSError:
            continue
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1 or (ending == "-journal" and _names_another_file(neighbour)):
            raise UnusableFile(
                _(
                    "{path} was not opened: {neighbour} next to it names another file, which could be lost. Move {neighbour} away; if somebody sent it, ask for {path} alone.",
                    path=path,
                    neighbour=neighbour,
                )
            )


def _names_another_file(journal: Path) -> bool:
    try:
        with journal.open("rb") as file:
            length = file.seek(0, os.SEEK_END)
            file.seek(max(0, length - len(_JOURNAL_MAGIC)))
            return length > len(_JOURNAL_MAGIC) and file.read() == _JOURNAL_MAGIC
    except OSError:
        return False  # nor can SQLite read it


# Encryption


def library_for(key: bytes | None) -> Any:
    """Return the library that opens a file with this key: Python's own SQLite if there is no key."""
    return sqlite3 if key is None else sqlcipher()


@cache
def sqlcipher() -> ModuleType:
    """Load SQLCipher, which also reads files that are not encrypted. Raises `WrongInput` if it is not installed."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        raise missing_extra("crypt") from None
    # Its errors are classes of its own; as subclasses of Python's, they are caught as those are.
    for name in ("DatabaseError", "OperationalError", "IntegrityError", "InternalError", "DataError", "NotSupportedError"):
        error, same = getattr(dbapi2, name), getattr(sqlite3, name)
        if not issubclass(error, same):
            error.__bases__ = (*error.__bases__, same)
    return dbapi2  # type: ignore[no-any-return]


def key_literal(key: bytes | None) -> str:
    """Return a key as SQLCipher takes it without deriving another from it: 32 bytes, or 48 with the file's salt. Empty if there is none."""
    return "" if key is None else f"x'{key.hex()}'"


def cannot_decrypt(path: Path, tried: bool) -> DamagedFile:
    """Return the error for a file that is not a plain one. `tried`: a key was tried. An encrypted file can't be distinguished from a damaged one."""
    if not tried:
        return DamagedFile(_("{path} is not a husrum file, or it is encrypted. If it is encrypted, add --db-key FILE.", path=path))
    return DamagedFile(_("{path} can't be opened: it is encrypted with another key, or damaged, or not a husrum file.", path=path))


def _unlock(connection: sqlite3.Connection, path: Path, key: bytes) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # it logs to stderr
    connection.execute(f'PRAGMA key = "{key_literal(key)}"')
    try:
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    except sqlite3.DatabaseError as error:
        if error_name(error) != "SQLITE_NOTADB":
            raise
        raise cannot_decrypt(path, True) from None


# The first bytes of a file


def change_counter(path: Path) -> int | None:
    """Return SQLite's file change counter; None if the file is encrypted.

    Not while this process holds a lock on the file: on POSIX, closing a file releases all of the process's locks on it.
    """
    with path.open("rb") as file:
        return change_counter_in(file.read(28))


def change_counter_in(header: bytes) -> int | None:
    """Return the file change counter in a header of at least 28 bytes; None if the file is encrypted."""
    return int.from_bytes(header[24:28]) if header.startswith(MAGIC) and len(header) >= 28 else None


def encrypted_write_mark(file: BinaryIO) -> int:
    """Return 62 bits of an encrypted file's first page, which SQLCipher re-encrypts at every write. `file`: open and unbuffered."""
    file.seek(len(MAGIC))
    return (1 << 61) + (int.from_bytes(file.read(8)) >> 3)
