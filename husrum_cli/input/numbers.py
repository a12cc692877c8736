"""Numbers: no thousands separators, no signs, no surprises."""

from __future__ import annotations

import re

from ..errors import WrongInput
from ..i18n import _


def is_negative(text: str) -> bool:
    """Whether a text is a number below 0, with any kind of dash."""
    return bool(re.fullmatch(r"[-\u2010-\u2015\u2212]\s*[0-9][0-9.,]*", text.strip()))


def _refuse_negative(text: str, field: str) -> None:
    if is_negative(text):
        raise WrongInput(_("{field}: “{text}” is negative; the number can't be below 0.", field=field, text=text), field)


def read_count(text: str, field: str, smallest: int = 0) -> int:
    """Read a whole number, `smallest` or more."""
    text = text.strip()
    _refuse_negative(text, field)
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) < smallest:
        raise WrongInput(_("{field}: “{text}” is not a whole number from {smallest} up.", field=field, text=text, smallest=smallest), field)
    return int(text)


def read_row_number(text: str, field: str) -> int:
    """Read the number that a person, a goal, a quote, a target or another row is called by."""
    return read_count(text, field, smallest=1)


def read_decimal(text: str, field: str) -> float:
    """Read a number with a decimal point or comma, without thousands separators."""
    text = text.strip()
    _refuse_negative(text, field)
    # A Dane writes 1.000 for a thousand, so three digits after a mark could be either.
    thousands = re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", text)
    if thousands or not re.fullmatch(r"[0-9]{1,12}([.,][0-9]{1,6})?", text):
        raise WrongInput(
            _("{field}: “{text}” is not a number. Write it like 1.5 or 1,5, without thousands separators.", field=field, text=text), field
        )
    return float(text.replace(",", "."))


def read_hours(text: str, field: str, most: int = 24) -> float:
    """Read hours, like 2.5 or 2,5: more than none, and at most `most`."""
    hours = read_decimal(text, field)
    if not 0 < hours <= most:
        raise WrongInput(
            _("{field}: “{text}” is not a number of hours above 0 and up to {most}. Write it like 2.5.", field=field, text=text, most=most),
            field,
        )
    return hours


def read_amount(text: str, field: str) -> int:
    """Read whole kroner, without thousands separators."""
    value = read_decimal(text, field)
    if value != int(value):
        raise WrongInput(_("{field}: “{text}” is not in whole kroner. Write it like 415000.", field=field, text=text), field)
    return int(value)


def read_age_range(text: str, field: str) -> str:
    """Read an age range: `20-30`, bounds included."""
    found = re.fullmatch(r"\s*([0-9]{1,3})\s*[-–]\s*([0-9]{1,3})\s*", text)
    if not found or int(found[1]) > int(found[2]):
        raise WrongInput(_("{field}: “{text}” is not an age range. Write it like 20-30.", field=field, text=text), field)
    return f"{int(found[1])}-{int(found[2])}"


def read_reference(text: str, field: str, letter: str) -> str:
    """Read a reference: `G1` or `E12`, in either case."""
    found = re.fullmatch(f"{letter}([1-9][0-9]{{0,8}})", text.strip().upper())
    if not found and letter == "G":
        raise WrongInput(_("{field}: “{text}” is not a group number. Example: G1.", field=field, text=text), field)
    if not found:
        raise WrongInput(_("{field}: “{text}” is not an event number. Example: E12.", field=field, text=text), field)
    return found[0]
