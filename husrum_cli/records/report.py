"""Records of the STATUS report: its chapters and their content."""

from __future__ import annotations

from typing import NamedTuple


class TextRun(NamedTuple):
    """A piece of running text. `key`: the figure that it is the value of; `link`: where it leads."""

    text: str
    key: str = ""
    bold: bool = False
    italic: bool = False
    link: str = ""


class Paragraph(NamedTuple):
    """Running text. `kind`: text, note (small, about the numbers), code (as it was typed), or a heading within the chapter: heading1, heading2."""

    runs: tuple[TextRun, ...]
    kind: str = "text"


class Quote(NamedTuple):
    """A quote."""

    blocks: tuple[Block, ...]


class Bullets(NamedTuple):
    """A list. `first`: the number it begins with, if it is numbered."""

    items: tuple[tuple[Block, ...], ...]
    first: int | None = None


class KeyFigures(NamedTuple):
    """The key figures: (label, number) each."""

    figures: tuple[tuple[str, tuple[TextRun, ...]], ...]


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
    """A picture of numbers. `alt` says them all. `kind`: lanes (a row of columns each series, on one scale), bars (one series, lying), or panels
    (a small picture each series, on a scale of its own).
    """

    name: str
    kind: str
    caption: str
    alt: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


class Picture(NamedTuple):
    """A photo or drawing, checked and made safe already. `media_type`: image/png, image/jpeg or image/svg+xml; `alt`: empty for mere decoration."""

    name: str
    media_type: str
    data: bytes
    alt: str
    caption: str = ""


class SideBySide(NamedTuple):
    """Text with a chart or a picture next to it, if the page is wide enough; else below it."""

    blocks: tuple[Block, ...]
    figure: Chart | Picture


Block = Paragraph | Quote | Bullets | KeyFigures | ReportTable | Chart | Picture | SideBySide


class Chapter(NamedTuple):
    """A chapter of the report. `appendix`: it only repeats in tables what the chapters say; appendices come last."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    appendix: bool = False


class Cover(NamedTuple):
    """The content of the first page besides the title. `blocks`: a few lines, such as the purpose."""

    logo: Picture | None = None
    picture: Picture | None = None
    blocks: tuple[Block, ...] = ()


class Report(NamedTuple):
    """A year's report. `date`: the day that is embedded in files; `notices`: the box of a draft, above everything; `remarks`: what a reader
    should know of all its numbers, in small print at the end of the text.
    """

    title: str
    subtitle: str
    language: str
    date: str
    notices: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    contents: str
    cover: Cover = Cover()
    remarks: tuple[str, ...] = ()
