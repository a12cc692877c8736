"""Measurements: an instrument answered item by item, or not. Items are stored and scores computed."""

from __future__ import annotations

from typing import Any

from ...errors import NotFound, Refused, WrongInput
from ...i18n import _
from ...store import Store
from ...vocabulary import INSTRUMENTS
from ..corrections import Change, changes, require_change
from ..figures.measurements import histories
from ..people.consents import HEALTH_DATA, valid_consent, withdrawn_until
from ..people.lookup import Person
from ..rules import Rules


def items_of(text: str | None) -> list[int | None]:
    """Return the items of a stored text, `3,,2`; an empty one was left out."""
    return [int(item) if item else None for item in text.split(",")] if text else []


def are_alarming(instrument: str, items: str | None) -> bool:
    """Return whether somebody with these answers should be come back to soon."""
    known = INSTRUMENTS[instrument]
    score = known.score(items_of(items))
    return score is not None and known.alarming(score)


def check_items(instrument: str, text: str) -> None:
    """Raise `WrongInput` unless these are possible answers to the items of an instrument. The message does not repeat them."""
    known, items = INSTRUMENTS[instrument], items_of(text)
    possible = all(item is None or known.lowest <= item <= known.highest for item in items)
    if len(items) != len(known.items) or not possible or all(item is None for item in items):
        raise WrongInput(
            _(
                "items: {instrument} has {number} items, each answered by a number from {lowest} to {highest}, with commas between them.",
                instrument=known.code.english,
                number=len(known.items),
                lowest=known.lowest,
                highest=known.highest,
            ),
            "items",
        )


def add_measure(store: Store, rules: Rules, person: Person, instrument: str, date: str, items: str | None, non_answer: str | None) -> int:
    """Insert a measurement and return its id: either items, or why there are none.

    Raises `Refused` for a second one of the same instrument and day, or if the consent to keep answers about health was withdrawn since that day.
    """
    rules.not_in_future(date, "date")
    if (items is None) == (non_answer is None):
        raise WrongInput(_("items: give either the answers, or --declined, or --not-asked."), "items")
    if items is not None:
        check_items(instrument, items)
    if find_measure(store, person, instrument, date) is not None:
        raise Refused(
            _(
                "date: {person} has a measurement of that day already. See: husrum measure list {number}",
                person=person.display_name,
                number=person.number,
            ),
            "date",
        )
    if items is not None:
        _check_consent(store, rules, person, date)
    return store.insert("measures", person_id=person.id, instrument=instrument, date=date, items=items, non_answer=non_answer)


def edit_measure(
    store: Store,
    rules: Rules,
    person: Person,
    instrument: str,
    date: str,
    new_date: str | None,
    items: str | None,
    non_answer: str | None,
) -> list[Change]:
    """Correct a measurement, and return what changed: its `date` and `items`. What is None stays."""
    id = _required(store, person, instrument, date)
    before = store.row("SELECT date, items, non_answer FROM measures WHERE id = ?", id)
    assert before is not None
    changed: dict[str, Any] = {}
    if items is not None:
        check_items(instrument, items)
        _check_consent(store, rules, person, new_date or date)
        changed = {"items": items, "non_answer": None}
    elif non_answer is not None:
        changed = {"items": None, "non_answer": non_answer}
    if new_date is not None and new_date != date:
        rules.not_in_future(new_date, "date")
        if find_measure(store, person, instrument, new_date) is not None:
            raise Refused(_("date: {person} has a measurement of that day already.", person=person.display_name), "date")
        changed["date"] = new_date
    require_change(changed)
    store.update("measures", id, **changed)
    found = changes(dict(before), changed)
    answers = [each for each in found if each.column != "date"]
    return [*(each for each in found if each.column == "date"), *(Change("items", None, None) for _change in answers[:1])]


def remove_measure(store: Store, person: Person, instrument: str, date: str) -> None:
    """Delete a measurement."""
    store.delete("measures", id=_required(store, person, instrument, date))


def find_measure(store: Store, person: Person, instrument: str, date: str) -> int | None:
    """Return the id of a measurement, if there is one."""
    found: int | None = store.value(
        "SELECT id FROM measures WHERE person_id = ? AND instrument = ? AND date = ?", person.id, instrument, date
    )
    return found


def _required(store: Store, person: Person, instrument: str, date: str) -> int:
    id = find_measure(store, person, instrument, date)
    if id is None:
        raise NotFound(
            _(
                "{person} has no measurement with {instrument} on {date}. See: husrum measure list {number}",
                person=person.display_name,
                instrument=INSTRUMENTS[instrument].code.english,
                date=date,
                number=person.number,
            ),
            "date",
        )
    return id


def has_consent(store: Store, person: Person, date: str) -> bool:
    """Return whether somebody agreed by a day that answers about health are kept."""
    return valid_consent(store, person.id, HEALTH_DATA, date)


def _check_consent(store: Store, rules: Rules, person: Person, date: str) -> None:
    """Raise `Refused` for answers from before the consent was withdrawn, also if the rules are lenient. Warn if it was never given."""
    withdrawn = withdrawn_until(store, person.id, HEALTH_DATA)
    if withdrawn is not None and date <= withdrawn:
        raise Refused(
            _(
                "{person}: the consent to keep answers about health was withdrawn on {date}; none from before that day is entered.",
                person=person.display_name,
                date=withdrawn,
            ),
            "items",
        )
    elif rules.strict and not has_consent(store, person, date):
        rules.warn(
            _(
                "{person} has not agreed that answers about health are kept. Ask, then: husrum person consent {number} health_data",
                person=person.display_name,
                number=person.number,
            )
        )


def measures_of(store: Store, person: Person) -> list[dict[str, Any]]:
    """Return the measurements of somebody by date: date, instrument, items, score, non_answer."""
    rows = store.rows(
        "SELECT date, instrument, items, non_answer FROM measures WHERE person_id = ? ORDER BY date, instrument, id", person.id
    )
    return [
        {
            "date": row["date"],
            "instrument": row["instrument"],
            "items": items_of(row["items"]),
            "score": INSTRUMENTS[row["instrument"]].score(items_of(row["items"])),
            "non_answer": row["non_answer"],
        }
        for row in rows
    ]


def due_measures(store: Store, day: str, number: int | None = None) -> list[dict[str, Any]]:
    """Return who is to be asked a second time by a day: person, name, instrument, baseline (its date), from (the first day that counts), days since then.

    Somebody who left is not asked. Only the home branch; number: only this person of it.
    """
    found = []
    names = {
        row["id"]: row
        for row in store.rows(
            """SELECT id, number, name, called FROM people WHERE branch_id = ?1 AND id IN (SELECT person_id FROM measures)
            AND id IN (SELECT person_id FROM here WHERE starts <= ?2 AND ends > ?2) AND (?3 IS NULL OR number = ?3)""",
            store.home,
            day,
            number,
        )
    }
    if not names:
        return []
    only = next(iter(names)) if number is not None else None
    for instrument in INSTRUMENTS:
        for history in histories(store, instrument, {store.home: ""}, only, answered=True):
            if history.human in names and history.due(day):
                person = names[history.human]
                since = history.due_from
                found.append(
                    {
                        "person": person["number"],
                        "name": person["name"],
                        "called": person["called"],
                        "instrument": instrument,
                        "baseline": history.baseline.date if history.baseline else None,
                        "due": since,
                    }
                )
    return sorted(found, key=lambda record: (record["due"], record["person"], record["instrument"]))
