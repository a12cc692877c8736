"""Periods as people write them: a year, a half, a quarter, a month, a school year, or two dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ..errors import WrongInput
from ..i18n import _
from ..records import Period
from .dates import FIRST_YEAR, LAST_YEAR, read_date, require_order

# The parts of a year that a series can be divided into, with their number of months.
MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_FORMS = (
    (r"([0-9]{4})", lambda year: calendar_part(int(year), 12, 1)),
    (r"([0-9]{4})-?H([12])", lambda year, half: calendar_part(int(year), 6, int(half))),
    (r"([0-9]{4})-?[QK]([1-4])", lambda year, quarter: calendar_part(int(year), 3, int(quarter))),
    (r"([0-9]{4})-(0[1-9]|1[0-2])", lambda year, month: calendar_part(int(year), 1, int(month))),
)


def read_period(text: str, field: str = "period") -> Period:
    """Read a period: 2024, 2024-H1, 2024-Q3 (in Danish 2024-K3), 2024-07, 2024/25 or FROM..TO. Raises `WrongInput` for anything else."""
    words = text.strip().upper()
    for form, made in _FORMS:
        if (found := re.fullmatch(form, words)) and found[1] != "0000":
            return _within_years(text, field, made(*found.groups()))
    if found := re.fullmatch(r"([0-9]{4})/([0-9]{2}|[0-9]{4})", words):
        first = int(found[1])
        if found[2] in (str(first + 1), str(first + 1)[2:]):
            return _within_years(text, field, Period(f"{first}/{(first + 1) % 100:02}", f"{first}-08-01", f"{first + 1}-07-31"))
    if ".." in words:
        starts, _dots, ends = text.strip().partition("..")
        return period_of(_dated(starts, field), _dated(ends, field), field)
    raise WrongInput(
        _(
            "{field}: “{text}” is not a period. Examples: 2024, 2024-H1, 2024-Q3, 2024-07, 2024/25, 2024-03-01..2024-09-30, grant:3",
            field=field,
            text=text,
        ),
        field,
    )


def grant_number(text: str) -> int | None:
    """Return the number of the grant whose dates are meant, as in `grant:3`; None if the text is not written so."""
    found = re.fullmatch(r"\s*(?:grant|tilskud|bevilling):\s*([0-9]{1,9})\s*", text, re.IGNORECASE)
    return int(found[1]) if found else None


def period_of(first: str, last: str, field: str = "period") -> Period:
    """Return the period from one day to another, both included."""
    require_order(first, last, field)
    return Period(f"{first}..{last}", first, last)


def calendar_part(year: int, months: int, number: int) -> Period:
    """Return a part of a year: the `number`th (from 1) of its parts of so many months."""
    first_month = (number - 1) * months + 1
    year_after, month_after = (year, first_month + months) if first_month + months <= 12 else (year + 1, 1)
    last = date(year_after, month_after, 1) - timedelta(days=1) if year_after <= 9999 else date(9999, 12, 31)
    name = {12: f"{year}", 6: f"{year}-H{number}", 3: f"{year}-Q{number}", 1: f"{year}-{number:02}"}[months]
    return Period(name, f"{year:04}-{first_month:02}-01", last.isoformat())


def calendar_year(year: int) -> Period:
    """Return a calendar year as a period, 1 January to 31 December."""
    return calendar_part(year, 12, 1)


def calendar_parts(first: str, last: str, by: str) -> Iterator[Period]:
    """Yield the calendar parts (`by`: year, half, quarter, month) that have a day between two days, in order."""
    months = MONTHS[by]
    for year in range(int(first[:4]), int(last[:4]) + 1):
        for number in range(1, 12 // months + 1):
            part = calendar_part(year, months, number)
            if part.first <= last and part.last >= first:
                yield part


def _dated(text: str, field: str) -> str:
    """Return a date with its year: a period must mean the same tomorrow."""
    if not re.search("[0-9]{4}", text):
        raise WrongInput(_("{field}: “{text}” needs a date with its year, like 2024-03-01.", field=field, text=text.strip()), field)
    return read_date(text.strip(), field)


def _within_years(text: str, field: str, period: Period) -> Period:
    if not FIRST_YEAR <= int(period.first[:4]) <= int(period.last[:4]) <= LAST_YEAR:
        raise WrongInput(
            _("{field}: “{text}” is outside the years {first}-{last}.", field=field, text=text, first=FIRST_YEAR, last=LAST_YEAR), field
        )
    return period
