"""Pages about one group, event or person, as plain records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...i18n import _, language, pgettext
from ...input.dates import month_names, today
from ...store import Store
from ..activities.activities import Activity
from ..befriending.matches import FOREVER
from ..branches import Record, branch_of
from ..people.lookup import Person
from ..volunteers.hours import hours_by_year
from ..volunteers.papers import INTRO_COURSES

THERE, NOT_THERE, EXCUSED = "■", "·", "e"


@dataclass(frozen=True, slots=True)
class Part:
    """A list on a page. `brief`: the records that are enough to read, where another list tells the rest."""

    title: str
    columns: dict[str, str]
    records: list[Record]
    brief: list[Record] | None = None


@dataclass(frozen=True, slots=True)
class Page:
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
    """What is read for the numbers of a branch: the number with the first or called name."""
    rows = store.rows("SELECT number, name, called FROM people WHERE branch_id = ?", activity.branch_id)
    return {row["number"]: f"{row['number']} {row['called'] or (row['name'] or '').split(' ')[0]}".strip() for row in rows}


def group_page(store: Store, group: Activity) -> Page:
    """A group: its facts, who is in it with how often they came, its meetings."""
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
    sql = """SELECT number, name, enrolments.starts, ends, reason,
            (SELECT count(*) FROM attendance JOIN sessions ON sessions.id = session_id WHERE activity_id = ?1 AND state = 'held' AND part <> 'excused'
                AND attendance.person_id = people.id AND date BETWEEN ifnull(enrolments.starts, '') AND ifnull(ends, '~')) AS came,
            (SELECT count(*) FROM sessions WHERE activity_id = ?1 AND state = 'held'
                AND date BETWEEN ifnull(enrolments.starts, '') AND ifnull(ends, '~')) AS held
        FROM enrolments JOIN people ON people.id = enrolments.person_id WHERE activity_id = ?1 ORDER BY number, enrolments.starts"""
    enrolled = [
        {
            "person": row["number"],
            "name": row["name"],
            "date": row["starts"],
            "until": row["ends"],
            "reason": row["reason"],
            "came": f"{row['came']}/{row['held']}",
        }
        for row in store.rows(sql, group.id)
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
    return Page(group.shown, facts, {**labels, **more}, parts, _names(store, group))


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
    """An event: its facts, and who came on each of its days."""
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
        event.shown,
        facts,
        {**labels, "programmes": _("Programmes"), "joint": _("Joint"), "hours": _("Hours"), "note": pgettext("heading", "Note")},
        {"days": Part(_("Days"), columns, _sessions(store, event))},
        _names(store, event),
    )


_NEXT_MEETING = """SELECT min(date || ' ' || ref || ' ' || ifnull(title, '')) FROM sessions JOIN activities ON activities.id = activity_id
    WHERE state = 'planned' AND date >= ?2 AND activity_id IN (
        SELECT activity_id FROM enrolment_periods WHERE person_id = ?1 AND ends > ?2
        UNION SELECT activity_id FROM leader_periods WHERE person_id = ?1 AND ends > ?2)"""


def person_page(store: Store, person: Person, since: str | None = None) -> Page:
    """What is stored about a person. Their answers are on a page of their own: `husrum intake show`.

    since: show from this day on when they came, each time by its date.
    """
    row = store.row("SELECT phone, email FROM people WHERE id = ?", person.id)
    profile = store.row("SELECT joined, recruited_through FROM volunteers WHERE person_id = ?", person.id)
    assert row is not None
    facts = {
        **branch_of(store, person.branch_id),
        "person": person.number,
        **{column: getattr(person, column) for column in ("name", "called", "born")},
        "phone": row["phone"],
        "email": row["email"],
        "joined": profile["joined"] if profile else None,
        "intro_course": store.value(f"SELECT min(date) FROM ({INTRO_COURSES}) WHERE person_id = ?", person.id) if profile else None,
        "recruited_through": profile["recruited_through"] if profile else None,
        "reminder": store.value("SELECT min(date) FROM reminders WHERE person_id = ? AND done IS NULL", person.id),
        "next_meeting": store.value(_NEXT_MEETING, person.id, today()),
    }
    labels = {
        "called": _("Called"),
        "born": _("Born"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "joined": _("Volunteer since"),
        "intro_course": _("Intro course"),
        "recruited_through": _("Came through"),
        "reminder": _("Reminder"),
        "next_meeting": _("Next meeting"),
    }
    columns = {"date": _("Date"), "until": _("Until"), "what": _("What"), "detail": ""}
    history = [dict(row) for row in store.connection.execute(_HISTORY, {"id": person.id, "forever": FOREVER})]
    seen = ("participant", "volunteer", "excused")
    hours = [{"year": int(year) if year else None, "hours": number} for year, number in hours_by_year(store, person).items()]
    parts = {
        "history": Part(_("History"), columns, history, [record for record in history if record["what"] not in seen]),
        "attendance": Part(_("Attendance"), {"activity": "", "strip": "", "came": ""}, _attendance(store, person)),
        "months": _by_month(store, person),
        "hours": Part(_("Hours by year"), {"year": _("Year"), "hours": _("Hours")}, hours),
    }
    if since is not None:
        visits = [
            {"date": each["date"], "activity": each["detail"], "as": each["what"]}
            for each in history
            if each["what"] in seen[:2] and (each["date"] or "") >= since
        ]
        facts["times"] = len(visits)
        labels["times"] = _("Times since {date}", date=since)
        parts = {"visits": Part(_("Attendance"), {"date": _("Date"), "activity": _("At"), "as": _("As")}, visits)}
    return Page(person.shown, facts, labels, parts, {})


def _attendance(store: Store, person: Person) -> list[Record]:
    """A strip for each group that somebody was in, a sign for each meeting held while they were: there, not there, excused."""
    groups = """SELECT activities.id, ref, title, enrolments.starts, ends FROM enrolments JOIN activities ON activities.id = activity_id
        WHERE person_id = ? ORDER BY ifnull(enrolments.starts, ''), activities.id"""
    meetings = """SELECT (SELECT part FROM attendance WHERE session_id = sessions.id AND person_id = ?2) AS part FROM sessions
        WHERE activity_id = ?1 AND state = 'held' AND date BETWEEN ?3 AND ?4 ORDER BY date"""
    strips = []
    for row in store.rows(groups, person.id):
        parts = [each["part"] for each in store.rows(meetings, row["id"], person.id, row["starts"] or "", row["ends"] or "9999")]
        strip = "".join({"participant": THERE, "volunteer": THERE, "excused": EXCUSED}.get(part, NOT_THERE) for part in parts)
        strips.append(
            {"activity": f"{row['ref']} {row['title'] or ''}".strip(), "strip": strip, "came": f"{strip.count(THERE)}/{len(strip)}"}
        )
    return strips


def _by_month(store: Store, person: Person) -> Part:
    """How often somebody came to meetings of groups and to events, in each of the last twelve months."""
    months = _months(today())
    sql = """SELECT substr(date, 1, 7) AS month, substr(ref, 1, 1) AS letter, count(*) AS number FROM attendance
        JOIN sessions ON sessions.id = session_id JOIN activities ON activities.id = activity_id
        WHERE person_id = ? AND part <> 'excused' AND state = 'held' GROUP BY 1, 2"""
    numbers = {(row["letter"], row["month"]): row["number"] for row in store.rows(sql, person.id)}
    records = []
    for letter, what in (("G", _("Meetings")), ("E", _("Events"))):
        row = {month: numbers.get((letter, month), 0) for month in months}
        if any(row.values()):
            records.append({"activity": what, **row, "came": sum(row.values())})
    names = month_names(language())
    headings = {month: names[int(month[5:]) - 1][:3] for month in months}
    shown = [{key: str(value or NOT_THERE) for key, value in record.items()} for record in records]
    title = _("Times by month, {first} to {last}", first=months[0], last=months[-1])
    return Part(title, {"activity": "", **headings, "came": _("In all")}, records, shown)


def _months(day: str) -> list[str]:
    """The month of a day and the eleven before it."""
    last = int(day[:4]) * 12 + int(day[5:7]) - 1
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(last - 11, last + 1)]


_HISTORY = """
SELECT enquired AS date, NULL AS until, 'enquiry' AS what, '' AS detail FROM intakes WHERE person_id = :id
UNION ALL SELECT held, NULL, 'interview', '' FROM intakes WHERE person_id = :id AND held IS NOT NULL
UNION ALL SELECT starts, ends, 'role', role FROM roles WHERE person_id = :id
UNION ALL SELECT date, declined, 'applied', ifnull((SELECT group_concat(role, ', ') FROM application_roles WHERE application_id = applications.id), '')
    FROM volunteer_applications AS applications WHERE person_id = :id
