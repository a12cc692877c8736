"""Plain records for lists and pages. In every record a person is the number, next to the branch if the file has several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ...i18n import _
from ...input.dates import days_since, today
from ...input.text import fold, phone_key
from ...store import Store
from ...store.rows import Row
from ..activities.activities import Activity
from ..befriending.matches import preferences_of
from ..befriending.reviews import next_review
from ..branches import Record, branch_of, with_branch
from ..people.intakes import answers_at
from ..people.leaving import LEFT_BEFORE
from ..people.lookup import Person
from ..people.names import holds_name
from ..rules import covers
from ..volunteers.papers import INTRO_COURSES

# A person was seen if they were present, as whatever, and at an interview.
DAYS_SEEN = """SELECT person_id, date FROM attendance JOIN sessions ON sessions.id = session_id WHERE part <> 'excused' AND state = 'held'
    UNION ALL SELECT person_id, held FROM intakes WHERE held IS NOT NULL"""
_PHONE = r"\+?[0-9][0-9 ()/.-]*"
_LEAST_DIGITS = 4  # of a phone number that somebody looks for


def branch_column(records: Sequence[Record]) -> dict[str, str]:
    """Return the heading of the branch, if records have one."""
    return {"branch": _("Branch")} if records and "branch" in records[0] else {}


def intake_records(store: Store, year: int | None, open_: bool) -> list[Record]:
    """Return enquiries, the latest first."""
    sql = """SELECT people.branch_id, number AS person, name, enquired, held,
            (SELECT answer FROM answers WHERE intake_id = intakes.id AND question = 'source') AS source
        FROM intakes JOIN people ON people.id = person_id
        WHERE (?1 IS NULL OR substr(enquired, 1, 4) = ?1 OR substr(held, 1, 4) = ?1) AND (NOT ?2 OR held IS NULL)
        ORDER BY ifnull(enquired, held) DESC, intakes.id DESC"""
    return [with_branch(store, row) for row in store.rows(sql, str(year) if year else None, open_)]


def intakes_of(store: Store, person: Person) -> list[Record]:
    """Return the enquiries of a person, each with its answers."""
    sql = """SELECT intakes.id, enquired, held, partners.name AS referred_by, note FROM intakes LEFT JOIN partners ON partners.id = referred_by
        WHERE person_id = ? ORDER BY ifnull(enquired, held), intakes.id"""
    return [
        {
            **{column: row[column] for column in ("enquired", "held", "referred_by", "note")},
            "answers": {name: list(codes) for name, codes in answers_at(store, row["id"]).items()},
        }
        for row in store.rows(sql, person.id)
    ]


def confidential_texts(store: Store, person: Person) -> Record:
    """Return the confidential texts of a person: `intakes` with their answers, `goal_texts`, and the `note` of a volunteer."""
    goals = store.rows("SELECT date, text, outcome FROM goals WHERE person_id = ? ORDER BY ifnull(date, ''), number", person.id)
    return {
        "intakes": intakes_of(store, person),
        "goal_texts": [dict(row) for row in goals],
        "note": store.value("SELECT note FROM volunteers WHERE person_id = ?", person.id),
    }


def group_records(store: Store, closed_too: bool) -> list[Record]:
    """Return the groups, with how many are enrolled and how far they have come."""
    left = LEFT_BEFORE.replace(":day", "min(?1, ifnull(closed, ?1))")  # whoever left after it was closed was in it until then
    sql = f"""SELECT branch_id, ref AS "group", title, kind, starts AS start, closed,
            (SELECT count(DISTINCT person_id) FROM enrolments WHERE activity_id = activities.id
                AND ifnull(starts, '') <= ?1 AND ifnull(ends, '~') >= ?1 AND NOT EXISTS ({left} AND leaving.person_id = enrolments.person_id)) AS enrolled, capacity,
            (SELECT count(*) FROM sessions WHERE activity_id = activities.id AND state = 'held') AS held,
            (SELECT count(*) FROM sessions WHERE activity_id = activities.id AND state = 'planned') AS planned
        FROM activities WHERE kind IN ('talk', 'network') AND (?2 OR closed IS NULL OR closed >= ?1) ORDER BY branch_id, CAST(substr(ref, 2) AS INTEGER)"""
    return [with_branch(store, row) for row in store.rows(sql, today(), closed_too)]


_COUNTED = """(SELECT count(*) FROM attendance JOIN sessions ON sessions.id = session_id WHERE activity_id = activities.id AND state = 'held' AND part = '{0}')"""


class EventSelection(NamedTuple):
    """Conditions on events. The texts are compared without case and accents; planned: one day at least is yet to be recorded."""

    year: int | None = None
    kind: str | None = None
    activity: str | None = None
    venue: str | None = None
    partner: str | None = None
    programme: str | None = None
    planned: bool = False


def event_records(store: Store, chosen: EventSelection) -> list[Record]:
    """Return the events, the latest first; of those only that are planned, the next. Participants, named and unnamed, are counted on each day of a trip, as visits are."""
    found = [record for _id, record in _events(store, chosen)]
    return found[::-1] if chosen.planned else found


def events_by(store: Store, chosen: EventSelection, by: str) -> list[Record]:
    """Return the held events together by a text of theirs, the most visited first: that text, events, participants, and participants an event.

    by: kind, title, or one of the texts of `EventSelection`. Texts that differ only in case, accents and spaces are one, written as most events write it.
    """
    found = [(id, record) for id, record in _events(store, chosen) if record["state"] == "held"]
    texts: dict[int, list[str | None]] = {id: [record[by]] if by in record else [] for id, record in found}
    for id, text in store.connection.execute(_EVENT_TEXTS[by]) if by in _EVENT_TEXTS else ():
        if id in texts and text:
            texts[id].append(text)
    together: dict[str, list[Record]] = {}
    spelt: dict[str, Counter[str]] = {}
    for id, record in found:
        for text in {fold(each): each for each in texts[id] if each}.values() or [""]:
            together.setdefault(fold(text), []).append(record)
            spelt.setdefault(fold(text), Counter())[text] += 1
    rows = []
    for key, records in together.items():
        participants = sum(record["participants"] for record in records)
        each = int(10 * participants / len(records) + 0.5) / 10
        rows.append({by: spelt[key].most_common(1)[0][0] or None, "events": len(records), "participants": participants, "each": each})
    return sorted(rows, key=lambda row: (-row["participants"], -row["events"], str(row[by] or "")))


def _events(store: Store, chosen: EventSelection) -> list[tuple[int, Record]]:
    sql = f"""SELECT activities.id, activities.branch_id, ref, title, kind, activities.starts, max(sessions.date) AS last,
            CASE WHEN sum(state = 'held') THEN 'held' WHEN sum(state = 'planned') THEN 'planned' ELSE 'cancelled' END AS state,
            {_COUNTED.format("participant")} AS participants, {_COUNTED.format("volunteer")} AS volunteers, sum(unnamed * (state = 'held')) AS unnamed
        FROM activities JOIN sessions ON sessions.activity_id = activities.id
        WHERE kind NOT IN ('talk', 'network') AND (?1 IS NULL OR substr(activities.starts, 1, 4) = ?1) AND (?3 IS NULL OR kind = ?3)
        GROUP BY activities.id HAVING NOT ?2 OR sum(state = 'planned') ORDER BY activities.starts DESC, activities.id DESC"""
    among = _described(store, chosen)
    return [
        (
            row["id"],
            {
                **branch_of(store, row["branch_id"]),
                "event": row["ref"],
                "title": row["title"],
                "kind": row["kind"],
                "date": row["starts"],
                "until": row["last"] if row["last"] != row["starts"] else None,
                "state": row["state"],
                "participants": row["participants"] + row["unnamed"],
                "unnamed": row["unnamed"],
                "volunteers": row["volunteers"],
            },
        )
        for row in store.rows(sql, str(chosen.year) if chosen.year else None, chosen.planned, chosen.kind)
        if among is None or row["id"] in among
    ]


# A condition of events -> SQL for the texts it is compared with.
_EVENT_TEXTS = {
    "activity": "SELECT id, activity FROM activities",
    "venue": "SELECT activities.id, name FROM activities JOIN partners ON partners.id = venue_id",
    "partner": "SELECT activity_id, name FROM activity_partners JOIN partners ON partners.id = partner_id",
    "programme": "SELECT activity_id, programme FROM programmes",
}


def _described(store: Store, chosen: EventSelection) -> set[int] | None:
    """Return the ids of the activities with the texts that are asked for; None: none is."""
    found: set[int] | None = None
    for name, sql in _EVENT_TEXTS.items():
        if (text := getattr(chosen, name)) is None:
            continue
        fitting = {row[0] for row in store.rows(sql) if row[1] and fold(row[1]) == fold(text)}
        found = fitting if found is None else found & fitting
    return found


def volunteer_records(store: Store, former_too: bool, among: set[int] | None = None, contacts: Sequence[str] = ()) -> list[Record]:
    """Return the volunteers, with their roles and when they took the intro course, `unknown` if only that they did is known: all, or those among some.

    former_too: also those whose roles have all ended. contacts: phone, email, if they are to be shown.
    """
    day = today()
    roles: dict[int, list[Any]] = {}
    for row in store.rows("SELECT person_id, role, starts, ends FROM roles ORDER BY ifnull(starts, ''), id"):
        roles.setdefault(row["person_id"], []).append(row)
    sql = f"""WITH courses AS MATERIALIZED ({INTRO_COURSES})
        SELECT people.id, branch_id, number, name, joined, phone, email,
            (SELECT ifnull(min(date), 'unknown') FROM courses WHERE courses.person_id = people.id HAVING count(*)) AS intro_course,
            (SELECT group_concat(other.number, ', ') FROM match_periods JOIN people AS other ON other.id = match_periods.person_id
                WHERE volunteer_id = people.id AND ends > ?1) AS befriends
        FROM people LEFT JOIN volunteers ON people.id = person_id ORDER BY branch_id, number"""
    if among is None:
        among = {row["person_id"] for row in store.rows("SELECT person_id FROM volunteers")}
    records = []
    for row in store.rows(sql, day):
        if row["id"] not in among:
            continue
        own = roles.get(row["id"], [])
        running = [each for each in own if covers(each["starts"], each["ends"], day)]
        if not running and own and not former_too and all(each["ends"] and each["ends"] < day for each in own):
            continue
        left = max((each["ends"] for each in own), default=None) if own and all(each["ends"] for each in own) else None
        shown = dict.fromkeys(each["role"] for each in running or own)
        person = {**branch_of(store, row["branch_id"]), "volunteer": row["number"], "name": row["name"], "roles": list(shown)}
        shown_too = ("intro_course", "befriends", *contacts)
        records.append({**person, "joined": row["joined"], "left": left, **{column: row[column] for column in shown_too}})
    return records


def waiting_ids(store: Store, day: str | None = None, ended_too: bool = False) -> list[Any]:
    """Return who waits at the end of a day (default: today): rows with the wait's `wait_id` and the person's `id`, the longest waiting first."""
    return store.rows(
        """SELECT waiting.id AS wait_id, waiting.starts, waiting.ends, people.id, branch_id, number, name, ifnull(waits.reason, iif(EXISTS (
            SELECT 1 FROM matches WHERE matches.person_id = people.id AND matches.starts = waiting.ends), 'matched', NULL)) AS reason
        FROM waiting JOIN waits USING (id) JOIN people ON people.id = waiting.person_id
        WHERE ifnull(waiting.starts, '') <= ?1 AND (?2 OR waiting.ends > ?1)
        ORDER BY waiting.ends <= ?1, ifnull(waiting.starts, ''), number""",
        day or today(),
        ended_too,
    )


def waiting_records(store: Store, day: str, ended_too: bool = False) -> list[Record]:
    """Return the waiting list at the end of a day, the longest waiting first. `ended_too`: also the waits that were over by then, with why, the latest last."""
    records = []
    for row in waiting_ids(store, day, ended_too):
        until = row["ends"] if row["ends"] <= day else None
        wishes = preferences_of(store, "wait_id", row["wait_id"])
        about, avoids = wishes.pop("about", ()), wishes.pop("avoid", ())
        records.append(
            {
                **branch_of(store, row["branch_id"]),
                "person": row["number"],
                "name": row["name"],
                "since": row["starts"],
                "days": days_since(row["starts"], until or day) if row["starts"] else None,
                "wishes": [value for values in wishes.values() for value in values],
                "about": list(about),
                "avoids": list(avoids),
                **({"until": until, "reason": row["reason"] if until else None} if ended_too else {}),
            }
        )
    return records


def _length(first: str | None, last: str) -> int | None:
    """Return the days of a period, its first and its last included; None: nobody knows when it began, or it has not."""
    if first is None or first > last:
        return None
    return days_since(first, last) + 1


def months_between(first: str | None, last: str) -> int | None:
    """Return the whole months from a day to another; None: nobody knows the first, or it has not come."""
    if first is None or first > last:
        return None
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7]) - (last[8:] < first[8:])


def match_records(store: Store, ended_too: bool, silent: int = 0) -> list[Record]:
    """Return the matches, the latest first. `silent`: only those that run, and have had no contact for so many days.

    `days_without_contact` counts from the latest contact, or from the beginning if there was none; of a match that is over, or whose beginning nobody
    knows, there is none.
    """
    now = date.fromisoformat(today())
    sql = """SELECT young.branch_id, young.number AS person, young.name, adult.number AS volunteer, adult.name AS volunteer_name, starts, ends, reason,
            (SELECT max(date) FROM contacts WHERE contacts.person_id = young.id AND date >= ifnull(starts, '') AND date <= ifnull(ends, '~')) AS contact,
            (SELECT max(date) FROM pair_meetings WHERE match_id = matches.id AND date <= ?2) AS met,
            EXISTS (SELECT 1 FROM pause_periods AS pause WHERE match_id = matches.id AND pause.starts <= ?2 AND pause.ends > ?2) AS paused
        FROM matches JOIN people AS young ON young.id = matches.person_id JOIN people AS adult ON adult.id = matches.volunteer_id
        WHERE ?1 OR ends IS NULL OR ends > ?2 ORDER BY ifnull(starts, '') DESC, matches.id DESC"""
    found = []
    for row in store.rows(sql, ended_too, today()):
        over = row["ends"] is not None and row["ends"] <= today()
        last = row["contact"] or row["starts"]
        days = None if over or last is None else max((now - date.fromisoformat(last)).days, 0)
        if silent and (days is None or days < silent):
            continue
        found.append(
            {
                **branch_of(store, row["branch_id"]),
                **{column: row[column] for column in ("person", "name", "volunteer", "volunteer_name")},
                "date": row["starts"],
                "ended": row["ends"],
                "reason": row["reason"],
                "contact": row["contact"],
                "state": "ended" if over else "paused" if row["paused"] else "active",
                "days_without_contact": days,
                "met": row["met"],
                "months_without_meeting": None if over else months_between(row["met"] or row["starts"], today()),
                "review": None if over or row["starts"] is None else next_review(row["starts"], row["contact"], today()),
                "length": _length(row["starts"], min(row["ends"] or today(), today())),
            }
        )
    return found


def person_records(
    store: Store,
    found: str | None = None,
    among: set[int] | None = None,
    contacts: Sequence[str] = (),
    turns: Mapping[int, str] | None = None,
) -> list[Record]:
    """Return people in order of number: all, those whose name, called name, a former one, phone or e-mail contains a text, or those among some.

    contacts: phone, email, if they are to be shown. turns: person -> the day on which they reach an age, to be shown.
    """
    sql = f"""SELECT people.id, branch_id, number, name, called, born, phone, email,
            EXISTS (SELECT 1 FROM intakes WHERE person_id = people.id) AS young,
            EXISTS (SELECT 1 FROM volunteers WHERE person_id = people.id) AS volunteer,
            (SELECT max(date) FROM ({DAYS_SEEN}) AS seen WHERE seen.person_id = people.id) AS last_seen
        FROM people ORDER BY branch_id, number"""
    former = _former_names(store) if found else {}
    records = []
    for row in store.rows(sql):
        if among is not None and row["id"] not in among:
            continue
        if found and found.strip() != str(row["number"]):
            names = [row["name"], row["called"], *former.get(row["id"], ())]
            if not (any(holds_name(name, found) for name in names if name) or _holds_contact(row, found)):
                continue
        kinds = [text for holds, text in ((row["young"], "participant"), (row["volunteer"], "volunteer")) if holds]
        person = {
            **branch_of(store, row["branch_id"]),
            "person": row["number"],
            "name": row["name"],
            "called": row["called"],
            "born": row["born"],
        }
        record = {**person, "is": kinds, "last_seen": row["last_seen"], **{contact: row[contact] for contact in contacts}}
        records.append(record if turns is None else {**record, "turns": turns.get(row["id"])})
    return records


def _holds_contact(row: Row, text: str) -> bool:
    """Whether a phone number holds the digits of a text that is one, or an e-mail address the text."""
    if re.fullmatch(_PHONE, text.strip()) and len(digits := phone_key(text) or re.sub("[^0-9]", "", text)) >= _LEAST_DIGITS:
        return digits in re.sub("[^0-9]", "", row["phone"] or "")
    return "@" in text and text.strip().casefold() in (row["email"] or "").casefold()


def _former_names(store: Store) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    for row in store.rows("SELECT person_id, name FROM former_names"):
        names.setdefault(row["person_id"], []).append(row["name"])
    return names


def present_at_event(store: Store, event: Activity) -> set[int]:
    """Return the people who were at an event, on any of its days."""
    sql = "SELECT DISTINCT person_id FROM attendance JOIN sessions ON sessions.id = session_id WHERE activity_id = ? AND part <> 'excused'"
    return {row["person_id"] for row in store.rows(sql, event.id)}
