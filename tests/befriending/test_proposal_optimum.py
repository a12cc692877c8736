"""The proposal against every possible one, on small random instances; and what must hold of any proposal.

`HUSRUM_MATCHINGS=5000 python -m pytest tests/befriending/test_proposal_optimum.py` tries that many of each, always others.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from husrum_cli.domain.befriending.matching import (
    LASTING,
    VOLUNTEER_MUST,
    WISH_KINDS,
    Ages,
    Matching,
    Side,
    Terms,
    Volunteer,
    YoungPerson,
    lot,
    parts,
)

OFTEN = int(os.environ.get("HUSRUM_MATCHINGS", "0"))
usual = settings(max_examples=OFTEN or 120, derandomize=not OFTEN)
Instance = tuple[list[YoungPerson], list[Volunteer], Terms]
Pairs = dict[int, int]


def some(chance: Random, values: Sequence[Any]) -> frozenset[Any]:
    """Up to two of these."""
    return frozenset(chance.sample(list(values), chance.randint(0, 2)))


def a_range(chance: Random) -> Ages:
    """Ages from one to another."""
    youngest = chance.randint(16, 40)
    return youngest, youngest + chance.choice([0, 0, 1, 5, 20])


def a_side(chance: Random, number: int, lacking: Sequence[str], share: float) -> Side:
    """The facts known about a person: some of those that can be."""

    def known() -> bool:
        return chance.random() < share

    return Side(
        id=number,
        uid=f"{chance.getrandbits(128):032x}",
        human=1 if chance.random() < 0.05 else 100 + number,
        branch=2 if chance.random() < 0.05 else 1,
        lacks=tuple(chance.sample(list(lacking), 1)) if chance.random() < share / 3 else (),
        gender=chance.choice("fmx") if known() else None,
        ages=a_range(chance) if known() else None,
        words=some(chance, "abc"),
        area=some(chance, "abc"),
        time=some(chance, "abc") if known() else frozenset(),
        speaks=some(chance, "abc") if known() else frozenset(),
        wants_gender=some(chance, "fmx") if known() else frozenset(),
        wants_age=a_range(chance) if known() else None,
        avoid=some(chance, "abc") if known() else frozenset(),
    )


def a_volunteer(chance: Random, number: int, share: float) -> Volunteer:
    """Somebody with one place, or two, or none that is left."""
    side, places = a_side(chance, number, ["intro_course", "not_active"], share), chance.choice([1, 1, 1, 1, 2, 2, 0])
    return Volunteer(side if places else side._replace(lacks=(*side.lacks, "capacity")), places)


def an_instance(chance: Random, waiting: int, offering: int) -> Instance:
    """Several wait since the same day, so that points count as well as days."""
    days = ["", "2024-01-01", "2024-01-02", "2024-02-01"]
    share = chance.choice([0.05, 0.15, 0.3])
    young = [YoungPerson(a_side(chance, number, ["has_match"], share), chance.choice(days)) for number in range(waiting)]
    volunteers = [a_volunteer(chance, 50 + number, share) for number in range(offering)]
    everybody = [each.side.id for each in (*young, *volunteers)]
    earlier = [frozenset(chance.sample(everybody, 2)) for _pair in range(chance.randint(0, 3)) if len(everybody) > 1]
    weights = {wish: chance.randint(0, 5) for wish in WISH_KINDS}
    return young, volunteers, Terms(weights, chance.choice([0, 0, 0, 3]), frozenset(earlier))


def instances(largest: int = 6) -> st.SearchStrategy[Instance]:
    """Made from one number, which is quick enough for thousands; the sizes are drawn separately, so that a failure shrinks to the fewest people."""
    sizes = st.integers(0, largest)
    return st.builds(an_instance, st.integers(0, 2**64).map(Random), sizes, sizes)


# The must-haves written again, one pair at a time, as in docs/matching.md.


def within(ages: Ages | None, wanted: Ages | None) -> bool:
    """Whether somebody of these possible ages may be of a wanted age. What is unknown forbids nothing."""
    return ages is None or wanted is None or any(wanted[0] <= age <= wanted[1] for age in range(ages[0], ages[1] + 1))


def broken(one: Side, other: Side, places: int, terms: Terms) -> set[str]:
    """The must-haves that a pair doesn't meet."""
    holds = {
        "capacity": places > 0,
        "same_person": one.human != other.human,
        "other_branch": one.branch == other.branch,
        "earlier": frozenset((one.id, other.id)) not in terms.earlier,
        "wants_gender": all(
            not each.wants_gender or whose.gender is None or whose.gender in each.wants_gender
            for each, whose in ((one, other), (other, one))
        ),
        "wants_age": within(one.ages, other.wants_age) and within(other.ages, one.wants_age),
        "time": not one.time or not other.time or bool(one.time & other.time),
        "speaks": not one.speaks or not other.speaks or bool(one.speaks & other.speaks),
        "avoid": not one.avoid & other.words and not other.avoid & one.words,
    }
    found = {key for key, met in holds.items() if not met} | set(one.lacks) | set(other.lacks)
    if not found and points(one, other, terms) < terms.min_score:
        found.add("min_score")
    return found


