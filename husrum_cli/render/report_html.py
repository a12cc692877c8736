"""A report as one HTML file: nothing is fetched from anywhere, it prints to A4 as it stands, and can be read on a phone or aloud."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from xml.etree import ElementTree

from ..records.report import (
    Beside,
    Block,
    Bullets,
    Cell,
    Chapter,
    Chart,
    KeyFigures,
    Paragraph,
    Picture,
    Quote,
    Report,
    ReportTable,
    Run,
)
from .charts import COLOURS, NARROW, WIDE, Bar, drawn
from .listing import visible

# Made from elements, never from pieces of text: whatever stands in a name is text and nothing else.
Element = ElementTree.Element
# Even if something slipped through, a browser may fetch and run nothing.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 1.5rem; max-width: 62rem; color: #222; background: #fff;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif; hyphens: auto; overflow-wrap: break-word; }
h1, h2, h3, h4 { line-height: 1.2; color: #12395b; hyphens: manual; }
h1 { font-size: 2.4rem; margin: 0; }
h2 { font-size: 1.6rem; margin: 3rem 0 1rem; padding-top: .6rem; border-top: .25rem solid #0072b2; }
h3 { font-size: 1.2rem; margin: 2rem 0 .6rem; }
h4 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
a { color: #00538a; }
a:focus-visible, [tabindex]:focus-visible { outline: .2rem solid #b34700; outline-offset: .15rem; }
.city { font-size: 1.4rem; margin: .2rem 0 1.5rem; color: #444; }
.notices { margin: 1.5rem 0; padding: .8rem 1rem; border-left: .3rem solid #b34700; background: #fdf3ec; }
.notices p { margin: .2rem 0; }
nav ol { margin: .5rem 0 0; padding-left: 2rem; columns: 2 16rem; }
nav h2 { font-size: 1.1rem; margin: 1.5rem 0 0; padding: 0; border: 0; }
.keys { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .8rem; margin: 1.2rem 0; }
.keys div { display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: .8rem 1rem; background: #eaf2f8; border-radius: .4rem; }
.keys dd { margin: 0; font-size: 1.9rem; font-weight: 700; line-height: 1.1; color: #12395b; }
.keys dt { font-size: .95rem; }
figure { margin: 1.2rem 0; }
figure svg { display: block; width: 100%; max-width: 46rem; height: auto; font-family: Arial, "Liberation Sans", sans-serif; }
figure .slim { display: none; }
svg .middle { text-anchor: middle; }
svg .end { text-anchor: end; }
svg .bold { font-weight: 700; }
{colours}
figcaption, caption { text-align: left; font-weight: 600; margin-bottom: .4rem; padding: 0; }
.wide { overflow-x: auto; margin: 1.2rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; font-variant-numeric: tabular-nums; hyphens: manual; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid #ccd6de; text-align: right; vertical-align: top; }
thead th, thead td { border-bottom: 2px solid #12395b; vertical-align: bottom; }
tbody td:not(.words) { white-space: nowrap; }
.many table { font-size: .82rem; }
.many th, .many td { padding: .3rem .35rem; }
th:first-child, td.words, th.words { text-align: left; }
tbody th { font-weight: 400; }
.total tbody tr:last-child > * { font-weight: 700; border-top: 2px solid #12395b; }
blockquote { margin: 1rem 0; padding: .1rem 1.2rem; border-left: .25rem solid #0072b2; font-style: italic; }
li > p { margin: .2rem 0; }
pre { white-space: pre-wrap; background: #f3f5f7; padding: .8rem; }
.note { font-size: .88rem; color: #444; }
@media screen and (max-width: 600px) {
  body { padding: 1rem; }
  h1 { font-size: 1.9rem; }
  .keys { grid-template-columns: 1fr 1fr; gap: .5rem; }
  .keys dd { font-size: 1.5rem; }
  table { font-size: .85rem; }
  th, td { padding: .3rem .35rem; }
  figure .broad { display: none; }
  figure .slim { display: block; }
}
@page { size: A4; margin: 18mm 16mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  h1 { font-size: 26pt; }
  h2 { font-size: 16pt; margin-top: 9mm; }
  h3 { font-size: 12pt; }
  h2, h3, h4, caption, figcaption, p:has(+ figure), p:has(+ .wide) { break-after: avoid; }
  figure, tr, blockquote, .keys div, .short { break-inside: avoid; }
  thead { display: table-header-group; }
  p { orphans: 3; widows: 3; }
  table { font-size: 8.5pt; }
  th, td { padding: .7mm 1.5mm; }
  .wide, figure { margin: 4mm 0; }
  .many table { font-size: 7pt; }
  .many th, .many td { padding: .5mm .8mm; }
  .wide { overflow: visible; }
  .keys { grid-template-columns: repeat(4, 1fr); gap: 2.5mm; }
  .keys dd { font-size: 16pt; }
  .keys dt { font-size: 8.5pt; }
  .notices, .keys div { border: 1px solid #ccd6de; }
  a { color: inherit; text-decoration: none; }
}
"""
# A table of more columns than this is wider than a phone; one of fewer rows than this stays on one page.
_MANY_COLUMNS, _SHORT = 5, 22


