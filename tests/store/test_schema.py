"""A new file, as SQLite sees it: its rules, its mode, and the codes that are both in it and in the program."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from running import looked_into, new_city, store_of

from husrum_cli import vocabulary
from husrum_cli.store.opening import VERSION
from husrum_cli.vocabulary.file_codes import stored_codes

# Why these tables have no uid of their own.
WITHOUT_UID = {
    "settings": "they are of this file, and travel nowhere",
    "codes": "they are the program's",
    "former_numbers": "a number is one in its branch",
    "answers": "they are their intake's, and replaced with it",
    "volunteers": "one row a person, by the person's uid",
    "programmes": "they are their activity's",
    "activity_partners": "two uids tied together",
    "attendance": "a hundred thousand rows: a session's and a person's uid tied together",
    "preferences": "they are their wait's or offer's, and replaced with it",
    "link_tags": "computed again for every handover",
    "link_decisions": "about two uids",
    "link_keys": "one row a branch",
    "manifest": "it is of this file alone",
    "grant_offers": "they are their grant's",
    "application_roles": "they are their application's",
    "distinct_people": "two people tied together",
    "closed_rows": "they are their closing's, and stay in the city",
    "steps": "they are their edit's",
    "interview_ages": "they are their intake's",
    "removed_people": "the uid there is a person's, who may be gone",
    "former_rows": "they are their step's, and travel nowhere",
    "drafts": "they are of this file alone, until the form is saved",
    "made_tags": "they follow from their person's facts",
}
# Every table with a column of codes: columns, values that are refused, values that are not.
CODED: dict[str, tuple[str, tuple[object, ...], tuple[object, ...]]] = {
    "answers": ("intake_id, question, answer", (1, "source", "nobody"), (1, "source", "declined")),
    "volunteers": ("person_id, gender", (1, "y"), (1, "not_asked")),
    "roles": ("person_id, role", (1, "king"), (1, "peer")),
    "attests": ("person_id, kind", (1, "driving_licence"), (1, "intro_course")),
    "leaving": ("person_id, reason", (1, "boredom"), (1, "died")),
    "consents": ("person_id, purpose", (1, "everything"), (1, "research")),
    "activities": ("branch_id, ref, kind, starts", (1, "G1", "social", "2024-01-01"), (1, "G1", "talk", "2024-01-01")),
    "enrolments": ("activity_id, person_id, reason", (1, 1, "boredom"), (1, 1, "illness")),
    "waits": ("person_id, reason", (1, "boredom"), (1, "illness")),
    "preferences": ("wait_id, kind, value", (1, "time", "noon"), (1, "time", "evening")),
    "matches": ("person_id, volunteer_id, reason", (1, 2, "boredom"), (1, 2, "illness")),
    "pauses": ("match_id, reason", (1, "boredom"), (1, "illness")),
    "proposal_answers": (
        "proposal_id, side, date, accepted, reason",
        (1, "person", "2024-01-01", 0, "boredom"),
        (1, "person", "2024-01-01", 0, "illness"),
    ),
    "grants": ("branch_id, number, per_year, agreement", (1, 1, 1, "promise"), (1, 1, 1, "project")),
    "grant_offers": ("grant_id, offer", (1, "holidays"), (1, "youth_meeting")),
    "volunteer_applications": ("person_id, reason", (1, "boredom"), (1, "illness")),
    "application_roles": ("application_id, role", (1, "king"), (1, "leader")),
    "measures": ("person_id, date, items, instrument", (1, "2024-01-01", "1,2,3", "scales"), (1, "2024-01-01", "1,2,3", "tils")),
    "goals": ("person_id, number, outcome", (1, 1, "nearly"), (1, 1, "partly")),
    "suggestions": ("branch_id, number, outcome", (1, 1, "ignored"), (1, 1, "later")),
    "targets": (
        "branch_id, number, period, starts, ends, outcome",
        (1, 1, "2024", "2024-01-01", "2024-12-31", "nearly"),
        (1, 1, "2024", "2024-01-01", "2024-12-31", "dropped"),
    ),
}
IMPOSSIBLE = ["2024-02-30", "2024-13-01", "2023-02-29", "2024-3-5", "5/3-2024", "2024-03-05 10:00", ""]


@pytest.fixture
def fresh(city: Path) -> Iterator[sqlite3.Connection]:
    """The new file, opened as any SQLite tool opens it."""
    with closing(looked_into(city, isolation_level=None)) as connection:
        yield connection


def tables(connection: sqlite3.Connection) -> dict[str, str]:
    """Every table with its SQL, without comments."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {name: re.sub(r"--[^\n]*", "", sql) for name, sql in rows}


