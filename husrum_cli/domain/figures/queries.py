"""The questions that figures ask: each is SQL that selects rows, one for each thing that a figure can count.

Every question gives `scope` (a branch, or 0 for the nation), `person_id` (or NULL), `date`, `what`, and whatever its figures tell rows apart by. `SCOPE(x)` stands
for the branch x when each branch is asked, and for 0 when the nation is; `JOINT(x)` for what makes two rows of the nation one joint activity.
`:first` and `:last` are the first and last day of the year. `year_people` holds the participants of the year (see `YEAR_PEOPLE`).
"""

from __future__ import annotations

import re

# A period (starts, ends) has a day in the year.
_IN_YEAR = "ifnull({0}.starts, '') <= :last AND ifnull({0}.ends, '9999') >= :first"
_HUMAN = "ifnull({0}.human_id, {0}.id)"

# Participants of the year in each branch: young people with an interview held, a named visit, or a day of an active match.
YEAR_PEOPLE = f"""
CREATE TEMP TABLE year_people AS
SELECT people.branch_id, people.id AS person_id, {_HUMAN.format("people")} AS human, min(present.date) AS date, people.born,
    max(channel = 'talk_group') AS talk_group, max(channel = 'network_group') AS network_group, max(channel = 'social_event') AS social_event,
    max(channel = 'online_event') AS online_event, max(channel = 'youth_meeting') AS youth_meeting, max(channel = 'befriended') AS befriended
FROM (
    SELECT person_id, channel, min(date) AS date FROM visits WHERE named AND date BETWEEN :first AND :last GROUP BY person_id, channel
    UNION ALL
    SELECT person_id, 'befriended', max(ifnull(starts, ''), :first) FROM matches WHERE {_IN_YEAR.format("matches")}
) AS present
JOIN people ON people.id = present.person_id
WHERE people.id IN (SELECT person_id FROM intakes)
GROUP BY people.id
"""

