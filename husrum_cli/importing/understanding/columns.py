"""The values of a row type's columns, and the headings people give them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ...input.text import fold, read_note
from ...rowtypes.columns import Column, heading_words
from ...rowtypes.registry import MODULES, row_type
from .mapping import IGNORE, ignores
from .questions import column_asked_for

# Headings of columns that an import knows in addition to its own: two that make a name, and an age that makes a birth year.
FIRST_NAME, LAST_NAME, AGE_NOW = "first_name", "last_name", "age_now"
_NAMES = {
    FIRST_NAME: ("fornavn", "fornavne", "first name"),
    LAST_NAME: ("efternavn", "efternavne", "last name", "surname"),
    AGE_NOW: ("alder",),
}
PAPERS = {
    "intro_course": (),
    "confidentiality": ("tavshedserklæring", "tavshedserkl", "tavshedspligt", "tavshed", "tavshedspligterklæring"),
    "criminal_record": ("børneattest", "straffeattest", "attest"),
}
"""The papers that a list of volunteers may have columns for."""
# What a list that is neither of young people nor of volunteers calls the column of the people its rows are about.
_WHO = ("name", "names", "navn", "navne", "fulde navn", "hvem", "ung", "unge", "den unge", "de unge", "deltager", "deltagere")
# Of those, the ones that are rather numbers of people where several may come.
_HOW_MANY = ("unge", "de unge")
_BRACKETS = re.compile(r"\([^()]*\)")
_MOST_WORDS = 12  # of the name of a column
_FIRST = re.compile(r"^1\.\s*(?=[^\W\d])")
_ALTERNATIVES = re.compile(r"\s*[/,]\s*|\s+(?:og|eller|and|or)\s+", re.IGNORECASE)
# Words around a heading, and after one, that say no more about its column: `Dato for introkursus`, `Startet d.`, `Navn på frivillig`.
_AROUND = re.compile(r"^(dato|dag)\s+(for|af)\s+|[\s,]+(d|den|dato|afholdt)$", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*[0-9]+$")
_OF_WHAT = re.compile(r"\s+(på|for|of)\s.*$", re.IGNORECASE)
# The names of sheets or files with rows of a kind.
_SHEETS = {
    "intakes": ("young people", "unge", "deltagere", "deltagerliste", "de unge", "henvendelser", "forsamtaler", "unge i husrum"),
    "volunteers": ("frivillige", "frivilligliste", "de frivillige"),
    "groups": ("grupper", "samtalegrupper"),
    "events": ("arrangementer", "begivenheder", "aktiviteter"),
    "matches": ("hjertevenner", "hjertevenskaber", "matches"),
    "waiting": ("venteliste", "ventelisten"),
    "partners": ("samarbejdspartnere", "partnere"),
    "hours": ("timer", "frivilligtimer", "frivillige timer"),
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
    elif whose := column_of_person(kind):
        for word in _WHO:
            if by_name(kind)[whose].refers == "person" or word not in _HOW_MANY:
                found.setdefault(heading_words(word), whose)
        for part in (FIRST_NAME, LAST_NAME):
            found |= {heading_words(word): part for word in _NAMES[part]}
    if kind == "volunteers":
        found |= {heading_words(word): paper for paper, words in PAPERS.items() for word in words}
    return found


@cache
def column_of_person(kind: str) -> str | None:
    """Return the column of the people that the rows of a kind are about, or of those who came, in a kind that has none of names or titles."""
    declared = by_name(kind)
    if "name" in declared or "title" in declared:
        return None
    refers = next((refers for refers in ("person", "people") if any(column.refers == refers for column in declared.values())), None)
    return next((column.name for column in declared.values() if refers and column.refers == refers), None)


@lru_cache(20_000)
def column_for(kind: str, heading: str) -> str | None:
    """Return the column that a heading names, by itself or without the words around it that say nothing: `Dato for forsamtale (ca.)`."""
    headings = known_headings(kind)
    heading = " ".join(heading.split())
    for words in _spellings(heading):
        if found := headings.get(words):
            return found
    parts = _ALTERNATIVES.split(heading)
    meant = {column_for(kind, part) for part in parts} if len(parts) > 1 else {None}
    if meant == {"born", AGE_NOW}:
        return AGE_NOW  # which is read as a birth date too
    if len(meant) == 1 and (column := meant.pop()):
        return column
    return column_of_question(kind, heading)


def column_of_question(kind: str, heading: str) -> str | None:
    """Return the column that a heading asks for in a whole sentence, in a list of people."""
    asked = column_asked_for(heading) if kind in ("intakes", "volunteers") else None
    return asked if asked in by_name(kind) or asked in _NAMES else None


def find_column(kind: str, means: str) -> str | None:
    """Return the column that a mapping means, by its name or a heading."""
    if means in by_name(kind) or means in _NAMES or kind == "volunteers" and means in PAPERS:
        return means
    return column_for(kind, means) or _column_beginning(kind, means)


def may_be_joined(kind: str, column: str) -> bool:
    """Whether two columns of a sheet may have the same meaning: both are lists, or notes."""
    declared = by_name(kind).get(column)
    return declared is not None and (declared.several or declared.refers == "people" or declared.read is read_note)


def people_and_numbers(kind: str, means: str) -> tuple[str, str] | None:
    """Return (column of the people, what numbers among them are: `unnamed` or `ignore`) of a heading that means both: `present|unnamed`."""
    people, bar, numbers = means.partition("|")
    column = find_column(kind, people.strip()) if bar else None
    if column not in by_name(kind) or by_name(kind)[column].refers != "people":
        return None
    if ignores(numbers):
        return column, IGNORE
    return (column, "unnamed") if column == "present" and find_column(kind, numbers.strip()) == "unnamed" else None


def _column_beginning(kind: str, means: str) -> str | None:
    """Return the only column of this beginning, in either language."""
    words = fold(means)
    found = {name for name in by_name(kind) if words and any(fold(each).startswith(words) for each in (name, by_name(kind)[name].danish))}
    return found.pop() if len(found) == 1 else None


def column_beginning_with(kind: str, heading: str) -> str | None:
    """Return the column that the first words of a heading name: `Selvmordstanker ja/nej`."""
    words = heading.split()
    return next(
        (column for length in range(min(len(words) - 1, _MOST_WORDS), 0, -1) if (column := column_for(kind, " ".join(words[:length])))),
        None,
    )


def join_headings(above: str, heading: str) -> str:
    """Return a heading in two cells, one above the other, as one: `Dato for` and `forsamtale`, `Fødsels-` and `dato`."""
    return f"{above[:-1]}{heading}" if above.endswith("-") else f"{above} {heading}"


@lru_cache(20_000)
def _spellings(heading: str) -> tuple[str, ...]:
    """Return the ways to read a heading, as headings are compared: for each kind they are the same."""
    plain = _BRACKETS.sub(" ", heading).strip(" .?!:*")
    spelled = (
        heading,
        _FIRST.sub("første ", heading),
        plain,
        plain.replace("-", ""),
        _AROUND.sub("", plain),
        _NUMBERED.sub("", plain),
        _OF_WHAT.sub("", plain),
    )
    return tuple(dict.fromkeys(heading_words(words) for words in dict.fromkeys(spelled)))


def find_kind(name: str) -> str | None:
    """Return the kind that a sheet, a file or `--as` names, in English or as Danes call such lists."""
    words = fold(name.strip())
    if words in MODULES:
        return words
    return next((kind for kind, names in _SHEETS.items() if words in map(fold, names)), None)


@cache
def any_heading(words: str) -> bool:
    """Whether a cell is a heading of some kind of row."""
    return any(column_for(kind, words) for kind in MODULES)
