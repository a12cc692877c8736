"""The table `codes` of a file: the allowed values of its columns of codes."""

from __future__ import annotations

import sqlite3


def fill_codes(connection: sqlite3.Connection) -> None:
    """Add the codes that this version of husrum knows to the file's own; none is taken away, since rows may hold it.

    Called when a file is made or upgraded, never when it is only opened: a file never holds a code that the program of its version doesn't know.
    """
    from ..vocabulary.file_codes import stored_codes  # a file that is only opened needs none of them

    connection.executemany("INSERT OR IGNORE INTO codes (vocabulary, code) VALUES (?, ?)", stored_codes())
