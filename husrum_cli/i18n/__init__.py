"""Danish and English texts. The English text stands in the code and is the key; `danish.py` holds its Danish twin."""

from __future__ import annotations

from collections.abc import Iterable

LANGUAGES = ("da", "en")
_chosen = "en"
_texts: dict[str, str] | None = {}


def choose_language(language: str) -> None:
    """From here on, `_` gives texts in this language."""
    global _chosen, _texts
    _chosen = language
    _texts = None if language == "da" else {}


def language() -> str:
    """The language chosen: `da` or `en`."""
    return _chosen


def _(text: str, /, **values: object) -> str:
    """The text in the language chosen, with its `{places}` filled."""
    global _texts
    if _texts is None:  # read when the first text is shown: while somebody types, mostly none is
        from .danish import TEXTS

        _texts = TEXTS
    text = _texts.get(text, text)
    if isinstance(reason := values.get("reason"), str):  # as the operating system tells it
        values["reason"] = _texts.get(reason, reason)
    return text.format(**values) if values else text


def many(one: str, several: str, number: int, /, **values: object) -> str:
    """The text for one or for several, with `{number}` filled."""
    return _(one if number == 1 else several, number=whole_number(number), **values)


def whole_number(value: int) -> str:
    """2792 as the language writes it: 2.792 or 2,792."""
    text = f"{value:,}"
    return text.replace(",", ".") if _chosen == "da" else text


def decimal_number(value: float) -> str:
    """1.5 as the language writes it: 1,5 or 1.5; whole numbers without decimals."""
    if value == int(value):
        return whole_number(int(value))
    whole, decimals = f"{value:.10f}".rstrip("0").split(".")
    return whole_number(int(whole)) + ("," if _chosen == "da" else ".") + decimals


def nearest(word: str, known: Iterable[str]) -> str:
    """The word that was most likely meant; empty where none is near."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), 1, 0.6)
    return found[0] if found else ""


def danish_order(one: str, other: str) -> int:
    """Which of two names comes first in a Danish list: æ, ø and å last, aa is å, whatever the case; other accents don't matter."""
    first, second = danish_key(one), danish_key(other)
    return (first > second) - (first < second)


def danish_key(text: str) -> str:
    """A text that sorts as the name does in a Danish list."""
    text = text.casefold().replace("aa", "å")
    if not text.isascii():
        import unicodedata

        # The signs behind z; ä and ö are the Swedes' æ and ø.
        text = text.translate({ord(sign): place for signs, place in (("æä", "{"), ("øö", "|"), ("å", "}")) for sign in signs})
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return text
