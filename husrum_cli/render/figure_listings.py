"""Figures as lists, which are written to a file that a spreadsheet opens: a row for each figure, with the words that people read."""

from __future__ import annotations

from typing import Any

from ..i18n import _
from ..records import Fields, FigureLine, TrendRecord, YearRecord
from ..records.change import ChangeRecord
from .change import change_rows
from .listing import Listing, escape_controls
from .periods import period_title
from .phrases import number_text, remark


def year_listing(record: YearRecord) -> Listing:
    """Return every figure and every answer of a period: of a share how many, of whom, and the percentage."""
    branches = [escape_controls(branch) for branch in record.branches] if len(record.branches) > 1 else []
    columns = {
        "section": _("Section"),
        "figure": _("Figure"),
        "value": _("Value"),
        "answered": _("Of whom"),
        "percent": "%",
        **{f"branch {number}": branch for number, branch in enumerate(branches)},
        "sum_of_branches": _("Sum of the cities"),
        "overlap": _("Overlap"),
        "remark": _("Remark"),
    }
    records = [_figure_record(line) for line in record.figures]
    for spread in record.spreads:
        for label, number in spread.numbers.values():
            records += [
                {
                    "section": spread.section,
                    "figure": f"{spread.label}: {label}" + (f", {spread.parts[part]}" if part else ""),
                    "value": _cell(each),
                }
                for part, each in spread.split(number).items()
                if each != 0
            ]
    kept = {key: heading for key, heading in columns.items() if any(each.get(key) not in (None, "") for each in records)}
    return Listing(kept, records, period_title(record.period))


def _figure_record(line: FigureLine) -> dict[str, Any]:
    share = "answered" in line.fields
    return {
        "section": line.section,
        "figure": line.label,
        "value": _cell(line.fields["count"]) if share and not line.fields.get("withheld") else _number(line.fields),
        "answered": _cell(line.fields["answered"]) if share else None,
        "percent": _percent(line.fields) if share else None,
        **{f"branch {number}": _percent(value) if share else _cell(value) for number, value in enumerate(line.columns)},
        **{name: _cell(line.fields.get(name)) for name in ("sum_of_branches", "overlap")},
        "remark": remark(line.fields),
    }


def _cell(number: Any) -> Any:
    """Return a number, or in words what outsiders see in its place."""
    return number_text(number) if isinstance(number, dict) else number


def _number(fields: Fields) -> Any:
    hidden = fields["value"] is None and ("below" in fields or fields.get("withheld"))
    return _cell(fields) if hidden else fields["value"]


def _percent(fields: Any) -> float | None:
    value = fields.get("value") if isinstance(fields, dict) else None
    return None if value is None else round(100 * value, 1)


def trend_listing(record: TrendRecord) -> Listing:
    """Return a row for each figure with a column for each period; shares in per cent."""
    columns = {"section": _("Section"), "figure": _("Figure")}
    columns |= {each.period.name: period_title(each.period, short=True) for each in record.periods}
    records = []
    for number, line in enumerate(record.periods[-1].figures if record.periods else ()):
        of_period = {each.period.name: each.figures[number].fields for each in record.periods}
        share = "answered" in line.fields
        records.append({
            "section": line.section,
            "figure": f"{line.label} (%)" if share else line.label,
            **{name: _percent(fields) if share else _number(fields) for name, fields in of_period.items()},
        })  # fmt: skip
    return Listing(columns, records)


def change_listing(record: ChangeRecord, instrument: str, severe: str) -> Listing:
    """Return the lines of a change."""
    rows = [
        {"what": label.strip(), "value": int(value) if value.isdecimal() else value}
        for label, value in change_rows(record, severe)
        if label
    ]
    return Listing({"what": f"{instrument}, {period_title(record.period)}", "value": _("Value")}, rows)
