"""Find which people, groups, events or other things a step was about, for `husrum log`: their numbers and uids, never their names."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from .journal import BELONGING, NUMBERED, TOUCHED, Recorder, columns_of, key_sql

# Column -> SQL for the person (`people.id`) or the activity (`activities.id`) that a row with this value is about.
_PERSON = {
    "person_id": "{}",
    "volunteer_id": "{}",
    "intake_id": "(SELECT person_id FROM intakes WHERE id = {})",
    "wait_id": "(SELECT person_id FROM waits WHERE id = {})",
    "offer_id": "(SELECT person_id FROM offers WHERE id = {})",
    "match_id": "(SELECT person_id FROM matches WHERE id = {})",
    "application_id": "(SELECT person_id FROM volunteer_applications WHERE id = {})",
    "other_id": "{}",
    "proposal_id": "(SELECT person_id FROM proposals WHERE id = {})",
}
_ACTIVITY = {"activity_id": "{}", "session_id": "(SELECT activity_id FROM sessions WHERE id = {})"}
# These rows name everybody in a year, or in the file.
_ABOUT_ALL = {"closed_rows", "link_tags"}
# Rows that say nothing new of a person: a pair that the program proposes, the end of being here, what an application is for, and numbers that were united.
_NOTHING_NEW = {"people", "proposals", "leaving", "application_roles", "former_numbers", *_ABOUT_ALL}
# Columns that end what is there, or say how it ended.
_ENDS = {"ends", "reason", "withdrawn", "declined", "outcome", "marked", "done", "match_id"}
# Conditions on the new rows of a table (r): a consent may still be withdrawn, a code replaced, and a day of an event moved to several.
_NEW = {
    "consents": "r.withdrawn IS NULL",
    "answers": """NOT EXISTS (SELECT 1 FROM touched_rows AS was WHERE was.name = 'answers' AND was.row IS NOT NULL
        AND json_extract(was.key, '$[0]', '$[1]') = json_array(r.intake_id, r.question))""",
    "attendance": """NOT EXISTS (SELECT 1 FROM attendance AS other JOIN sessions AS there ON there.id = other.session_id
        JOIN sessions AS here ON here.activity_id = there.activity_id JOIN activities ON activities.id = here.activity_id
        WHERE here.id = r.session_id AND other.person_id = r.person_id AND there.id <> r.session_id AND ref GLOB 'E*' AND there.id <= {sessions})""",
}
# Table -> the columns by which a step refers to its rows: the same in every copy of the file. The first named table comes first.
THINGS: dict[str, tuple[str, ...]] = {
    "reported_figures": ("key", "year"),
    "figures_for_branches": ("key", "year", "branch_uid"),
    "targets": ("uid", "number"),
    "grants": ("uid", "number"),
    "partners": ("uid",),
    "closed_years": ("year",),
    "branches": ("uid",),
    "settings": ("key",),
    "suggestions": ("uid", "number"),
    "link_decisions": ("one_uid", "other_uid"),
}
# What is kept of the first people and activities of a step, and of the days that it wrote: a number may be given again, a uid is not.
KNOWN: dict[str, tuple[str, ...]] = {**THINGS, "people": ("uid", "number"), "activities": ("uid", "ref"), "sessions": ("ref", "date")}
# The number of people or activities of a step that are shown by name.
NAMED = 3
# A step that wrote more days of an activity is shown with its start.
_FEW_DAYS = 2
# SQL that selects rows, the columns to look at, and how SQL reads such a column.
_Rows = tuple[str, list[str], str]


def subjects_of(connection: sqlite3.Connection, edit: int, added: dict[str, list[int]], home: int | None) -> tuple[str | None, str | None]:
    """Return the numbers of the people that an edit was about, like `17,19-22`, and the references of its groups and events, like `E12,G1`.

    `added`: table -> [greatest id before, after]; rows that were changed or deleted are among the edit's former rows.
    """
    if home is None:
        return None, None
    rows = {table: found for table, found in _rows(connection, edit, added).items() if table not in _ABOUT_ALL}
    people = sorted(int(number) for number in _values(connection, edit, rows, "people", "number", _PERSON, home))
    activities = sorted(_values(connection, edit, rows, "activities", "ref", _ACTIVITY, home), key=lambda ref: (len(ref), ref))
    return ",".join(_ranges(people)) or None, ",".join(activities) or None


def _things_of(connection: sqlite3.Connection, edit: int, added: dict[str, list[int]]) -> str | None:
    """Return the rows of `THINGS` that an edit wrote, as JSON: table -> the values of these columns of each row. None: no such row.

    `added`: as `subjects_of` has it.
    """
    former = {row[0] for row in connection.execute("SELECT DISTINCT name FROM former_rows WHERE edit_id = ?", (edit,))}
    things: dict[str, Collection[str]] = {}
    for table, columns in THINGS.items():
        if table in added or table in former:
            conditions, values = _written(connection, edit, table, added.get(table))
            now = f"SELECT json_array({', '.join(f'r.{column}' for column in columns)}) FROM {table} AS r WHERE {conditions}"
            was = ", ".join(f"json_extract(row, '$.{column}')" for column in columns)
            gone = f"SELECT json_array({was}) FROM former_rows WHERE edit_id = ? AND name = ? AND row IS NOT NULL"
            found = [*connection.execute(now, values), *connection.execute(gone, (edit, table))]
            things[table] = dict.fromkeys(row[0] for row in found)  # what is replaced is removed and added
    return _as_json(things)


def known_by(
    connection: sqlite3.Connection, edit: int, added: dict[str, list[int]], home: int | None, people: str | None, activities: str | None
) -> str | None:
    """Return what the first people and activities of an edit, and the few days that it wrote, are known by in every copy; of neither: its other things.

    As JSON: table -> the values of the columns of `KNOWN` of each row. None: no such row. `added`, `people` and `activities`: as `subjects_of` has them.
    """
    if not (people or activities):
        return _things_of(connection, edit, added)

    def first(table: str, column: str, wanted: Iterable[object]) -> list[str]:
        """Return the uid of each of these rows of the city: as they are now, or as the edit removed them."""
        sql = f"""SELECT json_array(uid, ?3) FROM {table} WHERE branch_id = ?2 AND {column} = ?3 UNION ALL
            SELECT json_array(json_extract(row, '$.uid'), ?3) FROM former_rows
                WHERE edit_id = ?1 AND name = ?4 AND json_extract(row, '$.{column}') = ?3"""
        found = (connection.execute(sql, (edit, home, each, table)).fetchone() for each in wanted)
        return [row[0] for row in found if row]

    references = activities.split(",")[:NAMED] if activities else []
    known = {
        "people": first("people", "number", numbers_in(people)[:NAMED]),
        "activities": first("activities", "ref", references),
        "sessions": _few_days(connection, edit, added, home, references),
    }
    return _as_json(known)


def _as_json(keys: Mapping[str, Collection[str]]) -> str | None:
    """Return table -> keys as JSON, of the keys that SQLite wrote as JSON: Python's module takes longer to load than a command that is typed all day."""
    tables = [f'"{table}":[{",".join(written)}]' for table, written in keys.items() if written]
    return f"{{{','.join(tables)}}}" if tables else None


