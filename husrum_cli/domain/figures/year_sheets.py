"""A year as the sheets of its export: scope, visits by month and channel, people, volunteers, grants, definitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...i18n import _, language
from ...input.dates import month_names
from ...records import Fields, FigureLine, YearRecord
from ...records.attendance_sheet import Sheet, SheetColumn
from ...vocabulary import AGREEMENT, OFFER, label
from .details import CHANNELS, YearDetails
from .explain import definition_of
from .registry import BY_KEY

_KEY = SheetColumn("key", 34)
_FIGURE_COLUMNS = ("value", "sum_of_branches", "overlap", "now")
_SHARE_COLUMNS = ("count", "answered", "value", "base", "declined", "not_asked", "not_recorded")


def year_sheets(record: YearRecord, details: YearDetails) -> list[Sheet]:
    """The year as sheets. Every number in them is one of the record, or of the details, which are parts of it."""
    scope, volunteers, *data = record.sections
    sheets = [_figures(record, scope), _months(details)]
    sheets.append(
        Sheet(_("Young people"), _people_columns(record.threshold > 0), [row for section in data for row in _people(record, section)])
    )
    sheets.append(_figures(record, volunteers))
    if details.grants:
        sheets.append(_grants(details))
    return [*sheets, _definitions(record)]


def _cell(value: Any) -> Any:
    """A number, or what is told in its place: `<5`, or that it is withheld."""
    if not isinstance(value, dict):
        return value
    if "value" not in value or value["value"] is None:
        return f"<{value['below']}" if "below" in value else _("withheld") if value.get("withheld") else None
    return value["value"]


def _figures(record: YearRecord, section: str) -> Sheet:
    lines = [line for line in record.figures if line.section == section]
    several = any(line.columns for line in lines)
    branches = record.branches if several else ()
    extra = [name for name in _FIGURE_COLUMNS[1:] if any(line.fields.get(name) is not None for line in lines)]
    if not several:
        extra = [name for name in extra if name == "now"]
    words = {"sum_of_branches": _("Sum of the cities"), "overlap": _("Overlap"), "now": _("Now")}
    columns = (
        _KEY,
        SheetColumn(section, 40),
        *(SheetColumn(branch, 12, "number") for branch in branches),
        SheetColumn(_("total") if several else _("Value"), 12, "number"),
        *(SheetColumn(words[name], 12, "number") for name in extra),
        SheetColumn(_("Where it is from"), 40),
    )
    rows: list[tuple[Any, ...]] = [
        (
            line.key,
            line.label,
            *(map(_cell, line.columns) if branches else ()),
            _cell(line.fields),
            *(line.fields.get(name) for name in extra),
            _source(line.fields),
        )
        for line in lines
    ]
    rows += [
        (f"{spread.key}.{code}", f"{spread.label}: {text}", *(None for _branch in branches), number, *(None for _name in extra), "")
        for spread in record.spreads
        if spread.section == section
        for code, text, number in _numbers(spread.numbers)
    ]
    return Sheet(section, columns, rows)


def _numbers(numbers: dict[str, tuple[str, Any]]) -> Iterator[tuple[str, str, Any]]:
    parts = {"occasions": _("occasions"), "visits": _("visits"), "young_people": _("young people")}
    for code, (text, number) in numbers.items():
        if isinstance(number, dict) and "occasions" in number:
            yield from ((f"{code}.{part}", f"{text}, {parts[part]}", _cell(each)) for part, each in number.items())
        else:
            yield code, text, _cell(number)


def _source(fields: Fields) -> str:
    words = {"counted": "", "reported": _("reported"), "mixed": _("partly reported")}
    return ": ".join(part for part in (words[fields["source"]], fields.get("note")) if part)


def _months(details: YearDetails) -> Sheet:
    totals = [sum(numbers[month] for numbers in details.months.values()) for month in range(12)]
    labels = {channel: label(OFFER, channel, language()) for channel in CHANNELS}
    columns = (
        SheetColumn(_("Month"), 14),
        *(SheetColumn(labels[channel], 16, "number") for channel in CHANNELS),
        SheetColumn(_("total"), 12, "number"),
    )
    rows: list[tuple[Any, ...]] = [
        (name.capitalize(), *(details.months[channel][month] for channel in CHANNELS), totals[month])
        for month, name in enumerate(month_names(language()))
    ]
    rows.append((_("total"), *(sum(details.months[channel]) for channel in CHANNELS), sum(totals)))
    return Sheet(_("Visits by month"), columns, rows)


def _people_columns(rounded: bool) -> tuple[SheetColumn, ...]:
    words = {
        "count": _("How many"), "answered": _("Answers given"), "value": _("Share, ca.") if rounded else _("Share"), "base": _("Base"), "declined": _("Would not say"),
        "not_asked": _("Not asked"), "not_recorded": _("Not recorded"),
    }  # fmt: skip
    kinds = {"value": "percent"}
    numbers = (SheetColumn(words[name], 12, kinds.get(name, "number")) for name in _SHARE_COLUMNS)
    return (_KEY, SheetColumn(_("Of whom"), 34), SheetColumn(_("Figure"), 44), *numbers)


def _people(record: YearRecord, section: str) -> Iterator[tuple[Any, ...]]:
    """Shares, also those that the terminal leaves out, then distributions."""
    for line in record.figures:
        if "answered" in line.fields and section == _section_of(record, line):
            yield (line.key, section, line.label, *(_cell(line.fields.get(name)) for name in _SHARE_COLUMNS))
    for spread in record.spreads:
        if spread.section == section:
            for code, text, number in _numbers(spread.numbers):
                yield (f"{spread.key}.{code}", section, f"{spread.label}: {text}", number, *([None] * (len(_SHARE_COLUMNS) - 1)))


def _section_of(record: YearRecord, line: FigureLine) -> str:
    of_year, at_intake = record.sections[2:]
    return at_intake if line.key.endswith("_at_intake") else of_year


def _grants(details: YearDetails) -> Sheet:
    several = len({grant.branch for grant in details.grants}) > 1
    columns = (
        *((SheetColumn(_("Branch"), 16),) if several else ()),
        SheetColumn(_("Funder"), 34),
        SheetColumn(_("Agreement"), 20),
        SheetColumn(_("Kr. a year"), 14, "number"),
        SheetColumn(_("What"), 44),
        SheetColumn(_("Visits"), 12, "number"),
        SheetColumn(_("Young people"), 14, "number"),
        SheetColumn(_("Courses completed"), 12, "number"),
        SheetColumn(_("Kr. a visit"), 14, "kroner"),
        SheetColumn(_("Kr. a young person"), 18, "kroner"),
    )
    rows: list[tuple[Any, ...]] = []
    for grant in details.grants:
        agreement = label(AGREEMENT, grant.agreement, language()) if grant.agreement else ""
        who = (*((grant.branch,) if several else ()), grant.funder, agreement)
        rows.append(
            (
                *who,
                grant.per_year,
                _("Everything it pays for"),
                grant.visits,
                _cell(grant.young_people),
                grant.completed,
                grant.cost_per_visit,
                grant.cost_per_young_person,
            )
        )
        rows += [
            (*who, None, label(OFFER, offer, language()), visits, _cell(people), None, None, None) for offer, visits, people in grant.offers
        ]
        rows += [
            (*who, None, _("Living in {municipality}", municipality=place), None, number, None, None, None)
            for place, number in grant.municipalities.items()
        ]
    return Sheet(_("Grants"), columns, rows)


def _definitions(record: YearRecord) -> Sheet:
    columns = (_KEY, SheetColumn(_("Figure"), 44), SheetColumn(_("Definition"), 100))
    return Sheet(_("Definitions"), columns, [(line.key, line.label, definition_of(BY_KEY[line.key])) for line in record.figures])
