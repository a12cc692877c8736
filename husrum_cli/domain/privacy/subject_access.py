"""Subject access: all rows that reference a person, and the rows that depend on those.

The tables are found by walking the references of the file itself, so that one added to schema.sql is included. A row that would be deleted with the person's
row (`ON DELETE CASCADE`) is about them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ...input.dates import today
from ...store import Store
from ...store.closed_rows import rows_of_person
from ...store.erasing import texts_with_name
from ...store.redaction import TextFound, possible_in_closed_years, possible_texts, search_terms
from ..people.lookup import Person
from ..table_words import TABLES

# Columns that only connect rows, and mean nothing by themselves.
_TIES = frozenset({"id", "uid", "branch_id", "human_id"})


class Reference(NamedTuple):
    """A column that points to a row of another table; `with_it`: a row goes when the other one does."""

    table: str
    column: str
    parent: str
    with_it: bool


def references(store: Store) -> list[Reference]:
    """Return every column of the file that references a row of another table."""
    from sqlite_utils import Database

    database = Database(store.connection, execute_plugins=False)
    return [
        Reference(table, str(key.column), key.other_table, key.on_delete == "CASCADE")
        for table in database.table_names()
        for key in database.table(table).foreign_keys
    ]


def rows_about(store: Store, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Return table -> the rows about a person, as stored."""
    pointing = [each for each in references(store) if each.with_it]
    found: dict[str, dict[str, dict[str, Any]]] = {}
    todo = [("people", _rows(store, "people", "id", [person.id]))]
    while todo:
        table, rows = todo.pop()
        found.setdefault(table, {}).update((repr(row), row) for row in rows)
        for each in pointing:
            if each.parent == table and rows:
                todo.append((each.table, _rows(store, each.table, each.column, [row["id"] for row in rows])))
    branch = str(store.value("SELECT uid FROM branches WHERE id = ?", person.branch_id))
    frozen = [
        {"closed_year_id": closing, "keys": row.keys, "date": row.date, "what": row.what, "amount": row.amount}
        for closing, row in rows_of_person(store, branch, person.number)
    ]
    tables = {table: list(rows.values()) for table, rows in found.items()} | {"closed_rows": frozen}
    return {table: rows for table, rows in sorted(tables.items()) if rows}


def _rows(store: Store, table: str, column: str, ids: list[int]) -> list[dict[str, Any]]:
    marks = ", ".join("?" * len(ids))
    return [dict(row) for row in store.rows(f"SELECT * FROM {table} WHERE {column} IN ({marks})", *ids)]


class SubjectData(NamedTuple):
    """Everything stored about a person, to be handed to them. `rows`: table -> rows without keys.

    `texts`: other texts that contain the name, phone or e-mail, or a part of a name that may be theirs. `to_undo`: rows kept as they were before, until they can't be taken back
    any more.
    """

    city: str
    number: int
    name: str | None
    date: str
    rows: dict[str, list[dict[str, Any]]]
    texts: list[TextFound]
    to_undo: int


def subject_data(store: Store, person: Person) -> SubjectData:
    """Return everything stored about a person. Of others only the number and the name, if they appear in the same rows."""
    parents = {(each.table, each.column): each.parent for each in references(store)}
    readable = _ReadableRows(store, person)
    rows = {
        table: [readable.row(row, {column: parents.get((table, column)) for column in row}) for row in found]
        for table, found in rows_about(store, person).items()
    }
    ordered = {table: rows[table] for table in TABLES if table in rows}
    undo = store.value(
        """SELECT count(*) FROM former_rows WHERE ?1 IN (json_extract(row, '$.person_id'), json_extract(row, '$.volunteer_id'))
        OR name = 'people' AND key = json_array(?1)""",
        person.id,
    )
    branch = store.branches[person.branch_id]
    return SubjectData(branch, person.number, person.name, today(), ordered, _other_texts(store, person), undo)


def _other_texts(store: Store, person: Person) -> list[TextFound]:
    certain, terms = texts_with_name(store, person.id), search_terms(store, person.id)
    return list(dict.fromkeys([*certain, *possible_texts(store, terms), *possible_in_closed_years(store, terms)]))


class _ReadableRows:
    """Rows as they are exported: what they reference by its name."""

    def __init__(self, store: Store, person: Person) -> None:
        self.store = store
        self.person = person

    def row(self, row: dict[str, Any], parents: dict[str, str | None]) -> dict[str, Any]:
        """Return the row without keys, and without the columns that only say whose it is."""
        readable = {}
        for column, value in row.items():
            parent = parents[column]
            if column in _TIES:
                continue
            if column == "reason" and "proposal_id" in row and not self._own_side(row):
                continue  # why the other one said no is theirs
            if parent == "people":
                if value != self.person.id:
                    readable[column.removesuffix("_id")] = self._one(parent, value)
                elif "volunteer_id" in row:  # of a match: their side
                    readable[column.removesuffix("_id")] = self.person.number
            else:
                readable[column.removesuffix("_id")] = self._one(parent, value) if parent and value is not None else value
        return readable

    def _own_side(self, row: dict[str, Any]) -> bool:
        """Whether it was the person who answered a proposal, and not the other one."""
        side = "SELECT CASE WHEN person_id = ? THEN 'person' ELSE 'volunteer' END FROM proposals WHERE id = ?"
        return bool(self.store.value(side, self.person.id, row["proposal_id"]) == row["side"])

    def _one(self, table: str, id: Any) -> Any:
        """Return the name of a row of another table."""
        sql = _CALLED.get(table)
        return self.store.value(sql, id) if sql else id


# The name of a row, for rows that reference it.
_CALLED = {
    "people": "SELECT trim(number || ' ' || ifnull(name, '')) FROM people WHERE id = ?",
    "activities": "SELECT trim(ref || ' ' || ifnull(title, '')) FROM activities WHERE id = ?",
    "sessions": """SELECT date || ', ' || trim(ref || ' ' || ifnull(title, '')) FROM sessions JOIN activities ON activities.id = activity_id
        WHERE sessions.id = ?""",
    "partners": "SELECT name FROM partners WHERE id = ?",
    "intakes": "SELECT ifnull(enquired, '?') FROM intakes WHERE id = ?",
    "waits": "SELECT ifnull(starts, '?') FROM waits WHERE id = ?",
    "offers": "SELECT ifnull(starts, '?') FROM offers WHERE id = ?",
    "matches": "SELECT ifnull(starts, '?') FROM matches WHERE id = ?",
    "proposals": "SELECT date FROM proposals WHERE id = ?",
    "volunteer_applications": "SELECT ifnull(date, '?') FROM volunteer_applications WHERE id = ?",
    "closed_years": "SELECT year FROM closed_years WHERE id = ?",
}
