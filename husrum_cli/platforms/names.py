"""Names of files that a system can't keep."""

from __future__ import annotations

from pathlib import Path

from . import system

_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", *(f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³")}
)
_SIGNS = frozenset('<>:"|?*')


def unusable_name(path: Path) -> bool:
    """Whether this system would make something else of a file's name than a file of that name.

    On Windows `NUL` and `con.db` are devices, `a.db:b` is a hidden part of `a.db`, and dots and spaces at the end are dropped.
    """
    if system.NAME != system.WINDOWS:
        return False
    name = path.name
    return (
        name.partition(".")[0].rstrip(" ").upper() in _DEVICES
        or name.endswith((".", " "))
        or any(sign in _SIGNS or sign < " " for sign in name)
    )
