"""The drawing of a report: its charts, and the page and the document around a text."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from any_text import LETTERS
from hypothesis import given, settings
from hypothesis import strategies as st
from report_reading import Page, read_page

from husrum_cli.records.report import (
    Bullets,
    Cell,
    Chapter,
    Chart,
    Cover,
    KeyFigures,
    Paragraph,
    Picture,
    Quote,
    Report,
    ReportTable,
    Series,
    SideBySide,
    TextRun,
)
from husrum_cli.render.charts import COLOURS, MIDDLE, NARROW, WIDE, Bar, Words, lay_out, svg, text_width
from husrum_cli.render.report_html import report_html
from husrum_cli.render.typography import glue_runs, glue_units

WILD = '</style></title><script>alert(1)</script><img src=x onerror=alert(2)>" onload="x\' }} {{ 7*7 }} \\3c \n * {} ‮&lt;'


def written(report: Report, folder: Path) -> Page:
    """The page of a report, read back."""
    path = folder / "page.html"
    path.write_text(report_html(report), encoding="utf-8")
    return read_page(path)


def everything(text: str) -> Report:
    """A report with each kind of block, in which every text is this one."""
    chart = Chart(text, "bars", text, text, (text,), (Series(text, (1.0,), (text[:12],)),))
    picture = Picture(text, "image/svg+xml", text.encode("utf-8", "replace"), text, text)
    run = TextRun(text, text, True, True, "https://example.org/" + text)
    table = ReportTable(text, (text, text, text, text), ((Cell(text), Cell(text, text, text), Cell(text), Cell(text)),), frozenset({2}))
    blocks = (
        *(Paragraph((run,), kind) for kind in ("heading1", "heading2", "text", "note", "code")),
        *(Quote((Paragraph((run,)),)), Bullets(((Paragraph((run,)),),)), Bullets(((Paragraph((run,)),),), 3)),
        *(
            KeyFigures(((text, (TextRun(text),)),)),
            table,
            chart,
            picture,
            SideBySide((Paragraph((run,)),), chart),
            SideBySide((Paragraph((run,)),), picture),
        ),
    )
    chapters = (Chapter(text, text, blocks), Chapter("more", text, (table,), True))
    return Report(text, text, "en", "2024-12-31", (text,), chapters, text, Cover(picture, picture, (Paragraph((run,)),)), (text,))


def test_what_somebody_wrote_is_no_markup_no_script_and_no_style(tmp_path: Path) -> None:
    plain, wild = (written(everything(text), tmp_path) for text in ("Plain", WILD))
    # A long name in a chart has more lines.
    shapes = [[(each.tag, *sorted(each.attributes)) for each in page.elements if each.tag != "text"] for page in (plain, wild)]
    assert shapes[0] == shapes[1]
    assert {each.attributes["src"][:26] for each in wild.all("img")} == {"data:image/svg+xml;base64,"}
    (policy,) = (each.attributes["content"] for each in wild.all("meta") if "http-equiv" in each.attributes)
    style = wild.all("style")[0].text
    # The style that is allowed is this one, and what was written is in it as one string.
    assert f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in policy and "unsafe" not in policy
    (title,) = re.findall(r'@top-left \{ content: "([^"]*)"; font', style)
    assert re.fullmatch(r"(?:[A-Za-z0-9]|\\[0-9a-f]+ )*", title)
    read = re.sub(r"\\([0-9a-f]+) ", lambda sign: chr(int(sign[1], 16)), title)
    assert read.startswith("</style></title><script>alert(1)</script>")
    assert "49" not in wild.all("h1")[0].text and "{{ 7*7 }}" in wild.all("h1")[0].text
    assert "\u202e" not in wild.all("body")[0].text


def test_a_number_stays_with_its_unit() -> None:
    def seen(text: str) -> str:
        return glue_units(text).replace("\N{NO-BREAK SPACE}", "_")

    assert seen("31 af 78 (ca. 40 %), 2.792 besøg og <5 unge.") == "31_af_78 (ca._40_%), 2.792_besøg og <5_unge."
    assert (
        seen("I 2024 kom 200 unge. 12. juni 2024 var der 8-25 deltagere.") == "I 2024 kom 200_unge. 12._juni 2024 var der 8-25_deltagere."
    )
    runs = tuple(glue_runs((TextRun("Kom "), TextRun("200", "young_people"), TextRun(" unge, "), TextRun("40"), TextRun(" %", bold=True))))
    assert "".join(run.text for run in runs) == "Kom 200\N{NO-BREAK SPACE}unge, 40\N{NO-BREAK SPACE}%"
    assert (runs[1].key, runs[4].bold) == ("young_people", True)


def test_what_nobody_may_see_has_no_bar() -> None:
    series = Series("Who", (20.0, None, 0.0), ("20", "<5", "0"))
    shapes = lay_out(Chart("who", "bars", "Who", "", ("A", "B", "C"), (series,)), WIDE).shapes
    assert len([each for each in shapes if isinstance(each, Bar) and each.colour == "main"]) == 1
    assert [each.text for each in shapes if isinstance(each, Words)] == ["A", "20", "B", "<5", "C", "0"]


@pytest.mark.parametrize("width", [WIDE, MIDDLE, NARROW])
@pytest.mark.parametrize("kind", ["lanes", "bars", "panels"])
@settings(max_examples=40)
@given(
    names=st.lists(st.text(LETTERS, min_size=1, max_size=60), min_size=1, max_size=12),
    numbers=st.lists(st.integers(0, 10**6), min_size=12, max_size=12),
)
def test_nothing_is_drawn_beyond_the_edge(width: int, kind: str, names: list[str], numbers: list[int]) -> None:
    some = tuple(float(each) for each in numbers[: len(names)])
    series = tuple(Series(each, some, tuple(f"{number:,.0f}" for number in some)) for each in names)
    categories = tuple(names) if kind == "bars" else tuple(str(2000 + number) for number in range(len(names)))
    drawing = lay_out(Chart("any", kind, "Any", "", categories, series[:1] if kind == "bars" else series), width)
    for shape in drawing.shapes:
        if isinstance(shape, Bar):
            left, right, top, bottom = shape.x, shape.x + shape.width, shape.y, shape.y + shape.height
        else:
            long = text_width(shape.text, shape.size)
            left = shape.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor] * long
            right, top, bottom = left + long, shape.y - shape.size, shape.y
        assert left >= -1 and top >= -1 and right <= width + 1 and bottom <= drawing.height + 1, shape


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, by WCAG."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_have_contrast_and_differ_in_grey() -> None:
    def contrast(one: float, other: float) -> float:
        return (max(one, other) + 0.05) / (min(one, other) + 0.05)

    light = {name: luminance(colour) for name, colour in COLOURS.items()}
    assert all(contrast(light[name], 1) >= 4.5 for name in ("ink", "soft"))
    assert all(contrast(light[name], 1) >= 2.5 for name in ("main", "earlier", "rule"))
    assert contrast(light["main"], light["earlier"]) >= 2


def test_labels_are_as_long_in_every_font_as_they_were_laid_out_for() -> None:
    """A wider font than Arial would be cut off at the edge, or run into the bars."""
    chart = Chart("offers", "bars", "Offers", "", ("Young people in social events",), (Series("Visits", (178,), ("178",)),))
    drawing = lay_out(chart, WIDE)
    found = re.findall(r'x="([\d.]+)"[^>]*text-anchor="end" textLength="([\d.]+)"', svg(drawing))
    assert found and all(float(x) >= float(length) for x, length in found)
