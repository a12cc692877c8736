"""Requests to terminate: Ctrl-C, a termination signal, and a closed window."""

from __future__ import annotations

import atexit
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from . import system

Handler = Callable[[int, FrameType | None], Any]
HANG_UP = 1
"""The number of the signal that says that the terminal is gone, even if there is no such signal."""
# The events Windows sends to a console program: its window is closed, the user logs off, the computer is turned off.
_CLOSING = frozenset({2, 5, 6})
# Windows ends the program five seconds after telling it so.
_PATIENCE = 4.5


def on_termination(handler: Handler) -> None:
    """Call the handler, in the main thread, with the number of the signal that ends this run. A signal that the caller ignores stays ignored, as under nohup."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)
    if system.NAME == system.WINDOWS:
        _watch_window(handler)


def ignore_hang_up() -> None:
    """Ignore further signals that the terminal is gone: a second one often follows, and must not interrupt what is done about the first."""
    number = getattr(signal, "SIGHUP", None)
    if number is not None:
        signal.signal(number, signal.SIG_IGN)


def _watch_window(handler: Handler) -> None:
    """Have Windows report that the window is closed. It does so in a thread of its own, and ends the program when that thread is done or its time is up."""
    import _thread
    import ctypes

    ended = threading.Event()
    atexit.register(ended.set)
    closed = False

    def end(number: int, frame: FrameType | None) -> None:
        handler(HANG_UP if closed else number, frame)

    def handle(event: int) -> bool:
        nonlocal closed
        if event not in _CLOSING:
            return False
        closed = True
        _thread.interrupt_main(signal.SIGTERM)
        ended.wait(_PATIENCE)
        return True

    signal.signal(signal.SIGTERM, end)
    windows: Any = ctypes
    kept = windows.WINFUNCTYPE(windows.c_int, windows.c_uint)(handle)
    windows.windll.kernel32.SetConsoleCtrlHandler(kept, True)
    _kept_alive.append(kept)


# Windows calls it as long as the program runs; without a reference, Python would take it away.
_kept_alive: list[Any] = []
