"""Copy whole files: page by page, or row by row with another key. Every copy is read through."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

from ..atomic_files import new_file
from ..errors import DamagedFile
from ..i18n import _
from .connection import bare_connection, file_uri, key_literal, sqlcipher
from .foreign_writes import settle_copy
from .sqlite_errors import translating_sqlite_errors


def copy_to_new(connection: sqlite3.Connection, source: Path, path: Path, key: bytes | None, changes_outside: int = 0) -> None:
    """Copy an open file to a new one. Raises `Refused` if `path` exists; a failed copy leaves nothing."""
    with new_file(path) as temporary:
        copy_file(connection, source, temporary, key, changes_outside, shown=path)


def copy_file(
    connection: sqlite3.Connection, source: Path, target: Path, key: bytes | None, changes_outside: int = 0, shown: Path | None = None
) -> None:
    """Copy an open file page by page over an empty one, and read the copy through.

    `key`: of both files. `changes_outside`: writes of other programs that the source has not logged yet; the copy reports the same.
    `shown`: the target's name in an error.
    """
    # SQLite's backup would wait forever for another program's lock; a read transaction waits only as long as every command does.
    connection.execute("BEGIN")
    try:
        with translating_sqlite_errors(source):
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        with translating_sqlite_errors(shown or target), closing(bare_connection(target, "rw", key)) as copy:
            connection.backup(copy)
            if copy.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise _damaged_source(source)
            settle_copy(copy, target, changes_outside)
    finally:
        connection.execute("COMMIT")


def copy_with_key(source: Path, key: bytes | None, target: Path, new_key: bytes | None, changes_outside: int = 0) -> None:
    """Copy a file row by row over an empty one, encrypted with another key or with none, and compare the two.

    `changes_outside`: as in `copy_file`. Every connection to the source is SQLCipher's: if one to a plain file were not, closing it would release
    the locks of the others.
    """
    with translating_sqlite_errors(source), closing(bare_connection(source, "ro", key, sqlcipher())) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT 1 FROM sqlite_schema").fetchone()  # from here on nobody can write, until the two were compared
        with closing(bare_connection(source, "ro", key, sqlcipher())) as original:
            numbers = {name: original.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")}
            original.execute("ATTACH ? AS copy KEY ?", (file_uri(target, "rw"), key_literal(new_key)))
            original.execute("BEGIN")  # otherwise each table is a transaction, which waits for the disk
            original.execute("SELECT sqlcipher_export('copy')")
            for name, number in numbers.items():
                original.execute(f"PRAGMA copy.{name} = {number}")
            original.execute("COMMIT")
        with closing(bare_connection(target, "rw", new_key)) as copy:
            if copy.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok" or not have_same_rows(reader, copy):
                raise _damaged_source(source)
            settle_copy(copy, target, changes_outside)


def _damaged_source(path: Path) -> DamagedFile:
    return DamagedFile(_("{path} is damaged, and nothing was copied; look with: husrum check", path=path))


def plain_bytes(path: Path, key: bytes) -> bytes:
    """Return the content of an encrypted file as a plain one has it, made in memory."""
    with closing(bare_connection(path, "ro", key)) as source, closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        schema = source.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite^_%' ESCAPE '^'")
        objects = sorted(map(tuple, schema), key=lambda found: found[0] != "table")
        copy.execute("BEGIN")
        for _kind, _name, sql in (found for found in objects if found[0] == "table"):
            copy.execute(sql)
        for _kind, name, _sql in (found for found in objects if found[0] == "table"):
            rows = source.execute(f"SELECT * FROM {quote_identifier(name)}")
            marks = ", ".join("?" * len(rows.description))
            copy.executemany(f"INSERT INTO {quote_identifier(name)} VALUES ({marks})", map(tuple, rows))
        for _kind, _name, sql in (found for found in objects if found[0] != "table"):
            copy.execute(sql)
        copy.execute("COMMIT")
        for name in ("application_id", "user_version"):
            copy.execute(f"PRAGMA {name} = {source.execute(f'PRAGMA {name}').fetchone()[0]}")
        return copy.serialize()


def have_same_rows(one: sqlite3.Connection, other: sqlite3.Connection) -> bool:
    """Whether two files have the same schema and the same rows."""
    return all(row == twin for row, twin in zip_longest(_all_rows(one), _all_rows(other)))


def _all_rows(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    schema = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
    for kind, name, sql in schema:
        yield kind, name, sql
        if kind == "table":
            yield from map(tuple, connection.execute(f"SELECT * FROM {quote_identifier(name)}"))


def quote_identifier(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
