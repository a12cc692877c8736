"""The temporary tables that the queries of a period read: made once for all periods that are asked about, refilled for each of them.

Sessions and attendance are read once, so that ten periods cost little more than their own rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from ...records import Period
from ...store import Store
from .accrual import MoneyTerms, accrued_amount
from .answers import FREE_TEXTS, one_spelling
from .measurements import follow_ups
from .queries import HUMAN, TOUCHES

Days = dict[str, str]
# The first day that something is recorded of each branch.
FIRST_RECORDS = """
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
# What was held in the periods, and all meetings of the groups closed in them, with the ids of its participants. `channel`: NULL if young people don't visit it.
_HELD = """
SELECT sessions.activity_id, activities.branch_id, activities.kind, channels.channel, sessions.date, sessions.unnamed,
    (SELECT group_concat(person_id) FROM attendance WHERE attendance.session_id = sessions.id AND attendance.part = 'participant') AS participants
FROM sessions CROSS JOIN activities ON activities.id = sessions.activity_id LEFT JOIN channels ON channels.kind = activities.kind
WHERE sessions.state = 'held' AND (sessions.date BETWEEN :first AND :last OR sessions.activity_id IN (
    SELECT id FROM activities WHERE kind = 'talk' AND closed BETWEEN :first AND :last))
"""
_GROUPS_CLOSED = """
SELECT held.activity_id, activities.branch_id, activities.closed, count(*), ifnull(group_concat(participants), ''),
    ifnull((SELECT group_concat(DISTINCT person_id) FROM enrolments WHERE enrolments.activity_id = held.activity_id), '')
FROM temp.held CROSS JOIN activities ON activities.id = held.activity_id
WHERE held.kind = 'talk' AND activities.closed BETWEEN :first AND :last GROUP BY 1
"""
# The branch of each record of the period.
_RECORDS = f"""
SELECT people.branch_id FROM intakes JOIN people ON people.id = intakes.person_id WHERE intakes.enquired BETWEEN :first AND :last
UNION ALL SELECT people.branch_id FROM intakes JOIN people ON people.id = intakes.person_id WHERE intakes.held BETWEEN :first AND :last
UNION ALL SELECT activities.branch_id FROM sessions JOIN activities ON activities.id = sessions.activity_id
    WHERE sessions.state = 'held' AND sessions.date BETWEEN :first AND :last
UNION ALL SELECT people.branch_id FROM matches JOIN people ON people.id = matches.person_id WHERE {TOUCHES.format("matches")}
UNION ALL SELECT people.branch_id FROM roles JOIN people ON people.id = roles.person_id WHERE {TOUCHES.format("roles")}
"""
# Branches that were open in the period, and those that something is recorded of in it.
_BRANCHES = f"""
SELECT branches.id AS branch_id, ifnull(first_records.since, branches.active_from) AS since,
    ifnull(branches.active_from, ifnull(first_records.since, '9999')) <= :last AND ifnull(branches.active_to, '9999') >= :first AS active,
    ifnull(branches.records_from, '') <= :last AND branches.id IN ({_RECORDS}) AS records
FROM branches LEFT JOIN temp.first_records ON first_records.branch_id = branches.id
"""
# The visits of the period, added up; those with a name to what was held are added by `_add_named_visits`.
_VISITS = """
SELECT people.branch_id, 'intake' AS channel, 1 AS named, count(*) AS amount
FROM intakes JOIN people ON people.id = intakes.person_id WHERE intakes.held BETWEEN :first AND :last GROUP BY 1
UNION ALL
SELECT branch_id, channel, 0, sum(unnamed) FROM temp.held
WHERE channel IS NOT NULL AND date BETWEEN :first AND :last AND unnamed > 0 GROUP BY 1, 2
"""
# The groups that met in the period.
_GROUPS = """
SELECT activity_id, branch_id, kind, min(date) AS date FROM temp.held
WHERE kind IN ('talk', 'network') AND date BETWEEN :first AND :last GROUP BY activity_id
"""
# What each person took part in, from its first day in the period, and their visits there; named visits are added to these too.
_OFFERS = f"""
SELECT person_id, 'intake' AS offer, min(held) AS date, count(*) AS visits FROM intakes WHERE held BETWEEN :first AND :last GROUP BY 1
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
# Who was there, the latest first.
_LISTED = """SELECT branch_id, channel, date, participants FROM temp.held
WHERE channel IS NOT NULL AND date BETWEEN :first AND :last AND participants IS NOT NULL ORDER BY date DESC"""
# Filled row by row
_TAKEN = "SELECT NULL AS activity_id, NULL AS branch_id, NULL AS closed, NULL AS meetings, NULL AS person_id, NULL AS present WHERE 0"
_SPELLINGS = "SELECT NULL AS text, NULL AS spelled WHERE 0"  # filled row by row
_GRANTS = "SELECT id, per_year, total, starts, ends, whole_years FROM grants"


# The scope is a branch, or 0 for the nation, where somebody may be measured in one city and again in another.
_FOLLOW_UPS = "SELECT NULL AS scope, NULL AS person_id, NULL AS instrument, NULL AS date WHERE 0"  # filled row by row
_PAIRS = """SELECT scope, person_id, instrument, max(date) AS date FROM temp.follow_ups WHERE date BETWEEN :first AND :last
GROUP BY scope, person_id, instrument"""


def make_tables(store: Store, periods: Sequence[Period]) -> None:
    """Read what is the same for every period, and what was held in any of them."""
    store.cached(None, _filled).clear()
    days = {"first": min(period.first for period in periods), "last": max(period.last for period in periods)}
    _make(store, "first_records", FIRST_RECORDS)
    _make(store, "courses", _COURSES)
    _make(store, "held", _HELD, days)
    store.connection.execute("CREATE INDEX IF NOT EXISTS temp.held_date ON held (date)")
    _make(store, "taken", _TAKEN)
    _add(store, "taken", _groups_taken(store, days))
    _make(store, "spellings", _SPELLINGS)
    _add(store, "spellings", [*one_spelling(store.connection.execute(FREE_TEXTS)).items()])
    _make(store, "follow_ups", _FOLLOW_UPS)
    if store.value("SELECT 1 FROM measures LIMIT 1"):
        scopes = {**{id: [id] for id in store.branches}, **({0: [*store.branches]} if len(store.branches) > 1 else {})}
        _add(store, "follow_ups", [(scope, *row) for scope, branches in scopes.items() for row in follow_ups(store, branches)])


def fill_tables(store: Store, period: Period) -> Days:
    """Read a period into the tables. Returns the parameters of its queries."""
    days = {"first": period.first, "last": period.last}
    _make(store, "period_branches", _BRANCHES, days)
    for name, sql in {"period_visits": _VISITS, "period_offers": _OFFERS, "period_groups": _GROUPS, "period_pairs": _PAIRS}.items():
        _make(store, name, sql, days)
    _add_named_visits(store, days)
    _make(store, "period_people", _PEOPLE, days)
    _make(store, "period_grants", _amounts(store, period))
    store.cached(None, _filled)[:] = [period]
    return days


def has_records(store: Store, period: Period, branches: Collection[int]) -> bool:
    """Whether something is recorded of one of these branches in a period. Needs no tables."""
    sql = f"""SELECT 1 FROM ({_RECORDS}) AS records JOIN branches ON branches.id = records.branch_id
        WHERE branches.id IN ({", ".join(map(str, branches))}) AND ifnull(branches.records_from, '') <= :last LIMIT 1"""
    return store.connection.execute(sql, {"first": period.first, "last": period.last}).fetchone() is not None


def period_tables(store: Store, period: Period) -> Days:
    """Read everything for one period, unless it was the last to be read and nothing was written since. Returns the parameters of its queries."""
    if store.cached(None, _filled) == [period]:
        return {"first": period.first, "last": period.last}
    make_tables(store, [period])
    return fill_tables(store, period)


def _filled(_store: Store) -> list[Period]:
    """Return the periods that the tables are of: none yet, then the last one."""
    return []


def _make(store: Store, name: str, sql: str, days: Days | None = None) -> None:
    """Fill a table, making it first if there is none. Keeping the table saves preparing all queries again."""
    if store.value("SELECT 1 FROM temp.sqlite_schema WHERE name = ?", name):
        with store.filling_temporary_tables():
            store.connection.execute(f"DELETE FROM temp.{name}")
            store.connection.execute(f"INSERT INTO temp.{name} {sql}", days or {})
    else:
        store.connection.execute(f"CREATE TEMP TABLE {name} AS {sql}", days or {})


def _add(store: Store, name: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        with store.filling_temporary_tables():
            store.connection.executemany(f"INSERT INTO temp.{name} VALUES ({', '.join('?' * len(rows[0]))})", rows)


# Both count in Python, which takes half the time of SQLite's sorting.


def _add_named_visits(store: Store, days: Days) -> None:
    """Add the visits by name to what was held in the period: one row for each person, branch and channel, and how many they are."""
    visits: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    since: dict[tuple[int, str], dict[str, str]] = defaultdict(dict)
    for branch, channel, date, participants in store.connection.execute(_LISTED, days):
        ids = participants.split(",")
        visits[branch, channel].update(ids)
        since[branch, channel].update(dict.fromkeys(ids, date))
    _add(store, "period_visits", [(branch, channel, 1, numbers.total()) for (branch, channel), numbers in visits.items()])
    offers = [
        (int(id), channel, since[branch, channel][id], number)
        for (branch, channel), numbers in visits.items()
        for id, number in numbers.items()
    ]
    _add(store, "period_offers", offers)


def _groups_taken(store: Store, days: Days) -> list[tuple[object, ...]]:
    """Return who of those enrolled was present at two thirds or more of the meetings of each talk group closed in the periods, for the table `taken`."""
    taken: list[tuple[object, ...]] = []
    for activity, branch, closed, meetings, participants, enrolled in store.connection.execute(_GROUPS_CLOSED, days):
        present = Counter(participants.split(","))
        taken += [
            (activity, branch, closed, meetings, int(id), present[id])
            for id in enrolled.split(",")
            if id and 3 * present[id] >= 2 * meetings
        ]
    return taken


def _amounts(store: Store, period: Period) -> str:
    """Return the SQL of what falls in a period of each grant whose days it touches."""
    amounts = []
    for id, *columns in store.connection.execute(_GRANTS):
        terms = MoneyTerms(*columns)
        starts, ends = terms.days
        if starts.isoformat() <= period.last and ends.isoformat() >= period.first:
            amounts.append(f"({id}, {accrued_amount(terms, period.first, period.last)})")
    return f"SELECT column1 AS grant_id, column2 AS amount FROM (VALUES {', '.join(amounts) or '(0, 0)'})"
