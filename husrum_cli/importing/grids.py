"""Recording a grid of people by dates: a group's meetings, an event's days, or a series of events.

What a grid says is compared with what is recorded: the same mark adds nothing, another one is a bad cell, and a meeting of which only
the leaders were recorded, or nobody, is filled in. A day without a tick or a guest was not held yet, and nothing is recorded of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from ..domain.activities.activities import Activity, find_activity
from ..domain.activities.attendance import Turnout, present_at
from ..domain.activities.events import NewEvent, attend_event, event_days, log_event
from ..domain.activities.groups import add_leader, enroll, record_meeting
from ..domain.people.lookup import Person
from ..domain.rules import overlap
from ..errors import HusrumError
from ..i18n import _, long_days
from ..input.dates import months_before, today
from ..input.text import fold
from ..rowtypes.context import CommandContext
from .understanding.findings import Findings, Issue
from .understanding.grids import Grid, GridRow
from .understanding.words import ABSENT, EXCUSED, PRESENT

MARK_OF_PART = {"participant": PRESENT, "volunteer": PRESENT, "excused": EXCUSED}


@dataclass(slots=True)
class GridOutcome:
    """The result of recording a grid."""

    file: str
    sheet: str
    target: str
    recorded: list[str] = field(default_factory=list)  # days recorded now
    known: list[str] = field(default_factory=list)  # days recorded before, and just so
    empty: list[str] = field(default_factory=list)  # days without a tick: nothing was recorded for them
    joined: int = 0
    """People enrolled in the group, or who lead it, from now on."""
    marks: int = 0
    """People now recorded as present or excused."""


def target_days(context: CommandContext, target: str) -> list[str]:
    """Return the days of the group or event that a grid's target names, in order; none for a series.

    Of a group without any, the day it started, unless that was more than a year ago: then a date without a year may be of several years.
    """
    what, _colon, name = target.partition(":")
    if what not in ("group", "event"):
        return []
    activity = find_activity(context.store, name, "G" if what == "group" else "E", what, titles=True)
    days = event_days(context.store, activity)
    if days or activity.starts is None or activity.starts < months_before(today(), 12):
        return days
    return [activity.starts]


def record_grid(context: CommandContext, grid: Grid, findings: Findings) -> GridOutcome:
    """Record what a grid says, the earliest day first. Bad cells are added to the findings."""
    return _Recorder(context, grid, findings).record()


class _Recorder:
    def __init__(self, context: CommandContext, grid: Grid, findings: Findings) -> None:
        self.context, self.grid, self.findings = context, grid, findings
        self.outcome = GridOutcome(grid.file, grid.sheet, grid.target)
        self.what, _colon, self.name = grid.target.partition(":")
        self.people: dict[int, tuple[GridRow, Person]] = {}  # by person

    def record(self) -> GridOutcome:
        store = self.context.store
        for row in self.grid.rows:
            try:
                person = self.context.people.find_one(row.person.text)
            except HusrumError as error:
                self._bad(row.number, "", row.person.name, error.message)
                continue
            self.people[person.id] = row, person
        before = store.value("SELECT count(*) FROM attendance")
        if self.what == "events":
            for day in sorted(self.grid.days):
                self._record_series_day(day)
        else:
            activity = find_activity(store, self.name, "G" if self.what == "group" else "E", self.what, titles=True)
            if self.what == "group":
                self._lead_and_enroll(activity)
            for day in sorted(self.grid.days):
                self._record_day(activity, day)
        self.outcome.marks = store.value("SELECT count(*) FROM attendance") - before
        return self.outcome

    def _lead_and_enroll(self, group: Activity) -> None:
        """Make those marked as leaders who have that role lead the group; enrol the other young people from their first tick."""
        store, rules, participation = self.context.store, self.context.rules, self.context.participation
        stored = store.rows("SELECT person_id, starts, ends FROM enrolments WHERE activity_id = ?", group.id)
        for row, person in self.people.values():
            ticked = sorted(day for day, mark in row.marks.items() if mark == PRESENT and day not in row.helped)
            first = ticked[0] if ticked else None
            leading = {id for id, _starts, _ends in participation.leaders(group.id)}
            if row.leads and person.id not in leading:
                roles = store.rows("SELECT starts FROM roles WHERE person_id = ? AND role IN ('leader', 'peer')", person.id)
                if roles:
                    add_leader(store, rules, group, person, group.starts or first, None)
                    self.outcome.joined += 1
                    self.context.forget()
                    continue
                rules.warn(_("{person} is marked as leader, but has no such role.", person=person.display_name))
            if first is None or person.id in leading or participation.part(person.id, first, False) != "participant":
                continue
            if any(each["person_id"] == person.id and overlap((each["starts"], each["ends"]), (first, None)) for each in stored):
                continue
            enroll(store, rules, group, person, first)
            self.outcome.joined += 1

    def _record_series_day(self, day: str) -> None:
        """Record a day at the series' event of that day, which is made if there is none."""
        store = self.context.store
        sql = "SELECT id, title FROM activities WHERE branch_id = ? AND ref GLOB 'E*' AND starts = ? ORDER BY id"
        found = [row["id"] for row in store.rows(sql, store.home, day) if fold(row["title"] or "") == fold(self.name)]
        if len(found) > 1:
            self._bad(
                self._row_of(day, self.grid.heading_row),
                self.grid.days[day],
                self.grid.days[day],
                _("several events have this title on that day"),
            )
        elif found:
            ref = store.value("SELECT ref FROM activities WHERE id = ?", found[0])
            self._record_day(find_activity(store, ref, "E", "event"), day)
        elif self._ticked(day):
            event = NewEvent(self.name, day, kind=self._series_kind)
            log_event(self.context.participation, self.context.rules, event, self._turnout(day))
            self.outcome.recorded.append(day)
        else:
            self._leave_empty(day)

    @cached_property
    def _series_kind(self) -> str:
        """The kind of the latest event of this title; a new series is social."""
        sql = "SELECT kind, title FROM activities WHERE branch_id = ? AND ref GLOB 'E*' ORDER BY starts DESC, id DESC"
        store = self.context.store
        return next((row["kind"] for row in store.rows(sql, store.home) if fold(row["title"] or "") == fold(self.name)), "social")

    def _ticked(self, day: str) -> bool:
        return self.grid.unnamed.get(day, (0, 0))[1] > 0 or any(row.marks.get(day) == PRESENT for row, _person in self.people.values())

    def _turnout(self, day: str) -> Turnout:
        came = [(row, person) for row, person in self.people.values() if row.marks.get(day) == PRESENT]
        present = [person for row, person in came if day not in row.helped]
        helped = [person for row, person in came if day in row.helped] or None
        excused = [person for row, person in self.people.values() if row.marks.get(day) == EXCUSED]
        return Turnout(present, helped, excused, self.grid.unnamed[day][1] if day in self.grid.unnamed else None)

    def _leave_empty(self, day: str) -> None:
        self.outcome.empty.append(day)
        if any(row.marks.get(day) == EXCUSED for row, _person in self.people.values()):
            self.context.rules.warn(_("{date}: people are excused but nobody is ticked, so nothing was recorded.", date=day))

    def _record_day(self, activity: Activity, day: str) -> None:
        store, heading = self.context.store, self.grid.days[day]
        session = store.row("SELECT id, state, unnamed FROM sessions WHERE activity_id = ? AND date = ?", activity.id, day)
        ticked = self._ticked(day)
        excused = any(row.marks.get(day) == EXCUSED for row, _person in self.people.values())
        if session is None and activity.ref.startswith("E"):
            days = long_days(event_days(store, activity))
            self._bad(self._row_of(day, self.grid.heading_row), heading, heading, _("{event} is on {days}", event=activity.ref, days=days))
        elif session is not None and session["state"] == "held" and (ticked or excused):
            stored = present_at(store, session["id"])
            if self._adds(activity, day, stored, session["unnamed"]):
                self._write(activity, day, stored)
            else:
                self.outcome.known.append(day)
        elif not ticked:
            if session is not None and (session["unnamed"] or present_at(store, session["id"])):
                self.outcome.empty.append(day)
                self.context.rules.warn(_("{date}: nobody is ticked; what was recorded before stays.", date=day))
            else:
                self._leave_empty(day)
        elif session is not None and session["state"] == "cancelled":
            self._bad(self._row_of(day, self.grid.heading_row), heading, heading, _("it was cancelled on that day, but people are ticked"))
        else:
            self._write(activity, day, {})

    def _adds(self, activity: Activity, day: str, stored: dict[int, str], unnamed: int) -> bool:
        """Whether the grid says more than is recorded. It may if no young people were recorded; anything else must be the same."""
        empty = unnamed == 0 and not set(stored.values()) - {"volunteer"}
        adds = False
        for id, (row, _person) in self.people.items():
            mark, recorded = row.marks.get(day), MARK_OF_PART.get(stored.get(id, ""), ABSENT)
            if mark is None or mark == recorded:
                continue
            adds = True
            if recorded or not empty:
                self._contradicts(activity, row.number, day, row.texts.get(day, ""), recorded, row.name)
        row_number, counted = self.grid.unnamed.get(day, (0, unnamed))
        if counted != unnamed:
            adds = True
            if not empty:
                self._contradicts(activity, row_number, day, str(counted), str(unnamed))
        return adds

    def _contradicts(self, activity: Activity, number: int, day: str, text: str, recorded: str, name: str = "") -> None:
        command = "husrum group meet" if activity.ref.startswith("G") else "husrum event attend"
        mark = f"“{recorded}”" if recorded else _("nothing")
        column = name if name and self.grid.rows_of_days else self.grid.days[day]
        self._bad(
            self._row_of(day, number), column, text, _("the file holds {mark} here; correct it with: {command}", mark=mark, command=command)
        )

    def _write(self, activity: Activity, day: str, stored: dict[int, str]) -> None:
        self.outcome.recorded.append(day)
        participation, rules = self.context.participation, self.context.rules
        turnout = self._turnout(day)
        if activity.ref.startswith("E"):
            attend_event(participation, rules, activity, day, turnout)
            return
        # Leaders who have a row are there only when ticked; those without one are there by themselves.
        present = turnout.present or []
        leading = participation.leading(activity.id, day) | {id for id, part in stored.items() if part == "volunteer"}
        helped = [person for person in turnout.volunteers or () if person.id not in leading]
        present = [*present, *(person for person in turnout.volunteers or () if person.id in leading)]
        volunteers = None
        if helped or leading & self.people.keys():
            volunteers = [*helped, *(person for person in present if person.id in leading)]
            volunteers += [self.context.people.by_id[id] for id in sorted(leading - self.people.keys()) if not stored or id in stored]
            present = [person for person in present if person.id not in leading]
        record_meeting(participation, rules, activity, day, turnout._replace(present=present, volunteers=volunteers))

    def _row_of(self, day: str, number: int) -> int:
        """Return the row of a day's cell, which in a turned sheet is the day's own."""
        return self.grid.rows_of_days.get(day, number)

    def _bad(self, row: int, column: str, value: str, why: str) -> None:
        self.findings.add(Issue(self.grid.file, self.grid.sheet, row, column, value, why))
