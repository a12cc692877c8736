"""A new file, as SQLite sees it: its rules, its mode, and the codes that stand both in it and in the program."""

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

# Why these tables have no uid of their own.
WITHOUT_UID = {
    "settings": "they are of this file, and travel nowhere",
    "former_numbers": "a number is one in its branch",
    "answers": "they are their intake's, and replaced with it",
    "volunteers": "one row a person, by the person's uid",
    "programmes": "they are their activity's",
    "activity_partners": "two uids tied together",
    "attendance": "a hundred thousand rows: a session's and a person's uid tied together",
    "preferences": "they are their wait's or offer's, and replaced with it",
    "link_tags": "computed anew for every handover",
    "link_decisions": "about two uids",
    "link_keys": "one row a branch",
    "manifest": "it is of this file alone",
    "grant_offers": "they are their grant's",
    "application_roles": "they are their application's",
    "distinct_people": "two people tied together",
    "closed_rows": "they are their closing's, and stay in the city",
    "steps": "they are their edit's, and travel nowhere",
    "interview_ages": "they are their intake's",
    "removed_people": "the uid there is a person's, who may be gone",
    "former_rows": "they are their step's, and travel nowhere",
    "drafts": "they are of this file alone, until the form is saved",
}
# Lists of words in CHECKs: (table, column, what the list depends on) -> the vocabulary.
VOCABULARIES: dict[tuple[str, str, str], set[str]] = {
    ("answers", "answer", ""): set(vocabulary.NON_ANSWERS),
    **{("answers", "answer", each.key): set(each.codes) for each in vocabulary.QUESTIONS.values() if each.codes},
    ("volunteers", "gender", ""): {*vocabulary.GENDER, *vocabulary.NON_ANSWERS},
    ("roles", "role", ""): set(vocabulary.ROLE),
    ("attests", "kind", ""): set(vocabulary.ATTEST),
    ("leaving", "reason", ""): set(vocabulary.REASON),
    ("enrolments", "reason", ""): set(vocabulary.REASON),
    ("waits", "reason", ""): set(vocabulary.REASON),
    ("matches", "reason", ""): set(vocabulary.REASON),
    ("pauses", "reason", ""): set(vocabulary.REASON),
    ("proposal_answers", "reason", ""): set(vocabulary.REASON),
    ("consents", "purpose", ""): set(vocabulary.PURPOSE),
    ("volunteer_applications", "reason", ""): set(vocabulary.REASON),
    ("application_roles", "role", ""): set(vocabulary.ROLE),
    ("measures", "instrument", ""): set(vocabulary.INSTRUMENT),
    ("measures", "non_answer", ""): set(vocabulary.NON_ANSWERS),
    ("goals", "outcome", ""): set(vocabulary.GOAL_OUTCOME),
    ("suggestions", "outcome", ""): set(vocabulary.SUGGESTION_OUTCOME),
    ("targets", "outcome", ""): set(vocabulary.TARGET_OUTCOME),
    ("activities", "kind", ""): {*vocabulary.GROUP_KIND, *vocabulary.EVENT_KIND},
    ("activities", "kind", "G*"): set(vocabulary.GROUP_KIND),
    ("preferences", "value", "time"): set(vocabulary.TIME),
    ("preferences", "value", "wants_gender"): set(vocabulary.GENDER),
    ("grants", "agreement", ""): set(vocabulary.AGREEMENT),
    ("grant_offers", "offer", ""): set(vocabulary.OFFER),
}
# Words that nobody types, and that have no labels.
OWN_WORDS = {
    ("sessions", "state", ""),
    ("attendance", "part", ""),
    ("preferences", "kind", ""),
    ("proposal_answers", "side", ""),
    ("link_tags", "kind", ""),
    ("removed_people", "how", ""),
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


def test_codes_are_the_same_in_the_file_and_in_the_program(fresh: sqlite3.Connection) -> None:
    found: dict[tuple[str, str, str], set[str]] = {}
    pattern = r"(?:WHEN '(\w+)' THEN |<> '(\w+)' OR )?\(?(\w+) IN \(('[^)]*')\)(?:\) = \(ref GLOB '([^']*)'\))?"
    for table, sql in tables(fresh).items():
        for when, unless, column, words, pattern_of_ref in re.findall(pattern, sql):
            found[table, column, when or unless or pattern_of_ref] = set(re.findall(r"'(\w+)'", words))
    assert set(found) == set(VOCABULARIES) | OWN_WORDS
    assert {key: words for key, words in found.items() if key in VOCABULARIES} == VOCABULARIES


def test_questions_are_the_same_in_the_file_and_in_the_program(fresh: sqlite3.Connection) -> None:
    assert set(re.findall(r"WHEN '(\w+)'", tables(fresh)["answers"])) == set(vocabulary.QUESTIONS)
    assert dict(fresh.execute("SELECT kind, channel FROM channels").fetchall()) == vocabulary.CHANNELS


def test_impossible_dates_are_refused_everywhere(fresh: sqlite3.Connection) -> None:
    checked = {table: dated(sql) for table, sql in tables(fresh).items()}
    names = set().union(*checked.values())
    assert {"born", "date", "ends", "enquired", "held", "starts"} <= names
    # What is a date in one table is held to be one in every table.
    assert not {(table, name) for table in checked for name in names & set(columns(fresh, table)) if name not in checked[table]}
    fresh.execute("PRAGMA foreign_keys = OFF")
    for table, its_dates in checked.items():
        if its_dates:
            add_row(fresh, table)
        for name in sorted(its_dates):
            fresh.execute(f"UPDATE {table} SET {name} = '2024-02-29'")
            for impossible in IMPOSSIBLE:
                with pytest.raises(sqlite3.IntegrityError, match=rf"CHECK constraint failed: {name} IS date"):
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
