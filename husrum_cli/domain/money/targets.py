"""Targets: what was promised for a period, in numbers or in words, and how far it has come."""

from __future__ import annotations

from datetime import date
from typing import Any

from ...errors import NotFound, Refused, WrongInput
from ...i18n import _
from ...input.dates import today
from ...records import Period
from ...store import Store
from ...vocabulary import Share
from ..corrections import Change, changes
from ..figures.chosen_period import chosen_period
from ..figures.registry import BY_KEY
from ..figures.shown import shown

# What grows by the day; anything else is compared with the target itself, as a share or a median is.
_GROWING = frozenset({"rows", "amount"})


def add_target(
    store: Store,
    key: str | None,
    value: float | None,
    text: str | None,
    period: str,
    grant: int | None,
    why: str | None,
    outcome: str | None = None,
    note: str | None = None,
    number: int | None = None,
) -> int:
    """Insert a target and return its id: a figure's key and value, or words. grant: the number of the grant it was promised for."""
    _check(key, value, text)
    branch = _branch(store)
    if number is None:
        number = int(store.value("SELECT ifnull(max(number), 0) + 1 FROM targets WHERE branch_id IS ?", branch))
    elif store.value("SELECT 1 FROM targets WHERE branch_id IS ? AND number = ?", branch, number):
        raise Refused(_("number: {number} is taken already.", number=number), "number")
    days = _days(chosen_period(store, period))
    return store.insert(
        "targets",
        branch_id=branch,
        number=number,
        key=key,
        value=as_stored(key, value),
        text=text,
        **days,
        grant_id=_grant(store, grant),
        why=why,
        outcome=outcome,
        note=note,
    )


def as_stored(key: str | None, value: float | None) -> float | None:
    """Return a value as it is compared: a share may be given in per cent (40) or as a fraction (0.4)."""
    return value / 100 if value is not None and is_share(key) and value > 1 else value


def is_share(key: str | None) -> bool:
    """Return whether a key is that of a share."""
    return key is not None and isinstance(BY_KEY.get(key), Share)


def find_target(store: Store, number: int) -> Any:
    """Return the target of this number. Raises `NotFound`."""
    found = store.row("SELECT * FROM targets WHERE branch_id IS ? AND number = ?", _branch(store), number)
    if found is None:
        raise NotFound(_("There is no target {number}. See: husrum target list", number=number), "number")
    return found


def edit_target(store: Store, number: int, given: dict[str, Any]) -> list[Change]:
    """Correct a target, and return what changed. given: `key`, `value`, `text`, `period`, `grant`, `why`, `note`; None clears."""
    found = find_target(store, number)
    before = {**found, "grant": store.value("SELECT number FROM grants WHERE id = ?", found["grant_id"])}
    stored = {name: value for name, value in given.items() if name not in ("period", "grant", "value")}
    if "period" in given:
        stored |= _days(chosen_period(store, given["period"]))
    if "grant" in given:
        stored["grant_id"] = _grant(store, given["grant"])
    key = given.get("key", found["key"])
    if "value" in given:
        stored["value"] = as_stored(key, given["value"])
    _check(key, stored.get("value", found["value"]), stored.get("text", found["text"]))
    store.update_all("targets", {"id": found["id"]}, **stored)  # one of the columns is called `key`
    return changes(before, {name: stored.get(name, value) for name, value in given.items()})


def mark_target(store: Store, number: int, outcome: str | None, note: str | None) -> None:
    """Record what came of a target. An outcome of None takes it back."""
    store.update("targets", find_target(store, number)["id"], outcome=outcome, note=note if outcome else None)


def remove_target(store: Store, number: int) -> None:
    """Delete a target."""
    store.delete("targets", id=find_target(store, number)["id"])


def number_of(store: Store, id: int) -> int:
    """Return the number of a target."""
    return int(store.value("SELECT number FROM targets WHERE id = ?", id))


