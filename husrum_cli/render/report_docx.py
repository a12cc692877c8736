"""A report as a Word document to go on writing in: real headings, contents, lists, tables, captions and page numbers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from ..extras import missing_extra
from ..i18n import pgettext
from ..records.report import Block, Bullets, Chapter, Chart, KeyFigures, Paragraph, Picture, Quote, Report, ReportTable, SideBySide, TextRun
from .charts import WIDE, lay_out, svg, text_width
from .docx_elements import (
    BLUE,
    CARD,
    LINE,
    add_bookmark,
    add_drawing,
    add_field,
    add_link,
    add_picture,
    element,
    end_field,
    new_numbering,
    set_numbering,
    set_styles,
)
from .listing import remove_controls
from .terminal import GLUE
from .typography import glue_runs, glue_units

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

_LANGUAGES = {"da": "da-DK", "en": "en-GB"}
_STYLES = {"text": "Normal", "note": "Note", "code": "Code", "heading1": "Heading 2", "heading2": "Heading 3"}
# Styles with too little room before them below a table.
_CLOSE = ("Normal", "Note", "Code", "Quote")
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_KEY_COLUMNS = 4
_TEXT_WIDTH = 170.0
# Millimetres: a table is at least this wide; and points to the millimetre.
_LEAST_WIDTH, _POINTS = 110.0, 72 / 25.4
# The first column says what a row is about, and has this room before letters get smaller.
_FIRST_COLUMN = 36.0
# A table of fewer rows than this stays on one page; of another, this many rows stay together at its end.
_SHORT, _LAST_ROWS = 22, 10
# The size of a table's letters in points, and the millimetres around the text of a cell: the first that no word is too wide for, else the last.
_SIZES = ((9.0, 4.5), (8.0, 4.5), (8.0, 2.0), (7.0, 2.0), (6.5, 1.6))
# How much wider the letters may be of a font that replaces ours.
_WIDER, _WIDER_BOLD = 1.18, 1.45
# Pixels: the tallest picture, and the largest logo.
_TALLEST, _LOGO = 520, (220, 90)


def report_docx(report: Report) -> bytes:
    """Return the document. Raises `WrongInput` if the library is not installed."""
    try:
        import docx
    except ImportError:
        raise missing_extra("docx") from None
    document = docx.Document()
    _page(document, report)
    writer = _Writer(document)
    writer.cover(report)
    for number, chapter in enumerate(report.chapters):
        if chapter.appendix:
            writer.remarks(report)
        heading = document.add_heading(remove_controls(glue_units(chapter.title)), 1)
        add_bookmark(heading, _bookmark(number), number)
        # The contents end on a page of their own.
        heading.paragraph_format.page_break_before = not number
        writer.chapter(chapter)
    writer.remarks(report)
    writer.part_tables()
    return _same_bytes(document)


def _page(document: Document, report: Report) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    language = _LANGUAGES.get(report.language, report.language)
    set_styles(document, language)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(24), Mm(20)
    section.header_distance = section.footer_distance = Mm(11)
    # The cover has neither.
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = remove_controls(f"{report.title} · {report.subtitle}")
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    add_field(footer, "PAGE", "1")
    footer.add_run(" / ")
    add_field(footer, "NUMPAGES", "1")
    about = document.core_properties
    about.title, about.author, about.last_modified_by = remove_controls(f"{report.title} {report.subtitle}"), "husrum", "husrum"
    about.language, about.comments, about.revision = language, "", 1
    about.created = about.modified = datetime.fromisoformat(report.date)


def _bookmark(number: int) -> str:
    """Return the name that Word itself gives what its contents lead to."""
    return f"_Toc{number + 1:08}"


class _Writer:
    """Blocks into a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        # Looked up once: the library goes through all styles each time.
        self.styles = {str(style.name): style.style_id for style in document.styles}
        self.captions = {"figure": 0, "table": 0}
        self.remarked = False

    def cover(self, report: Report) -> None:
        """Write the title, pictures, the warnings of a draft, and the contents."""
        if report.cover.logo:
            add_picture(self.document, report.cover.logo, *_LOGO)
        self.say(report.title, "Title")
        self.say(report.subtitle, "Subtitle")
        if report.cover.picture:
            self.picture(report.cover.picture)
        self.blocks(report.cover.blocks)
        for notice in report.notices:
            self.say(notice, "Notice")
        # Next to a picture there is no room for them.
        self.say(report.contents, "TOC Heading").paragraph_format.page_break_before = bool(report.cover.picture)
        self.contents(report.chapters)

    def contents(self, chapters: Iterable[Chapter]) -> None:
        """Write a table of contents, to which Word adds page numbers on update."""
        paragraph = None
        for number, chapter in enumerate(chapters):
            paragraph = self.paragraph("toc 1")
            if not number:
                add_field(paragraph, r'TOC \o "1-1" \h \z \u', end=False)
            add_link(paragraph, remove_controls(glue_units(chapter.title)), bookmark=_bookmark(number))
        if paragraph is not None:
            end_field(paragraph)

    def say(self, text: str, style: str) -> Any:
        """Write a paragraph of one text."""
        return self.paragraph(style, remove_controls(glue_units(text)))

    def paragraph(self, style: str, text: str = "", cell: _Cell | None = None) -> Any:
        """Add a paragraph at the end of the document, or of a cell."""
        from docx.shared import Pt

        after_table = cell is None and self.ends_with_table()
        paragraph = (cell or self.document).add_paragraph(text)
        paragraph._p.style = self.styles[style]
        if after_table and style in _CLOSE:
            paragraph.paragraph_format.space_before = Pt(10)
        return paragraph

    def ends_with_table(self) -> bool:
        """Whether a table is the last of what has been written."""
        body = self.document.element.body
        return len(body) > 1 and bool(body[-2].tag.endswith("}tbl"))

    def chapter(self, chapter: Chapter) -> None:
        """Write the blocks of a chapter; a text between two headings, of which the first may be its title, stays with both."""
        heading = True
        for block, after in zip_longest(chapter.blocks, chapter.blocks[1:]):
            self.blocks([block])
            if heading and isinstance(block, Paragraph) and _is_heading(after):
                self.document.paragraphs[-1].paragraph_format.keep_with_next = True
            heading = _is_heading(block)

    def remarks(self, report: Report) -> None:
        """Write the remarks, once, at the end of the text: the appendix comes after them."""
        if not self.remarked:
            for remark in report.remarks:
                self.say(remark, "Note").paragraph_format.keep_with_next = remark != report.remarks[-1]
        self.remarked = True

    def blocks(self, blocks: Iterable[Block], style: str = "", depth: int = 0) -> None:
        """Write blocks, plain paragraphs in this style. `depth`: of the list that they are in."""
        for block in blocks:
            if isinstance(block, Paragraph):
                self.runs(block.runs, style if style and block.kind == "text" else _STYLES[block.kind])
            elif isinstance(block, Quote):
                self.blocks(block.blocks, "Quote", depth)
            elif isinstance(block, Bullets):
                self.bullets(block, depth + 1)
            elif isinstance(block, KeyFigures):
                self.key_figures(block)
            elif isinstance(block, ReportTable):
                self.table(block)
            elif isinstance(block, Picture):
                self.picture(block)
            elif isinstance(block, SideBySide):
                self.blocks((*block.blocks, block.figure), style, depth)
            else:
                self.chart(block)

    def runs(self, runs: Iterable[TextRun], style: str) -> None:
        """Write a paragraph of running text."""
        paragraph = self.paragraph(style)
        for run in glue_runs(tuple(runs)):
            text = remove_controls(run.text)
            written = add_link(paragraph, text, url=remove_controls(run.link)) if run.link else paragraph.add_run(text)
            written.bold, written.italic = run.bold or None, run.italic or None

    def bullets(self, block: Bullets, depth: int) -> None:
        """Write a list, with other blocks of an item indented below it."""
        level = f" {min(depth, 3)}" if depth > 1 else ""
        style = ("List Bullet" if block.first is None else "List Number") + level
        number = None if block.first is None else new_numbering(self.document, style, block.first)
        for item in block.items:
            before = len(self.document.paragraphs)
            self.blocks(item[:1], style, depth)
            if number is not None and len(self.document.paragraphs) > before:
                set_numbering(self.document.paragraphs[before], number)
            self.blocks(item[1:], f"List Continue{level}", depth)

    def caption(self, kind: str, text: str) -> None:
        """Write a caption that Word numbers."""
        self.captions[kind] += 1
        label = pgettext("caption", "Figure") if kind == "figure" else pgettext("caption", "Table")
        paragraph = self.paragraph("Caption", f"{label}{GLUE}")
        add_field(paragraph, rf"SEQ {label} \* ARABIC", str(self.captions[kind]))
        paragraph.add_run(remove_controls(glue_units(f". {text}")))

    def part_tables(self) -> None:
        """Keep two tables apart, and the end of the document from being one."""
        if self.ends_with_table():
            self.paragraph("Note")

    def key_figures(self, block: KeyFigures) -> None:
        """Write cards of numbers, four in a row."""
        from docx.shared import Pt

        self.part_tables()
        table = self.document.add_table(-(-len(block.figures) // _KEY_COLUMNS), _KEY_COLUMNS)
        _lines(table, "FFFFFF", 48, ("top", "left", "bottom", "right", "insideH", "insideV"))
        for row in table.rows:
            row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for number, (label, runs) in enumerate(block.figures):
            cell = table.cell(number // _KEY_COLUMNS, number % _KEY_COLUMNS)
            cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=CARD))
            (paragraph,) = cell.paragraphs
            paragraph._p.style = self.styles["Key Figure"]
            paragraph.paragraph_format.keep_with_next = True
            for run in runs:
                # The words around a number are small, so that they have room next to it.
                written = paragraph.add_run(remove_controls(run.text))
                written.font.size = None if run.key else Pt(9)
            self.paragraph("Key Figure Label", remove_controls(glue_units(label)), cell)

    def table(self, block: ReportTable) -> None:
        """Write a table whose heading is repeated on each page."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm, Pt

        self.caption("table", block.caption)
        lines = [list(block.headings), *([cell.text for cell in row] for row in block.rows)]
        lines = [[remove_controls(glue_units(text)) for text in line] for line in lines]
        widths, size, around = _widths(lines, block.total)
        table = self.document.add_table(len(lines), len(block.headings))
        table.autofit = False
        _lines(table, LINE, 4, ("insideH",))
        _lines(table, BLUE, 8, ("top", "bottom"))
        if around != _SIZES[0][1]:
            margins = element("w:tblCellMar")
            margins.extend(element(f"w:{side}", w=round(around / 2 * _POINTS * 20), type="dxa") for side in ("left", "right"))
            table._tblPr.insert_element_before(margins, "w:tblLook")
        table._tblPr.append(element("w:tblCaption", val=remove_controls(block.caption)))
        for number, width in enumerate(widths):
            table.columns[number].width = Mm(width)
        short = len(lines) < _SHORT
        for place, (line, row) in enumerate(zip(lines, table.rows, strict=True)):
            properties = row._tr.get_or_add_trPr()
            properties.append(element("w:cantSplit"))
            if not place:
                properties.append(element("w:tblHeader"))
            for number, (text, cell) in enumerate(zip(line, row.cells, strict=True)):
                cell.width = Mm(widths[number])
                (paragraph,) = cell.paragraphs
                paragraph._p.style = self.styles["Table Text"]
                if number and number not in block.texts:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                # A table that fits on a page stays together; of another, the heading stays with the first rows, and the last rows stay together.
                last = len(lines) - 1
                paragraph.paragraph_format.keep_with_next = place < last and (short or place < 3 or place > last - _LAST_ROWS)
                run = paragraph.add_run(text)
                run.font.size = Pt(size) if size != _SIZES[0][0] else None
                run.bold = not place or (block.total and place == len(lines) - 1) or None

    def chart(self, block: Chart) -> None:
        """Write a chart below its caption."""
        self.caption("figure", block.caption)
        drawing = lay_out(block, WIDE)
        add_drawing(self.document, remove_controls(block.name), remove_controls(block.alt), drawing, svg(drawing).encode())

    def picture(self, block: Picture) -> None:
        """Write a picture with its caption below."""
        clean = block._replace(name=remove_controls(block.name), alt=remove_controls(block.alt))
        paragraph = add_picture(self.document, clean, WIDE, _TALLEST)
        if block.caption:
            paragraph.paragraph_format.keep_with_next = True
            self.caption("figure", block.caption)
            self.document.paragraphs[-1].paragraph_format.keep_with_next = False


def _is_heading(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.kind.startswith("heading")


def _lines(table: Table, colour: str, eighths: int, sides: Iterable[str]) -> None:
    """Draw lines at these sides of a table and between its cells."""
    from docx.oxml.ns import qn

    properties: Any = table._tblPr
    borders = properties.find(qn("w:tblBorders"))
    if borders is None:
        borders = element("w:tblBorders")
        properties.insert_element_before(borders, *("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"))
    order = ("top", "left", "bottom", "right", "insideH", "insideV")
    for side in sides:
        borders.append(element(f"w:{side}", val="single", sz=eighths, space=0, color=colour))
    borders[:] = sorted(borders, key=lambda each: order.index(each.tag.split("}")[1]))


def _widths(lines: list[list[str]], total: bool) -> tuple[list[float], float, float]:
    """Return the millimetres of each column, the size of the letters, and the millimetres around the text of a cell, so that no word is broken.

    Each column is as wide as its longest text if there is room, else the headings are on several lines, and then the texts too. `total`: the last line is bold.
    """
    columns = [([column[0]], column[1 : -1 if total else None], column[-1:] if total else ()) for column in zip(*lines, strict=True)]
    for (size, around), first in [*((size, _FIRST_COLUMN) for size in _SIZES), (_SIZES[-1], 0.0)]:
        wished = [_width([*headings, *last], texts, size) + around for headings, texts, last in columns]
        folded = [_width(_words([*headings, *last]), texts, size) + around for headings, texts, last in columns]
        words = [_width(_words([*headings, *last]), _words(texts), size) + around for headings, texts, last in columns]
        words[0] = max(words[0], min(wished[0], first))
        if sum(words) <= _TEXT_WIDTH:
            break
    if sum(wished) <= _TEXT_WIDTH:
        wished[0] += max(_LEAST_WIDTH - sum(wished), 0)
        return wished, size, around
    if sum(words) > _TEXT_WIDTH:
        return [_TEXT_WIDTH * word / sum(words) for word in words], size, around
    wished, least = (wished, folded) if sum(folded) <= _TEXT_WIDTH else (folded, words)
    # The room that is left goes to the columns in proportion to what they lack.
    missed = [max(wish - width, 0) for wish, width in zip(wished, least, strict=True)]
    share = (_TEXT_WIDTH - sum(least)) / (sum(missed) or 1)
    return [width + share * miss for width, miss in zip(least, missed, strict=True)], size, around


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in text.split(" ")]


def _width(bold: Iterable[str], texts: Iterable[str], size: float) -> float:
    """Return the millimetres of the longest of these, in a font that may be wider than ours."""
    lengths = [text_width(text, size) * _WIDER_BOLD for text in bold] + [text_width(text, size) * _WIDER for text in texts]
    return max(lengths) / _POINTS


def _same_bytes(document: Document) -> bytes:
    """Return the document as a zip whose entries are all of the same day."""
    first, second = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as made, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as fixed:
        for entry in made.infolist():
            about = zipfile.ZipInfo(entry.filename, _ZIP_DATE)
            about.compress_type, about.external_attr, about.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            fixed.writestr(about, made.read(entry))
    return second.getvalue()
