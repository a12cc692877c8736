"""The figures of several periods next to each other."""

from __future__ import annotations

from ...errors import UnusableFile
from ...i18n import _
from ...input.dates import FIRST_YEAR, LAST_YEAR
from ...input.periods import calendar_parts
from ...records import Period, TrendRecord
from ...store import Store
from ..branches import branch_records
from .compute import chosen_branches, covers_nation
from .period_records import period_records
from .reported_numbers import reported_years
from .tables import has_records


def trend(
    store: Store,
    first: Period | None,
    last: Period | None,
    by: str = "year",
    branch: str | None = None,
    publish: bool = False,
    until: Period | None = None,
    asked: int = 0,
) -> TrendRecord:
    """Show every year, half, quarter or month (`by`) from one period to another. If neither is named: those that anything is recorded or reported of, or
    `until` one of them. `asked`: of how many, the latest, answers are published (0: all).
    """
    chosen = chosen_branches(store, branch)
    days = {row["branch"]: row for row in branch_records(store) if row["branch"] in chosen.values()}
    dated = sorted(row[column] for row in days.values() for column in ("first_record", "last_record") if row[column])
    for day in dated:
        if not f"{FIRST_YEAR}" <= day[:4] <= f"{LAST_YEAR}":  # another program wrote it: the years up to it would never end
            text = _(
                "{path}: something is recorded on {date}, outside the years {first}-{last}. See: husrum check",
                path=store.path,
                date=day,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
            raise UnusableFile(text)
    reported = reported_years(store, chosen, covers_nation(store, branch)) if by == "year" else set()
    known = [*dated, *(f"{year}-01-01" for year in reported)]
    known += [first.first] if first else []
    known += [last.last] if last else []
    periods = list(calendar_parts(first.first if first else min(known), last.last if last else max(known), by)) if known else []
    if first is None and last is None:
        periods = [period for period in periods if period.year in reported or has_records(store, period, chosen)]
    if until:
        periods = [period for period in periods if period.first <= until.first]
    records = period_records(store, periods, branch, publish, asked)
    return TrendRecord(tuple(chosen.values()), tuple(records), {name: row["last_record"] for name, row in days.items()}, by)
