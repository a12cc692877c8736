"""Rows about events: events, and the days of an event that differ from it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import groupby
from typing import Any

from ..domain.activities import events
from ..domain.activities.attendance import record
from ..input.text import fold
from .activities import activities, gathered
from .attendance import LISTS, held_turnouts, turnout, turnout_differs
from .columns import Values
from .context import Book
from .rowtype import Held, Kind, comparable

_SAID = (*LISTS, "excused", "unnamed")


def new_event(values: Values) -> events.NewEvent:
    """The event a row is."""
    return events.NewEvent(
        title=values["title"],
        date=values["date"],
        until=values.get("until"),
        kind=values.get("kind", "social"),
        activity=values.get("activity"),
        venue=values.get("venue"),
        partners=values.get("partner", ()),
        programmes=values.get("programme", ()),
        organisers=tuple(values.get("organiser", ())),
        joint=values.get("joint"),
        note=values.get("note"),
        ref=values.get("ref"),
    )


def _event_key(book: Book, values: Values) -> Hashable:
    if values.get("ref"):
        return str(values["ref"])
    return (fold(values["title"]), values["date"])


def _add_event(book: Book, values: Values) -> int:
    event = new_event(values)
    if values.get("planned") or values.get("cancelled"):
        found = events.plan_event(book.store, book.rules, event)
        if values.get("cancelled"):
            book.store.update_all("sessions", {"activity_id": found.id}, state="cancelled")
    else:
        found, _recorded = events.log_event(book.standing, book.rules, event, turnout(values))
    values["ref"] = found.ref
    return found.id


def _amend_event(book: Book, held: Held, changes: Values) -> None:
    from ..domain.activities.activities import keep_leaders, keep_partners, keep_programmes
    from ..domain.people.partners import partner_named

    said: Values = {name: changes[name] for name in ("activity", "joint", "note") if name in changes}
    if "venue" in changes:
        said["venue_id"] = partner_named(book.store, changes["venue"])
    book.store.update("activities", held.id, **said)
    keep_partners(book.store, held.id, changes.get("partner", ()))
    keep_programmes(book.store, held.id, changes.get("programme", ()))
    keep_leaders(book.store, held.id, changes.get("organiser", ()))
    if "organiser" in changes:
        book.forget_standing()
    if "cancelled" in changes:
        book.store.update_all("sessions", {"activity_id": held.id, "state": "planned"}, state="cancelled")
    elif "state" in changes:
        for row in book.store.rows("SELECT date FROM sessions WHERE activity_id = ? AND state = 'planned'", held.id):
            record(book.standing, book.rules, held.id, row["date"], turnout(changes), group=False)


def _days(book: Book) -> dict[int, list[Values]]:
    """event -> its days in order, each with its state and who came."""
    turnouts = held_turnouts(book, "E")
    sql = """SELECT sessions.id, activity_id, date, state, unnamed, corrected FROM sessions JOIN activities ON activities.id = activity_id
        WHERE ref GLOB 'E*' ORDER BY activity_id, date"""
    rows = book.store.rows(sql)
    return {
        id: [{**dict(row), **turnouts.get(row["id"], {})} for row in days] for id, days in groupby(rows, lambda row: row["activity_id"])
    }


def _held_events(book: Book) -> Iterator[Held]:
    known, days = activities(book, "E"), _days(book)
    programmes = gathered(book, "SELECT activity_id, programme FROM programmes ORDER BY 1, 2")
    partners = gathered(book, "SELECT activity_id, name FROM activity_partners JOIN partners ON partners.id = partner_id ORDER BY 1, 2")
    sql = """SELECT activities.id, activity, joint, note, partners.name AS venue FROM activities LEFT JOIN partners ON partners.id = venue_id
        WHERE ref GLOB 'E*' ORDER BY activities.id"""
    for row in book.store.rows(sql):
        event, first = known[row["id"]], days[row["id"]][0]
        last = days[row["id"]][-1]["date"]
        own = {
            "ref": event.ref,
            "title": event.title,
            "date": event.starts,
            "until": last if last != event.starts else None,
            "kind": event.kind,
        }
        more = {column: row[column] for column in ("activity", "joint", "note", "venue")}
        organisers = [book.people.by_id[person] for person, _starts, _ends in book.standing.leaders.get(event.id, ())]
        lists = {"partner": tuple(partners.get(event.id, ())), "programme": tuple(programmes.get(event.id, ())), "organiser": organisers}
        said = {name: first[name] for name in ("state", *_SAID) if name in first}
        unrecorded = all(day["state"] == "planned" and not day["corrected"] for day in days[row["id"]])
        yield Held(event.id, {**own, **more, **lists, **said, "days": days[row["id"]], "unrecorded": unrecorded})


def _event_differs(book: Book, column: str, held: Held, values: Values) -> bool:
    """Who came is said of a whole event: some day must hold it, unless every day was recorded by itself."""
    if column in (*_SAID, "planned", "cancelled"):
        days = held.values.get("days")
        if days is None:  # another row of the same import
            return bool(comparable(values[column]) != comparable(held.values.get(column)))
        if column in _SAID and all(day["corrected"] for day in days):
            return False
        return all(turnout_differs(book, column, Held(day["id"], day), values) for day in days)
    if column == "organiser":
        return bool(comparable(values[column]) != comparable(held.values.get(column) or ()))
    return bool(comparable(values[column]) != comparable(held.values.get(column)))


def _attendance_key(book: Book, values: Values) -> Hashable | None:
    """A day is known again once it was recorded by itself; until then it stands as the event's row says."""
    event, day = values["event"].id, values["date"]
    row = book.store.row("SELECT corrected FROM sessions WHERE activity_id = ? AND date = ?", event, day)
    return (event, day) if row is None or row["corrected"] else None


def _add_attendance(book: Book, values: Values) -> int:
    event, day = values["event"], values["date"]
    if values.get("cancelled") or values.get("planned"):
        state = "cancelled" if values.get("cancelled") else "planned"
        session = events.day_of(book.store, event, day)
        book.store.update("sessions", session, state=state, corrected=1, unnamed=0)
        book.store.delete("attendance", session_id=session)
    else:
        events.attend_event(book.standing, book.rules, event, day, turnout(values))
    return events.day_of(book.store, event, day)


def _amend_attendance(book: Book, held: Held, changes: Values) -> None:
    _add_attendance(book, {**changes, "event": held.values["event"], "date": held.values["date"]})


def _held_attendance(book: Book) -> Iterator[Held]:
    known = activities(book, "E")
    for event, days in _days(book).items():
        for day in days:
            if day["corrected"]:
                yield Held(day["id"], {**day, "event": known[event]})


def differing_days(book: Book) -> Iterator[Values]:
    """The days of events that are not like their event's first day: what an export needs rows for."""
    known = activities(book, "E")
    for event, days in _days(book).items():
        for day in days[1:]:
            if _like(day) != _like(days[0]):
                yield {**day, "event": known[event]}


def _like(day: Values) -> tuple[Any, ...]:
    return (day["state"], day["unnamed"], *(comparable(day.get(name) or ()) for name in _SAID if name != "unnamed"))


KINDS = (
    Kind("events", _event_key, _add_event, _amend_event, _held_events, _event_differs),
    Kind("attendance", _attendance_key, _add_attendance, _amend_attendance, _held_attendance, turnout_differs),
)
