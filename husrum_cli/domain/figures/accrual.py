"""The part of a grant that falls in a period."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple


class MoneyTerms(NamedTuple):
    """The money of a grant, in whole kroner: an amount per calendar year, or a total. Dates are ISO; None: open.

    `whole_years`: the amount counts whole in each calendar year that the dates touch, as it did before grants were counted by days.
    """

    per_year: int | None
    total: int | None
    starts: str | None
    ends: str | None
    whole_years: bool = False

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that money falls on."""
        starts, ends = date.fromisoformat(self.starts or "0001-01-01"), date.fromisoformat(self.ends or "9999-12-31")
        if self.total is not None and self.ends is None:
            return starts, starts  # a one-off gift
        if self.whole_years:
            return starts.replace(month=1, day=1), ends.replace(month=12, day=31)
        return starts, ends


def accrued_amount(terms: MoneyTerms, first: str, last: str) -> int:
    """Return the kroner of a grant that fall in a period. Amounts up to a day are rounded, so that consecutive periods add up to the whole."""
    starts, ends = terms.days
    start, end = max(starts, date.fromisoformat(first)), min(ends, date.fromisoformat(last))
    if end < start:
        return 0
    return _up_to(terms, end) - (_up_to(terms, start - timedelta(days=1)) if start > starts else 0)


# A day is a whole number of these parts of a year, whether the year has 365 days or 366.
_PARTS = 365 * 366


def _up_to(terms: MoneyTerms, day: date) -> int:
    """Return the whole kroner from a grant's first day to a day of it, halves rounded up."""
    starts, ends = terms.days
    if terms.total is not None:
        amount, whole = terms.total * ((day - starts).days + 1), (ends - starts).days + 1
    else:
        before = _years_up_to(starts - timedelta(days=1)) if starts > date.min else 0
        amount, whole = (terms.per_year or 0) * (_years_up_to(day) - before), _PARTS
    return (2 * amount + whole) // (2 * whole)


def _years_up_to(day: date) -> int:
    """Return the years from a fixed day to the end of a day, in parts: each day is its share of its own calendar year."""
    length = 366 if date(day.year, 3, 1) - date(day.year, 2, 28) == timedelta(days=2) else 365
    return day.year * _PARTS + ((day - date(day.year, 1, 1)).days + 1) * (_PARTS // length)
