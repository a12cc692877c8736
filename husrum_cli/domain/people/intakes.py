"""Enquiries, and the interviews they lead to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from ...errors import HusrumError, NotFound, Refused, WrongInput
from ...i18n import _
from ...store import Store
from ...store.rows import Row
from ...vocabulary import HEALTH, QUESTIONS
from ..corrections import ANY_DAY
from ..rules import Rules
from .ages import note_age
from .lookup import Person
from .partners import get_or_add_partner

Answers = Mapping[str, tuple[str, ...]]


class Intake(NamedTuple):
    """An enquiry as it was typed. `enquired` None: on an unknown date. `answers`: question -> codes, only what was answered or asked.

    `age`: of somebody whose exact birth date was taken away, at the interview.
    """

    enquired: str | None = None
    held: str | None = None
    referred_by: str | None = None
    note: str | None = None
    answers: Answers = MappingProxyType({})
    age: int | None = None


def add_intake(store: Store, rules: Rules, person: Person, intake: Intake) -> int:
    """Store an enquiry, with its interview if it was held."""
    rules.not_in_future(intake.enquired, "enquired")
    rules.not_in_future(intake.held, "held")
    _in_order(intake.enquired, intake.held)
    # An import has compared its rows with all that are stored.
    if rules.strict and store.value("SELECT id FROM intakes WHERE person_id = ? AND enquired IS ?", person.id, intake.enquired):
        day = intake.enquired or _("an unknown date")
        raise Refused(
            _(
                "enquired: {person} has an enquiry on {date} already; change it with: husrum intake edit",
                person=person.display_name,
                date=day,
            ),
            "enquired",
        )
    id = store.insert(
        "intakes",
        person_id=person.id,
        enquired=intake.enquired,
        held=intake.held,
        referred_by=get_or_add_partner(store, intake.referred_by),
        note=intake.note,
    )
    if intake.age is not None:
        store.insert("interview_ages", intake_id=id, age=intake.age)
    _keep_answers(store, id, with_consent(store, rules, id, intake.answers))
    note_age(store, rules, person, intake.enquired, intake.held)
    return id


def open_enquiry(store: Store, person: Person) -> Row:
    """Return the id and the day of somebody's latest enquiry without an interview. Raises `Refused` without one."""
    sql = "SELECT id, enquired FROM intakes WHERE person_id = ? AND held IS NULL ORDER BY enquired DESC, id DESC LIMIT 1"
    row = store.row(sql, person.id)
    if row is None:
        raise Refused(
            _(
                "{person} has no enquiry that waits for an interview; a new one: husrum intake add --person {number}",
                person=person.display_name,
                number=person.number,
            ),
            "person",
        )
    return row


def hold_intake(store: Store, rules: Rules, person: Person, date: str, intake: Intake, cleared: Collection[str] = frozenset()) -> None:
    """Record the interview of someone who has enquired, with their latest enquiry without one. cleared: the columns and questions to empty."""
    rules.not_in_future(date, "date")
    open_ = open_enquiry(store, person)
    _in_order(open_["enquired"], date, Refused, "date")
    change_intake(store, rules, open_["id"], intake._replace(held=date), cleared)
    note_age(store, rules, person, open_["enquired"], date)


def edit_intake(store: Store, rules: Rules, person: Person, on: str | None, intake: Intake, cleared: Collection[str] = frozenset()) -> None:
    """Correct an enquiry: the one dated `on` (None: the undated one, ANY_DAY: the latest). What is not given stays. cleared: the columns and questions to empty."""
    known = find_intake(store, person, on)
    rules.not_in_future(intake.enquired, "enquired")
    rules.not_in_future(intake.held, "held")
    enquired = None if "enquired" in cleared else intake.enquired or known["enquired"]
    held = None if "held" in cleared else intake.held or known["held"]
    _in_order(enquired, held, Refused)
    if enquired != known["enquired"] and store.value(
        "SELECT id FROM intakes WHERE person_id = ? AND enquired IS ? AND id <> ?", person.id, enquired, known["id"]
    ):
        raise Refused(_("enquired: {person} has another enquiry on that day.", person=person.display_name), "enquired")
    change_intake(store, rules, known["id"], intake, cleared)


