"""Events: an evening, a trip of several days, a series. An event is one; each of its days is an occasion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from ...errors import NotFound, Refused, WrongInput
from ...i18n import _, long_days
from ...input.dates import possible_days, require_order, today
from ...input.text import fold
from ...store import Store
from ..people.lookup import Person, but_passed_over
from ..people.partners import get_or_add_partner
from ..rules import Rules
from .activities import Activity, description, find_activity, insert_activity, set_leaders, set_partners, set_programmes
from .attendance import OccasionRecord, Participation, Turnout, record_occasion

LONGEST_TRIP = 31
"""Days that one event can last; more is a mistyped year."""


class NewEvent(NamedTuple):
    """An event as it was typed."""

    title: str
    date: str
    until: str | None = None
    kind: str = "social"
    activity: str | None = None
    venue: str | None = None
    partners: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    organisers: tuple[Person, ...] = ()
    joint: str | None = None
    hours: float | None = None
    note: str | None = None
    ref: str | None = None


def days_between(first: str, last: str) -> tuple[str, ...]:
    """Return every day of a trip."""
    if first == last:
        return (first,)
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    require_order(first, last, "until")
    if (end - start).days >= LONGEST_TRIP:
        raise WrongInput(_("until: {until} makes the event longer than {days} days.", until=last, days=LONGEST_TRIP), "until")
    return tuple((start + timedelta(days=number)).isoformat() for number in range((end - start).days + 1))


def series_days(first: str, every: str, times: int) -> tuple[str, ...]:
    """Return the days of a series. A month later is the same day of the month, or its last one."""
    from dateutil.relativedelta import relativedelta

    step = {"week": relativedelta(weeks=1), "fortnight": relativedelta(weeks=2), "month": relativedelta(months=1)}[every]
    start = date.fromisoformat(first)
    return tuple((start + step * number).isoformat() for number in range(times))


def _insert_event(store: Store, rules: Rules, event: NewEvent) -> Activity:
    """Enter the event itself, without its days."""
    if rules.strict:
        warn_of_twins(store, rules, event.title, event.date)
    if event.joint and (other := _joint_twin(store, event)):
        rules.warn(_("{ref} has the joint key {key} in the same year too; nationally they count as one.", ref=other, key=event.joint))
    id, ref = insert_activity(
        store,
        "E",
        event.ref,
        kind=event.kind,
        title=event.title,
        starts=event.date,
        activity=event.activity,
        venue_id=get_or_add_partner(store, event.venue),
        joint=event.joint,
        hours=event.hours,
        note=event.note,
    )
    if event.programmes or event.partners or event.organisers:
        set_programmes(store, id, event.programmes)
        set_partners(store, id, event.partners)
        set_leaders(store, id, but_passed_over(rules, event.organisers))
    return Activity(id, store.home, ref, event.kind, event.title, event.date, None, None)


def twins(store: Store, title: str, day: str, itself: int | None = None) -> list[str]:
    """Return the references of the events with the same title on the same day."""
    sql = "SELECT ref, title FROM activities WHERE branch_id = ? AND starts = ? AND ref GLOB 'E*' AND id IS NOT ?"
    return [row["ref"] for row in store.rows(sql, store.home, day, itself) if fold(row["title"] or "") == fold(title)]


def warn_of_twins(store: Store, rules: Rules, title: str, day: str, itself: int | None = None) -> None:
    """Warn of events of the same title on the same day."""
    for ref in twins(store, title, day, itself):
        rules.warn(_("{ref} has the same title on the same day; if it is the same event: husrum undo", ref=ref))


def log_event(participation: Participation, rules: Rules, event: NewEvent, turnout: Turnout) -> tuple[Activity, OccasionRecord]:
    """Enter an event that took place. Those who came are recorded on each of its days."""
    days = days_between(event.date, event.until or event.date)
    if rules.strict and days[-1] > today():
        raise Refused(_("date: {date} has not come yet; plan it with: husrum event plan", date=days[-1]), "date")
    rules.not_in_future(days[-1], "date")
    found = _insert_event(participation.store, rules, event)
    participation.begin(found.id, event.organisers)
    recorded = [record_occasion(participation, rules, found.id, day, turnout, group=False, first=True) for day in days]
    return found, recorded[0]


def plan_event(store: Store, rules: Rules, event: NewEvent) -> Activity:
    """Enter an event that will be held, or that is not recorded yet."""
    days = days_between(event.date, event.until or event.date)
    found = _insert_event(store, rules, event)
    if rules.strict and event.date < today():
        rules.warn(_("{date} has passed. If {ref} was held: husrum event attend {ref}", date=event.date, ref=found.ref))
    store.insert_many("sessions", ("activity_id", "date", "state"), [(found.id, day, "planned") for day in days])
    return found


def attend_event(participation: Participation, rules: Rules, event: Activity, day: str | None, turnout: Turnout) -> list[OccasionRecord]:
    """Record the attendance of an event that was planned or logged: on one day, or else on all but cancelled ones."""
    store = participation.store
    days = event_days(store, event)
    if day is not None and day not in days:
        raise _not_on(event, day, days)
    chosen = days_meant(store, event, day)
    rules.not_in_future(chosen[-1], "date")
    recorded = [record_occasion(participation, rules, event.id, each, turnout, group=False) for each in chosen]
    for each in chosen:
        store.update_all("sessions", {"activity_id": event.id, "date": each}, corrected=1)
    return recorded


def days_meant(store: Store, event: Activity, day: str | None) -> list[str]:
    """Return the day that is named, or else those of `days_to_record`. Raises `Refused` if the event has no days."""
    days = [day] if day else days_to_record(store, event)
    if not days:
        raise Refused(_("{event} has no days.", event=event.ref), "event")
    return days


def days_to_record(store: Store, event: Activity) -> list[str]:
    """Return the days that are meant where none is named: all but cancelled ones, or all if the whole event was cancelled."""
    rows = store.rows("SELECT date FROM sessions WHERE activity_id = ? AND state <> 'cancelled' ORDER BY date", event.id)
    return [row["date"] for row in rows] or event_days(store, event)


def event_days(store: Store, event: Activity) -> list[str]:
    """Return the days of an event as ISO dates, the earliest first; cancelled ones too."""
    return [row["date"] for row in store.rows("SELECT date FROM sessions WHERE activity_id = ? ORDER BY date", event.id)]


def find_day(store: Store, event: Activity, text: str) -> str:
    """Return the day of an event that is meant by a text, which may be without its year. Raises `NotFound` if the event is not on it."""
    days, meant = event_days(store, event), possible_days(text)
    found = next((day for day in days if day in meant), None)
    if found is None:
        raise _not_on(event, meant[0], days)
    return found


def day_of(store: Store, event: Activity, day: str) -> int:
    """Return the session of an event on a day. Raises `NotFound` if the event is not on it."""
    id = store.value("SELECT id FROM sessions WHERE activity_id = ? AND date = ?", event.id, day)
    if id is None:
        raise _not_on(event, day, event_days(store, event))
    return int(id)


def _not_on(event: Activity, day: str, days: Sequence[str]) -> NotFound:
    shown = long_days(days)
    return NotFound(_("date: {event} is not on {date}, but on {days}.", event=event.ref, date=day, days=shown), "date")


def cancel_event(store: Store, event: Activity, day: str | None, force: bool) -> int:
    """Cancel an event, or one day of it, and return the number of days."""
    days = [day] if day else event_days(store, event)
    for each in days:
        session = store.row("SELECT id, state FROM sessions WHERE id = ?", day_of(store, event, each))
        assert session is not None
        if session["state"] == "held" and not force and store.value("SELECT 1 FROM attendance WHERE session_id = ?", session["id"]):
            raise Refused(
                _(
                    "{event} has people recorded as present on {date}; with --force it is cancelled, and they no longer count.",
                    event=event.ref,
                    date=each,
                ),
                "event",
            )
        store.update("sessions", session["id"], state="cancelled")
    return len(days)


def _joint_twin(store: Store, event: NewEvent) -> str | None:
    ref: str | None = store.value(
        "SELECT ref FROM activities WHERE branch_id = ? AND joint = ? AND kind = ? AND substr(starts, 1, 4) = ?",
        store.home,
        event.joint,
        event.kind,
        event.date[:4],
    )
    return ref


def copied_description(store: Store, text: str) -> dict[str, Any]:
    """Return the values that a new event copies from another: kind, activity, venue, partners, programmes, organisers."""
    found = description(store, find_activity(store, text, "E", "like", titles=True))
    return {name: found[name] for name in ("kind", "activity", "venue", "partner", "programme", "organiser")}
