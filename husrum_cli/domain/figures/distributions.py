"""Distributions that are no answers at an interview: roles, activities, kinds of partners, municipality by age, programmes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...i18n.collation import danish_key
from ...store import Store
from ...vocabulary import AGE_BANDS, ROLE
from .answers import Answer, one_spelling, period_answers
from .queries import query
from .tables import Days

_NOT_RECORDED = "not_recorded"
# What is counted of one text in the rows of a query: the key of the distribution, the query, the column, and which rows.
_TEXTS = (
    ("activity", "events", "done", "kind = 'social'"),
    ("partner_kind", "partners", "partner_kind", "1"),
)


def counted_spreads(
    store: Store, days: Days, branches: list[int], given: Iterable[Answer]
) -> tuple[dict[str, Any], dict[str, dict[str, int]]]:
    """Return the distributions by key, and what each programme held: occasions, visits, young people."""
    spreads: dict[str, Any] = {"role": _roles(store, days, branches)}
    for key, name, column, where in _TEXTS:
        spreads[key] = _texts(store, days, branches, name, column, where)
    spreads["municipality_age"] = _municipality_by_age(branches, given, store, days)
    return spreads, programmes(store, days, branches)


def _scope(branches: list[int]) -> tuple[bool, int]:
    """Whether the nation is asked, and what its rows, or those of the one branch, have as their scope."""
    return len(branches) > 1, 0 if len(branches) > 1 else branches[0] if branches else 0


def _roles(store: Store, days: Days, branches: list[int]) -> dict[str, int]:
    nation, scope = _scope(branches)
    numbers = ", ".join(f"ifnull(sum({role}), 0)" for role in ROLE)
    row = store.connection.execute(
        f"SELECT {numbers} FROM ({query('volunteers', nation)}) WHERE scope = :scope", {**days, "scope": scope}
    ).fetchone()
    return dict(zip(ROLE, row, strict=True))


def _texts(store: Store, days: Days, branches: list[int], name: str, column: str, where: str) -> dict[str, int]:
    nation, scope = _scope(branches)
    sql = f"SELECT ifnull({column}, '{_NOT_RECORDED}'), count(*) FROM ({query(name, nation)}) WHERE scope = :scope AND {where} GROUP BY 1"
    rows = [tuple(row) for row in store.connection.execute(sql, {**days, "scope": scope})]
    spelled = one_spelling(rows)
    numbers: dict[str, int] = {}
    for text, number in rows:
        numbers[spelled.get(text, text)] = numbers.get(spelled.get(text, text), 0) + number
    ordered = sorted(numbers.keys() - {_NOT_RECORDED}, key=danish_key)
    return {text: numbers[text] for text in ordered} | {_NOT_RECORDED: numbers.get(_NOT_RECORDED, 0)}


def _municipality_by_age(branches: list[int], given: Iterable[Answer], store: Store, days: Days) -> dict[str, dict[str, int]]:
    """Municipality -> age band -> participants of the period; where either is not known, `not_recorded`."""
    said: dict[str, dict[int, str]] = {"municipality": {}, "age_band": {}}
    for answer in given:
        if answer.basis == "" and answer.question in said:
            said[answer.question][answer.person_id] = answer.answer
    table: dict[str, dict[str, int]] = {}
    chosen = set(branches)
    for person, branch in store.connection.execute("SELECT person_id, branch_id FROM period_people"):
        if branch in chosen:
            place = said["municipality"].get(person, _NOT_RECORDED)
            band = said["age_band"].get(person, _NOT_RECORDED)
            row = table.setdefault(place, dict.fromkeys((*AGE_BANDS, _NOT_RECORDED), 0))
            row[band] += 1
    last = ("declined", "not_asked", _NOT_RECORDED)
    ordered = [*sorted(table.keys() - set(last), key=danish_key), *(each for each in last if each in table)]
    return {place: table[place] for place in ordered}


_PROGRAMMES = """
SELECT programmes.programme, count(DISTINCT sessions.id) AS occasions,
    sum(sessions.unnamed * (channels.kind IS NOT NULL)) AS unnamed