def find_intake(store: Store, person: Person, on: str | None) -> Any:
    """Return the enquiry dated `on` (None: the undated one, ANY_DAY: the latest). Raises `NotFound` if there is none."""
    if on == ANY_DAY:
        found = store.row("SELECT * FROM intakes WHERE person_id = ? ORDER BY enquired DESC, id DESC LIMIT 1", person.id)
    else:
        found = store.row("SELECT * FROM intakes WHERE person_id = ? AND enquired IS ?", person.id, on)
    if found is None:
        if on != ANY_DAY:
            raise NotFound(_("{person} has no enquiry on {date}.", person=person.display_name, date=on or _("an unknown date")), "person")
        raise NotFound(_("{person} has no enquiry.", person=person.display_name), "person")
    return found


def change_intake(store: Store, rules: Rules, id: int, intake: Intake, cleared: Collection[str] = frozenset()) -> None:
    """Write what is given of an enquiry, and empty what is cleared; the rest stays."""
    given: dict[str, Any] = {
        "enquired": intake.enquired,
        "held": intake.held,
        "referred_by": get_or_add_partner(store, intake.referred_by),
        "note": intake.note,
    }
    store.update("intakes", id, **{column: value for column, value in given.items() if value is not None or column in cleared})
    if intake.age is not None:
        store.insert("interview_ages", intake_id=id, age=intake.age)
    answers = with_consent(store, rules, id, intake.answers)
    for question in (*answers, *(set(cleared) & QUESTIONS.keys())):
        store.delete("answers", intake_id=id, question=question)
    _keep_answers(store, id, answers)


# Up to and including this day no answers about health may be stored, since consent was withdrawn then.
HEALTH_CONSENT_WITHDRAWN = "SELECT max(withdrawn) FROM consents WHERE person_id = ? AND purpose = 'health_data'"


def with_consent(store: Store, rules: Rules, intake_id: int, answers: Answers) -> Answers:
    """Return the answers that may be stored: none about health from before the consent was withdrawn.

    Raises `Refused` for such a one if the rules are strict; otherwise it is left out, with a warning.
    """
    if HEALTH.isdisjoint(answers) or not store.cached("consents", _any_withdrawn):
        return answers
    intake = store.row(
        "SELECT person_id, trim(number || ' ' || ifnull(name, '')) AS person, coalesce(held, enquired, '') AS day FROM intakes JOIN people ON people.id = person_id WHERE intakes.id = ?",
        intake_id,
    )
    assert intake is not None
    withdrawn = store.value(HEALTH_CONSENT_WITHDRAWN, intake["person_id"])
    if withdrawn is None or intake["day"] > withdrawn:
        return answers
    rules.broken(
        _(
            "{person}: the consent to hold answers about health was withdrawn on {date}; none from before that day is entered.",
            person=intake["person"],
            date=withdrawn,
        )
    )
    return {question: codes for question, codes in answers.items() if question not in HEALTH}


def _any_withdrawn(store: Store) -> bool:
    """Whether anybody has withdrawn the consent to health data."""
    return bool(store.value("SELECT 1 FROM consents WHERE purpose = 'health_data' AND withdrawn IS NOT NULL"))


def answers_at(store: Store, intake_id: int) -> Answers:
    """Return the answers given at an enquiry."""
    answers: dict[str, list[str]] = {}
    for row in store.rows("SELECT question, answer FROM answers WHERE intake_id = ? ORDER BY question, answer", intake_id):
        answers.setdefault(row["question"], []).append(row["answer"])
    return {question: tuple(codes) for question, codes in answers.items()}


def _keep_answers(store: Store, id: int, answers: Answers) -> None:
    store.insert_many(
        "answers", ("intake_id", "question", "answer"), [(id, question, code) for question, codes in answers.items() for code in codes]
    )


def _in_order(enquired: str | None, held: str | None, error: type[HusrumError] = WrongInput, column: str = "held") -> None:
    if enquired and held and held < enquired:
        raise error(
            _("{field}: the interview on {held} is before the enquiry on {enquired}.", field=column, held=held, enquired=enquired), column
        )
