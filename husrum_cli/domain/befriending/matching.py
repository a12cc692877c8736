"""The rules of matching, and the best fair set of pairs. Independent of the file: it takes the facts about both sides on a day.

The rules are explained in docs/matching.md. In short: must-haves forbid a pair, wishes score it. Then as many pairs as possible; among these the longest
waiting first; among these the most points; and if even that leaves a choice, a lot that was drawn when the two were entered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from .assignment import heaviest_assignment

WISH_KINDS = ("interest", "area", "time", "speaks")
# The reasons why a volunteer, a young person, or the two of them can't be matched, in the order in which they are shown.
VOLUNTEER_MUST = ("no_offer", "not_active", "capacity", "intro_course", "confidentiality", "criminal_record")
PERSON_MUST = ("not_waiting", "has_match", "asked")
PAIR_MUST = ("same_person", "other_branch", "earlier", "wants_gender", "wants_age", "time", "speaks", "avoid", "min_score")
MUST_HAVES = (*VOLUNTEER_MUST, *PERSON_MUST, *PAIR_MUST)
# Reasons that nobody can or should change: they are never named as a change that would help.
LASTING = frozenset({"no_offer", "not_waiting", "has_match", "asked", "same_person", "other_branch", "earlier"})
# Changes that would help, the easiest first, for when several would help as many volunteers.
_EASIEST = (
    "intro_course", "confidentiality", "criminal_record", "taken", "capacity", "min_score", "not_active", "time", "speaks", "wants_age", "wants_gender", "avoid",
)  # fmt: skip
# A prime, so that every sign of both uids counts in a lot.
_LOTS = 2**48 - 59

Ages = tuple[int, int]
Parts = dict[str, int]


class Side(NamedTuple):
    """The facts about one side. Empty or None: unknown, which neither forbids nor scores. Free words are folded.

    `human` is the same for one human in two branches. `ages`: youngest and oldest they can be on the day. `words`: what they like or say about themselves.
    `lacks`: the must-haves that they don't meet, regardless of the other side.
    """

    id: int
    uid: str
    human: int
    branch: int
    lacks: tuple[str, ...] = ()
    gender: str | None = None
    ages: Ages | None = None
    words: frozenset[str] = frozenset()
    area: frozenset[str] = frozenset()
    time: frozenset[str] = frozenset()
    speaks: frozenset[str] = frozenset()
    wants_gender: frozenset[str] = frozenset()
    wants_age: Ages | None = None
    avoid: frozenset[str] = frozenset()


class YoungPerson(NamedTuple):
    """A young person who waits. `since` is '' if nobody knows since when."""

    side: Side
    since: str


class Volunteer(NamedTuple):
    """A volunteer who offers, with the places they have left."""

    side: Side
    places: int


class Terms(NamedTuple):
    """On what terms people are matched: points for each thing in common, the least that a pair must have, and the pairs that were ended or declined before (ids)."""

    weights: Parts
    min_score: int = 0
    earlier: frozenset[frozenset[int]] = frozenset()


def parts(one: Side, other: Side, weights: Parts) -> Parts:
    """Return the points of a pair by wish: what both name, times its weight."""
    return {
        "interest": len(one.words & other.words) * weights["interest"],
        "area": len(one.area & other.area) * weights["area"],
        "time": len(one.time & other.time) * weights["time"],
        "speaks": len(one.speaks & other.speaks) * weights["speaks"],
    }


def lot(one: Side, other: Side) -> int:
    """Return the tie-breaker: drawn from the uids, which are the same in every file, so neither numbers nor order count."""
    return _as_number(one.uid) * _as_number(other.uid) % _LOTS


@cache
def _as_number(uid: str) -> int:
    return int.from_bytes(uid.encode())


def bits(mask: int) -> Iterator[int]:
    """Yield the places of the ones in a mask."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


