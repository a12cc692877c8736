"""The queries of figures: each selects the rows of a period that figures count.

A query knows the first and the last day of its period (`:first`, `:last`), never a year. Each row has `scope` (a branch, or 0 for the nation), `person_id` (or
NULL), `date`, `what`, and whatever its figures tell rows apart by; `amount` if a figure adds up or averages. `SCOPE(x)` is the branch x if each branch is
asked, and 0 if the nation is; `JOINT(x)` is what makes two rows of the nation one joint activity; `ACTIVITY(x)` what the activity with the id x is called, which
nobody looks up when rows are only counted. The temporary tables are those of `tables.py`.
"""

from __future__ import annotations

import re
from functools import cache

from ...vocabulary import CHANNELS, ROLE, UNCOUNTED_PARTNER

# A period (starts, ends) has a day in the period that is asked about.
TOUCHES = "ifnull({0}.starts, '') <= :last AND ifnull({0}.ends, '9999') >= :first"
# It has not ended by the end of the last day.
AT_END = "ifnull({0}.starts, '') <= :last AND ifnull({0}.ends, '9999') > :last"
HUMAN = "ifnull({0}.human_id, {0}.id)"
# Whole years on the last day; of someone whose birth year alone is known, the years between the two.
AGE_AT_END = """(CASE WHEN length({0}) = 4 THEN CAST(substr(:last, 1, 4) AS INTEGER) - CAST({0} AS INTEGER)
    ELSE (CAST(replace(:last, '-', '') AS INTEGER) - CAST(replace({0}, '-', '') AS INTEGER)) / 10000 END)"""
_HELD_IN_PERIOD = "sessions.state = 'held' AND sessions.date BETWEEN :first AND :last"
_PEOPLE_OF = "SELECT 1 FROM {0} WHERE {0}.person_id = people.id"
_VISITED = ", ".join(f"'{kind}'" for kind in CHANNELS)
# Intro courses taken by the end of the last day: attended, not taught, or seen a paper of.
_INTRO = """SELECT person_id FROM attests WHERE kind = 'intro_course' AND ifnull(date, '') <= :last
    UNION SELECT person_id FROM courses WHERE kind = 'intro_course' AND date <= :last"""
_SUPERVISED = "SELECT person_id FROM courses WHERE kind = 'supervision' AND date BETWEEN :first AND :last"
# Whether a human is one of some people, here or, for the nation, in another city that may have given them no role.
_AMONG = f"""(SCOPE(people.branch_id), {HUMAN.format("people")}) IN
                    (SELECT SCOPE(others.branch_id), {HUMAN.format("others")} FROM people AS others WHERE others.id IN ({{}}))"""
_IN_ROLE = ", ".join(f"max(({TOUCHES.format('roles')}) AND roles.role = '{role}') AS {role}" for role in ROLE)

