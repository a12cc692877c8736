"""Identity: former names, and people who look alike but are not the same."""

from __future__ import annotations

from ...errors import NotFound, Refused, WrongInput
from ...i18n import _
from ...input.text import name_key
from ...store import Store
from .lookup import People, Person


def add_former_name(people: People, person: Person, name: str) -> int:
    """Add a name that somebody had before, and return its id."""
    people.refuse_anonymised(person)
    if people.goes_by(person, name):
        raise Refused(_("name: {person} has or had that name already.", person=people.display_name(person)), "name")
    people.remember_former(person, name)
    return people.store.insert("former_names", person_id=person.id, name=name)


def remove_former_name(people: People, person: Person, name: str) -> None:
    """Remove a former name that was entered by mistake. Raises `NotFound`."""
    rows = people.store.rows("SELECT id, name FROM former_names WHERE person_id = ?", person.id)
    row = next((row for row in rows if name_key(row["name"]) == name_key(name)), None)
    if row is None:
        raise NotFound(_("name: {person} has no such former name.", person=people.display_name(person)), "name")
    people.store.delete("former_names", id=row["id"])


def mark_distinct(store: Store, one: Person, other: Person) -> None:
    """Mark two people as two, so that nobody is asked again whether they are one."""
    if one.id == other.id:
        raise WrongInput(_("person: that is the same number twice."), "person")
    pair = in_order(one.id, other.id)
    if store.value("SELECT 1 FROM distinct_people WHERE person_id = ? AND other_id = ?", *pair):
        raise Refused(_("{one} and {other} are marked as two people already.", one=one.display_name, other=other.display_name), "person")
    store.insert("distinct_people", person_id=pair[0], other_id=pair[1])


def unmark_distinct(store: Store, one: Person, other: Person) -> None:
    """Ask again whether two people are one. Raises `NotFound` if they were not marked as two."""
    pair = in_order(one.id, other.id)
    if not store.value("SELECT 1 FROM distinct_people WHERE person_id = ? AND other_id = ?", *pair):
        raise NotFound(
            _("person: {one} and {other} are not marked as two people.", one=one.display_name, other=other.display_name), "person"
        )
    store.delete("distinct_people", person_id=pair[0], other_id=pair[1])


def in_order(one: int, other: int) -> tuple[int, int]:
    """Return two ids of people as a pair of them is stored."""
    return min(one, other), max(one, other)