def columns(connection: sqlite3.Connection, table: str) -> dict[str, sqlite3.Row]:
    """(cid, name, type, notnull, default, pk) of each column."""
    return {row[1]: row for row in connection.execute(f"PRAGMA table_info({table})")}


def dated(sql: str) -> set[str]:
    """The columns that a CHECK holds to be dates."""
    return set(re.findall(r"\b(\w+) IS date\(\1, '\+0 days'\)", sql))


def test_a_new_file_says_what_it_is(fresh: sqlite3.Connection) -> None:
    assert fresh.execute("PRAGMA application_id").fetchone()[0].to_bytes(4) == b"HUSR"
    assert fresh.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert fresh.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert fresh.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_every_table_is_strict(fresh: sqlite3.Connection) -> None:
    loose = [row[1] for row in fresh.execute("PRAGMA table_list") if row[2] == "table" and not row[1].startswith("sqlite_") and not row[5]]
    assert tables(fresh)
    assert not loose


def test_rows_that_can_be_merged_have_a_uid(fresh: sqlite3.Connection) -> None:
    without = {table for table in tables(fresh) if "uid" not in columns(fresh, table)}
    assert without == set(WITHOUT_UID)
    for table in set(tables(fresh)) - without:
        assert columns(fresh, table)["uid"][3], f"{table}.uid may be empty"
        unique = [row[1] for row in fresh.execute(f"PRAGMA index_list({table})") if row[2]]
        assert [(0, "uid")] in [[(row[0], row[2]) for row in fresh.execute(f"PRAGMA index_info({name})")] for name in unique], table


def test_keys_are_never_empty(fresh: sqlite3.Connection) -> None:
    # SQLite lets a primary key be NULL, unless the table is STRICT and WITHOUT ROWID or the key is the rowid.
    for table, sql in tables(fresh).items():
        keys = [column for column in columns(fresh, table).values() if column[5]]
        assert keys, table
        assert "WITHOUT ROWID" in sql or [column[2] for column in keys] == ["INTEGER"], table


def test_a_file_has_the_codes_of_the_program(fresh: sqlite3.Connection) -> None:
    assert set(fresh.execute("SELECT vocabulary, code FROM codes")) == set(stored_codes())
    assert dict(fresh.execute("SELECT kind, channel FROM channels").fetchall()) == vocabulary.CHANNELS
    assert set(vocabulary.CHANNELS) <= {*vocabulary.GROUP_KIND, *vocabulary.EVENT_KIND}


def test_every_column_of_codes_is_known_here(fresh: sqlite3.Connection) -> None:
    checked = {table for (table,) in fresh.execute("SELECT tbl_name FROM sqlite_schema WHERE type = 'trigger'")}
    assert checked == set(CODED)


@pytest.mark.parametrize("table", CODED)
def test_what_is_no_code_is_refused(fresh: sqlite3.Connection, table: str) -> None:
    names, wrong, right = CODED[table]
    fresh.execute("PRAGMA foreign_keys = OFF")
    insert = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(right))})"
    with pytest.raises(sqlite3.IntegrityError, match="is not one of codes"):
        fresh.execute(insert, wrong)
    fresh.execute(insert, right)
    assignments = ", ".join(f"{name} = ?" for name in names.split(", "))
    with pytest.raises(sqlite3.IntegrityError, match="is not one of codes"):
        fresh.execute(f"UPDATE {table} SET {assignments}", wrong)
    fresh.execute(f"UPDATE {table} SET {assignments}", right)


