"""`husrum check`: it finds damage, lists every contradiction and remark with the command that fixes it, and nothing in a sound file."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest
from running import husrum, looked_into, store_of

from husrum_cli.domain.checks import FILE_CHECKS, check
from husrum_cli.domain.duty_of_care import DUTY_OF_CARE
from husrum_cli.domain.problems import Problem
from husrum_cli.store import Store, create

TODAY = "2025-01-15"
# Two young people and a volunteer; a group, an event and a match: nothing to remark on.
SOUND = """
BEGIN;
INSERT INTO branches (id, name) VALUES (1, 'Aarhus');
INSERT INTO settings SELECT 'home_branch', uid FROM branches;
INSERT INTO people (id, branch_id, number, name, born) VALUES
    (1, 1, 1, 'Anna Holm', '2001-03-04'), (2, 1, 2, 'Bo Lind', '1999'), (3, 1, 3, 'Carl Dam', '1970-01-01');
INSERT INTO intakes (person_id, enquired, held) VALUES (1, '2024-01-10', '2024-01-20'), (2, '2024-01-10', '2024-01-20');
INSERT INTO volunteers (person_id) VALUES (3);
INSERT INTO roles (person_id, role, starts) VALUES (3, 'leader', '2023-01-01');
INSERT INTO attests (person_id, kind, date) VALUES (3, 'intro_course', '2023-02-01');
INSERT INTO activities (id, branch_id, ref, kind, title, starts, closed) VALUES
    (1, 1, 'G1', 'talk', 'Spring', '2024-02-01', '2024-05-01'), (2, 1, 'E1', 'social', 'Dinner', '2024-03-01', NULL);
INSERT INTO sessions (id, activity_id, date, state) VALUES
    (1, 1, '2024-02-01', 'held'), (2, 2, '2024-03-01', 'held'), (3, 2, '2024-03-02', 'cancelled');
