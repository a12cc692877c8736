"""Looking around for copies of a file: whatever else is in its folder, and whoever else works there, no command fails of it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from once import made_once
from running import husrum, looked_into, new_city

from husrum_cli import regular_files
from husrum_cli.domain.privacy import retention
from husrum_cli.store import backup
from husrum_cli.store.store import Store

TODAY = {"HUSRUM_TODAY": "2024-10-08"}
LOOKING_AROUND = [
    ("retention",),
    ("person", "consent", "1", "health_data", "--withdrawn", "today"),
    ("person", "anonymise", "1", "--yes"),
    ("person", "erase", "1", "--yes"),
    ("check",),
]


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Path:
    """Xenia (1), with a diagnosis and her consent to keep it; and a copy of the file."""
    path = new_city(tmp_path / "a.db")
    for line in (
        ("intake", "add", "Xenia Lund", "--enquired", "2024-01-01", "--held", "2024-01-02", "--diagnosis", "ptsd"),
        ("person", "consent", "1", "health_data", "--given", "2024-01-02"),
        ("backup", tmp_path / "copy.db"),
    ):
        assert husrum(*line, "--db", path, env=TODAY).exit_code == 0
    return path


def stray_entries(folder: Path) -> None:
    """Put into a folder what other programs and people leave there."""
    for place in (folder, folder / "within"):
        place.mkdir(exist_ok=True)
        (place / "loop.db").symlink_to("loop.db")
        (place / "one").symlink_to("two")
        (place / "two").symlink_to("one")
        (place / "gone.db").symlink_to("nowhere.db")
        (place / "up").symlink_to(".")
        (place / "a.db.d").mkdir()
        (place / "list.removed").mkdir()
        (place / "loop.removed").symlink_to("loop.removed")
        (place / "empty.db").touch()
        os.mkfifo(place / "pipe.removed")
        unreadable = place / "unreadable.db"
        unreadable.write_bytes(b"SQLite")
        unreadable.chmod(0)
    closed = folder / "closed"
    closed.mkdir()
    (closed / "copy.db").touch()
    closed.chmod(0)


def works(town: Path, words: tuple[object, ...]) -> str:
    """Return what the command says; it must do what it is for, and find the copy."""
    result = husrum(*words, "--db", town, env=TODAY)
    assert result.exit_code == 0, result.stderr
    if words[0] == "person":
        assert "copy.db still holds" in result.stderr
    return result.stderr


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("words", LOOKING_AROUND, ids=" ".join)
def test_what_can_not_be_looked_at_is_skipped(town: Path, words: tuple[str, ...]) -> None:
    stray_entries(town.parent)
    try:
        works(town, words)
    finally:
        (town.parent / "closed").chmod(0o700)


@pytest.mark.parametrize("words", LOOKING_AROUND, ids=" ".join)
def test_what_vanishes_while_it_is_looked_at_is_skipped(town: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, scandir = town.parent, os.scandir

    @contextmanager
    def scanned(place: Path) -> Iterator[list[os.DirEntry[str]]]:
        for number in (1, 2):
            (folder / f"folder{number}").mkdir(exist_ok=True)
            shutil.copy(folder / "copy.db", folder / f"file{number}.db")
        with scandir(place) as entries:
            found = list(entries)
        for number in (1, 2):
            (folder / f"folder{number}").rmdir()
            (folder / f"file{number}.db").unlink()
        yield found

    monkeypatch.setattr(regular_files.os, "scandir", scanned)
    works(town, words)


def test_a_folder_that_is_named_must_be_one(town: Path) -> None:
    result = husrum("retention", "--backups", town.parent / "nowhere", "--db", town, env=TODAY)
    assert (result.exit_code, result.stderr) == (3, f"Error: {town.parent / 'nowhere'} is not a folder.\n")
    (town.parent / "loop").symlink_to("loop")
    assert husrum("retention", "--backups", town.parent / "loop", "--db", town, env=TODAY).exit_code == 3


def is_gone(town: Path) -> bool:
    with closing(looked_into(town)) as connection:
        return bool(connection.execute("SELECT name IS NULL FROM people").fetchone()[0])


def test_a_bug_after_the_commit_does_not_deny_it(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object) -> None:
        raise LookupError

    for module in (backup, retention):
        monkeypatch.setattr(module, "find_copies", fails)
    undisguised = {**TODAY, "HUSRUM_DEBUG": ""}
    result = husrum("person", "anonymise", "1", "--yes", "--db", town, env=undisguised)
    assert result.exit_code == 1 and "This is a bug in husrum (LookupError at " in result.stderr
    assert "nothing was written" not in result.stderr and "husrum log" in result.stderr
    assert is_gone(town)
    assert "nothing was written" in husrum("retention", "--db", town, env=undisguised).stderr  # an earlier command wrote something


@pytest.mark.parametrize("error", [sqlite3.OperationalError("database or disk is full"), OSError(5, "Input/output error")], ids=repr)
@pytest.mark.parametrize("step", ["vacuum", "finish_removing", "_list_due"])
def test_what_comes_after_the_commit_is_left_to_the_next_command(
    town: Path, step: str, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object) -> None:
        raise error

    with monkeypatch.context() as failing:
        failing.setattr(Store, step, fails)
        result = husrum("person", "consent", "1", "health_data", "--withdrawn", "today", "--db", town, env=TODAY)
    assert result.exit_code == 0 and "1 answer about health is deleted" in result.stderr, result.stderr
    assert husrum("intake", "edit", "1", "--note", "hej", "--db", town, env=TODAY).exit_code == 0
    assert (town.parent / "a.db.removed").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize(
    "words",
    [
        ("person", "list", "--db", "{loop}"),
        ("init", "{loop}", "--city", "Aarhus"),
        ("merge", "{loop}", "{town}"),
        ("merge", "{new}", "{loop}"),
        ("backup", "{loop}", "--db", "{town}"),
        ("restore", "{loop}", "--db", "{town}", "--yes"),
        ("use", "{loop}"),
        ("import", "{loop}", "--db", "{town}"),
        ("export", "tables", "{loop}", "--db", "{town}"),
        ("export", "year", "2024", "--to", "{loop}", "--db", "{town}"),
        ("export", "handover", "{loop}", "--unencrypted", "--db", "{town}"),
        ("export", "research", "{loop}", "--study-key", "{loop}", "--db", "{town}"),
        ("demo", "{loop}"),
    ],
    ids=" ".join,
)
def test_a_link_that_leads_to_itself_is_refused_where_a_file_is_named(town: Path, words: tuple[str, ...]) -> None:
    loop = town.parent / "loop.csv"
    loop.symlink_to(loop)
    places = {"loop": loop, "town": town, "new": town.parent / "new.db"}
    result = husrum(*(word.format(**places) for word in words), env=TODAY)
    assert result.exit_code in ((0,) if words[1] in ("year", "handover") else (2, 3, 5)), (result.exit_code, result.stderr)
    assert loop.is_symlink() or result.exit_code == 0  # these replace what has the name
