"""The rows that a closed year's figures are made of: written down when it is closed, so that what changed since can be traced."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...records import Period
from ...store import Store
from ...store.closed_rows import ClosedRow, read_rows, write_rows
from ...vocabulary import Share
from .answers import period_answers
from .compute import PeriodReport, chosen_branches
from .figure import Figure
from .queries import query
from .registry import BY_KEY, COUNTED
from .share_registry import AT_INTAKE, DISTRIBUTIONS, INTAKE_DISTRIBUTIONS, RECRUITED
from .tables import Days, period_tables


class FrozenRow(NamedTuple):
    """A row behind a figure, or an answer behind a distribution and the shares of its question: then `what` is the answer. `number`: the person's, if any."""

    key: str
    number: int | None
    date: str
    what: str
    amount: float | None


class Difference(NamedTuple):
    """A row that came to a closed year's figures, or went. `keys`: the figures and distributions it changed."""

    added: bool
    number: int | None
    date: str
    what: str
    amount: float | None
    keys: tuple[str, ...]


_BY_KEY = {figure.key: figure for figure in COUNTED}
_QUERIES = dict.fromkeys(figure.query for figure in COUNTED if figure.query)
# Rows of these are people, each once: what they did first in the year may change without a change in who they are.
_PEOPLE = frozenset(
    {
        *(
            "participants",
            "participants_of_offer",
            "newcomers",
            "first_interviews",
            "waiting",
            "volunteers",
            "volunteer_ages",
            "onward",
            "befrienders",
        ),
        *("befrienders_free", "applicants"),
    }
)


def rows_now(store: Store, period: Period, branch: str | None = None, keys: frozenset[str] | None = None) -> Iterator[ClosedRow]:
    """Yield the rows behind every counted figure and then the answers of a period of one branch, as a closing keeps them. `keys`: only of these."""
    (id,) = chosen_branches(store, branch)
    uid = str(store.value("SELECT uid FROM branches WHERE id = ?", id))
    days = period_tables(store, period)
    for name in _QUERIES:
        figures = [figure for figure in COUNTED if figure.query == name and (keys is None or figure.key in keys)]
        whole = [figure for figure in figures if figure.measure == "rows"]
        added = [figure for figure in figures if figure.measure != "rows"]
        for counted, amount in ((whole, "1"), (added, "amount")):
            if counted:
                yield from _rows(store, days, id, uid, name, counted, amount)
    if keys is None or keys - _BY_KEY.keys():
        yield from (row for row in _answers(store, days, id, uid) if keys is None or row.keys in keys)


def _rows(store: Store, days: Days, branch: int, uid: str, name: str, figures: list[Figure], amount: str) -> Iterator[ClosedRow]:
    keys = " || ".join(f"iif({figure.where}, '{figure.key} ', '')" for figure in figures)
    sql = f"""
        SELECT trim({keys}) AS keys, ifnull(date, ''), ifnull(what, ''), {amount}, json_group_array(people.number)
        FROM ({query(name, nation=False)}) AS rows LEFT JOIN people ON people.id = rows.person_id
        WHERE scope = :scope AND keys <> '' GROUP BY 1, 2, 3, 4"""
    for counted, date, what, number, people in store.connection.execute(sql, {**days, "scope": branch}):
        yield from _grouped(ClosedRow(counted, date, what, number, uid), json.loads(people))


def _grouped(row: ClosedRow, people: list[int | None]) -> Iterator[ClosedRow]:
    """Yield the same row for all its people, and one for each that is about nobody."""
    numbers = sorted(number for number in people if number is not None)
    if numbers:
        yield row._replace(people=tuple(numbers))
    for _nobody in range(len(people) - len(numbers)):
        yield row._replace(branch=None)


def _answers(store: Store, days: Days, branch: int, uid: str) -> Iterator[ClosedRow]:
    """Yield the answers of each question by themselves, so that those about health can be forgotten alone."""
    numbers = dict(store.connection.execute("SELECT id, number FROM people WHERE branch_id = ?", (branch,)).fetchall())
    groups: dict[tuple[str, str, str], list[int | None]] = {}
    for answer in period_answers(store, days):
        if answer.branch_id == branch:
            # Nobody was asked their age on a day: what is there is the birth date.
            date = "" if answer.question == "age_band" else answer.date or ""
            groups.setdefault((answers_key(answer.question, answer.basis), date, answer.answer), []).append(numbers[answer.person_id])
    for (key, date, text), people in groups.items():
        yield from _grouped(ClosedRow(key, date, text, 1, uid), people)


def freeze_rows(store: Store, closing: int, period: Period) -> None:
    """Write down the rows behind a year that is closed."""
    write_rows(store, closing, rows_now(store, period))


def has_frozen_rows(store: Store, closing: int) -> bool:
    """Whether the rows of a closing were written down: a city's are, the nation's are not."""
    return bool(store.value("SELECT 1 FROM closed_rows WHERE closed_year_id = ? LIMIT 1", closing))


_DISTRIBUTION = {one.question: one.key for one in (*DISTRIBUTIONS, *INTAKE_DISTRIBUTIONS, RECRUITED)}


def answers_key(question: str, basis: str) -> str:
    """Return what answers to a question are kept under: the distribution that shows them."""
    only_there = question in {one.question for one in INTAKE_DISTRIBUTIONS} or basis == "_volunteers"
    return _DISTRIBUTION[question] + ("" if only_there else basis)


