"""Disclosure control of a period's figures. `docs/publishing.md` gives the rule, its reasons and its limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...i18n import _
from ...records import Fields, FigureLine, SpreadLine, YearRecord
from ...store import Store
from ...vocabulary import SILENT, Share
from ..settings import setting
from .answers import SPREADS, ShareValue, sum_of_shares, sum_of_spreads
from .cells import PROTECTED, BranchCells
from .compute import PeriodReport, Value
from .figure import Figure
from .judging import own_cells
from .present import record_of_report
from .publication import NATION
from .published_numbers import has_few_visitors, may_name_programme, median_discloses
from .registry import BY_KEY
from .rounding import WITHHELD, published_number, published_share, round_to_threshold
from .share_registry import ACTIVITY, AT_INTAKE, DISTRIBUTIONS, MUNICIPALITY_AGE, PARTNER_KIND, PROGRAMME, VOLUNTEER_ROLES, Distribution
from .withholding import Group

# A threshold below this leaves nothing to hide behind.
SMALLEST_THRESHOLD = 3
_SPREAD_OF = {one.question: one.key for one in DISTRIBUTIONS}
_PROTECTED = frozenset(figure.key for figure in PROTECTED)
_NUMBERS = ("declined", "not_asked", "not_recorded")


def publish_threshold(store: Store) -> int:
    """Return the number of people below which numbers are hidden; the others are rounded to its multiples. A setting of the file."""
    threshold: int = setting(store, "publish_threshold")
    return max(SMALLEST_THRESHOLD, threshold)


def published_record(report: PeriodReport, threshold: int, hidden: set[Group]) -> YearRecord:
    """Return the period as outsiders may see it. The report must have been made with `publish`; `hidden`: what is withheld of a calendar year."""
    record = record_of_report(report)
    if report.period.year is None:
        return _without_protected(record, report, threshold)
    several = len(report.cells) > 1
    cities = [_Published(each, each.branch, hidden, threshold) for each in own_cells(report)]
    whole = _Published(_all(report.cells), NATION, hidden, threshold) if several else cities[0]
    page = _PublishedLines(report, whole, cities if several else [], threshold)
    return record._replace(
        figures=tuple(map(page.line, record.figures)), spreads=tuple(map(page.spread, record.spreads)), threshold=threshold
    )


def _all(cells: tuple[BranchCells, ...]) -> BranchCells:
    """Return all branches together: the sums of their answers. What counts each human once is not in it."""
    return BranchCells(
        NATION,
        {key: sum_of_shares([each.shares[key] for each in cells]) for key in cells[0].shares},
        {key: sum_of_spreads(key, [each.spreads[key] for each in cells]) for key in cells[0].spreads},
        {},
        {},
    )


class _Published:
    """The answers of one branch, or of all, as they are shown. `scope` is where its groups are withheld."""

    def __init__(self, cells: BranchCells, scope: str, hidden: set[Group], threshold: int) -> None:
        self.cells = cells
        self.scope = scope
        self.hidden = hidden
        self.threshold = threshold

    def share(self, key: str, share: Share, approximate_base: bool) -> Fields:
        """Return a share's object in JSON: its exact percentage if it may be shown, with count and answered rounded."""
        value: ShareValue = self.cells.shares[key]
        spread = _SPREAD_OF[share.question] + (AT_INTAKE if key.endswith(AT_INTAKE) else "")
        base = round_to_threshold(value.base, self.threshold) if approximate_base else value.base
        shown = published_share(value.count, value.answered, self.threshold)
        numbers = {"count": shown.count, "answered": shown.answered}
        silent = {name: round_to_threshold(getattr(value, name), self.threshold) for name in _NUMBERS}
        if (self.scope, spread, "spread") in self.hidden:
            silent = dict.fromkeys(_NUMBERS, WITHHELD)
        percent = shown.percent
        if percent is None and value.answered:  # rounded, 35 of 37 would look like all of them
            numbers = dict.fromkeys(numbers, WITHHELD)
        if ((self.scope, spread, "spread") if percent is None else (self.scope, key, "share")) in self.hidden:
            percent, numbers = None, dict.fromkeys(numbers, WITHHELD)
        fields: Fields = {"value": None if percent is None else percent / 100, "source": "counted", **numbers, "base": base, **silent}
        return fields | {"approximate": True} | ({"withheld": True} if percent is None else {})

    def spread(self, key: str, distribution: Distribution) -> dict[str, Any]:
        """Return every code with its number. Of what was written freely, a text that few gave is not repeated: those count among others."""
        numbers = self.cells.spreads.get(key, {})
        fixed = {*(distribution.codes or ()), *SILENT}
        if (self.scope, key, "spread") in self.hidden or distribution.of_the_day and key.endswith(AT_INTAKE):
            return {code: WITHHELD for code in (*(distribution.codes or ()), *SILENT)}
        shown = {code: number for code, number in numbers.items() if code in fixed or number >= self.threshold}
        others = sum(number for code, number in numbers.items() if code not in shown)
        answers = {code: round_to_threshold(number, self.threshold) for code, number in shown.items() if code not in SILENT}
        rest = {"others": round_to_threshold(others, self.threshold)} if others else {}
        return answers | rest | {code: round_to_threshold(shown[code], self.threshold) for code in SILENT}

    def number(self, key: str, value: int) -> Any:
        """Return a protected number of people."""
        return WITHHELD if (self.scope, key) in self.hidden else round_to_threshold(value, self.threshold)

    def figure(self, key: str) -> Any:
        """Return a branch's protected figure."""
        return self.number(key, self.cells.figures[key].value)

    def programme(self, name: str, numbers: Mapping[str, int]) -> Any:
        """Return how often a programme was held, exactly, and its visits and young people."""
        hidden = (self.scope, PROGRAMME.key, name) in self.hidden
        return {
            part: number if part == "occasions" else WITHHELD if hidden else round_to_threshold(number, self.threshold)
            for part, number in numbers.items()
        }


