"""Occasions: one group meeting, one event, one day of a trip; who was there, and as what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ...errors import Refused, WrongInput
from ...i18n import _, long_day, long_days, whole_number
from ...store import Store
from ..corrections import Change, changes
from ..people.lookup import Person, but_passed_over
from ..people.removed import leave_out_anonymised
from ..rules import Rules, covers
from .activities import Activity

Period = tuple[str | None, str | None]


class Turnout(NamedTuple):
    """The attendance as it was typed. None: not given.

    `as_participant`, `as_volunteer`: from exports of older versions, which held what people counted as; read as `present` and `volunteers`.
    """

    present: Sequence[Person] | None = None
    volunteers: Sequence[Person] | None = None
    excused: Sequence[Person] | None = None
    unnamed: int | None = None
    as_participant: Sequence[Person] | None = None
    as_volunteer: Sequence[Person] | None = None

    def in_two_lists(self) -> Turnout:
        """Return the same in today's two lists."""
        if self.as_participant is None and self.as_volunteer is None:
            return self
        present, volunteers = (
            None if now is None and older is None else [*(now or ()), *(older or ())]
            for now, older in ((self.present, self.as_participant), (self.volunteers, self.as_volunteer))
        )
        return Turnout(present, volunteers, self.excused, self.unnamed)


class PersonAttendance(NamedTuple):
    """One person at one occasion. `named_as`: the list in which they were named; `part`: participant or volunteer, which follows from it (see `Participation.part`)."""

    named_as: str
    part: str


class Participation:
    """The part that each person has on a day, read from the file once per person and activity, when first needed."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._first_enquiry: dict[int, str | None] = {}
        self._roles: dict[int, list[Period]] = {}
        self._leaders: dict[int, list[tuple[int, str | None, str | None]]] = {}

    def first_enquiry(self, person: int) -> str | None:
        """Return the day of someone's first enquiry; "" if it is unknown, None if there is no enquiry."""
        if person not in self._first_enquiry:
            self._first_enquiry[person] = self.store.value("SELECT min(ifnull(enquired, '')) FROM intakes WHERE person_id = ?", person)
        return self._first_enquiry[person]

    def holds_role(self, person: int, day: str) -> bool:
        """Whether someone holds a volunteer role on the day."""
        if person not in self._roles:
            self._roles[person] = [
                (row[0], row[1]) for row in self.store.rows("SELECT starts, ends FROM roles WHERE person_id = ?", person)
            ]
        return any(covers(starts, ends, day) for starts, ends in self._roles[person])

    def leaders(self, activity: int) -> list[tuple[int, str | None, str | None]]:
        """Return the leaders or organisers of an activity: (person, starts, ends), in the order they were entered."""
        if activity not in self._leaders:
            rows = self.store.rows("SELECT person_id, starts, ends FROM leaders WHERE activity_id = ? ORDER BY id", activity)
            self._leaders[activity] = [(row[0], row[1], row[2]) for row in rows]
        return self._leaders[activity]

    def begin(self, activity: int, leaders: Sequence[Person]) -> None:
        """Take in a new activity, with those who lead or organise it."""
        self._leaders[activity] = [(person.id, None, None) for person in leaders]

    def leading(self, activity: int, day: str) -> set[int]:
        """Return those who lead or organise the activity on the day."""
        return {person for person, starts, ends in self.leaders(activity) if covers(starts, ends, day)}

    def part(self, person: int, day: str, named_as_volunteer: bool) -> str:
        """Return "volunteer" or "participant".

        A volunteer holds a role on the day, and leads or organises the occasion, was named with --volunteers, or has not enquired by then; and people who have never
        enquired are volunteers. `named_as_volunteer`: they lead or organise it, or were named so.
        """
        enquired = self.first_enquiry(person)
        if enquired is None or ((named_as_volunteer or enquired > day) and self.holds_role(person, day)):
            return "volunteer"
        return "participant"


