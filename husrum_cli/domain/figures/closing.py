"""A year that is closed: its figures stay as they were published, and what changes afterwards is told beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...errors import Refused, UnusableFile
from ...i18n import _, many
from ...input.dates import today
from ...store import Store
from .compute import YearReport, chosen_branches, year_report

if TYPE_CHECKING:  # few years that are looked at are closed, and an open one needs nothing of it
    from ..rules import Rules
    from .details import YearDetails
    from .frozen_rows import Difference, MadeOf


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
    """Every closing of the year, the first first: of the one branch that is asked about, or of the whole file."""
    chosen = list(chosen_branches(store, branch))
    scope = chosen[0] if len(chosen) == 1 else None
    columns = ", ".join(Closing._fields)
    rows = store.rows(f"SELECT {columns} FROM closed_years WHERE year = ? AND branch_id IS ? ORDER BY id", year, scope)
    return [Closing(*row) for row in rows]


def holding(store: Store, year: int, branch: str | None = None) -> Closing | None:
    """The closing that was not opened again, if there is one. Nobody has looked at its figures yet."""
    return next((each for each in closings(store, year, branch) if each.reopened_at is None), None)


def closing_now(store: Store, year: int, branch: str | None = None) -> Closing | None:
    """The closing that holds, if the year is closed. Raises `UnusableFile` where its figures are not those that were frozen."""
    closing = holding(store, year, branch)
    if closing:
        from .frozen import fingerprint

        if fingerprint(closing.figures) != closing.hash:
            raise UnusableFile(
                _(
                    "{path}: the frozen figures of {year} were changed outside husrum. Restore a backup, or: husrum year reopen {year}",
                    path=store.path,
                    year=year,
                )
            )
    return closing


class ShownYear(NamedTuple):
    """What is shown of a year: `report`, and, where it is closed, its `closing` and what the figures would be `now`."""

    report: YearReport
    closing: Closing | None = None
    now: YearReport | None = None


def shown_year(store: Store, year: int, branch: str | None = None, publish: bool = False) -> ShownYear:
    """The year's figures: as they are frozen, where the year is closed. `publish`: with what publishing stands on."""
    live = year_report(store, year, branch, publish)
    closing = closing_now(store, year, branch)
    if closing is None:
        return ShownYear(live)
    from .frozen import thaw

    return ShownYear(thaw(closing.figures, live), closing, live)


def shown_details(store: Store, shown: ShownYear, branch: str | None = None) -> YearDetails:
    """Visits by month and the use of grants, frozen with the figures that they belong to."""
    from .details import year_details
    from .frozen import thaw_details

    return thaw_details(shown.closing.figures) if shown.closing else year_details(store, shown.report.year, branch)


def close_year(store: Store, rules: Rules, year: int) -> Closing:
    """Freezes all figures of the year, with today's date.

    Raises `Refused` where it is closed already or nothing is recorded in it, and, unless the rules are not strict, where it is not over
    or planned meetings are not recorded.
    """
    from .details import year_details
    from .frozen import fingerprint, freeze
    from .frozen_rows import keep_rows, made_of

    if holding(store, year):
        raise Refused(_("year: {year} is closed already; to close it anew: husrum year reopen {year} --why TEXT", year=year), "year")
    if f"{year}-12-31" >= today():
        rules.broken(_("year: {year} is not over yet.", year=year), "year")
    open_days = unrecorded(store, year)
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
    figures = freeze(report, year_details(store, year))
    single = len(store.branches) == 1
    values = {"year": year, "closed_at": today(), "figures": figures, "hash": fingerprint(figures)}
    id = store.insert("closed_years", branch_id=next(iter(store.branches)) if single else None, **values)
    if single:  # in a national file people come and go with every merge; there the numbers alone are compared
        keep_rows(store, id, made_of(store, report))
    return next(each for each in closings(store, year) if each.id == id)


def reopen_year(store: Store, year: int, why: str) -> Closing:
    """Opens a closed year again. Its frozen figures are kept, with the reason. Raises `Refused` where it is not closed."""
    closing = holding(store, year)
    if closing is None:
        raise Refused(_("year: {year} is not closed.", year=year), "year")
    store.update("closed_years", closing.id, reopened_at=today(), reopened_why=why)
    store.delete("closed_rows", closed_year_id=closing.id)
    return closing


def unrecorded(store: Store, year: int) -> int:
    """How many planned occasions of the year have passed without a word of what came of them."""
    sql = "SELECT count(*) FROM sessions WHERE state = 'planned' AND date BETWEEN ? AND ? AND date < ?"
    return int(store.value(sql, f"{year}-01-01", f"{year}-12-31", today()))


def changes_since(store: Store, shown: ShownYear, branch: str | None = None) -> list[Difference]:
    """The rows through which a closed year's figures would be others now. Empty where the year is not closed, and where rows are not kept."""
    if shown.closing is None or shown.now is None:
        return []
    from .frozen_rows import differences, made_of

    then = frozen_rows(store, shown.closing)
    return differences(then, made_of(store, shown.now, branch)) if then else []


def frozen_rows(store: Store, closing: Closing) -> list[MadeOf]:
    """The rows that the frozen figures were made of, but for people who were erased since."""
    from .frozen_rows import kept_rows

    return kept_rows(store, closing.id)
