"""Read files that somebody names, but never what has no end, such as a device or a pipe; and look around in a folder that other programs use too."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
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


def files_in(folder: Path) -> list[Path]:
    """Return the files in a folder, in the order of their names. What can't be looked at, or is gone by then, is left out; so is all of a folder that can't be read."""
    return _in(folder, os.DirEntry.is_file)


def folders_in(folder: Path) -> list[Path]:
    """Return the folders in a folder, as `files_in` does."""
    return _in(folder, os.DirEntry.is_dir)


def _in(folder: Path, wanted: Callable[[os.DirEntry[str]], bool]) -> list[Path]:
    found = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):  # a link that leads to itself, or into a folder of somebody else's
                if wanted(entry):
                    found.append(Path(entry))
    return sorted(found)
