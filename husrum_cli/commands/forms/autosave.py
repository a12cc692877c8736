"""Keep what is typed while it is typed, in a thread of its own, so that no key press waits for the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

from ...errors import HusrumError

_State = TypeVar("_State")


class AutoSave(Generic[_State]):
    """The latest state of a screen, and the thread that keeps it. keep: writes a state to the file; never called twice at the same time."""

    def __init__(self, first: _State, keep: Callable[[_State], None]) -> None:
        self.latest = self._kept = first
        self._keep = keep
        self._changed, self._lock = Event(), Lock()
        self._ended = False

    def take_up(self, state: _State) -> None:
        """Go on from a state that is kept already."""
        self.latest = self._kept = state

    def save_soon(self, state: _State) -> None:
        """Have a state kept soon, unless it is the latest one."""
        if state != self.latest:
            self.latest = state
            self._changed.set()

    def save_now(self) -> None:
        """Keep the latest state now, if it is not kept yet. Raises `HusrumError` if it can't be."""
        with self._lock:
            if (state := self.latest) != self._kept:
                self._keep(state)
                self._kept = state

    @contextmanager
    def running(self) -> Iterator[None]:
        """Keep states during the block. After it, nothing is written any more."""
        Thread(target=self._run, daemon=True).start()
        try:
            yield
        finally:
            self._ended = True
            self._changed.set()
            with self._lock:  # what is being written is written
                pass

    def _run(self) -> None:
        while self._changed.wait() and not self._ended:
            self._changed.clear()
            with suppress(HusrumError):  # as while another program writes: at the next change, or at the end, it is tried again
                self.save_now()