def report_html(report: Report) -> str:
    """The whole file."""
    html = Element("html", lang=report.language)
    head = _inside(html, "head")
    _inside(head, "meta", charset="utf-8")
    ElementTree.SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY})
    _inside(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _inside(head, "title").text = visible(f"{report.title} {report.subtitle}")
    _inside(head, "style").text = _STYLE.replace(
        "{colours}", "\n".join(f"svg .{name} {{ fill: {colour}; }}" for name, colour in COLOURS.items())
    )
    body = _inside(html, "body")
    header = _inside(body, "header")
    if report.cover.logo:
        _picture(header, report.cover.logo)
    _inside(header, "h1").text = visible(report.title)
    _inside(header, "p", "city").text = visible(report.subtitle)
    if report.cover.picture:
        _picture(header, report.cover.picture)
    _blocks(header, report.cover.blocks)
    if report.notices:
        notices = _inside(header, "div", "notices", role="note")
        for notice in report.notices:
            _inside(notices, "p").text = visible(notice)
    _contents(body, report)
    main = _inside(body, "main")
    for chapter in report.chapters:
        _chapter(main, chapter)
    if report.remarks:
        footer = _inside(body, "footer")
        for remark in report.remarks:
            _inside(footer, "p", "note").text = visible(remark)
    return "<!DOCTYPE html>\n" + ElementTree.tostring(html, encoding="unicode", method="html") + "\n"


def _inside(parent: Element, tag: str, kind: str = "", **attributes: str) -> Element:
    return ElementTree.SubElement(parent, tag, {**({"class": kind} if kind else {}), **attributes})


def _contents(body: Element, report: Report) -> None:
    nav = ElementTree.SubElement(body, "nav", {"aria-labelledby": "contents"})
    _inside(nav, "h2", id="contents").text = report.contents
    items = _inside(nav, "ol")
    for chapter in report.chapters:
        _inside(_inside(items, "li"), "a", href=f"#{chapter.name}").text = chapter.title


def _chapter(main: Element, chapter: Chapter) -> None:
    section = ElementTree.SubElement(main, "section", {"aria-labelledby": chapter.name})
    _inside(section, "h2", id=chapter.name).text = chapter.title
    _blocks(section, chapter.blocks)


def _blocks(parent: Element, blocks: Iterable[Block]) -> None:
    for block in blocks:
        if isinstance(block, Paragraph):
            _paragraph(parent, block)
        elif isinstance(block, Quote):
            _blocks(_inside(parent, "blockquote"), block.blocks)
        elif isinstance(block, Bullets):
            items = _inside(parent, "ul") if block.first is None else _inside(parent, "ol", start=str(block.first))
            for item in block.items:
                _blocks(_inside(items, "li"), item)
        elif isinstance(block, KeyFigures):
            keys = _inside(parent, "dl", "keys")
            for key, label, text in block.figures:
                pair = _inside(keys, "div")
                _inside(pair, "dt").text = visible(label)
                ElementTree.SubElement(pair, "dd", {"data-key": key}).text = text
        elif isinstance(block, ReportTable):
            _table(parent, block)
        elif isinstance(block, Picture):
            _picture(parent, block)
        elif isinstance(block, Beside):
            _blocks(parent, (*block.blocks, block.figure))
        else:
            _chart(parent, block)


_TAGS = {"text": ("p", ""), "note": ("p", "note"), "code": ("pre", ""), "heading1": ("h3", ""), "heading2": ("h4", "")}


def _paragraph(parent: Element, paragraph: Paragraph) -> None:
    tag, kind = _TAGS[paragraph.kind]
    element = _inside(parent, tag, kind)
    for run in paragraph.runs:
        _run(element, run)


def _run(parent: Element, run: Run) -> None:
    element = parent
    if run.link:
        element = _inside(element, "a", href=visible(run.link), rel="noreferrer")
    if run.bold:
        element = _inside(element, "strong")
    if run.italic:
        element = _inside(element, "em")
    if run.key:
        element = ElementTree.SubElement(element, "span", {"data-key": run.key})
    if run.text == "\n" and element is parent:
        _inside(parent, "br")
    elif element is not parent:
        element.text = visible(run.text)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + visible(run.text)
    else:
        parent.text = (parent.text or "") + visible(run.text)


def _table(parent: Element, table: ReportTable) -> None:
    kinds = ["wide"]
    kinds += ["many"] if len(table.headings) > _MANY_COLUMNS else []
    kinds += ["short"] if len(table.rows) < _SHORT else []
    kinds += ["total"] if table.total else []
    # What is too wide scrolls by itself, and by the keyboard too.
    around = ElementTree.SubElement(
        parent, "div", {"class": " ".join(kinds), "tabindex": "0", "role": "region", "aria-label": visible(table.caption)}
    )
    element = _inside(around, "table")
    _inside(element, "caption").text = visible(table.caption)
    heads = _inside(_inside(element, "thead"), "tr")
    for number, heading in enumerate(table.headings):
        words = "words" if number in table.texts else ""
        if heading:
            _inside(heads, "th", words, scope="col").text = visible(heading)
        else:
            _inside(heads, "td")
    body = _inside(element, "tbody")
    for row in table.rows:
        line = _inside(body, "tr")
        for number, cell in enumerate(row):
            _cell(line, cell, number, number in table.texts)


def _cell(line: Element, cell: Cell, number: int, words: bool) -> None:
    attributes = {"scope": "row"} if not number else {"class": "words"} if words else {}
    if cell.key:
        attributes["data-key"] = visible(cell.key)
    if cell.of:
        attributes["data-of"] = visible(cell.of)
    ElementTree.SubElement(line, "td" if number else "th", attributes).text = visible(cell.text)


def _chart(parent: Element, chart: Chart) -> None:
    figure = ElementTree.SubElement(parent, "figure", {"data-chart": chart.name})
    _inside(figure, "figcaption").text = visible(chart.caption)
    for width, screens in ((WIDE, "broad"), (NARROW, "slim")):
        drawing = drawn(chart, width)
        # Only one of the two is shown, and read aloud.
        picture = _inside(figure, "svg", screens, role="img", viewBox=f"0 0 {drawing.width:g} {drawing.height:.1f}")
        picture.set("aria-label", visible(chart.alt))
        for shape in drawing.shapes:
            if isinstance(shape, Bar):
                sizes = {name: f"{getattr(shape, name):.1f}" for name in ("x", "y", "width", "height")}
                _inside(picture, "rect", shape.colour, **sizes)
            else:
                kind = f"{shape.colour} {shape.anchor}{' bold' if shape.bold else ''}"
                place = {"x": f"{shape.x:.1f}", "y": f"{shape.y:.1f}", "font-size": f"{shape.size:g}"}
                _inside(picture, "text", kind, **place).text = shape.text


def _picture(parent: Element, picture: Picture) -> None:
    figure = _inside(parent, "figure")
    data = base64.b64encode(picture.data).decode("ascii")
    _inside(figure, "img", src=f"data:{picture.media_type};base64,{data}", alt=visible(picture.alt))
    if picture.caption:
        _inside(figure, "figcaption").text = visible(picture.caption)
