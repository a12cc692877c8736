"""Dates as Danes type them. Always day first; an ISO date is always ISO; a date is kept as its ISO text."""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from functools import lru_cache

from ..errors import WrongInput
from ..i18n import _, pgettext

FIRST_YEAR, LAST_YEAR = 1900, 2199
# Texts, since a pattern that is not needed is not worth compiling; `re` keeps those that are.
_ISO = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
_NUMBERS = r"([0-9]{1,2})\s*[./-]\s*([0-9]{1,2})\s*[./-]\s*([0-9]{2}|[0-9]{4})"
_MONTH_NAME = r"([0-9]{1,2})\.?\s*([^\W\d_]+)\.?\s+([0-9]{2}|[0-9]{4})"
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


def today() -> str:
    """Today's date. `HUSRUM_TODAY` sets it, for scripts that must give the same on another day."""
    chosen = os.environ.get("HUSRUM_TODAY")
    return read_date(chosen) if chosen and re.fullmatch(_ISO, chosen) else date.today().isoformat()


@lru_cache(maxsize=4096)
def read_date(text: str, field: str = "date") -> str:
    """The day that is meant, as ISO text. Raises `WrongInput` for what is incomplete, ambiguous or impossible."""
    words = " ".join(text.casefold().split())
    if found := re.fullmatch(_ISO, words):
        return _day(text, field, *found.groups())
    if found := re.fullmatch(_NUMBERS, words):
        day, month, year = found.groups()
        return _day(text, field, year, month, day)
    if found := re.fullmatch(_MONTH_NAME, words):
        day, name, year = found.groups()
        if number := _named(name, _MONTHS):
            return _day(text, field, year, str(number), day)
    if found := re.fullmatch(_DAY_MONTH, words):
        return _latest(text, field, int(found[2]), int(found[1]))
    if words in _TODAY:
        return today()
    if words in _YESTERDAY:
        return (date.fromisoformat(today()) - timedelta(days=1)).isoformat()
    if number := _named(words, _WEEKDAYS):
        now = date.fromisoformat(today())
        return (now - timedelta(days=(now.isoweekday() - number) % 7)).isoformat()
    raise _unreadable(text, field)


def read_born(text: str, field: str = "born") -> str:
    """A birth date, or a birth year alone where that is all that is known. Nobody is born in the future."""
    text = text.strip()
    if re.fullmatch("[0-9]{4}", text):
        if not FIRST_YEAR <= int(text) <= LAST_YEAR:
            raise _unreadable(text, field)
        born, limit = text, today()[:4]
    else:
        born, limit = read_date(text, field), today()
    if born > limit:
        raise WrongInput(_("{field}: {date} has not come yet.", field=field, date=born), field)
    return born


def read_year(text: str, field: str = "year") -> int:
    """A calendar year."""
    text = text.strip()
    if not re.fullmatch("[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise WrongInput(_("{field}: “{text}” is no year. Write it like 2024.", field=field, text=text), field)
    return int(text)


def month_names(language: str) -> list[str]:
    """The twelve months in a language, as they are written within a sentence."""
    return [danish if language == "da" else pgettext("label", english.capitalize()) for danish, english in _MONTHS]


def _named(word: str, names: tuple[tuple[str, str], ...]) -> int | None:
    """The number of the month or weekday with this name; three letters of it are enough."""
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
            _("{field}: “{text}” is no day in the calendar. Day first, like 5/3-2024, or 2024-03-05.", field=field, text=text), field
        ) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise WrongInput(
            _("{field}: “{text}” lies outside the years {first}-{last}.", field=field, text=text, first=FIRST_YEAR, last=LAST_YEAR), field
        )
    return found.isoformat()


def _latest(text: str, field: str, month: int, day: int) -> str:
    """The latest past day with this month and day, today included."""
    now = date.fromisoformat(today())
    for year in range(now.year, now.year - 9, -1):  # 29 February comes back within eight years
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= now:
            return found.isoformat()
    raise WrongInput(
        _("{field}: “{text}” is no day in the calendar. Day first, like 5/3-2024, or 2024-03-05.", field=field, text=text), field
    )


def _unreadable(text: str, field: str) -> WrongInput:
    return WrongInput(
        _("{field}: “{text}” is no date. Write it like 2024-03-05, 5/3-2024 or 5. marts 2024.", field=field, text=text), field
    )