INSERT INTO attendance (session_id, person_id, part) VALUES (1, 1, 'participant'), (2, 1, 'participant'), (1, 3, 'volunteer');
INSERT INTO leaders (activity_id, person_id, starts) VALUES (1, 3, '2024-02-01');
INSERT INTO enrolments (activity_id, person_id, starts, ends) VALUES (1, 1, '2024-02-01', '2024-03-01');
INSERT INTO waits (person_id, starts) VALUES (1, '2024-02-01');
INSERT INTO matches (person_id, volunteer_id, starts) VALUES (1, 3, '2024-06-01');
COMMIT;
"""
NOBODY_KNOWN = "INSERT INTO people (id, branch_id, number, name) VALUES (4, 1, 4, 'Dina Bach');"
VOLUNTEER = NOBODY_KNOWN + "INSERT INTO roles (person_id, role) VALUES (4, 'befriender');"
ANNA, BO, CARL, DINA = "1 Anna Holm", "2 Bo Lind", "3 Carl Dam", "4 Dina Bach"

# Changes to a sound city, and the problem that each must show: (SQL, who, what, command).
CASES = [
    (
        "INSERT INTO leaving (person_id, date) VALUES (2, '2024-02-01'); INSERT INTO attendance (session_id, person_id, part) VALUES (2, 2, 'participant')",
        (BO, "Left on 2024-02-01 and came afterwards, first on 2024-03-01 (once).", "husrum person show 2"),
    ),
    (
        "UPDATE intakes SET enquired = '2024-02-02', held = '2024-02-20' WHERE person_id = 1",
        (ANNA, "A participant on 2024-02-01, before their first enquiry on 2024-02-02 (once).", "husrum intake edit 1"),
    ),
    (
        VOLUNTEER + "INSERT INTO attendance (session_id, person_id, part) VALUES (2, 4, 'participant')",
        (DINA, "A participant since 2024-03-01, without an enquiry (once).", "husrum intake add --person 4"),
    ),
    (
        "UPDATE people SET born = '2014-01-21' WHERE id = 2",
        (BO, "Was 9 years old on 2024-01-10: born 2014-01-21.", "husrum person edit 2 --born DATE"),
    ),
    (
        "UPDATE intakes SET held = '2025-02-01' WHERE person_id = 2",
        (BO, "An enquiry or interview on 2025-02-01, which has not come yet.", "husrum intake edit 2"),
    ),
    (
        "INSERT INTO sessions (activity_id, date, state) VALUES (2, '2025-01-16', 'held')",
        ("E1 Dinner", "Recorded as held on 2025-01-16, which has not come yet (once).", "husrum event show E1"),
    ),
    (
        "INSERT INTO sessions (activity_id, date, state) VALUES (1, '2024-05-02', 'held')",
        ("G1 Spring", "Closed on 2024-05-01, but met on 2024-05-02.", "husrum group show G1"),
    ),
    (
        "INSERT INTO sessions (activity_id, date, state) VALUES (1, '2024-01-31', 'held')",
        ("G1 Spring", "Starts on 2024-02-01, but met on 2024-01-31.", "husrum group show G1"),
    ),
    (
        "INSERT INTO enrolments (activity_id, person_id, starts) VALUES (1, 2, '2024-05-02')",
        (BO, "Enrolled in G1 Spring from 2024-05-02, after it was closed on 2024-05-01.", "husrum group show G1"),
    ),
    (
        "UPDATE leaders SET starts = '2024-05-02'",
        (CARL, "Leads G1 Spring from 2024-05-02, after it was closed on 2024-05-01.", "husrum group show G1"),
    ),
    (
        "INSERT INTO roles (person_id, role, ends) VALUES (3, 'leader', '2023-01-02')",
        (CARL, "Is group leader twice at the same time: from an unknown date and from 2023-01-01.", "husrum volunteer show 3"),
    ),
    (
        "INSERT INTO enrolments (activity_id, person_id, starts) VALUES (1, 1, '2024-02-28')",
        (ANNA, "Enrolled in G1 Spring twice at the same time: from 2024-02-01 and from 2024-02-28.", "husrum group show G1"),
    ),
    (
        "INSERT INTO leaders (activity_id, person_id, starts) VALUES (1, 3, '2024-03-01')",
        (CARL, "Leads G1 Spring twice at the same time: from 2024-02-01 and from 2024-03-01.", "husrum group show G1"),
    ),
    (
        "INSERT INTO waits (person_id, starts) VALUES (1, '2024-05-31')",
        (ANNA, "On the waiting list twice at the same time: from 2024-02-01 and from 2024-05-31.", "husrum person show 1"),
    ),
    (
        "INSERT INTO matches (person_id, volunteer_id, starts, ends) VALUES (1, 3, '2024-04-01', '2024-06-02')",
        (ANNA, "Has two Hjertevenner at the same time: from 2024-04-01 and from 2024-06-01.", "husrum person show 1"),
    ),
    (
        "INSERT INTO people (id, branch_id, number, name, born) VALUES (4, 1, 4, 'ANNA  HÓLM', '2001');"
        "INSERT INTO roles (person_id, role) VALUES (4, 'peer')",
        (ANNA, "Perhaps the same human as 4 ANNA  HÓLM.", "husrum person join 1 4"),
    ),
    (NOBODY_KNOWN, (DINA, "Has neither an enquiry nor a volunteer role.", "husrum person show 4")),
    (
        "INSERT INTO intakes (person_id, enquired) VALUES (2, '2024-10-16')",
        (BO, "Enquired on 2024-10-16, more than 90 days ago, and has had no interview.", "husrum intake hold 2"),
    ),
    (
        "UPDATE intakes SET enquired = '2024-12-01', held = NULL WHERE person_id = 1; DELETE FROM attendance WHERE person_id = 1",
        (ANNA, "Has a Hjerteven since 2024-06-01, but has had no interview.", "husrum intake hold 1"),
    ),
    (
        "DELETE FROM leaders; DELETE FROM roles; INSERT INTO intakes (person_id, held) VALUES (3, '2024-01-01');"
        "UPDATE people SET born = NULL WHERE id = 3",
        (CARL, "Is a Hjerteven since 2024-06-01, but holds no volunteer role.", "husrum volunteer role 3 befriender"),
    ),
    (
        "UPDATE attests SET kind = 'confidentiality'",
        (CARL, "Is a Hjerteven since 2024-06-01, but has not taken the intro course.", "husrum volunteer attest 3 intro_course"),
    ),
    (
        "UPDATE roles SET ends = '2024-01-31'",
        (
            CARL,
            "Leads G1 Spring from 2024-02-01, but holds no volunteer role in that time.",
            "husrum volunteer role 3 leader --from 2024-02-01",
        ),
    ),
    (
        "INSERT INTO activities (branch_id, ref, kind, title) VALUES (1, 'G2', 'network', 'Wednesdays')",
        ("G2 Wednesdays", "A group without a meeting, held or planned.", "husrum group meet G2"),
    ),
    (
        "INSERT INTO sessions (activity_id, date, state) VALUES (1, '2024-02-08', 'planned'), (1, '2024-02-15', 'planned')",
        ("G1 Spring", "Planned for 2024-02-08 and never recorded (2 meetings).", "husrum group meet G1 --date 2024-02-08"),
    ),
    (
        "INSERT INTO sessions (activity_id, date, state) VALUES (2, '2025-01-14', 'planned'), (2, '2025-01-15', 'planned')",
        ("E1 Dinner", "Planned for 2025-01-14 and never recorded (1 day).", "husrum event attend E1 --date 2025-01-14"),
    ),
    (
        "INSERT INTO activities (branch_id, ref, kind, title, starts) VALUES (1, 'E2', 'social', 'dinner', '2024-03-01')",
        ("E2 dinner", "The same title on 2024-03-01 as E1 Dinner.", "husrum event show E2"),
    ),
    (
        "UPDATE people SET born = '1990-01-20' WHERE id = 1; UPDATE intakes SET held = '2024-01-30' WHERE person_id = 1",
        (ANNA, "Was 33 years old at the enquiry on 2024-01-10, outside 16-30: born 1990-01-20.", "husrum person edit 1 --born DATE"),
    ),
    (
        "INSERT INTO answers SELECT id, 'diagnosis', 'anxiety' FROM intakes WHERE person_id = 2",
        (BO, "Answers about health since 2024-01-20, and no consent that they are stored.", "husrum person consent 2 health_data"),
    ),
    (
        "INSERT INTO measures (person_id, instrument, date, items) VALUES (2, 'tils', '2024-03-01', '1,2,3');"
        "INSERT INTO consents (person_id, purpose, given, withdrawn) VALUES (2, 'health_data', '2024-01-01', '2024-02-01')",
        (
            BO,
            "Answers about health since 2024-03-01; the consent that they are stored was withdrawn on 2024-02-01.",
            "husrum person consent 2 health_data",
        ),
    ),
    (
        NOBODY_KNOWN + "INSERT INTO volunteer_applications (person_id, date, declined) VALUES (4, '2022-10-01', '2023-01-14')",
        (
            DINA,
            "Applied to volunteer and never started; nothing since 2023-01-14, for longer than the 24 months that such are kept.",
            "husrum person anonymise 4",
        ),
    ),
]

# What looks like a contradiction and is none.
HARMLESS = [
    # They came back after they left.
    "INSERT INTO leaving (person_id, date) VALUES (1, '2024-02-15'), (1, NULL);"
    "INSERT INTO intakes (person_id, enquired) VALUES (1, '2024-12-20')",
    # The day they leave is still theirs, and one can leave without having come.
    "INSERT INTO leaving (person_id, date) VALUES (2, '2024-03-01');INSERT INTO attendance (session_id, person_id, part) VALUES (2, 2, 'participant'), (1, 2, 'excused')",
    # An enquiry of unknown date was always before; a volunteer needs none.
    "INSERT INTO intakes (person_id) VALUES (1);"
    "UPDATE intakes SET enquired = '2024-12-01', held = '2024-12-02' WHERE person_id = 1 AND enquired NOT NULL",
    # One period ends on the day the next one begins; two roles at once are two roles.
    "UPDATE roles SET ends = '2024-01-15';"
    "INSERT INTO roles (person_id, role, starts) VALUES (3, 'leader', '2024-01-15'), (3, 'peer', '2023-06-01')",
    "INSERT INTO waits (person_id, starts) VALUES (1, '2024-06-01')",
    # Two people of the same name, born on different days.
    "INSERT INTO people (id, branch_id, number, name, born) VALUES (4, 1, 4, 'Anna Holm', '2002-03-04');"
    "INSERT INTO roles (person_id, role) VALUES (4, 'peer')",
    # An enquiry that nobody waits for any longer, and one that is still fresh.
    "INSERT INTO intakes (person_id, enquired) VALUES (2, '2024-02-01'), (2, '2024-10-17');"
    "INSERT INTO leaving (person_id, date) VALUES (2, '2024-03-01')",
    # Attended counts as much as attested.
    "DELETE FROM attests; INSERT INTO activities (id, branch_id, ref, kind, starts) VALUES (3, 1, 'E2', 'intro_course', '2023-03-01');"
    "INSERT INTO sessions (id, activity_id, date, state) VALUES (9, 3, '2023-03-01', 'held');"
    "INSERT INTO attendance (session_id, person_id, part) VALUES (9, 3, 'volunteer')",
    # The bounds belong to it; of a year alone, only what is sure counts.
    "UPDATE people SET born = iif(id = 1, '1993-01-21', '1993') WHERE id < 3",
    "UPDATE people SET born = iif(id = 1, '2008-01-10', '2008') WHERE id < 3",
    # Would not say; consented; kept for exactly so long, or began after all.
    "INSERT INTO answers SELECT id, 'diagnosis', 'declined' FROM intakes WHERE person_id = 2",
    "INSERT INTO answers SELECT id, 'diagnosis', 'none' FROM intakes WHERE person_id = 2;"
    "INSERT INTO consents (person_id, purpose, given, withdrawn) VALUES (2, 'health_data', '2024-01-01', '2024-02-01'), (2, 'health_data', NULL, NULL)",
    NOBODY_KNOWN + "INSERT INTO volunteer_applications (person_id, date, declined) VALUES (4, '2022-10-01', '2023-01-15')",
    VOLUNTEER + "INSERT INTO volunteer_applications (person_id, date) VALUES (4, '2022-10-01')",
    # What SQLite keeps for itself.
    "ANALYZE",
]


@pytest.fixture(autouse=True)
def a_day_in_2025(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUSRUM_TODAY", TODAY)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The sound city."""
    store = create(tmp_path / "sound.db")
    store.connection.executescript(SOUND)
    return store


