"""Proposals of a day with their reasons: plain records for a reader and for scripts. In every record a person is the number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from ...i18n import _
from ...store import Store
from ..branches import Record, branch_of
from ..people.lookup import People, Person
from .candidates import Candidates, gather
from .matches import FOREVER
from .matching import MUST_HAVES, WISH_KINDS, Matching, Side, parts
from .proposals import OPEN_PROPOSALS, SIDES, answers_to

SCHEMA = "husrum.match.propose/1"
WHY_SCHEMA = "husrum.match.why/1"
# Names are shown to a reader; a script has the numbers.
_NAMES = ("name", "volunteer_name")


class Proposal(NamedTuple):
    """The proposal of a day. `open`: what was proposed before and waits for an answer. `ids` are those of the proposed pairs."""

    date: str
    weights: dict[str, int]
    min_score: int
    pairs: list[Record]
    unmatched: list[Record]
    unused: list[Record]
    open: list[Record]
    ids: list[tuple[int, int]]

    def as_json(self) -> Record:
        """Return the object of `husrum.match.propose/1`."""
        lists = {name: [_without_names(record) for record in getattr(self, name)] for name in ("pairs", "unmatched", "unused", "open")}
        return {"schema": SCHEMA, "date": self.date, "weights": self.weights, "min_score": self.min_score, **lists}


def _without_names(record: Record) -> Record:
    return {
        key: [_without_names(each) for each in value] if isinstance(value, list) and value and isinstance(value[0], dict) else value
        for key, value in record.items()
        if key not in _NAMES
    }


def propose(store: Store, people: People, day: str, min_score: int = 0, alternatives: int = 0) -> Proposal:
    """Return the best fair set of pairs on a day. `alternatives`: so many other volunteers are named for each young person."""
    candidates = gather(store, day, min_score)
    matching = Matching(candidates.young, candidates.volunteers, candidates.terms)
    maker = _RecordMaker(store, people, candidates, matching, day)
    pairs, unmatched = [], []
    for number in range(len(matching.young)):
        own = maker.person(number)
        more = {"alternatives": maker.alternatives(number, alternatives)} if alternatives else {}
        given = matching.pairs.get(number)
        if given is None:
            unmatched.append({**own, **maker.left_over(number), **more})
        else:
            pairs.append({**own, **maker.volunteer(given), **maker.points(number, given), **more})
    unused = [
        {**maker.volunteer(n), "reason": reason, **({"ruled_out": kept} if reason == "nobody_fits" else {})}
        for n, reason, kept in matching.unused()
    ]
    ids = [(matching.young[number].side.id, matching.volunteers[n].side.id) for number, n in sorted(matching.pairs.items())]
    unused.sort(key=lambda record: (record.get("branch", ""), record["volunteer"]))
    return Proposal(day, candidates.terms.weights, min_score, pairs, unmatched, unused, open_proposals(store, people, day), ids)


def open_proposals(store: Store, people: People, day: str) -> list[Record]:
    """Return the proposals that wait for an answer or for the match to start, the oldest first."""
    return [
        {
            **_named(store, people.by_id[row["person_id"]], people.by_id[row["volunteer_id"]]),
            "proposed": row["date"],
            "accepted": [side for side, answer in answers_to(store, row["id"], day).items() if answer["accepted"]],
        }
        for row in store.rows(OPEN_PROPOSALS, day)
    ]


def proposal_records(store: Store, people: People, day: str, over_too: bool) -> list[Record]:
    """Return saved proposals, the latest first: each side's last answer, and the outcome. `over_too`: also those that are no longer open."""
    still_open = {row["id"] for row in store.rows(OPEN_PROPOSALS, day)}
    found = []
    for row in store.rows("SELECT * FROM proposals WHERE date <= ? ORDER BY date DESC, id DESC", day):
        if row["id"] not in still_open and not over_too:
            continue
        answers = answers_to(store, row["id"], day)
        declined = next((answer for answer in answers.values() if not answer["accepted"]), None)
        if row["match_id"]:
            state = "matched"
        elif declined:
            state = "declined"
        elif row["withdrawn"] and row["withdrawn"] <= day:
            state = "withdrawn"
        elif row["id"] not in still_open:
            state = "lapsed"
        else:
            state = "accepted" if len(answers) == len(SIDES) else "proposed"
        by_side = {f"{side}_said": ("yes" if answers[side]["accepted"] else "no") if side in answers else None for side in SIDES}
        names = _named(store, people.by_id[row["person_id"]], people.by_id[row["volunteer_id"]])
        latest = max((each["date"] for each in answers.values()), default=None)
        found.append(
            {
                **names,
                "date": row["date"],
                "state": state,
                **by_side,
                "answered": latest,
                "reason": declined["reason"] if declined else None,
            }
        )
    return found


def _named(store: Store, person: Person, volunteer: Person) -> Record:
    names = {"person": person.number, "name": person.name, "volunteer": volunteer.number, "volunteer_name": volunteer.name}
    return {**branch_of(store, person.branch_id), **names}


