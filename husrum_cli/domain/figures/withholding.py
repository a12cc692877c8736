"""Decide what is withheld so that no small number of people can be determined from everything that is published together.

A small number is safe if it has a *twin*: other numbers that nobody could tell from the true ones, since every exact total and every published number is the same
with them, but this number is another. Where none is found, more is withheld until there is one. A twin is a proof; that none is found is not, so at times a little
more is withheld than needed. `docs/publishing.md` gives the rule in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

# Numbers, by their place in the model -> their weights; of a move: how much each changes.
Sum = dict[int, int]
# (scope, ...): what is shown or withheld as one.
Group = tuple[Any, ...]
_ANY = 10**9
# A search for a twin by many moves is given up after as many, in either direction; most need few, so that the first is short.
_MOVES = (7, 50)
# A search looks away from bounds that more people than these would have to change.
_FAR = 8
# A move is not undone within as many others.
_MEMORY = 6
_ALMOST = 1e-6


class _Bounds(NamedTuple):
    """What everybody knows of a sum: that it lies between two numbers, both included; unless its group is withheld."""

    low: int
    high: int
    group: Group | None


class _Known(NamedTuple):
    """A sum that something is known of. Off by `unit`, it is off by one person."""

    sum: Sum
    value: int
    unit: int
    bounds: dict[_Bounds, None]


class _Secret(NamedTuple):
    sum: Sum
    steps: tuple[Sequence[Group], ...]


class Model:
    """Whole numbers, what everybody knows of them, what is published of them, and which sums must not be determined.

    `moves` are small changes that keep every exact total, like somebody who gave another answer.
    """

    def __init__(self, threshold: int) -> None:
        self.threshold = threshold
        self.values: list[int] = []
        self.moves: list[Sum] = []
        self.withheld: set[Group] = set()
        self._known: dict[frozenset[tuple[int, int]], _Known] = {}
        self._secrets: dict[frozenset[tuple[int, int]], _Secret] = {}

    def number(self, value: int) -> int:
        """Add a number, which everybody knows not to be negative, and return its place."""
        self.values.append(value)
        place = len(self.values) - 1
        self.know({place: 1}, low=0)
        return place

    def know(self, sum: Sum, low: int = -_ANY, high: int = _ANY, group: Group | None = None, unit: int = 1) -> None:
        """Add what everybody knows of a sum, or what is published of it with a group. What the truth contradicts is widened to it."""
        value = self.value(sum)
        known = self._known.setdefault(frozenset(sum.items()), _Known(sum, value, unit, {}))
        known.bounds[_Bounds(min(low, value), max(high, value), group)] = None

    def constant(self, sum: Sum) -> None:
        """Add an exact total, which everybody knows."""
        self.know(sum, self.value(sum), self.value(sum))

    def protect(self, sum: Sum, *steps: Sequence[Group]) -> None:
        """Add a sum that must not be determined if it is small; `steps`: what is withheld for it, the first first, of each the least valuable first."""
        if 0 < self.value(sum) < self.threshold:
            self._secrets.setdefault(frozenset(sum.items()), _Secret(sum, steps))

    def value(self, sum: Sum) -> int:
        """Return what a sum is in truth."""
        return _total(weight * self.values[place] for place, weight in sum.items())

    def decide(self) -> set[Group]:
        """Return the groups that are withheld, with those that were at the outset."""
        if not self._secrets:
            return self.withheld
        search = _Search(self.values, self.moves, list(self._known.values()), self.withheld)
        twins: list[Sum] = []
        further: list[Group] = []
        for secret in reversed(self._secrets.values()):
            found = _alike(secret, twins) or search.twin(secret.sum)
            for step in secret.steps:
                new = [group for group in step if found is None and group not in self.withheld]
                if new:
                    self.withheld.update(new)
                    further += new
                    search.withhold(self.withheld)
                    found = search.twin(secret.sum)
            if found is not None:
                twins.append(found)
        for group in reversed(further):  # percentages before breakdowns
            self._show_again(group, search, twins)
        return self.withheld

    def _show_again(self, group: Group, search: _Search, twins: list[Sum]) -> None:
        """Show a group if the others that are withheld are enough; more may have been withheld after it, for which it is no longer needed."""
        search.withhold(self.withheld - {group})
        kept = [twin for twin in twins if search.allows(twin)]
        for secret in self._secrets.values():
            if _alike(secret, kept) is None:
                found = search.twin(secret.sum, far=False)
                if found is None:
                    return
                kept.append(found)
        self.withheld.remove(group)
        twins[:] = kept


def _alike(secret: _Secret, twins: Iterable[Sum]) -> Sum | None:
    """Return a twin in which a secret is another number too."""
    return next((twin for twin in twins if _change(secret.sum, twin)), None)


class _Search:
    """Look for twins: force a number to be another, then repair what that breaks; first by one other move, whichever that is, then by many."""

    def __init__(self, values: list[int], moves: list[Sum], known: list[_Known], withheld: set[Group]) -> None:
        # A group that takes from nobody must first receive somebody: both together are a move of their own.
        self.moves = [move for move in moves if all(values[place] + change >= 0 for place, change in move.items())]
        self.known = known
        self.known_of: list[list[tuple[int, int]]] = [[] for _ in values]
        self.moves_of: list[list[tuple[int, int]]] = [[] for _ in values]
        for number, each in enumerate(known):
            for place, weight in each.sum.items():
                self.known_of[place].append((number, weight))
        for number, move in enumerate(self.moves):
            for place, change in move.items():
                self.moves_of[place].append((number, change))
        self.effects: dict[int, Sum] = {}
        self.unit = [each.unit for each in known]
        self.changing: dict[int, tuple[set[int], set[int]]] = {}
        self.withhold(withheld)

    def withhold(self, withheld: set[Group]) -> None:
        """Let everybody know what is known but of these groups."""
        self.least = [
            max((low for low, _high, group in each.bounds if group not in withheld), default=-_ANY) - each.value for each in self.known
        ]
        self.most = [
            min((high for _low, high, group in each.bounds if group not in withheld), default=_ANY) - each.value for each in self.known
        ]
        self.near = [low > -_FAR * unit or high < _FAR * unit for low, high, unit in zip(self.least, self.most, self.unit, strict=True)]
        self.costs: dict[int, float] = {}

    def allows(self, twin: Sum) -> bool:
        """Whether nobody could tell these numbers from the true ones."""
        return not any(self._off(number, shift) for number, shift in self._shifts(twin).items())

    def twin(self, secret: Sum, far: bool = True) -> Sum | None:
        """Return by how much the numbers of a twin differ, in which the secret is another; None if none is found. `far`: also one that many moves lead to."""
        own = {move: change for move, change in self._changes(secret).items() if change}
        near = (self._in_two(move, own) for move in own)
        distant = (self._in_many(own, sign, most) for most in _MOVES for sign in (1, -1))
        return next(filter(None, chain(near, distant if far else ())), None)

    def _in_two(self, move: int, own: Sum) -> Sum | None:
        """Return a twin that a move leads to, alone or with another that repairs all that it breaks; `own`: moves that change the secret, and by how much."""
        shifts = self._effect(move)
        off = [number for number, shift in shifts.items() if not self.least[number] <= shift <= self.most[number]]
        if not off:
            return self.moves[move]
        for other in set.intersection(*sorted((self._changing(number, shifts[number] < 0) for number in off), key=len)):
            if own[move] + own.get(other, 0) and all(
                self.least[number] <= shifts.get(number, 0) + change <= self.most[number] for number, change in self._effect(other).items()
            ):
                return added(self.moves[move], self.moves[other])
        return None

    def _in_many(self, own: Sum, sign: int, most: int) -> Sum | None:
        """Return a twin that is reached by many moves, each of which repairs the most of what is broken."""
        changes: Sum = {}
        shifts: Sum = {}
        weights: Sum = {}
        recent: list[int] = []
        moved = 0
        move = min((move for move in own if own[move] * sign > 0), key=self._cost, default=None)
        for _step in range(most):
            if move is None:
                return None
            changes = added(changes, self.moves[move])
            moved += own.get(move, 0)
            recent = [*recent, move][-_MEMORY:]
            for number, change in self._effect(move).items():
                if self.near[number]:
                    shifts[number] = shifts.get(number, 0) + change
            off = {
                number: self._off(number, shift) * weights.get(number, 1)
                for number, shift in shifts.items()
                if not self.least[number] <= shift <= self.most[number]
            }
            if not off:
                return changes if self.allows(changes) else None
            worst = max(off, key=off.__getitem__)
            useful = self._changing(worst, shifts[worst] < 0)
            repairs = (each for each in useful if each not in recent and (moved + own.get(each, 0)) * sign > 0)
            move, cost = self._best(repairs, shifts, weights, _total(off.values()))
            if cost >= 0:  # stuck: what is broken now counts for more from here on
                for number in off:
                    weights[number] = weights.get(number, 1) + 1
        return None

    def _best(self, moves: Iterable[int], shifts: Sum, weights: Sum, wrong: float) -> tuple[int | None, float]:
        """Return the move that repairs most, and what it costs."""
        best, best_cost = None, 0.0
        least, most, unit = self.least, self.most, self.unit
        for move in moves:
            cost = self._cost(move)
            effect = self.effects[move]
            for number in effect.keys() & shifts.keys():
                change, shift, low, high = effect[number], shifts[number], least[number], most[number]
                then = shift + change
                if low <= then <= high and low <= change <= high and low <= shift <= high:
                    continue
                off = 0
                if then < low:
                    off = low - then
                elif then > high:
                    off = then - high
                if shift < low:
                    off -= low - shift
                elif shift > high:
                    off -= shift - high
                if number in weights:
                    off *= weights[number]
                if change < low:
                    off -= low - change
                elif change > high:
                    off -= change - high
                cost += off / unit[number]
            if best is None or cost < best_cost:
                best, best_cost = move, cost
                if cost <= _ALMOST - wrong:
                    break  # it repairs everything
        return best, best_cost

    def _changing(self, number: int, more: bool) -> set[int]:
        """Return the moves that make a sum more, or less."""
        if number not in self.changing:
            changes = self._changes(self.known[number].sum).items()
            self.changing[number] = {move for move, change in changes if change < 0}, {move for move, change in changes if change > 0}
        return self.changing[number][more]

    def _changes(self, sum: Sum) -> Sum:
        """Return by how much each move changes a sum."""
        changes: Sum = {}
        for place, weight in sum.items():
            for move, change in self.moves_of[place]:
                changes[move] = changes.get(move, 0) + weight * change
        return changes

    def _cost(self, move: int) -> float:
        """Return how many people a move by itself puts out of bounds."""
        cost = self.costs.get(move)
        if cost is None:
            cost = 0.0
            least, most = self.least, self.most
            for number, change in self._effect(move).items():
                if not least[number] <= change <= most[number]:
                    cost += self._off(number, change)
            self.costs[move] = cost
        return cost

    def _effect(self, move: int) -> Sum:
        if move not in self.effects:
            self.effects[move] = self._shifts(self.moves[move])
        return self.effects[move]

    def _off(self, number: int, shift: int) -> float:
        if shift < self.least[number]:
            return (self.least[number] - shift) / self.known[number].unit
        if shift > self.most[number]:
            return (shift - self.most[number]) / self.known[number].unit
        return 0.0

    def _shifts(self, changes: Sum) -> Sum:
        """Return by how much known sums differ if numbers do."""
        shifts: dict[int, int] = {}
        for place, change in changes.items():
            for number, weight in self.known_of[place]:
                shifts[number] = shifts.get(number, 0) + weight * change
        return {number: shift for number, shift in shifts.items() if shift}


def added(*sums: Sum) -> Sum:
    """Return the sum of sums."""
    total: Sum = {}
    for sum in sums:
        for place, weight in sum.items():
            total[place] = total.get(place, 0) + weight
    return {place: weight for place, weight in total.items() if weight}


def times(sum: Sum, factor: int) -> Sum:
    """Return the sum with all weights multiplied."""
    return {place: factor * weight for place, weight in sum.items()}


def _change(sum: Sum, move: Sum) -> int:
    if len(sum) > len(move):
        sum, move = move, sum
    return _total(weight * move.get(place, 0) for place, weight in sum.items())


_total = sum
