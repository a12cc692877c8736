"""The program is killed, interrupted or told to end, at any moment: all is written, or nothing; and doing it again gives what was meant."""

from __future__ import annotations

import gzip
import shutil
import signal
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from faults import seconds, sound, started, struck, told_rows
from running import AARHUS_2024, husrum, looked_into, new_city
from test_upgrades import OLDEST

SIGNALS = (signal.SIGKILL, signal.SIGINT, signal.SIGTERM)
TABLES = sorted(AARHUS_2024.glob("*.csv"))
Line = tuple[object, ...]


class Trial:
    """A file, and a command that writes to it. `left`: what lies beside it when all is done."""

    def __init__(self, folder: Path, before: Path, line: Line, left: set[str]) -> None:
        self.folder, self.before, self.line, self.left = folder, before, line, left
        place = folder / "whole"
        place.mkdir()
        self.path = self.fresh(place)
        self.rows_before = told_rows(self.path)
        self.time = seconds(*line, "--db", self.path)
        self.rows_after = told_rows(self.path)
        assert self.rows_after != self.rows_before
        assert {path.name for path in place.iterdir()} == left

    def fresh(self, place: Path) -> Path:
        """The file before the command."""
        return Path(shutil.copy2(self.before, place / "aarhus.db"))

    def strike(self, number: signal.Signals, chance: Random, name: str) -> str:
        """Runs the command, strikes at a random moment, and looks; then runs it again. What came of the first run."""
        place = self.folder / name
        place.mkdir()
        path = self.fresh(place)
        status = struck(number, chance.uniform(0, 1.1) * self.time, *self.line, "--db", path)
        sound(path)
        rows = told_rows(path)
        assert rows in (self.rows_before, self.rows_after)
        # Until the program has begun it is Python that is interrupted, and ends with 1.
        assert status in (0, -number, 128 + number) or (status == 1 and rows == self.rows_before), status
        if status == 0:
            assert rows == self.rows_after
        # An undo that was done would step further back.
        if rows == self.rows_before or self.line[0] != "undo":
            assert husrum(*self.line, "--db", path, env={"HUSRUM_TODAY": "2024-10-08"}).exit_code == 0
        assert told_rows(path) == self.rows_after
        self.no_stray_files(place)
        shutil.rmtree(place)
        return "done" if rows == self.rows_after else "nothing"

    def no_stray_files(self, place: Path) -> None:
        """Nothing lies there that a whole run does not leave."""
        assert {path.name for path in place.iterdir()} == self.left


def importing(folder: Path) -> Trial:
    """A year of files, into a city that has nothing yet."""
    return Trial(folder, new_city(folder / "city.db"), ("import", *TABLES), {"aarhus.db"})


def undoing(folder: Path) -> Trial:
    """That import, taken back."""
    path = new_city(folder / "city.db")
    assert husrum("import", *TABLES, "--db", path).exit_code == 0
    return Trial(folder, path, ("undo",), {"aarhus.db"})


def upgrading(folder: Path) -> Trial:
    """A file of the first version, opened."""
    path = folder / "city.db"
    path.write_bytes(gzip.decompress(OLDEST.read_bytes()))
    return Trial(folder, path, ("branch", "list"), {"aarhus.db", "aarhus.version-1.db"})


def erasing(folder: Path) -> Trial:
    """Somebody of that import, erased: also out of the freed pages, and remembered beside the file."""
    path = new_city(folder / "city.db")
    assert husrum("import", *TABLES, "--db", path).exit_code == 0
    return Trial(folder, path, ("person", "erase", "19", "--yes"), {"aarhus.db", "aarhus.db.removed"})


TRIALS = {"import": importing, "undo": undoing, "upgrade": upgrading, "erase": erasing}


def trial(name: str, times: int, folder: Path) -> None:
    """Strikes with each signal as often as is said."""
    chance, made = Random(name), TRIALS[name](folder)
    for number in SIGNALS:
        came = [made.strike(number, chance, f"{number.name}-{each}") for each in range(times)]
        print(f"{name}, {number.name}: {times} times, {came.count('done')} done, {came.count('nothing')} nothing, none in between")


@pytest.mark.parametrize("name", TRIALS)
def test_all_or_nothing(name: str, tmp_path: Path) -> None:
    trial(name, 1, tmp_path)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_status_says_what_ended_it(number: signal.Signals, city: Path) -> None:
    with closing(looked_into(city, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # so that it waits
        process = started("intake", "add", "Anna Holm", "--db", city)
        time.sleep(2)
        process.send_signal(number)
        other.execute("ROLLBACK")
        _out, told = process.communicate(timeout=60)
    said = b"Error: Interrupted.\n" if number == signal.SIGINT else b""
    assert (process.returncode, told) == (128 + number, said)


@pytest.mark.full
@pytest.mark.parametrize("name", TRIALS)
def test_all_or_nothing_fifty_times(name: str, tmp_path: Path) -> None:
    trial(name, 50, tmp_path)
