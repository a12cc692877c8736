"""What lists and pages show, as plain records. In every record a person is the number, and where the file has several branches the branch stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..codes import ATTEST, EVENT_KIND, GROUP_KIND, PURPOSE, REASON, RECRUITED_THROUGH, ROLE, SOURCE, Labels, label
from ..locale import _, language
from ..reading.dates import today
from ..reading.text import fold
from ..store import Store
from .activities import Activity
from .befriending import FOREVER, preferences_of
from .intakes import answers_at
from .people import Person
from .rules import covers

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A list on a page."""

    title: str
    columns: dict[str, str]
    records: list[Record]


@dataclass(frozen=True, slots=True)
class Page:
    """A page about one thing. `labels`: which facts are shown, and under which words."""

    title: str
    facts: Record
    labels: dict[str, str]
    parts: dict[str, Part] = field(default_factory=dict)


def word(vocabulary: Labels, code: str | None) -> str | None:
    """A code as a person reads it."""
    return None if code is None else label(vocabulary, code, language())


def _branches(store: Store) -> dict[int, str]:
    return store.branches if len(store.branches) > 1 else {}


def _branch(store: Store, id: int) -> Record:
    names = _branches(store)
    return {"branch": names[id]} if names else {}


def branch_column(records: Sequence[Record]) -> dict[str, str]:
    """The heading of the branch, where records have one."""
    return {"branch": _("Branch")} if records and "branch" in records[0] else {}


def intakes(store: Store, year: int | None, open_: bool) -> list[Record]:
    """Enquiries, the latest first."""
    sql = """SELECT people.branch_id, number, name, enquired, held, (SELECT answer FROM answers WHERE intake_id = intakes.id AND question = 'source') AS source
        FROM intakes JOIN people ON people.id = person_id
        WHERE (?1 IS NULL OR substr(enquired, 1, 4) = ?1 OR substr(held, 1, 4) = ?1) AND (NOT ?2 OR held IS NULL)
        ORDER BY ifnull(enquired, held) DESC, intakes.id DESC"""
    return [
        {
            **_branch(store, row["branch_id"]),
            "person": row["number"],
            "name": row["name"],
            "enquired": row["enquired"],
            "held": row["held"],
            "source": word(SOURCE, row["source"]),
        }
        for row in store.rows(sql, str(year) if year else None, open_)
    ]


def intakes_of(store: Store, person: Person) -> list[Record]:
    """Everything that was told at someone's interviews."""
    sql = """SELECT intakes.id, enquired, held, partners.name AS referred_by, note FROM intakes LEFT JOIN partners ON partners.id = referred_by
        WHERE person_id = ? ORDER BY ifnull(enquired, held), intakes.id"""
    return [
        {
            **{column: row[column] for column in ("enquired", "held", "referred_by", "note")},
            "answers": {name: list(codes) for name, codes in answers_at(store, row["id"]).items()},
        }
        for row in store.rows(sql, person.id)
    ]


def groups(store: Store, closed_too: bool) -> list[Record]:
    """The groups, with how many are enrolled and how far they have come."""
    sql = """SELECT id, branch_id, ref, title, kind, starts, closed, capacity,
            (SELECT count(DISTINCT person_id) FROM enrolments WHERE activity_id = activities.id AND ifnull(starts, '') <= ?1 AND ifnull(ends, '~') >= ?1) AS enrolled,
            (SELECT count(*) FROM sessions WHERE activity_id = activities.id AND state = 'held') AS held,
            (SELECT count(*) FROM sessions WHERE activity_id = activities.id AND state = 'planned') AS planned
        FROM activities WHERE kind IN ('talk', 'network') AND (?2 OR closed IS NULL OR closed >= ?1) ORDER BY branch_id, CAST(substr(ref, 2) AS INTEGER)"""
    return [
        {
            **_branch(store, row["branch_id"]),
            "group": row["ref"],
            "title": row["title"],
            "kind": word(GROUP_KIND, row["kind"]),
            "start": row["starts"],
            "closed": row["closed"],
            **{column: row[column] for column in ("enrolled", "capacity", "held", "planned")},
        }
        for row in store.rows(sql, today(), closed_too)
    ]


