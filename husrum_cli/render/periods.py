"""Periods as they are read: `2024-Q3` is 3. kvartal 2024 in Danish."""

from __future__ import annotations

import re

from ..i18n import long_day, pgettext
from ..records import Period


def period_title(period: Period, short: bool = False) -> str:
    """Return what a period is called in a title. `short`: in the heading of a column."""
    year, _dash, part = period.name.partition("-")
    if re.fullmatch("H[12]", part):
        return pgettext("half of a year", "{year}-H{number}", year=year, number=part[1])
    if re.fullmatch("Q[1-4]", part):
        return pgettext("quarter of a year", "{year}-Q{number}", year=year, number=part[1])
    if re.fullmatch("[0-9]{2}", part):
        return pgettext("month of a year", "{month} {year}", year=year, month=_month(int(part))[: 3 if short else None])
    if ".." in period.name:
        return f"{long_day(period.first)} – {long_day(period.last)}"
    if period.name.startswith("grant:"):
        return pgettext("period of a grant", "grant {number}", number=period.name.partition(":")[2])
    return period.name


def span_title(first: Period, last: Period) -> str:
    """Return what several periods in a row are called together."""
    return period_title(first) if first == last else f"{period_title(first)} – {period_title(last)}"


def _month(number: int) -> str:
    months = pgettext("months in a sentence", "January February March April May June July August September October November December")
    return months.split()[number - 1]
