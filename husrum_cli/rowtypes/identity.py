"""Names that people had before, and pairs of people who look like one and are two."""

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple

from ..domain.people.identity import add_former_name, mark_distinct
from ..domain.people.lookup import Person
from ..input.text import name_key, read_name
from . import columns
from .columns import Column
from .context import CommandContext
from .rowtype import RowType, StoredRow


class FormerNameRow(NamedTuple):
    """A name that somebody had before."""

    person: Annotated[Person, columns.person_column()]
    name: Annotated[str, Column("navn", read_name)]


def _add_former_name(context: CommandContext, row: FormerNameRow) -> int:
    return add_former_name(context.people, row.person, row.name)


class _FormerNames(RowType[FormerNameRow]):
    def key(self, context: CommandContext, row: FormerNameRow) -> tuple[Any, ...] | None:
        """Return the person and the name, as names are compared."""
        return row.person.id, name_key(row.name)


FORMER_NAMES = _FormerNames("former_names", FormerNameRow, ("person", "name"), _add_former_name)


class DistinctRow(NamedTuple):
    """Two people who look like one and are two."""

    person: Annotated[Person, columns.person_column()]
    other: Annotated[Person, columns.person_column("anden")]


def _add_distinct(context: CommandContext, row: DistinctRow) -> int:
    mark_distinct(context.store, row.person, row.other)
    return 0


_PAIRS = """SELECT one.id, other.id FROM distinct_people JOIN people AS one ON one.id IN (person_id, other_id)
    JOIN people AS other ON other.id IN (person_id, other_id) AND (other.branch_id, other.number) > (one.branch_id, one.number)
    ORDER BY one.branch_id, one.number, other.number"""


class _Distinct(RowType[DistinctRow]):
    def key(self, context: CommandContext, row: DistinctRow) -> tuple[Any, ...] | None:
        """Return the two people, in whatever order."""
        return (frozenset({row.person.id, row.other.id}),)

    def stored(self, context: CommandContext) -> Iterator[StoredRow[DistinctRow]]:
        """Yield the pairs, which have no ids of their own, by the numbers of the two."""
        for one, other in context.store.connection.execute(_PAIRS):
            yield StoredRow(0, DistinctRow(context.people.by_id[one], context.people.by_id[other]))


DISTINCT = _Distinct("distinct", DistinctRow, ("person", "other"), _add_distinct, table="distinct_people")
