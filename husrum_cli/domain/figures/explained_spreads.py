"""The rows of a distribution, as they are explained: counted now, or as a closed year keeps them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from ...records import Period
from ...store import Store
from ...vocabulary import SILENT
from .answers import SPREADS
from .compute import PeriodReport, chosen_branches
from .distributions import rows_of_spread
from .explained_rows import ExplainRow, answer_rows, branch_of_row, named_rows
from .frozen_rows import FrozenRow, answers_key
from .share_registry import MUNICIPALITY_AGE, PROGRAMME, VOLUNTEER_ROLES
from .tables import period_tables

_NOT_RECORDED = SILENT[-1]


def spread_rows(store: Store, period: Period, key: str, branch: str | None) -> Sequence[ExplainRow]:
    """Return every row that is in a distribution now, with its answer."""
    chosen, days = chosen_branches(store, branch), period_tables(store, period)
    if key in SPREADS:
        spread, basis = SPREADS[key]
        return answer_rows(store, spread.question, basis, days, chosen, None)
    found = rows_of_spread(store, days, list(chosen), key)
    return [ExplainRow(branch_of_row(store, branch_id), number, name, date, what, 1, None) for branch_id, number, name, date, what in found]


def keys_of_rows(key: str) -> frozenset[str]:
    """Return what a closed year keeps the rows of a distribution under; nothing if it keeps only the numbers."""
    if key in SPREADS:
        spread, basis = SPREADS[key]
        return frozenset([answers_key(spread.question, basis)])
    kept = {VOLUNTEER_ROLES.key: ["volunteers"], MUNICIPALITY_AGE.key: ["young_people", "municipality", "age_band"]}
    return frozenset(kept.get(key, ()))


def frozen_spread_rows(store: Store, key: str, rows: Iterable[FrozenRow]) -> tuple[ExplainRow, ...]:
    """Return the rows of a distribution in a closed year, each with its answer. `rows`: all that are kept under `keys_of_rows`."""
    found = list(rows)
    if key == MUNICIPALITY_AGE.key:
        answers = {(row.key, row.number): row.what for row in found}
        people = [row for row in found if row.key == "young_people"]
        found = [
            row._replace(what=", ".join(answers.get((question, row.number), _NOT_RECORDED) for question in ("municipality", "age_band")))
            for row in people
        ]
    elif key in SPREADS and SPREADS[key][0].several:
        given: dict[tuple[int | None, str], list[FrozenRow]] = {}
        for row in found:
            given.setdefault((row.number, row.date), []).append(row)
        found = [answers[0]._replace(what=", ".join(sorted(each.what for each in answers))) for answers in given.values()]
    return tuple(sorted(named_rows(store, found), key=lambda row: (row.date, row.number or 0, row.what)))


def number_in_spread(report: PeriodReport, key: str) -> float:
    """Return how many rows a distribution has: of answers, how many people or interviews anything is recorded of."""
    if key == PROGRAMME.key:
        return sum(numbers["occasions"] for numbers in report.programmes.values())
    if key == VOLUNTEER_ROLES.key:
        return report.values["volunteers"].value or 0
    numbers = dict(_numbers(report, key))
    if key not in SPREADS:
        return sum(numbers.values())
    spread, basis = SPREADS[key]
    # Where one may give several answers, they don't add up to the base; ages do, and have the same.
    base = numbers if not spread.several else report.distributions["age_band" + basis]
    return sum(base.values()) - numbers[_NOT_RECORDED]


def changed_numbers(frozen: PeriodReport, now: PeriodReport, key: str) -> tuple[tuple[bool, ExplainRow], ...]:
    """Return by how much each number of a distribution is larger (True) or smaller now, if its rows were not kept."""
    then, later = dict(_numbers(frozen, key)), dict(_numbers(now, key))
    return tuple(
        (more > 0, ExplainRow(None, None, None, "", code, abs(more), None))
        for code in dict.fromkeys([*then, *later])
        if (more := later.get(code, 0) - then.get(code, 0))
    )


def changed_rows(then: Iterable[ExplainRow], now: Iterable[ExplainRow]) -> tuple[tuple[bool, ExplainRow], ...]:
    """Return the rows that came to a distribution (True) or went. Whose answer is the same on another day changed nothing."""
    found = []
    for added, some, others in ((False, then, now), (True, now, then)):
        left = Counter((row.number, row.what) for row in others)
        for row in some:
            if left[row.number, row.what] > 0:
                left[row.number, row.what] -= 1
            else:
                found.append((added, row))
    return tuple(sorted(found, key=lambda each: (each[1].number or 0, each[1].date, each[0], each[1].what)))


def _numbers(report: PeriodReport, key: str) -> Iterable[tuple[str, float]]:
    if key == PROGRAMME.key:
        return ((name, numbers["occasions"]) for name, numbers in report.programmes.items())
    spread: dict[str, Any] = report.distributions[key]
    if key == MUNICIPALITY_AGE.key:
        return ((f"{place}, {band}", number) for place, bands in spread.items() for band, number in bands.items())
    return spread.items()
