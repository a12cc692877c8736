"""The questionnaire on paper: a page for each person, with the number and no name."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from running import CHECKOUT, new_city
from town import Town


def test_a_page_for_each_with_the_number_and_no_name(tmp_path: Path) -> None:
    town = Town(new_city(tmp_path / "town.db"))
    for name in ("Anna Holm", "Bo Dal"):
        town.must("intake", "add", name, "--enquired", "2024-01-02")
    page = tmp_path / "form.html"
    wording = tmp_path / "wording.txt"
    wording.write_text("First <item>?\nSecond?\nThird?\n", encoding="utf-8")
    town.must("export", "form", "tils", "--to", page, "--person", "1,2", "--wording", wording)
    text = page.read_text(encoding="utf-8")
    assert text.count("<section>") == 2 and "First &lt;item&gt;?" in text and "Number: 2" in text and "Anna" not in text
    danish = CHECKOUT / "examples" / "wording" / "tils-da.txt"
    written = town.must("--language", "da", "export", "form", "tils", "--to", page, "--person", "1", "--overwrite")
    assert "skrevet (1 side)" in written
    town.must("--language", "da", "export", "form", "tils", "--to", page, "--wording", danish, "--overwrite")
    assert "1. Hvor tit savner du nogen" in page.read_text(encoding="utf-8")
    assert town("export", "form", "tils", "--to", page).exit_code == 5
    assert town("export", "form", "tils", "--to", tmp_path / "form.pdf").exit_code == 2
    assert town("export", "form", "who5", "--to", tmp_path / "a.html", "--wording", wording).exit_code == 2
    nobody = town("export", "form", "tils", "--to", tmp_path / "nobody.html", "--person", "none")
    assert nobody.exit_code == 2 and "“none” names nobody" in nobody.stderr and not (tmp_path / "nobody.html").exists()
    town.must("group", "open", "Tuesday", "--kind", "talk", "--start", "2024-02-06")
    town.must("group", "enroll", "G1", "2", "--date", "2024-02-06")
    town.must("export", "form", "who5", "--to", tmp_path / "form.docx", "--group", "G1")
    document = Document(str(tmp_path / "form.docx"))
    assert any("Number: 2" in paragraph.text for paragraph in document.paragraphs)
    (table,) = document.tables
    section = document.sections[0]  # A4, with most of the room for the question
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [round(column.width.mm) for column in table.columns] == [70] + [15] * 6
    assert len(table.rows) == 6 and [cell.text for cell in table.rows[0].cells][1:] == list("012345")
