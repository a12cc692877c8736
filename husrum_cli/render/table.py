"""Tables of text without boxes, so that they can be copied. In a pipe they take the room they need; in a terminal they are fitted to its width.

What has no spaces (a date, a number, an e-mail address, a word) is never broken. To make room, in this order: empty columns are left out, headings are
folded and shortened, texts are folded at spaces, the gaps narrowed, and last the names folded. What still has no room next to the first columns is
put below them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from ..i18n import _
from .listing import IDENTIFIERS, NAME_KEYS, TEXT_KEYS, Listing, escape_controls, table_text, typed_value
from .terminal import GLUE, Screen, cell_width, fold_text

# Layouts to try in turn: whether texts and names are folded, the letters that a heading's word keeps, and the gap between columns.
_MEASURES = (
    (False, False, 12, 2),
    (False, False, 12, 1),
    (False, False, 8, 1),
    (False, False, 5, 1),
    (True, False, 12, 2),
    (True, False, 8, 1),
    (True, False, 5, 1),
    (True, True, 5, 1),
    (True, True, 4, 1),
    (True, True, 3, 1),
)
_INDENT = 4
_VOWELS = frozenset("aeiouyæøå")
_GAP = 2


class _Column(NamedTuple):
    """A column of a table. `right`: it holds numbers; `name`: it is folded last."""

    heading: str
    texts: Sequence[str]
    right: bool
    name: bool

    @property
    def natural(self) -> int:
        return max(map(cell_width, (self.heading, *self.texts)))

    def least(self, texts_folded: bool, names_folded: bool, letters: int) -> int:
        """Return the width that the column can't do without."""
        folded = not self.right and (names_folded if self.name else texts_folded)
        pieces = (word for text in self.texts for word in _words(text)) if folded else self.texts
        return max(min(letters, max(map(cell_width, self.heading.split()), default=0)), max(map(cell_width, pieces), default=0))


def _words(text: str) -> list[str]:
    """Return the words of a text, each as far to the right as the text begins."""
    if text[:1] != " ":
        return text.split(" ")
    words = text.split()
    return [" " * (len(text) - len(text.lstrip(" "))) + word for word in words]


def print_rows(
    out: Screen,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Collection[int] = (),
    bold: Collection[int] = (),
) -> None:
    """Print a table. `right`: the columns of numbers; `bold`: the rows that head others."""
    for line in table_lines(out, headings, rows, right, bold):
        print(line)


def listing_lines(listing: Listing, out: Screen) -> Iterator[str]:
    """Yield a list as the lines of a table that fits the screen, columns of numbers to the right."""
    if listing.title:
        yield from (out.styled_line(line, True) for line in fold_text(escape_controls(listing.title), out.width))
    if not listing.records:
        yield _("Nothing to show.")
        return
    keys = [key for key in listing.columns if key not in listing.data_only]
    numbers = {
        key for key in keys if all(isinstance(record.get(key), (int, float)) or record.get(key) is None for record in listing.records)
    }
    columns = [
        _Column(listing.columns[key], [_in_column(key, record.get(key)) for record in listing.records], key in numbers, key in NAME_KEYS)
        for key in keys
    ]
    if _natural_width(columns) > out.width:
        columns = [*_numbers_with_names(keys, columns)]
    yield from _lines(out, columns)


def _numbers_with_names(keys: Sequence[str], columns: Sequence[_Column]) -> Iterator[_Column]:
    """Yield the columns, but the number of a person and the name after it as one."""
    for number, (key, column) in enumerate(zip(keys, columns, strict=True)):
        if key in IDENTIFIERS and number + 1 < len(columns) and columns[number + 1].name:
            continue
        if column.name and number and keys[number - 1] in IDENTIFIERS:
            width = max(map(cell_width, columns[number - 1].texts))
            texts = [text.rjust(width, GLUE) + GLUE + name for text, name in zip(columns[number - 1].texts, column.texts, strict=True)]
            column = column._replace(texts=[text if text.strip(GLUE) else "" for text in texts])
        yield column


def _in_column(key: str, value: Any) -> str:
    if key in IDENTIFIERS and isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        if key in NAME_KEYS:  # a number stays with the name behind it
            return re.sub(r"^(\S*[0-9]) (?=\S)", rf"\1{GLUE}", escape_controls(value))
        if key in TEXT_KEYS:
            return table_text(value)
        if isinstance(cell := typed_value(key, value), str):  # so does a number with what it counts
            return re.sub(r"(?<!\S)([EG]?[0-9][0-9.,]*) (?=[^\W\d_])", rf"\1{GLUE}", table_text(cell))
        return table_text(cell)
    return table_text(value)


