"""Closed years stay known when their closing is undone or an older copy is put back, since their figures may have been published."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from ..input.dates import today

_SELECT = """SELECT closed_years.uid, branches.uid, year, closed_at, figures, hash, reopened_at, reopened_why
    FROM closed_years LEFT JOIN branches ON branches.id = branch_id ORDER BY closed_years.id"""
# `branch`: of a branch that is in the file, or of all of them together.
_INSERT = """INSERT INTO closed_years (branch_id, uid, year, closed_at, figures, hash, reopened_at, reopened_why)
    SELECT branches.id, :uid, :year, :closed_at, :figures, :hash, ifnull(:reopened_at, :today), :reopened_why
    FROM (SELECT 1) LEFT JOIN branches ON branches.uid = :branch
    WHERE (:branch IS NULL OR branches.id IS NOT NULL) AND :uid NOT IN (SELECT uid FROM closed_years)"""


class ClosedYear(NamedTuple):
    """A row of `closed_years`. `branch`: the uid of its branch; None: of the whole file."""

    uid: str
    branch: str | None
    year: int
    closed_at: str
    figures: str
    hash: str
    reopened_at: str | None
    reopened_why: str | None


def closings_in(connection: sqlite3.Connection) -> list[ClosedYear]:
    """Return every closing in a file."""
    return [ClosedYear(*row) for row in connection.execute(_SELECT)]


def keep_closings(connection: sqlite3.Connection, known: list[ClosedYear]) -> None:
    """Add the closings that a file no longer has, as opened again today."""
    connection.executemany(_INSERT, [{**each._asdict(), "today": today()} for each in known])
