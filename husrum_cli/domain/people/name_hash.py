"""Recognise somebody whose name is not kept.

What is kept of a name and a birth date is `beginning:salt:hash`. The hash is salted for that person alone. Comparing it takes a moment for each person who was
removed, so it is only compared with somebody of the same beginning: that is the first byte of a hash salted for the city, made once for each new person. Both are
slow, so a guess never costs less than one of them.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import NamedTuple

from ...input.text import fold

# A third of a second and 64 MB for each hash on the laptop it was measured on. Tests lower n.
_WORK = {"n": 2**16, "r": 8, "p": 3, "maxmem": 2**27}
# The hash of earlier versions: one fast hash, salted for the city.
_EARLIER_WORK = {"n": 2**13, "r": 8, "p": 1}
_EARLIER_LENGTH = 64


class Seen(NamedTuple):
    """A name and a birth date as they are compared: `text`, and their hashes salted for the city, of this version and of earlier ones (None: not needed)."""

    text: bytes
    beginning: str
    earlier: str | None


def kept(branch_uid: str, name: str, born: str) -> str:
    """Return what is kept of a name, however it is spelled, and a birth date. It says nothing in another city's file."""
    text, salt = _text(name, born), secrets.token_bytes(16)
    return f"{_beginning(text, branch_uid)}:{salt.hex()}:{_hash(text, salt)}"


def seen(branch_uid: str, name: str, born: str, earlier: bool) -> Seen:
    """Return a name and a birth date, to compare with what is kept. `earlier`: also with what earlier versions kept."""
    text = _text(name, born)
    old = hashlib.scrypt(text, salt=branch_uid.encode(), dklen=32, **_EARLIER_WORK).hex() if earlier else None
    return Seen(text, _beginning(text, branch_uid), old)


def from_earlier_version(kept: str) -> bool:
    """Return whether an earlier version kept this."""
    return len(kept) == _EARLIER_LENGTH


def is_same(kept: str, seen: Seen) -> bool:
    """Return whether what is kept is of this name and birth date."""
    if from_earlier_version(kept):
        return seen.earlier is not None and hmac.compare_digest(kept, seen.earlier)
    beginning, salt, hash = kept.split(":")
    return beginning == seen.beginning and hmac.compare_digest(hash, _hash(seen.text, bytes.fromhex(salt)))


def _text(name: str, born: str) -> bytes:
    return f"{fold(name)}\n{born}".encode()


def _beginning(text: bytes, branch_uid: str) -> str:
    return _hash(text, b"husrum city " + branch_uid.encode())[:2]


def _hash(text: bytes, salt: bytes) -> str:
    return hashlib.scrypt(text, salt=salt, dklen=32, **_WORK).hex()
