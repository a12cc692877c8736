"""The cost of counting, in steps of SQLite's machine: it grows as the rows do, and every year costs the same for its rows."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from big_files import big_city
from running import store_of

from husrum_cli.domain.figures.queries import QUERIES, query
from husrum_cli.domain.figures.tables import period_tables
from husrum_cli.input.periods import calendar_year

FEW, TIMES = 2_000, 4


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same city, and with four times of everything."""
    folder = tmp_path_factory.mktemp("cost")
    return big_city(folder / "few.db", "Aarhus", FEW, folk=60), big_city(folder / "many.db", "Aarhus", TIMES * FEW, folk=TIMES * 60)


def steps(path: Path, year: int, nation: bool) -> dict[str, int]:
    """Query -> the steps that its rows of a year cost; and those of the tables it needs."""
    taken = 0

    def step() -> None:
        nonlocal taken
        taken += 10

    found = {}
    with closing(store_of(path)) as store:
        store.connection.set_progress_handler(step, 10)
        days = period_tables(store, calendar_year(year))
        found["tables"] = taken
        for name in QUERIES:
            taken = 0
            store.connection.execute(f"SELECT count(*) FROM ({query(name, nation)})", days).fetchall()
            found[name] = taken
    return found


@pytest.mark.parametrize("nation", [False, True])
def test_no_query_grows_faster_than_its_rows(files: tuple[Path, Path], nation: bool) -> None:
    few, many = (steps(path, 2021, nation) for path in files)
    assert min(few[name] for name in ("tables", "visits", "participants", "volunteers", "events")) > 100
    assert {name: (few[name], many[name]) for name in few if many[name] > 2 * TIMES * (few[name] + 100)} == {}


def test_no_year_costs_twice_as_much_for_its_rows_as_another(tmp_path: Path) -> None:
    """Five sixths of all that happened did so in one year, and every one of its people came often in the others too."""
    path = big_city(tmp_path / "skewed.db", "Aarhus", TIMES * FEW, folk=60, busy=2021)
    with closing(store_of(path)) as store:
        sql = "SELECT count(*) FROM sessions JOIN attendance ON session_id = sessions.id WHERE date BETWEEN ? AND ?"
        rows = {year: store.value(sql, f"{year}-01-01", f"{year}-12-31") for year in (2019, 2021)}
    assert rows[2021] > 10 * rows[2019] > 0
    quiet, busy = steps(path, 2019, False), steps(path, 2021, False)
    more = rows[2021] / rows[2019]
    assert {name: (quiet[name], busy[name]) for name in quiet if busy[name] > 2 * more * (quiet[name] + 100)} == {}
