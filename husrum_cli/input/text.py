"""Names and free texts: what may be stored, and what must never be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from ..errors import WrongInput
from ..i18n import _

# The words that clear a value.
NONE = ("none", "ingen", "nobody")
NAME_LENGTH = 200
NOTE_LENGTH = 10_000
# The patterns of CPR numbers are compiled when a text has ten digits, as few have.
# Digits, however they are separated: by spaces, dots, slashes, any dash, several of them. What separates the values of a list ends the run.
_NO_DIGITS = bytes(byte for byte in range(128) if not 48 <= byte <= 57)
_DIGIT_RUN = r"[0-9](?:(?:[^\w,;|]|_){0,12}[0-9])*"
# Six digits and four, each in one piece, with anything between them: also what separates the values of a list.
_SIX_AND_FOUR = r"(?<![0-9])([0-9]{6})(?:[^\w]|_){0,16}([0-9]{4})(?![0-9])"
# A day, a month, a year and four digits in a list of their own: 15, 03, 03, 4321.
_BETWEEN = r"\s?[,;|]\s?"
_IN_A_LIST = rf"(?<![0-9])(?<![0-9][,;|])(?<![0-9][,;|]\s)([0-9]{{2}}){_BETWEEN}([0-9]{{2}}){_BETWEEN}([0-9]{{2}})(?:[^\w]|_){{1,3}}([0-9]{{4}})(?![0-9])"
# A time of day behind a date, which is no part of one: 3.10.24 19:00.
_DATE_AND_CLOCK = r"((?<![0-9])[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{2}\s+)((?:[01]?[0-9]|2[0-3]):[0-5][0-9])(?![0-9])"
# A birth date with its whole year, in one piece or with signs between, and the four last digits behind it. Not a date and what follows it: another date,
# 4030 4050 (a phone number), or an amount with decimals. What separates the values of a list ends it.
_SIGN = r"(?:[^\w,;|]|_)"
_LAST_FOUR = rf"(?P<signs>{_SIGN}{{1,16}})(?P<four>[0-9]{{4}})(?!(?:[-./]?[0-9]|,[0-9]{{2}}(?![0-9])))"
_DATE_AND_FOUR = (
    rf"(?<![0-9])(?P<date>[0-9]{{8}}|[0-9]{{1,2}}{_SIGN}{{1,3}}[0-9]{{1,2}}{_SIGN}{{1,3}}[0-9]{{4}}|[0-9]{{4}}{_SIGN}{{1,3}}[0-9]{{1,2}}{_SIGN}{{1,3}}[0-9]{{1,2}})"
    rf"{_LAST_FOUR}"
)
# The same with two digits of the year, and without zeros in front: 5/3-03 4321.
_SHORT_DATE_AND_FOUR = rf"(?<![0-9])(?P<date>[0-9]{{1,2}}{_SIGN}{{1,3}}[0-9]{{1,2}}{_SIGN}{{1,3}}[0-9]{{2}}){_LAST_FOUR}"
# The same with its month in words, and with the whole year or two digits of it: 15. marts 2003-4321.
_DAY = rf"(?<![0-9])(?P<day>[0-9]{{1,2}}){_SIGN}{{0,3}}"
_DAY_MONTH_AND_FOUR = rf"(?P<date>{_DAY}(?P<month>[^\W\d_]{{3,12}}){_SIGN}{{0,3}}(?P<year>[0-9]{{4}}|[0-9]{{2}})){_LAST_FOUR}"
_MONTHS = {
    **{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "maj": 5, "may": 5, "jun": 6},
    **{"jul": 7, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12},
}
# What a number is called, which may stand between a birth date and the four last digits: 150303, cpr-nr. 4321.
_CALLED = r"(?i)[\s,;:|(]*cpr(?:[-. ]*n(?:r|ummer))?(?![a-zæøå])[.:]?"
_PHONE_GOES_ON = r"\s[0-9]{4}(?![0-9])"
_YEARS_OF_RECORDS = 10
"""How many years back a date is ordinary: of an evening, a payment, an order. An older one is a birth date, whatever comes after it."""
# Signs that turn the reading direction around can make a name look like another one.
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
# Zero-width signs, soft hyphens, byte-order marks: nobody types or sees them, and they come along with what is copied.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff]")
# What Excel shows for a value that could not be worked out, in English and Danish; saved as CSV it is a text like any other.
_SPREADSHEET_ERRORS = {
    *("#N/A", "#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"),
    *("#I/T", "#VÆRDI!", "#REFERENCE!", "#NAVN?", "#DIVISION/0!", "#NUL!", "#OVERLØB!", "#BEREGN!"),
}
# Letters by their category alone: the sign for a long vowel looks like a dash, and the fillers of Hangul like nothing.
_LETTERS_LIKE_SIGNS = str.maketrans("\u30fc\uff70\u115f\u1160\u3164\uffa0", "--    ")
_NEITHER_LETTER_NOR_NUMBER = re.compile(r"[\W_]")
_APOSTROPHES = re.compile("['`´\u02b9-\u02bf\u2018\u2019\u201b\u2032]")
_LETTERS = str.maketrans({"å": "a", "æ": "ae", "ä": "ae", "ø": "o", "ö": "o", "œ": "o", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ı": "i"})


def read_text(text: str, field: str, longest: int = NAME_LENGTH, lines: bool = False) -> str:
    """Return the text without surrounding space and invisible signs, in one Unicode form. lines: line breaks are allowed in it."""
    text = unicodedata.normalize("NFC", without_invisible_signs(text).strip())
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
    if text[0] == "#" and text.upper() in _SPREADSHEET_ERRORS:
        raise WrongInput(_("{field}: “{text}” is what a spreadsheet shows for an error; write the value.", field=field, text=text), field)
    refuse_cpr(text, field)
    return text


def without_invisible_signs(text: str) -> str:
    """Return the text without signs that can't be seen."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def clears(text: str) -> bool:
    """Return whether a text is one of the words that clear a value."""
    return text.strip().casefold() in NONE


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, which end at CR and LF alone; Python's own also end at U+2028, vertical tabs and others within a line."""
    return re.split("\r\n|\r|\n", text)