def found(store: Store) -> list[tuple[str, str, str]]:
    return [(problem.who, problem.what, problem.command) for problem in check(store)]


def test_a_sound_city_has_nothing_to_tell(store: Store) -> None:
    assert check(store) == []


# The same of somebody who enquired several times.
SEVERAL_ENQUIRIES = [
    (
        "INSERT INTO intakes (person_id, enquired) VALUES (2, '2025-02-01')",
        (BO, "An enquiry or interview on 2025-02-01, which has not come yet.", "husrum intake edit 2 --on 2025-02-01"),
    ),
    (
        """
        UPDATE intakes SET enquired = '2024-02-02', held = '2024-02-20' WHERE person_id = 1;
        INSERT INTO intakes (person_id, enquired, held) VALUES (1, '2024-09-01', '2024-09-02')""",
        (
            ANNA,
            "A participant on 2024-02-01, before their first enquiry on 2024-02-02 (once).",
            "husrum intake edit 1 --on 2024-02-02",
        ),
    ),
]


_ALL = [*CASES, *SEVERAL_ENQUIRIES]


@pytest.mark.parametrize(("sql", "output"), _ALL, ids=[output[1] for _sql, output in _ALL])
def test_every_definition_is_shown_with_its_command(store: Store, sql: str, output: tuple[str, str, str]) -> None:
    store.connection.executescript(sql)
    assert found(store) == [output]


