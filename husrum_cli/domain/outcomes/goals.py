"""Personal goals of young people, and their outcomes."""

from __future__ import annotations

from typing import Any, NamedTuple

from ...errors import NotFound, WrongInput
from ...i18n import _
from ...store import Store
from ..activities.activities import Activity
from ..corrections import Change, correct_row
from ..people.lookup import Person
from ..row_numbers import free_number
from ..rules import Rules
from .edit import edit_with_activity


def set_goal(
    store: Store,
    rules: Rules,
    person: Person,
    text: str | None,
    group: Activity | None,
    date: str | None,
    outcome: str | None = None,
    marked: str | None = None,
    number: int | None = None,
) -> int:
    """Insert a goal and return its id. number: among the person's own; None: the next."""
    rules.not_in_future(date, "date")
    rules.not_in_future(marked, "marked")
    return store.insert(
        "goals",
        person_id=person.id,
        number=free_number(store, "goals", number, person_id=person.id),
        date=date,
        text=text,
        activity_id=group.id if group else None,
        outcome=outcome,
        marked=marked,
    )


def find_goal(store: Store, person: Person, number: int | None, marked: bool | None = None) -> Any:
    """Return the goal of this number, else the latest; `marked`: the latest that has an outcome or, if false, has none, if there is one. Raises `NotFound`."""
    rows = store.rows("SELECT * FROM goals WHERE person_id = ? ORDER BY ifnull(date, ''), number", person.id)
    if number is not None:
        rows = [row for row in rows if row["number"] == number]
    elif marked is not None:
        rows = [row for row in rows if (row["outcome"] is not None) == marked] or rows
    if not rows:
        what = _("goal {number}", number=number) if number is not None else _("goal")
        raise NotFound(
            _("{person} has no {what}. See: husrum goal list --person {ref}", person=person.display_name, what=what, ref=person.number),
            "goal",
        )
    return rows[-1]


def mark_goal(
    store: Store, rules: Rules, person: Person, number: int | None, outcome: str | None, date: str | None
) -> tuple[int, list[Change]]:
    """Record the outcome of a goal, and return its number and the changes. An outcome of None takes it back."""
    rules.not_in_future(date, "date")
    goal = find_goal(store, person, number, marked=outcome is None)
    if date and goal["date"] and date < goal["date"]:
        rules.broken(_("date: {date} is before the goal was set, on {since}.", date=date, since=goal["date"]), "date")
    return int(goal["number"]), correct_row(store, "goals", goal, {"outcome": outcome, "marked": date if outcome else None})


def remove_goal(store: Store, person: Person, number: int | None) -> int:
    """Delete a goal, and return its number."""
    goal = find_goal(store, person, number)
    store.delete("goals", id=goal["id"])
    return int(goal["number"])


def goal_records(store: Store, person: Person | None = None, group: Activity | None = None) -> list[dict[str, Any]]:
    """Return goals by person: person, name, goal, date, text, group, outcome, marked."""
    sql = """SELECT people.number AS person, people.name, goals.number AS goal, goals.date, goals.text, activities.ref AS "group", outcome, marked
        FROM goals JOIN people ON people.id = goals.person_id LEFT JOIN activities ON activities.id = goals.activity_id
        WHERE (?1 IS NULL OR goals.person_id = ?1) AND (?2 IS NULL OR goals.activity_id = ?2)
        ORDER BY people.branch_id, people.number, ifnull(goals.date, ''), goals.number"""
    return [dict(row) for row in store.rows(sql, person.id if person else None, group.id if group else None)]


class GoalAtMeeting(NamedTuple):
    """Somebody who came to a meeting (person: id; number, called), with their latest goal of the group without an outcome. goal: its number; None: there is none."""

    person: int
    number: int
    called: str
    goal: int | None
    text: str | None
    date: str | None


def goals_at_meeting(store: Store, group: Activity, day: str) -> list[GoalAtMeeting]:
    """Return who came to a group's meeting, each with the goal to ask about. Nobody, if the group sets no goals; nor who has set one at this meeting."""
    sql = """SELECT people.id, people.number, ifnull(called, name) AS called, goal.number AS goal, goal.text, goal.date
        FROM sessions JOIN attendance ON session_id = sessions.id AND part = 'participant' JOIN people ON people.id = attendance.person_id
        LEFT JOIN goals AS goal ON goal.id = (SELECT id FROM goals AS own WHERE own.person_id = people.id AND activity_id = ?1 AND outcome IS NULL
            AND ifnull(own.date, '') < ?2 ORDER BY ifnull(own.date, '') DESC, own.number DESC LIMIT 1)
        WHERE sessions.activity_id = ?1 AND sessions.date = ?2 AND EXISTS (SELECT 1 FROM goals WHERE activity_id = ?1)
            AND NOT EXISTS (SELECT 1 FROM goals AS own WHERE own.person_id = people.id AND own.activity_id = ?1 AND own.date = ?2)
        ORDER BY goal.number IS NULL, people.number"""
    rows = store.rows(sql, group.id, day)
    return [
        GoalAtMeeting(row["id"], row["number"], (row["called"] or "").split(" ")[0], row["goal"], row["text"], row["date"]) for row in rows
    ]


def edit_goal(store: Store, rules: Rules, person: Person, number: int | None, given: dict[str, Any]) -> tuple[int, list[Change]]:
    """Correct a goal, and return its number and what changed. given: `text`, `group`, `date`; None clears, but not the text."""
    if given.get("text", "") is None:
        raise WrongInput(_("{field}: a value is needed here.", field="text"), "text")
    goal = find_goal(store, person, number)
    rules.not_in_future(given.get("date"), "date")
    return int(goal["number"]), edit_with_activity(store, "goals", dict(goal), given, "group")
