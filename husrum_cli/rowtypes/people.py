"""Rows about people: intakes, volunteers, roles, attests, onward, leaving, consents."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

from ..domain.people import consents, intakes, leaving
from ..domain.people.lookup import Facts, Person, enter, recognise
from ..domain.volunteers import volunteers
from ..input.text import fold
from ..vocabulary import HEALTH, QUESTIONS
from .columns import Values
from .context import Book
from .rowtype import Held, Kind, comparable

FACTS = ("name", "called", "born", "phone", "email")


def facts(values: Values) -> Facts:
    """What a row says of the person, whatever their history."""
    return Facts(**{column: values.get(column) for column in FACTS})


def intake(values: Values) -> intakes.Intake:
    """The enquiry a row is."""
    answers = {question: values[question] for question in QUESTIONS if values.get(question)}
    return intakes.Intake(
        values.get("enquired"), values.get("held"), values.get("referred_by"), values.get("note"), answers, values.get("age")
    )


def _whose(book: Book, values: Values) -> Person | None:
    return recognise(book.people, book.rules, facts(values), values.get("person"), values.get("ref"))


def _people_of(book: Book) -> dict[int, dict[str, Any]]:
    rows = book.store.rows("SELECT id, number, name, called, born, phone, email FROM people WHERE branch_id = ?", book.store.home)
    return {row["id"]: {"ref": row["number"], **{column: row[column] for column in FACTS}} for row in rows}


def _intake_key(book: Book, values: Values) -> Hashable | None:
    person = _whose(book, values)
    return (person.id, values.get("enquired")) if person else None


def _add_intake(book: Book, values: Values) -> int:
    person, _new = enter(book.people, book.rules, facts(values), values.get("person"), values.get("ref"))
    values["person"] = person
    return intakes.add_intake(book.store, book.rules, person, intake(values))


def _amend_intake(book: Book, held: Held, changes: Values) -> None:
    enter(book.people, book.rules, facts(changes), book.people.by_id[held.values["person"].id])
    dates = {"held": changes["held"]} if "held" in changes else {}
    said = intake({name: value for name, value in changes.items() if name not in ("enquired", "held")})
    intakes.change_intake(book.store, book.rules, held.id, dates, said)


def _intake_differs(book: Book, column: str, held: Held, values: Values) -> bool:
    """What was told of health before the consent was withdrawn is not held, and an older list that tells it tells nothing new."""
    if column in HEALTH and column not in held.values:
        withdrawn = book.store.value(intakes.WITHHELD, held.values["person"].id)
        if withdrawn is not None and (held.values.get("held") or held.values.get("enquired") or "") <= withdrawn:
            return False
    return bool(comparable(values[column]) != comparable(held.values.get(column)))


def _held_intakes(book: Book) -> Iterator[Held]:
    people = _people_of(book)
    answers: dict[int, dict[str, tuple[str, ...]]] = {}
    for id, question, answer in book.store.connection.execute("SELECT intake_id, question, answer FROM answers ORDER BY 1, 2, 3"):
        of_intake = answers.setdefault(id, {})
        of_intake[question] = (*of_intake.get(question, ()), answer)
    sql = """SELECT intakes.id, person_id, enquired, held, partners.name AS referred_by, note, age FROM intakes
        LEFT JOIN interview_ages ON intake_id = intakes.id LEFT JOIN partners ON partners.id = referred_by ORDER BY intakes.id"""
    for row in book.store.rows(sql):
        if row["person_id"] in people:
            columns = {column: row[column] for column in ("enquired", "held", "referred_by", "note", "age")}
            person = {"person": book.people.by_id[row["person_id"]]}
            yield Held(row["id"], {**people[row["person_id"]], **person, **columns, **answers.get(row["id"], {})})


def profile(values: Values) -> volunteers.Profile:
    """What a row says of someone as a volunteer."""
    return volunteers.Profile(values.get("joined"), values.get("recruited_through"), values.get("gender"), values.get("note"))


def _volunteer_key(book: Book, values: Values) -> Hashable | None:
    person = _whose(book, values)
    return person.id if person else None


def _add_volunteer(book: Book, values: Values) -> int:
    person, _new = enter(book.people, book.rules, facts(values), values.get("person"), values.get("ref"))
    values["person"] = person
    volunteers.add_profile(book.store, person, profile(values))
    _add_roles(book, person, values, values.get("joined"))
    return person.id


def _amend_volunteer(book: Book, held: Held, changes: Values) -> None:
    person, _new = enter(book.people, book.rules, facts(changes), held.values["person"])
    volunteers.add_profile(book.store, person, profile(changes))
    _add_roles(book, person, changes, changes.get("joined", held.values.get("joined")))


def _add_roles(book: Book, person: Person, values: Values, joined: str | None) -> None:
    for role in values.get("role", ()):
        volunteers.add_role(book.store, person, role, joined)
    if "intro_course" in values:
        volunteers.attest(book.store, book.rules, person, "intro_course", values["intro_course"])


def _held_volunteers(book: Book) -> Iterator[Held]:
    people = _people_of(book)
    roles: dict[int, list[tuple[str, str | None]]] = {}
    for person, role, starts in book.store.connection.execute("SELECT person_id, role, starts FROM roles ORDER BY id"):
        roles.setdefault(person, []).append((role, starts))
    courses: dict[int, list[str]] = {}
    for person, date in book.store.connection.execute("SELECT person_id, date FROM attests WHERE kind = 'intro_course' ORDER BY id"):
        courses.setdefault(person, []).append(date)
    for row in book.store.rows(
        "SELECT person_id, joined, recruited_through, volunteers.gender, note FROM volunteers JOIN people ON people.id = person_id ORDER BY number"
    ):
        if row["person_id"] in people:
            own = {column: row[column] for column in ("joined", "recruited_through", "gender", "note")}
            told = {
                "role": tuple(role for role, starts in roles.get(row["person_id"], ()) if starts == row["joined"]),
                "intro_course": tuple(courses.get(row["person_id"], ())),
            }
            yield Held(row["person_id"], {**people[row["person_id"]], "person": book.people.by_id[row["person_id"]], **own, **told})


def _volunteer_differs(book: Book, column: str, held: Held, values: Values) -> bool:
    """Roles and intro courses may have come from rows of their own: those named must be among them."""
    value = values[column]
    if column == "left":
        return False  # applied when all roles are in, and the same twice
    if column in ("role", "intro_course"):
        named = {value} if isinstance(value, str) else set(value)
        return not named <= set(held.values.get(column) or ())
    return bool(comparable(value) != comparable(held.values.get(column)))


def _role_key(book: Book, values: Values) -> Hashable:
    return (values["volunteer"].id, values["role"], values.get("from"))


def _add_role(book: Book, values: Values) -> int:
    volunteers.add_role(book.store, values["volunteer"], values["role"], values.get("from"), values.get("to"))
    return _last(book)


def _end_role(book: Book, held: Held, changes: Values) -> None:
    book.store.update("roles", held.id, ends=changes["to"])


def _held_roles(book: Book) -> Iterator[Held]:
    for row in book.store.rows("SELECT id, person_id, role, starts, ends FROM roles ORDER BY id"):
        yield Held(
            row["id"], {"volunteer": book.people.by_id[row["person_id"]], "role": row["role"], "from": row["starts"], "to": row["ends"]}
        )


def _add_attest(book: Book, values: Values) -> int:
    volunteers.attest(book.store, book.rules, values["volunteer"], values["kind"], values.get("date"))
    return _last(book)


def _held_attests(book: Book) -> Iterator[Held]:
    for row in book.store.rows("SELECT id, person_id, kind, date FROM attests ORDER BY id"):
        yield Held(row["id"], {"volunteer": book.people.by_id[row["person_id"]], "kind": row["kind"], "date": row["date"]})


def _add_onward(book: Book, values: Values) -> int:
    return leaving.onward(book.store, book.rules, values["person"], values["to"], values.get("date"))


def _held_onward(book: Book) -> Iterator[Held]:
    sql = "SELECT onward.id, person_id, name, date FROM onward LEFT JOIN partners ON partners.id = partner_id ORDER BY onward.id"
    for row in book.store.rows(sql):
        yield Held(row["id"], {"person": book.people.by_id[row["person_id"]], "to": row["name"], "date": row["date"]})


def _add_leaving(book: Book, values: Values) -> int:
    return leaving.leave(book.store, book.rules, values["person"], values.get("date"), values.get("reason"))


def _amend_leaving(book: Book, held: Held, changes: Values) -> None:
    book.store.update("leaving", held.id, reason=changes["reason"])


def _held_leaving(book: Book) -> Iterator[Held]:
    for row in book.store.rows("SELECT id, person_id, date, reason FROM leaving ORDER BY id"):
        yield Held(row["id"], {"person": book.people.by_id[row["person_id"]], "date": row["date"], "reason": row["reason"]})


def _add_consent(book: Book, values: Values) -> int:
    return consents.consent(book.store, book.rules, values["person"], values["purpose"], values.get("given"), values.get("withdrawn"))


def _amend_consent(book: Book, held: Held, changes: Values) -> None:
    book.store.update("consents", held.id, withdrawn=changes["withdrawn"])
    if held.values["purpose"] == consents.HEALTH_DATA:
        consents.forget_health(book.store, held.values["person"], changes["withdrawn"])


def _held_consents(book: Book) -> Iterator[Held]:
    for row in book.store.rows("SELECT id, person_id, purpose, given, withdrawn FROM consents ORDER BY id"):
        yield Held(
            row["id"],
            {"person": book.people.by_id[row["person_id"]], **{column: row[column] for column in ("purpose", "given", "withdrawn")}},
        )


def _last(book: Book) -> int:
    return int(book.store.value("SELECT last_insert_rowid()"))


def _nothing(book: Book, held: Held, changes: Values) -> None:
    """Everything in such a row is what it is known by."""


KINDS = (
    Kind("intakes", _intake_key, _add_intake, _amend_intake, _held_intakes, _intake_differs),
    Kind("volunteers", _volunteer_key, _add_volunteer, _amend_volunteer, _held_volunteers, _volunteer_differs),
    Kind("roles", _role_key, _add_role, _end_role, _held_roles),
    Kind(
        "attests", lambda book, values: (values["volunteer"].id, values["kind"], values.get("date")), _add_attest, _nothing, _held_attests
    ),
    Kind(
        "onward",
        lambda book, values: (values["person"].id, fold(values["to"] or ""), values.get("date")),
        _add_onward,
        _nothing,
        _held_onward,
    ),
    Kind("leaving", lambda book, values: (values["person"].id, values.get("date")), _add_leaving, _amend_leaving, _held_leaving),
    Kind(
        "consents",
        lambda book, values: (values["person"].id, values["purpose"], values.get("given")),
        _add_consent,
        _amend_consent,
        _held_consents,
    ),
)
