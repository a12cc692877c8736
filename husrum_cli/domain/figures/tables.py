"""The temporary tables that the queries of a period read: made once for a file, refilled for each period.

Whatever is read of the whole history is read once, so that ten periods cost little more than their own rows.
"""

from __future__ import annotations

from ...records import Period
from ...store import Store
from .accrual import Money, accrued
from .measured import follow_ups
from .queries import HUMAN, TOUCHES

Days = dict[str, str]
# The first day that something is recorded of each branch.
_FIRST_RECORDS = """
SELECT branch_id, min(date) AS since FROM (
    SELECT people.branch_id, min(intakes.enquired) AS date FROM intakes JOIN people ON people.id = intakes.person_id GROUP BY 1
    UNION ALL SELECT people.branch_id, min(intakes.held) FROM intakes JOIN people ON people.id = intakes.person_id GROUP BY 1
    UNION ALL SELECT activities.branch_id, min(sessions.date) FROM sessions JOIN activities ON activities.id = sessions.activity_id
        WHERE sessions.state = 'held' GROUP BY 1
    UNION ALL SELECT people.branch_id, min(matches.starts) FROM matches JOIN people ON people.id = matches.person_id GROUP BY 1
    UNION ALL SELECT people.branch_id, min(roles.starts) FROM roles JOIN people ON people.id = roles.person_id GROUP BY 1
) GROUP BY branch_id
"""
# The people who took an intro course or were at supervision, with the day. Those named with --volunteers at an intro course taught it.
_COURSES = """
SELECT attendance.person_id, activities.kind, sessions.date
FROM activities CROSS JOIN sessions ON sessions.activity_id = activities.id CROSS JOIN attendance ON attendance.session_id = sessions.id
WHERE activities.kind IN ('intro_course', 'supervision') AND sessions.state = 'held' AND attendance.part <> 'excused'
    AND (attendance.named_as = 'present' OR activities.kind <> 'intro_course')
"""
# Branches that were open in the period, and those that something is recorded of in it.
_BRANCHES = f"""
SELECT branches.id AS branch_id, ifnull(first_records.since, '9999') AS since,
    ifnull(branches.active_from, ifnull(first_records.since, '9999')) <= :last AND ifnull(branches.active_to, '9999') >= :first AS active,
    ifnull(branches.records_from, '') <= :last AND branches.id IN (
        SELECT people.branch_id FROM intakes JOIN people ON people.id = intakes.person_id WHERE intakes.enquired BETWEEN :first AND :last
        UNION SELECT people.branch_id FROM intakes JOIN people ON people.id = intakes.person_id WHERE intakes.held BETWEEN :first AND :last
        UNION SELECT activities.branch_id FROM sessions JOIN activities ON activities.id = sessions.activity_id
            WHERE sessions.state = 'held' AND sessions.date BETWEEN :first AND :last
        UNION SELECT people.branch_id FROM matches JOIN people ON people.id = matches.person_id WHERE {TOUCHES.format("matches")}
        UNION SELECT people.branch_id FROM roles JOIN people ON people.id = roles.person_id WHERE {TOUCHES.format("roles")}
    ) AS records
FROM branches LEFT JOIN temp.first_records ON first_records.branch_id = branches.id
"""
# The occasions that young people could visit in the period.
_OCCASIONS = """
SELECT sessions.id AS session_id, activities.branch_id, channels.channel, sessions.date, sessions.unnamed
FROM sessions CROSS JOIN activities ON activities.id = sessions.activity_id JOIN channels ON channels.kind = activities.kind
WHERE sessions.state = 'held' AND sessions.date BETWEEN :first AND :last
"""
# The one reading of the period's visits: everything else about visits and participants is added up from here. The rows are those of the view `visits`, which
# would look up the channel for every attendance.
_ATTENDED = """
SELECT people.branch_id, intakes.person_id, 'intake' AS channel, 1 AS named, count(*) AS amount, min(intakes.held) AS date
FROM intakes JOIN people ON people.id = intakes.person_id WHERE intakes.held BETWEEN :first AND :last GROUP BY intakes.person_id
UNION ALL
SELECT branch_id, person_id, channel, 1, count(*), min(date) FROM temp.occasions CROSS JOIN attendance USING (session_id)
WHERE attendance.part = 'participant' GROUP BY person_id, channel, branch_id
UNION ALL
SELECT branch_id, NULL, channel, 0, sum(unnamed), min(date) FROM temp.occasions WHERE unnamed > 0 GROUP BY channel, branch_id
"""
_OFFERS = f"""
SELECT person_id, channel AS offer, min(date) AS date, sum(amount) AS visits FROM temp.attended WHERE named GROUP BY 1, 2
UNION ALL SELECT person_id, 'befriended', min(max(ifnull(starts, ''), :first)), 0 FROM matches WHERE {TOUCHES.format("matches")} GROUP BY 1
"""
# Participants: young people with an interview held, a named visit, or a day of an active match.
_PEOPLE = f"""
SELECT people.id AS person_id, people.branch_id, {HUMAN.format("people")} AS human, people.born, min(offers.date) AS date,
    sum(iif(offers.offer = 'intake', 0, offers.visits)) AS named_visits
FROM temp.period_offers AS offers CROSS JOIN people ON people.id = offers.person_id
WHERE people.id IN (SELECT person_id FROM intakes)
GROUP BY people.id
"""
_GRANTS = "SELECT id, per_year, total, starts, ends, whole_years FROM grants"


