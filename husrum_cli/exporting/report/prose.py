"""Sentences made of figures. A sentence whose number outsiders may not see, or nobody knows, is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ...i18n import _, decimal_number, pgettext
from ...i18n.days import format_day
from ...i18n.texts import plural
from ...records import Fields, Period, YearRecord
from ...records.report import Paragraph, TextRun
from ...render.phrases import number_text

Phrase = tuple[TextRun, ...]
"""A part of a sentence. Runs with a key are figures."""

Part = Phrase | str | None
_PLACE = re.compile(r"\{(\w+)\}")


def plain_run(text: str) -> Phrase:
    """Return words as a phrase."""
    return (TextRun(text),)


def number_phrase(value: Any, key: str) -> Phrase | None:
    """Return a number as it is written in a sentence; None if it is not known or not shown. A rounded one is called so."""
    fields = value if isinstance(value, dict) else {"value": value}
    if fields.get("withheld"):
        return None
    if below := fields.get("below"):
        return fill_template(_("fewer than {number}"), {"number": (TextRun(str(below), f"{key}.below"),)})
    if fields["value"] is None:
        return None
    text_of = (TextRun(number_text(fields), key),)
    return fill_template(_("about {number}"), {"number": text_of}) if fields.get("approximate") and fields["value"] else text_of


def percent_phrase(fields: Fields) -> int:
    """Return the whole percentage of a share that has one."""
    if fields.get("approximate"):  # count and answered are rounded, the percentage is not
        return int(fields["value"] * 100 + 0.5)
    return int((200 * fields["count"] + fields["answered"]) // (2 * fields["answered"]))


def fill_template(template: str, parts: Mapping[str, Part]) -> Phrase | None:
    """Fill the `{places}` of a translated template; None if one of them is None."""
    runs: list[TextRun] = []
    end = 0
    for place in _PLACE.finditer(template):
        part = parts[place[1]]
        if part is None:
            return None
        runs += [TextRun(template[end : place.start()]), *(plain_run(part) if isinstance(part, str) else part)]
        end = place.end()
    return tuple(run for run in (*runs, TextRun(template[end:])) if run.text)


def _capital(phrase: Phrase | None) -> Phrase | None:
    """Capitalise the beginning of a sentence, even if it begins with a figure."""
    if not phrase or phrase[0].text[:1] == phrase[0].text[:1].upper():
        return phrase
    return (phrase[0]._replace(text=phrase[0].text[:1].upper() + phrase[0].text[1:]), *phrase[1:])


def list_phrases(phrases: Sequence[Phrase], clauses: bool = False) -> Phrase | None:
    """Return `a, b and c`; None if there are none. `clauses`: each could be a sentence of its own."""
    runs: list[TextRun] = []
    for place, phrase in enumerate(phrases):
        if place:
            runs.append(TextRun((_(", and ") if clauses else _(" and ")) if place == len(phrases) - 1 else ", "))
        runs += phrase
    return tuple(runs) or None


def list_names(texts: Iterable[str]) -> Phrase | None:
    """Return texts as a list in a sentence."""
    return list_phrases([plain_run(text) for text in texts])


def paragraph(*sentences: Phrase | None) -> Iterator[Paragraph]:
    """Yield a paragraph of the sentences that there are."""
    given = [sentence for sentence in sentences if sentence]
    if given:
        runs = [run for place, sentence in enumerate(given) for run in ((TextRun(" "),) if place else ()) + sentence]
        yield Paragraph(_merged(runs))


def _merged(runs: Iterable[TextRun]) -> Phrase:
    """Join neighbouring runs of plain text."""
    merged: list[TextRun] = []
    for run in runs:
        if merged and merged[-1]._replace(text="") == run._replace(text="") == TextRun(""):
            merged[-1] = TextRun(merged[-1].text + run.text)
        else:
            merged.append(run)
    return tuple(merged)


def in_sentence(label: str) -> str:
    """Return a label as it is written within a sentence: `Doctor` as `doctor`, `FGU` and `Facebook group` as they are."""
    first = label.split(" ")[0].split("-")[0].split("/")[0]
    return label if first[1:] != first[1:].lower() or first in _PROPER_NOUNS else label[:1].lower() + label[1:]


_PROPER_NOUNS = frozenset({"Facebook", "Frivilligjob", "Discord"})


def day_text(day: str, year: bool = True) -> str:
    """Return a day as people write it: `25 June 2024`, in Danish `25. juni 2024`."""
    pattern = pgettext("date in a report", "d MMMM yyyy") if year else pgettext("date in a report", "d MMMM")
    return format_day(pattern, day, _months())


def days_text(first: str, last: str, year: bool = True) -> str:
    """Return the days from one to another, both included."""
    if first == last:
        return day_text(first, year)
    if first[:7] == last[:7]:
        days = pgettext("days of a month", "{first}–{last}", first=int(first[8:]), last=int(last[8:]))
        return f"{days} {day_text(last, year).split(' ', 1)[1]}"
    return f"{day_text(first, year and first[:4] != last[:4])} – {day_text(last, year)}"


def _months() -> list[str]:
    months = pgettext("months in a sentence", "January February March April May June July August September October November December")
    return months.split()


def period_text(period: Period) -> str:
    """Return what a period is called: its year, or its days."""
    return str(period.year) if period.year else days_text(period.first, period.last)


class Prose:
    """The figures of a record, for sentences about them. `given`: other places that every sentence may have."""

    def __init__(self, record: YearRecord, given: Mapping[str, str]) -> None:
        self.lines = {line.key: line for line in record.figures}
        self.spreads = {spread.key: spread for spread in record.spreads}
        self.given = given

    def fields(self, key: str) -> Fields:
        """Return a figure's object; of one that a closed year lacks, one that is not known."""
        return self.lines[key].fields if key in self.lines else {"value": None}

    def has(self, key: str) -> bool:
        """Return whether a figure is known and not 0."""
        fields = self.fields(key)
        return not fields.get("withheld") and bool(fields.get("below") or fields["value"])

    def number(self, key: str) -> Phrase | None:
        """Return a figure; None if it is not known or not shown."""
        return number_phrase(self.fields(key), key)

    def phrase(self, one: str, several: str, key: str, value: Any = None) -> Phrase | None:
        """Return a figure with its noun, in the form that the number needs: `{number} visit`, `{number} visits`. None for 0, too.

        `value`: the number, if `key` is not a figure's.
        """
        fields = self.fields(key) if value is None else value if isinstance(value, dict) else {"value": value}
        shown = number_phrase(fields, key) if fields.get("value") or fields.get("below") else None
        return fill_template(plural(one, several, 1 if fields.get("value") == 1 else 2), {**self.given, "number": shown})

    def say(self, template: str, **parts: Part) -> Phrase | None:
        """Return a sentence. Places that are not given are figures by their key."""
        places = {place: self.given.get(place) or self.number(place) for place in _PLACE.findall(template) if place not in parts}
        return _capital(fill_template(template, {**places, **parts}))

    def share(self, key: str) -> Phrase | None:
        """Return `40 % (ca. 80 of 195)`: never a percentage without its count and its base. None if it is not shown."""
        fields = self.fields(key)
        if fields["value"] is None or not fields["answered"]:
            return None
        parts: dict[str, Part] = {
            "percent": (TextRun(f"{percent_phrase(fields)} %", f"{key}.share"),),
            "count": (TextRun(number_text(fields["count"]), f"{key}.count"),),
            "answered": (TextRun(number_text(fields["answered"]), f"{key}.answered"),),
        }
        if fields.get("approximate"):
            return fill_template(_("{percent} (about {count} of {answered})"), parts)
        return fill_template(_("{percent} ({count} of {answered})"), parts)

    def answers(self, key: str, most: int, without: Sequence[str] = ()) -> Phrase | None:
        """Return the answers that most people gave, with their numbers: `municipal contact person (80), relative (20) and friend (10)`."""
        if key not in self.spreads:
            return None
        given = [
            (code, label, value)
            for code, (label, value) in self.spreads[key].numbers.items()
            if code not in (*without, *_UNSAID) and _amount(value) and not (isinstance(value, dict) and value.get("below"))
        ]
        given.sort(key=lambda each: -_amount(each[2]))
        phrases = []
        for code, label, value in given[:most]:
            shown = number_phrase(value, f"{key}.{code}")
            if shown:
                words = in_sentence(label) if key not in _NAMES else label
                phrases.append((TextRun(f"{words} ("), *shown, TextRun(")")))
        return list_phrases(phrases)


# Distributions whose answers are names.
_NAMES = frozenset({"municipality", "referred_by"})
_UNSAID = ("declined", "not_asked", "not_recorded", "others", "other")


def _amount(value: Any) -> float:
    value = value.get("value") if isinstance(value, dict) else value
    return float(value or 0)


def kroner(value: float) -> str:
    """Return whole kroner, or kroner and two digits of øre."""
    text = decimal_number(value)
    return text + "0" if value != int(value) and len(text) > 1 and text[-2] in ".," else text
