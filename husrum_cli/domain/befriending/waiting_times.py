"""Waiting times for a Hjerteven, with those who still wait counted properly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ...input.dates import days_since, months_before
from ...store import Store

# The waits that had begun by a day: how they ended, if they had by then. A match is what is waited for; leaving, and being taken off the list, say only
# that it had not come yet.
_WAITS = """
SELECT starts, min(ends, ?1) AS until, ends <= ?1 AND EXISTS (
    SELECT 1 FROM matches WHERE matches.person_id = waiting.person_id AND matches.starts = waiting.ends) AS matched, ends > ?1 AS waiting
FROM waiting WHERE starts <= ?1 AND starts >= ?2"""
_YEARS = 2
"""Years back in which the waits began that an expectation is taken from."""


def median_wait(store: Store, day: str) -> dict[str, Any]:
    """Return how many wait on a day, how many had been matched by then, and the days after which half of those who wait have a Hjerteven (Kaplan-Meier).

    `median_days` is None while more than half of them have none, however long they have waited. A wait of unknown beginning can't be counted.
    """
    waits = [(days_since(row["starts"], row["until"]), bool(row["matched"]), bool(row["waiting"])) for row in store.rows(_WAITS, day, "")]
    return {
        "date": day,
        "waiting": sum(waiting for _days, _matched, waiting in waits),
        "matched": sum(matched for _days, matched, _waiting in waits),
        "median_days": kaplan_meier_median((days, matched) for days, matched, _waiting in waits),
    }


def expected_wait(store: Store, day: str) -> int | None:
    """Return the days after which half of those who began to wait in the last two years had a Hjerteven, with those who still wait counted properly; None: fewer than half."""
    return kaplan_meier_median(
        (days_since(row["starts"], row["until"]), bool(row["matched"])) for row in store.rows(_WAITS, day, months_before(day, 12 * _YEARS))
    )


def kaplan_meier_median(durations: Iterable[tuple[int, bool]]) -> int | None:
    """Return the median of durations that are over (True) or were only seen so far (False): Kaplan, E. L. and Meier, P. (1958).

    The share still waiting falls, at each length at which somebody was matched, by those matched of those who had waited at least as long. The median is the
    first length at which it is half or less. Whole numbers keep it exact.
    """
    ended: Counter[int] = Counter()
    lengths: Counter[int] = Counter()
    for days, over in durations:
        lengths[days] += 1
        ended[days] += over
    at_risk = lengths.total()
    still, of = 1, 1
    for days in sorted(lengths):
        still, of = still * (at_risk - ended[days]), of * at_risk
        if 2 * still <= of:
            return days
        at_risk -= lengths[days]
    return None