def frozen_rows(store: Store, closing: int, keys: frozenset[str] | None = None) -> Iterator[FrozenRow]:
    """Yield the rows of a closing, of these keys or of all. People who were joined with another person since are that person."""
    return _single(_then(store, closing), keys)


def rows_as_frozen(store: Store, closing: int, keys: frozenset[str]) -> list[FrozenRow]:
    """Return the rows of a closing with these keys that are still there, each of the person whom it was written down for."""
    return list(_single(read_rows(store, closing), keys))


def _then(store: Store, closing: int) -> Iterator[ClosedRow]:
    sql = "SELECT former.number, people.number FROM former_numbers AS former JOIN people ON people.id = former.person_id"
    joined = dict(store.connection.execute(sql).fetchall())
    for row in read_rows(store, closing):
        yield row._replace(people=tuple(sorted(joined.get(number, number) for number in row.people))) if joined else row


def _single(rows: Iterable[ClosedRow], keys: frozenset[str] | None = None) -> Iterator[FrozenRow]:
    for row in rows:
        for key in row.keys.split():
            if keys is None or key in keys:
                for number in row.people or (None,):
                    yield FrozenRow(key, number, row.date, row.what, row.amount)


def changes_since(
    store: Store,
    closing: int,
    frozen: PeriodReport,
    now: PeriodReport,
    known: frozenset[str],
    branch: str | None = None,
    key: str | None = None,
) -> list[Difference]:
    """Return the rows that make a closed year's figures different now. Empty if rows are not stored.

    `known`: the figures that the closing holds. `key`: what the rows that are asked for are kept under, whatever its number, with the answers if they are any;
    None: those of every number that would be another.
    """
    wanted = frozenset([key]) if key is not None else _changed(frozen, now)
    found = changes(store, closing, frozen.period, branch, known, wanted, key is not None) if wanted else []
    counting = [each._replace(keys=tuple(name for name in each.keys if _counts(each, name, frozen, now))) for each in found]
    return [each for each in counting if each.keys]


def _counts(row: Difference, key: str, frozen: PeriodReport, now: PeriodReport) -> bool:
    """Whether a figure has to do with a row that came or went: of the oldest and the like, only the row that was it, or is it now."""
    figure = _BY_KEY.get(key)
    return figure is None or figure.measure not in ("min", "max") or row.amount == (now if row.added else frozen).values[key].value


def _changed(frozen: PeriodReport, now: PeriodReport) -> frozenset[str]:
    """Return the keys of the stored rows of all numbers that would differ now."""
    keys = {key for key, value in frozen.values.items() if value.value != now.values[key].value}
    keys |= {key for key, spread in frozen.distributions.items() if spread != now.distributions[key]}
    for key, share in frozen.shares.items():
        if share != now.shares[key]:
            found = BY_KEY[key]
            assert isinstance(found, Share)
            keys.add(answers_key(found.question, AT_INTAKE if key.endswith(AT_INTAKE) else ""))
    return frozenset(keys)


def changes(
    store: Store, closing: int, period: Period, branch: str | None, known: frozenset[str], wanted: frozenset[str], answers: bool
) -> list[Difference]:
    """Return what came to and went from the rows of a closed year, in order of date.

    `known`: the figures that the closing holds; of others, nothing was written down. `wanted`: what rows are kept under that are asked for. `answers`: with the
    answer that each row is, if it is one.
    """
    if not has_frozen_rows(store, closing):
        return []
    then = _by_line(_wanted(_then(store, closing), wanted))
    now = _by_line(rows_now(store, period, branch, wanted))
    # Rows that are the same in both, people included, are not differences; only the rest is compared row by row.
    before = [row for line, rows in then.items() if rows != now.get(line) for row in rows]
    after = [row for line, rows in now.items() if rows != then.get(line) for row in rows]
    return _differences(_single(before, known), _single(after, known), answers)


def _wanted(rows: Iterable[ClosedRow], keys: frozenset[str]) -> Iterator[ClosedRow]:
    for row in rows:
        if kept := " ".join(key for key in row.keys.split() if key in keys):
            yield row._replace(keys=kept)


def _by_line(rows: Iterable[ClosedRow]) -> dict[ClosedRow, list[ClosedRow]]:
    found: dict[ClosedRow, list[ClosedRow]] = {}
    for row in rows:
        found.setdefault(row._replace(people=()), []).append(row)
    return found


def _differences(then: Iterable[FrozenRow], now: Iterable[FrozenRow], answers: bool) -> list[Difference]:
    before, after = _counted(then), _counted(now)
    found: dict[tuple[str, int | None, str, bool, float | None], list[str]] = {}
    for added, more, fewer in ((True, after, before), (False, before, after)):
        for identity, rows in more.items():
            for row in rows[len(fewer.get(identity, ())) :]:
                what = row.what if answers or row.key in _BY_KEY else ""
                found.setdefault((row.date, row.number, what, added, row.amount), []).append(row.key)
    order = sorted(found.items(), key=lambda item: (item[0][0], item[0][1] or 0, item[0][3], item[0][2]))
    return [
        Difference(added, number, date, what, amount, tuple(dict.fromkeys(keys))) for (date, number, what, added, amount), keys in order
    ]


def _counted(rows: Iterable[FrozenRow]) -> dict[object, list[FrozenRow]]:
    """Return the rows by what makes two of them the same one."""
    counted: dict[object, list[FrozenRow]] = {}
    for row in rows:
        figure = _BY_KEY.get(row.key)
        identity: object = (row.key, row.number, row.amount) if figure and figure.query in _PEOPLE else row
        counted.setdefault(identity, []).append(row)
    return counted
