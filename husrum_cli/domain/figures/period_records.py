"""A period as it is shown: frozen if it is a closed year, and, if it is published, as outsiders may see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...records import Period, YearRecord
from ...store import Store
from .freeze import PeriodFigures, figures_of_period, figures_of_periods, frozen_details
from .present import record_of_figures

if TYPE_CHECKING:
    from .details import PeriodDetails


def period_record(store: Store, period: Period, branch: str | None = None, publish: bool = False) -> tuple[YearRecord, PeriodFigures]:
    """Return the record of a period, frozen if it is a closed year, as outsiders may see it if `publish`; and what it was made from."""
    return next(_published(store, [period], branch)) if publish else _shown(store, figures_of_period(store, period, branch), branch)


def period_records(
    store: Store, periods: Sequence[Period], branch: str | None = None, publish: bool = False, asked: int = 0
) -> list[YearRecord]:
    """Return the records of several periods, for which the file is read once. `asked`: of how many, the latest, answers are published (0: all)."""
    if publish:
        return [record for record, _found in _published(store, periods, branch, asked)]
    return [_shown(store, each, branch, rows=False)[0] for each in figures_of_periods(store, periods, branch)]


def period_details(store: Store, found: PeriodFigures, branch: str | None = None, publish: bool = False) -> PeriodDetails:
    """Return visits by month and the use of grants, of the same period."""
    details = frozen_details(store, found, branch)
    if not publish:
        return details
    from .disclosure import publish_threshold
    from .published_details import published_details

    return published_details(details, publish_threshold(store), found.report.period.year is not None)


def _shown(store: Store, found: PeriodFigures, branch: str | None, rows: bool = True) -> tuple[YearRecord, PeriodFigures]:
    return record_of_figures(store, found, branch, rows), found


def _published(store: Store, periods: Sequence[Period], branch: str | None, asked: int = 0) -> Iterator[tuple[YearRecord, PeriodFigures]]:
    from .disclosure import publish_threshold, published_record
    from .judged_years import judged_years

    threshold = publish_threshold(store)
    for found, hidden in judged_years(store, periods, threshold, branch, asked):
        record = published_record(found.report, threshold, hidden)
        yield record._replace(closed_at=found.closing.closed_at if found.closing else None), found
