"""Correct, move and remove events, groups and their meetings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from ...errors import NotFound, Refused, WrongInput
from ...i18n import NP_, _, counts, long_day
from ...store import Store
from ..corrections import Change, changes, delete_row, only_row, refuse_to_remove, reopen
from ..people.lookup import Person, but_passed_over
from ..people.partners import get_or_add_partner
from ..rules import Rules
from .activities import OWN_COLUMNS, Activity, description, set_leaders, set_partners, set_programmes
from .attendance import decide_at, few_days, note_meetings_of_leader
from .events import days_between, days_to_record, event_days, warn_of_twins

Given = Mapping[str, Any]


def event_state(store: Store, activity: Activity) -> str:
    """Return `held` if any of its days was held, otherwise `planned` if any is, otherwise `cancelled`."""
    states = {row["state"] for row in store.rows("SELECT state FROM sessions WHERE activity_id = ?", activity.id)}
    return next((state for state in ("held", "planned") if state in states), "cancelled")


def planned_of_title(store: Store, event: Activity) -> list[tuple[str, str]]:
    """Return reference and day of the planned events with the same title, the next first."""
    sql = """SELECT ref, min(date) FROM activities JOIN sessions ON activity_id = activities.id AND state = 'planned'
        WHERE branch_id = ? AND title = ? AND activities.id <> ? AND ref GLOB 'E*' GROUP BY activities.id ORDER BY 2"""
    return [(ref, day) for ref, day in store.connection.execute(sql, (event.branch_id, event.title, event.id))]


def edit_event(store: Store, rules: Rules, event: Activity, given: Given) -> list[Change]:
    """Correct an event: the options that are given, by name; None or () is no value. A new date moves all its days with their attendance.

    Raises `Refused` if a held event would lie in the future, or if a day that has attendance would go.
    """
    before = {**description(store, event), **_days(store, event)}
    if given.get("organiser"):
        known = {person.id for person in before["organiser"] or ()}
        given = {**given, "organiser": but_passed_over(rules, given["organiser"], known)}
    found = changes(before, given)
    _write(store, event, found)
    if any(change.column in ("date", "until") for change in found):
        _move_event(store, rules, event, given)
    if rules.strict and any(change.column in ("date", "title") for change in found):
        now = {**before, **given}
        warn_of_twins(store, rules, now["title"], now["date"], event.id)
    return found


def _days(store: Store, event: Activity) -> dict[str, str | None]:
    days = event_days(store, event)
    return {"date": event.starts, "until": days[-1] if days and days[-1] != event.starts else None}


def _write(store: Store, activity: Activity, found: Sequence[Change]) -> None:
    """Write the changed values; days are moved by `_move_event`."""
    after = {change.column: change.after for change in found}
    own = {name: after[name] for name in OWN_COLUMNS & after.keys()}
    if "venue" in after:
        own["venue_id"] = get_or_add_partner(store, after["venue"])
    if "continues" in after:
        own["continues_id"] = after["continues"].id if after["continues"] else None
    store.update("activities", activity.id, **own)
    if "programme" in after:
        store.delete("programmes", activity_id=activity.id)
        set_programmes(store, activity.id, after["programme"] or ())
    if "partner" in after:
        store.delete("activity_partners", activity_id=activity.id)
        set_partners(store, activity.id, after["partner"] or ())
    if "organiser" in after:
        store.delete("leaders", activity_id=activity.id)
        set_leaders(store, activity.id, after["organiser"] or ())


def _move_event(store: Store, rules: Rules, event: Activity, given: Given) -> None:
    assert event.starts is not None, "an event has a date"
    first = given.get("date") or event.starts
    by = date.fromisoformat(first) - date.fromisoformat(event.starts)
    store.update("activities", event.id, starts=first)
    _move_days(store, rules, event, event_days(store, event), by)
    if "until" in given:
        _set_days(store, rules, event, days_between(first, given["until"] or first))


def _move_days(store: Store, rules: Rules, activity: Activity, days: Sequence[str], by: timedelta) -> None:
    """Move days with their attendance, and decide again what people were there as."""
    # In the order in which no day is moved to where another one still is.
    for day in sorted(days, reverse=by > timedelta()):
        session = store.row("SELECT id, state FROM sessions WHERE activity_id = ? AND date = ?", activity.id, day)
        assert session is not None
        moved = (date.fromisoformat(day) + by).isoformat()
        if session["state"] == "held":
            rules.not_in_future(moved, "date")
        store.update("sessions", session["id"], date=moved)
    decide_at(store, rules, activity.id)


def _set_days(store: Store, rules: Rules, event: Activity, wanted: Sequence[str]) -> None:
    """Make these the event's days. At a day that is added to a held event those of its first day were that was not cancelled."""
    known = event_days(store, event)
    for day in known:
        if day not in wanted:
            rests = attendance_in_words(store, event, day)
            refuse_to_remove(long_day(day), rests, "until", _("Remove the attendance of that day first: husrum event attend {ref} --date {text} --present none --volunteers none --unnamed 0", ref=event.ref, text=day))  # fmt: skip
            store.delete("sessions", activity_id=event.id, date=day)
    first = store.row("SELECT id, state, unnamed FROM sessions WHERE activity_id = ? ORDER BY state = 'cancelled', date LIMIT 1", event.id)
    state = first["state"] if first else "planned"
    for day in wanted:
        if day in known:
            continue
        if state == "held":
            rules.not_in_future(day, "until")
        added = store.insert("sessions", activity_id=event.id, date=day, state=state, unnamed=first["unnamed"] if first else 0)
        if first:
            there = store.rows("SELECT person_id, part, named_as FROM attendance WHERE session_id = ?", first["id"])
            store.insert_many("attendance", ("session_id", "person_id", "part", "named_as"), [(added, *row) for row in there])
    decide_at(store, rules, event.id)
    new = [day for day in wanted if day not in known]
    if new and state == "held" and (who := attendance_in_words(store, event, new[0])):
        words = {"dates": few_days(new), "who": ", ".join(who), "event": event.ref, "text": new[0]}
        rules.warn(_("Recorded on {dates} too: {who}. If that is wrong: husrum event attend {event} --date {text}", **words))