class _PublishedLines:
    """The lines of a record as outsiders see them: of all branches, each with its own number if there are several."""

    def __init__(self, report: PeriodReport, whole: _Published, cities: list[_Published], threshold: int) -> None:
        self.report = report
        self.whole = whole
        self.cities = {each.cells.branch: each for each in cities}
        self.linked = bool(cities) and report.linked
        self.threshold = threshold

    def line(self, line: FigureLine) -> FigureLine:
        """Return a figure or a share."""
        figure = BY_KEY[line.key]
        if isinstance(figure, Share):
            fields = self.whole.share(line.key, figure, self.linked and not line.key.endswith(AT_INTAKE))
            return _with_columns(line, fields, {name: each.share(line.key, figure, False) for name, each in self.cities.items()})
        if line.key not in _PROTECTED:
            return line._replace(fields=_people(line.fields, figure, bool(self.cities), self.linked, self.threshold))
        source = {"source": line.fields["source"]}
        if isinstance(figure, Figure) and figure.measure != "rows":
            own = {name: self._mean(line.key, values[line.key], name) for name, values in self.report.by_branch.items()}
            return _with_columns(line, {**_fields(self._mean(line.key, self.report.values[line.key])), **source}, own)
        # A number that was reported for the nation is next to the cities' own, and would tell what is hidden in them.
        value = WITHHELD if self.cities and line.fields.get("note") else self.whole.number(line.key, int(line.fields["value"] or 0))
        fields = {**_fields(value), **source, "approximate": True}
        if self.cities and "overlap" in line.fields:
            fields |= {"sum_of_branches": WITHHELD, "overlap": WITHHELD}
        return _with_columns(line, fields, {name: each.figure(line.key) for name, each in self.cities.items()})

    def _mean(self, key: str, value: Value, branch: str = NATION) -> Any:
        """Return a mean or median, which is withheld if it is taken of few, or if it could disclose how few came once or never."""
        few = (
            key == "visits_per_person_median"
            and any(has_few_visitors(each, self.threshold) for each in own_cells(self.report) if branch in (NATION, each.branch))
            and median_discloses(self._once(branch), value.basis or 0, self.threshold)
        )
        return WITHHELD if value.value is not None and (few or (value.basis or 0) < self.threshold) else value.value

    def _once(self, branch: str) -> int:
        """Return how many came once."""
        values = self.report.values if branch == NATION else self.report.by_branch[branch]
        return int(values["young_people_once"].value or 0)

    def spread(self, line: SpreadLine) -> SpreadLine:
        """Return a distribution."""
        if line.key == PROGRAMME.key:
            named = {name: numbers for name, (_label, numbers) in line.numbers.items() if may_name_programme(numbers, self.threshold)}
            return line._replace(numbers={name: (name, self.whole.programme(name, numbers)) for name, numbers in named.items()})
        if line.key == VOLUNTEER_ROLES.key:
            peer = self.whole.number("peer_supporters", int(self.report.values["peer_supporters"].value or 0))
            return line._replace(
                numbers={
                    code: (label, peer if code == "peer" else round_to_threshold(number, self.threshold) if self.linked else number)
                    for code, (label, number) in line.numbers.items()
                }
            )
        if line.key == MUNICIPALITY_AGE.key:
            return line._replace(numbers={"others": (_("All"), WITHHELD)})
        if line.key not in SPREADS:
            return line  # of activities and partners, not of people
        labels = {code: label for code, (label, _number) in line.numbers.items()} | {"others": _("Others")}
        numbers = self.whole.spread(line.key, SPREADS[line.key][0])
        return line._replace(numbers={code: (labels.get(code, code), number) for code, number in numbers.items()})


