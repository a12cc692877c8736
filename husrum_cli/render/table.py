"""Tables in the terminal. Piped, they are neither cut nor coloured."""

from __future__ import annotations

import sys
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from ..i18n import _
from .listing import Listing, harmless, shown

_WIDE = 10_000
_GAP = 2
# Where not all fits, columns of short texts (dates, numbers, codes) stay whole, if the others keep so much.
_FOLDED = 8
_SHORT = ((12, 12), (10, 6))  # how long a text is short, and how much of a heading's word stays whole: at best, and to keep dates


class _Terminal(Console):
    def on_broken_pipe(self) -> None:
        """A reader who has seen enough is no error, as Rich would have it: whoever started this knows what to do."""
        raise BrokenPipeError


def console() -> Console:
    """The terminal, or a pipe that takes lines of any length. What people typed is text, never markup."""
    width = None if sys.stdout.isatty() else _WIDE
    return _Terminal(markup=False, emoji=False, highlight=False, width=width, soft_wrap=False)


class Lines:
    """Texts below each other in one cell. Those that fit are drawn as they stand; Rich's own `Text` looks long at each, and is left to fold the others."""

    def __init__(self, texts: Sequence[str], bold: Container[int] = ()) -> None:
        self.texts = texts
        self.bold = bold

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(1, max(map(cell_len, self.texts)))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        bold = Style(bold=True)
        for number, text in enumerate(self.texts):
            free = options.max_width - cell_len(text)
            if free < 0:
                yield Text(text)
            else:
                yield Segment((" " * free if options.justify == "right" else "") + text + "\n", bold if number in self.bold else None)


def print_rows(
    out: Console, headings: Sequence[str], rows: Sequence[Sequence[str]], right: Container[int], bold: Container[int] = (), title: str = ""
) -> None:
    """A table without a box, so that it can be copied. `right`: the columns of numbers; `bold`: the rows that head others."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(cell_len, (heading, *texts))) for heading, texts in zip(headings, columns, strict=True)]
    fits = sum(widths) + _GAP * (len(widths) - 1) <= out.width
    if title:  # a table would fold it to its own width
        out.print(Text(harmless(title), style="bold"))
    table = Table(
        show_header=any(heading.strip() for heading in headings),
        header_style="bold",
        box=None,
        padding=(0, _GAP, 0, 0),
        pad_edge=False,
    )
    fixed = widths if fits else _unfolded(headings, columns, out.width)
    for number, heading in enumerate(headings):
        justify: Literal["left", "right"] = "right" if number in right else "left"
        table.add_column(Text(heading), justify=justify, overflow="fold", width=fixed[number])
    if fits:
        # Nothing is to be folded, so rows need not wait for each other: a column is drawn in one piece, and a long table in a tenth of the time.
        table.add_row(*(Lines(texts, bold) for texts in columns))
    else:
        for number, row in enumerate(rows):
            table.add_row(*(Lines([text]) for text in row), style="bold" if number in bold else "")
    if out.is_terminal:
        out.print(table)
        return
    with out.capture() as captured:
        out.print(table)
    for line in captured.get().splitlines():
        print(line.rstrip())


def _unfolded(headings: Sequence[str], columns: Sequence[Sequence[str]], room: int) -> list[int | None]:
    """The widths of the columns of short texts, if they leave room for the others; None for what is folded. Headings are folded before dates are."""
    for longest, heading_part in _SHORT:
        words = [min(heading_part, max(map(cell_len, heading.split()), default=0)) for heading in headings]
        widths = [max(word, *map(cell_len, texts)) for word, texts in zip(words, columns, strict=True)]
        kept = [width if width <= longest else None for width in widths]
        if sum(_FOLDED if width is None else width for width in kept) + _GAP * (len(kept) - 1) <= room:
            return kept
    return [None] * len(headings)


def print_table(listing: Listing) -> None:
    """A list as a table, columns of numbers to the right."""
    keys = [key for key in listing.columns if key not in listing.data_only]
    if not listing.records:
        print(_("Nothing to show."))
        return
    rows = [[_shown(key, record.get(key)) for key in keys] for record in listing.records]
    right = {
        number
        for number, key in enumerate(keys)
        if all(isinstance(record.get(key), (int, float)) or record.get(key) is None for record in listing.records)
    }
    print_rows(console(), [listing.columns[key] for key in keys], rows, right, title=listing.title)


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
