"""Write key files in their final form, and restore what was there if the operation that needs the key fails."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..atomic_files import flush_to_disk, temporary_file
from ..errors import UnusableFile
from ..i18n import _
from ..platforms.replacing import replace
from .keys import random_key, read_key, secret_bytes, write_secret
from .locked_keys import in_key_store, leave_key_store, lock_key
from .passphrases import Passphrases


class WrittenKey(NamedTuple):
    """A key file that was written in its final form. `before`: its former content, None if it is new."""

    place: Path
    key: bytes
    content: bytes
    before: bytes | None

    def keep(self) -> None:
        """Take the key out of the system's key store if it was in there before, since it would go there without the new lock."""
        if self.before is not None and self.before != self.content:
            leave_key_store(self.before)

    def take_back(self) -> None:
        """Put the former content back, or delete a new file."""
        with suppress(OSError, UnusableFile):  # as it is, it opens what the former one opened
            if self.before == self.content:
                return
            if self.place.exists() and self.place.read_bytes() == self.content:
                if self.before is None:
                    self.place.unlink()
                else:
                    _replace(self.place, self.before)
            leave_key_store(self.content)  # not while the key file says that the key is in there


def write_key(place: Path, lock: str | None, passphrase: str) -> WrittenKey:
    """Write the key file as the lock says, or a new one; without a lock, one that exists stays as it is. It is never on the disk unlocked meanwhile.

    Raises what `read_key`, `write_secret` and `in_key_store` raise, with everything as it was.
    """
    before = secret_bytes(place) if place.exists() else None
    key = random_key() if before is None else read_key(place)
    if before is not None and lock is None:
        return WrittenKey(place, key, before, before)
    content = lock_key(key, passphrase) if lock == "passphrase" else in_key_store(key) if lock == "key-store" else key
    written = WrittenKey(place, key, content, before)
    try:
        if before is None:
            write_secret(place, content)
        else:
            _replace(place, content)
    except BaseException:
        written.take_back()
        raise
    Passphrases.opened[content] = key  # who has just made up the passphrase is not asked for it
    return written


def _replace(path: Path, content: bytes) -> None:
    """Replace a key file: whenever that is interrupted, one of the two is there. Raises `UnusableFile` if it can't be written."""
    try:
        with temporary_file(path) as temporary:
            temporary.write_bytes(content)
            flush_to_disk(temporary)
            replace(temporary, path)
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=path, reason=error.strerror or error)) from None
