"""Data for researchers: consented people under a pseudonym of the study, without names, texts and dates."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from typing import Any, NamedTuple

from ...input.dates import days_since, today
from ...store import Store
from ...vocabulary import INSTRUMENTS, QUESTIONS
from ..figures.measurements import histories
from ..people.consents import valid_consent, withdrawn_until

RESEARCH = "research"
MONTH = 30
"""Days of a month since baseline."""
ASKED = tuple(question.key for question in QUESTIONS.values() if question.codes is not None)
HEADINGS: dict[str, tuple[str, ...]] = {
    "people": ("pseudonym", "born", "city", *ASKED),
    "measures": ("pseudonym", "instrument", "days_since_baseline", "items", "non_answer"),
    "dose": ("pseudonym", "offer", "month_since_baseline", "visits"),
    "codebook": ("file", "column", "meaning"),
    "left_out": ("reason", "number"),
    "withdrawn": ("pseudonym",),
}
_MEANINGS = {
    ("people", "born"): "year of birth, in a band of five years",
    ("people", "city"): "branch",
    ("measures", "days_since_baseline"): "days since the person's first score of any instrument",
    ("measures", "items"): "answers in order, with commas between; an empty one was left out",
    ("measures", "non_answer"): "declined, not_asked",
    ("dose", "offer"): "channel of the visits, or befriended: days of a match",
    ("dose", "month_since_baseline"): "whole periods of 30 days since the person's first score; negative: before it",
    ("dose", "visits"): "number of named visits; of befriended: of days",
}


class Research(NamedTuple):
    """file -> rows, in the order of `HEADINGS`."""

    tables: dict[str, list[tuple[Any, ...]]]


def research_data(store: Store, key: bytes, first: str, last: str) -> Research:
    """Return everybody who has agreed to research today, with what was measured and visited between two days.

    Pseudonyms are an HMAC-SHA256 of the uid under the study's own key. People who withdrew the consent are listed by pseudonym alone, to be deleted.
    """
    tables: dict[str, list[tuple[Any, ...]]] = {name: [] for name in HEADINGS}
    left_out: Counter[str] = Counter()
    people = store.rows(
        """SELECT id, uid, branch_id, born FROM people
        WHERE id IN (SELECT person_id FROM intakes UNION SELECT person_id FROM measures) OR id IN (SELECT person_id FROM consents WHERE purpose = 'research')
        ORDER BY uid"""
    )
    start = _first_scores(store)
    for person in people:
        pseudonym = hmac.new(key, person["uid"].encode(), hashlib.sha256).hexdigest()
        if not valid_consent(store, person["id"], RESEARCH, today()):
            withdrawn = withdrawn_until(store, person["id"], RESEARCH) is not None
            left_out["consent withdrawn" if withdrawn else "no consent"] += 1
            tables["withdrawn"] += [(pseudonym,)] if withdrawn else []
            continue
        answers = _answers(store, person["id"])
        year = int(person["born"][:4]) // 5 * 5 if person["born"] else None
        band = f"{year}-{year + 4}" if year is not None else ""
        tables["people"].append((pseudonym, band, store.branches[person["branch_id"]], *(answers.get(question, "") for question in ASKED)))
        baseline = start.get(person["id"])
        if baseline is None:
            left_out["no score: in people.csv only"] += 1
            continue
        tables["measures"] += ((pseudonym, *row) for row in _measures(store, person["id"], baseline, first, last))
        tables["dose"] += ((pseudonym, *row) for row in _dose(store, person["id"], baseline, first, last))
    tables["left_out"] = sorted(left_out.items())
    tables["withdrawn"].sort()
    tables["codebook"] = [
        (name, column, _meaning(name, column)) for name, columns in HEADINGS.items() if name != "codebook" for column in columns
    ]
    for name in ("people", "measures", "dose"):
        tables[name].sort(key=lambda row: tuple(map(str, row[:2])) + (row[2] if isinstance(row[2], int) else 0,))
    return Research(tables)


def _first_scores(store: Store) -> dict[int, str]:
    """Return person -> the day of their first score, in whichever city."""
    found: dict[int, str] = {}
    for instrument in INSTRUMENTS:
        for history in histories(store, instrument, store.branches, answered=True):
            if history.first:
                found |= {id: min(history.first.date, found.get(id, history.first.date)) for id in history.ids}
    return found


def _answers(store: Store, person: int) -> dict[str, str]:
    """Return the answers at the first interview; without one, at the first enquiry."""
    sql = """SELECT question, answer FROM answers WHERE intake_id = (SELECT id FROM intakes WHERE person_id = ?
        ORDER BY held IS NULL, held, ifnull(enquired, ''), id LIMIT 1) ORDER BY question, answer"""
    answers: dict[str, list[str]] = {}
    for question, answer in store.connection.execute(sql, (person,)):
        answers.setdefault(question, []).append(answer)
    return {question: "|".join(codes) for question, codes in answers.items()}


def _measures(store: Store, person: int, baseline: str, first: str, last: str) -> list[tuple[Any, ...]]:
    sql = "SELECT instrument, date, items, non_answer FROM measures WHERE person_id = ? AND date BETWEEN ? AND ? ORDER BY date, instrument"
    return [
        (instrument, days_since(baseline, day), items or "", non_answer or "")
        for instrument, day, items, non_answer in store.connection.execute(sql, (person, first, last))
    ]


def _dose(store: Store, person: int, baseline: str, first: str, last: str) -> list[tuple[str, int, int]]:
    """Return (offer, month since baseline, visits) tuples."""
    number: Counter[tuple[str, int]] = Counter()
    sql = "SELECT channel, date FROM visits WHERE named AND person_id = ? AND date BETWEEN ? AND ?"
    for channel, day in store.connection.execute(sql, (person, first, last)):
        number[channel, days_since(baseline, day) // MONTH] += 1
    sql = "SELECT max(starts, ?2), min(ends, ?3) FROM match_periods WHERE person_id = ?1 AND starts <= ?3 AND ends >= ?2 AND starts > '0001-01-01'"
    for starts, ends in store.connection.execute(sql, (person, first, min(last, today()))):
        for day_number in range(days_since(baseline, starts), days_since(baseline, ends) + 1):
            number["befriended", day_number // MONTH] += 1
    return [(offer, month, visits) for (offer, month), visits in sorted(number.items())]


def _meaning(name: str, column: str) -> str:
    if column in QUESTIONS and name == "people":
        question = QUESTIONS[column]
        codes = ", ".join(f"{code.code}: {code.english}" for code in (question.codes or {}).values())
        return f"{question.label.english}, at the first interview ({codes}; declined, not_asked; empty: not recorded; several with |)"
    if column == "pseudonym":
        return "HMAC-SHA256 of the person's identifier under the study's key"
    if column == "instrument":
        return "; ".join(
            f"{each.code.code}: {each.code.english}, {len(each.items)} items {each.lowest}-{each.highest}, score: sum x {each.factor}"
            for each in INSTRUMENTS.values()
        )
    return _MEANINGS.get((name, column), column)
