"""Enquiries and the interviews they led to."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, NamedTuple

from ..domain.people import intakes
from ..domain.people.entering import Facts, enter_person, recognise, same_fact
from ..domain.people.lookup import Person
from ..i18n import N_
from ..input.choices import read_answers
from ..input.dates import read_born, read_date
from ..input.numbers import read_count, read_row_number
from ..input.text import NONE, read_name, read_own_name
from ..vocabulary import HEALTH, QUESTIONS, Question
from . import columns
from .columns import Column, day_column, group_of_columns, read_email, read_part
from .context import CommandContext
from .rowtype import RowT, RowType, StoredRow

UNKNOWN = ("unknown", "ukendt")
ENQUIRED_HEADINGS = (
    "henvendelse",
    "henvendelsesdato",
    "første henvendelse",
    "henvendte sig",
    "kontaktet",
    "første kontakt",
    "kontaktede os",
    "kontaktdato",
    "dato for kontakt",
    "henvendt sig",
    "tidsstempel",
    "timestamp",
    "indsendt",
    "fuldførelsestidspunkt",
)
HELD_HEADINGS = (
    "forsamtale",
    "forsamtaledato",
    "indledende samtale",
    "samtaledato",
    "dato for samtale",
    "samtale afholdt",
    "afholdt samtale",
    "første samtale",
    "startsamtale",
    "opstartssamtale",
    "introsamtale",
    "visitationssamtale",
    "afklarende samtale",
)
PERSON_HELP = N_("Somebody who is in the file already.")
NUMBER_HELP = N_("Their number; left out: the next one.")


FACTS = group_of_columns(
    Facts,
    name=Column(
        "navn",
        read_own_name,
        help="Their right name.",
        other_headings=(
            *("fulde navn", "fuldt navn", "navne", "names", "hvem", "deltager", "deltagere"),
            *("ung", "unge", "den unge", "de unge", "frivillig", "frivillige", "den frivillige"),
        ),
    ),
    called=Column("kaldet", read_own_name, help="What they are called day to day.", other_headings=("kaldenavn", "kaldes", "tiltalenavn")),
    born=Column(
        "født",
        read_born,
        help="Birth date, or the year alone.",
        metavar="DATE|YEAR",
        other_headings=(
            "fødselsdato",
            "fødselsår",
            "fødselsdag",
            "fødedato",
            "født år",
            "født den",
            "årgang",
            "f.dato",
            "fødselsdag og år",
            "fødselsdato/år",
        ),
    ),
    phone=Column(
        "telefon",
        read_name,
        help="Phone number.",
        private=True,
        other_headings=(
            "tlf",
            "tlf nr",
            "tlf.nr",
            "tlf. nr",
            "tlfnr",
            "telefonnummer",
            "telefonnr",
            "telefon nr",
            "mobil",
            "mobilnummer",
            "mobilnr",
            "mobiltelefon",
            "mobiltlf",
            "mob",
        ),
    ),
    email=Column(
        "e-mail",
        read_email,
        help="E-mail address.",
        private=True,
        other_headings=("mail", "email", "mailadresse", "e-mailadresse", "e-post", "email-adresse", "mailadr"),
    ),
)

# `none` is an answer to some questions; what clears any of them is `not_recorded`.
_NOT_RECORDED = ("not_recorded", "not recorded", "ikke registreret")


def _column(question: Question) -> Column:
    return Column(
        question.column,
        help=question.help,
        metavar="CODE" if question.codes else "TEXT",
        several=question.several,
        other_headings=question.headings,
        clear=_NOT_RECORDED if "none" in (question.codes or ()) else (*_NOT_RECORDED, *NONE),
        collect=read_answers,
    )


ANSWERS = group_of_columns(dict, **{key: _column(question) for key, question in QUESTIONS.items()})


class IntakeRow(NamedTuple):
    """An enquiry. `age`: at the interview, of somebody whose exact birth date was taken away."""

    facts: Annotated[Facts, FACTS] = Facts()
    person: Annotated[Person | None, columns.person_column(help=PERSON_HELP, exported=False)] = None
    ref: Annotated[int | None, Column("nummer", read_row_number, help=NUMBER_HELP, metavar="N", own=False)] = None
    enquired: Annotated[
        str | None,
        Column("henvendt", read_date, help="When they turned to HUSRUM; left out: today, or the interview's day.", metavar="DATE|unknown",
            clear=(*UNKNOWN, *NONE), other_headings=ENQUIRED_HEADINGS),
    ] = None  # fmt: skip
    held: Annotated[str | None, day_column("samtale", help="When the interview was held.", other_headings=HELD_HEADINGS)] = None
    referred_by: Annotated[
        str | None, Column("henvist af", read_part, help="Who referred them, such as Åben Fleksibel Rådgivning.", stored="partners.name")
    ] = None
    answers: Annotated[dict[str, tuple[str, ...]], ANSWERS] = {}
    note: Annotated[str | None, columns.note_column()] = None
    age: Annotated[int | None, Column("alder", read_count, stored="interview_ages.age", sparse=True)] = None


def intake_of(row: IntakeRow) -> intakes.Intake:
    """Return the enquiry that a row describes."""
    return intakes.Intake(row.enquired, row.held, row.referred_by, row.note, row.answers, row.age)


def stored_facts(context: CommandContext) -> dict[int, Facts]:
    """Return person -> name, birth date and contacts, of everybody in the home branch."""
    sql = "SELECT id, name, called, born, phone, email FROM people WHERE branch_id = ?"
    return {id: Facts(*facts) for id, *facts in context.store.connection.execute(sql, (context.store.home,))}


class RowTypeOfPeople(RowType[RowT]):
    """A row type whose rows have facts of the person that they are about (`person`, `facts`)."""

    def differs(self, context: CommandContext, name: str, stored: StoredRow[RowT], row: RowT) -> bool:
        """Whether a value contradicts the stored row. Of a fact of the person another spelling does not, nor a former name."""
        known: Any = stored.row
        if name not in Facts._fields or not known.person:
            return super().differs(context, name, stored, row)
        value, before = self.get(row, name), self.get(stored.row, name)
        if name == "name":
            return value is not None and not context.people.goes_by(known.person, value)
        return value is not None and value != before and not same_fact(name, value, before)


def _add(context: CommandContext, row: IntakeRow) -> int:
    return add_enquiry(context, row)[1]


def add_enquiry(context: CommandContext, row: IntakeRow) -> tuple[Person, int]:
    """Insert an enquiry and, if they are new, the person. Return both, the enquiry by its id."""
    person, _new = enter_person(context.people, context.rules, row.facts, row.person, row.ref)
    return person, intakes.add_intake(context.store, context.rules, person, intake_of(row))


class _Intakes(RowTypeOfPeople[IntakeRow]):
    def key(self, context: CommandContext, row: IntakeRow) -> tuple[Any, ...] | None:
        """Return the person and the day of the enquiry; nothing for somebody new."""
        person = row.person or recognise(context.people, context.rules, row.facts, None, row.ref)
        return (person.id, row.enquired) if person else None

    def stored(self, context: CommandContext) -> Iterator[StoredRow[IntakeRow]]:
        """Yield the enquiries of the home branch, in the order in which they were entered."""
        facts = stored_facts(context)
        answers: dict[int, dict[str, tuple[str, ...]]] = {}
        for id, question, answer in context.store.connection.execute("SELECT intake_id, question, answer FROM answers ORDER BY 1, 2, 3"):
            of_intake = answers.setdefault(id, {})
            of_intake[question] = (*of_intake.get(question, ()), answer)
        for each in super().stored(context):
            person = each.row.person
            if person is not None and person.id in facts:
                each.row = each.row._replace(facts=facts[person.id], ref=person.number, answers=answers.get(each.id, {}))
                yield each

    def as_added(self, context: CommandContext, stored: StoredRow[IntakeRow]) -> IntakeRow:
        """Return the row, with the person it made."""
        row = stored.row
        person = recognise(context.people, context.rules, row.facts, row.person, row.ref)
        assert person is not None
        return row._replace(person=person, ref=person.number)

    def differs(self, context: CommandContext, name: str, stored: StoredRow[IntakeRow], row: IntakeRow) -> bool:
        """Whether a value contradicts the stored row. Not: another spelling, a former name, or health answers from before the consent was withdrawn."""
        if name in HEALTH and name not in stored.row.answers:
            person = stored.row.person
            withdrawn = context.store.value(intakes.HEALTH_CONSENT_WITHDRAWN, person.id) if person else None
            if withdrawn is not None and (stored.row.held or stored.row.enquired or "") <= withdrawn:
                return False
        return super().differs(context, name, stored, row)

    def amend(self, context: CommandContext, stored: StoredRow[IntakeRow], row: IntakeRow, names: frozenset[str]) -> None:
        """Fill in what was empty, of the enquiry and of the person."""
        self.check_period(self.with_columns(stored, row, names), names)
        changes = self.make({name: self.get(row, name) for name in names})
        enter_person(context.people, context.rules, changes.facts._replace(name=None), stored.row.person)
        intakes.change_intake(context.store, context.rules, stored.id, intake_of(changes))


def _arranged(questions: Iterable[str]) -> tuple[str, ...]:
    return ("name", "person", "ref", "called", "born", "enquired", "held", "referred_by", *questions, "phone", "email", "note", "age")


INTAKES = _Intakes(
    "intakes",
    IntakeRow,
    ("person", "enquired"),
    _add,
    period=("enquired", "held"),
    joined="LEFT JOIN interview_ages ON intake_id = intakes.id LEFT JOIN partners ON partners.id = referred_by",
    arrange=_arranged(QUESTIONS),
)
