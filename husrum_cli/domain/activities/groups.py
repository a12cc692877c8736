"""Talk groups and network groups: their course, who is enrolled, who leads, who came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from ...errors import NotFound, Refused, WrongInput
from ...i18n import _
from ...input.dates import day_in_words, require_order, today, weekday
from ...store import Store
from ..corrections import Change, correct_reason, correct_row
from ..people.leaving import LEFT_BEFORE
from ..people.lookup import Person
from ..people.partners import get_or_add_partner
from ..people.removed import leave_out_anonymised
from ..rules import Rules, covers, overlap
from .activities import Activity, insert_activity, set_leaders, set_programmes
from .attendance import OccasionRecord, Participation, Turnout, note_meetings_of_leader, record_occasion

MEETINGS_WHILE_ENROLLED = """
SELECT enrolled.id AS enrolment_id, enrolled.person_id, enrolled.activity_id, date, part
FROM enrolment_periods AS enrolled JOIN sessions ON sessions.activity_id = enrolled.activity_id AND date BETWEEN starts AND ends
LEFT JOIN attendance ON attendance.session_id = sessions.id AND attendance.person_id = enrolled.person_id
WHERE state = 'held' AND NOT EXISTS (
    SELECT 1 FROM leaving WHERE leaving.person_id = enrolled.person_id AND leaving.date >= enrolled.starts AND leaving.date < sessions.date
    AND NOT EXISTS (SELECT 1 FROM here WHERE here.person_id = enrolled.person_id AND sessions.date BETWEEN here.starts AND here.ends)
)"""
"""SQL of the held meetings of each enrolment, with how its person was there (`part`, NULL: absent): until the group was closed, without those after they left HUSRUM."""


class NewGroup(NamedTuple):
    """A group as it was typed. `meetings` are the days that are planned, `themes` those of the first of them, in order."""

    title: str
    kind: str
    starts: str | None
    capacity: int | None = None
    leaders: tuple[Person, ...] = ()
    continues: Activity | None = None
    venue: str | None = None
    programmes: tuple[str, ...] = ()
    ref: str | None = None
    closed: str | None = None
    meetings: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


# Ten years; more is a slip of the finger.
MOST_WEEKS = 520


def maybe_last_year(start: str) -> str:
    """Return a remark if a group that starts without a year in its date may have been meant to come; else nothing."""
    day = date.fromisoformat(start)
    if not 183 < (date.fromisoformat(today()) - day).days < 366:
        return ""
    next_year = f"{day.day}/{day.month}-{day.year + 1}"
    return _("{date} was half a year ago or more. If the group is to come, write the year too: --start {text}", date=start, text=next_year)


def weekly(start: str, weeks: int, skip: Sequence[str]) -> tuple[str, ...]:
    """Return so many days a week apart, without the skipped ones: the course still has all its meetings, and ends later."""
    if weeks > MOST_WEEKS:
        raise WrongInput(_("weeks: {weeks} is more than {most}.", weeks=weeks, most=MOST_WEEKS), "weeks")
    days: list[str] = []
    day = date.fromisoformat(start)
    left_out = set(skip)
    while len(days) < weeks:
        if day.isoformat() in left_out:
            left_out.discard(day.isoformat())
        else:
            days.append(day.isoformat())
        day += timedelta(weeks=1)
    if left_out:
        words = {"date": day_in_words(min(left_out)), "weekday": weekday(start), "first": start, "last": days[-1] if days else start}
        raise WrongInput(_("skip: {date} is no meeting of a group that meets on {weekday}s from {first} to {last}.", **words), "skip")
    return tuple(days)


def open_group(store: Store, group: NewGroup) -> Activity:
    """Enter a new group, with its leaders from the first day and its planned meetings."""
    if group.starts and group.closed and group.closed < group.starts:
        raise WrongInput(_("closed: {closed} is before the start, {start}.", closed=group.closed, start=group.starts), "closed")
    id, ref = insert_activity(
        store,
        "G",
        group.ref,
        kind=group.kind,
        title=group.title,
        starts=group.starts,
        closed=group.closed,
        capacity=group.capacity,
        continues_id=group.continues.id if group.continues else None,
        venue_id=get_or_add_partner(store, group.venue),
    )
    set_programmes(store, id, group.programmes)
    set_leaders(store, id, group.leaders, group.starts)
    themes = [*group.themes, *(None for _day in group.meetings)]
    meetings = [(id, day, "planned", theme) for day, theme in zip(group.meetings, themes, strict=False)]
    store.insert_many("sessions", ("activity_id", "date", "state", "theme"), meetings)
    return Activity(id, store.home, ref, group.kind, group.title, group.starts, group.closed, group.capacity)


def enrolled_people(store: Store, group: Activity, day: str) -> list[int]:
    """Return the people enrolled on a day."""
    rows = store.rows("SELECT person_id, starts, ends FROM enrolments WHERE activity_id = ? ORDER BY id", group.id)
    return list(dict.fromkeys(row["person_id"] for row in rows if covers(row["starts"], row["ends"], day)))


def enroll(
    store: Store, rules: Rules, group: Activity, person: Person, starts: str | None, ends: str | None = None, reason: str | None = None
) -> int:
    """Enrol someone in a group, and return the id. Refused if it is closed, or if they are in it already, even by force from the same day; a warning if it is full."""
    if starts and ends and ends < starts:
        raise WrongInput(_("until: {until} is before the enrolment on {date}.", until=ends, date=starts), "until")
    others = store.rows("SELECT person_id, starts, ends FROM enrolments WHERE activity_id = ?", group.id)
    if same := [row for row in others if row["person_id"] == person.id and overlap((row["starts"], row["ends"]), (starts, ends))]:
        words = {
            "person": person.display_name,
            "group": group.ref,
            "date": same[0]["starts"] or _("an unknown date"),
            "number": person.number,
        }
        text = _(
            "{person} is enrolled in {group} already, from {date}. If that day is wrong: husrum group enroll {group} {number} --remove",
            **words,
        )
        if starts in [row["starts"] for row in same]:  # the same once more, whatever is forced
            raise Refused(text, "person")
        rules.broken(text, "person")
    if rules.strict or ends is None:  # a full group in the past is nothing to remark on
        day = starts or today()
        if group.closed and group.closed <= day:
            rules.broken(
                _("{group} was closed on {date}; with --force they are enrolled all the same.", group=group.ref, date=group.closed), "group"
            )
        seats = len({row["person_id"] for row in others if overlap((row["starts"], row["ends"]), (day, None))} - {person.id})
        if group.capacity is not None and seats >= group.capacity:
            words = {"group": group.ref, "person": person.display_name, "seats": seats, "capacity": group.capacity}
            rules.warn(_("{group} was full, {seats} of {capacity}, before {person} joined.", **words))
    return store.insert("enrolments", activity_id=group.id, person_id=person.id, starts=starts, ends=ends, reason=reason)


def leave_group(store: Store, group: Activity, person: Person, day: str, given: Mapping[str, Any]) -> list[Change] | None:
    """End somebody's running enrolment in a group on that day. If it ended on that day already, correct the `reason` that is given, and return the changes."""
    sql = "SELECT id, starts, ends, reason FROM enrolments WHERE activity_id = ? AND person_id = ? ORDER BY starts DESC, id DESC"
    rows = store.rows(sql, group.id, person.id)
    running = next((row for row in rows if row["ends"] is None), None)
    if running is None:
        refusal = Refused(_("{person} is not enrolled in {group}.", person=person.display_name, group=group.ref), "person")
        last = max(rows, key=lambda row: str(row["ends"]), default=None)
        return correct_reason(store, "enrolments", last, "ends", day, given, refusal, f"husrum group leave {group.ref} {person.number}")
    if running["starts"] and day < running["starts"]:
        raise Refused(
            _("date: {date} is before {person} joined, on {start}.", date=day, person=person.display_name, start=running["starts"]),
            "date",
        )
    store.update("enrolments", running["id"], ends=day, **given)
    return None


