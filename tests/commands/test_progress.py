"""The bar for what takes long."""

from __future__ import annotations

import io
import sys
import time

import pytest

from husrum_cli.commands import progress
from husrum_cli.commands.progress import Progress


class Screen(io.StringIO):
    """Standard error at a terminal."""

    def isatty(self) -> bool:
        return True


def at_a_screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    # In the test itself: capturing gives every test its own standard error after its fixtures have run.
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm-256color")
    return screen


def wait_for(screen: Screen, text: str) -> None:
    end = time.monotonic() + 20
    while text not in screen.getvalue():
        assert time.monotonic() < end, screen.getvalue()
        time.sleep(0.01)


def test_a_long_step_gets_a_bar_that_is_gone_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = at_a_screen(monkeypatch)
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    with Progress("Importing") as bar:
        wait_for(screen, "Importing")
        bar(64, 128)
        wait_for(screen, "50%")
    assert screen.getvalue().rstrip().endswith("\x1b[2K")  # the line is wiped


def test_a_short_step_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = at_a_screen(monkeypatch)
    with Progress("Importing") as bar:
        bar(64, 128)
    assert screen.getvalue() == ""


def test_nothing_is_shown_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    with Progress("Importing"):
        time.sleep(0.2)
    assert pipe.getvalue() == ""


def test_what_goes_wrong_in_a_long_step_ends_the_bar_and_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = at_a_screen(monkeypatch)
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    with pytest.raises(ZeroDivisionError), Progress("Importing"):
        wait_for(screen, "Importing")
        raise ZeroDivisionError
    length = len(screen.getvalue())
    time.sleep(0.3)
    assert len(screen.getvalue()) == length
