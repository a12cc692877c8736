"""Reminders about people."""

from typing import Annotated, NamedTuple

from ..domain.people.lookup import Person
from ..domain.people.reminders import remind
from . import columns
from .columns import day
from .context import CommandContext
from .rowtype import RowType


class ReminderRow(NamedTuple):
    """To come back to somebody on a day. `done`: when somebody did."""

    person: Annotated[Person, columns.person()]
    on: Annotated[str, day("den", help="The day to come back to them.", stored="date", other_headings=("dato", "date"))]
    note: Annotated[str | None, columns.note()] = None
    done: Annotated[str | None, day("klaret")] = None


def _add(context: CommandContext, row: ReminderRow) -> int:
    return remind(context.store, context.rules, row.person, row.on, row.note, row.done)


REMINDERS = RowType("reminders", ReminderRow, ("person", "on"), _add, refine=("note",), twins=True, once=True)
