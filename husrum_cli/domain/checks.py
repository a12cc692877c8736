"""Consistency checks: contradictions to fix, and remarks worth a look."""

from __future__ import annotations

from ..errors import UnusableFile
from ..i18n import N_, _, language
from ..input.dates import today
from ..platforms.shell_line import shell_line
from ..store import Store
from ..store.integrity import damage
from ..store.removed_people import (
    ANONYMISED,
    ERASED,
    list_path,
    lists_around,
    removed_in,
    removed_since_merge,
    returned_consents,
    returned_people,
)
from ..vocabulary import PURPOSE, label
from .duty_of_care import DUTY_OF_CARE, values_of
from .figures.frozen_figures import parse_figures
from .people.leaving import WAITS_FOR_INTERVIEW
from .people.lookup import People
from .problems import Definition, Problem, Severity, find_problems


def _overlapping(columns: str, table: str, where: str) -> str:
    """Return the SQL of two overlapping periods of one person, as `rules.overlap` defines it."""
    return f"""
        SELECT DISTINCT one.person_id AS person, {columns}, min(ifnull(one.starts, ''), ifnull(two.starts, '')) AS first,
            max(ifnull(one.starts, ''), ifnull(two.starts, '')) AS second
        FROM {table} AS one JOIN {table} AS two ON two.person_id = one.person_id AND two.id > one.id AND {where}
        WHERE ifnull(one.starts, '') < ifnull(two.ends, '~') AND ifnull(two.starts, '') < ifnull(one.ends, '~')"""


def unrecorded_days(severity: Severity, where: str = "") -> tuple[Definition, ...]:
    """Return the definitions for planned occasions that have passed, of groups and of events."""
    sql = """
        SELECT activities.id AS activity, min(date) AS date, count(*) AS {counted}
        FROM sessions JOIN activities ON activities.id = activity_id
        WHERE state = 'planned' AND date < :today AND ref GLOB '{letter}*' {where} GROUP BY activities.id"""
    meetings = N_("Planned for {date} and never recorded ({meetings}).")
    days = N_("Planned for {date} and never recorded ({days}).")
    return (
        Definition(
            severity, meetings, "husrum group meet {activity} --date {date}", sql.format(letter="G", counted="meetings", where=where)
        ),
        Definition(severity, days, "husrum event attend {activity} --date {date}", sql.format(letter="E", counted="days", where=where)),
    )


# Two birth dates that contradict each other belong to two humans; a year alone agrees with every day in it.
LIKELY_TWICE = Definition(
    "remark",
    "Perhaps the same human as {other}.",
    "husrum person join {person} {other}",
    """
    WITH traces (id, trace) AS MATERIALIZED (
        SELECT id, branch_id || ' name ' || name_key(name) FROM people WHERE name IS NOT NULL
        UNION ALL SELECT people.id, branch_id || ' name ' || name_key(former_names.name) FROM former_names JOIN people ON people.id = person_id
        UNION ALL SELECT id, branch_id || ' phone ' || phone_key(phone) FROM people WHERE phone_key(phone) <> ''
        UNION ALL SELECT id, branch_id || ' email ' || fold(email) FROM people WHERE email IS NOT NULL
    )
    SELECT DISTINCT one.id AS person, two.id AS other
    FROM traces AS a JOIN traces AS b ON b.trace = a.trace
    JOIN people AS one ON one.id = a.id JOIN people AS two ON two.id = b.id AND two.number > one.number
    WHERE ifnull(substr(one.born, 1, length(two.born)) = substr(two.born, 1, length(one.born)), 1)
        AND NOT EXISTS (
            SELECT 1 FROM distinct_people WHERE person_id = min(one.id, two.id) AND other_id = max(one.id, two.id)
        )""",
)


# Matches that run, and their volunteers: what ended long ago need not be put right.
_RUNNING = "FROM matches WHERE (ends IS NULL OR ends >= :today) AND NOT EXISTS"