# The scope is a branch, or 0 for the nation, where somebody may be measured in one city and again in another.
_FOLLOW_UPS = "SELECT NULL AS scope, NULL AS person_id, NULL AS instrument, NULL AS date WHERE 0"  # filled row by row
_PAIRS = """SELECT scope, person_id, instrument, max(date) AS date FROM temp.follow_ups WHERE date BETWEEN :first AND :last
GROUP BY scope, person_id, instrument"""


def make_tables(store: Store) -> None:
    """Read what is the same for every period."""
    _make(store, "first_records", _FIRST_RECORDS)
    _make(store, "courses", _COURSES)
    _make(store, "follow_ups", _FOLLOW_UPS)
    if store.value("SELECT 1 FROM measures LIMIT 1"):
        scopes = {**{id: [id] for id in store.branches}, **({0: [*store.branches]} if len(store.branches) > 1 else {})}
        rows = [(scope, *row) for scope, branches in scopes.items() for row in follow_ups(store, branches)]
        with store.filling_temporary_tables():
            store.connection.executemany("INSERT INTO temp.follow_ups VALUES (?, ?, ?, ?)", rows)


def fill_tables(store: Store, period: Period) -> Days:
    """Read a period into the tables. Returns the parameters of its queries."""
    days = fill_branches(store, period)
    tables = {"occasions": _OCCASIONS, "attended": _ATTENDED, "period_offers": _OFFERS, "period_people": _PEOPLE, "period_pairs": _PAIRS}
    for name, sql in tables.items():
        _make(store, name, sql, days)
    _make(store, "period_grants", _amounts(store, period))
    return days


def fill_branches(store: Store, period: Period) -> Days:
    """Read only what the branches have in a period: enough to know whether something is recorded."""
    days = {"first": period.first, "last": period.last}
    _make(store, "period_branches", _BRANCHES, days)
    return days


def period_tables(store: Store, period: Period) -> Days:
    """Read everything for one period. Returns the parameters of its queries."""
    make_tables(store)
    return fill_tables(store, period)


def _make(store: Store, name: str, sql: str, days: Days | None = None) -> None:
    """Fill a table, making it first if there is none. Keeping the table saves preparing all queries again."""
    if store.value("SELECT 1 FROM temp.sqlite_schema WHERE name = ?", name):
        with store.filling_temporary_tables():
            store.connection.execute(f"DELETE FROM temp.{name}")
            store.connection.execute(f"INSERT INTO temp.{name} {sql}", days or {})
    else:
        store.connection.execute(f"CREATE TEMP TABLE {name} AS {sql}", days or {})


def _amounts(store: Store, period: Period) -> str:
    """Return the SQL of what falls in a period of each grant whose days it touches."""
    amounts = []
    for id, *columns in store.connection.execute(_GRANTS):
        terms = Money(*columns)
        starts, ends = terms.days
        if starts.isoformat() <= period.last and ends.isoformat() >= period.first:
            amounts.append(f"({id}, {accrued(terms, period.first, period.last)})")
    return f"SELECT column1 AS grant_id, column2 AS amount FROM (VALUES {', '.join(amounts) or '(0, 0)'})"
