"""Publications that are judged together: a year with the one before it, and with what the file published of the year before it was opened again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...input.periods import calendar_year
from ...records import Period
from ...store import Store
from .compute import chosen_branches, own_report
from .freeze import PeriodFigures, closings, figures_of_periods
from .frozen_figures import thaw
from .judging import EarlierPublication, JudgedYear, all_answers, as_earlier, judge, withheld_of_year
from .withholding import Group


def judged_years(
    store: Store, periods: Sequence[Period], threshold: int, branch: str | None = None, asked: int = 0
) -> Iterator[tuple[PeriodFigures, set[Group]]]:
    """Yield several periods, each with what is withheld of it next to the publications that it is judged with. The file is read once.

    `asked`: of how many of them, the latest, the answers are judged (0: all); of the others they are withheld.
    The year before counts as published whether it is or not: so a year is the same in every file, table and report, whatever is published first.
    """
    years = {period.year for period in periods if period.year is not None}
    answers = {period.year for period in periods[-asked:]}
    before = [calendar_year(year - 1) for year in years if year - 1 not in years]
    last: JudgedYear | None = None
    for found in figures_of_periods(store, sorted([*before, *periods], key=lambda period: period.first), branch, publish=True):
        year = found.report.period.year
        if year is None:
            yield found, set()
            continue
        recorded = any(value.value for value in found.report.values.values())
        if not recorded and year not in years:
            continue
        judged = judge(found.report, threshold, year + 1 in years, year in answers or year + 1 in answers)
        if year in years:
            earlier = [*_closed_before(store, found, branch, threshold)]
            if last and last.report.period.year == year - 1:
                earlier.append(as_earlier(last, same_year=False))
            rest = set() if year in answers else all_answers(found.report)
            yield found, withheld_of_year(judged._replace(answers=year in answers), earlier) | rest
        if recorded:
            last = judged


def _closed_before(store: Store, found: PeriodFigures, branch: str | None, threshold: int) -> Iterator[EarlierPublication]:
    """Yield the closings of a year that was opened again: of the file, and of each of its branches."""
    live = found.now or found.report
    year = live.period.year or 0
    for closing in closings(store, year, branch):
        if closing.reopened_at:
            yield as_earlier(judge(thaw(closing.figures, live.period, live.branches, live), threshold, compared=True), same_year=True)
    for name in chosen_branches(store, branch).values() if len(live.branches) > 1 else ():
        for closing in closings(store, year, name):
            if closing.reopened_at:
                yield as_earlier(
                    judge(thaw(closing.figures, live.period, (name,), own_report(live, name)), threshold, compared=True), same_year=True
                )
