"""Targets of a period, as an export shows them."""

from __future__ import annotations

from typing import Any, NamedTuple


class TargetLine(NamedTuple):
    """A target and how far it has come. key, label: its figure; None if it is in words. now: a number, or what is shown in its place. share: numbers are fractions."""

    number: int
    branch: str | None
    key: str | None
    label: str
    period: str
    value: float | None
    now: Any
    share: bool
    outcome: str | None
    grant: int | None
    why: str | None
    note: str | None
