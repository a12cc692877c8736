"""A file that is encrypted where it stands, or no longer is: the same rows in a new file, put in the place of the old one."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from ..atomic_files import unfinished
from ..errors import Refused, UnusableFile
from ..i18n import _
from .copying import copy_recoded
from .file_keys import read_key
from .opening import open_store
from .sqlite_errors import readable

_AT_A_TIME = 1024 * 1024


def encrypt(path: Path, key_file: Path) -> None:
    """Encrypts a file that is not. Raises `Refused` where it is already."""
    _recode(path.resolve(), key_file, read_key(key_file))


def decrypt(path: Path, key_file: Path | None) -> None:
    """Writes an encrypted file in clear. Raises `Refused` where it is already."""
    _recode(path.resolve(), key_file, None)


def _recode(path: Path, key_file: Path | None, new_key: bytes | None) -> None:
    with closing(open_store(path, key_file)) as store:
        if (store.key is None) == (new_key is None):
            raise Refused(_("{path} is not encrypted.", path=path) if new_key is None else _("{path} is encrypted already.", path=path))
        try:
            with readable(path):
                store.connection.execute("BEGIN IMMEDIATE")  # nobody else writes to what is about to be replaced
            with unfinished(path, empty=False) as place:
                copy_recoded(path, store.key, place, new_key, store.changes_outside)
                if os.name == "nt":  # where no file that is open is replaced
                    store.close()
                    os.replace(place, path)
                    return
                with path.open("r+b") as old:
                    os.replace(place, path)
                    if store.key is None:
                        _wipe(old)
        except OSError as error:
            raise UnusableFile(_("{path} can't be written: {reason}.", path=path, reason=error.strerror or error)) from None


def _wipe(old: BinaryIO) -> None:
    """Writes over what stood there in clear, as far as the disk writes in place."""
    left = old.seek(0, os.SEEK_END)
    old.seek(0)
    while left > 0:
        left -= old.write(bytes(min(left, _AT_A_TIME)))
    old.flush()
    os.fsync(old.fileno())