def _with_columns(line: FigureLine, fields: Fields, own: dict[str, Any]) -> FigureLine:
    return line._replace(fields=fields | ({"by_branch": own} if own else {}), columns=tuple(own.values()))


def _fields(value: Any) -> Fields:
    return value if isinstance(value, dict) else {"value": value}


def _people(fields: Fields, figure: Any, several: bool, linked: bool, threshold: int) -> Fields:
    """Return a figure that is exact. Of several cities, how many people are in two of them is protected, and so is what would tell it by subtraction.

    A note, which says in free text where a reported number is from, is left out.
    """
    fields = {name: value for name, value in fields.items() if name not in ("note", "by_branch_now")}
    if not several or not getattr(figure, "people", False) or "overlap" not in fields:
        return fields
    total, overlap = fields["sum_of_branches"], fields["overlap"]
    shown = {"sum_of_branches": round_to_threshold(total, threshold), "overlap": round_to_threshold(overlap, threshold)}
    if linked:
        most = max(number or 0 for number in fields["by_branch"].values())
        number = published_number(total, most, overlap, threshold)
        shown |= {**_fields(number.value), "approximate": True, "overlap": number.overlap}
    return fields | shown


def _without_protected(record: YearRecord, report: PeriodReport, threshold: int) -> YearRecord:
    """Return a period that is not a calendar year without its protected numbers, since they could be compared with the years that it overlaps."""
    linked = len(report.branches) > 1 and report.linked
    open_spreads = (ACTIVITY.key, PARTNER_KIND.key)
    spreads = [
        line
        if line.key in open_spreads
        else line._replace(numbers={code: (label, WITHHELD) for code, (label, _number) in line.numbers.items()})
        for line in record.spreads
        if line.key in open_spreads or line.key in SPREADS and SPREADS[line.key][0].codes
    ]
    lines = tuple(_exact_alone(line, linked) for line in record.figures)
    return record._replace(figures=lines, spreads=tuple(spreads), threshold=threshold)


def _exact_alone(line: FigureLine, linked: bool) -> FigureLine:
    if "answered" in line.fields or line.key in _PROTECTED:
        return line._replace(fields={**WITHHELD, "source": "counted"}, columns=())
    fields = {name: value for name, value in line.fields.items() if name not in ("note", "by_branch_now")}
    if linked and "overlap" in fields:
        fields |= {**WITHHELD, "sum_of_branches": WITHHELD, "overlap": WITHHELD}
    return line._replace(fields=fields)
