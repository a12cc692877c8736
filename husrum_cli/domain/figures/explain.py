"""What a number is made of: its definition and exactly the rows it is the number of."""

from __future__ import annotations

import difflib
from typing import NamedTuple

from ...errors import WrongInput
from ...i18n import _, label_text
from ...store import Store
from ...vocabulary import Share
from .answers import NON_ANSWERS, Answer, year_answers
from .closing import changes_since, frozen_rows, shown_year
from .compute import Number, Value, YearReport, chosen_branches, year_tables
from .frozen_rows import MadeOf, answers_key
from .queries import question
from .registry import BY_KEY, Figure, ReportedFigure
from .share_registry import AT_INTAKE


class ExplainRow(NamedTuple):
    """One row behind a number. `counts`: for shares, whether it is one of those that count; None for figures."""

    branch: str | None
    number: int | None
    name: str | None
    date: str
    what: str
    amount: float
    counts: bool | None


class Explanation(NamedTuple):
    """A figure's definition and rows. `source` says where a reported number is from.

    In a year that is closed, value and rows are those that were frozen on `closed_at`; `now` is what the value would be, `changes` are the rows
    through which.
    """

    year: int
    key: str
    label: str
    definition: str
    value: Number | None
    source: str
    note: str | None
    rows: tuple[ExplainRow, ...]
    closed_at: str | None = None
    now: Number | None = None
    changes: tuple[tuple[bool, ExplainRow], ...] = ()


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
    return label_text(figure.danish, figure.english)


def definition_of(figure: Figure | ReportedFigure | Share) -> str:
    """What the figure means, in a sentence."""
    return _(figure.definition)


def explain(store: Store, year: int, key: str, branch: str | None = None) -> Explanation:
    """The definition of a figure, and the rows of its value in a year."""
    key = key.strip().lower()
    figure = figure_named(key)
    shown = shown_year(store, year, branch)
    share = isinstance(figure, Share)
    held = Value(shown.report.shares[key].value) if share else shown.report.values[key]
    rows: tuple[ExplainRow, ...] = ()
    if shown.closing:
        rows = _frozen_rows(store, figure, key, frozen_rows(store, shown.closing), held.value)
    elif isinstance(figure, Share) or (isinstance(figure, Figure) and held.source != "reported"):
        chosen = chosen_branches(store, branch)
        with year_tables(store, year) as days:
            if isinstance(figure, Share):
                rows = _share_rows(store, figure, AT_INTAKE if key.endswith(AT_INTAKE) else "", days, chosen)
            else:
                rows = _figure_rows(store, figure, days, chosen, shown.report)
    found = Explanation(year, key, label_of(figure), definition_of(figure), held.value, held.source, held.note, rows)
    if not shown.closing or not shown.now:
        return found
    now = shown.now.shares[key].value if share else shown.now.values[key].value
    changes = [each for each in changes_since(store, shown, branch) if _rows_key(figure, key) in each.keys]
    told = _told(store, [MadeOf(key, each.person_id, each.date, each.what, each.amount) for each in changes])
    return found._replace(
        closed_at=shown.closing.closed_at, now=now, changes=tuple((each.added, row) for each, row in zip(changes, told, strict=True))
    )


def _rows_key(figure: Figure | ReportedFigure | Share, key: str) -> str:
    """What the rows of a figure are kept under when a year is closed: a share's are the answers to its question."""
    return answers_key(figure.question, AT_INTAKE if key.endswith(AT_INTAKE) else "") if isinstance(figure, Share) else key


def _frozen_rows(
    store: Store, figure: Figure | ReportedFigure | Share, key: str, frozen: list[MadeOf], value: Number | None
) -> tuple[ExplainRow, ...]:
    rows = [row for row in frozen if row.key == _rows_key(figure, key)]
    if not isinstance(figure, Share):
        if isinstance(figure, Figure) and figure.measure in ("youngest", "oldest"):
            rows = [row._replace(amount=1) for row in rows if row.amount == value]
        return tuple(sorted(_told(store, rows), key=lambda row: (row.date, row.number or 0, row.what)))
    given: dict[tuple[int | None, str], list[MadeOf]] = {}
    for row in rows:
        if row.what not in NON_ANSWERS:
            given.setdefault((row.person_id, row.date), []).append(row)
    several = [sorted(answer.what for answer in answers) for answers in given.values()]
    whole = [answers[0]._replace(what=", ".join(codes)) for answers, codes in zip(given.values(), several, strict=True)]
    told = [
        row._replace(counts=any(code in figure.answers for code in codes)) for row, codes in zip(_told(store, whole), several, strict=True)
    ]
    return tuple(sorted(told, key=lambda row: (not row.counts, row.date, row.number or 0)))


def _told(store: Store, rows: list[MadeOf]) -> list[ExplainRow]:
    people = {row["id"]: row for row in store.rows("SELECT id, branch_id, number, name FROM people")}
    told = []
    for row in rows:
        person = people.get(row.person_id)
        number, name = (person["number"], person["name"]) if person else (None, None)
        told.append(ExplainRow(None, number, name, row.date, row.what, 1 if row.amount is None else row.amount, None))
    return told


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