QUESTIONS: dict[str, str] = {
    "visits": """
        SELECT SCOPE(visits.branch_id) AS scope, visits.person_id, visits.date, ifnull(activities.ref || ' ' || ifnull(activities.title, ''), visits.channel) AS what,
            visits.amount, visits.channel, visits.named
        FROM visits LEFT JOIN activities ON activities.id = visits.activity_id
        WHERE visits.date BETWEEN :first AND :last""",
    "participants": """
        SELECT SCOPE(branch_id) AS scope, min(person_id) AS person_id, min(date) AS date, '' AS what,
            max(talk_group) AS talk_group, max(network_group) AS network_group, max(social_event) AS social_event, max(online_event) AS online_event,
            max(youth_meeting) AS youth_meeting, max(befriended) AS befriended
        FROM year_people GROUP BY 1, human""",
    "newcomers": f"""
        SELECT scope, person_id, date, what FROM (
            SELECT SCOPE(people.branch_id) AS scope, intakes.person_id, min(intakes.held) AS date, '' AS what, intakes.enquired
            FROM intakes JOIN people ON people.id = intakes.person_id
            WHERE intakes.held IS NOT NULL
            GROUP BY 1, {_HUMAN.format("people")}
        ) WHERE date BETWEEN :first AND :last AND enquired IS NOT NULL""",
    "enquiries": """
        SELECT SCOPE(people.branch_id) AS scope, intakes.person_id, intakes.enquired AS date, '' AS what
        FROM intakes JOIN people ON people.id = intakes.person_id WHERE intakes.enquired BETWEEN :first AND :last""",
    "intakes": """
        SELECT SCOPE(people.branch_id) AS scope, intakes.person_id, intakes.held AS date, '' AS what
        FROM intakes JOIN people ON people.id = intakes.person_id WHERE intakes.held BETWEEN :first AND :last""",
    "group_courses": """
        SELECT SCOPE(activities.branch_id) AS scope, NULL AS person_id, min(sessions.date) AS date, activities.ref || ' ' || ifnull(activities.title, '') AS what, activities.kind
        FROM activities JOIN sessions ON sessions.activity_id = activities.id
        WHERE activities.kind IN ('talk', 'network') AND sessions.state = 'held' AND sessions.date BETWEEN :first AND :last
        GROUP BY activities.id""",
    "meetings": """
        SELECT SCOPE(activities.branch_id) AS scope, NULL AS person_id, sessions.date, activities.ref || ' ' || ifnull(activities.title, '') AS what, activities.kind
        FROM sessions JOIN activities ON activities.id = sessions.activity_id
        WHERE activities.kind IN ('talk', 'network') AND sessions.state = 'held' AND sessions.date BETWEEN :first AND :last""",
    "events": """
        SELECT SCOPE(activities.branch_id) AS scope, NULL AS person_id, min(activities.starts) AS date,
            activities.ref || ' ' || ifnull(activities.title, '') AS what, activities.kind
        FROM activities
        WHERE activities.kind NOT IN ('talk', 'network') AND activities.starts BETWEEN :first AND :last
            AND EXISTS (SELECT 1 FROM sessions WHERE sessions.activity_id = activities.id AND sessions.state = 'held')
        GROUP BY 1, activities.kind, JOINT(activities)""",
    "completed": """
        SELECT SCOPE(activities.branch_id) AS scope, taken.person_id, activities.closed AS date,
            activities.ref || ' ' || ifnull(activities.title, '') || ' ' || taken.present || '/' || taken.meetings AS what
        FROM (
            SELECT enrolled.activity_id, enrolled.person_id,
                (SELECT count(*) FROM sessions WHERE sessions.activity_id = enrolled.activity_id AND sessions.state = 'held') AS meetings,
                (SELECT count(*) FROM sessions JOIN attendance ON attendance.session_id = sessions.id
                    WHERE sessions.activity_id = enrolled.activity_id AND sessions.state = 'held'
                    AND attendance.person_id = enrolled.person_id AND attendance.part = 'participant') AS present
            FROM (SELECT DISTINCT activity_id, person_id FROM enrolments
                WHERE activity_id IN (SELECT id FROM activities WHERE kind = 'talk' AND closed BETWEEN :first AND :last)) AS enrolled
        ) AS taken
        JOIN activities ON activities.id = taken.activity_id
        WHERE taken.present > 0 AND 3 * taken.present >= 2 * taken.meetings""",
    "matches": f"""
        SELECT SCOPE(people.branch_id) AS scope, matches.person_id, matches.starts AS date, '' AS what, matches.volunteer_id AS other_id,
            ifnull(matches.starts BETWEEN :first AND :last, 0) AS new
        FROM matches JOIN people ON people.id = matches.person_id WHERE {_IN_YEAR.format("matches")}""",
    "befrienders": f"""
        SELECT SCOPE(young.branch_id) AS scope, matches.volunteer_id AS person_id, min(ifnull(matches.starts, '')) AS date, '' AS what
        FROM matches JOIN people AS young ON young.id = matches.person_id JOIN people ON people.id = matches.volunteer_id
        WHERE {_IN_YEAR.format("matches")} GROUP BY 1, {_HUMAN.format("people")}""",
    "waiting": f"""
        SELECT SCOPE(people.branch_id) AS scope, min(waiting.person_id) AS person_id, min(waiting.starts) AS date, '' AS what
        FROM waiting JOIN people ON people.id = waiting.person_id
        WHERE ifnull(waiting.starts, '') <= :last AND waiting.ends > :last AND EXISTS (SELECT 1 FROM intakes WHERE intakes.person_id = people.id)
        GROUP BY 1, {_HUMAN.format("people")}""",
    "volunteers": f"""
        SELECT scope, person_id, date, what, first, peer, age FROM (
            SELECT SCOPE(people.branch_id) AS scope, min(people.id) AS person_id, min(ifnull(roles.starts, '')) AS first,
                max(({_IN_YEAR.format("roles")}) AND roles.role = 'peer') AS peer, max({_IN_YEAR.format("roles")}) AS active,
                min(iif({_IN_YEAR.format("roles")}, ifnull(roles.starts, ''), NULL)) AS date,
                group_concat(DISTINCT iif({_IN_YEAR.format("roles")}, roles.role, NULL)) AS what,
                CAST(substr(:last, 1, 4) AS INTEGER) - CAST(substr(min(people.born), 1, 4) AS INTEGER) AS age
            FROM roles JOIN people ON people.id = roles.person_id
            GROUP BY 1, {_HUMAN.format("people")}
        ) WHERE active""",
    "leader_seats": f"""
        SELECT SCOPE(activities.branch_id) AS scope, leaders.person_id, min(ifnull(leaders.starts, '')) AS date, activities.ref || ' ' || ifnull(activities.title, '') AS what
        FROM leaders JOIN activities ON activities.id = leaders.activity_id
        WHERE activities.kind IN ('talk', 'network') AND {_IN_YEAR.format("leaders")}
            AND EXISTS (SELECT 1 FROM sessions WHERE sessions.activity_id = activities.id AND sessions.state = 'held' AND sessions.date BETWEEN :first AND :last)
        GROUP BY activities.id, leaders.person_id""",
    "onward": f"""
        SELECT SCOPE(people.branch_id) AS scope, min(onward.person_id) AS person_id, min(onward.date) AS date, group_concat(DISTINCT ifnull(partners.name, '')) AS what
        FROM onward JOIN people ON people.id = onward.person_id LEFT JOIN partners ON partners.id = onward.partner_id
        WHERE onward.date BETWEEN :first AND :last AND EXISTS (SELECT 1 FROM intakes WHERE intakes.person_id = people.id)
        GROUP BY 1, {_HUMAN.format("people")}""",
    "partners": f"""
        SELECT SCOPE(partners.branch_id) AS scope, NULL AS person_id, partners.starts AS date, ifnull(partners.name, '') AS what
        FROM partners WHERE {_IN_YEAR.format("partners")}""",
    "grants": f"""
        SELECT SCOPE(grants.branch_id) AS scope, NULL AS person_id, grants.starts AS date, ifnull(grants.funder, '') AS what, grants.per_year AS amount
        FROM grants WHERE {_IN_YEAR.format("grants")}""",
    "branches": """
        SELECT SCOPE(branches.id) AS scope, NULL AS person_id, year_branches.since AS date, branches.name AS what
        FROM year_branches JOIN branches ON branches.id = year_branches.branch_id
        WHERE year_branches.active""",
}


