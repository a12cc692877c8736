"""Confidence intervals of change: of a mean, and of the difference of two paired proportions."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

Z_95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""
_HALVINGS = 80


class Interval(NamedTuple):
    """A 95 % confidence interval."""

    low: float
    high: float


def mean_interval(values: Sequence[float]) -> Interval:
    """Return Student's t interval of the mean of two or more values.

    Source: Student 1908, The probable error of a mean; as in any textbook: mean ± t(0.975, n - 1) · s / √n.
    """
    n = len(values)
    mean = math.fsum(values) / n
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1))
    half = t_quantile(n - 1) * deviation / math.sqrt(n)
    return Interval(mean - half, mean + half)


def t_quantile(degrees: int) -> float:
    """Return the 97.5 % quantile of Student's t distribution."""
    return _root(lambda t: central_probability(t, degrees) - 0.95, 0.0, 20.0)


def central_probability(t: float, degrees: int) -> float:
    """Return the probability that Student's t is between -t and t. Source: Abramowitz & Stegun 1964, 26.7.3 and 26.7.4."""
    angle = math.atan(t / math.sqrt(degrees))
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = degrees % 2
    term = total = (cosine if odd else 1.0) if degrees > 1 else 0.0
    for step in range(2 + odd, degrees - 1, 2):
        term *= cosine * cosine * (step - 1) / step
        total += term
    return (angle + sine * total) * 2 / math.pi if odd else sine * total


def paired_difference_interval(gained: int, lost: int, n: int) -> Interval:
    """Return the score interval of the difference of two paired proportions, (gained - lost) / n.

    gained: pairs that have something after and not before; lost: before and not after; n: all pairs, one or more.
    Source: Tango 1998, Equivalence test and confidence interval for the difference in proportions for the paired-sample design,
    Statistics in Medicine 17: 891-908.
    """
    estimate = (gained - lost) / n

    def score(difference: float) -> float:
        linear = -gained - lost + (2 * n - gained + lost) * difference
        constant = -lost * difference * (1 - difference)
        probability = (math.sqrt(max(0.0, linear * linear - 8 * n * constant)) - linear) / (4 * n)
        variance = n * (2 * probability + difference * (1 - difference))
        distance = gained - lost - n * difference
        if variance <= 0:
            return math.copysign(math.inf, distance) if distance else 0.0
        return distance / math.sqrt(variance)

    low = -1.0 if lost == n else _root(lambda difference: Z_95 - score(difference), -1.0, estimate)
    high = 1.0 if gained == n else _root(lambda difference: -Z_95 - score(difference), estimate, 1.0)
    return Interval(low, high)


def _root(rising: Callable[[float], float], low: float, high: float) -> float:
    """Return where a rising function is zero, by halving."""
    for _step in range(_HALVINGS):
        middle = (low + high) / 2
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2
