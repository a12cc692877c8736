"""The overview of a period on one screen: a dozen figures, of a year with last year's and a small bar. The whole is `stats.write_period`."""

from __future__ import annotations

from ..i18n import _, decimal_number
from ..records import Fields, TrendRecord, YearRecord
from .periods import period_title
from .phrases import MINUS, number_text
from .stats import MATTER_MOST, print_heading
from .table import print_rows
from .terminal import Screen
from .trend import sparkline

_SHORT = ("young_people", "visits", "volunteers")
# A bar is as long as the greater of two years: what both have, what only this year has, what only the year before had.
_WIDTH = 20
_BOTH, _MORE, _FEWER = "█", "▓", "░"


def print_overview(out: Screen, record: YearRecord, before: YearRecord | None) -> None:
    """Print the dozen figures. before: the year before, if it has records."""
    print_heading(out, record)
    lines = {line.key: line for line in record.figures}
    earlier = {line.key: line.fields for line in before.figures} if before else {}
    headings = ["", period_title(record.period), *([period_title(before.period), "+/" + MINUS, ""] if before else [])]
    rows: list[list[str]] = []
    for keys in MATTER_MOST:
        rows += [[""] * len(headings)] if rows else []
        rows += [[lines[key].label, number_text(lines[key].fields), *_compared(lines[key].fields, earlier.get(key))] for key in keys]
    print_rows(out, headings, rows, right=range(1, 4))
    if before:
        name = period_title(before.period)
        out.print(
            f"{_BOTH} {_('both years')}   {_MORE} {_('more than in {year}', year=name)}   {_FEWER} {_('fewer than in {year}', year=name)}"
        )


def print_in_short(out: Screen, city: YearRecord, nation: TrendRecord) -> None:
    """Print three figures of a city's year, and those of the nation's years with their course."""
    print_heading(out, city)
    of_city = {line.key: line for line in city.figures}
    out.print("   ".join(f"{of_city[key].label}: {number_text(of_city[key].fields)}" for key in _SHORT))
    out.print()
    rows = []
    for key in _SHORT:
        lines = [next(line for line in each.figures if line.key == key) for each in nation.periods]
        course = sparkline([line.fields["value"] for line in lines])
        rows.append([lines[-1].label, *(number_text(line.fields) for line in lines), course])
    headings = [_("All cities"), *(period_title(each.period) for each in nation.periods), ""]
    print_rows(out, headings, rows, right=range(1, len(headings) - 1))


def _compared(fields: Fields, old: Fields | None) -> list[str]:
    """Return the value of the year before, the difference, and a bar; the latter two only of numbers that are known exactly."""
    if old is None:
        return []
    new, former = fields["value"], old["value"]
    if new is None or former is None:
        return [number_text(old), "", ""]
    longest = max(new, former)
    both = round(min(new, former) / longest * _WIDTH) if longest else 0
    rest = _WIDTH - both if longest else 0
    sign = "+" if new > former else MINUS if new < former else ""
    return [number_text(old), sign + decimal_number(abs(new - former)), _BOTH * both + (_MORE if new > former else _FEWER) * rest]
