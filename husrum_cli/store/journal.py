"""Record what a command does to the rows, so that it can be listed and undone.

Added rows are many, but have greater ids than any row before: for each table only the greatest id before and after is recorded. Changed and deleted rows
are few: each is copied as it was, by triggers that exist for the transaction, so that cascades are recorded too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

# Tables whose new rows get the next id.
NUMBERED = (
    "branches",
    "people",
    "partners",
    "intakes",
    "roles",
    "attests",
    "leaving",
    "onward",
    "consents",
    "activities",
    "leaders",
    "enrolments",
    "sessions",
    "waits",
    "offers",
    "preferences",
    "matches",
    "pauses",
    "proposals",
    "proposal_answers",
    "contacts",
    "grants",
    "reported_figures",
    "closed_years",
    "expected_branches",
    "figures_for_branches",
    "former_names",
    "reminders",
    "volunteer_applications",
    "volunteer_hours",
    "measures",
    "goals",
    "suggestions",
    "quotes",
    "pair_meetings",
    "targets",
)
# Tables whose rows belong to a row of such a table: new if that is new; each row added to an old one is recorded.
BELONGING: dict[str, tuple[str, str]] = {
    "answers": ("intake_id", "intakes"),
    "interview_ages": ("intake_id", "intakes"),
    "volunteers": ("person_id", "people"),
    "programmes": ("activity_id", "activities"),
    "activity_partners": ("activity_id", "activities"),
    "attendance": ("session_id", "sessions"),
    "grant_offers": ("grant_id", "grants"),
    "application_roles": ("application_id", "volunteer_applications"),
    "closed_rows": ("closed_year_id", "closed_years"),
    "link_tags": ("person_id", "people"),
    "link_keys": ("branch_id", "branches"),
}
# Tables of few rows, with keys of their own: every row is recorded.
KEYED = ("settings", "former_numbers", "removed_people", "link_decisions", "manifest", "distinct_people")
# The lineage and the journal itself: never undone.
LINEAGE = ("edits", "steps", "former_rows")
# Filled in when a file is made or upgraded; no command writes there.
FIXED = ("codes",)
# Drafts are not yet part of the data, and made tags follow from it, so they are not recorded either.
UNSIGNED = ("drafts", "made_tags")

# The same as sets: an import asks about every row.
NEW_BY_ID = frozenset(NUMBERED)
_NEVER_WATCHED = frozenset({*NUMBERED, *LINEAGE, *UNSIGNED})
_GREATEST = "SELECT " + ", ".join(f"(SELECT ifnull(max(id), 0) FROM {table})" for table in (*NUMBERED, "edits"))
TOUCHED = "CREATE TEMP TABLE IF NOT EXISTS touched_rows (name TEXT, key TEXT, row TEXT, PRIMARY KEY (name, key)) STRICT, WITHOUT ROWID"


class WrittenRows(NamedTuple):
    """The rows a command wrote. `counts`: table -> [rows added, changed, removed]; `added`: table -> [greatest id before, after]."""

    counts: dict[str, list[int]]
    added: dict[str, list[int]]


class Recorder:
    """The recorder of one transaction, from its creation until `finish`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.before = _greatest(connection)
        self.triggers: list[str] = []
        self._watched: set[tuple[str, str]] = set()
        self._foreign_keys: list[tuple[str, str, str]] | None = None

    def must_watch(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bool:
        """Whether rows about to be inserted must be watched: not if they get new ids, or belong to rows that are new themselves."""
        if table in _NEVER_WATCHED or (table, "INSERT") in self._watched:
            return False
        if table not in BELONGING:
            return True
        column, parent = BELONGING[table]
        place, before = columns.index(column), self.before[parent]
        return any(row[place] <= before for row in rows)

    def watch(self, table: str, event: str) -> None:
        """Watch a table; to be called before an INSERT, UPDATE or DELETE. Cheap when repeated."""
        if (table, event) in self._watched or table in LINEAGE or table in UNSIGNED:
            return
        self._watched.add((table, event))
        if event == "INSERT":
            self._trigger(table, event, "NEW", new=True)
        elif event == "UPDATE":
            self._trigger(table, event, "OLD")
            if table not in NUMBERED:  # its key can change: then a row appears under the new key
                self._trigger(table, event, "NEW", new=True)
        else:
            self._trigger(table, event, "OLD")
            for child, parent, action in self._references():
                if parent == table:
                    self.watch(child, "DELETE" if action == "CASCADE" else "UPDATE")

    def _trigger(self, table: str, event: str, row: str, new: bool = False) -> None:
        if not self.triggers:
            self.connection.execute(TOUCHED)
        keys, columns = columns_of(self.connection, table)
        key = key_sql(keys, row)
        # Only the first change of a row shows what it was before the command.
        conditions = [f"NOT EXISTS (SELECT 1 FROM touched_rows WHERE name = '{table}' AND key = {key})"]
        if table in NUMBERED:
            conditions.append(f"{row}.id <= {self.before[table]}")
        elif table in BELONGING:
            column, parent = BELONGING[table]
            conditions.append(f"{row}.{column} <= {self.before[parent]}")
        name = f"{table}_{event}_{row}".lower()
        self.connection.execute(
            f"CREATE TEMP TRIGGER {name} AFTER {event} ON main.{table} WHEN {' AND '.join(reversed(conditions))} "
            f"BEGIN INSERT INTO touched_rows VALUES ('{table}', {key}, {'NULL' if new else _image(columns, row)}); END"
        )
        self.triggers.append(name)

    def _references(self) -> list[tuple[str, str, str]]:
        """Return (child, parent, action on delete) of every foreign key that changes the child."""
        if self._foreign_keys is None:
            sql = """SELECT m.name, f."table", f.on_delete FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f
                WHERE m.type = 'table' AND f.on_delete IN ('CASCADE', 'SET NULL')"""
            self._foreign_keys = [(row[0], row[1], row[2]) for row in self.connection.execute(sql).fetchall()]
        return self._foreign_keys

    def finish(self, edit: int) -> WrittenRows:
        """Store the former rows for this edit, and return what was written: nothing if all rows are as before."""
        after = _greatest(self.connection)
        counts: dict[str, list[int]] = {}
        added = {table: [self.before[table], after[table]] for table in NUMBERED if after[table] > self.before[table]}
        for table, (low, _high) in added.items():
            counts[table] = [self._count(table, "id", low), 0, 0]
        for table, (column, parent) in BELONGING.items():
            if parent in added and (number := self._count(table, column, added[parent][0])):
                counts[table] = [number, 0, 0]
        if self.triggers:
            for name in self.triggers:
                self.connection.execute(f"DROP TRIGGER {name}")
            for (table,) in self.connection.execute("SELECT DISTINCT name FROM touched_rows").fetchall():
                for place, number in enumerate(self._keep(edit, table)):
                    if number:
                        counts.setdefault(table, [0, 0, 0])[place] += number
            self.connection.execute("DELETE FROM touched_rows")
        return WrittenRows(counts, added)

    @property
    def has_foreign_lineage(self) -> bool:
        """Whether rows of another file's lineage were added: that can't be undone, since a lineage never shrinks."""
        return int(self.connection.execute("SELECT ifnull(max(id), 0) FROM edits").fetchone()[0]) > self.before["edits"]

    def _count(self, table: str, column: str, low: int) -> int:
        return int(self.connection.execute(f"SELECT count(*) FROM {table} WHERE {column} > ?", (low,)).fetchone()[0])

    def _keep(self, edit: int, table: str) -> tuple[int, int, int]:
        """Store the former rows of a table: (added, changed, removed)."""
        keys, columns = columns_of(self.connection, table)
        same = " AND ".join(f"now.{column} = json_extract(touched.key, '$[{place}]')" for place, column in enumerate(keys))
        sql = f"""FROM touched_rows AS touched LEFT JOIN {table} AS now ON {same}
            WHERE touched.name = ? AND touched.row IS NOT CASE WHEN now.{keys[0]} IS NOT NULL THEN {_image(columns, "now")} END"""
        there, gone = f"now.{keys[0]} IS NOT NULL", f"now.{keys[0]} IS NULL"
        new, old = "touched.row IS NULL", "touched.row IS NOT NULL"
        numbers = self.connection.execute(
            f"SELECT ifnull(sum({new} AND {there}), 0), ifnull(sum({old} AND {there}), 0), ifnull(sum({old} AND {gone}), 0) {sql}", (table,)
        ).fetchone()
        self.connection.execute(f"INSERT INTO former_rows SELECT ?, touched.name, touched.key, touched.row {sql}", (edit, table))
        return int(numbers[0]), int(numbers[1]), int(numbers[2])


def _greatest(connection: sqlite3.Connection) -> dict[str, int]:
    return dict(zip((*NUMBERED, "edits"), connection.execute(_GREATEST).fetchone(), strict=True))


def columns_of(connection: sqlite3.Connection, table: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the columns of the primary key, and all columns with their types."""
    found = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return [row[1] for row in sorted(found, key=lambda row: row[5]) if row[5]], [(row[1], row[2]) for row in found]


def key_sql(keys: list[str], row: str) -> str:
    """Return the SQL of the key of a row, as in `former_rows.key`."""
    return f"json_array({', '.join(f'{row}.{column}' for column in keys)})"


def _image(columns: list[tuple[str, str]], row: str) -> str:
    """Return a row as JSON. SQLite's JSON rounds floating-point numbers, so these are written as text with 17 digits."""
    parts = []
    for column, kind in columns:
        value = f"{row}.{column}"
        if kind == "REAL":
            value = f"CASE WHEN {value} IS NOT NULL THEN printf('%!.17g', {value}) END"
        parts.append(f"'{column}', {value}")
    return f"json_object({', '.join(parts)})"


def restore_rows(connection: sqlite3.Connection, edit: int, added: dict[str, list[int]]) -> None:
    """Put all rows back as they were before an edit. Rows added later stay; the caller checks their references.

    Foreign keys must be off meanwhile. Raises `sqlite3.IntegrityError` if a later row has taken a unique value of a former one.
    """
    import json

    for table, (column, parent) in BELONGING.items():
        if parent in added:
            connection.execute(f"DELETE FROM {table} WHERE {column} > ? AND {column} <= ?", added[parent])
    for table, numbers in added.items():
        connection.execute(f"DELETE FROM {table} WHERE id > ? AND id <= ?", numbers)
    former = connection.execute("SELECT name, key, row FROM former_rows WHERE edit_id = ?", (edit,)).fetchall()
    for table, key, _was in former:
        keys, _all = columns_of(connection, table)
        connection.execute(f"DELETE FROM {table} WHERE {' AND '.join(f'{column} = ?' for column in keys)}", json.loads(key))
    # Delete all before inserting any: two rows may have exchanged a unique value.
    for table, _place, row in former:
        if row is not None:
            values = json.loads(row)
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
