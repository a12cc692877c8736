"""Talk groups, network groups and Hjerteven of a city, year by year."""

from __future__ import annotations

from datetime import date, timedelta

import befriending
import denmark
import groups
from befriending import Match
from book import Person, by_number, every
from branch import Branch, no_school
from groups import NetworkGroup, TalkGroup

SPRING, AUTUMN = (1, 15), (8, 24)  # when courses begin
GROUP_MEMBERS, GROUP_LEADERS = (5, 7), 3
NETWORK_WEEKS = 2
NETWORK_LAST = 40  # weeks, at most
SMALLEST_NETWORK = 3
LED = timedelta(weeks=12)  # then there is sparring, every ninth week
SPARRING_WEEKS = 9
WAIT_DAYS = (20, 160)
MATCH_DAYS = (70, 1000, 350)  # least, most, usual
MATCH_ENDS = ("completed", "completed", "work_or_study", "no_longer_wishes", "illness")
BETWEEN_MATCHES = timedelta(days=10)
SECOND_PLACE = 0.2  # of the befrienders could have two


def group_courses(branch: Branch) -> None:
    """The year's talk groups, the first half in spring, and after the first course of the city a network group."""
    free = no_school(branch.began.year, branch.ends.year)
    for year, counts in branch.counts.items():
        missing = counts.group_courses - branch.given_in("groups", "start", year, kind="talk")
        for number in range(missing):
            autumn = branch.is_new(year) or number >= (missing + 1) // 2
            first = date(year, *(AUTUMN if autumn else SPRING)) + timedelta(days=branch.rng.randint(0, 13))
            while first.weekday() > 3:
                first += timedelta(days=1)
            days = list(every(first, 1, free, branch.ends))[: groups.WEEKS]
            members = _members(branch, days[0], days[-1])
            title = f"Samtalegruppe {'efterår' if autumn else 'forår'} {year}" + (f", hold {number + 1}" if number else "")
            spec = TalkGroup(_next_ref(branch), title, days[0], " ".join(_leaders(branch, days)), branch.place.house)
            stayed = groups.talk_group(branch, spec, days, members, steady=False, absentees=branch.chance(0.2))
            if number == 0:
                _network_group(branch, spec, days[-1] + timedelta(weeks=3), stayed, free)


def _next_ref(branch: Branch) -> str:
    branch.next_group += 1
    return f"G{branch.next_group - 1}"


def _members(branch: Branch, first: date, last: date) -> list[Person]:
    """Of those who have come for the shortest time and were in no group yet."""
    fit = [p for p in branch.ordinary() if "group" not in p.offered and p.comes(first, last)]
    recent = sorted(fit, key=lambda p: (p.here_from, p.name), reverse=True)[: 2 * groups.SEATS]
    members = branch.rng.sample(recent, min(len(recent), branch.rng.randint(*GROUP_MEMBERS)))
    for person in members:
        person.offered.append("group")
    return by_number(members)


def _leaders(branch: Branch, days: list[date]) -> list[str]:
    able = [v.key for v in branch.crew if ("leader" in v.roles or "peer" in v.roles) and branch.whole(v, days[0], days[-1])]
    return branch.rng.sample(able, min(GROUP_LEADERS, len(able)))


def _network_group(branch: Branch, course: TalkGroup, first: date, stayed: list[Person], free: set[date]) -> None:
    """Those who want to go on meet every other week, maybe into the next year."""
    for last in (first + timedelta(weeks=NETWORK_LAST), date(first.year, 12, 18)):
        days = list(every(first, NETWORK_WEEKS, free, min(last, branch.ends)))
        members = [p for p in stayed if days and p.comes(days[0], days[-1])]
        leaders = [v.key for v in branch.crew if "leader" in v.roles and branch.whole(v, first, first + LED)]
        if len(members) >= SMALLEST_NETWORK and leaders:
            break
    else:
        return
    until = min(first + LED, days[-1])
    title = course.title.replace("Samtalegruppe", "Netværksgruppe")
    spec = NetworkGroup(_next_ref(branch), title, days[0], course.ref, branch.rng.choice(leaders), until, course.venue)
    runs_on = branch.in_2024 and days[-1].year == branch.ends.year
    groups.network_group(branch, spec, days, members, None if runs_on else days[-1])
    groups.sparring(branch, spec.ref, every(until + timedelta(weeks=3), SPARRING_WEEKS, set(), days[-1]))


