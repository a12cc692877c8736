"""Write files so that they exist whole or not at all, readable by their owner alone.

A file is written under a temporary name in the folder of its target, and renamed when it is whole. What a run leaves that is killed, the next one deletes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import CommitState, HusrumError, Refused, UnusableFile
from .i18n import _
from .leftovers import LOCK, PREFIX, delete_leftovers
from .platforms.locking import lock
from .platforms.names import unusable_name
from .platforms.private import make_private


@contextmanager
def _temporary_name(folder: Path) -> Iterator[Path]:
    """Yield the beginning of an unused name in a folder, after deleting what killed runs left there. While the block runs, a lock says that this run is alive."""
    delete_leftovers(folder)
    descriptor, name = tempfile.mkstemp(LOCK, PREFIX, folder)
    place, file = Path(name), os.fdopen(descriptor, "wb")
    try:
        if not lock(descriptor):  # an unlocked one would say that this run has ended
            file.close()
            place.unlink()
        yield Path(name.removesuffix(LOCK))
    finally:
        file.close()
        place.unlink(missing_ok=True)


@contextmanager
def temporary_file(path: Path) -> Iterator[Path]:
    """Make an empty file next to `path`, deleted at the end of the block unless it was renamed. Raises `OSError` if it can't be created.

    Raises `UnusableFile` if the system keeps the name of `path` for something else.
    """
    if unusable_name(path):
        raise UnusableFile(_("{path} is not a name that Windows allows for a file; choose another name.", path=path))
    with _temporary_name(path.parent) as name:
        temporary = name.with_name(name.name + path.suffix)
        temporary.touch(0o600, exist_ok=False)
        try:
            make_private(temporary)  # the umask may have taken the owner's rights
            yield temporary
        except HusrumError as error:  # the user knows the target, not the temporary name
            error.message = error.message.replace(str(temporary), str(path))
            raise
        finally:
            CommitState.done |= not temporary.exists()
            for left in (temporary, temporary.with_name(f"{temporary.name}-journal")):
                left.unlink(missing_ok=True)


@contextmanager
def temporary_folder(place: Path) -> Iterator[Path]:
    """Make an empty folder inside `place`, deleted at the end of the block."""
    with _temporary_name(place) as temporary:
        temporary.mkdir(0o700)
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
    CommitState.done = True


def unused_name(path: Path) -> Path:
    """Return the path, or if it exists, the first of `name-2`, `name-3` … that doesn't."""
    number, unused = 1, path
    while unused.exists():
        number += 1
        unused = path.with_stem(f"{path.stem}-{number}")
    return unused
