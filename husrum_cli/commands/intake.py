"""`husrum intake`: enquiries and interviews."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..domain.people import intakes
from ..domain.views import lists
from ..errors import UnusableFile, WrongInput
from ..i18n import _, language, pgettext
from ..input.dates import today
from ..render.listing import Listing, read_format
from ..rowtypes.columns import Values, read_typed
from ..rowtypes.people import intake as intake_of
from ..rowtypes.rowtype import resolve
from ..vocabulary import QUESTIONS, label, translated
from .app import Command, form_wanted, noun
from .context import DATE_OPTION, FORMAT_OPTION, NOTE_OPTION, reading, writing
from .lists import show
from .options import BORN, CALLED, EMAIL, GENDER, NUMBER, PERSON_OPTION, PHONE

if TYPE_CHECKING:
    from ..domain.people.lookup import Person
    from ..rowtypes.context import Book

intake_app = noun("Enquiries and intake interviews.")
_Text = str | None
_Several = list[str] | None
SOURCE = Annotated[_Text, typer.Option("--source", metavar="CODE", help="How they found HUSRUM: municipal, headspace, relative, …")]
REFERRED_BY = Annotated[_Text, typer.Option("--referred-by", metavar="TEXT", help="Who referred them, such as Åben Fleksibel Rådgivning.")]
MOTIVE = Annotated[
    _Several, typer.Option("--motive", metavar="CODE", help="loneliness, lacking_network, social_difficulties, other; may be repeated")
]
WISH = Annotated[_Several, typer.Option("--wish", metavar="CODE", help="group, events, befriending; may be repeated")]
OFFERED = Annotated[_Several, typer.Option("--offered", metavar="CODE", help="group, events, befriending; may be repeated")]
MUNICIPALITY = Annotated[_Text, typer.Option("--municipality", metavar="TEXT", help="Where they live.")]
OCCUPATION = Annotated[_Text, typer.Option("--occupation", metavar="CODE", help="student_higher, unemployed, sick_leave, flexjob, …")]
DIAGNOSIS = Annotated[_Several, typer.Option("--diagnosis", metavar="CODE", help="none, depression, anxiety, autism, …; may be repeated")]
TREATMENT = Annotated[_Text, typer.Option("--treatment", metavar="CODE", help="never, past, current")]
SUICIDAL = Annotated[_Text, typer.Option("--suicidal-thoughts", metavar="CODE", help="never, past, current")]
LONELINESS = Annotated[_Text, typer.Option("--loneliness", metavar="CODE", help="none, mild, moderate, severe")]
ASK = Annotated[bool, typer.Option("--ask", help="Ask for the answers, one question a line, so that none stands in the shell's history.")]
ANSWERS = Annotated[
    _Text,
    typer.Option("--answers", metavar="FILE|-", help="Read answers from a file or standard input, a line each: diagnosis: anxiety, autism"),
]


@intake_app.command("add", cls=Command)
def add(
    name: Annotated[_Text, typer.Argument(metavar="NAME", help="Their full name.")] = None,
    person: PERSON_OPTION = None,
    called: CALLED = None,
    born: BORN = None,
    enquired: Annotated[
        _Text,
        typer.Option("--enquired", metavar="DATE|unknown", help="When they turned to HUSRUM; left out: today, or the interview's day."),
    ] = None,
    held: Annotated[_Text, typer.Option("--held", metavar="DATE", help="When the interview was held.")] = None,
    ref: NUMBER = None,
    source: SOURCE = None,
    referred_by: REFERRED_BY = None,
    motive: MOTIVE = None,
    wish: WISH = None,
    offered: OFFERED = None,
    gender: GENDER = None,
    municipality: MUNICIPALITY = None,
    occupation: OCCUPATION = None,
    diagnosis: DIAGNOSIS = None,
    treatment: TREATMENT = None,
    suicidal_thoughts: SUICIDAL = None,
    loneliness: LONELINESS = None,
    phone: PHONE = None,
    email: EMAIL = None,
    note: NOTE_OPTION = None,
    ask_answers: ASK = False,
    answers: ANSWERS = None,
) -> None:
    """An enquiry, with its interview where it was held."""
    values = read_typed(
        "intakes", name=name, person=person, called=called, born=born, enquired=enquired, held=held, ref=ref, source=source, referred_by=referred_by, motive=motive,
        wish=wish, offered=offered, gender=gender, municipality=municipality, occupation=occupation, diagnosis=diagnosis, treatment=treatment,
        suicidal_thoughts=suicidal_thoughts, loneliness=loneliness, phone=phone, email=email, note=note,
    )  # fmt: skip
    values |= _told_answers(answers)
    form = None
    if form_wanted(ask_answers, name is None and person is None):
        from .forms.interview import enquiry_form

        form = enquiry_form(values, ask_answers, _add)
        values = form.values
    elif name is None and person is None:
        raise WrongInput(_("{field} is missing.", field=_("NAME")), "name")
    with writing("intake add") as book:
        if form:
            book.same_human = lambda _twin: False  # it was asked
            form.forget(book)
        held = values.get("held")
        who, day = _add(book, values)
        book.confirm(
            _(
                "{person}: enquiry on {date}{interview}. See: husrum person show {number}",
                person=who.shown,
                date=day or _("an unknown date"),
                interview=_(", interview on {date}", date=held) if held else "",
                number=who.number,
            )
        )


def _add(book: "Book", values: Values) -> "tuple[Person, str | None]":
    """Keeps the enquiry; gives whose it is, and its day. An interview that lies back can't be older than its enquiry."""
    from ..rowtypes.registry import KINDS

    row = resolve(book, "intakes", {"enquired": min(today(), values.get("held", today())), **values})
    KINDS["intakes"].add(book, row)
    return row["person"], row["enquired"]


