"""Volunteers, their roles, what was seen of their papers, and their hours."""

from collections.abc import Iterator
from functools import partial
from typing import Annotated, Any, NamedTuple

from ..domain.people.entering import Facts, enter_person, recognise
from ..domain.people.lookup import Person
from ..domain.volunteers import volunteers
from ..domain.volunteers.hours import add_hours
from ..errors import WrongInput
from ..input.choices import read_code
from ..input.numbers import read_hours, read_row_number
from ..input.text import read_name
from ..vocabulary import ATTEST, GENDER, NON_ANSWERS, RECRUITED_THROUGH, ROLE
from . import columns
from .columns import Column, code_reader, day_column
from .context import CommandContext
from .intakes import FACTS, NUMBER_HELP, PERSON_HELP, RowTypeOfPeople, stored_facts
from .rowtype import RowType, StoredRow, add_by


def read_recruiting(text: str, field: str) -> str:
    """Read a code if one is meant, else the text itself."""
    try:
        return read_code(text, {**RECRUITED_THROUGH, **NON_ANSWERS}, field)
    except WrongInput:
        return read_name(text, field)


class VolunteerRow(NamedTuple):
    """Someone as a volunteer. `left`: the day by which all their roles had ended."""

    facts: Annotated[Facts, FACTS] = Facts()
    person: Annotated[Person | None, columns.person_column(help=PERSON_HELP, exported=False)] = None
    ref: Annotated[int | None, Column("nummer", read_row_number, help=NUMBER_HELP, metavar="N", own=False)] = None
    joined: Annotated[
        str | None,
        day_column(
            "startet",
            help="Since when; left out: today.",
            other_headings=("start", "startdato", "opstart", "begyndt", "startede", "frivillig siden", "siden", "fra"),
        ),
    ] = None
    role: Annotated[
        tuple[str, ...],
        Column(
            "rolle",
            code_reader(ROLE),
            other_headings=("roller", "funktion", "opgave", "opgaver"),
            help="{role}; may be repeated",
            metavar="CODE",
            several=True,
            own=False,
            exported=False,
        ),
    ] = ()
    intro_course: Annotated[
        str | None,
        day_column(
            "introkursus",
            help="When they took the intro course.",
            own=False,
            exported=False,
            other_headings=("intro", "kursus"),
        ),
    ] = None
    recruited_through: Annotated[
        str | None, Column("rekrutteret via", read_recruiting, help="facebook_group, parish_network, frivilligjob, …", metavar="CODE|TEXT")
    ] = None
    gender: Annotated[str | None, Column("køn", code_reader({**GENDER, **NON_ANSWERS}), help="{gender}, {non_answer}", metavar="CODE")] = (
        None
    )
    note: Annotated[str | None, columns.note_column()] = None
    left: Annotated[
        str | None,
        day_column(
            "stoppet", own=False, exported=False, other_headings=("stop", "slut", "slutdato", "sluttet", "ophørt", "stoppede", "til")
        ),
    ] = None


def _add(context: CommandContext, row: VolunteerRow) -> int:
    return add_volunteer(context, row).id


def add_volunteer(context: CommandContext, row: VolunteerRow, roles_from: str | None = None) -> Person:
    """Insert a volunteer, or what is new of one. roles_from: when the roles start, if not when the volunteer joined."""
    person, _new = enter_person(context.people, context.rules, row.facts, row.person, row.ref)
    volunteers.add_profile(
        context.store, context.rules, person, volunteers.Profile(row.joined, row.recruited_through, row.gender, row.note)
    )
    for role in row.role:
        volunteers.add_role(context.store, person, role, roles_from or row.joined)
    if row.intro_course is not None:
        volunteers.add_attest(context.store, context.rules, person, "intro_course", row.intro_course)
    return person


