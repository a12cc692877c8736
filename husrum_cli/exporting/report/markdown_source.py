"""What a report is made of, read from the file."""

from __future__ import annotations

from ...domain.figures.shown import shown, shown_details
from ...domain.figures.trend import trend
from ...errors import Refused
from ...i18n import _
from ...input.dates import today
from ...input.periods import calendar_year
from ...store import Store
from .report import ReportSource


def report_source(store: Store, year: int, branch: str | None, publish: bool) -> ReportSource:
    """The year's figures and those of the years before it: frozen where a year is closed, and to publish, as outsiders may see them.

    Raises `Refused` where nothing is recorded in the year.
    """
    if year > int(today()[:4]):
        raise Refused(_("year: {year} has not come yet.", year=year), "year")
    years = tuple(each for each in trend(store, None, None, branch=branch, publish=publish).periods if (each.year or 0) <= year)
    if not years or years[-1].year != year:
        raise Refused(_("year: nothing is recorded in {year}.", year=year), "year")
    record, made_from = shown(store, calendar_year(year), branch, publish)
    return ReportSource(record, shown_details(store, made_from, branch, publish), years)
