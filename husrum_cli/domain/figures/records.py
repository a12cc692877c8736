"""A year's figures as records to show: in the order and the words of the STATUS report."""

from __future__ import annotations

from typing import Any

from ...i18n import _, label_text, language
from ...records import ChangeLine, Fields, FigureLine, SpreadLine, YearRecord
from ...store import Store
from ...vocabulary import QUESTIONS, label
from .answers import ShareValue
from .closing import ShownYear, changes_since
from .compute import Value, YearReport
from .registry import ALL, Figure
from .share_registry import AT_INTAKE, DISTRIBUTIONS, INTAKE_DISTRIBUTIONS, PROGRAMME, RECRUITED, SHARES

_VOLUNTEERS = frozenset(
    (
        "volunteers", "volunteers_new", "peer_supporters", "befrienders", "leader_seats", "volunteer_age_min", "volunteer_age_max", "intro_courses", "volunteer_meetings",
        "supervision_sessions", "training_sessions", "coordinator_positions",
    )
)  # fmt: skip
_SINGLE_DIAGNOSES = frozenset(f"diagnosis_{code}" for code in QUESTIONS["diagnosis"].codes or ())


def year_record(report: YearReport) -> YearRecord:
    """Everything `stats year` shows."""
    several = len(report.branches) > 1
    scope, volunteers = _("Scope"), _("Volunteers")
    data = {"": _("The young people of the year"), AT_INTAKE: _("The young people at the interview")}
    lines = []
    for figure in ALL:
        shown = label_text(figure.danish, figure.english)
        if isinstance(figure, Figure) and several and language() == "da" and figure.danish_nation:
            shown = figure.danish_nation
        columns = tuple(report.by_branch[name][figure.key].value for name in report.branches) if several else ()
        section = volunteers if figure.key in _VOLUNTEERS else scope
        fields = value_fields(report.values[figure.key], report.by_branch, figure.key)
        if isinstance(figure, Figure) and figure.people and report.unlinked:
            fields["unlinked"] = list(report.unlinked)
        lines.append(FigureLine(figure.key, shown, section, fields, columns))
    for basis, section in data.items():
        for share in SHARES:
            # A single diagnosis stands among all of them, further down.
            shown_in = "" if share.key in _SINGLE_DIAGNOSES else section
            key = share.key + basis
            own = {name: share_fields(shares[key]) for name, shares in report.shares_by_branch.items()}
            fields = share_fields(report.shares[key]) | ({"by_branch": own} if own else {})
            lines.append(FigureLine(key, label_text(share.danish, share.english), shown_in, fields, tuple(own.values())))
    spreads = tuple(_spreads(report, data, scope, volunteers))
    return YearRecord(report.year, report.branches, report.closed, tuple(lines), spreads, report.missing, report.unlinked)


def shown_record(store: Store, shown: ShownYear, branch: str | None = None) -> YearRecord:
    """Everything `stats year` shows: of a closed year the frozen figures, and beside them what they would be now, and through which rows."""
    record = year_record(shown.report)
    if shown.closing is None or shown.now is None:
        return record
    now = year_record(shown.now)
    current = {line.key: line.fields for line in now.figures}
    figures = tuple(line._replace(fields={**line.fields, **_now(line.fields, current[line.key])}) for line in record.figures)
    numbers = {spread.key: {code: number for code, (_label, number) in spread.numbers.items()} for spread in now.spreads}
    spreads = tuple(
        spread._replace(now=numbers[spread.key])
        if numbers[spread.key] != {code: number for code, (_label, number) in spread.numbers.items()}
        else spread
        for spread in record.spreads
    )
    labels = {line.key: line.label for line in record.figures} | {spread.key: spread.label for spread in record.spreads}
    people = {row["id"]: (row["number"], row["name"]) for row in store.rows("SELECT id, number, name FROM people")}
    changes = tuple(
        ChangeLine(
            each.added,
            *people.get(each.person_id or 0, (None, None)),
            each.date,
            each.what,
            each.amount,
            {key: labels.get(key, key) for key in each.keys},
        )
        for each in changes_since(store, shown, branch)
    )
    return record._replace(figures=figures, spreads=spreads, closed_at=shown.closing.closed_at, changes=changes)


def _now(frozen: Fields, current: Fields) -> Fields:
    """What a figure would be now, where that is something else; of a share also its count and its base."""
    parts = ("count", "answered", "base") if "answered" in frozen else ()
    if all(frozen[part] == current[part] for part in ("value", *parts)):
        return {}
    return {"now": current["value"], **{f"{part}_now": current[part] for part in parts}}


def value_fields(value: Value, by_branch: dict[str, dict[str, Value]], key: str) -> dict[str, Any]:
    """A figure's object in JSON."""
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
    """A share's object in JSON: never a value without its count and its base."""
    fields: dict[str, Any] = {
        "value": share.value,
        "source": "counted",
        "count": share.count,
        "answered": share.answered,
        "base": share.base,
    }
    return {**fields, "declined": share.declined, "not_asked": share.not_asked, "not_recorded": share.not_recorded}


def _spreads(report: YearReport, data: dict[str, str], scope: str, volunteers: str) -> list[SpreadLine]:
    spreads = []
    named = [(one, basis, data[basis]) for basis in data for one in DISTRIBUTIONS]
    named += [*((one, "", data[AT_INTAKE]) for one in INTAKE_DISTRIBUTIONS), (RECRUITED, "", volunteers)]
    for one, basis, section in named:
        key = one.key + basis
        words = {code: label(one.codes, code, language()) for code in report.distributions[key]}
        numbers = {code: (words[code], number) for code, number in report.distributions[key].items()}
        spreads.append(SpreadLine(key, label_text(one.danish, one.english), section, numbers))
    programmes: dict[str, tuple[str, Any]] = {name: (name, numbers) for name, numbers in report.programmes.items()}
    spreads.append(SpreadLine(PROGRAMME.key, label_text(PROGRAMME.danish, PROGRAMME.english), scope, programmes))
    return spreads
