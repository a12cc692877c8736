"""Files that are being made: private, beside the place they are made for, and moved there when they are whole.

Whoever makes one holds a shared lock on its folder meanwhile. So who gets the folder alone knows that nobody makes one there: what lies there was left
by a run that was killed, and is taken away. (Windows locks no folders, so there it stays until somebody deletes it.)
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_NAME = ".husrum-"
_LEFT = re.compile(rf"{re.escape(_NAME)}[0-9a-f]{{16}}(?![0-9a-f])")
_OWNER_ONLY = 0o600


@contextmanager
def unfinished(path: Path, empty: bool = True) -> Iterator[Path]:
    """A new file beside `path`, that only its owner can read, whatever the umask. It is gone when the block is left, unless it was moved to its place.

    Not `empty`: the name alone, for what makes the file itself. Raises `OSError` where it can't be made.
    """
    with _making_in(path.parent):
        # The name is known before the file is there, so that no interruption comes between.
        temporary = path.with_name(f"{_NAME}{secrets.token_hex(8)}{path.suffix}")
        try:
            if empty:
                descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, _OWNER_ONLY)
                os.close(descriptor)
                temporary.chmod(_OWNER_ONLY)  # a umask can only take rights away, and may have taken ours
            yield temporary
        finally:
            for left in (temporary, temporary.with_name(f"{temporary.name}-journal")):
                left.unlink(missing_ok=True)


@contextmanager
def unfinished_folder(place: Path) -> Iterator[Path]:
    """A new folder inside `place` for files that are moved to `place` when all of them are whole. It is gone when the block is left."""
    with _making_in(place):
        temporary = place / f"{_NAME}{secrets.token_hex(8)}"
        try:
            temporary.mkdir(mode=0o700)
            temporary.chmod(0o700)
            yield temporary
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def put_where_none_is(temporary: Path, path: Path) -> None:
    """Gives a file that is whole its name. Raises `FileExistsError` where another one took that meanwhile."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a stick with a simple file system knows no links
        if path.exists():
            raise FileExistsError(path) from None
        os.rename(temporary, path)


def clear_left(folder: Path) -> None:
    """Takes away what runs that were killed left in a folder, where nobody makes a file there just now."""
    with _making_in(folder):
        pass


@contextmanager
def _making_in(folder: Path) -> Iterator[None]:
    descriptor = None
    with suppress(OSError):  # whether a file can be made there is seen when it is made; and Windows opens no folders
        descriptor = os.open(folder, os.O_RDONLY)
    try:
        if descriptor is not None:
            _clear_and_hold(descriptor, folder)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _clear_and_hold(descriptor: int, folder: Path) -> None:
    if sys.platform == "win32":
        return
    with suppress(OSError):  # somebody makes a file there; or the file system knows no such locks
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in folder.iterdir():
            if not _LEFT.match(left.name):
                continue
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_SH)
