"""Published and suppressed numbers of branches and of all of them together.

A city's numbers are decided from the city alone, since it publishes them from its own file too. Those of the nation are decided with all cities' numbers next to
them: what they would determine together is withheld by the nation. Either is decided next to what was published earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .answers import SPREADS
from .cells import PROTECTED, BoundedNumber, BranchCells
from .publication import NATION, Earlier, Scope, Then, Total
from .published_questions import know_nearest, question_model
from .share_registry import AT_INTAKE
from .withholding import Group, Model, Sum, added, times


def withheld_groups(cells: BranchCells, threshold: int, earlier: Sequence[Earlier] = ()) -> set[Group]:
    """Return what is withheld of a branch, if this was published of it earlier.

    Groups are (scope, key, `spread` or `share`) of a distribution or a share, (scope, key of a figure), and (scope, `programme`, its name). The scope
    is a branch's name, or `NATION`.
    """
    return _decided([cells], None, threshold, set(), earlier)


def withheld_by_nation(
    cells: Sequence[BranchCells], totals: dict[str, Total], threshold: int, withheld: set[Group], earlier: Sequence[Earlier] = ()
) -> set[Group]:
    """Return what is withheld of the nation, next to its branches, of which `withheld` is. `totals`: the nation's figures of people."""
    return _decided(cells, totals, threshold, withheld, earlier)


def _decided(
    cells: Sequence[BranchCells], totals: dict[str, Total] | None, threshold: int, withheld: set[Group], earlier: Sequence[Earlier]
) -> set[Group]:
    # Numbers withheld by a year's first publication stay withheld in a second: others have published next to it.
    decided = withheld.union(*(before.withheld for before in earlier if before.same_year))
    for before in earlier or (None,):
        then = {(Then(str(scope)), *rest) for scope, *rest in before.withheld} if before else set()
        for model in _models(cells, totals, threshold, before):
            model.withheld |= decided | then
            decided |= {group for group in model.decide() if not isinstance(group[0], Then)}
    return decided


def _models(cells: Sequence[BranchCells], totals: dict[str, Total] | None, threshold: int, before: Earlier | None) -> Iterable[Model]:
    """Yield a model of each question, figure and programme: answers about one disclose nothing about the others. `totals` None: of one branch alone."""
    for key, (distribution, basis) in SPREADS.items():
        if basis != AT_INTAKE or not _twice(key, basis):
            yield question_model(cells, distribution, basis, totals is not None, threshold, before)
    for keys in (COMING, *((figure.key,) for figure in PROTECTED if figure.measure == "rows" and figure.key not in COMING)):
        yield _figures(keys, cells, totals, threshold, before)
    for name in dict.fromkeys(name for each in cells for name in each.programmes):
        yield _programme(name, cells, totals, threshold, before)


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


def _figures(
    keys: Sequence[str], cells: Sequence[BranchCells], totals: dict[str, Total] | None, threshold: int, before: Earlier | None
) -> Model:
    """Return protected figures of some branches, and of the nation, where a human in several of them counts once."""
    model = Model(threshold)
    found = [_figure(model, (key, *(each for each in keys if each != key)), cells, totals, before) for key in keys]
    if keys != COMING:
        return model
    (once, once_then), (never, never_then) = found
    for each in cells:
        _attendance(model, each, once[each.branch], never[each.branch])
        if each.branch in once_then and before:
            _attendance(model, before.cells[each.branch], once_then[each.branch], never_then[each.branch])
        if totals is not None and not few_came(each, threshold):  # its median is shown
            model.constant(once[each.branch])
            model.constant(never[each.branch])
    return model


def few_came(cells: BranchCells, threshold: int) -> bool:
    """Whether the median of visits per person could disclose a small number: of those who came once, or never."""
    return any(0 < cells.figures[key].value < threshold for key in COMING)


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


