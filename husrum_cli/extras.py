"""The optional packages that a few commands need, and how to install them where husrum is installed.

The hint names the packages themselves: husrum is installed from a checkout or a wheel, and its name elsewhere may be somebody else's.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

from .errors import WrongInput
from .i18n import _
from .platforms.shell_line import shell_line

# Each extra of pyproject.toml with its packages; a test holds them equal.
PACKAGES = {
    "age": ("pyrage",),
    "crypt": ("sqlcipher3",),
    "keyring": ("keyring",),
    "report": ("jinja2", "markdown-it-py"),
    "docx": ("jinja2", "markdown-it-py", "python-docx", "resvg-py"),
    "xlsx": ("xlsxwriter",),
}


def missing_extra(extra: str) -> WrongInput:
    """Return the error for something that needs an extra which is not installed."""
    command = install_command(extra)
    return WrongInput(
        {
            "age": _("Encryption needs one more package: {command}", command=command),
            "crypt": _("An encrypted file needs one more package: {command}", command=command),
            "keyring": _("The system's key store needs one more package: {command}", command=command),
            "report": _("A report needs more packages: {command}", command=command),
            "docx": _("Writing .docx needs more packages: {command}", command=command),
            "xlsx": _("Writing .xlsx needs one more package: {command}", command=command),
        }[extra]
    )


def install_command(extra: str) -> str:
    """Return the command that installs an extra's packages into this very environment, as its shell takes it."""
    python = os.path.relpath(sys.executable) if _below_here(sys.executable) else sys.executable
    if find_spec("pip"):
        words = [python, "-m", "pip", "install", *PACKAGES[extra]]
    else:  # made by uv
        words = ["uv", "pip", "install", "--python", python, *PACKAGES[extra]]
    command = shell_line(words)
    return f"& {command}" if command.startswith('"') else command


def _below_here(place: str) -> bool:
    try:
        return os.path.commonpath([os.path.abspath(place), os.getcwd()]) == os.getcwd()
    except (OSError, ValueError):  # no folder any more, or another drive
        return False
