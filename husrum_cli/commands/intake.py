"""`husrum intake`: enquiries and interviews."""

from typing import Annotated, Any

from ..domain.corrections import require_change
from ..domain.people import intakes
from ..domain.people.edit import intake_changes, remove_intake
from ..domain.people.lookup import Person
from ..domain.views import lists
from ..errors import WrongInput
from ..i18n import N_, _, field_word, language, pgettext
from ..input.dates import today
from ..render.listing import Listing, read_format
from ..rowtypes.columns import options_of
from ..rowtypes.context import CommandContext
from ..rowtypes.intakes import ANSWERS, INTAKES, UNKNOWN, IntakeRow, add_enquiry, intake_of
from ..rowtypes.typed import TypedOptions
from ..vocabulary import QUESTIONS, label, translation
from .app import interactive, list_options, wants_form
from .asking import ask_yes
from .column_options import takes
from .context import reading, say, writing
from .corrections import changed_text, clear_facts, confirm_removed, replaced_text
from .declarations import Argument, Noun, Option
from .forms.drafts import name_drafts
from .health_consent import ask_health_consent, enter_consent
from .lists import show
from .options import ASK_OPTION, DATE_OPTION, FORMAT_OPTION, MAYBE_NAME, YES_OPTION, Text, read_lines, read_removed_day
from .reminders import suggest_reminder

intake_app = Noun("Enquiries and intake interviews.")
# The interview's answers, among them who referred.
_ANSWERS = ("source", "referred_by", *(name for name in options_of(ANSWERS) if name != "source"))
ANSWERS_OPTION = Annotated[
    Text,
    Option("--answers", metavar="FILE|-", help="Read answers from a file or standard input, a line each: diagnosis: anxiety, autism"),
]


@intake_app.command("add")
@takes(INTAKES, "person", "called", "born", "enquired", "held", "ref", *_ANSWERS, "phone", "email", "note")
def add(typed: TypedOptions[IntakeRow], name: MAYBE_NAME = None, ask: ASK_OPTION = False, answers: ANSWERS_OPTION = None) -> None:
    """An enquiry, with its interview if it was held."""
    typed = typed.with_options({"name": name, **_read_answers(answers)})
    form = None
    if wants_form(ask, name is None and "person" not in typed):
        from .forms.interview import enquiry_form

        form = enquiry_form(typed, ask, _add)
        typed = form.typed
    elif name is None and "person" not in typed:
        raise WrongInput(_("{field} is missing.", field=_("NAME")), "name")
    consents = form.consents if form else ask_health_consent(typed, typed.values.get("person"))
    with writing("intake add") as context:
        if form:
            context.same_human = lambda _twin: False  # it was asked
            form.forget(context)
        who, row = _add(context, typed)
        if consents:
            enter_consent(context, who, row.held or row.enquired or today())
        words = {"person": who.display_name, "date": row.enquired or _("an unknown date"), "number": who.number}
        if row.held:
            context.confirm(_("{person}: enquiry on {date}, interview on {held}. See: husrum person show {number}", held=row.held, **words))
        else:
            context.confirm(_("{person}: enquiry on {date}. See: husrum person show {number}", **words))
        suggest_reminder(context, who, _alarming(typed))


def _alarming(typed: TypedOptions[IntakeRow]) -> bool:
    """Whether an answer was given for which somebody should be come back to soon."""
    return any({*question.alarming} & {*typed.values.get(name, ())} for name, question in QUESTIONS.items() if question.alarming)


def _add(context: CommandContext, typed: TypedOptions[IntakeRow]) -> tuple[Person, IntakeRow]:
    """Write the enquiry, and return whose it is, and the row. An interview in the past can't be older than its enquiry."""
    row = typed.row(context, enquired=min(today(), typed.values.get("held", today())))
    person = add_enquiry(context, row)[0]
    return clear_facts(context, person, INTAKES, typed), row