def decide_parts(
    participation: Participation,
    rules: Rules,
    activity: int,
    day: str,
    turnout: Turnout,
    before: dict[int, PersonAttendance],
    group: bool,
    new: bool,
) -> dict[int, PersonAttendance]:
    """Return person -> `PersonAttendance` of an occasion, if `before` was recorded until now. Given lists replace it, the others stay.

    At a new group meeting the leaders of the day are there unless volunteers are given.
    """
    leading = participation.leading(activity, day)
    if turnout.volunteers is None and group and new:
        leave_out_anonymised(participation.store, rules, leading - before.keys())
    turnout = _without_passed_over(turnout.in_two_lists(), rules, before)
    volunteers = turnout.volunteers
    if volunteers is None and group and new:
        helping = {id for id in leading if id in before or not rules.leaves_out(id)} - {person.id for person in turnout.excused or ()}
    else:
        helping = {person.id for person in volunteers or ()}
    now = {id: each for id, each in before.items() if _stays(each, turnout)}
    now |= {id: PersonAttendance("volunteers", participation.part(id, day, True)) for id in helping}
    for person in volunteers or ():
        if now[person.id].part == "participant":
            rules.warn(
                _("{person} holds no volunteer role on {date}, and so counts as a participant.", person=person.display_name, date=day)
            )
    for person in turnout.present or ():
        if person.id in now and now[person.id].named_as == "volunteers":
            continue
        part = participation.part(person.id, day, person.id in leading)
        now[person.id] = PersonAttendance("present", part)
        if part == "volunteer" or (participation.first_enquiry(person.id) or "") > day:
            _warn_of_the_unexpected(participation, rules, person, day, part)
    for person in turnout.excused or ():
        if now.setdefault(person.id, PersonAttendance("excused", "excused")).part != "excused":
            if rules.strict and person not in (*(turnout.present or ()), *(turnout.volunteers or ())):
                raise _recorded_as_present(participation.store, person, turnout, now)
            message = _("excused: {person} is named as present too.", person=person.display_name)
            if rules.strict:
                raise WrongInput(message, "excused")
            rules.warn(message)
    return now


def _recorded_as_present(store: Store, person: Person, turnout: Turnout, now: dict[int, PersonAttendance]) -> Refused:
    """Refuse an excuse of somebody whom an earlier record has as present: who else was there is to be named with it."""
    away = {each.id for each in turnout.excused or ()}
    changed = {now[id].named_as for id in away & now.keys()}
    options = [
        f"--{name} {_numbers(store, [id for id, each in now.items() if each.named_as == name and id not in away])}"
        for name in ("present", "volunteers")
        if name in changed or getattr(turnout, name) is not None
    ]
    words = {"person": person.display_name, "options": " ".join([*options, f"--excused {_numbers(store, away)}"])}
    return Refused(_("excused: {person} is recorded as present. Name who else came, too: {options}", **words), "excused")


def _numbers(store: Store, ids: Iterable[int]) -> str:
    return ",".join(str(store.value("SELECT number FROM people WHERE id = ?", id)) for id in sorted(ids)) or "none"


def _without_passed_over(turnout: Turnout, rules: Rules, before: dict[int, PersonAttendance]) -> Turnout:
    """Return a turnout without those who are passed over. Whoever was recorded until now stays."""
    if not rules.passed_over:
        return turnout
    lists: dict[str, Any] = {
        name: but_passed_over(rules, people, before)
        for name in ("present", "volunteers", "excused")
        if (people := getattr(turnout, name)) is not None
    }
    return turnout._replace(**lists)


def _warn_of_the_unexpected(participation: Participation, rules: Rules, person: Person, day: str, part: str) -> None:
    enquired = participation.first_enquiry(person.id)
    if part == "volunteer" and not participation.holds_role(person.id, day):
        rules.warn(_("{person} has no enquiry, and so counts as a volunteer on {date}.", person=person.display_name, date=day))
    elif part == "participant" and enquired is not None and enquired > day:
        text = _(
            "{person} enquired on {enquired}, after {date}; counted as a participant.",
            person=person.display_name,
            enquired=enquired,
            date=day,
        )
        rules.warn(text)


