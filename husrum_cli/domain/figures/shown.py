"""A year as a reader is told it: frozen where it is closed, and, for outsiders, as they may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...records import YearRecord
from ...store import Store
from .closing import ShownYear, shown_details, shown_year
from .records import shown_record

if TYPE_CHECKING:
    from .details import YearDetails


def told_year(store: Store, year: int, branch: str | None = None, publish: bool = False) -> tuple[YearRecord, ShownYear]:
    """The record of a year, and what it was made from."""
    shown = shown_year(store, year, branch, publish)
    if not publish:
        return shown_record(store, shown, branch), shown
    from .disclosure import publish_threshold, published

    record = published(shown.report, publish_threshold(store))
    return record._replace(closed_at=shown.closing.closed_at if shown.closing else None), shown


def told_details(store: Store, shown: ShownYear, branch: str | None = None, publish: bool = False) -> YearDetails:
    """Visits by month and the use of grants, of the same year."""
    details = shown_details(store, shown, branch)
    if not publish:
        return details
    from .disclosure import publish_threshold
    from .published_details import published_details

    return published_details(details, publish_threshold(store))
