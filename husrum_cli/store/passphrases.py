"""Sources of the passphrase of a locked key file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from ..errors import UnusableFile
from ..i18n import _


class Passphrases:
    """The source of passphrases: HUSRUM_DB_PASSPHRASE, or else `ask`, which a command at a terminal sets. A key that was unlocked once is not asked for again."""

    ask: ClassVar[Callable[[Path, bool], str] | None] = None
    opened: ClassVar[dict[bytes, bytes]] = {}
    wrong: ClassVar[dict[Path, int]] = {}
    MOST = 3

    @classmethod
    def may_try(cls, path: Path) -> bool:
        """Whether another passphrase may be tried: once, or as often as a person may mistype it."""
        asked = cls.ask is not None and not os.environ.get("HUSRUM_DB_PASSPHRASE")
        return cls.wrong.get(path, 0) < (cls.MOST if asked else 1)

    @classmethod
    def ask_for(cls, path: Path) -> str:
        """Return the passphrase of a key file. Raises `UnusableFile` if nobody can be asked."""
        if passphrase := os.environ.get("HUSRUM_DB_PASSPHRASE"):
            return passphrase
        if cls.ask is None:
            raise UnusableFile(
                _("{path} is locked with a passphrase, which is asked for at a terminal; else set HUSRUM_DB_PASSPHRASE.", path=path)
            )
        return cls.ask(path, path in cls.wrong)
