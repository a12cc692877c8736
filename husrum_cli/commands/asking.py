"""Questions at the terminal, one a line, on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable

from ..errors import HusrumError, WrongInput
from ..i18n import _, field_word
from ..input.choices import fill_codes
from ..input.yes_no import read_yes
from .declarations import Parameter


def ask(question: str) -> str:
    """Ask one question on stderr. It is folded at spaces, and answered on its last line."""
    from ..render.listing import escape_controls
    from ..render.terminal import fold_text, terminal_size

    width = terminal_size().columns if sys.stderr.isatty() else sys.maxsize
    folded = "\n".join(fold_text(with_colon(escape_controls(question)), width))
    print(f"{folded} ", end="", file=sys.stderr, flush=True)
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        raise WrongInput(_("What was typed can't be read: it is not UTF-8.")) from None
    if not line:
        print(file=sys.stderr)  # no Enter has ended the question's line
        raise EOFError
    return line.strip()


def with_colon(question: str) -> str:
    """Return a question as it is put: `Born:`, `How did they find HUSRUM?`."""
    return question if question.endswith(("?", ">")) else f"{question}:"


def prompt(word: str, help: str | None) -> str:
    """Return the question for a value: `Start (the first meeting)`. help: of its option; what follows a semicolon is about the option."""
    hint = fill_codes(help).partition(";")[0].rstrip(".") if help else ""
    if not hint[1:2].isupper():
        hint = hint[:1].lower() + hint[1:]
    return word[:1].upper() + word[1:] + (f" ({hint})" if hint else "")


def ask_until_read(question: str, read: Callable[[str], object] | None) -> str:
    """Ask a question until the answer can be read, or is empty."""
    while answer := ask(question):
        try:
            if read:
                read(answer)
        except HusrumError as error:
            _remark(error)
        else:
            break
    return answer


def ask_for(missing: Parameter) -> str:
    """Ask for a required argument or option until the answer can be read. Return it, or an empty text if there was no answer."""
    return ask_until_read(_question(missing), missing.read)


def ask_again(wrong: Parameter, error: HusrumError) -> str:
    """Say why an answer can't be taken, and return another one, or an empty text if there was none."""
    _remark(error)
    return ask(_question(wrong))


def _question(parameter: Parameter) -> str:
    from .help.rendering import placeholder

    name = field_word(parameter.name.rstrip("_")) if parameter.word else placeholder(parameter.metavar).strip("[].").lower()
    return prompt(name, parameter.help)


def _remark(error: HusrumError) -> None:
    from ..input.text import without_cpr
    from ..render.listing import escape_controls
    from ..render.terminal import print_message

    print_message(escape_controls(without_cpr(error.message)))


def ask_yes(question: str) -> bool:
    """Ask a question until the answer is a yes or a no; Enter alone is a no."""
    return read_yes(ask_until_read(question, lambda text: read_yes(text, "answer")), "answer")
