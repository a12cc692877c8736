"""Explanations of numbers: the definition, and exactly the rows that are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ...i18n import _, label_text, whole_number
from ...records import Period
from ...store import Store
from ...vocabulary import NON_ANSWERS, Share
from .answers import SPREADS, Answer, ShareValue, period_answers
from .compute import PeriodReport, Value, chosen_branches
from .distributions import rows_of_spread
from .figure import Figure, ReportedFigure
from .freeze import PeriodFigures, figures_of_period
from .frozen_rows import FrozenRow, answers_key, changes_since, frozen_rows, has_frozen_rows, rows_as_frozen
from .key_names import find_key
from .queries import HUMAN, query
from .registry import BY_KEY, definition_of, figure_key, label_of
from .share_registry import AT_INTAKE, OTHER_DISTRIBUTIONS, Distribution
from .tables import Days, period_tables

# In addition to a count of people in several branches: `KEY.overlap`, or these words alone for the young people.
_OVER_BRANCHES = ("sum_of_branches", "overlap")
# The query whose rows are people, each with an age; of all others, the amount is what a row adds.
_AGES = "volunteer_ages"


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
    """A figure's definition and rows. `source` says where a reported number is from; `share`: of whom, if it is one.

    In a year that is closed, value and rows are those that were frozen on `closed_at`; `now` is what the value would be, `changes` are the rows
    through which.
    """

    period: Period
    key: str
    label: str
    definition: str
    value: float | None
    source: str
    note: str | None
    rows: Iterable[ExplainRow]
    share: ShareValue | None = None
    closed_at: str | None = None
    now: float | None = None
    changes: tuple[tuple[bool, ExplainRow], ...] = ()


_DISTRIBUTIONS = {key: spread for key, (spread, _basis) in SPREADS.items()} | {each.key: each for each in OTHER_DISTRIBUTIONS}


def label_of_key(key: str) -> str:
    """Return what people read for a figure, share or distribution; the key itself if it is none of today's."""
    if key in BY_KEY:
        return label_of(BY_KEY[key])
    return label_text(_DISTRIBUTIONS[key].danish, _DISTRIBUTIONS[key].english) if key in _DISTRIBUTIONS else key


def explain(store: Store, period: Period, key: str, branch: str | None = None) -> Explanation:
    """Return the definition of a figure, share or distribution, and the rows of its value in a period. Rows of figures are read one by one."""
    name, _dot, part = key.strip().rpartition(".") if key.strip() not in _OVER_BRANCHES else ("young_people", ".", key.strip())
    if part in _OVER_BRANCHES and isinstance(figure := BY_KEY[figure_key(name)], Figure) and figure.people:
        return _over_branches(store, period, figure, part, branch)
    key = find_key(key, {**_DISTRIBUTIONS, **BY_KEY})
    if key not in BY_KEY:
        return _explain_spread(store, period, key, _DISTRIBUTIONS[key], branch)
    found = BY_KEY[key]
    shown = figures_of_period(store, period, branch)
    share = shown.report.shares[key] if isinstance(found, Share) else None
    value = Value(share.value) if share else shown.report.values[key]
    rows: Iterable[ExplainRow] = ()
    frozen = shown.closing is not None and key in shown.kept
    if isinstance(found, Figure) and found.measure == "per_visit":
        rows = _cost_rows(store, period, branch, shown)
    elif frozen and shown.closing and has_frozen_rows(store, shown.closing.id):
        rows = _frozen(store, found, key, frozen_rows(store, shown.closing.id, frozenset({_rows_key(found, key)})), value.value)
    elif isinstance(found, Share) or (isinstance(found, Figure) and value.source != "reported"):
        chosen, days = chosen_branches(store, branch), period_tables(store, period)
        if isinstance(found, Share):
            rows = _answer_rows(store, found.question, AT_INTAKE if key.endswith(AT_INTAKE) else "", days, chosen, found)
        else:
            rows = _figure_rows(store, found, days, chosen, shown.now or shown.report)
    explained = Explanation(period, key, label_of(found), definition_of(found, period), value.value, value.source, value.note, rows, share)
    if not frozen or not shown.closing:
        return explained
    live = shown.now or shown.report
    now = live.shares[key].value if isinstance(found, Share) else live.values[key].value
    if now != value.value and value.note is None and not has_frozen_rows(store, shown.closing.id):
        # The nation keeps no rows: people come and go with every merge.
        explained = explained._replace(note=_("The rows of the closed year were not kept; these are the rows of today."))
    elif has_frozen_rows(store, shown.closing.id) and value.source == "counted":
        explained = explained._replace(note=_deleted(found, share, value, rows_as_frozen(store, shown.closing.id, _rows_key(found, key))))
    changes = []
    if shown.now:
        changes = changes_since(store, shown.closing.id, shown.report, shown.now, shown.kept, branch, _rows_key(found, key))
    named = _named(store, [FrozenRow(key, each.number, each.date, each.what, each.amount) for each in changes])
    return explained._replace(
        closed_at=shown.closing.closed_at, now=now, changes=tuple((each.added, row) for each, row in zip(changes, named, strict=True))
    )


def _explain_spread(store: Store, period: Period, key: str, spread: Distribution, branch: str | None) -> Explanation:
    """Return a distribution: every row that is in it, with its answer."""
    chosen, days = chosen_branches(store, branch), period_tables(store, period)
    rows: Iterable[ExplainRow]
    if key in SPREADS:
        rows = _answer_rows(store, spread.question, SPREADS[key][1], days, chosen, None)
    else:
        found = rows_of_spread(store, days, list(chosen), key)
        rows = [ExplainRow(_branch(store, branch_id), number, name, date, what, 1, None) for branch_id, number, name, date, what in found]
    definition = _("How the answers are distributed; each row with its answer.")
    return Explanation(period, key, label_of_key(key), definition, len(list(rows)), "counted", None, rows)


