"""Keys and other secrets: small files that only their owner can read, never part of a database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from ..errors import UnusableFile
from ..i18n import _
from ..platforms.private import others_can_read
from ..regular_files import refuse_irregular
from .connection import MAGIC, cannot_decrypt, sqlcipher

_KEY_LENGTH = 32
# The first bytes of a key file that is locked, or that refers to the key.
_WRAPPED = b"husrum key "
# No key is longer; a longer file is something else.
_LONGEST = 64 * 1024


class FileKeys(NamedTuple):
    """The key files of a merge: the target's, which may be its sources' too, and further ones of sources.

    `encrypt`: encrypt the target; if it is encrypted already, it stays so.
    """

    own: Path | None = None
    others: tuple[Path, ...] = ()
    encrypt: bool = False

    def paths(self) -> list[Path]:
        """All paths, the target's first."""
        return [*([self.own] if self.own else []), *self.others]


def random_key() -> bytes:
    """Return a new random key of 32 bytes."""
    sqlcipher()  # without it, the key would be of no use
    return os.urandom(_KEY_LENGTH)


def read_key(path: Path) -> bytes:
    """Return the 32 bytes of a key file, which may be locked. Raises `UnusableFile` if it holds something else, can't be unlocked, or if others can read it."""
    key = secret_bytes(path)
    if key.startswith(_WRAPPED):
        from .locked_keys import unlock_key

        key = unlock_key(path, key)
    if len(key) != _KEY_LENGTH:
        raise UnusableFile(_("{path} holds no key of an encrypted file, which is 32 bytes long.", path=path))
    if repeats_itself(key):
        raise UnusableFile(_("{path} holds the same byte over and over, which is not a key; restore it from a copy.", path=path))
    return key


def repeats_itself(key: bytes) -> bool:
    """Whether a key is one byte over and over, or two in turn, as a file that was filled up is."""
    return key == (key[:2] * len(key))[: len(key)]


def key_for(path: Path, header: bytes, key_file: Path | None) -> bytes | None:
    """Return the key to open a file with, None if its header is plain. Raises `DamagedFile` if it isn't and no key is chosen."""
    if header.startswith(MAGIC):
        return None
    if key_file is None:
        raise cannot_decrypt(path, False)
    return read_key(key_file)


def write_secret(path: Path, content: bytes) -> None:
    """Write a new file that only its owner can read. Raises `Refused` if it exists."""
    from ..atomic_files import flush_to_disk, new_file

    with new_file(path) as temporary:
        temporary.write_bytes(content)
        flush_to_disk(temporary)


def secret_lines(path: Path) -> list[str]:
    """Read a secret text file, without empty lines and comments (`# …`). Raises `UnusableFile` as `secret_bytes` does."""
    try:
        text = secret_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        return []
    return [stripped for line in text.splitlines() if (stripped := line.strip()) and not stripped.startswith("#")]


def secret_bytes(path: Path) -> bytes:
    """Read a secret file; empty if it is longer than any key. Raises `UnusableFile` if it can't be read, or if others can read it."""
    try:
        refuse_irregular(path)
        with path.open("rb") as file:
            if others_can_read(file.fileno()):
                raise UnusableFile(_("{path} can be read by others on this computer; fix it with: chmod 600 {path}", path=path))
            content = file.read(_LONGEST + 1)
    except FileNotFoundError:
        raise UnusableFile(_("{path} does not exist; a key is looked for there.", path=path)) from None
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from None
    return content if len(content) <= _LONGEST else b""
