"""The town that the tests of commands start from, unless they have one of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from running import husrum, new_city

PEOPLE = ("Anna Holm", "Anders Hald", "Bo Krog", "Carla Dam", "Émile Ørsted")
LINES = (
    *(("intake", "add", name, "--enquired", "2024-01-08", "--held", "2024-01-15") for name in PEOPLE),
    ("volunteer", "add", "Vera Vang", "--role", "leader", "--joined", "2023-01-01"),
    ("volunteer", "add", "Niels Nor", "--role", "befriender", "--joined", "2023-01-01", "--intro-course", "2023-02-01"),
    ("group", "open", "Tuesday", "--kind", "talk", "--start", "2024-02-06", "--weeks", "4", "--skip", "2024-02-13", "--leader", "6"),
    ("group", "enroll", "G1", "1-4", "--date", "2024-02-06"),
)


@pytest.fixture(scope="session")
def small_town_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Persons 1-5 enquired and were interviewed in January; 6 leads groups, 7 befriends. G1 meets on Tuesdays."""
    path = new_city(tmp_path_factory.mktemp("town") / "aarhus.db")
    for line in LINES:
        assert husrum(*line, "--db", path, env={"HUSRUM_TODAY": "2024-03-06"}).exit_code == 0, line
    return path


@pytest.fixture
def town(small_town_once: Path, tmp_path: Path) -> Path:
    """A copy of it, to write to."""
    return Path(shutil.copy2(small_town_once, tmp_path))
