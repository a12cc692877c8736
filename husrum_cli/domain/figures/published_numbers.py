"""What is published of branches and of all of them together, and what of it is withheld.

A city's numbers are decided from the city alone, since it publishes them from its own file too. Those of the nation are decided with all cities' numbers next to
them: what they would determine together is withheld by the nation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ...vocabulary import SEVERAL, Share
from .answers import NON_ANSWERS, SPREADS, Spread
from .cells import PROTECTED, BoundedNumber, BranchCells
from .rounding import ENOUGH, possible, published_share
from .share_registry import AT_INTAKE, SHARES, Distribution
from .withholding import Group, Model, Sum, added, times

SILENT = (*NON_ANSWERS, "not_recorded")
NATION = ""
# The code that nobody gives together with another.
_ALONE = {"diagnosis": "none"}


class Total(NamedTuple):
    """A protected number of people of the whole country, and how many of the sum of its branches count twice there; None where nobody can."""

    value: int
    overlap: int | None


def withheld_groups(cells: Sequence[BranchCells], totals: dict[str, Total], threshold: int) -> set[Group]:
    """Return what is withheld of these branches and, if there are several, of all together.

    Groups are (scope, key of a distribution, `spread` or `shares`), (scope, key of a figure), and (scope, `programme`, its name). The scope is a
    branch's name, or `NATION`. `totals`: the nation's figures of people.
    """
    withheld: set[Group] = set()
    for part in ([each] for each in cells):
        for model in _models(part, None, threshold):
            withheld |= model.decide()
    if len(cells) > 1:
        for model in _models(cells, totals, threshold):
            model.withheld |= withheld
            withheld |= model.decide()
    return withheld


def _models(cells: Sequence[BranchCells], totals: dict[str, Total] | None, threshold: int) -> Iterable[Model]:
    """Return a model of each question, figure and programme: what is asked about one tells nothing of the others. `totals` None: of one branch alone."""
    for key, (distribution, basis) in SPREADS.items():
        if basis != AT_INTAKE or not _twice(key, basis):
            yield _question(cells, distribution, basis, totals is not None, threshold)
    for figure in PROTECTED:
        if figure.measure == "rows":
            numbers = [(each.branch, each.figures[figure.key]) for each in cells if figure.key in each.figures]
            yield _figure(figure.key, numbers, totals, threshold)
    for name in dict.fromkeys(name for each in cells for name in each.programmes):
        yield _programme(name, cells, totals, threshold)


def _twice(key: str, basis: str) -> bool:
    """Whether a distribution at the interview is there of the participants of the year too."""
    return key.removesuffix(basis) in SPREADS and key.endswith(basis)


class _Table(NamedTuple):
    """The numbers of one group of people, by code, and those of whoever answered and whoever gave one of the answers of a share."""

    codes: dict[str, Sum]
    answered: Sum
    shares: dict[str, Sum]


def _question(cells: Sequence[BranchCells], distribution: Distribution, basis: str, nation: bool, threshold: int) -> Model:
    """A question of some branches, on both of its bases: those interviewed, and the others who are participants of the year."""
    model = Model(threshold)
    both = basis == "" and not distribution.of_the_day
    shares = [share for share in SHARES if share.question == distribution.question] if basis in ("", AT_INTAKE) else []
    key = distribution.key
    totals: dict[str, list[_Table]] = {}
    apart: list[_Table] = []
    for each in cells:
        whole = _codes(each, distribution, basis)
        if both:
            first = _codes(each, distribution, AT_INTAKE)
            codes = dict.fromkeys([*whole, *first])
            bases = _base(each, AT_INTAKE), _base(each, "") - _base(each, AT_INTAKE)
            unions = _union(each, shares, AT_INTAKE), _union(each, shares, "") - _union(each, shares, AT_INTAKE)
            first_move = len(model.moves)
            interviewed = _table(model, distribution, {code: first.get(code, 0) for code in codes}, bases[0], unions[0], shares)
            second_move = len(model.moves)
            others = _table(
                model, distribution, {code: whole.get(code, 0) - first.get(code, 0) for code in codes}, bases[1], unions[1], shares
            )
            # Who was interviewed said this and another that, or the other way round: of both together nothing changes.
            changed = zip(model.moves[first_move:second_move], model.moves[second_move:], strict=True)
            model.moves += [added(one, {place: -change for place, change in other.items()}) for one, other in list(changed)]
            tables = {AT_INTAKE: interviewed, "": _together([interviewed, others])}
            apart.append(others)
            if not nation:
                _protect(model, others, (each.branch, key + AT_INTAKE), (each.branch, key))
        else:
            tables = {
                basis: _table(
                    model,
                    distribution,
                    whole,
                    _base(each, basis) if distribution.question in SEVERAL else 0,
                    _union(each, shares, basis),
                    shares,
                )
            }
        for on, table in tables.items():
            totals.setdefault(on, []).append(table)
            _publish(model, each.branch, distribution, _key(key, on), table, shares)
            if not nation:
                _protect(model, table, (each.branch, _key(key, on)), *((each.branch, _key(key, other)) for other in tables if other != on))
    if nation:
        scopes = [(NATION, _key(key, on)) for on in totals]
        for on, held in totals.items():
            _publish(model, NATION, distribution, _key(key, on), _together(held), shares)
        for table in apart:
            _protect(model, table, *scopes)
        for on, held in totals.items():
            here = (NATION, _key(key, on))
            for table in (*held, _together(held)):
                _protect(model, table, here, *(each for each in scopes if each != here))
    return model


def _key(key: str, basis: str) -> str:
    return key + basis if key + basis in SPREADS else key


def _codes(cells: BranchCells, distribution: Distribution, basis: str) -> Spread:
    return cells.spreads.get(_key(distribution.key, basis), dict.fromkeys(SILENT, 0))


def _union(cells: BranchCells, shares: Iterable[Share], basis: str) -> int:
    """How many gave one of several answers of which one may give more than one."""
    return next((cells.shares[share.key + basis].count for share in shares if share.question in SEVERAL and len(share.answers) > 1), 0)


def _base(cells: BranchCells, basis: str) -> int:
    return cells.shares[SHARES[0].key + basis].base


def _table(model: Model, distribution: Distribution, numbers: Spread, base: int, union: int, shares: Sequence[Share]) -> _Table:
    """Add the numbers of one group of people to the model, and how they could be others. `union`: how many gave one of the answers of a share of several."""
    places = {code: model.number(numbers.get(code, 0)) for code in dict.fromkeys((*(distribution.codes or ()), *numbers))}
    codes: dict[str, Sum] = {code: {place: 1} for code, place in places.items()}
    if distribution.question in SEVERAL:
        return _several(model, distribution, places, base, union, shares)
    model.constant(added(*codes.values()))
    model.moves += [{one: -1, other: 1} for one in places.values() for other in places.values() if one != other]
    answered = added(*(codes[code] for code in codes if code not in SILENT))
    return _Table(codes, answered, {share.key: added(*(codes[code] for code in share.answers if code in codes)) for share in shares})


def _several(model: Model, distribution: Distribution, places: dict[str, int], base: int, union: int, shares: Sequence[Share]) -> _Table:
    """The same where one may give several answers. Everybody gave some, the one that is given alone, or none."""
    alone = _ALONE.get(distribution.question)
    without = [places[code] for code in (*SILENT, *([alone] if alone else []))]
    given = [code for code in places if code not in SILENT and code != alone]
    joint = next((share for share in shares if len(share.answers) > 1), None)
    some = model.number(base - sum(model.values[place] for place in without))
    model.constant(added({some: 1}, *({place: 1} for place in without)))
    any_of = model.number(union) if joint else some
    members = [places[code] for code in given if joint is None or code in joint.answers]
    rest = [places[code] for code in given if places[code] not in members]
    for place in members:
        model.know({any_of: 1, place: -1}, 0)
    model.know(added(*({place: 1} for place in members), {any_of: -1}), 0)
    if joint:
        model.know({some: 1, any_of: -1}, 0)
        for place in rest:
            model.know({some: 1, place: -1}, 0)
        model.know(added({any_of: 1, some: -1}, *({place: 1} for place in rest)), 0)
    # Somebody gives an answer more, or one less; where they gave no other, they were or are among those without.
    answers: list[Sum] = [{place: 1} for place in (*members, *rest)]
    if joint:
        answers += [{any_of: 1}, *({place: 1, any_of: 1} for place in members)]
    more = [*answers, *(added(answer, {some: 1, place: -1}) for place in without for answer in (*answers, {}))]
    model.moves += [*more, *({place: -change for place, change in move.items()} for move in more)]
    model.moves += [{one: -1, other: 1} for one in without for other in without if one != other]
    model.moves += [{one: -1, other: 1} for one in (*members, *rest) for other in (*members, *rest) if one != other]
    codes: dict[str, Sum] = {code: {place: 1} for code, place in places.items()}
    answered = added({some: 1}, codes[alone] if alone else {})
    sums = {share.key: {any_of: 1} if share is joint else added(*(codes[code] for code in share.answers)) for share in shares}
    return _Table(codes, answered, sums)


def _together(tables: Sequence[_Table]) -> _Table:
    """The tables added up."""
    names = dict.fromkeys(code for table in tables for code in table.codes)
    return _Table(
        {code: added(*(table.codes.get(code, {}) for table in tables)) for code in names},
        added(*(table.answered for table in tables)),
        {key: added(*(table.shares[key] for table in tables)) for key in tables[0].shares},
    )


def _publish(model: Model, scope: str, distribution: Distribution, key: str, table: _Table, shares: Sequence[Share]) -> None:
    """Add what is published of a distribution and of its shares. Of few people nothing is."""
    threshold = model.threshold
    spread, percentages = (scope, key, "spread"), (scope, key, "shares")
    if model.value(added(table.answered, *(table.codes[code] for code in SILENT))) < ENOUGH * threshold:
        model.withheld |= {spread, percentages}
    fixed = {*(distribution.codes or ()), *SILENT}
    few = [number for code, number in table.codes.items() if code not in fixed and model.value(number) < threshold]
    for number in table.codes.values():
        if number in few:  # who said so is counted among others
            model.know(number, 0, threshold - 1, spread)
        else:
            _nearest(model, spread, number)
    if few:
        _nearest(model, spread, added(*few))
    for share in shares:
        _share(model, spread, percentages, table.shares[share.key], table.answered)


def _nearest(model: Model, group: Group, number: Sum) -> None:
    model.know(number, *possible(model.value(number), model.threshold), group)


def _share(model: Model, spread: Group, percentages: Group, count: Sum, answered: Sum) -> None:
    """A share with its percentage; or, as a part of its breakdown, one whose percentage is not shown."""
    threshold = model.threshold
    others = added(answered, times(count, -1))
    percent = published_share(model.value(count), model.value(answered), threshold).percent
    group = spread if percent is None else percentages
    _nearest(model, group, count)
    _nearest(model, group, answered)
    if percent is not None:
        model.know(answered, ENOUGH * threshold, group=group)
        model.know(others, threshold, group=group)
        model.know(added(times(count, 200), times(answered, 1 - 2 * percent)), 0, group=group, unit=200)
        model.know(added(times(count, 200), times(answered, -1 - 2 * percent)), high=-1, group=group, unit=200)
    elif model.value(answered) < ENOUGH * threshold:
        model.know(answered, high=ENOUGH * threshold - 1, group=group)
    elif model.value(count) >= threshold:
        model.know(others, high=threshold - 1, group=group)


def _protect(model: Model, table: _Table, *places: tuple[str, str]) -> None:
    """Protect every answer, every share and its complement, and how many answered. The breakdowns are withheld before the percentages."""
    groups = [(*place, part) for part in ("spread", "shares") for place in places]
    answers = [number for number in table.shares.values() if len(number) > 1 or number not in table.codes.values()]
    for number in (*table.codes.values(), *answers, table.answered):
        model.protect(number, *groups)
    for number in table.shares.values():
        model.protect(added(table.answered, {place: -weight for place, weight in number.items()}), *groups)


def _numbers(model: Model, numbers: Iterable[BoundedNumber]) -> list[int]:
    """Add numbers that could each be one more or one less."""
    places = []
    for number in numbers:
        place = model.number(number.value)
        model.know({place: 1}, number.least)
        if number.most is not None:
            model.know({place: 1}, high=number.most)
        model.moves += [{place: 1}, {place: -1}]
        places.append(place)
    return places


def _figure(key: str, numbers: Sequence[tuple[str, BoundedNumber]], totals: dict[str, Total] | None, threshold: int) -> Model:
    """A protected figure of some branches, and of the nation, where a human in several of them counts once."""
    model = Model(threshold)
    places = _numbers(model, (number for _branch, number in numbers))
    for (branch, _number), place in zip(numbers, places, strict=True):
        _nearest(model, (branch, key), {place: 1})
        model.protect({place: 1}, *(() if totals is not None else ((branch, key),)), (NATION, key))
    if totals is not None:
        overlap = totals[key].overlap if key in totals else None
        _nation(model, (NATION, key), places, overlap)
    return model


def _nation(model: Model, group: Group, places: Sequence[int], overlap: int | None) -> None:
    """Publish the sum of the branches, less those who count twice in it, if anybody can."""
    total: Sum = {place: 1 for place in places}
    if overlap is not None:
        twice = model.number(max(0, overlap))
        model.moves += [{twice: 1}, {twice: -1}, *({place: change, twice: change} for place in places for change in (1, -1))]
        total[twice] = -1
        model.protect({twice: 1}, group)
    _nearest(model, group, total)
    model.protect(total, group)


def named_programme(numbers: dict[str, int], threshold: int) -> bool:
    """Whether a programme may be named: that few came to it is told about them."""
    return numbers["visits"] >= threshold and not 0 < numbers["young_people"] < threshold


def _programme(name: str, cells: Sequence[BranchCells], totals: dict[str, Total] | None, threshold: int) -> Model:
    """The visits and the young people of a programme."""
    model = Model(threshold)
    held = [each for each in cells if name in each.programmes]
    parts = {part: _numbers(model, (each.programmes[name][part] for each in held)) for part in ("visits", "young_people")}
    for place, each in enumerate(held):
        visits, people = parts["visits"][place], parts["young_people"][place]
        model.know({visits: 1, people: -1}, 0)
        model.moves += [{visits: change, people: change} for change in (1, -1)]
        group = (each.branch, "programme", name)
        if named_programme({part: number.value for part, number in each.programmes[name].items()}, threshold):
            _nearest(model, group, {visits: 1})
            _nearest(model, group, {people: 1})
        elif model.values[visits] < threshold:
            model.know({visits: 1}, high=threshold - 1, group=group)
        else:
            model.know({people: 1}, 1, threshold - 1, group)
        model.protect({people: 1}, *(() if totals is not None else (group,)), (NATION, "programme", name))
        model.protect({visits: 1}, *(() if totals is not None else (group,)), (NATION, "programme", name))
    if totals is not None:
        group = (NATION, "programme", name)
        total = totals.get(name)
        _nation(model, group, parts["young_people"], total.overlap if total else None)
        _nearest(model, group, {place: 1 for place in parts["visits"]})
    return model
