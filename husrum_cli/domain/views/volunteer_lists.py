"""Lists of volunteers for one purpose: those who have applied, and those to be thanked for a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...store import Store
from ..branches import Record, branch_of
from ..volunteers.applications import OPEN_APPLICATIONS
from ..volunteers.hours import HOURS_QUERY
from ..volunteers.papers import INTRO_COURSES


def applicant_records(store: Store, among: set[int], contacts: Sequence[str] = ()) -> list[Record]:
    """List the applicants among some people who have not been answered: since when, for which roles, and through whom; the longest waiting first."""
    sql = f"""SELECT people.id, branch_id, number, name, phone, email, application.date AS applied, recruited_through,
            (SELECT group_concat(role) FROM application_roles WHERE application_id = application.id) AS roles,
            (SELECT ifnull(min(date), 'unknown') FROM ({INTRO_COURSES}) WHERE person_id = people.id HAVING count(*)) AS intro_course
        FROM ({OPEN_APPLICATIONS}) AS application JOIN people ON people.id = person_id ORDER BY branch_id, ifnull(application.date, ''), number"""
    columns = ("applied", "recruited_through", "intro_course", *contacts)
    return [
        {
            **branch_of(store, row["branch_id"]),
            "volunteer": row["number"],
            "name": row["name"],
            "for": (row["roles"] or "").split(",") if row["roles"] else [],
            **{column: row[column] for column in columns},
        }
        for row in store.rows(sql)
        if row["id"] in among
    ]


def hours_of_year(store: Store, year: int, among: set[int] | None, contacts: Sequence[str] = ()) -> list[Record]:
    """List the volunteers of a year: their hours, and how often they were at meetings of groups, at events, and with a young person."""
    sql = f"""WITH of_year AS (
            SELECT person_id, 0 AS hours, ref GLOB 'G*' AS meeting, ref GLOB 'E*' AS event, 0 AS pair FROM attendance
                JOIN sessions ON sessions.id = session_id JOIN activities ON activities.id = activity_id
                WHERE part = 'volunteer' AND state = 'held' AND substr(date, 1, 4) = ?1
            UNION ALL SELECT volunteer_id, 0, 0, 0, 1 FROM pair_meetings JOIN matches ON matches.id = match_id WHERE substr(date, 1, 4) = ?1
            UNION ALL SELECT person_id, hours, 0, 0, 0 FROM ({HOURS_QUERY}) WHERE substr(date, 1, 4) = ?1
        )
        SELECT people.id, branch_id, number, name, called, phone, email,
            sum(hours) AS hours, sum(meeting) AS meetings, sum(event) AS events, sum(pair) AS pairs
        FROM of_year JOIN people ON people.id = person_id GROUP BY people.id ORDER BY branch_id, number"""
    columns: tuple[str, ...] = ("name", "called", "hours", "meetings", "events", "pairs", *contacts)
    return [
        {**branch_of(store, row["branch_id"]), "volunteer": row["number"], **{column: _whole(row[column]) for column in columns}}
        for row in store.rows(sql, str(year))
        if among is None or row["id"] in among
    ]


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value == int(value) else value