def _over_branches(store: Store, period: Period, figure: Figure, part: str, branch: str | None) -> Explanation:
    """List the people counted in several branches: all rows of the branches, or those beyond each human's first."""
    chosen, days = chosen_branches(store, branch), period_tables(store, period)
    sql = f"""SELECT people.branch_id, people.number, people.name, rows.date, {HUMAN.format("people")} AS human
        FROM ({query(figure.query, nation=False)}) AS rows JOIN people ON people.id = rows.person_id
        WHERE {figure.where} ORDER BY people.branch_id, people.number"""
    first: dict[int, str] = {}
    rows = []
    for branch_id, number, name, date, human in store.connection.execute(sql, days).fetchall():
        if branch_id not in chosen:
            continue
        reference = f"{chosen[branch_id]}:{number}"
        if part == "sum_of_branches" or human in first:
            what = f"= {first[human]}" if human in first else ""
            rows.append(ExplainRow(_branch(store, branch_id), number, name, date or "", what, 1, None))
        first.setdefault(human, reference)
    words = {
        "sum_of_branches": (_("sum of the cities"), _("The people of every city; a person in several is in each of them.")),
        "overlap": (_("in several cities"), _("People in several cities, beyond the first: who is linked with whom.")),
    }
    label, definition = words[part]
    key = f"{figure.key}.{part}"
    return Explanation(period, key, f"{label_of(figure)}, {label}", definition, len(rows), "counted", None, rows)


def _rows_key(figure: Figure | ReportedFigure | Share, key: str) -> str:
    """Return the key under which a closed year stores the rows of a figure: for a share, the answers to its question."""
    return answers_key(figure.question, AT_INTAKE if key.endswith(AT_INTAKE) else "") if isinstance(figure, Share) else key


def _frozen(
    store: Store, figure: Figure | ReportedFigure | Share, key: str, frozen: Iterable[FrozenRow], value: float | None
) -> tuple[ExplainRow, ...]:
    rows = list(frozen)
    if not isinstance(figure, Share):
        if isinstance(figure, Figure) and figure.measure in ("min", "max"):
            rows = [row._replace(amount=1) if figure.query == _AGES else row for row in rows if row.amount == value]
        return tuple(sorted(_named(store, rows), key=lambda row: (row.date, row.number or 0, row.what)))
    given: dict[tuple[int | None, str], list[FrozenRow]] = {}
    for row in rows:
        if row.what not in NON_ANSWERS:
            given.setdefault((row.number, row.date), []).append(row)
    several = [sorted(answer.what for answer in answers) for answers in given.values()]
    whole = [answers[0]._replace(what=", ".join(codes)) for answers, codes in zip(given.values(), several, strict=True)]
    named = [
        row._replace(counts=any(code in figure.answers for code in codes)) for row, codes in zip(_named(store, whole), several, strict=True)
    ]
    return tuple(sorted(named, key=lambda row: (not row.counts, row.date, row.number or 0)))


def _deleted(figure: Figure | ReportedFigure | Share, share: ShareValue | None, value: Value, rows: list[FrozenRow]) -> str | None:
    """Say how much of a closed year's value no row is there of any more: rows of people are deleted with their right to it, and figures stay."""
    if share:
        of, there = float(share.answered), float(len({(row.number, row.date) for row in rows if row.what not in NON_ANSWERS}))
    elif not isinstance(figure, Figure) or not figure.query or value.value is None:
        return None
    elif figure.measure in ("rows", "amount"):
        of, there = value.value, sum(1 if row.amount is None else row.amount for row in rows)
    elif figure.measure in ("min", "max"):
        of, there = 1, float(any(row.amount == value.value for row in rows))
    else:
        of, there = value.basis or 0, len(rows)
    if there >= of:
        return None
    words = {"missing": whole_number(round(of - there)), "of": whole_number(round(of))}
    return _("{missing} of {of} can't be listed any more: rows were deleted, by an erasure or a withdrawn consent.", **words)


def _named(store: Store, rows: list[FrozenRow]) -> list[ExplainRow]:
    names = {row["number"]: row["name"] for row in store.rows("SELECT number, name FROM people")}
    return [
        ExplainRow(None, row.number, names.get(row.number), row.date, row.what, 1 if row.amount is None else row.amount, None)
        for row in rows
    ]


def _figure_rows(store: Store, figure: Figure, days: Days, chosen: dict[int, str], report: PeriodReport) -> Iterator[ExplainRow]:
    nation = len(chosen) > 1
    replaced = frozenset(id for id, name in chosen.items() if nation and report.by_branch[name][figure.key].source == "reported")
    amount = "1" if figure.measure == "rows" or figure.query == _AGES else "amount"
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
        yield ExplainRow(_branch(store, branch_id), number, name, date or "", what or "", number_of, None)


def _cost_rows(store: Store, period: Period, branch: str | None, shown: PeriodFigures) -> Iterator[ExplainRow]:
    """Yield the grants that were divided, and the visits they were divided by."""
    yield from explain(store, period, "grants_dkk", branch).rows
    visits = shown.report.values["visits"].value or 0
    yield ExplainRow(None, None, None, "", label_of(BY_KEY["visits"]), visits, None)


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


def _answer_rows(
    store: Store, question: str, basis: str, days: Days, chosen: dict[int, str], share: Share | None
) -> tuple[ExplainRow, ...]:
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
    return ExplainRow(_branch(store, person["branch_id"]), person["number"], person["name"], date, codes, 1, counts)


def _branch(store: Store, id: int | None) -> str | None:
    return store.branches.get(id) if id is not None and len(store.branches) > 1 else None
