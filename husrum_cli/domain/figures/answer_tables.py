"""Answers to a question as whole numbers of people, with what is public knowledge about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ...vocabulary import SEVERAL, SILENT, Share
from .answers import SPREADS, Spread
from .cells import BranchCells
from .share_registry import AT_INTAKE, SHARES, Distribution
from .withholding import Model, Sum, added, times

# The code that nobody gives together with another.
_ALONE = {"diagnosis": "none"}


class AnswerTable(NamedTuple):
    """The numbers of one group of people: by code, of those who answered, and of those who gave one of the answers of a share."""

    codes: dict[str, Sum]
    answered: Sum
    shares: dict[str, Sum]


class AnswerCounts(NamedTuple):
    """A group of people: how many gave each answer, how many they are, and how many gave one of the answers of a share of several."""

    numbers: Spread
    base: int
    union: int


class QuestionTables(NamedTuple):
    """A question on a basis, with its shares; `both`: asked about those interviewed, and about the other participants of the year."""

    distribution: Distribution
    basis: str
    shares: list[Share]
    both: bool


def groups_of(asked: QuestionTables, cells: BranchCells) -> list[AnswerCounts]:
    """Return the groups of people that a question was asked of: those interviewed and the others, or all of one basis."""
    whole = _group(asked, cells, asked.basis)
    if not asked.both:
        return [whole]
    first = _group(asked, cells, AT_INTAKE)
    return [first, subtract(whole, first)]


def _group(asked: QuestionTables, cells: BranchCells, basis: str) -> AnswerCounts:
    base = _base(cells, basis) if asked.both or asked.distribution.question in SEVERAL else 0
    return AnswerCounts(_codes(cells, asked.distribution, basis), base, _union(cells, asked.shares, basis))


def subtract(group: AnswerCounts, part: AnswerCounts) -> AnswerCounts:
    codes = dict.fromkeys([*group.numbers, *part.numbers])
    numbers = {code: group.numbers.get(code, 0) - part.numbers.get(code, 0) for code in codes}
    return AnswerCounts(numbers, group.base - part.base, group.union - part.union)


def key_on(key: str, basis: str) -> str:
    return key + basis if key + basis in SPREADS else key


def _codes(cells: BranchCells, distribution: Distribution, basis: str) -> Spread:
    return cells.spreads.get(key_on(distribution.key, basis), dict.fromkeys(SILENT, 0))


def _union(cells: BranchCells, shares: Iterable[Share], basis: str) -> int:
    """Return the number who gave one of several answers, to a question that allows more than one."""
    return next((cells.shares[share.key + basis].count for share in shares if share.question in SEVERAL and len(share.answers) > 1), 0)


def _base(cells: BranchCells, basis: str) -> int:
    return cells.shares[SHARES[0].key + basis].base


def add_tables(model: Model, asked: QuestionTables, groups: Sequence[AnswerCounts]) -> list[AnswerTable]:
    """Add groups of people to the model that nobody knows more of."""
    codes = dict.fromkeys(code for group in groups for code in group.numbers)
    tables, moves = [], []
    for group in groups:
        first = len(model.moves)
        tables.append(add_table(model, asked, group, codes))
        moves.append(model.moves[first:])
    if len(groups) > 1:
        # Who was interviewed said this and another that, or the other way round: of both together nothing changes.
        model.moves += [one | times(other, -1) for one, other in zip(*moves, strict=True)]
    return tables


def add_table(model: Model, asked: QuestionTables, group: AnswerCounts, known: Iterable[str]) -> AnswerTable:
    """Add the numbers of one group of people to the model, and how they could be others."""
    distribution, shares = asked.distribution, asked.shares
    places = {code: model.number(group.numbers.get(code, 0)) for code in dict.fromkeys((*(distribution.codes or ()), *known))}
    codes: dict[str, Sum] = {code: {place: 1} for code, place in places.items()}
    if distribution.question in SEVERAL:
        return _several(model, asked, places, group)
    model.constant(added(*codes.values()))
    model.moves += [{one: -1, other: 1} for one in places.values() for other in places.values() if one != other]
    answered = added(*(codes[code] for code in codes if code not in SILENT))
    return AnswerTable(codes, answered, {share.key: added(*(codes[code] for code in share.answers if code in codes)) for share in shares})


def kinds_of_codes(asked: QuestionTables, codes: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """Return the codes of those who gave none of several answers, the codes that the share of any of them counts, and the rest."""
    alone = _ALONE.get(asked.distribution.question)
    without = [*SILENT, *([alone] if alone else [])]
    joint = _joint(asked.shares)
    given = [code for code in codes if code not in without]
    return (
        without,
        [code for code in given if not joint or code in joint.answers],
        [code for code in given if joint and code not in joint.answers],
    )


def _joint(shares: Iterable[Share]) -> Share | None:
    """Return the share of those who gave any of several answers."""
    return next((share for share in shares if len(share.answers) > 1), None)


def _several(model: Model, asked: QuestionTables, places: dict[str, int], group: AnswerCounts) -> AnswerTable:
    """Return the same if one may give several answers. Everybody gave some, the one that is given alone, or none."""
    joint = _joint(asked.shares)
    without, members, rest = ([places[code] for code in codes] for codes in kinds_of_codes(asked, places))
    some = model.number(group.base - sum(model.values[place] for place in without))
    any_of = model.number(group.union) if joint else some
    # Somebody gives an answer more, or one less; if they gave no other, they were or are among those without.
    answers: list[Sum] = [{place: 1} for place in (*members, *rest)]
    if joint:
        answers += [{any_of: 1}, *({place: 1, any_of: 1} for place in members)]
    more = [*answers, *(added(answer, {some: 1, place: -1}) for place in without for answer in (*answers, {}))]
    model.moves += [*more, *({place: -change for place, change in move.items()} for move in more)]
    model.moves += [{one: -1, other: 1} for one in without for other in without if one != other]
    model.moves += [{one: -1, other: 1} for one in (*members, *rest) for other in (*members, *rest) if one != other]
    codes: dict[str, Sum] = {code: {place: 1} for code, place in places.items()}
    alone = _ALONE.get(asked.distribution.question)
    answered = added({some: 1}, codes[alone] if alone else {})
    sums = {share.key: {any_of: 1} if share is joint else added(*(codes[code] for code in share.answers)) for share in asked.shares}
    table = AnswerTable(codes, answered, sums)
    bound_several_answers(model, asked, table)
    return table


def bound_several_answers(model: Model, asked: QuestionTables, table: AnswerTable) -> None:
    """Add what everybody knows of numbers of people who may give several answers each."""
    without, *kinds = kinds_of_codes(asked, table.codes)
    members, rest = ([table.codes[code] for code in codes] for codes in kinds)
    joint = _joint(asked.shares)
    alone = _ALONE.get(asked.distribution.question)
    some = added(table.answered, times(table.codes[alone], -1)) if alone else table.answered
    any_of = table.shares[joint.key] if joint else some
    model.constant(added(some, *(table.codes[code] for code in without)))
    for number in members:
        model.know(added(any_of, times(number, -1)), 0)
    model.know(added(*members, times(any_of, -1)), 0)
    if joint:
        model.know(added(some, times(any_of, -1)), 0)
        for number in rest:
            model.know(added(some, times(number, -1)), 0)
        model.know(added(any_of, times(some, -1), *rest), 0)


def sum_tables(tables: Sequence[AnswerTable]) -> AnswerTable:
    """Return the tables added up."""
    names = dict.fromkeys(code for table in tables for code in table.codes)
    return AnswerTable(
        {code: added(*(table.codes.get(code, {}) for table in tables)) for code in names},
        added(*(table.answered for table in tables)),
        {key: added(*(table.shares[key] for table in tables)) for key in tables[0].shares},
    )


def everybody(table: AnswerTable) -> Sum:
    return added(table.answered, *(table.codes[code] for code in SILENT))
