"""The change between two measurements, as it is shown. None: withheld, or there is nothing to compute it from."""

from __future__ import annotations

from typing import NamedTuple

from . import Period


class Flow(NamedTuple):
    """Numbers of people on the way from the interview to the second measurement.

    Of those interviewed some have a baseline, a late one, or no score; of those with a baseline some are not due yet, are due, answered, or did not answer.
    pairs: all that the change is computed from, whenever they were interviewed.
    """

    interviewed: int | None
    not_measured: int | None
    late_baseline: int | None
    baseline: int | None
    not_due: int | None
    due: int | None
    answered: int | None
    declined: int | None
    not_asked: int | None
    pairs: int | None


class MeanChange(NamedTuple):
    """The mean of the changes of the score with its 95 % confidence interval, and their median."""

    mean: float
    low: float
    high: float
    median: float


class SevereTable(NamedTuple):
    """Numbers of people with a severe score before and after; difference: of their shares, after minus before, with its 95 % confidence interval."""

    both: int | None
    before_only: int | None
    after_only: int | None
    neither: int | None
    difference: float | None = None
    low: float | None = None
    high: float | None = None


class ChangeRecord(NamedTuple):
    """The content of `stats change`. baseline: the mean of those with a follow-up; baseline_without: of those who should have one.

    between: of several cities the lowest and the highest mean change, and of how many. published: as outsiders may see it.
    differing: pairs whose change is another than the most common one, the fewest of all and of each city in the range. left_out: pairs that an offer leaves out.
    """

    period: Period
    branches: tuple[str, ...]
    instrument: str
    offer: str | None
    flow: Flow
    pairs: int | None
    baseline: float | None
    baseline_without: float | None
    change: MeanChange | None
    improved: int | None
    unchanged: int | None
    worse: int | None
    severe: SevereTable
    between: tuple[float, float, int] | None = None
    published: bool = False
    differing: int = 0
    left_out: int = 0

    def withheld(self) -> ChangeRecord:
        """Return the record without any number."""
        nothing = Flow(*(None for _field in Flow._fields))
        severe = SevereTable(None, None, None, None)
        return ChangeRecord(
            self.period,
            self.branches,
            self.instrument,
            self.offer,
            nothing,
            *(None, None, None, None, None, None, None),
            severe,
            published=True,
        )
