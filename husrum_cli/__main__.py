"""The program: `husrum`, and `python -m husrum_cli`."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from types import FrameType

from .errors import Signalled


def main() -> None:
    """The console script. Being interrupted, told to end, or losing the terminal ends it in order: what was begun is taken back first."""
    # Where the caller closed them, the next file that is opened would get their number, and what is printed.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115
    # Before anything else is loaded, so that it holds from the first moment.
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, _end)
    # A command is over before garbage weighs anything, and looking for it costs a tenth of one: only long imports get that far.
    gc.set_threshold(200_000)
    atexit.register(gc.freeze)  # nor is it looked for on the way out
    from . import cli

    cli.main()


def _end(number: int, _frame: FrameType | None) -> None:
    Signalled.status = 128 + number
    raise SystemExit(Signalled.status)


if __name__ == "__main__":
    main()
