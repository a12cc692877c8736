"""The heaviest assignment, against every possible one and against a linear programme."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from often import holds_often
from solver import Solver

from husrum_cli.domain.befriending.assignment import heaviest_assignment

Weights = list[dict[int, int]]
# Small ones make ties, large ones don't fit a float.
WEIGHTS = st.one_of(st.integers(1, 4), st.integers(10**30, 10**30 + 9))


@st.composite
def instances(draw: st.DrawFn) -> tuple[Weights, list[int]]:
    """Up to six rows and four columns with up to three places."""
    places = draw(st.lists(st.integers(0, 3), max_size=4))
    columns = st.integers(0, len(places) - 1) if places else st.nothing()
    return draw(st.lists(st.dictionaries(columns, WEIGHTS), max_size=6)), places


def largest(weights: Weights, places: list[int]) -> int:
    """The largest sum, by trying everything."""
    if not weights:
        return 0
    best = largest(weights[1:], places)
    for column, weight in weights[0].items():
        if places[column]:
            left = [number - (n == column) for n, number in enumerate(places)]
            best = max(best, weight + largest(weights[1:], left))
    return best


@settings(max_examples=150)
@given(instances())
def test_no_other_assignment_is_heavier(instance: tuple[Weights, list[int]]) -> None:
    weights, places = instance
    found = heaviest_assignment(weights, places)
    assert all(column in weights[row] for row, column in found.items())
    assert all(list(found.values()).count(column) <= number for column, number in enumerate(places))
    assert sum(weights[row][column] for row, column in found.items()) == largest(weights, places)


@pytest.mark.full
def test_no_other_of_many_assignments_is_heavier() -> None:
    holds_often(test_no_other_assignment_is_heavier, instances())


def largest_by_solver(matrix: list[list[int]], columns: int) -> float:
    """The largest sum, where no row and no column has more than one of its pairs together; parts of pairs could not make it larger."""
    sums = [{row * columns + column: 1.0 for column in range(columns)} for row in range(len(matrix))]
    sums += [{row * columns + column: 1.0 for row in range(len(matrix))} for column in range(columns)]
    weights = [weight for row in matrix for weight in row]
    solver = Solver(sums, [0] * len(sums), [1] * len(sums), columns=len(weights), largest=1, whole=False)
    point = solver.least({number: -weight for number, weight in enumerate(weights)})
    assert point is not None
    return sum(weight * part for weight, part in zip(weights, point, strict=True))


@given(st.integers(0, 40), st.integers(1, 30), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_it_is_as_heavy_as_a_solvers(rows: int, columns: int, chance: Random) -> None:
    matrix = [[chance.randint(1, 1000) for _column in range(columns)] for _row in range(rows)]
    found = heaviest_assignment([dict(enumerate(row)) for row in matrix], [1] * columns)
    its = largest_by_solver(matrix, columns) if matrix else 0
    assert sum(matrix[row][column] for row, column in found.items()) == round(its)
