"""The keys of encrypted files: 32 bytes in a file of their own, never in a database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from ..errors import UnusableFile
from ..i18n import _
from .cipher import MAGIC, locked, sqlcipher

_KEY_LENGTH = 32


class FileKeys(NamedTuple):
    """Where the keys of encrypted files lie: the target's, which may be its sources' too, and others' that sources were encrypted with.

    `encrypt`: whether the target is to be encrypted; what is encrypted already stays so.
    """

    own: Path | None = None
    others: tuple[Path, ...] = ()
    encrypt: bool = False

    def places(self) -> list[Path]:
        """All of them, the target's first."""
        return [*([self.own] if self.own else []), *self.others]


def new_key(path: Path) -> bytes:
    """Makes a new key, 32 bytes drawn by lot, in a new file that only its owner can read. Raises `Refused` where that exists."""
    from .secret_files import write_secret

    sqlcipher()  # no key is made where nothing could be encrypted with it
    key = os.urandom(_KEY_LENGTH)
    write_secret(path, key)
    return key


def read_key(path: Path) -> bytes:
    """The key in a file: its 32 bytes. Raises `UnusableFile` where there is none, or where others can read the file."""
    from .secret_files import secret_bytes

    key = secret_bytes(path)
    if len(key) != _KEY_LENGTH:
        raise UnusableFile(_("{path} holds no key of an encrypted file, which is 32 bytes long.", path=path))
    return key


def key_of(path: Path, header: bytes, key_file: Path | None) -> bytes | None:
    """What a file is opened with, told by its first bytes: None where it is not encrypted. Raises `DamagedFile` where no key was named."""
    if header.startswith(MAGIC):
        return None
    if key_file is None:
        raise locked(path, False)
    return read_key(key_file)
