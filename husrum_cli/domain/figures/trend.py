"""The figures of several years side by side."""

from __future__ import annotations

from ...records import TrendRecord, YearRecord
from ...store import Store
from ..branches import listed
from ..closing import shown_year
from .publishing import publish_threshold, published
from .records import shown_record
from .year import chosen_branches, recorded_years


def trend(store: Store, first: int | None, last: int | None, branch: str | None = None, publish: bool = False) -> TrendRecord:
    """The years from first to last; where neither is said, those that anything is recorded or reported of."""
    chosen = chosen_branches(store, branch)
    days = {row["branch"]: row for row in listed(store) if row["branch"] in chosen.values()}
    recorded = recorded_years(store, chosen, [row[column] for row in days.values() for column in ("first_record", "last_record")])
    years = recorded
    if first is not None or last is not None:
        known = [year for year in (*recorded, first, last) if year is not None]
        years = list(range(first or min(known), (last or max(known)) + 1))
    records: list[YearRecord] = []
    for year in years:
        shown = shown_year(store, year, branch, publish)
        records.append(published(shown.report, publish_threshold(store)) if publish else shown_record(store, shown, branch))
    return TrendRecord(tuple(chosen.values()), tuple(records), {name: row["last_record"] for name, row in days.items()})
