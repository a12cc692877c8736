"""Read files that somebody names, but never what has no end, such as a device or a pipe."""

from __future__ import annotations

import stat
from pathlib import Path

from .errors import UnusableFile
from .i18n import _


def refuse_irregular(path: Path) -> None:
    """Raise `UnusableFile` if this is a folder, a device or a pipe, `OSError` if there is nothing."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise UnusableFile(_("{path} is a folder, not a file.", path=path))
    if not stat.S_ISREG(mode):
        raise UnusableFile(_("{path} is a device or a pipe, not a file.", path=path))


def regular_bytes(path: Path) -> bytes:
    """Return the bytes of a file. Raises `UnusableFile` for what is not one, `OSError` if it can't be read."""
    refuse_irregular(path)
    return path.read_bytes()
