"""Answers that were published before: who came, who went, and what they said, is all that changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...vocabulary import SEVERAL
from .answer_tables import AnswerCounts, AnswerTable, Asked, add_table, add_tables, everybody, hang_together, less, together, without_any
from .withholding import Model, Sum, added, times


class ChangedPeople(NamedTuple):
    """Those who came between two publications, or those who went; and everybody in the publication that they are in."""

    who: AnswerTable
    among: AnswerTable


def add_later(
    model: Model,
    asked: Asked,
    former: Sequence[AnswerCounts],
    tables: Sequence[AnswerTable],
    groups: Sequence[AnswerCounts],
    same_year: bool,
    movable: bool,
) -> tuple[list[AnswerTable], list[AnswerTable], list[AnswerTable]]:
    """Add the same groups of people as they were published earlier and a little changed: those who came, those who went, and what they said is all that changed.

    `movable`: moves may change what was published earlier too. Of the year before, the others who take part without an interview are compared with all who took part then.
    """
    if same_year:
        changed = [_changed(model, asked, *each, movable) for each in zip(former, tables, groups, strict=True)]
        return [each[0] for each in changed], [each[1] for each in changed], [each[2] for each in changed]
    all_then = AnswerCounts(
        {
            code: sum(group.numbers.get(code, 0) for group in former)
            for code in dict.fromkeys(code for each in former for code in each.numbers)
        },
        sum(group.base for group in former),
        sum(group.union for group in former),
    )
    first = len(model.moves)
    own = add_tables(model, asked, groups[:-1])
    moves = model.moves[first:]
    others, came, went = _changed(model, asked, all_then, together(tables), groups[-1], movable)
    if own and asked.distribution.question not in SEVERAL:
        # Who was interviewed said this and who came that, or the other way round.
        place_of = {place: code for code, number in own[0].codes.items() for place in number}
        for move in moves:
            change = {place_of[place]: weight for place, weight in move.items()}
            for table, sign in ((came, -1), (went, 1)):
                model.moves.append(added(move, *(times(table.codes[code], sign * weight) for code, weight in change.items())))
    return [*own, others], [came], [went]


def _changed(
    model: Model, asked: Asked, former: AnswerCounts, table: AnswerTable, group: AnswerCounts, movable: bool
) -> tuple[AnswerTable, AnswerTable, AnswerTable]:
    """Return a group of people who are those of a table, but for some who came and some who went; these two. How many they are is known."""
    codes = dict.fromkeys([*former.numbers, *group.numbers])
    alone = without_any(asked.distribution)
    change = less(group, former)
    some = change.base - sum(change.numbers.get(code, 0) for code in alone)
    parts = []
    for sign in (1, -1):
        numbers = {code: max(0, sign * change.numbers.get(code, 0)) for code in codes}
        base = max(0, sign * some) + sum(numbers.get(code, 0) for code in alone)
        parts.append(add_table(model, asked, AnswerCounts(numbers, base, max(0, sign * change.union)), codes))
    came, went = parts
    names = dict.fromkeys([*table.codes, *came.codes])
    later = AnswerTable(
        {code: _balance(table.codes.get(code, {}), came.codes[code], went.codes[code]) for code in names},
        _balance(table.answered, came.answered, went.answered),
        {key: _balance(table.shares[key], came.shares[key], went.shares[key]) for key in table.shares},
    )
    for number in later.codes.values():
        model.know(number, 0)
    if asked.distribution.question in SEVERAL:
        hang_together(model, asked, later)
    # Who was there earlier said this and who came that, or the other way round: of both together nothing changes.
    spoken = [code for code in codes if movable and (former.numbers.get(code, 0) or group.numbers.get(code, 0))]
    for one in spoken:
        for other in spoken:
            if one != other:
                for place in _places(table.codes.get(one, {})):
                    for target in _places(table.codes.get(other, {})):
                        move = {place: -1, target: 1}
                        model.moves.append(added(move, came.codes[one], times(came.codes[other], -1)))
                        model.moves.append(added(move, times(went.codes[one], -1), went.codes[other]))
    return later, came, went


def changed_among(who: Sequence[AnswerTable], parts: Sequence[AnswerTable]) -> list[ChangedPeople]:
    """Return those who came or went, by group of people and together. `parts`: the groups of the publication that they are in."""
    whole = together(parts)
    if len(who) == 1:
        return [ChangedPeople(who[0], whole)]
    return [ChangedPeople(who[0], parts[0]), ChangedPeople(who[1], whole), ChangedPeople(together(who), whole)]


def by_branch(model: Model, changes: Sequence[ChangedPeople]) -> list[ChangedPeople]:
    """Return the changes of the branches that anybody came to or left, and all of them together."""
    moved = [each for each in changes if model.value(everybody(each.who))]
    if len(moved) < 2:
        return moved
    return [*moved, ChangedPeople(together([each.who for each in moved]), together([each.among for each in moved]))]


def _balance(then: Sum, came: Sum, went: Sum) -> Sum:
    return added(then, came, times(went, -1))


def _places(number: Sum) -> list[int]:
    return [place for place, weight in number.items() if weight > 0]
