"""Row types of outcomes: measurements, personal goals, suggestions and quotes."""

from typing import Annotated, NamedTuple

from ..domain.activities.activities import Activity
from ..domain.outcomes import goals, measures, voices
from ..domain.people.lookup import Person
from ..errors import WrongInput
from ..i18n import _
from ..input.numbers import read_row_number
from ..input.text import read_note
from ..input.yes_no import read_yes
from ..vocabulary import GOAL_OUTCOME, INSTRUMENT, SUGGESTION_OUTCOME
from . import columns
from .columns import Column, code_reader, day_column
from .context import CommandContext
from .rowtype import RowType, StoredRow, add_by


def read_items(text: str, field: str) -> str:
    """Read answers to the items of an instrument, as they are stored: `3,2,3`, and nothing between two commas for one left out.

    Raises `WrongInput`, whose message does not repeat them.
    """
    parts = [part.strip() for part in text.replace(";", ",").split(",")]
    if any(part and not (part.isascii() and part.isdecimal() and len(part) < 3) for part in parts):
        raise WrongInput(_("{field}: write the numbers with commas between them, like 1,2,3.", field=field), field)
    return ",".join(str(int(part)) if part else "" for part in parts)


def text_column(danish: str, help: str) -> Column:
    """Return a column with words of young people, which are never repeated in a message."""
    return Column(danish, read_note, help=help, private=True)


def number_column() -> Column:
    """Return the number by which a row is named; None: the next."""
    return Column("nummer", read_row_number, metavar="N", sparse=True)


class MeasureRow(NamedTuple):
    """An instrument that was answered item by item, or not."""

    person: Annotated[Person, columns.person_column()]
    date: Annotated[str, day_column("dato", help="The day; left out: today.")]
    instrument: Annotated[str, Column("instrument", code_reader(INSTRUMENT), help="{instrument}", metavar="CODE")] = "tils"
    items: Annotated[
        str | None,
        Column(
            "svar",
            read_items,
            help="The answers in order, like 3,2,3; left out: asked for, each on a screen of its own.",
            metavar="LIST",
            private=True,
        ),
    ] = None
    declined: Annotated[bool, Column("vil ikke oplyse", read_yes, own=False)] = False
    not_asked: Annotated[bool, Column("ikke spurgt", read_yes, own=False)] = False

    @property
    def non_answer(self) -> str | None:
        """The reason why there are no answers."""
        return "declined" if self.declined else "not_asked" if self.not_asked else None


class _Measures(RowType[MeasureRow]):
    def may_fill(self, name: str, stored: StoredRow[MeasureRow]) -> bool:
        """Whether a column may be filled in: none of a stored measurement."""
        return False


def _add_measure(context: CommandContext, row: MeasureRow) -> int:
    if row.declined and row.not_asked:
        raise WrongInput(_("declined: it is one or the other, declined or not asked."), "declined")
    return measures.add_measure(context.store, context.rules, row.person, row.instrument, row.date, row.items, row.non_answer)


def _non_answers(context: CommandContext) -> dict[int, dict[str, bool]]:
    rows = context.store.connection.execute("SELECT id, non_answer FROM measures WHERE non_answer IS NOT NULL")
    return {id: {non_answer: True} for id, non_answer in rows}


MEASURES = _Measures("measures", MeasureRow, ("person", "instrument", "date"), _add_measure, more=_non_answers)


class GoalRow(NamedTuple):
    """A personal goal, and its outcome. Of somebody who was anonymised it has no text."""

    person: Annotated[Person, columns.person_column()]
    text: Annotated[str | None, text_column("mål", help="What the goal is.")] = None
    group: Annotated[Activity | None, columns.group_column(help="The group in which it was set.")] = None
    date: Annotated[str | None, day_column("dato", help="When it was set; left out: today.")] = None
    outcome: Annotated[str | None, Column("udfald", code_reader(GOAL_OUTCOME), metavar="reached|partly|not")] = None
    marked: Annotated[str | None, day_column("vurderet")] = None
    number: Annotated[int | None, number_column()] = None


def _add_goal(context: CommandContext, row: GoalRow) -> int:
    if row.text is None and row.person.name is not None:
        raise WrongInput(_("{field}: a value is needed here.", field="text"), "text")
    return goals.set_goal(context.store, context.rules, row.person, row.text, row.group, row.date, row.outcome, row.marked, row.number)


GOALS = RowType("goals", GoalRow, ("person", "text", "group", "date"), _add_goal, period=("date", "marked"), twins=True, once=True)


class SuggestionRow(NamedTuple):
    """A suggestion of young people, with its outcome."""

    text: Annotated[str, text_column("forslag", help="What is suggested.")]
    event: Annotated[
        Activity | None, Column("arrangement", help="The event where it was made.", metavar="E12", refers="event", stored="activity_id")
    ] = None
    date: Annotated[str | None, day_column("dato", help="When it was made; left out: today.")] = None
    outcome: Annotated[str | None, Column("udfald", code_reader(SUGGESTION_OUTCOME), metavar="adopted|declined|later")] = None
    resolved: Annotated[str | None, day_column("afgjort")] = None
    note: Annotated[str | None, columns.note_column()] = None
    number: Annotated[int | None, number_column()] = None


SUGGESTIONS = RowType(
    "suggestions",
    SuggestionRow,
    ("text", "event", "date"),
    add_by(voices.add_suggestion),
    period=("date", "resolved"),
    twins=True,
    once=True,
)


class QuoteRow(NamedTuple):
    """Words of somebody who agreed that they are used."""

    text: Annotated[str, text_column("citat", help="The words.")]
    person: Annotated[Person, columns.person_column(help="Whose words they are.")]
    date: Annotated[str | None, day_column("dato", help="When they were said; left out: today.")] = None
    number: Annotated[int | None, number_column()] = None


QUOTES = RowType("quotes", QuoteRow, ("text", "person", "date"), add_by(voices.add_quote), twins=True, once=True)
