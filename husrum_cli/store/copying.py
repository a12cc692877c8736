"""Whole copies of a file: consistent whatever else is going on, readable by their owner alone, and checked."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import zip_longest
from pathlib import Path

from ..errors import DamagedFile, Refused, UnusableFile
from ..locale import _
from ..unfinished import clear_left, unfinished
from .header import change_counter
from .readable import readable


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


@contextmanager
def made_whole(path: Path) -> Iterator[Path]:
    """A new file to write to, which becomes `path` when the block is left: `path` is there whole, or not at all. Never over one that exists."""
    if path.exists():
        clear_left(path.parent)  # it may be whole, and have its other name still
        raise Refused(_("{path} exists already; choose another name.", path=path))
    try:
        with unfinished(path) as partial:
            yield partial
            _move(partial, path)
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=path, reason=error.strerror or error)) from None


def _move(partial: Path, path: Path) -> None:
    """Gives a file its name, unless another one took it meanwhile."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise Refused(_("{path} exists already; choose another name.", path=path)) from None
    except OSError:  # a stick with a simple file system knows no links
        if path.exists():
            raise Refused(_("{path} exists already; choose another name.", path=path)) from None
        os.rename(partial, path)


def copy_whole(source: sqlite3.Connection, place: Path, path: Path, changes_outside: int = 0) -> None:
    """Copies an open file, that lies at `place`, to a new one at `path`, and reads the copy through. Raises `Refused` where the target exists; nothing half-written is left.

    `changes_outside`: writes of other programs that the lineage of the source does not know of yet. The copy says the same.
    """
    with made_whole(path) as partial:
        # SQLite's copying would wait for ever for another program's lock; beginning to read waits as every command does.
        source.execute("BEGIN")
        try:
            with readable(place):
                source.execute("SELECT 1 FROM sqlite_master").fetchone()
            with readable(path), closing(sqlite3.connect(partial, isolation_level=None)) as copy:
                source.backup(copy)
                if copy.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                    raise DamagedFile(_("{path} is damaged, and nothing was copied; look with: husrum check", path=place))
                settle_counter(copy, partial, changes_outside)
        finally:
            source.execute("COMMIT")


def settle_counter(connection: sqlite3.Connection, path: Path, changes_outside: int = 0) -> None:
    """Makes the newest edit of a file that was just made agree with SQLite's counter of changes in it, which began anew."""
    counter = change_counter(path)
    if counter is not None and connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'steps'").fetchone():
        value = counter + 1 - changes_outside
        connection.execute(
            "UPDATE steps SET counter = ? WHERE edit_id = (SELECT max(edit_id) FROM steps WHERE counter IS NOT NULL)", (value,)
        )


def same_rows(one: sqlite3.Connection, other: sqlite3.Connection) -> bool:
    """Whether two files hold the same tables with the same rows."""
    return all(line == twin for line, twin in zip_longest(one.iterdump(), other.iterdump()))
