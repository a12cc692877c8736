"""The pieces that chapters of a report are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...records import FigureLine, SpreadLine, YearRecord
from ...records.report import Cell, Chart, Paragraph, Series, TextRun
from ...render.phrases import number_text
from ...vocabulary import SILENT


def line_of(record: YearRecord, key: str) -> FigureLine:
    """Return a figure of a year."""
    return next(line for line in record.figures if line.key == key)


def known_answers(spread: SpreadLine) -> Iterator[tuple[str, str, Any]]:
    """Yield (code, label, number) of what anybody answered."""
    for code, (text, number) in spread.numbers.items():
        if number:
            yield code, text, number


def value_of(number: Any) -> float | None:
    """Return the number to draw; None if outsiders may not see it."""
    value = number["value"] if isinstance(number, dict) else number
    return None if value is None else float(value)


def cell(number: Any, key: str, of: str = "") -> Cell:
    """Return a number in a table."""
    return Cell(number_text(number), key, of)


def text_paragraph(words: str) -> Paragraph:
    """Return a paragraph of one run, without numbers in it."""
    return Paragraph((TextRun(words),))


def note_paragraph(words: str) -> Paragraph:
    """Return a remark about the numbers."""
    return Paragraph((TextRun(words),), "note")


def heading(words: str) -> Paragraph:
    """Return a heading within a chapter."""
    return Paragraph((TextRun(words),), "heading1")


def subheading(words: str) -> Paragraph:
    """Return a heading below a heading."""
    return Paragraph((TextRun(words),), "heading2")


def bar_chart(name: str, caption: str, numbers: Sequence[tuple[str, Any]]) -> Chart:
    """Return a bar for each of these (label, number)."""
    texts = tuple(number_text(number) for _label, number in numbers)
    values_text = ", ".join(f"{label} {shown}" for (label, _number), shown in zip(numbers, texts, strict=True))
    series = Series(caption, tuple(value_of(number) for _label, number in numbers), texts)
    return Chart(name, "bars", caption, f"{caption}: {values_text}.", tuple(label for label, _number in numbers), (series,))


# More bars than this nobody reads; the table has them all.
_MOST_BARS = 10


def distribution_chart(spread: SpreadLine, caption: str) -> Chart | None:
    """Return a distribution as a chart of those who answered, the most frequent first; None if no number of it is shown."""
    answers = [(words, number) for code, words, number in known_answers(spread) if code not in SILENT]
    if not any(value_of(number) for _words, number in answers):
        return None
    return bar_chart(spread.key, caption, sorted(answers, key=lambda each: -(value_of(each[1]) or 0))[:_MOST_BARS])


def panel_chart(name: str, caption: str, years: Sequence[YearRecord], keys: Sequence[str]) -> Chart:
    """Return a small picture for each figure, over the years."""
    series = []
    for key in keys:
        lines = [line_of(year, key) for year in years]
        texts = tuple(number_text(line.fields) for line in lines)
        series.append(Series(lines[-1].label, tuple(value_of(line.fields) for line in lines), texts))
    names = tuple(str(year.year) for year in years)
    values_text = (
        f"{each.label} " + ", ".join(f"{year}: {shown}" for year, shown in zip(names, each.texts, strict=True)) for each in series
    )
    return Chart(name, "panels", caption, f"{caption}. {'; '.join(values_text)}.", names, tuple(series))
