"""The report as a Word document: what Word itself knows of it, so that it can be gone on with."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from report_reading import metafile_texts
from test_report_drawing import WILD, everything

from husrum_cli.i18n import choose_language
from husrum_cli.records.report import Block, Bullets, Cell, Chapter, Cover, Paragraph, Picture, Report, ReportTable, TextRun
from husrum_cli.render.charts import text_width
from husrum_cli.render.report_docx import report_docx

TABLE = ReportTable("Andele", ("", "2023", "2024"), ((Cell("Mindst én diagnose"), Cell("40 af 50 (ca. 80 %)"), Cell("1.234")),) * 3)
# The order of what may be in the properties of paragraphs, pieces of text, tables, cells and sections (ECMA-376, part 1, 17.3 to 17.6).
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens spacing ind contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing w kern position sz szCs highlight u effect lang",
    "tblPr": "tblStyle tblpPr tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tblBorders": "top left bottom right insideH insideV",
    "tcPr": "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols titlePg docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked rsid pPr rPr tblPr trPr tcPr tblStylePr",
}


def document_of(*blocks: Block, cover: Cover | None = None, titles: tuple[str, ...] = ("Omfang", "Frivillige")) -> Any:
    """A document whose first chapter has these blocks."""
    chapters = tuple(Chapter(f"chapter{number}", title, () if number else blocks) for number, title in enumerate(titles))
    report = Report("STATUS 2024", "HUSRUM Ø-by", "da", "2024-12-31", (), chapters, "Indhold", cover or Cover())
    return docx.Document(io.BytesIO(report_docx(report)))


def text(words: str) -> Paragraph:
    return Paragraph((TextRun(words),))


def fields_of(root: Any) -> list[str]:
    """The codes of all fields, each of which must end."""
    kinds = [each.get(qn("w:fldCharType")) for each in root.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")
    return [each.text.strip() for each in root.iter(qn("w:instrText"))]


def test_the_contents_are_filled_in_and_lead_to_the_headings() -> None:
    document = document_of(text("Tekst"))
    assert r'TOC \o "1-1" \h \z \u' in fields_of(document.element)
    entries = [each for each in document.paragraphs if each.style.name == "toc 1"]
    headings = [each for each in document.paragraphs if each.style.name == "Heading 1"]
    assert [each.text for each in entries] == [each.text for each in headings] == ["Omfang", "Frivillige"]
    leads = [link.get(qn("w:anchor")) for each in entries for link in each._p.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for each in headings for mark in each._p.iter(qn("w:bookmarkStart"))]
    assert leads == marks and len(set(marks)) == 2


def test_every_page_but_the_cover_has_a_title_and_a_number() -> None:
    (section,) = document_of(text("Tekst")).sections
    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == "STATUS 2024 · HUSRUM Ø-by"
    assert fields_of(section.footer._element) == ["PAGE", "NUMPAGES"]


def test_captions_are_counted_by_word() -> None:
    picture = Picture("hus", "image/svg+xml", b'<svg viewBox="0 0 30 20"/>', "Et hus", "Huset")
    choose_language("en")
    document = document_of(TABLE, picture, TABLE, picture)
    captions = [each.text for each in document.paragraphs if each.style.name == "Caption"]
    assert captions == ["Table\xa01. Andele", "Figure\xa01. Huset", "Table\xa02. Andele", "Figure\xa02. Huset"]
    assert fields_of(document.element)[1:] == [rf"SEQ {name} \* ARABIC" for name in ("Table", "Figure") * 2]


def test_lists_are_real_and_each_counts_for_itself() -> None:
    inner = Bullets(((text("Inderst"),),))
    document = document_of(
        *(Bullets(((text("En"), text("Mere om en")), (text("To"), inner)), 1), text("Tekst"), Bullets(((text("Syv"),), (text("Otte"),)), 7))
    )
    found = [(each.style.name, each.text) for each in document.paragraphs if each.style.name.startswith("List")]
    numbered = ("List Number", "List Number")
    assert [style for style, _words in found] == [numbered[0], "List Continue", numbered[1], "List Bullet 2", *numbered]
    numbers = [each._p.pPr.numPr.numId.val for each in document.paragraphs if each.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    starts = {
        each.numId: each.lvlOverride_lst[0].startOverride.val
        for each in document.part.numbering_part.element.num_lst
        if each.lvlOverride_lst
    }
    assert (starts[numbers[0]], starts[numbers[2]]) == (1, 7)


def test_a_table_has_a_heading_row_and_does_not_break() -> None:
    table = document_of(TABLE).tables[0]
    assert [bool(row._tr.trPr.findall(qn("w:tblHeader"))) for row in table.rows] == [True, False, False, False]
    assert all(row._tr.trPr.findall(qn("w:cantSplit")) for row in table.rows)
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert kept == [True, True, True, False]
    assert table._tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Andele"


def test_headings_and_captions_stay_with_what_follows() -> None:
    document = document_of(TABLE)
    for name in ("Heading 1", "Heading 2", "Heading 3", "Caption"):
        assert document.styles[name].paragraph_format.keep_with_next, name


def test_percentages_and_units_are_not_broken() -> None:
    document = document_of(
        TABLE, text("I 2024 kom 200 unge, og 40 % blev."), Paragraph((TextRun("Det er "), TextRun("90", "x"), TextRun(" %.")))
    )
    words = [each.text for each in document.paragraphs] + [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert not [each for each in words if re.search(r"\d %|200 unge", each)]
    assert "I 2024 kom 200\xa0unge, og 40\xa0% blev." in words and "Det er 90\xa0%." in words


@pytest.mark.parametrize("size", [4, 9, 14])
def test_no_word_of_a_table_is_broken_where_there_is_room(size: int) -> None:
    headings = ("", *(f"Skanderborg{number}"[: 30 // size + 5] for number in range(size)))
    rows = tuple((Cell("Unge i samtalegrupper og netværksgrupper"), *(Cell("1.234"),) * size) for _number in range(3))
    table = document_of(ReportTable("Byer", headings, rows)).tables[0]
    widths = [column.width.mm for column in table.columns]
    assert 110 <= sum(widths) <= 170.5
    assert all(width > 9 for width in widths) and widths[0] >= max(widths[1:])


def test_a_table_of_seven_cities_has_room_for_their_names_in_a_wider_font_too() -> None:
    cities = ("Esbjerg", "Horsens", "Randers", "Silkeborg", "Skanderborg", "Viborg", "Aarhus", "i alt", "Byernes sum", "Overlap")
    row = (Cell("Unge i sociale arrangementer"), *(Cell("1.234"),) * 10)
    (table,) = document_of(ReportTable("Unge i 2024", ("", *cities), (row,) * 3)).tables
    (margins,) = table._tbl.iter(qn("w:tblCellMar"))
    around = sum(int(side.get(qn("w:w"))) for side in margins) / 20
    for city, cell in zip(cities, table.rows[0].cells[1:], strict=True):
        # DejaVu Sans Bold, which LibreOffice takes where there is no Arial, is at most 1.42 as wide.
        size = cell.paragraphs[0].runs[0].font.size.pt
        assert cell.width.pt - around >= max(text_width(word, size) for word in city.split()) * 1.42, city


def test_a_text_between_a_title_and_a_heading_stays_with_both() -> None:
    heading, below = Paragraph((TextRun("Samtaler"),), "heading1"), Paragraph((TextRun("Aarhus"),), "heading2")
    document = document_of(text("Kort"), heading, text("Også kort"), below, text("Langt"), text("Længere"), heading)
    kept = {each.text: each.paragraph_format.keep_with_next for each in document.paragraphs if each.style.name == "Normal"}
    assert kept == {"Kort": True, "Også kort": True, "Langt": None, "Længere": None}


@pytest.mark.skipif(not any(Path("/usr/share/fonts").rglob("*.ttf")), reason="there are no fonts here")
def test_a_text_in_a_drawing_is_drawn_if_its_font_is_not_here() -> None:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><text y="20" font-family="Nowhere Sans">{}</text></svg>'
    pngs = [
        next(part.blob for part in document_of(cover=Cover(Picture("logo", "image/svg+xml", logo.format(words).encode(), "HUSRUM"))).part.package.iter_parts() if part.partname.endswith(".png"))
        for words in ("HUSRUM", "")
    ]  # fmt: skip
    assert pngs[0] != pngs[1]


def test_links_are_links() -> None:
    document = document_of(Paragraph((TextRun("Skriv til os", link="mailto:os@example.org"),)))
    (link,) = (each for each in document.element.iter(qn("w:hyperlink")) if each.get(qn("r:id")))
    assert document.part.rels[link.get(qn("r:id"))].target_ref == "mailto:os@example.org"
    assert "".join(each.text for each in link.iter(qn("w:t"))) == "Skriv til os"


def test_the_language_is_set_and_word_does_not_take_it_for_an_old_file() -> None:
    document = document_of(text("Tekst"))
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"da-DK"} and document.core_properties.language == "da-DK"
    modes = [
        each.get(qn("w:val"))
        for each in document.settings.element.iter(qn("w:compatSetting"))
        if each.get(qn("w:name")) == "compatibilityMode"
    ]
    assert modes == ["15"]


def test_a_picture_has_its_text_and_decoration_says_that_it_is_one() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="150"/>'
    pictures = (Picture("hus", "image/svg+xml", drawing, "Et hus med en have", ""), Picture("streg", "image/svg+xml", drawing, "", ""))
    document = document_of(*pictures)
    house, line = document.inline_shapes
    assert house._inline.docPr.get("descr") == "Et hus med en have"
    assert (round(house.width.inches, 1), round(house.height.inches, 1)) == (6.7, 3.3)
    assert [
        len(list(each._inline.docPr.iter("{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative")))
        for each in (house, line)
    ] == [0, 1]
    assert [blob for name, blob in files_of(document).items() if name.endswith(".svg")] == [drawing] * 2
    assert [name for name in files_of(document) if name.startswith("/word/media/") and not name.endswith(".svg")] == [
        "/word/media/image1.png"
    ]


@pytest.mark.parametrize("broken", ["the library is missing", "the drawing is"])
def test_an_svg_that_can_not_be_drawn_here_has_its_text_in_its_place(monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"/>'
    if "library" in broken:
        monkeypatch.setitem(sys.modules, "resvg_py", None)
    else:
        drawing = b"<svg viewBox='0 0 30 20'"
    files = files_of(document_of(Picture("hus", "image/svg+xml", drawing, "Et hus med en have", "")))
    assert [metafile_texts(blob) for name, blob in files.items() if name.endswith(".emf")] == [["Et hus med en have"]]
    assert [blob for name, blob in files.items() if name.endswith(".svg")] == [drawing]


def files_of(document: Any) -> dict[str, bytes]:
    """name -> content of the files within a document."""
    return {str(each.partname): each.blob for each in document.part.package.iter_parts()}


@pytest.mark.parametrize("words", ["Plain", WILD], ids=["plain", "wild"])
def test_the_file_keeps_to_the_format(words: str) -> None:
    content = report_docx(everything(words))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names)) and archive.testzip() is None
    document = docx.Document(io.BytesIO(content))
    roots = [
        document.element,
        document.styles.element,
        *(each._element for each in (document.sections[0].header, document.sections[0].footer)),
    ]
    for root in roots:
        for name, order in ORDER.items():
            for each in root.iter(qn(f"w:{name}")):
                tags = [child.tag.split("}")[1] for child in each]
                assert set(tags) <= set(order.split()), (name, tags)
                assert tags == sorted(tags, key=order.split().index), (name, tags)
        for cell in root.iter(qn("w:tc")):
            assert cell[-1].tag == qn("w:p")
    marks = [each.get(qn("w:id")) for each in document.element.iter(qn("w:bookmarkStart"))]
    drawings = [each.get("id") for each in document.element.iter(qn("wp:docPr"))]
    assert len(marks) == len(set(marks)) and len(drawings) == len(set(drawings)) > 4
    assert document.element.body[-2].tag == qn("w:p")
    # What somebody wrote is text.
    said = words.replace("\u202e", "\N{REPLACEMENT CHARACTER}")
    assert [each.text.replace("\xa0", " ") for each in document.paragraphs if each.style.name == "Title"] == [said]
    assert {each.target_ref for each in document.part.rels.values() if each.is_external} == {"https://example.org/" + said}