_COUNTED = """(SELECT count(*) FROM attendance JOIN sessions ON sessions.id = session_id WHERE activity_id = activities.id AND state = 'held' AND part = '{0}')"""


def events(store: Store, year: int | None, planned: bool) -> list[Record]:
    """The events, the latest first. Participants of a trip are counted each day, as visits are."""
    sql = f"""SELECT activities.branch_id, ref, title, kind, activities.starts, max(sessions.date) AS last,
            CASE WHEN sum(state = 'held') THEN 'held' WHEN sum(state = 'planned') THEN 'planned' ELSE 'cancelled' END AS state,
            {_COUNTED.format("participant")} AS participants, {_COUNTED.format("volunteer")} AS volunteers, sum(unnamed * (state = 'held')) AS unnamed
        FROM activities JOIN sessions ON sessions.activity_id = activities.id
        WHERE kind NOT IN ('talk', 'network') AND (?1 IS NULL OR substr(activities.starts, 1, 4) = ?1)
        GROUP BY activities.id HAVING NOT ?2 OR sum(state = 'planned') ORDER BY activities.starts DESC, activities.id DESC"""
    return [
        {
            **_branch(store, row["branch_id"]),
            "event": row["ref"],
            "title": row["title"],
            "kind": word(EVENT_KIND, row["kind"]),
            "date": row["starts"],
            "until": row["last"] if row["last"] != row["starts"] else None,
            "state": _(row["state"]),
            **{column: row[column] for column in ("participants", "unnamed", "volunteers")},
        }
        for row in store.rows(sql, str(year) if year else None, planned)
    ]


def volunteers(store: Store, former_too: bool) -> list[Record]:
    """The volunteers, with their roles and whether they have taken the intro course."""
    day = today()
    roles: dict[int, list[Any]] = {}
    for row in store.rows("SELECT person_id, role, starts, ends FROM roles ORDER BY ifnull(starts, ''), id"):
        roles.setdefault(row["person_id"], []).append(row)
    sql = """SELECT people.id, branch_id, number, name, joined, volunteers.gender,
            (SELECT min(date) FROM attests WHERE attests.person_id = people.id AND kind = 'intro_course') AS intro_course,
            (SELECT group_concat(other.number, ', ') FROM matches JOIN people AS other ON other.id = matches.person_id
                WHERE volunteer_id = people.id AND ifnull(matches.ends, '~') > ?1) AS befriends
        FROM volunteers JOIN people ON people.id = person_id ORDER BY branch_id, number"""
    records = []
    for row in store.rows(sql, day):
        own = roles.get(row["id"], [])
        running = [each for each in own if covers(each["starts"], each["ends"], day)]
        if not running and own and not former_too and all(each["ends"] and each["ends"] < day for each in own):
            continue
        left = max((each["ends"] for each in own), default=None) if own and all(each["ends"] for each in own) else None
        shown = dict.fromkeys(word(ROLE, each["role"]) for each in running or own)
        person = {**_branch(store, row["branch_id"]), "volunteer": row["number"], "name": row["name"], "roles": list(shown)}
        records.append(
            {**person, "joined": row["joined"], "left": left, "intro_course": row["intro_course"], "befriends": row["befriends"]}
        )
    return records


def waiting_ids(store: Store) -> list[Any]:
    """Who waits today: rows with the wait's `wait_id` and the person's `id`, the longest waiting first."""
    return store.rows(
        """SELECT waiting.id AS wait_id, waiting.starts, people.id, branch_id, number, name FROM waiting JOIN people ON people.id = person_id
        WHERE ifnull(waiting.starts, '') <= ?1 AND waiting.ends > ?1 ORDER BY ifnull(waiting.starts, ''), number""",
        today(),
    )


