"""A period as the sheets of its export: figures, visits by month and channel, people, age by municipality, offers, grants, definitions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...i18n import _, decimal_number, language, pgettext, short_source
from ...input.dates import month_names
from ...records import Fields, FigureLine, SpreadLine, YearRecord
from ...records.export_sheet import ExportSheet, SheetColumn
from ...records.targets import TargetLine
from ...vocabulary import AGREEMENT, OFFER, TARGET_OUTCOME, label
from .details import VISIT_CHANNELS, PeriodDetails
from .registry import BY_KEY, definition_of
from .share_registry import AT_INTAKE, MUNICIPALITY_AGE

# Offer -> the figure of how often it was held, and the ending of that of its young people.
_HELD = (
    ("intake", "intakes", "intake"),
    ("talk_group", "group_meetings", "talk_group"),
    ("network_group", "network_meetings", "network_group"),
    ("social_event", "social_events", "social_event"),
    ("online_event", "online_events", "online_event"),
    ("youth_meeting", "youth_meetings", "youth_meeting"),
    ("befriending", "matches_active", "befriended"),
)
_FIGURE_COLUMNS = ("value", "sum_of_branches", "overlap", "now")
_SHARE_COLUMNS = ("count", "answered", "value", "base", "declined", "not_asked", "not_recorded")


def period_sheets(record: YearRecord, details: PeriodDetails, targets: Sequence[TargetLine] = ()) -> list[ExportSheet]:
    """Return the period as sheets. Every number in them is one of the record, or of the details, which are parts of it, or of the targets."""
    tables = [_months(details), _offers(record)]
    tables += [_table(spread) for spread in record.spreads if spread.key == MUNICIPALITY_AGE.key and any(spread.numbers.values())]
    if details.grants:
        tables += [_grants(details), _paid_for(details)]
    if targets:
        tables.append(_targets(targets))
    people = [_shares(record), _answers(record)] if record.share_sections else []
    return [_figures(record), *people, *(table._replace(shared=_("Tables")) for table in tables), _definitions(record)]


def _key() -> SheetColumn:
    return SheetColumn(pgettext("field", "key"), 36, printed=False)


def _cell(value: Any) -> Any:
    """Return a number, or its replacement: `<5`, or that it is withheld."""
    if not isinstance(value, dict):
        return value
    if "value" not in value or value["value"] is None:
        return f"<{value['below']}" if "below" in value else _("withheld") if value.get("withheld") else None
    return value["value"]


def _figures(record: YearRecord) -> ExportSheet:
    lines = [line for line in record.figures if line.section in record.figure_sections]
    several = any(line.columns for line in lines)
    branches = record.branches if several else ()
    extra = [name for name in _FIGURE_COLUMNS[1:] if any(line.fields.get(name) is not None for line in lines)]
    if not several:
        extra = [name for name in extra if name == "now"]
    # Cities that closed the year show it as they published it, and here what they would be now.
    moved = [branch for branch in branches if any(branch in line.fields.get("by_branch_now", {}) for line in lines)]
    words = {"sum_of_branches": _("Sum of the cities"), "overlap": _("Overlap"), "now": _("Now")}
    columns = (
        _key(),
        SheetColumn(_("Section"), 22),
        SheetColumn(_("Figure"), 48),
        *(SheetColumn(branch, 12, "number") for branch in branches),
        SheetColumn(_("total") if several else _("Value"), 12, "number"),
        *(SheetColumn(words[name], 12, "number") for name in extra),
        *(SheetColumn(_("{city}, now", city=branch), 12, "number") for branch in moved),
        SheetColumn(_("Where it is from"), 40),
    )
    rows: list[tuple[Any, ...]] = [
        (
            line.key,
            line.section,
            line.label,
            *(map(_cell, line.columns) if branches else ()),
            _cell(line.fields),
            *(_cell(line.fields.get(name)) for name in extra),
            *(_cell(line.fields.get("by_branch_now", {}).get(branch)) for branch in moved),
            _source(line.fields),
        )
        for line in lines
    ]
    rows += [
        (
            f"{spread.key}.{code}",
            spread.section,
            f"{spread.label}: {text}",
            *(None for _branch in branches),
            number,
            *(None for _name in (*extra, *moved)),
            "",
        )
        for spread in record.spreads
        if spread.section in record.figure_sections
        for code, text, number in _numbers(spread)
    ]
    order = record.figure_sections.index
    return ExportSheet(_("Figures"), columns, sorted(rows, key=lambda row: order(row[1])))


def _numbers(spread: SpreadLine) -> Iterator[tuple[str, str, Any]]:
    for code, (text, number) in spread.numbers.items():
        for part, each in spread.split(number).items():
            yield (f"{code}.{part}", f"{text}, {spread.parts[part]}", _cell(each)) if part else (code, text, _cell(each))


def _table(spread: SpreadLine) -> ExportSheet:
    """Return a distribution of two answers as a table: a row for each of the one, a column for each of the other."""
    columns = (SheetColumn(_("Municipality"), 30), *(SheetColumn(label, 12, "number") for label in spread.parts.values()))
    rows: list[tuple[Any, ...]] = [
        (text, *(_cell(number[part]) for part in spread.parts)) if set(number) == set(spread.parts) else (text, _cell(number))
        for text, number in spread.numbers.values()
    ]
    return ExportSheet(spread.label, columns, [(*row, *[None] * (len(columns) - len(row))) for row in rows])


def _source(fields: Fields) -> str:
    words = {"counted": "", "reported": _("reported"), "mixed": _("partly reported")}
    return ": ".join(part for part in (words[fields["source"]], short_source(fields.get("note") or "")) if part)


def _months(details: PeriodDetails) -> ExportSheet:
    names, months = month_names(language()), details.month_names
    one_year = len({month[:-2] for month in months}) == 1
    labels = {channel: label(OFFER, channel, language()) for channel in VISIT_CHANNELS}
    columns = (
        SheetColumn(_("Month"), 18),
        *(SheetColumn(labels[channel], 12, "number") for channel in VISIT_CHANNELS),
        SheetColumn(_("total"), 12, "number"),
    )
    rows: list[tuple[Any, ...]] = []
    for place, month in enumerate(months):
        numbers = [details.months[channel][place] for channel in VISIT_CHANNELS]
        name = names[int(month[-2:]) - 1].capitalize()
        rows.append((name if one_year else f"{name} {month[:4]}", *numbers, sum(numbers)))
    totals = [sum(details.months[channel]) for channel in VISIT_CHANNELS]
    rows.append((_("total"), *totals, sum(totals)))
    return ExportSheet(_("Visits by month"), columns, rows)


def _shares(record: YearRecord) -> ExportSheet:
    """Return the shares on both bases, including those that the terminal leaves out."""
    rounded = record.threshold > 0
    # The percentage is the exact one also if count and answers are rounded.
    how_many, answers = (_("How many, ca."), _("Answers given, ca.")) if rounded else (_("How many"), _("Answers given"))
    words = {
        "count": how_many, "answered": answers, "value": _("Share"), "base": _("Base"), "declined": _("Would not say"),
        "not_asked": _("Not asked"), "not_recorded": _("Not recorded"),
    }  # fmt: skip
    words["now"] = _("Now")
    names = (*_SHARE_COLUMNS, *(("now",) if any("now" in line.fields for line in record.figures if "answered" in line.fields) else ()))
    numbers = (SheetColumn(words[name], 11, "percent" if name in ("value", "now") else "number") for name in names)
    rows: list[tuple[Any, ...]] = [
        (line.key, section, line.label, *(_cell(line.fields.get(name)) for name in names))
        for section in record.share_sections
        for line in record.figures
        if "answered" in line.fields and section == _section_of(record, line)
    ]
    return ExportSheet(_("Young people"), (_key(), SheetColumn(_("Of whom"), 29), SheetColumn(_("Figure"), 34), *numbers), rows)


def _answers(record: YearRecord) -> ExportSheet:
    """Return the distributions, both bases next to each other."""
    rows: dict[str, list[Any]] = {}
    for place, section in enumerate(record.share_sections):
        for spread in record.spreads:
            if spread.section == section and spread.key != MUNICIPALITY_AGE.key:
                for code, text, number in _numbers(spread):
                    key = f"{spread.key.removesuffix(AT_INTAKE)}.{code}"
                    rows.setdefault(key, [key, spread.label, text, None, None])[3 + place] = number
    numbers = (SheetColumn(section, 14, "number") for section in record.share_sections)
    columns = (_key(), SheetColumn(_("Question"), 34), SheetColumn(_("Answer"), 40), *numbers)
    return ExportSheet(_("Answers"), columns, [tuple(row) for row in rows.values()])


def _section_of(record: YearRecord, line: FigureLine) -> str:
    of_year, at_intake = record.share_sections
    return at_intake if line.key.endswith("_at_intake") else of_year


def _whose(details: PeriodDetails) -> dict[str, SheetColumn]:
    """Return the columns of whose a grant is and who gives it, by their fields; in a national file no funder is named."""
    branches, named = {use.branch for use in details.grants}, any(use.funder for use in details.grants)
    columns = {"branch": SheetColumn(_("Branch"), 24), "funder": SheetColumn(_("Funder"), 28)}
    return {name: columns[name] for name in (("branch",) if len(branches) > 1 or not named else ()) + (("funder",) if named else ())}


def _grants(details: PeriodDetails) -> ExportSheet:
    """Return the sheet of grants, each with the part that falls in the period."""
    whose = _whose(details)
    columns = (
        *whose.values(),
        SheetColumn(_("Number"), 10, "number"),
        SheetColumn(_("Agreement"), 20),
        SheetColumn(_("Kr. in the period"), 12, "number"),
        SheetColumn(_("Pays for"), 56),
    )
    rows: list[tuple[Any, ...]] = []
    for use in details.grants:
        offers = ", ".join(label(OFFER, offer, language()) for offer, _visits, _people in use.offers)
        for number, funder, agreement, amount in use.funders or ((None, use.funder, use.agreement, use.amount),):
            called = label(AGREEMENT, agreement, language()) if agreement else ""
            values = {"branch": use.branch, "funder": funder}
            rows.append((*(values[name] for name in whose), number, called, amount, offers))
    return ExportSheet(_("Grants"), columns, rows)


def _offers(record: YearRecord) -> ExportSheet:
    """Return the sheet of offers: how often each was held, its visits, and its young people, each once."""
    lines = {line.key: line for line in record.figures}
    columns = (
        SheetColumn(_("Offer"), 34),
        SheetColumn(_("What was held"), 36),
        SheetColumn(_("How many"), 12, "number"),
        SheetColumn(_("Visits"), 12, "number"),
        SheetColumn(_("Young people"), 12, "number"),
    )

    def number(key: str) -> Any:
        return _cell(lines[key].fields) if key in lines else None

    rows: list[tuple[Any, ...]] = [
        (label(OFFER, offer, language()), lines[held].label, number(held), number(f"visits_{offer}"), number(f"young_people_{people}"))
        for offer, held, people in _HELD
        if held in lines
    ]
    return ExportSheet(_("Offers"), columns, rows)


def _targets(targets: Sequence[TargetLine]) -> ExportSheet:
    """Return the sheet of targets and their outcomes."""
    several = len({line.branch for line in targets}) > 1
    columns = (
        SheetColumn(_("Target"), 44),
        SheetColumn(_("Number"), 10, "number"),
        *((SheetColumn(_("Branch"), 12),) if several else ()),
        SheetColumn(_("Period"), 14),
        SheetColumn(_("To reach"), 12, "number"),
        SheetColumn(_("Now"), 12, "number"),
        SheetColumn(_("Outcome"), 14),
        SheetColumn(_("Grant"), 10, "number"),
        SheetColumn(_("Why"), 14),
        SheetColumn(pgettext("heading", "Note"), 28),
    )

    def number(value: Any, share: bool) -> Any:
        value = _cell(value)
        return f"{decimal_number(round(100 * value, 1))} %" if share and isinstance(value, (int, float)) else value

    rows: list[tuple[Any, ...]] = [
        (
            *(line.label, line.number),
            *((line.branch or _("The nation"),) if several else ()),
            line.period,
            *(number(value, line.share) for value in (line.value, line.now)),
            *(label(TARGET_OUTCOME, line.outcome, language()) if line.outcome else "", line.grant, line.why, line.note),
        )
        for line in targets
    ]
    return ExportSheet(_("Targets"), columns, rows)


def _paid_for(details: PeriodDetails) -> ExportSheet:
    """Return the sheet of what the grants for the same offers pay for together."""
    whose = _whose(details)
    columns = (
        *whose.values(),
        SheetColumn(_("What"), 24),
        SheetColumn(_("Kr. in the period"), 12, "number"),
        SheetColumn(_("Visits"), 12, "number"),
        SheetColumn(_("Young people"), 12, "number"),
        SheetColumn(_("Courses completed"), 12, "number"),
        SheetColumn(_("Kr. a visit"), 12, "kroner"),
        SheetColumn(_("Kr. a young person"), 12, "kroner"),
    )
    rows: list[tuple[Any, ...]] = []
    for use in details.grants:
        who = tuple(getattr(use, name) for name in whose)
        costs = (use.cost_per_visit, use.cost_per_young_person)
        rows.append((*who, _("Everything it pays for"), use.amount, use.visits, _cell(use.young_people), use.completed, *costs))
        rows += [
            (*who, label(OFFER, offer, language()), None, visits, _cell(people), None, None, None) for offer, visits, people in use.offers
        ]
        rows += [
            (*who, _("Living in {municipality}", municipality=place), None, None, _cell(number), None, None, None)
            for place, number in use.municipalities.items()
        ]
    return ExportSheet(_("What the grants pay for"), columns, rows)


def _definitions(record: YearRecord) -> ExportSheet:
    columns = (_key(), SheetColumn(_("Figure"), 40), SheetColumn(_("Definition"), 98))
    return ExportSheet(
        _("Definitions"),
        columns,
        [(line.key, line.label, definition_of(BY_KEY[line.key])) for line in record.figures if not line.key.endswith(AT_INTAKE)],
    )
