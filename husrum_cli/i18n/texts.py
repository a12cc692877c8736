"""The texts of the program in the language chosen. English is in the code; each other language is a .po file here (docs/translating.md).

What is loaded are the modules compiled from the .po files: a dictionary literal in Python's own compiled form loads in a twentieth of the time of gettext.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping

from .days import format_day, is_day, is_moment

ENGLISH = "en"
LANGUAGES = tuple(sorted({ENGLISH, *(name[:-3] for name in os.listdir(os.path.dirname(__file__)) if name.endswith(".po"))}))


def _one_or_several(number: int) -> int:
    return int(number != 1)


# English text (for one, if there are plural forms), perhaps behind its context -> translated text; -> plural forms; the number of the form for a number.
# A plain tuple, since this module is loaded by every run, and needs nothing else of `typing`.
_Translations = tuple[dict[str, str], dict[str, tuple[str, ...]], Callable[[int], int]]
_NONE: _Translations = ({}, {}, _one_or_several)
_language = ENGLISH
_loaded: _Translations | None = _NONE


def choose_language(language: str) -> None:
    """Show texts in this language from now on."""
    global _language, _loaded
    _language = language
    _loaded = _NONE if language == ENGLISH else None


def language() -> str:
    """Return the language chosen, one of LANGUAGES."""
    return _language


def _translations() -> _Translations:
    """Load the texts when the first one is shown: most commands that are typed all day, and Tab, show few or none."""
    global _loaded
    if _loaded is None:
        _loaded = _load(_language)
    return _loaded


def _load(language: str) -> _Translations:
    from importlib import import_module

    try:
        compiled = import_module(f"{__package__}.texts_{language}")
    except ModuleNotFoundError:  # only in a checkout that was never installed
        print(f"husrum: the texts of {language}.po are not compiled, so they are shown in English. Run: pip install -e .", file=sys.stderr)
        return _NONE
    form: Callable[[int], int] = _one_or_several
    if compiled.PLURAL_RULE != "(n != 1)":
        from gettext import c2py

        form = c2py(compiled.PLURAL_RULE)
    return compiled.TEXTS, compiled.PLURALS, form


def _(text: str, /, **values: object) -> str:
    """Translate a text and fill its `{places}`. Translated too: a `reason` that the operating system gave, and the name of a `field`."""
    texts = _translations()[0]
    text = texts.get(text, text)
    if isinstance(reason := values.get("reason"), str):
        values["reason"] = texts.get(reason, reason)
    if isinstance(field := values.get("field"), str):
        values["field"] = texts.get(f"field\4{field}", field)
    return fill_places(text, values) if values else text


def fill_places(text: str, values: Mapping[str, object]) -> str:
    """Fill the `{places}` of a text, dates as the language writes them in a sentence. What was typed, `text`, is repeated as it was."""
    if _language != ENGLISH:
        values = {name: long_day(value) if isinstance(value, str) and name != "text" else value for name, value in values.items()}
    return text.format(**values)


def long_day(text: str) -> str:
    """Return a day as it is written in a sentence: `2024-10-08`, in Danish `8. oktober 2024`. Any other text is returned as it is."""
    if is_moment(text):
        return pgettext("moment in a sentence", "{day} {hour}:{minute}", day=long_day(text[:10]), hour=text[11:13], minute=text[14:])
    if not is_day(text):
        return text
    months = pgettext("months in a sentence", "January February March April May June July August September October November December")
    return format_day(pgettext("date in a sentence", "yyyy-MM-dd"), text, months.split())


def long_days(days: Iterable[str]) -> str:
    """Return days as they are written in a sentence, with commas between."""
    return ", ".join(map(long_day, days))


def short_day(text: str) -> str:
    """Return a day as it is written in a table: `2024-10-08`, in Danish `08-10-2024`. Any other text is returned as it is."""
    if is_moment(text):
        return f"{short_day(text[:10])} {text[11:]}"
    return format_day(pgettext("date in a table", "yyyy-MM-dd"), text, [""] * 12) if is_day(text) else text


def short_moment(text: str) -> str:
    """Return a moment as it is written in a table: `2024-10-08 13:05`, in Danish `08-10-2024 13.05`."""
    return pgettext("moment in a table", "{day} {hour}:{minute}", day=short_day(text[:10]), hour=text[11:13], minute=text[14:16])


def short_source(source: str) -> str:
    """Return where a number is from, like `Årsopgørelsen, 2025-01-06`, with its day as it is written in a table."""
    return ", ".join(map(short_day, source.split(", ")))


def pgettext(context: str, text: str, /, **values: object) -> str:
    """Translate a text that means different things in different places; `context` says which this is."""
    text = _translations()[0].get(f"{context}\4{text}", text)
    return text.format(**values) if values else text


def field_word(name: str) -> str:
    """Return the name of an option or a column as used in a sentence."""
    word = pgettext("field", name)
    return name.replace("_", " ") if word == name else word


def label_text(danish: str, english: str) -> str:
    """Choose between the texts of a record that is defined in Danish and English; any other language translates the English one."""
    return danish if _language == "da" else pgettext("label", english)


def without_field(message: str, field: str) -> str:
    """Return an error's message without the field name it begins with, for use next to the field."""
    return message.removeprefix(f"{pgettext('field', field)}: ")


def plural(one: str, several: str, number: int) -> str:
    """Translate a text that depends on a number, in the plural form that the language has for it. Its places stay."""
    _texts, plurals, form = _translations()
    forms = plurals.get(one)
    return forms[form(number)] if forms else (one, several)[number != 1]


def N_(text: str) -> str:
    """Mark a text to be translated where it is defined; `_` shows it elsewhere, from a variable."""
    return text


PluralForms = tuple[str, str]
"""The texts for one and for several, with a `{number}` in them."""


def NP_(one: str, several: str) -> PluralForms:
    """Mark a text for one and for several to be translated where it is defined; `many` shows it elsewhere."""
    return one, several


def NC_(context: str, text: str) -> str:
    """Mark a text to be translated in a context."""
    return text
