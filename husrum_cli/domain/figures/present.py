"""A period's figures as records to show, in the order and the words of the STATUS report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...i18n import _, label_text, language
from ...records import ChangeLine, Fields, FigureLine, SpreadLine, YearRecord
from ...store import Store
from ...vocabulary import AGE_BANDS, QUESTIONS, label
from .answers import ShareValue
from .compute import PeriodReport, Value
from .figure import ENGAGEMENT, SCOPE, VOLUNTEERS, Figure
from .freeze import PeriodFigures
from .registry import ALL, label_of
from .share_registry import (
    ACTIVITY,
    AT_INTAKE,
    DISTRIBUTIONS,
    INTAKE_DISTRIBUTIONS,
    MUNICIPALITY_AGE,
    PARTNER_KIND,
    PROGRAMME,
    RECRUITED,
    SHARES,
    VOLUNTEER_ROLES,
)

_SINGLE_DIAGNOSES = frozenset(f"diagnosis_{code}" for code in QUESTIONS["diagnosis"].codes or ())


def record_of_report(report: PeriodReport) -> YearRecord:
    """Return everything that `stats year` and `stats period` show of a report."""
    several = len(report.branches) > 1
    sections = section_names()
    of_year = report.period.year is not None
    data = {
        "": _("The young people of the year") if of_year else _("The young people of the period"),
        AT_INTAKE: _("The young people at the interview"),
    }
    lines = []
    for figure in ALL:
        columns = tuple(report.by_branch[name][figure.key].value for name in report.branches) if several else ()
        fields = value_fields(report.values[figure.key], report.by_branch, figure.key)
        live = {name: each[figure.key].value for name, each in report.live_by_branch.items()}
        if changed := {name: live[name] for name in live if live[name] != report.by_branch[name][figure.key].value}:
            fields["by_branch_now"] = changed  # cities that closed the year show it as they published it
        if isinstance(figure, Figure) and figure.people and report.unlinked:
            fields["unlinked"] = list(report.unlinked)
        lines.append(FigureLine(figure.key, label_of(figure, several), sections[figure.section], fields, columns))
    for basis, section in data.items():
        for share in SHARES:
            # A single diagnosis is shown among all of them, further down.
            shown_in = "" if share.key in _SINGLE_DIAGNOSES else section
            key = share.key + basis
            own = {name: share_fields(shares[key]) for name, shares in report.shares_by_branch.items()}
            fields = share_fields(report.shares[key]) | ({"by_branch": own} if own else {})
            live_shares = {name: share_fields(shares[key]) for name, shares in report.live_shares_by_branch.items()}
            counts = ("count", "answered")
            if moved := {name: share for name, share in live_shares.items() if any(share[part] != own[name][part] for part in counts)}:
                fields["by_branch_now"] = moved
            lines.append(FigureLine(key, label_of(share), shown_in, fields, tuple(own.values())))
    spreads = tuple(_spreads(report, data, sections))
    return YearRecord(report.period, report.branches, report.closed, tuple(lines), spreads, report.missing, report.unlinked)


def section_names() -> dict[str, str]:
    """Return the headings of the tables of figures."""
    return {SCOPE: _("Scope"), VOLUNTEERS: _("Volunteers"), ENGAGEMENT: _("Engagement and quality")}


def record_of_figures(store: Store, shown: PeriodFigures, branch: str | None = None, rows: bool = True) -> YearRecord:
    """Return the record of a period; of a closed year the frozen figures, with what they would be now, and (`rows`) the rows that changed."""
    record = record_of_report(shown.report)
    if shown.closing is None:
        return record
    record = record._replace(closed_at=shown.closing.closed_at, lost=shown.lost)
    if shown.now is None:
        return record
    now = record_of_report(shown.now)
    current = {line.key: line.fields for line in now.figures}
    figures = tuple(line._replace(fields={**line.fields, **_now(line.fields, current[line.key])}) for line in record.figures)
    numbers = {spread.key: _numbers(spread) for spread in now.spreads}
    spreads = tuple(
        spread._replace(now=numbers[spread.key]) if numbers[spread.key] != _numbers(spread) else spread for spread in record.spreads
    )
    same = (shown.report.values, shown.report.shares, shown.report.distributions) == (
        shown.now.values,
        shown.now.shares,
        shown.now.distributions,
    )
    if same or not rows:
        return record._replace(figures=figures, spreads=spreads)
    from .frozen_rows import changes_since

    labels = {line.key: line.label for line in record.figures} | {spread.key: spread.label for spread in record.spreads}
    names = {row["number"]: row["name"] for row in store.rows("SELECT number, name FROM people")}
    changes = tuple(
        ChangeLine(
            each.added,
            each.number,
            names.get(each.number),
            each.date,
            each.what,
            each.amount,
            {key: labels.get(key, key) for key in each.keys},
        )
        for each in changes_since(store, shown.closing.id, shown.report, shown.now, shown.kept, branch)
    )
    return record._replace(figures=figures, spreads=spreads, changes=changes)


def _numbers(spread: SpreadLine) -> dict[str, Any]:
    return {code: number for code, (_label, number) in spread.numbers.items()}


def _now(frozen: Fields, current: Fields) -> Fields:
    """Return the current value of a figure if it differs; for a share also its count and its base."""
    parts = ("count", "answered", "base") if "answered" in frozen else ()
    if all(frozen[part] == current[part] for part in ("value", *parts)):
        return {}
    return {"now": current["value"], **{f"{part}_now": current[part] for part in parts}}


def value_fields(value: Value, by_branch: dict[str, dict[str, Value]], key: str) -> dict[str, Any]:
    """Return a figure's object in JSON."""
    fields: dict[str, Any] = {"value": value.value, "source": value.source}
    if value.sum_of_branches is not None:
        fields |= {"sum_of_branches": value.sum_of_branches, "overlap": value.sum_of_branches - (value.value or 0)}
    if value.note:
        fields["note"] = value.note
    if value.partial:
        counted, branches, of = value.partial
        fields["partial"] = {"value": counted, "branches": branches, "of": of}
    if by_branch:
        fields["by_branch"] = {name: each[key].value for name, each in by_branch.items()}
    return fields


