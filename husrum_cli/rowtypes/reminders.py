"""Reminders about people."""

from typing import Annotated, NamedTuple

from ..domain.people.lookup import Person
from ..domain.people.reminders import add_reminder
from . import columns
from .columns import day_column
from .context import CommandContext
from .rowtype import RowType


class ReminderRow(NamedTuple):
    """To come back to somebody on a day. `done`: when somebody did."""

    person: Annotated[Person, columns.person_column()]
    on: Annotated[str, day_column("den", help="The day to come back to them.", stored="date", other_headings=("dato", "date"))]
    note: Annotated[str | None, columns.note_column()] = None
    done: Annotated[str | None, day_column("klaret")] = None


def _add(context: CommandContext, row: ReminderRow) -> int:
    return add_reminder(context.store, context.rules, row.person, row.on, row.note, row.done)


REMINDERS = RowType("reminders", ReminderRow, ("person", "on"), _add, refine=("note",), twins=True, once=True)
