"""Agenda items about people: reminders, applications, papers, consents, and people who slip away."""

from __future__ import annotations

from collections.abc import Iterator

from ...input.dates import days_after, months_before
from ...store import Store
from ..befriending.reviews import review_due
from ..duty_of_care import NEVER_STARTED
from ..people.consents import UNCONSENTED
from ..settings import setting
from ..volunteers.applications import OPEN_APPLICATIONS
from ..volunteers.papers import papers_to_renew
from .agenda_records import Record, record

_PERSON = "people.id, number, name, called"
# Young people who are here, with their visits other than interviews; not those whom somebody is to be reminded of.
_CAME = "part = 'participant' AND state = 'held' AND date <= :day"
# `times`: 0, 1, or 2 for several. People last seen more than a year ago, or within a month, are not about to slip away.
_SEEN = f"""WITH seen AS MATERIALIZED (
        SELECT person_id, max(date) AS last, count(*) AS came FROM sessions CROSS JOIN attendance ON session_id = sessions.id
        WHERE {_CAME} AND date >= :year_ago GROUP BY person_id
    )
    SELECT {_PERSON}, (SELECT max(held) FROM intakes WHERE person_id = people.id) AS interviewed, seen.last,
        iif(seen.came > 1, 2, (SELECT count(*) FROM (
            SELECT 1 FROM attendance JOIN sessions ON sessions.id = session_id WHERE attendance.person_id = people.id AND {_CAME} LIMIT 2
        ))) AS times
    FROM people LEFT JOIN seen ON seen.person_id = people.id
    WHERE branch_id = :branch AND name IS NOT NULL AND (seen.last <= :month_ago OR seen.last IS NULL AND times = 0)
        AND EXISTS (SELECT 1 FROM here WHERE here.person_id = people.id AND starts <= :day AND ends > :day)
        AND NOT EXISTS (SELECT 1 FROM reminders WHERE person_id = people.id AND done IS NULL)
        AND NOT EXISTS (SELECT 1 FROM matches WHERE person_id = people.id AND ifnull(ends, '~') > :day)
        AND NOT EXISTS (SELECT 1 FROM waiting WHERE person_id = people.id AND ends > :day)
    ORDER BY ifnull(seen.last, ''), number"""


def reminders(store: Store, day: str) -> Iterator[Record]:
    """Yield reminders whose day has come, without their notes."""
    sql = f"""SELECT {_PERSON}, min(date) AS date FROM reminders JOIN people ON people.id = person_id
        WHERE branch_id = ? AND done IS NULL AND date <= ? GROUP BY people.id ORDER BY 5, number"""
    for row in store.rows(sql, store.home, day):
        yield record("reminder", row["date"], row, f"husrum person reminded {row['number']}", row["date"], day)


def applicants(store: Store, day: str) -> Iterator[Record]:
    """Yield the people who would like to volunteer and wait for an answer."""
    kept_from = months_before(day, setting(store, "retention_months"))  # those from before are `kept_too_long`
    sql = f"""SELECT {_PERSON}, application.date, (SELECT min(role) FROM application_roles WHERE application_id = application.id) AS role
        FROM ({OPEN_APPLICATIONS}) AS application JOIN people ON people.id = person_id
        WHERE branch_id = ? AND ifnull(application.date, '') BETWEEN ? AND ? ORDER BY ifnull(application.date, ''), number"""
    for row in store.rows(sql, store.home, kept_from, day):
        start = f"husrum volunteer add --person {row['number']} --role {row['role']}"
        yield record(
            "waits for an answer", row["date"], row, start if row["role"] else f"husrum volunteer show {row['number']}", row["date"], day
        )


def papers(store: Store, day: str) -> Iterator[Record]:
    """Yield papers that are missing, lapsed or lapse soon."""
    for paper in papers_to_renew(store, day):
        what = "paper is missing" if paper.lapses is None or paper.lapses < day else "paper lapses"
        yield record(what, paper.lapses, paper.about, f"husrum volunteer attest {paper.about['number']} {paper.kind}", paper=paper.kind)