def _figure(
    model: Model, keys: Sequence[str], cells: Sequence[BranchCells], totals: dict[str, Total] | None, before: Earlier | None
) -> tuple[dict[str, Sum], dict[str, Sum]]:
    """Add the first of some figures, with what everybody knows of it; the others are withheld for it too. Return it by branch, as it is and as it was."""
    key = keys[0]
    compared = before if before and (before.same_year or key in _OF_THE_SAME_PEOPLE) else None
    now: dict[str, Sum] = {}
    then: dict[str, Sum] = {}
    for each in cells:
        if key not in each.figures:
            continue
        earlier = compared.cells.get(each.branch) if compared else None
        number = now[each.branch] = _number(model, each.figures[key])
        know_nearest(model, (each.branch, key), number)
        own = [] if totals is not None else [[(each.branch, other)] for other in keys]
        model.protect(number, *own, *([(NATION, other)] for other in keys))
        if earlier and key in earlier.figures:
            was = then[each.branch] = _number(model, earlier.figures[key])
            _compare(model, was, number, (earlier.figures[key], each.figures[key]))
            know_nearest(model, (Then(each.branch), key), was)
            model.protect(was, *([(each.branch if totals is None else NATION, other)] for other in keys))
    for scope, numbers, whole in ((NATION, now, totals), (Then(NATION), then, compared.totals if compared else None)):
        if totals is not None and whole is not None and len(numbers) == len(now):
            _nation(model, (scope, key), [*numbers.values()], whole[key].overlap if key in whole else None, (NATION, key))
    return now, then


def _compare(model: Model, then: Sum, now: Sum, bounds: tuple[BoundedNumber, BoundedNumber]) -> None:
    """Add that a number changed by no more than it did since an earlier publication, or than the exact number did that it can't exceed."""
    change = added(now, times(then, -1))
    most = max(abs(model.value(change)), abs((bounds[0].most or 0) - (bounds[1].most or 0)))
    model.know(change, -most, most)
    model.moves += [added(times(then, way), times(now, way)) for way in (1, -1)]


def _nation(model: Model, group: Group, numbers: Sequence[Sum], overlap: int | None, withheld: Group) -> None:
    """Publish the sum of the branches, less those who count twice in it, if anybody can. `withheld`: what is withheld for it."""
    total = added(*numbers)
    if overlap is not None:
        twice = model.number(max(0, overlap))
        model.moves += [{twice: 1}, {twice: -1}, *(added(times(number, way), {twice: way}) for number in numbers for way in (1, -1))]
        total[twice] = -1
        model.protect({twice: 1}, [withheld])
    know_nearest(model, group, total)
    model.protect(total, [withheld])


def named_programme(numbers: dict[str, int], threshold: int) -> bool:
    """Whether a programme may be named: naming one with few participants would disclose something about them."""
    return numbers["visits"] >= threshold and not 0 < numbers["young_people"] < threshold


def _programme(name: str, cells: Sequence[BranchCells], totals: dict[str, Total] | None, threshold: int, before: Earlier | None) -> Model:
    """Return the visits and the young people of a programme."""
    model = Model(threshold)
    offering = [each for each in cells if name in each.programmes]
    numbers: list[tuple[Sum, Sum]] = []
    for each in offering:
        then = before.cells.get(each.branch) if before and before.same_year else None
        parts = _programme_numbers(model, each.branch, name, each.programmes[name], threshold)
        numbers.append(parts)
        for number in parts:
            model.protect(number, *(() if totals is not None else ([(each.branch, "programme", name)],)), [(NATION, "programme", name)])
        if then and name in then.programmes:
            earlier = _programme_numbers(model, Then(each.branch), name, then.programmes[name], threshold)
            for part, was, number in zip(("visits", "young_people"), earlier, parts, strict=True):
                _compare(model, was, number, (then.programmes[name][part], each.programmes[name][part]))
                model.protect(was, [(NATION if totals is not None else each.branch, "programme", name)])
    if totals is not None:
        group = (NATION, "programme", name)
        total = totals.get(name)
        _nation(model, group, [people for _visits, people in numbers], total.overlap if total else None, group)
        know_nearest(model, group, added(*(visits for visits, _people in numbers)))
    return model


def _programme_numbers(model: Model, scope: Scope, name: str, numbers: dict[str, BoundedNumber], threshold: int) -> tuple[Sum, Sum]:
    """Add the visits and the young people of a programme, and what is published of them."""
    visits, people = _number(model, numbers["visits"]), _number(model, numbers["young_people"])
    model.know(added(visits, times(people, -1)), 0)
    model.moves += [added(times(visits, way), times(people, way)) for way in (1, -1)]
    group = (scope, "programme", name)
    if named_programme({part: number.value for part, number in numbers.items()}, threshold):
        know_nearest(model, group, visits)
        know_nearest(model, group, people)
    elif model.value(visits) < threshold:
        model.know(visits, high=threshold - 1, group=group)
    else:
        model.know(people, 1, threshold - 1, group)
    return visits, people
