"""Elements of Word documents that python-docx has no names for: fields, links, numbered lists, pictures, and the styles they are set in."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from ..records.report import Picture
from .charts import Bar, Drawing, Words, wrap_text
from .emf import emf

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

BLUE, SOFT, LINE, CARD, WARNING = "12395B", "4D5A65", "CCD6DE", "EAF2F8", "B34700"
# The font whose widths are known, here and where another replaces it.
_FONT = "Arial"
_OTHER_FONTS = (_FONT, "Liberation Sans", "DejaVu Sans", "Noto Sans")
# name: (size, bold, italic, colour, space before, space after), in points.
_STYLES: dict[str, tuple[float, bool, bool, str, float, float]] = {
    "Normal": (10, False, False, "", 4, 4),
    "Title": (34, True, False, BLUE, 48, 0),
    "Subtitle": (18, False, False, SOFT, 0, 18),
    "Heading 1": (18, True, False, BLUE, 24, 6),
    "Heading 2": (13, True, False, BLUE, 14, 4),
    "Heading 3": (11, True, False, BLUE, 10, 3),
    "TOC Heading": (13, True, False, BLUE, 18, 4),
    "Caption": (9.5, True, False, BLUE, 12, 3),
    "Quote": (10, False, True, "", 6, 6),
    "Header": (8.5, False, False, SOFT, 0, 0),
    "Footer": (8.5, False, False, SOFT, 0, 0),
}
_NEW_STYLES: dict[str, tuple[float, bool, bool, str, float, float]] = {
    "Note": (8.5, False, False, SOFT, 4, 4),
    "Notice": (9.5, False, False, WARNING, 2, 2),
    "Code": (9, False, False, "", 0, 6),
    "Key Figure": (19, True, False, BLUE, 6, 0),
    "Key Figure Label": (9, False, False, "", 0, 6),
    "Table Text": (9, False, False, "", 1.5, 1.5),
    "toc 1": (10, False, False, "", 0, 3),
}
# [MS-ODRAWXML] 2.24: a blip's picture as SVG; and a picture that is mere decoration.
_SVG_BESIDE = """<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">
<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{place}"/></a:ext></a:extLst>"""
_DECORATION = """<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">
<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>"""


def element(tag: str, **attributes: object) -> BaseOxmlElement:
    """Return an element of WordprocessingML, such as `w:tab`, with its attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def set_styles(document: Document, language: str) -> None:
    """Set the styles and their language. The document is one of today's Word, not of an older one that it would be shown as."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    styles: Any = document.styles
    for each in styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), language)
    for fonts in list(styles.element.iter(qn("w:rFonts"))):
        fonts.getparent().remove(fonts)
    defaults = next(styles.element.iter(qn("w:rPrDefault")))
    defaults[0].insert(0, element("w:rFonts", ascii=_FONT, hAnsi=_FONT, cs=_FONT))
    for name in _NEW_STYLES:
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name == "toc 1").base_style = styles["Normal"]
    for name, (size, bold, italic, colour, before, after) in (_STYLES | _NEW_STYLES).items():
        style = styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
        if colour:
            style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.15 if name == "Normal" else 1.0
    for border in styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    for numbering in list(styles["Subtitle"].element.iter(qn("w:numPr"))):
        numbering.getparent().remove(numbering)
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Code"].font.name = "Courier New"
    styles["TOC Heading"].base_style = styles["Normal"]
    _edge(styles["Heading 1"], "top", "005B94", 24)
    _edge(styles["Quote"], "left", "005B94", 18)
    _edge(styles["Notice"], "left", WARNING, 24)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.color.rgb, link.font.underline = RGBColor.from_string("00538A"), True
    settings: Any = document.settings.element
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), "15")
    for each in settings.iter(qn("w:themeFontLang")):
        each.set(qn("w:val"), language)


def _edge(style: Any, side: str, colour: str, eighths: int) -> None:
    """Draw a line at one side of a style's paragraphs, with a little room between."""
    borders = element("w:pBdr")
    borders.append(element(f"w:{side}", val="single", sz=eighths, space=6, color=colour))
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(
        borders, *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
    )


