"""Pairs of people who look like one human and are two: nobody is asked about them again."""

from __future__ import annotations

from ...store import Store
from .lookup import Person


def keep_apart(store: Store, one: Person, other: Person) -> None:
    """Keep that two people are two."""
    first, second = sorted((one.id, other.id))
    if first != second and not store.value("SELECT 1 FROM distinct_people WHERE person_id = ? AND other_id = ?", first, second):
        store.insert("distinct_people", person_id=first, other_id=second)
