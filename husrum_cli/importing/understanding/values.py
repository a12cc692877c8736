"""A cell as the text that the column's own reader takes: people's usual spellings become dates, codes and numbers."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...errors import HusrumError, WrongInput
from ...i18n import _
from ...input.dates import read_date, today
from ...input.text import read_note
from ...rowtypes.registry import row_type
from ...vocabulary import QUESTIONS
from .columns import by_name
from .dates import NeedsYear, is_date, read_file_date
from .words import ABSENT, PRESENT, mark_of

# Kinds whose days may be in the future.
_PLANNED = frozenset({"events", "meetings", "attendance", "groups", "grants", "partners", "enrolments", "leaders"})
# Columns of codes, whose values reveal the meaning of an unknown heading.
CODED = frozenset({*(key for key, question in QUESTIONS.items() if question.codes), "role", "kind"})
PAPER_SEEN = "x"
"""A paper that was seen on a day that isn't known."""
_SEEN_WORDS = frozenset({"ok", "set", "modtaget", "afleveret", "underskrevet", "har", "taget", "gennemført"})
_LACKING = frozenset({"mangler", "mangler stadig", "ikke endnu", "nej tak", "har ikke"})
_AGE = re.compile(r"(?:ca\.?\s*)?([0-9]{1,3})\s*(år|aar|years?|yrs?)?\.?( gammel)?", re.IGNORECASE)
_JOINS = re.compile(r"[^\S\n]*(?:[|,;/+&\n]|\bog\b|\band\b|\bsamt\b)\s*")


class Reading(NamedTuple):
    """The text a cell means. `completed`: `year`, `century` or `age` if that was not in the cell and was added."""

    text: str
    completed: str = ""


def is_date_column(kind: str, column: str) -> bool:
    """Whether a column holds days."""
    declared = by_name(kind).get(column)
    return declared is not None and declared.read is read_date


def read_value(kind: str, column: str, text: str, year: int | None) -> Reading:
    """Read a cell's text as the column's reader takes it. Raises `HusrumError` with what is wrong."""
    declared = by_name(kind)[column]
    if column == "born":
        return _born(text, year)
    if is_date_column(kind, column):
        if declared.clears(text):
            return Reading(text)
        parts = text.split("|") if declared.several else [text]
        read = [read_file_date(part, year, to_come=kind in _PLANNED) for part in parts if part.strip()]
        return Reading("|".join(each.iso for each in read), max(each.completed for each in read))
    if declared.refers:
        return Reading(text)
    if column == "phone":
        text = re.sub(r"^(tlf|mobil|mob)[.:]*\s*", "", text, flags=re.IGNORECASE)
    raw = text
    if declared.read is not read_note:
        text = " ".join(text.split())
    try:
        row_type(kind).read_cell(column, text)
    except HusrumError:
        if not declared.several or len(_JOINS.split(raw)) < 2:
            raise
        return Reading(_listed(kind, column, raw))
    return Reading(text)


def split_values(text: str) -> list[str]:
    """Return the values in a cell that may hold several, however they are separated."""
    return [part for part in _JOINS.split(text) if part]


def _listed(kind: str, column: str, text: str) -> str:
    """Join several values, however they are separated, with `|`. Raises `HusrumError` for the first that is not known."""
    parts = split_values(text)
    for part in parts:
        row_type(kind).read_cell(column, part)
    row_type(kind).read_cell(column, joined := "|".join(parts))
    return joined


def read_paper(text: str) -> Reading | None:
    """Read whether a paper was seen: that it was, or nothing if it lacks. None if the cell says something else, such as the day."""
    words, mark = text.strip(" .!").casefold(), mark_of(text)
    if mark == PRESENT or words in _SEEN_WORDS:
        return Reading(PAPER_SEEN)
    return Reading("") if mark == ABSENT or words in _LACKING else None


def _born(text: str, year: int | None) -> Reading:
    """Return a birth date, a birth year, or an age in the import's year."""
    text = text.strip()
    if re.fullmatch("[0-9]{4}", text):
        return Reading(text)
    found = _AGE.fullmatch(text)
    if found and (found[2] or found[3]):
        return age(found[1], year)
    read = read_file_date(text, birth=True)
    if read.iso > today():
        raise WrongInput(_("{date} has not come yet", date=read.iso))
    return Reading(read.iso, read.completed)


def age(text: str, year: int | None) -> Reading:
    """Return an age, as the birth year it makes in the import's year. A column of ages may hold birth dates and years too."""
    found = _AGE.fullmatch(text.strip())
    if not found and (is_date(text) or re.fullmatch(r"\s*[0-9]{4}\s*", text)):
        return _born(text, year)
    if not found or not 0 < int(found[1]) <= 110:
        raise WrongInput(_("this is not an age"))
    if year is None:
        raise NeedsYear(_("an age needs the year in which it was true"))
    if year > int(today()[:4]):
        raise WrongInput(_("the year of the ages has not come yet"))
    return Reading(str(year - int(found[1])), "age")