def add_leader(store: Store, rules: Rules, group: Activity, person: Person, starts: str | None, ends: str | None) -> int:
    """Enter a period in which someone leads a group, and return its id."""
    require_order(starts, ends, "to")
    for row in store.rows("SELECT starts, ends FROM leaders WHERE activity_id = ? AND person_id = ?", group.id, person.id):
        if overlap((row["starts"], row["ends"]), (starts, ends)):
            raise Refused(_("{person} leads {group} already at that time.", person=person.display_name, group=group.ref), "person")
    day = starts or today()
    if not Participation(store).holds_role(person.id, day):
        words = {"person": person.display_name, "number": person.number}
        if later := store.value("SELECT min(starts) FROM roles WHERE person_id = ? AND role = 'leader' AND starts > ?", person.id, day):
            text = _(
                "{person} is a leader only from {date}. If that is wrong: husrum volunteer role {number} leader --remove, and then once more --from the right day",
                date=later,
                **words,
            )
            rules.warn(text)
        else:
            rules.warn(_("{person} holds no volunteer role on that day; give one with: husrum volunteer role {number} leader", **words))
    id = store.insert("leaders", activity_id=group.id, person_id=person.id, starts=starts, ends=ends)
    if rules.strict:
        note_meetings_of_leader(store, rules, group, person)
    return id


