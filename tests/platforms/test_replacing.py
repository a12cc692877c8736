"""Replacing files as Windows does it: never one that is open. Emulated where open files can be listed: renaming or deleting an open file fails."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from once import made_once
from random_commands import new_town
from running import ENCRYPTED, KEY_FILE, husrum, looked_into

from husrum_cli.platforms import private, replacing, system

OPEN_FILES = Path("/proc/self/fd")
emulated = pytest.mark.skipif(not OPEN_FILES.is_dir(), reason="needs a list of open files")


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Path:
    """A small city with some of everything."""
    return new_town(tmp_path / "town.db")


def test_a_scanner_that_has_a_new_file_open_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "NAME", system.WINDOWS)
    new, old = tmp_path / "new", tmp_path / "old"
    new.write_text("new")
    old.write_text("old")
    tries = 0

    def scanned(source: Path, target: Path) -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise PermissionError(13, "in use")
        os.rename(source, target)

    monkeypatch.setattr(replacing.os, "replace", scanned)
    monkeypatch.setattr(replacing, "_PAUSE", 0.001)
    let_go: list[str] = []
    replacing.replace(new, old, lambda: let_go.append(old.read_text()))
    assert (tries, old.read_text(), let_go) == (3, "new", ["old"])


def test_what_stays_open_is_shown_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_use(source: Path, target: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(system, "NAME", system.WINDOWS)
    monkeypatch.setattr(replacing.os, "replace", in_use)
    monkeypatch.setattr(replacing, "_PATIENCE", 0.01)
    with pytest.raises(PermissionError):
        replacing.replace(tmp_path / "new", tmp_path / "old")


def test_elsewhere_a_file_stays_locked_until_it_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "NAME", system.OTHER)
    new, old = tmp_path / "new", tmp_path / "old"
    new.write_text("new")
    old.write_text("old")
    replacing.replace(new, old, lambda: pytest.fail("let go"))
    assert old.read_text() == "new"


def locked(descriptor: int, *_values: int) -> None:
    """Lock a file as on Windows, where a second handle on it is refused in the same program too."""
    import fcntl

    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


WINDOWS_LOCKS = SimpleNamespace(locking=locked, LK_NBLCK=2)


def open_names() -> set[Path]:
    """The files that this process has open."""
    found = set()
    for entry in OPEN_FILES.iterdir():
        try:
            found.add(Path(os.readlink(entry)))
        except OSError:  # the listing itself
            continue
    return found


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Windows' rule: a file that is open is neither renamed, replaced nor deleted. Returns what was done to files."""
    done: list[str] = []

    def guarded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def guard(*places: Any, **how: Any) -> Any:
            paths = {Path(os.path.realpath(place)) for place in places if isinstance(place, (str, os.PathLike))}
            if how.get("dir_fd") is None and paths & open_names():
                raise PermissionError(13, f"{name}: the file is open")
            done.append(name)
            return function(*places, **how)

        return guard

    monkeypatch.setattr(system, "NAME", system.WINDOWS)
    monkeypatch.setattr(replacing, "_PATIENCE", 0.0)
    monkeypatch.setattr(private, "_limit_access", lambda path: None)
    monkeypatch.setitem(sys.modules, "msvcrt", WINDOWS_LOCKS)
    for name in ("replace", "rename", "unlink", "remove"):
        monkeypatch.setattr(os, name, guarded(name, getattr(os, name)))
    return done


LINES: tuple[tuple[str, ...], ...] = (
    ("init", "{place}/ny by æøå.db", "--city", "Viborg"),
    ("use", "{place}/by.db"),
    ("backup", "{place}/copy.db"),
    ("restore", "{place}/earlier.db"),
    ("person", "erase", "5", "--yes"),
    ("export", "year", "2024", "--to", "{place}/2024.xlsx"),
    ("export", "tables", "{place}/tables"),
    ("export", "sheet", "G1", "--to", "{place}/sheet.csv"),
    ("export", "sheet", "G1", "--to", "{place}/sheet.csv", "--overwrite"),
    ("export", "handover", "{place}/handover.db", "--unencrypted"),
    ("report", "2024", "--to", "{place}/report.html"),
    ("report", "2024", "--to", "{place}/report.docx"),
    ("person", "export", "6", "--to", "{place}/page.md"),
    ("link", "new-key", "{place}/link key.txt"),
    ("merge", "{place}/nation.db", "{place}/by.db"),
    ("event", "log", "Brætspil", "--date", "1/10-2024", "--present", "6"),  # so that the nation has something to take in
    ("merge", "{place}/nation.db", "{place}/by.db"),
)


