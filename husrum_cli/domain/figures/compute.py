"""The figures of a year: counted from the file, reported where nothing can be counted, for one branch or the nation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from ...errors import NotFound
from ...i18n import _
from ...input.text import fold
from ...store import Store
from .answers import (
    Answers,
    ShareValue,
    branch_answers,
    programmes,
    sum_of_shares,
    sum_of_spreads,
    year_answers,
)
from .queries import YEAR_BRANCHES, YEAR_PEOPLE, question
from .registry import ALL, FIGURES, Figure, ReportedFigure

if TYPE_CHECKING:
    from .cells import BranchCells

Number = int | float
_MEASURES = {"rows": "count(*)", "amount": "sum(amount)", "youngest": "min(age)", "oldest": "max(age)"}
_EMPTY = {"rows": 0, "amount": 0, "youngest": None, "oldest": None}


class Value(NamedTuple):
    """A figure's value. `source`: counted, reported, or mixed for a total of both.

    `sum_of_branches` is there for counts of people; `note` is a reported figure's source; `partial` what could be counted beside a reported national value:
    (value, branches with records, branches active).
    """

    value: Number | None
    source: str = "counted"
    sum_of_branches: Number | None = None
    note: str | None = None
    partial: tuple[Number | None, int, int] | None = None


class YearReport(NamedTuple):
    """Everything that `stats year` shows. `closed`: as it was frozen. `by_branch` and `shares_by_branch` hold each branch's own values where there are several.

    `missing`: branches active in the year that have sent nothing of it; `unlinked`: branches whose people have no link tags, where there are several;
    `cells`: what publishing stands on, if it was asked for.
    """

    year: int
    branches: tuple[str, ...]
    closed: bool
    values: dict[str, Value]
    shares: dict[str, ShareValue]
    distributions: dict[str, dict[str, int]]
    programmes: dict[str, dict[str, int]]
    by_branch: dict[str, dict[str, Value]]
    shares_by_branch: dict[str, dict[str, ShareValue]] = {}
    missing: tuple[str, ...] = ()
    unlinked: tuple[str, ...] = ()
    cells: tuple[BranchCells, ...] = ()


@contextmanager
def year_tables(store: Store, year: int, people: bool = True) -> Iterator[dict[str, str]]:
    """The temporary tables that questions of a year stand on. Gives the year's first and last day."""
    days = {"first": f"{year}-01-01", "last": f"{year}-12-31"}
    for table, sql in (("year_branches", YEAR_BRANCHES), *((("year_people", YEAR_PEOPLE),) if people else ())):
        store.connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
        store.connection.execute(sql, days)
    yield days


def year_report(store: Store, year: int, branch: str | None = None, publish: bool = False) -> YearReport:
    """The year of one branch, or of all the branches in the file. `publish`: with what `published` needs."""
    chosen = chosen_branches(store, branch)
    with year_tables(store, year) as days:
        return _report(store, year, days, chosen, publish)


def recorded_years(store: Store, chosen: Collection[int], days: Iterable[str | None]) -> list[int]:
    """The years between these days that one of the branches has a record of, and those that something was reported of."""
    years = {
        row["year"]
        for row in store.rows("SELECT year, branch_id FROM reported_figures")
        if row["branch_id"] in chosen or (row["branch_id"] is None and len(chosen) > 1)
    }
    dated = sorted(int(day[:4]) for day in days if day)
    for year in range(dated[0], dated[-1] + 1) if dated else ():
        with year_tables(store, year, people=False):
            if any(row["branch_id"] in chosen for row in store.rows("SELECT branch_id FROM year_branches WHERE records")):
                years.add(year)
    return sorted(years)


def chosen_branches(store: Store, branch: str | None) -> dict[int, str]:
    """The branches that are asked about: all, or the one named."""
    if branch is None:
        return store.branches
    chosen = {id: name for id, name in store.branches.items() if fold(name) == fold(branch)}
    if not chosen:
        raise NotFound(
            _("branch: there is no “{name}” in the file; it holds {branches}.", name=branch, branches=", ".join(store.branches.values())),
            "branch",
        )
    return chosen


def _report(store: Store, year: int, days: dict[str, str], chosen: dict[int, str], publish: bool) -> YearReport:
    reported = reported_values(store, year)
    records = {row["branch_id"] for row in store.rows("SELECT branch_id FROM year_branches WHERE records")}
    active = [row["branch_id"] for row in store.rows("SELECT branch_id FROM year_branches WHERE active")]
    counted = count(store, days)
    own = {
        id: {
            figure.key: _own_value(figure, counted.get(figure.key, {}).get(id), reported.get((id, figure.key)), id in records)
            for figure in ALL
        }
        for id in chosen
    }
    if len(chosen) == 1:
        (values,) = own.values()
        for figure in FIGURES:
            if figure.people:
                held = values[figure.key]
                values[figure.key] = Value(held.value, held.source, held.value, held.note)
    else:
        values = _national(store, days, own, reported, records, active)
    given = year_answers(store, days)
    answers = branch_answers(store, days, chosen, given) or {0: Answers({}, ())}
    shares = [each.shares() for each in answers.values()]
    spreads = [each.distributions() for each in answers.values()]
    sent = records | {branch for branch, _key in reported}
    numbers = {id: {key: value.value for key, value in each.items()} for id, each in own.items()}
    cells: tuple[BranchCells, ...] = ()
    if publish:
        from .cells import branch_cells

        cells = branch_cells(store, days, chosen, numbers, answers, given)
    return YearReport(
        year,
        tuple(chosen.values()),
        False,
        values,
        {key: sum_of_shares([each[key] for each in shares]) for key in shares[0]},
        {key: sum_of_spreads(key, [each[key] for each in spreads]) for key in spreads[0]},
        programmes(store, days["first"], days["last"], list(chosen)),
        {chosen[id]: each for id, each in own.items()} if len(chosen) > 1 else {},
        dict(zip(chosen.values(), shares, strict=True)) if len(chosen) > 1 else {},
        tuple(name for id, name in chosen.items() if id in active and id not in sent),
        _unlinked(store, chosen),
        cells,
    )