def stop_leading(store: Store, rules: Rules, group: Activity, person: Person, day: str) -> None:
    """End somebody's running period as leader."""
    row = store.row("SELECT id, starts FROM leaders WHERE activity_id = ? AND person_id = ? AND ends IS NULL", group.id, person.id)
    if row is None:
        raise Refused(_("{person} does not lead {group}.", person=person.display_name, group=group.ref), "person")
    if row["starts"] and day < row["starts"]:
        raise Refused(_("to: {to} is before {since}.", to=day, since=row["starts"]), "to")
    store.update("leaders", row["id"], ends=day)
    note_meetings_of_leader(store, rules, group, person)


def next_meeting(store: Store, group: Activity) -> str | None:
    """Return the oldest planned meeting that was not recorded."""
    day: str | None = store.value("SELECT min(date) FROM sessions WHERE activity_id = ? AND state = 'planned'", group.id)
    return day


def record_meeting(
    participation: Participation,
    rules: Rules,
    group: Activity,
    day: str,
    turnout: Turnout,
    absent: Sequence[Person] | None = None,
    theme: str | None = None,
    note: str | None = None,
    first: bool = False,
) -> OccasionRecord:
    """Record a meeting. `absent`: everyone enrolled came except these. `first`: there is no meeting on the day yet."""
    if day > rules.today and day == next_meeting(participation.store, group):
        text = _(
            "date: the next meeting of {group} is planned for {date}. Was one held on another day, name it with --date.",
            group=group.ref,
            date=day,
        )
        rules.broken(text, "date")
    rules.not_in_future(day, "date")
    if rules.strict:
        _require_started(group, day)
    if group.closed and day > group.closed:
        rules.broken(_("date: {group} was closed on {date}.", group=group.ref, date=group.closed), "date")
    store = participation.store
    if turnout == Turnout() and absent is None and not (theme or note) and "" in (theme, note):
        _require_recorded(store, group, day)
    if rules.strict or absent is not None:
        here = set(enrolled_people(store, group, day))
        if absent is not None:
            turnout = _all_but(store, group, day, here, absent, turnout)
            leave_out_anonymised(store, rules, (person.id for person in turnout.present or ()))
        for person in turnout.present or ():
            if person.id not in here and person.id not in participation.leading(group.id, day):
                rules.warn(_not_enrolled(store, group, person, day))
    return record_occasion(participation, rules, group.id, day, turnout, group=True, first=first, theme=theme, note=note)


def _require_recorded(store: Store, group: Activity, day: str) -> None:
    """Raise `NotFound` unless a meeting was held on a day: clearing a word of one does not hold it."""
    if not store.value("SELECT 1 FROM sessions WHERE activity_id = ? AND date = ? AND state = 'held'", group.id, day):
        command = f"husrum group meet {group.ref} --date {day} --present LIST"
        text = _("date: no meeting of {group} on {date} is recorded. Who came: {command}", group=group.ref, date=day, command=command)
        raise NotFound(text, "date")


