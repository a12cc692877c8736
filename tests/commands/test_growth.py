"""What a list costs, in steps of SQLite's machine, grows as its rows do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from big_files import big_city
from running import husrum

FEW, TIMES = 2_000, 4
LISTS = (
    *("event list", "event list --by activity", "event list --by venue", "goal list", "group list", "intake list", "intake list --open"),
    *("log", "match list --all", "match list --waiting --all", "measure due", "partner list", "person find a", "person list"),
    *("person list --left", "quote list", "retention", "suggestion list", "today", "volunteer list --all", "volunteer list --hours 2024"),
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same city, and with four times of everything."""
    folder = tmp_path_factory.mktemp("growth")
    return big_city(folder / "few.db", "Aarhus", FEW, folk=60), big_city(folder / "many.db", "Aarhus", TIMES * FEW, folk=TIMES * 60)


@pytest.mark.parametrize("typed", LISTS)
def test_no_list_grows_faster_than_its_rows(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    taken = 0

    def step() -> None:
        nonlocal taken
        taken += 10

    def connect(*args: object, **options: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = bare(*args, **options)
        connection.set_progress_handler(step, 10)
        return connection

    bare = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", connect)
    cost = []
    for path in files:
        taken = 0
        assert husrum(*typed.split(), "--db", path, env={"HUSRUM_TODAY": "2025-01-15"}).exit_code == 0
        cost.append(taken)
    few, many = cost
    assert 0 < many <= 1.5 * TIMES * (few + 100)