def read_name(text: str, field: str) -> str:
    """Read a name or title: runs of spaces become one. `none` is never one: it clears a value wherever it can be typed."""
    name = " ".join(read_text(text, field).split())
    if clears(name):
        raise WrongInput(_("{field}: a value is needed here.", field=field), field)
    return name


def read_own_name(text: str, field: str) -> str:
    """Read the name of a person, which has a letter. A number alone is one of somebody who is here already, typed in the wrong place."""
    name = read_name(text, field)
    if name.isdecimal():
        raise WrongInput(
            _(
                "{field}: “{text}” is a number, not a name. For somebody who is in the file already: --person {text}",
                field=field,
                text=name,
            ),
            field,
        )
    if not any(map(str.isalpha, name)):
        raise WrongInput(_("{field}: “{text}” is not a name: it has no letter.", field=field, text=name), field)
    return name


def read_title(text: str, field: str) -> str:
    """Read the title of a group or an event, which is not the number of one."""
    title = read_name(text, field)
    if re.fullmatch("[EG][0-9]+", title, re.IGNORECASE):
        raise WrongInput(_("{field}: “{text}” is a number, not a title.", field=field, text=title), field)
    return title


def read_note(text: str, field: str) -> str:
    """Read a longer text, which may have several lines."""
    return read_text(text, field, NOTE_LENGTH, lines=True)


def refuse_cpr(text: str, field: str, people: bool = False) -> None:
    """Raise `WrongInput` if the text holds a CPR number, in whatever way its ten digits are written. The message doesn't repeat it.

    people: it is a list of people, of whose numbers four may look like one: 10,11,12,1034.
    """
    if any(_cpr_spans(text, people)):
        raise WrongInput(_("{field} holds what looks like a CPR number, which is never stored here; leave it out.", field=field), field)


def holds_cpr(text: str) -> bool:
    """Whether a text holds a CPR number."""
    return any(_cpr_spans(text))


