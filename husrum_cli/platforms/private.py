"""Files and folders that only their owner can use."""

from __future__ import annotations

import os
from pathlib import Path

from . import system

_FILE, _FOLDER = 0o600, 0o700
_OTHERS = 0o077
# The system's own account, and the file's owner, by numbers that are the same in every language of Windows.
_SYSTEM, _OWNER = "*S-1-5-18", "*S-1-3-4"


def make_private(path: Path) -> None:
    """Let nobody but the owner use a file or folder, whatever the umask and the folder around it say. Raises `OSError` if that can't be done.

    Windows: the file stops inheriting rights. A disk that keeps no rights (FAT) is left as it is.
    """
    if system.NAME == system.WINDOWS:
        _limit_access(path)
    else:
        path.chmod(_FOLDER if path.is_dir() else _FILE)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner can use, and those around it that are missing. One that is there already becomes private too. Raises `OSError`."""
    if not folder.parent.exists():
        make_private_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    make_private(folder)


def others_can_read(file: Path | int) -> bool:
    """Whether others on this computer can read a file, given by its path or as an open one. On Windows that is not looked at: False."""
    return system.NAME != system.WINDOWS and bool(os.stat(file).st_mode & _OTHERS)


def _limit_access(path: Path) -> None:
    import subprocess

    user = os.environ.get("USERNAME")
    accounts = [f"{os.environ.get('USERDOMAIN', '.')}\\{user}"] if user else []
    rights = "(OI)(CI)F" if path.is_dir() else "F"
    for account in [*accounts, _OWNER]:
        # The grants come before the inheritance goes, so that the owner is never locked out.
        command = ["icacls", str(path), "/grant:r", f"{account}:{rights}", f"{_SYSTEM}:{rights}", "/inheritance:r", "/q"]
        try:
            if subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=20).returncode == 0:
                return
        except (OSError, subprocess.SubprocessError):
            return  # the folder's rights hold: in a user's own folder, they are the user's alone
