"""What stands in the first bytes of a file."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from .cipher import MAGIC


def change_counter(path: Path) -> int | None:
    """How often the file was written, as SQLite counts it in the file's header. None: the header can't be read, since the file is encrypted.

    Not while this process holds a lock on the file: on POSIX, closing a file gives up all locks on it.
    """
    with path.open("rb") as file:
        return counter_in(file.read(28))


def mark_in(file: BinaryIO) -> int:
    """What tells an encrypted file from itself after any write: bytes that are encrypted anew each time, as a number of 62 bits. `file`: open, without a buffer."""
    file.seek(len(MAGIC))
    return (1 << 61) + (int.from_bytes(file.read(8)) >> 3)


def counter_in(header: bytes) -> int | None:
    """The same, in a header that was read."""
    return int.from_bytes(header[24:28]) if header.startswith(MAGIC) and len(header) >= 28 else None
