"""Filters of people and volunteers for lists: each condition that is set narrows the list, and they combine freely."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from ...input.dates import days_since, months_before, today
from ...store import Store
from ..activities.activities import Activity
from ..activities.groups import MEETINGS_WHILE_ENROLLED, enrolled_people
from ..people.leaving import LEFT, LEFT_BEFORE, WAITS_FOR_INTERVIEW
from ..volunteers.activity import LED
from ..volunteers.applications import OPEN_APPLICATIONS
from ..volunteers.papers import people_with_paper
from .lists import DAYS_SEEN, present_at_event, waiting_ids

_CONSENTED = "SELECT person_id FROM consents WHERE purpose = :purpose AND ifnull(given, '') <= :day AND ifnull(withdrawn, '~') > :day"
# The meetings held while somebody was enrolled who still is, the latest first, without those they were excused from.
_MEETINGS = f"""SELECT person_id, activity_id, date, part, row_number() OVER (PARTITION BY person_id, activity_id ORDER BY date DESC) AS place
    FROM ({MEETINGS_WHILE_ENROLLED}) AS meetings
    WHERE date <= :day AND ifnull(part, '') <> 'excused' AND (:group IS NULL OR activity_id = :group)
        AND person_id IN (SELECT person_id FROM enrolment_periods AS now
            WHERE now.activity_id = meetings.activity_id AND :day BETWEEN now.starts AND now.ends)"""
_YOUNG = "SELECT person_id FROM intakes"
_VOLUNTEERS = "SELECT person_id FROM volunteers"
# The people of the figures `interviewed_never_came` and `young_people_once`, in the period from :first to :last.
_NEVER_CAME = """SELECT person_id FROM intakes GROUP BY person_id HAVING min(held) BETWEEN :first AND :last
    EXCEPT SELECT person_id FROM visits WHERE named AND channel <> 'intake' AND date <= :last
    EXCEPT SELECT person_id FROM match_periods WHERE starts <= :last"""
_ONCE = """SELECT person_id FROM visits WHERE named AND channel <> 'intake' AND date BETWEEN :first AND :last
    GROUP BY person_id HAVING count(*) = 1"""
_NOT_SEEN = f"""SELECT person_id FROM ({DAYS_SEEN}) WHERE person_id IN (SELECT person_id FROM here WHERE starts <= :day AND ends > :day)
    GROUP BY person_id HAVING max(date) < :since"""
MISSED = f"""SELECT person_id, activity_id, min(date) AS date FROM ({_MEETINGS}) WHERE place <= :number
    GROUP BY person_id, activity_id HAVING count(*) >= :number AND count(part) = 0"""
"""SQL of who, on a :day, was absent from the last :number meetings of a :group (NULL: of any), and since when. Meetings they were excused from don't count."""
_WAITING = f"SELECT person_id, branch_id, enquired FROM intakes AS enquiry JOIN people ON people.id = person_id WHERE {WAITS_FOR_INTERVIEW}"


class Selection(NamedTuple):
    """Conditions on people.

    once: exactly one visit, interviews aside. never_came: interviewed, and never at anything. year: of which these two are asked; None: of all until today.
    not_seen_since: came at least once, are still here, and not since that day.
    missed: absent from the last so many meetings held while enrolled, in `group` or in any.
    long_wait: waits for an interview for longer than is usual in their city.
    turns: the age that is reached from today until a day.
    consent, lacks_consent: a purpose with, and without, a consent that is valid today.
    """

    group: Activity | None = None
    event: Activity | None = None
    waiting: bool = False
    young: bool = False
    volunteers: bool = False
    left: bool = False
    never_came: bool = False
    once: bool = False
    year: int | None = None
    not_seen_since: str | None = None
    missed: int | None = None
    long_wait: bool = False
    turns: tuple[int, str] | None = None
    consent: str | None = None
    lacks_consent: str | None = None


