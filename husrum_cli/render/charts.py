"""Charts: numbers laid out as bars, rules and words, which every kind of document draws in its own way."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..records.report import Chart, Series
from .listing import remove_controls

# Pixels, 96 to the inch: as wide as the text of an A4 page, as a chart next to a text, and as a phone.
WIDE, MIDDLE, NARROW = 640, 420, 340
# On white. The two kinds of bars differ by how dark they are, so that they do in grey print and for the colour-blind.
COLOURS = {"main": "#005b94", "earlier": "#6794bb", "rule": "#8a949c", "ink": "#1f2a33", "soft": "#4d5a65"}
_SIZE, _SMALL = 12.0, 10.5
_LINE = 1.25  # from one baseline to the next, in sizes of the letters
# Widths of letters in Helvetica, and in Arial and Liberation Sans, which are as wide: thousandths of the size, from the space to the tilde.
_LETTERS = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, *(556,) * 10, 278, 278, 584, 584, 584, 556),
    *(
        1015,
        667,
        667,
        722,
        722,
        667,
        611,
        778,
        722,
        278,
        500,
        667,
        556,
        833,
        722,
        778,
        667,
        778,
        722,
        667,
        611,
        722,
        667,
        944,
        667,
        667,
        611,
    ),
    *(278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278),
    *(556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
# Bold letters are as much wider.
_BOLD = 1.07
_OTHER_LETTERS = {"æ": 889, "Æ": 1000, "ø": 611, "Ø": 778, "–": 556, "’": 222, "\N{NO-BREAK SPACE}": 278}


class Bar(NamedTuple):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


class Words(NamedTuple):
    """A line of text. `y`: of its baseline; `anchor`: what of it is at `x`, in the words of SVG; `colour`: a name in `COLOURS`."""

    x: float
    y: float
    text: str
    size: float = _SIZE
    anchor: str = "start"
    colour: str = "ink"
    bold: bool = False

    @property
    def length(self) -> float:
        """Return how long the line is in Arial. SVG sets it as long in any other font, so that nothing is cut off or runs into its bar."""
        return text_width(self.text, self.size) * (_BOLD if self.bold else 1)


class Drawing(NamedTuple):
    """Shapes on a surface, in pixels."""

    width: float
    height: float
    shapes: tuple[Bar | Words, ...]


def lay_out(chart: Chart, width: int) -> Drawing:
    """Lay out a chart that is to be this wide."""
    return {"lanes": _lanes, "bars": _bars, "panels": _panels}[chart.kind](chart, width)


def letter_width(letter: str) -> float:
    """Return the width of a letter, in sizes of the letters."""
    plain = unicodedata.normalize("NFD", letter)[:1]
    if letter in _OTHER_LETTERS:
        return _OTHER_LETTERS[letter] / 1000
    if " " <= plain <= "~":
        return _LETTERS[ord(plain) - 32] / 1000
    return 1.0


def text_width(text: str, size: float = _SIZE) -> float:
    """Return the width of a text, in pixels."""
    return size * sum(map(letter_width, text))


def wrap_text(text: str, width: float, size: float = _SIZE) -> list[str]:
    """Return the lines of a text, none wider than this; a word that is wider by itself is broken."""
    lines = [""]
    for word in remove_controls(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, size) <= width:
            lines[-1] = longer
            continue
        lines += [word] if lines[-1] else []
        lines[-1] = lines[-1] or word
        while text_width(lines[-1], size) > width and len(lines[-1]) > 1:
            fits = next((end for end in range(len(lines[-1]) - 1, 1, -1) if text_width(lines[-1][:end] + "-", size) <= width), 1)
            lines[-1:] = [lines[-1][:fits] + "-", lines[-1][fits:]]
    return lines


def _lanes(chart: Chart, width: int) -> Drawing:
    """Return a row of columns for each series, all on one scale, one below another: no colour has to be distinguished from another."""
    narrow = width < WIDE
    size = 9.5 if narrow else _SMALL
    left = 0.0 if narrow else min(150.0, max(text_width(each.label) for each in chart.series) + 14)
    step = (width - left) / len(chart.categories)
    scale = 90 / max([*(number or 0 for each in chart.series for number in each.numbers), 1e-9])
    shapes: list[Bar | Words] = []
    y = 0.0
    for series in chart.series:
        lines = wrap_text(series.label, width if narrow else left - 14)
        if narrow:
            shapes += _text(lines, 0, y + _SIZE, bold=True)
            y += _SIZE * _LINE * len(lines)
        top = y + size + 4
        base = top + max(
            scale * max((number or 0 for number in series.numbers), default=0), 0 if narrow else _SIZE * _LINE * len(lines) - size - 4
        )
        if not narrow:
            shapes += _text(lines, 0, base - _SIZE * _LINE * (len(lines) - 1), bold=True)
        shapes += _columns(series, left, base, step, scale, ["main"] * len(series.numbers), size)
        shapes.append(Bar(left, base, width - left, 0.75, "rule"))
        y = base + 10
    shapes += [
        Words(left + step * (number + 0.5), y + size, remove_controls(name), size, "middle", "soft")
        for number, name in enumerate(chart.categories)
    ]
    return Drawing(width, y + size + 4, tuple(shapes))


def _bars(chart: Chart, width: int) -> Drawing:
    """Draw a horizontal bar for each category, its name next to it, on a phone above it."""
    narrow = width < MIDDLE
    (series,) = chart.series
    texts = [remove_controls(text) for text in series.texts]
    left = 0.0 if narrow else min(width * 0.42, max(map(text_width, chart.categories), default=0) + 12)
    room = width - left - max(map(text_width, texts), default=0) - 8
    scale = room / max([*(number or 0 for number in series.numbers), 1e-9])
    shapes: list[Bar | Words] = []
    y = 0.0
    for name, number, text in zip(chart.categories, series.numbers, texts, strict=True):
        lines = wrap_text(name, width if narrow else left - 12)
        height = _SIZE * _LINE * len(lines)
        shapes += _text(lines, 0, y + _SIZE) if narrow else _text(lines, left - 10, y + _SIZE, anchor="end")
        y += height + 1 if narrow else 0
        thick = 14.0
        top = y if narrow else y + (height - thick) / 2
        long = max(scale * (number or 0), 1 if number else 0)
        shapes += [Bar(left, top, long, thick, "main")] if long else []
        shapes.append(Words(left + long + 5, top + thick - 3, text, bold=True))
        y = top + thick + 7 if narrow else y + height + 6
    if not narrow:
        shapes.append(Bar(left - 0.75, 0, 0.75, max(y - 6, 1), "rule"))
    return Drawing(width, max(y, 1), tuple(shapes))


def _panels(chart: Chart, width: int) -> Drawing:
    """Return a small picture for each series with a scale of its own; the last column is the report's own year."""
    across = min(len(chart.series), 2 if width < WIDE else 3)
    gap = 22.0
    each = (width - gap * (across - 1)) / across
    step = each / max(len(chart.categories), 1)
    names = [remove_controls(name) for name in chart.categories]
    names = [f"’{name[-2:]}" for name in names] if max(map(text_width, names), default=0) > step - 4 else names
    shapes: list[Bar | Words] = []
    y = 0.0
    for first in range(0, len(chart.series), across):
        row = chart.series[first : first + across]
        titles = [wrap_text(series.label, each) for series in row]
        top = y + _SIZE * _LINE * max(map(len, titles)) + _SMALL + 8
        base = top + 62
        for number, (series, title) in enumerate(zip(row, titles, strict=True)):
            left = number * (each + gap)
            scale = 62 / max([*(number or 0 for number in series.numbers), 1e-9])
            shapes += _text(title, left, y + _SIZE, bold=True)
            colours = ["earlier"] * (len(series.numbers) - 1) + ["main"]
            shapes += _columns(series, left, base, step, scale, colours, _SMALL)
            shapes.append(Bar(left, base, each, 0.75, "rule"))
            shapes += [
                Words(left + step * (place + 0.5), base + _SMALL + 4, name, _SMALL, "middle", "soft") for place, name in enumerate(names)
            ]
        y = base + _SMALL + 26
    return Drawing(width, max(y - 14, 1), tuple(shapes))