FILE_CHECKS: tuple[Definition, ...] = (
    Definition(
        "contradiction",
        "Left on {left} and came afterwards, first on {date} ({occasions}).",
        "husrum person show {person}",
        """
        SELECT person_id AS person, min(date) AS date, gone.day AS left, count(*) AS occasions
        FROM (SELECT person_id, max(date) AS day FROM leaving WHERE date IS NOT NULL GROUP BY person_id) AS gone
        JOIN attendance USING (person_id) JOIN sessions ON sessions.id = session_id AND date > gone.day AND state = 'held'
        WHERE part = 'participant'
            AND NOT EXISTS (SELECT 1 FROM here WHERE here.person_id = gone.person_id AND starts > gone.day)
        GROUP BY person_id""",
    ),
    Definition(
        "remark",
        "A participant on {date}, before their first enquiry on {enquired} ({occasions}).",
        "husrum intake edit {intake}",
        """
        SELECT person_id AS person, min(date) AS date, first.day AS enquired, count(*) AS occasions, first.id AS intake
        FROM (SELECT person_id, id, min(ifnull(enquired, '')) AS day FROM intakes GROUP BY person_id) AS first
        JOIN attendance USING (person_id) JOIN sessions ON sessions.id = session_id AND date < first.day AND state = 'held'
        WHERE part = 'participant' GROUP BY person_id""",
    ),
    Definition(
        "contradiction",
        "A participant since {date}, without an enquiry ({occasions}).",
        "husrum intake add --person {person}",
        """
        SELECT people.id AS person, min(date) AS date, count(*) AS occasions
        FROM people JOIN attendance ON person_id = people.id AND part = 'participant'
        JOIN sessions ON sessions.id = session_id AND state = 'held'
        WHERE NOT EXISTS (SELECT 1 FROM intakes WHERE intakes.person_id = people.id) GROUP BY people.id""",
    ),
    Definition(
        "contradiction",
        "Was {age} years old on {date}: born {born}.",
        "husrum person edit {person} --born DATE",
        """
        SELECT id AS person, min(date) AS date, born,
            substr(date, 1, 4) - substr(born, 1, 4) - (length(born) > 4 AND substr(date, 6) < substr(born, 6)) AS age
        FROM (
            SELECT people.id, born, enquired AS date FROM people JOIN intakes ON person_id = people.id WHERE enquired IS NOT NULL
            UNION ALL SELECT id, born, :today FROM people
        )
        WHERE born IS NOT NULL AND age NOT BETWEEN 10 AND 100 GROUP BY id""",
    ),
    Definition(
        "contradiction",
        "An enquiry or interview on {date}, which has not come yet.",
        "husrum intake edit {intake}",
        "SELECT person_id AS person, max(ifnull(enquired, ''), ifnull(held, '')) AS date, id AS intake FROM intakes WHERE date > :today",
    ),
    Definition(
        "contradiction",
        "Recorded as held on {date}, which has not come yet ({occasions}).",
        "husrum {noun} show {activity}",
        """
        SELECT activity_id AS activity, min(date) AS date, count(*) AS occasions
        FROM sessions WHERE state = 'held' AND date > :today GROUP BY activity_id""",
    ),
    Definition(
        "contradiction",
        "Closed on {closed}, but met on {date}.",
        "husrum group show {activity}",
        """
        SELECT activities.id AS activity, max(date) AS date, closed FROM activities JOIN sessions ON activity_id = activities.id
        WHERE state = 'held' AND date > closed GROUP BY activities.id""",
    ),
    Definition(
        "contradiction",
        "Starts on {starts}, but met on {date}.",
        "husrum group show {activity}",
        """
        SELECT activities.id AS activity, min(date) AS date, starts FROM activities JOIN sessions ON activity_id = activities.id
        WHERE ref GLOB 'G*' AND state = 'held' AND date < starts GROUP BY activities.id""",
    ),
    Definition(
        "contradiction",
        "Enrolled in {activity} from {date}, after it was closed on {closed}.",
        "husrum group show {activity}",
        """
        SELECT person_id AS person, enrolments.starts AS date, activity_id AS activity, closed
        FROM enrolments JOIN activities ON activities.id = activity_id WHERE enrolments.starts > closed""",
    ),
    Definition(
        "contradiction",
        "Leads {activity} from {date}, after it was closed on {closed}.",
        "husrum group show {activity}",
        """
        SELECT person_id AS person, leaders.starts AS date, activity_id AS activity, closed
        FROM leaders JOIN activities ON activities.id = activity_id WHERE leaders.starts > closed""",
    ),
    Definition(
        "contradiction",
        "Is {role} twice at the same time: from {first} and from {second}.",
        "husrum volunteer show {person}",
        _overlapping("one.role", "roles", "two.role = one.role"),
    ),
    Definition(
        "contradiction",
        "Enrolled in {activity} twice at the same time: from {first} and from {second}.",
        "husrum group show {activity}",
        _overlapping("one.activity_id AS activity", "enrolments", "two.activity_id = one.activity_id"),
    ),
    Definition(
        "contradiction",
        "Leads {activity} twice at the same time: from {first} and from {second}.",
        "husrum group show {activity}",
        _overlapping("one.activity_id AS activity", "leaders", "two.activity_id = one.activity_id"),
    ),
    Definition(
        "contradiction",
        "On the waiting list twice at the same time: from {first} and from {second}.",
        "husrum person show {person}",
        _overlapping("1", "waiting", "1"),
    ),
    Definition(
        "contradiction",
        "Has two Hjertevenner at the same time: from {first} and from {second}.",
        "husrum person show {person}",
        _overlapping("1", "matches", "1"),
    ),
    LIKELY_TWICE,
    Definition(
        "remark",
        "Has neither an enquiry nor a volunteer role.",
        "husrum person show {person}",
        """
        SELECT id AS person, 1 FROM people
        WHERE NOT EXISTS (SELECT 1 FROM intakes WHERE person_id = people.id)
            AND NOT EXISTS (SELECT 1 FROM roles WHERE person_id = people.id)
            AND NOT EXISTS (SELECT 1 FROM volunteer_applications WHERE person_id = people.id)""",
    ),
    Definition(
        "remark",
        "Enquired on {date}, more than 90 days ago, and has had no interview.",
        "husrum intake hold {person}",
        f"""
        SELECT person_id AS person, max(enquired) AS date FROM intakes AS enquiry
        WHERE enquired < date(:today, '-90 days') AND {WAITS_FOR_INTERVIEW}
        GROUP BY person_id""",
    ),
    Definition(
        "remark",
        "Has a Hjerteven since {date}, but has had no interview.",
        "husrum intake hold {person}",
        f"""
        SELECT person_id AS person, starts AS date {_RUNNING} (
            SELECT 1 FROM intakes WHERE person_id = matches.person_id AND held IS NOT NULL)""",
    ),
    Definition(
        "remark",
        "Is a Hjerteven since {date}, but holds no volunteer role.",
        "husrum volunteer role {person} befriender",
        f"""
        SELECT volunteer_id AS person, min(ifnull(starts, '')) AS date {_RUNNING} (
            SELECT 1 FROM roles WHERE person_id = volunteer_id) GROUP BY volunteer_id""",
    ),
    Definition(
        "remark",
        "Is a Hjerteven since {date}, but has not taken the intro course.",
        "husrum volunteer attest {person} intro_course",
        f"""
        SELECT volunteer_id AS person, min(ifnull(starts, '')) AS date {_RUNNING} (
            SELECT 1 FROM attests WHERE person_id = volunteer_id AND kind = 'intro_course'
            UNION ALL
            SELECT 1 FROM attendance JOIN sessions ON sessions.id = session_id JOIN activities ON activities.id = activity_id
            WHERE person_id = volunteer_id AND named_as = 'present' AND state = 'held' AND kind = 'intro_course'
        ) GROUP BY volunteer_id""",
    ),
    Definition(
        "remark",
        "Leads {activity} from {date}, but holds no volunteer role in that time.",
        "husrum volunteer role {person} leader --from {date}",
        """
        SELECT person_id AS person, ifnull(leaders.starts, activities.starts) AS date, activity_id AS activity
        FROM leaders JOIN activities ON activities.id = activity_id
        WHERE ref GLOB 'G*' AND NOT EXISTS (
            SELECT 1 FROM roles WHERE person_id = leaders.person_id AND ifnull(roles.starts, '') <= coalesce(leaders.ends, closed, '~')
                AND ifnull(roles.ends, '~') >= coalesce(leaders.starts, activities.starts, ''))""",
    ),
    Definition(
        "remark",
        "A group without a meeting, held or planned.",
        "husrum group meet {activity}",
        """
        SELECT id AS activity, 1 FROM activities
        WHERE ref GLOB 'G*' AND NOT EXISTS (SELECT 1 FROM sessions WHERE activity_id = activities.id AND state <> 'cancelled')""",
    ),
    *unrecorded_days("remark"),
    Definition(
        "remark",
        "The same title on {date} as {twin}.",
        "husrum event show {activity}",
        # The + keeps SQLite from going through all events of a branch for each of them.
        """
        SELECT two.id AS activity, one.id AS twin, one.starts AS date FROM activities AS one
        JOIN activities AS two ON two.starts = one.starts AND +two.branch_id = +one.branch_id AND two.id > one.id
        WHERE one.ref GLOB 'E*' AND two.ref GLOB 'E*' AND fold(two.title) = fold(one.title)""",
    ),
)


