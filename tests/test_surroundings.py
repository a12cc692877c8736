"""Where the program runs: other locales, a closed pipe, a terminal without colours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(*words: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """husrum as a process of its own, with these environment variables."""
    return subprocess.run([sys.executable, "-m", "husrum_cli", *words], env={**os.environ, **env}, capture_output=True, timeout=60)


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"TZ": "Pacific/Kiritimati"}, {"TERM": "dumb"}]
)
def test_the_surroundings_change_no_byte_of_the_figures(aarhus: Path, env: dict[str, str]) -> None:
    words = ("stats", "year", "2024", "--format", "json", "--language", "da", "--db", str(aarhus))
    there = run(*words, **env)
    assert (there.returncode, there.stderr) == (0, b"")
    assert there.stdout == run(*words).stdout


def test_a_reader_who_has_seen_enough_is_no_error(aarhus: Path) -> None:
    command = f"'{sys.executable}' -m husrum_cli person list --format csv --db '{aarhus}' | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
    assert done.stderr == b"" and done.stdout.startswith(b"person,name")


def test_a_piped_table_is_neither_cut_nor_coloured(aarhus: Path) -> None:
    done = run("event", "list", "--db", str(aarhus), COLUMNS="40", FORCE_COLOR="")
    lines = done.stdout.decode().splitlines()
    assert b"\x1b" not in done.stdout and len(lines) > 100
    assert all("…" not in line for line in lines)
