"""Several programs at one file: they wait for each other, nothing is lost, and none waits for ever."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from faults import sound
from running import husrum, looked_into, process_environment
from test_undo import log_of

from husrum_cli.store import connection

# Reads what is there, then writes what follows from it: the next number.
WORKER = """
import sys
from husrum_cli.cli import run
path, name, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
for number in range(times):
    assert run(["intake", "add", f"Anna {name} {number}", "--db", path]) == 0
    assert run(["event", "log", f"Spil {name} {number}", "--present", f"Anna {name} {number}", "--unnamed", "1", "--db", path]) == 0
"""


def at_once(path: Path, times: int) -> None:
    """Three processes, each with so many commands."""
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(path), name, str(times // 2)], env=process_environment(), stderr=subprocess.PIPE, text=True
        )
        for name in ("Holm", "Krogh", "Ravn")
    ]
    for worker in workers:
        _out, err = worker.communicate(timeout=1200)
        assert worker.returncode == 0, err
    sound(path)
    people = json.loads(husrum("person", "list", "--format", "json", "--db", path).stdout)
    assert sorted(each["person"] for each in people) == list(range(1, 3 * (times // 2) + 1))
    events = json.loads(husrum("event", "list", "--format", "json", "--db", path).stdout)
    assert len({each["event"] for each in events}) == len(events) == 3 * (times // 2)
    commands = [each["command"] for each in log_of(path)]
    assert (commands.count("intake add"), commands.count("event log"), commands.count("outside")) == (3 * (times // 2), 3 * (times // 2), 0)


def test_three_processes_at_once(city: Path) -> None:
    at_once(city, 10)


@pytest.mark.full
def test_three_processes_with_three_hundred_commands_each(city: Path) -> None:
    begun = time.monotonic()
    at_once(city, 300)
    print(f"at once: 3 processes x 300 commands, nothing lost, none failed, {time.monotonic() - begun:.0f} s")


@pytest.mark.parametrize(
    "line", [("intake", "add", "Anna Holm"), ("undo",), ("restore", "{copy}"), ("import", "{table}")], ids=lambda line: line[0]
)
def test_a_lock_that_is_held_too_long(city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...]) -> None:
    assert husrum("branch", "edit", "--records-from", "2024-01-01", "--db", city).exit_code == 0
    table = tmp_path / "intakes.csv"
    table.write_text("name\nAnna Holm\n", encoding="utf-8")
    assert husrum("backup", tmp_path / "copy.db", "--db", city).exit_code == 0
    held = city.read_bytes()
    monkeypatch.setattr(connection, "PATIENCE", 0.5)
    words = [word.format(copy=tmp_path / "copy.db", table=table) for word in line]
    with closing(looked_into(city, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        result = husrum(*words, "--db", city)
        assert time.monotonic() - begun >= 0.5
        other.execute("ROLLBACK")
    assert result.exit_code == 3 and "being written by another program" in result.stderr
    assert city.read_bytes() == held
    assert {path.name for path in tmp_path.iterdir()} == {"aarhus.db", "copy.db", "intakes.csv"}
    assert husrum(*words, "--db", city).exit_code == 0


@pytest.mark.parametrize("line", [("person", "list"), ("backup", "{copy}"), ("check",), ("log",)], ids=lambda line: line[0])
def test_a_lock_that_lets_nobody_read(city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...]) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.5)
    words = [word.format(copy=tmp_path / "copy.db") for word in line]
    with closing(looked_into(city, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        result = husrum(*words, "--db", city)
        other.execute("ROLLBACK")
    assert result.exit_code == 3 and "being written by another program" in result.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"aarhus.db"}
    assert husrum(*words, "--db", city).exit_code == 0
