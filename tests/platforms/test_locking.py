"""Locks of a run, which end with it: the branch of each system."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from husrum_cli.platforms import system
from husrum_cli.platforms.locking import lock


@pytest.mark.skipif(os.name == "nt", reason="these are the locks of the others")
def test_a_file_is_locked_until_it_is_closed(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    one, other = (os.open(tmp_path / "lock", os.O_RDWR) for _each in range(2))
    assert lock(one) and not lock(other)
    os.close(one)
    assert lock(other)
    os.close(other)


@pytest.mark.parametrize("held", [False, True])
def test_windows_locks_the_first_byte_without_waiting(monkeypatch: pytest.MonkeyPatch, held: bool) -> None:
    asked: list[tuple[int, ...]] = []

    def locking(*values: int) -> None:
        asked.append(values)
        if held:
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(system, "NAME", system.WINDOWS)
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
    assert lock(7) is not held
    assert asked == [(7, 2, 1)]
