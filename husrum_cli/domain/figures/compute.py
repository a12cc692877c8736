"""The figures of a period: counted from the file, reported if nothing can be counted, for one branch or the nation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from ...errors import NotFound
from ...i18n import _
from ...input.periods import calendar_year
from ...input.text import fold
from ...records import Period
from ...store import Store
from .answers import Answers, ShareValue, Spread, answer_sets, branch_answers, sum_of_shares, sum_of_spreads
from .distributions import counted_spreads, programmes_by_branch
from .figure import EMPTY, Figure, ReportedFigure
from .queries import ADDITIVE, query
from .registry import ALL, COUNTED
from .reported_numbers import ReportedNumber, reported_values
from .tables import Days, fill_tables, make_tables

if TYPE_CHECKING:
    from .cells import BranchCells

# The aggregates that SQL computes; medians are computed from the amounts themselves.
_MEASURES = {"rows": "count(*)", "amount": "sum(amount)", "min": "min(amount)", "max": "max(amount)", "mean": "sum(amount)"}
# The way to combine the values of several branches, if a branch's value was reported.
_TOTALS = {"min": min, "max": max}


class Value(NamedTuple):
    """A figure's value. `source`: counted, reported, or mixed for a total of both.

    `sum_of_branches` is there for counts of people; `note` is a reported figure's source; `partial` what could be counted next to a reported national value:
    (value, branches with records, branches active). `basis`: of a mean or a median, how many it is taken of.
    """

    value: float | None
    source: str = "counted"
    sum_of_branches: float | None = None
    note: str | None = None
    partial: tuple[float | None, int, int] | None = None
    basis: int | None = None


class CountedFigure(NamedTuple):
    """A computed figure: its value, and for a mean or median the number of rows it is taken of."""

    value: float | None
    basis: int | None = None


class PeriodReport(NamedTuple):
    """The content of `stats year` and `stats period`. `closed`: as it was frozen. `by_branch` and `shares_by_branch` hold each branch's own values if
    there are several.

    `missing`: branches active in the period that have sent nothing of it; `unlinked`: branches whose people have no link tags, if there are several;
    `cells`: the input of disclosure control, if it was requested. `live_by_branch`, `live_shares_by_branch`: what is counted now, if branches have closed the year.
    `closed_cells`: those branches' cells as they closed it. `linked`: somebody is known to be in several of the branches.
    """

    period: Period
    branches: tuple[str, ...]
    closed: bool
    values: dict[str, Value]
    shares: dict[str, ShareValue]
    distributions: dict[str, Spread]
    programmes: dict[str, dict[str, int]]
    by_branch: dict[str, dict[str, Value]]
    shares_by_branch: dict[str, dict[str, ShareValue]] = {}
    missing: tuple[str, ...] = ()
    unlinked: tuple[str, ...] = ()
    cells: tuple[BranchCells, ...] = ()
    live_by_branch: dict[str, dict[str, Value]] = {}
    live_shares_by_branch: dict[str, dict[str, ShareValue]] = {}
    linked: bool = False
    closed_cells: dict[str, BranchCells] = {}


def own_report(report: PeriodReport, branch: str) -> PeriodReport:
    """Return the part of a report of several branches that is about one of them."""
    cells = tuple(each for each in report.cells if each.branch == branch)
    values, shares = report.by_branch[branch], report.shares_by_branch[branch]
    return report._replace(branches=(branch,), values=values, shares=shares, by_branch={}, shares_by_branch={}, cells=cells, linked=False)


def chosen_branches(store: Store, branch: str | None) -> dict[int, str]:
    """Return the branches that are asked about: all, or the one named."""
    if branch is None:
        return store.branches
    chosen = {id: name for id, name in store.branches.items() if fold(name) == fold(branch)}
    if not chosen:
        raise NotFound(
            _("branch: there is no “{name}” in the file; it holds {branches}.", name=branch, branches=", ".join(store.branches.values())),
            "branch",
        )
    return chosen


def covers_nation(store: Store, branch: str | None) -> bool:
    """Return whether the whole nation is asked about: all branches of a file that has several, or of a national file, which may hold one so far."""
    return branch is None and (store.national or len(store.branches) > 1)


def period_report(store: Store, period: Period, branch: str | None = None, publish: bool = False) -> PeriodReport:
    """Count a period of one branch, or of all the branches in the file. `publish`: with what `published_record` needs."""
    make_tables(store, [period])
    return next_report(store, period, branch, publish)


def year_report(store: Store, year: int, publish: bool = False) -> PeriodReport:
    """Count a calendar year of all the branches in the file."""
    return period_report(store, calendar_year(year), publish=publish)


def next_report(store: Store, period: Period, branch: str | None = None, publish: bool = False) -> PeriodReport:
    """Count one more period, when `make_tables` has read what is the same for all of them."""
    chosen = chosen_branches(store, branch)
    several = len(chosen) > 1
    days = fill_tables(store, period)
    reported = reported_values(store, period.year) if period.year is not None else {}
    branches = store.rows("SELECT branch_id, active, records FROM period_branches")
    records = {row["branch_id"] for row in branches if row["records"]}
    active = [row["branch_id"] for row in branches if row["active"]]
    counted = count_figures(store, days)
    own = {
        id: _with_costs(
            {
                figure.key: _own_value(figure, counted.get(figure.key, {}).get(id), reported.get((id, figure.key)), id in records)
                for figure in ALL
            }
        )
        for id in chosen
    }
    whole = count_figures(store, days, nation=True) if several else counted
    if several:
        values = _national(store, days, counted, whole, own)
    else:
        (values,) = own.values()
        for figure in COUNTED:
            if figure.people:
                values[figure.key] = values[figure.key]._replace(sum_of_branches=values[figure.key].value)
    if covers_nation(store, branch):
        values = _with_costs(_with_reported(dict(values), reported, records, active))
    given = answer_sets(store, days)
    answers = branch_answers(store, days, chosen, given) or {0: Answers({}, {})}
    shares = [each.shares() for each in answers.values()]
    spreads = [each.distributions() for each in answers.values()]
    sent = records | {branch for branch, _key in reported}
    cells: tuple[BranchCells, ...] = ()
    if publish:
        from .cells import branch_cells

        programmes_of = programmes_by_branch(store, days)
        cells = tuple(
            branch_cells(
                name,
                {key: value.value for key, value in own[id].items()},
                own[id]["visits_per_person_median"].basis or 0,
                answers[id].shares(),
                answers[id].distributions(),
                programmes_of.get(id, {}),
            )
            for id, name in chosen.items()
        )
    scope = 0 if several else next(iter(chosen))
    numbers = {key: each[scope].value or 0 for key, each in whole.items() if scope in each}
    more, programmes = counted_spreads(store, days, list(chosen), given, numbers)
    return PeriodReport(
        period,
        tuple(chosen.values()),
        False,
        values,
        {key: sum_of_shares([each[key] for each in shares]) for key in shares[0]},
        {key: sum_of_spreads(key, [each[key] for each in spreads]) for key in spreads[0]} | more,
        programmes,
        {chosen[id]: each for id, each in own.items()} if len(chosen) > 1 else {},
        dict(zip(chosen.values(), shares, strict=True)) if len(chosen) > 1 else {},
        tuple(name for id, name in chosen.items() if id in active and id not in sent),
        _unlinked(store, chosen),
        cells,
        linked=len(chosen) > 1 and bool(store.value("SELECT EXISTS (SELECT 1 FROM people WHERE human_id IS NOT NULL)")),
    )


def _unlinked(store: Store, chosen: dict[int, str]) -> tuple[str, ...]:
    if len(chosen) < 2:
        return ()
    sql = "SELECT id FROM branches WHERE id NOT IN (SELECT branch_id FROM link_keys) AND EXISTS (SELECT 1 FROM people WHERE branch_id = branches.id)"
    without = {row["id"] for row in store.rows(sql)}
    return tuple(name for id, name in chosen.items() if id in without)


def count_figures(
    store: Store, days: Days, nation: bool = False, without: frozenset[int] = frozenset()
) -> dict[str, dict[int, CountedFigure]]:
    """Return key -> scope -> value, all figures of a query in one reading. The nation's scope is 0; `without` leaves branches out of it.

    Of the nation only figures whose branches can't be added up are counted.
    """
    values: dict[str, dict[int, CountedFigure]] = {}
    names = dict.fromkeys(figure.query for figure in COUNTED if figure.query)
    for name in names:
        if nation and name in ADDITIVE:
            continue
        figures = [figure for figure in COUNTED if figure.query == name]
        rows = query(name, nation, without, counting=True)
        listed = {figure.where for figure in figures if figure.measure == "median"}
        simple = [figure for figure in figures if figure.measure not in _OF_AMOUNTS or figure.where not in listed]
        measures = "".join(
            f", {_MEASURES[figure.measure]} FILTER (WHERE {figure.where})"
            f", {'NULL' if figure.measure == 'rows' else f'count(*) FILTER (WHERE {figure.where})'}"
            for figure in simple
        )
        if simple:
            for scope, *numbers in store.connection.execute(f"SELECT scope{measures} FROM ({rows}) GROUP BY scope", days):
                for place, figure in enumerate(simple):
                    if scope is not None:
                        number, basis = numbers[2 * place : 2 * place + 2]
                        values.setdefault(figure.key, {})[scope] = _counted(figure, number, basis)
        for where in listed:
            amounts: dict[int, list[float]] = {}
            for scope, amount in store.connection.execute(f"SELECT scope, amount FROM ({rows}) WHERE {where}", days):
                if scope is not None:
                    amounts.setdefault(scope, []).append(amount)
            for figure in figures:
                if figure.where == where and figure not in simple:
                    values[figure.key] = {scope: _of_amounts(figure, each) for scope, each in amounts.items()}
    return values


def _of_amounts(figure: Figure, amounts: list[float]) -> CountedFigure:
    return CountedFigure(_OF_AMOUNTS[figure.measure](amounts), len(amounts) if figure.measure == "median" else None)


def _counted(figure: Figure, number: float | None, basis: int) -> CountedFigure:
    if figure.measure == "mean":
        return CountedFigure(one_decimal(number or 0, basis) if basis else None, basis)
    if number is None:
        return CountedFigure(EMPTY.get(figure.measure))
    return CountedFigure(int(number) if number == int(number) else number)


def median(amounts: list[float]) -> float:
    """Return the median of whole numbers; of an even number of them, the mean of the middle two."""
    ordered, half = sorted(amounts), len(amounts) // 2
    return ordered[half] if len(ordered) % 2 else one_decimal(ordered[half - 1] + ordered[half], 2)


# The aggregates of the amounts themselves, if a median needs them anyway.
_OF_AMOUNTS: dict[str, Callable[[list[float]], float]] = {"min": min, "max": max, "median": median}


def one_decimal(amount: float, number: float) -> float:
    """Return `amount / number` with one decimal, halves up. Both are whole numbers."""
    tenths = (20 * int(amount) + int(number)) // (2 * int(number))
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


def cost(kroner: float, number: float) -> float | None:
    """Return kroner for each, to the nearest øre, halves up; None for none."""
    return (200 * int(kroner) + int(number)) // (2 * int(number)) / 100 if number else None


def _with_costs(values: dict[str, Value]) -> dict[str, Value]:
    """Return the same with what is a quotient of two other figures, unless somebody reported it."""
    if values["cost_per_visit_dkk"].note:
        return values
    kroner, visits = values["grants_dkk"].value, values["visits"].value
    values["cost_per_visit_dkk"] = Value(cost(kroner or 0, visits) if visits else None)
    return values


def _own_value(figure: Figure | ReportedFigure, counted: CountedFigure | None, reported: ReportedNumber | None, records: bool) -> Value:
    """Return a branch's value. A reported number never overrides what can be counted."""
    if reported and (isinstance(figure, ReportedFigure) or not records):
        return Value(reported.value, "reported", note=reported.note)
    if isinstance(figure, ReportedFigure):
        return Value(None, "reported")
    return Value(EMPTY.get(figure.measure)) if counted is None else Value(counted.value, basis=counted.basis)


