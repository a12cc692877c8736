"""A volunteer's activity: their papers, when they last led and were at supervision, and what they did in a year."""

from __future__ import annotations

from typing import Any

from ...store import Store
from ...vocabulary import ATTEST
from ..people.lookup import Person
from .hours import hours_by_year
from .papers import lapses_on, last_seen

_THERE = """FROM attendance JOIN sessions ON sessions.id = session_id JOIN activities ON activities.id = activity_id
    WHERE person_id = ?1 AND part <> 'excused' AND state = 'held' AND date <= ?2"""
_PAIRS = """SELECT count(*) FROM pair_meetings JOIN matches ON matches.id = match_id
    WHERE volunteer_id = ?1 AND substr(date, 1, 4) = substr(?2, 1, 4) AND date <= ?2"""
# Led a group's meeting or organised an event: the leaders of a day who were there.
LED = """SELECT attendance.person_id, date FROM attendance JOIN sessions ON sessions.id = session_id
    JOIN leader_periods ON leader_periods.activity_id = sessions.activity_id AND leader_periods.person_id = attendance.person_id AND date BETWEEN starts AND ends
    WHERE state = 'held' AND part <> 'excused'"""


def volunteer_facts(store: Store, person: Person, day: str) -> dict[str, Any]:
    """`papers`, `led` and `supervised` (the last days), `this_year`: how many meetings of groups, events, meetings of volunteers,
    meetings with a young person, and hours.
    """
    year = store.rows(
        f"SELECT iif(ref GLOB 'G*', 'meetings', iif(kind IN ('volunteer_meeting', 'supervision', 'training', 'intro_course'), 'own', 'events')) AS what,"
        f" count(*) AS number {_THERE} AND substr(date, 1, 4) = substr(?2, 1, 4) AND part = 'volunteer' GROUP BY 1",
        person.id,
        day,
    )
    counted = {row["what"]: row["number"] for row in year}
    return {
        "papers": papers_of(store, person, day),
        "led": store.value(f"SELECT max(date) FROM ({LED}) WHERE person_id = ?1 AND date <= ?2", person.id, day),
        "supervised": store.value(f"SELECT max(date) {_THERE} AND kind = 'supervision'", person.id, day),
        "this_year": {
            **{what: counted.get(what, 0) for what in ("meetings", "events", "own")},
            "pairs": store.value(_PAIRS, person.id, day),
            "hours": hours_by_year(store, person).get(day[:4], 0),
        },
    }


def papers_of(store: Store, person: Person, day: str) -> list[dict[str, Any]]:
    """Return the papers that were seen by a day, the last time of each, and the last day that it is good; None: it never lapses."""
    seen = {kind: last_seen(store, kind, day).get(person.id) for kind in ATTEST}
    return [
        {"paper": kind, "seen": last or None, "lapses": lapses_on(store, kind, last)} for kind, last in seen.items() if last is not None
    ]