UNION ALL SELECT date, NULL, 'seen', kind FROM attests WHERE person_id = :id
UNION ALL SELECT enrolments.starts, ends, 'enrolled in', ref || ' ' || ifnull(title, '') FROM enrolments JOIN activities ON activities.id = activity_id WHERE person_id = :id
UNION ALL SELECT leaders.starts, ends, 'leads', ref || ' ' || ifnull(title, '') FROM leaders JOIN activities ON activities.id = activity_id
    WHERE person_id = :id AND kind IN ('talk', 'network')
UNION ALL SELECT date, NULL, part, ref || ' ' || ifnull(title, '') FROM attendance JOIN sessions ON sessions.id = session_id
    JOIN activities ON activities.id = activity_id WHERE person_id = :id AND state = 'held'
UNION ALL SELECT starts, nullif(ends, :forever), 'waits for a Hjerteven', '' FROM waiting WHERE person_id = :id
UNION ALL SELECT ifnull(offers.starts, joined), NULL, 'offers to be a Hjerteven',
    ifnull((SELECT group_concat(value, ', ') FROM (SELECT value FROM preferences WHERE offer_id = offers.id ORDER BY id)), '')
    FROM offers LEFT JOIN volunteers USING (person_id) WHERE person_id = :id
UNION ALL SELECT matches.starts, ends, 'Hjerteven', number || ' ' || ifnull(name, '') FROM matches JOIN people ON people.id = volunteer_id WHERE person_id = :id
UNION ALL SELECT matches.starts, ends, 'Hjerteven for', number || ' ' || ifnull(name, '') FROM matches JOIN people ON people.id = person_id WHERE volunteer_id = :id
UNION ALL SELECT proposals.date, NULL, 'proposed', number || ' ' || ifnull(name, '') FROM proposals JOIN people ON people.id = volunteer_id WHERE person_id = :id
UNION ALL SELECT proposals.date, NULL, 'proposed', number || ' ' || ifnull(name, '') FROM proposals JOIN people ON people.id = person_id WHERE volunteer_id = :id
UNION ALL SELECT proposal_answers.date, NULL, 'accepted', '' FROM proposal_answers JOIN proposals ON proposals.id = proposal_id
    WHERE accepted AND iif(side = 'person', person_id, volunteer_id) = :id
