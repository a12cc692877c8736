"""Likely attendees: enrolled, or there lately, the likeliest first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from ...errors import Refused
from ...i18n import _, long_days
from ...input.text import fold
from ...records.tick_list import Candidate
from ...store import Store
from ..people.called_names import called_names
from ..people.leaving import LEFT, LEFT_BEFORE
from ..people.lookup import People, Person
from ..people.removed import anonymised_people
from ..rules import Rules
from .activities import Activity, find_activity
from .attendance import Participation, Turnout, present_at
from .events import NewEvent, days_meant, log_event
from .groups import enrolled_people

HALF_LIFE = 60
"""Days after which a visit says half as much of the next one."""
SAME_TITLE, SAME_KIND = 8.0, 2.0


class Likely(NamedTuple):
    """The people who may have come to an occasion. `next_number`: for somebody new.

    `leading`: there by themselves at a new group meeting, unless said otherwise. `helped`: recorded as volunteers before.
    `excusable`: whether it is recorded who is excused. `recorded`: everybody who is recorded already. `uids`: person -> uid, which recognises them later.
    """

    candidates: tuple[Candidate, ...]
    unnamed: int
    next_number: int
    leading: frozenset[int]
    helped: frozenset[int]
    excusable: bool = False
    recorded: frozenset[int] = frozenset()
    uids: Mapping[int, str] = {}


def likely_at_new_event(
    participation: Participation, rules: Rules, people: People, event: NewEvent, given: Turnout, like: str | None
) -> Likely:
    """List who may have come to an event that is being logged. The event is entered first, in a transaction the caller rolls back, so that it is refused before anybody is ticked."""
    activity, _recorded = log_event(participation, rules, event, given)
    other = find_activity(participation.store, like, "E", "like", titles=True).title if like else None
    return _likely_at_event(participation, people, activity, event.date, {title for title in (event.title, other) if title}, {}, 0)


def likely_at_known_event(participation: Participation, people: People, event: Activity, day: str | None, volunteers_said: bool) -> Likely:
    """List who may have come to a planned event, or did come to a logged one. Raises `Refused` if its days differ and none was named."""
    records = _records(participation.store, event, day)
    first, stored, unnamed = records[0] if records else (day or str(event.starts), {}, 0)
    recorded = frozenset(stored)
    if volunteers_said:
        stored = {id: part for id, part in stored.items() if part != "volunteer"}
    titles = {event.title} if event.title else set()
    return _likely_at_event(participation, people, event, first, titles, stored, unnamed)._replace(recorded=recorded)


def _records(store: Store, event: Activity, day: str | None) -> list[tuple[str, dict[int, str], int]]:
    """Return of each day in `days_meant`: the date, person -> part, and the number without a name. Raises `Refused` if the days differ."""
    days = days_meant(store, event, day)
    sql = f"SELECT id, date, unnamed FROM sessions WHERE activity_id = ? AND date IN ({', '.join('?' * len(days))}) ORDER BY date"
    records = [(row["date"], present_at(store, row["id"]), row["unnamed"]) for row in store.rows(sql, event.id, *days)]
    if any(record[1:] != records[0][1:] for record in records):
        differing = long_days(record[0] for record in records)
        raise Refused(_("date: other people came on each of {days}; name one of them with --date.", days=differing), "date")
    return records


def _likely_at_event(
    participation: Participation, people: People, event: Activity, day: str, titles: set[str], stored: dict[int, str], unnamed: int
) -> Likely:
    """Return everybody of the city, first those who came lately to events with one of the titles or of the same kind."""
    organising = participation.leading(event.id, day)
    scores = _scores(participation.store, event, day, {fold(title) for title in titles})
    sql = "SELECT person_id, max(ifnull(enquired, held)) FROM intakes GROUP BY person_id"
    enquired: dict[int, str | None] = dict(participation.store.connection.execute(sql).fetchall())
    gone = _gone(participation, day)
    order = sorted(people.by_id.values(), key=lambda person: person.number)
    order.sort(key=lambda person: enquired.get(person.id) or "", reverse=True)
    order.sort(key=lambda person: scores.get(person.id, 0.0), reverse=True)
    order.sort(key=lambda person: (person.id not in organising, person.id in gone))
    anonymised = anonymised_people(participation.store)
    organising -= anonymised.keys() - stored.keys()
    helped = {id for id, part in stored.items() if part == "volunteer"}
    there = helped | {id for id, part in stored.items() if part == "participant"}
    candidates = tuple(
        _candidate(person, participation, day, organising, helped, person.id in there, person.id in gone and person.id not in there)
        for person in order
        if person.branch_id == event.branch_id and (person.id in stored or person.id not in anonymised)
    )
    uids = _uids(participation.store)
    return Likely(_with_distinct_names(candidates, people), unnamed, people.next_number(), frozenset(), frozenset(helped), uids=uids)


def likely_at_meeting(participation: Participation, people: People, group: Activity, day: str, given: Turnout) -> Likely:
    """List who is enrolled, also if only from a later day, then who leads; others of the city appear only when typed. `given`: what is known already."""
    store = participation.store
    session = store.row("SELECT id, state, unnamed FROM sessions WHERE activity_id = ? AND date = ?", group.id, day)
    new = session is None or session["state"] != "held"
    stored = {} if session is None else present_at(store, session["id"])
    gone = anonymised_people(store).keys() - stored.keys()
    leading = participation.leading(group.id, day) - gone
    left = {row[0] for row in store.connection.execute(LEFT_BEFORE, {"day": day})}
    coming = (
        "SELECT person_id FROM enrolment_periods WHERE activity_id = ? AND starts > ? ORDER BY id"  # enrolled too late, as they often are
    )
    later = [row[0] for row in store.connection.execute(coming, (group.id, day))]
    here = [id for id in dict.fromkeys([*enrolled_people(store, group, day), *later]) if id not in left | gone]
    sql = """SELECT person_id, count(*) FROM attendance JOIN sessions ON sessions.id = session_id
        WHERE activity_id = ? AND state = 'held' AND part = 'participant' GROUP BY person_id"""
    came = dict(store.connection.execute(sql, (group.id,)).fetchall())
    rest = [
        person.id for person in people.by_id.values() if person.branch_id == group.branch_id and person.id not in {*here, *leading, *gone}
    ]
    order = [*sorted(here, key=lambda id: (-came.get(id, 0), people.by_id[id].number)), *sorted(leading - set(here)), *rest]
    helped = {id for id, part in stored.items() if part == "volunteer"}
    there = helped | {id for id, part in stored.items() if part == "participant"}
    sent_word = {id for id, part in stored.items() if part == "excused"} if given.excused is None else {each.id for each in given.excused}
    there -= sent_word
    if given.volunteers is not None:
        there, helped, automatic = there - helped, set(), set()
    else:
        automatic = leading - sent_word if new else set()
    hidden = set(rest) - there - sent_word
    candidates = tuple(
        _candidate(people.by_id[id], participation, day, leading, helped, id in there or id in automatic, id in hidden)._replace(
            excused=id in sent_word
        )
        for id in order
    )
    unnamed = session["unnamed"] if session else 0
    recorded = frozenset(present_at(store, session["id"]) if session else ())
    shown = _with_distinct_names(candidates, people)
    return Likely(shown, unnamed, people.next_number(), frozenset(automatic), frozenset(helped), True, recorded, _uids(store))


def ticked_turnout(likely: Likely, present: list[Person], excused: list[Person], unnamed: int, given: Turnout) -> Turnout:
    """Convert the ticks to a turnout: who was recorded as a volunteer stays one, and leaders are not listed if all of them came."""
    leading = [person for person in present if person.id in likely.leading]
    helped = [person for person in present if person.id in likely.helped]
    others = [person for person in present if person.id not in likely.leading | likely.helped]
    volunteers = given.volunteers if len(leading) == len(likely.leading) else leading
    if likely.helped:
        volunteers = [*(leading if volunteers is None else volunteers), *helped]
    number = None if given.unnamed is None and unnamed == likely.unnamed else unnamed  # what another terminal recorded stays
    return Turnout(others, volunteers, excused if likely.excusable else given.excused, number)


def recorded_meanwhile(people: People, likely: Likely, turnout: Turnout, activity: Activity, day: str | None) -> Turnout:
    """Add to a ticked turnout whom another terminal recorded while the list was open: nobody is removed who was not shown.

    day: as in `days_meant`. Raises `Refused` if the days differ by now.
    """
    store = people.store
    days = [date for date, _people, _unnamed in _records(store, activity, day)]
    ticked = {person.id for each in (turnout.present, turnout.volunteers, turnout.excused) for person in each or ()}
    sql = f"""SELECT DISTINCT person_id, named_as FROM attendance JOIN sessions ON sessions.id = session_id
        WHERE activity_id = ? AND date IN ({", ".join("?" * len(days))}) ORDER BY person_id"""
    lists = {"present": turnout.present, "volunteers": turnout.volunteers, "excused": turnout.excused}
    for id, named_as in store.connection.execute(sql, (activity.id, *days)).fetchall():
        if id not in ticked | likely.recorded and lists[named_as] is not None:
            lists[named_as] = [*(lists[named_as] or ()), *people.with_ids([id])]
    return turnout._replace(present=lists["present"], volunteers=lists["volunteers"], excused=lists["excused"])


def gone_meanwhile(store: Store, likely: Likely, ids: Collection[int]) -> list[Candidate]:
    """Return those of the list who were removed, or joined with somebody else, while it was open. Ids are given again, uids are not."""
    now = _uids(store)
    return [each for each in likely.candidates if each.id in ids and now.get(each.id) != likely.uids[each.id]]


def _uids(store: Store) -> dict[int, str]:
    return dict(store.connection.execute("SELECT id, uid FROM people").fetchall())


def _candidate(
    person: Person, participation: Participation, day: str, leading: set[int], helped: set[int], ticked: bool, hidden: bool
) -> Candidate:
    words = tuple(fold(person.name or "").split(" "))
    called = person.called or (person.name or "").split(" ")[0]
    volunteer = person.id in helped or participation.part(person.id, day, person.id in leading) == "volunteer"
    return Candidate(person.id, person.number, called, words, volunteer, ticked, hidden=hidden)


def _with_distinct_names(candidates: tuple[Candidate, ...], people: People) -> tuple[Candidate, ...]:
    """Return the candidates with as much of their names as distinguishes them: those on the screen from each other, those who are only typed from all."""
    names = called_names(people.by_id[each.id] for each in candidates)
    names |= called_names(people.by_id[each.id] for each in candidates if not each.hidden)
    return tuple(each._replace(shown=names[each.id]) for each in candidates)


def _scores(store: Store, event: Activity, day: str, titles: set[str]) -> dict[int, float]:
    """Return person -> score of the last year's visits for this event: recent ones count more, and those with the same title most."""
    sql = """SELECT person_id, date, kind, title FROM attendance JOIN sessions ON sessions.id = session_id JOIN activities ON activities.id = activity_id
        WHERE state = 'held' AND part <> 'excused' AND date <= ?1 AND date > date(?1, '-1 year') AND activities.id <> ?2"""
    now = date.fromisoformat(day)
    weights: dict[str, float] = {}
    scores: dict[int, float] = {}
    for person, when, kind, title in store.connection.execute(sql, (day, event.id)):
        weight = weights.get(when)
        if weight is None:
            weight = weights[when] = 0.5 ** ((now - date.fromisoformat(when)).days / HALF_LIFE)
        same = SAME_TITLE if title and fold(title) in titles else SAME_KIND if kind == event.kind else 1.0
        scores[person] = scores.get(person, 0.0) + weight * same
    return scores


def _gone(participation: Participation, day: str) -> set[int]:
    """Return the people no longer here on a day: left and not come back, or a volunteer whose roles have all ended and who was never a young person."""
    gone = {person for (person,) in participation.store.connection.execute(LEFT, {"day": day})}
    volunteers = """SELECT person_id, max(?1 BETWEEN starts AND ends) AS active, EXISTS (SELECT 1 FROM intakes WHERE intakes.person_id = role_periods.person_id)
        FROM role_periods GROUP BY person_id"""
    for person, active, young in participation.store.connection.execute(volunteers, (day,)):
        if active:
            gone.discard(person)
        elif not young:
            gone.add(person)
    return gone
