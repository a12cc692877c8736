"""Questions at the terminal, one a line, on stderr."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable

from ..errors import HusrumError, WrongInput
from ..i18n import _
from ..input.numbers import read_yes


def ask(question: str) -> str:
    """Ask one question on stderr. It is folded at spaces, and answered on its last line."""
    from ..render.listing import harmless
    from ..render.terminal import fold_text

    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else sys.maxsize
    folded = "\n".join(fold_text(with_colon(harmless(question)), width))
    print(f"{folded} ", end="", file=sys.stderr, flush=True)
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        raise WrongInput(_("What was typed can't be read: it is not UTF-8.")) from None
    if not line:
        raise EOFError
    return line.strip()


def with_colon(question: str) -> str:
    """Return a question as it is put: `Born:`, `How did they find HUSRUM?`."""
    return question if question.endswith(("?", ">")) else f"{question}:"


def prompt(word: str, help: str | None) -> str:
    """Return the question for a value: `Start (the first meeting)`. help: of its option; what follows a semicolon is about the option."""
    hint = _(help).partition(";")[0].rstrip(".") if help else ""
    if not hint[1:2].isupper():
        hint = hint[:1].lower() + hint[1:]
    return word[:1].upper() + word[1:] + (f" ({hint})" if hint else "")


def ask_until_read(question: str, read: Callable[[str], object] | None) -> str:
    """Ask a question until the answer can be read, or is empty."""
    from ..input.text import without_cpr
    from ..render.listing import harmless

    while answer := ask(question):
        try:
            if read:
                read(answer)
        except HusrumError as error:
            print(harmless(without_cpr(error.message)), file=sys.stderr)
        else:
            break
    return answer


def ask_yes(question: str, field: str) -> bool:
    """Ask a question until the answer is a yes or a no; Enter alone is a no."""
    return read_yes(ask_until_read(question, lambda text: read_yes(text, field)), field)