def _columns(
    series: Series, left: float, base: float, step: float, scale: float, colours: Sequence[str], size: float
) -> Iterator[Bar | Words]:
    """Draw a vertical bar for each number with its text on top. If the texts have no room, only the last is written."""
    texts = [remove_controls(text) for text in series.texts]
    crowded = max((text_width(text, size) for text in texts), default=0) > step
    for place, (number, text, colour) in enumerate(zip(series.numbers, texts, colours, strict=True)):
        height = max(scale * (number or 0), 1 if number else 0)
        if height:
            yield Bar(left + step * (place + 0.14), base - height, step * 0.72, height, colour)
        last = place == len(texts) - 1
        if text and (last or not crowded):
            x, anchor = (left + step * (place + 1), "end") if crowded else (left + step * (place + 0.5), "middle")
            yield Words(x, base - height - 3, text, size, anchor, "ink" if number else "soft")


def _text(lines: Sequence[str], x: float, y: float, **more: Any) -> Iterator[Words]:
    for number, line in enumerate(lines):
        yield Words(x, y + _SIZE * _LINE * number, line, **more)


def svg(drawing: Drawing) -> str:
    """Return the drawing as a file of its own, for a document that shows it in its colours."""
    from xml.sax.saxutils import escape

    around = f'xmlns="http://www.w3.org/2000/svg" width="{drawing.width:g}" height="{drawing.height:.1f}" viewBox="0 0 {drawing.width:g} {drawing.height:.1f}"'
    parts = [f'<svg {around} font-family="Arial, Liberation Sans, sans-serif">']
    for shape in drawing.shapes:
        if isinstance(shape, Bar):
            place = f'x="{shape.x:.1f}" y="{shape.y:.1f}" width="{shape.width:.1f}" height="{shape.height:.1f}"'
            parts.append(f'<rect {place} fill="{COLOURS[shape.colour]}"/>')
        else:
            weight = ' font-weight="bold"' if shape.bold else ""
            place = f'x="{shape.x:.1f}" y="{shape.y:.1f}" font-size="{shape.size:g}" text-anchor="{shape.anchor}" textLength="{shape.length:.1f}" lengthAdjust="spacingAndGlyphs"{weight}'
            parts.append(f'<text {place} fill="{COLOURS[shape.colour]}">{escape(shape.text)}</text>')
    return "".join((*parts, "</svg>"))
