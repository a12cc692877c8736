"""Translate SQLite's errors into HusrumErrors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import CommitState, DamagedFile, UnusableFile
from ..i18n import _

_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
# SQLCipher gives errors within its copying functions no name, or a general one.
_NAMES = {"database is locked": "SQLITE_BUSY", "database or disk is full": "SQLITE_FULL", "disk I/O error": "SQLITE_IOERR"}


def error_name(error: sqlite3.Error) -> str:
    """Return SQLite's name of an error, like `SQLITE_BUSY`; empty if it has none."""
    return _NAMES.get(str(error)) or getattr(error, "sqlite_errorname", None) or ""


@contextmanager
def translating_sqlite_errors(path: Path) -> Iterator[None]:
    """Raise `UnusableFile` or `DamagedFile` for what SQLite says about a file. A violated constraint is a bug, and stays an `IntegrityError`."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except UnicodeDecodeError:
        raise damaged_file(path) from None
    except sqlite3.DatabaseError as error:
        name = error_name(error)
        raise (DamagedFile if name.startswith(_DAMAGED) else UnusableFile)(_message(path, error)) from None


def damaged_file(path: Path) -> DamagedFile:
    """Return the error for a file whose bytes make no sense."""
    return DamagedFile(_("{path} is damaged or not a husrum file; restore a backup.", path=path))


def _message(path: Path, error: sqlite3.DatabaseError) -> str:
    name = error_name(error)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return _("{path} is being written by another program; try again when it is done.", path=path)
    if name.startswith("SQLITE_FULL"):
        if CommitState.done:
            return _("The disk is full: {path}.", path=path)
        return _("The disk is full; nothing was written to {path}.", path=path)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM", "SQLITE_AUTH")):
        if CommitState.done:
            return _("{path} can't be read or written here.", path=path)
        return _("{path} can't be read or written here; nothing was changed.", path=path)
    if name.startswith(_DAMAGED) or "decode" in str(error):
        return _("{path} is damaged or not a husrum file; restore a backup.", path=path)
    raise error
