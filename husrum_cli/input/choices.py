"""Codes: the code itself, its Danish or English label, or a beginning that fits no other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ..errors import WrongInput
from ..i18n import _, language
from ..vocabulary import CONFIDED, NON_ANSWERS, QUESTIONS, SEVERAL, SYNONYMS, Labels, label
from .nearest import nearest
from .text import fold, read_name


def read_code(text: str, vocabulary: Labels, field: str) -> str:
    """The code that is meant. Raises `WrongInput` with the codes there are."""
    words = _words(text)
    names = _names(tuple(vocabulary.items()))
    if words in names:
        return names[words]
    fitting = {code for name, code in names.items() if name.startswith(words)} if words else set()
    if len(fitting) == 1:
        return fitting.pop()
    # What was told in confidence is not repeated, nor what it resembles.
    private = field in CONFIDED
    shown = _("the answer") if private else f"“{text.strip()}”"
    choices = ", ".join(spoken(vocabulary, code) for code in (sorted(fitting) if fitting and not private else vocabulary))
    if fitting:
        raise WrongInput(_("{field}: {text} fits several: {choices}.", field=field, text=shown, choices=choices), field)
    near = "" if private else nearest(words, names)
    meant = _(" Did you mean {nearest}?", nearest=spoken(vocabulary, names[near])) if near else ""
    raise WrongInput(
        _("{field}: {text} is not known.{meant} Choose from: {choices}.", field=field, text=shown, meant=meant, choices=choices), field
    )


def spoken(vocabulary: Labels, code: str) -> str:
    """A code as it is read in a sentence, and may be typed: in English the code itself, in Danish its label."""
    if language() != "da":
        return code
    text = label(vocabulary, code, "da")
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def read_answers(question: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The answer to a question of the interview: one code, or several where several are possible; without order."""
    vocabulary = QUESTIONS[question]
    if vocabulary is None:
        codes = {_read_free_answer(text, question) for text in texts}
    else:
        codes = {read_code(text, {**vocabulary, **NON_ANSWERS}, question) for text in texts}
    if len(codes) > 1 and question not in SEVERAL:
        raise WrongInput(_("{field} takes one answer.", field=question), question)
    alone = codes & (set(NON_ANSWERS) | ({"none"} if question == "diagnosis" else set()))
    if alone and len(codes) > 1:
        raise WrongInput(_("{field}: {code} stands alone.", field=question, code=label(vocabulary, min(alone), language())), question)
    return tuple(sorted(codes))


def _read_free_answer(text: str, question: str) -> str:
    names = _names(tuple(NON_ANSWERS.items()))
    return names.get(_words(text)) or read_name(text, question)


def _words(text: str) -> str:
    return fold(text.replace("_", " ").replace("-", " "))


@lru_cache
def _names(vocabulary: tuple[tuple[str, tuple[str, str]], ...]) -> dict[str, str]:
    """What may be typed for each code, folded. A code beats a label, and a label beats another word for it."""
    codes = dict(vocabulary)
    names = {_words(word): code for word, code in SYNONYMS.items() if code in codes}
    names |= {_words(name): code for code, labels in codes.items() for name in labels}
    return names | {_words(code): code for code in codes}
