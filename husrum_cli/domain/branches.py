"""Cities: when they were active, and since when their file is complete."""

from __future__ import annotations

from typing import Any

from ..errors import NotFound, Refused
from ..i18n import NP_, _, counts
from ..input.dates import require_order
from ..input.text import fold
from ..store import Store
from ..store.rows import Row
from .corrections import Change, correct_row, refuse_to_remove

Record = dict[str, Any]


def branch_of(store: Store, id: int) -> Record:
    """Return the branch of a record, in a file with several branches."""
    return {"branch": store.branches[id]} if len(store.branches) > 1 else {}


def with_branch(store: Store, row: Row) -> Record:
    """Return a row as a record, in a file with several branches with the name of its branch in place of `branch_id`."""
    values = dict(row)
    return {**branch_of(store, values.pop("branch_id")), **values}


def enter_own_city(store: Store, name: str, active_from: str | None, records_from: str | None, language: str) -> None:
    """Enter a new file's own city."""
    id = store.insert("branches", name=name, active_from=active_from, records_from=records_from)
    store.set("home_branch", store.value("SELECT uid FROM branches WHERE id = ?", id))
    store.set("language", language)


def add_branch(store: Store, name: str, active_from: str, active_to: str | None) -> None:
    """Enter a city whose own file has not come yet. Raises `Refused` in a city's own file, which has no other cities."""
    if not store.national:
        raise Refused(
            _("{path} is one city's own file; other cities are added to the national file: husrum merge OUT FILE", path=store.path)
        )
    require_order(active_from, active_to, "to")
    if any(fold(each) == fold(name) for each in store.branches.values()):
        raise Refused(_("name: {name} is in the file already.", name=name), "name")
    store.insert("branches", name=name, active_from=active_from, active_to=active_to)


def edit_branch(store: Store, named: str | None, values: dict[str, Any]) -> tuple[str, list[Change]]:
    """Correct a city, and return its name and what changed. Without a name: the only one, or the file's own."""
    if named is not None:
        id = _branch_named(store, named)
    elif len(store.branches) == 1:
        id = next(iter(store.branches))
    else:
        id = store.home
    if store.national and has_own_file(store, id):
        raise Refused(_("branch: {branch} has its own file; correct it there, and merge it again.", branch=store.branches[id]), "branch")
    if "name" in values and any(fold(name) == fold(values["name"]) and other != id for other, name in store.branches.items()):
        raise Refused(_("name: {name} is in the file already.", name=values["name"]), "name")
    stored = store.row("SELECT id, name, active_from, active_to, records_from FROM branches WHERE id = ?", id)
    assert stored is not None
    first, last = values.get("active_from", stored["active_from"]), values.get("active_to", stored["active_to"])
    if first and last and last < first:
        raise Refused(_("active_to: {to} is before it was active, from {since}.", to=last, since=first), "active_to")
    return str(values.get("name", stored["name"])), correct_row(store, "branches", stored, values)


def remove_branch(store: Store, named: str) -> str:
    """Remove a city that was added to the national file by mistake, and return its name.

    Raises `Refused` if its own file has come, or if figures were reported for it.
    """
    id = _branch_named(store, named)
    name = store.branches[id]
    if not store.national or has_own_file(store, id):
        raise Refused(_("branch: {branch} has records of its own; it can be closed: husrum branch close", branch=name), "branch")
    sql = "SELECT count(*) FROM figures_for_branches JOIN branches ON branches.uid = branch_uid WHERE branches.id = ?"
    figures = store.value(sql, id)
    refuse_to_remove(name, counts((figures, NP_("{number} reported figure", "{number} reported figures"))), "branch")
    store.delete("branches", id=id)
    return name


def _branch_named(store: Store, named: str) -> int:
    ids = [id for id, name in store.branches.items() if fold(name) == fold(named)]
    if not ids:
        known = ", ".join(store.branches.values())
        raise NotFound(_("branch: there is no “{name}” in the file; it holds {branches}.", name=named, branches=known), "branch")
    return ids[0]


def has_own_file(store: Store, id: int) -> bool:
    """Whether a file's data of a branch came from the branch's own file, or it is that file."""
    return store.value("SELECT 1 FROM edits WHERE branch_id = ?", id) is not None


_DAYS = """
    SELECT branch_id, enquired AS date FROM intakes JOIN people ON people.id = person_id
    UNION ALL SELECT branch_id, held FROM intakes JOIN people ON people.id = person_id
    UNION ALL SELECT branch_id, date FROM sessions JOIN activities ON activities.id = activity_id WHERE state = 'held'
    UNION ALL SELECT branch_id, starts FROM matches JOIN people ON people.id = person_id
    UNION ALL SELECT branch_id, starts FROM roles JOIN people ON people.id = person_id"""


def branch_records(store: Store) -> list[dict[str, Any]]:
    """Return the cities with the first and last day that something is recorded of."""
    sql = f"""SELECT name AS branch, active_from, active_to, records_from, first_record, last_record, ifnull(people, 0) AS people
        FROM branches
        LEFT JOIN (SELECT branch_id AS recorded, min(date) AS first_record, max(date) AS last_record FROM ({_DAYS}) GROUP BY 1) ON recorded = branches.id
        LEFT JOIN (SELECT branch_id AS peopled, count(*) AS people FROM people GROUP BY 1) ON peopled = branches.id
        ORDER BY name COLLATE danish"""
    return [dict(row) for row in store.rows(sql)]


def last_records(store: Store) -> dict[int, str]:
    """Return branch -> the last day with a record."""
    return {row[0]: row[1] for row in store.rows(f"SELECT branch_id, max(date) FROM ({_DAYS}) GROUP BY 1") if row[1]}
