"""The law of tables: they make the same file again, and the same tables again add nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from random_commands import TODAY
from running import husrum

Tables = dict[str, list[dict[str, str]]]


def typed(path: Path, *lines: str) -> None:
    """Type some commands that succeed."""
    for line in lines:
        result = husrum(*line.split(), *(() if line.startswith("init ") else ("--db", path)), env=TODAY)
        assert result.exit_code == 0, (line, result.stderr)


def tables(path: Path, folder: Path) -> Tables:
    """Return what `export tables` writes: kind -> rows."""
    typed(path, f"export tables {folder}")
    return {file.stem: list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))) for file in folder.glob("*.csv")}


def imported(path: Path, files: Sequence[Path]) -> str:
    """Import files, and return what is said."""
    result = husrum("import", *files, "--db", path, env=TODAY)
    assert result.exit_code == 0, result.stderr
    return result.stdout + result.stderr


def known(path: Path, files: Sequence[Path]) -> None:
    """Importing files must add nothing."""
    before = path.read_bytes()
    assert "nothing was added" in imported(path, files)
    assert path.read_bytes() == before


def read_back(path: Path, folder: Path) -> Tables:
    """The tables of a file, after showing that they make the same file, add nothing to either, in any order, and are the same again."""
    again = folder / "again.db"
    written = tables(path, folder / "tables")
    files = sorted((folder / "tables").glob("*.csv"))
    typed(again, f"init {again} --city Aarhus --records-from 2023-01-01")
    imported(again, files)
    assert tables(again, folder / "again") == written
    for each in (path, again):
        known(each, files)
    for file in files:
        with file.open(encoding="utf-8", newline="") as text:
            heading, *rows = csv.reader(text)
        with file.open("w", encoding="utf-8", newline="") as text:
            csv.writer(text).writerows([heading, *reversed(rows)])
    known(path, files)
    return written