def without_cpr(text: str) -> str:
    """Return a text for a message: instead of a CPR number it says that it is withheld."""
    shown, end = "", 0
    for first, last in sorted(_cpr_spans(text)):
        if first >= end:
            shown += text[end:first] + _("(withheld)")
        end = max(end, last)
    return shown + text[end:]


def _cpr_spans(text: str, people: bool = False) -> Iterator[tuple[int, int]]:
    """Yield where the runs of digits that hold a CPR number begin and end."""
    if len(text) == 9 and text.isascii() and text.isdecimal() and _is_cpr(f"0{text}"):
        yield 0, 9  # a spreadsheet's number has lost its zero
    digits = len(text.encode().translate(None, _NO_DIGITS)) if text.isascii() else 10
    if len(text) < 10 or digits < 7:
        return
    plain = text if text.isascii() else _plain_digits(text)
    if ":" in plain:
        plain = re.sub(_DATE_AND_CLOCK, lambda found: found[1] + "x" * len(found[2]), plain)
    yield from _spans_of(plain, digits, people)
    if "cpr" in plain.lower():
        yield from _spans_of(re.sub(_CALLED, lambda found: " " * len(found[0]), plain), digits, people)


def _spans_of(plain: str, digits: int, people: bool) -> Iterator[tuple[int, int]]:
    if plain.lower() != plain.upper():  # there are letters in it
        yield from _cpr_spans_with_months(plain)
    for found in re.finditer(_SHORT_DATE_AND_FOUR, plain):
        day, month, year = re.findall("[0-9]+", found["date"])
        century = "20" if int(year) <= date.today().year % 100 else "19"
        if _is_cpr(f"{day:0>2}{month:0>2}{year}{found['four']}") and not _ordinary(found, f"{century}{year}"):
            yield found.span()
    if digits < 10:
        return
    for run in re.finditer(_DIGIT_RUN, plain):
        if len(run[0]) >= 10 and any(_is_cpr(number) for number in _ten_digits(re.findall("[0-9]+", run[0]))):
            yield run.span()
    for pair in re.finditer(_SIX_AND_FOUR, plain):
        if _is_cpr(pair[1] + pair[2]) or _is_replacement(pair[1] + pair[2]):
            yield pair.span()
    for found in re.finditer(_IN_A_LIST, plain) if not people else ():
        if _is_cpr("".join(found.groups())):
            yield found.span()
    for found in re.finditer(_DATE_AND_FOUR, plain):
        if any(
            _born_in(year, f"{day:0>2}{month:0>2}{year[2:]}{found['four']}") and not _ordinary(found, year)
            for year, month, day in _dates(found["date"])
        ):
            yield found.span()


