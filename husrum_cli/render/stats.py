"""The figures of a year as the STATUS report shows them: a table for the terminal, and the same records as JSON and CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ..i18n import _, whole_number
from ..records import Fields, SpreadLine, YearRecord
from .listing import escape_controls, write_csv, write_json
from .periods import period_title
from .phrases import MINUS, cell, column_text, number_text, overlap_rows, print_in_blocks, remark, share_text
from .table import print_rows
from .terminal import GLUE, Screen, one_page, screen

MATTER_MOST = (
    ("young_people", "young_people_new", "intakes"),
    ("visits", "social_events", "group_courses", "group_completed"),
    ("matches_active", "matches_new", "waiting_list"),
    ("volunteers", "volunteers_new"),
)
"""The figures that a terminal shows unless all are asked for, in groups."""


def write_year(record: YearRecord, format: str) -> None:
    """Write a calendar year to stdout."""
    if format == "json":
        write_json(record_json(record))
    else:
        write_period(record, format)


def write_period(record: YearRecord, format: str) -> None:
    """Write a period to stdout, whichever it is."""
    if format == "json":
        write_json(period_json(record))
    elif format == "csv":
        write_csv(*year_csv(record))
    else:
        with one_page():
            _print_year(record)


def record_json(record: YearRecord) -> Fields:
    """Return the JSON of a calendar year, `husrum.stats.year/1`, or of another period."""
    if record.year is None:
        return period_json(record)
    return {"schema": "husrum.stats.year/1", "year": record.year, **_figures_json(record)}


def period_json(record: YearRecord) -> Fields:
    """Return the JSON of `husrum.stats.period/1`."""
    period = {"name": record.period.name, "from": record.period.first, "to": record.period.last}
    return {"schema": "husrum.stats.period/1", "period": period, **_figures_json(record)}


def _figures_json(record: YearRecord) -> Fields:
    return {
        "branches": list(record.branches),
        **published_json(record.threshold),
        "missing": list(record.missing),
        "unlinked": list(record.unlinked),
        "closed": record.closed,
        **({"closed_at": record.closed_at} if record.closed_at else {}),
        **({"lost": list(record.lost)} if record.lost else {}),
        "figures": {line.key: line.fields for line in record.figures},
        "distributions": {line.key: {code: number for code, (_label, number) in line.numbers.items()} for line in record.spreads},
        **_changes_json(record),
    }


def _changes_json(record: YearRecord) -> Fields:
    """Return for a closed year what would differ now, and because of which rows."""
    if not record.closed or record.threshold:
        return {}
    return {
        "distributions_now": {line.key: line.now for line in record.spreads if line.now is not None},
        "changes": [
            {
                "change": "added" if each.added else "removed",
                "person": each.person,
                "date": each.date,
                "what": each.what,
                "amount": each.amount,
                "keys": list(each.figures),
            }
            for each in record.changes
        ],
    }


def published_json(threshold: int) -> Fields:
    """Return the JSON that marks numbers as meant for outsiders."""
    return {"published": {"threshold": threshold}} if threshold else {}


VALUE_COLUMNS = (
    "value",
    "source",
    "count",
    "answered",
    "base",
    "declined",
    "not_asked",
    "not_recorded",
    "sum_of_branches",
    "overlap",
    "note",
    "now",
)


def year_csv(record: YearRecord) -> tuple[list[str], list[list[Any]]]:
    """Return the heading and the rows of the year as one long table."""
    rows: list[list[Any]] = []
    for line in record.figures:
        rows.append([line.key, line.label, "", *csv_values(line.fields)])
        for branch, own in line.fields.get("by_branch", {}).items():
            values = csv_values(own)
            values += [None] * (len(VALUE_COLUMNS) - len(values))
            if branch in (now := line.fields.get("by_branch_now", {})):
                values[VALUE_COLUMNS.index("now")] = csv_values(now[branch])[0]
            rows.append([line.key, line.label, "", *values, branch])
    for spread in record.spreads:
        for code, (label, number) in spread.numbers.items():
            numbers = spread.split(number)
            rows += [
                [spread.key, f"{spread.label}: {label}", code + (f".{part}" if part else ""), cell(value), "counted"]
                for part, value in numbers.items()
            ]
    header = ["key", "label", "code", *VALUE_COLUMNS, "branch"]
    return header, [row + [None] * (len(header) - len(row)) for row in rows]


def csv_values(fields: Any) -> list[Any]:
    if not isinstance(fields, dict) or "source" not in fields:
        return [cell(fields)]
    first = cell(fields) if fields["value"] is None and ("below" in fields or "withheld" in fields) else fields["value"]
    return [first, *(cell(fields.get(column)) for column in VALUE_COLUMNS[1:])]


def print_heading(out: Screen, record: YearRecord) -> None:
    """Print what the figures are of, and what a reader must know of all of them."""
    cities = escape_controls(" + ".join(record.branches)) if len(record.branches) < 3 else _("All cities")
    out.print(f"{cities} {period_title(record.period)}", bold=True)
    if record.closed_at:
        out.print(_("Closed on {date}; these are the figures of that day.", date=record.closed_at))
    for notice in notices(record.threshold, record.missing, record.unlinked, record.lost):
        out.print(notice)


def _print_year(record: YearRecord) -> None:
    out = screen()
    print_heading(out, record)
    for section in dict.fromkeys(line.section for line in record.figures if line.section):
        lines = [line for line in record.figures if line.section == section]
        branches = [escape_controls(branch) for branch in record.branches] if any(line.columns for line in lines) else []
        none = [""] * len(branches)
        rows = []
        for line in lines:
            value = share_text(line.fields) if "answered" in line.fields else number_text(line.fields)
            rows.append([line.label, value, _glued(remark(line.fields)), *map(column_text, line.columns)])
            rows += [[*part, "", *none] for part in overlap_rows([line.fields])]
        heads = set()
        for spread in record.spreads:
            if spread.section == section and any(number for _label, number in spread.numbers.values()):
                heads.add(len(rows))
                rows.append([spread.label, "", "", *none])
                numbers = [
                    each
                    for label, number in spread.numbers.values()
                    if number
                    for each in _spread_rows(escape_controls(label), number, spread)
                ]
                rows += [[label, text, "", *none] for label, text in numbers]
        out.print()
        print_in_blocks(out, section, [_("total") if branches else "", ""], branches, rows, heads, text=True)
    if record.changes:
        out.print()
        _print_changes(out, record)


def _glued(text: str) -> str:
    """Return a remark in which each number stays with the word before it if a table folds it."""
    return re.sub(r"(?<=[^\W\d_]) (?=<?[0-9]+(,|$))", GLUE, text)


# Changes that a page has room for; all of them are in JSON, and under their figures in `stats explain`.
_CHANGES_SHOWN = 20


def _print_changes(out: Screen, record: YearRecord) -> None:
    rows = []
    for each in record.changes[:_CHANGES_SHOWN]:
        who = escape_controls(f"{each.person} {each.name or ''}".strip()) if each.person else ""
        amount = f" ({each.amount})" if each.amount not in (None, 1) else ""
        sign = "+" if each.added else MINUS
        rows.append([sign, who, each.date, escape_controls(each.what + amount), ", ".join(each.figures.values())])
    more = len(record.changes) - _CHANGES_SHOWN
    if more > 0:
        rows.append(["", _("and {number} more", number=whole_number(more)), "", "", ""])
    print_rows(out, ["", _("Changed since then"), _("Date"), _("What"), _("Figures")], rows)


def _spread_rows(label: str, number: Any, spread: SpreadLine) -> list[tuple[str, str]]:
    """Return the numbers of an answer; of one that has several by age, those that are not 0."""
    return [
        (f"  {label}: {spread.parts[part]}" if part else f"  {label}", number_text(each))
        for part, each in spread.split(number).items()
        if each != 0 or not part or "occasions" in spread.parts
    ]


def notices(threshold: int, missing: Sequence[str], unlinked: Sequence[str], lost: Sequence[str] = ()) -> Iterator[str]:
    """Yield what a reader must know of all figures at once."""
    if lost:
        yield _("This closed year is damaged: it has lost {parts}. Those of today are shown in their place.", parts=", ".join(lost))
    if threshold:
        yield _(
            "Small numbers of people are hidden and others rounded to the nearest {number}; <{number}: fewer than {number}.",
            number=threshold,
        )
    if missing:
        yield _("Missing: {cities}.", cities=", ".join(map(escape_controls, missing)))
    if unlinked:
        yield _(
            "Not linked: {cities}. Somebody who is in several cities counts in each of these.",
            cities=", ".join(map(escape_controls, unlinked)),
        )
