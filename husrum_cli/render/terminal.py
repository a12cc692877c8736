"""Standard output as it is written to: a terminal of some width, or a pipe that takes lines of any length. What people typed is text, never markup."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from typing import NamedTuple

from ..i18n import _
from ..platforms import system
from ..platforms.streams import leave_pipe

_UNBOUNDED = 10_000
GLUE = "\N{NO-BREAK SPACE}"
"""Holds words together, such as a number and its name, when the text around them is folded; printed as a space."""
PIPED_WIDTH = 80
"""Columns of what would fill a terminal, if it is written to none."""
_BOLD, _ALERT, _PLAIN = "\x1b[1m", "\x1b[1;35m", "\x1b[0m"
# A long date, and a number in brackets with its word: (2 days).
_HELD = re.compile(r"\b[0-9]{1,2}\.? [^\W\d_]+ [0-9]{4}\b|\([0-9]+ [^\W\d_]+\)")
_GLUED = re.compile(_HELD.pattern.replace(" ", GLUE))
# Characters that, if printable, take one column each: letters before the combining ones, dashes and quotes, lines and blocks.
_NARROW = "[\\0-\u02ff\u2010-\u2027\u2030-\u205e\u2500-\u25a1]*"


class Screen(NamedTuple):
    """The output of lines. `width`: columns; `is_terminal`: somebody looks at it; `styled`: it shows bold type."""

    width: int
    is_terminal: bool
    styled: bool

    def print(self, text: str = "", bold: bool = False) -> None:
        """Print a paragraph, folded at spaces to the width. No-break spaces hold words together, and are printed as spaces."""
        for line in fold_text(text, self.width) or [""]:
            print(self.styled_line(line.replace(GLUE, " "), bold))

    def styled_line(self, line: str, bold: bool) -> str:
        """Return the line without spaces at its end, in bold type if there is any."""
        line = line.rstrip()
        return f"{_BOLD}{line}{_PLAIN}" if bold and line and self.styled else line

    def alert_line(self, line: str) -> str:
        """Return the line in bold type, with its sign, `!`, in the colour of what must not be forgotten: no colour is easy to read on every ground."""
        before, sign, after = line.rstrip().partition("!")
        return f"{_BOLD}{before}{_ALERT}{sign}{_PLAIN}{_BOLD}{after}{_PLAIN}" if self.styled else before + sign + after


def screen() -> Screen:
    """Return the screen that standard output is. `COLUMNS` sets the width of a terminal."""
    if not sys.stdout.isatty():
        return Screen(_UNBOUNDED, False, False)
    plain = (
        bool(os.environ.get("NO_COLOR"))
        or os.environ.get("TERM") in ("dumb", "unknown")
        or system.NAME == system.WINDOWS
        and "WT_SESSION" not in os.environ
    )
    return Screen(terminal_size().columns, True, not plain)


def terminal_size() -> os.terminal_size:
    """Return how many columns and lines the terminal has."""
    import shutil  # takes longer to load than this module, and what is written into a pipe needs none of it

    return shutil.get_terminal_size()


def print_lines(lines: Iterable[str], out: Screen, paged: bool = True) -> None:
    """Print lines; through `$PAGER` those that a terminal has no room for."""
    if isinstance(sys.stdout, _PagedOutput) or not (out.is_terminal and paged and sys.stdin.isatty() and os.environ.get("TERM") != "dumb"):
        for line in lines:
            print(line)
        return
    shown = list(lines)
    command = _pager()
    if len(shown) < terminal_size().lines or not command or not _paged("".join(f"{line}\n" for line in shown), command):
        for line in shown:
            print(line)


class _PagedOutput(io.StringIO):
    """Output for a terminal, collected until it is complete."""

    def isatty(self) -> bool:
        """Return True, so that it is written as a terminal's."""
        return True


@contextmanager
def one_page() -> Iterator[None]:
    """Collect what is printed and show it when the block ends, through `$PAGER` if the terminal has no room for it."""
    out = screen()
    if not out.is_terminal or isinstance(sys.stdout, _PagedOutput):
        yield
        return
    page = _PagedOutput()
    try:
        with redirect_stdout(page):
            yield
    finally:
        print_lines(page.getvalue().splitlines(), out)


def _pager_settings() -> dict[str, str]:
    """Return settings of `less`, unless the user has their own: a last line that says how to leave; and its own guess of the character set garbles
    Danish letters where the locale is not installed."""
    keys = re.sub("[?:.%]", r"\\\g<0>", _("Space: on   b: back   q: close"))
    return {"LESS": f"FRXPs{keys}$", "LESSCHARSET": "utf-8"}


def _pager() -> list[str]:
    """Return the command that shows a text by the page: `$PAGER`, else `less`. Windows' own would garble Danish letters, and `more` asks in English."""
    import shlex
    import shutil

    windows = system.NAME == system.WINDOWS
    less = None if windows else shutil.which("less")
    return shlex.split(os.environ.get("PAGER", ""), posix=not windows) or ([less] if less else [])


def _paged(text: str, command: Sequence[str]) -> bool:
    """Whether a pager has shown a text. Ctrl-C is for the pager."""
    import subprocess

    sys.stdout.flush()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        subprocess.run(command, input=text, encoding="utf-8", env=_pager_settings() | os.environ, check=False)
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def print_message(text: str) -> None:
    """Print a message on stderr; at a terminal folded at spaces. A date, a number with its name, and a command, to be copied, stay in one piece."""
    if not sys.stderr.isatty():
        try:
            print(text, file=sys.stderr, flush=True)
        except OSError:  # a message that nobody can be given changes nothing of what was done
            leave_pipe(sys.stderr)
        return
    whole = re.sub(r"\bhusrum(?: (?!husrum\b)\S+?)+?(?:[.;](?= )|$)", lambda command: command[0].replace(" ", GLUE), text)
    whole = re.sub(r"(?<!\S)([EG]?[0-9]+) (?=[^\W\d_])", rf"\1{GLUE}", whole)
    for line in fold_text(whole, terminal_size().columns) or [""]:
        print(line.replace(GLUE, " "), file=sys.stderr)


def cell_width(text: str) -> int:
    """Return how many columns a text takes."""
    if text.isascii() or re.fullmatch(_NARROW, text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def fold_text(text: str, width: int) -> list[str]:
    """Fold a text at spaces to a width. A longer word gets lines of its own; no-break spaces hold words together, and a date or `(2 days)` holds by itself."""
    if cell_width(text) <= width:
        return [text] if text else []
    if text[0] == " " and (indent := len(text) - len(text.lstrip(" "))) < width:
        return [" " * indent + line for line in fold_text(text[indent:], width - indent)]
    if _HELD.search(text):
        whole = _HELD.sub(lambda held: held[0].replace(" ", GLUE) if len(held[0]) <= width else held[0], text)
        return [_GLUED.sub(lambda held: held[0].replace(GLUE, " "), line) for line in _fold(whole, width)]
    return _fold(text, width)


def _fold(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if line and cell_width(joined) > width:
            lines.append(line)
            line = word
        else:
            line = joined
        while cell_width(line) > width:
            piece = _prefix(line, width)
            lines.append(piece)
            line = line[len(piece) :]
    return [*lines, line] if line else lines


def _prefix(text: str, width: int) -> str:
    """Return the longest beginning that fits the width; never empty."""
    length = 1
    while length < len(text) and cell_width(text[: length + 1]) <= width:
        length += 1
    return text[:length]
