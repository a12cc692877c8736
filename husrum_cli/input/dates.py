"""Dates as Danes type them. Always day first; an ISO date is always ISO; a date is kept as its ISO text."""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from ..errors import WrongInput
from ..i18n import _, label_text, long_day, pgettext
from .text import without_invisible_signs

FIRST_YEAR, LAST_YEAR = 1900, 2199
Mode = Literal["past", "to come", "full"]
# Texts, since a pattern that is not needed is not worth compiling; `re` keeps those that are.
_ISO = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
_NUMBERS = r"([0-9]{1,2})\s*[./-]\s*([0-9]{1,2})\s*[./-]\s*([0-9]{2}|[0-9]{4})"
_MONTH_NAME = r"([0-9]{1,2})\.?\s*([^\W\d_]+)\.?(?:\s+([0-9]{2}|[0-9]{4}))?"
_DAY_MONTH = r"([0-9]{1,2})/([0-9]{1,2})"
_MONTHS = (
    ("januar", "january"),
    ("februar", "february"),
    ("marts", "march"),
    ("april", "april"),
    ("maj", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august", "august"),
    ("september", "september"),
    ("oktober", "october"),
    ("november", "november"),
    ("december", "december"),
)
_WEEKDAYS = (
    ("mandag", "monday"),
    ("tirsdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lørdag", "saturday"),
    ("søndag", "sunday"),
)
_TODAY = ("today", "i dag", "idag")
_YESTERDAY = ("yesterday", "i går", "igår")
_TOMORROW = ("tomorrow", "i morgen", "imorgen")


def today() -> str:
    """Return today's date. `HUSRUM_TODAY` sets it, for scripts with reproducible results."""
    chosen = os.environ.get("HUSRUM_TODAY")
    return read_full_date(chosen) if chosen and re.fullmatch(_ISO, chosen) else date.today().isoformat()


def is_iso_day(text: str) -> bool:
    """Whether a text is written as a day is stored, so that it means the same at any time."""
    return re.fullmatch(_ISO, text) is not None


def read_date(text: str, field: str = "date") -> str:
    """Return the day that is meant, as ISO text. Without a year, and by the name of a weekday, the latest past one, today included.

    Raises `WrongInput` for what is incomplete, ambiguous or impossible.
    """
    return _read(text, field, "past", today())


def read_coming_date(text: str, field: str = "date") -> str:
    """Return the same for a day that by its nature is to come: without a year, and by the name of a weekday, the next one, today included."""
    return _read(text, field, "to come", today())


def possible_days(text: str, field: str = "date") -> list[str]:
    """Return the days that may be meant where a day may be past or to come: without a year, the next and the latest one."""
    days = []
    for read in (read_coming_date, read_date):
        try:
            days.append(read(text, field))
        except WrongInput:
            if read is read_date:
                raise
    return days


def days_after(day: str, days: int) -> str:
    """Return the day this many days after another, or before it if they are negative; at an end of the calendar the last day there is."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return (date.max if days > 0 else date.min).isoformat()


def days_since(other: str, day: str) -> int:
    """Return how many days a day is after another; negative if it is before it."""
    return (date.fromisoformat(day) - date.fromisoformat(other)).days


def require_order(start: str | None, end: str | None, field: str) -> None:
    """Raise `WrongInput` for a day that ends something before the day it starts. None: unknown, or it has no end. `field`: of the end."""
    if start and end and end < start:
        raise WrongInput(_("{field}: {end} is before {start}.", field=field, end=end, start=start), field)


def months_before(day: str, months: int) -> str:
    """Return the same day so many months earlier, or the last one of that month; a negative number: later."""
    from dateutil.relativedelta import relativedelta

    moved: date = date.fromisoformat(day) - relativedelta(months=months)
    return moved.isoformat()


def read_since(text: str, field: str) -> str:
    """Read a date, or how long ago: `2m` two months, `1y` one year; in Danish also `1å`."""
    if found := re.fullmatch(r"([0-9]{1,3})\s*([myå])", text.strip().casefold()):
        return months_before(today(), int(found[1]) * (1 if found[2] == "m" else 12))
    return read_date(text, field)


def read_full_date(text: str, field: str = "date") -> str:
    """Return the same for a date that must have its year, so that it means the same on whatever day it is read."""
    return _read(text, field, "full", "")


@lru_cache(maxsize=4096)
def _read(text: str, field: str, mode: Mode, now: str) -> str:
    words = " ".join(without_invisible_signs(text).casefold().split())
    if found := re.fullmatch(_ISO, words):
        return _day(text, field, *found.groups())
    if found := re.fullmatch(_NUMBERS, words):
        day, month, year = found.groups()
        return _day(text, field, year, month, day)
    if (found := re.fullmatch(_MONTH_NAME, words)) and (number := _named(found[2], _MONTHS)):
        return _day(text, field, found[3], str(number), found[1]) if found[3] else _nearest(text, field, number, int(found[1]), mode, now)
    if found := re.fullmatch(_DAY_MONTH, words):
        return _nearest(text, field, int(found[2]), int(found[1]), mode, now)
    weekday = _named(words, _WEEKDAYS)
    if weekday is None and words not in (*_TODAY, *_YESTERDAY, *_TOMORROW):
        raise _unreadable(text, field)
    if mode == "full":
        raise _no_year(text, field)
    this_day = date.fromisoformat(now)
    if weekday:
        days = (weekday - this_day.isoweekday()) % 7 if mode == "to come" else -((this_day.isoweekday() - weekday) % 7)
        return (this_day + timedelta(days=days)).isoformat()
    if words in _TODAY:
        return now
    if words in _TOMORROW:  # of what has happened, the rules say that it has not come yet
        return (this_day + timedelta(days=1)).isoformat()
    if mode == "to come":
        raise WrongInput(
            _("{field}: “{text}” has passed. A past day is written with its year, like 5/3-2024.", field=field, text=text), field
        )
    return (this_day - timedelta(days=1)).isoformat()


def read_born(text: str, field: str = "born") -> str:
    """Read a birth date with its year, or a birth year alone if that is all that is known. Nobody is born in the future."""
    text = text.strip()
    if re.fullmatch("[0-9]{4}", text):
        if not FIRST_YEAR <= int(text) <= LAST_YEAR:
            raise _unreadable(text, field)
        born, limit = text, today()[:4]
    else:
        if not re.search("[0-9]{4}", text):
            raise WrongInput(
                _(
                    "{field}: “{text}” has no year of four digits. Write it like 14/5-2003, or the year alone: 2003.",
                    field=field,
                    text=text,
                ),
                field,
            )
        born, limit = read_full_date(text, field), today()
    if born > limit:
        raise WrongInput(_("{field}: {date} has not come yet.", field=field, date=born), field)
    return born


def read_year(text: str, field: str = "year") -> int:
    """Read a calendar year."""
    text = text.strip()
    if not re.fullmatch("[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise WrongInput(_("{field}: “{text}” is not a year. Write it like 2024.", field=field, text=text), field)
    return int(text)


def month_names(language: str) -> list[str]:
    """Return the twelve months in a language, as they are written within a sentence."""
    return [danish if language == "da" else pgettext("label", english.capitalize()) for danish, english in _MONTHS]


def weekday(day: str) -> str:
    """Return the weekday of a day, as it is written within a sentence of the language chosen."""
    danish, english = _WEEKDAYS[date.fromisoformat(day).weekday()]
    return label_text(danish, english.capitalize())


def day_in_words(day: str) -> str:
    """Return a day with its weekday, as in a sentence: Sunday 2026-11-15, in Danish søndag 15. november 2026."""
    return f"{weekday(day)} {long_day(day)}"


def _named(word: str, names: tuple[tuple[str, str], ...]) -> int | None:
    """Return the number of the month or weekday with this name; three letters of it are enough."""
    if len(word) < 3:
        return None
    fitting = {number for number, both in enumerate(names, 1) for name in both if name.startswith(word)}
    return fitting.pop() if len(fitting) == 1 else None


def _day(text: str, field: str, year: str, month: str, day: str) -> str:
    if len(year) < 4:
        raise WrongInput(_("{field}: “{text}” has a year of two digits. Write all four, like 5/3-2024.", field=field, text=text), field)
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise WrongInput(
            _("{field}: “{text}” is not a day in the calendar. Day first, like 5/3-2024, or 2024-03-05.", field=field, text=text), field
        ) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise WrongInput(
            _("{field}: “{text}” is outside the years {first}-{last}.", field=field, text=text, first=FIRST_YEAR, last=LAST_YEAR), field
        )
    return found.isoformat()


def _nearest(text: str, field: str, month: int, day: int, mode: Mode, now: str) -> str:
    """Return the latest past or the next day with this month and day, today included."""
    if mode == "full":
        raise _no_year(text, field)
    this_day = date.fromisoformat(now)
    step = 1 if mode == "to come" else -1
    for year in range(this_day.year, this_day.year + 9 * step, step):  # 29 February comes back within eight years
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found - this_day).days * step >= 0:
            return found.isoformat()
    raise WrongInput(
        _("{field}: “{text}” is not a day in the calendar. Day first, like 5/3-2024, or 2024-03-05.", field=field, text=text), field
    )


def _no_year(text: str, field: str) -> WrongInput:
    return WrongInput(
        _("{field}: “{text}” has no year. Write it like 2024-03-05, 5/3-2024 or 5. marts 2024.", field=field, text=text), field
    )


def _unreadable(text: str, field: str) -> WrongInput:
    return WrongInput(
        _("{field}: “{text}” is not a date. Write it like 2024-03-05, 5/3-2024 or 5. marts 2024.", field=field, text=text), field
    )