def _stays(attended: PersonAttendance, turnout: Turnout) -> bool:
    """Whether the list in which somebody was named is not given now."""
    return getattr(turnout, attended.named_as) is None


def attendance_at(store: Store, session_id: int) -> dict[int, PersonAttendance]:
    """Return person -> `PersonAttendance`, as recorded."""
    rows = store.rows("SELECT person_id, named_as, part FROM attendance WHERE session_id = ?", session_id)
    return {row["person_id"]: PersonAttendance(row["named_as"], row["part"]) for row in rows}


def present_at(store: Store, session_id: int) -> dict[int, str]:
    """Return person -> part, as recorded."""
    return {id: each.part for id, each in attendance_at(store, session_id).items()}


def _keep_attendance(store: Store, session_id: int, now: dict[int, PersonAttendance], before: dict[int, PersonAttendance]) -> None:
    """Write who was there; rows that are the same stay."""
    changed = [(session_id, id, *each) for id, each in now.items() if before.get(id) != each]
    if before:
        for id in [*(before.keys() - now.keys()), *(id for _session, id, *_each in changed if id in before)]:
            store.delete("attendance", session_id=session_id, person_id=id)
    store.insert_many("attendance", ("session_id", "person_id", "named_as", "part"), changed)


MOST_UNNAMED = 500
"""More than this at one occasion is most likely mistyped."""
# The part somebody had at an occasion follows from the rows of these tables.
DECIDING = frozenset({"intakes", "roles", "leaders"})


def decide_again(store: Store, rules: Rules) -> None:
    """Decide again what those people were at occasions whose enquiries, roles or leaderships this command has changed, and say what changed.

    So it follows from what is recorded, in whatever order it was recorded. Belongs at the end of every command that writes.
    """
    people = store.take_changed_people(DECIDING)
    if not people or store.national:
        return
    _decide_again(store, rules, "person_id IN (SELECT value FROM json_each(?))", f"[{', '.join(map(str, sorted(people)))}]")


def decide_at(store: Store, rules: Rules, activity: int) -> None:
    """Decide again what people were at an activity whose days have moved, and say what changed."""
    _decide_again(store, rules, "activity_id = ?", activity)


def _decide_again(store: Store, rules: Rules, condition: str, value: object) -> None:
    participation = Participation(store)
    sql = f"""SELECT session_id, person_id, named_as, part, date, activity_id, number, name FROM attendance
        JOIN sessions ON sessions.id = session_id JOIN people ON people.id = person_id
        WHERE {condition} AND part <> 'excused' ORDER BY number, date"""
    changed: dict[tuple[str, str], list[str]] = {}
    for row in store.rows(sql, value):
        person, day = row["person_id"], row["date"]
        named_as_volunteer = row["named_as"] == "volunteers" or person in participation.leading(row["activity_id"], day)
        part = participation.part(person, day, named_as_volunteer)
        if part != row["part"]:
            store.update_all("attendance", {"session_id": row["session_id"], "person_id": person}, part=part)
            changed.setdefault((f"{row['number']} {row['name']}", part), []).append(day)
    for (who, part), days in changed.items():
        dates = few_days(days)
        if part == "participant":
            rules.warn(_("{person} now counts as a participant on {dates}.", person=who, dates=dates))
        else:
            rules.warn(_("{person} now counts as a volunteer on {dates}.", person=who, dates=dates))


def few_days(days: Sequence[str]) -> str:
    """Return days as a text: of more than five the first four and the last."""
    return long_days(dict.fromkeys(days)) if len(days) <= 5 else f"{long_days(days[:4])}, … {long_day(days[-1])}"


