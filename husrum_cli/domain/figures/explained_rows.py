"""The rows behind numbers, as they are explained: counted now, or as a closed year keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ...store import Store
from ...vocabulary import NON_ANSWERS, Share
from .answers import Answer, period_answers
from .compute import PeriodReport
from .figure import Figure, ReportedFigure
from .frozen_rows import FrozenRow
from .queries import query
from .tables import Days

# The query whose rows are people, each with an age; of all others, the amount is what a row adds.
AGES = "volunteer_ages"


class ExplainRow(NamedTuple):
    """One row behind a number. `counts`: for shares, whether it is one of those that count; None for figures."""

    branch: str | None
    number: int | None
    name: str | None
    date: str
    what: str
    amount: float
    counts: bool | None


def frozen_figure_rows(
    store: Store, figure: Figure | ReportedFigure | Share, key: str, frozen: Iterable[FrozenRow], value: float | None
) -> tuple[ExplainRow, ...]:
    """Return the rows of a figure or share in a closed year, from all that are kept under its key. `value`: what was frozen."""
    rows = list(frozen)
    if not isinstance(figure, Share):
        if isinstance(figure, Figure) and figure.measure in ("min", "max"):
            rows = [row._replace(amount=1) if figure.query == AGES else row for row in rows if row.amount == value]
        return tuple(sorted(named_rows(store, rows), key=lambda row: (row.date, row.number or 0, row.what)))
    given: dict[tuple[int | None, str], list[FrozenRow]] = {}
    for row in rows:
        if row.what not in NON_ANSWERS:
            given.setdefault((row.number, row.date), []).append(row)
    several = [sorted(answer.what for answer in answers) for answers in given.values()]
    whole = [answers[0]._replace(what=", ".join(codes)) for answers, codes in zip(given.values(), several, strict=True)]
    named = [
        row._replace(counts=any(code in figure.answers for code in codes))
        for row, codes in zip(named_rows(store, whole), several, strict=True)
    ]
    return tuple(sorted(named, key=lambda row: (not row.counts, row.date, row.number or 0)))


def named_rows(store: Store, rows: list[FrozenRow]) -> list[ExplainRow]:
    """Return the same rows with today's names."""
    names = {row["number"]: row["name"] for row in store.rows("SELECT number, name FROM people")}
    return [
        ExplainRow(None, row.number, names.get(row.number), row.date, row.what, 1 if row.amount is None else row.amount, None)
        for row in rows
    ]


def figure_rows(store: Store, figure: Figure, days: Days, chosen: dict[int, str], report: PeriodReport) -> Iterator[ExplainRow]:
    """Yield the rows of a figure that is counted now."""
    nation = len(chosen) > 1
    replaced = frozenset(id for id, name in chosen.items() if nation and report.by_branch[name][figure.key].source == "reported")
    amount = "1" if figure.measure == "rows" or figure.query == AGES else "amount"
    extreme = " AND amount = :extreme" if figure.measure in ("min", "max") else ""
    # Rows of the nation that are of no person are asked of each branch, so that they name it; joint ones are those of the first branch.
    branch = "people.branch_id" if nation else ":scope"
    columns = ", branch" if nation and figure.query in _OF_BRANCHES else ""
    sql = f"""
        SELECT {"ifnull(people.branch_id, rows.branch)" if columns else branch} AS branch_id, people.number, people.name, rows.date, rows.what, rows.amount FROM (
            SELECT person_id, date, what, {amount} AS amount{columns} FROM ({query(figure.query, nation, replaced)})
            WHERE scope = :scope AND ({figure.where}){extreme}
        ) AS rows LEFT JOIN people ON people.id = rows.person_id
        ORDER BY rows.date, 1, people.number, rows.what"""
    values = {**days, "scope": 0 if nation else next(iter(chosen)), "extreme": report.values[figure.key].value}
    for branch_id, number, name, date, what, number_of in store.connection.execute(sql, values):
        yield ExplainRow(branch_of_row(store, branch_id), number, name, date or "", what or "", number_of, None)


# Queries whose rows are of no person, and say which branch they are of.
_OF_BRANCHES = frozenset(
    {
        *(
            "visits",
            "group_courses",
            "meetings",
            "events",
            "event_participants",
            "group_sizes",
            "group_leaders",
            "suggestions",
            "partners",
            "grants",
        ),
        "branches",
    }
)


def answer_rows(store: Store, question: str, basis: str, days: Days, chosen: dict[int, str], share: Share | None) -> tuple[ExplainRow, ...]:
    """Return the answers to a question: of a share those that are one, with whether they count; of a distribution all."""
    people = {row["id"]: row for row in store.rows("SELECT id, branch_id, number, name FROM people")}
    given: dict[int, list[Answer]] = {}
    for answer in period_answers(store, days):
        asked = (answer.basis, answer.question) == (basis, question) and answer.branch_id in chosen
        if asked and (share is None or answer.answer not in NON_ANSWERS):
            given.setdefault(answer.unit, []).append(answer)
    rows = []
    for answers in given.values():
        person, codes = people[answers[0].person_id], sorted(answer.answer for answer in answers)
        counts = any(code in share.answers for code in codes) if share else None
        rows.append(_answer_row(store, person, answers[0].date or "", ", ".join(codes), counts))
    return tuple(sorted(rows, key=lambda row: (not row.counts, row.date, row.branch or "", row.number or 0)))


def _answer_row(store: Store, person: Any, date: str, codes: str, counts: bool | None) -> ExplainRow:
    return ExplainRow(branch_of_row(store, person["branch_id"]), person["number"], person["name"], date, codes, 1, counts)


def branch_of_row(store: Store, id: int | None) -> str | None:
    """Return the city to show next to a row; None if the file has only one."""
    return store.branches.get(id) if id is not None and len(store.branches) > 1 else None
