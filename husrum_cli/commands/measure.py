"""`husrum measure`: an instrument answered now and again later, so that change can be seen."""

from typing import TYPE_CHECKING, Annotated

from ..domain.outcomes import measures
from ..domain.people.drafts import MEASURE_COMMANDS, forget_draft
from ..domain.people.lookup import Person
from ..errors import Refused, WrongInput
from ..i18n import N_, _, language
from ..input.dates import read_date, today
from ..input.text import clears
from ..render.listing import Listing, read_format
from ..rowtypes.departures import CONSENTS, ConsentRow
from ..rowtypes.outcomes import MEASURES, MeasureRow
from ..rowtypes.typed import TypedOptions
from ..vocabulary import INSTRUMENTS, translation
from .app import interactive, list_options
from .column_options import takes
from .context import reading, writing
from .corrections import changed_text
from .declarations import Noun, Option
from .forms.drafts import name_drafts
from .lists import show
from .options import DATE_OPTION, FORCE_OPTION, FORMAT_OPTION, PERSON, read_day
from .reminders import suggest_reminder

if TYPE_CHECKING:
    from .forms.measuring import AnsweredItems

measure_app = Noun("Measurements: T-ILS and WHO-5, answered twice.")
_WHICH = {"date": N_("The day as it is recorded.")}
_DECLINED = Annotated[bool, Option("--declined", help="They would not answer.")]
_NOT_ASKED = Annotated[bool, Option("--not-asked", help="They were not asked.")]
_SHOWN = ("items", "score")
_ANSWERS = {"svar": "items", "answers": "items"}  # as the columns are headed


def _with_non_answer(typed: TypedOptions[MeasureRow], declined: bool, not_asked: bool) -> TypedOptions[MeasureRow]:
    return typed.with_options({"declined": "yes" if declined else None, "not_asked": "yes" if not_asked else None})


@measure_app.command("add")
@takes(MEASURES, "instrument", "date", "items", defaults={"instrument": "tils"})
def add(
    person: PERSON, typed: TypedOptions[MeasureRow], declined: _DECLINED = False, not_asked: _NOT_ASKED = False, force: FORCE_OPTION = False
) -> None:
    """Record the answers to an instrument, or that there are none. At a terminal each item is asked for on a screen of its own."""
    typed = _with_non_answer(typed, declined, not_asked)
    answered = None
    if not {"items", "declined", "not_asked"} & set(typed.names):
        if not interactive():
            raise WrongInput(_("items: give the answers with --items, or say --declined or --not-asked."), "items")
        who, answered = _asked(person, typed)
        person = str(who.number)
        typed = typed.with_options({"items": answered.items, "date": answered.date})
    with writing("measure add", force) as context:
        row = typed.row(context, person=context.people.find_one(person), date=today())
        if answered:
            forget_draft(context.store, answered.draft)
            if answered.agreed:
                CONSENTS.add(context, ConsentRow(row.person, "health_data", row.date))
        else:
            name_drafts(context, MEASURE_COMMANDS[row.instrument], row.person)
        MEASURES.add(context, row)
        instrument = INSTRUMENTS[row.instrument]
        context.confirm(
            _(
                "{person}: {instrument} of {date} recorded. See: husrum measure list {number}",
                person=row.person.display_name,
                instrument=translation(instrument.code, language()),
                date=row.date,
                number=row.person.number,
            )
        )
        suggest_reminder(context, row.person, measures.are_alarming(row.instrument, row.items))


def _asked(person: str, typed: TypedOptions[MeasureRow]) -> tuple[Person, "AnsweredItems"]:
    """Ask for the consent to keep the items if there is none, then for the items. What would be refused is refused before."""
    from .forms.drafts import naming_drafts
    from .forms.measuring import ask_items

    instrument, day = typed.values["instrument"], typed.values.get("date") or today()
    with reading() as context:
        who = context.people.find_one(person)
        _home = context.store.home  # a national file has none
        with naming_drafts(context.store, MEASURE_COMMANDS[instrument], who):
            if measures.find_measure(context.store, who, instrument, day) is not None:
                raise Refused(
                    _("date: {person} has a measurement of that day already. See: husrum measure list {number}",
                      person=who.display_name, number=who.number), "date",
                )  # fmt: skip
        consent_missing = not measures.has_consent(context.store, who, day)
    answered = ask_items(INSTRUMENTS[instrument], who, day, "date" in typed, consent_missing)
    if answered.items is None:
        raise Refused(_("{person}: without the consent the answers are not kept. Instead: --declined", person=who.display_name))
    return who, answered


