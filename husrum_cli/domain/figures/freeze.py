"""Closed years: their figures are kept as they were published, and shown from there, with what they would be now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ...errors import Refused, UnusableFile
from ...i18n import _, many
from ...input.dates import today
from ...records import Period
from ...store import Store
from ...store.opening import VERSION
from .compute import PeriodReport, chosen_branches, next_report, own_report, year_report
from .frozen_figures import figures_digest, freeze, frozen_cells_of, frozen_keys, lost_parts, parse_figures, part_of, thaw, thaw_details
from .registry import BY_KEY, COUNTED
from .tables import make_tables

if TYPE_CHECKING:
    from ..rules import Rules
    from .cells import BranchCells
    from .details import PeriodDetails

# Commands that change no figure.
_WITHOUT_FIGURES = ("year close", "year reopen")


class Closing(NamedTuple):
    """One closing of a year. Where it was opened again, when and why."""

    id: int
    year: int
    closed_at: str
    figures: str
    hash: str
    reopened_at: str | None
    reopened_why: str | None


def closings(store: Store, year: int, branch: str | None = None) -> list[Closing]:
    """Return every closing of the year, the first first: of the one branch that is asked about, or of the whole file."""
    chosen = chosen_branches(store, branch)
    scope = next(iter(chosen)) if len(chosen) == 1 else None
    columns = ", ".join(Closing._fields)
    sql = f"SELECT {columns} FROM closed_years WHERE year = ? AND branch_id IS ? ORDER BY id"
    own = [Closing(*row) for row in store.rows(sql, year, scope)]
    if scope is None or not store.national:
        return own
    of_nation = [Closing(*row) for row in store.rows(sql, year, None)]
    if branch is None:  # a national file that holds one city so far has closings of its own too
        return of_nation or own
    # What the nation closed, it closed for each city; what a city closed itself comes first.
    return own + [part for each in of_nation if (part := _of_branch(each, chosen[scope]))]


def _of_branch(closing: Closing, branch: str) -> Closing | None:
    """Return one branch's part of the nation's closing; None if it holds none. Figures that were changed outside husrum remain recognisable."""
    import json

    frozen = parse_figures(closing.figures)
    if frozen.get("branches") == [branch]:
        return closing
    values = part_of(frozen, "by_branch").get(branch)
    if values is None:
        return None
    people = {figure.key for figure in COUNTED if figure.people}
    cells = next((each for each in frozen_cells_of(frozen) if each.branch == branch), None)
    part = {
        "branches": [branch],
        "values": {key: fields | ({"sum_of_branches": fields["value"]} if key in people else {}) for key, fields in values.items()},
        "shares": part_of(frozen, "shares_by_branch").get(branch, {}),
    }
    if cells:
        part["distributions"] = cells.spreads
        part["programmes"] = {name: {kind: number.value for kind, number in numbers.items()} for name, numbers in cells.programmes.items()}
    part |= part_of(frozen, "breakdowns").get(branch, {})
    figures = json.dumps(part, ensure_ascii=False, separators=(",", ":"))
    intact = figures_digest(closing.figures) == closing.hash
    return closing._replace(figures=figures, hash=figures_digest(figures) if intact else closing.hash)


def open_closing(store: Store, year: int, branch: str | None = None) -> Closing | None:
    """Return the closing that was not opened again, if there is one. Nobody has looked at its figures yet."""
    return next((each for each in closings(store, year, branch) if each.reopened_at is None), None)


def checked_closing(store: Store, year: int, branch: str | None = None) -> Closing | None:
    """Return the current closing, if the year is closed. Raises `UnusableFile` if its figures are not those that were frozen."""
    closing = open_closing(store, year, branch)
    if closing and figures_digest(closing.figures) != closing.hash:
        raise UnusableFile(
            _(
                "{path}: the frozen figures of {year} were changed outside husrum. Restore a backup, or: husrum year reopen {year}",
                path=store.path,
                year=year,
            )
        )
    return closing


class PeriodFigures(NamedTuple):
    """A period as shown: its `report`; and for a closed year its `closing` and the current figures (`now`), None if nothing was written since.

    `kept`: the figures, shares and distributions that the closing holds; `lost`: what a damaged one does not hold any more.
    """

    report: PeriodReport
    closing: Closing | None = None
    now: PeriodReport | None = None
    kept: frozenset[str] = frozenset()
    lost: tuple[str, ...] = ()


def figures_of_period(store: Store, period: Period, branch: str | None = None) -> PeriodFigures:
    """Return a period's figures: as they are frozen, if it is a closed year."""
    return next(figures_of_periods(store, [period], branch))


