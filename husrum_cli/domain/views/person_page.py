"""The page of one person: everything that is dated about them as records, and what a coordinator reads of it at a glance."""

from __future__ import annotations

from typing import Any

from ...i18n import _, language
from ...input.dates import month_names, today
from ...store import Store
from ..activities.groups import MEETINGS_WHILE_ENROLLED
from ..befriending.matches import FOREVER
from ..branches import Record, branch_of
from ..people.lookup import Person
from ..volunteers.activity import volunteer_facts
from ..volunteers.hours import hours_by_year
from ..volunteers.papers import INTRO_COURSES
from .history import HISTORY
from .pages import EXCUSED, NOT_THERE, THERE, Page, Part

_NEXT_MEETING = """SELECT min(date || ' ' || ref || ' ' || ifnull(title, '')) FROM sessions JOIN activities ON activities.id = activity_id
    WHERE state = 'planned' AND date >= ?2 AND activity_id IN (
        SELECT activity_id FROM enrolment_periods WHERE person_id = ?1 AND ends > ?2
            AND EXISTS (SELECT 1 FROM here WHERE here.person_id = ?1 AND sessions.date BETWEEN here.starts AND here.ends)
        UNION SELECT activity_id FROM leader_periods WHERE person_id = ?1 AND ends > ?2)"""
_GOALS = "SELECT ifnull(outcome, 'open') AS outcome, count(*) AS number FROM goals WHERE person_id = ? GROUP BY 1 ORDER BY 1"
_MOST_MONTHS = 12  # of a strip
SEEN = ("participant", "volunteer", "excused")
"""Words of the history for being somewhere, or being excused."""


def person_page(store: Store, person: Person, since: str | None = None) -> Page:
    """Return what is stored about a person. Their answers are on a page of their own: `husrum intake show`.

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
        "goals": {row["outcome"]: row["number"] for row in store.rows(_GOALS, person.id)},
        **(volunteer_facts(store, person, today()) if profile else {}),
    }
    labels = {"called": _("Called"), "born": _("Born"), "phone": _("Phone"), "email": _("E-mail")}
    columns = {"date": _("Date"), "until": _("Until"), "what": _("What"), "detail": ""}
    history = [dict(each) for each in store.connection.execute(HISTORY, {"id": person.id, "forever": FOREVER})]
    hours = [{"year": int(year) if year else None, "hours": number} for year, number in hours_by_year(store, person).items()]
    parts = {
        "history": Part(_("History"), columns, history, [record for record in history if record["what"] not in SEEN]),
        "attendance": Part(_("Attendance"), {"activity": "", "strip": "", "came": ""}, _attendance(store, person)),
        "months": _by_month(store, person),
        "hours": Part(_("Hours by year"), {"year": _("Year"), "hours": _("Hours")}, hours),
    }
    if since is not None:
        visits = [
            {"date": each["date"], "activity": each["detail"], "as": each["what"]}
            for each in history
            if each["what"] in SEEN[:2] and (each["date"] or "") >= since
        ]
        facts["times"] = len(visits)
        labels["times"] = _("Times since {date}", date=since)
        if strip := _strip_since(since, [str(each["date"] or "")[:7] for each in visits]):
            facts["strip"], labels["strip"] = strip, _("By month")
        parts = {"visits": Part(_("Attendance"), {"date": _("Date"), "activity": _("At"), "as": _("As")}, visits)}
    return Page(person.display_name, facts, labels, parts, {})


def _strip_since(since: str, months: list[str]) -> str:
    """Return a sign for each time, behind the names of the months from a day to today; nothing if they are more than a year."""
    names, (year, month) = month_names(language()), map(int, since.split("-")[:2])
    count = 12 * (int(today()[:4]) - year) + int(today()[5:7]) - month + 1
    if not 1 < count <= _MOST_MONTHS:
        return ""
    each = [(year + (month - 1 + number) // 12, (month - 1 + number) % 12 + 1) for number in range(count)]
    return "  ".join(f"{names[m - 1][:3]} {THERE * months.count(f'{y}-{m:02}') or NOT_THERE}" for y, m in each)


def _attendance(store: Store, person: Person) -> list[Record]:
    """Return a strip for each group that somebody was in, a sign for each meeting held while they were: there, not there, excused."""
    strips = []
    for row, signs in meetings_of(store, person):
        strip = "".join(sign for _date, sign in signs)
        strips.append({"activity": group_name(row), "strip": strip, "came": f"{strip.count(THERE)}/{len(strip)}"})
    return strips


def group_name(row: Any) -> str:
    """Return the number and title of a group: `G1 Tuesday`."""
    return f"{row['ref']} {row['title'] or ''}".strip()


def meetings_of(store: Store, person: Person) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Return each group that somebody was in (id, ref, title, starts, ends, closed), with the day and the sign of each meeting held while they were."""
    groups = """SELECT enrolments.id AS enrolment, activities.id, ref, title, enrolments.starts, ends, closed FROM enrolments JOIN activities ON activities.id = activity_id
        WHERE person_id = ? ORDER BY ifnull(enrolments.starts, ''), activities.id"""
    meetings = f"SELECT date, part FROM ({MEETINGS_WHILE_ENROLLED}) WHERE enrolment_id = ? ORDER BY date"
    signs = {"participant": THERE, "volunteer": THERE, "excused": EXCUSED}
    return [
        (row, [(each["date"], signs.get(each["part"], NOT_THERE)) for each in store.rows(meetings, row["enrolment"])])
        for row in store.rows(groups, person.id)
    ]


def _by_month(store: Store, person: Person) -> Part:
    """Count how often somebody came to meetings of groups and to events, in each of the last twelve months."""
    months = last_months(today())
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


def last_months(day: str) -> list[str]:
    """Return the month of a day and the eleven before it."""
    last = int(day[:4]) * 12 + int(day[5:7]) - 1
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(last - 11, last + 1)]
