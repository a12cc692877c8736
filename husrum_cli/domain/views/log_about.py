"""The people and things that a step of the log was about, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...i18n import _, whole_number
from ...store import Store
from ...store.subjects import NAMED, THINGS, rows_written
from ..log import UNDO, LoggedCommand

# The number of letters of a text that says what a step was about.
_LONGEST = 40


def subjects_in_words(store: Store, step: LoggedCommand, written: Callable[[str], str] = str) -> str:
    """Describe whom and what a step was about; the partner, grant, figure, target, year, city, setting or link if nobody and no activity.

    Of an undo also what it took back. Names come from the rows as they are now, so removed people are shown by number alone. written: how a day is written.
    """
    about = _about(store, step, written)
    return f"{step.taken_back}: {about}" if step.taken_back and about else step.taken_back or about


def _about(store: Store, step: LoggedCommand, written: Callable[[str], str]) -> str:
    activities = [_activity(store, step, reference, written) for reference in step.activities[:NAMED]]
    people = [_person(store, step, number) for number in step.people[:NAMED]]
    if not activities and not people:
        things = [*filter(None, (_thing(store, step, table, key) for table in THINGS for key in step.things.get(table, ())))]
        return _and_more(things[:NAMED], things)
    return "; ".join(part for part in (_and_more(activities, step.activities), _and_more(people, step.people)) if part)


def _activity(store: Store, step: LoggedCommand, reference: str, written: Callable[[str], str]) -> str:
    """Return a group or event with its title, and the days that the step wrote or else its start."""
    row = _row(store, step, "activities", "ref", reference)
    if row is None:
        return reference
    days = [day for ref, day in step.things.get("sessions", ()) if ref == reference] or [row["starts"] or ""]
    return " ".join(filter(None, (reference, row["title"], ", ".join(map(written, days)))))


def _person(store: Store, step: LoggedCommand, number: int) -> str:
    row = _row(store, step, "people", "number", number)
    return f"{number} {row['name'] or ''}".strip() if row else str(number)


def _row(store: Store, step: LoggedCommand, table: str, column: str, value: object) -> Mapping[str, Any] | None:
    """Return a row of a step: as it is now, or as the step removed it. A number may be another's by now, so a step that was undone needs the uid."""
    if store.national:
        return None
    uid = next((uid for uid, known in step.things.get(table, ()) if known == value), None)
    row = store.row(f"SELECT * FROM {table} WHERE branch_id = ? AND uid = ?", store.home, uid) if uid else None
    if row is not None or step.undone or step.command == UNDO:
        return dict(row) if row else None
    row = None if uid else store.row(f"SELECT * FROM {table} WHERE branch_id = ? AND {column} = ?", store.home, value)
    return dict(row) if row else next((each for each in rows_written(store.connection, step.edit, table) if each[column] == value), None)


def _and_more(shown: list[str], all_of_them: list[str] | list[int]) -> str:
    if len(all_of_them) > len(shown):
        shown = [*shown, _("and {number} more", number=whole_number(len(all_of_them) - len(shown)))]
    return ", ".join(shown)


def _thing(store: Store, step: LoggedCommand, table: str, key: list[Any]) -> str:
    """Return what a row is called: as it is now, as the step removed it, or by its number alone."""
    known = dict(zip(THINGS[table], key, strict=True))
    if "uid" in known:
        row = store.row(f"SELECT * FROM {table} WHERE uid = ?", known["uid"])
        written = [] if row or step.undone or step.command == UNDO else rows_written(store.connection, step.edit, table)
        found = [row] if row else [each for each in written if each["uid"] == known["uid"]]
        known |= dict(found[0]) if found else {}
    return _NAMES[table](store, known)


def _figure(key: str) -> str:
    from ..figures.registry import BY_KEY, label_of

    return label_of(BY_KEY[key]) if key in BY_KEY else key


def _branch(store: Store, uid: str) -> str:
    return str(store.value("SELECT name FROM branches WHERE uid = ?", uid) or "")


def _linked(store: Store, uid: str) -> str:
    sql = "SELECT branches.name || ':' || number FROM people JOIN branches ON branches.id = branch_id WHERE people.uid = ?"
    return str(store.value(sql, uid) or "")


def _numbered(row: Mapping[str, Any], *texts: str | None) -> str:
    return " ".join(filter(None, (str(row["number"]), *texts)))


# Table -> what is read for one of its rows, of which no more than the columns of `THINGS` may be known.
_NAMES: dict[str, Callable[[Store, Mapping[str, Any]], str]] = {
    "reported_figures": lambda _store, row: f"{_figure(row['key'])} {row['year']}",
    "figures_for_branches": lambda store, row: f"{_figure(row['key'])} {row['year']} {_branch(store, row['branch_uid'])}".strip(),
    "targets": lambda _store, row: _numbered(row, _figure(row["key"]) if row.get("key") else row.get("text"), row.get("period")),
    "grants": lambda _store, row: _numbered(row, row.get("funder")),
    "partners": lambda _store, row: row.get("name") or "",
    "closed_years": lambda _store, row: str(row["year"]),
    "branches": lambda _store, row: row.get("name") or "",
    "settings": lambda _store, row: row["key"],
    "suggestions": lambda _store, row: _numbered(row, " ".join((row.get("text") or "").split())[:_LONGEST]),
    "link_decisions": lambda store, row: " – ".join(
        sorted(filter(None, (_linked(store, row[column]) for column in THINGS["link_decisions"])))
    ),
}
