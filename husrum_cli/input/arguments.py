"""The words of a command line, before any of them is read."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ..i18n import _
from .text import holds_cpr


def argument_with_cpr(words: Sequence[str]) -> str | None:
    """Return which option holds a CPR number, if any word does: a text, a name, a date, a filter, or the name of a file that is made or read.

    A folder that exists may have any name: of a path, only what follows it is looked at.
    """
    option = ""
    for word in words:
        name, sign, value = word.partition("=") if word.startswith("--") else ("", "", word)
        if holds_cpr(name):
            return _("The command line")
        if holds_cpr(value) and holds_cpr(_after_known_folders(value)):
            return name or option or _("The command line")
        option = "" if sign else name
    return None


def _after_known_folders(path: str) -> str:
    """Return the end of a path, after the last folder that exists; the whole text if it is not a path."""
    place = os.path.expanduser(path).rstrip("/" + os.sep)
    folder = os.path.dirname(place)
    while folder != os.path.dirname(folder) and not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return place[len(folder) :]
