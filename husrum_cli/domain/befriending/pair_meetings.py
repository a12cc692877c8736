"""Meetings of the two of a match, without the coordinator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import Refused
from ...i18n import _
from ...store import Store
from ...store.rows import Row
from ..corrections import Change, correct_row, delete_row, only_row
from ..people.lookup import Person
from ..rules import Rules, covers

_MATCH = """SELECT id FROM matches WHERE person_id = ?1 AND (?2 IS NULL OR volunteer_id = ?2)
    AND ifnull(starts, '') <= ifnull(?3, '~') AND ifnull(ends, '~') >= ifnull(?3, '') ORDER BY ifnull(starts, '') DESC, id DESC"""


def add_pair_meeting(
    store: Store, rules: Rules, person: Person, day: str | None, hours: float | None, note: str | None, volunteer: Person | None
) -> int:
    """Enter that a young person and their Hjerteven met, and return the id. Raises `Refused` if they have none on that day.

    volunteer: who their Hjerteven is, if they have had several; None: the one of that day.
    """
    rules.not_in_future(day, "date")
    match = store.value(_MATCH, person.id, volunteer.id if volunteer else None, day)
    if match is None:
        raise Refused(
            _("person: {person} has no Hjerteven on that day; see: husrum match list --all", person=person.display_name), "person"
        )
    if store.value("SELECT 1 FROM pair_meetings WHERE match_id = ? AND date IS ? AND hours IS ?", match, day, hours):
        raise Refused(_("date: their meeting on {date} is in the file already.", date=day or _("an unknown date")), "date")
    return store.insert("pair_meetings", match_id=match, date=day, hours=hours, note=note)


def edit_pair_meeting(store: Store, rules: Rules, person: Person, day: str | None, given: Mapping[str, Any]) -> list[Change]:
    """Correct `date`, `hours` or `note` of the meeting of the two on a day, or of the only one; return the changes.

    Raises `Refused` for a day outside their match.
    """
    rules.not_in_future(given.get("date"), "new_date")
    row = _meeting(store, person, day)
    when = given.get("date")
    if when and not covers(row["starts"], row["ends"], when):
        raise Refused(_("new_date: {person} had another Hjerteven or none on {date}.", person=person.display_name, date=when), "new_date")
    return correct_row(store, "pair_meetings", row, given)


def remove_pair_meeting(store: Store, person: Person, day: str | None) -> str | None:
    """Remove a meeting of the two that was entered by mistake: that of a day, or the only one. Returns the day."""
    row = _meeting(store, person, day)
    return delete_row(store, "pair_meetings", row, "date")


def _meeting(store: Store, person: Person, day: str | None) -> Row:
    sql = """SELECT pair_meetings.id, date, hours, note, starts, ends FROM pair_meetings JOIN matches ON matches.id = match_id
        WHERE person_id = ? ORDER BY date, pair_meetings.id"""
    return only_row(
        store.rows(sql, person.id), "date", day, _("a meeting of {person} and their Hjerteven", person=person.display_name), "date"
    )