def _few_days(connection: sqlite3.Connection, edit: int, added: dict[str, list[int]], home: int | None, references: list[str]) -> list[str]:
    """Return (reference, day), as JSON, of what an edit wrote of these activities and of who was there: not of one that it wrote itself, nor if there are many."""
    sql = """
        WITH former AS (SELECT name, key, row FROM former_rows WHERE edit_id = :edit),
            written (id) AS (
                SELECT id FROM sessions WHERE id > :new
                UNION SELECT json_extract(key, '$[0]') FROM former WHERE name IN ('sessions', 'attendance')
            ),
            days (activity_id, date) AS (
                SELECT activity_id, date FROM sessions WHERE id IN (SELECT id FROM written)
                UNION SELECT json_extract(row, '$.activity_id'), json_extract(row, '$.date') FROM former WHERE name = 'sessions' AND row IS NOT NULL
            )
        SELECT json_array(ref, days.date) FROM days JOIN activities ON activities.id = activity_id WHERE branch_id = :home AND ref = :ref
            AND activities.id <= :activities
            AND json_array(activities.id) NOT IN (SELECT key FROM former WHERE name = 'activities') ORDER BY days.date LIMIT :many"""
    none_new = 2**62
    values = {"edit": edit, "home": home, "many": _FEW_DAYS + 1}
    values |= {name: added.get(table, [none_new])[0] for name, table in (("new", "sessions"), ("activities", "activities"))}
    days: list[str] = []
    for reference in references:
        found = [row[0] for row in connection.execute(sql, {**values, "ref": reference})]
        days += found if len(found) <= _FEW_DAYS else []
    return days


def _written(connection: sqlite3.Connection, edit: int, table: str, added: list[int] | None) -> tuple[str, tuple[object, ...]]:
    """Return the condition of the rows `r` of a table that an edit added or changed, and its values."""
    key = key_sql(columns_of(connection, table)[0], "r")
    changed = f"{key} IN (SELECT key FROM former_rows WHERE edit_id = ? AND name = ?)"
    return (f"{changed} OR r.id > ? AND r.id <= ?", (edit, table, *added)) if added else (changed, (edit, table))


