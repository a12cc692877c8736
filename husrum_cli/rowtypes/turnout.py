"""Attendance columns shared by meetings, events and their days, with how they are read back and compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from ..domain.activities.attendance import Turnout
from ..domain.people.lookup import Person
from ..domain.rules import Rules
from ..i18n import _
from ..input.dates import today
from ..input.numbers import read_count
from ..input.yes_no import read_yes
from .columns import Column, group_of_columns, people_column
from .context import CommandContext

_COLUMNS = {
    "present": people_column(
        "til stede",
        metavar="LIST",
        help="Who came: 17,19-22,anna h",
        other_headings=("deltagere", "fremmødte", "hvem", "hvem kom", "hvem var med", "hvem deltog", "navne", "deltagernavne", "deltager"),
    ),
    "volunteers": people_column("frivillige", help="Who was there as a volunteer; none: nobody."),
    "unnamed": Column(
        "uden navn",
        read_count,
        help="How many more came, whose names you don't know.",
        metavar="N",
        empty=0,
        other_headings=("gæster", "antal uden navn", "deltagere uden navn", "unge uden navn", "andre", "anonyme"),
    ),
    # The parts people had, in exports of older versions.
    "as_participant": people_column("som deltager"),
    "as_volunteer": people_column("som frivillig"),
}
_EXCUSED = people_column("afbud", help="Who had said they would not come.")
# Of an event only its attendance sheet says who was excused.
TURNOUT = group_of_columns(Turnout, **_COLUMNS, excused=_EXCUSED._replace(sparse=True))
MEETING_TURNOUT = group_of_columns(Turnout, **_COLUMNS, excused=_EXCUSED)
_CANCELLED = r"(?i)\b(?:aflyst|cancell?ed)\b"
PLANNED = Column("planlagt", read_yes, own=False)
CANCELLED = Column("aflyst", read_yes, own=False)
LISTS = ("present", "volunteers", "as_participant", "as_volunteer")


if TYPE_CHECKING:  # a protocol takes a millisecond to make

    class Occasion(Protocol):
        """A row that says who came."""

        @property
        def turnout(self) -> Turnout:
            """Return the attendance, with None for each list that was not given."""

        @property
        def planned(self) -> bool | None:
            """Whether it has yet to be recorded."""

        @property
        def cancelled(self) -> bool | None:
            """Whether it did not take place."""

    class DatedOccasion(Occasion, Protocol):
        """A row that says who came on a day."""

        @property
        def date(self) -> str:
            """Return the day."""


class StoredDay(NamedTuple):
    """A session as it is stored. `turnout`: as people were named."""

    id: int
    activity: int
    date: str
    state: str
    corrected: bool
    theme: str | None
    note: str | None
    turnout: Turnout

    @property
    def is_recorded(self) -> bool:
        """Whether it says who came: it was held, or cancelled after somebody was recorded."""
        return self.state == "held" or (self.state == "cancelled" and any(self.turnout))

    @property
    def shared_values(self) -> tuple[Any, ...]:
        """Return the values that must be equal for two days of an event to share a row."""
        return self.state, *(each if isinstance(each, int) else frozenset(ids(each)) for each in self.turnout)


def stored_days(context: CommandContext, letter: str) -> list[StoredDay]:
    """Return the sessions of the groups (G) or events (E), by activity and date."""
    lists = _stored_lists(context, letter)
    sql = """SELECT sessions.id, activity_id, date, state, corrected, theme, sessions.note, unnamed FROM sessions
        JOIN activities ON activities.id = activity_id WHERE ref GLOB ? || '*' ORDER BY activity_id, date"""
    return [
        StoredDay(id, activity, date, state, bool(corrected), theme, note, Turnout(unnamed=unnamed, **lists.get(id, {})))
        for id, activity, date, state, corrected, theme, note, unnamed in context.store.connection.execute(sql, (letter,))
    ]


def _stored_lists(context: CommandContext, letter: str) -> dict[int, dict[str, tuple[Person, ...]]]:
    """Return session -> its lists, as people were named in them."""
    found: dict[int, dict[str, list[Person]]] = {}
    sql = """SELECT session_id, person_id, named_as FROM attendance JOIN sessions ON sessions.id = session_id
        JOIN activities ON activities.id = activity_id WHERE ref GLOB ? || '*' ORDER BY session_id, person_id"""
    for session, id, named_as in context.store.connection.execute(sql, (letter,)):
        found.setdefault(session, {}).setdefault(named_as, []).append(context.people.by_id[id])
    return {
        session: {column: tuple(sorted(each, key=lambda person: person.number)) for column, each in lists.items()}
        for session, lists in found.items()
    }


def occasion_state(row: Occasion) -> str:
    """Return `planned`, `held` or `cancelled`."""
    return "cancelled" if row.cancelled else "planned" if row.planned else "held"


def imported_state(row: DatedOccasion) -> str:
    """Return the state of an occasion in a file: one to come of which nothing is recorded is only planned, whatever else its row says."""
    state = occasion_state(row)
    return "planned" if state == "held" and row.date > today() and not records_something(row) else state


def records_something(row: Occasion) -> bool:
    """Whether a row says of anybody that they came, or did not."""
    return any(row.turnout) or getattr(row, "absent", None) is not None


def warn_if_planned(rules: Rules, row: DatedOccasion) -> None:
    """Say that an occasion is only planned, if its row doesn't say so itself."""
    if not row.planned:
        rules.warn(_("{date} has not come yet and nobody is recorded, so it is only planned.", date=row.date))


