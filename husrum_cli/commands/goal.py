"""`husrum goal`: the goals of young people, with their outcomes."""

from typing import Annotated

from ..domain.outcomes import goals
from ..domain.row_numbers import number_of
from ..i18n import N_, _
from ..input.dates import today
from ..input.numbers import read_row_number
from ..render.listing import Listing, read_format
from ..rowtypes.outcomes import GOALS, GoalRow
from ..rowtypes.typed import TypedOptions
from ..vocabulary import GOAL_OUTCOME
from .app import list_options
from .column_options import takes
from .context import reading, writing
from .corrections import changed_text, outcome_text
from .declarations import Argument, Noun, Option
from .lists import show
from .options import DATE_OPTION, FORCE_OPTION, FORMAT_OPTION, PERSON, read_day, read_outcome

goal_app = Noun("Personal goals of young people.")
_GOAL = Annotated[str | None, Option("--goal", metavar="N", help="The number of the goal; left out: the latest.")]


def _goal_number(text: str | None) -> int | None:
    return None if text is None else read_row_number(text, "goal")


@goal_app.command("set")
@takes(GOALS, "group", "date")
def set_(
    person: PERSON,
    text: Annotated[str, Argument(metavar="TEXT", help="What the goal is.")],
    typed: TypedOptions[GoalRow],
    force: FORCE_OPTION = False,
) -> None:
    """A young person sets a goal."""
    typed = typed.with_options({"text": text})
    with writing("goal set", force) as context:
        row = typed.row(context, person=context.people.find_one(person), date=today())
        number = number_of(context.store, "goals", GOALS.add(context, row))
        context.confirm(
            _("{person}: goal {goal} set. See: husrum goal list --person {number}",
              person=row.person.display_name, goal=number, number=row.person.number)
        )  # fmt: skip


@goal_app.command("mark")
def mark(
    person: PERSON,
    outcome: Annotated[str, Argument(metavar="OUTCOME", help="What came of it: {goal_outcome}; none: not known yet.")],
    goal: _GOAL = None,
    date: DATE_OPTION = None,
    force: FORCE_OPTION = False,
) -> None:
    """What came of a goal: the latest without an outcome, or the one named."""
    code = read_outcome(outcome, GOAL_OUTCOME)
    day = read_day(date)
    with writing("goal mark", force) as context:
        who = context.people.find_one(person)
        number, changes = goals.mark_goal(context.store, context.rules, who, _goal_number(goal), code, day)
        came = outcome_text(GOALS, GOAL_OUTCOME, code, changes, "marked")
        context.confirm(
            _("{person}: goal {goal} is {outcome}. See: husrum goal list --person {number}",
              person=who.display_name, goal=number, outcome=came, number=who.number)
        )  # fmt: skip


@goal_app.command("edit")
@takes(GOALS, "text", "group", "date", help={"date": N_("The right day.")})
def edit(person: PERSON, typed: TypedOptions[GoalRow], goal: _GOAL = None, force: FORCE_OPTION = False) -> None:
    """Correct a goal: the latest, or the one named."""
    with writing("goal edit", force) as context:
        who = context.people.find_one(person)
        number, changes = goals.edit_goal(context.store, context.rules, who, _goal_number(goal), typed.changes(context))
        context.confirm(
            _(
                "{person}, goal {goal}: {changes}. See: husrum goal list --person {number}",
                person=who.display_name,
                goal=number,
                changes=changed_text(GOALS, changes),
                number=who.number,
            )
        )


@goal_app.command("list", shows=list_options)
def list_goals(
    person: Annotated[str | None, Option("--person", metavar="PERSON", help="Whose goals.")] = None,
    group: Annotated[str | None, Option("--group", metavar="G1", help="Those set in a group.")] = None,
    format: FORMAT_OPTION = "table",
) -> None:
    """The goals."""
    format = read_format(format)
    with reading() as context:
        who = context.people.find_one(person) if person else None
        records = goals.goal_records(context.store, who, context.group(group) if group else None)
    columns = {
        "person": _("Number"),
        "name": _("Name"),
        "goal": _("Goal"),
        "date": _("Date"),
        "text": _("Text"),
        "group": _("Group"),
        "outcome": _("Outcome"),
        "marked": _("Marked"),
    }
    show(Listing(columns, records), format)


@goal_app.command("remove")
def remove(person: PERSON, goal: _GOAL = None) -> None:
    """Remove a goal: the latest, or the one named."""
    with writing("goal remove") as context:
        who = context.people.find_one(person)
        number = goals.remove_goal(context.store, who, _goal_number(goal))
        context.confirm(_("{person}: goal {goal} removed. Back with: husrum undo", person=who.display_name, goal=number))
