"""Dates in files. A date means the same on whatever day the file is read, so that its year is in the cell or given for the whole import."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ...errors import WrongInput
from ...i18n import _
from ...input.dates import month_names, read_date, today

_WEEKDAY = re.compile(
    r"^(man|tir|ons|tor|fre|lør|søn|mon|tue|wed|thu|fri|sat|sun|ma|ti|on|to|fr|lø|sø)[^\W\d]*[.,]?\s*(?=(d\.|den)?\s*[0-9])", re.IGNORECASE
)
_YES = re.compile(r"^(?:ja|yes|ok|x|✓|✔|set|modtaget|afholdt|holdt)[,.:;]?\s+(?=\S*\s*[0-9])", re.IGNORECASE)
_THE = re.compile(r"^(d\.|den|d)\s*(?=[0-9])", re.IGNORECASE)
_ISO = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})([T ][0-9:.]*( ?[AP]M)?( [A-Z]{3,4}([+-][0-9]+)?)?)?", re.IGNORECASE)
# `3-5/12` is two days of December.
_NUMBERS = re.compile(r"(?![0-9]+\s*-\s*[0-9]+\s*[./])([0-9]{1,2})\s*[./-]\s*([0-9]{1,2})(?:\s*[./ -]\s*'?([0-9]{2}|[0-9]{4})?)?\.?")
_MONTH = re.compile(r"([0-9]{1,2})\.?\s*([^\W\d_]{3,})\.?(?:\s*'?([0-9]{4}|[0-9]{2}))?")
_TIME = re.compile(r",?\s+(?:kl\.?\s*[0-9]|[0-9]{1,2}:[0-9]{2}|(?<=[0-9]{4}\s)[0-9]{1,2}\.[0-9]{2}(?:\.[0-9]{2})?$).*$", re.IGNORECASE)
_DAY = re.compile(r"([0-9]{1,2})\.?")
_UNTIL = re.compile(r"\s*(?:[-–—]|\b(?:til(?: og med)?|to|t\.?o\.?m\.?)(?=\s))\s*", re.IGNORECASE)
_DAYS = re.compile(r"[0-9]{1,2}\.?\s*[-–—]\s*[0-9]{1,2}\.?")
YEARS_BACK, YEARS_AHEAD, OLDEST = 60, 2, 110
# To recognise a grid, each cell is looked at for every row below it.
_looked_at_often = lru_cache(maxsize=4096)


class FileDate(NamedTuple):
    """A date read from a cell. `completed`: `year` or `century`, if that was not in the cell."""

    iso: str
    completed: str = ""


class NeedsYear(WrongInput):
    """A date that has no year, and none was given."""


def read_file_date(text: str, year: int | None = None, *, birth: bool = False, to_come: bool = False) -> FileDate:
    """Return the day in a cell.

    `year`: of dates that have none. `birth`: the date is a birth date. `to_come`: the day may be in the future.
    Raises `WrongInput`, and `NeedsYear` if only the year is missing.
    """
    day, month, written = date_parts(text)
    if written is None:
        if birth:
            raise WrongInput(_("a birth date needs its year"))
        if year is None:
            raise NeedsYear(_("the date has no year"))
        return FileDate(_read(text, day, month, year), "year")
    if len(written) == 4:
        return FileDate(_read(text, day, month, int(written)))
    now = date.fromisoformat(today())
    earliest, latest = now.year - (OLDEST if birth else YEARS_BACK), now
    possible = []
    for century in (1900, 2000):
        try:
            found = date(century + int(written), month, day)
        except ValueError:
            continue
        if earliest <= found.year and (found <= latest or to_come and found.year <= now.year + YEARS_AHEAD):
            possible.append(found.isoformat())
    if len(possible) != 1:
        if not possible:
            raise _impossible(text)
        raise WrongInput(_("the year has two digits, and two centuries are possible; write all four"))
    return FileDate(possible[0], "century")


def date_parts(text: str) -> tuple[int, int, str | None]:
    """Return (day, month, year as written) of a date. Raises `WrongInput` if the text is not a date of a file."""
    if parts := _parts(text):
        return parts
    raise WrongInput(
        _("{field}: “{text}” is not a date. Write it like 2024-03-05, 5/3-2024 or 5. marts 2024.", field="date", text=text), "date"
    )


@_looked_at_often
def _parts(text: str) -> tuple[int, int, str | None] | None:
    words = _bare(text)
    if found := _ISO.fullmatch(words):
        return int(found[4]), int(found[3]), found[1]
    if found := _NUMBERS.fullmatch(words):
        return int(found[1]), int(found[2]), found[3]
    if (found := _MONTH.fullmatch(words)) and (month := month_number(found[2])):
        return int(found[1]), month, found[3]
    return None


@_looked_at_often
def _bare(text: str) -> str:
    """Return a date without its weekday, `den`, the time of day, and a yes before it."""
    return _THE.sub("", _WEEKDAY.sub("", _YES.sub("", _TIME.sub("", " ".join(text.split())))))


@_looked_at_often
def day_number(text: str) -> int | None:
    """Return a day of the month without month or year: `5`, `5.`, `d. 5.`, `tir 5`. None for anything else."""
    found = _DAY.fullmatch(_bare(text))
    return int(found[1]) if found and 1 <= int(found[1]) <= 31 else None


def days_from_to(text: str) -> tuple[str, str] | None:
    """Return the first and the last day, as they are written, of a text that names two: `3.-5. juli`, `30/6 – 2/7 2026`. None for anything else."""
    if is_date(text):
        return None
    for dash in _UNTIL.finditer(text):
        first, last = text[: dash.start()], text[dash.end() :]
        if not is_date(last):
            continue
        _day, month, year = date_parts(last)
        if (day := day_number(first)) is not None:
            return f"{day}/{month}" + (f"-{year}" if year else ""), last
        if is_date(first):
            day, month, own = date_parts(first)
            return f"{day}/{month}" + (f"-{own or year}" if own or year else ""), last
    return None


@_looked_at_often
def is_range_heading(text: str, below_month: bool) -> bool:
    """Whether a heading names several days: `3.-5. maj`, or below a month `3-5`, which alone is 3 May."""
    return days_from_to(text) is not None or below_month and _DAYS.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Whether a text is written as a date, with or without its year."""
    parts = _parts(text)
    return parts is not None and 1 <= parts[0] <= 31 and 1 <= parts[1] <= 12


