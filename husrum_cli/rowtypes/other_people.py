"""People who are in no other list: without an enquiry or an application, and no volunteers."""

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple

from ..domain.people.entering import Facts, enter_person, recognise
from ..domain.people.lookup import Person
from ..input.numbers import read_row_number
from . import columns
from .columns import Column
from .context import CommandContext
from .intakes import FACTS, NUMBER_HELP, PERSON_HELP, RowTypeOfPeople, stored_facts
from .rowtype import StoredRow

_IN_ANOTHER_LIST = (
    """SELECT person_id FROM intakes UNION SELECT person_id FROM volunteers UNION SELECT person_id FROM volunteer_applications"""
)


class OtherPersonRow(NamedTuple):
    """Somebody, and no more: for instance after their only enquiry was removed."""

    facts: Annotated[Facts, FACTS] = Facts()
    person: Annotated[Person | None, columns.person_column(help=PERSON_HELP, exported=False)] = None
    ref: Annotated[int | None, Column("nummer", read_row_number, help=NUMBER_HELP, metavar="N", own=False)] = None


def _add(context: CommandContext, row: OtherPersonRow) -> int:
    person, _new = enter_person(context.people, context.rules, row.facts, row.person, row.ref)
    return person.id


class _OtherPeople(RowTypeOfPeople[OtherPersonRow]):
    def key(self, context: CommandContext, row: OtherPersonRow) -> tuple[Any, ...] | None:
        """Return the person; nothing for somebody new."""
        person = row.person or recognise(context.people, context.rules, row.facts, None, row.ref)
        return (person.id,) if person else None

    def stored(self, context: CommandContext) -> Iterator[StoredRow[OtherPersonRow]]:
        """Yield everybody in the home branch by number: whoever is in another list by now is known too."""
        facts = stored_facts(context)
        for person in context.people.by_id.values():
            if person.id in facts:
                yield StoredRow(person.id, OtherPersonRow(facts[person.id], person, person.number))

    def to_export(self, context: CommandContext) -> Iterator[OtherPersonRow]:
        """Yield those who are in no other list."""
        others = {id for (id,) in context.store.connection.execute(_IN_ANOTHER_LIST)}
        return (stored.row for stored in self.stored(context) if stored.id not in others)

    def as_added(self, context: CommandContext, stored: StoredRow[OtherPersonRow]) -> OtherPersonRow:
        """Return the row, with the person it made."""
        person = context.people.by_id[stored.id]
        return stored.row._replace(person=person, ref=person.number)

    def amend(self, context: CommandContext, stored: StoredRow[OtherPersonRow], row: OtherPersonRow, names: frozenset[str]) -> None:
        """Fill in what was empty."""
        changes = self.make({name: self.get(row, name) for name in names})
        enter_person(context.people, context.rules, changes.facts._replace(name=None), stored.row.person)


OTHER_PEOPLE = _OtherPeople(
    "other_people", OtherPersonRow, ("person",), _add, table="people", arrange=("name", "person", "ref", "called", "born", "phone", "email")
)
