"""The voices of young people: suggestions with their outcomes, and quotes that may be used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import NotFound, Refused
from ...i18n import _
from ...store import Store
from ..activities.activities import Activity
from ..corrections import Change, changes, correct_row
from ..people.consents import QUOTES_CONSENT, valid_consent
from ..people.lookup import Person
from ..row_numbers import free_number
from ..rules import Rules
from .edit import edit_with_activity


def add_suggestion(
    store: Store,
    rules: Rules,
    text: str | None,
    event: Activity | None,
    date: str | None,
    outcome: str | None = None,
    resolved: str | None = None,
    note: str | None = None,
    number: int | None = None,
) -> int:
    """Insert a suggestion and return its id."""
    rules.not_in_future(date, "date")
    rules.not_in_future(resolved, "resolved")
    return store.insert(
        "suggestions",
        branch_id=store.home,
        number=free_number(store, "suggestions", number),
        date=date,
        text=text,
        activity_id=event.id if event else None,
        outcome=outcome,
        resolved=resolved,
        note=note,
    )


def find_suggestion(store: Store, number: int) -> Any:
    """Return a suggestion. Raises `NotFound`."""
    return _found(store, "suggestions", number, _("There is no suggestion {number}. See: husrum suggestion list", number=number))


def resolve_suggestion(
    store: Store, rules: Rules, number: int, outcome: str | None, date: str | None, given: Mapping[str, Any]
) -> list[Change]:
    """Record the outcome of a suggestion, and return the changes. given: `note`; left out, it stays. An outcome of None takes all of it back."""
    found = find_suggestion(store, number)
    rules.not_in_future(date, "date")
    if date and found["date"] and date < found["date"]:
        rules.broken(_("date: {date} is before it was suggested, on {since}.", date=date, since=found["date"]), "date")
    resolved = {"resolved": date, **given} if outcome else {"resolved": None, "note": None}
    return correct_row(store, "suggestions", found, {"outcome": outcome, **resolved})


def suggestion_records(store: Store) -> list[dict[str, Any]]:
    """Return suggestions by number: number, date, text, event, outcome, resolved, note."""
    sql = """SELECT suggestions.number, date, text, activities.ref AS event, outcome, resolved, suggestions.note
        FROM suggestions LEFT JOIN activities ON activities.id = suggestions.activity_id ORDER BY suggestions.branch_id, suggestions.number"""
    return [dict(row) for row in store.rows(sql)]


def add_quote(store: Store, rules: Rules, text: str, person: Person, date: str | None, number: int | None = None) -> int:
    """Insert a quote and return its id. Raises `Refused` without the consent of the person."""
    rules.not_in_future(date, "date")
    check_quotable(store, person)
    return store.insert("quotes", person_id=person.id, number=free_number(store, "quotes", number), date=date, text=text)


def check_quotable(store: Store, person: Person) -> None:
    """Raise `Refused` unless somebody has agreed to be quoted, and has not withdrawn it since. It is not a rule that can be forced."""
    if not valid_consent(store, person.id, QUOTES_CONSENT, "9999-12-31"):
        raise Refused(
            _(
                "{person} has not agreed to be quoted. Ask, then: husrum person consent {number} quotes_photos",
                person=person.display_name,
                number=person.number,
            ),
            "person",
        )


def find_quote(store: Store, number: int) -> Any:
    """Return a quote. Raises `NotFound`."""
    return _found(store, "quotes", number, _("There is no quote {number}. See: husrum quote list", number=number))


def quote_records(store: Store) -> list[dict[str, Any]]:
    """Return quotes by number: number, person, name, date, text."""
    sql = """SELECT quotes.number, people.number AS person, people.name, quotes.date, quotes.text
        FROM quotes JOIN people ON people.id = person_id ORDER BY quotes.number"""
    return [dict(row) for row in store.rows(sql)]


def _found(store: Store, table: str, number: int, missing: str) -> Any:
    found = store.row(f"SELECT * FROM {table} WHERE number = ?", number)
    if found is None:
        raise NotFound(missing, "number")
    return found


def edit_suggestion(store: Store, rules: Rules, number: int, given: dict[str, Any]) -> list[Change]:
    """Correct a suggestion, and return what changed. given: `text`, `event`, `date`, `note`; None clears."""
    found = find_suggestion(store, number)
    rules.not_in_future(given.get("date"), "date")
    return edit_with_activity(store, "suggestions", dict(found), given, "event")


def edit_quote(store: Store, rules: Rules, number: int, given: dict[str, Any], whose: Person) -> list[Change]:
    """Correct a quote, and return what changed. given: `text`, `person`, `date`. whose: who said it so far. Raises `Refused` for a person who has not agreed."""
    found = find_quote(store, number)
    rules.not_in_future(given.get("date"), "date")
    person: Person = given.get("person", whose)
    if person.id != whose.id:
        check_quotable(store, person)
    changed = changes({**found, "person": whose}, given)
    store.update("quotes", found["id"], person_id=person.id, **{name: value for name, value in given.items() if name != "person"})
    return changed


def remove_voice(store: Store, table: str, row: Any) -> None:
    """Delete a suggestion or a quote."""
    store.delete(table, id=row["id"])
