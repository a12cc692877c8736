"""Codes: the code itself, its Danish or English label, or a beginning that fits no other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ..errors import UnknownCode, WrongInput
from ..i18n import _, language
from ..vocabulary import CONFIDED, NON_ANSWERS, QUESTIONS, Code, Codes, Vocabulary, answers_of, label
from .nearest import nearest_word
from .text import fold, read_name


def read_code(text: str, vocabulary: Codes, field: str) -> str:
    """Return the code that is meant. Raises `WrongInput` with the codes there are."""
    words = _words(text)
    names = _names(tuple(vocabulary.values()))
    if words in names:
        return names[words]
    fitting = {code for name, code in names.items() if name.startswith(words)} if words else set()
    if len(fitting) == 1:
        return fitting.pop()
    # Confidential values are not repeated, nor what they resemble.
    private = field in CONFIDED
    shown = _("the answer") if private else f"“{text.strip()}”"
    choices = ", ".join(spoken(vocabulary, code) for code in (sorted(fitting) if fitting and not private else vocabulary))
    if fitting:
        raise WrongInput(_("{field}: {text} fits several: {choices}.", field=field, text=shown, choices=choices), field)
    near = "" if private else nearest_word(words, names)
    nearest = spoken(vocabulary, names[near]) if near else ""
    meant = _(" Did you mean {nearest}?", nearest=nearest) if near else ""
    raise UnknownCode(
        _("{field}: {text} is not known.{meant} Choose from: {choices}.", field=field, text=shown, meant=meant, choices=choices),
        field,
        _("{field}: {text} is not known.{meant}", field=field, text=shown, meant=meant),
        nearest,
    )


def exact_code(text: str, vocabulary: Codes) -> str | None:
    """Return the code that a text names whole, by itself, a label or a synonym; None: it is another text."""
    return _names(tuple(vocabulary.values())).get(_words(text))


def spoken(vocabulary: Codes, code: str) -> str:
    """Return a code as it is read in a sentence, and may be typed: in English the code itself, in Danish its label."""
    if language() != "da":
        return code
    text = label(vocabulary, code, "da")
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def fill_codes(help: str) -> str:
    """Translate a help text, and list the codes of each vocabulary that it names: `{role}` as `leader, peer, …`."""
    return re.sub(r"\{(\w+)\}", _codes_of, _(help))


def _codes_of(place: re.Match[str]) -> str:
    vocabulary = Vocabulary.by_name[place[1]]
    return ", ".join(spoken(vocabulary, code) for code in vocabulary)


def read_answers(question: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Return the answer to a question of the interview: one code, or several if several are possible; without order."""
    known, record = answers_of(question), QUESTIONS[question]
    if record.codes is None:
        codes = {_read_free_answer(text, question) for text in texts}
    else:
        codes = {read_code(text, known, question) for text in texts}
    if len(codes) > 1 and not record.several:
        raise WrongInput(_("{field} takes one answer.", field=question), question)
    alone = {code for code in codes if code in known and known[code].alone}
    if alone and len(codes) > 1:
        raise WrongInput(
            _("{field}: {code} can't be combined with others.", field=question, code=label(known, min(alone), language())), question
        )
    return tuple(sorted(codes))


def _read_free_answer(text: str, question: str) -> str:
    names = _names(tuple(NON_ANSWERS.values()))
    return names.get(_words(text)) or read_name(text, question)


def _words(text: str) -> str:
    return fold(text.replace("_", " ").replace("-", " "))


@lru_cache
def _names(codes: tuple[Code, ...]) -> dict[str, str]:
    """Return all that may be typed for each code: folded text -> the code. A code takes precedence over a label, and a label over a synonym."""
    names = {_words(word): each.code for each in codes for word in each.synonyms}
    names |= {_words(name): each.code for each in codes for name in (each.danish, each.english)}
    return names | {_words(each.code): each.code for each in codes}
