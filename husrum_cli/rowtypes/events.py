"""Events, and the days of an event that differ from it."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Annotated, Any, NamedTuple

from ..domain.activities import events
from ..domain.activities.activities import Activity, read_joint_key, set_leaders, set_partners, set_programmes
from ..domain.activities.attendance import Turnout, record_occasion
from ..domain.people.lookup import Person
from ..domain.people.partners import get_or_add_partner
from ..input.numbers import read_hours, read_reference
from ..input.text import read_name, read_title
from ..vocabulary import EVENT_KIND
from . import columns
from .columns import Column, code_reader, day_column, people_column, read_part
from .context import CommandContext
from .rowtype import RowType, StoredRow
from .turnout import (
    CANCELLED,
    LISTS,
    PLANNED,
    TURNOUT,
    StoredDay,
    imported_state,
    stored_days,
    turnout_differs,
    warn_if_cancelled_in_words,
    warn_if_planned,
)

_SAID = frozenset({*LISTS, "unnamed", "excused"})


class EventRow(NamedTuple):
    """An event, and who came on its first day, or on all of its days."""

    title: Annotated[str, Column("titel", read_title, other_headings=("arrangement", "navn", "overskrift", "begivenhed", "hvad"))]
    date: Annotated[
        str,
        day_column(
            "dato",
            help="The day; left out: today.",
            stored="starts",
            other_headings=("dag", "dato fra", "startdato", "start", "fra", "hvornår"),
        ),
    ]
    ref: Annotated[
        str | None, Column("nummer", partial(read_reference, letter="E"), help="Its number; left out: the next one.", metavar="E1")
    ] = None
    until: Annotated[
        str | None,
        day_column("slut", help="The last day of a trip.", own=False, other_headings=("slutdato", "til", "til og med", "dato til")),
    ] = None
    kind: Annotated[
        str | None,
        Column(
            "type",
            code_reader(EVENT_KIND),
            other_headings=("slags", "art"),
            help="{event_kind}; left out: social",
            metavar="CODE",
        ),
    ] = None
    activity: Annotated[str | None, Column("aktivitet", read_name, help="What was done: board games, climbing, …")] = None
    venue: Annotated[
        str | None,
        Column("sted", read_part, help="Where it was.", stored="partners.name", other_headings=("hvor", "lokation", "lokale", "adresse")),
    ] = None
    partner: Annotated[
        tuple[str, ...],
        Column(
            "partner",
            read_name,
            help="Who it was held with; may be repeated.",
            several=True,
            own=False,
            other_headings=("partnere", "samarbejdspartner", "samarbejdspartnere", "sammen med"),
        ),
    ] = ()
    programme: Annotated[
        tuple[str, ...], Column("program", read_name, help="What it was part of; may be repeated.", several=True, own=False)
    ] = ()
    organiser: Annotated[
        tuple[Person, ...] | None,
        people_column(
            "arrangør",
            help="Who organised it; may be repeated.",
            metavar="PERSON",
            other_headings=("arrangører", "ansvarlig", "ansvarlige", "tovholder", "tovholdere"),
        ),
    ] = None
    turnout: Annotated[Turnout, TURNOUT] = Turnout()
    joint: Annotated[
        str | None,
        Column(
            "fælles",
            read_joint_key,
            help="The key that all cities write for an event they hold together, like sommertur-2024.",
            metavar="KEY",
        ),
    ] = None
    hours: Annotated[
        float | None,
        Column("timer", read_hours, help="How many hours it lasted, each day of a trip: 2.5.", metavar="H", other_headings=("varighed",)),
    ] = None
    note: Annotated[str | None, columns.note_column()] = None
    planned: Annotated[bool | None, PLANNED] = None
    cancelled: Annotated[bool | None, CANCELLED] = None


def new_event(row: EventRow) -> events.NewEvent:
    """Return the event that a row describes."""
    return events.NewEvent(
        title=row.title,
        date=row.date,
        until=row.until,
        kind=row.kind or "social",
        activity=row.activity,
        venue=row.venue,
        partners=row.partner,
        programmes=row.programme,
        organisers=row.organiser or (),
        joint=row.joint,
        hours=row.hours,
        note=row.note,
        ref=row.ref,
    )


def _add_event(context: CommandContext, row: EventRow) -> int:
    state = imported_state(row)
    if state == "held" or (state == "cancelled" and any(row.turnout)):
        found, _recorded = events.log_event(context.participation, context.rules, new_event(row), row.turnout)
        warn_if_cancelled_in_words(context.rules, row, row.title, row.title, row.note)
    else:
        found = events.plan_event(context.store, context.rules, new_event(row))
        if state == "planned":
            warn_if_planned(context.rules, row)
    if state == "cancelled":
        context.store.update_all("sessions", {"activity_id": found.id}, state="cancelled")
    context.new_events.add(found.id)
    context.activities[found.id] = found
    return found.id


def _days_of_events(context: CommandContext) -> dict[int, list[StoredDay]]:
    """Return event -> its days in order."""
    return {event: list(days) for event, days in groupby(stored_days(context, "E"), lambda each: each.activity)}


class _Days(NamedTuple):
    """A day of an event as an occasion."""

    turnout: Turnout
    planned: bool | None
    cancelled: bool | None


def _occasion(each: StoredDay) -> _Days:
    return _Days(each.turnout, each.state == "planned", each.state == "cancelled")


class _Events(RowType[EventRow]):
    def stored(self, context: CommandContext) -> Iterator[StoredRow[EventRow]]:
        """Yield the events in the order in which they were entered, with who came on the first day."""
        all_days = _days_of_events(context)
        programmes = context.by_activity("SELECT activity_id, programme FROM programmes ORDER BY 1, 2")
        partners = context.by_activity(
            "SELECT activity_id, name FROM activity_partners JOIN partners ON partners.id = partner_id ORDER BY 1, 2"
        )
        for each in super().stored(context):
            days = all_days[each.id]
            first, last = days[0], days[-1]
            row = each.row._replace(
                until=last.date if last.date != first.date else None,
                partner=partners.get(each.id, ()),
                programme=programmes.get(each.id, ()),
                organiser=tuple(context.people.by_id[person] for person, _starts, _ends in context.participation.leaders(each.id)) or None,
                turnout=first.turnout if first.is_recorded else Turnout(),
                planned=first.state == "planned",
                cancelled=first.state == "cancelled",
            )
            yield StoredRow(each.id, row, days)

    def as_added(self, context: CommandContext, stored: StoredRow[EventRow]) -> EventRow:
        """Return the row, with the number the event was given."""
        return stored.row._replace(ref=context.activities[stored.id].ref)

    def columns_to_record(self, context: CommandContext, stored: StoredRow[EventRow], row: EventRow) -> frozenset[str]:
        """Return the columns to record if the event was only planned until now: on all of its days."""
        days = stored.days
        only_planned = all(each.state == "planned" and not each.corrected for each in days) if days else bool(stored.row.planned)
        if not only_planned or imported_state(row) == "planned":
            return frozenset()
        return frozenset({"planned", *(name for name in self.values_of(row) if name in _SAID | {"cancelled", "note"})})

    def differs(self, context: CommandContext, name: str, stored: StoredRow[EventRow], row: EventRow) -> bool:
        """Whether a value contradicts the event. Attendance is compared over all of its days: one must have it, unless every day was recorded by itself."""
        if name == "planned":
            return False  # what was planned may have been held since
        if name not in _SAID and name != "cancelled":
            return super().differs(context, name, stored, row)
        days = stored.days
        if not days:  # another row of the same import
            return turnout_differs(name, stored.row, row, set())
        if name in _SAID and all(each.corrected for each in days):
            return False
        return all(turnout_differs(name, _occasion(each), row, set()) for each in days)

    def may_fill(self, name: str, stored: StoredRow[EventRow]) -> bool:
        """Whether a column may be filled in: all but its days and its attendance, which is recorded as a whole."""
        return name not in _SAID | {"cancelled", "planned", "until"} and super().may_fill(name, stored)

    def amend(self, context: CommandContext, stored: StoredRow[EventRow], row: EventRow, names: frozenset[str]) -> None:
        """Record a planned event, cancel it, or fill in its description."""
        super().amend(context, stored, row, names - _SAID - {"cancelled", "planned"})
        if "planned" in names:
            sql = "SELECT date FROM sessions WHERE activity_id = ? AND state = 'planned'"
            for (date,) in context.store.rows(sql, stored.id) if not row.cancelled or any(row.turnout) else ():
                record_occasion(context.participation, context.rules, stored.id, date, row.turnout, group=False)
            if row.cancelled:
                context.store.update_all("sessions", {"activity_id": stored.id}, state="cancelled")


def _amend_event(context: CommandContext, stored: StoredRow[EventRow], row: EventRow, names: frozenset[str]) -> None:
    if "venue" in names:
        context.store.update("activities", stored.id, venue_id=get_or_add_partner(context.store, row.venue))
    if "partner" in names:
        set_partners(context.store, stored.id, row.partner)
    if "programme" in names:
        set_programmes(context.store, stored.id, row.programme)
    if "organiser" in names:
        set_leaders(context.store, stored.id, row.organiser or ())
        context.forget()


EVENTS = _Events(
    "events",
    EventRow,
    ("title", "date"),
    _add_event,
    table="activities",
    joined="LEFT JOIN partners ON partners.id = venue_id WHERE activities.ref GLOB 'E*'",
    amend=_amend_event,
    arrange=("ref", "title", "date", "until", "kind", "activity", "venue", "partner", "programme", "organiser", *LISTS[:2], "unnamed", *LISTS[2:], "excused",
        "joint", "hours", "note", "planned", "cancelled"),
    twins=True,
)  # fmt: skip


class AttendanceRow(NamedTuple):
    """A day of an event that differs from the event's own row."""

    event: Annotated[Activity, Column("arrangement", refers="event", stored="activity_id")]
    date: Annotated[str, day_column("dato", help="One day of a trip; left out: all but cancelled ones.")]
    turnout: Annotated[Turnout, TURNOUT] = Turnout()
    planned: Annotated[bool | None, PLANNED] = None
    cancelled: Annotated[bool | None, CANCELLED] = None


