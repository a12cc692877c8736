"""A question that one key answers."""

from __future__ import annotations

import sys

from prompt_toolkit import PromptSession
from prompt_toolkit.history import DummyHistory
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import create_output

from ...render.listing import escape_controls


def confirm_by_key(question: str) -> bool:
    """Ask at a terminal: y or j is yes, any other key no."""
    keys = KeyBindings()

    @keys.add(Keys.Any)
    @keys.add("enter")
    @keys.add("escape", eager=True)
    def _answered(event: KeyPressEvent) -> None:
        yes = event.data.casefold() in ("y", "j")
        if event.data.isprintable():
            event.current_buffer.insert_text(event.data)
        event.app.exit(result="y" if yes else "n")

    output = create_output(sys.stderr)
    if hasattr(output, "enable_cpr"):
        output.enable_cpr = False
    session: PromptSession[str] = PromptSession(key_bindings=keys, input=create_input(sys.stdin), output=output, history=DummyHistory())
    return session.prompt(f"{escape_controls(question)}: ") == "y"
