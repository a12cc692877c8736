"""A group at a terminal: its facts in two columns, a strip of signs for everybody who was in it, and its meetings a line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..domain.rules import covers
from ..domain.views.pages import NOT_THERE, THERE, excused_sign
from ..i18n import _, language, short_day, whole_number
from ..input.dates import month_names, today
from ..records.sections import Section
from ..render.listing import table_text, typed_value
from ..render.sections import print_sections
from ..render.terminal import GLUE, Screen
from .lists import in_words

if TYPE_CHECKING:
    from ..domain.branches import Record
    from ..domain.views.pages import Page

_BESIDE = 3  # meetings in a line
_OUTSIDE = " "


def print_group(page: Page, out: Screen) -> None:
    """Print the page of a group. Who was at which meeting is in the strips; the names by meeting are in a pipe."""
    held = [meeting for meeting in page.parts["meetings"].records if meeting["state"] == "held"]
    sections = [Section("", _facts(page), ("dim", "", "dim", ""), folded=3)]
    if enrolled := page.parts["enrolled"].records:
        day = min(today(), page.facts["closed"] or today())
        title = f"{_('Enrolled')} ({whole_number(sum((each['until'] or '~') >= day for each in enrolled))})"
        legend = f"{THERE} {_('came')}   {NOT_THERE} {_('did not come')}   {excused_sign()} {_('excused')}" if held else ""
        sections.append(Section(title, _strips(page, enrolled, held), ("bold", "", "", "dim"), right=(2,), folded=3, note=legend))
    leading = page.parts["leading"]
    if leading.records if leading.brief is None else leading.brief:
        leaders = [(f"{each['person']} {each['name'] or ''}".strip(), _span(each["from"], each["to"])) for each in leading.records]
        sections.append(Section(_("Leaders"), leaders, ("bold", ""), folded=0))
    if meetings := page.parts["meetings"].records:
        rows = [_meeting(page, meeting, {each["person"] for each in enrolled}) for meeting in meetings]
        title = f"{_('Meetings')} ({whole_number(len(rows))})"
        if any(text or also for _day, _number, _state, text, also in rows):
            sections.append(Section(title, rows, ("", "", "dim", "", "dim"), right=(1,), folded=3))
        else:  # nothing but days and numbers: side by side
            entries = [f"{day}  {number or state}" for day, number, state, _text, _also in rows] + [""] * (-len(rows) % _BESIDE)
            sections.append(Section(title, [entries[start : start + _BESIDE] for start in range(0, len(entries), _BESIDE)]))
    if contacts := page.parts["contacts"].records:
        sections.append(Section(_("Contacts"), [(short_day(each["date"] or "–"), each["note"] or "") for each in contacts], folded=1))
    print_sections(out, page.title, sections)


def _facts(page: Page) -> list[tuple[str, ...]]:
    facts = []
    for key, value in page.facts.items():
        if key in page.labels and value not in (None, "", [], ()):
            texts = [page.names.get(each) or table_text(typed_value(key, each)) for each in value] if isinstance(value, list) else None
            facts.append((page.labels[key], ", ".join(texts) if texts else table_text(typed_value(key, in_words(key, value)))))
    half = -(-len(facts) // 2)
    return [(*left, *right) for left, right in zip(facts[:half], [*facts[half:], ("", "")], strict=False)]


def _span(first: str | None, last: str | None) -> str:
    return f"{short_day(first) if first else '…'} – {short_day(last) if last else ''}".strip()


def _strips(page: Page, enrolled: Sequence[Record], held: Sequence[Record]) -> list[tuple[str, ...]]:
    """Return a sign for each meeting held, below a line of the months."""
    rows: list[tuple[str, ...]] = []
    for each in enrolled:
        left = f"{_('until')} {short_day(each['until'])}" if each["until"] else ""
        reason = str(in_words("reason", each["reason"])).lower() if each["reason"] else ""
        strip = "".join(_sign(each, meeting) for meeting in held).replace(_OUTSIDE, GLUE)
        rows.append((f"{each['person']} {each['name'] or ''}".strip(), strip, each["came"], ", ".join(filter(None, (left, reason)))))
    if held:
        rows.insert(0, ("", _months([meeting["date"] for meeting in held]), "", ""))
    return rows


def _sign(person: Record, meeting: Record) -> str:
    if person["person"] in meeting["present"] or person["person"] in meeting["volunteers"]:
        return THERE
    if person["person"] in meeting["excused"]:
        return excused_sign()
    return NOT_THERE if covers(person["date"], person["until"], meeting["date"]) else _OUTSIDE


def _months(days: Sequence[str]) -> str:
    """Return the names of the months above the signs of their meetings, as much of each as there is room for."""
    names = month_names(language())
    starts = [place for place, day in enumerate(days) if not place or day[:7] != days[place - 1][:7]]
    scale = ""
    for place, end in zip(starts, [*starts[1:], len(days) + 3], strict=True):
        room = end - place
        name = names[int(days[place][5:7]) - 1]
        scale += (name[:3] if room > 3 else name[:1]).ljust(room, GLUE)
    return scale.rstrip(GLUE)


def _meeting(page: Page, meeting: Record, enrolled: set[Any]) -> tuple[str, ...]:
    """Return a meeting's cells: day, number present, state, theme, and who came without being enrolled."""
    there = len(meeting["present"]) + (meeting["unnamed"] or 0)
    state = "" if meeting["state"] == "held" else _(meeting["state"])
    guests = [page.names.get(number, str(number)) for number in meeting["present"] if number not in enrolled]
    others = [*guests, *([_("{number} unnamed", number=whole_number(meeting["unnamed"]))] if meeting["unnamed"] else [])]
    also = _("also {names}", names=", ".join(others)) if others else ""
    text = "; ".join(part for part in (meeting["theme"], meeting["note"]) if part)
    return short_day(meeting["date"]), whole_number(there) if not state else "", state, text, also
