"""A report as a Word document: real headings, tables and pictures, to go on writing in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..extras import missing
from ..records.report import Beside, Block, Bullets, Chart, KeyFigures, Paragraph, Picture, Quote, Report, ReportTable, Run
from .charts import WIDE, drawn, svg
from .emf import emf
from .listing import visible

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

_LANGUAGES = {"da": "da-DK", "en": "en-GB"}
_STYLES = {"text": "Normal", "note": "Note", "code": "Code", "heading1": "Heading 2", "heading2": "Heading 3"}
_BLUE = "12395B"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_KEY_COLUMNS = 4
_TEXT_WIDTH = 170.0
# Of a text that is longer than this the column is not made wider; a table of more columns has smaller letters.
_LONGEST, _MANY_COLUMNS = 60, 6
_LONGEST_HEADING, _SHORT = 36, 22
# [MS-ODRAWXML] 2.24: a blip's picture as SVG.
_SVG_BESIDE = """<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">
<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{place}"/></a:ext></a:extLst>"""


def report_docx(report: Report) -> bytes:
    """The document. Raises `WrongInput` where the library is not installed."""
    try:
        import docx
    except ImportError:
        raise missing("docx") from None
    document = docx.Document()
    _page(document, report)
    document.add_paragraph(visible(report.title), "Title")
    document.add_paragraph(visible(report.subtitle), "Subtitle")
    writer = _Writer(document)
    for picture in (report.cover.logo, report.cover.picture):
        if picture:
            writer.picture(picture)
    writer.blocks(report.cover.blocks)
    for notice in report.notices:
        document.add_paragraph(visible(notice), "Note")
    for chapter in report.chapters:
        document.add_heading(visible(chapter.title), 1)
        writer.blocks(chapter.blocks)
    for remark in report.remarks:
        document.add_paragraph(visible(remark), "Note")
    return _same_bytes(document)


def _page(document: Document, report: Report) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    styles: Any = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGES.get(report.language, report.language))
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        styles[name].font.color.rgb = RGBColor.from_string(_BLUE)
    styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(10.5)
    styles["Caption"].font.name = "Calibri"
    styles["Caption"].font.size = Pt(10)
    styles["Caption"].paragraph_format.keep_with_next = True
    note = styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)
    note.base_style, note.font.size = styles["Normal"], Pt(9)
    code = styles.add_style("Code", WD_STYLE_TYPE.PARAGRAPH)
    code.base_style, code.font.name, code.font.size = styles["Normal"], "Courier New", Pt(9)
    day = datetime.fromisoformat(report.date)
    about = document.core_properties
    about.title, about.author, about.last_modified_by = visible(f"{report.title} {report.subtitle}"), "husrum", "husrum"
    about.language, about.comments, about.revision = _LANGUAGES.get(report.language, report.language), "", 1
    about.created = about.modified = day


