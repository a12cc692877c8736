"""A publication: whose numbers it holds, and what of them it withheld."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .cells import BranchCells
from .withholding import Group, Model, Twins

NATION = ""
# Which model of a publication.
ModelId = tuple[Any, ...]


class Total(NamedTuple):
    """A protected number of people of the whole country, and how many of the sum of its branches count twice there; None if nobody can."""

    value: int
    overlap: int | None


class EarlierBranch(NamedTuple):
    """An earlier publication of a branch: its numbers, the twins that it left, and what it withheld. `same_year`: of the year that is published again.

    Otherwise it is the year before, and participants without a new interview may have taken part then.
    """

    cells: BranchCells
    twins: Mapping[ModelId, Twins]
    withheld: set[Group]
    same_year: bool


class EarlierNation(NamedTuple):
    """An earlier publication of the nation: its totals, and what it withheld of itself."""

    totals: dict[str, Total]
    withheld: set[Group]


class EarlierScope(NamedTuple):
    """The scope of what was published earlier."""

    scope: str


# A branch's name or NATION; or one of them earlier.
Scope = str | EarlierScope


class Case(NamedTuple):
    """What is decided: a branch, next to what it published earlier; or the nation (`totals`), next to its branches and the twins that these leave."""

    id: ModelId
    cells: Sequence[BranchCells]
    threshold: int
    before: Mapping[str, EarlierBranch]
    totals: dict[str, Total] | None = None
    nation_before: EarlierNation | None = None
    twins: Mapping[str, Mapping[ModelId, Twins]] = {}
    # Whether answers are decided, besides figures and programmes.
    answers: bool = True

    @property
    def nation(self) -> bool:
        return self.totals is not None

    @property
    def here(self) -> str:
        """The scope that is decided."""
        return NATION if self.nation else self.cells[0].branch

    def withheld_earlier(self) -> set[Group]:
        """Return what was withheld earlier."""
        found = set().union(*(each.withheld for each in self.before.values()))
        return found | self.nation_before.withheld if self.nation_before else found

    def shows(self, scope: Scope) -> bool:
        """Whether the model holds what is published of a scope, rather than that it differs only as in the twins that were left."""
        return scope == self.here or self.nation and bool(self.before)

    def of_nation(self, now: list[Any], then: list[Any]) -> Iterator[tuple[Scope, list[Any], dict[str, Total]]]:
        """Yield the nation's scopes in which numbers of its branches are added up, with these and its totals; none if a branch is decided. `then`: as they were published earlier."""
        if self.totals is not None:
            yield NATION, now, self.totals
            if self.nation_before and len(then) == len(now):
                yield EarlierScope(NATION), then, self.nation_before.totals

    def compare(self, model: Model, branch: str, first: int) -> None:
        """End a branch's numbers, of which those before `first` were published earlier: they differ only as in the twins that they were left."""
        model.compared = True
        if not self.nation:
            model.moves = [move for move in model.moves if min(move) >= first]
            model.earlier = self.before[branch].twins.get(self.id, {})

    def offer(self, model: Model, blocks: Mapping[str, int]) -> None:
        """Offer the nation's model the twins of its branches. `blocks`: the first number of each."""
        for branch, first in blocks.items():
            twins = {frozenset(twin.items()): twin for twins in self.twins[branch].get(self.id, {}).values() for twin in twins}
            model.offer(first, [*twins.values()])
        if not self.before:
            model.only_offered()
