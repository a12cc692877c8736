"""Recognise somebody whose name is not kept.

What is kept of a name and a birth date is `salt:hash`. The slow hash behind it is salted for the city, so that a new person is hashed once, however many were
removed; a fast hash of it with a salt of that person alone tells nobody that two of the removed had the same name.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import NamedTuple

from ...input.text import fold

# 0.4 s and 64 MB for each guess on the server it was measured on. Tests lower n.
_WORK = {"n": 2**16, "r": 8, "p": 2, "maxmem": 2**27}
# The hash of earlier versions: one fast hash, salted for the city.
_EARLIER_WORK = {"n": 2**13, "r": 8, "p": 1}
_EARLIER_LENGTH = 64


class NameHashes(NamedTuple):
    """The slow hashes of a name and a birth date, of this version and of earlier ones (None: not needed)."""

    hash: bytes
    earlier: str | None


def stored_hash(branch_uid: str, name: str, born: str) -> str:
    """Return what is kept of a name, however it is spelled, and a birth date. It says nothing in another city's file."""
    salt = secrets.token_hex(16)
    return f"{salt}:{_salted(_hash(_text(name, born), branch_uid), salt)}"


def name_hashes(branch_uid: str, name: str, born: str, earlier: bool) -> NameHashes:
    """Return the hashes of a name and a birth date, to compare with what is kept. `earlier`: also with what earlier versions kept."""
    text = _text(name, born)
    old = hashlib.scrypt(text, salt=branch_uid.encode(), dklen=32, **_EARLIER_WORK).hex() if earlier else None
    return NameHashes(_hash(text, branch_uid), old)


def from_earlier_version(kept: str) -> bool:
    """Return whether an earlier version kept this."""
    return len(kept) == _EARLIER_LENGTH


def matches_hash(kept: str, seen: NameHashes) -> bool:
    """Return whether what is kept is of this name and birth date."""
    if from_earlier_version(kept):
        return seen.earlier is not None and hmac.compare_digest(kept, seen.earlier)
    salt, _colon, hash = kept.partition(":")
    return hmac.compare_digest(hash.encode(), _salted(seen.hash, salt).encode())


def _text(name: str, born: str) -> bytes:
    return f"{fold(name)}\n{born}".encode()


def _hash(text: bytes, branch_uid: str) -> bytes:
    return hashlib.scrypt(text, salt=b"husrum city " + branch_uid.encode(), dklen=32, **_WORK)


def _salted(hash: bytes, salt: str) -> str:
    return hmac.digest(salt.encode(), hash, "sha256").hex()
