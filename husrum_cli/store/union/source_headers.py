"""Inspect somebody else's file before SQLite opens it: its first bytes, and the files next to it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ...errors import UnusableFile
from ...i18n import _
from ...regular_files import refuse_irregular
from ..connection import MAGIC
from ..opening import APPLICATION_ID, VERSION
from .known_files import hash_of

ENCRYPTED = b"age-encryption.org/"
"""The first bytes of a handover that is encrypted."""


class Header(NamedTuple):
    """The parts of a file that are read before anything is locked: its first bytes, and the hash of all bytes while its content had this identity."""

    start: bytes
    identity: tuple[int, ...]
    hash: str


def headers(paths: Iterable[Path]) -> dict[Path, Header]:
    """Read the header of each file. Raises `UnusableFile` for the first that can't be used.

    To be read before SQLite has the file open: on POSIX, closing a file lets go of all the locks that this program has on it.
    """
    found = {}
    for path in paths:
        start, identity = header_of(path), identity_of(path)
        try:
            found[path] = Header(start, identity, hash_of(path))
        except OSError as error:
            raise _unreadable(path, error) from None
    return found


def needs_key(header: bytes) -> bool:
    """Whether a file with this header is encrypted in place, or not a husrum file at all."""
    return not header.startswith((MAGIC, ENCRYPTED))


def identity_of(path: Path) -> tuple[int, ...]:
    """Return the identity of a file's content: its inode, size and time of writing."""
    try:
        status = path.stat()
    except OSError as error:
        raise _unreadable(path, error) from None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_dev


def header_of(path: Path) -> bytes:
    """Return the first hundred bytes, which tell most of what can be wrong with a file."""
    try:
        refuse_irregular(path)
        with path.open("rb") as file:
            header = file.read(100)
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        raise UnusableFile(_("{path} does not exist.", path=path)) from None
    except OSError as error:
        raise _unreadable(path, error) from None
    if not header:
        raise UnusableFile(_("{path} is empty: not one byte is in it. Ask for it again.", path=path))
    if header.startswith(ENCRYPTED):
        return header
    # A file with a journal may have any size.
    plain = header.startswith(MAGIC)
    if (plain and 2 in header[18:20]) or _bytes_of(path, "-wal"):
        raise incomplete_file(path)
    if _bytes_of(path, "-journal").strip(b"\0"):
        raise UnusableFile(
            _("{path} has unfinished changes next to it ({path}-journal). Where it is written, run: husrum check --db FILE", path=path)
        )
    return check_header(path, header, size) if plain else header


def _unreadable(path: Path, error: OSError) -> UnusableFile:
    return UnusableFile(_("{path} can't be read: {reason}.", path=path, reason=error.strerror))


def incomplete_file(path: Path) -> UnusableFile:
    """Return the error for a file of which a part may lie in another one."""
    return UnusableFile(
        _(
            "{path} was left open by another program, and rows may be missing (WAL). Where it is written, run: husrum check --db FILE",
            path=path,
        )
    )


def check_header(path: Path, header: bytes, size: int) -> bytes:
    """Return the header again, if it is one of a whole husrum file that this program can read."""
    if not header.startswith(MAGIC) or len(header) < 100:
        raise UnusableFile(_("{path} is not a husrum file.", path=path))
    if int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise UnusableFile(_("{path} is a database, but not one of husrum.", path=path))
    if version_in(header) > VERSION:
        raise UnusableFile(_("{path} was made by a newer husrum; update this one.", path=path))
    if version_in(header) < 1:
        raise UnusableFile(_("{path} is damaged: it has no version. Ask for it again.", path=path))
    page, pages = int.from_bytes(header[16:18]), int.from_bytes(header[28:32])
    if header[24:28] == header[92:96] and pages * (65536 if page == 1 else page) != size:
        raise UnusableFile(_("{path} is cut off, or was copied while it was being written. Ask for it again.", path=path))
    return header


def version_in(header: bytes) -> int:
    return int.from_bytes(header[60:64], signed=True)


def _bytes_of(path: Path, suffix: str) -> bytes:
    """Return the beginning of a file that SQLite keeps next to another, if there is one."""
    try:
        with path.with_name(path.name + suffix).open("rb") as file:
            return file.read(8)
    except OSError:
        return b""
