"""Who came, as rows say it and as the file holds it: meetings, events and their days share this."""

from __future__ import annotations

from typing import Any

from ..domain.activities.attendance import Turnout
from ..domain.people.lookup import Person
from .columns import Values
from .context import Book
from .rowtype import Held, comparable

TURNOUT = frozenset({"present", "volunteers", "as_participant", "as_volunteer", "absent", "excused", "unnamed", "cancelled", "planned"})
RECORDED = (TURNOUT | {"theme", "note"}) - {"planned"}
LISTS = ("present", "volunteers", "as_participant", "as_volunteer", "absent")


def turnout(values: Values) -> Turnout:
    """What a row says of who came."""
    return Turnout(*(values.get(name) for name in ("present", "volunteers", "excused", "unnamed", "as_participant", "as_volunteer")))


def held_turnouts(book: Book, letter: str) -> dict[int, Values]:
    """session -> its lists as a row that gives exactly them: `present` and `volunteers` where the rule decides so again, else by what was decided then."""
    people = book.people.by_id
    leaders = {activity: {person for person, _starts, _ends in each} for activity, each in book.standing.leaders.items()}
    found: dict[int, dict[str, list[Person]]] = {}
    sql = """SELECT session_id, person_id, part, activity_id, date FROM attendance JOIN sessions ON sessions.id = session_id
        JOIN activities ON activities.id = activity_id WHERE ref GLOB ? || '*' ORDER BY session_id, person_id"""
    standing = book.standing
    for session, id, part, activity, day in book.store.connection.execute(sql, (letter,)):
        lists = found.setdefault(session, {})
        if part == "excused":
            column = "excused"
        elif part == "participant":
            led = id in leaders.get(activity, ()) and id in standing.leading(activity, day)
            column = "present" if standing.part(id, day, led) == "participant" else "as_participant"
        else:
            column = "volunteers" if standing.part(id, day, True) == "volunteer" else "as_volunteer"
        lists.setdefault(column, []).append(people[id])
    return {
        session: {column: sorted(each, key=lambda person: person.number) for column, each in lists.items()}
        for session, lists in found.items()
    }


def turnout_differs(book: Book, column: str, held: Held, values: Values) -> bool:
    """Whether a row says otherwise of an occasion than is held. Who came is compared as a whole: as what they were there was decided then."""
    state, value = held.values["state"], values[column]
    if column == "planned":
        return False  # what was planned may have been held since
    if column == "cancelled":
        return bool(value) and state == "held"
    if column == "excused":
        here = set().union(*(_ids(held.values.get(name)) for name in LISTS))
        return state == "held" and _ids(value) - here != _ids(held.values.get("excused"))
    if column == "unnamed":
        return bool(value != held.values["unnamed"])
    if column in LISTS:
        return state != "held" or _others_came(book, held, values)
    return bool(comparable(value) != comparable(held.values.get(column)))


def _others_came(book: Book, held: Held, values: Values) -> bool:
    there = {name: _ids(held.values.get(name)) for name in LISTS}
    came = there["present"] | there["as_participant"]
    helped = there["volunteers"] | there["as_volunteer"]
    said = set().union(*(_ids(values.get(name)) for name in LISTS if name != "absent"))
    if "absent" in values:
        from ..domain.activities.groups import enrolled

        said |= set(enrolled(book.store, held.values["group"], held.values["date"])) - _ids(values["absent"]) - _ids(values.get("excused"))
    if "group" in held.values and "volunteers" not in values:
        # The leaders of the day were there by themselves, whatever they counted as.
        said |= book.standing.leading(held.values["group"].id, held.values["date"]) & (came | helped)
    return bool(
        said - came - helped
        or ({"present", "as_participant", "absent"} & values.keys() and came - said)
        or ({"volunteers", "as_volunteer"} & values.keys() and helped - said)
    )


def _ids(people: Any) -> set[int]:
    return {person.id for person in people or ()}
