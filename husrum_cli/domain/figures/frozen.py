"""A year's figures as they were published: written down when the year is closed, and read back."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from .answers import ShareValue
from .blurring import Table
from .cells import BranchCells, Number
from .details import GrantUse, YearDetails
from .year import Value, YearReport


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
    """The report as it was. A figure that husrum did not know then is told as it is now."""
    held = json.loads(figures)
    return YearReport(
        live.year,
        tuple(held["branches"]),
        True,
        live.values | {key: _value(fields) for key, fields in held["values"].items()},
        live.shares | {key: ShareValue(**fields) for key, fields in held["shares"].items()},
        live.distributions | held["distributions"],
        held["programmes"],
        {
            name: live.by_branch.get(name, {}) | {key: _value(fields) for key, fields in values.items()}
            for name, values in held["by_branch"].items()
        },
        {name: {key: ShareValue(**fields) for key, fields in each.items()} for name, each in held.get("shares_by_branch", {}).items()},
        live.missing,
        live.unlinked,
        tuple(_cells(each) for each in held.get("cells", ())),
    )


def _cells(held: dict[str, Any]) -> BranchCells:
    return BranchCells(
        held["branch"],
        {key: tuple(Table(*table) for table in tables) for key, tables in held["tables"].items()},
        {key: Number(*number) for key, number in held["figures"].items()},
        {name: {part: Number(*number) for part, number in numbers.items()} for name, numbers in held["programmes"].items()},
    )


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
