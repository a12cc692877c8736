"""Encrypt a file in place, or decrypt it: the same rows in a new file, which replaces the old one."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path
from typing import BinaryIO

from ..atomic_files import temporary_file
from ..errors import Refused, UnusableFile
from ..i18n import _
from ..platforms.replacing import replace
from .connection import MAGIC, sqlcipher
from .copying import copy_with_key
from .keys import read_key
from .opening import open_store
from .sqlite_errors import translating_sqlite_errors

_AT_A_TIME = 1024 * 1024


def seems_encrypted(path: Path) -> bool:
    """Whether there is a file that is not a plain one: an encrypted one can't be distinguished from another kind of file."""
    try:
        with path.open("rb") as file:
            return not MAGIC.startswith(file.read(len(MAGIC)))
    except OSError:
        return False


def encrypt_in_place(path: Path, key_file: Path) -> None:
    """Replace a plain file by an encrypted copy. Raises `Refused` if it is encrypted already."""
    _replace_with_key(path.resolve(), key_file, read_key(key_file))


def decrypt_in_place(path: Path, key_file: Path | None) -> None:
    """Replace an encrypted file by a plain copy. Raises `Refused` if it is not encrypted."""
    _replace_with_key(path.resolve(), key_file, None)


def _replace_with_key(path: Path, key_file: Path | None, new_key: bytes | None) -> None:
    # By the library that copies it too: two libraries in one program know nothing of each other's locks, and on POSIX, closing a file releases
    # all of the program's locks on it.
    with closing(open_store(path, key_file, sqlcipher())) as store:
        if (store.key is None) == (new_key is None):
            raise Refused(_("{path} is not encrypted.", path=path) if new_key is None else _("{path} is encrypted already.", path=path))
        try:
            with translating_sqlite_errors(path):
                store.keep_others_from_writing()
            with temporary_file(path) as temporary:
                copy_with_key(path, store.key, temporary, new_key, store.foreign_write_count)
                with path.open("r+b") as old:

                    def release() -> None:
                        store.close()
                        old.close()

                    replace(temporary, path, release)
                    if store.key is None and not old.closed:
                        with suppress(OSError):  # it is encrypted by now
                            _overwrite(old)
        except OSError as error:
            raise UnusableFile(_("{path} can't be written: {reason}.", path=path, reason=error.strerror or error)) from None


def _overwrite(old: BinaryIO) -> None:
    """Overwrite the plain bytes, as far as the disk writes in place."""
    left = old.seek(0, os.SEEK_END)
    old.seek(0)
    while left > 0:
        left -= old.write(bytes(min(left, _AT_A_TIME)))
    old.flush()
    os.fsync(old.fileno())
