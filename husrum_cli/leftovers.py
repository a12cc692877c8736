"""What a killed run left next to the files that it was writing, deleted by the next command there.

A run that writes a file holds a lock on an empty file next to it, which the system takes away when the run ends. Where a disk knows no locks, what was left
goes after a day.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

PREFIX = ".husrum-"
LOCK = "-lock"
_OLD = 24 * 60 * 60  # seconds; nothing here takes that long to write


def delete_leftovers(folder: Path) -> None:
    """Delete what killed runs left in a folder."""
    with suppress(OSError):  # a folder that can't be listed: writing to it will say so
        names = [name for name in os.listdir(folder) if name.startswith(PREFIX)]
        ended = [name.removesuffix(LOCK) for name in names if name.endswith(LOCK) and _ended(folder / name)]
        # The locks last: without it, what a run left would stay for a day.
        for name in sorted(names, key=lambda name: name.endswith(LOCK)):
            with suppress(OSError):  # another run may have deleted it by now
                left = folder / name
                if name.startswith(tuple(ended)) or left.lstat().st_mtime < time.time() - _OLD:
                    _delete(left)


def _ended(place: Path) -> bool:
    """Whether the run that locked this file has ended."""
    from .platforms.locking import lock

    try:
        descriptor = os.open(place, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:  # another user's
        return False
    try:
        return lock(descriptor)
    finally:
        os.close(descriptor)


def _delete(left: Path) -> None:
    if left.is_dir() and not left.is_symlink():
        import shutil

        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink(missing_ok=True)