def test_every_definition_has_its_case() -> None:
    for definition, (_sql, (_who, what, _command)) in zip((*FILE_CHECKS, *DUTY_OF_CARE), CASES, strict=True):
        assert re.fullmatch(re.sub(r"\\{\w+\\}", ".+", re.escape(definition.what)), what)


@pytest.mark.parametrize("sql", HARMLESS)
def test_what_only_looks_wrong_is_left_in_peace(store: Store, sql: str) -> None:
    store.connection.executescript(sql)
    assert found(store) == []


def test_people_and_groups_are_named_with_their_city_where_there_are_several(store: Store) -> None:
    store.connection.executescript(
        "INSERT INTO branches (name) VALUES ('Viborg'); UPDATE people SET name = NULL; UPDATE activities SET title = NULL"
    )
    store.connection.executescript("INSERT INTO enrolments (activity_id, person_id, starts) VALUES (1, 2, '2024-05-02')")
    store = store_of(store.path)
    what = "Enrolled in Aarhus:G1 from 2024-05-02, after it was closed on 2024-05-01."
    assert found(store) == [("Aarhus:2", what, "husrum group show Aarhus:G1")]


@pytest.mark.parametrize("column", ["phone", "email"])
def test_the_same_contact_may_be_the_same_human(store: Store, column: str) -> None:
    one, other = ("12 34 56 78", "+4512345678") if column == "phone" else ("anna@example.org", "Anna@Example.org")
    store.connection.execute(f"UPDATE people SET {column} = CASE id WHEN 2 THEN ? ELSE ? END WHERE id <> 1", (one, other))
    store.connection.execute("UPDATE people SET born = NULL WHERE id = 3")
    assert found(store) == [(BO, f"Perhaps the same human as {CARL}.", "husrum person join 2 3")]


