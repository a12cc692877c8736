"""Decide what is withheld so that no small number of people can be determined from everything that is published together.

A small number is safe if it has a *twin*: other numbers that nobody could tell from the true ones, since every exact total and every published number is the same
with them, but this number is another. Where none is found, more is withheld until there is one. A twin is a proof; that none is found is not, so at times a little
more is withheld than needed. `docs/publishing.md` gives the rule in full.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, NamedTuple

# Numbers, by their place in the model -> their weights; of a move: how much each changes.
Sum = dict[int, int]
# (scope, ...): what is shown or withheld as one.
Group = tuple[Any, ...]
# A search for a twin is given up after as many moves, in either direction; most need few, so that the first is short.
_MOVES = (7, 50)
# A move is not undone within as many others.
_MEMORY = 6
_ANY = 10**9
_ALMOST = 1e-6


class _Known(NamedTuple):
    """A sum that everybody knows to lie between two numbers, both included; unless its group is withheld. Off by `unit`, it is off by one person."""

    sum: Sum
    low: int
    high: int
    group: Group | None = None
    unit: int = 1


class _Secret(NamedTuple):
    sum: Sum
    groups: tuple[Group, ...]


class Model:
    """Whole numbers, what everybody knows of them, what is published of them, and which sums must not be determined.

    `moves` are small changes that keep every exact total, like somebody who gave another answer.
    """

    def __init__(self, threshold: int) -> None:
        self.threshold = threshold
        self.values: list[int] = []
        self.moves: list[Sum] = []
        self.withheld: set[Group] = set()
        self._known: dict[Hashable, _Known] = {}
        self._secrets: list[_Secret] = []

    def number(self, value: int) -> int:
        """Add a number, which everybody knows not to be negative, and return its place."""
        self.values.append(value)
        place = len(self.values) - 1
        self.know({place: 1}, low=0)
        return place

    def know(self, sum: Sum, low: int = -_ANY, high: int = _ANY, group: Group | None = None, unit: int = 1) -> None:
        """Add what everybody knows of a sum, or what is published of it with a group. What the truth contradicts is widened to it."""
        value = self.value(sum)
        self._known[frozenset(sum.items()), low, high, group] = _Known(sum, min(low, value), max(high, value), group, unit)

    def constant(self, sum: Sum) -> None:
        """Add an exact total, which everybody knows."""
        self.know(sum, self.value(sum), self.value(sum))

    def protect(self, sum: Sum, *groups: Group) -> None:
        """Add a sum that must not be determined if it is small; `groups`: what is withheld for it, the first first."""
        if 0 < self.value(sum) < self.threshold:
            self._secrets.append(_Secret(sum, groups))

    def value(self, sum: Sum) -> int:
        """Return what a sum is in truth."""
        return _total(weight * self.values[place] for place, weight in sum.items())

    def decide(self) -> set[Group]:
        """Return the groups that are withheld, with those that were at the outset."""
        left = list(self._secrets)
        search = _Search(self.values, self.moves, self._known.values(), self.withheld) if left else None
        while search and left:
            secret = left.pop()
            twin = search.twin(secret.sum)
            for group in secret.groups:
                if twin is None and group not in self.withheld:
                    self.withheld.add(group)
                    search = _Search(self.values, self.moves, self._known.values(), self.withheld)
                    twin = search.twin(secret.sum)
            if twin is not None:
                left = [each for each in left if not _change(each.sum, twin)]
        return self.withheld


class _Search:
    """Look for twins: force a number to be another, then repair what that breaks, one move after the other."""

    def __init__(self, values: list[int], moves: list[Sum], known: Iterable[_Known], withheld: set[Group]) -> None:
        self.values = values
        # A group that takes from nobody must first receive somebody: both together are a move of their own.
        self.moves = [move for move in moves if all(values[place] + change >= 0 for place, change in move.items())]
        self.known = [each for each in known if each.group not in withheld]
        self.at = [_total(weight * values[place] for place, weight in each.sum.items()) for each in self.known]
        self.low = [each.low for each in self.known]
        self.high = [each.high for each in self.known]
        self.unit = [each.unit for each in self.known]
        self.known_of: list[list[tuple[int, int]]] = [[] for _ in values]
        self.moves_of: list[list[int]] = [[] for _ in values]
        for number, each in enumerate(self.known):
            for place, weight in each.sum.items():
                self.known_of[place].append((number, weight))
        for number, move in enumerate(self.moves):
            for place in move:
                self.moves_of[place].append(number)
        self.effects: dict[int, list[tuple[int, int]]] = {}
        self.candidates: dict[tuple[int, bool], list[int]] = {}

    def twin(self, secret: Sum) -> Sum | None:
        """Return by how much the numbers of a twin differ, in which the secret is another; None if none is found."""
        for most in _MOVES:
            for sign in (1, -1):
                if found := self._forced(secret, sign, most):
                    return found
        return None

    def _forced(self, secret: Sum, sign: int, most: int) -> Sum | None:
        at = list(self.at)
        weights = [1] * len(at)
        broken: set[int] = set()
        changes: Sum = {}
        recent: list[int] = []
        own = {move: _change(secret, self.moves[move]) for place in secret for move in self.moves_of[place]}
        for _step in range(most):
            moved = sign * _change(secret, changes)
            if moved > 0 and not broken:
                return changes
            worst = None if moved <= 0 else max(broken, key=lambda number: self._off(number, at[number]) * weights[number])
            candidates = own if worst is None else self._candidates(worst, at[worst] < self.low[worst])
            allowed = (move for move in candidates if move not in recent and sign * own.get(move, 0) + moved > 0)
            wrong = _total(self._off(number, at[number]) * weights[number] for number in broken)
            best, cost = self._best(allowed, at, weights, wrong)
            if best is None:
                return None
            if cost >= 0:  # stuck: what is broken now counts for more from here on
                for number in broken:
                    weights[number] += 1
            for number, change in self._effect(best):
                at[number] += change
                (broken.add if self._off(number, at[number]) else broken.discard)(number)
            changes = added(changes, self.moves[best])
            recent = [*recent, best][-_MEMORY:]
        return None

    def _candidates(self, number: int, up: bool) -> Iterable[int]:
        """Return the moves that make what is known more, or less."""
        found = self.candidates.get((number, up))
        if found is None:
            sum = self.known[number].sum
            touching = dict.fromkeys(move for place in sum for move in self.moves_of[place])
            changes = ((move, _change(sum, self.moves[move])) for move in touching)
            found = self.candidates[number, up] = [move for move, change in changes if (change > 0 if up else change < 0)]
        return found

    def _best(self, moves: Iterable[int], at: list[int], weights: list[int], wrong: float) -> tuple[int | None, float]:
        """Return the move that repairs most, and what it costs."""
        best, best_cost = None, 0.0
        low, high, unit = self.low, self.high, self.unit
        for move in moves:
            cost = 0.0
            for number, change in self._effect(move):
                now = at[number]
                then = now + change
                if then > high[number]:
                    cost += weights[number] * (then - high[number]) / unit[number]
                elif then < low[number]:
                    cost += weights[number] * (low[number] - then) / unit[number]
                if now > high[number]:
                    cost -= weights[number] * (now - high[number]) / unit[number]
                elif now < low[number]:
                    cost -= weights[number] * (low[number] - now) / unit[number]
            if best is None or cost < best_cost:
                best, best_cost = move, cost
                if cost <= _ALMOST - wrong:
                    break  # it repairs everything
        return best, best_cost

    def _off(self, number: int, at: int) -> float:
        return max(self.low[number] - at, at - self.high[number], 0) / self.unit[number]

    def _effect(self, move: int) -> list[tuple[int, int]]:
        found = self.effects.get(move)
        if found is None:
            effect: dict[int, int] = {}
            for place, change in self.moves[move].items():
                for number, weight in self.known_of[place]:
                    effect[number] = effect.get(number, 0) + weight * change
            found = self.effects[move] = [(number, change) for number, change in effect.items() if change]
        return found


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
