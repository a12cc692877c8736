"""`husrum target`: what was promised for a period, and how far it has come."""

from typing import Annotated, Any

from ..domain.corrections import Change
from ..domain.figures.registry import find_figure, label_of
from ..domain.money import targets
from ..domain.row_numbers import number_of
from ..i18n import _, pgettext
from ..input.numbers import read_row_number
from ..render.listing import Listing, read_format
from ..rowtypes.targets import TARGETS, TargetRow
from ..rowtypes.typed import TypedOptions
from ..vocabulary import TARGET_OUTCOME
from .app import Parameters, list_options
from .column_options import takes
from .context import open_file, writing
from .corrections import changed_text, outcome_text
from .declarations import Argument, Noun, Option
from .lists import show
from .options import FORMAT_OPTION, NOTE_OPTION, read_given_note, read_outcome

target_app = Noun("Targets of a period, and how far they have come.")
_NUMBER = Annotated[str, Argument(metavar="N", help="Its number in the list.")]
_BAR = 10


@target_app.command("add")
@takes(TARGETS, "period", "text", "grant", "why", required=("period",))
def add(
    typed: TypedOptions[TargetRow],
    key: Annotated[str | None, Argument(metavar="[KEY]", help="The figure, like visits.")] = None,
    value: Annotated[str | None, Argument(metavar="[VALUE]", help="The number to reach; of a share in per cent.")] = None,
) -> None:
    """A number to reach of a figure, or words."""
    typed = typed.with_options({"key": key, "value": value})
    with writing("target add") as context:
        number = number_of(context.store, "targets", TARGETS.add(context, typed.row(context)))
        context.confirm(_("Target {number} recorded. See: husrum target list", number=number))


@target_app.command("mark")
def mark(
    number: _NUMBER,
    outcome: Annotated[str, Argument(metavar="OUTCOME", help="What came of it: {target_outcome}; none: not known yet.")],
    note: NOTE_OPTION = None,
) -> None:
    """What came of a target."""
    code = read_outcome(outcome, TARGET_OUTCOME)
    chosen, given = read_row_number(number, "number"), read_given_note(note)
    with writing("target mark") as context:
        came = outcome_text(TARGETS, TARGET_OUTCOME, code, targets.mark_target(context.store, chosen, code, given))
        context.confirm(_("Target {number}: {outcome}. See: husrum target list", number=chosen, outcome=came))


@target_app.command("edit")
@takes(TARGETS, "key", "value", "period", "text", "grant", "why", "note")
def edit(number: _NUMBER, typed: TypedOptions[TargetRow]) -> None:
    """Correct a target."""
    chosen = read_row_number(number, "number")
    with writing("target edit") as context:
        key = targets.find_target(context.store, chosen)["key"]
        changes = [_read(change, key) for change in targets.edit_target(context.store, chosen, typed.changes(context))]
        context.confirm(_("Target {number}: {changes}. See: husrum target list", number=chosen, changes=changed_text(TARGETS, changes)))


def _read(change: Change, key: str | None) -> Change:
    """Return a change of a figure by its name, and of a number as it is read."""
    texts = [
        label_of(find_figure(value))
        if change.column == "key" and value
        else targets.target_number_text(key, value)
        if change.column == "value"
        else value
        for value in (change.before, change.after)
    ]
    return Change(change.column, *texts)


@target_app.command("remove")
def remove(number: _NUMBER) -> None:
    """Remove a target."""
    chosen = read_row_number(number, "number")
    with writing("target remove") as context:
        targets.remove_target(context.store, chosen)
        context.confirm(_("Target {number} removed. Back with: husrum undo", number=chosen))


@target_app.command("list", shows=list_options)
def list_targets(
    period: Annotated[str | None, Option("--period", metavar="PERIOD", help="Only those of this period.")] = None,
    format: FORMAT_OPTION = "table",
) -> None:
    """The targets: the value now, the one expected by today, the target, and what came of it."""
    format = read_format(format)
    with open_file() as store:
        records = targets.target_records(store, period)
    columns = {
        **({"branch": _("Branch")} if any("branch" in record for record in records) else {}),
        "number": _("Number"),
        "key": _("Figure"),
        "period": _("Period"),
        "now": _("Now"),
        "expected": _("Expected"),
        "value": _("Target"),
        "bar": "",
        "outcome": _("Outcome"),
        "grant": _("Grant"),
        "text": _("In words"),
        "why": _("Why"),
    }
    if format == "table":
        records = [_in_words(record) for record in records]
    if format != "table" or Parameters.listing.to:  # a bar is for the screen
        del columns["bar"]
    if format != "table":
        columns |= {"note": pgettext("heading", "Note")}
    show(Listing(columns, [{name: record.get(name) for name in columns} for record in records]), format)


def _in_words(record: dict[str, Any]) -> dict[str, Any]:
    """Return a target with its figure's name, its shares in per cent, and a bar of how far it has come."""
    if record["key"] is None:
        return record
    numbers = {
        name: targets.target_number_text(record["key"], record[name]) for name in ("now", "expected", "value") if record[name] is not None
    }
    filled = min(_BAR, int(_BAR * (record["now"] or 0) / record["value"])) if record["value"] else _BAR
    named = find_figure(record["key"])
    return {
        **record,
        **(numbers if targets.is_share(record["key"]) else {}),
        "key": label_of(named),
        "bar": "█" * filled + "░" * (_BAR - filled),
    }
