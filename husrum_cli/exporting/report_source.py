"""What a report is made of, read from the file."""

from __future__ import annotations

from ..domain.figures.told import told_details, told_year
from ..domain.figures.trend import trend
from ..store import Store
from .report import ReportSource


def report_source(store: Store, year: int, branch: str | None, exact: bool) -> ReportSource:
    """The year's figures and those of the years before it: frozen where a year is closed, and unless they are exact, as outsiders may see them."""
    record, shown = told_year(store, year, branch, publish=not exact)
    details = told_details(store, shown, branch, publish=not exact)
    return ReportSource(record, details, trend(store, None, year, branch, publish=not exact).years)
