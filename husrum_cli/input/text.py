"""Names and free texts: what may be stored, and what must never be."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ..errors import WrongInput
from ..i18n import _

NAME_LENGTH = 200
NOTE_LENGTH = 10_000
_CPR_SHAPE = re.compile(r"(?<![0-9])[0-9]{6}[-–.\s]?[0-9]{4}(?![0-9])")
# Signs that turn the reading direction around can make a name look like another one.
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def read_text(text: str, field: str, longest: int = NAME_LENGTH, lines: bool = False) -> str:
    """The text without surrounding space, in one Unicode form. `lines`: line breaks may stand in it."""
    text = unicodedata.normalize("NFC", text.strip())
    if lines:
        text = text.replace("\r\n", "\n")
    if not text:
        raise WrongInput(_("{field} is empty.", field=field), field)
    if len(text) > longest:
        raise WrongInput(
            _("{field} is {length} characters long; at most {longest} fit.", field=field, length=len(text), longest=longest), field
        )
    if not text.isprintable() and any(unicodedata.category(sign) in ("Cc", "Cs") and not (lines and sign == "\n") for sign in text):
        raise WrongInput(_("{field} holds control characters; type it again by hand.", field=field), field)
    if not text.isascii() and not _DIRECTION.isdisjoint(text):
        raise WrongInput(_("{field} holds hidden signs for the reading direction; type it again by hand.", field=field), field)
    refuse_cpr(text, field)
    return text


def read_name(text: str, field: str) -> str:
    """A name or title: runs of spaces become one."""
    return " ".join(read_text(text, field).split())


def read_note(text: str, field: str) -> str:
    """A longer text, which may have several lines."""
    return read_text(text, field, NOTE_LENGTH, lines=True)


def refuse_cpr(text: str, field: str) -> None:
    """A CPR number is never stored, wherever it was typed. The message doesn't repeat it."""
    for found in _CPR_SHAPE.finditer(text):
        from stdnum.dk import cpr

        if cpr.is_valid(re.sub("[^0-9]", "", found[0])):
            raise WrongInput(_("{field} holds what looks like a CPR number, which is never stored here; leave it out.", field=field), field)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text as it is compared: without case, accents and double spaces; å is aa is a, ø is oe is o, æ is ae."""
    text = " ".join(text.casefold().split())
    if not text.isascii():
        text = text.replace("å", "a").replace("ø", "o").replace("æ", "ae")
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return text.replace("aa", "a").replace("oe", "o")
