"""Files that are encrypted where they lie, and the library that reads them (SQLCipher, the extra `crypt`).

Every byte of such a file is encrypted, also its first ones, so that without its key it can't be told from any other bytes.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from ..errors import DamagedFile, WrongInput
from ..i18n import _
from .sqlite_errors import error_name

MAGIC = b"SQLite format 3\0"
"""What a file that is not encrypted begins with."""


def locked(path: Path, tried: bool) -> DamagedFile:
    """The error for a file that is not plain and can't be opened: `tried`, or no key was named. What is encrypted can't be told from what is damaged."""
    if not tried:
        return DamagedFile(_("{path} is no husrum file; or it is encrypted, and needs its key: --db-key FILE", path=path))
    return DamagedFile(_("{path} can't be opened: it is encrypted with another key, or damaged, or no husrum file.", path=path))


def library(key: bytes | None) -> Any:
    """What opens a file with this key: Python's own SQLite where there is none."""
    return sqlite3 if key is None else sqlcipher()


@cache
def sqlcipher() -> ModuleType:
    """SQLCipher, which also reads files that are not encrypted. Raises `WrongInput` where it is not installed."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        raise WrongInput(_("An encrypted file needs one more package: pip install 'husrum-cli[crypt]'")) from None
    # It is Python's own library with another SQLite in it. Whoever catches an error of that one means the same error of this one.
    for name in ("DatabaseError", "OperationalError", "IntegrityError", "InternalError", "DataError", "NotSupportedError"):
        error, same = getattr(dbapi2, name), getattr(sqlite3, name)
        if not issubclass(error, same):
            error.__bases__ = (*error.__bases__, same)
    return dbapi2  # type: ignore[no-any-return]


def unlock(connection: sqlite3.Connection, path: Path, key: bytes) -> None:
    """Gives a connection of `sqlcipher` the file's key. Raises `DamagedFile` where it does not fit."""
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would tell the terminal what it finds
    connection.execute(f'PRAGMA key = "{in_sql(key)}"')
    try:
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    except sqlite3.DatabaseError as error:
        if error_name(error) != "SQLITE_NOTADB":
            raise
        raise locked(path, True) from None


def in_sql(key: bytes | None) -> str:
    """A key as SQLCipher reads it, without deriving another from it. Empty where there is none."""
    return "" if key is None else f"x'{key.hex()}'"