# Hjerteven


def hjerteven(branch: Branch) -> None:
    """The year's new matches, those who wait for one at the end, and what the befrienders offer."""
    matches: list[tuple[Match, Person]] = []
    for year, counts in branch.counts.items():
        missing = counts.matches_new - branch.given_in("matches", "date", year)
        opens = branch.meets_from(year) + timedelta(weeks=6)
        span = (min(date(year, 11, 20), branch.ends) - opens).days
        starts = sorted(opens + timedelta(days=n) for n in branch.rng.sample(range(span), missing))
        for start in starts:
            person, last = _to_befriend(branch, start)
            matches.append((_match(branch, start, last, matches), person))
        _wait_in_vain(branch, year)
    for spec, person in matches:
        asked = spec.start - timedelta(days=branch.rng.randint(*WAIT_DAYS))
        befriending.wish(branch, person, max(asked, person.held or person.here_from))
        befriending.match(branch, person, spec, branch.ends)
    if branch.in_2024:
        for _ in range(denmark.STILL_WAITING):
            since = date(2024, 2, 1) + timedelta(days=branch.rng.randint(0, 310))
            befriending.wish(branch, branch.take(_without_match(branch), "befriending", since, branch.ends), since)
        for volunteer in branch.crew:
            if "befriender" in volunteer.roles and volunteer.left is None:
                befriending.offer(branch, branch.volunteers[volunteer.key], 2 if branch.chance(SECOND_PLACE) else 1, None)


def _without_match(branch: Branch) -> list[Person]:
    return [p for p in branch.ordinary() if p.held and "befriending" not in p.offered]


def _to_befriend(branch: Branch, start: date) -> tuple[Person, date]:
    """Somebody who comes at the start, and the last day they do."""
    person = branch.take(_without_match(branch), "befriending", start, start)
    year = start.year
    while year < branch.ends.year and year + 1 in person.years:
        year += 1
    still = person.left > branch.ends and year == branch.ends.year and branch.in_2024
    return person, date.max if still else min(date(year, 12, 15), person.left)


def _match(branch: Branch, start: date, last: date, matches: list[tuple[Match, Person]]) -> Match:
    """A befriender who has nobody, else the one whose match has lasted longest, and ends in time."""
    able = [v for v in branch.crew if "befriender" in v.roles and branch.whole(v, start, start + timedelta(days=30))]
    taken = {row["volunteer"] for row in branch.given_rows["matches"] if row["date"] <= branch.ends.isoformat()}
    able = [v for v in able if str(branch.volunteers[v.key]) not in taken]
    busy = {spec.befriender: at for at, (spec, _) in enumerate(matches) if (spec.end or date.max) > start}
    free = [v for v in able if v.key not in busy]
    if free:
        volunteer = branch.rng.choice(free)
    else:
        volunteer = min(able, key=lambda v: matches[busy[v.key]][0].start)
        at = busy[volunteer.key]
        spec, person = matches[at]
        matches[at] = spec._replace(end=max(spec.start, start - BETWEEN_MATCHES), reason="completed"), person
    least, most, usual = MATCH_DAYS
    end = start + timedelta(days=int(branch.rng.triangular(least, most, usual)))
    stops = volunteer.left or date.max
    end, reason = min((end, branch.rng.choice(MATCH_ENDS)), (stops, "volunteer_stopped"), (last, "no_contact"))
    return Match(volunteer.key, start) if end > branch.ends else Match(volunteer.key, start, end, reason)


def _wait_in_vain(branch: Branch, year: int) -> None:
    """One who waited, and then wished it no longer."""
    since = date(year, 5, 10) + timedelta(days=branch.rng.randint(0, 60))
    until = since + timedelta(days=branch.rng.randint(30, 100))
    befriending.wish(branch, branch.take(_without_match(branch), "befriending", since, until), since, until, "no_longer_wishes")
