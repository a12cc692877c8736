"""A publication: whose numbers it holds, and what of them it withheld."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .cells import BranchCells
from .withholding import Group

NATION = ""


class Total(NamedTuple):
    """A protected number of people of the whole country, and how many of the sum of its branches count twice there; None if nobody can."""

    value: int
    overlap: int | None


class Earlier(NamedTuple):
    """An earlier publication: the numbers of some branches, the nation's totals, and what was withheld. `same_year`: of the year that is published again.

    Otherwise it is the year before, and participants without a new interview may have taken part then.
    """

    cells: Mapping[str, BranchCells]
    totals: dict[str, Total]
    withheld: set[Group]
    same_year: bool


class Then(NamedTuple):
    """The scope of what was published earlier."""

    scope: str


# A branch's name or NATION; or one of them earlier.
Scope = str | Then