def _cpr_spans_with_months(plain: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(_DAY_MONTH_AND_FOUR, plain):
        year, month = found["year"], _MONTHS.get(found["month"][:3].lower(), 0)
        number = f"{found['day']:0>2}{month:0>2}{year[-2:]}{found['four']}"
        if month and (_is_cpr(number) if len(year) == 2 else _born_in(year, number) and not _ordinary(found, year)):
            yield found.span()


def _dates(written: str) -> list[tuple[str, str, str]]:
    """Return year, month and day of a date with four digits for its year; both if it is one number."""
    first, *rest = re.findall("[0-9]+", written)
    if not rest:
        return [(first[4:], first[2:4], first[:2]), (first[:4], first[4:6], first[6:])]
    return [(first, *rest)] if len(first) == 4 else [(rest[1], rest[0], first)]


def _born_in(year: str, number: str) -> bool:
    """Whether ten digits are the CPR number of somebody born in this year: the seventh tells the century."""
    from stdnum.dk import cpr

    return _is_cpr(number) and cpr.get_birth_date(number).year == int(year)


def _ordinary(found: re.Match[str], year: str) -> bool:
    """Whether a date and four digits are more likely something else: a phone number, the last year of a range, or what goes with a date of late."""
    apart = any(sign.isspace() for sign in found["signs"])
    recent = int(year) > date.today().year - _YEARS_OF_RECORDS
    phone = apart and re.match(_PHONE_GOES_ON, found.string[found.end() :])
    return bool(phone or int(year) <= int(found["four"]) < 2100 or recent and (apart or found["date"].isdigit()))


def _plain_digits(text: str) -> str:
    """Return the text with every kind of digit as 0 to 9, and a space for each invisible sign, so that places in it stay the same."""
    plain = (" " if unicodedata.category(sign) in ("Cf", "Mn", "Me") else str(unicodedata.digit(sign, sign)) for sign in text)
    return "".join(plain).translate(_LETTERS_LIKE_SIGNS)


def _ten_digits(groups: list[str]) -> Iterator[str]:
    """Yield the ten digits that neighbouring groups of a run make, unless a year covers the sixth and the seventh: 15.03.2024 18 is a day and an hour.

    In a run of more than ten digits, as two phone numbers are, the serial number must be a group of its own.
    """
    alone = sum(map(len, groups)) == 10
    for start in range(len(groups)):
        ends, length, year = [], 0, False
        for group in groups[start:]:
            year |= length < 6 < length + len(group) and len(group) == 4 and group[:2] in ("19", "20")
            length += len(group)
            ends.append(length)
            if length >= 10:
                break
        number = groups[start : start + len(ends)]
        if length == 10 and (len(ends) == 1 or (alone and not year) or ends[-2] == 6) and not _is_date(number[-3:]):
            yield "".join(number)


def _is_date(groups: list[str]) -> bool:
    """Whether three groups of digits are day, month and year, as in `kl. 18 10/11-2026`. No CPR number of the living is lost: it would be of 1901 to 1912."""
    if len(groups) < 3 or max(map(len, groups[:2])) > 2 or len(groups[2]) != 4:
        return False
    return 1 <= int(groups[0]) <= 31 and 1 <= int(groups[1]) <= 12 and groups[2][:2] in ("19", "20")


def _is_cpr(number: str) -> bool:
    from stdnum.dk import cpr

    return bool(cpr.is_valid(number))


def _is_replacement(number: str) -> bool:
    """Whether ten digits are the number of somebody who has no CPR number yet: its day is 60 higher."""
    return number[0] >= "6" and _is_cpr(f"{int(number[0]) - 6}{number[1:]}")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the text as it is compared: without case, accents and double spaces; å is aa is a, ø is oe is o, æ is ae."""
    text = " ".join(without_invisible_signs(text).casefold().split())
    if not text.isascii():
        text = text.replace("å", "a").replace("ø", "o").replace("æ", "ae")
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return text.replace("aa", "a").replace("oe", "o")


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a person's name as names are compared everywhere, link tags included.

    Without case and accents; å is aa is a; ø, ö and oe are o; ä and æ are ae; apostrophes fall away; hyphens and dots part words.
    Link tags are made of it, so a change of it is a new version of these.
    """
    words = without_invisible_signs(name).casefold()
    if words.isascii():
        words = _APOSTROPHES.sub("", words)
    else:
        words = unicodedata.normalize("NFC", unicodedata.normalize("NFC", without_invisible_signs(name)).casefold()).translate(_LETTERS)
        letters = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", words))
        words = "".join(sign for sign in letters if not unicodedata.category(sign).startswith("M")).casefold()  # 𝐙 is Z only now
    words = _NEITHER_LETTER_NOR_NUMBER.sub(" ", words)
    return tuple(words.replace("aa", "a").replace("oe", "o").split())


def first_name_first(name: str) -> str:
    """Return a name with its words in the usual order, if it is written as `Surname, First`."""
    surname, comma, first = name.partition(",")
    return f"{first} {surname}" if comma and first.strip() and surname.strip() and "," not in first else name


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Normalise a name so that its spellings compare equal: Anne Marie, Anne-Marie and Annemarie are one name; so are `J. P. Holm` and `Holm, J.P.`."""
    return "".join(name_words(first_name_first(name)))


def phone_key(phone: str) -> str:
    """Return the digits of a phone number, without Denmark's +45 or 0045; empty if it is too short for one. Link tags are made of it."""
    digits = re.sub("[^0-9]", "", unicodedata.normalize("NFKC", phone))
    danish = re.fullmatch("(?:00)?45([0-9]{8})", digits)
    number = danish[1] if danish else digits.removeprefix("00")
    return number if len(number) >= 8 else ""
