"""A period as it is shown: frozen if it is a closed year, and, if it is published, as outsiders may see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...records import Period, YearRecord
from ...store import Store
from .freeze import ShownYear, period_details, shown_period, shown_periods
from .present import shown_record

if TYPE_CHECKING:
    from .details import PeriodDetails


def shown(store: Store, period: Period, branch: str | None = None, publish: bool = False) -> tuple[YearRecord, ShownYear]:
    """Return the record of a period, frozen if it is a closed year, as outsiders may see it if `publish`; and what it was made from."""
    return next(_published(store, [period], branch)) if publish else _shown(store, shown_period(store, period, branch), branch)


def period_records(
    store: Store, periods: Sequence[Period], branch: str | None = None, publish: bool = False, asked: int = 0
) -> list[YearRecord]:
    """Return the records of several periods, for which the file is read once. `asked`: of how many, the latest, answers are published (0: all)."""
    if publish:
        return [record for record, _found in _published(store, periods, branch, asked)]
    return [_shown(store, each, branch, rows=False)[0] for each in shown_periods(store, periods, branch)]


def shown_details(store: Store, found: ShownYear, branch: str | None = None, publish: bool = False) -> PeriodDetails:
    """Return visits by month and the use of grants, of the same period."""
    details = period_details(store, found, branch)
    if not publish:
        return details
    from .disclosure import publish_threshold
    from .published_details import published_details

    return published_details(details, publish_threshold(store), found.report.period.year is not None)


def _shown(store: Store, found: ShownYear, branch: str | None, rows: bool = True) -> tuple[YearRecord, ShownYear]:
    return shown_record(store, found, branch, rows), found


def _published(store: Store, periods: Sequence[Period], branch: str | None, asked: int = 0) -> Iterator[tuple[YearRecord, ShownYear]]:
    from .disclosure import publish_threshold, published
    from .earlier import judged_years

    threshold = publish_threshold(store)
    for found, hidden in judged_years(store, periods, threshold, branch, asked):
        record = published(found.report, threshold, hidden)
        yield record._replace(closed_at=found.closing.closed_at if found.closing else None), found
