"""Find names and numbers in a text however they are spelled, as names are compared everywhere (`input.text.name_words`)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from ..input.text import name_words

_DOUBLE = re.compile("aa|oe", re.IGNORECASE)
# What may stand within a plain name, after any letter: Anne Marie is Annemarie.
BETWEEN = "[ .]{0,4}"
# After a plain name: also the genitive, “Anna Holms notat”, but never the beginning of another name, “Anna Holmberg”.
END = r"(?=s?(?!\w))"


class _Signs(dict[int, str]):
    """The plain form of each sign, found when it is first met: letters as in `name_words`, but in their case; spaces and dashes are spaces."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        plain = " ".join(name_words(f"x{sign}x"))[1:-1]
        if plain == " " and not (sign.isspace() or sign == "_" or unicodedata.category(sign) == "Pd" or sign == "−"):
            plain = unicodedata.normalize("NFKC", sign)
        self[code] = plain.upper() if sign.isupper() else plain
        return self[code]


_SIGNS = _Signs()


@lru_cache(maxsize=65536)
def plain_form(text: str) -> str:
    """Return a text in which every spelling of a name is the same but for its case, for spaces and for dots."""
    signs = unicodedata.normalize("NFC", text).translate(_SIGNS)
    return _DOUBLE.sub(lambda double: double[0][0], signs)


class Traces(NamedTuple):
    """What to look for in texts: `plain` in their plain form, `exact` in the texts themselves."""

    plain: re.Pattern[str] | None
    exact: re.Pattern[str] | None = None

    def occur_in(self, text: str) -> bool:
        """Return whether any of them is in a text."""
        return bool(self.plain and self.plain.search(plain_form(text)) or self.exact and self.exact.search(text))

    def replace_in(self, text: str, mark: str) -> str:
        """Return the text with the mark in place of each of them."""
        if self.plain and self.plain.search(plain_form(text)):
            text = _replaced(self.plain, unicodedata.normalize("NFC", text), mark)
        return self.exact.sub(mark, text) if self.exact else text


def _replaced(pattern: re.Pattern[str], text: str, mark: str) -> str:
    signs, starts, ends = _with_places(text)
    kept, place = "", 0
    for found in pattern.finditer(signs):
        kept += text[place : starts[found.start()]] + mark
        place = ends[found.end() - 1]
    return kept + text[place:]


def _with_places(text: str) -> tuple[str, list[int], list[int]]:
    """Return the plain form of a text, and for each sign of it where in the text its source begins and ends."""
    signs, starts, ends = list[str](), list[int](), list[int]()
    for place, sign in enumerate(text):
        for each in _SIGNS[ord(sign)]:
            signs.append(each)
            starts.append(place)
            ends.append(place + 1)
        if ends and unicodedata.combining(sign):
            ends[-1] = place + 1
    for double in reversed([*_DOUBLE.finditer("".join(signs))]):
        ends[double.start()] = ends[double.start() + 1]
        for several in (signs, starts, ends):
            del several[double.start() + 1]
    return "".join(signs), starts, ends
