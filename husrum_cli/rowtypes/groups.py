"""Groups, who leads them, and who is enrolled."""

from collections.abc import Iterable
from functools import partial
from typing import Annotated, NamedTuple

from ..domain.activities import groups
from ..domain.activities.activities import Activity, set_leaders, set_programmes
from ..domain.people.lookup import Person
from ..domain.people.partners import get_or_add_partner
from ..domain.settings import setting
from ..domain.volunteers.papers import require_papers
from ..input.dates import read_coming_date, today
from ..input.numbers import read_count, read_reference
from ..input.text import read_name, read_title
from ..vocabulary import GROUP_KIND
from . import columns
from .columns import Column, code_reader, day_column, people_column, read_part
from .context import CommandContext
from .rowtype import RowType, StoredRow, add_by, comparable


def _skipped(field: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Read days that are to come, several of them with commas between."""
    return tuple(dict.fromkeys(read_coming_date(part, field) for text in texts for part in text.split(",")))


class GroupRow(NamedTuple):
    """A group. `weeks` and `skip` only plan its meetings."""

    title: Annotated[str, Column("titel", read_title)]
    kind: Annotated[str, Column("type", code_reader(GROUP_KIND), other_headings=("slags",), help="{group_kind}", metavar="CODE")]
    ref: Annotated[
        str | None, Column("nummer", partial(read_reference, letter="G"), help="Its number; left out: the next one.", metavar="G1")
    ] = None
    start: Annotated[str | None, day_column("start", help="The first meeting.", stored="starts")] = None
    weeks: Annotated[
        int | None,
        Column(
            "uger",
            read_count,
            help="Weekly meetings to plan; left out: 12 for a talk group, none for a network group.",
            metavar="N",
            own=False,
            exported=False,
        ),
    ] = None
    skip: Annotated[
        tuple[str, ...],
        Column("spring over", help="A week without a meeting; the course ends the later. Several with commas, or repeated.", metavar="DATE",
            several=True, own=False, exported=False, collect=_skipped),
    ] = ()  # fmt: skip
    capacity: Annotated[
        int | None, Column("pladser", partial(read_count, smallest=1), help="How many young people there is room for.", metavar="N")
    ] = None
    leader: Annotated[
        tuple[Person, ...], people_column("leder", help="Who leads it; may be repeated.", metavar="PERSON", exported=False)
    ] = ()
    continues: Annotated[Activity | None, columns.group_column("fortsætter", help="The group it grew out of.", stored="continues_id")] = (
        None
    )
    venue: Annotated[str | None, Column("sted", read_part, help="Where it meets.", stored="partners.name")] = None
    programme: Annotated[
        tuple[str, ...], Column("program", read_name, help="What it is part of; may be repeated.", several=True, own=False)
    ] = ()
    closed: Annotated[str | None, day_column("afsluttet")] = None


def new_group(row: GroupRow, meetings: tuple[str, ...] = (), themes: tuple[str, ...] = ()) -> groups.NewGroup:
    """Return the group that a row describes, with the days of its planned meetings and their themes."""
    return groups.NewGroup(
        title=row.title,
        kind=row.kind,
        starts=row.start,
        capacity=row.capacity,
        leaders=row.leader,
        continues=row.continues,
        venue=row.venue,
        programmes=row.programme,
        ref=row.ref,
        closed=row.closed,
        meetings=meetings,
        themes=themes,
    )


def _add_group(context: CommandContext, row: GroupRow) -> int:
    group = groups.open_group(context.store, new_group(row))
    context.activities[group.id] = group
    return group.id


def _more_of_groups(context: CommandContext) -> dict[int, dict[str, object]]:
    more: dict[int, dict[str, object]] = {
        id: {"programme": programmes}
        for id, programmes in context.by_activity("SELECT activity_id, programme FROM programmes ORDER BY 1, 2").items()
    }
    sql = "SELECT activity_id, person_id FROM leaders JOIN activities ON activities.id = activity_id WHERE leaders.starts IS activities.starts ORDER BY leaders.id"
    for id, leaders in context.by_activity(sql).items():
        more.setdefault(id, {})["leader"] = tuple(context.people.by_id[person] for person in leaders)
    return more


def _amend_group(context: CommandContext, stored: StoredRow[GroupRow], row: GroupRow, names: frozenset[str]) -> None:
    if "venue" in names:
        context.store.update("activities", stored.id, venue_id=get_or_add_partner(context.store, row.venue))
    if "programme" in names:
        set_programmes(context.store, stored.id, row.programme)
    if "leader" in names:
        set_leaders(context.store, stored.id, row.leader, stored.row.start)


class _Groups(RowType[GroupRow]):
    later = ("continues",)

    def as_added(self, context: CommandContext, stored: StoredRow[GroupRow]) -> GroupRow:
        """Return the row, with the number the group was given."""
        return stored.row._replace(ref=context.activities[stored.id].ref)

    def differs(self, context: CommandContext, name: str, stored: StoredRow[GroupRow], row: GroupRow) -> bool:
        """Whether a value contradicts the stored row. Leaders may have rows of their own, so those named must be among them."""
        if name in ("weeks", "skip"):
            return False
        if name == "leader":
            return not comparable(row.leader) <= comparable(stored.row.leader)
        return super().differs(context, name, stored, row)


GROUPS = _Groups(
    "groups",
    GroupRow,
    ("title", "start"),
    _add_group,
    period=("start", "closed"),
    table="activities",
    joined="LEFT JOIN partners ON partners.id = venue_id WHERE activities.ref GLOB 'G*'",
    more=_more_of_groups,
    amend=_amend_group,
    arrange=("ref", "title", "kind", "start", "weeks", "skip", "capacity", "leader", "continues", "venue", "programme", "closed"),
    twins=True,
)


class LeaderRow(NamedTuple):
    """A period in which someone leads a group."""

    group: Annotated[Activity, columns.group_column()]
    person: Annotated[Person, columns.person_column()]
    from_: Annotated[str | None, day_column("fra", help="Since when; left out: today.", stored="starts")] = None
    to: Annotated[str | None, day_column("til", help="Until when. Alone, it ends a period that runs.", stored="ends")] = None


def _add_leader(context: CommandContext, row: LeaderRow) -> int:
    require_papers(context.store, context.rules, row.person, row.from_ or today(), setting(context.store, "leader_attests"))
    return groups.add_leader(context.store, context.rules, row.group, row.person, row.from_, row.to)


LEADERS = RowType(
    "leaders",
    LeaderRow,
    ("group", "person", "from"),
    _add_leader,
    joined="JOIN activities ON activities.id = activity_id AND ref GLOB 'G*'",
    twins=True,
    once=True,
)


class EnrolmentRow(NamedTuple):
    """A period in which someone is enrolled in a group."""

    group: Annotated[Activity, columns.group_column()]
    person: Annotated[Person, columns.person_column()]
    date: Annotated[str | None, day_column("dato", stored="starts")] = None
    until: Annotated[str | None, day_column("slut", stored="ends")] = None
    reason: Annotated[str | None, columns.reason_column()] = None


ENROLMENTS = RowType("enrolments", EnrolmentRow, ("group", "person", "date"), add_by(groups.enroll), twins=True, once=True)
