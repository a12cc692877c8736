"""Hjerteven: who waits, who offers, the matches, their pauses and the meetings of the two."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, NamedTuple

from ..domain.befriending import matches, proposals
from ..domain.befriending.matches import Preferences
from ..domain.befriending.pair_meetings import add_pair_meeting
from ..domain.people.lookup import Person
from ..input.numbers import read_age_range, read_count, read_hours
from ..input.text import read_name
from ..vocabulary import GENDER, TIME
from . import columns
from .columns import Column, ColumnGroup, code_reader, day_column, group_of_columns
from .context import CommandContext
from .rowtype import RowType, StoredRow, add_by


def _wish(
    danish: str, help: str, read: Callable[[str, str], str] = read_name, metavar: str = "TEXT", other_headings: tuple[str, ...] = ()
) -> Column:
    return Column(danish, read, help=help, metavar=metavar, several=True, other_headings=other_headings)


def _read_age_ranges(field: str, texts: Any) -> tuple[str, ...]:
    return tuple(read_age_range(text, field) for text in texts)


WISHES: ColumnGroup = group_of_columns(
    dict,
    interest=_wish("interesse", help="What they like; may be repeated.", other_headings=("interesser", "fritidsinteresser", "hobby")),
    time=_wish("tid", help="{time}; may be repeated", read=code_reader(TIME), metavar="CODE"),
    area=_wish("område", help="Where in town; may be repeated."),
    speaks=_wish("sprog", help="Languages; may be repeated."),
    about=_wish("om", help="What the other should know: dog, smoker; may be repeated."),
    wants_gender=_wish("ønsker køn", help="{gender}; may be repeated", read=code_reader(GENDER), metavar="CODE"),
    wants_age=Column("ønsker alder", help="Like 20-35, bounds included.", metavar="MIN-MAX", collect=_read_age_ranges),
    avoid=_wish("undgå", help="What the other should not have or like; may be repeated."),
)


def _stored_wishes(side: str) -> Callable[[CommandContext], dict[int, dict[str, Any]]]:
    """Return the wishes stored with a wait or an offer. side: the column that refers to it."""

    def read(context: CommandContext) -> dict[int, dict[str, Any]]:
        found: dict[int, dict[str, Any]] = {}
        sql = f"SELECT {side}, kind, value FROM preferences WHERE {side} IS NOT NULL ORDER BY id"
        for id, kind, value in context.store.connection.execute(sql):
            own = found.setdefault(id, {})
            own[kind] = (*own.get(kind, ()), value)
        return found

    return read


def _amend_wishes(side: str) -> Callable[[CommandContext, StoredRow[Any], Any, frozenset[str]], None]:
    """Return what fills in the wishes of a wait or an offer. side: the column that refers to it."""

    def amend(context: CommandContext, stored: StoredRow[Any], row: Any, names: frozenset[str]) -> None:
        wishes = {kind: values for kind, values in row.wishes.items() if kind in names}
        matches.set_preferences(context.store, side, stored.id, wishes)

    return amend


class WaitRow(NamedTuple):
    """A wait for a Hjerteven, and how it ended."""

    person: Annotated[Person, columns.person_column()]
    since: Annotated[
        str | None,
        day_column(
            "siden",
            help="Since when; left out: today.",
            stored="starts",
            other_headings=(
                *("på venteliste siden", "på listen siden", "venter siden", "skrevet op", "opskrevet", "skrevet på", "venteliste"),
                *("dato", "fra", "start", "startdato"),
            ),
        ),
    ] = None
    wishes: Annotated[Preferences, WISHES] = {}
    until: Annotated[str | None, day_column("slut", stored="ends")] = None
    reason: Annotated[str | None, columns.reason_column()] = None


WAITING = RowType(
    "waiting",
    WaitRow,
    ("person", "since"),
    add_by(matches.add_wait),
    table="waits",
    more=_stored_wishes("wait_id"),
    amend=_amend_wishes("wait_id"),
    twins=True,
    once=True,
)


class OfferRow(NamedTuple):
    """A volunteer who offers to be a Hjerteven."""

    volunteer: Annotated[Person, columns.person_column("frivillig")]
    capacity: Annotated[
        int | None, Column("pladser", partial(read_count, smallest=1), help="How many young people at a time; left out: 1.", metavar="N")
    ] = None
    from_: Annotated[str | None, day_column("fra", help="Since when; left out: from the day they joined.", stored="starts")] = None
    until: Annotated[str | None, day_column("slut", stored="ends")] = None
    wishes: Annotated[Preferences, WISHES] = {}


def _add_offer(context: CommandContext, row: OfferRow) -> int:
    given = {name: value for name, value in (("capacity", row.capacity), ("starts", row.from_)) if value is not None}
    return matches.save_offer(context.store, context.rules, row.volunteer, given, row.wishes, row.until)


OFFERS = RowType("offers", OfferRow, ("volunteer",), _add_offer, more=_stored_wishes("offer_id"), amend=_amend_wishes("offer_id"))


class MatchRow(NamedTuple):
    """A match, and how it ended."""

    person: Annotated[Person, columns.person_column(other_headings=("ung", "den unge", "unge", "deltager"))]
    volunteer: Annotated[
        Person,
        columns.person_column(
            "frivillig", stored="volunteer_id", other_headings=("den frivillige", "frivillige", "hjerteven", "hjertevennen")
        ),
    ]
    date: Annotated[
        str | None,
        day_column(
            "dato", stored="starts", other_headings=("fra", "start", "startdato", "startet", "begyndt", "siden", "matchet", "match")
        ),
    ] = None
    ended: Annotated[
        str | None, day_column("sluttet", stored="ends", other_headings=("til", "slut", "slutdato", "stoppet", "ophørt", "afsluttet"))
    ] = None
    reason: Annotated[
        str | None,
        columns.reason_column(
            other_headings=("hvorfor", "grund", "begrundelse", "hvorfor stoppet", "hvorfor sluttet", "hvorfor afsluttet")
        ),
    ] = None


MATCHES = RowType("matches", MatchRow, ("person", "volunteer", "date"), add_by(matches.start_match), twins=True, once=True)


class PauseRow(NamedTuple):
    """A period in which a match rests."""

    person: Annotated[Person, columns.person_column(stored="matches.person_id")]
    volunteer: Annotated[Person, columns.person_column("frivillig", stored="matches.volunteer_id")]
    date: Annotated[str, day_column("dato", stored="starts")]
    until: Annotated[str | None, day_column("slut", stored="ends")] = None
    reason: Annotated[str | None, columns.reason_column()] = None


def _add_pause(context: CommandContext, row: PauseRow) -> int:
    match = matches.match_of(context.store, row.person, row.volunteer, row.date, "date")
    return proposals.import_pause(context.store, match.id, row.date, row.until, row.reason)


PAUSES = RowType(
    "pauses",
    PauseRow,
    ("person", "volunteer", "date"),
    _add_pause,
    joined="JOIN matches ON matches.id = match_id",
    twins=True,
    once=True,
)


class PairMeetingRow(NamedTuple):
    """A meeting of the two of a match. `volunteer`: the Hjerteven, if it is not the one of that day."""

    person: Annotated[Person, columns.person_column(stored="matches.person_id")]
    date: Annotated[str | None, day_column("dato", help="The day; left out: today.")] = None
    hours: Annotated[float | None, Column("timer", read_hours, help="How many hours, like 2.5.", metavar="H")] = None
    note: Annotated[str | None, columns.note_column()] = None
    volunteer: Annotated[Person | None, columns.person_column("frivillig", stored="matches.volunteer_id")] = None


PAIR_MEETINGS = RowType(
    "pair_meetings",
    PairMeetingRow,
    ("person", "date"),
    add_by(add_pair_meeting),
    joined="JOIN matches ON matches.id = match_id",
    refine=("hours", "volunteer"),
    twins=True,
    once=True,
)
