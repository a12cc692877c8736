"""The link key that a command works with: named with --key, else HUSRUM_LINK_KEY, else the one chosen with `husrum link use-key`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from ..config import remembered_link_key
from .declarations import Option

KEY_OPTION = Annotated[
    str | None,
    Option("--key", metavar="FILE", help="The cities' link key; else HUSRUM_LINK_KEY, else the one chosen with husrum link use-key."),
]


def key_path(option: str | None) -> Path | None:
    """Return the path of the link key, if one was named anywhere."""
    given = option or os.environ.get("HUSRUM_LINK_KEY")
    return Path(given).expanduser() if given else remembered_link_key()
