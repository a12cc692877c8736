"""Check the file itself: SQLite's integrity check, broken references, and whether the schema is that of schema.sql."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

from ..errors import Refused
from ..i18n import N_, _
from .opening import schema
from .sqlite_errors import error_name
from .store import Store

Shape = dict[tuple[str, str], str]


def damage(store: Store, exact: bool = True) -> list[tuple[str, str]]:
    """Return what is broken, as (sentence, where). `where` is empty if the file can't be read at all. Not `exact`: changed and foreign objects are not damage."""
    try:
        return _integrity(store) + _changed_shape(store, exact) + _lost_references(store)
    except UnicodeDecodeError:
        return [(_("It contains bytes that are not text."), "")]
    except sqlite3.DatabaseError as error:
        # A broken file may stop the check itself; a locked one, or a full disk, is not damage.
        if error_name(error).startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_FULL")):
            raise
        return [(_("SQLite can't read it: {reason}.", reason=str(error)), "")]


def _integrity(store: Store) -> list[tuple[str, str]]:
    if store.key is not None:
        # After one page that can't be decrypted SQLite reports all the others; SQLCipher says which page it is.
        found = [row[0] for row in store.rows("PRAGMA cipher_integrity_check")]
        if found:
            return [(_("SQLite finds: {reason}.", reason=line), store.path.name) for line in found]
    # These messages name tables and indexes, never values.
    found = [row[0] for row in store.rows("PRAGMA integrity_check")]
    return [(_("SQLite finds: {reason}.", reason=line), store.path.name) for line in found if line != "ok"]


# SQLite's names of the kinds of objects.
KINDS = {"table": N_("table"), "index": N_("index"), "trigger": N_("trigger"), "view": N_("view")}


def _changed_shape(store: Store, exact: bool) -> list[tuple[str, str]]:
    expected = expected_objects()
    found = {key: sql for key, sql in schema_objects(store.connection).items() if not key[1].startswith("sqlite_")}
    problems = []
    for kind, name in sorted(expected.keys() | found.keys()):
        if (kind, name) not in found:
            problems.append((_("The {kind} is missing.", kind=_(KINDS[kind])), name))
        elif not exact:
            continue
        elif (kind, name) not in expected:
            problems.append((_("The {kind} does not belong in a husrum file.", kind=_(KINDS[kind])), name))
        elif found[kind, name] != expected[kind, name]:
            added = _added_columns(store, name) if kind == "table" else []
            problems += [(_("The column {column} does not belong in a husrum file.", column=column), name) for column in added]
            if not added:
                problems.append((_("The {kind} is not as husrum makes it.", kind=_(KINDS[kind])), name))
    return problems


def foreign_objects(store: Store) -> list[tuple[str, str]]:
    """Return (kind, name) of objects that are not husrum's, or differ from its own: tables, triggers, views and indexes of other programs.

    Their rows may repeat ours, and their triggers may undo what we do.
    """
    expected = expected_objects()
    return sorted(
        key for key, sql in schema_objects(store.connection).items() if not key[1].startswith("sqlite_") and expected.get(key) != sql
    )


def refuse_foreign_objects(store: Store, path: Path | None = None) -> None:
    """Raise `Refused` if there are tables, triggers or columns of other programs: they may hold copies of what is to go, or keep it from going.

    Of husrum's own tables the columns are named that don't belong there, never the table: with it all its rows would go.
    `path`: what the file is called, if not as the store has it.
    """
    path, expected = path or store.path, expected_objects()
    objects, columns, altered = list[str](), list[str](), list[str]()
    for kind, name in foreign_objects(store):
        if kind not in ("table", "trigger"):
            continue
        if (kind, name) not in expected:
            objects.append(f"{_(KINDS[kind])} {name}")
        elif added := _added_columns(store, name) if kind == "table" else []:
            columns += [f"{name}.{column}" for column in added]
        else:
            altered.append(f"{_(KINDS[kind])} {name}")
    if objects:
        raise Refused(
            _(
                "{path} holds what husrum did not make ({objects}), which may keep a copy of what is to go. Remove it with the program that made it, then run the command again.",
                path=path,
                objects=", ".join([*objects, *(f"{_('column')} {each}" for each in columns)]),
            )
        )
    if columns:
        table, _dot, column = columns[0].partition(".")
        raise Refused(
            _(
                "{path} has columns that husrum did not make ({columns}), which may keep a copy of what is to go. Remove these columns alone, with the program that made them (in SQL: {sql}), then run the command again.",
                path=path,
                columns=", ".join(columns),
                sql=f'ALTER TABLE {table} DROP COLUMN "{column}"',
            )
        )
    if altered:
        raise Refused(
            _(
                "{path} has been changed by another program ({objects}), so that what is to go may stay. Carry the rows over to a new file: husrum export tables DIR, husrum init FILE, husrum import",
                path=path,
                objects=", ".join(altered),
            )
        )


def _added_columns(store: Store, table: str) -> list[str]:
    """Return the columns that other programs added to a table of husrum's own."""
    sql = "SELECT name FROM pragma_table_xinfo(?)"
    with closing(_fresh()) as fresh:
        own = {name for (name,) in fresh.execute(sql, (table,))}
    return [row["name"] for row in store.rows(sql, table) if row["name"] not in own]


@cache
def expected_objects() -> Shape:
    """Return the shape of a new file. It is looked at several times, so it is made once; only read it."""
    with closing(_fresh()) as fresh:
        return schema_objects(fresh)


def _fresh() -> sqlite3.Connection:
    fresh = sqlite3.connect(":memory:")
    fresh.executescript(schema())
    return fresh


def schema_objects(connection: sqlite3.Connection, database: str = "main") -> Shape:
    """Return (kind, name) -> SQL of every object, without comments and the white space that says nothing. The automatic indexes of keys have no SQL, and are left out."""
    columns = "CAST(type AS TEXT), CAST(name AS TEXT), CAST(sql AS TEXT)"
    rows = connection.execute(f"SELECT {columns} FROM {database}.sqlite_schema WHERE sql IS NOT NULL")
    return {(kind, name): _bare(sql) for kind, name, sql in rows}


@cache
def _bare(sql: str) -> str:
    sql = " ".join(re.sub(r"--[^\n]*", "", sql).split())
    for mark in "(),":  # a regular expression takes three times as long
        sql = sql.replace(f" {mark}", mark).replace(f"{mark} ", mark)
    return sql


def _lost_references(store: Store) -> list[tuple[str, str]]:
    counts: dict[tuple[str, str], int] = {}
    for row in store.rows("PRAGMA foreign_key_check"):
        counts[row["table"], row["parent"]] = counts.get((row["table"], row["parent"]), 0) + 1
    return [
        (_("Rows that point at nothing in {parent}: {number}.", parent=parent, number=number), table)
        for (table, parent), number in sorted(counts.items())
    ]
