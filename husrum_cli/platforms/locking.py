"""Locks on open files, which the system takes away when the run that holds them ends, however it ends."""

from __future__ import annotations

import importlib
from typing import Any

from . import system


def lock(descriptor: int) -> bool:
    """Lock a file that is open for writing until it is closed. False: another run has it locked, or its disk knows no locks."""
    windows = system.NAME == system.WINDOWS
    locks: Any = importlib.import_module("msvcrt" if windows else "fcntl")
    try:
        if windows:
            locks.locking(descriptor, locks.LK_NBLCK, 1)
        else:
            locks.flock(descriptor, locks.LOCK_EX | locks.LOCK_NB)
    except OSError:
        return False
    return True
