"""Meetings of the two of a match, without the coordinator."""

from __future__ import annotations

from ...errors import Refused
from ...i18n import _
from ...store import Store
from ..people.lookup import Person
from ..rules import Rules

_MATCH = """SELECT id FROM matches WHERE person_id = ?1 AND (?2 IS NULL OR volunteer_id = ?2)
    AND ifnull(starts, '') <= ifnull(?3, '~') AND ifnull(ends, '~') >= ifnull(?3, '') ORDER BY ifnull(starts, '') DESC, id DESC"""


def pair_met(
    store: Store, rules: Rules, person: Person, volunteer: Person | None, day: str | None, hours: float | None, note: str | None
) -> int:
    """Enter that a young person and their Hjerteven met, and return the id. Raises `Refused` if they have none on that day.

    volunteer: who their Hjerteven is, where they have had several; None: the one of that day.
    """
    rules.not_in_future(day, "date")
    match = store.value(_MATCH, person.id, volunteer.id if volunteer else None, day)
    if match is None:
        raise Refused(_("person: {person} has no Hjerteven on that day; see: husrum match list --all", person=person.shown), "person")
    if store.value("SELECT 1 FROM pair_meetings WHERE match_id = ? AND date IS ? AND hours IS ?", match, day, hours):
        raise Refused(_("date: their meeting on {date} is in the file already.", date=day or _("an unknown date")), "date")
    return store.insert("pair_meetings", match_id=match, date=day, hours=hours, note=note)
