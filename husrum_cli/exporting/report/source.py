"""The source of a report, read from the file: a period as it is shown, the years before it, and the facts put into words."""

from __future__ import annotations

from typing import NamedTuple

from ...domain.figures.change import published_change, score_change
from ...domain.figures.details import PeriodDetails
from ...domain.figures.freeze import figures_of_period
from ...domain.figures.period_records import period_details, period_record
from ...domain.figures.trend import trend
from ...domain.views.report_facts import ReportFacts, report_facts
from ...errors import Refused
from ...i18n import _
from ...input.dates import today
from ...input.periods import calendar_year
from ...records import Period, YearRecord
from ...records.change import ChangeRecord
from ...store import Store
from ...vocabulary import INSTRUMENTS

# More years of shares are too wide for a page, and are not read.
MOST_SHARES = 5
_TAKES_PLACE = (
    *("enquiries", "intakes", "visits", "social_events", "online_events", "youth_meetings", "group_meetings", "network_meetings"),
    *("intro_courses", "volunteer_meetings", "supervision_sessions", "training_sessions"),
)


class ReportSource(NamedTuple):
    """The source of a report. `years`: the years of the file up to the report's own, if it is of a year; `nation`: those of the national file."""

    record: YearRecord
    details: PeriodDetails
    years: tuple[YearRecord, ...]
    facts: ReportFacts
    changes: tuple[ChangeRecord, ...] = ()
    nation: tuple[YearRecord, ...] = ()


def report_source(store: Store, period: Period, branch: str | None, publish: bool) -> ReportSource:
    """Read a period: frozen if a year is closed, and to publish, as outsiders may see it.

    Raises `Refused` if nothing is recorded in the period, or it has not begun.
    """
    if period.first > today():
        raise Refused(_("period: {period} has not come yet.", period=period.name), "period")
    years = years_until(store, period, branch, publish) if period.year else ()
    if years and years[-1].year == period.year:
        # The source of a year, without the input of disclosure control: that is in its record already.
        record, made_from = years[-1], figures_of_period(store, period, branch)
    else:
        record, made_from = period_record(store, period, branch, publish)
        if period.year or not _counted_figures(record):
            raise Refused(_("period: nothing is recorded in {period}.", period=period.name), "period")
    changes = [
        score_change(store, period, instrument, branch) for instrument in INSTRUMENTS if store.value("SELECT 1 FROM measures LIMIT 1")
    ]
    return ReportSource(
        record,
        period_details(store, made_from, branch, publish),
        years,
        report_facts(store, period, branch, publish),
        tuple(published_change(each) if publish else each for each in changes),
    )


def years_until(store: Store, period: Period, branch: str | None = None, publish: bool = True) -> tuple[YearRecord, ...]:
    """Return the years of a file up to one of them, or up to the one that a period begins in."""
    return trend(store, None, None, branch=branch, publish=publish, until=period, asked=MOST_SHARES).periods


def _counted_figures(record: YearRecord) -> list[str]:
    """Return the figures of what took place in a period that anything is recorded for. Partners and volunteers may be older than all that did."""
    return [line.key for line in record.figures if line.key in _TAKES_PLACE and line.fields.get("value")]


def national_years(store: Store, period: Period) -> tuple[YearRecord, ...]:
    """Return the published years of a national file, up to the one that a period ends in; none if it doesn't hold that."""
    last = calendar_year(int(period.last[:4]))
    years = years_until(store, last)
    return years if years and years[-1].year == last.year else ()
