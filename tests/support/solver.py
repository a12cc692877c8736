"""Numerics that tests compare with: programmes solved by HiGHS, integration, and a search. With numpy alone; scipy is many times as large to install."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import highspy
import numpy

_POINTS, _WEIGHTS = numpy.polynomial.legendre.leggauss(120)

# Column -> its factor in a sum.
Sum = Mapping[int, float]


class Solver:
    """Sums of columns, each between two bounds; no column is negative. What is asked of them is solved again and again."""

    def __init__(
        self, sums: Sequence[Sum], lows: Sequence[float], highs: Sequence[float], columns: int, largest: float, whole: bool
    ) -> None:
        """`largest`: of a column. `whole`: every column is a whole number."""
        self._highs, model = highspy.Highs(), highspy.HighsLp()
        self._highs.setOptionValue("output_flag", False)
        self._columns = numpy.arange(columns, dtype=numpy.int32)
        model.num_col_, model.num_row_ = columns, len(sums)
        model.col_cost_, model.col_lower_, model.col_upper_ = numpy.zeros(columns), numpy.zeros(columns), numpy.full(columns, largest)
        model.row_lower_, model.row_upper_ = numpy.array(lows, dtype=float), numpy.array(highs, dtype=float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = numpy.cumsum([0, *map(len, sums)])
        model.a_matrix_.index_ = numpy.array([column for each in sums for column in each])
        model.a_matrix_.value_ = numpy.array([float(factor) for each in sums for factor in each.values()])
        if whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * columns
        assert self._highs.passModel(model) == highspy.HighsStatus.kOk

    def least(self, aim: Sum) -> list[float] | None:
        """Return the columns for which this sum is smallest; None if no columns keep within the bounds."""
        costs = numpy.zeros(len(self._columns))
        for column, factor in aim.items():
            costs[column] = factor
        self._highs.changeColsCost(len(costs), self._columns, costs)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        assert status == highspy.HighsModelStatus.kOptimal, status
        return list(self._highs.getSolution().col_value)


@cache
def student_t(freedom: int) -> float:
    """The value below which 97.5 % of a t distribution are: its density is integrated from 0, and Newton's method finds where it has 47.5 %."""
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)

    def density(value: numpy.ndarray | float) -> numpy.ndarray | float:
        return scale * (1 + value * value / freedom) ** (-(freedom + 1) / 2)

    value = 2.0
    for _step in range(20):
        value += (0.475 - value / 2 * float(_WEIGHTS @ density(value / 2 * (_POINTS + 1)))) / float(density(value))
    return value


def least_place(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a convex function is least: of each two thirds, the better ones are kept."""
    for _step in range(60):
        third = (high - low) / 3
        if function(low + third) < function(high - third):
            high -= third
        else:
            low += third
    return (low + high) / 2
