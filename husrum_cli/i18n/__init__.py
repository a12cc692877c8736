"""Languages: the texts of the program, numbers, and the Danish order of names (`collation`)."""

from .numbers import decimal_number, many, whole_number
from .texts import LANGUAGES, N_, NC_, _, choose_language, language, pgettext, without_field

__all__ = [
    "LANGUAGES",
    "NC_",
    "N_",
    "_",
    "choose_language",
    "decimal_number",
    "language",
    "many",
    "pgettext",
    "whole_number",
    "without_field",
]
