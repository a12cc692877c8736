"""Explanations of numbers: the definition, and exactly the rows that are counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ...i18n import _, label_text, whole_number
from ...records import Period
from ...store import Store
from ...vocabulary import NON_ANSWERS, Share
from .answers import SPREADS, ShareValue
from .compute import Value, chosen_branches
from .explained_rows import AGES, ExplainRow, answer_rows, branch_of_row, figure_rows, frozen_figure_rows, named_rows
from .explained_spreads import changed_numbers, changed_rows, frozen_spread_rows, keys_of_rows, number_in_spread, spread_rows
from .figure import Figure, ReportedFigure
from .freeze import checked_closing, figures_of_period
from .frozen_rows import FrozenRow, answers_key, changes_since, frozen_rows, has_frozen_rows, rows_as_frozen
from .key_names import find_key
from .queries import HUMAN, query
from .registry import BY_KEY, definition_of, figure_key, label_of
from .share_registry import AT_INTAKE, OTHER_DISTRIBUTIONS, PROGRAMME
from .tables import period_tables

# In addition to a count of people in several branches: `KEY.overlap`, or these words alone for the young people.
_OVER_BRANCHES = ("sum_of_branches", "overlap")


class Explanation(NamedTuple):
    """A figure's definition and rows. `source` says where a reported number is from; `share`: of whom, if it is one.

    In a year that is closed, value and rows are those that were frozen on `closed_at`; `now` is what the value would be (`share_now`: of whom), `changes`
    are the rows through which.
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
    share_now: ShareValue | None = None
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
        return _explain_spread(store, period, key, branch)
    found = BY_KEY[key]
    shown = figures_of_period(store, period, branch)
    share = shown.report.shares[key] if isinstance(found, Share) else None
    value = Value(share.value) if share else shown.report.values[key]
    explained = Explanation(period, key, label_of(found), definition_of(found, period), value.value, value.source, value.note, (), share)
    closing = shown.closing if key in shown.kept else None
    if closing:
        live = shown.now or shown.report
        explained = explained._replace(
            closed_at=closing.closed_at,
            now=live.shares[key].value if share else live.values[key].value,
            share_now=live.shares[key] if share else None,
        )
    if isinstance(found, Figure) and found.measure == "per_visit":
        return _with_parts(store, explained, branch)
    rows_kept = closing is not None and has_frozen_rows(store, closing.id)
    rows: Iterable[ExplainRow] = ()
    if closing and rows_kept:
        rows = frozen_figure_rows(store, found, key, frozen_rows(store, closing.id, frozenset({_rows_key(found, key)})), value.value)
    elif isinstance(found, Share) or (isinstance(found, Figure) and value.source != "reported"):
        chosen, days = chosen_branches(store, branch), period_tables(store, period)
        if isinstance(found, Share):
            rows = answer_rows(store, found.question, AT_INTAKE if key.endswith(AT_INTAKE) else "", days, chosen, found)
        else:
            rows = figure_rows(store, found, days, chosen, shown.now or shown.report)
    explained = explained._replace(rows=rows)
    if not closing:
        return explained
    if explained.now != value.value and value.note is None and not rows_kept:
        # The nation keeps no rows: people come and go with every merge.
        explained = explained._replace(note=_rows_of_today())
    elif rows_kept and value.source == "counted":
        kept = rows_as_frozen(store, closing.id, frozenset({_rows_key(found, key)}))
        explained = explained._replace(note=_deleted(found, share, value, kept))
    changes = []
    if shown.now:
        changes = changes_since(store, closing.id, shown.report, shown.now, shown.kept, branch, _rows_key(found, key))
    ages = isinstance(found, Figure) and found.query == AGES
    named = named_rows(store, [FrozenRow(key, each.number, each.date, each.what, 1 if ages else each.amount) for each in changes])
    return explained._replace(changes=tuple((each.added, row) for each, row in zip(changes, named, strict=True)))


def _with_parts(store: Store, explained: Explanation, branch: str | None) -> Explanation:
    """Return the explanation of a cost with the grants that were divided, and the visits they were divided by; and with what changed in both."""
    grants, visits = (explain(store, explained.period, key, branch) for key in ("grants_dkk", "visits"))
    notes = [f"{part.label}: {part.note}" for part in (grants, visits) if part.closed_at and part.source == "counted" and part.note]
    return explained._replace(
        rows=[*grants.rows, ExplainRow(None, None, None, "", visits.label, visits.value or 0, None)],
        note=explained.note or " ".join(notes) or None,
        changes=grants.changes + visits.changes,
    )


def _explain_spread(store: Store, period: Period, key: str, branch: str | None) -> Explanation:
    """Return a distribution: every row that is in it, with its answer."""
    rows = spread_rows(store, period, key, branch)
    definition = _("How the answers are distributed; each row with its answer.")
    explained = Explanation(period, key, label_of_key(key), definition, len(rows), "counted", None, rows)
    shown = figures_of_period(store, period, branch) if period.year is not None and checked_closing(store, period.year, branch) else None
    if shown is None or shown.closing is None or key not in (shown.kept | {PROGRAMME.key}):
        return explained
    value = number_in_spread(shown.report, key)
    explained = explained._replace(value=value, closed_at=shown.closing.closed_at, now=len(rows))
    kept_under = keys_of_rows(key)
    if kept_under and has_frozen_rows(store, shown.closing.id):
        frozen = frozen_spread_rows(store, key, frozen_rows(store, shown.closing.id, kept_under))
        there = len(frozen_spread_rows(store, key, rows_as_frozen(store, shown.closing.id, kept_under)))
        return explained._replace(rows=frozen, note=_missing(value, there), changes=changed_rows(frozen, rows))
    changes = changed_numbers(shown.report, shown.now or shown.report, key)
    return explained._replace(note=_rows_of_today() if changes else None, changes=changes)


def _rows_of_today() -> str:
    return _("The rows of the closed year were not kept; these are the rows of today.")


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
            rows.append(ExplainRow(branch_of_row(store, branch_id), number, name, date or "", what, 1, None))
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
    return _missing(of, there)


def _missing(of: float, there: float) -> str | None:
    if there >= of:
        return None
    words = {"missing": whole_number(round(of - there)), "of": whole_number(round(of))}
    return _("{missing} of {of} can't be listed any more: rows were deleted, by an erasure or a withdrawn consent.", **words)
