"""Change between a first and a later measurement: who was measured twice, who is missing, and what changed.

It is change among those who answered twice, not effect: there is no comparison group, and people measured at their worst are better later anyway.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from statistics import fmean, median

from ...input.dates import days_after, today
from ...records import Period
from ...records.change import ChangeRecord, Flow, MeanChange, SevereTable
from ...store import Store
from ...vocabulary import INSTRUMENTS, Instrument
from .compute import chosen_branches
from .intervals import mean_interval, paired_difference_interval
from .measurements import FOLLOW_UP_AFTER, MeasurementHistory, histories

Pair = tuple[int, int]
"""The scores before and after."""

# Offer -> the channels of visits that belong to it; befriending has days of a match instead.
MEASURED_OFFERS: dict[str, tuple[str, ...]] = {
    "group": ("talk_group", "network_group"),
    "events": ("social_event", "online_event", "youth_meeting"),
    "befriending": (),
}
OFFER_VISITS = 3
OFFER_DAYS = 30
# Nothing is published of fewer pairs than this; of those of one offer, of fewer than the second.
PUBLISHED_PAIRS = 20
PUBLISHED_OFFER_PAIRS = 40
# The range between cities leaves out those with fewer pairs, whose means are chance.
RANGE_PAIRS = 20
_OF_BASELINE = ("not_due", "due", "answered", "declined", "not_asked")


def score_change(store: Store, period: Period, instrument: str, branch: str | None = None, offer: str | None = None) -> ChangeRecord:
    """Return the change of an instrument's score, of one branch or of all in the file, where linked people are one human.

    offer: only pairs with at least three named visits (befriending: thirty days of a match) in it between the two measurements.
    """
    branches = chosen_branches(store, branch)
    measured = list(histories(store, instrument, branches))
    pairs = _pairs(store, measured, period, offer)
    everybody = len(pairs) if offer is None else len(_pairs(store, measured, period, None))
    means, differing = [], [_differing(pairs)]
    if len(branches) > 1:
        for id in branches:
            own = _pairs(store, histories(store, instrument, [id]), period, offer)
            if len(own) >= RANGE_PAIRS:
                means.append(fmean(after - before for before, after in own))
                differing.append(_differing(own))
    missed = [each.baseline.score for each in measured if each.baseline and _is_missing(each, period) and each.baseline.score is not None]
    return change_summary(period, tuple(branches.values()), instrument, _flow(measured, period, len(pairs)), pairs)._replace(
        offer=offer,
        baseline_without=fmean(missed) if missed else None,
        between=(min(means), max(means), len(means)) if len(means) > 1 else None,
        differing=min(filter(None, differing), default=0),
        left_out=everybody - len(pairs),
    )


def change_summary(period: Period, branches: tuple[str, ...], instrument: str, flow: Flow, pairs: Sequence[Pair]) -> ChangeRecord:
    """Return what changed between the scores of each pair."""
    known = INSTRUMENTS[instrument]
    improvements = [known.improvement(before, after) for before, after in pairs]
    return ChangeRecord(
        period,
        branches,
        instrument,
        None,
        flow,
        len(pairs),
        fmean(before for before, _after in pairs) if pairs else None,
        None,
        _mean_change([after - before for before, after in pairs]),
        sum(value >= known.noticeable for value in improvements),
        sum(abs(value) < known.noticeable for value in improvements),
        sum(value <= -known.noticeable for value in improvements),
        _severe(known, pairs),
        differing=_differing(pairs),
    )


def _differing(pairs: Sequence[Pair]) -> int:
    """Return the number of pairs whose change is not the most frequent one."""
    changes = Counter(after - before for before, after in pairs)
    return len(pairs) - max(changes.values(), default=0)


def _last_day(period: Period) -> str:
    """Return the day on which the flow of a period is looked at: nothing is due before it has come."""
    return min(period.last, today())


def _is_missing(history: MeasurementHistory, period: Period) -> bool:
    """Whether somebody with a baseline should have been measured again by the end of the period, and has no follow-up."""
    return bool(history.baseline) and history.due_from <= _last_day(period) and not history.follow_up("", _last_day(period))


def _flow(measured: Iterable[MeasurementHistory], period: Period, pairs: int) -> Flow:
    """Count what became of everybody whose first interview was held so that the follow-up window opened in the period.

    That is the period, moved back by the days until a follow-up, so that consecutive periods count everybody once.
    """
    first, last = (days_after(day, -FOLLOW_UP_AFTER) for day in (period.first, period.last))
    end = _last_day(period)
    counts = dict.fromkeys(Flow._fields, 0)
    for history in measured:
        if not history.interviewed or not first <= history.interviewed <= last:
            continue
        counts["interviewed"] += 1
        if history.first is None or history.first.date > end:
            counts["not_measured"] += 1
            continue
        if history.baseline is None:
            counts["late_baseline"] += 1
            continue
        counts["baseline"] += 1
        counts[_state(history, end)] += 1
    return Flow(**{**counts, "pairs": pairs})


def _state(history: MeasurementHistory, end: str) -> str:
    """Return the state of somebody with a baseline at the end of a day: `answered`, a non-answer, `due` or `not_due`."""
    if history.follow_up("", end):
        return "answered"
    if later := history.later(end):
        return str(later[-1].non_answer)
    return "due" if history.due_from <= end else "not_due"


def _pairs(store: Store, measured: Iterable[MeasurementHistory], period: Period, offer: str | None) -> list[Pair]:
    """Return the baseline and the latest follow-up in the period of everybody who has both."""
    pairs = []
    for history in measured:
        follow_up = history.follow_up(period.first, period.last)
        before = history.baseline
        if follow_up is None or before is None or before.score is None or follow_up.score is None:
            continue
        if offer is None or _took_part(store, history.ids, offer, before.date, follow_up.date):
            pairs.append((before.score, follow_up.score))
    return pairs


def _took_part(store: Store, ids: Collection[int], offer: str, first: str, last: str) -> bool:
    """Whether somebody was often enough in an offer between two days, both included."""
    people = ",".join(map(str, ids))
    if channels := MEASURED_OFFERS[offer]:
        marks = ",".join("?" * len(channels))
        sql = f"SELECT count(*) FROM visits WHERE named AND person_id IN ({people}) AND channel IN ({marks}) AND date BETWEEN ? AND ?"
        return int(store.value(sql, *channels, first, last)) >= OFFER_VISITS
    days: set[date] = set()
    sql = f"SELECT starts, ends FROM match_periods WHERE person_id IN ({people}) AND starts <= ? AND ends >= ?"
    for starts, ends in store.connection.execute(sql, (last, first)):
        day, end = date.fromisoformat(max(starts, first)), date.fromisoformat(min(ends, last))
        days.update(day + timedelta(days=number) for number in range((end - day).days + 1))
    return len(days) >= OFFER_DAYS


def _mean_change(changes: Sequence[int]) -> MeanChange | None:
    if len(changes) < 2:
        return None
    interval = mean_interval(changes)
    return MeanChange(fmean(changes), interval.low, interval.high, median(changes))


def _severe(instrument: Instrument, pairs: Sequence[Pair]) -> SevereTable:
    """Return how many were severe before and after, before only, after only, and never, with the change in their share."""
    before_after = [(instrument.severe(before), instrument.severe(after)) for before, after in pairs]
    both, lost, gained, neither = (before_after.count(each) for each in ((True, True), (True, False), (False, True), (False, False)))
    if not pairs:
        return SevereTable(both, lost, gained, neither)
    interval = paired_difference_interval(gained, lost, len(pairs))
    return SevereTable(both, lost, gained, neither, (gained - lost) / len(pairs), interval.low, interval.high)


def published_change(record: ChangeRecord) -> ChangeRecord:
    """Return a change as outsiders may see it: of calendar years with enough pairs only, and no number of people from 1 to 4.

    Counts are the nearest 5. A table with a number from 1 to 4 is withheld whole, with what is computed from it: also the mean, if all but a few changed by the same,
    and an offer that nearly everybody took part in.
    """
    enough = record.pairs is not None and record.pairs >= (PUBLISHED_OFFER_PAIRS if record.offer else PUBLISHED_PAIRS)
    if record.period.year is None or not enough or _small(record.left_out):
        return record.withheld()
    directions = (record.improved, record.unchanged, record.worse)
    table = (record.severe.both, record.severe.before_only, record.severe.after_only, record.severe.neither)
    improved, unchanged, worse = _nearest(directions) if _harmless(directions) else (None, None, None)
    shown = not _small(record.differing)
    rounded = MeanChange(*(round(value, 1) for value in record.change)) if record.change and shown else None
    severe = SevereTable(None, None, None, None)
    if _harmless(table):
        difference = record.severe[4:]
        severe = SevereTable(*_nearest(table), *(None if value is None else round(value, 2) for value in difference))
    return record._replace(
        flow=published_flow(record.flow),
        pairs=_nearest([record.pairs])[0],
        baseline=None if record.baseline is None else round(record.baseline, 1),
        baseline_without=None,
        change=rounded,
        improved=improved,
        unchanged=unchanged,
        worse=worse,
        severe=severe,
        between=(round(record.between[0], 1), round(record.between[1], 1), record.between[2]) if record.between and shown else None,
        published=True,
    )


def published_flow(flow: Flow) -> Flow:
    """Return the flow to the nearest 5. If a part of those interviewed, or of those with a baseline, is from 1 to 4, its neighbours are withheld too."""
    known = flow._asdict()
    withheld: set[str] = set()
    if _small(flow.interviewed):
        withheld = {*known} - {"pairs"}
    if _small(flow.not_measured) or _small(flow.late_baseline) or _small(flow.baseline):
        withheld |= {"not_measured", "late_baseline"}
    if _small(flow.baseline):
        withheld |= {"baseline", *_OF_BASELINE}
    if any(_small(known[name]) for name in _OF_BASELINE):
        withheld |= {*_OF_BASELINE}
    rounded = zip(known, _nearest(flow), strict=True)
    return Flow(**{name: None if name in withheld else value for name, value in rounded})


def _small(count: int | None) -> bool:
    return count is not None and 0 < count < 5


def _harmless(counts: Sequence[int | None]) -> bool:
    return all(count is not None and not _small(count) for count in counts)


def _nearest(counts: Sequence[int | None]) -> list[int | None]:
    return [None if count is None else (count + 2) // 5 * 5 for count in counts]
