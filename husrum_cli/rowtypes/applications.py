"""Applications of people who would like to volunteer."""

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple

from ..domain.people.entering import Facts, enter_person, recognise
from ..domain.people.lookup import Person
from ..domain.volunteers import applications
from ..domain.volunteers.volunteers import Profile
from ..input.numbers import read_row_number
from ..vocabulary import GENDER, NON_ANSWERS, ROLE
from . import columns
from .columns import Column, code_reader, day_column
from .context import CommandContext
from .intakes import FACTS, NUMBER_HELP, PERSON_HELP, RowTypeOfPeople, stored_facts
from .rowtype import StoredRow
from .volunteers import read_recruiting


class ApplicationRow(NamedTuple):
    """An application. `declined`: the day of a no; a yes is a role."""

    facts: Annotated[Facts, FACTS] = Facts()
    person: Annotated[Person | None, columns.person_column(help=PERSON_HELP, exported=False)] = None
    ref: Annotated[int | None, Column("nummer", read_row_number, help=NUMBER_HELP, metavar="N", own=False)] = None
    date: Annotated[
        str | None, day_column("dato", help="When they applied; left out: today.", other_headings=("henvendt", "henvendelse"))
    ] = None
    for_: Annotated[
        tuple[str, ...],
        Column(
            "som",
            code_reader(ROLE),
            help="{role}; may be repeated",
            metavar="ROLE",
            several=True,
            own=False,
            other_headings=("rolle", "ønsket rolle"),
        ),
    ] = ()
    recruited_through: Annotated[
        str | None, Column("rekrutteret via", read_recruiting, help="facebook_group, parish_network, frivilligjob, …", metavar="CODE|TEXT")
    ] = None
    gender: Annotated[str | None, Column("køn", code_reader({**GENDER, **NON_ANSWERS}), help="{gender}, {non_answer}", metavar="CODE")] = (
        None
    )
    note: Annotated[str | None, columns.note_column()] = None
    declined: Annotated[str | None, day_column("afvist")] = None
    reason: Annotated[str | None, columns.reason_column()] = None


def add_application(context: CommandContext, row: ApplicationRow) -> tuple[Person, int]:
    """Insert an application and, if they are new, the person. Return both, the application by its id."""
    person, _new = enter_person(context.people, context.rules, row.facts, row.person, row.ref)
    profile = Profile(None, row.recruited_through, row.gender, row.note)
    return person, applications.insert_application(
        context.store, context.rules, person, row.date, row.for_, profile, row.declined, row.reason
    )


def _add(context: CommandContext, row: ApplicationRow) -> int:
    return add_application(context, row)[1]


class _Applications(RowTypeOfPeople[ApplicationRow]):
    def key(self, context: CommandContext, row: ApplicationRow) -> tuple[Any, ...] | None:
        """Return the person and the day; nothing for somebody new."""
        person = row.person or recognise(context.people, context.rules, row.facts, None, row.ref)
        return (person.id, row.date) if person else None

    def stored(self, context: CommandContext) -> Iterator[StoredRow[ApplicationRow]]:
        """Yield the applications to the home branch, in the order in which they were entered."""
        facts = stored_facts(context)
        roles: dict[int, tuple[str, ...]] = {}
        for id, role in context.store.connection.execute("SELECT application_id, role FROM application_roles ORDER BY 1, 2"):
            roles[id] = (*roles.get(id, ()), role)
        for each in super().stored(context):
            person = each.row.person
            if person is not None and person.id in facts:
                each.row = each.row._replace(facts=facts[person.id], ref=person.number, for_=roles.get(each.id, ()))
                yield each

    def as_added(self, context: CommandContext, stored: StoredRow[ApplicationRow]) -> ApplicationRow:
        """Return the row, with the person it made."""
        sql = "SELECT person_id FROM volunteer_applications WHERE id = ?"
        person = context.people.with_ids([context.store.value(sql, stored.id)])[0]
        return stored.row._replace(person=person, ref=person.number)

    def amend(self, context: CommandContext, stored: StoredRow[ApplicationRow], row: ApplicationRow, names: frozenset[str]) -> None:
        """Fill in what was empty, of the application and of the person."""
        changes = self.make({name: self.get(row, name) for name in names})
        enter_person(context.people, context.rules, changes.facts._replace(name=None), stored.row.person)
        rows = [(stored.id, role) for role in changes.for_]
        context.store.insert_many("application_roles", ("application_id", "role"), rows)
        super().amend(context, stored, row, names)


APPLICATIONS = _Applications(
    "applications",
    ApplicationRow,
    ("person", "date"),
    _add,
    table="volunteer_applications",
    period=("date", "declined"),
    arrange=("name", "person", "ref", "called", "born", "date", "for", "recruited_through", "gender", "phone", "email", "note",
        "declined", "reason"),
)  # fmt: skip
