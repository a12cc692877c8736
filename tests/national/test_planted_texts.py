"""A free text planted in every column of every table of a city's file, past all its checks, never reaches the nation: it stays, or the file is refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from running import ENCRYPTED, KEY_FILE, looked_into, new_city
from test_schema import columns, tables

from husrum_cli.domain.national.merge import merge
from husrum_cli.errors import UnusableFile
from husrum_cli.store.keys import FileKeys
from husrum_cli.store.union.travelling_rows import REFERENCES, TRAVELS

PLANTED = "Annabell blev syg"
# What an honest row holds where a column is a code, or has a form.
HONEST: dict[tuple[str, str], object] = {
    ("answers", "question"): "loneliness", ("answers", "answer"): "severe", ("roles", "role"): "leader", ("attests", "kind"): "intro_course",
    ("activities", "starts"): "2024-02-03", ("activities", "ref"): "E1", ("activities", "kind"): "social", ("sessions", "state"): "held", ("attendance", "part"): "participant",
    ("attendance", "named_as"): "present", ("grant_offers", "offer"): "intake", ("grants", "per_year"): 5, ("grants", "agreement"): "project",
    ("targets", "key"): "visits", ("targets", "value"): 5, ("targets", "period"): "2024", ("measures", "instrument"): "tils", ("measures", "items"): "3,2,3",
    ("closed_years", "figures"): "{}", ("closed_years", "hash"): "x", ("closed_years", "year"): 2024, ("reported_figures", "year"): 2024,
    ("reported_figures", "key"): "visits", ("edits", "at"): "2024-01-01T10:00:00Z", ("closed_years", "closed_at"): "2024-01-01",
}  # fmt: skip


def fill(connection: sqlite3.Connection, table: str) -> None:
    """One honest row in the table: numbers are 1, dates a day of 2024, references the first row."""
    values: dict[str, object] = {}
    for column, info in columns(connection, table).items():
        if (table, column) in HONEST:
            values[column] = HONEST[table, column]
        elif column == "volunteer_id":
            values[column] = 2
        elif column in REFERENCES or column == "id":
            values[column] = 1
        elif info[3] and info[4] is None:
            values[column] = 1 if info[2] != "TEXT" else "2024-02-03"
    connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", tuple(values.values()))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city's own file with a row in every table that travels from a city."""
    path = new_city(tmp_path_factory.mktemp("city") / "aarhus.db")
    with closing(looked_into(path, isolation_level=None)) as connection:
        connection.executescript("PRAGMA foreign_keys = OFF; INSERT INTO people (id, branch_id, number) VALUES (2, 1, 2);")
        for table, travels in TRAVELS.items():
            if not travels.nation and table not in ("branches", "edits", "link_tags", "link_keys"):
                fill(connection, table)
    return path


def plant(path: Path, city: Path, table: str, column: str) -> bool:
    """Copy the city's file with the text in one column. Returns False if the column can't hold a text, whatever the program."""
    path.write_bytes(city.read_bytes())
    path.chmod(0o600)
    with closing(looked_into(path, isolation_level=None)) as connection:
        connection.executescript("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA recursive_triggers = OFF; BEGIN;")
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?", (table,)).fetchall()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        try:
            planted = connection.execute(f"UPDATE {table} SET {column} = ?", (PLANTED,)).rowcount > 0
        except sqlite3.Error:  # a number's column
            planted = False
        for _name, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")
        return planted


def test_no_planted_text_reaches_the_nation(city: Path, tmp_path: Path) -> None:
    with closing(looked_into(city)) as connection:
        definitions = tables(connection)
        places = [(table, column) for table in definitions for column, info in columns(connection, table).items() if info[2] == "TEXT"]
    path, out = tmp_path / "planted.db", tmp_path / "nation.db"
    travelled, refused, stayed = set(), set(), set()
    for table, column in places:
        if not plant(path, city, table, column):
            continue
        out.unlink(missing_ok=True)
        try:
            merge(out, [path], None, "en", file_keys=FileKeys(KEY_FILE))
        except UnusableFile:
            refused.add((table, column))
            assert not out.exists()
            continue
        with closing(looked_into(out)) as connection:
            text = "\n".join(connection.iterdump()) if not ENCRYPTED else ""
            found = PLANTED in text or PLANTED.encode() in out.read_bytes()
        (travelled if found else stayed).add((table, column))
    # The name of the city, and where a reported number is from, travel as they were written.
    assert travelled == {("branches", "name"), ("reported_figures", "source")}
    assert {("goals", "text"), ("suggestions", "note"), ("volunteer_hours", "what"), ("targets", "why"), ("grants", "funder")} <= stayed
    assert {("measures", "items"), ("grants", "agreement"), ("goals", "outcome"), ("activities", "ref"), ("edits", "command")} <= refused
