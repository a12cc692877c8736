"""`husrum suggestion` and `husrum quote`: what young people say."""

from typing import Annotated

from ..domain.outcomes import voices
from ..domain.row_numbers import number_of
from ..i18n import N_, _
from ..input.dates import today
from ..input.numbers import read_row_number
from ..render.listing import Listing, read_format
from ..rowtypes.outcomes import QUOTES, SUGGESTIONS, QuoteRow, SuggestionRow
from ..rowtypes.typed import TypedOptions
from ..vocabulary import SUGGESTION_OUTCOME
from .app import list_options
from .column_options import takes
from .context import open_file, reading, writing
from .corrections import changed_text, outcome_text
from .declarations import Argument, Noun, Option
from .lists import show
from .options import DATE_OPTION, FORCE_OPTION, FORMAT_OPTION, NOTE_OPTION, read_day, read_given_note, read_outcome

suggestion_app = Noun("Suggestions of young people, and what came of them.")
quote_app = Noun("Words of young people who agreed that they are used.")
_NUMBER = Annotated[str, Argument(metavar="N", help="Its number in the list.")]


@suggestion_app.command("add")
@takes(SUGGESTIONS, "event", "date")
def add_suggestion(
    text: Annotated[str, Argument(metavar="TEXT", help="What is suggested.")],
    typed: TypedOptions[SuggestionRow],
    force: FORCE_OPTION = False,
) -> None:
    """Young people suggest something."""
    typed = typed.with_options({"text": text})
    with writing("suggestion add", force) as context:
        id = SUGGESTIONS.add(context, typed.row(context, date=today()))
        number = number_of(context.store, "suggestions", id)
        context.confirm(_("Suggestion {number} recorded. See: husrum suggestion list", number=number))


@suggestion_app.command("resolve")
def resolve(
    number: _NUMBER,
    outcome: Annotated[str, Argument(metavar="OUTCOME", help="What came of it: {suggestion_outcome}; none: not known yet.")],
    date: DATE_OPTION = None,
    note: NOTE_OPTION = None,
    force: FORCE_OPTION = False,
) -> None:
    """What came of a suggestion."""
    code = read_outcome(outcome, SUGGESTION_OUTCOME)
    chosen, day, given = read_row_number(number, "number"), read_day(date), read_given_note(note)
    with writing("suggestion resolve", force) as context:
        changes = voices.resolve_suggestion(context.store, context.rules, chosen, code, day, given)
        came = outcome_text(SUGGESTIONS, SUGGESTION_OUTCOME, code, changes, "resolved")
        context.confirm(_("Suggestion {number}: {outcome}. See: husrum suggestion list", number=chosen, outcome=came))


@suggestion_app.command("edit")
@takes(SUGGESTIONS, "text", "event", "date", "note", help={"date": N_("The right day.")})
def edit_suggestion(number: _NUMBER, typed: TypedOptions[SuggestionRow], force: FORCE_OPTION = False) -> None:
    """Correct a suggestion."""
    chosen = read_row_number(number, "number")
    with writing("suggestion edit", force) as context:
        changes = voices.edit_suggestion(context.store, context.rules, chosen, typed.changes(context))
        text = changed_text(SUGGESTIONS, changes)
        context.confirm(_("Suggestion {number}: {changes}. See: husrum suggestion list", number=chosen, changes=text))


@suggestion_app.command("remove")
def remove_suggestion(number: _NUMBER) -> None:
    """Remove a suggestion."""
    chosen = read_row_number(number, "number")
    with writing("suggestion remove") as context:
        voices.remove_voice(context.store, "suggestions", voices.find_suggestion(context.store, chosen))
        context.confirm(_("Suggestion {number} removed. Back with: husrum undo", number=chosen))


@suggestion_app.command("list", shows=list_options)
def list_suggestions(
    open_: Annotated[bool, Option("--open", help="Only those without an outcome.")] = False, format: FORMAT_OPTION = "table"
) -> None:
    """The suggestions, and what came of them."""
    format = read_format(format)
    with open_file() as store:
        records = [record for record in voices.suggestion_records(store) if not open_ or record["outcome"] is None]
    columns = {
        "number": _("Number"),
        "date": _("Date"),
        "text": _("Suggestion"),
        "event": _("Event"),
        "outcome": _("Outcome"),
        "resolved": _("Resolved"),
        "note": _("Why"),
    }
    show(Listing(columns, records), format)


@quote_app.command("add")
@takes(QUOTES, "person", "date", required=("person",))
def add_quote(
    text: Annotated[str, Argument(metavar="TEXT", help="The words.")], typed: TypedOptions[QuoteRow], force: FORCE_OPTION = False
) -> None:
    """Words of somebody who has agreed to be quoted."""
    typed = typed.with_options({"text": text})
    with writing("quote add", force) as context:
        row = typed.row(context, date=today())
        number = number_of(context.store, "quotes", QUOTES.add(context, row))
        context.confirm(_("{person}: quote {number} recorded. See: husrum quote list", person=row.person.display_name, number=number))


@quote_app.command("edit")
@takes(QUOTES, "text", "person", "date", help={"date": N_("The right day.")})
def edit_quote(number: _NUMBER, typed: TypedOptions[QuoteRow], force: FORCE_OPTION = False) -> None:
    """Correct a quote."""
    chosen = read_row_number(number, "number")
    with writing("quote edit", force) as context:
        (whose,) = context.people.with_ids([voices.find_quote(context.store, chosen)["person_id"]])
        changes = voices.edit_quote(context.store, context.rules, chosen, typed.changes(context), whose)
        context.confirm(_("Quote {number}: {changes}. See: husrum quote list", number=chosen, changes=changed_text(QUOTES, changes)))


@quote_app.command("remove")
def remove_quote(number: _NUMBER) -> None:
    """Remove a quote."""
    chosen = read_row_number(number, "number")
    with writing("quote remove") as context:
        voices.remove_voice(context.store, "quotes", voices.find_quote(context.store, chosen))
        context.confirm(_("Quote {number} removed. Back with: husrum undo", number=chosen))


@quote_app.command("list", shows=list_options)
def list_quotes(format: FORMAT_OPTION = "table") -> None:
    """The quotes, and whose they are."""
    format = read_format(format)
    with reading() as context:
        records = voices.quote_records(context.store)
    columns = {"number": _("Number"), "person": _("Person"), "name": _("Name"), "date": _("Date"), "text": _("Quote")}
    show(Listing(columns, records), format)