def without_consent(store: Store, day: str, number: int | None = None) -> Iterator[Record]:
    """Yield the people who have answered about their health without a valid consent; number: only this person."""
    sql = f"""SELECT {_PERSON}, min(date) AS date FROM ({UNCONSENTED}) AS answered JOIN people ON people.id = person_id
        WHERE branch_id = :branch AND (:number IS NULL OR number = :number) GROUP BY people.id ORDER BY number"""
    for row in store.connection.execute(sql, {"today": day, "branch": store.home, "number": number}):
        yield record("health answers without consent", row["date"], row, f"husrum person consent {row['number']} health_data")


def kept_too_long(store: Store, day: str) -> Iterator[Record]:
    """Yield the people who applied to volunteer, never started, and have been kept longer than the settings allow."""
    sql = f"""SELECT {_PERSON}, date FROM ({NEVER_STARTED}) AS applied JOIN people ON people.id = person_id WHERE branch_id = :branch ORDER BY date, number"""
    for row in store.connection.execute(sql, {"kept_from": months_before(day, setting(store, "retention_months")), "branch": store.home}):
        yield record("applicant kept too long", row["date"], row, f"husrum person anonymise {row['number']}", row["date"], day)


def slipping_away(store: Store, day: str, known: frozenset[int]) -> Iterator[Record]:
    """Yield people who came once, never came after the interview, or were not seen for two months, within a year. known: numbers that another item is about.

    The command is a reminder in a week: whom somebody is to come back to is not listed.
    """
    long_ago, year_ago = months_before(day, 2), months_before(day, 12)
    month_ago = months_before(day, 1)
    next_week = days_after(day, 7)
    found: dict[str, list[Record]] = {"came once": [], "interviewed and never came": [], "not seen for two months": []}
    for row in store.connection.execute(_SEEN, {"day": day, "branch": store.home, "year_ago": year_ago, "month_ago": month_ago}):
        times, last = row["times"], row["last"] or row["interviewed"]
        if row["number"] in known or last is None or not year_ago <= last <= (long_ago if times > 1 else month_ago):
            continue
        what = "not seen for two months" if times > 1 else "came once" if times else "interviewed and never came"
        found[what].append(record(what, last, row, f"husrum person remind {row['number']} --on {next_week}", last, day))
    for records in found.values():
        yield from records


def groups_without_sparring(store: Store, day: str) -> Iterator[Record]:
    """Yield network groups that nobody has talked with for as long as the setting says."""
    sql = """SELECT ref, title, kind, max(ifnull(starts, ''), ifnull((SELECT max(date) FROM contacts WHERE activity_id = activities.id AND date <= ?2), '')) AS last
        FROM activities WHERE branch_id = ?1 AND kind = 'network' AND ifnull(starts, '') <= ?2 AND ifnull(closed, '~') > ?2 ORDER BY last, id"""
    limit = days_after(day, -setting(store, "sparring_days"))
    for row in store.rows(sql, store.home, day):
        if row["last"] <= limit:
            yield record("group without sparring", row["last"] or None, row, f"husrum group contact {row['ref']}", row["last"] or None, day)


def match_reviews(store: Store, day: str, known: frozenset[int]) -> Iterator[Record]:
    """Yield matches to be reviewed, from the day after which 1, 3, 6 or 12 months have passed and for two months, until there was a contact."""
    sql = f"""SELECT {_PERSON}, starts, (SELECT max(date) FROM contacts WHERE person_id = people.id AND date <= ?2) AS contact
        FROM matches JOIN people ON people.id = matches.person_id
        WHERE branch_id = ?1 AND starts <= ?2 AND ifnull(ends, '~') > ?2 ORDER BY starts, number"""
    for row in store.rows(sql, store.home, day):
        due = review_due(row["starts"], row["contact"], day)
        if due and row["number"] not in known:
            yield record("match to talk over", due, row, f"husrum match contact {row['number']}", due, day)