def check(store: Store) -> list[Problem]:
    """Return all problems, the worst first. A damaged file is not read any further, since its content can't be trusted."""
    # Rows that can't be read can't be exported either.
    found = [
        Problem("damage", what, where or store.path.name, "husrum export tables DIR" if where else "husrum restore BACKUP")
        for what, where in damage(store)
    ]
    if found:
        return found
    if store.has_foreign_writes:
        found.append(Problem("remark", _("Another program changed the file since the last command."), store.path.name, "husrum log"))
    return (
        (_removed_in_cities(store) if store.national else _removed(store))
        + found
        + _incomplete_closings(store)
        + find_problems(store, (*FILE_CHECKS, *DUTY_OF_CARE), {"today": today(), **values_of(store)})
    )


def _incomplete_closings(store: Store) -> list[Problem]:
    """Return closed years of the nation from which a merge of an older husrum took the cities' own numbers, or that can't be read."""
    sql = "SELECT year, figures FROM closed_years WHERE branch_id IS NULL AND reopened_at IS NULL ORDER BY year"
    what = _("The closed year has lost the cities' own numbers: an older husrum or another program changed it.")
    years = [row["year"] for row in store.rows(sql) if "by_branch" not in parse_figures(row["figures"])]
    return [Problem("contradiction", what, str(year), f"husrum year reopen {year}") for year in years]


