"""The agenda of a day: each item with the command that deals with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...input.dates import days_after
from ...store import Store
from ..people.drafts import all_drafts
from ..people.leaving import LEFT, WAITS_FOR_INTERVIEW
from ..settings import setting
from . import agenda_outcomes, agenda_people
from .agenda_records import Record, record
from .selection import MISSED, usual_wait, waits_long

DAYS_AHEAD = 6
"""Days after today that are looked at: with today, a week."""
IN_A_ROW = 3
"""Absences in a row after which somebody has stopped coming."""

_ACTIVITY = "activities.ref, activities.title, activities.kind"


def agenda(store: Store, day: str) -> list[Record]:
    """Return all items of a day, the most urgent first. Only of the home branch, since that is where they can be dealt with."""
    stopped, enquiries, matches = list(_stopped(store, day)), list(_enquiries(store, day)), list(_matches(store, day))
    known = frozenset(each["person"] for each in (*stopped, *enquiries, *matches))
    return [
        *agenda_people.reminders(store, day),
        *_unrecorded(store, day),
        *_planned(store, day),
        *enquiries,
        *agenda_people.applicants(store, day),
        *stopped,
        *_waiting(store, day),
        *matches,
        *agenda_people.match_reviews(store, day, frozenset(each["person"] for each in matches)),
        *agenda_people.groups_without_sparring(store, day),
        *agenda_people.papers(store, day),
        *agenda_people.without_consent(store, day),
        *agenda_people.kept_too_long(store, day),
        *agenda_outcomes.measurements(store, day),
        *agenda_outcomes.targets(store, day),
        *agenda_people.slipping_away(store, day, known),
        *_drafts(store, day),
    ]


def about(store: Store, day: str, number: int) -> list[Record]:
    """Return the items of a day about one person of the home branch, except those that only ask why they were not seen."""
    matches = [*_matches(store, day)]
    lists = (
        agenda_people.reminders(store, day),
        _enquiries(store, day, number),
        agenda_people.applicants(store, day),
        matches,
        agenda_people.match_reviews(store, day, frozenset(each["person"] for each in matches)),
        agenda_people.papers(store, day),
        agenda_people.without_consent(store, day, number),
        agenda_people.kept_too_long(store, day),
        agenda_outcomes.measurements(store, day, number),
    )
    return [item for items in lists for item in items if item["person"] == number]


def _unrecorded(store: Store, day: str) -> Iterator[Record]:
    sql = f"""SELECT {_ACTIVITY}, date, (SELECT count(*) FROM sessions AS others WHERE others.activity_id = activities.id AND state <> 'planned') AS known
        FROM sessions JOIN activities ON activities.id = activity_id WHERE branch_id = ? AND state = 'planned' AND date < ? ORDER BY date, activities.id"""
    for row in _once(store.rows(sql, store.home, day)):
        yield record("not recorded yet", row["date"], row, _recording(row), row["date"], day)


def _once(rows: list[Any]) -> Iterator[Any]:
    """Yield each meeting, but a trip without a recorded day only once: all its days are recorded in one go."""
    seen = set()
    for row in rows:
        if row["ref"] not in seen or row["ref"].startswith("G") or row["known"]:
            yield row
        seen.add(row["ref"])


def _recording(row: Any) -> str:
    if row["ref"].startswith("G"):
        return f"husrum group meet {row['ref']}"  # it takes the oldest that is not recorded
    return f"husrum event attend {row['ref']}" + (f" --date {row['date']}" if row["known"] else "")


def _planned(store: Store, day: str) -> Iterator[Record]:
    sql = f"""SELECT {_ACTIVITY}, date, (SELECT count(*) FROM sessions AS others WHERE others.activity_id = activities.id AND state <> 'planned') AS known
        FROM sessions JOIN activities ON activities.id = activity_id
        WHERE branch_id = ? AND state = 'planned' AND date BETWEEN ? AND ? ORDER BY date, activities.id"""
    last = days_after(day, DAYS_AHEAD)
    for row in _once(store.rows(sql, store.home, day, last)):
        noun = "group" if row["ref"].startswith("G") else "event"
        yield record("planned", row["date"], row, _recording(row) if row["date"] == day else f"husrum {noun} show {row['ref']}")


def _enquiries(store: Store, day: str, number: int | None = None) -> Iterator[Record]:
    sql = f"""SELECT number, name, called, enquired FROM intakes AS enquiry JOIN people ON people.id = person_id
        WHERE branch_id = :branch AND ifnull(enquired, '') <= :today AND (:number IS NULL OR number = :number) AND {WAITS_FOR_INTERVIEW}
        ORDER BY ifnull(enquired, ''), number"""
    rows = store.connection.execute(sql, {"branch": store.home, "today": day, "number": number}).fetchall()
    usual = usual_wait(store, store.home, day) if rows else None
    long = [row for row in rows if waits_long(row["enquired"], usual, day)]
    for what, some in (
        ("waits longer than usual for an interview", long),
        ("waits for an interview", [row for row in rows if row not in long]),
    ):
        for row in some:
            yield record(what, row["enquired"], row, f"husrum intake hold {row['number']}", row["enquired"], day)


def _stopped(store: Store, day: str) -> Iterator[Record]:
    """Enrolled in an open group, and absent from its last meetings while they were, without a word."""
    sql = f"""SELECT {_ACTIVITY}, number, name, called, missed.date FROM ({MISSED}) AS missed
        JOIN activities ON activities.id = activity_id JOIN people ON people.id = missed.person_id
        WHERE activities.branch_id = :branch AND missed.person_id NOT IN ({LEFT}) AND EXISTS (
            SELECT 1 FROM enrolment_periods AS own WHERE own.person_id = missed.person_id AND own.activity_id = activities.id AND :day BETWEEN starts AND ends AND ends > :day)
        ORDER BY activities.id, number"""
    for row in store.connection.execute(sql, {"branch": store.home, "day": day, "number": IN_A_ROW, "group": None}):
        yield record("has stopped coming", row["date"], row, f"husrum group leave {row['ref']} {row['number']}", row["date"], day)


def _waiting(store: Store, day: str) -> Iterator[Record]:
    sql = """SELECT number, name, called, waiting.starts FROM waiting JOIN people ON people.id = person_id
        WHERE branch_id = ?1 AND ifnull(waiting.starts, '') <= ?2 AND waiting.ends > ?2 ORDER BY ifnull(waiting.starts, ''), number"""
    for row in store.rows(sql, store.home, day):
        yield record("waits for a Hjerteven", row["starts"], row, "husrum match propose", row["starts"], day)


def _matches(store: Store, day: str) -> Iterator[Record]:
    sql = """SELECT number, name, called, max(ifnull(matches.starts, ''), ifnull((SELECT max(date) FROM contacts WHERE contacts.person_id = people.id AND date <= ?2), '')) AS last
        FROM matches JOIN people ON people.id = matches.person_id
        WHERE branch_id = ?1 AND ifnull(matches.starts, '') <= ?2 AND ifnull(matches.ends, '~') > ?2 ORDER BY last, number"""
    limit = days_after(day, -setting(store, "contact_days"))
    for row in store.rows(sql, store.home, day):
        if row["last"] <= limit:
            yield record(
                "match without contact", row["last"] or None, row, f"husrum match contact {row['number']}", row["last"] or None, day
            )


def _drafts(store: Store, day: str) -> Iterator[Record]:
    for draft in all_drafts(store):
        about = {"number": draft.person, "name": draft.name, "called": None}
        yield record("unfinished form", draft.changed_at[:10], about, draft.line, draft.changed_at[:10], day)
