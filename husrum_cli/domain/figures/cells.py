"""What publishing stands on: each branch's numbers of people, told apart so that nobody is counted in two tables of a question.

The participants of a year are those interviewed in it, by what they said there, and the others, by their latest answers. Both bases of a share are made of these
tables, so that no two of them differ by a few people.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ...store import Store
from ...vocabulary import NO_DIAGNOSIS, QUESTIONS, SEVERAL
from .answers import NON_ANSWERS, SPREADS, VOLUNTEERS, Answer, Answers
from .distributions import programmes
from .registry import FIGURES
from .rounding import Table, block
from .share_registry import AT_INTAKE, SHARES, Distribution

_OTHERS = "_others"
_SILENT = (*NON_ANSWERS, "not_recorded")
_DIAGNOSES = tuple(code for code in QUESTIONS["diagnosis"].codes or () if code not in NO_DIAGNOSIS)


class CellNumber(NamedTuple):
    """A number of people, and a public number that it can't exceed; None where there is none."""

    value: int
    most: int | None


class BranchCells(NamedTuple):
    """The cells of one branch: key of a distribution -> its tables; key of a protected figure -> its number; programme -> its numbers."""

    branch: str
    tables: dict[str, tuple[Table, ...]]
    figures: dict[str, CellNumber]
    programmes: dict[str, dict[str, CellNumber]]


def branch_cells(
    store: Store,
    days: dict[str, str],
    chosen: dict[int, str],
    own: dict[int, dict[str, float | None]],
    answers: dict[int, Answers],
    given: list[Answer],
) -> tuple[BranchCells, ...]:
    """The cells of each of these branches. `own`: their figures; `answers` and `given`: what was answered."""
    interviewed: dict[int, set[int]] = {}
    sql = "SELECT DISTINCT people.branch_id, people.id FROM intakes JOIN people ON people.id = intakes.person_id WHERE intakes.held BETWEEN ? AND ?"
    for branch, person in store.rows(sql, days["first"], days["last"]):
        interviewed.setdefault(branch, set()).add(person)
    others: dict[int, list[Answer]] = {}
    for answer in given:
        if answer.basis == "" and answer.person_id not in interviewed.get(answer.branch_id, ()):
            others.setdefault(answer.branch_id, []).append(answer._replace(basis=_OTHERS))
    cells = []
    for id, name in chosen.items():
        bases = {_OTHERS: answers[id].bases.get("", 0) - len(interviewed.get(id, ()))}
        tables = _tables(answers[id], Answers(bases, others.get(id, ())))
        cells.append(BranchCells(name, tables, _figures(own[id]), _programmes(store, days, id, own[id])))
    return tuple(cells)


def _tables(own: Answers, others: Answers) -> dict[str, tuple[Table, ...]]:
    found: dict[str, tuple[Table, ...]] = {}
    for key, (distribution, basis) in SPREADS.items():
        if distribution.of_the_day:
            found[key] = (_table(own, distribution, basis),) if basis == "" else ()
        elif basis == "":
            found[key] = (_table(own, distribution, AT_INTAKE), _table(others, distribution, _OTHERS))
        else:
            found[key] = (_table(own, distribution, basis),)
    return found


def _table(answers: Answers, distribution: Distribution, basis: str) -> Table:
    question = distribution.question
    shares = [share for share in SHARES if share.question == question and len(share.answers) > 1] if basis != VOLUNTEERS else []
    diagnoses = question == "diagnosis"
    numbers = answers.spread(distribution, basis)
    if basis == VOLUNTEERS:
        # Their own words don't leave the city, so for the nation these said nothing; a city's numbers must be the same.
        words = [code for code in numbers if code not in (*(distribution.codes or ()), *_SILENT)]
        numbers["not_recorded"] += sum(numbers.pop(code) for code in words)
    return Table(
        answers.bases.get(basis, 0),
        numbers,
        _SILENT,
        [share.answers for share in shares],
        question in SEVERAL,
        answers.share(shares[0], basis).count if diagnoses else None,
        _DIAGNOSES if diagnoses else (),
        "none" if diagnoses else None,
    )


def _whole(value: float | None) -> int:
    return int(value or 0)


def _figures(own: dict[str, float | None]) -> dict[str, CellNumber]:
    return {
        figure.key: CellNumber(_whole(own[figure.key]), _whole(own[figure.protected_within]) if figure.protected_within else None)
        for figure in FIGURES
        if figure.protected_within or figure.protected
    }


def _programmes(store: Store, days: dict[str, str], branch: int, own: dict[str, float | None]) -> dict[str, dict[str, CellNumber]]:
    visits = _whole(own["visits"]) - _whole(own["visits_intake"])
    people = min(visits, _whole(own["young_people"]))
    return {
        name: {
            "occasions": CellNumber(numbers["occasions"], None),
            "visits": CellNumber(numbers["visits"], visits),
            "young_people": CellNumber(numbers["young_people"], people),
        }
        for name, numbers in programmes(store, days, [branch]).items()
    }


def told(numbers: Iterable[CellNumber], threshold: int) -> list[CellNumber]:
    """The numbers of which a small one keeps more than one value, although the number that it can't exceed is known."""
    return [
        each
        for each in numbers
        if each.most is None or each.value >= threshold or not each.value or block(each.value, threshold).low < each.most
    ]
