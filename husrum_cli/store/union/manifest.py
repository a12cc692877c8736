"""The manifest of a handover, computed so that any program can check it: for each table the number of rows, and a hash over them in the order of uids."""

from __future__ import annotations

import hashlib
import sqlite3

from ..integrity import schema_objects

_TABLES = "SELECT name FROM {0}.sqlite_schema WHERE type = 'table' AND name <> 'manifest' AND name NOT LIKE 'sqlite%' ORDER BY name"
Line = tuple[str, int, str]


def manifest(connection: sqlite3.Connection, database: str = "main") -> list[Line]:
    """Return (table, rows, SHA-256) of every table but the manifest; and `schema`, with the version and a hash of the schema itself.

    A row is serialised as JSON: its columns without the local `id`, and if it points to another row, that row's uid. Rows are in the order of these texts, which
    for a table with uids is theirs. It follows the file's own schema, so that files of older versions work too.
    """
    version = connection.execute(f"PRAGMA {database}.user_version").fetchone()[0]
    texts = [
        f"{kind} {name} {sql}"
        for (kind, name), sql in sorted(schema_objects(connection, database).items())
        if not name.startswith("sqlite_")
    ]
    lines = [("schema", version, hashlib.sha256("\n".join(texts).encode()).hexdigest())]
    return lines + [_line(connection, database, name) for (name,) in connection.execute(_TABLES.format(database)).fetchall()]


def misfits(connection: sqlite3.Connection, database: str = "source") -> str | None:
    """Return the first table that is not as the manifest says, if there is a manifest."""
    listed = {name: (rows, hash) for name, rows, hash in connection.execute(f"SELECT name, rows, hash FROM {database}.manifest")}
    if not listed:
        return None
    found = {name: (rows, hash) for name, rows, hash in manifest(connection, database)}
    return next((name for name in sorted(listed.keys() | found.keys()) if listed.get(name) != found.get(name)), None)


def _line(connection: sqlite3.Connection, database: str, table: str) -> Line:
    parents = {row[3]: row[2] for row in connection.execute(f"PRAGMA {database}.foreign_key_list({table})")}
    # Rows that point to one without a uid are a file's own, and travel nowhere: there is nothing of them in what is handed over.
    parents = {column: parent for column, parent in parents.items() if "uid" in _columns(connection, database, parent)}
    all_columns = _columns(connection, database, table)
    columns = [column for column in all_columns if column != "id"]
    columns.sort(key=lambda column: column != "uid")
    values = [
        f"(SELECT uid FROM {database}.{parents[column]} AS other WHERE other.id = t.{column})" if column in parents else f"t.{column}"
        for column in columns
    ]
    hashed, rows = hashlib.sha256(), 0
    clause, order = f"{database}.{table} AS t", "1"
    if columns[0] in parents and "id" not in all_columns:
        # Each text begins with its parent's uid: read in the order of these, so many rows need not be sorted all at once.
        clause = f"{database}.{parents[columns[0]]} AS parent CROSS JOIN {clause} ON t.{columns[0]} = parent.id"
        order = "parent.uid, 1"
    for (row,) in connection.execute(f"SELECT json_array({', '.join(values)}) FROM {clause} ORDER BY {order}"):
        hashed.update(row.encode())
        hashed.update(b"\n")
        rows += 1
    return table, rows, hashed.hexdigest()


def _columns(connection: sqlite3.Connection, database: str, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA {database}.table_info({table})")]
