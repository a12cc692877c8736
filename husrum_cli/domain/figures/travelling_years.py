"""The part of a city's closed year that travels to the nation."""

from __future__ import annotations

import json
from typing import Any

from ...vocabulary import AGE_BANDS, SILENT
from .answers import ShareValue
from .registry import BY_KEY
from .share_registry import (
    ACTIVITY,
    AT_INTAKE,
    DISTRIBUTIONS,
    INTAKE_DISTRIBUTIONS,
    MUNICIPALITY_AGE,
    PARTNER_KIND,
    RECRUITED,
    VOLUNTEER_ROLES,
)


def for_the_nation(figures: str) -> str:
    """Return what of frozen figures leaves a city: the numbers of known figures, shares, codes, municipalities and months, and no other word that somebody wrote."""
    from .details import VISIT_CHANNELS

    try:
        frozen = json.loads(figures)
        values = {
            key: {"value": fields["value"], "source": fields["source"]} | _number(fields, "sum_of_branches")
            for key, fields in frozen["values"].items()
            if key in BY_KEY and _is_number(fields["value"]) and fields["source"] in ("counted", "reported", "mixed")
        }
        shares = {
            key: {name: fields[name] for name in ShareValue._fields}
            for key, fields in frozen["shares"].items()
            if key in BY_KEY and all(_is_number(fields[name]) for name in ShareValue._fields)
        }
        distributions = {
            key: {code: number for code, number in frozen["distributions"][key].items() if code in codes and _is_number(number)}
            for key, codes in _CODES.items()
            if key in frozen["distributions"]
        }
        distributions |= {key: _counted_alike(frozen["distributions"][key]) for key in _WORDS if key in frozen["distributions"]}
        distributions |= {key: _places(frozen["distributions"][key]) for key in _PLACES if key in frozen["distributions"]}
        months = {channel: [min(max(int(number), 0), _MOST) for number in frozen["months"][channel]] for channel in VISIT_CHANNELS}
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        values, shares, distributions, months = {}, {}, {}, {channel: [0] * 12 for channel in VISIT_CHANNELS}
    kept = {"values": values, "shares": shares, "distributions": distributions, "months": months, "grants": []}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


_BASES = (*((one, ("", AT_INTAKE)) for one in DISTRIBUTIONS), *((one, ("",)) for one in (*INTAKE_DISTRIBUTIONS, VOLUNTEER_ROLES)))
# The distributions of codes.
_CODES = {one.key + basis: frozenset({*one.codes, *SILENT}) for one, bases in _BASES for basis in bases if one.codes}
# Of municipalities, whose names travel with the answers too.
_PLACES = ("municipality", "municipality" + AT_INTAKE, MUNICIPALITY_AGE.key)
# Of words that stay in the city. As in a year that is open, the nation knows their number alone.
_WORDS = ("referred_by", RECRUITED.key, ACTIVITY.key, PARTNER_KIND.key)
_NAMED = frozenset({*SILENT, *(RECRUITED.codes or ())})
_BANDS = frozenset({*AGE_BANDS, "not_recorded"})
_LONGEST = 100


def _counted_alike(numbers: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers of codes, with those of words among what is not recorded."""
    kept = {code: number for code, number in numbers.items() if code in _NAMED and _is_number(number)}
    words = sum(number for word, number in numbers.items() if word not in _NAMED and _is_number(number))
    return kept | {"not_recorded": kept.get("not_recorded", 0) + words}


def _places(numbers: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers of municipalities, or of the ages in each."""
    kept = {
        place: {band: each for band, each in number.items() if band in _BANDS and _is_number(each)} if isinstance(number, dict) else number
        for place, number in numbers.items()
        if len(place) <= _LONGEST
    }
    return {place: number for place, number in kept.items() if isinstance(number, dict) or _is_number(number)}


# No figure is larger; and JSON as Python reads it has infinities.
_MOST = 10**15


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, (int, float)) and abs(value) <= _MOST)


def _number(fields: dict[str, Any], name: str) -> dict[str, Any]:
    return {name: fields[name]} if name in fields and _is_number(fields[name]) else {}
