"""Ages of people, and those that need attention."""

from __future__ import annotations

from ...i18n import _, many
from ...store import Store
from ..rules import Rules
from ..settings import setting
from .lookup import Person

OF_AGE = 18
_NAMED = 5


def age_on(born: str | None, day: str) -> tuple[int, int] | None:
    """Return the youngest and the oldest that someone can be on a day; two years if only the year is known."""
    if not born:
        return None
    years = int(day[:4]) - int(born[:4])
    if len(born) == 4:
        return max(years - 1, 0), years
    return (years - (day[5:] < born[5:]),) * 2


def note_age(store: Store, rules: Rules, person: Person, day: str | None) -> None:
    """Remark on a young person who is outside the ages that the settings name on a day, or under 18. On history only `outside_ages` does."""
    ages = age_on(person.born, day) if day else None
    if ages is None:
        return
    if not rules.strict:
        rules.ages[person.shown] = ages
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


def outside_ages(store: Store, rules: Rules) -> list[str]:
    """Return one remark on all young people of an import who were outside the ages that the settings name, if there are any."""
    first, last = setting(store, "age_from"), setting(store, "age_to")
    people = [person for person, (youngest, oldest) in rules.ages.items() if oldest < first or youngest > last]
    if not people:
        return []
    text = many(
        "{number} young person was outside {first}-{last} years; husrum check says why: {people}",
        "{number} young people were outside {first}-{last} years; husrum check says why: {people}",
        len(people),
        first=first,
        last=last,
        people=", ".join(people[:_NAMED]) + (" …" if len(people) > _NAMED else ""),
    )
    return [text]