def table_lines(
    out: Screen,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Collection[int] = (),
    bold: Collection[int] = (),
) -> Iterator[str]:
    """Yield a table as lines. `right`: the columns of numbers; `bold`: the rows that head others."""
    texts = list(zip(*rows, strict=True)) if rows else [()] * len(headings)
    columns = [_Column(heading, texts[number], number in right, False) for number, heading in enumerate(headings)]
    yield from _lines(out, columns, bold)


def _natural_width(columns: Sequence[_Column]) -> int:
    return sum(column.natural for column in columns) + _GAP * (len(columns) - 1)


def _lines(out: Screen, columns: Sequence[_Column], bold: Collection[int] = ()) -> Iterator[str]:
    if _natural_width(columns) <= out.width:
        tiers = [(list(columns), [column.natural for column in columns], _GAP)]
    else:
        tiers = list(_tiers([column for column in columns if any(column.texts)], out.width))
    if any(column.heading.strip() for column in columns):
        for number, (fitted, widths, gap) in enumerate(tiers):
            if not any(column.heading for column in columns[1:]):
                widths = [out.width, *widths[1:]]
            titles = [_heading_lines(column.heading, width) for column, width in zip(fitted, widths, strict=True)]
            yield from (out.styled_line(line, True) for line in _side_by_side(titles, fitted, widths, gap, number))
    for place in range(max((len(column.texts) for column in columns), default=0)):
        if place in bold and not any(column.texts[place] for column in columns[1:]):
            yield from (out.styled_line(line, True) for line in fold_text(columns[0].texts[place], out.width))
            continue
        for number, (fitted, widths, gap) in enumerate(tiers):
            cells = [fold_text(column.texts[place], width) for column, width in zip(fitted, widths, strict=True)]
            if not number or any(cells):
                yield from (out.styled_line(line, place in bold) for line in _side_by_side(cells, fitted, widths, gap, number))


def _tiers(columns: list[_Column], room: int) -> Iterator[tuple[list[_Column], list[int], int]]:
    """Yield the columns that fit next to each other, with their widths and the gap between them: all of them, or as many as possible, and the rest below."""
    indent, first = 0, 0
    while first < len(columns):
        for end in range(len(columns), first, -1):
            fitted = columns[first:end]
            found = _fitted(fitted, room - indent)
            if found or end == first + 1:
                yield (fitted, *(found or ([min(columns[first].natural, room - indent)], 1)))
                break
        first, indent = end, _INDENT


def _fitted(columns: Sequence[_Column], room: int) -> tuple[list[int], int] | None:
    """Return widths that fit the room, and the gap between them; None if nothing does."""
    for texts_folded, names_folded, letters, gap in _MEASURES:
        least = [column.least(texts_folded, names_folded, letters) for column in columns]
        free = room - gap * (len(columns) - 1)
        if sum(least) <= free:
            return _narrowed([column.natural for column in columns], least, free), gap
    return None


def _narrowed(widths: list[int], least: Sequence[int], room: int) -> list[int]:
    """Narrow the widest column of those that can be, until all fit."""
    while sum(widths) > room:
        widest = max((number for number in range(len(widths)) if widths[number] > least[number]), key=widths.__getitem__)
        widths[widest] -= 1
    return widths


def _heading_lines(heading: str, width: int) -> list[str]:
    """Return a heading over several lines. A word that is too long is abbreviated."""
    return fold_text(" ".join(word if cell_width(word) <= width else _abbreviated(word, width) for word in heading.split()), width)


def _abbreviated(word: str, width: int) -> str:
    """Cut a word to a width, with a point: before a vowel, as Danes and English people abbreviate (`Delt.` for Deltagere), if three letters stay."""
    most = max(width - 1, 1)
    natural = (end for end in range(most, 2, -1) if word[end - 1].casefold() not in _VOWELS and word[end].casefold() in _VOWELS)
    return word[: next(natural, most)] + "." * (width > 1)


def _side_by_side(cells: Sequence[Sequence[str]], columns: Sequence[_Column], widths: Sequence[int], gap: int, tier: int) -> Iterator[str]:
    """Yield a row's cells, which may have several lines each. What is below the first columns is indented."""
    for line in range(max(1, *map(len, cells))):
        parts = []
        for texts, column, width in zip(cells, columns, widths, strict=True):
            text = texts[line] if line < len(texts) else ""
            free = " " * (width - cell_width(text))
            parts.append(free + text if column.right else text + free)
        yield " " * (_INDENT * (tier > 0)) + (" " * gap).join(parts).replace(GLUE, " ").rstrip()


@contextmanager
def progress_bar(what: str) -> Iterator[Any]:
    """Show a bar on stderr. Yields a function of how much is done, how much there is, and of what."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total, what: progress.update(task, completed=done, total=total, description=what)
