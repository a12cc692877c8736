"""The people and things that a step of the log was about, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...i18n import _, whole_number
from ...store import Store
from ...store.subjects import rows_written
from ..log import UNDO, LoggedCommand

# The number of people, activities or things of a step that are shown by name.
_NAMED = 3
# The number of letters of a text that says what a step was about.
_LONGEST = 40


def about(store: Store, step: LoggedCommand, written: Callable[[str], str] = str) -> str:
    """Describe whom and what a step was about; the partner, grant, figure, target, year, city or setting if nobody and no activity.

    Names come from the rows as they are now, so removed people are shown by number alone. So are the people of a step that was undone: their number may be
    somebody else's by now. written: how a day is written.
    """
    named = not step.undone and step.command != UNDO and not store.national
    activities = [_activity(store, step, reference, written) if named else reference for reference in step.activities[:_NAMED]]
    people = [_person(store, number) if named else str(number) for number in step.people[:_NAMED]]
    if not activities and not people and step.undoable:
        named_rows = (name(row) for table, name in _THINGS.items() for row in rows_written(store.connection, step.edit, table))
        things = [*dict.fromkeys(filter(None, named_rows))]  # what is replaced is removed and added
        return _and_more(things[:_NAMED], things)
    return "; ".join(part for part in (_and_more(activities, step.activities), _and_more(people, step.people)) if part)


def _activity(store: Store, step: LoggedCommand, reference: str, written: Callable[[str], str]) -> str:
    """Return a group or event with its title and start: as it is now, or as the step removed it."""
    row = store.row("SELECT title, starts FROM activities WHERE branch_id = ? AND ref = ?", store.home, reference)
    found = [row] if row else [each for each in rows_written(store.connection, step.edit, "activities") if each["ref"] == reference]
    return f"{reference} {found[0]['title'] or ''} {written(found[0]['starts'] or '')}".strip() if found else reference


def _person(store: Store, number: int) -> str:
    row = store.row("SELECT ifnull(name, '') AS name FROM people WHERE branch_id = ? AND number = ?", store.home, number)
    return f"{number} {row['name']}".strip() if row else str(number)


def _and_more(shown: list[str], all_of_them: list[str] | list[int]) -> str:
    if len(all_of_them) > len(shown):
        shown = [*shown, _("and {number} more", number=whole_number(len(all_of_them) - len(shown)))]
    return ", ".join(shown)


def _figure(key: str) -> str:
    from ..figures.registry import BY_KEY, label_of

    return label_of(BY_KEY[key]) if key in BY_KEY else key


def _target(row: Mapping[str, Any]) -> str:
    return f"{row['number']} {_figure(row['key']) if row['key'] else row['text'] or ''} {row['period']}"


# Table -> what is read for one of its rows.
_THINGS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "reported_figures": lambda row: f"{_figure(row['key'])} {row['year']}",
    "targets": _target,
    "grants": lambda row: f"{row['number']} {row['funder'] or ''}".strip(),
    "partners": lambda row: row["name"] or "",
    "closed_years": lambda row: str(row["year"]),
    "branches": lambda row: row["name"],
    "settings": lambda row: row["key"],
    "suggestions": lambda row: f"{row['number']} {' '.join((row['text'] or '').split())[:_LONGEST]}".strip(),
}
