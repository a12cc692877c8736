"""The published change reveals no number of people from 1 to 4, even to somebody who knows how it is made.

An attacker has what is published, and looks for everything else that would be published the same: a number from 1 to 4 that is one and the same in all of
it has been found out. Of the flow that is a search, of the scores an integer programme.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Iterator

import numpy
import pytest
from solver import Solver, student_t

from husrum_cli.domain.figures.change import change_summary, published_change, published_flow
from husrum_cli.records import Period
from husrum_cli.records.change import ChangeRecord, Flow

YEAR = Period("2024", "2024-01-01", "2024-12-31")
Publish = Callable[[Flow], Flow]


def flow_of(not_measured: int, late: int, *parts: int, pairs: int = 30) -> Flow:
    baseline = sum(parts)
    return Flow(not_measured + late + baseline, not_measured, late, baseline, *parts, pairs)


def parts_of(flow: Flow) -> list[int | None]:
    return [flow.not_measured, flow.late_baseline, *flow[4:9]]


def random_flow(chance: random.Random) -> Flow:
    """Mostly small numbers, as those that can be found out are."""
    parts = [chance.choice((0, 0, chance.randrange(1, 5), chance.randrange(5, 9), chance.randrange(5, 30))) for _part in range(7)]
    return flow_of(*parts)


def alike(truth: Flow, publish: Publish, chance: random.Random) -> Iterator[Flow]:
    """Flows that would be published the same: first those where one or two people are elsewhere, then all, in no order."""
    shown = publish(truth)
    exact = [value for value in parts_of(truth) if value is not None]
    steps = [step for number in (1, 2) for step in itertools.combinations(itertools.product(range(len(exact)), (-1, 1)), number)]
    for step in steps:
        near = list(exact)
        for place, more in step:
            near[place] += more
        if min(near) >= 0 and publish(candidate := flow_of(*near)) == shown:
            yield candidate
    ranges = []
    for known, value in zip(parts_of(shown), parts_of(truth), strict=True):
        assert value is not None
        hidden = sorted({*range(5), *range(max(0, value - 4), value + 5)})
        ranges.append(hidden if known is None else [each for each in range(known - 2, known + 3) if each > 4] if known else [0])
        chance.shuffle(ranges[-1])
    for parts in itertools.product(*ranges):
        if publish(candidate := flow_of(*parts)) == shown:
            yield candidate


def found_out(truth: Flow, publish: Publish, chance: random.Random) -> set[str]:
    """The fields whose small number is the same in every flow that is published alike."""
    small = {name for name, value in truth._asdict().items() if value is not None and 0 < value < 5}
    for other in alike(truth, publish, chance) if small else ():
        small -= {name for name in small if getattr(other, name) != getattr(truth, name)}
        if not small:
            break
    return small


def test_the_flow_reveals_no_small_number() -> None:
    chance = random.Random(1)
    found = {
        truth: names for truth in (random_flow(chance) for _number in range(300)) if (names := found_out(truth, published_flow, chance))
    }
    assert not found, found


@pytest.mark.full
def test_no_flow_of_many_reveals_a_small_number() -> None:
    chance = random.Random(2)
    found = {
        truth: names for truth in (random_flow(chance) for _number in range(20000)) if (names := found_out(truth, published_flow, chance))
    }
    assert not found, found


def test_the_search_finds_what_rounding_alone_would_tell() -> None:
    def rounded(flow: Flow) -> Flow:
        return Flow(*(None if value is None or 0 < value < 5 else (value + 2) // 5 * 5 for value in flow))

    truth = flow_of(8, 1, 8, 0, 0, 0, 0)  # 15 are at most 17 interviewed, and 10 and 10 are at least 8 and 8 of them
    assert found_out(truth, rounded, random.Random(3)) == {"late_baseline"}


def test_what_reveals_nothing_small_is_shown() -> None:
    assert published_flow(flow_of(15, 2, 5, 10, 25, 3, 0)) == Flow(60, None, None, 45, *[None] * 5, 30)
    assert published_flow(flow_of(15, 0, 5, 10, 27, 0, 8)) == Flow(65, 15, 0, 50, 5, 10, 25, 0, 10, 30)
    assert published_flow(flow_of(0, 8, 0, 0, 3, 0, 0)) == Flow(10, *[None] * 8, 30)


# The table and the mean --------------------------------------------------------------------------------------------------------------------

Pairs = list[tuple[int, int]]
SCORES = range(3, 10)
CELLS = [(before, after) for before in SCORES for after in SCORES]
COUNTS: dict[str, list[bool]] = {
    "improved": [after < before for before, after in CELLS],
    "unchanged": [after == before for before, after in CELLS],
    "worse": [after > before for before, after in CELLS],
    "both": [before >= 7 and after >= 7 for before, after in CELLS],
    "before_only": [before >= 7 > after for before, after in CELLS],
    "after_only": [after >= 7 > before for before, after in CELLS],
    "neither": [before < 7 and after < 7 for before, after in CELLS],
}
TABLES = (("improved", "unchanged", "worse"), ("both", "before_only", "after_only", "neither"))


def published(pairs: Pairs) -> ChangeRecord:
    return published_change(change_summary(YEAR, ("Aarhus",), "tils", flow_of(*[0] * 7, pairs=len(pairs)), pairs))._replace(differing=0)


def counts_of(pairs: Pairs) -> dict[str, int]:
    return {name: sum(wanted[CELLS.index(pair)] for pair in pairs) for name, wanted in COUNTS.items()}


def random_pairs(chance: random.Random) -> Pairs:
    """Twenty or a little more, most of whom changed by the same."""
    number, usual = chance.randrange(20, 28), chance.choice((-2, -1, 0, 0, 1))
    befores = [chance.randrange(5, 8) for _person in range(number)]
    pairs = [(before, before + usual) for before in befores]
    for _person in range(chance.choice((1, 2, 3, 4, 5, 6, 10, number))):
        pairs[chance.randrange(number)] = (chance.choice(SCORES), chance.choice(SCORES))
    return pairs


def another(shown: ChangeRecord, truth: dict[str, int], name: str, value: int) -> bool:
    """Whether there are scores that would be published the same, with another value of a small number."""
    assert shown.pairs is not None and shown.baseline is not None
    rows, lows, highs = [], [], []

    def constrain(row: list[float], low: float, high: float) -> None:
        rows.append(row)
        lows.append(low)
        highs.append(high)

    for table in TABLES:
        values = {each: getattr(shown, each) if each in TABLES[0] else getattr(shown.severe, each) for each in table}
        for each, known in values.items():
            if known is not None:
                constrain([*map(float, COUNTS[each])], max(5, known - 2) if known else 0, known + 2 if known else 0)
        if None in values.values() and (name not in table or not 0 < value < 5):  # withheld for another one
            others = [each for each in table if each != name and 0 < truth[each] < 5]
            if not others:
                return False
            constrain([*map(float, COUNTS[others[0]])], 1, 4)
    constrain([*map(float, COUNTS[name])], value, value)
    fixed = len(rows)
    wishes = numpy.random.default_rng(7).random((12, len(CELLS)))  # for solutions that differ: some rounding is not in the programme
    usual = [None] if shown.change else range(-6, 7)
    for n, most in itertools.product(range(max(20, shown.pairs - 2), shown.pairs + 3), usual):
        for total in range(-6 * n, 6 * n + 1) if shown.change else [None]:
            del rows[fixed:], lows[fixed:], highs[fixed:]
            constrain([1.0] * len(CELLS), n, n)
            constrain([float(before) for before, _after in CELLS], n * (shown.baseline - 0.05), n * (shown.baseline + 0.05))
            if shown.change and total is not None:
                mean, t = total / n, student_t(n - 1)
                half_low = max(0.0, mean - shown.change.low - 0.05, shown.change.high - mean - 0.05)
                half_high = min(mean - shown.change.low + 0.05, shown.change.high - mean + 0.05)
                if abs(mean - shown.change.mean) > 0.05 + 1e-9 or half_low > half_high + 1e-9:
                    continue
                squares = [(half / t) ** 2 * n * (n - 1) + total * total / n for half in (half_low, half_high)]
                constrain([float(after - before) for before, after in CELLS], total, total)
                constrain([float((after - before) ** 2) for before, after in CELLS], *squares)
                below, above = math.ceil(shown.change.median) - 1, math.floor(shown.change.median) + 1
                half = (n - 1) // 2 if shown.change.median == int(shown.change.median) else n // 2
                constrain([float(after - before <= below) for before, after in CELLS], 0, half)
                constrain([float(after - before >= above) for before, after in CELLS], 0, half)
            if most is not None:  # withheld since all but a few changed by the same
                constrain([float(after - before != most) for before, after in CELLS], 1, 4)
            if shown.severe.difference is not None:  # its interval is not in the programme, so the same people are taken
                constrain([*map(float, COUNTS["after_only"])], truth["after_only"], truth["after_only"])
                constrain([*map(float, COUNTS["before_only"])], truth["before_only"], truth["before_only"])
            solver = Solver([dict(enumerate(row)) for row in rows], lows, highs, columns=len(CELLS), largest=math.inf, whole=True)
            for wish in wishes:
                found = solver.least(dict(enumerate(wish)))
                if found is None:
                    break
                pairs = [pair for pair, number in zip(CELLS, found, strict=True) for _person in range(round(number))]
                if published(pairs) == shown:
                    return True
    return False


def disclosed(pairs: Pairs) -> list[str]:
    """The small numbers that are the same in everything that is published alike."""
    shown, truth = published(pairs), counts_of(pairs)
    small = [name for name, value in truth.items() if 0 < value < 5]
    return [
        name
        for name in small
        if not any(another(shown, truth, name, value) for value in (1, 2, 3, 4, *range(5, 9), 0) if value != truth[name])
    ]


def test_the_tables_and_the_mean_reveal_no_small_number() -> None:
    chance = random.Random(5)
    found = [(pairs, names) for pairs in (random_pairs(chance) for _city in range(8)) if (names := disclosed(pairs))]
    assert not found, found


@pytest.mark.full
def test_the_scores_of_many_cities_reveal_no_small_number() -> None:
    chance = random.Random(6)
    found = [(pairs, names) for pairs in (random_pairs(chance) for _city in range(150)) if (names := disclosed(pairs))]
    assert not found, found


def test_the_programmes_find_what_the_mean_alone_would_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs: Pairs = [(5, 6), (6, 7), (7, 8)] * 8 + [(5, 5)]  # all worse by 1 but one, and a mean of 1.0 from 0.9 to 1.0
    assert disclosed(pairs) == []
    monkeypatch.setattr("husrum_cli.domain.figures.change._differing", lambda _pairs: 0)
    assert disclosed(pairs) == ["unchanged"]


def test_a_mean_that_a_few_people_make_is_withheld() -> None:
    few: Pairs = [(7, 7)] * 22 + [(9, 3)] * 2
    assert published(few).change is None and published([(7, 7)] * 24).change is not None
    assert published([*few, *[(5, 4)] * 3]).change is not None
    almost_all = change_summary(YEAR, ("Aarhus",), "tils", flow_of(*[0] * 7), [(7, 6), (7, 5)] * 25)._replace(offer="events", left_out=3)
    assert published_change(almost_all).change is None
    assert published_change(almost_all._replace(left_out=5)).change is not None


@pytest.mark.parametrize(
    ("offer", "pairs", "left_out", "shown"),
    [
        *((None, 19, 0, False), (None, 20, 0, True), ("events", 39, 0, False), ("events", 40, 0, True)),
        *(("events", 40, 1, False), ("events", 40, 4, False), ("events", 40, 5, True)),
    ],
)
def test_of_how_many_pairs_something_is_published(offer: str | None, pairs: int, left_out: int, shown: bool) -> None:
    record = change_summary(YEAR, ("Aarhus",), "tils", flow_of(*[0] * 7), [(7, 6)] * pairs)._replace(offer=offer, left_out=left_out)
    assert (published_change(record).pairs is not None) == shown
    assert published_change(record._replace(period=YEAR._replace(last="2024-12-30"))).pairs is None


@pytest.mark.parametrize(("others", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_table_is_shown_if_none_of_its_numbers_is_from_1_to_4(others: int, shown: bool) -> None:
    record = published([(7, 6)] * 25 + [(6, 7)] * others)
    assert (record.improved, record.unchanged, record.worse) == ((25, 0, others) if shown else (None, None, None))
    assert record.severe[:4] == ((0, 25, others, 0) if shown else (None,) * 4)
    assert (record.severe.difference is not None) == shown
