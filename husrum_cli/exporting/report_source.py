"""What a report is made of, read from the file."""

from __future__ import annotations

from ..domain.closing import shown_details, shown_year
from ..domain.figures.published_details import published_details
from ..domain.figures.publishing import publish_threshold, published
from ..domain.figures.records import shown_record
from ..domain.figures.trend import trend
from ..store import Store
from .report import ReportSource


def report_source(store: Store, year: int, branch: str | None, exact: bool) -> ReportSource:
    """The year's figures and those of the years before it: frozen where a year is closed, and unless they are exact, as outsiders may see them."""
    shown = shown_year(store, year, branch, publish=not exact)
    details = shown_details(store, shown, branch)
    if exact:
        record = shown_record(store, shown, branch)
    else:
        threshold = publish_threshold(store)
        closed_at = shown.closing.closed_at if shown.closing else None
        record = published(shown.report, threshold)._replace(closed_at=closed_at)
        details = published_details(details, threshold)
    return ReportSource(record, details, trend(store, None, year, branch, publish=not exact).years)