def share_fields(share: ShareValue) -> dict[str, Any]:
    """Return a share's object in JSON: never a value without its count and its base."""
    fields: dict[str, Any] = {
        "value": share.value,
        "source": "counted",
        "count": share.count,
        "answered": share.answered,
        "base": share.base,
    }
    return {**fields, "declined": share.declined, "not_asked": share.not_asked, "not_recorded": share.not_recorded}


def _spreads(report: PeriodReport, data: dict[str, str], sections: dict[str, str]) -> Iterator[SpreadLine]:
    shown_in = {
        **{one.key + basis: (one, data[basis]) for basis in data for one in DISTRIBUTIONS},
        **{one.key: (one, data[AT_INTAKE]) for one in INTAKE_DISTRIBUTIONS},
        MUNICIPALITY_AGE.key: (MUNICIPALITY_AGE, data[""]),
        RECRUITED.key: (RECRUITED, sections[VOLUNTEERS]),
        VOLUNTEER_ROLES.key: (VOLUNTEER_ROLES, sections[VOLUNTEERS]),
        ACTIVITY.key: (ACTIVITY, sections[SCOPE]),
        PARTNER_KIND.key: (PARTNER_KIND, sections[SCOPE]),
    }
    bands = {code: label(AGE_BANDS, code, language()) for code in (*AGE_BANDS, "not_recorded")}
    for key, (one, section) in shown_in.items():
        numbers = {code: (label(one.codes, code, language()), number) for code, number in report.distributions[key].items()}
        yield SpreadLine(key, label_text(one.danish, one.english), section, numbers, bands if one is MUNICIPALITY_AGE else {})
    parts = {"occasions": _("occasions"), "visits": _("visits"), "young_people": _("young people")}
    programmes = {name: (name, numbers) for name, numbers in report.programmes.items()}
    yield SpreadLine(PROGRAMME.key, label_text(PROGRAMME.danish, PROGRAMME.english), sections[SCOPE], programmes, parts)
