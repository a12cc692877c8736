"""The heaviest assignment of rows to columns with places, exact for whole numbers of any size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush


def heaviest_assignment(weights: Sequence[Mapping[int, int]], places: Sequence[int]) -> dict[int, int]:
    """Return row -> column so that the sum of weights is the largest there can be; a row may stay without a column.

    `weights`: for each row, column -> weight, positive; pairs that are not there are not allowed. `places`: how many rows each column takes.

    Rows come in one by one, each by the cheapest augmenting path (Jonker and Volgenant, 1987; with places as in Ahuja, Magnanti and Orlin,
    Network Flows, 1993, chapter 12). `worth` and `price` are the dual: a row is worth at least each of its weights less the column's price, and exactly that
    for the column it has; a column with a free place costs nothing. So what is left of any other assignment can't be more.
    """
    worth = [max([0, *row.values()]) for row in weights]
    price = [0] * len(places)
    taken: dict[int, int] = {}
    holders: list[set[int]] = [set() for _ in places]
    for start in range(len(weights)):
        distance: dict[int, int] = {}  # of a column, on the cheapest way found
        reached = {start: 0}  # rows, with the distance at which they were
        through: dict[int, int] = {}  # column -> the row before it
        done: set[int] = set()
        heap: list[tuple[int, int, int]] = []
        worth[start] = max([0, *(weight - price[column] for column, weight in weights[start].items())])
        rows = [start]
        at = 0
        while True:
            for row in rows:
                base = at + worth[row]
                heappush(heap, (base, -1, row))  # the row stays without a column
                for column, weight in weights[row].items():
                    if column not in done:
                        way = base - weight + price[column]
                        if column not in distance or way < distance[column]:
                            distance[column] = way
                            through[column] = row
                            heappush(heap, (way, column, row))
            at, column, row = heappop(heap)
            while column in done:
                at, column, row = heappop(heap)
            if column < 0 or len(holders[column]) < places[column]:
                break
            done.add(column)
            rows = [holder for holder in holders[column]]
            reached.update(dict.fromkeys(rows, at))
        for each, way in reached.items():
            worth[each] -= at - way
        for each in done:
            price[each] += at - distance[each]
        # Each row on the way moves on to the column that the way took it to; the last one may stay without.
        while True:
            before = taken.pop(row, None)
            if before is not None:
                holders[before].discard(row)
            if column >= 0:
                taken[row] = column
                holders[column].add(row)
            if row == start:
                break
            assert before is not None, "only the row that comes in had no column"
            column, row = before, through[before]
    return taken
