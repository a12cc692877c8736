"""Correct what is recorded about a person, and remove enquiries, consents, leavings and steps onward that were entered by mistake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import NotFound, Refused, WrongInput
from ...i18n import NP_, PluralForms, _, counts
from ...store import Store
from ..corrections import ANY_DAY, Change, changes, correct_row, delete_row, only_row, refuse_to_remove
from ..rules import Rules
from .ages import note_age
from .entering import warn_of_phone
from .intakes import answers_at, find_intake
from .lookup import People, Person

_OWN = ("name", "called", "born", "phone", "email")
# Rows that depend on somebody's enquiry, since without one nobody is a young person: SQL for their number, and what they are called.
_COUNTS: tuple[tuple[str, PluralForms], ...] = (
    (
        "attendance JOIN sessions ON sessions.id = session_id WHERE part = 'participant' AND state = 'held' AND person_id = ?",
        NP_("{number} visit", "{number} visits"),
    ),
    ("enrolments WHERE person_id = ?", NP_("{number} enrolment", "{number} enrolments")),
    ("waits WHERE person_id = ?", NP_("{number} place on the waiting list", "{number} places on the waiting list")),
    ("matches WHERE person_id = ?", NP_("{number} match", "{number} matches")),
    ("measures WHERE person_id = ?", NP_("{number} measurement", "{number} measurements")),
    ("goals WHERE person_id = ?", NP_("{number} goal", "{number} goals")),
    ("onward WHERE person_id = ?", NP_("{number} step onward", "{number} steps onward")),
)


def edit_person(people: People, rules: Rules, person: Person, given: Mapping[str, Any]) -> tuple[Person, list[Change]]:
    """Correct the options that are given, by name, None to clear; return the person as they are now, and the changes.

    Raises `Refused` for a gender of somebody who is not a volunteer, and for anything of somebody who was anonymised.
    """
    if given:
        people.refuse_anonymised(person)
    if "name" in given and given["name"] is None:
        raise WrongInput(_("{field}: a value is needed here.", field="name"), "name")
    store = people.store
    row = store.row(
        "SELECT name, called, born, phone, email, gender, person_id FROM people LEFT JOIN volunteers ON person_id = id WHERE id = ?",
        person.id,
    )
    assert row is not None
    found = changes(dict(row), given)
    if "gender" in given and row["person_id"] is None:
        raise Refused(
            _("gender: {person} is not a volunteer; a young person's is an answer: husrum intake edit", person=person.display_name),
            "gender",
        )
    after = {change.column: change.after for change in found}
    warn_of_phone(rules, after.get("phone"))
    store.update("people", person.id, **{name: value for name, value in after.items() if name in _OWN})
    store.update("volunteers", person.id, key="person_id", **{name: value for name, value in after.items() if name == "gender"})
    now = person._replace(**{name: value for name, value in after.items() if name in Person._fields})
    people.remember(now)
    if "born" in after:
        latest = store.row(
            "SELECT enquired, held FROM intakes WHERE person_id = ? ORDER BY ifnull(enquired, held) DESC, id DESC LIMIT 1", person.id
        )
        if latest is not None:
            note_age(store, rules, now, latest["enquired"], latest["held"])
    return now, found


def remove_intake(store: Store, rules: Rules, person: Person, on: str | None) -> str | None:
    """Remove an enquiry with its interview: the one of a day (None: of an unknown one, ANY_DAY: the only one). Returns its date.

    Raises `Refused` if it is their only one and something counts on it.
    """
    known = store.rows("SELECT id, enquired FROM intakes WHERE person_id = ? ORDER BY ifnull(enquired, '')", person.id)
    if not known:
        raise NotFound(_("{person} has no enquiry.", person=person.display_name), "person")
    row = only_row(known, "enquired", on, _("an enquiry of {person}", person=person.display_name), "enquired")
    if len(known) == 1:
        rests = counts(*((store.value(f"SELECT count(*) FROM {rows}", person.id), forms) for rows, forms in _COUNTS))
        what = _("the only enquiry of {person}", person=person.display_name)
        refuse_to_remove(what, rests, "person")
        if not store.value("SELECT 1 FROM volunteers WHERE person_id = ?", person.id):
            rules.warn(
                _(
                    "{person} is still in the file. To take them out: husrum person erase {number}",
                    person=person.display_name,
                    number=person.number,
                )
            )
    return delete_row(store, "intakes", row, "enquired")


def remove_consent(store: Store, person: Person, purpose: str, given: str | None) -> str | None:
    """Remove a consent that was entered by mistake: the one given on a day, or the only one of the purpose. Returns the day it was given.

    Raises `Refused` if quotes rest on it. Answers that were deleted when it was withdrawn don't come back.
    """
    rows = store.rows("SELECT id, given FROM consents WHERE person_id = ? AND purpose = ? ORDER BY given", person.id, purpose)
    row = only_row(rows, "given", given, _("a consent of {person} for this", person=person.display_name), "given")
    quotes = (
        store.value("SELECT count(*) FROM quotes WHERE person_id = ?", person.id) if purpose == "quotes_photos" and len(rows) == 1 else 0
    )
    what = _("the consent of {person}", person=person.display_name)
    refuse_to_remove(what, counts((quotes, NP_("{number} quote", "{number} quotes"))), "purpose")
    from ...store.removed_people import taking_withdrawals_back

    with taking_withdrawals_back(store.connection, store.withdrawn_no_more):
        return delete_row(store, "consents", row, "given")


def clear_consent(store: Store, rules: Rules, person: Person, purpose: str, column: str, given: str | None = ANY_DAY) -> list[Change]:
    """Clear the day a consent was `given` or `withdrawn`: of the latest of the purpose, or of the one given on a day. No consent comes of it.

    Raises `Refused` if there would be two consents at a time, or a day would be missing that says what the others mean. What was deleted stays deleted.
    """
    rows = store.rows(
        "SELECT id, given, withdrawn FROM consents WHERE person_id = ? AND purpose = ? ORDER BY ifnull(given, ''), id", person.id, purpose
    )
    row = only_row(
        rows[-1:] if given == ANY_DAY else rows, "given", given, _("a consent of {person} for this", person=person.display_name), "given"
    )
    others = [other for other in rows if other["id"] != row["id"]]
    if column == "withdrawn" and row["withdrawn"]:
        if row["given"] is None:
            raise Refused(
                _("withdrawn: {person} never gave this consent; to take the withdrawal back: --remove", person=person.display_name),
                column,
            )
        if any(other["withdrawn"] is None for other in others):
            raise Refused(_("withdrawn: {person} has given this consent again since.", person=person.display_name), column)
        rules.warn(_("What was deleted when it was withdrawn does not come back."))
    if column == "given" and row["given"]:
        if row["withdrawn"]:
            raise Refused(
                _("given: it was withdrawn on {date}, and only a consent that is valid may lack its day.", date=row["withdrawn"]), column
            )
        if any(other["given"] is None for other in others):
            raise Refused(
                _("given: {person} has one without a day already; to take that back: --given none --remove", person=person.display_name),
                column,
            )
    from ...store.removed_people import taking_withdrawals_back

    with taking_withdrawals_back(store.connection, store.withdrawn_no_more):
        return correct_row(store, "consents", row, {column: None})


def remove_leaving(store: Store, person: Person, day: str | None) -> str | None:
    """Take back that somebody left, on a day or the only time. Returns the day."""
    rows = store.rows("SELECT id, date FROM leaving WHERE person_id = ? ORDER BY date", person.id)
    row = only_row(rows, "date", day, _("the leaving of {person}", person=person.display_name), "date")
    return delete_row(store, "leaving", row, "date")


def remove_onward(store: Store, person: Person, to: int | None, day: str | None) -> str | None:
    """Remove a step into another community (the id of a partner). Returns the day."""
    rows = store.rows("SELECT id, date FROM onward WHERE person_id = ? AND partner_id IS ? ORDER BY date", person.id, to)
    row = only_row(rows, "date", day, _("this step onward of {person}", person=person.display_name), "date")
    return delete_row(store, "onward", row, "date")


def intake_changes(store: Store, person: Person, on: str | None, given: Mapping[str, Any]) -> list[Change]:
    """Compare the given values of an enquiry with the stored ones. Call it before the enquiry is written."""
    row = find_intake(store, person, on)
    before = {name: row[name] for name in ("enquired", "held", "note")}
    before["referred_by"] = store.value("SELECT name FROM partners WHERE id = ?", row["referred_by"])
    answers = answers_at(store, row["id"])
    return changes({**before, **{name: tuple(sorted(answers.get(name, ()))) for name in given if name not in before}}, given)
