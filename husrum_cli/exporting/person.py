"""Everything stored about a person, as a page for them to read and as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..domain.figures.explain import label_of_key
from ..domain.figures.row_words import row_in_words
from ..domain.privacy.subject_access import SubjectData
from ..domain.table_words import rows_word
from ..i18n import N_, _, decimal_number, language, long_day
from ..render.data_files import open_output
from ..render.listing import escape_controls, json_text
from ..vocabulary import (
    ATTEST,
    GENDER,
    GOAL_OUTCOME,
    INSTRUMENT,
    NON_ANSWERS,
    PURPOSE,
    QUESTIONS,
    REASON,
    RECRUITED_THROUGH,
    ROLE,
    SUGGESTION_OUTCOME,
    TIME,
    Codes,
    label,
    translation,
)

PERSON_FORMATS = ("md", "json")
# The columns of the file, in words for somebody who never saw it. A test checks that none is missing.
WORDS = {
    "number": N_("Number"),
    "name": N_("Name"),
    "called": N_("Called"),
    "born": N_("Born"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "enquired": N_("Enquired"),
    "held": N_("Interview"),
    "referred_by": N_("Referred by"),
    "note": N_("Notes"),
    "intake": N_("Enquiry"),
    "age": N_("Age"),
    "joined": N_("Volunteer since"),
    "recruited_through": N_("Came through"),
    "gender": N_("Gender"),
    "role": N_("Role"),
    "starts": N_("From"),
    "ends": N_("Until"),
    "kind": N_("Kind"),
    "date": N_("Date"),
    "reason": N_("Reason"),
    "partner": N_("Community"),
    "purpose": N_("Purpose"),
    "given": N_("Given"),
    "withdrawn": N_("Withdrawn"),
    "activity": N_("Group or event"),
    "session": N_("Meeting or day"),
    "part": N_("As"),
    "capacity": N_("Room for"),
    "wait": N_("Waiting since"),
    "offer": N_("Offered since"),
    "person": N_("Young person"),
    "volunteer": N_("Volunteer"),
    "closed_year": N_("Closed year"),
    "keys": N_("Figures"),
    "what": N_("What"),
    "amount": N_("Amount"),
    "tag": N_("Tag"),
    "facts": N_("Hash of what the tag is made of"),
    "match": N_("Hjerteven since"),
    "proposal": N_("Proposal"),
    "side": N_("Side"),
    "accepted": N_("Accepted"),
    "command": N_("Command"),
    "changed_at": N_("Changed"),
    "answers": N_("What was typed"),
    "other": N_("The other person"),
    "done": N_("Done"),
    "declined": N_("Declined"),
    "application": N_("Application"),
    "hours": N_("Hours"),
    "instrument": N_("Instrument"),
    "items": N_("Answers"),
    "non_answer": N_("Not answered"),
    "text": N_("Text"),
    "outcome": N_("Outcome"),
    "marked": N_("Outcome on"),
}
_WISH_CODES = {
    "interest": N_("Interest"),
    "time": N_("Time"),
    "area": N_("Area"),
    "speaks": N_("Speaks"),
    "about": N_("About themselves"),
    "wants_gender": N_("Wants gender"),
    "wants_age": N_("Wants age"),
    "avoid": N_("Would avoid"),
}
_CODES: dict[str, Codes] = {
    "role": ROLE,
    "reason": REASON,
    "purpose": PURPOSE,
    "gender": {**GENDER, **NON_ANSWERS},
    "recruited_through": RECRUITED_THROUGH,
    "instrument": INSTRUMENT,
}


def person_text(data: SubjectData, format: str) -> str:
    """Return all of it as text."""
    return json_text({"schema": "husrum.person.export/1", **data._asdict(), **_texts(data)}) if format == "json" else _page(data)


def write_person(path: Path, data: SubjectData, format: str, overwrite: bool) -> None:
    """Write all of it to a file that only its owner can read."""
    with open_output(path, overwrite) as temporary:
        temporary.write_text(person_text(data, format), encoding="utf-8")


def _page(data: SubjectData) -> str:
    shown = f"{data.number} {data.name or ''}".strip()
    lines = [
        f"# {_('What husrum in {city} holds about {person}', city=_plain(data.city), person=_plain(shown))}",
        "",
        _(
            "On {date}. This is everything: what you said in confidence, what was written about it, and what you took part in.",
            date=long_day(data.date),
        ),
    ]
    for table, rows in data.rows.items():
        lines += ["", f"## {rows_word(table).capitalize()} ({len(rows)})", ""]
        lines += [f"- {'; '.join(_facts(table, row))}" for row in rows]
    lines += ["", f"## {_('Also')}", ""]
    if data.texts:
        places = "; ".join(f"{rows_word(each.table)} {each.which}".strip() for each in data.texts)
        lines.append("- " + _("Texts that mention the name, and may be about others too: {places}.", places=places))
    lines.append(
        "- "
        + _("Rows kept as they were before they were changed, until the change can't be undone any more: {number}.", number=data.to_undo)
    )
    lines.append("- " + _("Backups and papers outside this file are not included."))
    return "\n".join(lines) + "\n"


def _texts(data: SubjectData) -> dict[str, Any]:
    """Return other texts that name them: how many there are in each table, and which."""
    tables = [each.table for each in data.texts]
    return {"texts": {table: tables.count(table) for table in tables}, "texts_in": [each._asdict() for each in data.texts]}


def _facts(table: str, row: dict[str, Any]) -> list[str]:
    facts = []
    for column, value in row.items():
        if column == "question" or table == "preferences" and column == "kind":
            continue  # they are what the next column is called
        if column == "named_as":
            continue  # the list they were entered in; `part` says what they were there as
        if column == "answer":
            question = str(row["question"])
            facts.append(f"{translation(QUESTIONS[question].label, language())}: {_plain(_value(table, column, value, row))}")
        elif table == "preferences" and column == "value":
            kind = _WISH_CODES[row["kind"]]
            facts.append(f"{_(kind)}: {_plain(_value(table, column, value, row))}")
        elif value not in (None, ""):
            facts.append(f"{_(WORDS[column])}: {_plain(_value(table, column, value, row))}")
    return facts


def _value(table: str, column: str, value: Any, row: dict[str, Any]) -> str:
    if table == "closed_rows" and column == "keys":
        return ", ".join(dict.fromkeys(label_of_key(key) for key in value.split()))
    if table == "closed_rows" and column == "what":
        return row_in_words(row["keys"].split()[0], value)
    if column == "answer":
        return label(QUESTIONS[row["question"]].codes, str(value), language())
    if column == "part":
        return _(value)
    if table == "attests" and column == "kind":
        return label(ATTEST, str(value), language())
    if table == "preferences" and column == "value":
        return label({"time": TIME, "wants_gender": GENDER}.get(row["kind"], {}), str(value), language())
    if column == "outcome":
        return label(GOAL_OUTCOME if table == "goals" else SUGGESTION_OUTCOME, str(value), language())
    if isinstance(value, float):
        return decimal_number(value)
    day, comma, rest = label(_CODES.get(column), str(value), language()).partition(", ")  # a meeting begins with its day
    return long_day(day) + comma + rest


def _plain(text: str) -> str:
    """Escape a text, so that it is never markup."""
    return "".join("\\" + sign if sign in "\\`*_[]<>#|" else sign for sign in escape_controls(text))
