"""Numbers and dates beyond all bounds, as only another program writes them: no table holds them, a merge refuses them by name, and older files that do still open."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from running import FIXTURES, KEY_FILE, husrum, looked_into
from test_schema import add_row, columns, dated, tables
from test_upgrades import oldest
from unions import AARHUS, TODAY, run, small_city, value

from husrum_cli.domain.figures.answers import ShareValue
from husrum_cli.domain.figures.details import VISIT_CHANNELS
from husrum_cli.domain.figures.travelling_years import for_the_nation
from husrum_cli.domain.national.merge import merge
from husrum_cli.errors import UnusableFile
from husrum_cli.store.keys import FileKeys
from husrum_cli.store.opening import schema
from husrum_cli.store.union.travelling_rows import REFERENCES, TRAVELS

HUGE = 2**63 - 1
LARGEST = {"INTEGER": (HUGE, -1), "REAL": (HUGE, 9e999, -1.0)}
DAYS = ("0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31")


def bounded(connection: sqlite3.Connection) -> Iterator[tuple[str, str, tuple[object, ...]]]:
    """(table, column, values beyond its bounds) of every column of numbers and dates that travels."""
    definitions = tables(connection)
    for table, travels in TRAVELS.items():
        dates = dated(definitions[table])
        for column, info in columns(connection, table).items():
            wrong = DAYS if column in dates else LARGEST.get(info[2], ())
            if wrong and column in travels.columns and column not in REFERENCES:
                yield table, column, wrong


def test_no_table_takes_what_is_beyond_all_bounds() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        fresh.executescript(schema() + "PRAGMA foreign_keys = OFF;")
        for (name,) in fresh.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            fresh.execute(f"DROP TRIGGER {name}")
        found = list(bounded(fresh))
        assert len(found) > 50
        for table, column, wrong in found:
            add_row(fresh, table)
            for each in wrong:
                with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed"):
                    fresh.execute(f"UPDATE {table} SET {column} = ?", (each,))
        for each in (float("nan"), float("inf")):
            with pytest.raises(sqlite3.IntegrityError):
                fresh.execute("UPDATE reported_figures SET value = ?", (each,))


def test_a_merge_refuses_what_is_beyond_all_bounds_and_names_it(tmp_path: Path) -> None:
    good, bad = tmp_path / "aarhus.db", tmp_path / "bad.db"
    small_city(good, "Aarhus", AARHUS)
    with closing(looked_into(good)) as connection:
        rows = [each for each in bounded(connection) if connection.execute(f"SELECT 1 FROM {each[0]}").fetchone()]
    assert {"sessions", "grants", "reported_figures", "people", "intakes", "matches"} <= {table for table, _column, _wrong in rows}
    for table, column, wrong in rows:
        shutil.copy2(good, bad)
        with closing(looked_into(bad, isolation_level=None)) as connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ?", wrong[:1])
        with pytest.raises(UnusableFile) as refused:
            merge(tmp_path / "out.db", [bad], None, "en", file_keys=FileKeys(KEY_FILE))
        assert str(bad) in refused.value.message and f"{table}.{column}" in refused.value.message
        assert not (tmp_path / "out.db").exists()


def test_one_line_names_the_file_the_table_and_the_column(tmp_path: Path) -> None:
    bad = small_city(tmp_path / "bad.db", "Aarhus", AARHUS)
    with closing(looked_into(bad, isolation_level=None)) as connection:
        connection.executescript("PRAGMA ignore_check_constraints = ON; UPDATE sessions SET unnamed = 9223372036854775807;")
    result = husrum("merge", tmp_path / "out.db", bad, env=TODAY)
    assert result.exit_code == 3
    assert result.stderr == f"Error: {bad} holds what husrum never writes (in sessions.unnamed); nothing of it was read.\n"


@pytest.mark.parametrize("number", ["Infinity", "-Infinity", "NaN", "1e400", "9" * 400, "9" * 5000, "[" * 100_000])
def test_frozen_figures_beyond_all_bounds_do_not_travel(number: str) -> None:
    figures = (
        """{"values": {"visits": {"value": 1e3, "source": "counted"}}, "shares": {}, "distributions": {}, "months": {"intake": [1e3]}}"""
    )
    kept = for_the_nation(figures.replace("1e3", number))
    assert "visits" not in kept and "nfinity" not in kept and "NaN" not in kept and "999999" not in kept


@pytest.mark.parametrize("odd", ["Anna er indlagt", float("inf"), float("nan"), 10**16, ["Anna"]])
def test_of_frozen_figures_numbers_travel_and_nothing_else(odd: object) -> None:
    known, share = {"value": 7, "source": "counted"}, {name: 3 for name in ShareValue._fields}
    frozen = {
        "values": {
            "visits": {"value": odd, "source": "counted"},
            "intakes": known,
            "matches_new": known | {"sum_of_branches": odd},
            "Anna": known,
        },
        "shares": {"diagnosis_any": share | {"count": odd}, "referral_municipal": share, "Anna": share},
        "distributions": {
            "gender": {"f": odd, "m": 10**15, "Anna": 2},
            "municipality": {"Skive": 2, "Viborg": odd, "not_recorded": 1, "x" * 101: 3},
            "municipality_age": {"Skive": {"16-19": 1, "20-24": odd, "Anna": 1}, "Viborg": odd},
            "referred_by": {"Anna": 4, "Bo": odd, "declined": 1, "not_recorded": 2},
            "activity": {"Skak": 3, "not_recorded": 0},
            "Anna": {"f": 1},
        },
        "months": {channel: [-1, 10**15 + 1, 4] for channel in VISIT_CHANNELS},
    }
    kept = json.loads(for_the_nation(json.dumps(frozen)))
    assert kept["values"] == {"intakes": known, "matches_new": known} and kept["shares"] == {"referral_municipal": share}
    assert kept["distributions"] == {
        "gender": {"m": 10**15},
        "municipality": {"Skive": 2, "not_recorded": 1},
        "municipality_age": {"Skive": {"16-19": 1}},
        "referred_by": {"declined": 1, "not_recorded": 6},
        "activity": {"not_recorded": 3},
    }
    assert json.loads(for_the_nation(json.dumps(kept | {"months": frozen["months"]})))["distributions"] == kept["distributions"]
    assert kept["months"] == {channel: [0, 10**15, 4] for channel in VISIT_CHANNELS}


def test_an_older_file_with_odd_values_opens_and_they_are_brought_within_bounds(tmp_path: Path) -> None:
    path = oldest(tmp_path / "aarhus.db", FIXTURES / "version-2-every-table.db.gz")
    with closing(looked_into(path, isolation_level=None)) as connection:
        connection.executescript(
            """PRAGMA ignore_check_constraints = ON;
            UPDATE intakes SET enquired = '0001-01-01', held = '9999-12-31' WHERE id = (SELECT min(id) FROM intakes);
            UPDATE sessions SET unnamed = 9223372036854775807, date = '0009-03-01' WHERE id = (SELECT min(id) FROM sessions);
            UPDATE reported_figures SET value = 9e999;
            UPDATE grants SET per_year = 9223372036854775807;"""
        )
    assert husrum("check", "--db", path).exit_code in (0, 5)
    assert value(path, "PRAGMA integrity_check") == "ok"  # which looks at every CHECK of a file that may be written
    assert value(path, "SELECT enquired || held FROM intakes ORDER BY id") == "1900-01-012199-12-31"
    assert value(path, "SELECT max(unnamed) || min(date) FROM sessions") == "9999999991900-01-01"
    for words in (("stats", "year", 2024), ("stats", "trend")):
        run(*words, "--db", path)
