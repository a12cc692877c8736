"""A questionnaire to answer on paper, as HTML or Word: a page for each person, with their number and no name."""

from __future__ import annotations

from html import escape
from pathlib import Path

from ..extras import missing
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
    except ImportError:
        raise missing("docx") from None

    document = Document()
    for place, number in enumerate(form.numbers):
        if place:
            document.add_page_break()  # type: ignore[no-untyped-call]
        document.add_heading(form.title, 1)
        document.add_paragraph(f"{form.number_label}: {number or _LINE}    {form.date_label}: {_LINE}")
        document.add_paragraph(form.scale)
        table = document.add_table(1, 1 + len(form.answers), "Table Grid")
        for cell, text in zip(table.rows[0].cells, ("", *form.answers), strict=True):
            cell.text = text
        for item_number, item in enumerate(form.items, 1):
            for cell, text in zip(table.add_row().cells, (f"{item_number}. {item}", *("☐" for _answer in form.answers)), strict=True):
                cell.text = text
    document.save(str(path))
