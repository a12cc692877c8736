"""Decide what is withheld so that no small number of people can be determined from everything that is published together.

A small number is safe if it has a *twin*: other numbers that nobody could tell from the true ones, since every exact total and every published number is the same
with them, but this number is another. Where none is found, more is withheld until there is one. A twin is a proof; that none is found is not, so at times a little
more is withheld than needed. `docs/publishing.md` gives the rule in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, islice
from typing import Any, NamedTuple

# Numbers, by their place in the model -> their weights; of a move: how much each changes.
Sum = dict[int, int]
# (scope, ...): what is shown or withheld as one.
Group = tuple[Any, ...]
# A small sum -> twins in which it is another.
Twins = dict[frozenset[tuple[int, int]], tuple[Sum, ...]]
_ANY = 10**9
# A search for a twin by many moves is given up after all of these, in either direction; most need few, so either goes no further at first.
_MOVES = (7, 43)
# A search looks away from bounds that more people than these would have to change.
_FAR = 8
# As many twins of a small number are kept in which it is more, and as many in which it is less.
_KEPT = 3
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
    """A sum that must not be determined. `starts`: changes of earlier numbers that its twins start from, one of each; `among`: the sum that it is a part of."""

    sum: Sum
    steps: tuple[Sequence[Group], ...]
    starts: tuple[Sum, ...]
    among: frozenset[tuple[int, int]]


# Of a twin in which earlier numbers are as they were.
_UNCHANGED: tuple[Sum, ...] = ({},)


class Model:
    """Whole numbers, what everybody knows of them, what is published of them, and which sums must not be determined.

    `moves` are small changes that keep every exact total, like somebody who gave another answer.
    """

    def __init__(self, threshold: int) -> None:
        self.threshold = threshold
        self.values: list[int] = []
        self.moves: list[Sum] = []
        self.withheld: set[Group] = set()
        self.earlier: Twins = {}
        self.compared = False
        self._offered: list[list[Sum]] = []
        # Some twins of every small number, once it is decided.
        self.twins: Twins = {}
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
        key = frozenset(sum.items())
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _Known(sum, self.value(sum), unit, {})
        known.bounds[_Bounds(min(low, known.value), max(high, known.value), group)] = None

    def constant(self, sum: Sum) -> None:
        """Add an exact total, which everybody knows."""
        self.know(sum, self.value(sum), self.value(sum))

    def protect(self, sum: Sum, *steps: Sequence[Group], among: Sum | None = None) -> None:
        """Add a sum that must not be determined if it is small; `steps`: what is withheld for it in turn, the least valuable first; `among`: the same of more people."""
        if 0 < self.value(sum) < self.threshold and (starts := self.earlier.get(key := frozenset(sum.items()), _UNCHANGED)):
            self._secrets.setdefault(key, _Secret(sum, steps, starts, frozenset((among or {}).items())))

    def offer(self, first: int, twins: Sequence[Sum]) -> None:
        """Add twins of a part of the numbers as moves. `first`: the first of these."""
        self._offered.append([{first + place: change for place, change in twin.items()} for twin in twins])
        self.moves += self._offered[-1]

    def only_offered(self) -> None:
        """Let numbers differ only as in the twins that were offered, of each part in one."""
        self.moves = []
        for twins in self._offered:
            place = self.number(0)
            self.know({place: 1}, high=1)
            self.moves += [{place: 1, **twin} for twin in twins]

    def value(self, sum: Sum) -> int:
        """Return what a sum is in truth."""
        return _total([weight * self.values[place] for place, weight in sum.items()])

    def decide(self, keep_twins: bool = False) -> set[Group]:
        """Return the groups that are withheld, with those that were at the outset. `keep_twins`: `twins` are some that remain of every small number."""
        if not self._secrets:
            return self.withheld
        search = _Search(self.values, self.moves, list(self._known.values()), self.withheld, self.earlier)
        further: list[Group] = []
        for secret in reversed(self._secrets.values()):
            found = search.twins(secret)
            for step in secret.steps:
                new = [group for group in step if not found and group not in self.withheld]
                if new:
                    self.withheld.update(new)
                    further += new
                    search.withhold(self.withheld)
                    found = search.twins(secret)
        for group in reversed(further):  # percentages before breakdowns
            self._show_again(group, search)
        if keep_twins:
            search.withhold(self.withheld)
            self.twins = {key: tuple(search.kept(secret)) for key, secret in self._secrets.items()}
        return self.withheld

    def _show_again(self, group: Group, search: _Search) -> None:
        """Show a group if the others that are withheld are enough; more may have been withheld after it, for which it is no longer needed."""
        before = search.found
        search.withhold(self.withheld - {group})
        search.found = {start: [twin for twin in twins if search.allows(twin)] for start, twins in before.items()}
        if all(search.twins(secret, far=False) for secret in self._secrets.values()):
            self.withheld.remove(group)
        else:
            search.found = before


class _Search:
    """Look for twins: force a number to be another, then repair what that breaks; first by one other move, whichever that is, then by many."""

    def __init__(self, values: list[int], moves: list[Sum], known: list[_Known], withheld: set[Group], earlier: Twins) -> None:
        # A group that takes from nobody must first receive somebody: both together are a move of their own.
        self.moves: list[Sum] = []
        for move in moves:
            for place, change in move.items():
                if values[place] + change < 0:
                    break
            else:
                self.moves.append(move)
        self.known, self.earlier = known, earlier
        self.known_of: list[list[tuple[int, int]]] = [[] for _ in values]
        self.moves_of: list[list[tuple[int, int]]] = [[] for _ in values]
        self.known_by: dict[Group | None, list[int]] = {}
        for number, each in enumerate(known):
            for place, weight in each.sum.items():
                self.known_of[place].append((number, weight))
            for bounds in each.bounds:
                self.known_by.setdefault(bounds.group, []).append(number)
        for number, move in enumerate(self.moves):
            for place, change in move.items():
                self.moves_of[place].append((number, change))
        self.effects: dict[int, Sum] = {}
        self.unit = [each.unit for each in known]
        self.changing: dict[int, tuple[set[int], set[int]]] = {}
        self.changes: dict[frozenset[tuple[int, int]], Sum] = {}
        # What a twin starts from -> twins that were found.
        self.found: dict[frozenset[tuple[int, int]], list[Sum]] = {}
        self.least, self.most = [-_ANY - each.value for each in known], [_ANY - each.value for each in known]
        self.near = [False] * len(known)
        self.withheld: set[Group | None] = {*self.known_by}
        self.withhold(withheld)

    def withhold(self, withheld: set[Group]) -> None:
        """Let everybody know what is known but of these groups."""
        changed, self.withheld = self.withheld ^ withheld, {*withheld}
        self.costs: dict[int, float] = {}
        for number in {number for group in changed for number in self.known_by.get(group, ())}:
            low, high = -_ANY, _ANY
            for least, most, group in self.known[number].bounds:
                if group not in self.withheld:
                    low, high = max(low, least), min(high, most)
            value, unit = self.known[number].value, self.unit[number]
            self.least[number], self.most[number] = low - value, high - value
            self.near[number] = low - value > -_FAR * unit or high - value < _FAR * unit

    def allows(self, twin: Sum) -> bool:
        """Whether nobody could tell these numbers from the true ones."""
        return not any(self._off(number, shift) for number, shift in self._shifts(twin).items())

    def twins(self, secret: _Secret, far: bool = True) -> list[Sum]:
        """Return twins in which a secret is another, one of each start; none if any has none. A secret that depends on earlier ones may have theirs."""
        twins = self._twins(secret.sum, secret.starts, far)
        if twins or secret.starts != _UNCHANGED:
            return twins
        depended = (starts for starts in self.earlier.values() if all(_change(secret.sum, start) for start in starts))
        of_those = chain([self.earlier.get(secret.among, ())], depended)
        return next(filter(None, (self._twins(secret.sum, starts, far) for starts in of_those)), [])

    def _twins(self, secret: Sum, starts: tuple[Sum, ...], far: bool) -> list[Sum]:
        twins = []
        for start in starts:
            found = self.found.setdefault(frozenset(start.items()), [])
            twin = next((each for each in found if _change(secret, each)), None)
            if twin is None:
                twin = self.twin(secret, start, far)
                if twin is None:
                    return []
                found.append(twin)
            twins.append(twin)
        return twins

    def kept(self, secret: _Secret) -> list[Sum]:
        """Return twins of a secret that differ by one move, those that change the least of what is known first; if there are none, those that were found."""
        twins = self.twins(secret)
        if not twins or secret.starts != _UNCHANGED:
            return twins
        own = {move: change for move, change in self._changes(secret.sum).items() if not self._cost(move)}
        least = sorted(own, key=lambda move: len(self._effect(move)))
        more, less = ([self.moves[move] for move in least if own[move] * sign > 0] for sign in (1, -1))
        return [*more[:_KEPT], *less[:_KEPT]] or twins

    def twin(self, secret: Sum, start: Sum, far: bool = True) -> Sum | None:
        """Return by how much the numbers of a twin differ, in which the secret is another; None if none is found. `far`: also one that many moves lead to."""
        own = self._changes(secret)
        moved = _change(secret, start)
        first = [(start, self._shifts(start), moved)] if start else ((self.moves[move], self._effect(move), own[move]) for move in own)
        near = (self._in_two(*each, own) for each in first)
        searches = [self._in_many(start, moved, own, sign) for sign in (1, -1) if moved * sign >= 0]
        distant = chain.from_iterable(islice(search, moves) for moves in _MOVES for search in searches)
        return next((twin for twin in chain(near, distant if far else ()) if twin is not None), None)

    def _in_two(self, first: Sum, shifts: Sum, moved: int, own: Sum) -> Sum | None:
        """Return a twin that changes lead to, alone or with a move that repairs all that they break: by how much they shift known sums, and the secret.

        `own`: moves that change the secret, and by how much.
        """
        off = [number for number, shift in shifts.items() if not self.least[number] <= shift <= self.most[number]]
        if not off:
            return first
        for other in set.intersection(*sorted((self._changing(number, shifts[number] < 0) for number in off), key=len)):
            if moved + own.get(other, 0) and all(
                self.least[number] <= shifts.get(number, 0) + change <= self.most[number] for number, change in self._effect(other).items()
            ):
                return added(first, self.moves[other])
        return None

    def _in_many(self, start: Sum, moved: int, own: Sum, sign: int) -> Iterator[Sum | None]:
        """Yield a twin that is reached by many moves, each of which repairs the most of what is broken; None after each move until then."""
        changes = start
        shifts = {number: shift for number, shift in self._shifts(start).items() if self.near[number]}
        weights: Sum = {}
        recent: list[int] = []
        move = None if start else min((move for move in own if own[move] * sign > 0), key=self._cost, default=None)
        for step in count():
            if move is not None:
                changes = added(changes, self.moves[move])
                moved += own.get(move, 0)
                recent = [*recent, move][-_MEMORY:]
                for number, change in self._effect(move).items():
                    if self.near[number]:
                        shifts[number] = shifts.get(number, 0) + change
            elif step or not start:
                return
            off = {
                number: self._off(number, shift) * weights.get(number, 1)
                for number, shift in shifts.items()
                if not self.least[number] <= shift <= self.most[number]
            }
            if not off:
                yield changes if self.allows(changes) else None
                return
            worst = max(off, key=off.__getitem__)
            useful = self._changing(worst, shifts[worst] < 0)
            repairs = (each for each in useful if each not in recent and (moved + own.get(each, 0)) * sign > 0)
            move, cost = self._best(repairs, shifts, weights, _total(off.values()))
            if cost >= 0:  # stuck: what is broken now counts for more from here on
                for number in off:
                    weights[number] = weights.get(number, 1) + 1
            yield None

    def _best(self, moves: Iterable[int], shifts: Sum, weights: Sum, wrong: float) -> tuple[int | None, float]:
        """Return the move that repairs most, and what it costs."""
        best, best_cost = None, 0.0
        least, most, unit, costs, effects = self.least, self.most, self.unit, self.costs, self.effects
        for move in moves:
            cost = costs[move] if move in costs else self._cost(move)
            effect = effects[move]
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
        """Return by how much each move changes a sum, if it does."""
        key = frozenset(sum.items())
        if key not in self.changes:
            changes: Sum = {}
            for place, weight in sum.items():
                for move, change in self.moves_of[place]:
                    changes[move] = changes.get(move, 0) + weight * change
            self.changes[key] = {move: change for move, change in changes.items() if change}
        return self.changes[key]

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
        return max(self.least[number] - shift, shift - self.most[number], 0) / self.unit[number]

    def _shifts(self, changes: Sum) -> Sum:
        """Return by how much known sums differ if numbers do."""
        shifts: dict[int, int] = {}
        for place, change in changes.items():
            for number, weight in self.known_of[place]:
                shifts[number] = shifts.get(number, 0) + weight * change
        return {number: shift for number, shift in shifts.items() if shift}


def added(*sums: Sum) -> Sum:
    """Return the sum of sums."""
    total = dict(sums[0]) if sums else {}
    for sum in sums[1:]:
        for place, weight in sum.items():
            total[place] = total.get(place, 0) + weight
    return total if all(total.values()) else {place: weight for place, weight in total.items() if weight}


def times(sum: Sum, factor: int) -> Sum:
    """Return the sum with all weights multiplied."""
    return {place: factor * weight for place, weight in sum.items()}


def _change(sum: Sum, move: Sum) -> int:
    if len(sum) > len(move):
        sum, move = move, sum
    return _total(weight * move.get(place, 0) for place, weight in sum.items())


_total = sum