@intake_app.command("hold")
@takes(INTAKES, *_ANSWERS, "note")
def hold(
    person: Annotated[str, Argument(metavar="PERSON", help="Who was interviewed.")],
    typed: TypedOptions[IntakeRow],
    date: DATE_OPTION = None,
    ask: ASK_OPTION = False,
    answers: ANSWERS_OPTION = None,
) -> None:
    """The interview of someone who has enquired."""
    typed = typed.with_options({"held": date, **_read_answers(answers)})
    form = None
    if wants_form(ask, typed.names in ([], ["held"])):
        from .forms.interview import interview_form

        with reading() as context:
            who = context.people.find_one(person)
            form = interview_form(context, who, typed, lambda context, typed: _hold(context, who, typed))
        typed, person = form.typed, str(context.people.number(who))
    consents = form.consents if form else ask_health_consent(typed, person)
    with writing("intake hold") as context:
        who = context.people.find_one(person)
        if form:
            form.forget(context)
        else:
            name_drafts(context, "intake hold", who)
        enquired = intakes.open_enquiry(context.store, who)["enquired"]
        changes = intake_changes(context.store, who, enquired, typed.resolve_references(context))
        day = _hold(context, who, typed)
        if consents:
            enter_consent(context, who, day)
        words = {"person": who.display_name, "date": day, "changes": replaced_text(INTAKES, changes), "number": who.number}
        context.confirm(_("{person}: interview on {date}{changes}. See: husrum intake show {number}", **words))
        suggest_reminder(context, who, _alarming(typed))


def _hold(context: CommandContext, who: Person, typed: TypedOptions[IntakeRow]) -> str:
    row = typed.row(context)
    day = row.held or today()
    intakes.hold_intake(context.store, context.rules, who, day, intake_of(row), typed.cleared)
    return day


@intake_app.command("edit")
@takes(
    INTAKES,
    *("enquired", "held", *_ANSWERS, "note"),
    help={"enquired": N_("The right day of the enquiry."), "held": N_("The right day of the interview; none: it was not held.")},
)
def edit(
    person: Annotated[str, Argument(metavar="PERSON", help="Whose enquiry.")],
    typed: TypedOptions[IntakeRow],
    on: Annotated[
        Text, Option("--on", metavar="DATE", help="Which enquiry, by its date; unknown: the undated one; left out: the latest.")
    ] = None,
    ask: ASK_OPTION = False,
    answers: ANSWERS_OPTION = None,
) -> None:
    """Correct an enquiry; options left out change nothing."""
    typed = typed.with_options(_read_answers(answers))
    which = _read_which(on, "on")
    form = None
    if wants_form(ask, False):
        from .forms.interview import answers_form

        with reading() as context:
            who = context.people.find_one(person)
            form = answers_form(context, who, which, typed, lambda context, typed: _edit(context, who, which, typed))
        typed, person = form.typed, str(context.people.number(who))
    require_change(typed.names)
    consents = form.consents if form else ask_health_consent(typed, person)
    with writing("intake edit") as context:
        who = context.people.find_one(person)
        if form:
            form.forget(context)
        if consents:
            enter_consent(context, who, today())
        changes = intake_changes(context.store, who, which, typed.resolve_references(context))
        _edit(context, who, which, typed)
        text = changed_text(INTAKES, changes)
        context.confirm(
            _("{person}: {changes}. See: husrum intake show {number}", person=who.display_name, changes=text, number=who.number)
        )


def _edit(context: CommandContext, who: Person, on: str | None, typed: TypedOptions[IntakeRow]) -> None:
    intakes.edit_intake(context.store, context.rules, who, on, intake_of(typed.row(context)), typed.cleared)


@intake_app.command("remove")
def remove(
    person: Annotated[str, Argument(metavar="PERSON", help="Whose enquiry.")],
    enquired: Annotated[Text, Option("--enquired", metavar="DATE", help="Which enquiry, by its date; unknown: the undated one.")] = None,
) -> None:
    """Remove an enquiry that was entered by mistake, with its interview."""
    day = _read_which(enquired, "enquired")
    with writing("intake remove") as context:
        who = context.people.find_one(person)
        day = remove_intake(context.store, context.rules, who, day)
        confirm_removed(context, _("{person}, enquiry", person=who.display_name), day, f"husrum person show {who.number}")


def _read_which(text: str | None, field: str) -> str | None:
    """Return the day by which an enquiry is named: None the undated one; ANY_DAY if it was left out."""
    return None if text is not None and text.strip().casefold() in UNKNOWN else read_removed_day(text, field)


@intake_app.command("list", shows=list_options)
def list_(
    open_: Annotated[bool, Option("--open", help="Only enquiries that wait for an interview.")] = False,
    year: Annotated[Text, Option("--year", metavar="YEAR", help="Only enquiries or interviews of this year.")] = None,
    format: FORMAT_OPTION = "table",
) -> None:
    """Enquiries, the latest first."""
    from ..input.dates import read_year

    format = read_format(format)
    chosen = read_year(year) if year else None
    with reading() as context:
        records = lists.intake_records(context.store, chosen, open_)
    show(
        Listing(
            {
                **lists.branch_column(records),
                "person": _("Person"),
                "name": _("Name"),
                "enquired": _("Enquired"),
                "held": _("Interview"),
                "source": translation(QUESTIONS["source"].label, language()),
            },
            records,
        ),
        format,
    )


