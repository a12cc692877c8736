"""Write files so that they exist whole or not at all, readable by their owner alone.

A file is written under a temporary name in the folder of its target, and renamed when it is whole. A run that is killed leaves its temporary file;
the next one that writes in the folder deletes such files when they are older than a day.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import Committed, HusrumError, Refused, UnusableFile
from .i18n import _
from .platforms.names import unusable_name
from .platforms.private import make_private

PREFIX = ".husrum-"
_OLD = 24 * 60 * 60  # seconds; nothing here takes that long to write


@contextmanager
def temporary_file(path: Path) -> Iterator[Path]:
    """Make an empty file next to `path`, deleted at the end of the block unless it was renamed. Raises `OSError` if it can't be created.

    Raises `UnusableFile` if the system keeps the name of `path` for something else.
    """
    if unusable_name(path):
        raise UnusableFile(_("{path} is not a name that Windows allows for a file; choose another name.", path=path))
    delete_leftovers(path.parent)
    descriptor, name = tempfile.mkstemp(path.suffix, PREFIX, path.parent)
    temporary = Path(name)
    try:
        os.close(descriptor)
        make_private(temporary)  # the umask may have taken the owner's rights
        yield temporary
    except HusrumError as error:  # the user knows the target, not the temporary name
        error.message = error.message.replace(name, str(path))
        raise
    finally:
        Committed.done |= not temporary.exists()
        for left in (temporary, temporary.with_name(f"{temporary.name}-journal")):
            left.unlink(missing_ok=True)


@contextmanager
def temporary_folder(place: Path) -> Iterator[Path]:
    """Make an empty folder inside `place`, deleted at the end of the block."""
    delete_leftovers(place)
    temporary = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    try:
        make_private(temporary)
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Make a temporary file that becomes `path` at the end of the block. Raises `Refused` if `path` exists, `UnusableFile` if it can't be written."""
    exists = Refused(_("{path} exists already; choose another name.", path=path))
    if path.exists():
        raise exists
    try:
        with temporary_file(path) as temporary:
            yield temporary
            rename_to_new(temporary, path)
    except FileExistsError:
        raise exists from None
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=path, reason=error.strerror or error)) from None


def flush_to_disk(path: Path) -> None:
    """Wait until what was written to a file is on the disk, before the file is renamed."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def rename_to_new(temporary: Path, path: Path) -> None:
    """Rename a file, but never over another one. Raises `FileExistsError` if `path` exists."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # FAT and exFAT have no hard links
        if path.exists():
            raise FileExistsError(path) from None
        os.rename(temporary, path)
    Committed.done = True


def unused_name(path: Path) -> Path:
    """Return the path, or if it exists, the first of `name-2`, `name-3` … that doesn't."""
    number, unused = 1, path
    while unused.exists():
        number += 1
        unused = path.with_stem(f"{path.stem}-{number}")
    return unused


def delete_leftovers(folder: Path) -> None:
    """Delete what killed runs left in a folder more than a day ago."""
    with suppress(OSError):  # a folder that can't be listed: writing to it will say so
        for left in [each for each in folder.iterdir() if each.name.startswith(PREFIX)]:
            with suppress(OSError):  # another run may have deleted it by now
                if left.lstat().st_mtime < time.time() - _OLD:
                    if left.is_dir() and not left.is_symlink():
                        shutil.rmtree(left, ignore_errors=True)
                    else:
                        left.unlink(missing_ok=True)