@emulated
def test_every_command_closes_what_it_replaces(town: Path, tmp_path: Path, windows: list[str]) -> None:
    place = tmp_path / "Åse Bjørns mappe"
    place.mkdir()
    file = Path(shutil.copy2(town, place / "by.db"))
    shutil.copy2(town, place / "earlier.db")
    for line in LINES:
        result = husrum(*(word.replace("{place}", str(place)) for word in line), "--db", file)
        assert result.exit_code == 0, (line, result.stderr)
    assert "replace" in windows
    assert not [path.name for path in place.rglob(".husrum-*")]
    for made in (file, place / "nation.db"):
        with closing(looked_into(made)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@emulated
def test_encrypting_and_decrypting_close_what_they_replace(town: Path, tmp_path: Path, windows: list[str]) -> None:
    key = KEY_FILE or tmp_path / "new.key"
    first, then = ("decrypt", "encrypt") if ENCRYPTED else ("encrypt", "decrypt")
    for word in (first, then):
        # The key is remembered, so in settings of its own.
        result = husrum(word, "--db", town, "--db-key", key, env={"XDG_CONFIG_HOME": str(tmp_path)})
        assert result.exit_code == 0, (word, result.stderr)
    assert windows.count("replace") >= 2
    assert husrum("check", "--db", town, "--db-key", key).exit_code in (0, 5)


@pytest.mark.parametrize(
    "line",
    [
        ("merge", "{place}/nation.db", "{place}/by.db"),
        ("restore", "{place}/earlier.db"),
        ("decrypt",) if ENCRYPTED else ("encrypt",),
        ("export", "sheet", "G1", "--to", "{place}/sheet.csv", "--overwrite"),
        ("report", "2024", "--to", "{place}/report.html", "--overwrite"),
    ],
    ids=lambda line: line[0],
)
def test_a_file_that_another_program_has_open_stays_and_nothing_new_lies_next_to_it(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...]
) -> None:
    place = tmp_path / "Åse Bjørns mappe"
    place.mkdir()
    file = Path(shutil.copy2(town, place / "by.db"))
    shutil.copy2(town, place / "earlier.db")
    assert husrum("merge", place / "nation.db", file).exit_code == 0
    assert husrum("event", "log", "Brætspil", "--date", "1/10-2024", "--present", "6", "--db", file).exit_code == 0
    for name in ("sheet.csv", "report.html"):
        (place / name).write_text("open in a spreadsheet", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in place.iterdir()}

    def in_use(_source: Path, target: Path) -> None:
        raise PermissionError(13, "The process cannot access the file because it is being used by another process", str(target))

    monkeypatch.setattr(system, "NAME", system.WINDOWS)
    monkeypatch.setattr(private, "_limit_access", lambda path: None)
    monkeypatch.setitem(sys.modules, "msvcrt", WINDOWS_LOCKS)
    monkeypatch.setattr(replacing, "_PATIENCE", 0.0)
    monkeypatch.setattr(replacing.os, "replace", in_use)
    key = ("--db-key", KEY_FILE or tmp_path / "new.key")
    words = [word.replace("{place}", str(place)) for word in line]
    result = husrum(*words, "--db", file, *(key if line[0] in ("encrypt", "decrypt") else ()), env={"XDG_CONFIG_HOME": str(tmp_path)})
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.splitlines()[-1].endswith(
        "can't be written: The process cannot access the file because it is being used by another process."
    )
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
