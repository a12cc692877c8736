"""Replace a file by another one."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from . import system

# Seconds that a virus scanner or an indexer may look at a file that was just written.
_PATIENCE = 5.0
_PAUSE = 0.1


def replace(new: Path, old: Path, release: Callable[[], object] | None = None) -> None:
    """Rename `new` to `old`, which may exist. Raises `OSError` if that can't be done.

    `release`: closes what this program has open of `old`. Windows can't replace an open file, so there it is called first. Elsewhere `old` stays
    open, and locked, until it is replaced, so that nobody writes to it in between.
    """
    if system.NAME != system.WINDOWS:
        os.replace(new, old)
        return
    if release is not None:
        release()
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            os.replace(new, old)
        except PermissionError:
            if time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return
