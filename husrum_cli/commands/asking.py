"""Asking for what was not typed on the command line, one question a line, until it can be read."""

from __future__ import annotations

from ..errors import WrongInput
from ..locale import _
from ..rows.columns import Values, read_typed
from .parameters import ask
from .session import say


def asked(kind: str, column: str, question: str, choices: str = "") -> Values:
    """The value of a column; several separated by commas. Enter leaves it out."""
    while True:
        text = ask(f"{question} ({f'{choices}; ' if choices else ''}{_('Enter: not recorded')})")
        try:
            return read_typed(kind, **{column: [part for part in text.replace("|", ",").split(",") if part.strip()]})
        except WrongInput as error:
            say(error.message)
