"""The program: `husrum`, and `python -m husrum_cli`."""

from __future__ import annotations

import atexit
import gc
from types import FrameType

from .errors import Termination
from .platforms.ending import HANG_UP, ignore_hang_up, on_termination
from .platforms.streams import open_closed_streams


def main() -> None:
    """Run the console script. An interrupt, a termination signal or the loss of the terminal rolls back first and then exits."""
    open_closed_streams()
    # Before anything else is loaded, so that it holds from the first moment.
    on_termination(_end)
    # A command is over before garbage weighs anything, and looking for it costs a tenth of one: only long imports get that far.
    gc.set_threshold(200_000)
    atexit.register(gc.freeze)  # nor is it looked for on the way out
    from . import cli

    cli.main()


def _end(number: int, _frame: FrameType | None) -> None:
    if number == HANG_UP:
        ignore_hang_up()
    Termination.status = 128 + number
    raise SystemExit(Termination.status)


if __name__ == "__main__":
    main()
