"""Languages: the texts of the program, numbers, and the Danish order of names (`collation`)."""

from .numbers import decimal_mark, decimal_number, many, whole_number
from .texts import (
    LANGUAGES,
    N_,
    NC_,
    _,
    choose_language,
    field_word,
    label_text,
    language,
    long_day,
    pgettext,
    short_day,
    short_moment,
    short_source,
    without_field,
)

__all__ = [
    "LANGUAGES",
    "NC_",
    "N_",
    "_",
    "choose_language",
    "decimal_mark",
    "decimal_number",
    "field_word",
    "label_text",
    "language",
    "long_day",
    "many",
    "pgettext",
    "short_day",
    "short_moment",
    "short_source",
    "whole_number",
    "without_field",
]
