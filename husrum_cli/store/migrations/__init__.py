"""Files that older versions made, brought to today's schema: a step for each version, all of them or none.

A new code needs a new version too, with a step that may be empty: the codes are filled in after the steps.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from ..codes import fill_codes

STEPS = Path(__file__).parent


def upgrade(connection: sqlite3.Connection, version: int, keep: Callable[[int], None]) -> None:
    """Upgrade an open file to `version` in one transaction, after `keep` has copied it; `keep` gets the file's present version.

    A file that another program upgraded in the meantime is left as it is. Raises `sqlite3.IntegrityError` if references lead nowhere
    afterwards; then the file is as it was.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found < version:
            keep(found)
        for step in range(found + 1, version + 1):
            for statement in statements((STEPS / f"to_{step}.sql").read_text(encoding="utf-8")):
                connection.execute(statement)
        if found < version:
            fill_codes(connection)
            # Former rows stored by an older version may not fit today's tables; and this write is not a change from outside.
            connection.execute("UPDATE steps SET added = NULL")
            connection.execute("DELETE FROM former_rows")
            connection.execute(
                "UPDATE steps SET counter = counter + 1 WHERE edit_id = (SELECT max(edit_id) FROM steps WHERE counter IS NOT NULL)"
            )
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.IntegrityError("foreign keys")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script, one by one: `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