QUERIES: dict[str, str] = {
    "visits": """
        SELECT SCOPE(branch_id) AS scope, branch_id AS branch, person_id, date, ifnull(ACTIVITY(activity_id), channel) AS what, amount, channel, named
        FROM visits WHERE date BETWEEN :first AND :last""",
    "participants": """
        SELECT SCOPE(branch_id) AS scope, min(person_id) AS person_id, min(date) AS date, '' AS what,
            sum(named_visits) AS named_visits, sum(named_visits) AS amount
        FROM period_people GROUP BY 1, human""",
    "participants_of_offer": """
        SELECT SCOPE(period_people.branch_id) AS scope, min(person_id) AS person_id, min(offers.date) AS date, '' AS what, offer
        FROM period_offers AS offers JOIN period_people USING (person_id) GROUP BY 1, human, offer""",
    "newcomers": f"""
        SELECT scope, person_id, date, what FROM (
            SELECT SCOPE(people.branch_id) AS scope, intakes.person_id, min(intakes.held) AS date, '' AS what, intakes.enquired, {HUMAN.format("people")} AS human
            FROM intakes JOIN people ON people.id = intakes.person_id WHERE intakes.held BETWEEN :first AND :last GROUP BY 1, human
        ) AS first WHERE enquired IS NOT NULL AND NOT EXISTS (EARLIER_INTERVIEW)""",
    "first_interviews": f"""
        SELECT scope, person_id, date, what FROM (
            SELECT SCOPE(people.branch_id) AS scope, intakes.person_id, intakes.held AS date, '' AS what, {HUMAN.format("people")} AS human
            FROM intakes JOIN people ON people.id = intakes.person_id WHERE intakes.held BETWEEN :first AND :last
        ) AS first
        WHERE (SELECT count(*) FROM people AS same JOIN intakes AS other ON other.person_id = same.id WHERE IS_SAME AND other.held <= :last) = 1
            AND NOT EXISTS (
                SELECT 1 FROM people AS same JOIN attendance ON attendance.person_id = same.id AND attendance.part = 'participant'
                JOIN sessions ON sessions.id = attendance.session_id JOIN activities ON activities.id = sessions.activity_id
                WHERE IS_SAME AND sessions.state = 'held' AND sessions.date <= :last AND activities.kind IN ({_VISITED}))
            AND NOT EXISTS (
                SELECT 1 FROM people AS same JOIN matches ON matches.person_id = same.id WHERE IS_SAME AND ifnull(matches.starts, '') <= :last)""",
    "enquiries": """
        SELECT SCOPE(people.branch_id) AS scope, intakes.person_id, intakes.enquired AS date, '' AS what
        FROM intakes JOIN people ON people.id = intakes.person_id WHERE intakes.enquired BETWEEN :first AND :last""",
    "intakes": """
        SELECT SCOPE(people.branch_id) AS scope, intakes.person_id, intakes.held AS date, '' AS what
        FROM intakes JOIN people ON people.id = intakes.person_id WHERE intakes.held BETWEEN :first AND :last""",
    "interview_waits": """
        SELECT SCOPE(people.branch_id) AS scope, intakes.person_id, intakes.held AS date, '' AS what,
            CAST(julianday(intakes.held) - julianday(intakes.enquired) AS INTEGER) AS amount
        FROM intakes JOIN people ON people.id = intakes.person_id WHERE intakes.held BETWEEN :first AND :last AND intakes.enquired IS NOT NULL""",
    "group_courses": """
        SELECT SCOPE(branch_id) AS scope, branch_id AS branch, NULL AS person_id, date, ACTIVITY(activity_id) AS what, kind FROM temp.period_groups""",
    "meetings": """
        SELECT SCOPE(branch_id) AS scope, branch_id AS branch, NULL AS person_id, date, ACTIVITY(activity_id) AS what, kind
        FROM temp.held WHERE kind IN ('talk', 'network') AND date BETWEEN :first AND :last""",
    "events": f"""
        SELECT SCOPE(activities.branch_id) AS scope, min(activities.branch_id) AS branch, NULL AS person_id, min(activities.starts) AS date, ACTIVITY(activities.id) AS what, activities.kind,
            min(activities.activity) AS done, max(activities.joint IS NOT NULL) AS shared, max(EXISTS (
                SELECT 1 FROM leaders JOIN people ON people.id = leaders.person_id
                WHERE leaders.activity_id = activities.id AND EXISTS ({_PEOPLE_OF.format("intakes")}) AND NOT EXISTS (
                    SELECT 1 FROM roles WHERE roles.person_id = people.id AND activities.starts BETWEEN ifnull(roles.starts, '') AND ifnull(roles.ends, '9999')
                )
            )) AS with_young
        FROM activities
        WHERE activities.kind NOT IN ('talk', 'network') AND activities.starts BETWEEN :first AND :last
            AND EXISTS (SELECT 1 FROM sessions WHERE sessions.activity_id = activities.id AND sessions.state = 'held')
        GROUP BY 1, activities.kind, JOINT(activities)""",
    # A list of participants has one comma fewer than people.
    "event_participants": """
        SELECT scope, branch, NULL AS person_id, date, what, amount FROM (
            SELECT SCOPE(branch_id) AS scope, branch_id AS branch, date, ACTIVITY(activity_id) AS what,
                unnamed + ifnull(length(participants) - length(replace(participants, ',', '')) + 1, 0) AS amount
            FROM temp.held WHERE kind = 'social' AND date BETWEEN :first AND :last
        ) WHERE amount > 0""",
    **{
        name: f"""
        SELECT SCOPE(branch_id) AS scope, branch_id AS branch, NULL AS person_id, date, ACTIVITY(activity_id) AS what,
            (SELECT count(DISTINCT person_id) FROM {table} WHERE {table}.activity_id = period_groups.activity_id AND {TOUCHES.format(table)}) AS amount
        FROM temp.period_groups WHERE kind = 'talk'"""
        for name, table in (("group_sizes", "enrolments"), ("group_leaders", "leaders"))
    },
    "completed": """
        SELECT SCOPE(branch_id) AS scope, person_id, closed AS date, ACTIVITY(activity_id) || ' ' || present || '/' || meetings AS what
        FROM temp.taken WHERE closed BETWEEN :first AND :last""",
    "matches": f"""
        SELECT SCOPE(people.branch_id) AS scope, matches.person_id, matches.starts AS date, '' AS what,
            ifnull(matches.starts BETWEEN :first AND :last, 0) AS new
        FROM matches JOIN people ON people.id = matches.person_id WHERE {TOUCHES.format("matches")}""",
    "match_waits": """
        SELECT SCOPE(people.branch_id) AS scope, matches.person_id, matches.starts AS date, '' AS what,
            CAST(julianday(matches.starts) - julianday(waiting.starts) AS INTEGER) AS amount
        FROM matches JOIN people ON people.id = matches.person_id JOIN waiting ON waiting.person_id = matches.person_id AND waiting.ends = matches.starts
        WHERE matches.starts BETWEEN :first AND :last AND waiting.starts IS NOT NULL""",
    "match_lengths": f"""
        SELECT SCOPE(people.branch_id) AS scope, matches.person_id, matches.starts AS date, '' AS what,
            CAST(julianday(min(ifnull(matches.ends, :last), :last)) - julianday(matches.starts) AS INTEGER) + 1 AS amount
        FROM matches JOIN people ON people.id = matches.person_id WHERE matches.starts IS NOT NULL AND {TOUCHES.format("matches")}""",
    "match_meetings": """
        SELECT SCOPE(people.branch_id) AS scope, matches.person_id, pair_meetings.date, '' AS what
        FROM pair_meetings JOIN matches ON matches.id = pair_meetings.match_id JOIN people ON people.id = matches.person_id
        WHERE pair_meetings.date BETWEEN :first AND :last""",
    "befrienders": f"""
        SELECT SCOPE(young.branch_id) AS scope, matches.volunteer_id AS person_id, min(ifnull(matches.starts, '')) AS date, '' AS what
        FROM matches JOIN people AS young ON young.id = matches.person_id JOIN people ON people.id = matches.volunteer_id
        WHERE {TOUCHES.format("matches")} GROUP BY 1, {HUMAN.format("people")}""",
    "befrienders_free": f"""
        SELECT SCOPE(people.branch_id) AS scope, min(people.id) AS person_id, min(ifnull(offers.starts, volunteers.joined)) AS date, '' AS what
        FROM offers JOIN people ON people.id = offers.person_id LEFT JOIN volunteers ON volunteers.person_id = people.id
        WHERE ifnull(ifnull(offers.starts, volunteers.joined), '') <= :last AND ifnull(offers.ends, '9999') > :last
            AND EXISTS (SELECT 1 FROM roles WHERE roles.person_id = people.id AND {AT_END.format("roles")})
            AND offers.capacity > (SELECT count(*) FROM matches WHERE matches.volunteer_id = people.id AND {AT_END.format("matches")})
        GROUP BY 1, {HUMAN.format("people")}""",
    "waiting": f"""
        SELECT SCOPE(people.branch_id) AS scope, min(waiting.person_id) AS person_id, min(waiting.starts) AS date, '' AS what
        FROM waiting JOIN people ON people.id = waiting.person_id
        WHERE ifnull(waiting.starts, '') <= :last AND waiting.ends > :last AND EXISTS ({_PEOPLE_OF.format("intakes")})
        GROUP BY 1, {HUMAN.format("people")}""",
    "volunteers": f"""
        SELECT * FROM (
            SELECT SCOPE(people.branch_id) AS scope, min(people.id) AS person_id, min(ifnull(roles.starts, '')) AS first,
                min(iif({TOUCHES.format("roles")}, ifnull(roles.starts, ''), NULL)) AS date,
                group_concat(DISTINCT iif({TOUCHES.format("roles")}, roles.role, NULL)) AS what,
                max({TOUCHES.format("roles")}) AS active, max({AT_END.format("roles")}) AS at_end, {_IN_ROLE},
                max({_AMONG.format(_INTRO)}) AS intro, max({_AMONG.format(_SUPERVISED)}) AS supervised
            FROM roles JOIN people ON people.id = roles.person_id
            GROUP BY 1, {HUMAN.format("people")}
        ) WHERE active""",
    "volunteer_ages": f"""
        SELECT SCOPE(people.branch_id) AS scope, min(people.id) AS person_id, min(ifnull(roles.starts, '')) AS date, group_concat(DISTINCT roles.role) AS what,
            {AGE_AT_END.format("min(people.born)")} AS amount
        FROM roles JOIN people ON people.id = roles.person_id
        WHERE people.born IS NOT NULL AND {TOUCHES.format("roles")}
        GROUP BY 1, {HUMAN.format("people")}""",
    "applicants": f"""
        SELECT SCOPE(people.branch_id) AS scope, min(people.id) AS person_id, min(applications.date) AS date, '' AS what
        FROM volunteer_applications AS applications JOIN people ON people.id = applications.person_id
        WHERE applications.date BETWEEN :first AND :last GROUP BY 1, {HUMAN.format("people")}""",
    "volunteer_hours": f"""
        SELECT SCOPE(people.branch_id) AS scope, hours.person_id, hours.date, hours.what, hours.amount FROM (
            SELECT person_id, date, ifnull(what, '') AS what, hours AS amount FROM volunteer_hours WHERE date BETWEEN :first AND :last
            UNION ALL
            SELECT attendance.person_id, sessions.date, ACTIVITY(activities.id), activities.hours
            FROM activities JOIN sessions ON sessions.activity_id = activities.id JOIN attendance ON attendance.session_id = sessions.id
            WHERE activities.hours IS NOT NULL AND {_HELD_IN_PERIOD} AND attendance.part = 'volunteer'
            UNION ALL
            SELECT matches.volunteer_id, pair_meetings.date, '', pair_meetings.hours FROM pair_meetings JOIN matches ON matches.id = pair_meetings.match_id
            WHERE pair_meetings.hours IS NOT NULL AND pair_meetings.date BETWEEN :first AND :last
        ) AS hours JOIN people ON people.id = hours.person_id""",
    "leader_seats": f"""
        SELECT SCOPE(branch_id) AS scope, leaders.person_id, min(ifnull(leaders.starts, '')) AS date, ACTIVITY(leaders.activity_id) AS what
        FROM temp.period_groups CROSS JOIN leaders USING (activity_id) WHERE {TOUCHES.format("leaders")}
        GROUP BY leaders.activity_id, leaders.person_id""",
    "onward": f"""
        SELECT SCOPE(people.branch_id) AS scope, min(onward.person_id) AS person_id, min(onward.date) AS date, group_concat(DISTINCT ifnull(partners.name, '')) AS what
        FROM onward JOIN people ON people.id = onward.person_id LEFT JOIN partners ON partners.id = onward.partner_id
        WHERE onward.date BETWEEN :first AND :last AND EXISTS ({_PEOPLE_OF.format("intakes")})
        GROUP BY 1, {HUMAN.format("people")}""",
    "suggestions": """
        SELECT SCOPE(branch_id) AS scope, branch_id AS branch, NULL AS person_id, date, ifnull(text, '') AS what, outcome FROM suggestions WHERE date BETWEEN :first AND :last""",
    "goals": """
        SELECT SCOPE(people.branch_id) AS scope, goals.person_id, goals.date, ifnull(goals.text, '') AS what, goals.outcome
        FROM goals JOIN people ON people.id = goals.person_id WHERE goals.date BETWEEN :first AND :last""",
    "measured_pairs": """
        SELECT scope, person_id, date, instrument AS what, instrument FROM period_pairs WHERE (scope = 0) = NATION""",
    "partners": f"""
        SELECT SCOPE(partners.branch_id) AS scope, partners.branch_id AS branch, NULL AS person_id, partners.starts AS date, ifnull(partners.name, '') AS what, partners.kind AS partner_kind
        FROM partners WHERE {TOUCHES.format("partners")} AND (
            partners.added AND lower(trim(ifnull(partners.kind, ''))) NOT IN {tuple(UNCOUNTED_PARTNER)}
            OR EXISTS (SELECT 1 FROM activity_partners WHERE activity_partners.partner_id = partners.id))""",
    "grants": """
        SELECT SCOPE(grants.branch_id) AS scope, grants.branch_id AS branch, NULL AS person_id, grants.starts AS date, ifnull(grants.funder, '') AS what, period_grants.amount
        FROM period_grants JOIN grants ON grants.id = period_grants.grant_id""",
    "branches": """
        SELECT SCOPE(branches.id) AS scope, branches.id AS branch, NULL AS person_id, period_branches.since AS date, branches.name AS what
        FROM period_branches JOIN branches ON branches.id = period_branches.branch_id
        WHERE period_branches.active""",
}
# Rows that are many are counted from what they were grouped into before, which adds up to the same.
_COUNTED_FROM = {"visits": "SELECT SCOPE(branch_id) AS scope, amount, channel, named FROM period_visits"}
# Queries whose rows of the nation are those of its branches, so that its numbers are theirs added up.
ADDITIVE = frozenset(
    {
        *(
            "visits",
            "enquiries",
            "intakes",
            "group_courses",
            "meetings",
            "completed",
            "matches",
            "match_meetings",
            "volunteer_hours",
            "leader_seats",
        ),
        *("suggestions", "goals", "partners", "branches"),
    }
)
_IS_SAME = "(same.id = first.person_id OR same.human_id = first.human) AND +SCOPE(same.branch_id) = first.scope"
_EARLIER = (
    f"""SELECT 1 FROM people AS same JOIN intakes AS earlier ON earlier.person_id = same.id WHERE {_IS_SAME} AND earlier.held < :first"""
)


@cache
def query(name: str, nation: bool, without: frozenset[int] = frozenset(), counting: bool = False) -> str:
    """Return the SQL of a query, for each branch or for the nation as a whole. Branches in `without` get no scope. `counting`: only numbers are taken of it."""
    joint = r"ifnull(substr(\1.starts, 1, 4) || \1.joint, \1.id)" if nation else r"\1.id"
    scope = rf"iif(\1 IN ({', '.join(map(str, sorted(without)))}), NULL, 0)" if without else "0"
    sql = _COUNTED_FROM.get(name, QUERIES[name]) if counting else QUERIES[name]
    sql = sql.replace("EARLIER_INTERVIEW", _EARLIER).replace("IS_SAME", _IS_SAME)
    sql = sql.replace("NATION", str(int(nation)))
    called = r"(SELECT ref || ' ' || ifnull(title, '') FROM activities AS called WHERE called.id = \1)"
    sql = re.sub(r"ACTIVITY\(([\w.]+)\)", "''" if counting else called, sql)
    sql = re.sub(r"JOINT\((\w+)\)", joint, sql)
    return re.sub(r"SCOPE\(([\w.]+)\)", scope if nation else r"\1", sql)
