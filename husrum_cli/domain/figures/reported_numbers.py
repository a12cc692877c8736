"""Numbers that are entered because nothing in the file can be counted for them."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from ...errors import NotFound, WrongInput
from ...i18n import _
from ...store import Store
from ...store.rows import Row
from ...vocabulary import Share
from ..rules import Rules
from .figure import ReportedFigure
from .registry import find_figure, label_of


class ReportedNumber(NamedTuple):
    """A number that was entered, and where it is from."""

    value: float
    note: str


_REPORTED = "SELECT branch_id, key, value, source, date FROM reported_figures WHERE year = ?"
# The nation may have reported for a city before its own file came, under the uid it had then.
_KNOWN_BRANCHES = """figures_for_branches
JOIN (SELECT 2 AS rank, uid, id FROM branches UNION ALL SELECT 1, uid, branch_id FROM expected_branches) AS known ON known.uid = branch_uid"""
_FOR_BRANCHES = f"""
SELECT figures_for_branches.id, known.id AS branch_id, key, value, source, date FROM {_KNOWN_BRANCHES}
WHERE year = ? ORDER BY known.rank
"""


def reported_values(store: Store, year: int) -> dict[tuple[int | None, str], ReportedNumber]:
    """Return (branch, key) -> what was reported of a year; branch None is the nation's own. What the nation reported for a city counts if the city reported
    nothing itself.
    """
    found = {}
    for row in [*store.rows(_FOR_BRANCHES, year), *store.rows(_REPORTED, year)]:
        value = int(row["value"]) if row["value"] == int(row["value"]) else row["value"]
        found[row["branch_id"], row["key"]] = ReportedNumber(value, ", ".join(part for part in (row["source"], row["date"]) if part))
    return found


def reported_years(store: Store, chosen: Collection[int], nation: bool) -> set[int]:
    """Return the years that anything was reported of, for the branches that are asked about or, for the `nation`, by itself."""
    sql = f"SELECT year, branch_id FROM reported_figures UNION SELECT year, known.id FROM {_KNOWN_BRANCHES}"
    return {year for year, branch in store.rows(sql) if branch in chosen or branch is None and nation}


def set_figure(
    store: Store, rules: Rules, branch: int | None, year: int, key: str, value: float, source: str | None, day: str | None
) -> int:
    """Keep a reported number for a branch, or for the nation if `branch` is None. Set again, it is replaced."""
    figure = find_figure(key)
    if isinstance(figure, Share):
        raise WrongInput(
            _("key: {figure} is a share, which is never reported: it needs its count and its base.", figure=label_of(figure)), "key"
        )
    if not isinstance(figure, ReportedFigure):
        rules.warn(
            _(
                "{figure} is counted from the file in every year it has records of; this number is used only in other years.",
                figure=label_of(figure),
            )
        )
    whole = not isinstance(figure, ReportedFigure) or figure.whole
    if whole and value != int(value):
        raise WrongInput(_("value: {figure} is a whole number; write it without thousands separators.", figure=label_of(figure)), "value")
    if branch is not None and store.national:
        return _set_for_branch(store, branch, year, key, value, source, day)
    store.delete("reported_figures", branch_id=branch, year=year, key=key)
    return store.insert("reported_figures", branch_id=branch, year=year, key=key, value=value, source=source, date=day)


def _set_for_branch(store: Store, branch: int, year: int, key: str, value: float, source: str | None, day: str | None) -> int:
    """Store a number that the nation reports for a city. It belongs to the nation: the city's own file does not have it."""
    uids = store.rows(
        "SELECT uid FROM branches WHERE id = ? UNION ALL SELECT uid FROM expected_branches WHERE branch_id = ?", branch, branch
    )
    for row in uids:
        store.delete("figures_for_branches", branch_uid=row["uid"], year=year, key=key)
    return store.insert("figures_for_branches", branch_uid=uids[0]["uid"], year=year, key=key, value=value, source=source, date=day)


def reported_number(store: Store, branch: int | None, year: int, key: str) -> Row | None:
    """Return the number that was reported for a branch, or for the nation if `branch` is None: its `value`, `source` and `date`."""
    rows = _stored(store, branch, year, key)[1]
    return rows[-1] if rows else None


def remove_figure(store: Store, branch: int | None, year: int, key: str) -> float:
    """Remove a reported number of a branch, or of the nation if `branch` is None, and return it. Raises `NotFound`."""
    table, rows = _stored(store, branch, year, key)
    if not rows:
        raise NotFound(_("key: {figure} was not entered for {year}.", figure=label_of(find_figure(key)), year=year), "key")
    for row in rows:
        store.delete(table, id=row["id"])
    return float(rows[-1]["value"])


def _stored(store: Store, branch: int | None, year: int, key: str) -> tuple[str, list[Row]]:
    """Return the table that a reported number is in, and its rows."""
    if branch is not None and store.national:
        sql = f"SELECT id, value, source, date FROM ({_FOR_BRANCHES}) WHERE branch_id IS ? AND key = ?"
        return "figures_for_branches", store.rows(sql, year, branch, key)
    sql = "SELECT id, value, source, date FROM reported_figures WHERE branch_id IS ? AND year = ? AND key = ?"
    return "reported_figures", store.rows(sql, branch, year, key)