def select_people(store: Store, chosen: Selection) -> set[int] | None:
    """Return the ids of the people who meet every condition; None: no condition is set."""
    ids = partial(_ids, store)
    found: list[set[int]] = []
    if chosen.group and not chosen.missed:
        found.append(set(enrolled_people(store, chosen.group, today())) - (set() if chosen.left else ids(LEFT_BEFORE)))
    if chosen.event:
        found.append(present_at_event(store, chosen.event))
    if chosen.waiting:
        found.append({row["id"] for row in waiting_ids(store)})
    plain = ((chosen.young, _YOUNG), (chosen.volunteers, _VOLUNTEERS), (chosen.left, LEFT))
    found += (ids(sql) for wanted, sql in plain if wanted)
    first, last = (f"{chosen.year}-01-01", f"{chosen.year}-12-31") if chosen.year else ("", today())
    found += (ids(sql, first=first, last=last) for wanted, sql in ((chosen.never_came, _NEVER_CAME), (chosen.once, _ONCE)) if wanted)
    if chosen.not_seen_since:
        found.append(ids(_NOT_SEEN, since=chosen.not_seen_since))
    if chosen.missed:
        found.append(ids(MISSED, number=chosen.missed, group=chosen.group.id if chosen.group else None))
    if chosen.long_wait:
        found.append(_long_waiting(store, today()))
    if chosen.turns:
        found.append(set(birthdays(store, *chosen.turns)))
    if chosen.consent:
        found.append(ids(_CONSENTED, purpose=chosen.consent))
    if chosen.lacks_consent:
        found.append(ids(f"SELECT id FROM people EXCEPT {_CONSENTED}", purpose=chosen.lacks_consent))
    return set.intersection(*found) if found else None


def _ids(store: Store, sql: str, **values: Any) -> set[int]:
    """Return the first column of a query, which may name today `:day`."""
    return {row[0] for row in store.connection.execute(sql, {"day": today(), **values})}


def usual_wait(store: Store, branch: int, day: str) -> float | None:
    """Return the median of the days from enquiry to interview, over a branch's interviews of the twelve months until a day; None without any."""
    sql = """SELECT julianday(held) - julianday(enquired) FROM intakes JOIN people ON people.id = person_id
        WHERE branch_id = ?1 AND enquired <= held AND held > ?2 AND held <= ?3 ORDER BY 1"""
    waits = [row[0] for row in store.connection.execute(sql, (branch, months_before(day, 12), day))]
    return (waits[(len(waits) - 1) // 2] + waits[len(waits) // 2]) / 2 if waits else None


def waits_long(enquired: str | None, usual: float | None, day: str) -> bool:
    """Return whether somebody who enquired on a day has waited longer than usual by another one."""
    if enquired is None or usual is None:
        return False
    return days_since(enquired, day) > usual


def _long_waiting(store: Store, day: str) -> set[int]:
    usual = {branch: usual_wait(store, branch, day) for branch in store.branches}
    waiting = store.connection.execute(_WAITING, {"today": day}).fetchall()
    return {person for person, branch, enquired in waiting if waits_long(enquired, usual[branch], day)}


def birthdays(store: Store, age: int, by: str) -> dict[int, str]:
    """Return person -> the day they reach an age, from today until a day; only the year if only the birth year is known."""
    first, found = today(), {}
    for row in store.rows("SELECT id, born FROM people WHERE born IS NOT NULL"):
        born = row["born"]
        reached = months_before(born, -12 * age) if len(born) > 4 else f"{int(born) + age:04}"
        if first[: len(reached)] <= reached <= by[: len(reached)]:
            found[row["id"]] = reached
    return found


class VolunteerSelection(NamedTuple):
    """Conditions on volunteers. lacks: a paper, the intro course or supervision (see `_with`)."""

    active: bool = False
    applied: bool = False
    role: str | None = None
    lacks: str | None = None
    not_led_since: str | None = None


_ACTIVE = "SELECT person_id FROM role_periods WHERE :day BETWEEN starts AND ends"
_APPLIED = f"SELECT person_id FROM ({OPEN_APPLICATIONS})"
_SUPERVISED = """SELECT person_id FROM attendance JOIN sessions ON sessions.id = session_id JOIN activities ON activities.id = activity_id
    WHERE kind = 'supervision' AND state = 'held' AND part <> 'excused' AND date > :since"""


def select_volunteers(store: Store, chosen: VolunteerSelection) -> set[int] | None:
    """Return the ids of the volunteers who meet every condition; None: no condition is set."""
    ids = partial(_ids, store)
    found: list[set[int]] = []
    if chosen.active:
        found.append(ids(_ACTIVE))
    if chosen.applied:
        found.append(ids(_APPLIED))
    if chosen.role:
        found.append(ids(f"{_ACTIVE} AND role = :role", role=chosen.role))
    if chosen.lacks:
        found.append(ids(f"{_ACTIVE} AND ends > :day") - _with(store, chosen.lacks, today()))
    if chosen.not_led_since:
        found.append(ids(_ACTIVE) - ids(f"SELECT person_id FROM ({LED}) WHERE date >= :since", since=chosen.not_led_since))
    return set.intersection(*found) if found else None


def _with(store: Store, what: str, day: str) -> set[int]:
    """Return the people who have a paper that has not lapsed, have taken the intro course, or were at supervision within the last twelve months."""
    return _ids(store, _SUPERVISED, since=months_before(day, 12)) if what == "supervision" else people_with_paper(store, what, day)
