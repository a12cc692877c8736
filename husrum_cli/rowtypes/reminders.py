"""Reminders about people."""

from typing import Annotated, NamedTuple

from ..domain.people.lookup import Person
from ..domain.people.reminders import add_reminder
from . import columns
from .columns import day_column
from .rowtype import RowType, add_by


class ReminderRow(NamedTuple):
    """To come back to somebody on a day. `done`: when somebody did."""

    person: Annotated[Person, columns.person_column()]
    on: Annotated[str, day_column("den", help="The day to come back to them.", stored="date", other_headings=("dato", "date"))]
    note: Annotated[str | None, columns.note_column()] = None
    done: Annotated[str | None, day_column("klaret")] = None


REMINDERS = RowType("reminders", ReminderRow, ("person", "on"), add_by(add_reminder), refine=("note",), twins=True, once=True)
