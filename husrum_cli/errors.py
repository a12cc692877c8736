"""The errors users see, each with its exit status. A message is one sentence: what was wrong, with which value, what to do.

A message never repeats confidential data: no health answer, note, contact or CPR number.
"""

from __future__ import annotations

INTERRUPTED = 130
"""The exit status when the user interrupts a command (Ctrl-C)."""


class Termination:
    """The exit status after a termination signal. If the exception is raised inside a callback of SQLite, SQLite reports it as an error of its own."""

    status: int | None = None


class CommitState:
    """Whether this run has written something for good. An error that comes afterwards must not say that nothing was."""

    done = False


class FormInterrupted(Exception):
    """The user interrupted a form. The message that says what became of the answers is shown already."""


class HusrumError(Exception):
    """An error shown to the user. `field` names the option or column it is about, if there is one."""

    exit_status = 1

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class WrongInput(HusrumError):
    """Invalid input, whatever is in the file."""

    exit_status = 2


class UnknownCode(WrongInput):
    """A word that is none of the codes. `brief`: the message without the choices, where these are on the screen. `nearest`: what was most likely meant."""

    def __init__(self, message: str, field: str, brief: str, nearest: str = "") -> None:
        super().__init__(message, field)
        self.brief, self.nearest = brief, nearest


class UnusableFile(HusrumError):
    """The file can't be used, or the target can't be written."""

    exit_status = 3


class DamagedFile(UnusableFile):
    """The file can't be read as a husrum file; a backup can be restored in its place."""


class NotFound(HusrumError):
    """Nothing matches what was typed, or more than one thing does. `candidates` are the matches."""

    exit_status = 4

    def __init__(self, message: str, field: str | None = None, candidates: list[tuple[str, str]] | None = None) -> None:
        super().__init__(message, field)
        self.candidates = candidates or []


class Refused(HusrumError):
    """Valid input that conflicts with existing data or with today's date."""

    exit_status = 5
