"""People move on into another community, or leave."""

from __future__ import annotations

from ...errors import Refused
from ...i18n import _
from ...store import Store
from ..rules import Rules
from .lookup import Person
from .partners import partner_named


def onward(store: Store, rules: Rules, person: Person, to: str, day: str | None) -> int:
    """A step into another community: bridge-building."""
    rules.not_in_future(day, "date")
    return store.insert("onward", person_id=person.id, partner_id=partner_named(store, to), date=day)


def leave(store: Store, rules: Rules, person: Person, day: str | None, reason: str | None) -> int:
    """Someone is no longer here. It takes them off the waiting list and the lists of the day; what they took part in stays."""
    if store.value("SELECT 1 FROM leaving WHERE person_id = ? AND date IS ?", person.id, day):
        raise Refused(_("{person} left on {date} already.", person=person.shown, date=day or _("an unknown date")), "date")
    first = store.value("SELECT min(ifnull(enquired, '')) FROM intakes WHERE person_id = ?", person.id)
    if first and day and day < first:
        rules.broken(_("date: {date} is before {person} came, on {start}.", date=day, person=person.shown, start=first), "date")
    if rules.strict and store.value("SELECT 1 FROM matches WHERE person_id = ? AND ends IS NULL", person.id):
        rules.warn(_("{person} still has a Hjerteven; end it with: husrum match end {number}", person=person.shown, number=person.number))
    return store.insert("leaving", person_id=person.id, date=day, reason=reason)
