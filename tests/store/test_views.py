"""The views of a file: who is here in which periods, and that SQLite reads them by its indexes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from running import husrum, looked_into


@pytest.fixture
def file(city: Path) -> Iterator[sqlite3.Connection]:
    """A new file with one person, opened as any SQLite tool opens it."""
    with closing(looked_into(city, isolation_level=None)) as connection:
        connection.execute("INSERT INTO people (id, branch_id, number) VALUES (1, 1, 1), (2, 1, 2)")
        yield connection


def here(file: sqlite3.Connection, day: str) -> bool:
    """Whether the person is here on a day, after it as well as on it."""
    return bool(file.execute("SELECT 1 FROM here WHERE person_id = 1 AND starts <= ? AND ends > ?", (day, day)).fetchone())


@pytest.mark.parametrize(
    "again",
    [
        "INSERT INTO intakes (person_id, enquired) VALUES (1, '2024-06-01')",
        "INSERT INTO matches (person_id, volunteer_id, starts) VALUES (1, 2, '2024-06-01')",
        """INSERT INTO enrolments (person_id, activity_id, starts) VALUES (1, 1, '2024-06-01')""",
        "UPDATE intakes SET held = '2024-06-01'",
    ],
)
def test_who_left_is_here_again_after_another_beginning(file: sqlite3.Connection, again: str) -> None:
    file.execute("INSERT INTO activities (id, branch_id, ref, kind) VALUES (1, 1, 'G1', 'talk')")
    file.execute("INSERT INTO intakes (person_id, enquired) VALUES (1, '2024-01-10')")
    assert [here(file, day) for day in ("2024-01-09", "2024-01-10", "2024-12-31")] == [False, True, True]
    file.execute("INSERT INTO leaving (person_id, date) VALUES (1, '2024-03-01')")
    assert [here(file, day) for day in ("2024-02-29", "2024-03-01", "2024-12-31")] == [True, False, False]
    file.execute(again)
    assert [here(file, day) for day in ("2024-02-29", "2024-03-01", "2024-05-31", "2024-06-01", "2024-12-31")] == [
        True,
        False,
        False,
        True,
        True,
    ]
    file.execute("INSERT INTO leaving (person_id, date) VALUES (1, '2024-09-01')")
    assert [here(file, day) for day in ("2024-06-01", "2024-08-31", "2024-09-01")] == [True, True, False]


def test_who_comes_back_on_the_day_they_left_has_left(file: sqlite3.Connection) -> None:
    file.execute("INSERT INTO intakes (person_id, enquired) VALUES (1, '2024-01-10'), (1, '2024-03-01')")
    file.execute("INSERT INTO leaving (person_id, date) VALUES (1, '2024-03-01')")
    assert not here(file, "2024-03-01")


def test_who_left_on_an_unknown_day_is_not_here(file: sqlite3.Connection) -> None:
    file.execute("INSERT INTO intakes (person_id, enquired) VALUES (1, '2024-01-10')")
    file.execute("INSERT INTO leaving (person_id, date) VALUES (1, NULL)")
    assert not here(file, "2024-01-10")
    assert not here(file, "2024-12-31")


def test_an_enquiry_of_unknown_date_was_always_there(file: sqlite3.Connection) -> None:
    file.execute("INSERT INTO intakes (person_id, enquired) VALUES (1, NULL)")
    assert here(file, "1990-01-01")


PERIODS = ("role_periods", "leader_periods", "enrolment_periods", "match_periods")


@pytest.mark.parametrize("view", ["here", *PERIODS])
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM people WHERE EXISTS (SELECT 1 FROM {view} WHERE person_id = people.id AND '2024-01-01' BETWEEN starts AND ends)",
        "SELECT person_id FROM {view} WHERE person_id = 1 AND '2024-01-01' BETWEEN starts AND ends",
    ],
)
def test_a_person_is_looked_up_by_an_index(file: sqlite3.Connection, view: str, sql: str) -> None:
    plan = [row[3] for row in file.execute("EXPLAIN QUERY PLAN " + sql.format(view=view))]
    assert not [step for step in plan if step.startswith("SCAN") and not step.startswith("SCAN people") or "AUTOMATIC" in step], plan


def test_the_ends_of_periods_are_filled(file: sqlite3.Connection, city: Path) -> None:
    file.execute(
        "INSERT INTO activities (id, branch_id, ref, kind, closed) VALUES (1, 1, 'G1', 'talk', '2024-05-01'), (2, 1, 'G2', 'talk', NULL)"
    )
    file.execute("INSERT INTO enrolments (person_id, activity_id, ends) VALUES (1, 1, NULL), (1, 2, NULL), (2, 1, '2024-04-01')")
    file.execute("INSERT INTO roles (person_id, role) VALUES (2, 'leader')")
    sql = "SELECT person_id, starts, ends FROM enrolment_periods ORDER BY id"
    always, for_ever = "0001-01-01", "9999-12-31"
    assert file.execute(sql).fetchall() == [(1, always, "2024-05-01"), (1, always, for_ever), (2, always, "2024-04-01")]
    assert file.execute("SELECT starts, ends FROM role_periods").fetchall() == [(always, for_ever)]
    assert husrum("check", "--db", city).exit_code in (0, 5)  # other tools and husrum read the same file