def points(one: Side, other: Side, terms: Terms) -> int:
    """The points of a pair."""
    shared = {
        "interest": one.words & other.words,
        "area": one.area & other.area,
        "time": one.time & other.time,
        "speaks": one.speaks & other.speaks,
    }
    return sum(len(shared[wish]) * terms.weights[wish] for wish in WISH_KINDS)


def possible(young: Sequence[YoungPerson], volunteers: Sequence[Volunteer], terms: Terms) -> list[set[int]]:
    """Which volunteers each may be matched with."""
    return [{n for n, (side, places) in enumerate(volunteers) if not broken(each.side, side, places, terms)} for each in young]


def every(fits: Sequence[set[int]], places: list[int], number: int = 0) -> Iterator[Pairs]:
    """Every set of pairs there is."""
    if number == len(fits):
        yield {}
        return
    for rest in every(fits, places, number + 1):
        yield rest
        for n in fits[number]:
            if sum(given == n for given in rest.values()) < places[n]:
                yield {number: n, **rest}


def served(young: Sequence[YoungPerson], pairs: Pairs) -> list[int]:
    """Return how many of each day get a pair, the earliest day first."""
    days = sorted({each.since for each in young})
    return [sum(young[number].since == day for number in pairs) for day in days]


def worth(instance: Instance, pairs: Pairs) -> tuple[int, list[int], int, int]:
    """Return what makes one proposal better than another, in this order: the number of pairs, who has waited longest, the points, the lots."""
    young, volunteers, terms = instance
    both = [(young[number].side, volunteers[n].side) for number, n in pairs.items()]
    return len(pairs), served(young, pairs), sum(points(*pair, terms) for pair in both), sum(lot(*pair) for pair in both)


def matching(instance: Instance) -> Matching:
    return Matching(*instance)


def best(instance: Instance, fits: Sequence[set[int]] | None = None) -> Pairs:
    """The best of all proposals there are."""
    young, volunteers, terms = instance
    fits = possible(young, volunteers, terms) if fits is None else fits
    return max(every(fits, [each.places for each in volunteers]), key=lambda pairs: worth(instance, pairs))


@usual
@given(instances())
def test_the_proposal_is_the_best_there_is(instance: Instance) -> None:
    assert matching(instance).pairs == best(instance)


@usual
@given(instances())
def test_no_pair_is_forbidden_and_every_reason_is_true(instance: Instance) -> None:
    young, volunteers, terms = instance
    found = matching(instance)
    for number, each in enumerate(young):
        for n, (side, places) in enumerate(volunteers):
            reasons = {key for key, mask in found.ruled_out[number].items() if mask >> n & 1}
            assert reasons == broken(each.side, side, places, terms)
            assert sum(parts(each.side, side, terms.weights).values()) == points(each.side, side, terms)
    assert all(not broken(young[number].side, *volunteers[n], terms) for number, n in found.pairs.items())


@usual
@given(instances(largest=9))
def test_nobody_gives_more_than_they_have_and_nobody_is_passed_over(instance: Instance) -> None:
    young, volunteers, terms = instance
    pairs = matching(instance).pairs
    given_by = list(pairs.values())
    assert all(given_by.count(n) <= volunteers[n].places for n in given_by)
    fits = possible(young, volunteers, terms)
    for number, n in pairs.items():
        # Nobody who could have this place has waited longer without getting one.
        assert all(other in pairs or young[other].since >= young[number].since for other in range(len(young)) if n in fits[other])


