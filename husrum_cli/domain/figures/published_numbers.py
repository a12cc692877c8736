"""Published and suppressed numbers of branches and of all of them together.

A city's numbers are decided from the city alone, since it publishes them from its own file too. It leaves twins, and those of the year before stay possible. The
nation's are decided with all cities' numbers next to them: by itself, a year of the nation is decided by the twins that its cities leave, so that what a city
publishes later can't contradict them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from .answers import SPREADS
from .cells import PROTECTED, BoundedNumber, BranchCells
from .publication import NATION, Case, EarlierScope, ModelId, Scope
from .published_questions import know_nearest, question_model
from .rounding import possible
from .share_registry import AT_INTAKE
from .withholding import Group, Model, Sum, Twins, added, times


class Withholding(NamedTuple):
    """What is withheld, and of every model some twins that remain, if they were asked for.

    Groups are (scope, key, `spread` or `share`) of a distribution or a share, (scope, key of a figure), and (scope, `programme`, its name). The scope
    is a branch's name, or `NATION`.
    """

    withheld: set[Group]
    twins: dict[ModelId, Twins]


def decide(
    case: Case, withheld: Iterable[Group] = (), alone: Mapping[ModelId, Twins] | None = None, keep_twins: bool = False
) -> Withholding:
    """Decide what is withheld, with what is withheld in any case. `alone`: the twins that remain if nothing was published earlier, next to what was."""
    found = Withholding(set(withheld), {})
    then = {(EarlierScope(scope), *rest) for scope, *rest in case.withheld_earlier()}
    for id, model in _models(case):
        if alone is not None and not model.compared:
            found.twins[id] = alone.get(id, {})
            continue
        model.withheld |= found.withheld | then
        found.withheld.update(group for group in model.decide(keep_twins) if not isinstance(group[0], EarlierScope))
        found.twins[id] = model.twins
    return found


def _models(case: Case) -> Iterable[tuple[ModelId, Model]]:
    """Yield a model of each question, figure and programme: answers about one disclose nothing about the others."""
    for key, (distribution, basis) in SPREADS.items() if case.answers else ():
        if basis != AT_INTAKE or not _twice(key, basis):
            yield (key,), question_model(case._replace(id=(key,)), distribution, basis)
    for keys in (COMING, *((figure.key,) for figure in PROTECTED if figure.measure == "rows" and figure.key not in COMING)):
        yield keys, _figures(keys, case._replace(id=keys))
    for name in dict.fromkeys(name for each in case.cells for name in each.programmes):
        yield ("programme", name), _programme(name, case._replace(id=("programme", name)))


def _twice(key: str, basis: str) -> bool:
    """Whether a distribution at the interview is there of the participants of the year too."""
    return key.removesuffix(basis) in SPREADS and key.endswith(basis)


def _number(model: Model, number: BoundedNumber) -> Sum:
    """Add a number that could be one more or one less."""
    place = model.number(number.value)
    model.know({place: 1}, number.least)
    if number.most is not None:
        model.know({place: 1}, high=number.most)
    model.moves += [{place: 1}, {place: -1}]
    return {place: 1}


# Figures of people who may be the same ones as the year before; the others are of what was done in the year.
_OF_THE_SAME_PEOPLE = ("peer_supporters", "volunteers_without_intro")


# Figures that are judged together, since exact ones bound how many young people came at all.
COMING = ("young_people_once", "interviewed_never_came")


def _figures(keys: Sequence[str], case: Case) -> Model:
    """Return protected figures of some branches, and of the nation, where a human in several of them counts once."""
    model = Model(case.threshold)
    now: dict[str, list[Sum]] = {key: [] for key in keys}
    then: dict[str, list[Sum]] = {key: [] for key in keys}
    changes: dict[str, list[Sum]] = {key: [] for key in keys}
    blocks: dict[str, int] = {}
    for each in case.cells:
        blocks[each.branch] = len(model.values)
        before = case.before.get(each.branch)
        compared = before and (before.same_year or keys[0] in _OF_THE_SAME_PEOPLE)
        earlier = _numbers(model, keys, EarlierScope(each.branch), before.cells, case) if compared and before else {}
        first = len(model.values)
        for key, number in _numbers(model, keys, each.branch, each, case).items():
            now[key].append(number)
            if key in earlier and before:
                then[key].append(earlier[key])
                change = _compare(model, earlier[key], number, (before.cells.figures[key], each.figures[key]))
                if before.same_year:
                    changes[key].append(change)
        if earlier:
            case.compare(model, each.branch, first)
        if keys == COMING and case.nation and _median_bounds(each, case.threshold):
            for key in keys:
                model.constant(now[key][-1])
    if case.nation:
        case.offer(model, blocks)
    for key in keys:
        places = [[(case.here, other)] for other in (key, *(each for each in keys if each != key))]
        for number in (*now[key], *then[key], *_made_positive(model, changes[key])):
            model.protect(number, *places)
        for scope, numbers, totals in case.of_nation(now[key], then[key]):
            _nation(model, (scope, key), numbers, totals[key].overlap if key in totals else None, (NATION, key))
    return model


def _numbers(model: Model, keys: Sequence[str], scope: Scope, cells: BranchCells, case: Case) -> dict[str, Sum]:
    """Add the figures of a branch, with what everybody knows of them, and what is published."""
    found = {key: _number(model, cells.figures[key]) for key in keys if key in cells.figures}
    if keys == COMING and len(found) == len(keys):
        _attendance(model, cells, *found.values())
    for key, number in found.items():
        if case.shows(scope):
            know_nearest(model, (scope, key), number)
    return found


def has_few_visitors(cells: BranchCells, threshold: int) -> bool:
    """Whether a small number came once, or never."""
    return any(0 < cells.figures[key].value < threshold for key in COMING)


def median_discloses(once: int, came: int, threshold: int) -> bool:
    """Whether the median of visits per person could bound how many of those who came at all came once, and so how many never came.

    It can't if more than twice as many came as any number that is shown like this one: then the median is above 1 for each of these.
    """
    return 2 * possible(once, threshold)[1] + threshold > came


def _median_bounds(cells: BranchCells, threshold: int) -> bool:
    """Whether a branch's median is shown and bounds the numbers."""
    came = cells.attendance.came if cells.attendance else 0
    return not has_few_visitors(cells, threshold) and median_discloses(cells.figures[COMING[0]].value, came, threshold)


