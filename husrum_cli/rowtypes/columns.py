"""The columns of every kind of row: how each is read, what it refers to, and its Danish heading."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

from ..domain.activities.activities import read_joint_key
from ..errors import HusrumError, WrongInput
from ..i18n import _, language
from ..input.choices import read_answers, read_code
from ..input.dates import read_born, read_date, read_year
from ..input.numbers import read_age_range, read_amount, read_count, read_decimal, read_reference, read_yes
from ..input.text import fold, read_name, read_note
from ..vocabulary import (
    AGREEMENT,
    ATTEST,
    EVENT_KIND,
    GENDER,
    GROUP_KIND,
    NON_ANSWERS,
    OFFER,
    ONE_SIDE,
    PROPOSAL_ANSWER,
    PURPOSE,
    QUESTIONS,
    REASON,
    RECRUITED_THROUGH,
    ROLE,
    TIME,
    Codes,
)

Values = dict[str, Any]
Reader = Callable[[str, str], Any]
UNKNOWN = ("unknown", "ukendt")


class Column(NamedTuple):
    """A column. `several`: values separated by `|`. `refers`: what its text refers to, looked up in the file: person, people, group, event.

    `other_headings`: what people call it in spreadsheets of their own.
    """

    name: str
    read: Reader
    danish: str
    several: bool = False
    refers: str | None = None
    required: bool = False
    private: bool = False
    other_headings: tuple[str, ...] = ()


def _code(vocabulary: Codes, text: str, field: str) -> str:
    return read_code(text, vocabulary, field)


def _date_or_unknown(text: str, field: str) -> str | None:
    return None if text.strip().casefold() in UNKNOWN else read_date(text, field)


def _recruited(text: str, field: str) -> str:
    """A code where one is meant, else the text itself."""
    try:
        return read_code(text, {**RECRUITED_THROUGH, **NON_ANSWERS}, field)
    except WrongInput:
        return read_name(text, field)


def _email(text: str, field: str) -> str:
    text = read_name(text, field)
    if "@" not in text.strip("@") or " " in text:
        raise WrongInput(_("{field}: that is no e-mail address.", field=field), field)
    return text


def _word(text: str, field: str) -> str:
    """A name that may stand beside others in one cell, where `|` separates them."""
    if "|" in text:
        raise WrongInput(_("{field}: “|” separates several values, and can't stand in a name.", field=field), field)
    return read_name(text, field)


def _reference(text: str, field: str) -> str:
    return text.strip()


def _age_range(text: str, field: str) -> str:
    return read_age_range(text, field)


_PERSON_COLUMNS = (
    Column("name", read_name, "navn"),
    Column("person", _reference, "person", refers="person"),
    Column("ref", partial(read_count, smallest=1), "nummer"),
    Column("called", read_name, "kaldet"),
    Column("born", read_born, "født"),
)
_CONTACT_COLUMNS = (
    Column("phone", read_name, "telefon", private=True),
    Column("email", _email, "e-mail", private=True),
    Column("note", read_note, "note", private=True),
)
_PREFERENCE_COLUMNS = (
    Column("interest", read_name, "interesse", several=True),
    Column("time", partial(_code, TIME), "tid", several=True),
    Column("area", read_name, "område", several=True),
    Column("speaks", read_name, "sprog", several=True),
    Column("about", read_name, "om", several=True),
    Column("wants_gender", partial(_code, GENDER), "ønsker køn", several=True),
    Column("wants_age", _age_range, "ønsker alder"),
    Column("avoid", read_name, "undgå", several=True),
)
PREFERENCES = tuple(column.name for column in _PREFERENCE_COLUMNS)
_TURNOUT_COLUMNS = (
    Column("present", _reference, "til stede", refers="people"),
    Column("volunteers", _reference, "frivillige", refers="people"),
    Column("unnamed", read_count, "uden navn"),
    # Decisions that were taken before, kept when a file is read back.
    Column("as_participant", _reference, "som deltager", refers="people"),
    Column("as_volunteer", _reference, "som frivillig", refers="people"),
)
_REASON = Column("reason", partial(_code, REASON), "årsag")
_PLANNED = Column("planned", read_yes, "planlagt")
_CANCELLED = Column("cancelled", read_yes, "aflyst")

COLUMNS: dict[str, tuple[Column, ...]] = {
    "intakes": (
        *_PERSON_COLUMNS,
        Column("enquired", _date_or_unknown, "henvendt"),
        Column("held", read_date, "samtale"),
        Column("referred_by", _word, "henvist af"),
        *(
            Column(each.key, lambda text, field: text, each.column, several=each.several, other_headings=each.headings)
            for each in QUESTIONS.values()
        ),
        *_CONTACT_COLUMNS,
        # Of those whose birth date was taken away, kept when a file is read back.
        Column("age", read_count, "alder"),
    ),
    "volunteers": (
        *_PERSON_COLUMNS,
        Column("joined", read_date, "startet"),
        Column("role", partial(_code, ROLE), "rolle", several=True),
        Column("intro_course", read_date, "introkursus"),
        Column("recruited_through", _recruited, "rekrutteret via"),
        Column("gender", partial(_code, {**GENDER, **NON_ANSWERS}), "køn"),
        *_CONTACT_COLUMNS,
        Column("left", read_date, "stoppet"),
    ),
    "roles": (
        Column("volunteer", _reference, "frivillig", refers="person", required=True),
        Column("role", partial(_code, ROLE), "rolle", required=True),
        Column("from", read_date, "fra"),
        Column("to", read_date, "til"),
    ),
    "attests": (
        Column("volunteer", _reference, "frivillig", refers="person", required=True),
        Column("kind", partial(_code, ATTEST), "slags", required=True),
        Column("date", read_date, "dato"),
    ),
    "groups": (
        Column("ref", lambda text, field: read_reference(text, "G", field), "nummer"),
        Column("title", read_name, "titel", required=True),
        Column("kind", partial(_code, GROUP_KIND), "slags", required=True),
        Column("start", read_date, "start"),
        Column("weeks", read_count, "uger"),
        Column("skip", read_date, "spring over", several=True),
        Column("capacity", partial(read_count, smallest=1), "pladser"),
        Column("leader", _reference, "leder", refers="people"),
        Column("continues", _reference, "fortsætter", refers="group"),
        Column("venue", _word, "sted"),
        Column("programme", read_name, "program", several=True),
        Column("closed", read_date, "afsluttet"),
    ),
    "leaders": (
        Column("group", _reference, "gruppe", refers="group", required=True),
        Column("person", _reference, "person", refers="person", required=True),
        Column("from", read_date, "fra"),
        Column("to", read_date, "til"),
    ),
    "enrolments": (
        Column("group", _reference, "gruppe", refers="group", required=True),
        Column("person", _reference, "person", refers="person", required=True),
        Column("date", read_date, "dato"),
        Column("until", read_date, "slut"),
        _REASON,
    ),
    "meetings": (
        Column("group", _reference, "gruppe", refers="group", required=True),
        Column("date", read_date, "dato", required=True),
        Column("theme", read_name, "tema"),
        *_TURNOUT_COLUMNS,
        Column("absent", _reference, "fraværende", refers="people"),
        Column("excused", _reference, "afbud", refers="people"),
        Column("note", read_note, "note", private=True),
        _CANCELLED,
        _PLANNED,
    ),
    "events": (
        Column("ref", lambda text, field: read_reference(text, "E", field), "nummer"),
        Column("title", read_name, "titel", required=True),
        Column("date", read_date, "dato", required=True),
        Column("until", read_date, "slut"),
        Column("kind", partial(_code, EVENT_KIND), "slags"),
        Column("activity", read_name, "aktivitet"),
        Column("venue", _word, "sted"),
        Column("partner", read_name, "partner", several=True),
        Column("programme", read_name, "program", several=True),
        Column("organiser", _reference, "arrangør", refers="people"),
        *_TURNOUT_COLUMNS,
        Column("joint", lambda text, field: read_joint_key(text), "fælles"),
        Column("note", read_note, "note", private=True),
        _PLANNED,
        _CANCELLED,
    ),
    "attendance": (
        Column("event", _reference, "arrangement", refers="event", required=True),
        Column("date", read_date, "dato", required=True),
        *_TURNOUT_COLUMNS,
        _PLANNED,
        _CANCELLED,
    ),
    "waiting": (
        Column("person", _reference, "person", refers="person", required=True),
        Column("since", read_date, "siden"),
        *_PREFERENCE_COLUMNS,
        Column("until", read_date, "slut"),
        _REASON,
    ),
    "offers": (
        Column("volunteer", _reference, "frivillig", refers="person", required=True),
        Column("capacity", partial(read_count, smallest=1), "pladser"),
        Column("from", read_date, "fra"),
        *_PREFERENCE_COLUMNS,
    ),
    "matches": (
        Column("person", _reference, "person", refers="person", required=True),
        Column("volunteer", _reference, "frivillig", refers="person", required=True),
        Column("date", read_date, "dato"),
        Column("ended", read_date, "sluttet"),
        _REASON,
    ),
    "pauses": (
        Column("person", _reference, "person", refers="person", required=True),
        Column("volunteer", _reference, "frivillig", refers="person", required=True),
        Column("date", read_date, "dato", required=True),
        Column("until", read_date, "slut"),
        _REASON,
    ),
    "proposals": (
        Column("person", _reference, "person", refers="person", required=True),
        Column("volunteer", _reference, "frivillig", refers="person", required=True),
        Column("date", read_date, "dato", required=True),
        Column("withdrawn", read_date, "trukket tilbage"),
        Column("matched", read_date, "matchet"),
    ),
    "proposal_answers": (
        Column("person", _reference, "person", refers="person", required=True),
        Column("volunteer", _reference, "frivillig", refers="person", required=True),
        Column("proposed", read_date, "foreslået", required=True),
        Column("side", partial(_code, ONE_SIDE), "side", required=True),
        Column("date", read_date, "dato", required=True),
        Column("answer", partial(_code, PROPOSAL_ANSWER), "svar", required=True),
        _REASON,
    ),
    "contacts": (
        Column("person", _reference, "person", refers="person"),
        Column("group", _reference, "gruppe", refers="group"),
        Column("date", read_date, "dato"),
        Column("note", read_note, "note", private=True),
    ),
    "onward": (
        Column("person", _reference, "person", refers="person", required=True),
        Column("to", _word, "til", required=True),
        Column("date", read_date, "dato"),
    ),
    "leaving": (
        Column("person", _reference, "person", refers="person", required=True),
        Column("date", read_date, "dato"),
        _REASON,
    ),
    "consents": (
        Column("person", _reference, "person", refers="person", required=True),
        Column("purpose", partial(_code, PURPOSE), "formål", required=True),
        Column("given", read_date, "givet"),
        Column("withdrawn", read_date, "trukket tilbage"),
    ),
    "partners": (
        Column("name", _word, "navn", required=True),
        Column("kind", read_name, "slags"),
        Column("from", read_date, "fra"),
        Column("to", read_date, "til"),
    ),
    "grants": (
        Column("funder", read_name, "bevillingsgiver", required=True),
        Column("agreement", partial(_code, AGREEMENT), "aftale"),
        Column("per_year", read_amount, "pr. år", required=True),
        Column("offer", partial(_code, OFFER), "tilbud", several=True),
        Column("from", read_date, "fra"),
        Column("to", read_date, "til"),
    ),
    "figures": (
        Column("year", read_year, "år", required=True),
        Column("key", lambda text, field: _figure_key(text), "nøgle", required=True),
        Column("value", read_decimal, "værdi", required=True),
        Column("source", read_name, "kilde"),
        Column("date", read_date, "dato"),
    ),
}
BY_NAME: dict[str, dict[str, Column]] = {kind: {column.name: column for column in columns} for kind, columns in COLUMNS.items()}


def _figure_key(text: str) -> str:
    from ..domain.figures.explain import figure_named

    figure_named(text)
    return text.strip().lower()


def column_word(name: str) -> str:
    """What a column, or the option of that name, is called in a sentence."""
    danish = (column.danish for columns in COLUMNS.values() for column in columns if column.name == name)
    return next(danish, name) if language() == "da" else name.replace("_", " ")


@cache
def headings(kind: str) -> dict[str, str]:
    """What may stand at the head of a column -> the column: its name or its Danish heading, however it is written."""
    found = {}
    for column in COLUMNS[kind]:
        for heading in (column.name, column.danish):
            found[heading_words(heading)] = column.name
    for column in COLUMNS[kind]:
        for heading in column.other_headings:
            found.setdefault(heading_words(heading), column.name)
    return found


def heading_words(text: str) -> str:
    """A heading as it is compared."""
    return fold(text.replace("_", " ").replace("-", " ").strip("* :"))


@lru_cache(maxsize=20_000)
def _read(kind: str, name: str, text: str) -> Any:
    column = BY_NAME[kind][name]
    if kind == "intakes" and name in QUESTIONS:
        parts = [part for part in text.split("|") if part.strip()] if column.several else [text]
        return read_answers(name, parts)
    if column.several:
        return tuple(dict.fromkeys(column.read(part, name) for part in text.split("|") if part.strip()))
    return column.read(text, name)


def read_cell(kind: str, name: str, text: str) -> Any:
    """The value of a cell that is not empty. Cells that come again are read once."""
    return _read(kind, name, text) if len(text) < 60 else _read.__wrapped__(kind, name, text)


def read_typed(kind: str, /, **typed: str | list[str] | None) -> Values:
    """The values of what was typed as options; those left out are left out. An option given several times is a list."""
    values: Values = {}
    for name, text in typed.items():
        if text is None or text == []:
            continue
        column = BY_NAME[kind][name.rstrip("_")]
        texts = text if isinstance(text, list) else [text]
        if column.refers == "people":
            values[column.name] = ",".join(texts)
        elif kind == "intakes" and column.name in QUESTIONS:
            values[column.name] = read_answers(column.name, texts)
        elif column.several:
            values[column.name] = tuple(dict.fromkeys(column.read(part, column.name) for each in texts for part in each.split("|")))
        else:
            values[column.name] = column.read(texts[0], column.name)
    return values


def shown_cell(kind: str, name: str, text: str) -> str:
    """A cell in a message: never what was told in confidence."""
    from ..input.text import refuse_cpr
    from ..vocabulary import CONFIDED

    column = BY_NAME[kind].get(name)
    try:
        refuse_cpr(text, name)
    except HusrumError:
        return _("(withheld)")
    if column is None or column.private or name in CONFIDED:
        return _("(withheld)")
    return text if len(text) <= 60 else text[:57] + "…"
