"""The program: `husrum`, and `python -m husrum_cli`."""

from __future__ import annotations

import atexit
import gc


def main() -> None:
    """The console script."""
    # A command is over before garbage weighs anything, and looking for it costs a tenth of one: only long imports get that far.
    gc.set_threshold(200_000)
    atexit.register(gc.freeze)  # nor is it looked for on the way out
    from . import cli

    cli.main()


if __name__ == "__main__":
    main()
