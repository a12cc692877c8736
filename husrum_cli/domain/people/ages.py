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


def age_in_words(ages: tuple[int, int]) -> str:
    """Return an age, or both if only the birth year is known: `40-41`."""
    youngest, oldest = ages
    return str(oldest) if youngest == oldest else f"{youngest}-{oldest}"


def note_age(store: Store, rules: Rules, person: Person, enquired: str | None, held: str | None) -> None:
    """Remark on a young person who was outside the ages that the settings name at the enquiry, or is under 18. On history only `outside_ages` does."""
    if not person.born or not (enquired or held):
        return
    day = enquired or held or ""
    (youngest, oldest), now = (age_on(person.born, each) or (0, 0) for each in (day, held or day))
    if not rules.strict:
        rules.ages[person.display_name] = youngest, oldest
        return
    if now[1] < OF_AGE:
        rules.warn(
            _(
                "{person} is under 18: you have the stricter duty to notify the municipality (underretningspligt).",
                person=person.display_name,
            )
        )
    if oldest < setting(store, "age_from") or youngest > setting(store, "age_to"):
        rules.warn(
            _(
                "{person} was {age} years old at the enquiry on {date}, outside {first}-{last}.",
                person=person.display_name,
                age=age_in_words((youngest, oldest)),
                date=day,
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