class _VolunteerMasks:
    """The volunteers as masks: bit n is volunteer n. So one operation asks all of them."""

    def __init__(self, volunteers: Sequence[Volunteer]) -> None:
        self.everyone = (1 << len(volunteers)) - 1
        self.lacks: dict[str, int] = {}
        self.saying: dict[tuple[str, object], int] = {}
        self.known: dict[str, int] = {}
        self.ages: dict[Ages, int] = {}
        self.wanted_ages: dict[Ages, int] = {}
        for number, (side, _places) in enumerate(volunteers):
            bit = 1 << number
            for key in side.lacks:
                self.lacks[key] = self.lacks.get(key, 0) | bit
            for kind in ("words", "time", "speaks", "wants_gender", "avoid"):
                for value in getattr(side, kind):
                    self._say(kind, value, bit)
            for kind in ("human", "branch", "gender", "id"):
                if getattr(side, kind) is not None:
                    self._say(kind, getattr(side, kind), bit)
            if side.ages:
                self.ages[side.ages] = self.ages.get(side.ages, 0) | bit
            if side.wants_age:
                self.wanted_ages[side.wants_age] = self.wanted_ages.get(side.wants_age, 0) | bit

    def _say(self, kind: str, value: object, bit: int) -> None:
        self.saying[kind, value] = self.saying.get((kind, value), 0) | bit
        self.known[kind] = self.known.get(kind, 0) | bit

    def with_any(self, kind: str, values: frozenset[str]) -> int:
        """Return the mask of those who name at least one of these."""
        found = 0
        for value in values:
            found |= self.saying.get((kind, value), 0)
        return found

    def without_any(self, kind: str, values: frozenset[str]) -> int:
        """Return the mask of those who name some, but none of these; empty if no values are given."""
        return self.known.get(kind, 0) & ~self.with_any(kind, values) if values else 0

    def outside(self, one: Side) -> int:
        """Return the mask of those whose age the young person doesn't want, or who don't want theirs. An age that may lie inside forbids nothing."""
        found = 0
        if one.wants_age:
            for ages, mask in self.ages.items():
                found |= 0 if _meet(ages, one.wants_age) else mask
        if one.ages:
            for wanted, mask in self.wanted_ages.items():
                found |= 0 if _meet(one.ages, wanted) else mask
        return found


def _meet(one: Ages, other: Ages) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


