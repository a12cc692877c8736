"""The folder for a user's settings."""

from __future__ import annotations

import os
from pathlib import Path

from . import system


def settings_folder() -> Path:
    """Return the folder of husrum's settings. It need not exist. `XDG_CONFIG_HOME` goes first everywhere."""
    if chosen := os.environ.get("XDG_CONFIG_HOME"):
        return Path(chosen) / "husrum"
    unix = Path.home() / ".config" / "husrum"
    if system.NAME == system.WINDOWS:
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "husrum"
    if system.NAME == system.MACOS and not unix.is_dir():  # version 0.1 kept them there
        return Path.home() / "Library" / "Application Support" / "husrum"
    return unix