class _RecordMaker:
    """Make records of positions in a matching's lists."""

    def __init__(self, store: Store, people: People, candidates: Candidates, matching: Matching, day: str) -> None:
        self.store = store
        self.people = people
        self.candidates = candidates
        self.matching = matching
        self.day = date.fromisoformat(day)

    def person(self, number: int) -> Record:
        """Return a young person and how long they have waited; nobody knows how long, if it isn't known since when."""
        young = self.matching.young[number]
        person = self.people.by_id[young.side.id]
        days = (self.day - date.fromisoformat(young.since)).days if young.since not in ("", FOREVER) else None
        return {**branch_of(self.store, person.branch_id), "person": person.number, "name": person.name, "waiting_days": days}

    def volunteer(self, n: int) -> Record:
        """Return the number, name and branch of the volunteer at place `n`."""
        person = self.people.by_id[self.matching.volunteers[n].side.id]
        return {**branch_of(self.store, person.branch_id), "volunteer": person.number, "volunteer_name": person.name}

    def points(self, number: int, n: int) -> Record:
        """Return the points of a pair, whole and by wish."""
        own = parts(self.matching.young[number].side, self.matching.volunteers[n].side, self.candidates.terms.weights)
        return {"score": sum(own.values()), "parts": own}

    def left_over(self, number: int) -> Record:
        """Explain why somebody has no pair: which must-have rules out how many volunteers, how many fit but go to others, and what alone would help."""
        ruled_out = {key: self.matching.ruled_out[number][key].bit_count() for key in MUST_HAVES if key in self.matching.ruled_out[number]}
        fitting = self.matching.allowed[number].bit_count()
        return {"ruled_out": ruled_out, "fitting": fitting, "would_help": self.matching.would_help(number)}

    def alternatives(self, number: int, several: int) -> list[Record]:
        """Return the volunteers who fit best after the one proposed, and to whom they are proposed."""
        return [
            {**self.volunteer(n), **self.points(number, n), "proposed_to": self.given_to(n)}
            for n in self.matching.next_best(number, several)
        ]

    def given_to(self, n: int) -> list[int]:
        """Return the numbers of those a volunteer is proposed to."""
        return [self.person(number)["person"] for number, given in sorted(self.matching.pairs.items()) if given == n]


def explain_pair(store: Store, people: People, person: Person, volunteer: Person, day: str, min_score: int = 0) -> Record:
    """Explain why a pair is proposed on a day, or is not: what forbids it, its points, and to whom each is proposed instead."""
    candidates = gather(store, day, min_score, (person.id, volunteer.id))
    matching = Matching(candidates.young, candidates.volunteers, candidates.terms)
    maker = _RecordMaker(store, people, candidates, matching, day)
    number = next(number for number, young in enumerate(matching.young) if young.side.id == person.id)
    n = next(n for n, each in enumerate(matching.volunteers) if each.side.id == volunteer.id)
    given = matching.pairs.get(number)
    one, other = matching.young[number].side, matching.volunteers[n].side
    if (person.id, volunteer.id) in candidates.open:
        outcome = "open"
    elif given == n:
        outcome = "proposed"
    else:
        outcome = "possible" if matching.allowed[number] >> n & 1 else "ruled_out"
    common = {
        "interest": one.words & other.words,
        "area": one.area & other.area,
        "time": one.time & other.time,
        "speaks": one.speaks & other.speaks,
    }
    return {
        "schema": WHY_SCHEMA,
        "date": day,
        **maker.person(number),
        **maker.volunteer(n),
        "outcome": outcome,
        "ruled_out": [key for key in MUST_HAVES if matching.ruled_out[number].get(key, 0) >> n & 1],
        **maker.points(number, n),
        "common": {wish: sorted(candidates.spelt.get(word, word) for word in common[wish]) for wish in WISH_KINDS},
        "proposed_instead": {
            "volunteer": maker.volunteer(given)["volunteer"] if given not in (None, n) else None,
            "people": [each for each in maker.given_to(n) if each != person.number],
        },
        "known": {"person": dict(_known(one, candidates.spelt)), "volunteer": dict(_known(other, candidates.spelt))},
    }


def _known(side: Side, spelt: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """Yield the known facts of a side, each with the question it answers."""
    for kind in ("words", "area", "time", "speaks"):
        yield kind.replace("words", "interest"), sorted(spelt.get(word, word) for word in getattr(side, kind))
    yield "gender", side.gender
    yield "age", "–".join(map(str, sorted(set(side.ages)))) if side.ages else None
    yield "wants_gender", sorted(side.wants_gender)
    yield "wants_age", f"{side.wants_age[0]}-{side.wants_age[1]}" if side.wants_age else None
    yield "avoid", sorted(spelt.get(word, word) for word in side.avoid)


def proposal_remarks(store: Store, proposal: Proposal) -> list[str]:
    """Explain to the coordinator why there is little or nothing to propose."""
    texts = []
    if not proposal.pairs and not proposal.unmatched:
        first = store.value("SELECT min(starts) FROM waits")
        if first and first > proposal.date:
            texts.append(
                _("Nobody waits for a Hjerteven on {date}; the first in the file began on {first}.", date=proposal.date, first=first)
            )
        elif proposal.open:
            texts.append(_("Everybody who waits on {date} has an open proposal.", date=proposal.date))
        else:
            texts.append(_("Nobody waits for a Hjerteven on {date}. To add somebody: husrum match wait PERSON", date=proposal.date))
    if not proposal.pairs and not proposal.unused and not proposal.open:
        texts.append(_("No volunteer has offered to be a Hjerteven. To record an offer: husrum match offer VOLUNTEER"))
    return texts