@intake_app.command("hold", cls=Command)
def hold(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Who was interviewed.")],
    date: DATE_OPTION = None,
    source: SOURCE = None,
    referred_by: REFERRED_BY = None,
    motive: MOTIVE = None,
    wish: WISH = None,
    offered: OFFERED = None,
    gender: GENDER = None,
    municipality: MUNICIPALITY = None,
    occupation: OCCUPATION = None,
    diagnosis: DIAGNOSIS = None,
    treatment: TREATMENT = None,
    suicidal_thoughts: SUICIDAL = None,
    loneliness: LONELINESS = None,
    note: NOTE_OPTION = None,
    ask_answers: ASK = False,
    answers: ANSWERS = None,
) -> None:
    """The interview of someone who has enquired."""
    values = read_typed(
        "intakes", held=date, source=source, referred_by=referred_by, motive=motive, wish=wish, offered=offered, gender=gender, municipality=municipality,
        occupation=occupation, diagnosis=diagnosis, treatment=treatment, suicidal_thoughts=suicidal_thoughts, loneliness=loneliness, note=note,
    )  # fmt: skip
    values |= _told_answers(answers)
    form = None
    if form_wanted(ask_answers, not values.keys() - {"held"}):
        from .forms.interview import interview_form

        with reading() as book:
            who = book.people.one(person)
            form = interview_form(book, who, values, lambda book, values: _hold(book, who, values))
        values, person = form.values, str(book.people.number(who))
    with writing("intake hold") as book:
        who = book.people.one(person)
        if form:
            form.forget(book)
        day = _hold(book, who, values)
        book.confirm(_("{person}: interview on {date}. See: husrum intake show {number}", person=who.shown, date=day, number=who.number))


def _hold(book: "Book", who: "Person", values: Values) -> str:
    day: str = values.get("held", today())
    intakes.hold_intake(book.store, book.rules, who, day, intake_of(values))
    return day


