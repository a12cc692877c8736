"""What outsiders may see of a year. `docs/publishing.md` tells the rule, its reasons and its limits."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from ...i18n import _
from ...records import Fields, FigureLine, SpreadLine, YearRecord
from ...store import Store
from ...vocabulary import Share
from ..settings import PUBLISH_THRESHOLD, setting
from .answers import NON_ANSWERS, SPREADS
from .cells import BranchCells, told
from .compute import Report, Value, cost
from .details import BEFRIENDING, CHANNELS, GrantUse, PeriodDetails
from .figure import Figure
from .present import period_record
from .registry import BY_KEY, FIGURES
from .rounding import Table, block, is_open, rounded
from .share_registry import ACTIVITY, AT_INTAKE, DISTRIBUTIONS, MUNICIPALITY_AGE, PARTNER_KIND, PROGRAMME, ROLES, Distribution

# A threshold below this leaves nothing to hide behind.
SMALLEST_THRESHOLD = 3
# Shares are given from this many thresholds of people who answered: 20 with the usual 5.
_ENOUGH = 4
_WITHHELD: Fields = {"value": None, "withheld": True}
_SILENT = (*NON_ANSWERS, "not_recorded")
# The distribution that has the numbers of a share's question.
_SPREAD_OF = {one.question: one.key for one in DISTRIBUTIONS}
_PROTECTED = frozenset(figure.key for figure in FIGURES if figure.protected_within or figure.protected)


def publish_threshold(store: Store) -> int:
    """Numbers of people below this are not told; the others are rounded to its multiples. A setting of the file."""
    threshold: int = setting(store, "publish_threshold")
    return max(SMALLEST_THRESHOLD, threshold)


def published(report: Report, threshold: int = PUBLISH_THRESHOLD) -> YearRecord:
    """The year as outsiders may see it. The report must have been made with `publish`."""
    record = period_record(report)
    if report.period.year is None:
        return _withheld(record, threshold)
    by_branch = {cells.branch: Published([cells], threshold) for cells in report.cells} if len(report.cells) > 1 else {}
    whole = Published(report.cells, threshold)
    lines = tuple(_line(line, report, whole, by_branch, threshold) for line in record.figures)
    spreads = tuple(_spread(line, whole) for line in record.spreads)
    return record._replace(figures=lines, spreads=spreads, threshold=threshold)


def _withheld(record: YearRecord, threshold: int) -> YearRecord:
    """A period that is no calendar year: what is protected could be compared with the years that it overlaps, so none of it is shown."""
    lines = [
        line._replace(fields={**_WITHHELD, "source": "counted"}, columns=())
        if "answered" in line.fields or line.key in _PROTECTED
        else line._replace(fields={name: value for name, value in line.fields.items() if name != "note"})
        for line in record.figures
    ]
    open_spreads = (ACTIVITY.key, PARTNER_KIND.key)
    spreads = [
        line
        if line.key in open_spreads
        else line._replace(numbers={code: (label, _WITHHELD) for code, (label, _number) in line.numbers.items()})
        for line in record.spreads
        if line.key in open_spreads or line.key in SPREADS and SPREADS[line.key][0].codes
    ]
    return record._replace(figures=tuple(lines), spreads=tuple(spreads), threshold=threshold)


def _line(line: FigureLine, report: Report, whole: Published, by_branch: dict[str, Published], threshold: int) -> FigureLine:
    figure = BY_KEY[line.key]
    if isinstance(figure, Share):
        fields = whole.share(line.key, figure, line.fields["base"])
        own = {name: each.share(line.key, figure, report.shares_by_branch[name][line.key].base) for name, each in by_branch.items()}
        return line._replace(fields=fields | ({"by_branch": own} if own else {}), columns=tuple(own.values()))
    if line.key not in _PROTECTED:
        # A note says in free text where a reported number is from.
        return line._replace(fields={name: value for name, value in line.fields.items() if name != "note"})
    if isinstance(figure, Figure) and figure.measure != "rows":
        own = {name: _mean(values[line.key], threshold) for name, values in report.by_branch.items()}
        shown = _mean(report.values[line.key], threshold)
        fields = {**(shown if isinstance(shown, dict) else {"value": shown}), "source": line.fields["source"]}
        return line._replace(fields=fields | ({"by_branch": own} if own else {}), columns=tuple(own.values()))
    numbers = {name: each.figure(line.key) for name, each in by_branch.items()}
    # A number that was reported for the nation stands beside the cities' own, and would tell what is hidden in them.
    value = _WITHHELD if by_branch and line.fields.get("note") else whole.figure(line.key)
    fields = {**(value if isinstance(value, dict) else {"value": value}), "source": line.fields["source"], "approximate": True}
    return line._replace(fields=fields | ({"by_branch": numbers} if numbers else {}), columns=tuple(numbers.values()))


def _mean(value: Value, threshold: int) -> Any:
    """A mean or median, which is withheld if it is taken of few."""
    return _WITHHELD if value.value is not None and (value.basis or 0) < threshold else value.value


def _spread(line: SpreadLine, whole: Published) -> SpreadLine:
    if line.key == PROGRAMME.key:
        return line._replace(numbers={name: (name, whole.programme(name)) for name in line.numbers})
    if line.key == ROLES.key:
        peer = whole.figure("peer_supporters")
        return line._replace(numbers={code: (label, peer if code == "peer" else number) for code, (label, number) in line.numbers.items()})
    if line.key == MUNICIPALITY_AGE.key:
        return line._replace(numbers={"others": (_("All"), _WITHHELD)})
    if line.key not in SPREADS:
        return line  # of activities and partners, not of people
    distribution = SPREADS[line.key][0]
    labels = {code: label for code, (label, _number) in line.numbers.items()} | {"others": _("Others"), "left_out": _("Left out")}
    return line._replace(numbers={code: (labels[code], number) for code, number in whole.spread(line.key, distribution, labels).items()})


class Published:
    """The numbers of some branches: sums of the middles of their blocks, rounded. Tables that would tell a small number are left out."""

    def __init__(self, cells: Iterable[BranchCells], threshold: int) -> None:
        self.cells = list(cells)
        self.threshold = threshold
        self.tables = {key: self._open([table for each in self.cells for table in each.tables[key]]) for key in SPREADS}

    def _open(self, tables: list[Table]) -> tuple[list[Table], int] | None:
        """The tables that can be used and how many people are in the others; None where most people are in those."""
        held = [table for table in tables if is_open(table, self.threshold)]
        people = sum(table.base for table in tables)
        left_out = people - sum(table.base for table in held)
        return None if not tables or 2 * left_out > people else (held, left_out)

    def _shown(self, total: float) -> Any:
        number = rounded(total, self.threshold)
        return {"value": None, "below": self.threshold} if number is None else number

    def _middles(self, numbers: Iterable[int]) -> float:
        return sum(block(number, self.threshold).middle for number in numbers)

    def share(self, key: str, share: Share, base: int) -> Fields:
        """A share's object in JSON: its percentage from rounded numbers, none where few answered."""
        fields: Fields = {"value": None, "source": "counted", "approximate": True}
        held = self.tables[_SPREAD_OF[share.question] + (AT_INTAKE if key.endswith(AT_INTAKE) else "")]
        if held is None:
            names = ("count", "answered", *_SILENT)
            return fields | {"withheld": True, "base": base} | {name: _WITHHELD for name in names}
        tables, left_out = held
        answered = self._answered(tables)
        count = min(answered, sum(self._share_count(table, share.answers) for table in tables))
        shown = {"count": self._shown(count), "answered": self._shown(answered)}
        fields |= {**shown, "base": base, **{code: self._code(tables, code) for code in _SILENT}}
        if all(isinstance(number, int) for number in shown.values()) and shown["answered"] >= _ENOUGH * self.threshold:
            fields["value"] = shown["count"] / shown["answered"]
        return fields | ({"left_out": left_out} if left_out else {})

    def _answered(self, tables: list[Table]) -> float:
        """All but those who did not answer. Rounding may leave nobody where a few did."""
        if not any(number for table in tables for code, number in table.numbers.items() if code not in _SILENT):
            return 0
        return max(1, sum(table.base - self._middles(table.numbers[code] for code in _SILENT) for table in tables))

    def _share_count(self, table: Table, answers: Collection[str]) -> float:
        if table.several and len(answers) > 1:
            return self._middles([table.some or 0])
        return self._middles(table.numbers[code] for code in answers)

    def _code(self, tables: list[Table], code: str) -> Any:
        return self._shown(sum(self._middles([table.numbers.get(code, 0)]) for table in tables))

    def spread(self, key: str, distribution: Distribution, codes: Iterable[str]) -> dict[str, Any]:
        """Every code with its number. Of what was written freely, a text that few gave is not repeated: those count among others."""
        held = self.tables[key]
        if held is None:
            return {code: _WITHHELD for code in (*(distribution.codes or ()), *_SILENT)}
        tables, left_out = held
        found: dict[str, Any] = {}
        others = 0.0
        fixed = {*(distribution.codes or ()), *_SILENT}
        for code in codes:
            total = sum(self._middles([table.numbers.get(code, 0)]) for table in tables)
            if code in fixed or total >= self.threshold:
                found[code] = self._shown(total)
            else:
                others += total
        silent = {code: found.pop(code) for code in _SILENT}
        return found | ({"others": self._shown(others)} if others else {}) | silent | ({"left_out": left_out} if left_out else {})

    def figure(self, key: str) -> Any:
        """A protected figure. The same human in two branches counts in each, since the difference would be a small number too."""
        numbers = [each.figures[key] for each in self.cells if key in each.figures]
        held = told(numbers, self.threshold)
        return self._shown(self._middles(each.value for each in held)) if held else _WITHHELD

    def programme(self, name: str) -> Any:
        """How often it was held, exactly; its visits and young people as other numbers of people."""
        found: dict[str, Any] = {}
        for part in ("occasions", "visits", "young_people"):
            numbers = [each.programmes[name][part] for each in self.cells if name in each.programmes]
            held = told(numbers, self.threshold)
            if part == "occasions":
                found[part] = sum(each.value for each in numbers)
            else:
                found[part] = self._shown(self._middles(each.value for each in held)) if held else _WITHHELD
        return found


def published_details(details: PeriodDetails, threshold: int) -> PeriodDetails:
    """Months as they are: they are visits, not people. Of a grant, where its young people live is left out."""
    return details._replace(grants=tuple(_published_grant(grant, threshold) for grant in details.grants))


def _published_grant(grant: GrantUse, threshold: int) -> GrantUse:
    # How many came to an offer in the year is an exact figure; how many came to one of several is a new number of people, and so is how many
    # were interviewed, which is nearly the number of interviews.
    offers = tuple((offer, visits, None if offer == "intake" else people) for offer, visits, people in grant.offers)
    everything = {*CHANNELS, BEFRIENDING} == {offer for offer, _visits, _people in grant.offers}
    people = grant.young_people if everything else _near(grant.young_people, threshold)
    each = cost(grant.amount, people) if isinstance(people, int) else None
    return grant._replace(offers=offers, young_people=people, cost_per_young_person=each, municipalities={})


def _near(number: int, threshold: int) -> Any:
    near = rounded(block(number, threshold).middle, threshold)
    return {"value": None, "below": threshold} if near is None else near
