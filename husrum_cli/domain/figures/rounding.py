"""Numbers of people as outsiders see them: to the nearest multiple of the threshold, small ones hidden, percentages exact in whole points."""

from __future__ import annotations

from typing import Any, NamedTuple

from ...records import Fields

WITHHELD: Fields = {"value": None, "withheld": True}
# Shares and distributions are shown from this many thresholds of people: 20 with the usual 5.
ENOUGH = 4


def nearest(number: int, threshold: int) -> Any:
    """Return the nearest multiple of the threshold; of a number from 1 to below it only that it is below."""
    if 0 < number < threshold:
        return {"value": None, "below": threshold}
    return (number + threshold // 2) // threshold * threshold


def possible(number: int, threshold: int) -> tuple[int, int]:
    """Return the smallest and the largest number that is shown as this one is."""
    if number <= 0:
        return 0, 0
    if number < threshold:
        return 1, threshold - 1
    low = (number + threshold // 2) // threshold * threshold - threshold // 2
    return max(threshold, low), low + threshold - 1


class PublishedShare(NamedTuple):
    """A share as it is shown. `percent` is None if it may not be shown."""

    percent: int | None
    count: Any
    answered: Any


def published_share(count: int, answered: int, threshold: int) -> PublishedShare:
    """Return the exact percentage, halves up, if enough people answered and enough are on both sides; count and answered are rounded."""
    shown = answered >= ENOUGH * threshold and count >= threshold and answered - count >= threshold
    percent = (200 * count + answered) // (2 * answered) if shown else None
    return PublishedShare(percent, nearest(count, threshold), nearest(answered, threshold))
