"""Cities counted by hand: the program, and the second count it is tested with, must both come to those figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cases_by_hand
import cases_by_hand_more
import pytest
from cases_by_hand import Case
from recount import recount
from recount_checks import city_file, differences, statistics

CASES = [case for module in (cases_by_hand, cases_by_hand_more) for case in vars(module).values() if isinstance(case, Case)]


def expected(case: Case, year: int) -> dict[str, Any]:
    """Return a case's year in the shape of the statistics: a bare number is a figure's value."""
    figures = case.figures.get(year, {})
    return {
        "figures": {key: output if isinstance(output, dict) else {"value": output} for key, output in figures.items()},
        "distributions": case.distributions.get(year, {}),
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_second_count_agrees(case: Case) -> None:
    for year in case.figures:
        assert not differences(expected(case, year), recount(case.city, year), whole=False), (year, case.why)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_program_agrees(case: Case, tmp_path: Path) -> None:
    path = city_file(case.city, tmp_path)
    for year in case.figures:
        found = statistics(path, year)
        assert not differences(expected(case, year), found, whole=False), (year, case.why)
        assert not differences(recount(case.city, year), found), (year, case.why)
