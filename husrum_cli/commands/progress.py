"""A progress bar on stderr for what takes longer than a second."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Any

_PATIENCE = 1.0
"""Seconds before the bar is shown."""


class Progress:
    """A bar for a long step, shown only at a terminal and only after a second.

    It moves by itself as long as nobody says how much there is to do, and becomes a percentage with the first call of `progress(done, total)`.
    """

    def __init__(self, what: str) -> None:
        self.what = what
        self._lock = threading.Lock()
        self._bar = ExitStack()
        self._update: Any = None
        self._over = False
        self._timer = threading.Timer(_PATIENCE, self._show)
        self._timer.daemon = True

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._lock:
            self._over = True
            self._timer.cancel()
            self._bar.close()

    def __call__(self, done: int, total: int) -> None:
        if self._update is not None and done % 64 == 0:
            self._update(done, total, self.what)

    def with_name(self, what: str) -> Callable[[int, int], None]:
        """Return the progress of a part of the step, for which the bar has another name."""

        def part(done: int, total: int) -> None:
            if self._update is not None:
                self._update(done, total, what)

        return part

    def _show(self) -> None:
        from ..render.table import progress_bar

        with self._lock:
            if not self._over:
                self._update = self._bar.enter_context(progress_bar(self.what))