def waiting(store: Store) -> list[Record]:
    """The waiting list today."""
    now = date.fromisoformat(today())
    return [
        {
            **_branch(store, row["branch_id"]),
            "person": row["number"],
            "name": row["name"],
            "since": row["starts"],
            "days": (now - date.fromisoformat(row["starts"])).days if row["starts"] else None,
            "wishes": [value for values in preferences_of(store, "wait_id", row["wait_id"]).values() for value in values],
        }
        for row in waiting_ids(store)
    ]


def matches(store: Store, ended_too: bool) -> list[Record]:
    """The matches, the latest first."""
    sql = """SELECT young.branch_id, young.number AS person, young.name, adult.number AS volunteer, adult.name AS volunteer_name, starts, ends, reason,
            (SELECT max(date) FROM contacts WHERE contacts.person_id = young.id AND date >= ifnull(starts, '') AND date <= ifnull(ends, '~')) AS contact
        FROM matches JOIN people AS young ON young.id = matches.person_id JOIN people AS adult ON adult.id = matches.volunteer_id
        WHERE ?1 OR ends IS NULL OR ends > ?2 ORDER BY ifnull(starts, '') DESC, matches.id DESC"""
    return [
        {
            **_branch(store, row["branch_id"]),
            **{column: row[column] for column in ("person", "name", "volunteer", "volunteer_name")},
            "date": row["starts"],
            "ended": row["ends"],
            "reason": word(REASON, row["reason"]),
            "contact": row["contact"],
        }
        for row in store.rows(sql, ended_too, today())
    ]


def people(store: Store, found: str | None = None, among: set[int] | None = None, contact: str | None = None) -> list[Record]:
    """People in order of number: all, those whose name holds a text, or those among some."""
    sql = """SELECT people.id, branch_id, number, name, called, born, phone, email,
            EXISTS (SELECT 1 FROM intakes WHERE person_id = people.id) AS young,
            EXISTS (SELECT 1 FROM volunteers WHERE person_id = people.id) AS volunteer,
            (SELECT max(date) FROM attendance JOIN sessions ON sessions.id = session_id WHERE person_id = people.id AND part <> 'excused' AND state = 'held') AS last_seen
        FROM people ORDER BY branch_id, number"""
    words = fold(found) if found else None
    records = []
    for row in store.rows(sql):
        if among is not None and row["id"] not in among:
            continue
        if words and words != str(row["number"]) and words not in fold(row["name"] or "") and words not in fold(row["called"] or ""):
            continue
        kinds = [text for holds, text in ((row["young"], _("participant")), (row["volunteer"], _("volunteer"))) if holds]
        person = {
            **_branch(store, row["branch_id"]),
            "person": row["number"],
            "name": row["name"],
            "called": row["called"],
            "born": row["born"],
        }
        records.append({**person, "is": kinds, "last_seen": row["last_seen"], **({contact: row[contact]} if contact else {})})
    return records


def present_at_event(store: Store, event: Activity) -> set[int]:
    """Who was at an event, on any of its days."""
    sql = "SELECT DISTINCT person_id FROM attendance JOIN sessions ON sessions.id = session_id WHERE activity_id = ? AND part <> 'excused'"
    return {row["person_id"] for row in store.rows(sql, event.id)}


def _sessions(store: Store, activity: Activity) -> list[Record]:
    people: dict[int, dict[str, list[str]]] = {}
    sql = """SELECT session_id, part, number, called, name FROM attendance JOIN sessions ON sessions.id = session_id JOIN people ON people.id = person_id
        WHERE activity_id = ? ORDER BY number"""
    for row in store.rows(sql, activity.id):
        short = f"{row['number']} {row['called'] or (row['name'] or '').split(' ')[0]}".strip()
        people.setdefault(row["session_id"], {}).setdefault(row["part"], []).append(short)
    found = []
    for row in store.rows("SELECT id, date, state, theme, unnamed, note FROM sessions WHERE activity_id = ? ORDER BY date", activity.id):
        there = people.get(row["id"], {})
        lists = {
            name: there.get(part, []) for name, part in (("present", "participant"), ("volunteers", "volunteer"), ("excused", "excused"))
        }
        found.append(
            {
                "date": row["date"],
                "state": _(row["state"]),
                "theme": row["theme"],
                **lists,
                "unnamed": row["unnamed"] or None,
                "note": row["note"],
            }
        )
    return found


