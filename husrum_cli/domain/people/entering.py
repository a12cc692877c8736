"""Enter a person with what is known about them, or take up somebody who is in the file."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ...errors import NotFound, Refused, WrongInput
from ...i18n import _, field_word
from ...input.text import fold, phone_key
from ..rules import Rules
from .lookup import People
from .names import Person


class Facts(NamedTuple):
    """The facts given about a person, apart from their history. None: not given."""

    name: str | None = None
    called: str | None = None
    born: str | None = None
    phone: str | None = None
    email: str | None = None


def recognise(people: People, rules: Rules, facts: Facts, person: Person | None = None, number: int | None = None) -> Person | None:
    """Return the person these facts are about, or None if it is somebody new.

    Typed: the same name and birth date as somebody's is refused, since it is most likely the same human. History: then it is the same human, unless they have
    numbers of their own.
    """
    history = not rules.strict
    if person is None and number is not None:
        person = people.with_number(people.store.home, number)
        if person and not history:
            raise Refused(_("ref: {number} is the number of {person} already.", number=number, person=people.display_name(person)), "ref")
        if person and person.number != number or person is None and (people.store.home, number) in people.removed:
            raise Refused(_("ref: {number} was given to someone before; choose another one.", number=number), "ref")
    if person is not None:
        return person
    if facts.name is None:
        if people.full_names and number is not None:
            return None  # somebody who was anonymised, read back
        raise WrongInput(_("{field} is missing.", field=_("NAME")), "name")
    twins = people.same_name_and_birth(facts.name, facts.born)
    if twins and history and number is None:
        if len(twins) > 1:
            raise NotFound(_("name: several people have this name and birth date; give the number in the column person."), "name")
        return twins[0]
    if twins and facts.born and not history:
        if people.same_human:
            return twins[0] if people.same_human(twins[0]) else None
        who, typed = people.display_name(twins[0]), people.number(twins[0])
        raise Refused(
            _("name: {person} has the same name and birth date. If it is the same human, add: --person {number}", person=who, number=typed),
            "name",
        )
    return None


def enter_person(
    people: People, rules: Rules, facts: Facts, person: Person | None = None, number: int | None = None
) -> tuple[Person, bool]:
    """Return (person, whether they are new) for these facts: the stored person is updated, otherwise a new one is inserted."""
    known = recognise(people, rules, facts, person, number)
    if rules.strict:
        warn_of_phone(rules, facts.phone)
    if known is not None:
        if person is None and number is None and not rules.strict:
            _warn_of_name_alone(people, rules, known, facts)
        if any(facts):
            people.refuse_anonymised(known, "name" if facts.name else "person")
        return _amend(people, rules, known, facts), False
    if facts.name and facts.born and (gone := people.removed_with_name(facts.name, facts.born)):
        if people.full_names:  # a list may be older than the erasure; someone who types the name is talking to them now
            raise Refused(
                _("name: it is that of number {number}, {how} on {date}; if they have come back, enter them with: husrum intake add",
                  number=gone.number, how=_(gone.how), date=gone.date),
                "name",
            )  # fmt: skip
        rules.warn(
            _(
                "Number {number} had the same name and birth date, and was {how} on {date}.",
                number=gone.number,
                how=_(gone.how),
                date=gone.date,
            )
        )
    if facts.name and (other := next(people.namesakes(facts.name), None)):
        rules.warn(_("{person} has the same name; if it is the same human: husrum person join", person=people.display_name(other)))
    return _add(people, facts, number), True


def _warn_of_name_alone(people: People, rules: Rules, person: Person, facts: Facts) -> None:
    """Say who was recognised by nothing but a name: without a birth date, a phone number or an e-mail address in common it may be somebody else."""
    if facts.born:
        return
    stored = people.store.row("SELECT phone, email FROM people WHERE id = ?", person.id)
    if stored and not (
        facts.phone and phone_key(facts.phone) == phone_key(stored["phone"] or "") or facts.email and facts.email == stored["email"]
    ):
        rules.warn(
            _("name: taken for {person}, who has the same name; if they are two, give each a ref.", person=people.display_name(person))
        )


def _add(people: People, facts: Facts, number: int | None) -> Person:
    store = people.store
    number = number or people.next_number()
    values = {"name": facts.name, "called": facts.called, "born": facts.born}
    id = store.insert("people", branch_id=store.home, number=number, phone=facts.phone, email=facts.email, **values)
    person = Person(id, store.home, number, **values)
    people.remember(person)
    people.entered.add(id)
    return person


def warn_of_phone(rules: Rules, phone: str | None) -> None:
    """Say if a phone number can't be one: in Denmark it has eight digits, abroad it begins with + or 00."""
    key = phone_key(phone or "")
    if phone and (not key or len(key) % 8) and not re.match(r"\s*(\+|00)\s*[0-9]", phone):
        rules.warn(_("phone: that is not eight digits; one from abroad begins with +."))


def note_replaced(person: Person, column: str, now: str, before: str) -> str:
    """Say that a value of somebody known was replaced on the way, and what it was."""
    return _("{person}: {field} {now} (before: {before}).", person=person.display_name, field=field_word(column), now=now, before=before)


def same_fact(column: str, given: str, stored: str | None) -> bool:
    """Whether a fact in a list is the stored one: in another spelling, or a birth date of which only the year is given."""
    if stored is None:
        return False
    match column:
        case "born":
            return len(given) == 4 and stored.startswith(given)
        case "phone":
            return bool(phone_key(given)) and phone_key(given) == phone_key(stored)
    return fold(given) == fold(stored)


def _amend(people: People, rules: Rules, person: Person, facts: Facts) -> Person:
    """Update a known person with new facts. A fact from an import that differs from the file is a contradiction."""
    if facts.name and not people.goes_by(person, facts.name):
        raise Refused(_("name: number {number} is {person}.", number=people.number(person), person=person.name or "?"), "name")
    stored = people.store.row("SELECT called, born, phone, email FROM people WHERE id = ?", person.id)
    assert stored is not None
    changes: dict[str, Any] = {}
    for column in ("called", "born", "phone", "email"):
        given = getattr(facts, column)
        if given is None or given == stored[column] or not rules.strict and same_fact(column, given, stored[column]):
            continue
        if not rules.strict and stored[column] is not None and person.id in people.entered:
            why = _(
                "{field}: another row gives {name} another one; correct the wrong one or, if they are two people, give each a ref",
                field=column,
                name=person.name,
            )
            raise Refused(why, column)
        if not rules.strict and stored[column] is not None:
            raise Refused(
                _(
                    "{field}: {person} has another one in the file; correct it with: husrum person edit",
                    field=column,
                    person=person.display_name,
                ),
                column,
            )
        if stored[column] is not None:
            rules.warn(note_replaced(person, column, given, stored[column]))
        changes[column] = given
    if not changes:
        return person
    people.store.update("people", person.id, **changes)
    changed = person._replace(**{name: value for name, value in changes.items() if name in Person._fields})
    people.remember(changed)
    return changed
