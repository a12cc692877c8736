"""Numbers of people as outsiders see them: to the nearest multiple of the threshold, small ones hidden, percentages exact in whole points."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ...records import Fields

WITHHELD: Fields = {"value": None, "withheld": True}
# Shares and distributions are shown from this many thresholds of people: 20 with the usual 5.
ENOUGH = 4


def round_to_threshold(number: int, threshold: int) -> Any:
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


class PublishedNumber(NamedTuple):
    """The nation's number of people as it is shown, and how many of them are in several branches."""

    value: Any
    overlap: Any


def published_number(total: int, most: int, overlap: int, threshold: int) -> PublishedNumber:
    """Return the nearest number and overlap. total: of the branches' exact numbers; most: the largest of these.

    What could tell a small number is withheld, whatever the true overlap is: if it were only where that is small, it would be known to be that.
    """

    def tells(alike: dict[str, list[int]]) -> bool:
        alone = [each for each, *others in alike.values() if not others]
        return len(alike) > 1 and any(0 < small < threshold for each in alone for small in (each, total - each))

    by_number = _alike(range(total - most + 1), lambda each: round_to_threshold(total - each, threshold))
    if tells(by_number):
        return PublishedNumber(WITHHELD, WITHHELD)
    number = round_to_threshold(total - overlap, threshold)
    by_overlap = _alike(by_number.get(repr(number), ()), lambda each: round_to_threshold(each, threshold))
    return PublishedNumber(number, WITHHELD if tells(by_overlap) else round_to_threshold(overlap, threshold))


def _alike(numbers: Iterable[int], shown: Callable[[int], Any]) -> dict[str, list[int]]:
    """Return the numbers that are shown alike, by how."""
    alike: dict[str, list[int]] = {}
    for number in numbers:
        alike.setdefault(repr(shown(number)), []).append(number)
    return alike


class PublishedShare(NamedTuple):
    """A share as it is shown. `percent` is None if it may not be shown."""

    percent: int | None
    count: Any
    answered: Any


def published_share(count: int, answered: int, threshold: int) -> PublishedShare:
    """Return the exact percentage, halves up, if enough people answered and enough are on both sides; count and answered are rounded."""
    shown = answered >= ENOUGH * threshold and count >= threshold and answered - count >= threshold
    percent = (200 * count + answered) // (2 * answered) if shown else None
    return PublishedShare(percent, round_to_threshold(count, threshold), round_to_threshold(answered, threshold))
