"""Whole copies of a file: consistent whatever else is going on, readable by their owner alone, and checked."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from ..errors import Refused, UnusableFile
from ..locale import _


def new_file(path: Path) -> None:
    """Makes an empty file that only its owner can read, whatever the umask. Never touches one that exists."""
    try:
        # SQLite gives its journal the mode of the file, so the mode must be right before SQLite opens it.
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        if hasattr(os, "fchmod"):
            os.fchmod(descriptor, 0o600)
        os.close(descriptor)
    except FileExistsError:
        raise Refused(_("{path} exists already; choose another name.", path=path)) from None
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=path, reason=error.strerror)) from None


def free_name(path: Path) -> Path:
    """The path, or where it is taken the next one with a number that is free."""
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def copy_whole(source: sqlite3.Connection, path: Path) -> None:
    """Copies an open file to a new one, and reads the copy through. Raises `Refused` where the target exists; nothing half-written is left."""
    new_file(path)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            source.backup(copy)
            problem = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if problem != "ok":
            raise UnusableFile(_("The copy {path} is damaged ({problem}); nothing else was changed.", path=path, problem=problem))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
