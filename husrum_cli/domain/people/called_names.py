"""What people are called day to day, where nobody needs their full name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ...i18n.collation import danish_key
from .lookup import Person


def called_names(people: Iterable[Person]) -> dict[int, str]:
    """Return what each is called, by id: the first or called name, with as much of the surname as distinguishes those who share it."""
    names = {}
    for person in people:
        words = (person.name or "").split()
        names[person.id] = (person.called or "".join(words[:1]), words[-1] if len(words) > 1 else "")
    shared = Counter(danish_key(called) for called, _surname in names.values())
    with_initial = Counter((danish_key(called), surname[:1]) for called, surname in names.values())
    shown = {}
    for id, (called, surname) in names.items():
        if shared[danish_key(called)] == 1 or not surname:
            shown[id] = called
        else:
            alone = with_initial[danish_key(called), surname[:1]] == 1
            shown[id] = f"{called} {surname[:1]}." if alone else f"{called} {surname}"
    return shown