def _not_enrolled(store: Store, group: Activity, person: Person, day: str) -> str:
    """Say that somebody was not enrolled on a day, and since when they are if they came to be so later."""
    sql = "SELECT min(starts) FROM enrolments WHERE activity_id = ? AND person_id = ? AND starts > ?"
    if later := store.value(sql, group.id, person.id, day):
        return _("{person} is enrolled in {group} only from {date}.", person=person.display_name, group=group.ref, date=later)
    return _("{person} is not enrolled in {group}.", person=person.display_name, group=group.ref)


def _all_but(store: Store, group: Activity, day: str, here: set[int], absent: Sequence[Person], turnout: Turnout) -> Turnout:
    from ..people.lookup import People

    if turnout.present is not None:
        raise WrongInput(_("Give --present or --absent, not both."), "absent")
    for person in absent:
        if person.id not in here:
            raise NotFound(_("absent: {person} is not enrolled in {group}.", person=person.display_name, group=group.ref), "absent")
    left = {row[0] for row in store.connection.execute(LEFT_BEFORE, {"day": day})}
    gone = left | {person.id for person in absent} | {person.id for person in turnout.excused or ()}
    return Turnout(People(store).with_ids(sorted(here - gone)), turnout.volunteers, turnout.excused, turnout.unnamed)


def _require_started(group: Activity, day: str) -> None:
    if group.starts and day < group.starts:
        raise Refused(_("date: {date} is before {group} started, on {start}.", date=day, group=group.ref, start=group.starts), "date")


def cancel_meeting(
    store: Store, rules: Rules, group: Activity, day: str, theme: str | None = None, note: str | None = None
) -> list[Change]:
    """Cancel a meeting, and return what that replaced. theme, note: None leaves what is there, and an empty text clears it.

    Raises `Refused` if people are recorded at it, or if the group started later.
    """
    session = store.row("SELECT id, state, unnamed, theme, note FROM sessions WHERE activity_id = ? AND date = ?", group.id, day)
    if rules.strict and session is None:
        other_year = "SELECT date FROM sessions WHERE activity_id = ? AND substr(date, 6) = substr(?, 6) AND date > ? AND state = 'planned'"
        if planned := store.value(other_year, group.id, day, day):
            words = {"group": group.ref, "date": day, "planned": planned, "text": planned}
            raise Refused(_("date: {group} has no meeting on {date}, but one on {planned}. Write its year: --date {text}", **words), "date")
        _require_started(group, day)
    texts = {column: text or None for column, text in (("theme", theme), ("note", note)) if text is not None}
    if session is None:
        store.insert("sessions", activity_id=group.id, date=day, state="cancelled", **texts)
        return []
    if session["state"] == "held" and store.value("SELECT 1 FROM attendance WHERE session_id = ?", session["id"]):
        raise Refused(_("{group} met on {date}: people were recorded as present.", group=group.ref, date=day), "date")
    store.update("sessions", session["id"], state="cancelled")
    return correct_row(store, "sessions", session, {"unnamed": 0, **texts})


def close_group(store: Store, group: Activity, day: str) -> int:
    """Close a group, and return the number of planned meetings that were never recorded."""
    if group.closed:
        raise Refused(_("{group} was closed on {date}.", group=group.ref, date=group.closed), "group")
    _require_started(group, day)
    last = store.value("SELECT max(date) FROM sessions WHERE activity_id = ? AND state = 'held'", group.id)
    if last and day < last:
        raise Refused(_("date: {group} met after that, on {date}.", group=group.ref, date=last), "date")
    store.update("activities", group.id, closed=day)
    return int(store.value("SELECT count(*) FROM sessions WHERE activity_id = ? AND state = 'planned' AND date <= ?", group.id, day))


def add_sparring(store: Store, rules: Rules, group: Activity, day: str | None, note: str | None) -> int:
    """Enter sparring with a network group that leads itself, and return its id."""
    rules.not_in_future(day, "date")
    return store.insert("contacts", activity_id=group.id, date=day, note=note)
