"""Tables in the terminal. Piped, they are neither cut nor coloured."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from ..locale import _
from .listing import Listing, shown

_WIDE = 10_000


def console() -> Console:
    """The terminal, or a pipe that takes lines of any length. What people typed is text, never markup."""
    width = None if sys.stdout.isatty() else _WIDE
    return Console(markup=False, emoji=False, highlight=False, width=width, soft_wrap=False)


class Cell:
    """A text in a table, `gap` columns away from the cell to its left. One that fits is drawn as it stands: most do, and Rich looks long at each `Text`."""

    __slots__ = ("text", "gap", "width")

    def __init__(self, text: str, gap: int) -> None:
        self.text = text
        self.gap = gap
        self.width = cell_len(text) + gap

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(self.gap + 1, self.width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        free = options.max_width - self.width
        if free < 0:
            yield Padding(Text(self.text), (0, 0, 0, self.gap))
        else:
            yield Segment(" " * (self.gap + (free if options.justify == "right" else 0)) + self.text)


def row_of(*texts: str) -> list[Cell]:
    """The cells of a row."""
    return [Cell(text, 2 if number else 0) for number, text in enumerate(texts)]


def new_table(*headings: str, title: str = "") -> Table:
    """A table without a box, so that it can be copied."""
    table = Table(
        title=Text(title, style="bold") if title else None,
        title_justify="left",
        box=None,
        header_style="bold",
        padding=0,
    )
    for heading in row_of(*headings):
        table.add_column(heading, overflow="fold")
    return table


def print_table(listing: Listing) -> None:
    """A list as a table, columns of numbers to the right."""
    keys = [key for key in listing.columns if key not in listing.data_only]
    if not listing.records:
        print(_("Nothing to show."))
        return
    table = new_table(*(listing.columns[key] for key in keys), title=listing.title)
    table.show_header = any(listing.columns[key].strip() for key in keys)
    for key, column in zip(keys, table.columns, strict=True):
        if all(isinstance(record.get(key), (int, float)) or record.get(key) is None for record in listing.records):
            column.justify = "right"
    for record in listing.records:
        table.add_row(*row_of(*(_shown(key, record.get(key)) for key in keys)))
    console().print(table)


# Numbers that name something, and so have no thousands separator.
_IDENTIFIERS = frozenset({"person", "volunteer", "number", "year"})


def _shown(key: str, value: Any) -> str:
    return str(value) if isinstance(value, int) and key in _IDENTIFIERS else shown(value)


@contextmanager
def progress_bar(what: str) -> Iterator[Any]:
    """A bar on stderr, for what takes longer than a second: called with what is done and the whole."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn(what), BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as progress:
        task = progress.add_task(what)
        yield lambda done, total: progress.update(task, completed=done, total=total)
