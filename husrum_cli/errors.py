"""The errors users see, each with its exit status. A message is one sentence: what was wrong, with which value, what to do.

A message never repeats confidential data: no health answer, note, contact or CPR number.
"""

from __future__ import annotations

INTERRUPTED = 130
"""The exit status of what somebody broke off."""


class Signalled:
    """The exit status of a signal that asked this run to end. SQLite takes the exception that says so for an error of its own where it comes while it calls us."""

    status: int | None = None


class HusrumError(Exception):
    """An error shown to the user. `field` names the option or column it is about, where there is one."""

    exit_status = 1

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class WrongInput(HusrumError):
    """Wrong in itself, whatever the file holds."""

    exit_status = 2


class UnusableFile(HusrumError):
    """The file can't be used, or the target can't be written."""

    exit_status = 3


class DamagedFile(UnusableFile):
    """The file can't be read as a husrum file; a backup can be restored in its place."""


class NotFound(HusrumError):
    """Nobody and nothing fits what was typed, or more than one does. `candidates` are those that fit."""

    exit_status = 4

    def __init__(self, message: str, field: str | None = None, candidates: list[tuple[str, str]] | None = None) -> None:
        super().__init__(message, field)
        self.candidates = candidates or []


class Refused(HusrumError):
    """Well said, but against what is already held, or against today's date."""

    exit_status = 5
