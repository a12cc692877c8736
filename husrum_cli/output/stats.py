"""The figures of a year as the STATUS report tells them: a table for the terminal, and the same records as JSON and CSV."""

from __future__ import annotations

from typing import Any

from ..locale import _, decimal_number, whole_number
from ..records import Fields, YearRecord
from .listing import harmless, write_csv, write_json


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
        "closed": record.closed,
        "figures": {line.key: line.fields for line in record.figures},
        "distributions": {line.key: {code: number for code, (_label, number) in line.numbers.items()} for line in record.spreads},
    }


_COLUMNS = ("value", "source", "count", "answered", "base", "declined", "not_asked", "not_recorded", "sum_of_branches", "overlap", "note")


def _write_year_csv(record: YearRecord) -> None:
    rows: list[list[Any]] = [[line.key, line.label, "", *(line.fields.get(column) for column in _COLUMNS)] for line in record.figures]
    for spread in record.spreads:
        for code, (label, number) in spread.numbers.items():
            numbers = number if isinstance(number, dict) else {"": number}
            rows += [
                [spread.key, f"{spread.label}: {label}", code + (f".{part}" if part else ""), value, "counted"]
                for part, value in numbers.items()
            ]
    width = 3 + len(_COLUMNS)
    write_csv(["key", "label", "code", *_COLUMNS], [row + [None] * (width - len(row)) for row in rows])


def share_text(fields: Fields) -> str:
    """`31 af 78 (40 %)`: never a percentage without its count and its base."""
    if not fields["answered"]:
        return _("nobody answered")
    percent = (200 * fields["count"] + fields["answered"]) // (2 * fields["answered"])
    return _(
        "{count} of {answered} ({percent} %)",
        count=whole_number(fields["count"]),
        answered=whole_number(fields["answered"]),
        percent=percent,
    )


def value_text(fields: Fields) -> str:
    """A figure's value; a dash where nothing is known."""
    return "–" if fields["value"] is None else decimal_number(fields["value"])


def _print_year(record: YearRecord) -> None:
    from rich.text import Text

    from .tables import console, print_rows

    out = console()
    cities = harmless(" + ".join(record.branches)) if len(record.branches) < 3 else _("All cities")
    out.print(Text(f"{cities} {record.year}", style="bold"))
    for section in dict.fromkeys(line.section for line in record.figures if line.section):
        lines = [line for line in record.figures if line.section == section]
        branches = [harmless(branch) for branch in record.branches] if any(line.columns for line in lines) else []
        none = [""] * len(branches)
        rows = []
        for line in lines:
            own = ["–" if value is None else decimal_number(value) for value in line.columns]
            value = share_text(line.fields) if "answered" in line.fields else value_text(line.fields)
            rows.append([line.label, *own, value, _remark(line.fields)])
        heads = set()
        for spread in record.spreads:
            if spread.section == section and any(number for _label, number in spread.numbers.values()):
                heads.add(len(rows))
                rows.append([spread.label, *none, "", ""])
                rows += [[f"  {harmless(label)}", *none, _number_text(number), ""] for label, number in spread.numbers.values() if number]
        out.print()
        headings = [section, *branches, _("total") if branches else "", ""]
        print_rows(out, headings, rows, right=range(1, len(headings) - 1), bold=heads)


def _number_text(number: Any) -> str:
    if isinstance(number, dict):
        return _("{occasions} times, {visits} visits, {young_people} young people", **number)
    return whole_number(number)


def _remark(fields: Fields) -> str:
    """What a reader must know beside a value."""
    if "answered" in fields:
        silent = {name: fields[name] for name in ("declined", "not_asked", "not_recorded") if fields[name]}
        words = {"declined": _("would not say"), "not_asked": _("not asked"), "not_recorded": _("not recorded")}
        return ", ".join(f"{words[name]} {whole_number(number)}" for name, number in silent.items())
    remarks = []
    if fields.get("overlap"):
        remarks.append(
            _("sum {sum}, overlap {overlap}", sum=whole_number(fields["sum_of_branches"]), overlap=whole_number(fields["overlap"]))
        )
    if fields.get("source") in ("reported", "mixed") and fields["value"] is not None:
        source = _("reported") if fields["source"] == "reported" else _("partly reported")
        remarks.append(f"{source}: {harmless(fields['note'])}" if fields.get("note") else source)
    if partial := fields.get("partial"):
        remarks.append(
            _(
                "counted so far {value}, {branches} of {of} cities",
                value=value_text(partial),
                branches=partial["branches"],
                of=partial["of"],
            )
        )
    return "; ".join(remarks)