def note_meetings_of_leader(store: Store, rules: Rules, group: Activity, person: Person) -> None:
    """Name the meetings that somebody leads and is not recorded at, or is recorded at as leaders are, without being asked, and no longer leads."""
    participation = Participation(store)
    sql = """SELECT date, named_as FROM sessions LEFT JOIN attendance ON session_id = sessions.id AND person_id = ?
        WHERE activity_id = ? AND state = 'held' ORDER BY date"""
    meetings = [
        (row["date"], row["named_as"], person.id in participation.leading(group.id, row["date"]))
        for row in store.rows(sql, person.id, group.id)
    ]
    words = {"person": person.display_name, "group": group.ref}
    if days := [day for day, named_as, leads in meetings if leads and named_as is None]:
        words |= {"dates": few_days(days), "text": days[0]}
        rules.warn(
            _(
                "{person} is not recorded as there on {dates}. If they were: husrum group meet {group} --date {text} --volunteers LIST",
                **words,
            )
        )
    if days := [day for day, named_as, leads in meetings if not leads and named_as == "volunteers"]:
        words |= {"dates": few_days(days), "text": days[0]}
        rules.warn(
            _(
                "{person} is still recorded as there on {dates}. If they were not: husrum group meet {group} --date {text} --volunteers LIST",
                **words,
            )
        )


class OccasionRecord(NamedTuple):
    """The record of an occasion after it was written. session: its id.

    before: participants recorded before, named and unnamed; None if nothing was. came, gone: who is recorded as present now and was not
    before, and the other way round (ids); empty if nothing was recorded before. unexcused: who was excused before and is not recorded now (ids).
    changes: the theme and the note that were corrected. cancelled: it was cancelled before; its attendance was kept.
    """

    date: str
    participants: int
    volunteers: int
    unnamed: int
    before: int | None
    session: int
    came: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    unexcused: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()
    cancelled: bool = False


def record_occasion(
    participation: Participation,
    rules: Rules,
    activity: int,
    day: str,
    turnout: Turnout,
    *,
    group: bool,
    first: bool = False,
    theme: str | None = None,
    note: str | None = None,
) -> OccasionRecord:
    """Record an occasion as held: a planned one, a new one, or again one that was recorded before.

    `first`: there is no such session yet. `theme`, `note`: None leaves what is there, and an empty text clears it.
    """
    store = participation.store
    session = (
        None
        if first
        else store.row("SELECT id, state, unnamed, theme, note FROM sessions WHERE activity_id = ? AND date = ?", activity, day)
    )
    new = session is None or session["state"] != "held"
    stored = {} if session is None else attendance_at(store, session["id"])
    now = decide_parts(participation, rules, activity, day, turnout, stored, group, new)
    values: dict[str, Any] = {column: text or None for column, text in (("theme", theme), ("note", note)) if text is not None}
    if turnout.unnamed is not None:
        values["unnamed"] = turnout.unnamed
    replaced: tuple[Change, ...] = ()
    if session is None:
        id = store.insert("sessions", activity_id=activity, date=day, state="held", **values)
        unnamed = turnout.unnamed or 0
    else:
        id = session["id"]
        texts: dict[str, Any] = {column: values[column] for column in ("theme", "note") if column in values}
        held = session["state"] == "held"  # what a planned one is given as it is held corrects nothing, unless it was something else
        replaced = tuple(change for change in changes(dict(session), texts) if held or change.before is not None)
        store.update("sessions", id, state="held", **values)
        unnamed = session["unnamed"] if turnout.unnamed is None else turnout.unnamed
    if unnamed > MOST_UNNAMED:
        rules.warn(_("{date}: {number} people without a name; is that right?", date=day, number=whole_number(unnamed)))
    _keep_attendance(store, id, now, stored)
    count = [each.part for each in now.values()].count
    before: int | None = None
    came: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    if session is not None and session["state"] != "planned":
        before = [each.part for each in stored.values()].count("participant") + session["unnamed"]
        there, were = ({id for id, each in people.items() if each.part != "excused"} for people in (now, stored))
        came, gone = tuple(sorted(there - were)), tuple(sorted(were - there))
    unexcused = tuple(sorted(id for id, each in stored.items() if each.part == "excused" and id not in now))
    cancelled = session is not None and session["state"] == "cancelled"
    return OccasionRecord(day, count("participant"), count("volunteer"), unnamed, before, id, came, gone, unexcused, replaced, cancelled)