UNION ALL SELECT proposal_answers.date, NULL, 'declined', ifnull(reason, '') FROM proposal_answers JOIN proposals ON proposals.id = proposal_id
    WHERE NOT accepted AND iif(side = 'person', person_id, volunteer_id) = :id
UNION ALL SELECT pauses.starts, pauses.ends, 'pause', ifnull(pauses.reason, '') FROM pauses JOIN matches ON matches.id = match_id WHERE :id IN (person_id, volunteer_id)
UNION ALL SELECT date, NULL, 'contact', ifnull(note, '') FROM contacts WHERE person_id = :id
UNION ALL SELECT pair_meetings.date, NULL, 'the pair met', iif(hours IS NULL, '', printf('%g h ', hours)) || ifnull(note, '') FROM pair_meetings
    JOIN matches ON matches.id = match_id WHERE :id IN (person_id, volunteer_id)
UNION ALL SELECT date, NULL, 'hours', printf('%g h ', hours) || ifnull(what, '') FROM volunteer_hours WHERE person_id = :id
UNION ALL SELECT date, done, 'reminder', ifnull(note, '') FROM reminders WHERE person_id = :id
UNION ALL SELECT date, NULL, 'moved on to', ifnull(name, '') FROM onward LEFT JOIN partners ON partners.id = partner_id WHERE person_id = :id
UNION ALL SELECT date, NULL, 'left', ifnull(reason, '') FROM leaving WHERE person_id = :id
UNION ALL SELECT given, withdrawn, 'consent', purpose FROM consents WHERE person_id = :id
ORDER BY 1, 3
"""
