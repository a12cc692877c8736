"""Plain records that the domain gives and the output shows; neither needs to know the other."""

from __future__ import annotations

from typing import Any, NamedTuple

Fields = dict[str, Any]


class FigureLine(NamedTuple):
    """A figure and what is read for it. `section`: the table it stands in, if any. `fields` is its object in JSON; `columns` each branch's own value, where there are several."""

    key: str
    label: str
    section: str
    fields: Fields
    columns: tuple[Any, ...] = ()


class SpreadLine(NamedTuple):
    """A distribution: answer -> (label, number), or for programmes (label, numbers)."""

    key: str
    label: str
    section: str
    numbers: dict[str, tuple[str, Any]]
    now: dict[str, Any] | None = None  # in a closed year, where it would be another now


class ChangeLine(NamedTuple):
    """A row through which a closed year's figures would be others now. `figures`: the labels of those it changes, by key."""

    added: bool
    person: int | None
    name: str | None
    date: str
    what: str
    amount: int | None
    figures: dict[str, str]


class YearRecord(NamedTuple):
    """Everything `stats year` shows. `missing`: branches that have sent nothing of the year; `unlinked`: branches whose people may stand in others too.

    `threshold`: outsiders may see it, with numbers of people below this hidden and the others rounded; 0: it is exact.
    """

    year: int
    branches: tuple[str, ...]
    closed: bool
    figures: tuple[FigureLine, ...]
    spreads: tuple[SpreadLine, ...]
    missing: tuple[str, ...] = ()
    unlinked: tuple[str, ...] = ()
    threshold: int = 0
    closed_at: str | None = None
    changes: tuple[ChangeLine, ...] = ()

    @property
    def sections(self) -> tuple[str, ...]:
        """The tables of the year: scope, volunteers, the young people of the year, the young people at the interview."""
        return tuple(dict.fromkeys(line.section for line in self.figures if line.section))


class SheetColumn(NamedTuple):
    """A column of a sheet: its width in characters, and what its numbers are. `kind`: text, number, percent (a fraction), or kroner."""

    heading: str
    width: int
    kind: str = "text"


class Sheet(NamedTuple):
    """A table of an export. An empty cell is None."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: list[tuple[Any, ...]]


class TrendRecord(NamedTuple):
    """Years side by side, and the day of each branch's last record."""

    branches: tuple[str, ...]
    years: tuple[YearRecord, ...]
    last_records: dict[str, str | None]


class Candidate(NamedTuple):
    """Somebody who may have come, as the list to tick off shows them: the number and what they are called, nothing else.

    `words`: what finds them, folded, their full name in order. `volunteer`: they would count as one there. `hidden`: only shown where they are typed.
    """

    id: int
    number: int
    called: str
    words: tuple[str, ...]
    volunteer: bool = False
    ticked: bool = False
    hidden: bool = False


class Ticked(NamedTuple):
    """Who was ticked off: ids, full names of those who are new, and how many more there were."""

    ids: tuple[int, ...]
    newcomers: tuple[str, ...]
    unnamed: int


class Run(NamedTuple):
    """A piece of running text. `key`: the figure that it is the value of; `link`: where it leads."""

    text: str
    key: str = ""
    bold: bool = False
    italic: bool = False
    link: str = ""


class Paragraph(NamedTuple):
    """Running text. `kind`: text, note (small, about the numbers), code (as it was typed), or a heading within the chapter: heading1, heading2."""

    runs: tuple[Run, ...]
    kind: str = "text"


class Quote(NamedTuple):
    """What somebody said."""

    blocks: tuple[Block, ...]


class Bullets(NamedTuple):
    """A list. `first`: the number it begins with, where it is numbered."""

    items: tuple[tuple[Block, ...], ...]
    first: int | None = None


class KeyFigures(NamedTuple):
    """The numbers that stand out: (key, label, text) each."""

    figures: tuple[tuple[str, str, str], ...]


class Cell(NamedTuple):
    """A cell of a report's table. `key`: the figure that it is the value of; `of`: of which other year, city or grant than the report's own."""

    text: str
    key: str = ""
    of: str = ""


class ReportTable(NamedTuple):
    """A table: the first cell of each row is its heading; the others are numbers, but for the columns in `texts`. `total`: the last row is one."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    texts: frozenset[int] = frozenset()
    total: bool = False


class Series(NamedTuple):
    """Numbers that are drawn alike. Of what outsiders may not see, the number is None and the text says so."""

    label: str
    numbers: tuple[float | None, ...]
    texts: tuple[str, ...]


class Chart(NamedTuple):
    """A picture of numbers. `alt` says them all. `kind`: stacked (a column each category, a colour each series), bars (one series, lying), or panels
    (a small picture each series, a column each category).
    """

    name: str
    kind: str
    caption: str
    alt: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


Block = Paragraph | Quote | Bullets | KeyFigures | ReportTable | Chart


class Chapter(NamedTuple):
    """A chapter of the report."""

    name: str
    title: str
    blocks: tuple[Block, ...]


class Report(NamedTuple):
    """A year's report. `date`: the day that is embedded in files; `notices`: what a reader must know of all its numbers."""

    title: str
    subtitle: str
    language: str
    date: str
    notices: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    contents: str
