"""Knowing somebody again whose name is not kept."""

from __future__ import annotations

import hashlib

from ...input.text import fold

# A hundredth of a second and 8 MB for each try. Whoever has the file can still try names and birth dates that they think of.
_WORK = {"n": 2**13, "r": 8, "p": 1}


def fingerprint(branch_uid: str, name: str, born: str) -> str:
    """A slow hash of a name, however it is spelled, and a birth date. The salt is the branch's, so it says nothing in another file."""
    return hashlib.scrypt(f"{fold(name)}\n{born}".encode(), salt=branch_uid.encode(), dklen=32, **_WORK).hex()
