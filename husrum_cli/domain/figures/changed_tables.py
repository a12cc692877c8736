"""Answers that were published before: who came, who went, and what they said, is all that changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...vocabulary import SEVERAL
from .answer_tables import (
    AnswerCounts,
    AnswerTable,
    QuestionTables,
    add_table,
    add_tables,
    bound_several_answers,
    everybody,
    kinds_of_codes,
    subtract,
    sum_tables,
)
from .answers import Spread
from .withholding import Model, Sum, added, times


class ChangedPeople(NamedTuple):
    """Those who came between two publications, or those who went; and everybody in the publication that they are in."""

    who: AnswerTable
    among: AnswerTable


class _AnswerNumbers(NamedTuple):
    """Answers of people: how many gave each, how many can have given the same one, and how many gave at least one of them."""

    numbers: Spread
    most: int
    least: int


def add_later(
    model: Model,
    asked: QuestionTables,
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
    others, came, went = _changed(model, asked, all_then, sum_tables(tables), groups[-1], movable)
    if own and asked.distribution.question not in SEVERAL:
        # Who was interviewed said this and who came that, or the other way round.
        place_of = {place: code for code, number in own[0].codes.items() for place in number}
        for move in moves:
            change = {place_of[place]: weight for place, weight in move.items()}
            for table, sign in ((came, -1), (went, 1)):
                model.moves.append(added(move, *(times(table.codes[code], sign * weight) for code, weight in change.items())))
    return [*own, others], [came], [went]


def _changed(
    model: Model, asked: QuestionTables, former: AnswerCounts, table: AnswerTable, group: AnswerCounts, movable: bool
) -> tuple[AnswerTable, AnswerTable, AnswerTable]:
    """Return a group of people who are those of a table, but for some who came and some who went; these two. How many they are is known."""
    codes = dict.fromkeys([*former.numbers, *group.numbers])
    came, went = (add_table(model, asked, counts, codes) for counts in who_changed(asked, former, group))
    names = dict.fromkeys([*table.codes, *came.codes])
    stayed = AnswerTable(
        {code: added(table.codes.get(code, {}), times(went.codes[code], -1)) for code in names},
        added(table.answered, times(went.answered, -1)),
        {key: added(table.shares[key], times(went.shares[key], -1)) for key in table.shares},
    )
    later = sum_tables([stayed, came])
    for people in (later, stayed):
        for number in people.codes.values():
            model.know(number, 0)
        if asked.distribution.question in SEVERAL:
            bound_several_answers(model, asked, people)
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


def who_changed(asked: QuestionTables, former: AnswerCounts, group: AnswerCounts) -> tuple[AnswerCounts, AnswerCounts]:
    """Return those who came and those who went, as few as there can be. Whose answers were corrected is both: as they are now, and as they were."""
    codes = dict.fromkeys([*former.numbers, *group.numbers])
    numbers = {code: min(former.numbers.get(code, 0), group.numbers.get(code, 0)) for code in codes}
    stayed = AnswerCounts(numbers, 0, 0)
    if asked.distribution.question in SEVERAL:
        stayed = _stayed(asked, [former, group], numbers)
    return subtract(group, stayed), subtract(former, stayed)


def _stayed(asked: QuestionTables, publications: Sequence[AnswerCounts], common: Spread) -> AnswerCounts:
    """Return as many people as may have given the same answers in both publications, where one may give several. They and the others all gave at least one.

    `common`: of each answer, the smaller number.
    """
    without, members, rest = kinds_of_codes(asked, common)
    silent = sum(common.get(code, 0) for code in without)
    somes = [each.base - sum(each.numbers.get(code, 0) for code in without) for each in publications]
    any_ofs = [each.union for each in publications] if rest else somes
    only_rest = [some - any_of for some, any_of in zip(somes, any_ofs, strict=True)]
    numbers = [each.numbers for each in publications]
    given_members = [*map(_AnswerNumbers, numbers, any_ofs, any_ofs)]
    given_rest = [*map(_AnswerNumbers, numbers, somes, only_rest)]
    for some in range(min(somes), -1, -1):
        for any_of in range(min(some, *any_ofs), max(0, some - min(only_rest)) - 1, -1):
            of_members = _same_answers(members, given_members, any_of, any_of)
            of_rest = _same_answers(rest, given_rest, some, some - any_of)
            if of_members is not None and of_rest is not None:
                return AnswerCounts({**common, **of_members, **of_rest}, some + silent, any_of)
    return AnswerCounts(common, min(somes) + silent, min(any_ofs))


def _same_answers(codes: Sequence[str], publications: Sequence[_AnswerNumbers], most: int, least: int) -> Spread | None:
    """Return how many of those who stayed gave each answer, as many as can be; None if no people could have given them. `most` and `least` are theirs."""
    high = {code: min(most, *(each.numbers.get(code, 0) for each in publications)) for code in codes}
    low = {code: max(0, *(each.numbers.get(code, 0) - each.most + most for each in publications)) for code in codes}
    if any(low[code] > high[code] for code in codes):
        return None
    # Of the others, too, each must have given at least one.
    excess = sum(high.values()) - min(sum(each.numbers.get(code, 0) for code in codes) - each.least + least for each in publications)
    for code in sorted(codes, key=lambda code: low[code] - high[code]):
        fewer = max(0, min(excess, high[code] - low[code]))
        high[code] -= fewer
        excess -= fewer
    return None if excess > 0 or sum(high.values()) < least else high


def changed_among(who: Sequence[AnswerTable], parts: Sequence[AnswerTable]) -> list[ChangedPeople]:
    """Return those who came or went, by group of people and together. `parts`: the groups of the publication that they are in."""
    whole = sum_tables(parts)
    if len(who) == 1:
        return [ChangedPeople(who[0], whole)]
    return [ChangedPeople(who[0], parts[0]), ChangedPeople(who[1], whole), ChangedPeople(sum_tables(who), whole)]


def by_branch(model: Model, changes: Sequence[ChangedPeople]) -> list[ChangedPeople]:
    """Return the changes of the branches that anybody came to or left, and all of them together."""
    moved = [each for each in changes if model.value(everybody(each.who))]
    if len(moved) < 2:
        return moved
    return [*moved, ChangedPeople(sum_tables([each.who for each in moved]), sum_tables([each.among for each in moved]))]


def _places(number: Sum) -> list[int]:
    return [place for place, weight in number.items() if weight > 0]
