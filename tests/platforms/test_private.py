"""Files for their owner alone: by modes, and on Windows by the rights that `icacls` sets."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from running import husrum

from husrum_cli.importing import demo
from husrum_cli.platforms import system
from husrum_cli.platforms.private import make_private, others_can_read

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


@posix
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
def test_modes_let_nobody_else_in(tmp_path: Path, umask: int) -> None:
    file, folder = tmp_path / "file", tmp_path / "folder"
    before = os.umask(umask)
    try:
        file.touch()
        folder.mkdir()
        make_private(file)
        make_private(folder)
    finally:
        os.umask(before)
    assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(folder.stat().st_mode)) == (0o600, 0o700)
    assert not others_can_read(file)
    file.chmod(0o640)
    assert others_can_read(file)
    with file.open("rb") as opened:
        assert others_can_read(opened.fileno())


@posix
def test_folders_that_are_made_on_the_way_are_private_too(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "CITIES", demo.CITIES[:1])  # one city is made as seven are
    home = city.parent / "home"
    home.mkdir()
    before = os.umask(0)
    try:
        for words in (("use", city), ("export", "tables", home / "a" / "tables", "--db", city), ("demo", home / "b" / "demo")):
            done = husrum(*words, env={"HOME": str(home), "XDG_CONFIG_HOME": None})
            assert done.exit_code == 0, done.stderr
    finally:
        os.umask(before)
    made = {path: stat.S_IMODE(path.stat().st_mode) for path in home.rglob("*") if path.is_dir()}
    assert len(made) > 5 and set(made.values()) == {0o700}, made


class Icacls:
    """Windows' program, as far as it is used: it takes the accounts that it knows."""

    def __init__(self, *known: str) -> None:
        self.known, self.lines = known, list[list[str]]()

    def run(self, command: list[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
        """Keep the line; succeed if every account in it is known."""
        self.lines.append(command)
        assert how["stdin"] == subprocess.DEVNULL and how["capture_output"]
        accounts = [word.partition(":")[0] for word in command if ":" in word and not word.startswith("/") and word != command[1]]
        return subprocess.CompletedProcess(command, 0 if set(accounts) <= {*self.known, "*S-1-5-18"} else 1332)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A Windows on which Åse is logged in."""
    monkeypatch.setattr(system, "NAME", system.WINDOWS)
    monkeypatch.setenv("USERDOMAIN", "LAPTOP")
    monkeypatch.setenv("USERNAME", "Åse Holm")
    return monkeypatch


def test_windows_grants_the_owner_before_it_takes_from_others(windows: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = Icacls("LAPTOP\\Åse Holm")
    windows.setattr(subprocess, "run", program.run)
    file = tmp_path / "min by æøå.db"
    file.touch(0o644)
    make_private(file)
    make_private(tmp_path)
    assert program.lines == [
        ["icacls", str(file), "/grant:r", "LAPTOP\\Åse Holm:F", "*S-1-5-18:F", "/inheritance:r", "/q"],
        ["icacls", str(tmp_path), "/grant:r", "LAPTOP\\Åse Holm:(OI)(CI)F", "*S-1-5-18:(OI)(CI)F", "/inheritance:r", "/q"],
    ]
    assert not others_can_read(file)


@pytest.mark.parametrize("name", ["Åse Holm", ""])
def test_an_account_that_windows_does_not_know_is_the_owner_of_the_file(windows: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    program = Icacls("*S-1-3-4")
    windows.setattr(subprocess, "run", program.run)
    windows.setenv("USERNAME", name)
    make_private(tmp_path)
    assert program.lines[-1][3] == "*S-1-3-4:(OI)(CI)F"
    assert len(program.lines) == (2 if name else 1)


def test_a_windows_without_icacls_leaves_the_file_as_it_is(windows: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing(*_command: Any, **_how: Any) -> None:
        raise FileNotFoundError("icacls")

    windows.setattr(subprocess, "run", missing)
    make_private(tmp_path)