def _with_reported(
    values: dict[str, Value], reported: dict[tuple[int | None, str], ReportedNumber], records: set[int], active: list[int]
) -> dict[str, Value]:
    """Return the values with what the nation reported itself: of what can be counted only until every active branch has records."""
    complete = bool(records) and all(id in records for id in active)
    for figure in ALL:
        of_nation, to_count = reported.get((None, figure.key)), not isinstance(figure, ReportedFigure)
        if of_nation and not (complete and to_count):
            partial = (values[figure.key].value, len(records & set(active)), len(active)) if active and to_count else None
            values[figure.key] = Value(of_nation.value, "reported", note=of_nation.note, partial=partial)
    return values


def _national(
    store: Store,
    days: Days,
    by_branch: dict[str, dict[int, CountedFigure]],
    nation: dict[str, dict[int, CountedFigure]],
    own: dict[int, dict[str, Value]],
) -> dict[str, Value]:
    """Return the values of all branches together."""
    counted = {frozenset[int](): nation}
    values: dict[str, Value] = {}
    for figure in ALL:
        branches = {id: each[figure.key] for id, each in own.items()}
        numbers = [each.value for each in branches.values() if each.value is not None]
        if isinstance(figure, ReportedFigure):
            values[figure.key] = Value((max(numbers) if figure.largest else sum(numbers)) if numbers else None, "reported")
            continue
        instead = frozenset(id for id, each in branches.items() if each.source == "reported")
        if figure.query in ADDITIVE:
            whole = CountedFigure(
                sum(each.value or 0 for id, each in by_branch.get(figure.key, {}).items() if id in own and id not in instead)
            )
        else:
            if instead not in counted:
                counted[instead] = count_figures(store, days, nation=True, without=instead)
            whole = counted[instead].get(figure.key, {}).get(0, CountedFigure(EMPTY.get(figure.measure)))
        known = [part for part in (whole.value, *(branches[id].value for id in instead)) if part is not None]
        value = (_TOTALS.get(figure.measure, sum)(known) if len(known) > 1 else known[0]) if known else None
        source = "counted" if not instead else "reported" if len(instead) == len(own) else "mixed"
        values[figure.key] = Value(value, source, sum(numbers) if figure.people else None, basis=whole.basis)
    return values
