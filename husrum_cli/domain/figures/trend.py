"""The figures of several years side by side."""

from __future__ import annotations

from ...records import TrendRecord
from ...store import Store
from ..branches import listed
from .compute import chosen_branches, recorded_years
from .shown import told_year


def trend(store: Store, first: int | None, last: int | None, branch: str | None = None, publish: bool = False) -> TrendRecord:
    """The years from first to last; where neither is said, those that anything is recorded or reported of."""
    chosen = chosen_branches(store, branch)
    days = {row["branch"]: row for row in listed(store) if row["branch"] in chosen.values()}
    recorded = recorded_years(store, chosen, [row[column] for row in days.values() for column in ("first_record", "last_record")])
    years = recorded
    if first is not None or last is not None:
        known = [year for year in (*recorded, first, last) if year is not None]
        years = list(range(first or min(known), (last or max(known)) + 1))
    records = [told_year(store, year, branch, publish)[0] for year in years]
    return TrendRecord(tuple(chosen.values()), tuple(records), {name: row["last_record"] for name, row in days.items()})
