"""Instruments: short questionnaires that are answered more than once, so that change can be seen.

The official wording belongs to its authors and is not printed here: items have a number and a short name of our own. A form takes the wording from a text file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..i18n import N_
from .records import Code, Label, Vocabulary


class Instrument(NamedTuple):
    """A questionnaire whose items are answered by numbers.

    code: its key and name. items: short names, in order. lowest, highest: the answers of an item, with what these two mean.
    factor: the score is the sum of the items times this. higher_is_better: which way a score improves.
    severe_from: the score from which (in the bad direction, itself included) somebody counts as severe in the table of before and after.
    alarm_from: the score from which a reminder to come back to somebody is suggested.
    noticeable: the smallest change of the score that counts as improved or worse.
    source: where the items' number, range and cut-offs are from. measures: what it measures, a sentence of the report.
    """

    code: Code
    items: tuple[Label, ...]
    lowest: int
    highest: int
    ends: tuple[Label, Label]
    factor: int
    higher_is_better: bool
    severe_from: int
    alarm_from: int
    noticeable: int
    source: str
    measures: str

    def score(self, items: Sequence[int | None]) -> int | None:
        """Return the score, or None if an item is missing."""
        answered = [item for item in items if item is not None]
        return self.factor * sum(answered) if len(answered) == len(self.items) else None

    def severe(self, score: int) -> bool:
        """Return whether a score counts as severe."""
        return self._reaches(score, self.severe_from)

    def alarming(self, score: int) -> bool:
        """Return whether somebody with this score should be come back to."""
        return self._reaches(score, self.alarm_from)

    def improvement(self, before: int, after: int) -> int:
        """Return by how much a score got better; negative: worse."""
        return after - before if self.higher_is_better else before - after

    def _reaches(self, score: int, limit: int) -> bool:
        return score <= limit if self.higher_is_better else score >= limit


_RECORDS = (
    Instrument(
        Code("tils", "T-ILS", "T-ILS", ("t-ils", "ensomhed")),
        (Label("Savner selskab", "Misses company"), Label("Holdt udenfor", "Left out"), Label("Isoleret", "Isolated")),
        lowest=1,
        highest=3,
        ends=(Label("sjældent", "hardly ever"), Label("ofte", "often")),
        factor=1,
        higher_is_better=False,
        severe_from=7,
        alarm_from=7,
        noticeable=1,
        source="Hughes, Waite, Hawkley & Cacioppo 2004: A short scale for measuring loneliness in large surveys",
        measures=N_("T-ILS measures loneliness by three questions, on a scale from 3 to 9."),
    ),
    Instrument(
        Code("who5", "WHO-5", "WHO-5", ("who-5", "trivsel")),
        (
            Label("Humør", "Mood"),
            Label("Ro", "Calm"),
            Label("Energi", "Energy"),
            Label("Udhvilet", "Rested"),
            Label("Interesse", "Interest"),
        ),
        lowest=0,
        highest=5,
        ends=(Label("på intet tidspunkt", "at no time"), Label("hele tiden", "all of the time")),
        factor=4,
        higher_is_better=True,
        severe_from=50,
        alarm_from=35,
        noticeable=10,
        source="Topp, Østergaard, Søndergaard & Bech 2015: The WHO-5 Well-Being Index",
        measures=N_("WHO-5 measures well-being by five questions, on a scale from 0 to 100."),
    ),
)
INSTRUMENTS: dict[str, Instrument] = {each.code.code: each for each in _RECORDS}
INSTRUMENT = Vocabulary("instrument", *(each.code for each in INSTRUMENTS.values()))
