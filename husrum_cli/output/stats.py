"""The figures of a year as the STATUS report tells them: a table for the terminal, and the same records as JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..locale import _
from ..records import Fields, YearRecord
from .listing import harmless, write_csv, write_json
from .numbers import cell, column_text, number_text, parts, print_in_blocks, remark, share_text, value_text


def write_year(record: YearRecord, format: str) -> None:
    """The year on stdout."""
    if format == "json":
        write_json(year_json(record))
    elif format == "csv":
        _write_year_csv(record)
    else:
        _print_year(record)


def year_json(record: YearRecord) -> Fields:
    """The JSON of `husrum.stats.year/1`."""
    return {
        "schema": "husrum.stats.year/1",
        "year": record.year,
        "branches": list(record.branches),
        **published_json(record.threshold),
        "missing": list(record.missing),
        "unlinked": list(record.unlinked),
        "closed": record.closed,
        "figures": {line.key: line.fields for line in record.figures},
        "distributions": {line.key: {code: number for code, (_label, number) in line.numbers.items()} for line in record.spreads},
    }


def published_json(threshold: int) -> Fields:
    """That numbers are for outsiders, in JSON."""
    return {"published": {"threshold": threshold}} if threshold else {}


COLUMNS = ("value", "source", "count", "answered", "base", "declined", "not_asked", "not_recorded", "sum_of_branches", "overlap", "note")


def _write_year_csv(record: YearRecord) -> None:
    rows: list[list[Any]] = []
    for line in record.figures:
        rows.append([line.key, line.label, "", "", *csv_values(line.fields)])
        rows += [[line.key, line.label, "", branch, *csv_values(own)] for branch, own in line.fields.get("by_branch", {}).items()]
    for spread in record.spreads:
        for code, (label, number) in spread.numbers.items():
            numbers = number if isinstance(number, dict) and "occasions" in number else {"": number}
            rows += [
                [spread.key, f"{spread.label}: {label}", code + (f".{part}" if part else ""), "", cell(value), "counted"]
                for part, value in numbers.items()
            ]
    width = 4 + len(COLUMNS)
    write_csv(["key", "label", "code", "branch", *COLUMNS], [row + [None] * (width - len(row)) for row in rows])


def csv_values(fields: Any) -> list[Any]:
    if not isinstance(fields, dict) or "source" not in fields:
        return [cell(fields)]
    first = cell(fields) if fields["value"] is None and ("below" in fields or "withheld" in fields) else fields["value"]
    return [first, *(cell(fields.get(column)) for column in COLUMNS[1:])]


def _print_year(record: YearRecord) -> None:
    from rich.text import Text

    from .tables import console

    out = console()
    cities = harmless(" + ".join(record.branches)) if len(record.branches) < 3 else _("All cities")
    out.print(Text(f"{cities} {record.year}", style="bold"))
    for notice in notices(record.threshold, record.missing, record.unlinked):
        out.print(Text(notice))
    for section in dict.fromkeys(line.section for line in record.figures if line.section):
        lines = [line for line in record.figures if line.section == section]
        branches = [harmless(branch) for branch in record.branches] if any(line.columns for line in lines) else []
        none = [""] * len(branches)
        rows = []
        for line in lines:
            value = share_text(line.fields) if "answered" in line.fields else value_text(line.fields)
            rows.append([line.label, value, remark(line.fields), *map(column_text, line.columns)])
            rows += [[*part, "", *none] for part in parts([line.fields])]
        heads = set()
        for spread in record.spreads:
            if spread.section == section and any(number for _label, number in spread.numbers.values()):
                heads.add(len(rows))
                rows.append([spread.label, "", "", *none])
                numbers = [each for label, number in spread.numbers.values() if number for each in _spread_rows(harmless(label), number)]
                rows += [[label, text, "", *none] for label, text in numbers]
        out.print()
        print_in_blocks(out, section, [_("total") if branches else "", ""], branches, rows, heads, text=True)


def _spread_rows(label: str, number: Any) -> list[tuple[str, str]]:
    """The numbers of an answer; of a programme, each of its three."""
    if not isinstance(number, dict) or "occasions" not in number:
        return [(f"  {label}", number_text(number))]
    words = {"occasions": _("occasions"), "visits": _("visits"), "young_people": _("young people")}
    return [(f"  {label}: {word}", number_text(number[part])) for part, word in words.items()]


def notices(threshold: int, missing: Sequence[str], unlinked: Sequence[str]) -> Iterator[str]:
    """What a reader must know of all figures at once."""
    if threshold:
        yield _(
            "Small numbers of people are hidden and others rounded to the nearest {number}; <{number}: fewer than {number}.",
            number=threshold,
        )
    if missing:
        yield _("Missing: {cities}.", cities=", ".join(map(harmless, missing)))
    if unlinked:
        yield _(
            "Not linked: {cities}. Somebody who is in several cities counts in each of these.", cities=", ".join(map(harmless, unlinked))
        )
