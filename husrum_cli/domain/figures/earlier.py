"""Publications that are judged together: a year with the one before it, and with what the file published of the year before it was opened again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...input.periods import calendar_year
from ...records import Period
from ...store import Store
from .compute import PeriodReport, chosen_branches, own_report
from .disclosure import as_earlier
from .freeze import ShownYear, closings, shown_periods, thaw
from .publication import Earlier

# Branch or NATION -> what was published of it.
Published = dict[str, list[Earlier]]


def years_with_earlier(
    store: Store, periods: Sequence[Period], threshold: int, branch: str | None = None
) -> Iterator[tuple[ShownYear, Published]]:
    """Yield several periods, each with the publications that it is judged with. The file is read once.

    The year before counts as published whether it is or not: so a year is the same in every file, table and report, whatever is published first.
    """
    years = {period.year for period in periods if period.year is not None}
    before = [calendar_year(year - 1) for year in years if year - 1 not in years]
    by_year: dict[int, PeriodReport] = {}
    for found in shown_periods(store, sorted([*before, *periods], key=lambda period: period.first), branch, publish=True):
        year = found.report.period.year
        if year is None:
            yield found, {}
            continue
        if year in years:
            earlier = list(_closed_before(store, found, branch, threshold))
            if last := by_year.get(year - 1):
                earlier.append(as_earlier(last, threshold, same_year=False))
            yield found, _by_scope(earlier)
        if any(value.value for value in found.report.values.values()):
            by_year[year] = found.report


def _closed_before(store: Store, found: ShownYear, branch: str | None, threshold: int) -> Iterator[dict[str, Earlier]]:
    """Yield the closings of a year that was opened again: of the file, and of each of its branches."""
    live = found.now or found.report
    year = live.period.year or 0
    for closing in closings(store, year, branch):
        if closing.reopened_at:
            yield as_earlier(thaw(closing.figures, live.period, live.branches, live), threshold, same_year=True)
    for name in chosen_branches(store, branch).values() if len(live.branches) > 1 else ():
        for closing in closings(store, year, name):
            if closing.reopened_at:
                yield as_earlier(thaw(closing.figures, live.period, (name,), own_report(live, name)), threshold, same_year=True)


def _by_scope(publications: Iterable[dict[str, Earlier]]) -> Published:
    found: Published = {}
    for each in publications:
        for scope, earlier in each.items():
            found.setdefault(scope, []).append(earlier)
    return found
