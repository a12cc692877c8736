"""Row types of the end of a person's stay: leaving, moving on into another community, consents given and withdrawn."""

from typing import Annotated, NamedTuple

from ..domain.people import consents, leaving
from ..domain.people.lookup import Person
from ..vocabulary import PURPOSE
from . import columns
from .columns import Column, code_reader, day_column, read_part
from .context import CommandContext
from .rowtype import RowType, StoredRow, add_by


class OnwardRow(NamedTuple):
    """A step into another community."""

    person: Annotated[Person, columns.person_column()]
    to: Annotated[str, Column("til", read_part, help="The community they moved on into.", stored="partners.name")]
    date: Annotated[str | None, day_column("dato")] = None


ONWARD = RowType(
    "onward", OnwardRow, ("person", "to", "date"), add_by(leaving.add_onward), joined="LEFT JOIN partners ON partners.id = partner_id"
)


class LeavingRow(NamedTuple):
    """The day from which someone is no longer here."""

    person: Annotated[Person, columns.person_column()]
    date: Annotated[str | None, day_column("dato")] = None
    reason: Annotated[str | None, columns.reason_column()] = None


LEAVING = RowType("leaving", LeavingRow, ("person", "date"), add_by(leaving.add_leaving))


class ConsentRow(NamedTuple):
    """A consent, and when it was withdrawn."""

    person: Annotated[Person, columns.person_column()]
    purpose: Annotated[str, Column("formål", code_reader(PURPOSE), help="{purpose}", metavar="PURPOSE")]
    given: Annotated[str | None, day_column("givet", help="When it was given; left out: today.")] = None
    withdrawn: Annotated[str | None, day_column("trukket tilbage", help="When it was withdrawn.")] = None


def _amend_consent(context: CommandContext, stored: StoredRow[ConsentRow], row: ConsentRow, names: frozenset[str]) -> None:
    if row.withdrawn is not None and "withdrawn" in names:
        consents.delete_what_rested_on(context.store, context.rules, row.person, row.purpose, row.withdrawn)


CONSENTS = RowType(
    "consents",
    ConsentRow,
    ("person", "purpose", "given"),
    add_by(consents.add_consent),
    # What was withdrawn without having been given first, so that it withdraws nothing of the table's own rows.
    order="consents.given IS NOT NULL OR consents.withdrawn IS NULL, consents.id",
    period=("given", "withdrawn"),
    amend=_amend_consent,
    twins=True,
    once=True,
)
