"""Occasions: one group meeting, one event, one day of a trip; who was there, and as what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

from ...errors import WrongInput
from ...i18n import _
from ...store import Store
from ..people.lookup import Person
from ..rules import Rules, covers

Period = tuple[str | None, str | None]


class Turnout(NamedTuple):
    """What was said of who came. None: nothing was said of it.

    `as_participant` and `as_volunteer` hold whatever the rule would say: a decision that was taken before is kept when a file is read back.
    """

    present: Sequence[Person] | None = None
    volunteers: Sequence[Person] | None = None
    excused: Sequence[Person] | None = None
    unnamed: int | None = None
    as_participant: Sequence[Person] | None = None
    as_volunteer: Sequence[Person] | None = None


class Standing:
    """What everyone is on a day: read once, asked for each person at each occasion."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @cached_property
    def first_enquiry(self) -> dict[int, str]:
        """person -> the day from which they are a young person; an enquiry of unknown date was always before."""
        return dict(self.store.connection.execute("SELECT person_id, min(ifnull(enquired, '')) FROM intakes GROUP BY person_id").fetchall())

    @cached_property
    def roles(self) -> dict[int, list[Period]]:
        """person -> the periods in which they are a volunteer, in whatever role."""
        periods: dict[int, list[Period]] = {}
        for person, starts, ends in self.store.connection.execute("SELECT person_id, starts, ends FROM roles"):
            periods.setdefault(person, []).append((starts, ends))
        return periods

    @cached_property
    def leaders(self) -> dict[int, list[tuple[int, str | None, str | None]]]:
        """activity -> who leads or organises it, and when."""
        leaders: dict[int, list[tuple[int, str | None, str | None]]] = {}
        for activity, person, starts, ends in self.store.connection.execute(
            "SELECT activity_id, person_id, starts, ends FROM leaders ORDER BY id"
        ):
            leaders.setdefault(activity, []).append((person, starts, ends))
        return leaders

    def leading(self, activity: int, day: str) -> set[int]:
        """Those who lead or organise the activity on the day."""
        return {person for person, starts, ends in self.leaders.get(activity, ()) if covers(starts, ends, day)}

    def holds_role(self, person: int, day: str) -> bool:
        """Whether someone is a volunteer on the day."""
        return any(covers(starts, ends, day) for starts, ends in self.roles.get(person, ()))

    def is_young(self, person: int, day: str) -> bool:
        """Whether someone has turned to HUSRUM by that day."""
        return self.first_enquiry.get(person, "~") <= day

    def part(self, person: int, day: str, named_as_volunteer: bool) -> str:
        """As what someone is there. `named_as_volunteer`: they lead or organise it, or were named with --volunteers."""
        if not self.is_young(person, day) or (named_as_volunteer and self.holds_role(person, day)):
            return "volunteer"
        return "participant"


def decide(
    standing: Standing, rules: Rules, activity: int, day: str, turnout: Turnout, held: dict[int, str], group: bool, new: bool
) -> dict[int, str]:
    """person -> part, for an occasion where `held` is what was recorded before. What was said replaces it, what was not said stays.

    At a new group meeting the leaders of the day are there unless it was said who was.
    """
    leading = standing.leading(activity, day)
    said = turnout.volunteers
    if said is None and group and new:
        excused = {person.id for person in turnout.excused or ()}
        ids = [person for person in leading if person not in excused]
    else:
        ids = [person.id for person in said] if said is not None else []
    parts = {id: part for id, part in held.items() if _kept(part, turnout)}
    for id in ids:
        parts[id] = standing.part(id, day, True)
        if said is not None and parts[id] == "participant":
            who = next(person for person in said if person.id == id)
            rules.warn(_("{person} holds no volunteer role on {date}, and so counts as a participant.", person=who.shown, date=day))
    for person in turnout.present or ():
        if parts.get(person.id) != "volunteer":
            parts[person.id] = standing.part(person.id, day, person.id in leading)
            if parts[person.id] == "volunteer" and not standing.holds_role(person.id, day):
                rules.warn(_("{person} has no enquiry by {date}, and so counts as a volunteer there.", person=person.shown, date=day))
    for kept, part in ((turnout.as_participant, "participant"), (turnout.as_volunteer, "volunteer")):
        parts |= {person.id: part for person in kept or ()}
    for person in turnout.excused or ():
        if parts.setdefault(person.id, "excused") != "excused":
            message = _("excused: {person} is named as present too.", person=person.shown)
            if rules.strict:
                raise WrongInput(message, "excused")
            rules.warn(message)
    return parts


def _kept(part: str, turnout: Turnout) -> bool:
    said = {
        "participant": turnout.present is not None or turnout.as_participant is not None,
        "volunteer": turnout.volunteers is not None or turnout.as_volunteer is not None,
        "excused": turnout.excused is not None,
    }
    return not said[part]


def present_at(store: Store, session_id: int) -> dict[int, str]:
    """person -> part, as recorded."""
    return dict(store.connection.execute("SELECT person_id, part FROM attendance WHERE session_id = ?", (session_id,)).fetchall())


def keep_attendance(store: Store, session_id: int, parts: dict[int, str], held: dict[int, str]) -> None:
    """Writes who was there; what is recorded already is left alone."""
    for id in held.keys() - parts.keys():
        store.delete("attendance", session_id=session_id, person_id=id)
    changed = [(session_id, id, part) for id, part in parts.items() if held.get(id) != part]
    if held:
        for _session, id, _part in changed:
            store.delete("attendance", session_id=session_id, person_id=id)
    store.insert_many("attendance", ("session_id", "person_id", "part"), changed)


class Recorded(NamedTuple):
    """What stands in the file about an occasion after it was recorded."""

    date: str
    participants: int
    volunteers: int
    unnamed: int
    before: int | None
    """Participants recorded before, named and unnamed; None where nothing was."""


def record(
    standing: Standing,
    rules: Rules,
    activity: int,
    day: str,
    turnout: Turnout,
    *,
    group: bool,
    theme: str | None = None,
    note: str | None = None,
) -> Recorded:
    """Records an occasion as held: a planned one, a new one, or again one that was recorded before."""
    store = standing.store
    session = store.row("SELECT id, state, unnamed FROM sessions WHERE activity_id = ? AND date = ?", activity, day)
    new = session is None or session["state"] != "held"
    held = {} if session is None else present_at(store, session["id"])
    parts = decide(standing, rules, activity, day, turnout, held, group, new)
    said: dict[str, Any] = {
        column: value for column, value in (("unnamed", turnout.unnamed), ("theme", theme), ("note", note)) if value is not None
    }
    if session is None:
        id = store.insert("sessions", activity_id=activity, date=day, state="held", **said)
        unnamed = turnout.unnamed or 0
    else:
        id = session["id"]
        store.update("sessions", id, state="held", **said)
        unnamed = session["unnamed"] if turnout.unnamed is None else turnout.unnamed
    keep_attendance(store, id, parts, held)
    count = list(parts.values()).count
    before = None if new else list(held.values()).count("participant") + session["unnamed"]  # type: ignore[index]
    return Recorded(day, count("participant"), count("volunteer"), unnamed, before)
