"""Files that older versions made: brought to today's schema when they are opened, all or nothing, with a copy of what was."""

from __future__ import annotations

import gzip
import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from running import ENCRYPTED, FIXTURES, KEY, husrum, looked_into

from husrum_cli.store.copying import copy_with_key
from husrum_cli.store.opening import VERSION
from husrum_cli.vocabulary.file_codes import stored_codes

OLDEST = FIXTURES / "version-1.db.gz"
EVERY_TABLE = FIXTURES / "version-2-every-table.db.gz"  # of a city; only a handed-over or a national file has more
REWRITTEN = {"closed_rows", "steps", "former_rows"}  # in another form, and what can't be undone any more
SECOND = FIXTURES / "version-2.db.gz"  # a closed year, grants from the middle of a year, partners of every origin


# What follows from other rows, by a rule that changed.
DECIDED_ANEW = {("attendance", "part")}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A city's file as version 1 made it."""
    return oldest(tmp_path / "aarhus.db")


def oldest(path: Path, packed: Path = OLDEST) -> Path:
    """Such a file, encrypted where the tests' files are."""
    made = path.with_name("made.db") if ENCRYPTED else path
    made.write_bytes(gzip.decompress(packed.read_bytes()))
    made.chmod(0o600)
    if ENCRYPTED:
        path.touch(0o600)
        copy_with_key(made, None, path, KEY)
        made.unlink()
    return path


def version(path: Path) -> int:
    """The version of the schema in a file."""
    with closing(looked_into(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def rows(path: Path) -> dict[str, list[dict[str, object]]]:
    """Every row of every table, by column."""
    with closing(looked_into(path)) as connection:
        found = {}
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
            cursor = connection.execute(f"SELECT * FROM {name}")
            columns = [column[0] for column in cursor.description]
            found[name] = [dict(zip(columns, row, strict=True)) for row in cursor]
        return found


@pytest.mark.parametrize("packed", [OLDEST, SECOND, EVERY_TABLE], ids=lambda path: path.name)
def test_an_old_file_is_upgraded_with_all_it_held(packed: Path, tmp_path: Path) -> None:
    path = oldest(tmp_path / "aarhus.db", packed)
    before = rows(path)
    assert husrum("check", "--db", path).exit_code == 0  # among others: the schema is that of a new file
    assert version(path) == VERSION
    after = rows(path)
    for table, held in ((table, held) for table, held in before.items() if table not in REWRITTEN):
        columns = [column for column in (held[0] if held else {}) if (table, column) not in DECIDED_ANEW]
        kept, was = ([{column: row[column] for column in columns} for row in every] for every in (after[table], held))
        assert sorted(map(repr, kept)) == sorted(map(repr, was)), table
    assert {(each["vocabulary"], each["code"]) for each in after["codes"]} == set(stored_codes())
    with closing(looked_into(path, isolation_level=None)) as connection, pytest.raises(sqlite3.IntegrityError, match="not one of codes"):
        connection.execute("UPDATE roles SET role = 'king'")


def test_a_year_with_every_table_can_be_worked_on(tmp_path: Path) -> None:
    path = oldest(tmp_path / "aarhus.db", EVERY_TABLE)
    day = {"HUSRUM_TODAY": "2025-02-02"}
    for line in (
        "intake edit 3 --source headspace",
        "undo",
        "stats explain 2024 visits",
        "person show 1",
        "match list --all",
        "person erase 1 --yes",
    ):
        result = husrum(*line.split(), "--db", path, env=day)
        assert result.exit_code == 0, (line, result.stderr)
    assert husrum("check", "--db", path, env=day).exit_code == 0


def test_the_old_file_is_kept_next_to_it(old: Path) -> None:
    before = rows(old)
    assert husrum("person", "list", "--db", old).exit_code == 0
    kept = old.with_name("aarhus.version-1.db")
    assert (version(kept), rows(kept)) == (1, before)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_copy_that_is_there_already_is_not_overwritten(old: Path) -> None:
    taken = old.with_name("aarhus.version-1.db")
    taken.write_text("mine")
    assert husrum("person", "list", "--db", old).exit_code == 0
    assert taken.read_text() == "mine"
    assert version(old.with_name("aarhus.version-1-2.db")) == 1


def test_its_figures_are_as_before(old: Path) -> None:
    figures = json.loads(husrum("stats", "year", "2024", "--format", "json", "--db", old).stdout)["figures"]
    assert [figures[key]["value"] for key in ("visits", "young_people", "volunteers", "matches_new")] == [10, 2, 1, 1]


def test_a_file_that_cannot_be_upgraded_stays_as_it_was(old: Path) -> None:
    with closing(looked_into(old, isolation_level=None)) as connection:
        connection.execute("DELETE FROM people WHERE number = 1")  # and what refers to it stays behind
    before = old.read_bytes()
    result = husrum("person", "list", "--db", old)
    assert result.exit_code == 3
    assert "can't be brought to today's version" in result.stderr
    assert old.read_bytes() == before


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A city's file as version 2 made it."""
    return oldest(tmp_path / "aarhus.db", SECOND)


def year(path: Path, number: int) -> dict[str, Any]:
    """The figures of a year."""
    result = husrum("stats", "year", number, "--format", "json", "--db", path, env={"HUSRUM_TODAY": "2025-02-01"})
    assert result.exit_code == 0, result.stderr
    shown: dict[str, Any] = json.loads(result.stdout)
    return shown


def test_version_2_becomes_a_new_file_with_its_grants_numbered(second: Path) -> None:
    assert husrum("check", "--db", second).exit_code == 0
    assert [(grant["number"], grant["per_year"], grant["starts"]) for grant in rows(second)["grants"]] == [
        (1, 400000, "2023-07-01"),
        (2, 50000, "2024-03-01"),
    ]
    assert rows(second)["grant_offers"] == [{"grant_id": 1, "offer": "talk_group"}]


def test_full_years_show_the_grants_that_version_2_showed(second: Path) -> None:
    found = [year(second, number)["figures"]["grants_dkk"]["value"] for number in (2022, 2023, 2024, 2025)]
    assert found == [0, 400000, 450000, 450000]


def test_a_year_closed_by_version_2_stays_closed_and_its_changes_are_traced(second: Path) -> None:
    shown = year(second, 2024)
    visits = shown["figures"]["visits"]
    assert (shown["closed"], visits["value"], visits["now"]) == (True, 8, 9)
    assert {(each["change"], each["person"], each["what"]) for each in shown["changes"] if "visits" in each["keys"]} == {
        ("added", 2, "E2 Late games")
    }
