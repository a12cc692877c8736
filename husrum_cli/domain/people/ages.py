"""Ages of people, and those that need attention."""

from __future__ import annotations

from ...i18n import _
from ...store import Store
from ..rules import Rules
from ..settings import setting
from .lookup import Person

OF_AGE = 18


def age_on(born: str | None, day: str) -> tuple[int, int] | None:
    """Return the youngest and the oldest that someone can be on a day; two years if only the year is known."""
    if not born:
        return None
    years = int(day[:4]) - int(born[:4])
    if len(born) == 4:
        return max(years - 1, 0), years
    return (years - (day[5:] < born[5:]),) * 2


def note_age(store: Store, rules: Rules, person: Person, day: str | None) -> None:
    """Remark on a young person who is outside the ages that the settings name on a day, or under 18. Not on history."""
    ages = age_on(person.born, day) if day and rules.strict else None
    if ages is None:
        return
    youngest, oldest = ages
    if oldest < OF_AGE:
        rules.warn(
            _(
                "{person} is under 18: you have the stricter duty to notify the municipality (underretningspligt).",
                person=person.shown,
            )
        )
    if oldest < setting(store, "age_from") or youngest > setting(store, "age_to"):
        rules.warn(
            _(
                "{person} is {age} years old, outside {first}-{last}.",
                person=person.shown,
                age=oldest,
                first=setting(store, "age_from"),
                last=setting(store, "age_to"),
            )
        )