def test_free_text_is_no_code(fresh: sqlite3.Connection) -> None:
    fresh.execute("PRAGMA foreign_keys = OFF")
    fresh.execute("INSERT INTO answers VALUES (1, 'municipality', 'Favrskov'), (1, 'municipality', 'declined')")
    fresh.execute("INSERT INTO preferences (wait_id, kind, value) VALUES (1, 'interest', 'strik')")
    for text in ("", "x" * 201):
        with pytest.raises(sqlite3.IntegrityError, match="length"):
            fresh.execute("INSERT INTO answers VALUES (1, 'municipality', ?)", (text,))
    with pytest.raises(sqlite3.IntegrityError, match="is not one of codes"):
        fresh.execute("INSERT INTO answers VALUES (1, 'shoe_size', '43')")
    with pytest.raises(sqlite3.IntegrityError, match="is not one of codes"):
        fresh.execute("INSERT INTO preferences (wait_id, kind, value) VALUES (1, 'shoe_size', '43')")


def test_every_reference_names_its_column(fresh: sqlite3.Connection) -> None:
    # Datasette and others show no page for a reference that doesn't.
    unnamed = [(table, row[2]) for table in tables(fresh) for row in fresh.execute(f"PRAGMA foreign_key_list({table})") if row[4] is None]
    assert not unnamed


def test_impossible_dates_are_refused_everywhere(fresh: sqlite3.Connection) -> None:
    checked = {table: dated(sql) for table, sql in tables(fresh).items()}
    names = set().union(*checked.values())
    assert {"born", "date", "ends", "enquired", "held", "starts"} <= names
    # What is a date in one table is held to be one in every table.
    assert not {(table, name) for table in checked for name in names & set(columns(fresh, table)) if name not in checked[table]}
    fresh.execute("PRAGMA foreign_keys = OFF")
    for (name,) in fresh.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        fresh.execute(f"DROP TRIGGER {name}")
    for table, its_dates in checked.items():
        if its_dates:
            add_row(fresh, table)
        for name in sorted(its_dates):
            fresh.execute(f"UPDATE {table} SET {name} = '2024-02-29'")
            for impossible in IMPOSSIBLE:
                with pytest.raises(sqlite3.IntegrityError, match=rf"CHECK constraint failed: \(?{name} IS date"):
                    fresh.execute(f"UPDATE {table} SET {name} = ?", (impossible,))
            if not columns(fresh, table)[name][3] and (table, name) != ("activities", "starts"):
                fresh.execute(f"UPDATE {table} SET {name} = NULL")


def add_row(connection: sqlite3.Connection, table: str) -> None:
    """The table with one row only, that holds no more than it must."""
    needed = [name for name, column in columns(connection, table).items() if column[3] and column[4] is None]
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute(f"DELETE FROM {table}")
    values = f"({', '.join(needed)}) VALUES ({', '.join('1' for _name in needed)})" if needed else "DEFAULT VALUES"
    connection.execute(f"INSERT INTO {table} {values}")
    connection.execute("PRAGMA ignore_check_constraints = OFF")


def test_every_reference_is_indexed(fresh: sqlite3.Connection) -> None:
    # Without an index, taking away the row that is referred to reads the whole table.
    slow = []
    for table in tables(fresh):
        keys = [name for name, column in columns(fresh, table).items() if column[5] == 1]
        indexes = [row[1] for row in fresh.execute(f"PRAGMA index_list({table})")]
        first = {row[2] for name in indexes for row in fresh.execute(f"PRAGMA index_info({name})") if row[0] == 0} | set(keys)
        slow += [f"{table}.{row[3]}" for row in fresh.execute(f"PRAGMA foreign_key_list({table})") if row[3] not in first]
    assert not slow, ", ".join(sorted(slow))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("umask", [0o000, 0o002, 0o022, 0o077, 0o277])
def test_only_the_owner_can_read_a_new_file_and_its_journal(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        path = new_city(tmp_path / "aarhus.db")
        assert oct(stat.S_IMODE(path.stat().st_mode)) == oct(0o600)
        assert list(tmp_path.iterdir()) == [path]
        store = store_of(path)
        with store.writing("test"):
            store.set("language", "da")
            # SQLite writes its journal when a page of the file is about to change.
            modes = {file.name: oct(stat.S_IMODE(file.stat().st_mode)) for file in tmp_path.iterdir()}
        store.close()
    finally:
        os.umask(before)
    assert modes == {"aarhus.db": oct(0o600), "aarhus.db-journal": oct(0o600)}
    assert list(tmp_path.iterdir()) == [path]