def attendance_in_words(store: Store, activity: Activity, day: str | None = None) -> list[str]:
    """Describe how many people are recorded at an activity, or on one of its days, with and without names."""
    only = "activity_id = ?1 AND (?2 IS NULL OR date = ?2)"
    sql = f"SELECT count(DISTINCT person_id) FROM attendance JOIN sessions ON sessions.id = session_id WHERE part <> 'excused' AND {only}"
    named = store.value(sql, activity.id, day)
    unnamed = store.value(f"SELECT ifnull(sum(unnamed), 0) FROM sessions WHERE state = 'held' AND {only}", activity.id, day)
    return counts(
        (named, NP_("{number} person who was there", "{number} people who were there")),
        (unnamed, NP_("{number} unnamed participant", "{number} unnamed participants")),
    )


def remove_event(store: Store, event: Activity) -> None:
    """Remove an event that was entered by mistake. Raises `Refused` if anybody was there, or if suggestions or goals were made at it."""
    rests = attendance_in_words(store, event) + _made_there(store, event)
    cancelled = set(event_days(store, event)) - set(days_to_record(store, event))
    kept = [day for day in sorted(cancelled) if attendance_in_words(store, event, day)]
    which = f"{event.ref} --date {kept[0]}" if kept else event.ref
    advice = _("If nobody was: husrum event attend {ref} --present none --volunteers none --unnamed 0", ref=which)
    refuse_to_remove(event.display_name, rests, "event", advice)
    store.delete("activities", id=event.id)


def _made_there(store: Store, activity: Activity) -> list[str]:
    suggestions = store.value("SELECT count(*) FROM suggestions WHERE activity_id = ?", activity.id)
    goals = store.value("SELECT count(*) FROM goals WHERE activity_id = ?", activity.id)
    return counts((suggestions, NP_("{number} suggestion", "{number} suggestions")), (goals, NP_("{number} goal", "{number} goals")))


def edit_group(store: Store, group: Activity, given: Given) -> list[Change]:
    """Correct a group: the options that are given, by name; None or () is no value.

    Raises `Refused` if it would begin after a meeting, or be closed before one that was held.
    """
    before = description(store, group)
    found = changes(before, given)
    now = {**before, **given}
    start, closed = now["start"], now["closed"]
    if start and closed and closed < start:
        raise Refused(_("closed: {closed} is before the start, {start}.", closed=closed, start=start), "closed")
    meetings = store.row(
        "SELECT min(iif(state <> 'cancelled', date, NULL)) AS first, max(iif(state = 'held', date, NULL)) AS last FROM sessions WHERE activity_id = ?",
        group.id,
    )
    assert meetings is not None
    if start and meetings["first"] and start > meetings["first"]:
        raise Refused(_("start: {group} meets before that, on {date}.", group=group.ref, date=meetings["first"]), "start")
    if closed and meetings["last"] and closed < meetings["last"]:
        raise Refused(_("closed: {group} met after that, on {date}.", group=group.ref, date=meetings["last"]), "closed")
    if now["continues"] and now["continues"].id == group.id:
        raise WrongInput(_("continues: a group can't grow out of itself."), "continues")
    _write(store, group, found)
    if start != before["start"]:
        store.update("activities", group.id, starts=start)
        # Those who have led it from its first day still do.
        store.update_all("leaders", {"activity_id": group.id, "starts": before["start"]}, starts=start)
    return found


def remove_group(store: Store, group: Activity) -> None:
    """Remove a group that was entered by mistake. Raises `Refused` if it has met, or if anything else belongs to it."""
    held = store.value("SELECT count(*) FROM sessions WHERE activity_id = ? AND state = 'held'", group.id)
    enrolled = store.value("SELECT count(*) FROM enrolments WHERE activity_id = ?", group.id)
    contacts = store.value("SELECT count(*) FROM contacts WHERE activity_id = ?", group.id)
    rests = [
        *counts(
            (held, NP_("{number} meeting that was held", "{number} meetings that were held")),
            (enrolled, NP_("{number} enrolment", "{number} enrolments")),
            (contacts, NP_("{number} contact", "{number} contacts")),
        ),
        *_made_there(store, group),
        *(row["ref"] for row in store.rows("SELECT ref FROM activities WHERE continues_id = ? ORDER BY id", group.id)),
    ]
    refuse_to_remove(group.display_name, rests, "group")
    store.delete("activities", id=group.id)


