"""Doubts about headings that are known: what is below one may be something else than it says, and so it is asked."""

from __future__ import annotations

import re

from ...i18n import _
from ...input.text import clears
from ...rowtypes.registry import row_type
from .headings import Headings
from .kinds import heading_word
from .mapping import IGNORE
from .roster import only_numbers
from .tables import cell_text
from .words import is_total, is_unknown, says_how_many, words_of

# The columns of a list of events that may as well be those of who came.
_OF_ANYTHING = frozenset({"title", "date", "until", "note"})
# The columns of people other than participants, which may hold how many they were.
_OF_VOLUNTEERS = frozenset({"volunteers", "organiser", "leader"})
_NAMED = _OF_VOLUNTEERS | {"excused", "absent"}
_FEW = re.compile("[0-9]{1,2}")
# Headings of what else there is: a note, or one more value of the columns of crosses next to it.
_ELSE = frozenset({"andet", "anden", "andre", "øvrigt", "øvrige", "evt", "other"})


def add_doubts(at: Headings) -> None:
    """Add what is doubtful in the headings of a sheet of people's own to the findings."""
    if not at.context.exact:
        _doubt_titles(at)
        _doubt_numbers(at)
        _doubt_numbers_among_names(at)
        _doubt_others(at)
        _doubt_statistics(at)


def _doubt_titles(at: Headings) -> None:
    """Ask whether a column `Navn` holds titles, if it names people, or if nothing else says that the rows are events."""
    place = next((place for place, column in at.columns.items() if column == "title"), None)
    heading = at.headings.get("title", "")
    if place is None or words_of(heading) != "navn" or at.is_settled(place):
        return
    names = list(dict.fromkeys(cell_text(value) for _number, value in at.filled(place)))[:100]
    people = bool(names) and all(at.context.roster.look_up(name).person for name in names)
    if people or at.context.guessed and _OF_ANYTHING.issuperset(at.columns.values()):
        title, present = map(row_type(at.kind).word, ("title", "present"))
        why = _("these may be people; {title}: they are events, {present}: they came", title=title, present=present)
        at.context.add_issue(at.table.heading_row, heading, heading, why, "heading")


def _doubt_numbers(at: Headings) -> None:
    """Ask whether a list of volunteers, or of those who did not come, with one number in every row names them or counts them.

    They are counted if there is a column that counts people too, or if none of them is a volunteer.
    """
    counts = "unnamed" in at.declared and any(
        says_how_many(heading) for place, heading in at.table.headings.items() if at.columns.get(place) != "present"
    )
    for place, column in list(at.columns.items()):
        heading, numbers = at.table.headings.get(place, ""), [cell_text(value).strip() for _number, value in at.filled(place)]
        if column not in _NAMED or at.is_settled(place) or not numbers or not all(map(_FEW.fullmatch, numbers)):
            continue
        known = [at.context.roster.look_up(number).person for number in numbers]
        if counts or column in _OF_VOLUNTEERS and not any(each and each.is_kind("volunteers") for each in known):
            why = _("these may be people's numbers, or how many they were; {column}: their numbers", column=row_type(at.kind).word(column))
            at.context.add_issue(at.table.heading_row, heading, heading, why, "heading")
            del at.columns[place]
            at.headings.pop(column, None)


def _doubt_numbers_among_names(at: Headings) -> None:
    """Ask whether the numbers in a column of names are people's own, or how many they were. In a column of numbers alone they are people's."""
    for place, column in at.columns.items():
        heading = at.table.headings.get(place, "")
        if column not in at.declared or at.declared[column].refers != "people" or at.is_settled(place):
            continue
        cells = [cell_text(value).strip() for _number, value in at.filled(place)]
        parts = {part for cell in cells if not clears(cell) and not is_unknown(cell) for part in at.context.parts(cell)}
        numbers = [part for part in parts if only_numbers(part) and not at.context.meaning_of_name(part)]
        if not numbers or all(only_numbers(part) or part[0].isdigit() and at.context.roster.look_up(part).person for part in parts):
            continue
        at.numbers[column] = "unnamed" if column == "present" and "unnamed" in at.declared else IGNORE
        both = f"{column}|{at.numbers[column]}"
        why = _(
            "are the numbers people's own, or how many they were? {column}: their own; {both}: how many",
            column=row_type(at.kind).word(column),
            both=heading_word(at.kind, both),
        )
        at.context.add_issue(at.table.heading_row, heading, heading, why, "heading", both)


def _doubt_others(at: Headings) -> None:
    """Ask whether a column such as `Andet` beside columns of crosses holds one more value of theirs, or a note."""
    for place, column in at.columns.items():
        heading = at.table.headings.get(place, "")
        if column != "note" or words_of(heading) not in _ELSE or at.is_settled(place):
            continue
        before = place - 1
        while before in at.table.headings and before not in at.columns and not at.filled(before):
            before -= 1
        crossed = next((at.columns[each] for each in (before, place + 1) if each in at.crosses), None)
        if crossed and at.filled(place):
            why = _("this may be {column}, or a note", column=row_type(at.kind).word(crossed))
            at.context.add_issue(at.table.heading_row, heading, heading, why, "heading")


def _doubt_statistics(at: Headings) -> None:
    """Ask about columns right of an empty one that may be a table of their own: they count something, and fill the first rows alone."""
    rows = [number for number, _values in at.table.rows]
    for block in at.blocks()[1:]:
        filled = {number for place in block for number, _value in at.filled(place)}
        counts = any(is_total(heading) or says_how_many(heading) for place in block if (heading := at.table.headings.get(place, "")))
        if not counts or filled != set(rows[: len(filled)]) or len(filled) == len(rows) and "unnamed" in at.declared:
            continue
        for place in block:
            heading = at.table.headings.get(place, "")
            if place in at.columns and heading and not at.is_settled(place):
                word = row_type(at.kind).word(at.columns[place])
                why = _("this may be a table of its own; {column}: it is about the people left of it", column=word)
                at.context.add_issue(at.table.heading_row, heading, heading, why, "heading", IGNORE)
