"""What is withheld of a calendar year: judged by itself, and next to what was published earlier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .answers import SPREADS
from .cells import PROTECTED, BranchCells
from .compute import PeriodReport, Value
from .publication import NATION, Case, EarlierBranch, EarlierNation, ModelId, Total
from .published_numbers import Withholding, decide
from .share_registry import AT_INTAKE, SHARES
from .withholding import Group, Twins


class JudgedYear(NamedTuple):
    """A calendar year judged by itself, of each branch and of the nation, if there are several branches."""

    report: PeriodReport
    threshold: int
    branches: dict[str, Withholding]
    # As the nation counts them now. They may be others if a branch has closed the year.
    counted: dict[str, Withholding]
    nation: Withholding | None
    # Whether what was answered is judged, besides figures and programmes.
    answers: bool


class EarlierPublication(NamedTuple):
    """An earlier publication: by branch, by branch as the nation counted it, and of the nation."""

    branches: Mapping[str, EarlierBranch]
    counted: Mapping[str, EarlierBranch]
    nation: EarlierNation | None


def judge(report: PeriodReport, threshold: int, compared: bool, answers: bool = True) -> JudgedYear:
    """Judge a year by itself. The report must have been made with `publish`; `compared`: another publication will be judged with this one.

    `answers`: also what was answered.
    """
    several = len(report.cells) > 1
    own = own_cells(report)
    branches = {each.branch: decide(Case((), [each], threshold, {}, answers=answers), keep_twins=compared or several) for each in own}
    if not several:
        return JudgedYear(report, threshold, branches, branches, None, answers)
    counted = {
        each.branch: branches[each.branch] if each is mine else decide(Case((), [each], threshold, {}, answers=answers), keep_twins=True)
        for each, mine in zip(report.cells, own, strict=True)
    }
    case = Case((), report.cells, threshold, {}, _totals(report), None, {name: each.twins for name, each in counted.items()}, answers)
    return JudgedYear(report, threshold, branches, counted, decide(case), answers)


def as_earlier(judged: JudgedYear, same_year: bool) -> EarlierPublication:
    """Return a judged year as an earlier publication. Judged by itself it shows at least what was published of it."""
    report = judged.report
    branches, counted = (
        {each.branch: EarlierBranch(each, decisions[each.branch].twins, decisions[each.branch].withheld, same_year) for each in cells}
        for cells, decisions in ((own_cells(report), judged.branches), (report.cells, judged.counted))
    )
    return EarlierPublication(branches, counted, EarlierNation(_totals(report), judged.nation.withheld) if judged.nation else None)


def withheld_of_year(judged: JudgedYear, earlier: Sequence[EarlierPublication]) -> set[Group]:
    """Return what is withheld of a year, of each branch and of the nation, next to what was published earlier."""
    report, threshold, answers = judged.report, judged.threshold, judged.answers
    hidden = judged.nation.withheld.copy() if judged.nation else set()
    left: dict[str, list[Mapping[ModelId, Twins]]] = {}
    for each, own in zip(report.cells, own_cells(report), strict=True):
        own_earlier = [one.branches for one in earlier]
        decisions = _next_to(own, threshold, judged.branches[own.branch], own_earlier, judged.nation is not None, answers)
        hidden |= decisions[-1].withheld
        if each is not own:
            decisions = _next_to(each, threshold, judged.counted[each.branch], [one.counted for one in earlier], True, answers)
        left[each.branch] = [decision.twins for decision in decisions[1:]]
    if judged.nation is None:
        return hidden
    # Numbers withheld by a year's first publication stay withheld in a second: others have published next to it.
    hidden |= {group for one in earlier if one.nation and _same_year(one) for group in one.nation.withheld}
    for number, one in enumerate(earlier):
        twins = {branch: each[number] for branch, each in left.items()}
        hidden = decide(Case((), report.cells, threshold, one.counted, _totals(report), one.nation, twins, answers), hidden, {}).withheld
    return hidden


def _next_to(
    cells: BranchCells, threshold: int, alone: Withholding, earlier: Sequence[Mapping[str, EarlierBranch]], keep_twins: bool, answers: bool
) -> list[Withholding]:
    """Return what is withheld of a branch by itself, and then next to each of what was published earlier, with all before."""
    withheld = alone.withheld.union(
        *(each[cells.branch].withheld for each in earlier if cells.branch in each and each[cells.branch].same_year)
    )
    decisions = [alone._replace(withheld=withheld)]
    for each in earlier:
        last = decisions[-1].withheld
        own = {branch: before for branch, before in each.items() if branch == cells.branch}
        case = Case((), [cells], threshold, own, answers=answers)
        decisions.append(decide(case, last, alone.twins, keep_twins) if case.before else alone._replace(withheld=last))
    return decisions


def _same_year(publication: EarlierPublication) -> bool:
    return any(each.same_year for each in publication.branches.values())


def all_answers(report: PeriodReport) -> set[Group]:
    """Return the groups of everything that was answered, of each branch and of the nation."""
    shares = [(share.key + basis, "share") for share in SHARES for basis in ("", AT_INTAKE)]
    kinds = [*((key, "spread") for key in SPREADS), *shares]
    return {(scope, *kind) for scope in (NATION, *(each.branch for each in report.cells)) for kind in kinds}


def own_cells(report: PeriodReport) -> list[BranchCells]:
    """Return each branch's cells: as it published them, if it has closed the year."""
    return [report.closed_cells.get(each.branch, each) for each in report.cells]


def _totals(report: PeriodReport) -> dict[str, Total]:
    """Return the nation's numbers of people; of a file with one branch none."""
    if len(report.cells) < 2:
        return {}
    totals = {figure.key: _total(report.values[figure.key], report.linked) for figure in PROTECTED if figure.measure == "rows"}
    for name, numbers in report.programmes.items():
        value = numbers["young_people"]
        own = sum(each.programmes[name]["young_people"].value for each in report.cells if name in each.programmes)
        totals[name] = Total(value, own - value if report.linked else None)
    return totals


def _total(value: Value, linked: bool) -> Total:
    overlap = int(value.sum_of_branches - (value.value or 0)) if value.sum_of_branches is not None else 0
    return Total(int(value.value or 0), overlap if linked else None)
