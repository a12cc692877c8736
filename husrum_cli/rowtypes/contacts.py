"""Contacts with matched young people, and sparring with network groups."""

from typing import Annotated, NamedTuple

from ..domain.activities.activities import Activity
from ..domain.activities.groups import add_sparring
from ..domain.befriending import matches
from ..domain.people.lookup import Person
from ..errors import WrongInput
from ..i18n import _
from . import columns
from .columns import day_column
from .context import CommandContext
from .rowtype import RowType


class ContactRow(NamedTuple):
    """A contact, with a person or with a group."""

    person: Annotated[Person | None, columns.person_column()] = None
    group: Annotated[Activity | None, columns.group_column()] = None
    date: Annotated[str | None, day_column("dato")] = None
    note: Annotated[str | None, columns.note_column()] = None


def _add(context: CommandContext, row: ContactRow) -> int:
    if row.person and not row.group:
        return matches.add_contact(context.store, context.rules, row.person, row.date, row.note)
    if row.group and not row.person:
        return add_sparring(context.store, context.rules, row.group, row.date, row.note)
    raise WrongInput(_("person: a contact is with a person or with a group."), "person")


CONTACTS = RowType("contacts", ContactRow, ("person", "group", "date"), _add, twins=True)