def warn_if_cancelled_in_words(rules: Rules, row: DatedOccasion, what: str, *texts: str | None) -> None:
    """Say that an occasion is taken for held although one of its texts says it was cancelled, and nobody is recorded."""
    if row.cancelled is None and not any(row.turnout) and any(re.search(_CANCELLED, text or "") for text in texts):
        words = {"what": what, "date": row.date}
        rules.warn(
            _(
                "{what}, {date}: was recorded as held, though its text says it was cancelled. If it was, say so in a column “cancelled”.",
                **words,
            )
        )


def ids(people: Iterable[Person] | None) -> set[int]:
    """Return the ids of people."""
    return {person.id for person in people or ()}


def everyone(turnout: Turnout, names: Iterable[str] = LISTS) -> set[int]:
    """Return the ids of everybody in these lists."""
    found: set[int] = set()
    for name in names:
        found |= ids(getattr(turnout, name))
    return found


def turnout_differs(name: str, stored: Occasion, row: Occasion, by_themselves: set[int], by_absence: set[int] | None = None) -> bool:
    """Whether a row contradicts what is stored of an occasion in one of the columns `cancelled`, `excused`, `unnamed` and the lists.

    Who came is compared as a whole, since what they were there as follows from other rows.

    by_themselves: the leaders of the day, who are there without being named. by_absence: who came according to `absent`; None: it was not given.
    """
    state, given, known = occasion_state(stored), row.turnout, stored.turnout
    if name == "cancelled":
        return bool(row.cancelled) and state == "held"
    if name == "unnamed":
        return (given.unnamed or 0) != (known.unnamed or 0)
    if name == "excused":
        return state == "held" and ids(given.excused) - everyone(known) != ids(known.excused)
    if state == "planned" or (state == "cancelled" and not row.cancelled):
        return True
    came = everyone(known, ("present", "as_participant"))
    helped = everyone(known, ("volunteers", "as_volunteer"))
    named = everyone(given) | (by_absence or set())
    if given.volunteers is None:
        named |= by_themselves & (came | helped)
    participants = given.present is not None or given.as_participant is not None or by_absence is not None
    volunteers = given.volunteers is not None or given.as_volunteer is not None
    return bool(named - came - helped or (participants and came - named) or (volunteers and helped - named))
