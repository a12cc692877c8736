"""What outsiders see of change tells no number of people from 1 to 4, also to somebody who knows how it is made.

An attacker has what is published, and looks for everything else that would be published the same: a number from 1 to 4 that is one and the same in all of
it has been found out.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest

from husrum_cli.domain.figures.change import change, published_change, published_flow, summary
from husrum_cli.records import Period
from husrum_cli.records.change import ChangeRecord, Flow

YEAR = Period("2024", "2024-01-01", "2024-12-31")
PARTS = ("not_due", "due", "answered", "declined", "not_asked")
assert change  # what is tested here is what it is published by


def flow_of(not_measured: int, late: int, *parts: int, pairs: int = 30) -> Flow:
    baseline = sum(parts)
    return Flow(not_measured + late + baseline, not_measured, late, baseline, *parts, pairs)


def random_flow(chance: random.Random) -> Flow:
    """Mostly small numbers, as those that can be found out are."""
    number = lambda: chance.choice((0, 0, chance.randrange(1, 5), chance.randrange(5, 9), chance.randrange(5, 30)))  # noqa: E731
    return flow_of(*(number() for _part in range(7)))


def alike(shown: Flow, truth: Flow, chance: random.Random) -> Iterator[Flow]:
    """Flows that would be published the same: those near the truth first, in no order."""
    truths = (truth.not_measured, truth.late_baseline, *(getattr(truth, name) for name in PARTS))
    published = (shown.not_measured, shown.late_baseline, *(getattr(shown, name) for name in PARTS))
    ranges = []
    for known, value in zip(published, truths, strict=True):
        assert value is not None
        hidden = sorted({*range(5), *range(max(0, value - 4), value + 5)})
        ranges.append([value] if known == 0 else hidden if known is None else [each for each in range(known - 2, known + 3) if each > 4])
    for each in ranges:
        chance.shuffle(each)
    for parts in itertools.product(*ranges):
        if published_flow(candidate := flow_of(*parts)) == shown:
            yield candidate


def found_out(truth: Flow, chance: random.Random) -> set[str]:
    """The fields whose small number is the same in every flow that is published alike."""
    shown = published_flow(truth)
    small = {name for name, value in truth._asdict().items() if value is not None and 0 < value < 5}
    for other in alike(shown, truth, chance):
        small -= {name for name in small if getattr(other, name) != getattr(truth, name)}
        if not small:
            break
    return small


def test_the_flow_tells_no_small_number() -> None:
    chance = random.Random(1)
    found = {truth: names for truth in (random_flow(chance) for _number in range(150)) if (names := found_out(truth, chance))}
    assert not found, found


@pytest.mark.full
def test_no_flow_of_many_tells_a_small_number() -> None:
    chance = random.Random(2)
    found = {truth: names for truth in (random_flow(chance) for _number in range(5000)) if (names := found_out(truth, chance))}
    assert not found, found


def test_the_attack_finds_what_rounding_alone_would_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    truth = flow_of(8, 1, 8, 0, 0, 0, 0)  # 17 interviewed: 15 is at most 17, and 8 and 8 are the least that 10 and 10 can be
    assert published_flow(truth).not_measured is None
    assert not found_out(truth, random.Random(3))
    monkeypatch.setattr("husrum_cli.domain.figures.change._determined", lambda *_known: False)
    assert published_flow(truth)[:4] == (15, 10, None, 10)
    assert found_out(truth, random.Random(3)) == {"late_baseline"}


def test_what_is_not_small_is_shown() -> None:
    assert published_flow(flow_of(15, 2, 5, 10, 25, 3, 0)) == Flow(60, 15, None, 45, 5, 10, 25, None, 0, 30)
    assert published_flow(flow_of(0, 0, 0, 0, 3, 0, 0)) == Flow(None, 0, 0, None, 0, 0, None, 0, 0, 30)


# The table and the mean --------------------------------------------------------------------------------------------------------------------

Pairs = list[tuple[int, int]]


def published(pairs: Pairs) -> ChangeRecord:
    return published_change(summary(YEAR, ("Aarhus",), "tils", flow_of(0, 0, 0, 0, 0, 0, 0, pairs=len(pairs)), pairs))._replace(differing=0)


def small_numbers(pairs: Pairs) -> dict[str, int]:
    exact = summary(YEAR, ("Aarhus",), "tils", flow_of(0, 0, 0, 0, 0, 0, 0), pairs)
    counts = {"improved": exact.improved, "unchanged": exact.unchanged, "worse": exact.worse}
    counts |= dict(zip(("both", "before_only", "after_only", "neither"), exact.severe[:4], strict=True))
    return {name: value for name, value in counts.items() if value is not None and 0 < value < 5}


def random_pairs(chance: random.Random) -> Pairs:
    """Twenty or a little more, most of whom changed by the same."""
    number, usual = chance.randrange(20, 28), chance.choice((-2, -1, 0, 0, 1))
    pairs = []
    for _person in range(number):
        before = chance.randrange(5, 8)
        pairs.append((before, before + usual))
    for _person in range(chance.choice((1, 2, 3, 4, 6, 10, number))):
        place = chance.randrange(number)
        pairs[place] = (chance.randrange(3, 10), chance.randrange(3, 10))
    return pairs


def other_pairs(pairs: Pairs, chance: random.Random) -> Pairs:
    """The same with somebody more or less, and a few others changed, mostly so that sums stay."""
    pairs = list(pairs)
    if chance.random() < 0.3:
        pairs.append(chance.choice(pairs))
    elif chance.random() < 0.3 and len(pairs) > 20:
        pairs.pop(chance.randrange(len(pairs)))
    for _time in range(chance.randrange(1, 5)):
        for step in (1, -1):
            place = chance.randrange(len(pairs))
            scores = list(pairs[place])
            when = chance.randrange(2)
            scores[when] = min(9, max(3, scores[when] + step))
            pairs[place] = (scores[0], scores[1])
    return pairs


def told(pairs: Pairs, chance: random.Random) -> set[str]:
    """The small numbers that are the same in everything that was found to be published alike."""
    shown, small = published(pairs), small_numbers(pairs)
    near = [pairs]
    for _try in range(1500):
        if not small:
            break
        other = other_pairs(chance.choice(near), chance)
        if published(other) == shown:
            near.append(other)
            numbers = small_numbers(other)
            small = {name: value for name, value in small.items() if numbers.get(name) == value}
    return set(small)


def test_the_table_and_the_mean_tell_no_small_number() -> None:
    chance = random.Random(5)
    found = [(pairs, names) for pairs in (random_pairs(chance) for _city in range(60)) if (names := told(pairs, chance))]
    assert not found, found


def test_a_mean_that_a_few_people_make_is_withheld() -> None:
    few: Pairs = [(7, 7)] * 22 + [(9, 3)] * 2
    assert published(few).change is None and published([(7, 7)] * 24).change is not None
    assert published([*few, *[(5, 4)] * 3]).change is not None
    almost_all = summary(YEAR, ("Aarhus",), "tils", flow_of(0, 0, 0, 0, 0, 0, 0), [(7, 6), (7, 5)] * 25)._replace(
        offer="events", left_out=3
    )
    assert published_change(almost_all).change is None
    assert published_change(almost_all._replace(left_out=5)).change is not None
