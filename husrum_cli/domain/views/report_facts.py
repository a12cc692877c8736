"""Facts a report puts into words next to the figures of its period: names of partners and places, themes, trips, quotes, suggestions and targets.

Nothing here counts people. In a national file, whose texts stay in the cities, most of it is empty.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from ...i18n.collation import danish_key
from ...input.dates import days_after, today
from ...input.text import fold
from ...records import Period
from ...store import Store
from ..figures.compute import chosen_branches
from ..figures.figure import Figure
from ..figures.period_records import period_record
from ..figures.queries import query
from ..figures.registry import BY_KEY
from ..people.consents import QUOTES_CONSENT, valid_consent
from ..settings import setting

# Targets that begin within this many days of the end of a period are those that come next.
_NEXT = 366


class Partner(NamedTuple):
    """A partner and its kind, as written."""

    name: str
    kind: str | None


class Trip(NamedTuple):
    """An event of several days, or one that several cities hold together. `last`: its last day."""

    title: str
    first: str
    last: str
    joint: bool


class Suggestion(NamedTuple):
    """A suggestion of young people, and the code of its outcome."""

    text: str
    outcome: str | None


class Target(NamedTuple):
    """A target in words, or the figure `key` that is to reach `value` (a share: a fraction). `fields`: the figure as it is shown, None in words.

    `note`: on the outcome.
    """

    number: int
    key: str | None
    value: float | None
    text: str | None
    period: Period
    outcome: str | None
    note: str | None
    fields: dict[str, Any] | None = None
    growing: bool = False


class ReportFacts(NamedTuple):
    """All facts a report puts into words. `ages`: of young people, usually; `contact`: how the city is reached; `venues`: those used most come first;
    `next_targets`: of what comes after the period; `course_meetings`: of each talk group, 0 if they differ.
    """

    ages: tuple[int, int]
    contact: str = ""
    partners: tuple[Partner, ...] = ()
    venues: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    trips: tuple[Trip, ...] = ()
    quotes: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    targets: tuple[Target, ...] = ()
    next_targets: tuple[Target, ...] = ()
    course_meetings: int = 0


_VENUES = """
    SELECT partners.name, count(*) AS uses FROM sessions JOIN activities ON activities.id = activity_id JOIN partners ON partners.id = venue_id
    WHERE activities.branch_id IN ({0}) AND state = 'held' AND date BETWEEN :first AND :last AND partners.name IS NOT NULL
    GROUP BY partners.id ORDER BY uses DESC, partners.id"""
_MEETINGS = """
    SELECT count(*) FROM sessions JOIN activities ON activities.id = activity_id
    WHERE activities.branch_id IN ({0}) AND activities.kind = 'talk' AND state = 'held' AND date BETWEEN :first AND :last GROUP BY activities.id"""
_THEMES = """
    SELECT theme FROM sessions JOIN activities ON activities.id = activity_id
    WHERE activities.branch_id IN ({0}) AND activities.kind = 'talk' AND state = 'held' AND date BETWEEN :first AND :last AND theme IS NOT NULL
    ORDER BY activities.starts, activities.id, date"""
_TRIPS = """
    SELECT title, activities.starts, max(date) AS last, joint IS NOT NULL AS joint FROM activities JOIN sessions ON sessions.activity_id = activities.id
    WHERE activities.branch_id IN ({0}) AND activities.kind = 'social' AND state = 'held' AND activities.starts BETWEEN :first AND :last
        AND title IS NOT NULL
    GROUP BY activities.id HAVING activities.joint IS NOT NULL OR max(date) > activities.starts ORDER BY activities.starts, activities.id"""
_SUGGESTIONS = """
    SELECT text, outcome FROM suggestions WHERE branch_id IN ({0}) AND date BETWEEN :first AND :last AND text IS NOT NULL
    ORDER BY outcome IS 'declined', outcome IS NULL, outcome IS 'later', date, number"""
_QUOTES = """
    SELECT person_id, text FROM quotes JOIN people ON people.id = person_id
    WHERE branch_id IN ({0}) AND ifnull(quotes.date, :last) BETWEEN :first AND :last ORDER BY quotes.number"""
_TARGETS = """
    SELECT number, key, value, text, period, starts, ends, outcome, note FROM targets
    WHERE branch_id {0} AND ends >= :first AND starts <= :until ORDER BY ends, starts, number"""


def report_facts(store: Store, period: Period, branch: str | None = None, publish: bool = False) -> ReportFacts:
    """Return the facts of a period to put into words, of one branch or of all the branches in the file."""
    chosen = chosen_branches(store, branch)
    days = {"first": period.first, "last": period.last}

    def rows(sql: str) -> list[Any]:
        return list(store.connection.execute(sql.format(",".join(map(str, chosen))), days))

    meetings = {number for (number,) in rows(_MEETINGS)}
    targets = _targets(store, period, list(chosen) if len(chosen) == 1 else None, branch, publish)
    return ReportFacts(
        (setting(store, "age_from"), setting(store, "age_to")),
        setting(store, "contact"),
        _partners(store, period, chosen),
        _once(name for name, _uses in rows(_VENUES)),
        _once(theme for (theme,) in rows(_THEMES)),
        tuple(Trip(title, first, last, bool(joint)) for title, first, last, joint in rows(_TRIPS)),
        tuple(text for person, text in rows(_QUOTES) if valid_consent(store, person, QUOTES_CONSENT, today())),
        tuple(Suggestion(*row) for row in rows(_SUGGESTIONS)),
        tuple(each for each in targets if each.period.last <= period.last),
        tuple(each for each in targets if each.period.last > period.last),
        meetings.pop() if len(meetings) == 1 else 0,
    )


def _once(texts: Any) -> tuple[str, ...]:
    """Return texts in their order, those that differ only in case, accents or white space once."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(fold(text), text)
    return tuple(found.values())


def _partners(store: Store, period: Period, chosen: Collection[int]) -> tuple[Partner, ...]:
    """Return the partners that the figure of them counts, in Danish order."""
    days = {"first": period.first, "last": period.last}
    found = {
        Partner(row["what"], row["partner_kind"])
        for row in store.connection.execute(query("partners", nation=False), days)
        if row["branch"] in chosen and row["what"]
    }
    return tuple(sorted(found, key=lambda each: (danish_key(each.name), each.kind or "")))


def _targets(store: Store, period: Period, branches: list[int] | None, branch: str | None, publish: bool) -> list[Target]:
    """Return the targets in a period's report: those that ended in it, and those that come next. `branches` None: the nation's own."""
    until = days_after(period.last, _NEXT)
    where = f"= {branches[0]}" if branches else "IS NULL"
    found = []
    values: dict[tuple[str, str], dict[str, Any]] = {}
    for row in store.connection.execute(_TARGETS.format(where), {"first": period.first, "until": until}):
        span = Period(row["period"], row["starts"], row["ends"])
        fields = None
        if row["key"] and span.last <= period.last:
            if span[1:] not in values:
                values[span[1:]] = {line.key: line.fields for line in period_record(store, span, branch, publish)[0].figures}
            fields = values[span[1:]].get(row["key"])
        figure = BY_KEY.get(row["key"]) if row["key"] else None
        growing = isinstance(figure, Figure) and figure.measure in ("rows", "amount")
        found.append(Target(row["number"], row["key"], row["value"], row["text"], span, row["outcome"], row["note"], fields, growing))
    return found
