"""Whole copies of a file: consistent whatever else is going on, readable by their owner alone, and checked."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import zip_longest
from pathlib import Path

from ..atomic_files import clear_left, put_where_none_is, unfinished
from ..errors import DamagedFile, Refused, UnusableFile
from ..i18n import _
from .cipher import in_sql, sqlcipher
from .connection import address, bare_connection
from .foreign_writes import settle_copy
from .sqlite_errors import readable


def new_file(path: Path, shown: Path | None = None) -> None:
    """Makes an empty file that only its owner can read, whatever the umask. Never touches one that exists. `shown`: its name in an error."""
    try:
        # SQLite gives its journal the mode of the file, so the mode must be right before SQLite opens it.
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        if hasattr(os, "fchmod"):
            os.fchmod(descriptor, 0o600)
        os.close(descriptor)
    except FileExistsError:
        raise Refused(_("{path} exists already; choose another name.", path=shown or path)) from None
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=shown or path, reason=error.strerror)) from None


def free_name(path: Path) -> Path:
    """The path, or where it is taken the next one with a number that is free."""
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


@contextmanager
def made_whole(path: Path, empty: bool = True) -> Iterator[Path]:
    """A new file to write to, which becomes `path` when the block is left: `path` is there whole, or not at all. Never over one that exists.

    Not `empty`: its name alone, for what makes the file itself.
    """
    if path.exists():
        clear_left(path.parent)  # it may be whole, and have its other name still
        raise Refused(_("{path} exists already; choose another name.", path=path))
    try:
        with unfinished(path, empty) as partial:
            yield partial
            put_where_none_is(partial, path)
    except FileExistsError:
        raise Refused(_("{path} exists already; choose another name.", path=path)) from None
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=path, reason=error.strerror or error)) from None


def copy_whole(source: sqlite3.Connection, place: Path, path: Path, key: bytes | None, changes_outside: int = 0) -> None:
    """Copies an open file, that lies at `place`, to a new one at `path`, and reads the copy through. Raises `Refused` where the target exists; nothing half-written is left.

    `key`: the source's, and the copy's. `changes_outside`: writes of other programs that the lineage of the source does not know of yet. The copy says the same.
    """
    with made_whole(path) as partial:
        # SQLite's copying would wait for ever for another program's lock; beginning to read waits as every command does.
        source.execute("BEGIN")
        try:
            with readable(place):
                source.execute("SELECT 1 FROM sqlite_master").fetchone()
            with readable(path), closing(bare_connection(partial, "rw", key)) as copy:
                source.backup(copy)
                if copy.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                    raise DamagedFile(_("{path} is damaged, and nothing was copied; look with: husrum check", path=place))
                settle_copy(copy, partial, changes_outside)
        finally:
            source.execute("COMMIT")


def copy_recoded(place: Path, key: bytes | None, path: Path, new_key: bytes | None, changes_outside: int = 0) -> None:
    """Copies a file that is encrypted with one key, or with none, row by row to a new one at `path` that is encrypted with another, or with none.

    Both are then compared. Raises `Refused` where the target exists; nothing half-written is left.
    """
    with made_whole(path) as partial:
        with readable(place), closing(bare_connection(place, "ro", key, sqlcipher())) as source:
            numbers = {name: source.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")}
            source.execute("ATTACH ? AS copy KEY ?", (address(partial, "rw"), in_sql(new_key)))
            with readable(path):
                source.execute("SELECT sqlcipher_export('copy')")
                for name, number in numbers.items():
                    source.execute(f"PRAGMA copy.{name} = {number}")
        with readable(path), closing(bare_connection(place, "ro", key)) as source, closing(bare_connection(partial, "rw", new_key)) as copy:
            if copy.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok" or not same_rows(source, copy):
                raise DamagedFile(_("{path} is damaged, and nothing was copied; look with: husrum check", path=place))
            settle_copy(copy, partial, changes_outside)


def same_rows(one: sqlite3.Connection, other: sqlite3.Connection) -> bool:
    """Whether two files hold the same tables with the same rows."""
    return all(row == twin for row, twin in zip_longest(_every_row(one), _every_row(other)))


def _every_row(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    schema = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
    for kind, name, sql in schema:
        yield kind, name, sql
        if kind == "table":
            yield from map(tuple, connection.execute(f"SELECT * FROM {quoted(name)}"))


def quoted(name: str) -> str:
    """The name of a table as SQL reads it, whatever it is."""
    return '"' + name.replace('"', '""') + '"'
