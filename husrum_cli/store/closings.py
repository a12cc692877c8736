"""Remember closed years even if their closing is undone or an older copy is restored, since their figures may have been published."""

from __future__ import annotations

import sqlite3
from typing import Any

from ..input.dates import today

_SELECT = """SELECT closed_years.uid, branches.uid AS branch, year, closed_at, figures, hash, reopened_at, reopened_why
    FROM closed_years LEFT JOIN branches ON branches.id = branch_id ORDER BY closed_years.id"""
# `branch`: of a branch that is in the file, or of all of them together.
_INSERT = """INSERT INTO closed_years (branch_id, uid, year, closed_at, figures, hash, reopened_at, reopened_why)
    SELECT branches.id, :uid, :year, :closed_at, :figures, :hash, ifnull(:reopened_at, :today), :reopened_why
    FROM (SELECT 1) LEFT JOIN branches ON branches.uid = :branch
    WHERE (:branch IS NULL OR branches.id IS NOT NULL) AND :uid NOT IN (SELECT uid FROM closed_years)"""


def closings_in(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return every closing in a file: its columns, with the uid of its `branch` (None: of the whole file)."""
    cursor = connection.execute(_SELECT)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def restore_closings(connection: sqlite3.Connection, known: list[dict[str, Any]]) -> None:
    """Add the closings that a file no longer has, as opened again today."""
    connection.executemany(_INSERT, [{**each, "today": today()} for each in known])
