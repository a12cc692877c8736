"""What is remembered per user: the file chosen with `husrum use`."""

from __future__ import annotations

import locale
import os
from pathlib import Path

from .errors import UnusableFile
from .locale import LANGUAGES, _


def _place() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA")
    return Path(home or Path.home() / ".config") / "husrum" / "chosen-file"


def remembered_file() -> Path | None:
    """The file chosen with `husrum use`, if one was."""
    try:
        chosen = _place().read_text(encoding="utf-8", errors="surrogateescape").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return Path(chosen) if chosen else None


def remember_file(path: Path) -> None:
    """From here on, commands work on this file where nothing else is said."""
    place = _place()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"{path.absolute()}\n", encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=place, reason=error.strerror)) from None


def environment_language() -> str | None:
    """The language of `HUSRUM_LANGUAGE`, if it is one of ours."""
    chosen = os.environ.get("HUSRUM_LANGUAGE", "")[:2].lower()
    return chosen if chosen in LANGUAGES else None


def locale_language() -> str:
    """Danish where the machine speaks Danish, else English."""
    chosen = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), None)
    if chosen is None and os.name == "nt":
        chosen = locale.getlocale()[0]
    return "da" if (chosen or "").lower().startswith("da") else "en"
