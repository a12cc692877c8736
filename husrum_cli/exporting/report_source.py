"""What a report is made of, read from the file."""

from __future__ import annotations

from ..domain.closing import shown_details, shown_year
from ..domain.figures.records import shown_record
from ..domain.figures.trend import trend
from ..store import Store
from .report import ReportSource


def report_source(store: Store, year: int, branch: str | None, exact: bool) -> ReportSource:
    """The year's figures, frozen where it is closed, and those of the years before it."""
    shown = shown_year(store, year, branch)
    record = shown_record(store, shown, branch)
    years = tuple(each if each.year != year else record for each in trend(store, None, year, branch).years)
    return ReportSource(record, shown_details(store, shown, branch), years, exact)
