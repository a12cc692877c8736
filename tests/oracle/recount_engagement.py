"""The figures of engagement, quality and supply of one city and period, each as its definition reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from recount_figures import VISIT_CHANNELS, Number, events_held, last_day, occasions_of, volunteers, young
from recount_reading import Match, Period, Records, Row, Tie, when


def engagement_figures(records: Records, span: Period) -> dict[str, Number]:
    """The figures of engagement, quality and supply that the tables of a city can hold."""
    last = last_day(span)
    named = [
        person
        for channel in VISIT_CHANNELS
        for o in occasions_of(records, span, channel)
        for person in o.participants
        if person in young(records)
    ]
    often = [named.count(person) for person in sorted(set(named))]
    sizes = [len(o.participants) + o.unnamed for o in occasions_of(records, span, "social_event") if o.participants or o.unnamed]
    waits = [(e.held - e.enquired).days for e in records.enquiries if e.held and e.enquired and span.holds(e.held)]
    met = sorted({o.activity for o in occasions_of(records, span, "talk_group")})
    helpers = volunteers(records, span)
    at_end = {role.person for role in records.roles if role.period.holds(last) and role.period.end != last}
    supervised = {person for o in occasions_of(records, span, "supervision") for person in o.volunteers | o.participants}
    running = [match for match in records.matches if match.period.touches(span) and match.period.start]
    lengths = [(min(match.period.end or last, last) - match.period.start).days + 1 for match in running if match.period.start]
    social = events_held(records, span, "social_event")
    met_as_pairs = in_period(records, "pair_meetings", span)
    figures: dict[str, Number] = {
        "match_meetings": len(met_as_pairs),
        "volunteer_hours": sum(hours(row) for row in met_as_pairs + in_period(records, "hours", span))
        + sum(o.hours * len(o.volunteers) for o in records.occasions if span.holds(o.day)),
        "volunteer_applicants": len({row["name"] for row in in_period(records, "applications", span)}),
        "young_people_once": sum(1 for number in often if number == 1),
        "interviewed_never_came": len(never_came(records, span)),
        "visits_per_person_median": middle(often),
        "interview_wait_median": middle(waits),
        "event_participants_min": min(sizes, default=None),
        "event_participants_median": middle(sizes),
        "event_participants_max": max(sizes, default=None),
        "talk_group_participants_mean": mean([len(in_group(records.enrolments, group, span)) for group in met]),
        "talk_group_leaders_mean": mean([len(in_group(records.leaders, group, span)) for group in met]),
        "volunteers_left": len(helpers - at_end),
        "volunteers_without_intro": len(at_end - introduced(records, last)),
        "volunteers_supervised": len(helpers & supervised),
        "befrienders_free": len(free_befrienders(records, last)),
        "match_wait_median": middle(waited(records, span)),
        "match_length_median": middle(lengths),
        "joint_events": len({event for event in records.joint if event in all_events(records, span)}),
        "events_with_young_organisers": len({event for event in social if planned_with_young(records, event)}),
        "cost_per_visit_dkk": None,  # see recount.py
    }
    for role in ("leader", "organiser", "befriender", "online"):
        figures[f"volunteers_{role}"] = len({r.person for r in records.roles if r.what == role and r.period.touches(span)})
    for kind, key, outcome in (("suggestions", "suggestions", "adopted"), ("goals", "goals_set", "reached")):
        rows = in_period(records, kind, span)
        figures[key] = len(rows)
        figures[f"{kind}_{outcome}"] = sum(1 for row in rows if row.get("outcome") == outcome)
    return figures | dict.fromkeys(NOT_IN_THE_TABLES, 0)


def waited(records: Records, span: Period) -> list[int]:
    """The days that each match started in the period was waited for."""
    started = {(match.person, match.period.start) for match in records.matches if match.period.start and span.holds(match.period.start)}
    waits = [wait for wait in records.waits if (wait.person, wait.period.end) in started]
    return [(wait.period.end - wait.period.start).days for wait in waits if wait.period.start and wait.period.end]


# What nothing in these tables is counted in: measurements.
NOT_IN_THE_TABLES = ("measured_pairs_tils", "measured_pairs_who5")


def in_period(records: Records, kind: str, span: Period) -> list[Row]:
    """The rows of a kind that are dated in a period."""
    return [row for row in records.rows.get(kind, []) if (day := when(row.get("date", ""))) and span.holds(day)]


def hours(row: Row) -> float:
    """The hours of a row, if it has any."""
    return float(row["hours"].replace(",", ".")) if row.get("hours") else 0


def middle(numbers: Iterable[int]) -> Number:
    """The median, of an even number the mean of the middle two, with one decimal, halves up."""
    ordered = sorted(numbers)
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def mean(numbers: list[int]) -> Number:
    """The mean with one decimal, halves up."""
    return int(Fraction(10 * sum(numbers), len(numbers)) + Fraction(1, 2)) / 10 if numbers else None


def in_group(ties: list[Tie], group: str, span: Period) -> set[str]:
    """Different people tied to a group whose period touches the period."""
    return {tie.person for tie in ties if tie.what == group and tie.period.touches(span)}


def never_came(records: Records, span: Period) -> set[str]:
    """Young people whose first interview ever falls in the period and who have no other named visit and no match day up to its last day."""
    last, found = last_day(span), set()
    for person in young(records):
        held = sorted(e.held for e in records.enquiries if e.person == person and e.held)
        came = any(person in o.participants for o in records.occasions if o.kind in VISIT_CHANNELS and o.day <= last)
        matched = any(m.person == person and (m.period.start is None or m.period.start <= last) for m in records.matches)
        if held and span.holds(held[0]) and len([day for day in held if day <= last]) == 1 and not came and not matched:
            found.add(person)
    return found


def introduced(records: Records, last: date) -> set[str]:
    """Those who attended or attested an intro course by a day. People named among its volunteers taught it."""
    seen = {
        records.person(row["volunteer"])
        for row in records.rows.get("attests", [])
        if row["kind"] == "intro_course" and (not row.get("date") or date.fromisoformat(row["date"]) <= last)
    }
    for row in records.rows.get("volunteers", []):
        if row.get("intro_course") and date.fromisoformat(row["intro_course"]) <= last:
            seen.add(row["name"])
    for occasion in records.occasions:
        if occasion.kind == "intro_course" and occasion.day <= last:
            seen |= (occasion.volunteers | occasion.participants) - occasion.named_volunteers
    return seen


def free_befrienders(records: Records, last: date) -> set[str]:
    """Volunteers at the end of a day whose offer is open and who have fewer active matches than its capacity."""

    def running(match: Match) -> bool:
        return match.period.holds(last) and match.period.end != last

    joined = {row["name"]: when(row.get("joined", "")) for row in records.rows.get("volunteers", [])}
    at_end = {role.person for role in records.roles if role.period.holds(last) and role.period.end != last}
    free = set()
    for row in records.rows.get("offers", []):
        person = records.person(row["volunteer"])
        since = when(row.get("from", "")) or joined.get(person)
        taken = sum(1 for match in records.matches if match.volunteer == person and running(match))
        until = when(row.get("until", ""))
        if (
            person in at_end
            and (since is None or since <= last)
            and (until is None or until > last)
            and taken < int(row.get("capacity") or 1)
        ):
            free.add(person)
    return free


def all_events(records: Records, span: Period) -> set[str]:
    """Events held, start date in the period."""
    return {
        event
        for o in records.occasions
        for event in [o.activity]
        if event in records.event_starts and span.holds(records.event_starts[event])
    }


def planned_with_young(records: Records, event: str) -> bool:
    """Whether an organiser is a young person who holds no role on the day it starts."""
    day = records.event_starts[event]
    return any(
        person in young(records) and not any(r.person == person and r.period.holds(day) for r in records.roles)
        for person in records.organisers.get(event, ())
    )
