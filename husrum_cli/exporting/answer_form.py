"""A questionnaire to answer on paper."""

from __future__ import annotations

from pathlib import Path

from ..errors import UnusableFile, WrongInput
from ..i18n import _, language, many
from ..input.text import lines_of, refuse_cpr
from ..records.answer_form import AnswerForm
from ..regular_files import regular_bytes
from ..render.answer_form import form_html, write_form_docx
from ..render.data_files import file_format, open_output
from ..vocabulary import Instrument, translation


def answer_form(instrument: Instrument, numbers: tuple[str, ...], wording: Path | None) -> AnswerForm:
    """Return a form with a page for each number, or one without. wording: a text file with one item a line; None: our own short names."""
    spoken = language()
    items = tuple(translation(item, spoken) for item in instrument.items)
    title = translation(instrument.code, spoken)
    if wording is not None:
        try:
            lines = tuple(line.strip() for line in lines_of(regular_bytes(wording).decode("utf-8-sig")) if line.strip())
        except UnicodeDecodeError:
            raise UnusableFile(_("{path} is not in UTF-8; save it as UTF-8.", path=wording)) from None
        except OSError:
            raise UnusableFile(_("wording: {path} can't be read.", path=wording)) from None
        if len(lines) != len(items):
            message = many("wording: {path} has {number} line; {instrument} has {items} items.",
                           "wording: {path} has {number} lines; {instrument} has {items} items.",
                           len(lines), path=wording, instrument=title, items=len(items))  # fmt: skip
            raise WrongInput(message, "wording")
        for line in lines:
            refuse_cpr(line, "wording")
        items = lines
    first, last = (translation(end, spoken) for end in instrument.ends)
    answers = tuple(str(number) for number in range(instrument.lowest, instrument.highest + 1))
    scale = f"{instrument.lowest}: {first} … {instrument.highest}: {last}"
    return AnswerForm(title, scale, items, answers, numbers or ("",), _("Number"), _("Date"), spoken)


def write_form(path: Path, form: AnswerForm, overwrite: bool) -> None:
    """Write a form to a .docx or .html file. Raises `WrongInput` for another kind, `Refused` for one that exists."""
    kind = file_format(path, ("docx", "html"))
    with open_output(path, overwrite) as temporary:
        if kind == "html":
            temporary.write_text(form_html(form), encoding="utf-8")
        else:
            write_form_docx(temporary, form)
