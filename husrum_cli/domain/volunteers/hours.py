"""Hours that volunteers gave: those of occasions they were at, and those entered by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import Refused
from ...i18n import _, decimal_number
from ...store import Store
from ...store.rows import Row
from ..corrections import Change, correct_row, delete_row, only_row
from ..people.lookup import Person
from ..rules import Rules

# person, date, hours and what it was: each time a volunteer was at an occasion whose length is known, each meeting of a pair, and each entry, as the figure counts.
HOURS_QUERY = """
SELECT attendance.person_id, sessions.date, activities.hours, ref || ' ' || ifnull(title, '') AS what FROM attendance
    JOIN sessions ON sessions.id = session_id JOIN activities ON activities.id = activity_id
    WHERE part = 'volunteer' AND state = 'held' AND activities.hours IS NOT NULL
UNION ALL SELECT volunteer_id, date, hours, '' FROM pair_meetings JOIN matches ON matches.id = match_id WHERE hours IS NOT NULL
UNION ALL SELECT person_id, date, hours, ifnull(what, '') FROM volunteer_hours"""


def hours_in_words(hours: float) -> str:
    """Return a number of hours as it is said: `1 hour`, `2.5 hours`."""
    return _("1 hour") if hours == 1 else _("{hours} hours", hours=decimal_number(hours))


def add_hours(store: Store, rules: Rules, person: Person, hours: float, day: str | None, what: str | None) -> int:
    """Enter hours of a volunteer, and return the id. Raises `Refused` if the same entry is in the file."""
    rules.not_in_future(day, "date")
    sql = "SELECT 1 FROM volunteer_hours WHERE person_id = ? AND hours = ? AND date IS ? AND what IS ?"
    if store.value(sql, person.id, hours, day, what):
        raise Refused(
            _("{person} has {hours} on {date} already; say with --what what else it was.",
              person=person.display_name, hours=hours_in_words(hours), date=day or _("an unknown date")),
            "hours",
        )  # fmt: skip
    sql = "SELECT 1 FROM role_periods WHERE person_id = ? AND ifnull(?, starts) BETWEEN starts AND ends"
    if not store.value(sql, person.id, day):
        rules.warn(
            _(
                "{person} holds no volunteer role on that day; give one with: husrum volunteer role {number} ROLE",
                person=person.display_name,
                number=person.number,
            )
        )
    return store.insert("volunteer_hours", person_id=person.id, date=day, hours=hours, what=what)


def hours_by_year(store: Store, person: Person) -> dict[str | None, float]:
    """Return year -> hours of a volunteer, the latest first; None: of unknown date."""
    sql = f"SELECT substr(date, 1, 4) AS year, sum(hours) AS hours FROM ({HOURS_QUERY}) WHERE person_id = ? GROUP BY 1 ORDER BY 1 DESC"
    return {row["year"]: row["hours"] for row in store.rows(sql, person.id)}


def edit_hours(store: Store, rules: Rules, person: Person, day: str | None, given: Mapping[str, Any]) -> list[Change]:
    """Correct `hours`, `date` or `what` of the entry of a day, or of the only one; return the changes."""
    rules.not_in_future(given.get("date"), "new_date")
    return correct_row(store, "volunteer_hours", _entry(store, person, day, None), given)


def remove_hours(store: Store, person: Person, day: str | None, hours: float | None) -> str | None:
    """Remove hours that were entered by mistake: those of a day, or the only ones. Returns the day. hours: how many, if a day has several entries."""
    row = _entry(store, person, day, hours)
    return delete_row(store, "volunteer_hours", row, "date")


def _entry(store: Store, person: Person, day: str | None, hours: float | None) -> Row:
    sql = "SELECT id, date, hours, what FROM volunteer_hours WHERE person_id = ?1 AND (?2 IS NULL OR hours = ?2) ORDER BY date, id"
    return only_row(store.rows(sql, person.id, hours), "date", day, _("hours of {person}", person=person.display_name), "date")
