"""The program is killed, interrupted or asked to end, at any moment: all is written, or nothing; and doing it again gives what was meant."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from faults import names_after_the_next, opens, rows_without_uids, seconds, sound, started, struck
from running import AARHUS_2024, husrum, looked_into, new_city, process_environment
from test_upgrades import oldest

SIGNALS = (signal.SIGKILL, signal.SIGINT, signal.SIGTERM)
TABLES = sorted(AARHUS_2024.glob("*.csv"))
Line = tuple[object, ...]


class Trial:
    """A file, and a command that writes to it. `left`: the files next to it when all is done."""

    def __init__(self, folder: Path, before: Path, line: Line, left: set[str]) -> None:
        self.folder, self.before, self.line, self.left = folder, before, line, left
        place = folder / "whole"
        place.mkdir()
        self.path = self.fresh(place)
        self.rows_before = rows_without_uids(self.path)
        self.time = seconds(*self.words(self.path))
        self.rows_after = rows_without_uids(self.path)
        assert self.rows_after != self.rows_before
        assert {path.name for path in place.iterdir()} == left

    def fresh(self, place: Path) -> Path:
        """The file before the command."""
        return Path(shutil.copy2(self.before, place / "aarhus.db"))

    def words(self, path: Path) -> list[str]:
        """The command, on this file."""
        return [str(word).replace("{file}", str(path)) for word in self.line]

    def strike(self, number: signal.Signals, chance: Random, name: str) -> str:
        """Runs the command, strikes at a random moment, and looks; then runs it again. What came of the first run."""
        place = self.folder / name
        place.mkdir()
        path = self.fresh(place)
        status = struck(number, chance.uniform(0, 1.5) * self.time, *self.words(path))
        there = {each.name for each in place.iterdir()}
        # A run that is asked to end cleans up; a killed one leaves that to the next.
        assert number == signal.SIGKILL or there <= self.left
        sound(path)
        rows = rows_without_uids(path)
        assert rows in (self.rows_before, self.rows_after)
        # Until the program has begun it is Python that is interrupted, and ends with 1.
        assert status in (0, -number, 128 + number) or (status == 1 and rows == self.rows_before), status
        if status == 0:
            assert rows == self.rows_after
        # An undo that was done would step further back.
        if rows == self.rows_before or self.line[0] != "undo":
            assert husrum(*self.words(path), env={"HUSRUM_TODAY": "2024-10-08"}).exit_code == 0
        assert rows_without_uids(path) == self.rows_after
        # Its list of withdrawn consents is written by the next command that writes.
        assert self.left - {"aarhus.db.removed"} <= names_after_the_next(place) <= self.left
        shutil.rmtree(place)
        return "done" if rows == self.rows_after else "nothing" if there <= self.left else "cut off and taken back"


def importing(folder: Path) -> Trial:
    """A year of files, into a city that has nothing yet."""
    return Trial(folder, new_city(folder / "city.db"), ("import", *TABLES, "--db", "{file}"), {"aarhus.db", "aarhus.db.removed"})


def imported(path: Path) -> Path:
    """A city with a year in it."""
    assert husrum("import", *TABLES, "--db", new_city(path)).exit_code == 0
    return path


def undoing(folder: Path) -> Trial:
    """That import, taken back; the withdrawals in it are remembered as taken back next to the file."""
    return Trial(folder, imported(folder / "city.db"), ("undo", "--db", "{file}"), {"aarhus.db", "aarhus.db.removed"})


def upgrading(folder: Path) -> Trial:
    """A file of the first version, opened."""
    path = folder / "city.db"
    oldest(path)
    return Trial(folder, path, ("branch", "list", "--db", "{file}"), {"aarhus.db", "aarhus.version-1.db"})


def erasing(folder: Path) -> Trial:
    """Somebody of that import, erased: also from the freed pages, and remembered next to the file."""
    line = ("person", "erase", "19", "--yes", "--db", "{file}")
    return Trial(folder, imported(folder / "city.db"), line, {"aarhus.db", "aarhus.db.removed"})


def merging(folder: Path) -> Trial:
    """A national file, of which one city has gone on and to which another one comes."""
    city, other, nation = imported(folder / "city.db"), new_city(folder / "other.db", "Viborg"), folder / "nation.db"
    assert husrum("merge", nation, city).exit_code == 0
    for path in (city, other):
        assert husrum("intake", "add", "Anna Holm", "--enquired", "2024-01-02", "--db", path).exit_code == 0
    return Trial(folder, nation, ("merge", "{file}", city, other), {"aarhus.db"})


TRIALS = {"import": importing, "merge": merging, "undo": undoing, "upgrade": upgrading, "erase": erasing}


def trial(name: str, times: int, folder: Path) -> None:
    """Strikes with each signal as often as is said."""
    begun, chance, made = time.monotonic(), Random(name), TRIALS[name](folder)
    for number in SIGNALS:
        came = [made.strike(number, chance, f"{number.name}-{each}") for each in range(times)]
        output = ", ".join(f"{kind} {came.count(kind)}" for kind in ("done", "nothing", "cut off and taken back") if kind in came)
        print(f"{name}, {number.name}: {times} times: {output}; none in between")
    print(f"{name}: a run takes {made.time:.1f} s, all of it {time.monotonic() - begun:.0f} s")


@pytest.mark.parametrize("name", TRIALS)
def test_all_or_nothing(name: str, tmp_path: Path) -> None:
    trial(name, 1, tmp_path)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_status_says_what_ended_it(number: signal.Signals, city: Path) -> None:
    with closing(looked_into(city, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # so that it waits
        process = started("intake", "add", "Anna Holm", "--db", city)
        opens(process, city)
        process.send_signal(number)
        other.execute("ROLLBACK")
        _out, output = process.communicate()
    said = b"Error: Interrupted.\n" if number == signal.SIGINT else b""
    assert (process.returncode, output) == (128 + number, said)


# The moment in which SQLite calls this program: an exception that comes then is SQLite's error.
WITHIN_SQLITE = """
import os
from husrum_cli.domain.national import merge as merging
merging._FUNCTIONS = merging._FUNCTIONS._replace(code=lambda text: os.kill(os.getpid(), {}))
from husrum_cli.__main__ import main
main()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_sqlite_calls_back(number: signal.Signals, aarhus: Path) -> None:
    command = [sys.executable, "-c", WITHIN_SQLITE.format(int(number)), "merge", str(aarhus.with_name("nation.db")), str(aarhus)]
    done = subprocess.run(command, env=process_environment({"HUSRUM_DEBUG": None}), capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (128 + number, "Error: Interrupted.\n" if number == signal.SIGINT else "")
    assert [path.name for path in aarhus.parent.iterdir()] == [aarhus.name]


@pytest.mark.full
@pytest.mark.parametrize("name", TRIALS)
def test_all_or_nothing_fifty_times(name: str, tmp_path: Path) -> None:
    trial(name, 50, tmp_path)