def month_number(word: str) -> int | None:
    """Return the number of the month with this Danish or English name; three letters of it are enough."""
    word = word.casefold().strip(" .")
    if len(word) < 3:
        return None
    fitting = {number for names in _MONTHS for number, name in enumerate(names, 1) if name.startswith(word)}
    return fitting.pop() if len(fitting) == 1 else None


@_looked_at_often
def month_and_year(text: str) -> tuple[int | None, int | None]:
    """Return (month, year) of a heading above days: `august`, `Aug 2026`, `2026`; None for what it doesn't say."""
    words = text.replace("-", " ").replace("'", " ").replace("/", " ").split()
    if not 1 <= len(words) <= 2:
        return None, None
    month = year = None
    for word in words:
        if re.fullmatch("(19|20)[0-9]{2}", word):
            year = int(word)
        elif re.fullmatch("[0-9]{2}", word) and month:
            year = 2000 + int(word)
        elif number := month_number(word):
            month = number
        else:
            return None, None
    return month, year


def _read(text: str, day: int, month: int, year: int) -> str:
    try:
        return read_date(f"{year:04}-{month:02}-{day:02}")
    except WrongInput:
        raise _impossible(text) from None


def _impossible(text: str) -> WrongInput:
    return WrongInput(
        _("{field}: “{text}” is not a day in the calendar. Day first, like 5/3-2024, or 2024-03-05.", field="date", text=text), "date"
    )


_MONTHS = tuple([name.casefold() for name in month_names(language)] for language in ("da", "en"))


def place_after_new_year(days: Sequence[str]) -> int | None:
    """Return the place from which days in order (ISO, all read as of one year) are of the next: they fall back once, and end before they begin."""
    falls = [place for place in range(1, len(days)) if days[place] < days[place - 1]]
    return falls[0] if len(falls) == 1 and days[-1] < days[0] else None