@intake_app.command("edit", cls=Command)
def edit(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Whose enquiry.")],
    on: Annotated[_Text, typer.Option("--on", metavar="DATE", help="Which enquiry, by its date; left out: the latest.")] = None,
    enquired: Annotated[_Text, typer.Option("--enquired", metavar="DATE|unknown", help="The right day of the enquiry.")] = None,
    held: Annotated[
        _Text, typer.Option("--held", metavar="DATE|none", help="The right day of the interview; none: it was not held.")
    ] = None,
    source: SOURCE = None,
    referred_by: REFERRED_BY = None,
    motive: MOTIVE = None,
    wish: WISH = None,
    offered: OFFERED = None,
    gender: GENDER = None,
    municipality: MUNICIPALITY = None,
    occupation: OCCUPATION = None,
    diagnosis: DIAGNOSIS = None,
    treatment: TREATMENT = None,
    suicidal_thoughts: SUICIDAL = None,
    loneliness: LONELINESS = None,
    note: NOTE_OPTION = None,
    ask_answers: ASK = False,
    answers: ANSWERS = None,
) -> None:
    """Correct an enquiry; what is not named stays."""
    not_held = held is not None and held.strip().casefold() in ("none", "ingen")
    values = read_typed(
        "intakes", enquired=enquired, held=None if not_held else held, source=source, referred_by=referred_by, motive=motive, wish=wish, offered=offered,
        gender=gender, municipality=municipality, occupation=occupation, diagnosis=diagnosis, treatment=treatment, suicidal_thoughts=suicidal_thoughts,
        loneliness=loneliness, note=note,
    )  # fmt: skip
    values |= _told_answers(answers)
    form = None
    if form_wanted(ask_answers, False):
        from .forms.interview import answers_form

        with reading() as book:
            who = book.people.one(person)
            form = answers_form(
                book, who, values, lambda book, values: intakes.edit_intake(book.store, book.rules, who, None, {}, intake_of(values))
            )
        values, person = form.values, str(book.people.number(who))
    dates: dict[str, str | None] = {name: value for name, value in values.items() if name in ("enquired", "held")}
    if not_held:
        dates["held"] = None
    which = read_typed("intakes", enquired=on).get("enquired") if on else None
    if not values and not dates:
        raise WrongInput(_("Nothing to change was named."))
    with writing("intake edit") as book:
        who = book.people.one(person)
        if form:
            form.forget(book)
        intakes.edit_intake(book.store, book.rules, who, which, dates, intake_of(values))
        book.confirm(_("{person}: enquiry changed. See: husrum intake show {number}", person=who.shown, number=who.number))


@intake_app.command("list", cls=Command)
def list_(
    open_: Annotated[bool, typer.Option("--open", help="Only enquiries that wait for an interview.")] = False,
    year: Annotated[_Text, typer.Option("--year", metavar="YEAR", help="Only enquiries or interviews of this year.")] = None,
    format: FORMAT_OPTION = "table",
) -> None:
    """Enquiries, the latest first."""
    from ..input.dates import read_year

    format = read_format(format)
    chosen = read_year(year) if year else None
    with reading() as book:
        records = lists.intakes(book.store, chosen, open_)
    show(
        Listing(
            {
                **lists.branch_column(records),
                "person": _("Person"),
                "name": _("Name"),
                "enquired": _("Enquired"),
                "held": _("Interview"),
                "source": translated(QUESTIONS["source"].label, language()),
            },
            records,
        ),
        format,
    )


@intake_app.command("show", cls=Command)
def show_(person: Annotated[str, typer.Argument(metavar="PERSON", help="Whose enquiries.")], format: FORMAT_OPTION = "table") -> None:
    """Everything that was told at someone's interviews."""
    format = read_format(format)
    with reading() as book:
        who = book.people.one(person)
        records = lists.intakes_of(book.store, who)
    if format == "json":
        from ..render.listing import write_json

        write_json({"person": who.number, "name": who.name, "intakes": records})
        return
    lines = [
        {"enquired": record["enquired"] or _("unknown"), "what": what, "answer": text} for record in records for what, text in _told(record)
    ]
    show(Listing({"enquired": _("Enquired"), "what": "", "answer": ""}, lines, title=who.shown), format)


def _told(record: Values) -> list[tuple[str, str]]:
    told = [(_("Interview"), record["held"] or _("not held"))]
    if record["referred_by"]:
        told.append((_("Referred by"), record["referred_by"]))
    for question in QUESTIONS.values():
        answers = record["answers"].get(question.key)
        told.append(
            (
                translated(question.label, language()),
                ", ".join(label(question.codes, code, language()) for code in answers)
                if answers
                else label(None, "not_recorded", language()),
            )
        )
    if record["note"]:
        told.append((pgettext("heading", "Note"), record["note"]))
    return told


def _told_answers(place: str | None) -> Values:
    """Answers that were not typed on the command line, but read from a file or standard input."""
    told: Values = {}
    for number, line in enumerate(_lines(place) if place is not None else (), 1):
        name, colon, text = line.partition(":")
        name = "_".join(name.replace("-", " ").lower().split())
        if not colon or name not in QUESTIONS:
            raise WrongInput(
                _(
                    "answers: line {line} is not like “diagnosis: anxiety, autism”. Known: {names}",
                    line=number,
                    names=", ".join(QUESTIONS),
                ),
                "answers",
            )
        told |= read_typed("intakes", **{name: [part for part in text.replace("|", ",").split(",") if part.strip()]})
    return told


def _lines(place: str) -> list[str]:
    try:
        text = sys.stdin.read() if place == "-" else Path(place).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=place, reason=getattr(error, "strerror", None) or "UTF-8")) from None
    return [line for line in text.splitlines() if line.strip()]
