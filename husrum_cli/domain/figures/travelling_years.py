"""The part of a city's closed year that travels to the nation."""

from __future__ import annotations

import json
from typing import Any

from ...vocabulary import SILENT
from .answers import ShareValue
from .registry import BY_KEY
from .share_registry import AT_INTAKE, DISTRIBUTIONS, INTAKE_DISTRIBUTIONS


def for_the_nation(figures: str) -> str:
    """Return what of frozen figures leaves a city: the numbers of known figures, shares, codes and months, and no word that somebody wrote."""
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
        months = {channel: [min(max(int(number), 0), _MOST) for number in frozen["months"][channel]] for channel in VISIT_CHANNELS}
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        values, shares, distributions, months = {}, {}, {}, {channel: [0] * 12 for channel in VISIT_CHANNELS}
    kept = {"values": values, "shares": shares, "distributions": distributions, "months": months, "grants": []}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


# The distributions of codes. Distributions of typed answers don't leave a city: the nation counts them from the rows that travel.
_CODES = {
    one.key + basis: frozenset({*one.codes, *SILENT})
    for one, bases in (*((one, ("", AT_INTAKE)) for one in DISTRIBUTIONS), *((one, ("",)) for one in INTAKE_DISTRIBUTIONS))
    for basis in bases
    if one.codes
}


# No figure is larger; and JSON as Python reads it has infinities.
_MOST = 10**15


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, (int, float)) and abs(value) <= _MOST)


def _number(fields: dict[str, Any], name: str) -> dict[str, Any]:
    return {name: fields[name]} if name in fields and _is_number(fields[name]) else {}
