"""Whether the file itself is sound: what SQLite finds, where its references lead, and whether it still has the shape of schema.sql."""

from __future__ import annotations

import re
import sqlite3

from ..i18n import N_, _
from .opening import schema
from .sqlite_errors import error_name
from .store import Store

Shape = dict[tuple[str, str], str]


def damage(store: Store, exact: bool = True) -> list[tuple[str, str]]:
    """What is broken in the file, as (sentence, where); where it can't be read at all, that is nowhere. An empty list: nothing is. Not `exact`: what somebody added to its tables is no damage."""
    try:
        return _integrity(store) + _changed_shape(store, exact) + _lost_references(store)
    except UnicodeDecodeError:
        return [(_("It holds bytes that are no text."), "")]
    except sqlite3.DatabaseError as error:
        # A file can be too broken to be checked to the end; a file that another program is writing is not broken.
        if error_name(error).startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_FULL")):
            raise
        return [(_("SQLite can't read it: {reason}.", reason=str(error)), "")]


def _integrity(store: Store) -> list[tuple[str, str]]:
    if store.key is not None:
        # One page that can't be deciphered makes SQLite doubt all the others; SQLCipher tells which it is.
        found = [row[0] for row in store.rows("PRAGMA cipher_integrity_check")]
        if found:
            return [(_("SQLite finds: {reason}.", reason=line), store.path.name) for line in found]
    # SQLite names tables and indexes here, never what stands in them.
    found = [row[0] for row in store.rows("PRAGMA integrity_check")]
    return [(_("SQLite finds: {reason}.", reason=line), store.path.name) for line in found if line != "ok"]


# As SQLite calls them.
_KINDS = {"table": N_("table"), "index": N_("index"), "trigger": N_("trigger"), "view": N_("view")}


def _changed_shape(store: Store, exact: bool) -> list[tuple[str, str]]:
    expected = expected_shape()
    held = {key: sql for key, sql in shape(store.connection).items() if not key[1].startswith("sqlite_")}
    problems = []
    for kind, name in sorted(expected.keys() | held.keys()):
        if (kind, name) not in held:
            problems.append((_("The {kind} is missing.", kind=_(_KINDS[kind])), name))
        elif not exact:
            continue
        elif (kind, name) not in expected:
            problems.append((_("The {kind} does not belong in a husrum file.", kind=_(_KINDS[kind])), name))
        elif held[kind, name] != expected[kind, name]:
            problems.append((_("The {kind} is not as husrum makes it.", kind=_(_KINDS[kind])), name))
    return problems


def expected_shape() -> Shape:
    """What schema.sql makes."""
    fresh = sqlite3.connect(":memory:")
    try:
        fresh.executescript(schema())
        return shape(fresh)
    finally:
        fresh.close()


def shape(connection: sqlite3.Connection, database: str = "main") -> Shape:
    """(kind, name) -> SQL of all there is, without comments and line breaks, which are no rules. The indexes of keys have no SQL, and are left out."""
    columns = "CAST(type AS TEXT), CAST(name AS TEXT), CAST(sql AS TEXT)"
    rows = connection.execute(f"SELECT {columns} FROM {database}.sqlite_schema WHERE sql IS NOT NULL")
    return {(kind, name): " ".join(re.sub(r"--[^\n]*", "", sql).split()) for kind, name, sql in rows}


def _lost_references(store: Store) -> list[tuple[str, str]]:
    counts: dict[tuple[str, str], int] = {}
    for row in store.rows("PRAGMA foreign_key_check"):
        counts[row["table"], row["parent"]] = counts.get((row["table"], row["parent"]), 0) + 1
    return [
        (_("Rows that point at nothing in {parent}: {number}.", parent=parent, number=number), table)
        for (table, parent), number in sorted(counts.items())
    ]
