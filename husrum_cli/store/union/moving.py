"""Copy branches from a file that a merge made: there the ids of each branch follow each other already, so all that they need is to be moved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .sources import BranchCopy, Source
from .travelling_rows import REFERENCES, TRAVELS, has_id, owned_tables, owner_column, travelling_references

Ids = dict[str, int]
"""Table -> the id before the first one of a branch."""


class _AdjacentBranches(NamedTuple):
    """Branches next to each other, whose ids move by the same numbers: table -> how far, the id before the first one, the last one."""

    shift: Ids
    before: Ids
    last: Ids


def first_ids(copies: Iterable[tuple[int, BranchCopy]]) -> tuple[dict[int, Ids], Ids]:
    """Return branch -> the ids before its first ones, of copies with the ids of their branches; and the last ids of all."""
    ids: dict[int, Ids] = {}
    last = {table: 0 for table in owned_tables() if has_id(table)}
    for id, copy in sorted(copies):
        ids[id] = {"branches": id - 1, **last}
        last = {table: number + copy.counts[table] for table, number in last.items()}
    return ids, last


def move_branches(connection: sqlite3.Connection, source: Source, wanted: Mapping[int, Ids]) -> None:
    """Copy branches of a file that is attached as `source`. `wanted`: id of the branch there -> the ids before its first ones here."""
    found, _last = first_ids((copy.id, copy) for copy in source.copies)
    runs: list[_AdjacentBranches] = []
    for copy in (copy for copy in source.copies if copy.id in wanted):
        before = found[copy.id]
        last = {table: number + copy.counts.get(table, 1) for table, number in before.items()}
        shift = {table: wanted[copy.id][table] - number for table, number in before.items()}
        if runs and (runs[-1].shift, runs[-1].last) == (shift, before):
            runs[-1] = runs[-1]._replace(last=last)
        else:
            runs.append(_AdjacentBranches(shift, before, last))
    connection.execute("PRAGMA ignore_check_constraints = ON")  # they were checked when the rows came
    for table in ("branches", *owned_tables()):
        key, whose = ("id", table) if has_id(table) else (owner_column(table), REFERENCES[owner_column(table)])
        for run in runs:
            columns = {
                **TRAVELS[table].columns,
                **{column: f"t.{column} + {run.shift[REFERENCES[column]]}" for column in travelling_references(table)},
            }
            if has_id(table):
                columns["id"] = f"t.id + {run.shift[table]}"
            connection.execute(
                f"""INSERT INTO main.{table} ({", ".join(columns)}) SELECT {", ".join(columns.values())} FROM source.{table} AS t
                WHERE t.{key} > {run.before[whose]} AND t.{key} <= {run.last[whose]} AND {TRAVELS[table].where}"""
            )
    connection.execute("PRAGMA ignore_check_constraints = OFF")