FROM programmes JOIN activities ON activities.id = programmes.activity_id JOIN sessions ON sessions.activity_id = activities.id
LEFT JOIN channels ON channels.kind = activities.kind
WHERE sessions.state = 'held' AND sessions.date BETWEEN :first AND :last AND activities.branch_id IN ({branches}) GROUP BY 1 ORDER BY 1
"""
_PROGRAMME_PEOPLE = """
SELECT programmes.programme, count(*) AS visits, count(DISTINCT ifnull(people.human_id, people.id)) AS young_people
FROM programmes JOIN activities ON activities.id = programmes.activity_id JOIN channels ON channels.kind = activities.kind
JOIN sessions ON sessions.activity_id = activities.id JOIN attendance ON attendance.session_id = sessions.id
JOIN people ON people.id = attendance.person_id
WHERE sessions.state = 'held' AND attendance.part = 'participant' AND sessions.date BETWEEN :first AND :last AND activities.branch_id IN ({branches}) GROUP BY 1
"""


def programmes(store: Store, days: Days, branches: list[int]) -> dict[str, dict[str, int]]:
    """Return what each programme held: occasions, visits, young people."""
    chosen = ", ".join(map(str, branches))
    spread = {
        row["programme"]: {"occasions": row["occasions"], "visits": row["unnamed"], "young_people": 0}
        for row in store.connection.execute(_PROGRAMMES.format(branches=chosen), days)
    }
    for row in store.connection.execute(_PROGRAMME_PEOPLE.format(branches=chosen), days):
        spread[row["programme"]]["visits"] += row["visits"]
        spread[row["programme"]]["young_people"] = row["young_people"]
    return spread


_PROGRAMME_ROWS = """
    SELECT activities.branch_id, NULL, NULL, sessions.date, programmes.programme || ': ' || activities.ref || ' ' || ifnull(activities.title, '')
    FROM programmes JOIN activities ON activities.id = programmes.activity_id JOIN sessions ON sessions.activity_id = activities.id
    WHERE sessions.state = 'held' AND sessions.date BETWEEN :first AND :last"""


def rows_of_spread(store: Store, days: Days, branches: list[int], key: str) -> list[tuple[int, int | None, str | None, str, str]]:
    """Return the rows of a distribution, as (branch, number, name, date, what)."""
    nation, scope = _scope(branches)
    if key == "programme":
        sql = _PROGRAMME_ROWS
    elif key == "municipality_age":
        return _municipality_rows(store, days, branches)
    elif key == "role":
        sql = f"""SELECT people.branch_id, people.number, people.name, rows.date, rows.what
            FROM ({query("volunteers", nation)}) AS rows JOIN people ON people.id = rows.person_id WHERE scope = :scope"""
    else:
        name, column, where = next(rest for each, *rest in _TEXTS if each == key)
        sql = f"""SELECT branch, NULL, NULL, ifnull(date, ''), ifnull({column}, '{_NOT_RECORDED}') || ': ' || what
            FROM ({query(name, nation)}) WHERE scope = :scope AND {where}"""
    rows = [tuple(row) for row in store.connection.execute(f"SELECT * FROM ({sql}) ORDER BY 4, 1, 2, 5", {**days, "scope": scope})]
    return [row for row in rows if row[0] in branches]


def _municipality_rows(store: Store, days: Days, branches: list[int]) -> list[tuple[int, int | None, str | None, str, str]]:
    said: dict[tuple[str, int], str] = {}
    for answer in period_answers(store, days):
        if answer.basis == "" and answer.question in ("municipality", "age_band"):
            said[answer.question, answer.person_id] = answer.answer
    sql = "SELECT people.branch_id, number, name, date, person_id FROM period_people JOIN people ON people.id = person_id"
    rows = [
        (branch, number, name, date, ", ".join(said.get((question, person), _NOT_RECORDED) for question in ("municipality", "age_band")))
        for branch, number, name, date, person in store.connection.execute(sql)
        if branch in branches
    ]
    return sorted(rows, key=lambda row: (row[3], row[0], row[1]))
