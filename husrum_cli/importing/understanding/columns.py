"""The values of a row type's columns, and the headings people give them."""

from __future__ import annotations

from functools import cache

from ...input.text import fold
from ...rowtypes.columns import Column, heading_words
from ...rowtypes.registry import MODULES, row_type

# Headings of columns that an import knows in addition to its own: two that make a name, and an age that makes a birth year.
FIRST_NAME, LAST_NAME, AGE_NOW = "first_name", "last_name", "age_now"
_NAMES = {
    FIRST_NAME: ("fornavn", "fornavne", "first name"),
    LAST_NAME: ("efternavn", "efternavne", "last name", "surname"),
    AGE_NOW: ("alder",),
}
# The names of sheets or files with rows of a kind.
_SHEETS = {
    "intakes": ("young people", "unge", "deltagere", "deltagerliste", "de unge", "henvendelser", "forsamtaler", "unge i husrum"),
    "volunteers": ("frivillige", "frivilligliste", "de frivillige"),
    "groups": ("grupper", "samtalegrupper"),
    "events": ("arrangementer", "begivenheder", "aktiviteter"),
    "matches": ("hjertevenner", "hjertevenskaber", "matches"),
    "waiting": ("venteliste", "ventelisten"),
    "partners": ("samarbejdspartnere", "partnere"),
    "grants": ("tilskud", "bevillinger"),
}


def by_name(kind: str) -> dict[str, Column]:
    """Return the columns of a kind."""
    return row_type(kind).by_name


@cache
def known_headings(kind: str) -> dict[str, str]:
    """Return heading as compared -> the column."""
    found = dict(row_type(kind).headings)
    if kind in ("intakes", "volunteers"):
        # The export's own column of ages is called by its English name.
        found |= {heading_words(word): name for name, words in _NAMES.items() for word in words}
    return found


def column_for(kind: str, heading: str) -> str | None:
    """Return the column that a heading names."""
    headings = known_headings(kind)
    words = heading_words(heading.replace("\n", " "))
    return headings.get(words) or headings.get(words.rstrip(".?:* "))


def kind_named(name: str) -> str | None:
    """Return the kind that a sheet, a file or `--as` names, in English or as Danes call such lists."""
    words = fold(name.strip())
    if words in MODULES:
        return words
    return next((kind for kind, names in _SHEETS.items() if words in map(fold, names)), None)


@cache
def any_heading(words: str) -> bool:
    """Whether a cell is a heading of some kind of row."""
    return any(column_for(kind, words) for kind in MODULES)