def _around(store: Store, activity: Activity) -> Any:
    sql = """SELECT partners.name AS venue, joint, note, activity, continued.ref AS continues FROM activities LEFT JOIN partners ON partners.id = venue_id
        LEFT JOIN (SELECT id AS other, ref FROM activities) AS continued ON continued.other = continues_id WHERE activities.id = ?"""
    return store.row(sql, activity.id)


def _names(store: Store, sql: str, id: int) -> list[str]:
    return [row[0] for row in store.rows(sql, id)]


def group_page(store: Store, group: Activity) -> Page:
    """A group: its facts, who is in it with how often they came, its meetings."""
    around = _around(store, group)
    leaders = "SELECT number || ' ' || ifnull(name, '') || ifnull(' until ' || ends, '') FROM leaders JOIN people ON people.id = person_id WHERE activity_id = ? ORDER BY number"
    facts = {
        "group": group.ref,
        "title": group.title,
        "kind": word(GROUP_KIND, group.kind),
        "start": group.starts,
        "closed": group.closed,
        "capacity": group.capacity,
        "venue": around["venue"],
        "continues": around["continues"],
        "leaders": _names(store, leaders, group.id),
        "programmes": _names(store, "SELECT programme FROM programmes WHERE activity_id = ? ORDER BY 1", group.id),
    }
    sql = """SELECT number, name, enrolments.starts, ends, reason,
            (SELECT count(*) FROM attendance JOIN sessions ON sessions.id = session_id WHERE activity_id = ?1 AND state = 'held' AND part = 'participant'
                AND attendance.person_id = people.id) AS came,
            (SELECT count(*) FROM sessions WHERE activity_id = ?1 AND state = 'held') AS held
        FROM enrolments JOIN people ON people.id = enrolments.person_id WHERE activity_id = ?1 ORDER BY number, enrolments.starts"""
    enrolled = [
        {
            "person": row["number"],
            "name": row["name"],
            "date": row["starts"],
            "until": row["ends"],
            "reason": word(REASON, row["reason"]),
            "came": f"{row['came']}/{row['held']}",
        }
        for row in store.rows(sql, group.id)
    ]
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
        "meetings": Part(_("Meetings"), _session_columns(_("Theme")), _sessions(store, group)),
        "contacts": Part(_("Contacts"), {"date": _("Date"), "note": _("Note")}, contacts),
    }
    return Page(group.shown, facts, {**labels, "leaders": _("Leaders"), "programmes": _("Programmes")}, parts)


def _session_columns(theme: str) -> dict[str, str]:
    columns = {
        "date": _("Date"),
        "state": _("State"),
        "theme": theme,
        "present": _("Participants"),
        "unnamed": _("Unnamed"),
        "volunteers": _("Volunteers"),
    }
    return {**columns, "excused": _("Excused"), "note": _("Note")}


def event_page(store: Store, event: Activity) -> Page:
    """An event: its facts, and who came on each of its days."""
    around = _around(store, event)
    facts = {
        "event": event.ref,
        "title": event.title,
        "kind": word(EVENT_KIND, event.kind),
        "date": event.starts,
        "activity": around["activity"],
        "venue": around["venue"],
        "partners": _names(
            store, "SELECT name FROM activity_partners JOIN partners ON partners.id = partner_id WHERE activity_id = ? ORDER BY 1", event.id
        ),
        "organisers": _names(
            store,
            "SELECT number || ' ' || ifnull(name, '') FROM leaders JOIN people ON people.id = person_id WHERE activity_id = ? ORDER BY number",
            event.id,
        ),
        "programmes": _names(store, "SELECT programme FROM programmes WHERE activity_id = ? ORDER BY 1", event.id),
        "joint": around["joint"],
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
        {**labels, "programmes": _("Programmes"), "joint": _("Joint"), "note": _("Note")},
        {"days": Part(_("Days"), columns, _sessions(store, event))},
    )


