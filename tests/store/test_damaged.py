"""Damaged and foreign files: reported in a line, never changed, never a traceback."""

from __future__ import annotations

import io
import os
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing, redirect_stderr
from pathlib import Path
from random import Random

import pytest
from faults import sound
from running import Result, husrum

LINES = {
    "open": ("branch", "list", "--db", "{file}"),
    "stats": ("stats", "year", "2024", "--db", "{file}"),
    "merge": ("merge", "{nation}", "{file}"),
    "check": ("check", "--db", "{file}"),
    "log": ("log", "--db", "{file}"),
}


def zipped(_held: bytes) -> bytes:
    """A zip file, as a spreadsheet is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


def flipped(held: bytes, chance: Random) -> bytes:
    """Some bytes are others, anywhere but in the first that say that it is a database."""
    changed = bytearray(held)
    for _each in range(chance.choice((1, 1, 2, 8, 64))):
        changed[chance.randrange(16, len(changed))] ^= chance.randrange(1, 256)
    return bytes(changed)


def overwritten(held: bytes, chance: Random) -> bytes:
    """A stretch of zeros or of noise."""
    start, length = chance.randrange(len(held)), chance.choice((16, 512, 4096, 20000))
    length = min(length, len(held) - start)
    return held[:start] + (bytes(length) if chance.random() < 0.5 else chance.randbytes(length)) + held[start + length :]


def looked_at(path: Path, held: bytes) -> dict[str, Result]:
    """Every command, each of which may say what it likes, but must say it properly and leave the file alone."""
    path.write_bytes(held)
    nation = path.parent / "nation" / "nation.db"
    nation.parent.mkdir(exist_ok=True)
    results = {}
    for name, words in LINES.items():
        with redirect_stderr(io.StringIO()):
            results[name] = husrum(*(word.format(file=path, nation=nation) for word in words))  # a bug would be raised
        assert results[name].exit_code in (0, 3, 5), (name, results[name])
        assert "Traceback" not in results[name].stderr
        assert path.read_bytes() == held, f"{name} changed the file"
        assert {each.name for each in path.parent.iterdir()} == {path.name, "nation"}
    # What a merge takes from a damaged file is sound, or nothing.
    assert [each.name for each in nation.parent.iterdir()] == ([nation.name] if results["merge"].exit_code == 0 else [])
    if nation.exists():
        sound(nation)
        nation.unlink()
    return results


def damaged(aarhus: Path, times: int) -> Counter[str]:
    """So many files with random damage. How often each command noticed."""
    held, chance, noticed = aarhus.read_bytes(), Random(2024), Counter[str]()
    for number in range(times):
        spoilt = flipped(held, chance) if number % 4 else overwritten(held, chance)
        noticed.update(name for name, result in looked_at(aarhus, spoilt).items() if result.exit_code)
    return noticed


def test_flipped_bytes(aarhus: Path) -> None:
    assert damaged(aarhus, 12)["check"] > 0


@pytest.mark.full
def test_four_hundred_damaged_files(aarhus: Path) -> None:
    noticed = damaged(aarhus, 400)
    print("damage: of 400 damaged files, " + ", ".join(f"{name} noticed {noticed[name]}" for name in LINES))
    assert noticed["check"] >= max(noticed.values())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda held: b"",
        lambda held: b"\0" * len(held),
        lambda held: b"SQLite format 3\0",
        lambda held: b"SQLite format 3\0" + bytes(4080),
        lambda held: held[:100],
        lambda held: held[:4096],
        lambda held: held[: len(held) // 2],
        lambda held: held[:-1],
        lambda held: held[:8192] + bytes(len(held) - 8192),
        lambda held: Random(1).randbytes(len(held)),
        lambda held: "name;født\nAnna Holm;2001\n".encode("latin-1"),
        zipped,
    ],
    ids=[
        "empty",
        "zeroed",
        "header",
        "header-and-zeros",
        "100-bytes",
        "one-page",
        "half",
        "a-byte-short",
        "zeroed-behind",
        "garbage",
        "text",
        "zip",
    ],
)
def test_what_is_no_whole_file(aarhus: Path, spoil: object) -> None:
    results = looked_at(aarhus, spoil(aarhus.read_bytes()))  # type: ignore[operator]
    assert results["check"].exit_code in (3, 5)


def test_a_foreign_database(tmp_path: Path) -> None:
    path = tmp_path / "foreign.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE people (name)")
        connection.commit()
    for result in looked_at(path, path.read_bytes()).values():
        assert result.exit_code == 3 and "not one of husrum" in result.stderr


def test_a_foreign_database_that_says_it_is_ours(tmp_path: Path) -> None:
    path = tmp_path / "foreign.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA application_id = 0x48555352")
        connection.execute("PRAGMA user_version = 2")
        connection.execute("CREATE TABLE people (name)")
    for result in looked_at(path, path.read_bytes()).values():
        assert result.exit_code in (3, 5)


def test_a_folder_a_pipe_and_a_device(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path, tmp_path / "pipe", Path("/dev/zero"), Path("/dev/full"), Path("/dev/null")):
        for words in LINES.values():
            result = husrum(*(word.format(file=place, nation=tmp_path / "nation.db") for word in words))
            assert result.exit_code == 3 and len(result.stderr.splitlines()) == 1