def _attendance(model: Model, cells: BranchCells, once: Sum, never: Sum) -> None:
    """Add what exact figures tell of those who came once, and of those who never came."""
    known = cells.attendance
    if known is None:
        return
    place = model.number(max(0, known.came - model.value(once)))
    again = {place: 1}
    came = added(once, again)
    model.know(came, known.least, known.most)
    model.know(added(came, never), known.young_people - known.others, known.young_people)
    model.know(added(once, times(again, 2)), high=known.visits)
    model.know(added(once, times(again, known.occasions)), low=known.visits)
    for one, other in ((once, again), (never, again), (once, never)):
        model.moves += [added(times(one, way), times(other, -way)) for way in (1, -1)]
    model.moves += [{place: 1}, {place: -1}]


def _compare(model: Model, then: Sum, now: Sum, bounds: tuple[BoundedNumber, BoundedNumber]) -> Sum:
    """Add that a number changed by no more than it did since an earlier publication, or than the exact number did that it can't exceed; return the change."""
    change = added(now, times(then, -1))
    most = max(abs(model.value(change)), abs((bounds[0].most or 0) - (bounds[1].most or 0)))
    model.know(change, -most, most)
    return change


def _made_positive(model: Model, changes: Sequence[Sum]) -> list[Sum]:
    """Return by how many people each number is more or less than in an earlier version, and all of them together."""
    return [times(change, -1) if model.value(change) < 0 else change for change in (*changes, added(*changes))]


def _nation(model: Model, group: Group, numbers: Sequence[Sum], overlap: int | None, withheld: Group) -> None:
    """Publish the sum of the branches, less those who count twice in it, if anybody can. `withheld`: what is withheld for it."""
    total = added(*numbers)
    if overlap is not None:
        twice = model.number(max(0, overlap))
        model.moves += [{twice: 1}, {twice: -1}]
        total[twice] = -1
        model.protect({twice: 1}, [withheld])
    know_nearest(model, group, total)
    model.protect(total, [withheld])


def may_name_programme(numbers: dict[str, int], threshold: int) -> bool:
    """Whether a programme may be named: naming one with few participants would disclose something about them."""
    return numbers["visits"] >= threshold and not 0 < numbers["young_people"] < threshold


def _programme(name: str, case: Case) -> Model:
    """Return the visits and the young people of a programme."""
    model = Model(case.threshold)
    now: list[tuple[Sum, Sum]] = []
    then: list[tuple[Sum, Sum]] = []
    changes: dict[str, list[Sum]] = {"visits": [], "young_people": []}
    blocks: dict[str, int] = {}
    group = (case.here, "programme", name)
    for each in case.cells:
        if name not in each.programmes:
            continue
        blocks[each.branch] = len(model.values)
        before = case.before.get(each.branch)
        numbers = before.cells.programmes.get(name) if before and before.same_year else None
        if numbers:
            then.append(_programme_numbers(model, EarlierScope(each.branch), name, numbers, case))
        first = len(model.values)
        now.append(_programme_numbers(model, each.branch, name, each.programmes[name], case))
        if numbers:
            for part, was, number in zip(("visits", "young_people"), then[-1], now[-1], strict=True):
                changes[part].append(_compare(model, was, number, (numbers[part], each.programmes[name][part])))
            case.compare(model, each.branch, first)
    for number in chain(*now, *then, *(_made_positive(model, each) for each in changes.values())):
        model.protect(number, [group])
    if case.totals is not None:
        case.offer(model, blocks)
        for scope, held, totals in case.of_nation(now, then):
            total = totals.get(name)
            _nation(model, (scope, "programme", name), [people for _visits, people in held], total.overlap if total else None, group)
            know_nearest(model, (scope, "programme", name), added(*(visits for visits, _people in held)))
    return model


def _programme_numbers(model: Model, scope: Scope, name: str, numbers: dict[str, BoundedNumber], case: Case) -> tuple[Sum, Sum]:
    """Add the visits and the young people of a programme, and what is published of them."""
    visits, people = _number(model, numbers["visits"]), _number(model, numbers["young_people"])
    model.know(added(visits, times(people, -1)), 0)
    group = (scope, "programme", name)
    if not case.shows(scope):
        return visits, people
    if may_name_programme({part: number.value for part, number in numbers.items()}, case.threshold):
        know_nearest(model, group, visits)
        know_nearest(model, group, people)
    elif model.value(visits) < case.threshold:
        model.know(visits, high=case.threshold - 1, group=group)
    else:
        model.know(people, 1, case.threshold - 1, group)
    return visits, people