def person_page(store: Store, person: Person) -> Page:
    """What is held about a person. Their answers are on a page of their own: `husrum intake show`."""
    row = store.row("SELECT phone, email FROM people WHERE id = ?", person.id)
    profile = store.row("SELECT joined, recruited_through FROM volunteers WHERE person_id = ?", person.id)
    assert row is not None
    facts = {
        **_branch(store, person.branch_id),
        "person": person.number,
        **{column: getattr(person, column) for column in ("name", "called", "born")},
        "phone": row["phone"],
        "email": row["email"],
        "joined": profile["joined"] if profile else None,
        "recruited_through": word(RECRUITED_THROUGH, profile["recruited_through"]) if profile else None,
    }
    labels = {
        "called": _("Called"),
        "born": _("Born"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "joined": _("Volunteer since"),
        "recruited_through": _("Came through"),
    }
    return Page(
        person.shown,
        facts,
        labels,
        {"history": Part(_("History"), {"date": _("Date"), "until": _("Until"), "what": _("What")}, _history(store, person))},
    )


_HISTORY = """
SELECT enquired AS date, NULL AS until, 'enquiry' AS what, '' AS detail FROM intakes WHERE person_id = :id
UNION ALL SELECT held, NULL, 'interview', '' FROM intakes WHERE person_id = :id AND held IS NOT NULL
UNION ALL SELECT starts, ends, 'role', role FROM roles WHERE person_id = :id
UNION ALL SELECT date, NULL, 'seen', kind FROM attests WHERE person_id = :id
UNION ALL SELECT enrolments.starts, ends, 'enrolled in', ref || ' ' || ifnull(title, '') FROM enrolments JOIN activities ON activities.id = activity_id WHERE person_id = :id
UNION ALL SELECT leaders.starts, ends, 'leads', ref || ' ' || ifnull(title, '') FROM leaders JOIN activities ON activities.id = activity_id
    WHERE person_id = :id AND kind IN ('talk', 'network')
UNION ALL SELECT date, NULL, part, ref || ' ' || ifnull(title, '') FROM attendance JOIN sessions ON sessions.id = session_id
    JOIN activities ON activities.id = activity_id WHERE person_id = :id AND state = 'held'
UNION ALL SELECT starts, nullif(ends, :forever), 'waits for a Hjerteven', '' FROM waiting WHERE person_id = :id
UNION ALL SELECT matches.starts, ends, 'Hjerteven', number || ' ' || ifnull(name, '') FROM matches JOIN people ON people.id = volunteer_id WHERE person_id = :id
UNION ALL SELECT matches.starts, ends, 'Hjerteven for', number || ' ' || ifnull(name, '') FROM matches JOIN people ON people.id = person_id WHERE volunteer_id = :id
UNION ALL SELECT date, NULL, 'contact', ifnull(note, '') FROM contacts WHERE person_id = :id
UNION ALL SELECT date, NULL, 'moved on to', ifnull(name, '') FROM onward LEFT JOIN partners ON partners.id = partner_id WHERE person_id = :id
UNION ALL SELECT date, NULL, 'left', ifnull(reason, '') FROM leaving WHERE person_id = :id
UNION ALL SELECT given, withdrawn, 'consent', purpose FROM consents WHERE person_id = :id
ORDER BY 1, 3
"""
_DETAILS: dict[str, Labels] = {"role": ROLE, "seen": ATTEST, "consent": PURPOSE, "left": REASON}


def _history(store: Store, person: Person) -> list[Record]:
    records = []
    for row in store.connection.execute(_HISTORY, {"id": person.id, "forever": FOREVER}):
        detail = word(_DETAILS[row["what"]], row["detail"]) if row["what"] in _DETAILS and row["detail"] else row["detail"]
        records.append({"date": row["date"], "until": row["until"], "what": f"{_(row['what'])} {detail}".strip()})
    return records