def listed(store: Store, period: str | None = None, day: str | None = None) -> list[dict[str, Any]]:
    """Return the targets, those that end first before others, with the value now and the one expected by a day (today).

    period: only those of this period. A share is a fraction. expected: the share of the period's days that have passed, of what grows by the day.
    """
    day = day or today()
    chosen = chosen_period(store, period) if period else None
    sql = """SELECT targets.number, targets.branch_id, key, value, text, period, targets.starts, targets.ends, grants.number AS "grant", why, outcome, note
        FROM targets LEFT JOIN grants ON grants.id = grant_id ORDER BY targets.ends, targets.starts, targets.branch_id, targets.number"""
    values: dict[tuple[int | None, str, str], dict[str, Any]] = {}
    found = []
    for row in store.rows(sql):
        if chosen and (row["starts"], row["ends"]) != (chosen.first, chosen.last):
            continue
        span = Period(row["period"], row["starts"], row["ends"])
        branch = store.branches.get(row["branch_id"]) if row["branch_id"] is not None else None
        scope = (row["branch_id"], span.first, span.last)
        if row["key"] and scope not in values:
            record, _made_from = shown(store, span, branch)
            values[scope] = {line.key: line.fields["value"] for line in record.figures}
        now = values[scope].get(row["key"]) if row["key"] else None
        several = {"branch": branch} if len(store.branches) > 1 else {}
        columns = ("number", "key", "text", "period", "value")
        more = ("grant", "why", "outcome", "note")
        found.append(
            {
                **several,
                **{column: row[column] for column in columns},
                "now": now,
                "expected": expected(row["key"], row["value"], span, day),
                **{column: row[column] for column in more},
                "ends": row["ends"],
                "starts": row["starts"],
            }
        )
    return found


def expected(key: str | None, value: float | None, period: Period, day: str) -> float | None:
    """Return what a target's figure would be by a day if it grew evenly, with one decimal; None for a target in words."""
    if key is None or value is None:
        return None
    figure = BY_KEY.get(key)
    if figure is None or getattr(figure, "measure", "") not in _GROWING:
        return value
    return round(value * elapsed(period, day), 1)


def elapsed(period: Period, day: str) -> float:
    """Return the share of a period's days that have passed by the end of a day."""
    first, last, now = map(date.fromisoformat, (period.first, period.last, day))
    return min(1.0, max(0.0, ((now - first).days + 1) / ((last - first).days + 1)))


def behind(store: Store, day: str) -> list[dict[str, Any]]:
    """Return the targets without an outcome that are behind what is expected, in the last quarter of their period."""
    sql = "SELECT 1 FROM targets WHERE key IS NOT NULL AND outcome IS NULL AND starts <= ?1 AND ends >= ?1"
    if store.value(sql, day) is None:
        return []
    return [
        target
        for target in listed(store, day=day)
        if target["key"]
        and target["outcome"] is None
        and target["starts"] <= day <= target["ends"]
        and elapsed(Period("", target["starts"], target["ends"]), day) > 0.75
        and (target["now"] or 0) < target["expected"]
    ]


def _check(key: str | None, value: float | None, text: str | None) -> None:
    if (key is None) != (value is None):
        raise WrongInput(_("value: a figure's target has a key and a value, like: visits 2500"), "value")
    if key is None and text is None:
        raise WrongInput(_("key: give a figure and its value, or the target in words with --text."), "key")


def _days(period: Period) -> dict[str, str]:
    return {"period": period.name, "starts": period.first, "ends": period.last}


def _branch(store: Store) -> int | None:
    return None if store.national else store.home


def _grant(store: Store, number: int | None) -> int | None:
    if number is None:
        return None
    id: int | None = store.value("SELECT id FROM grants WHERE branch_id IS ? AND number = ?", _branch(store), number)
    if id is None:
        raise NotFound(_("grant: there is no grant {number}. See: husrum grant list", number=number), "grant")
    return id
