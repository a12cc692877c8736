"""Meetings of groups, and who came."""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from ..domain.activities import groups
from ..domain.activities.activities import Activity
from ..domain.activities.attendance import Turnout
from ..domain.people.lookup import Person
from ..input.text import read_name
from . import columns
from .columns import Column, day_column, people_column
from .context import CommandContext
from .rowtype import RowType, StoredRow
from .turnout import (
    CANCELLED,
    LISTS,
    MEETING_TURNOUT,
    PLANNED,
    ids,
    imported_state,
    stored_days,
    turnout_differs,
    warn_if_cancelled_in_words,
    warn_if_planned,
)

RECORDED = frozenset({*LISTS, "absent", "excused", "unnamed", "cancelled", "theme", "note"})


class MeetingRow(NamedTuple):
    """A meeting of a group. `absent`: everyone enrolled came but these."""

    group: Annotated[Activity, columns.group_column()]
    date: Annotated[str, day_column("dato", help="The day; left out: the oldest planned meeting not yet recorded, else today.")]
    theme: Annotated[str | None, Column("tema", read_name, help="The week's theme.", other_headings=("emne", "dagens tema"))] = None
    turnout: Annotated[Turnout, MEETING_TURNOUT] = Turnout()
    absent: Annotated[
        tuple[Person, ...] | None, people_column("fraværende", help="Everyone enrolled came but these; none: all came.", exported=False)
    ] = None
    note: Annotated[str | None, columns.note_column()] = None
    cancelled: Annotated[bool | None, CANCELLED] = None
    planned: Annotated[bool | None, PLANNED] = None


def _add(context: CommandContext, row: MeetingRow) -> int:
    state = imported_state(row)
    if state == "planned":
        warn_if_planned(context.rules, row)
    if state != "held":
        return context.store.insert("sessions", activity_id=row.group.id, date=row.date, state=state, theme=row.theme, note=row.note)
    warn_if_cancelled_in_words(context.rules, row, row.group.display_name, row.theme, row.note)
    return _record(context, row, first=True)


def _record(context: CommandContext, row: MeetingRow, first: bool) -> int:
    group, date = row.group, row.date
    return groups.record_meeting(
        context.participation, context.rules, group, date, row.turnout, row.absent, row.theme, row.note, first
    ).session


class _Meetings(RowType[MeetingRow]):
    def stored(self, context: CommandContext) -> Iterator[StoredRow[MeetingRow]]:
        """Yield the meetings by group and date. Of one that was held everybody is known, so its lists are not left open."""
        for each in stored_days(context, "G"):
            turnout = each.turnout
            if each.state == "held":
                turnout = turnout._replace(present=turnout.present or (), volunteers=turnout.volunteers or ())
            else:
                turnout = turnout._replace(unnamed=None)
            yield StoredRow(
                each.id,
                MeetingRow(
                    context.activities[each.activity],
                    each.date,
                    each.theme,
                    turnout,
                    note=each.note,
                    cancelled=each.state == "cancelled",
                    planned=each.state == "planned",
                ),
            )

    def columns_to_record(self, context: CommandContext, stored: StoredRow[MeetingRow], row: MeetingRow) -> frozenset[str]:
        """Return the columns to record of a meeting that was only planned until now."""
        if not stored.row.planned or imported_state(row) == "planned":
            return frozenset()
        return frozenset({"planned", *(name for name in self.values_of(row) if name in RECORDED)})

    def differs(self, context: CommandContext, name: str, stored: StoredRow[MeetingRow], row: MeetingRow) -> bool:
        """Whether a row contradicts what was recorded. What was planned may have been held since."""
        if name == "planned":
            return False
        if name not in RECORDED or name in ("theme", "note"):
            return super().differs(context, name, stored, row)
        group, date = stored.row.group, stored.row.date
        by_absence = None
        if row.absent is not None:
            by_absence = set(groups.enrolled_people(context.store, group, date)) - ids(row.absent) - ids(row.turnout.excused)
        return turnout_differs(name, stored.row, row, context.participation.leading(group.id, date), by_absence)

    def may_fill(self, name: str, stored: StoredRow[MeetingRow]) -> bool:
        """Whether a column may be filled in: only the theme and the note, since attendance is recorded as a whole."""
        return name in ("theme", "note") and super().may_fill(name, stored)

    def amend(self, context: CommandContext, stored: StoredRow[MeetingRow], row: MeetingRow, names: frozenset[str]) -> None:
        """Record a planned meeting, cancel it, or fill in its theme and note."""
        group, date = stored.row.group, stored.row.date
        if "planned" in names and row.cancelled:
            groups.cancel_meeting(context.store, context.rules, group, date, note=row.note)
        elif "planned" in names:
            _record(context, row, first=False)
        else:
            super().amend(context, stored, row, names)


MEETINGS = _Meetings("meetings", MeetingRow, ("group", "date"), _add, table="sessions")