def figures_of_periods(
    store: Store, periods: Sequence[Period], branch: str | None = None, publish: bool = False
) -> Iterator[PeriodFigures]:
    """Yield the figures of several periods, for which the file is read once."""
    chosen = chosen_branches(store, branch)
    made = False
    for period in periods:
        closing = checked_closing(store, period.year, branch) if period.year is not None else None
        if closing and not publish and _unchanged_since(store, closing):
            yield PeriodFigures(thaw(closing.figures, period, tuple(chosen.values())), closing, None, frozen_keys(closing.figures))
            continue
        if not made:
            make_tables(store, periods)
            made = True
        live = next_report(store, period, branch, publish)
        if closing is None:
            yield PeriodFigures(_with_closed_branches(store, live, chosen) if len(chosen) > 1 and period.year is not None else live)
        else:
            frozen = thaw(closing.figures, period, live.branches, live)
            frozen = _with_live(_with_closed_branches(store, frozen, chosen), live) if len(chosen) > 1 else frozen
            yield PeriodFigures(frozen, closing, live, frozen_keys(closing.figures), lost_parts(closing.figures, live))


def frozen_details(store: Store, shown: PeriodFigures, branch: str | None = None) -> PeriodDetails:
    """Return visits by month and the use of grants, frozen with the figures that they belong to."""
    from .details import details_of

    # An older husrum did not freeze each city's months for the nation.
    frozen = shown.closing and "months" in parse_figures(shown.closing.figures)
    return thaw_details(shown.closing.figures) if shown.closing and frozen else details_of(store, shown.report.period, branch)


def _unchanged_since(store: Store, closing: Closing) -> bool:
    """Whether nothing was written since a closing that could have changed a figure: then there is no need to count again.

    Of a national file that is not known: a merge changes figures, and may leave the latest edit as it was.
    """
    if store.national:
        return False
    latest, after = _latest_edit(store), parse_figures(closing.figures).get("after")
    # Hashing is loaded only where nothing was written.
    return (
        bool(latest) and isinstance(after, list) and after[:1] == [latest] and after[1:] == [_counting()] and not store.has_foreign_writes
    )


def _counting() -> str:
    """Identify today's way of counting: a newer husrum may count differently."""
    import hashlib

    return f"{VERSION} {hashlib.sha256(repr(sorted(BY_KEY)).encode()).hexdigest()[:8]}"


def _with_live(frozen: PeriodReport, live: PeriodReport) -> PeriodReport:
    """Return a closed year of several branches with what is counted now of each."""
    return frozen._replace(
        live_by_branch={name: each for name, each in live.by_branch.items() if name in frozen.by_branch},
        live_shares_by_branch={name: each for name, each in live.shares_by_branch.items() if name in frozen.shares_by_branch},
    )


def _with_closed_branches(store: Store, live: PeriodReport, chosen: dict[int, str]) -> PeriodReport:
    """Return the nation's year with the published numbers of the cities that have closed it, wherever a city's own number is shown."""
    year = live.period.year
    rows = store.rows("SELECT branch_id, figures FROM closed_years WHERE year = ? AND reopened_at IS NULL AND branch_id IS NOT NULL", year)
    by_branch, shares = dict(live.by_branch), dict(live.shares_by_branch)
    closed: dict[str, BranchCells] = {}
    for row in rows:
        name = chosen.get(row["branch_id"])
        if name in by_branch:
            frozen = thaw(row["figures"], live.period, (name,), own_report(live, name))
            by_branch[name], shares[name] = frozen.values, frozen.shares
            closed |= {each.branch: each for each in frozen.cells}
    return live._replace(
        by_branch=by_branch,
        shares_by_branch=shares,
        live_by_branch=live.by_branch,
        live_shares_by_branch=live.shares_by_branch,
        closed_cells=closed,
    )