def _unlinked(store: Store, chosen: dict[int, str]) -> tuple[str, ...]:
    if len(chosen) < 2:
        return ()
    sql = "SELECT id FROM branches WHERE id NOT IN (SELECT branch_id FROM link_keys) AND EXISTS (SELECT 1 FROM people WHERE branch_id = branches.id)"
    without = {row["id"] for row in store.rows(sql)}
    return tuple(name for id, name in chosen.items() if id in without)


def count(
    store: Store, days: dict[str, str], nation: bool = False, without: frozenset[int] = frozenset()
) -> dict[str, dict[int, Number | None]]:
    """key -> scope -> value, all figures of a question in one query. The nation's scope is 0; `without` leaves branches out of it."""
    values: dict[str, dict[int, Number | None]] = {}
    for name in dict.fromkeys(figure.question for figure in FIGURES):
        figures = [figure for figure in FIGURES if figure.question == name]
        measures = ", ".join(f"{_MEASURES[figure.measure]} FILTER (WHERE {figure.where})" for figure in figures)
        for scope, *numbers in store.connection.execute(
            f"SELECT scope, {measures} FROM ({question(name, nation, without)}) GROUP BY scope", days
        ):
            for figure, number in zip(figures, numbers, strict=True):
                if scope is not None:
                    values.setdefault(figure.key, {})[scope] = _EMPTY[figure.measure] if number is None else number
    return values


class Reported(NamedTuple):
    """A number that was entered, and where it is from."""

    value: Number
    note: str


def reported_values(store: Store, year: int) -> dict[tuple[int | None, str], Reported]:
    """(branch, key) -> what was reported; branch None is the nation's own. What the nation reported for a city stands where the city itself reported nothing."""
    found = {}
    for row in [*store.rows(_FOR_BRANCHES, year), *store.rows(_REPORTED, year)]:
        value = int(row["value"]) if row["value"] == int(row["value"]) else row["value"]
        found[row["branch_id"], row["key"]] = Reported(value, ", ".join(part for part in (row["source"], row["date"]) if part))
    return found


_REPORTED = "SELECT branch_id, key, value, source, date FROM reported_figures WHERE year = ?"
# The nation may have reported for a city before its own file came, under the uid it had then.
_FOR_BRANCHES = """
SELECT known.id AS branch_id, key, value, source, date FROM figures_for_branches
JOIN (SELECT 2 AS rank, uid, id FROM branches UNION ALL SELECT 1, uid, branch_id FROM expected_branches) AS known ON known.uid = branch_uid
WHERE year = ? ORDER BY known.rank
"""


def _own_value(figure: Figure | ReportedFigure, counted: Number | None, reported: Reported | None, records: bool) -> Value:
    """A branch's value: what was reported never stands against what can be counted."""
    if reported and (isinstance(figure, ReportedFigure) or not records):
        return Value(reported.value, "reported", note=reported.note)
    if isinstance(figure, ReportedFigure):
        return Value(None, "reported")
    return Value(_EMPTY[figure.measure] if counted is None else counted)


def _national(
    store: Store,
    days: dict[str, str],
    own: dict[int, dict[str, Value]],
    reported: dict[tuple[int | None, str], Reported],
    records: set[int],
    active: list[int],
) -> dict[str, Value]:
    complete = all(id in records for id in active)
    counted: dict[frozenset[int], dict[str, dict[int, Number | None]]] = {}
    values: dict[str, Value] = {}
    for figure in ALL:
        branches = {id: each[figure.key] for id, each in own.items()}
        numbers = [each.value for each in branches.values() if each.value is not None]
        said = reported.get((None, figure.key))
        if isinstance(figure, ReportedFigure):
            total = (max(numbers) if figure.largest else sum(numbers)) if numbers else None
            values[figure.key] = Value(said.value, "reported", note=said.note) if said else Value(total, "reported")
            continue
        instead = frozenset(id for id, each in branches.items() if each.source == "reported")
        if instead not in counted:
            counted[instead] = count(store, days, nation=True, without=instead)
        parts = [counted[instead].get(figure.key, {}).get(0, _EMPTY[figure.measure])]
        parts += [branches[id].value for id in instead]
        known = [part for part in parts if part is not None]
        value = (min if figure.measure == "youngest" else max if figure.measure == "oldest" else sum)(known) if known else None
        if said and not complete:
            values[figure.key] = Value(said.value, "reported", note=said.note, partial=(value, len(records & set(active)), len(active)))
            continue
        source = "counted" if not instead else "reported" if len(instead) == len(own) else "mixed"
        values[figure.key] = Value(value, source, sum(numbers) if figure.people else None)
    return values
