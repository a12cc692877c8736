"""What a report is made of, read from the file."""

from __future__ import annotations

from ..domain.closing import shown_details, shown_year
from ..domain.figures.published_details import published_details
from ..domain.figures.publishing import publish_threshold, published
from ..domain.figures.records import shown_record
from ..domain.figures.trend import trend
from ..errors import Refused
from ..locale import _
from ..reading.dates import today
from ..store import Store
from .report import ReportSource


def report_source(store: Store, year: int, branch: str | None, publish: bool) -> ReportSource:
    """The year's figures and those of the years before it: frozen where a year is closed, and to publish, as outsiders may see them.

    Raises `Refused` where nothing is recorded in the year.
    """
    if year > int(today()[:4]):
        raise Refused(_("year: {year} has not come yet.", year=year), "year")
    shown = shown_year(store, year, branch, publish)
    years = tuple(each for each in trend(store, None, None, branch, publish).years if each.year <= year)
    if not years or years[-1].year != year:
        raise Refused(_("year: nothing is recorded in {year}.", year=year), "year")
    details = shown_details(store, shown, branch)
    if not publish:
        return ReportSource(shown_record(store, shown, branch), details, years)
    threshold = publish_threshold(store)
    record = published(shown.report, threshold)._replace(closed_at=shown.closing.closed_at if shown.closing else None)
    return ReportSource(record, published_details(details, threshold), years)