def add_field(paragraph: Paragraph, code: str, result: str = "", *, end: bool = True) -> None:
    """Add a field, with the text it shows until Word updates it. Without an end, it includes what follows, up to `end_field`."""
    for content in (element("w:fldChar", fldCharType="begin"), _code(code), element("w:fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(content)
    if result:
        paragraph.add_run(result)
    if end:
        end_field(paragraph)


def end_field(paragraph: Paragraph) -> None:
    """End a field."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def _code(code: str) -> BaseOxmlElement:
    from docx.oxml.ns import qn

    instruction = element("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    return instruction


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Add a bookmark of the paragraph, for links to lead to."""
    start, end = element("w:bookmarkStart", id=number, name=name), element("w:bookmarkEnd", id=number)
    paragraph.runs[0]._r.addprevious(start)
    paragraph._p.append(end)


def add_link(paragraph: Paragraph, text: str, *, url: str = "", bookmark: str = "") -> Any:
    """Add a link to an address or to a bookmark, and return its run."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    link = element("w:hyperlink", history=1)
    if url:
        link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    else:
        link.set(qn("w:anchor"), bookmark)
    run = paragraph.add_run(text, "Hyperlink" if url else None)
    link.append(run._r)
    paragraph._p.append(link)
    return run


def new_numbering(document: Document, style: str, first: int) -> int:
    """Begin a new list of this style, and return its number."""
    numbering: Any = document.part.numbering_part.element
    of_style = document.styles[style].element.pPr.numPr.numId.val
    made = numbering.add_num(numbering.num_having_numId(of_style).abstractNumId.val)
    made.add_lvlOverride(0).add_startOverride(first)
    number: int = made.numId
    return number


def set_numbering(paragraph: Paragraph, number: int) -> None:
    """Let a paragraph count in this list."""
    properties: Any = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = number


def add_drawing(document: Document, name: str, alt: str, drawing: Drawing, svg: bytes) -> Paragraph:
    """Add a drawing: a metafile, which every program shows, with the SVG that newer ones show instead."""
    places = [_related(document, "emf", "image/x-emf", emf(drawing)), _related(document, "svg", "image/svg+xml", svg)]
    return _placed(document, name, alt, places, drawing.width, drawing.height)


def add_picture(document: Document, picture: Picture, width: float, height: float) -> Paragraph:
    """Add a picture, at most as large as this, in pixels. SVG comes with the same as PNG for older programs, or its text in a frame."""
    part: Any = document.part
    if picture.media_type == "image/svg+xml":
        own = _svg_size(picture.data)
        scale = min(width / own[0], height / own[1])
        wide, high = own[0] * scale, own[1] * scale
        png = _png(picture.data, wide)
        if png is None:
            return add_drawing(document, picture.name, picture.alt, _stand_in(picture.alt, wide, high), picture.data)
        places = [part.get_or_add_image(io.BytesIO(png))[0], _related(document, "svg", "image/svg+xml", picture.data)]
        return _placed(document, picture.name, picture.alt, places, wide, high)
    place, image = part.get_or_add_image(io.BytesIO(picture.data))
    scale = min(width / image.px_width, height / image.px_height, 1.5)
    return _placed(document, picture.name, picture.alt, [place], image.px_width * scale, image.px_height * scale)


def _png(svg: bytes, width: float) -> bytes | None:
    """Return an SVG as PNG, sharp enough to print; None if it can't be drawn here."""
    try:
        from resvg_py import svg_to_bytes

        def drawn(font: str) -> bytes:
            return bytes(svg_to_bytes(svg_string=svg.decode("utf-8"), width=round(2 * width), serif_family=font))

        bare = drawn("")
        # A text in a font that this computer lacks would be left out: it is set in the first of these that there is.
        return next((png for font in _OTHER_FONTS if (png := drawn(font)) != bare), bare) if b"<text" in svg else bare
    except (ImportError, ValueError):
        return None


def _svg_size(content: bytes) -> tuple[float, float]:
    """Return the sides of an SVG, by its view box or its own measures."""
    text = content[:4000].decode("utf-8", "replace")
    if found := re.search(r"viewBox\s*=\s*[\"']\s*[-\d.eE]+[\s,]+[-\d.eE]+[\s,]+([\d.]+)[\s,]+([\d.]+)", text):
        sides = float(found[1]), float(found[2])
    else:
        measured = [re.search(rf"<svg[^>]*\s{name}\s*=\s*[\"']([\d.]+)", text) for name in ("width", "height")]
        sides = (float(measured[0][1]), float(measured[1][1])) if measured[0] and measured[1] else (3.0, 2.0)
    return sides if min(sides) > 0 else (3.0, 2.0)


def _stand_in(text: str, width: float, height: float) -> Drawing:
    """Return a frame with a text in it."""
    lines = wrap_text(text, max(width - 16, 20))[: max(int((height - 8) // 15), 1)]
    frame = (
        Bar(0, 0, width, 1, "rule"),
        Bar(0, height - 1, width, 1, "rule"),
        Bar(0, 0, 1, height, "rule"),
        Bar(width - 1, 0, 1, height, "rule"),
    )
    return Drawing(width, height, (*frame, *(Words(8, 18 + 15 * number, line) for number, line in enumerate(lines))))


def _related(document: Document, ending: str, kind: str, content: bytes) -> str:
    """Add a file to the document, and return the id by which its pages refer to it."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    part: Any = document.part
    name = PackURI(f"/word/media/drawing{len(part.rels)}.{ending}")
    place: str = part.relate_to(Part(name, kind, content, part.package), RELATIONSHIP_TYPE.IMAGE)
    return place


def _placed(document: Document, name: str, alt: str, places: list[str], width: float, height: float) -> Paragraph:
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn
    from docx.oxml.shape import CT_Inline
    from docx.shared import Inches

    part: Any = document.part
    inline: Any = CT_Inline.new_pic_inline(part.next_id, places[0], name, Inches(width / 96), Inches(height / 96))
    # Without these LibreOffice leaves room around it, and the picture goes beyond the margin.
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    inline.docPr.set("name", name)
    inline.docPr.set("descr", alt)
    if not alt:
        inline.docPr.append(parse_xml(_DECORATION))
    if len(places) > 1:
        next(inline.iter(qn("a:blip"))).append(parse_xml(_SVG_BESIDE.format(place=places[1])))
    paragraph = document.add_paragraph()
    paragraph.add_run()._r.add_drawing(inline)
    return paragraph