DAMAGE = [
    ("CREATE TRIGGER spy AFTER INSERT ON people BEGIN SELECT 1; END", "spy", "The trigger does not belong in a husrum file."),
    ("CREATE TABLE scratch (a)", "scratch", "The table does not belong in a husrum file."),
    ("DROP INDEX attendance_person", "attendance_person", "The index is missing."),
    ("DROP VIEW visits", "visits", "The view is missing."),
    ("DROP TABLE link_tags", "link_tags", "The table is missing."),
    ("ALTER TABLE grants ADD COLUMN more TEXT", "grants", "The column more does not belong in a husrum file."),
    (
        "INSERT INTO attendance (session_id, person_id, part) VALUES (1, 99, 'participant'), (2, 99, 'participant')",
        "attendance",
        "Rows that point at nothing in people: 2.",
    ),
    (
        "PRAGMA ignore_check_constraints = ON; UPDATE sessions SET date = '2024-02-30' WHERE id = 1",
        "sound.db",
        "SQLite finds: CHECK constraint failed in sessions.",
    ),
]


@pytest.mark.parametrize(("sql", "who", "what"), DAMAGE, ids=[what for _sql, _who, what in DAMAGE])
def test_damage_is_found(store: Store, sql: str, who: str, what: str) -> None:
    store.close()
    other_tool(store.path, sql)
    problems = check(store_of(store.path))
    assert Problem("damage", what, who, "husrum export tables DIR") in problems
    assert {problem.severity for problem in problems} == {"damage"}


def test_a_page_of_rubbish_is_found(store: Store) -> None:
    root = store.value("SELECT rootpage FROM sqlite_master WHERE name = 'sessions'")
    size = store.value("PRAGMA page_size")
    store.close()
    with store.path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    problems = check(store_of(store.path))
    assert problems
    assert {problem.severity for problem in problems} == {"damage"}


def test_comments_and_line_breaks_in_the_schema_are_no_damage(store: Store) -> None:
    store.connection.executescript("DROP INDEX attendance_person; CREATE INDEX attendance_person ON\n attendance (person_id, part) -- who")
    assert check(store) == []


def other_tool(path: Path, sql: str) -> None:
    """Change the file as another program would."""
    connection = looked_into(path)
    connection.executescript(sql)
    connection.commit()
    connection.close()


def test_the_example_has_no_contradictions(aarhus_once: Path) -> None:
    result = husrum("check", "--db", aarhus_once, "--format", "json")
    assert result.exit_code == 0, result.stdout
    assert {problem["severity"] for problem in json.loads(result.stdout)} == {"remark"}


def test_check_reports_what_is_wrong_and_fails(store: Store) -> None:
    store.close()
    assert husrum("check", "--db", store.path).exit_code == 0
    sql, (who, what, command) = CASES[0]
    other_tool(store.path, sql)
    result = husrum("check", "--db", store.path, "--format", "json")
    assert result.exit_code == 5
    assert json.loads(result.stdout) == [{"severity": "contradiction", "what": what, "who": who, "command": command}]
    other_tool(store.path, "DROP INDEX attendance_person")
    result = husrum("check", "--db", store.path)
    assert result.exit_code == 5
    assert "attendance_person" in result.stdout
    assert what not in result.stdout


def test_checking_grows_no_faster_than_the_file(store: Store) -> None:
    """100,000 attendances, 2,000 people, some with the same name: if rows were compared with each other, SQLite would take steps by the billion."""
    store.connection.executescript("""
        BEGIN;
        WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 2009)
            INSERT INTO people (id, branch_id, number, name, born) SELECT i, 1, i, 'Person ' || (i % 1600), 1990 + i % 20 FROM n;
        INSERT INTO intakes (person_id, enquired, held) SELECT id, '2020-01-01', '2020-01-02' FROM people WHERE id >= 10;
        WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 1009)
            INSERT INTO activities (id, branch_id, ref, kind, title, starts)
            SELECT i, 1, 'E' || i, 'social', 'Event ' || i, date('2020-02-01', i || ' days') FROM n;
        INSERT INTO sessions (id, activity_id, date, state) SELECT id, id, starts, 'held' FROM activities WHERE id >= 10;
        INSERT INTO attendance (session_id, person_id, part) SELECT sessions.id, people.id, 'participant' FROM sessions JOIN people ON people.id >= 10
            WHERE sessions.id >= 10 AND (people.id * 7 + sessions.id) % 20 = 0;
        COMMIT;""")
    assert store.value("SELECT count(*) FROM attendance") > 100_000
    thousands = itertools.count()
    store.connection.set_progress_handler(lambda: next(thousands) < 0, 1000)
    check(store)
    assert next(thousands) < 30_000
