"""A questionnaire to answer on paper, as HTML or Word: a page for each person, with their number and no name."""

from __future__ import annotations

from html import escape
from pathlib import Path

from ..extras import missing_extra
from ..records.answer_form import AnswerForm

_STYLE = """body{font:12pt/1.5 sans-serif;margin:2cm;color:#111;background:#fff}section{break-after:page}table{border-collapse:collapse;width:100%}
td,th{border:1px solid #555;padding:.5em;text-align:center}td:first-child,th:first-child{text-align:left}"""
_LINE = "________________"


def form_html(form: AnswerForm) -> str:
    """Return the form as a page of HTML."""
    head = "".join(f'<th scope="col">{escape(answer)}</th>' for answer in form.answers)
    boxes = "<td>☐</td>" * len(form.answers)
    rows = "".join(f'<tr><th scope="row">{place}. {escape(item)}</th>{boxes}</tr>' for place, item in enumerate(form.items, 1))
    pages = "".join(
        f"<section><h1>{escape(form.title)}</h1><p>{escape(form.number_label)}: {escape(number) or _LINE} &emsp; {escape(form.date_label)}: {_LINE}</p>"
        f"<p>{escape(form.scale)}</p><table><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></section>"
        for number in form.numbers
    )
    title = escape(form.title)
    return f'<!doctype html><html lang="{form.language}"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head><body>{pages}</body></html>\n'


def write_form_docx(path: Path, form: AnswerForm) -> None:
    """Write the form as a Word document. Raises `WrongInput` if the library is not installed."""
    try:
        from docx import Document
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm
    except ImportError:
        raise missing_extra("docx") from None

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    boxes = [Mm(15)] * len(form.answers)
    widths = [Mm(160) - sum(boxes), *boxes]
    for place, number in enumerate(form.numbers):
        if place:
            document.add_page_break()  # type: ignore[no-untyped-call]
        document.add_heading(form.title, 1)
        document.add_paragraph(f"{form.number_label}: {number or _LINE}    {form.date_label}: {_LINE}")
        document.add_paragraph(form.scale)
        table = document.add_table(0, len(widths), "Table Grid")
        table.autofit = False
        lines = [["", *form.answers], *([f"{at}. {item}", *("☐" for _box in boxes)] for at, item in enumerate(form.items, 1))]
        for column, width in enumerate(widths):
            table.columns[column].width = width
        for line in lines:
            for column, (cell, text) in enumerate(zip(table.add_row().cells, line, strict=True)):
                cell.text, cell.width = text, widths[column]
                if column:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.save(str(path))
