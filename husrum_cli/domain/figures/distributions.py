"""Distributions other than of answers at an interview: roles, activities, kinds of partners, municipality by age, programmes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...i18n.collation import danish_key
from ...store import Store
from ...vocabulary import AGE_BANDS
from .answers import AnswerSet, one_spelling, period_answers
from .queries import query
from .registry import ROLE_FIGURES
from .tables import Days

_NOT_RECORDED = "not_recorded"
# Distributions of one text in the rows of a query: the key of the distribution, the query, the column, and which rows.
_TEXTS = (
    ("activity", "events", "done", "kind = 'social'"),
    ("partner_kind", "partners", "partner_kind", "1"),
)


def counted_spreads(
    store: Store, days: Days, branches: list[int], given: Iterable[AnswerSet], numbers: Mapping[str, float]
) -> tuple[dict[str, Any], Programmes]:
    """Return the distributions by key, and what each programme held: occasions, visits, young people. `numbers`: what was counted of the figures."""
    spreads: dict[str, Any] = {"role": {role: numbers.get(figure, 0) for role, figure in ROLE_FIGURES.items()}}
    for key, name, column, where in _TEXTS:
        spreads[key] = _texts(store, days, branches, name, column, where)
    spreads["municipality_age"] = _municipality_by_age(branches, given, store, days)
    return spreads, programmes(store, days, branches)


def _scope(branches: list[int]) -> tuple[bool, int]:
    """Whether the nation is asked, and what its rows, or those of the one branch, have as their scope."""
    return len(branches) > 1, 0 if len(branches) > 1 else branches[0] if branches else 0


def _texts(store: Store, days: Days, branches: list[int], name: str, column: str, where: str) -> dict[str, int]:
    nation, scope = _scope(branches)
    sql = f"SELECT ifnull({column}, '{_NOT_RECORDED}'), count(*) FROM ({query(name, nation, counting=True)}) WHERE scope = :scope AND {where} GROUP BY 1"
    rows = [tuple(row) for row in store.connection.execute(sql, {**days, "scope": scope})]
    spelled = one_spelling(rows)
    numbers: dict[str, int] = {}
    for text, number in rows:
        numbers[spelled.get(text, text)] = numbers.get(spelled.get(text, text), 0) + number
    ordered = sorted(numbers.keys() - {_NOT_RECORDED}, key=danish_key)
    return {text: numbers[text] for text in ordered} | {_NOT_RECORDED: numbers.get(_NOT_RECORDED, 0)}


def _municipality_by_age(branches: list[int], given: Iterable[AnswerSet], store: Store, days: Days) -> dict[str, dict[str, int]]:
    """Return municipality -> age band -> participants of the period; if either is not known, `not_recorded`."""
    answers: dict[str, dict[int, str]] = {"municipality": {}, "age_band": {}}
    for each in given:
        if each.basis == "":
            for question in answers.keys() & each.answers.keys():
                answers[question][each.person_id] = each.answers[question][-1]
    table: dict[str, dict[str, int]] = {}
    chosen = set(branches)
    for person, branch in store.connection.execute("SELECT person_id, branch_id FROM period_people"):
        if branch in chosen:
            place = answers["municipality"].get(person, _NOT_RECORDED)
            band = answers["age_band"].get(person, _NOT_RECORDED)
            row = table.setdefault(place, dict.fromkeys((*AGE_BANDS, _NOT_RECORDED), 0))
            row[band] += 1
    last = ("declined", "not_asked", _NOT_RECORDED)
    ordered = [*sorted(table.keys() - set(last), key=danish_key), *(each for each in last if each in table)]
    return {place: table[place] for place in ordered}


# The programme of each activity, in one spelling.
_NAMED = """
(SELECT DISTINCT activity_id, ifnull((SELECT value FROM json_each(:spelled) WHERE key = programme), programme) AS programme FROM programmes) AS programmes
"""
_PROGRAMMES = """
SELECT {scope}, programmes.programme, count(DISTINCT sessions.id) AS occasions, sum(sessions.unnamed * (channels.kind IS NOT NULL)) AS unnamed
FROM sessions CROSS JOIN {named} ON programmes.activity_id = sessions.activity_id CROSS JOIN activities ON activities.id = programmes.activity_id
LEFT JOIN channels ON channels.kind = activities.kind
WHERE sessions.state = 'held' AND sessions.date BETWEEN :first AND :last AND {chosen} GROUP BY 1, 2 ORDER BY 2
"""
_PROGRAMME_PEOPLE = """
SELECT {scope}, programmes.programme, count(*) AS visits, count(DISTINCT ifnull(people.human_id, people.id)) AS young_people
FROM sessions CROSS JOIN {named} ON programmes.activity_id = sessions.activity_id CROSS JOIN activities ON activities.id = programmes.activity_id
JOIN channels ON channels.kind = activities.kind
CROSS JOIN attendance ON attendance.session_id = sessions.id CROSS JOIN people ON people.id = attendance.person_id
WHERE sessions.state = 'held' AND attendance.part = 'participant' AND sessions.date BETWEEN :first AND :last AND {chosen} GROUP BY 1, 2
"""
Programmes = dict[str, dict[str, int]]


def programmes(store: Store, days: Days, branches: list[int]) -> Programmes:
    """Return what each programme held: occasions, visits, young people."""
    return _programmes(store, days, "0", f"activities.branch_id IN ({', '.join(map(str, branches))})").get(0, {})


def programmes_by_branch(store: Store, days: Days) -> dict[int, Programmes]:
    """Return what each programme held in each branch."""
    return _programmes(store, days, "activities.branch_id", "1")


def _programmes(store: Store, days: Days, scope: str, chosen: str) -> dict[int, Programmes]:
    spreads: dict[int, Programmes] = {}
    if store.value("SELECT 1 FROM programmes LIMIT 1") is None:
        return spreads
    parts, values = {"scope": scope, "chosen": chosen, "named": _NAMED}, {**days, "spelled": _spelled_programmes(store)}
    for branch, programme, occasions, unnamed in store.connection.execute(_PROGRAMMES.format(**parts), values):
        spreads.setdefault(branch, {})[programme] = {"occasions": occasions, "visits": unnamed, "young_people": 0}
    for branch, programme, visits, young_people in store.connection.execute(_PROGRAMME_PEOPLE.format(**parts), values):
        spreads[branch][programme]["visits"] += visits
        spreads[branch][programme]["young_people"] = young_people
    return spreads


def _spelled_programmes(store: Store) -> str:
    """Return spelling -> the spelling that most activities have of the same programme, as JSON."""
    spelled = one_spelling(store.connection.execute("SELECT programme, count(*) FROM programmes GROUP BY 1"))
    if not spelled:
        return "{}"
    import json

    return json.dumps(spelled)


_PROGRAMME_ROWS = f"""
    SELECT activities.branch_id, NULL, NULL, sessions.date, programmes.programme || ': ' || activities.ref || ' ' || ifnull(activities.title, '')
    FROM {_NAMED} JOIN activities ON activities.id = programmes.activity_id JOIN sessions ON sessions.activity_id = activities.id
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
    values = {**days, "scope": scope, "spelled": _spelled_programmes(store)}
    rows = [tuple(row) for row in store.connection.execute(f"SELECT * FROM ({sql}) ORDER BY 4, 1, 2, 5", values)]
    return [row for row in rows if row[0] in branches]


def _municipality_rows(store: Store, days: Days, branches: list[int]) -> list[tuple[int, int | None, str | None, str, str]]:
    answers: dict[tuple[str, int], str] = {}
    for answer in period_answers(store, days):
        if answer.basis == "" and answer.question in ("municipality", "age_band"):
            answers[answer.question, answer.person_id] = answer.answer
    sql = "SELECT people.branch_id, number, name, date, person_id FROM period_people JOIN people ON people.id = person_id"
    rows = [
        (branch, number, name, date, ", ".join(answers.get((question, person), _NOT_RECORDED) for question in ("municipality", "age_band")))
        for branch, number, name, date, person in store.connection.execute(sql)
        if branch in branches
    ]
    return sorted(rows, key=lambda row: (row[3], row[0], row[1]))
