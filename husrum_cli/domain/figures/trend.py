"""The figures of several years side by side."""

from __future__ import annotations

from typing import NamedTuple

from ...records import YearRecord
from ...store import Store
from .records import year_record
from .year import year_report


class TrendRecord(NamedTuple):
    branches: tuple[str, ...]
    years: tuple[YearRecord, ...]


def trend(store: Store, first: int | None, last: int | None, branch: str | None = None, publish: bool = False) -> TrendRecord:
    """The years from first to last."""
    rows = store.rows(
        "SELECT min(substr(date, 1, 4)) AS first FROM (SELECT held AS date FROM intakes UNION SELECT date FROM sessions UNION SELECT year FROM reported_figures)"
    )
    first = min(int(row["first"] or last or 0) for row in rows)
    records = [year_record(year_report(store, year, branch)) for year in range(first, (last or 0) + 1)]
    return TrendRecord(records[0].branches, tuple(records))