def close_year(store: Store, rules: Rules, year: int) -> Closing:
    """Freeze all figures of the year, with today's date.

    Raises `Refused` if it is closed already or nothing is recorded in it, and, unless the rules are not strict, if it is not over
    or planned meetings are not recorded.
    """
    from .details import details_of
    from .frozen_rows import freeze_rows

    if open_closing(store, year):
        raise Refused(_("year: {year} is closed already; to close it again: husrum year reopen {year} --why TEXT", year=year), "year")
    if f"{year}-12-31" >= today():
        rules.broken(_("year: {year} is not over yet.", year=year), "year")
    open_days = count_unrecorded(store, year)
    if open_days:
        rules.broken(
            many(
                "year: {number} planned meeting or event day of {year} is not recorded. See: husrum year status {year}",
                "year: {number} planned meetings or event days of {year} are not recorded. See: husrum year status {year}",
                open_days,
                year=year,
            ),
            "year",
        )
    report = year_report(store, year, publish=True)
    if not any(value.value for value in report.values.values()):
        raise Refused(_("year: nothing is recorded in {year}.", year=year), "year")
    figures = freeze(report, details_of(store, report.period), [_latest_edit(store), _counting()], _breakdowns(store, report))
    single = len(store.branches) == 1 and not store.national
    values = {"year": year, "closed_at": today(), "figures": figures, "hash": figures_digest(figures)}
    id = store.insert("closed_years", branch_id=next(iter(store.branches)) if single else None, **values)
    if single:  # in a national file people come and go with every merge; there the numbers alone are compared
        freeze_rows(store, id, report.period)
    return next(each for each in closings(store, year) if each.id == id)


def _breakdowns(store: Store, report: PeriodReport) -> dict[str, dict[str, Any]]:
    """Return each city's distributions, programmes, months and grants, if there are several cities."""
    names = report.branches if len(report.branches) > 1 else ()
    found = {}
    for name in names:
        shown = figures_of_period(store, report.period, name)
        details = frozen_details(store, shown, name)
        parts = {"distributions": shown.report.distributions, "programmes": shown.report.programmes}
        found[name] = parts | {"months": details.months, "grants": [grant._asdict() for grant in details.grants]}
    return found


def reopen_year(store: Store, year: int, why: str | None) -> Closing:
    """Open a closed year again. Its frozen figures are kept, with the reason. Raises `Refused` if it is not closed."""
    closing = open_closing(store, year)
    if closing is None:
        raise Refused(_("year: {year} is not closed.", year=year), "year")
    store.update("closed_years", closing.id, reopened_at=today(), reopened_why=why)
    store.delete("closed_rows", closed_year_id=closing.id)  # closing it again stores the rows as they are then
    return closing


def count_unrecorded(store: Store, year: int) -> int:
    """Return the number of the year's planned occasions that have passed without a record."""
    sql = "SELECT count(*) FROM sessions WHERE state = 'planned' AND date BETWEEN ? AND ? AND date < ?"
    return int(store.value(sql, f"{year}-01-01", f"{year}-12-31", today()))


def _latest_edit(store: Store) -> str | None:
    """Return the uid of the last edit that may have changed a figure."""
    marks = ", ".join("?" * len(_WITHOUT_FIGURES))
    sql = f"SELECT uid FROM edits WHERE ifnull(command, '') NOT IN ({marks}) ORDER BY id DESC LIMIT 1"
    uid: str | None = store.value(sql, *_WITHOUT_FIGURES)
    return uid