def question(name: str, nation: bool, without: frozenset[int] = frozenset()) -> str:
    """The SQL of a question, asked of each branch, or of the nation as a whole but for the branches `without`, whose rows get no scope."""
    joint = r"ifnull('joint ' || \1.joint, \1.id)" if nation else r"\1.id"
    scope = rf"iif(\1 IN ({', '.join(map(str, sorted(without)))}), NULL, 0)" if without else "0"
    sql = re.sub(r"JOINT\((\w+)\)", joint, QUESTIONS[name])
    return re.sub(r"SCOPE\(([\w.]+)\)", scope if nation else r"\1", sql)


# Which branches have what in the year: `active` (open in it), `records` (something is recorded in it), `since` (first record).
YEAR_BRANCHES = f"""
CREATE TEMP TABLE year_branches AS
SELECT branches.id AS branch_id, firsts.since,
    ifnull(branches.active_from, firsts.since) <= :last AND ifnull(branches.active_to, '9999') >= :first AS active,
    ifnull(branches.records_from, '') <= :last AND (
        EXISTS (SELECT 1 FROM intakes JOIN people ON people.id = intakes.person_id
            WHERE people.branch_id = branches.id AND (intakes.enquired BETWEEN :first AND :last OR intakes.held BETWEEN :first AND :last))
        OR EXISTS (SELECT 1 FROM sessions JOIN activities ON activities.id = sessions.activity_id
            WHERE activities.branch_id = branches.id AND sessions.state = 'held' AND sessions.date BETWEEN :first AND :last)
        OR EXISTS (SELECT 1 FROM matches JOIN people ON people.id = matches.person_id WHERE people.branch_id = branches.id AND {_IN_YEAR.format("matches")})
        OR EXISTS (SELECT 1 FROM roles JOIN people ON people.id = roles.person_id WHERE people.branch_id = branches.id AND {_IN_YEAR.format("roles")})
    ) AS records
FROM branches JOIN (
    SELECT branches.id, min(
        ifnull((SELECT min(min(ifnull(intakes.enquired, '9999'), ifnull(intakes.held, '9999'))) FROM intakes JOIN people ON people.id = intakes.person_id
            WHERE people.branch_id = branches.id), '9999'),
        ifnull((SELECT min(sessions.date) FROM sessions JOIN activities ON activities.id = sessions.activity_id
            WHERE activities.branch_id = branches.id AND sessions.state = 'held'), '9999'),
        ifnull((SELECT min(matches.starts) FROM matches JOIN people ON people.id = matches.person_id WHERE people.branch_id = branches.id), '9999'),
        ifnull((SELECT min(roles.starts) FROM roles JOIN people ON people.id = roles.person_id WHERE people.branch_id = branches.id), '9999')
    ) AS since FROM branches
) AS firsts ON firsts.id = branches.id
"""
