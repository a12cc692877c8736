"""People move on into another community, or leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import NotFound, Refused
from ...i18n import _
from ...input.dates import today
from ...store import Store
from ...store.rows import Row
from ..corrections import ANY_DAY, Change, correct_row
from ..rules import Rules
from .lookup import Person
from .partners import get_or_add_partner

LEFT = """
SELECT leaving.person_id FROM leaving WHERE ifnull(leaving.date, '') <= :day
AND NOT EXISTS (SELECT 1 FROM here WHERE here.person_id = leaving.person_id AND here.starts <= :day AND here.ends > :day)"""
"""SQL of the people who left by a day and have not come back."""
LEFT_BEFORE = """
SELECT leaving.person_id FROM leaving WHERE ifnull(leaving.date, '') < :day
AND NOT EXISTS (SELECT 1 FROM here WHERE here.person_id = leaving.person_id AND here.starts <= :day AND here.ends >= :day)"""
"""SQL of the people who left before a day, whose last day still counts, and were not back on it."""
WAITS_FOR_INTERVIEW = """
enquiry.held IS NULL AND enquiry.person_id IN (SELECT person_id FROM here WHERE starts <= :today AND ends > :today)
AND NOT EXISTS (SELECT 1 FROM intakes AS later WHERE later.person_id = enquiry.person_id AND later.held >= ifnull(enquiry.enquired, ''))
AND NOT EXISTS (
    SELECT 1 FROM here JOIN intakes AS later ON later.person_id = here.person_id AND later.enquired > here.ends
    WHERE here.person_id = enquiry.person_id AND here.starts = ifnull(enquiry.enquired, '0001-01-01')
)"""
"""SQL condition on `intakes AS enquiry`: its person is here on a day, had no interview since, and did not leave and enquire again."""


def add_onward(store: Store, rules: Rules, person: Person, to: str, day: str | None) -> int:
    """Enter a step into another community: bridge-building. Raises `Refused` if it is entered already; an import has compared its rows with all that are stored."""
    rules.not_in_future(day, "date")
    partner = get_or_add_partner(store, to)
    if rules.strict and store.value("SELECT 1 FROM onward WHERE person_id = ? AND partner_id = ? AND date IS ?", person.id, partner, day):
        raise Refused(_("{person} moved on to {to} on {date} already.", person=person.display_name, to=to, date=day), "date")
    return store.insert("onward", person_id=person.id, partner_id=partner, date=day)


def correct_leaving(store: Store, person: Person, day: str, given: Mapping[str, Any]) -> list[Change] | None:
    """Correct the `reason` that is given of the leaving on a day, or with ANY_DAY of the last one, if they have not come back since.

    Returns None if there is no such leaving. Raises `NotFound` if its reason was to be cleared.
    """
    rows = store.rows("SELECT * FROM leaving WHERE person_id = ? ORDER BY ifnull(date, '') DESC, id DESC", person.id)
    if day == ANY_DAY:
        row = None if not rows or _is_here(store, person) else rows[0]
    else:
        row = next((row for row in rows if row["date"] == day), None)
    if row is not None and given:
        return correct_row(store, "leaving", row, given)
    if given == {"reason": None}:
        raise NotFound(_nothing_to_clear(person, day, rows), "reason")
    return None


def _nothing_to_clear(person: Person, day: str, rows: Sequence[Row]) -> str:
    line = f"husrum person leave {person.number}"
    words = {"person": person.display_name, "command": line if day == ANY_DAY else f"{line} --date {day}"}
    if day != ANY_DAY:
        return _("reason: {person} did not leave on {date}. If they did, record it without --reason: {command}", date=day, **words)
    if not rows:
        return _("reason: {person} has not left. If they have, record it without --reason: {command}", **words)
    last = rows[0]["date"]
    words["command"] += f" --date {last} --reason none"
    return _("reason: {person} has come back since they left on {date}. To correct that: {command}", date=last, **words)


def _is_here(store: Store, person: Person) -> bool:
    return store.value("SELECT 1 FROM here WHERE person_id = ? AND ends = '9999-12-31'", person.id) is not None


def _left_on(store: Store, person: Person, day: str | None) -> bool:
    return store.value("SELECT 1 FROM leaving WHERE person_id = ? AND date IS ?", person.id, day) is not None


def add_leaving(store: Store, rules: Rules, person: Person, day: str | None, reason: str | None) -> int:
    """Record that somebody is no longer here. It takes them off the waiting list and the lists of the day; their participation stays."""
    if _left_on(store, person, day):
        raise Refused(_("{person} left on {date} already.", person=person.display_name, date=day or _("an unknown date")), "date")
    if rules.strict and not _is_here(store, person):
        last = store.value("SELECT max(ifnull(date, '')) FROM leaving WHERE person_id = ?", person.id)
        if last is not None:
            rules.warn(
                _(
                    "{person} left on {date} already. If that day was wrong: husrum person leave {number} --date {text} --remove",
                    person=person.display_name,
                    date=last or _("an unknown date"),
                    number=person.number,
                    text=last or "none",
                )
            )
    first = store.value("SELECT min(ifnull(enquired, '')) FROM intakes WHERE person_id = ?", person.id)
    if first and day and day < first:
        rules.broken(_("date: {date} is before {person} came, on {start}.", date=day, person=person.display_name, start=first), "date")
    came = "SELECT max(date) FROM attendance JOIN sessions ON sessions.id = session_id WHERE person_id = ? AND part = 'participant' AND state = 'held'"
    last_visit = store.value(came, person.id) if rules.strict and day else None
    if last_visit and last_visit > day:
        rules.warn(_("{person} came after that, last on {date}.", person=person.display_name, date=last_visit))
    if rules.strict and store.value("SELECT 1 FROM matches WHERE person_id = ? AND ends IS NULL", person.id):
        rules.warn(
            _("{person} still has a Hjerteven; end it with: husrum match end {number}", person=person.display_name, number=person.number)
        )
    if rules.strict:
        groups = "SELECT ref FROM enrolment_periods JOIN activities ON activities.id = activity_id WHERE person_id = ? AND enrolment_periods.ends > ? ORDER BY enrolment_periods.id"
        for (ref,) in store.connection.execute(groups, (person.id, day or today())):
            rules.warn(
                _(
                    "{person} is still enrolled in {group}; end it with: husrum group leave {group} {number}",
                    person=person.display_name,
                    group=ref,
                    number=person.number,
                )
            )
        if store.value("SELECT 1 FROM roles WHERE person_id = ? AND (ends IS NULL OR ends > ?)", person.id, day or today()):
            words = {"person": person.display_name, "number": person.number}
            rules.warn(_("{person} is still a volunteer; end the roles and the offer with: husrum volunteer leave {number}", **words))
    return store.insert("leaving", person_id=person.id, date=day, reason=reason)
