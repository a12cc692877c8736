"""The facts known on a day about those who wait for a Hjerteven and those who offer to be one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ...input.dates import today
from ...input.text import fold
from ...store import Store
from ..people.ages import age_on
from ..people.removed import anonymised_people
from ..settings import SETTINGS, setting
from ..volunteers.papers import papers_of_a_befriender, people_with_paper
from .matches import FOREVER
from .matching import Side, Terms, Volunteer, YoungPerson
from .proposals import DECLINED, OPEN_PROPOSALS

# Among free words the same thing is written in several ways; codes are as they are.
_FREE = frozenset({"interest", "about", "area", "speaks", "avoid"})
_GENDERS = ("f", "m", "x")
Wishes = dict[str, list[str]]


class Candidates(NamedTuple):
    """Both sides on a day. `open`: (person, volunteer) ids of proposals that wait for an answer, whose people are not proposed again.
    `spelt`: folded word -> how somebody wrote it."""

    young: list[YoungPerson]
    volunteers: list[Volunteer]
    terms: Terms
    open: list[tuple[int, int]]
    spelt: dict[str, str]


def gather(store: Store, day: str, min_score: int = 0, pair: tuple[int, int] | None = None) -> Candidates:
    """Return all who wait and all who offer, in an order that does not depend on numbers. `pair`: (person, volunteer) ids who are looked at whether
    or not they wait and offer, and whatever is proposed to them."""
    return _Gathering(store, day).gathered(min_score, pair)


class _Gathering:
    """The rows of a day, read once for everybody."""

    def __init__(self, store: Store, day: str) -> None:
        self.store = store
        self.day = day
        # Looking ahead, a match that is entered already counts; looking back, only what had begun.
        self.bound = day if day < today() else FOREVER
        self.spelt: dict[str, str] = {}

    def gathered(self, min_score: int, pair: tuple[int, int] | None) -> Candidates:
        open_pairs = [(row["person_id"], row["volunteer_id"]) for row in self.store.rows(OPEN_PROPOSALS, self.day)]
        gone = anonymised_people(self.store)
        waits = {
            row["person_id"]: row
            for row in self.store.rows(
                "SELECT id, person_id, starts FROM waiting WHERE ifnull(starts, '') <= ?1 AND ends > ?1 ORDER BY starts", self.day
            )
            if row["person_id"] not in gone
        }
        offers = {
            row["person_id"]: row
            for row in self.store.rows(
                "SELECT offers.id, offers.person_id, capacity, ifnull(offers.starts, joined) AS starts FROM offers LEFT JOIN volunteers USING (person_id) WHERE ifnull(ends, '~') > ?",
                self.day,
            )
            if row["person_id"] not in gone
        }
        asked = {person for person, _volunteer in open_pairs}
        taken = self._matched("volunteer_id")
        for _person, volunteer in open_pairs:
            taken[volunteer] = taken.get(volunteer, 0) + 1
        waiting = [id for id in waits if id not in asked]
        offering = list(offers)
        if pair:  # alone: a proposal between the two must not exclude them
            if pair in open_pairs:
                taken[pair[1]] -= 1
            waiting = [pair[0], *(id for id in waiting if id != pair[0])]
            offering = [pair[1], *(id for id in offering if id != pair[1])]
        self.people = self._people({*waiting, *offering})
        as_volunteer, as_young = self._genders()
        matched = self._matched("person_id")
        wishes_waiting, wishes_offering = self._wishes("wait_id"), self._wishes("offer_id")
        lacking = self._lacking(offers)
        young = []
        for id in waiting:
            wait = waits.get(id)
            states = {
                "not_waiting": wait is None,
                "has_match": id in matched,
                "asked": id in asked and (not pair or pair not in open_pairs),
            }
            lacks = tuple(key for key, holds in states.items() if holds)
            side = self._side(id, lacks, wishes_waiting.get(wait["id"], {}) if wait else {}, as_young.get(id))
            young.append(YoungPerson(side, (wait["starts"] or "") if wait else FOREVER))
        volunteers = []
        for id in offering:
            places = max((offers[id]["capacity"] if id in offers else 1) - taken.get(id, 0), 0)
            lacks = (*lacking(id), *(() if places else ("capacity",)))
            wishes = wishes_offering.get(offers[id]["id"], {}) if id in offers else {}
            volunteers.append(Volunteer(self._side(id, lacks, wishes, as_volunteer.get(id)), places))
        weights = {key.removeprefix("weight_"): setting(self.store, key) for key in SETTINGS if key.startswith("weight_")}
        earlier = {frozenset((row["person_id"], row["volunteer_id"])) for row in self.store.rows(DECLINED, self.day)}
        return Candidates(
            sorted(young, key=lambda each: (each.since, each.side.uid)),
            sorted(volunteers, key=lambda each: each.side.uid),
            Terms(weights, min_score, frozenset(earlier)),
            open_pairs,
            self.spelt,
        )

    def _people(self, ids: set[int]) -> dict[int, Any]:
        rows = self.store.connection.execute("SELECT id, uid, branch_id, ifnull(human_id, id) AS human, born FROM people")
        return {row["id"]: row for row in rows if row["id"] in ids}

    def _matched(self, column: str) -> dict[int, int]:
        """Return person -> number of matches that have not ended by the end of the day, paused ones included."""
        sql = f"SELECT {column}, count(*) FROM match_periods WHERE starts <= ? AND ends > ? GROUP BY {column}"
        return {row[0]: row[1] for row in self.store.rows(sql, self.bound, self.day)}

    def _genders(self) -> tuple[dict[int, str], dict[int, str]]:
        """Return each person's gender, for young people and for volunteers: as recorded for a volunteer, and the latest answer at an intake that is not a non-answer."""
        sql = """SELECT person_id, answer FROM answers JOIN intakes ON intakes.id = intake_id
            WHERE question = 'gender' AND answer IN ('f', 'm', 'x') AND ifnull(held, ifnull(enquired, '')) <= ?
            ORDER BY ifnull(held, ifnull(enquired, '')), intakes.id"""
        volunteers = {row[0]: row[1] for row in self.store.rows("SELECT person_id, gender FROM volunteers") if row[1] in _GENDERS}
        answered = {row[0]: row[1] for row in self.store.rows(sql, self.day)}
        return {**answered, **volunteers}, {**volunteers, **answered}

    def _wishes(self, side: str) -> dict[int, Wishes]:
        """Return id of a wait or offer -> kind -> preferences."""
        found: dict[int, Wishes] = {}
        for id, kind, value in self.store.connection.execute(
            f"SELECT {side}, kind, value FROM preferences WHERE {side} IS NOT NULL ORDER BY id"
        ):
            if kind in _FREE:
                word = fold(value)
                self.spelt.setdefault(word, value)
                value = word
            found.setdefault(id, {}).setdefault(kind, []).append(value)
        return found

    def _side(self, id: int, lacks: tuple[str, ...], wishes: Wishes, gender: str | None) -> Side:
        person = self.people[id]
        lowest, _dash, highest = wishes["wants_age"][0].partition("-") if "wants_age" in wishes else ("", "", "")
        return Side(
            id=id,
            uid=person["uid"],
            human=person["human"],
            branch=person["branch_id"],
            lacks=lacks,
            gender=gender,
            ages=age_on(person["born"], self.day),
            words=frozenset((*wishes.get("interest", ()), *wishes.get("about", ()))),
            area=frozenset(wishes.get("area", ())),
            time=frozenset(wishes.get("time", ())),
            speaks=frozenset(wishes.get("speaks", ())),
            wants_gender=frozenset(wishes.get("wants_gender", ())),
            wants_age=(int(lowest), int(highest)) if lowest else None,
            avoid=frozenset(wishes.get("avoid", ())),
        )

    def _lacking(self, offers: dict[int, Any]) -> Callable[[int], tuple[str, ...]]:
        """Return a function volunteer -> must-haves they lack, regardless of the other side."""
        good = {kind: people_with_paper(self.store, kind, self.day) for kind in papers_of_a_befriender(self.store)}
        roles: dict[int, list[Any]] = {}
        for row in self.store.rows("SELECT person_id, role, starts, ends FROM roles"):
            roles.setdefault(row["person_id"], []).append(row)

        def active(id: int) -> bool:
            """Whether a volunteer is active: a former befriender is not, in whatever other role; somebody who never was one may offer in any role."""
            own = roles.get(id, [])
            own = [row for row in own if row["role"] == "befriender"] or own
            begun = not (id in offers and offers[id]["starts"] and offers[id]["starts"] > self.day)
            return begun and any((row["starts"] or "") <= self.day < (row["ends"] or "~") for row in own)

        def lacking(id: int) -> tuple[str, ...]:
            return (
                *(() if id in offers else ("no_offer",)),
                *(() if active(id) else ("not_active",)),
                *(kind for kind, have in good.items() if id not in have),
            )

        return lacking