@usual
@given(instances(largest=9), st.integers(0, 2**64).map(Random))
def test_one_more_volunteer_never_lowers_the_number(instance: Instance, chance: Random) -> None:
    young, volunteers, terms = instance
    more = a_volunteer(chance, 99, 0.1)
    before, after = matching(instance).pairs, matching((young, [*volunteers, more], terms)).pairs
    assert len(after) >= len(before)
    assert served(young, after) >= served(young, before)


@usual
@given(instances(largest=9), st.integers(0, 2**64).map(Random))
def test_order_and_numbers_change_nothing(instance: Instance, chance: Random) -> None:
    young, volunteers, terms = instance
    ids = [each.side.id for each in (*young, *volunteers)]
    new = dict(zip(ids, chance.sample(ids, len(ids)), strict=True))
    others: Instance = (
        [each._replace(side=each.side._replace(id=new[each.side.id])) for each in chance.sample(young, len(young))],
        [each._replace(side=each.side._replace(id=new[each.side.id])) for each in chance.sample(volunteers, len(volunteers))],
        terms._replace(earlier=frozenset(frozenset(new[id] for id in pair) for pair in terms.earlier)),
    )

    def by_uid(each: Instance) -> set[tuple[str, str]]:
        return {(each[0][number].side.uid, each[1][n].side.uid) for number, n in matching(each).pairs.items()}

    assert by_uid(others) == by_uid(instance)


@usual
@given(instances(largest=4))
def test_what_is_said_to_help_would_help(instance: Instance) -> None:
    young, volunteers, terms = instance
    found = matching(instance)
    fits = possible(young, volunteers, terms)
    places = [each.places for each in volunteers]
    for number, each in enumerate(young):
        if number in found.pairs:
            continue
        said = found.would_help(number)
        assert all(said.values())
        only = [broken(each.side, *side, terms) for side in volunteers]
        for key in {"taken", *(next(iter(keys)) for keys in only if len(keys) == 1)} - set(LASTING):
            alone = {n for n, keys in enumerate(only) if keys == {key}} if key != "taken" else fits[number]
            helping = 0
            for n in alone:
                room = [have + (other == n and key in ("capacity", "taken")) for other, have in enumerate(places)]
                lifted = [fits[other] | ({n} if other == number else set()) for other in range(len(young))]
                # Everybody who is promised a place has one in every proposal that is best by number and days.
                ranked = [((len(pairs), served(young, pairs)), number in pairs) for pairs in every(lifted, room)]
                helping += all(promised for rank, promised in ranked if rank == max(ranked)[0])
            assert said.pop(key, 0) == helping
        assert not said


@usual
@given(instances(largest=7))
def test_every_volunteer_left_over_has_a_true_reason(instance: Instance) -> None:
    young, volunteers, terms = instance
    found = matching(instance)
    fits = possible(young, volunteers, terms)
    output = {n: (reason, kept) for n, reason, kept in found.unused()}
    assert set(output) == set(range(len(volunteers))) - set(found.pairs.values())
    for n, (reason, kept) in output.items():
        fitting = [number for number in range(len(young)) if n in fits[number]]
        if reason in VOLUNTEER_MUST:
            assert reason in volunteers[n].side.lacks
        elif reason == "not_needed":
            assert fitting and all(number in found.pairs for number in fitting)
        else:
            assert reason == ("nobody_fits" if young else "nobody_waits") and not fitting
            assert kept == {key: count for key in kept if (count := sum(key in broken(each.side, *volunteers[n], terms) for each in young))}


@usual
@given(instances(largest=6), st.integers(1, 3))
def test_the_next_best_come_in_order(instance: Instance, several: int) -> None:
    young, volunteers, terms = instance
    found = matching(instance)
    fits = possible(young, volunteers, terms)
    for number, each in enumerate(young):
        named = found.next_best(number, several)
        left = fits[number] - {found.pairs.get(number)}
        assert len(named) == min(several, len(left)) and set(named) <= left
        scores = [points(each.side, volunteers[n].side, terms) for n in named]
        assert scores == sorted(scores, reverse=True)
        assert all(points(each.side, volunteers[n].side, terms) <= scores[-1] for n in left - set(named))
