"""Tables in the terminal. Piped, they are neither cut nor coloured."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..locale import _
from .listing import Listing, shown

_WIDE = 10_000


def console() -> Console:
    """The terminal, or a pipe that takes lines of any length. What people typed is text, never markup."""
    width = None if sys.stdout.isatty() else _WIDE
    return Console(markup=False, emoji=False, highlight=False, width=width, soft_wrap=False)


def print_table(listing: Listing) -> None:
    """A list as a table, columns of numbers to the right."""
    keys = [key for key in listing.columns if key not in listing.data_only]
    if not listing.records:
        print(_("Nothing to show."))
        return
    table = new_table(listing.title)
    table.show_header = any(listing.columns[key].strip() for key in keys)
    for key in keys:
        numbers = all(isinstance(record.get(key), (int, float)) or record.get(key) is None for record in listing.records)
        table.add_column(Text(listing.columns[key]), justify="right" if numbers else "left", overflow="fold")
    for record in listing.records:
        table.add_row(
            *(
                Text(shown(record.get(key)) if not isinstance(record.get(key), int) or key not in IDENTIFIERS else str(record[key]))
                for key in keys
            )
        )
    console().print(table)


# Numbers that name something, and so have no thousands separator.
IDENTIFIERS = frozenset({"person", "volunteer", "number", "year"})


def new_table(title: str = "") -> Table:
    """A table without a box, so that it can be copied."""
    return Table(
        title=Text(title, style="bold") if title else None,
        title_justify="left",
        box=None,
        header_style="bold",
        padding=(0, 2, 0, 0),
        pad_edge=False,
    )


@contextmanager
def progress_bar(what: str) -> Iterator[Any]:
    """A bar on stderr, for what takes longer than a second: called with what is done and the whole."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn(what), BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as progress:
        task = progress.add_task(what)
        yield lambda done, total: progress.update(task, completed=done, total=total)
