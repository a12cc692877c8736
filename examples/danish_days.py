"""The days on which little happens in Denmark."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

PRAYER_DAY, ASCENSION, WHIT_SUNDAY = 26, 39, 49  # days after Easter
LAST_YEAR_OF_PRAYER_DAY = 2023


def days(first: date, last: date) -> set[date]:
    """All days from the first to the last."""
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}


def week(year: int, number: int) -> set[date]:
    """Monday to Sunday of an ISO week."""
    monday = date.fromisocalendar(year, number, 1)
    return days(monday, monday + timedelta(days=6))


@cache
def holidays(year: int) -> frozenset[date]:
    """Public holidays, with Constitution Day and Christmas Eve."""
    sunday = easter(year)
    moving = [-3, -2, 0, 1, ASCENSION, WHIT_SUNDAY, WHIT_SUNDAY + 1]
    if year <= LAST_YEAR_OF_PRAYER_DAY:
        moving.append(PRAYER_DAY)
    fixed = {date(year, 1, 1), date(year, 6, 5), date(year, 12, 24), date(year, 12, 25), date(year, 12, 26)}
    return frozenset(fixed | {sunday + timedelta(days=n) for n in moving})


@cache
def summer(year: int) -> frozenset[date]:
    """The weeks of the summer programme."""
    return frozenset(days(date(year, 6, 24), date(year, 8, 11)))


@cache
def school_holidays(year: int) -> frozenset[date]:
    """Weeks without groups: winter, Easter, summer, autumn and Christmas holidays."""
    sunday = easter(year)
    return frozenset(
        holidays(year)
        | summer(year)
        | week(year, 7)
        | days(sunday - timedelta(days=8), sunday + timedelta(days=1))
        | week(year, 42)
        | days(date(year, 12, 20), date(year, 12, 31))
        | days(date(year, 1, 1), date(year, 1, 5))
    )
