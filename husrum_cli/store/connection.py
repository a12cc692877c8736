"""Connections to files. Nowhere else is one made: with Python's own SQLite to plain files, with SQLCipher to encrypted ones."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..i18n.collation import danish_order
from .cipher import library, unlock

# Seconds that a command waits for another one to finish writing.
PATIENCE = 20.0
PRAGMAS = """
PRAGMA foreign_keys = ON;
PRAGMA synchronous = FULL;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA temp_store = MEMORY;
PRAGMA secure_delete = ON;
"""


def connect(path: Path, mode: str = "rw", key: bytes | None = None, patience: float | None = None) -> sqlite3.Connection:
    """A connection to a file that exists, with what this program relies on.

    `mode`: `rw`, or `ro` where nothing may be written. `key`: of an encrypted file; raises `DamagedFile` where it is not its key.
    """
    connection = bare_connection(path, mode, key, patience=patience)
    try:
        connection.executescript(PRAGMAS)
    except BaseException:
        connection.close()
        raise
    return connection


def bare_connection(
    path: Path, mode: str, key: bytes | None = None, using: Any = None, patience: float | None = None
) -> sqlite3.Connection:
    """The same, with SQLite's own settings. `using`: the library, where it must be another than the file itself asks for."""
    using = using or library(key)
    connection: sqlite3.Connection = using.connect(
        address(path, mode), uri=True, timeout=PATIENCE if patience is None else patience, isolation_level=None
    )
    try:
        connection.row_factory = using.Row
        connection.create_collation("danish", danish_order)
        if key is not None:
            unlock(connection, path, key)
    except BaseException:
        connection.close()
        raise
    return connection


def address(path: Path, mode: str) -> str:
    """How SQLite is told of a file that exists; by this it never makes one."""
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"
