"""Periods next to each other: a table for the terminal, bars, and the same records as JSON and CSV."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..i18n import _, long_day, many
from ..records import FigureLine, TrendRecord
from .listing import escape_controls, write_csv, write_json
from .periods import period_title, span_title
from .phrases import number_text, overlap_rows, print_in_blocks, share_text, short_share_text
from .stats import MATTER_MOST, VALUE_COLUMNS, csv_values, notices, published_json
from .terminal import GLUE, PIPED_WIDTH, Screen, one_page, screen

_WORDS = {"*": lambda: _("reported"), "+": lambda: _("partly reported")}


def write_trend(record: TrendRecord, format: str, plots: Sequence[str] = (), brief: bool = False) -> None:
    """Write the periods to stdout. `plots`: the figures that are drawn, instead of the table of all. `brief`: only those that matter most."""
    if format == "json":
        write_json(_json(record))
    elif format == "csv":
        rows = [[line.key, line.label, year.period.name, *csv_values(line.fields)] for year in record.periods for line in year.figures]
        write_csv(["key", "label", "year" if record.by == "year" else "period", *VALUE_COLUMNS], rows)
    elif not record.periods:
        print(_("Nothing to show."))
    else:
        with one_page():
            _print(record, plots, brief)


def _json(record: TrendRecord) -> dict[str, Any]:
    """Return the JSON of `husrum.stats.trend/1`, or of parts of years `husrum.stats.series/1`."""
    schema = {"schema": "husrum.stats.trend/1"} if record.by == "year" else {"schema": "husrum.stats.series/1", "by": record.by}
    return {
        **schema,
        "branches": list(record.branches),
        **published_json(record.periods[-1].threshold if record.periods else 0),
        "last_records": record.last_records,
        "missing": {year.period.name: list(year.missing) for year in record.periods},
        "unlinked": list(record.periods[-1].unlinked) if record.periods else [],
        "years" if record.by == "year" else "periods": {
            year.period.name: {line.key: line.fields for line in year.figures} for year in record.periods
        },
    }


def _print(record: TrendRecord, plots: Sequence[str], brief: bool) -> None:
    out = screen()
    latest = record.periods[-1]
    cities = escape_controls(" + ".join(record.branches)) if len(record.branches) < 3 else _("All cities")
    out.print(f"{cities} {span_title(record.periods[0].period, latest.period)}", bold=True)
    for line in notices(latest.threshold, (), latest.unlinked):
        out.print(line)
    for key in plots:
        out.print()
        _print_bars(out, record, key)
    if not plots:
        _print_figures(out, record, brief)
    out.print()
    for year in record.periods:
        if year.missing:
            out.print(_("{year}: missing {cities}.", year=period_title(year.period), cities=", ".join(map(escape_controls, year.missing))))
        if moved := sum("now" in line.fields for line in year.figures):
            text = many(
                "{year} is shown as it was closed; today {number} figure is different. See: husrum stats year {name}",
                "{year} is shown as it was closed; today {number} figures are different. See: husrum stats year {name}",
                moved,
                year=period_title(year.period),
                name=year.period.name,
            )
            out.print(text)
    dates = (f"{escape_controls(name)}{GLUE}{long_day(day) if day else '–'}" for name, day in record.last_records.items())
    out.print(_("Last record: {cities}.", cities=", ".join(dates)))


def _print_figures(out: Screen, record: TrendRecord, brief: bool) -> None:
    latest = record.periods[-1]
    chosen = {key for keys in MATTER_MOST for key in keys} if brief else {line.key for line in latest.figures}
    headings = [period_title(year.period, short=True) for year in record.periods]
    if record.by == "month" and len({year.period.first[:4] for year in record.periods}) == 1:
        headings = [heading.split()[0] for heading in headings]  # the title names the year
    marks: set[str] = set()
    for section in dict.fromkeys(line.section for line in latest.figures if line.section and line.key in chosen):
        rows = []
        for number, line in enumerate(latest.figures):
            if line.section == section and line.key in chosen:
                lines = [year.figures[number] for year in record.periods]
                drawn = [sparkline([each.fields["value"] for each in lines])] if out.is_terminal else []
                rows.append([line.label, *drawn, *(_cell(each, marks) for each in lines)])
                rows += [[part, *([""] if drawn else []), *numbers] for part, *numbers in overlap_rows([each.fields for each in lines])]
        out.print()
        print_in_blocks(
            out,
            section,
            [""] if out.is_terminal else [],
            headings,
            rows,
            (),
            text=out.is_terminal,
        )
    if marks:
        out.print()
        out.print(", ".join(f"{mark} {_WORDS[mark]()}" for mark in sorted(marks)))


def _cell(line: FigureLine, marks: set[str]) -> str:
    """Return a year's value, with a mark if it was not counted."""
    if "answered" in line.fields:
        return short_share_text(line.fields)
    mark = {"reported": "*", "mixed": "+"}.get(line.fields["source"], "") if line.fields["value"] is not None else ""
    marks |= {mark} - {""}
    return number_text(line.fields) + mark


def _with_source(line: FigureLine) -> str:
    marks: set[str] = set()
    text = _cell(line, marks).rstrip("*+")
    return f"{text} ({_WORDS[marks.pop()]()})" if marks else text


def _print_bars(out: Screen, record: TrendRecord, key: str) -> None:
    """Print a bar for each year, as long as its value or the percentage of a share."""
    lines = [next(line for line in year.figures if line.key == key) for year in record.periods]
    values = [line.fields["value"] or 0 for line in lines]
    texts = [share_text(line.fields) if "answered" in line.fields else _with_source(line) for line in lines]
    longest = 1 if "answered" in lines[0].fields else max(values)
    out.print(lines[-1].label, bold=True)
    label = max(len(period_title(year.period, short=True)) for year in record.periods)
    width = max(10, min(out.width, PIPED_WIDTH) - 4 - label - max(map(len, texts)))
    for year, value, text in zip(record.periods, values, texts, strict=True):
        print(f"{period_title(year.period, short=True):<{label}}  {_bar(value / (longest or 1), width):<{width}}  {text}")


def sparkline(values: Sequence[float | None]) -> str:
    """Return a column for each value, from 0 to the largest of them; a gap if nothing is known. Nothing if no value is known."""
    longest = max((value for value in values if value), default=1)
    return (
        ""
        if all(value is None for value in values)
        else "".join(GLUE if value is None else "▁▂▃▄▅▆▇█"[round(7 * value / longest)] for value in values)
    )


def _bar(part: float, width: int) -> str:
    """Return a bar of eighths of a column."""
    whole, eighths = divmod(int(part * width * 8), 8)
    return "█" * whole + " ▏▎▍▌▋▊▉"[eighths] * (eighths > 0)
