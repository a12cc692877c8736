"""The rows that a year's figures are made of: kept when it is closed, so that what changed since can be traced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...store import Store
from ...store.closed_rows import ClosedRow, read_rows, write_rows
from .answers import year_answers
from .compute import YearReport, chosen_branches, year_tables
from .queries import question
from .registry import FIGURES
from .share_registry import AT_INTAKE, DISTRIBUTIONS, INTAKE_DISTRIBUTIONS, RECRUITED


class MadeOf(NamedTuple):
    """A row behind a figure, or an answer behind a distribution and the shares of its question: then `what` is the answer."""

    key: str
    person_id: int | None
    date: str
    what: str
    amount: float | None


def made_of(store: Store, report: YearReport, branch: str | None = None) -> Iterator[MadeOf]:
    """Every row behind the counted figures, then every answer of the year."""
    chosen = chosen_branches(store, branch)
    nation = len(chosen) > 1
    with year_tables(store, report.year) as days:
        for figure in FIGURES:
            if report.values[figure.key].source == "reported":
                continue
            # Of the ages, everybody's is kept: who is the youngest or oldest now may not have been it then.
            amount = {"amount": "amount", "rows": "1"}.get(figure.measure, "age")
            values = {**days, "scope": 0 if nation else next(iter(chosen))}
            sql = f"SELECT person_id, date, what, {amount} FROM ({question(figure.question, nation)}) WHERE scope = :scope AND ({figure.where})"
            for person, date, what, number in store.connection.execute(sql, values):
                yield MadeOf(figure.key, person, date or "", what or "", number)
        for answer in year_answers(store, days):
            if answer.branch_id in chosen:
                # Nobody was asked their age on a day: what stands there is the birth date.
                date = "" if answer.question == "age_band" else answer.date
                yield MadeOf(answers_key(answer.question, answer.basis), answer.person_id, date or "", answer.answer, 1)


def keep_rows(store: Store, closing: int, rows: Iterable[MadeOf]) -> None:
    """Write the rows behind a closed year's figures down: one for all the figures and people that differ in nothing else."""
    people = {row["id"]: (row["uid"], row["number"]) for row in store.rows(_PEOPLE_BY_ID)}
    keys: dict[tuple[str, str, str, float | None, str | None, int | None, int], list[str]] = {}
    seen: dict[tuple[str, MadeOf], int] = {}
    for row in rows:
        # Two rows that are alike in a figure are two; alike in two figures, they are one row that counts in both.
        times = seen[row.key, row] = seen.get((row.key, row), 0) + 1
        branch, number = people[row.person_id] if row.person_id is not None else (None, None)
        question = "" if row.key in _BY_KEY else row.key.removesuffix(AT_INTAKE)  # an answer about health shares its line with no other
        keys.setdefault((question, row.date, row.what, row.amount, branch, number, times), []).append(row.key)
    grouped: dict[ClosedRow, list[int]] = {}
    for (_question, date, what, amount, branch, number, times), counted in keys.items():
        # Only rows of people share a line: of others, each is a line of its own.
        nobody = (times,) if number is None else ()
        group = grouped.setdefault(ClosedRow(" ".join(counted), date, what, amount, branch, nobody), [])
        if number is not None:
            group.append(number)
    write_rows(store, closing, (row._replace(people=tuple(sorted(numbers))) for row, numbers in grouped.items()))


def kept_rows(store: Store, closing: int) -> list[MadeOf]:
    """The rows behind a closed year's figures, as they were then. Somebody who was joined with another is that other."""
    people = {(row["uid"], row["number"]): row["id"] for row in store.rows(_PEOPLE_BY_NUMBER)}
    return [
        MadeOf(key, people.get((row.branch, number)) if number else None, row.date, row.what, row.amount)
        for row in read_rows(store, closing)
        for number in row.people or (None,)
        for key in row.keys.split()
    ]


_PEOPLE_BY_ID = "SELECT people.id, people.number, branches.uid FROM people JOIN branches ON branches.id = people.branch_id"
_PEOPLE_BY_NUMBER = f"""{_PEOPLE_BY_ID} UNION ALL
    SELECT former.person_id, former.number, branches.uid FROM former_numbers AS former JOIN branches ON branches.id = former.branch_id"""

_DISTRIBUTION = {one.question: one.key for one in (*DISTRIBUTIONS, *INTAKE_DISTRIBUTIONS, RECRUITED)}


def answers_key(question: str, basis: str) -> str:
    """What answers to a question are kept under: the distribution that shows them."""
    only_there = question in {one.question for one in INTAKE_DISTRIBUTIONS} or basis == "_volunteers"
    return _DISTRIBUTION[question] + ("" if only_there else basis)


class Difference(NamedTuple):
    """A row that came to a closed year's figures, or went. `keys`: the figures and distributions it changed."""

    added: bool
    person_id: int | None
    date: str
    what: str
    amount: float | None
    keys: tuple[str, ...]


_BY_KEY = {figure.key: figure for figure in FIGURES}
# Rows of these are people, each once: what they did first in the year may change without a change in who they are.
_PEOPLE = frozenset({"participants", "newcomers", "waiting", "volunteers", "onward", "befrienders"})


def differences(then: Iterable[MadeOf], now: Iterable[MadeOf]) -> list[Difference]:
    """What came and what went, each row once, in order of date. Which answer it was is not repeated."""
    before, after = _counted(then), _counted(now)
    found: dict[tuple[str, int | None, str, bool, float | None], list[str]] = {}
    for added, more, fewer in ((True, after, before), (False, before, after)):
        for identity, rows in more.items():
            for row in rows[len(fewer.get(identity, ())) :]:
                what = row.what if row.key in _BY_KEY else ""
                found.setdefault((row.date, row.person_id, what, added, row.amount), []).append(row.key)
    order = sorted(found.items(), key=lambda item: (item[0][0], item[0][1] or 0, item[0][2], item[0][3]))
    return [
        Difference(added, person, date, what, amount, tuple(dict.fromkeys(keys))) for (date, person, what, added, amount), keys in order
    ]


def _counted(rows: Iterable[MadeOf]) -> dict[object, list[MadeOf]]:
    """The rows by what makes two of them the same one."""
    counted: dict[object, list[MadeOf]] = {}
    for row in rows:
        figure = _BY_KEY.get(row.key)
        identity: object = (row.key, row.person_id, row.amount) if figure and figure.question in _PEOPLE else row
        counted.setdefault(identity, []).append(row)
    return counted