class _VolunteerRowType(RowTypeOfPeople[VolunteerRow]):
    def key(self, context: CommandContext, row: VolunteerRow) -> tuple[Any, ...] | None:
        """Return the person; nothing for somebody new."""
        person = row.person or recognise(context.people, context.rules, row.facts, None, row.ref)
        return (person.id,) if person else None

    def stored(self, context: CommandContext) -> Iterator[StoredRow[VolunteerRow]]:
        """Yield the volunteers of the home branch by number, each with the roles that began when they joined, or at an unknown date."""
        facts = stored_facts(context)
        roles: dict[int, list[tuple[str, str | None]]] = {}
        for person_id, role, starts in context.store.connection.execute("SELECT person_id, role, starts FROM roles ORDER BY id"):
            roles.setdefault(person_id, []).append((role, starts))
        courses = dict(
            context.store.connection.execute(
                "SELECT person_id, min(date) FROM attests WHERE kind = 'intro_course' GROUP BY person_id"
            ).fetchall()
        )
        for row in context.store.rows(
            "SELECT person_id, joined, recruited_through, volunteers.gender, note FROM volunteers JOIN people ON people.id = person_id ORDER BY number"
        ):
            id = row["person_id"]
            if id in facts:
                person = context.people.by_id[id]
                yield StoredRow(
                    id,
                    VolunteerRow(
                        facts[id],
                        person,
                        person.number,
                        row["joined"],
                        tuple(role for role, starts in roles.get(id, ()) if starts in (row["joined"], None)),
                        courses.get(id),
                        row["recruited_through"],
                        row["gender"],
                        row["note"],
                    ),
                )

    def as_added(self, context: CommandContext, stored: StoredRow[VolunteerRow]) -> VolunteerRow:
        """Return the row, with the person it made."""
        person = context.people.by_id[stored.id]
        return stored.row._replace(person=person, ref=person.number)

    def differs(self, context: CommandContext, name: str, stored: StoredRow[VolunteerRow], row: VolunteerRow) -> bool:
        """Whether a value contradicts the stored row. Another spelling does not; roles and intro courses may have rows of their own, so those named must be among them."""
        match name:
            case "left":
                return False  # applied when all roles are in, and the same twice
            case "role":
                return not set(row.role) <= set(stored.row.role)
            case "intro_course":
                sql = "SELECT 1 FROM attests WHERE kind = 'intro_course' AND person_id = ? AND date = ?"
                return context.store.value(sql, stored.id, row.intro_course) is None
        return super().differs(context, name, stored, row)

    def amend(self, context: CommandContext, stored: StoredRow[VolunteerRow], row: VolunteerRow, names: frozenset[str]) -> None:
        """Fill in what was empty, of the volunteer and of the person."""
        changes = self.make({name: self.get(row, name) for name in names})
        changes = changes._replace(facts=changes.facts._replace(name=None), person=stored.row.person, ref=None)
        add_volunteer(context, changes, changes.joined or stored.row.joined)


VOLUNTEERS = _VolunteerRowType(
    "volunteers",
    VolunteerRow,
    ("person",),
    _add,
    arrange=("name", "person", "ref", "called", "born", "joined", "role", "intro_course", "recruited_through", "gender", "phone", "email",
        "note", "left"),
)  # fmt: skip


class RoleRow(NamedTuple):
    """A period in which someone volunteers in a role."""

    volunteer: Annotated[Person, columns.person_column("frivillig")]
    role: Annotated[str, Column("rolle", code_reader(ROLE), help="{role}", metavar="ROLE")]
    from_: Annotated[str | None, day_column("fra", help="Since when; left out: today.", stored="starts")] = None
    to: Annotated[str | None, day_column("til", help="Until when. Alone, it ends a period that runs.", stored="ends")] = None


def _add_role(context: CommandContext, row: RoleRow) -> int:
    return volunteers.add_role(context.store, row.volunteer, row.role, row.from_, row.to)


ROLES = RowType("roles", RoleRow, ("volunteer", "role", "from"), _add_role, twins=True, once=True)


class AttestRow(NamedTuple):
    """The day something was seen, never its content."""

    volunteer: Annotated[Person, columns.person_column("frivillig")]
    kind: Annotated[
        str,
        Column("type", code_reader(ATTEST), other_headings=("slags",), help="{attest}", metavar="KIND"),
    ]
    date: Annotated[str | None, day_column("dato")] = None


ATTESTS = RowType("attests", AttestRow, ("volunteer", "kind", "date"), add_by(volunteers.add_attest))


# More than somebody gives in a month is a mistyped number.
MOST_HOURS = 1000


class HoursRow(NamedTuple):
    """Hours that a volunteer gave, other than at occasions whose length is known."""

    volunteer: Annotated[Person, columns.person_column("frivillig")]
    hours: Annotated[float, Column("timer", partial(read_hours, most=MOST_HOURS), metavar="H")]
    date: Annotated[str | None, day_column("dato", help="The day, or one of the month they were given in.")] = None
    what: Annotated[str | None, Column("hvad", read_name, help="What was done.")] = None


HOURS = RowType(
    "hours",
    HoursRow,
    ("volunteer", "hours", "date"),
    add_by(add_hours),
    table="volunteer_hours",
    refine=("what",),
    twins=True,
    once=True,
)
