"""Reminders: to come back to somebody on a day."""

from __future__ import annotations

from ...errors import Refused
from ...i18n import _
from ...input.dates import today
from ...store import Store
from ..rules import Rules
from .lookup import Person


def remind(store: Store, rules: Rules, person: Person, day: str, note: str | None, done: str | None = None) -> int:
    """Enter a reminder, and return its id. Raises `Refused` where the same one is in the file."""
    if store.value("SELECT 1 FROM reminders WHERE person_id = ? AND date = ? AND note IS ?", person.id, day, note):
        raise Refused(_("on: {person} has that reminder on {date} already.", person=person.shown, date=day), "on")
    if rules.strict and day < today():
        rules.warn(_("{date} has passed.", date=day))
    return store.insert("reminders", person_id=person.id, date=day, note=note, done=done)


def mark_reminded(store: Store, person: Person, day: str) -> list[str]:
    """Mark as done every reminder about a person that is due by a day, else the next one; return their dates. Raises `Refused` without any."""
    waiting = store.rows("SELECT id, date FROM reminders WHERE person_id = ? AND done IS NULL ORDER BY date, id", person.id)
    if not waiting:
        raise Refused(_("person: there is no reminder about {person}.", person=person.shown), "person")
    marked = [row for row in waiting if row["date"] <= day] or waiting[:1]
    for row in marked:
        store.update("reminders", row["id"], done=day)
    return [row["date"] for row in marked]
