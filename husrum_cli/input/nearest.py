"""Find the word that a mistyped one was probably meant to be."""

from collections.abc import Iterable


def nearest_word(word: str, known: Iterable[str]) -> str:
    """Return the known word most like this one; empty if none is."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), 1, 0.7)
    return found[0] if found else ""
