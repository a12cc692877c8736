"""A year's figures as they were published: written down when the year is closed, and read back."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from .answers import NON_ANSWERS, ShareValue
from .cells import BranchCells, Number
from .compute import Value, YearReport
from .details import CHANNELS, GrantUse, YearDetails
from .registry import BY_KEY
from .rounding import Table
from .share_registry import AT_INTAKE, DISTRIBUTIONS, INTAKE_DISTRIBUTIONS


def freeze(report: YearReport, details: YearDetails) -> str:
    """The figures as JSON, the same bytes for the same figures."""
    figures = {
        "branches": report.branches,
        "values": {key: _fields(value) for key, value in report.values.items()},
        "shares": {key: share._asdict() for key, share in report.shares.items()},
        "distributions": report.distributions,
        "programmes": report.programmes,
        "by_branch": {name: {key: _fields(value) for key, value in values.items()} for name, values in report.by_branch.items()},
        "shares_by_branch": {name: {key: share._asdict() for key, share in each.items()} for name, each in report.shares_by_branch.items()},
        "cells": [each._asdict() for each in report.cells],
        "months": details.months,
        "grants": [grant._asdict() for grant in details.grants],
    }
    return json.dumps(figures, ensure_ascii=False, separators=(",", ":"))


def thaw(figures: str, live: YearReport) -> YearReport:
    """The report as it was. A figure that husrum did not know then, or that did not travel, is told as it is now."""
    held = json.loads(figures)
    return YearReport(
        live.year,
        tuple(held.get("branches", live.branches)),
        True,
        live.values | {key: _value(fields) for key, fields in held["values"].items()},
        live.shares | {key: ShareValue(**fields) for key, fields in held["shares"].items()},
        live.distributions | held["distributions"],
        held.get("programmes", live.programmes),
        {
            name: live.by_branch.get(name, {}) | {key: _value(fields) for key, fields in values.items()}
            for name, values in held.get("by_branch", {}).items()
        },
        {name: {key: ShareValue(**fields) for key, fields in each.items()} for name, each in held.get("shares_by_branch", {}).items()},
        live.missing,
        live.unlinked,
        tuple(_cells(each) for each in held["cells"]) if "cells" in held else live.cells,
    )


def _cells(held: dict[str, Any]) -> BranchCells:
    return BranchCells(
        held["branch"],
        {key: tuple(Table(*table) for table in tables) for key, tables in held["tables"].items()},
        {key: Number(*number) for key, number in held["figures"].items()},
        {name: {part: Number(*number) for part, number in numbers.items()} for name, numbers in held["programmes"].items()},
    )


def for_the_nation(figures: str) -> str:
    """What of frozen figures leaves a city: the numbers of known figures, shares, codes and months, and no word that somebody wrote."""
    try:
        held = json.loads(figures)
        values = {
            key: {"value": fields["value"], "source": fields["source"]} | _number(fields, "sum_of_branches")
            for key, fields in held["values"].items()
            if key in BY_KEY and _is_number(fields["value"]) and fields["source"] in ("counted", "reported", "mixed")
        }
        shares = {
            key: {name: fields[name] for name in ShareValue._fields}
            for key, fields in held["shares"].items()
            if key in BY_KEY and all(_is_number(fields[name]) for name in ShareValue._fields)
        }
        distributions = {
            key: {code: number for code, number in held["distributions"][key].items() if code in codes and _is_number(number)}
            for key, codes in _CODES.items()
            if key in held["distributions"]
        }
        months = {channel: [int(number) for number in held["months"][channel]] for channel in CHANNELS}
    except (ValueError, TypeError, KeyError, AttributeError):
        values, shares, distributions, months = {}, {}, {}, {channel: [0] * 12 for channel in CHANNELS}
    kept = {"values": values, "shares": shares, "distributions": distributions, "months": months, "grants": []}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


# The distributions of codes. Of those whose answers somebody wrote, none leaves a city here: they are counted anew from what travels.
_CODES = {
    one.key + basis: frozenset({*one.codes, *NON_ANSWERS, "not_recorded"})
    for one, bases in (*((one, ("", AT_INTAKE)) for one in DISTRIBUTIONS), *((one, ("",)) for one in INTAKE_DISTRIBUTIONS))
    for basis in bases
    if one.codes
}


def _is_number(value: object) -> bool:
    return value is None or isinstance(value, (int, float))


def _number(fields: dict[str, Any], name: str) -> dict[str, Any]:
    return {name: fields[name]} if name in fields and _is_number(fields[name]) else {}


def thaw_details(figures: str) -> YearDetails:
    """The details as they were."""
    held = json.loads(figures)
    grants = (GrantUse(**{**grant, "offers": tuple(tuple(offer) for offer in grant["offers"])}) for grant in held["grants"])
    return YearDetails({channel: tuple(numbers) for channel, numbers in held["months"].items()}, tuple(grants))


def fingerprint(figures: str) -> str:
    """SHA-256 of frozen figures."""
    return hashlib.sha256(figures.encode()).hexdigest()


def _fields(value: Value) -> dict[str, Any]:
    return {name: field for name, field in value._asdict().items() if name == "value" or field is not None}


def _value(fields: dict[str, Any]) -> Value:
    value = Value(**fields)
    return value._replace(partial=(value.partial[0], value.partial[1], value.partial[2])) if value.partial else value