@measure_app.command("due", shows=list_options)
def due(date: DATE_OPTION = None, format: FORMAT_OPTION = "table") -> None:
    """Who was measured once and is to be asked again: 90 days after the first time. What is answered from day 70 on counts."""
    format = read_format(format)
    day = read_day(date)
    with reading() as context:
        records = measures.due_measures(context.store, day)
    columns = {"person": _("Number"), "name": _("Name"), "instrument": _("Instrument"), "baseline": _("First time"), "due": _("Due since")}
    show(Listing(columns, records), format)


@measure_app.command("list", shows=list_options)
def list_measures(
    person: PERSON,
    show_: Annotated[str | None, Option("--show", metavar="items,score", help="Show the answers or the score too.")] = None,
    format: FORMAT_OPTION = "table",
) -> None:
    """When somebody was measured; with --show also what came of it."""
    format = read_format(format)
    shown = [_ANSWERS.get(part, part) for part in map(str.strip, (show_ or "").casefold().split(",")) if part and not clears(part)]
    if unknown := [part for part in shown if part not in _SHOWN]:
        raise WrongInput(_("show: “{text}” is neither items nor score.", text=unknown[0]), "show")
    with reading() as context:
        found = measures.measures_of(context.store, context.people.find_one(person))
    columns = {"date": _("Date"), "instrument": _("Instrument"), "non_answer": _("Not answered")}
    more = {"items": _("Answers"), "score": _("Score")}
    columns |= {name: more[name] for name in shown}
    show(Listing(columns, [{name: record[name] for name in columns} for record in found]), format)


@measure_app.command("edit")
@takes(MEASURES, "instrument", "date", "items", required=("instrument", "date"), help=_WHICH)
def edit(
    person: PERSON,
    typed: TypedOptions[MeasureRow],
    declined: _DECLINED = False,
    not_asked: _NOT_ASKED = False,
    new_date: Annotated[str | None, Option("--new-date", metavar="DATE", help="The day it really was.")] = None,
    force: FORCE_OPTION = False,
) -> None:
    """Correct a measurement."""
    if "items" in typed.cleared:
        raise WrongInput(_("{field}: a value is needed here.", field="items"), "items")
    typed = _with_non_answer(typed, declined, not_asked)
    moved = None if new_date is None else read_date(new_date, "new_date")
    with writing("measure edit", force) as context:
        row = typed.row(context, person=context.people.find_one(person))
        changes = measures.edit_measure(
            context.store, context.rules, row.person, row.instrument, row.date, moved, row.items, row.non_answer
        )
        context.confirm(
            _(
                "{person}, {instrument} of {date}: {changes}. See: husrum measure list {number}",
                person=row.person.display_name,
                instrument=translation(INSTRUMENTS[row.instrument].code, language()),
                date=row.date,
                changes=changed_text(MEASURES, changes),
                number=row.person.number,
            )
        )


@measure_app.command("remove")
@takes(MEASURES, "instrument", "date", required=("instrument", "date"), help=_WHICH)
def remove(person: PERSON, typed: TypedOptions[MeasureRow]) -> None:
    """Remove a measurement."""
    with writing("measure remove") as context:
        row = typed.row(context, person=context.people.find_one(person))
        measures.remove_measure(context.store, row.person, row.instrument, row.date)
        context.confirm(
            _(
                "{person}: {instrument} of {date} removed. Back with: husrum undo",
                person=row.person.display_name,
                instrument=translation(INSTRUMENTS[row.instrument].code, language()),
                date=row.date,
            )
        )