def _removed(store: Store) -> list[Problem]:
    """Return removed people and withdrawn consents that an older copy brought back, and an incomplete list next to the file."""
    commands = {ANONYMISED: "husrum person anonymise {number}", ERASED: "husrum person erase {number}"}
    try:
        listed = lists_around(store.path)
        back = returned_people(store.connection, listed.removed)
        withdrawn = returned_consents(store.connection, listed.withdrawn)
        unfinished = None if store.removing_is_finished else removed_in(store.connection)[-1]
    except UnusableFile as error:
        return [Problem("damage", error.message, list_path(store.path).name, "husrum restore BACKUP")]
    found = []
    for each in back:
        what = _("Was {how} on {date}, and is here again from an older copy.", how=_(each.how), date=each.date)
        found.append(Problem("contradiction", what, str(each.number), commands[each.how].format(number=each.number)))
    people = People(store)
    for person, consent in ((people.by_id[id], consent) for id, consent in withdrawn):
        purpose = label(PURPOSE, consent.purpose, language()).lower()
        what = _(
            "The consent ({purpose}) was withdrawn on {date}, and is here again from an older copy.",
            purpose=purpose,
            date=consent.withdrawn,
        )
        command = f"husrum person consent {people.number(person)} {consent.purpose} --withdrawn {consent.withdrawn}"
        found.append(Problem("contradiction", what, people.display_name(person), command))
    if unfinished:
        what = _("The list next to the file lacks some of those who were anonymised or erased.")
        found.append(Problem("remark", what, list_path(store.path).name, commands[unfinished.how].format(number=unfinished.number)))
    return found


def _removed_in_cities(store: Store) -> list[Problem]:
    """Return those who were removed in their cities' own files since the nation got these. Consents stay in the cities."""
    people = People(store)
    linked = {row["branch_id"] for row in store.rows("SELECT branch_id FROM link_keys")}
    found = []
    for id, gone, files in removed_since_merge(store.connection, store.path):
        person = people.by_id[id]
        what = _("Was {how} on {date} in the city's own file, which has not been merged since.", how=_(gone.how), date=gone.date)
        words = ["husrum", "merge", str(store.path), str(files[0]) if len(files) == 1 else "FILE"]
        command = shell_line(words + (["--key", "FILE"] if person.branch_id in linked else []))
        found.append(Problem("contradiction", what, people.number(person), command))
    return found
