"""Reminders: to come back to somebody on a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import Refused
from ...i18n import _
from ...input.dates import today
from ...store import Store
from ...store.rows import Row
from ..corrections import ANY_DAY, Change, correct_row, only_row
from ..rules import Rules
from .lookup import Person


def add_reminder(store: Store, rules: Rules, person: Person, day: str, note: str | None, done: str | None = None) -> int:
    """Enter a reminder, and return its id. Raises `Refused` if the same one is in the file."""
    if store.value("SELECT 1 FROM reminders WHERE person_id = ? AND date = ? AND note IS ?", person.id, day, note):
        raise Refused(_("on: {person} has that reminder on {date} already.", person=person.display_name, date=day), "on")
    if rules.strict and day < today():
        rules.warn(_("{date} has passed.", date=day))
    return store.insert("reminders", person_id=person.id, date=day, note=note, done=done)


def mark_reminded(store: Store, person: Person, day: str) -> list[str]:
    """Mark as done every reminder about a person that is due by a day, else the next one; return their dates. Raises `Refused` without any."""
    waiting = store.rows("SELECT id, date FROM reminders WHERE person_id = ? AND done IS NULL ORDER BY date, id", person.id)
    if not waiting:
        raise Refused(_("person: there is no reminder about {person}.", person=person.display_name), "person")
    marked = [row for row in waiting if row["date"] <= day] or waiting[:1]
    for row in marked:
        store.update("reminders", row["id"], done=day)
    return [row["date"] for row in marked]


def edit_reminder(store: Store, rules: Rules, person: Person, day: str | None, given: Mapping[str, Any]) -> list[Change]:
    """Correct `on` or `note` of the reminder for a day, or of the only open one; return the changes."""
    if (when := given.get("on")) and when < today():
        rules.warn(_("{date} has passed.", date=when))
    return correct_row(store, "reminders", _reminder(store, person, day), given, {"on": "date"})


def remove_reminder(store: Store, person: Person, day: str | None) -> str:
    """Remove the reminder for a day, or the only open one. Returns the day."""
    row = _reminder(store, person, day)
    store.delete("reminders", id=row["id"])
    return str(row["date"])


def reopen_reminders(store: Store, person: Person, day: str | None) -> list[str]:
    """Take back that reminders were done, on a day or the last time; return the days they are for. Raises `Refused` without any."""
    sql = """SELECT id, date FROM reminders WHERE person_id = ?1 AND done = iif(?2 = ?3, (SELECT max(done) FROM reminders WHERE person_id = ?1), ?2)
        ORDER BY date, id"""
    rows = store.rows(sql, person.id, day, ANY_DAY)
    if not rows:
        raise Refused(_("person: no reminder about {person} was done then.", person=person.display_name), "person")
    for row in rows:
        store.update("reminders", row["id"], done=None)
    return [row["date"] for row in rows]


def _reminder(store: Store, person: Person, day: str | None) -> Row:
    """Return the reminder for a day; if none is named, the only one that is open, else the only one."""
    rows = store.rows("SELECT id, date, note, done FROM reminders WHERE person_id = ? ORDER BY date, id", person.id)
    waiting = [row for row in rows if row["done"] is None]
    return only_row(
        waiting or rows if day == ANY_DAY else rows, "date", day, _("a reminder about {person}", person=person.display_name), "on"
    )