@intake_app.command("drafts", shows=list_options)
def drafts_(
    show_: Annotated[Text, Option("--show", metavar="N", help="What was typed in the draft with this number.")] = None,
    remove: Annotated[Text, Option("--remove", metavar="N", help="Delete the draft with this number.")] = None,
    yes: YES_OPTION = False,
    format: FORMAT_OPTION = "table",
) -> None:
    """Forms that were interrupted, and are offered when the same command is run again."""
    from ..domain.people import drafts
    from ..input.numbers import read_count

    format = read_format(format)
    if show_ is not None:
        with reading() as context:
            draft = drafts.find_draft(context.store, read_count(show_, "show", 1), "show")
        typed = [{"question": field_word(name), "text": text} for name, text in draft.typed_texts.items()]
        show(Listing({"question": _("Question"), "text": _("What was typed")}, typed), format)
        return
    if remove is not None:
        number = read_count(remove, "remove", 1)
        with reading() as context:
            found = drafts.find_draft(context.store, number, "remove")
        what = _("Draft {number}: {name} ({command}).", number=number, name=found.name, command=found.line)
        if interactive() and not yes and not ask_yes(f"{what} {_('Delete it? It can not be undone. (yes/no)')}"):
            say(_("Nothing was written."))
            return
        with reading() as context:
            gone = drafts.delete_draft(context.store, number)
        say(_("Draft {number} is deleted: {name} ({command}).", number=number, name=gone.name, command=gone.line))
        return
    with reading() as context:
        kept = drafts.all_drafts(context.store)
    records = [
        {
            "draft": each.id,
            "command": each.line,
            "person": each.person,
            "name": each.name,
            "changed": each.changed_at,
            "answers": each.answers,
        }
        for each in kept
    ]
    columns = {
        "draft": _("Number"),
        "command": _("Command"),
        "person": _("Person"),
        "name": _("Name"),
        "changed": _("Interrupted"),
        "answers": _("Answers"),
    }
    show(Listing(columns, records), format)


@intake_app.command("show")
def show_(person: Annotated[str, Argument(metavar="PERSON", help="Whose enquiries.")], format: FORMAT_OPTION = "table") -> None:
    """Show everything that someone said at their interviews."""
    format = read_format(format)
    with reading() as context:
        who = context.people.find_one(person)
        records = lists.intakes_of(context.store, who)
    if format == "json":
        from ..render.listing import write_json

        write_json({"person": who.number, "name": who.name, "intakes": records})
        return
    lines = [
        {"enquired": record["enquired"] or _("unknown"), "what": what, "answer": text}
        for record in records
        for what, text in _answer_lines(record)
    ]
    show(Listing({"enquired": _("Enquired"), "what": "", "answer": ""}, lines, title=who.display_name), format)


def _answer_lines(record: dict[str, Any]) -> list[tuple[str, str]]:
    lines = [(_("Interview"), record["held"] or _("not held"))]
    if record["referred_by"]:
        lines.append((_("Referred by"), record["referred_by"]))
    for question in QUESTIONS.values():
        answers = record["answers"].get(question.key)
        lines.append(
            (
                translation(question.label, language()),
                ", ".join(label(question.codes, code, language()) for code in answers)
                if answers
                else label(None, "not_recorded", language()),
            )
        )
    if record["note"]:
        lines.append((pgettext("heading", "Note"), record["note"]))
    return lines


def _read_answers(place: str | None) -> dict[str, list[str]]:
    """Read answers from a file or standard input: question -> texts."""
    if place is None:
        return {}
    words = {
        each.key: (each.key, field_word(each.key), each.label.danish, each.label.english, *each.headings) for each in QUESTIONS.values()
    }
    keys = {_folded(word): key for key, names in words.items() for word in names}
    answers: dict[str, list[str]] = {}
    for number, line in enumerate(read_lines(place), 1):
        name, colon, text = line.partition(":")
        if not colon or _folded(name) not in keys:
            raise WrongInput(
                _(
                    "answers: line {line} is not like “diagnosis: anxiety, autism”. Known: {names}",
                    line=number,
                    names=", ".join(field_word(key) for key in QUESTIONS),
                ),
                "answers",
            )
        answers[keys[_folded(name)]] = [part for part in text.replace("|", ",").split(",") if part.strip()]
    return answers


def _folded(name: str) -> str:
    return " ".join(name.replace("-", " ").replace("_", " ").casefold().split())
