"""Files that older versions made: brought to today's schema when they are opened, all or nothing, with a copy of what was."""

from __future__ import annotations

import gzip
import json
import stat
from contextlib import closing
from pathlib import Path

import pytest
from running import ENCRYPTED, FIXTURES, KEY, husrum, looked_into

from husrum_cli.store.copying import copy_recoded
from husrum_cli.store.opening import VERSION

OLDEST = FIXTURES / "version-1.db.gz"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A city's file as version 1 made it."""
    return oldest(tmp_path / "aarhus.db")


def oldest(path: Path) -> Path:
    """Such a file, encrypted where the tests' files are."""
    made = path.with_name("made.db") if ENCRYPTED else path
    made.write_bytes(gzip.decompress(OLDEST.read_bytes()))
    made.chmod(0o600)
    if ENCRYPTED:
        copy_recoded(made, None, path, KEY)
        made.unlink()
    return path


def version(path: Path) -> int:
    """The version of the schema in a file."""
    with closing(looked_into(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with closing(looked_into(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def test_an_old_file_is_upgraded_with_all_it_held(old: Path) -> None:
    before = rows(old)
    assert husrum("check", "--db", old).exit_code == 0  # among others: the schema is that of a new file
    assert version(old) == VERSION
    assert {name: held for name, held in rows(old).items() if name in before} == before


def test_the_old_file_is_kept_beside_it(old: Path) -> None:
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
