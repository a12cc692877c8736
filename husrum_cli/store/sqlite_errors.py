"""What SQLite says about a file, as a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import DamagedFile, UnusableFile
from ..i18n import _

_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


# SQLCipher does not name what happens while it copies.
_NAMES = {"database is locked": "SQLITE_BUSY", "database or disk is full": "SQLITE_FULL", "disk I/O error": "SQLITE_IOERR"}


def error_name(error: sqlite3.Error) -> str:
    """What SQLite calls an error, like `SQLITE_BUSY`. Empty where it is none of SQLite's own."""
    return getattr(error, "sqlite_errorname", None) or _NAMES.get(str(error), "")


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turns what SQLite says about the file into a sentence. A broken rule of ours stays what it is: a bug."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except UnicodeDecodeError:
        raise damaged(path) from None
    except sqlite3.DatabaseError as error:
        name = error_name(error)
        raise (DamagedFile if name.startswith(_DAMAGED) else UnusableFile)(_reason(path, error)) from None


def damaged(path: Path) -> DamagedFile:
    """The error for a file whose bytes make no sense."""
    return DamagedFile(_("{path} is damaged or no husrum file; restore a backup.", path=path))


def _reason(path: Path, error: sqlite3.DatabaseError) -> str:
    name = error_name(error)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return _("{path} is being written by another program; try again when it is done.", path=path)
    if name.startswith("SQLITE_FULL"):
        return _("The disk is full; nothing was written to {path}.", path=path)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM", "SQLITE_AUTH")):
        return _("{path} can't be read or written here; nothing was changed.", path=path)
    if name.startswith(_DAMAGED) or "decode" in str(error):
        return _("{path} is damaged or no husrum file; restore a backup.", path=path)
    raise error