def people_entered(connection: sqlite3.Connection, recorder: Recorder) -> set[int]:
    """Return the people (ids) about whom the current transaction enters something: new rows, and values where there was none.

    What is corrected, ended or deleted does not count, nor a row that is written anew.
    """
    connection.execute(TOUCHED)
    selects = list[str]()
    for table in {*NUMBERED, *BELONGING, "distinct_people"} - _NOTHING_NEW:
        keys, columns = columns_of(connection, table)
        names = [name for name, _type in columns]
        if _PERSON.keys().isdisjoint(names):
            continue
        key = key_sql(keys, "r")
        touched = f"SELECT 1 FROM touched_rows AS was WHERE was.name = '{table}'"
        column, parent = ("id", table) if table in NUMBERED else BELONGING.get(table, ("", ""))
        new = f"EXISTS ({touched} AND was.key = {key} AND was.row IS NULL)" + (
            f" OR r.{column} > {recorder.before[parent]}" if column else ""
        )
        if "person_id" in names and table in NUMBERED:
            new = f"({new}) AND NOT EXISTS ({touched} AND json_extract(was.row, '$.person_id') = r.person_id)"
        filled = " OR ".join(f"r.{name} IS NOT NULL AND json_extract(was.row, '$.{name}') IS NULL" for name in names if name not in _ENDS)
        filled = f"EXISTS ({touched} AND was.key = {key} AND was.row IS NOT NULL AND ({filled}))"
        which = f"({new}) AND {_NEW.get(table, '1').format(**recorder.before)} OR {filled}"
        selects += [f"SELECT {sql.format(f'r.{name}')} FROM {table} AS r WHERE {which}" for name, sql in _PERSON.items() if name in names]
    return {row[0] for select in selects for row in connection.execute(select)}


def numbers_in(ranges: str | None) -> list[int]:
    """Return the numbers in a text like `17,19-22`."""
    numbers: list[int] = []
    for part in (ranges or "").split(",") if ranges else ():
        first, _dash, last = part.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def rows_written(connection: sqlite3.Connection, edit: int, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table that an edit wrote: as they are now, or if they are gone as the edit found them. Empty once the edit can't be undone."""
    import json

    added = connection.execute("SELECT json_extract(added, ?) FROM steps WHERE edit_id = ?", (f"$.{table}", edit)).fetchone()
    conditions, values = _written(connection, edit, table, json.loads(added[0]) if added and added[0] else None)
    keys, columns = columns_of(connection, table)
    names = [name for name, _type in columns]
    former = connection.execute("SELECT row FROM former_rows WHERE edit_id = ? AND name = ? AND row IS NOT NULL", (edit, table)).fetchall()
    found = [json.loads(row) for (row,) in former]
    now = [
        dict(zip(names, row, strict=True))
        for row in connection.execute(f"SELECT {', '.join(names)} FROM {table} AS r WHERE {conditions}", values)
    ]
    still = {tuple(row[name] for name in keys) for row in now}
    return [*now, *(row for row in found if tuple(row[name] for name in keys) not in still)]


def _rows(connection: sqlite3.Connection, edit: int, added: dict[str, list[int]]) -> dict[str, list[_Rows]]:
    """Return table -> its rows that the edit added, changed or deleted."""
    found: dict[str, list[_Rows]] = {}

    def add(table: str, sql: str, read: str, without: str = "") -> None:
        columns = [name for name, _type in columns_of(connection, table)[1] if name != without]
        found.setdefault(table, []).append((sql, columns, read))

    for table, (low, _high) in added.items():
        add(table, f"FROM {table} AS r WHERE r.id > {low}", "r.{}")
    for table, (column, parent) in BELONGING.items():
        if parent in added:  # what the parent is about is known from the parent
            add(table, f"FROM {table} AS r WHERE r.{column} > {added[parent][0]}", "r.{}", without=column)
    for (table,) in connection.execute("SELECT DISTINCT name FROM former_rows WHERE edit_id = ?", (edit,)).fetchall():
        former = f"FROM former_rows AS f WHERE f.edit_id = {edit} AND f.name = '{table}' AND f.row IS"
        add(table, f"{former} NOT NULL", "json_extract(f.row, '$.{}')")
        key = key_sql(columns_of(connection, table)[0], "r")
        add(table, f"FROM {table} AS r WHERE {key} IN (SELECT f.key {former} NULL)", "r.{}")
    return found


def _values(
    connection: sqlite3.Connection,
    edit: int,
    rows: dict[str, list[_Rows]],
    table: str,
    column: str,
    of_column: dict[str, str],
    home: int,
) -> set[str]:
    """Return the numbers or references of the rows of `people` or `activities` that these rows are about."""
    selects = [f"SELECT {read.format('id')} {sql}" for sql, _columns, read in rows.get(table, ())]
    for found in rows.values():
        for sql, columns, read in found:
            selects += [f"SELECT {of_column[name].format(read.format(name))} {sql}" for name in columns if name in of_column]
    if not selects:
        return set()
    known = f"""WITH ids (id) AS ({" UNION ".join(selects)})
        SELECT {column} FROM {table} WHERE id IN (SELECT id FROM ids) AND branch_id = {home}"""
    # The numbers of rows that the edit deleted are among the former rows.
    gone = f"SELECT json_extract(row, '$.{column}') FROM former_rows WHERE edit_id = {edit} AND name = '{table}' AND row IS NOT NULL"
    return {str(row[0]) for row in connection.execute(f"{known} UNION {gone}")}


def _ranges(numbers: Iterable[int]) -> Iterator[str]:
    """Group sorted numbers as `17`, `19-22` …"""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return (str(first) if first == last else f"{first}-{last}" for first, last in runs)