class Matching:
    """The best fair set of pairs, and the reasons. The order of the two lists does not count."""

    def __init__(self, young: Sequence[YoungPerson], volunteers: Sequence[Volunteer], terms: Terms) -> None:
        self.young = young
        self.volunteers = volunteers
        self.terms = terms
        self._masks = _VolunteerMasks(volunteers)
        self._earlier: dict[int, list[int]] = {}
        for pair in terms.earlier:
            for id in pair:
                self._earlier.setdefault(id, []).extend(pair - {id})
        self.ruled_out = [self._ruled_out(each.side) for each in young]
        self.allowed = [self._allowed(ruled_out) for ruled_out in self.ruled_out]
        weights = terms.weights
        self.scores = [
            {n: sum(parts(each.side, volunteers[n].side, weights).values()) for n in bits(allowed)}
            for each, allowed in zip(young, self.allowed, strict=True)
        ]
        if terms.min_score:
            self._ask_for_points()

    def _ruled_out(self, one: Side) -> dict[str, int]:
        """Return must-have -> the volunteers it rules out for this young person."""
        masks = self._masks
        found = dict(masks.lacks)
        found |= dict.fromkeys(one.lacks, masks.everyone)
        found["same_person"] = masks.saying.get(("human", one.human), 0)
        found["other_branch"] = masks.everyone & ~masks.saying.get(("branch", one.branch), 0)
        found["earlier"] = 0
        for id in self._earlier.get(one.id, ()):
            found["earlier"] |= masks.saying.get(("id", id), 0)
        found["wants_gender"] = masks.without_any("gender", one.wants_gender)
        if one.gender:
            found["wants_gender"] |= masks.without_any("wants_gender", frozenset({one.gender}))
        found["wants_age"] = masks.outside(one)
        found["time"] = masks.without_any("time", one.time)
        found["speaks"] = masks.without_any("speaks", one.speaks)
        found["avoid"] = masks.with_any("words", one.avoid) | masks.with_any("avoid", one.words)
        return {key: found[key] for key in MUST_HAVES if found.get(key)}

    def _allowed(self, ruled_out: dict[str, int]) -> int:
        allowed = self._masks.everyone
        for mask in ruled_out.values():
            allowed &= ~mask
        return allowed

    def _ask_for_points(self) -> None:
        """Apply `min_score` last, to the pairs that nothing else forbids."""
        for number, scores in enumerate(self.scores):
            poor = [n for n, score in scores.items() if score < self.terms.min_score]
            for n in poor:
                del scores[n]
            if poor:
                self.ruled_out[number]["min_score"] = sum(1 << n for n in poor)
                self.allowed[number] &= ~self.ruled_out[number]["min_score"]

    @cached_property
    def ranks(self) -> list[int]:
        """Rank each young person by waiting time: the longest has the greatest number; people waiting since the same day share one."""
        days = sorted({each.since for each in self.young}, reverse=True)
        rank = {day: number for number, day in enumerate(days, 1)}
        return [rank[each.since] for each in self.young]

    @cached_property
    def pairs(self) -> dict[int, int]:
        """young person -> volunteer, by their places in the lists.

        One sum of whole numbers holds the three rules in order. That it suffices to add up ranks (and not, say, powers of two) is since the sets of young
        people who can be served together form a matroid: what is best by any falling weights is best by all of them, and no other set is larger.
        """
        points = 1 + sum(max(scores.values(), default=0) for scores in self.scores)
        lots = 1 + len(self.young) * _LOTS
        weights = [
            {
                n: (self.ranks[number] * points + score) * lots + lot(each.side, self.volunteers[n].side)
                for n, score in self.scores[number].items()
            }
            for number, each in enumerate(self.young)
        ]
        return heaviest_assignment(weights, [volunteer.places for volunteer in self.volunteers])

    @cached_property
    def _given(self) -> list[int]:
        """Count how many of each volunteer's places the proposal fills."""
        given = [0] * len(self.volunteers)
        for n in self.pairs.values():
            given[n] += 1
        return given

    @cached_property
    def _yields(self) -> list[int]:
        """The lowest rank of somebody who would go without if a place were taken from each volunteer's: 0 if nobody would, since there is a place left, here or
        after others moved on to volunteers who fit them too."""
        worst = max(self.ranks, default=0) + 1
        yields = [0 if self._given[n] < volunteer.places else worst for n, volunteer in enumerate(self.volunteers)]
        served = sorted(self.pairs, key=lambda number: self.ranks[number])
        reached = sum(1 << n for n, rank in enumerate(yields) if not rank)
        for rank in sorted({0, *(self.ranks[number] for number in served)}):
            for number in served:
                if self.ranks[number] == rank and yields[self.pairs[number]] > rank:
                    yields[self.pairs[number]] = rank
                    reached |= 1 << self.pairs[number]
            moved = True
            while moved:
                moved = False
                for number in served:
                    n = self.pairs[number]
                    if yields[n] > rank and self.allowed[number] & reached:
                        yields[n], moved = rank, True
                        reached |= 1 << n
        return yields

    @cached_property
    def _yielding(self) -> dict[int, int]:
        """Rank -> the volunteers of whose places one more would go to somebody of that rank."""
        found, mask = {}, 0
        left = sorted(range(len(self.volunteers)), key=self._yields.__getitem__, reverse=True)
        for rank in sorted({*self.ranks}):
            while left and self._yields[left[-1]] < rank:
                mask |= 1 << left.pop()
            found[rank] = mask
        return found

    @cached_property
    def _claims(self) -> dict[int, int]:
        """Return for everybody left over the volunteers with whom one more place would serve them, now or after others moved on."""
        next_ones = [0] * len(self.volunteers)  # whom those who are given to a volunteer could move on to
        for number, n in self.pairs.items():
            next_ones[n] |= self.allowed[number]
        claims = {}
        for left in range(len(self.young)):
            if left in self.pairs:
                continue
            claimed, new = 0, self.allowed[left]
            while new:
                claimed |= new
                reached = 0
                for n in bits(new):
                    reached |= next_ones[n]
                new = reached & ~claimed
            claims[left] = claimed
        return claims

    def would_help(self, number: int) -> dict[str, int]:
        """Return for somebody left over: must-have -> how many volunteers it alone keeps from them who would then be theirs. `taken`: those who fit, and whose next
        place would be theirs, since nobody else who is left and has waited as long could have it. What would help most comes first."""
        found: dict[str, int] = {}
        ruled_out = self.ruled_out[number]
        for key, mask in ruled_out.items():
            if key in LASTING:
                continue
            for other, also in ruled_out.items():
                if other != key:
                    mask &= ~also
            # If the capacity is the limit, one more place would help.
            helping = (mask if key == "capacity" else mask & self._yielding[self.ranks[number]]).bit_count()
            if helping:
                found[key] = helping
        taken = self.allowed[number]
        for rival, claimed in self._claims.items():
            if rival != number and self.ranks[rival] >= self.ranks[number]:
                taken &= ~claimed
        if taken:
            found["taken"] = taken.bit_count()
        return {key: found[key] for key in sorted(found, key=lambda key: (-found[key], _EASIEST.index(key)))}

    def unused(self) -> Iterator[tuple[int, str, dict[str, int]]]:
        """Yield the volunteers without a pair: (place in the list, why, must-have -> how many young people it keeps from them)."""
        everyone_fitting = 0
        for allowed in self.allowed:
            everyone_fitting |= allowed
        ruled_out = [each for of_one in self.ruled_out for each in of_one.items()]
        for n, volunteer in enumerate(self.volunteers):
            if self._given[n]:
                continue
            reason, kept = "nobody_waits", Counter[str]()
            if volunteer.side.lacks:
                reason = volunteer.side.lacks[0]
            elif everyone_fitting >> n & 1:
                reason = "not_needed"
            elif self.young:
                reason, own = "nobody_fits", 1 << n
                kept = Counter([key for key, mask in ruled_out if mask & own])
            yield n, reason, kept

    def next_best(self, number: int, several: int) -> list[int]:
        """Return the volunteers who fit somebody best after the one they are given, whether or not they are given to another."""
        given = self.pairs.get(number)
        side, scores = self.young[number].side, self.scores[number]
        order = sorted(scores, key=lambda n: (-scores[n], -lot(side, self.volunteers[n].side)))
        return [n for n in order if n != given][:several]
