"""Secrets in small files of their own: written where only their owner can read them, and read only from there."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import UnusableFile
from ..i18n import _
from .copying import made_whole

# No key is longer; what is, is some other file.
_LONGEST = 64 * 1024
_OTHERS = 0o077


def write_secret(path: Path, content: bytes) -> None:
    """Makes a new file that only its owner can read. Raises `Refused` where it exists; nothing half-written is left."""
    with made_whole(path) as partial, partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read_secret(path: Path) -> list[str]:
    """The lines of a secret text, without remarks (`# …`) and empty ones. Raises `UnusableFile` where it can't be read, or where others can read it."""
    content = secret_bytes(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return []  # no text: no key stands in it
    return [stripped for line in text.splitlines() if (stripped := line.strip()) and not stripped.startswith("#")]


def secret_bytes(path: Path) -> bytes:
    """What stands in a secret file; nothing where it is longer than any key. Raises `UnusableFile` where it can't be read, or where others can read it."""
    try:
        with path.open("rb") as file:
            # Windows keeps no such mode: there every file looks readable by all.
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & _OTHERS:
                raise UnusableFile(_("{path} can be read by others on this computer; mend it with: chmod 600 {path}", path=path))
            content = file.read(_LONGEST + 1)
    except FileNotFoundError:
        raise UnusableFile(_("{path} does not exist; a key is looked for there.", path=path)) from None
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from None
    return content if len(content) <= _LONGEST else b""
