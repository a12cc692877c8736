"""People measured twice: the baseline and the follow-ups of each human, as `docs/figures.md` defines them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from ...input.dates import days_after
from ...store import Store
from ...vocabulary import INSTRUMENTS

# Days after the baseline: from the first a score is a follow-up, from the second somebody without one is due.
FOLLOW_UP_AFTER = 70
DUE_AFTER = 90
# A first score is a baseline until the third visit, or this many days after the first interview, whichever is later.
BASELINE_VISITS = 3
BASELINE_DAYS = 14
_ALWAYS = "9999-12-31"


class Measure(NamedTuple):
    """One measurement. score: None for a non-answer, or if an item is missing."""

    date: str
    score: int | None
    non_answer: str | None


class MeasurementHistory(NamedTuple):
    """One human's answers to one instrument. human: the id of one of their rows in `people`; ids: of all of them in scope.

    interviewed: the day of the first interview, if there was one. in_time: whether the first score came early enough to be a baseline.
    """

    human: int
    ids: tuple[int, ...]
    interviewed: str | None
    in_time: bool
    measures: tuple[Measure, ...]

    @property
    def first(self) -> Measure | None:
        """The first score."""
        return _first(self.measures)

    @property
    def baseline(self) -> Measure | None:
        """The first score, if it came early enough."""
        return self.first if self.in_time else None

    @property
    def due_from(self) -> str:
        """The day from which they are due."""
        return days_after(self.baseline.date, DUE_AFTER) if self.baseline else _ALWAYS

    def later(self, last: str = _ALWAYS) -> list[Measure]:
        """Return the scores and non-answers that are late enough to follow up the baseline, until a day. An incomplete answer is neither."""
        if not self.baseline:
            return []
        since = days_after(self.baseline.date, FOLLOW_UP_AFTER)
        return [each for each in self.measures if since <= each.date <= last and (each.score is not None or each.non_answer)]

    def follow_up(self, first: str, last: str) -> Measure | None:
        """Return the latest follow-up between two days."""
        return next((each for each in reversed(self.later(last)) if each.score is not None and each.date >= first), None)

    def due(self, day: str) -> bool:
        """Whether they should be asked a second time by a day, and were not yet."""
        return self.due_from <= day and not self.later(day)


def _first(measures: Iterable[Measure]) -> Measure | None:
    return next((each for each in measures if each.score is not None), None)


def histories(
    store: Store, instrument: str, branches: Collection[int], person: int | None = None, answered: bool = False
) -> Iterator[MeasurementHistory]:
    """Yield the history of every human in these branches who was interviewed or measured. Linked people are one human.

    person: only theirs. answered: only of those who were asked with this instrument.
    """
    chosen = "SELECT person_id FROM measures UNION SELECT person_id FROM intakes WHERE held IS NOT NULL"
    if answered:
        chosen = "SELECT person_id FROM measures WHERE instrument = :instrument"
    marks = ",".join(map(str, branches))
    only = "" if person is None else " AND ifnull(human_id, id) = (SELECT ifnull(human_id, id) FROM people WHERE id = :person)"
    people: dict[int, list[int]] = {}
    human_of: dict[int, int] = {}
    for id, human in store.connection.execute(
        # All rows of such a human, also that in a city where they only came to something: its visits count.
        f"""SELECT id, ifnull(human_id, id) FROM people WHERE branch_id IN ({marks}) AND ifnull(human_id, id) IN (
            SELECT ifnull(human_id, id) FROM people WHERE branch_id IN ({marks})
            AND id IN ({chosen})){only} ORDER BY id""",
        {"person": person, "instrument": instrument},
    ):
        people.setdefault(human, []).append(id)
        human_of[id] = human
    interviews: dict[int, str] = {}
    theirs = f"person_id IN (SELECT id FROM people WHERE branch_id IN ({marks}))"  # or each branch would read the rows of all
    sql = f"SELECT person_id, min(held) FROM intakes WHERE held IS NOT NULL AND {theirs} GROUP BY person_id"
    for id, held in store.connection.execute(sql):
        if (known := human_of.get(id)) is not None:
            interviews[known] = min(held, interviews.get(known, held))
    measured: dict[int, list[Measure]] = {}
    rows = store.connection.execute(
        f"SELECT person_id, date, items, non_answer FROM measures WHERE instrument = ? AND {theirs} ORDER BY date, id", (instrument,)
    )
    for id, day, items, non_answer in rows:
        if (known := human_of.get(id)) is not None:
            answers = [int(item) if item.isdigit() else None for item in items.split(",")] if items else []
            measured.setdefault(known, []).append(Measure(day, INSTRUMENTS[instrument].score(answers), non_answer))
    late: dict[int, Measure] = {}
    for human, own in measured.items():
        first, interviewed = _first(own), interviews.get(human)
        if first and not (interviewed and first.date <= days_after(interviewed, BASELINE_DAYS)):
            late[human] = first
    # Only of them: finding visits takes longer than all the rest.
    third = _third_visits(store, {human: people[human] for human in late}) if late else {}
    for human, ids in people.items():
        own = measured.get(human, [])
        in_time = late[human].date <= third.get(human, _ALWAYS) if human in late else _first(own) is not None
        yield MeasurementHistory(ids[0], tuple(ids), interviews.get(human), in_time, tuple(own))


def _third_visits(store: Store, people: Mapping[int, list[int]]) -> dict[int, str]:
    """Return the day of each human's third named visit, if there was one. people: human -> the ids of their rows."""
    human_of = {id: human for human, ids in people.items() for id in ids}
    days: dict[int, list[str]] = {}
    sql = f"""SELECT person_id, date FROM visits WHERE named AND channel <> 'intake' AND person_id IN ({",".join(map(str, human_of))}) ORDER BY date"""
    for id, day in store.connection.execute(sql):
        days.setdefault(human_of[id], []).append(day)
    return {human: each[BASELINE_VISITS - 1] for human, each in days.items() if len(each) >= BASELINE_VISITS}


def follow_ups(store: Store, branches: Collection[int]) -> Iterator[tuple[int, str, str]]:
    """Yield (person, instrument, date) of every score that follows up a baseline in these branches."""
    for instrument in INSTRUMENTS:
        for history in histories(store, instrument, branches, answered=True):
            yield from ((history.human, instrument, each.date) for each in history.later() if each.score is not None)
