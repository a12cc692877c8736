"""What stands next to a row of a figure, in words: its codes, in the language of the reader."""

from __future__ import annotations

from ...i18n import _
from ...input.choices import spoken
from ...vocabulary import AGE_BANDS, NON_ANSWERS, NOT_RECORDED, QUESTIONS, RECRUITED_THROUGH, ROLE, Codes, answers_of


def row_in_words(key: str, what: str, share: bool = False) -> str:
    """Return what a row of a figure is, in words. `share`: the key is that of a share, not of the distribution of all answers."""
    if key.startswith("visits"):
        return _("interview") if what == "intake" else what
    return _in_words(_codes_of(key, share), what)


def _in_words(vocabulary: Codes, text: str) -> str:
    """Translate codes with commas between, or one before a colon."""
    code, colon, rest = text.partition(": ")
    codes = [code] if colon else [code.strip() for code in text.split(",")]
    return ", ".join(spoken(vocabulary, code) if code in vocabulary else code for code in codes) + colon + rest if vocabulary else text


def _codes_of(key: str, share: bool) -> Codes:
    """Return the codes that may be next to the rows of a figure: answers of its question, roles, ways to HUSRUM, or ages."""
    named = key.removesuffix("_at_intake")
    for question in QUESTIONS.values():
        if any(each.key == named for each in question.shares) if share else question.distribution == named:
            return {**answers_of(question.key), NOT_RECORDED.code: NOT_RECORDED}
    if key.startswith("age_band") or key == "municipality_age":
        return {**AGE_BANDS, **NON_ANSWERS, NOT_RECORDED.code: NOT_RECORDED}
    if key == "recruited_through":
        return {**RECRUITED_THROUGH, **NON_ANSWERS, NOT_RECORDED.code: NOT_RECORDED}
    if key in ("activity", "partner_kind"):
        return {NOT_RECORDED.code: NOT_RECORDED}
    return ROLE if key.startswith(("volunteer", "peer", "role")) else {}
