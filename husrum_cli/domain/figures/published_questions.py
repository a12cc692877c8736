"""Published answers to a question, with what is public knowledge about them and what must not be derivable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ...vocabulary import SEVERAL, SILENT, Share
from .answers import SPREADS, Spread
from .cells import BranchCells
from .publication import Case, Scope, Then
from .rounding import ENOUGH, possible, published_share
from .share_registry import AT_INTAKE, SHARES, Distribution
from .withholding import Group, Model, Sum, added, times

# The code that nobody gives together with another.
_ALONE = {"diagnosis": "none"}


class _Table(NamedTuple):
    """The numbers of one group of people: by code, of those who answered, and of those who gave one of the answers of a share."""

    codes: dict[str, Sum]
    answered: Sum
    shares: dict[str, Sum]


class _Group(NamedTuple):
    """A group of people: how many gave each answer, how many they are, and how many gave one of the answers of a share of several."""

    numbers: Spread
    base: int
    union: int


class _Asked(NamedTuple):
    """A question on a basis, with its shares; `both`: asked about those interviewed, and about the other participants of the year."""

    distribution: Distribution
    basis: str
    shares: list[Share]
    both: bool


def question_model(case: Case, distribution: Distribution, basis: str) -> Model:
    """Return a question of some branches, on both of its bases: those interviewed, and the others who are participants of the year."""
    model = Model(case.threshold)
    both = basis == "" and not distribution.of_the_day
    shares = [share for share in SHARES if share.question == distribution.question] if basis in ("", AT_INTAKE) else []
    asked = _Asked(distribution, basis, shares, both)
    key = distribution.key
    published: dict[tuple[Scope, str], _Table] = {}
    protected: list[tuple[_Table, str]] = []
    now: dict[str, list[_Table]] = {}
    then: dict[str, list[_Table]] = {}
    blocks: dict[str, int] = {}
    for each in case.cells:
        blocks[each.branch] = len(model.values)
        before = case.before.get(each.branch)
        groups = _groups(asked, each)
        tables: list[_Table] = []
        if before and (before.same_year or basis != AT_INTAKE):
            former = _groups(asked, before.cells)
            tables = _added_up(model, asked, former)
            first = len(model.values)
            later = _later(model, asked, former, tables, groups, before.same_year, case.nation)
            case.compare(model, each.branch, first)
        else:
            later = _added_up(model, asked, groups)
        for scope, parts, found in ((Then(each.branch), tables, then), (each.branch, later, now)):
            for on, table in _by_basis(asked, parts):
                published[scope, on] = table
                found.setdefault(on, []).append(table)
                protected.append((table, on))
            if both and parts:
                protected.append((parts[1], AT_INTAKE))
    bases = [*now]
    if case.nation:
        case.offer(model, blocks)
        for on in bases:
            for scope, parts, _totals in case.of_nation(now[on], then.get(on, [])):
                published[scope, on] = _together(parts)
                protected.append((published[scope, on], on))
    for (scope, on), table in published.items():
        if case.shows(scope):
            _publish(model, scope, distribution, _key(key, on), table, shares)
    for table, on in protected:
        _protect(model, table, *((case.here, _key(key, other), other) for other in (on, *(basis for basis in bases if basis != on))))
    return model


def _groups(asked: _Asked, cells: BranchCells) -> list[_Group]:
    """Return the groups of people that a question was asked of: those interviewed and the others, or all of one basis."""
    whole = _group(asked, cells, asked.basis)
    if not asked.both:
        return [whole]
    first = _group(asked, cells, AT_INTAKE)
    return [first, _less(whole, first)]


def _group(asked: _Asked, cells: BranchCells, basis: str) -> _Group:
    base = _base(cells, basis) if asked.both or asked.distribution.question in SEVERAL else 0
    return _Group(_codes(cells, asked.distribution, basis), base, _union(cells, asked.shares, basis))


def _less(group: _Group, part: _Group) -> _Group:
    codes = dict.fromkeys([*group.numbers, *part.numbers])
    numbers = {code: group.numbers.get(code, 0) - part.numbers.get(code, 0) for code in codes}
    return _Group(numbers, group.base - part.base, group.union - part.union)


def _added_up(model: Model, asked: _Asked, groups: Sequence[_Group]) -> list[_Table]:
    """Add groups of people to the model that nobody knows more of."""
    codes = dict.fromkeys(code for group in groups for code in group.numbers)
    tables, moves = [], []
    for group in groups:
        first = len(model.moves)
        tables.append(_table(model, asked, group, codes))
        moves.append(model.moves[first:])
    if len(groups) > 1:
        # Who was interviewed said this and another that, or the other way round: of both together nothing changes.
        model.moves += [one | times(other, -1) for one, other in zip(*moves, strict=True)]
    return tables


def _later(
    model: Model,
    asked: _Asked,
    former: Sequence[_Group],
    tables: Sequence[_Table],
    groups: Sequence[_Group],
    same_year: bool,
    movable: bool,
) -> list[_Table]:
    """Add the same groups of people as they were published earlier and a little changed: those who came, those who went, and what they said is all that changed.

    `movable`: moves may change what was published earlier too. Of the year before, the others who take part without an interview are compared with all who took part then.
    """
    if same_year:
        return [_changed(model, asked, *each, movable)[0] for each in zip(former, tables, groups, strict=True)]
    everybody = _Group(
        {
            code: sum(group.numbers.get(code, 0) for group in former)
            for code in dict.fromkeys(code for each in former for code in each.numbers)
        },
        sum(group.base for group in former),
        sum(group.union for group in former),
    )
    first = len(model.moves)
    own = _added_up(model, asked, groups[:-1])
    moves = model.moves[first:]
    others, came, went = _changed(model, asked, everybody, _together(tables), groups[-1], movable)
    if own and asked.distribution.question not in SEVERAL:
        # Who was interviewed said this and who came that, or the other way round.
        place_of = {place: code for code, number in own[0].codes.items() for place in number}
        for move in moves:
            change = {place_of[place]: weight for place, weight in move.items()}
            for table, sign in ((came, -1), (went, 1)):
                model.moves.append(added(move, *(times(table.codes[code], sign * weight) for code, weight in change.items())))
    return [*own, others]


def _changed(model: Model, asked: _Asked, former: _Group, table: _Table, group: _Group, movable: bool) -> tuple[_Table, _Table, _Table]:
    """Return a group of people who are those of a table, but for some who came and some who went; these two. How many they are is known."""
    codes = dict.fromkeys([*former.numbers, *group.numbers])
    alone = _without(asked.distribution)
    change = _less(group, former)
    some = change.base - sum(change.numbers.get(code, 0) for code in alone)
    parts = []
    for sign in (1, -1):
        numbers = {code: max(0, sign * change.numbers.get(code, 0)) for code in codes}
        base = max(0, sign * some) + sum(numbers.get(code, 0) for code in alone)
        parts.append(_table(model, asked, _Group(numbers, base, max(0, sign * change.union)), codes))
    came, went = parts
    names = dict.fromkeys([*table.codes, *came.codes])
    later = _Table(
        {code: _balance(table.codes.get(code, {}), came.codes[code], went.codes[code]) for code in names},
        _balance(table.answered, came.answered, went.answered),
        {key: _balance(table.shares[key], came.shares[key], went.shares[key]) for key in table.shares},
    )
    for number in later.codes.values():
        model.know(number, 0)
    if asked.distribution.question in SEVERAL:
        _hang_together(model, asked, later)
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


def _balance(then: Sum, came: Sum, went: Sum) -> Sum:
    return added(then, came, times(went, -1))


def _places(number: Sum) -> list[int]:
    return [place for place, weight in number.items() if weight > 0]


def _by_basis(asked: _Asked, tables: Sequence[_Table]) -> list[tuple[str, _Table]]:
    """Return the tables of a branch as they are published: of those interviewed, and of all participants of the year."""
    if not tables:
        return []
    return [(AT_INTAKE, tables[0]), ("", _together(tables))] if asked.both else [(asked.basis, tables[0])]


def _key(key: str, basis: str) -> str:
    return key + basis if key + basis in SPREADS else key


def _codes(cells: BranchCells, distribution: Distribution, basis: str) -> Spread:
    return cells.spreads.get(_key(distribution.key, basis), dict.fromkeys(SILENT, 0))


def _union(cells: BranchCells, shares: Iterable[Share], basis: str) -> int:
    """Return the number who gave one of several answers, to a question that allows more than one."""
    return next((cells.shares[share.key + basis].count for share in shares if share.question in SEVERAL and len(share.answers) > 1), 0)


def _base(cells: BranchCells, basis: str) -> int:
    return cells.shares[SHARES[0].key + basis].base


def _table(model: Model, asked: _Asked, group: _Group, known: Iterable[str]) -> _Table:
    """Add the numbers of one group of people to the model, and how they could be others."""
    distribution, shares = asked.distribution, asked.shares
    places = {code: model.number(group.numbers.get(code, 0)) for code in dict.fromkeys((*(distribution.codes or ()), *known))}
    codes: dict[str, Sum] = {code: {place: 1} for code, place in places.items()}
    if distribution.question in SEVERAL:
        return _several(model, asked, places, group)
    model.constant(added(*codes.values()))
    model.moves += [{one: -1, other: 1} for one in places.values() for other in places.values() if one != other]
    answered = added(*(codes[code] for code in codes if code not in SILENT))
    return _Table(codes, answered, {share.key: added(*(codes[code] for code in share.answers if code in codes)) for share in shares})


def _without(distribution: Distribution) -> list[str]:
    """Return the codes of those who gave none of several answers."""
    alone = _ALONE.get(distribution.question)
    return [*SILENT, *([alone] if alone else [])]


def _joint(shares: Iterable[Share]) -> Share | None:
    """Return the share of those who gave any of several answers."""
    return next((share for share in shares if len(share.answers) > 1), None)


def _several(model: Model, asked: _Asked, places: dict[str, int], group: _Group) -> _Table:
    """Return the same if one may give several answers. Everybody gave some, the one that is given alone, or none."""
    without = [places[code] for code in _without(asked.distribution)]
    joint = _joint(asked.shares)
    some = model.number(group.base - sum(model.values[place] for place in without))
    any_of = model.number(group.union) if joint else some
    given = [code for code in places if places[code] not in without]
    members = [places[code] for code in given if joint is None or code in joint.answers]
    rest = [places[code] for code in given if places[code] not in members]
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
    table = _Table(codes, answered, sums)
    _hang_together(model, asked, table)
    return table


def _hang_together(model: Model, asked: _Asked, table: _Table) -> None:
    """Add what everybody knows of numbers of people who may give several answers each."""
    without = _without(asked.distribution)
    joint = _joint(asked.shares)
    alone = _ALONE.get(asked.distribution.question)
    some = added(table.answered, times(table.codes[alone], -1)) if alone else table.answered
    any_of = table.shares[joint.key] if joint else some
    given = [code for code in table.codes if code not in without]
    members = [table.codes[code] for code in given if joint is None or code in joint.answers]
    rest = [table.codes[code] for code in given if joint is not None and code not in joint.answers]
    model.constant(added(some, *(table.codes[code] for code in without)))
    for number in members:
        model.know(added(any_of, times(number, -1)), 0)
    model.know(added(*members, times(any_of, -1)), 0)
    if joint:
        model.know(added(some, times(any_of, -1)), 0)
        for number in rest:
            model.know(added(some, times(number, -1)), 0)
        model.know(added(any_of, times(some, -1), *rest), 0)


def _together(tables: Sequence[_Table]) -> _Table:
    """Return the tables added up."""
    names = dict.fromkeys(code for table in tables for code in table.codes)
    return _Table(
        {code: added(*(table.codes.get(code, {}) for table in tables)) for code in names},
        added(*(table.answered for table in tables)),
        {key: added(*(table.shares[key] for table in tables)) for key in tables[0].shares},
    )


def _publish(model: Model, scope: Scope, distribution: Distribution, key: str, table: _Table, shares: Sequence[Share]) -> None:
    """Add what is published of a distribution and of its shares. Of few people nothing is."""
    threshold = model.threshold
    spread = (scope, key, "spread")
    basis = AT_INTAKE if key.endswith(AT_INTAKE) else ""
    if model.value(added(table.answered, *(table.codes[code] for code in SILENT))) < ENOUGH * threshold:
        model.withheld |= {spread, *((scope, share.key + basis, "share") for share in shares)}
    fixed = {*(distribution.codes or ()), *SILENT}
    few = [number for code, number in table.codes.items() if code not in fixed and model.value(number) < threshold]
    for number in table.codes.values():
        if number in few:  # who said so is counted among others
            model.know(number, 0, threshold - 1, spread)
        else:
            know_nearest(model, spread, number)
    if few:
        know_nearest(model, spread, added(*few))
    for share in shares:
        _share(model, spread, (scope, share.key + basis, "share"), table.shares[share.key], table.answered)


def know_nearest(model: Model, group: Group, number: Sum) -> None:
    model.know(number, *possible(model.value(number), model.threshold), group)


def _share(model: Model, spread: Group, percentage: Group, count: Sum, answered: Sum) -> None:
    """Add a share with its percentage or, if that is not shown, what its breakdown discloses of the reason."""
    threshold = model.threshold
    others = added(answered, times(count, -1))
    percent = published_share(model.value(count), model.value(answered), threshold).percent
    if percent is not None:
        know_nearest(model, percentage, count)
        know_nearest(model, percentage, answered)
        model.know(answered, ENOUGH * threshold, group=percentage)
        model.know(others, threshold, group=percentage)
        model.know(added(times(count, 200), times(answered, 1 - 2 * percent)), 0, group=percentage, unit=200)
        model.know(added(times(count, 200), times(answered, -1 - 2 * percent)), high=-1, group=percentage, unit=200)
    elif model.value(answered) < ENOUGH * threshold:
        model.know(answered, high=ENOUGH * threshold - 1, group=spread)
    elif model.value(count) < threshold:
        model.know(count, high=threshold - 1, group=spread)
    else:
        model.know(others, high=threshold - 1, group=spread)


def _protect(model: Model, table: _Table, *places: tuple[Scope, str, str]) -> None:
    """Protect every answer, every share and its complement, and how many answered. The breakdowns are withheld before the percentages.

    `places`: the scopes, keys and bases where these are published.
    """
    breakdowns = [[(scope, key, "spread")] for scope, key, _basis in places]
    percentages = [[(scope, share + basis, "share") for share in reversed(table.shares)] for scope, _key, basis in places]
    answers = [number for number in table.shares.values() if len(number) > 1 or number not in table.codes.values()]
    for number in (*table.codes.values(), *answers, table.answered):
        model.protect(number, *breakdowns, *percentages)
    for number in table.shares.values():
        model.protect(added(table.answered, {place: -weight for place, weight in number.items()}), *breakdowns, *percentages)
