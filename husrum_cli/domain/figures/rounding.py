"""Numbers of people that outsiders may see, so rounded that no small one can be computed back. `docs/publishing.md` tells the rule and its reasons.

A table holds one group of people, in cells that add up to a number which is public. Of every cell only a `Block` of neighbouring numbers is used from
here on: whatever is published is added up from the middles of blocks. So nobody can know more than the blocks and the sums of the tables, and a table of
which these would tell a small number is not used at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple


class Block(NamedTuple):
    """Neighbouring numbers that are treated alike, both ends included."""

    low: int
    high: int

    @property
    def middle(self) -> float:
        """What each of them counts as in a sum."""
        return (self.low + self.high) / 2


def block(number: int, threshold: int) -> Block:
    """The block of a number. With 5: 0, 1-2, 3-4, 5-7, 8-9, 10-12, 13-14, 15-17 …, each of which rounds to one multiple of 5, or is hidden."""
    below, above = threshold // 2, (threshold - 1) // 2
    if number <= 0:
        return Block(0, 0)
    if number < threshold:
        if threshold < 5:
            return Block(1, threshold - 1)
        return Block(1, below) if number <= below else Block(below + 1, threshold - 1)
    nearest = (number + below) // threshold * threshold
    if nearest == threshold or number >= nearest:
        return Block(nearest, nearest + above)
    return Block(nearest - below, nearest - 1)


def rounded(total: float, threshold: int) -> int | None:
    """What is shown of a sum of middles: the nearest multiple of the threshold; None where it is below it."""
    if total == 0:
        return 0
    return None if total < threshold else int(total / threshold + 0.5) * threshold


class Table(NamedTuple):
    """Answers of one group of people: how many gave each, the non-answers among them.

    `base` is their number. `unions`: the codes of each share of the question. Where several answers are possible, `some` is how many gave one of `members`
    (all codes where `members` is empty), and `alone` the code that stands by itself.
    """

    base: int
    numbers: Mapping[str, int]
    non_answers: Collection[str]
    unions: Collection[Collection[str]] = ()
    several: bool = False
    some: int | None = None
    members: Collection[str] = ()
    alone: str | None = None


def is_open(table: Table, threshold: int) -> bool:
    """Whether the blocks of a table and its base leave every small number in it more than one value."""
    blocks = {code: block(number, threshold) for code, number in table.numbers.items()}
    ranges = _several(table, blocks, threshold) if table.several else _single(table, blocks)
    return not any(low >= high and 0 < high < threshold for low, high in ranges)


def _single(table: Table, blocks: dict[str, Block]) -> Iterable[tuple[int, int]]:
    """The ranges of all cells, shares and `answered`, where each gave one answer."""
    answers = blocks.keys() - table.non_answers
    whole = _sum(blocks.values())
    for codes in (*((code,) for code in blocks), answers, *table.unions):
        inside = _sum(blocks[code] for code in codes if code in blocks)
        yield _within(table.base, inside, Block(whole.low - inside.low, whole.high - inside.high))


def _several(table: Table, blocks: dict[str, Block], threshold: int) -> Iterable[tuple[int, int]]:
    """The same where each may give several answers: those who gave one of the members, one alone, another only, or none, add up to the base."""
    non_answers = [each for code, each in blocks.items() if code in table.non_answers]
    members = {code: each for code, each in blocks.items() if code in table.members or not table.members and code not in table.non_answers}
    rest = {code: each for code, each in blocks.items() if code not in members and code not in table.non_answers and code != table.alone}
    some = Block(max((each.low for each in members.values()), default=0), sum(each.high for each in members.values()))
    if table.some is not None:
        own = block(table.some, threshold)
        some = Block(max(some.low, own.low), min(some.high, own.high))
    # Those who gave another answer than the one that stands alone. Of them, `further` gave none of the members.
    alone = blocks[table.alone] if table.alone else Block(0, 0)
    further = sum(each.high for each in rest.values())
    others = Block(max([some.low, *(each.low for each in rest.values())]), some.high + further)
    silent = _sum(non_answers)
    for number, part in enumerate(non_answers):
        yield _within(table.base, part, _sum([others, alone, *non_answers[:number], *non_answers[number + 1 :]]))
    yield _within(table.base, alone, _sum([others, silent]))
    yield _within(table.base, _sum([others, alone]), silent)
    others = Block(*_within(table.base, others, _sum([alone, silent])))
    some = Block(max(some.low, others.low - further), min(some.high, others.high))
    if table.some is not None:
        yield some
    for code, each in members.items():
        beside = sum(min(other.high, some.low) for name, other in members.items() if name != code)
        yield max(each.low, some.low - beside), min(each.high, some.high)
    for code, each in rest.items():
        beside = sum(other.high for name, other in rest.items() if name != code)
        yield max(each.low, others.low - some.high - beside), min(each.high, others.high)


def _sum(blocks: Iterable[Block]) -> Block:
    held = list(blocks)
    return Block(sum(each.low for each in held), sum(each.high for each in held))


def _within(base: int, inside: Block, outside: Block) -> tuple[int, int]:
    """What is known of `inside` when it adds up to `base` with `outside`."""
    return max(inside.low, base - outside.high), min(inside.high, base - outside.low)
