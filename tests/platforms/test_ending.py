"""Requests to end, on every system: by a signal, and on Windows by closing the window."""

from __future__ import annotations

import ctypes
import signal
import sys
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from husrum_cli.platforms import ending, system

NUMBERS = (signal.SIGINT, signal.SIGTERM)


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    """The handlers of this process, as they were."""
    before = {number: signal.getsignal(number) for number in signal.valid_signals() if number in (1, 2, 15)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_every_signal_that_ends_a_run_is_heard() -> None:
    heard: list[int] = []
    ending.on_termination(lambda number, _frame: heard.append(number))
    for number in NUMBERS:
        signal.raise_signal(number)
    assert heard == [*NUMBERS]


def test_what_the_caller_ignores_stays_ignored() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ending.on_termination(lambda number, _frame: None)
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


class Console:
    """Windows' console, as far as it is used: it keeps the handler, and calls it in a thread of its own."""

    def __init__(self) -> None:
        self.handler: Any = None

    def SetConsoleCtrlHandler(self, routine: Any, add: bool) -> int:
        """Keep the handler."""
        assert add
        self.handler = routine
        return 1


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Console:
    """A Windows with a console."""
    made = Console()
    monkeypatch.setattr(system, "NAME", system.WINDOWS)
    monkeypatch.setattr(ctypes, "WINFUNCTYPE", lambda *_types: lambda routine: routine, raising=False)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=made), raising=False)
    return made


@pytest.mark.parametrize("event", [2, 5, 6])
def test_a_window_that_is_closed_ends_the_run_in_order(console: Console, monkeypatch: pytest.MonkeyPatch, event: int) -> None:
    monkeypatch.setattr(ending, "_PATIENCE", 10.0)
    over: list[Any] = []
    monkeypatch.setattr(ending.atexit, "register", over.append)  # what runs when the program is over

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    ending.on_termination(end)
    answers: list[bool] = []
    thread = threading.Thread(target=lambda: answers.append(console.handler(event)))
    with pytest.raises(SystemExit) as ended:
        thread.start()
        for _turn in range(1000):  # the work of a command, which is broken off
            time.sleep(0.01)
    assert ended.value.code == 129
    assert not answers  # Windows ends the program when it is answered, so that waits until what was begun is taken back
    for each in over:
        each()
    thread.join(5)
    assert answers == [True]


@pytest.mark.parametrize("event", [0, 1])
def test_ctrl_c_and_ctrl_break_are_left_to_the_signals(console: Console, event: int) -> None:
    ending.on_termination(lambda number, _frame: pytest.fail("ended"))
    assert console.handler(event) is False


@pytest.mark.skipif(sys.platform != "win32", reason="the console of a real Windows")
def test_a_real_console_takes_the_handler() -> None:
    ending.on_termination(lambda number, _frame: None)