def _add_attendance(context: CommandContext, row: AttendanceRow) -> int:
    state = imported_state(row)
    session = events.day_of(context.store, row.event, row.date)
    if state == "held" or (state == "cancelled" and any(row.turnout)):
        events.attend_event(context.participation, context.rules, row.event, row.date, row.turnout)
    else:
        context.store.delete("attendance", session_id=session)
        context.store.update("sessions", session, unnamed=0, corrected=1)
    if state != "held":
        context.store.update("sessions", session, state=state, corrected=1)
    return session


class _Attendance(RowType[AttendanceRow]):
    def key(self, context: CommandContext, row: AttendanceRow) -> tuple[Any, ...] | None:
        """Return event and date; None for a day that still has the values of its event's row in the same import, which is less exact than this row."""
        if row.event.id in context.new_events and not context.store.value(
            "SELECT corrected FROM sessions WHERE activity_id = ? AND date = ?", row.event.id, row.date
        ):
            return None
        return super().key(context, row)

    def stored(self, context: CommandContext) -> Iterator[StoredRow[AttendanceRow]]:
        """Yield every day of every event."""
        for event, days in _days_of_events(context).items():
            for each in days:
                yield StoredRow(each.id, self._row(context, event, each), [each])

    def _row(self, context: CommandContext, event: int, each: StoredDay) -> AttendanceRow:
        turnout = each.turnout
        if each.state == "held":
            turnout = turnout._replace(present=turnout.present or (), volunteers=turnout.volunteers or ())
        elif not each.is_recorded:
            turnout = Turnout()
        return AttendanceRow(context.activities[event], each.date, turnout, each.state == "planned", each.state == "cancelled")

    def columns_to_record(self, context: CommandContext, stored: StoredRow[AttendanceRow], row: AttendanceRow) -> frozenset[str]:
        """Return the columns to record of a day that was only planned until now, or of which nothing but the day was recorded."""
        only_the_day = bool(stored.days) and not stored.days[0].corrected
        nothing = only_the_day and not any(stored.row.turnout) and not stored.row.cancelled
        if (
            not (stored.row.planned or nothing)
            or imported_state(row) == "planned"
            or (nothing and not any(row.turnout) and not row.cancelled)
        ):
            return frozenset()
        return frozenset({"planned", *(name for name in self.values_of(row) if name in _SAID | {"cancelled"})})

    def differs(self, context: CommandContext, name: str, stored: StoredRow[AttendanceRow], row: AttendanceRow) -> bool:
        """Whether a row contradicts what was recorded of the day."""
        if name == "planned":
            return False
        if name in _SAID or name == "cancelled":
            return turnout_differs(name, stored.row, row, set())
        return super().differs(context, name, stored, row)

    def may_fill(self, name: str, stored: StoredRow[AttendanceRow]) -> bool:
        """Whether a column may be filled in: none, since attendance is recorded as a whole."""
        return False

    def amend(self, context: CommandContext, stored: StoredRow[AttendanceRow], row: AttendanceRow, names: frozenset[str]) -> None:
        """Record the whole attendance of the day again, from the row."""
        _add_attendance(context, row)

    def to_export(self, context: CommandContext) -> Iterable[AttendanceRow]:
        """Yield the days that are not like their event's first day."""
        for event, days in _days_of_events(context).items():
            for each in days[1:]:
                if each.shared_values != days[0].shared_values:
                    yield self._row(context, event, each)


ATTENDANCE = _Attendance("attendance", AttendanceRow, ("event", "date"), _add_attendance, table="sessions")
