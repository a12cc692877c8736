"""A command line to paste into a shell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import system


def shell_line(words: Sequence[str]) -> str:
    """Join words to a line, quoted as the system's shells take it: on Windows as cmd and PowerShell both do."""
    if system.NAME != system.WINDOWS:
        import shlex

        return shlex.join(words)
    return " ".join(word if re.fullmatch(r"[\w.:\\/=+-]+", word) else '"' + word.replace('"', '""') + '"' for word in words)
