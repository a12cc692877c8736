"""Pages about one group, event or person, as plain records."""

from __future__ import annotations

from typing import Any, NamedTuple

from ...i18n import _, pgettext
from ...input.dates import today
from ...store import Store
from ..activities.activities import Activity
from ..activities.groups import MEETINGS_WHILE_ENROLLED
from ..branches import Record
from ..people.leaving import LEFT_BEFORE

THERE, NOT_THERE, EXCUSED = "■", "·", "e"


def excused_sign() -> str:
    """Return `EXCUSED` as it is shown, in the reader's language."""
    return pgettext("sign of somebody excused", "e")


class Part(NamedTuple):
    """A list on a page. `brief`: the records that are enough to read, if another list has the rest."""

    title: str
    columns: dict[str, str]
    records: list[Record]
    brief: list[Record] | None = None


class Page(NamedTuple):
    """A page about one thing. `labels`: which facts are shown, and under which words. `names`: number -> what is read for it."""

    title: str
    facts: Record
    labels: dict[str, str]
    parts: dict[str, Part]
    names: dict[int, str]


def _sessions(store: Store, activity: Activity) -> list[Record]:
    people: dict[int, dict[str, list[int]]] = {}
    sql = """SELECT session_id, part, number FROM attendance JOIN sessions ON sessions.id = session_id JOIN people ON people.id = person_id
        WHERE activity_id = ? ORDER BY number"""
    for row in store.rows(sql, activity.id):
        people.setdefault(row["session_id"], {}).setdefault(row["part"], []).append(row["number"])
    found = []
    for row in store.rows("SELECT id, date, state, theme, unnamed, note FROM sessions WHERE activity_id = ? ORDER BY date", activity.id):
        there = people.get(row["id"], {})
        lists = {
            name: there.get(part, []) for name, part in (("present", "participant"), ("volunteers", "volunteer"), ("excused", "excused"))
        }
        found.append(
            {
                "date": row["date"],
                "state": row["state"],
                "theme": row["theme"],
                **lists,
                "unnamed": row["unnamed"],
                "note": row["note"],
            }
        )
    return found


def _around(store: Store, activity: Activity) -> Any:
    sql = """SELECT partners.name AS venue, joint, hours, note, activity, continued.ref AS continues FROM activities LEFT JOIN partners ON partners.id = venue_id
        LEFT JOIN (SELECT id AS other, ref FROM activities) AS continued ON continued.other = continues_id WHERE activities.id = ?"""
    return store.row(sql, activity.id)


def _column(store: Store, sql: str, id: int) -> list[Any]:
    return [row[0] for row in store.rows(sql, id)]


_RESPONSIBLE = "SELECT DISTINCT number FROM leaders JOIN people ON people.id = person_id WHERE activity_id = ? ORDER BY number"


# The meetings whose theme is still missing, in a group that has themes.
_WITHOUT_THEME = """SELECT date FROM sessions WHERE activity_id = ?1 AND theme IS NULL AND state <> 'cancelled'
    AND EXISTS (SELECT 1 FROM sessions WHERE activity_id = ?1 AND theme IS NOT NULL) ORDER BY date"""


def _names(store: Store, activity: Activity) -> dict[int, str]:
    """Return number -> the number with the first or called name, for everybody of the branch."""
    rows = store.rows("SELECT number, name, called FROM people WHERE branch_id = ?", activity.branch_id)
    return {row["number"]: f"{row['number']} {row['called'] or (row['name'] or '').split(' ')[0]}".strip() for row in rows}


