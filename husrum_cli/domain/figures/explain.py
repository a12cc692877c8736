"""What a number is made of: its definition and exactly the rows it is the number of."""

from __future__ import annotations

import difflib
from typing import NamedTuple

from ...errors import WrongInput
from ...locale import _, language
from ...store import Store
from .answer_definitions import AT_INTAKE, Share
from .answers import NON_ANSWERS, Answer, year_answers
from .definitions import BY_KEY, Figure, ReportedFigure
from .questions import question
from .year import Number, YearReport, chosen_branches, year_report, year_tables


class ExplainRow(NamedTuple):
    """One row behind a number. `counts`: for shares, whether it is one of those that count; None for figures."""

    branch: str | None
    number: int | None
    name: str | None
    date: str
    what: str
    amount: int
    counts: bool | None


class Explanation(NamedTuple):
    """A figure's definition and rows. `source` says where a reported number is from."""

    year: int
    key: str
    label: str
    definition: str
    value: Number | None
    source: str
    note: str | None
    rows: tuple[ExplainRow, ...]


def figure_named(key: str) -> Figure | ReportedFigure | Share:
    """The definition of a key. Raises `WrongInput` with the nearest ones."""
    found = BY_KEY.get(key.strip().lower())
    if found is None:
        near = difflib.get_close_matches(key.lower(), BY_KEY, 3) or [name for name in BY_KEY if key.lower() in name][:3]
        hint = _("Did you mean {keys}?", keys=", ".join(near)) if near else _("All keys: husrum stats year --format csv")
        raise WrongInput(_("key: “{text}” is no figure. {hint}", text=key, hint=hint), "key")
    return found


def label_of(figure: Figure | ReportedFigure | Share) -> str:
    """What a person reads for the figure."""
    return figure.danish if language() == "da" else figure.english


def explain(store: Store, year: int, key: str, branch: str | None = None) -> Explanation:
    """The definition of a figure, and the rows of its value in a year."""
    key = key.strip().lower()
    figure = figure_named(key)
    report = year_report(store, year, branch)
    chosen = chosen_branches(store, branch)
    if isinstance(figure, Share):
        basis = AT_INTAKE if key.endswith(AT_INTAKE) else ""
        value: Number | None = report.shares[key].value
        with year_tables(store, year) as days:
            rows = _share_rows(store, figure, basis, days, chosen)
        return Explanation(year, key, label_of(figure), _(figure.definition), value, "counted", None, rows)
    held = report.values[key]
    rows = ()
    if isinstance(figure, Figure) and held.source != "reported":
        with year_tables(store, year) as days:
            rows = _figure_rows(store, figure, days, chosen, report)
    return Explanation(year, key, label_of(figure), _(figure.definition), held.value, held.source, held.note, rows)


def _figure_rows(store: Store, figure: Figure, days: dict[str, str], chosen: dict[int, str], report: YearReport) -> tuple[ExplainRow, ...]:
    nation = len(chosen) > 1
    scope = 0 if nation else next(iter(chosen))
    replaced = frozenset(id for id, name in chosen.items() if nation and report.by_branch[name][figure.key].source == "reported")
    amount = "amount" if figure.measure == "amount" else "1"
    extreme = " AND age = :age" if figure.measure in ("youngest", "oldest") else ""
    sql = f"""
        SELECT people.branch_id, people.number, people.name, rows.date, rows.what, rows.amount FROM (
            SELECT person_id, date, what, {amount} AS amount FROM ({question(figure.question, nation, replaced)})
            WHERE scope = :scope AND ({figure.where}){extreme}
        ) AS rows LEFT JOIN people ON people.id = rows.person_id
        ORDER BY rows.date, people.branch_id, people.number, rows.what"""
    values = {**days, "scope": scope, "age": report.values[figure.key].value}
    return tuple(
        ExplainRow(_branch(store, row["branch_id"]), row["number"], row["name"], row["date"] or "", row["what"] or "", row["amount"], None)
        for row in store.connection.execute(sql, values)
    )


def _share_rows(store: Store, share: Share, basis: str, days: dict[str, str], chosen: dict[int, str]) -> tuple[ExplainRow, ...]:
    people = {row["id"]: row for row in store.rows("SELECT id, branch_id, number, name FROM people")}
    given: dict[int, list[Answer]] = {}
    for answer in year_answers(store, days):
        if (answer.basis, answer.question) == (basis, share.question) and answer.branch_id in chosen and answer.answer not in NON_ANSWERS:
            given.setdefault(answer.unit, []).append(answer)
    rows = []
    for answers in given.values():
        person, codes = people[answers[0].person_id], sorted(answer.answer for answer in answers)
        counts = any(code in share.answers for code in codes)
        rows.append(
            ExplainRow(
                _branch(store, person["branch_id"]), person["number"], person["name"], answers[0].date or "", ", ".join(codes), 1, counts
            )
        )
    return tuple(sorted(rows, key=lambda row: (not row.counts, row.date, row.branch or "", row.number or 0)))


def _branch(store: Store, id: int | None) -> str | None:
    return store.branches.get(id) if id is not None and len(store.branches) > 1 else None