class _Writer:
    """Blocks into a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.pictures = 0

    def blocks(self, blocks: Iterable[Block], style: str = "") -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self.runs(block.runs, style if style and block.kind == "text" else _STYLES[block.kind])
            elif isinstance(block, Quote):
                self.blocks(block.blocks, "Intense Quote")
            elif isinstance(block, Bullets):
                for item in block.items:
                    self.blocks(item, "List Bullet" if block.first is None else "List Number")
            elif isinstance(block, KeyFigures):
                self.key_figures(block)
            elif isinstance(block, ReportTable):
                self.table(block)
            elif isinstance(block, Picture):
                self.picture(block)
            elif isinstance(block, Beside):
                self.blocks((*block.blocks, block.figure), style)
            else:
                self.chart(block)

    def runs(self, runs: Iterable[Run], style: str) -> None:
        paragraph = self.document.add_paragraph(style=style)
        for run in runs:
            written = paragraph.add_run(visible(run.text))
            written.bold, written.italic = run.bold or None, run.italic or None
            if run.link and run.link != run.text:
                paragraph.add_run(f" ({visible(run.link)})")

    def key_figures(self, block: KeyFigures) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        table = self.document.add_table(-(-len(block.figures) // _KEY_COLUMNS), _KEY_COLUMNS, "Table Grid")
        for number, (_key, label, text) in enumerate(block.figures):
            cell = table.cell(number // _KEY_COLUMNS, number % _KEY_COLUMNS)
            (paragraph,) = cell.paragraphs
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            large = paragraph.add_run(text)
            large.bold, large.font.size = True, Pt(18)
            cell.add_paragraph(visible(label), "Note").alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.document.add_paragraph()

    def table(self, block: ReportTable) -> None:
        from docx.oxml import OxmlElement
        from docx.shared import Mm, Pt

        self.document.add_paragraph(visible(block.caption), "Caption")
        table = self.document.add_table(1 + len(block.rows), len(block.headings))
        table.autofit = False
        _rule(table)
        widths = _widths(block)
        size = Pt(7) if len(block.headings) > _MANY_COLUMNS else Pt(9)
        lines = [list(block.headings), *([cell.text for cell in row] for row in block.rows)]
        for line, row in zip(lines, table.rows, strict=True):
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if line is lines[0]:
                properties.append(OxmlElement("w:tblHeader"))
            for number, (text, cell) in enumerate(zip(line, row.cells, strict=True)):
                cell.width = Mm(widths[number])
                self.fill(cell, text, number and number not in block.texts, line is lines[0] or block.total and line is lines[-1], size)
                # A table that fits on a page stays together.
                cell.paragraphs[0].paragraph_format.keep_with_next = len(lines) < _SHORT and line is not lines[-1]
        for number, width in enumerate(widths):
            table.columns[number].width = Mm(width)
        self.document.add_paragraph(style="Note")

    def fill(self, cell: _Cell, text: str, right: Any, bold: bool, size: Any) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        (paragraph,) = cell.paragraphs
        paragraph.paragraph_format.space_after = 0
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(visible(text))
        run.font.size, run.bold = size, bold

    def chart(self, block: Chart) -> None:
        """A metafile, which every program shows; beside it the same drawing as SVG, which newer ones show instead."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml import parse_xml
        from docx.oxml.shape import CT_Inline
        from docx.shared import Inches

        self.document.add_paragraph(visible(block.caption), "Caption")
        drawing = drawn(block, WIDE)
        part = self.document.part
        places = []
        self.pictures += 1
        for ending, kind, content in (("emf", "image/x-emf", emf(drawing)), ("svg", "image/svg+xml", svg(drawing).encode())):
            picture = Part(PackURI(f"/word/media/chart{self.pictures}.{ending}"), kind, content, part.package)
            places.append(part.relate_to(picture, RELATIONSHIP_TYPE.IMAGE))
        inline: Any = CT_Inline.new_pic_inline(
            self.pictures, places[0], block.name, Inches(drawing.width / 96), Inches(drawing.height / 96)
        )
        inline.docPr.set("name", block.name)
        inline.docPr.set("descr", visible(block.alt))
        (blip,) = inline.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
        blip.append(parse_xml(_SVG_BESIDE.format(place=places[1])))
        self.document.add_paragraph().add_run()._r.add_drawing(inline)

    def picture(self, block: Picture) -> None:
        from docx.shared import Inches

        if block.media_type == "image/svg+xml":
            self.document.add_paragraph(visible(block.alt), "Note")
            return
        self.document.add_picture(io.BytesIO(block.data), width=Inches(WIDE))
        about = self.document.inline_shapes[-1]._inline.docPr
        about.set("descr", visible(block.alt))
        about.set("name", block.name)
        if block.caption:
            self.document.add_paragraph(visible(block.caption), "Caption")


def _rule(table: Table) -> None:
    """Thin lines between the rows, and nothing else."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "CCD6DE" if side == "insideH" else _BLUE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _widths(block: ReportTable) -> list[float]:
    """Millimetres for each column, by the longest text or the longest word of the heading in it."""
    longest = [max((1 + len(word) for word in heading.split()), default=0) for heading in block.headings]
    for row in block.rows:
        longest = [max(most, len(cell.text)) for most, cell in zip(longest, row, strict=True)]
    weights = [min(each, _LONGEST if number else _LONGEST_HEADING) + 2.5 for number, each in enumerate(longest)]
    return [_TEXT_WIDTH * weight / sum(weights) for weight in weights]


def _same_bytes(document: Document) -> bytes:
    """The document as a zip whose entries are all of the same day."""
    first, second = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as made, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as fixed:
        for entry in made.infolist():
            about = zipfile.ZipInfo(entry.filename, _ZIP_DATE)
            about.compress_type, about.external_attr, about.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            fixed.writestr(about, made.read(entry))
    return second.getvalue()