def plan_meeting(store: Store, rules: Rules, group: Activity, day: str, theme: str | None) -> None:
    """Plan one more meeting of a group. Raises `Refused` if it meets on that day already, has not begun, or is closed."""
    _free_day(store, rules, group, day, "date")
    store.insert("sessions", activity_id=group.id, date=day, state="planned", theme=theme)


def move_meeting(store: Store, rules: Rules, group: Activity, day: str, to: str) -> None:
    """Move a meeting to another day, with all its attendance. Raises `NotFound` if there is none on the day."""
    meeting_state(store, group, day)
    if to != day:
        _free_day(store, rules, group, to, "to")
        _move_days(store, rules, group, [day], date.fromisoformat(to) - date.fromisoformat(day))


def meeting_days(store: Store, group: Activity) -> list[str]:
    """Return the days of a group's meetings, whatever their state."""
    return [row["date"] for row in store.rows("SELECT date FROM sessions WHERE activity_id = ? ORDER BY date", group.id)]


def meeting_state(store: Store, group: Activity, day: str) -> str:
    """Return the state of a group's meeting on a day. Raises `NotFound` if there is none."""
    state = store.value("SELECT state FROM sessions WHERE activity_id = ? AND date = ?", group.id, day)
    if state is None:
        raise NotFound(_("date: {group} does not meet on {date}.", group=group.ref, date=day), "date")
    return str(state)


def _free_day(store: Store, rules: Rules, group: Activity, day: str, field: str) -> None:
    if store.value("SELECT 1 FROM sessions WHERE activity_id = ? AND date = ?", group.id, day):
        raise Refused(_("{field}: {group} has a meeting on {date} already.", field=field, group=group.ref, date=day), field)
    if group.starts and day < group.starts:
        raise Refused(_("{field}: {date} is before {group} started, on {start}.", field=field, date=day, group=group.ref, start=group.starts), field)  # fmt: skip
    if group.closed and day > group.closed:
        rules.broken(_("{field}: {group} was closed on {date}.", field=field, group=group.ref, date=group.closed), field)


def remove_contact(store: Store, column: str, id: int, shown: str, day: str | None) -> str | None:
    """Remove a contact with a person (`person_id`) or a group (`activity_id`): of a day, or the only one. Returns the day."""
    rows = store.rows(f"SELECT id, date FROM contacts WHERE {column} = ? ORDER BY date", id)
    row = only_row(rows, "date", day, _("a contact with {who}", who=shown), "date")
    return delete_row(store, "contacts", row, "date")


def remove_enrolment(store: Store, group: Activity, person: Person, starts: str | None) -> str | None:
    """Remove an enrolment that was entered by mistake: from a day, or the only one. Returns that day. What they came to stays."""
    rows = store.rows("SELECT id, starts FROM enrolments WHERE activity_id = ? AND person_id = ? ORDER BY starts", group.id, person.id)
    row = only_row(rows, "starts", starts, _("{person} in {group}", person=person.display_name, group=group.ref), "person")
    return delete_row(store, "enrolments", row, "starts")


def enroll_again(store: Store, group: Activity, person: Person) -> str:
    """Take back that somebody left a group, the latest time. Returns the day they had left. Raises `Refused` if they have been enrolled again since."""
    rows = store.rows("SELECT id, ends FROM enrolments WHERE activity_id = ? AND person_id = ? ORDER BY starts, id", group.id, person.id)
    if not rows or rows[-1]["ends"] is None:
        raise Refused(_("{person} has not left {group}.", person=person.display_name, group=group.ref), "person")
    store.update("enrolments", rows[-1]["id"], ends=None, reason=None)
    return str(rows[-1]["ends"])


def lead_again(store: Store, group: Activity, person: Person, starts: str) -> list[Change]:
    """Take back that somebody stopped leading a group: the period from a day, or the latest."""
    rows = store.rows("SELECT id, starts, ends FROM leaders WHERE activity_id = ? AND person_id = ? ORDER BY starts", group.id, person.id)
    return reopen(store, "leaders", rows, starts, _("{person} as leader of {group}", person=person.display_name, group=group.ref), "person")


def remove_leader(store: Store, rules: Rules, group: Activity, person: Person, starts: str | None) -> str | None:
    """Remove a period in which somebody leads a group: from a day, or the only one. Returns that day. What they were at meetings is decided again."""
    rows = store.rows("SELECT id, starts FROM leaders WHERE activity_id = ? AND person_id = ? ORDER BY starts", group.id, person.id)
    row = only_row(rows, "starts", starts, _("{person} as leader of {group}", person=person.display_name, group=group.ref), "person")
    removed = delete_row(store, "leaders", row, "starts")
    note_meetings_of_leader(store, rules, group, person)
    return removed