def group_page(store: Store, group: Activity) -> Page:
    """Return a group: its facts, who is in it with how often they came, its meetings."""
    around = _around(store, group)
    facts = {
        "group": group.ref,
        "title": group.title,
        "kind": group.kind,
        "start": group.starts,
        "closed": group.closed,
        "capacity": group.capacity,
        "venue": around["venue"],
        "continues": around["continues"],
        "leaders": _column(store, _RESPONSIBLE, group.id),
        "programmes": _column(store, "SELECT programme FROM programmes WHERE activity_id = ? ORDER BY 1 COLLATE danish", group.id),
        "without_theme": _column(store, _WITHOUT_THEME, group.id),
    }
    # Somebody who left HUSRUM left the group too.
    sql = f"""SELECT number, name, enrolments.starts, ends, reason,
            CASE WHEN people.id IN ({LEFT_BEFORE.replace(":day", "?2")})
                THEN (SELECT min(date) FROM leaving WHERE leaving.person_id = people.id AND date >= ifnull(enrolments.starts, '')) END AS left,
            (SELECT (count(*) FILTER (WHERE part <> 'excused')) || '/' || count(*) FROM ({MEETINGS_WHILE_ENROLLED}) WHERE enrolment_id = enrolments.id) AS came
        FROM enrolments JOIN people ON people.id = enrolments.person_id WHERE activity_id = ?1 ORDER BY number, enrolments.starts"""
    enrolled = [
        {
            "person": row["number"],
            "name": row["name"],
            "date": row["starts"],
            "until": row["ends"] or row["left"],
            "reason": row["reason"],
            "came": row["came"],
        }
        for row in store.rows(sql, group.id, min(today(), group.closed or today()))
    ]
    leading = [
        dict(row)
        for row in store.rows(
            """SELECT number AS person, name, starts AS "from", ends AS "to" FROM leaders JOIN people ON people.id = person_id
            WHERE activity_id = ? ORDER BY ifnull(starts, ''), number""",
            group.id,
        )
    ]
    throughout = all(each["from"] == group.starts and each["to"] is None for each in leading)
    contacts = [dict(row) for row in store.rows("SELECT date, note FROM contacts WHERE activity_id = ? ORDER BY date", group.id)]
    labels = {
        "kind": _("Kind"),
        "start": _("Start"),
        "closed": _("Closed"),
        "capacity": _("Room for"),
        "venue": _("Venue"),
        "continues": _("Continues"),
    }
    columns = {
        "person": _("Number"),
        "name": _("Name"),
        "date": _("Enrolled"),
        "until": _("Until"),
        "reason": _("Reason"),
        "came": _("Came"),
    }
    parts = {
        "enrolled": Part(_("Enrolled"), columns, enrolled),
        "leading": Part(
            _("Leaders"),
            {"person": _("Number"), "name": _("Name"), "from": _("From"), "to": _("To")},
            leading,
            [] if throughout else leading,  # else the facts say it all
        ),
        "meetings": Part(_("Meetings"), _session_columns(_("Theme")), _sessions(store, group)),
        "contacts": Part(_("Contacts"), {"date": _("Date"), "note": pgettext("heading", "Note")}, contacts),
    }
    more = {"leaders": _("Leaders"), "programmes": _("Programmes"), "without_theme": _("Theme missing")}
    return Page(group.display_name, facts, {**labels, **more}, parts, _names(store, group))


def _session_columns(theme: str) -> dict[str, str]:
    columns = {
        "date": _("Date"),
        "state": _("State"),
        "theme": theme,
        "present": _("Participants"),
        "unnamed": _("Unnamed"),
        "volunteers": _("Volunteers"),
    }
    return {**columns, "excused": _("Excused"), "note": pgettext("heading", "Note")}


def event_page(store: Store, event: Activity) -> Page:
    """Return an event: its facts, and who came on each of its days."""
    around = _around(store, event)
    facts = {
        "event": event.ref,
        "title": event.title,
        "kind": event.kind,
        "date": event.starts,
        "activity": around["activity"],
        "venue": around["venue"],
        "partners": _column(
            store,
            "SELECT name FROM activity_partners JOIN partners ON partners.id = partner_id WHERE activity_id = ? ORDER BY 1 COLLATE danish",
            event.id,
        ),
        "organisers": _column(store, _RESPONSIBLE, event.id),
        "programmes": _column(store, "SELECT programme FROM programmes WHERE activity_id = ? ORDER BY 1 COLLATE danish", event.id),
        "joint": around["joint"],
        "hours": around["hours"],
        "note": around["note"],
    }
    labels = {
        "kind": _("Kind"),
        "date": _("Date"),
        "activity": _("Activity"),
        "venue": _("Venue"),
        "partners": _("Partners"),
        "organisers": _("Organisers"),
    }
    columns = {key: text for key, text in _session_columns(_("Theme")).items() if key not in ("theme", "excused", "note")}
    return Page(
        event.display_name,
        facts,
        {**labels, "programmes": _("Programmes"), "joint": _("Joint"), "hours": _("Hours"), "note": pgettext("heading", "Note")},
        {"days": Part(_("Days"), columns, _sessions(store, event))},
        _names(store, event),
    )
