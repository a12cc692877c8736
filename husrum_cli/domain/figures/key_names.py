"""The key of a figure, share or distribution, found by what people read: its label in either language, or enough of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...errors import WrongInput
from ...i18n import _, label_text, language
from ...input.text import fold
from ...vocabulary import Share
from .figure import Figure, ReportedFigure
from .share_registry import AT_INTAKE, Distribution

_MOST_SHOWN = 6
Labelled = Figure | ReportedFigure | Share | Distribution


def find_key(text: str, known: Mapping[str, Labelled]) -> str:
    """Return the key that is meant: the key itself, the label, a beginning of either, or the beginnings of some of its words, if these fit no other.

    Raises `WrongInput`, with those that fit, or the nearest, if there isn't exactly one.
    """
    typed = text.strip().lower()
    if typed in known:
        return typed
    words = _words(text)
    names = _names(known)
    fitting = [names[words]] if words in names else []
    fitting = fitting or list(dict.fromkeys(key for name, key in names.items() if words and name.startswith(words)))
    fitting = fitting or list(dict.fromkeys(key for name, key in names.items() if words and _has_words(name, words)))
    bases = [key for key in fitting if not (key.endswith(AT_INTAKE) and key.removesuffix(AT_INTAKE) in fitting)]
    if len(bases) == 1:
        return bases[0]
    if fitting:
        choices = ", ".join(_spoken(known, key) for key in bases[:_MOST_SHOWN]) + ", …" * (len(bases) > _MOST_SHOWN)
        raise WrongInput(_("{field}: {text} fits several: {choices}.", field="key", text=f"“{text.strip()}”", choices=choices), "key")
    import difflib

    near = list(dict.fromkeys(names[name] for name in difflib.get_close_matches(words, names, 3, 0.7)))
    keys = ", ".join(_spoken(known, key) for key in near)
    hint = _("Did you mean {keys}?", keys=keys) if near else _("All keys: husrum stats year --format csv")
    raise WrongInput(_("key: “{text}” is not a figure. {hint}", text=text, hint=hint), "key")


def _names(known: Mapping[str, Labelled]) -> dict[str, str]:
    """Return all that may be typed for each key, keys first: words -> the key. A label of two bases is that of the year's participants."""
    names = {_words(key): key for key in known}
    for key, record in known.items():
        nation = record.danish_nation if isinstance(record, Figure) else None
        for label in (record.danish, record.english, nation or record.danish):
            if key.endswith(AT_INTAKE):
                names.setdefault(_words(f"{label} ved forsamtalen"), key)
                names.setdefault(_words(f"{label} at the interview"), key)
            names.setdefault(_words(label), key)
    return names


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def _has_words(name: str, words: str) -> bool:
    """Whether each of the words begins one of the name's."""
    return all(any(word.startswith(typed) for word in name.split()) for typed in words.split())


def _spoken(known: Mapping[str, Labelled], key: str) -> str:
    """Return what is read in a sentence and may be typed: in English the key, in Danish the label."""
    record = known[key]
    if language() != "da":
        return key
    label = label_text(record.danish, record.english)
    return f"{label} ved forsamtalen" if key.endswith(AT_INTAKE) else label
