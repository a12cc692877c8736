"""Published answers to a question: what is shown of them, and what must not be derivable."""

from __future__ import annotations

from collections.abc import Sequence

from ...vocabulary import SILENT, Share
from .answer_tables import AnswerTable, QuestionTables, add_tables, everybody, groups_of, key_on, sum_tables
from .changed_tables import ChangedPeople, add_later, by_branch, changed_among
from .publication import Case, EarlierScope, Scope
from .rounding import ENOUGH, possible, published_share
from .share_registry import AT_INTAKE, SHARES, Distribution
from .withholding import Group, Model, Sum, added, times


def question_model(case: Case, distribution: Distribution, basis: str) -> Model:
    """Return a question of some branches, on both of its bases: those interviewed, and the others who are participants of the year."""
    model = Model(case.threshold)
    both = basis == "" and not distribution.of_the_day
    shares = [share for share in SHARES if share.question == distribution.question] if basis in ("", AT_INTAKE) else []
    asked = QuestionTables(distribution, basis, shares, both)
    key = distribution.key
    published: dict[tuple[Scope, str], AnswerTable] = {}
    protected: list[tuple[AnswerTable, str]] = []
    came: list[list[ChangedPeople]] = []
    went: list[list[ChangedPeople]] = []
    now: dict[str, list[AnswerTable]] = {}
    then: dict[str, list[AnswerTable]] = {}
    blocks: dict[str, int] = {}
    for each in case.cells:
        blocks[each.branch] = len(model.values)
        before = case.before.get(each.branch)
        groups = groups_of(asked, each)
        tables: list[AnswerTable] = []
        if before and (before.same_year or basis != AT_INTAKE):
            former = groups_of(asked, before.cells)
            tables = add_tables(model, asked, former)
            first = len(model.values)
            later, *changes = add_later(model, asked, former, tables, groups, before.same_year, case.nation)
            came.append(changed_among(changes[0], later))
            went.append(changed_among(changes[1], tables))
            case.compare(model, each.branch, first)
        else:
            later = add_tables(model, asked, groups)
        for scope, parts, found in ((EarlierScope(each.branch), tables, then), (each.branch, later, now)):
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
                published[scope, on] = sum_tables(parts)
                protected.append((published[scope, on], on))
    for (scope, on), table in published.items():
        if case.shows(scope):
            _publish(model, scope, distribution, key_on(key, on), table, shares)
    for table, on in protected:
        _protect(model, table, *((case.here, key_on(key, other), other) for other in (on, *(basis for basis in bases if basis != on))))
    for change in (change for changes in (came, went) for alike in zip(*changes, strict=True) for change in by_branch(model, alike)):
        _protect(model, change.who, *((case.here, key_on(key, on), on) for on in bases), among=change.among)
    return model


def _by_basis(asked: QuestionTables, tables: Sequence[AnswerTable]) -> list[tuple[str, AnswerTable]]:
    """Return the tables of a branch as they are published: of those interviewed, and of all participants of the year."""
    if not tables:
        return []
    return [(AT_INTAKE, tables[0]), ("", sum_tables(tables))] if asked.both else [(asked.basis, tables[0])]


def _publish(model: Model, scope: Scope, distribution: Distribution, key: str, table: AnswerTable, shares: Sequence[Share]) -> None:
    """Add what is published of a distribution and of its shares. Of few people nothing is."""
    threshold = model.threshold
    spread = (scope, key, "spread")
    basis = AT_INTAKE if key.endswith(AT_INTAKE) else ""
    if model.value(everybody(table)) < ENOUGH * threshold:
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


def _protect(model: Model, table: AnswerTable, *places: tuple[Scope, str, str], among: AnswerTable | None = None) -> None:
    """Protect every answer, every share and its complement, and how many answered. The breakdowns are withheld before the percentages.

    `places`: the scopes, keys and bases where these are published. `among`: the people of the table are some of these; what all of these said is no secret.
    """
    breakdowns = [[(scope, key, "spread")] for scope, key, _basis in places]
    percentages = [[(scope, share + basis, "share") for share in reversed(table.shares)] for scope, _key, basis in places]
    of_all = _secrets(among) if among else {}
    for name, number in _secrets(table).items():
        if among is None or model.value(of_all.get(name, {})) < model.value(everybody(among)):
            model.protect(number, *breakdowns, *percentages, among=of_all.get(name))


def _secrets(table: AnswerTable) -> dict[tuple[str, ...], Sum]:
    """Return the numbers of a table that must not be determined, by name."""
    return {
        **{("code", code): number for code, number in table.codes.items()},
        **{("share", key): number for key, number in table.shares.items()},
        ("answered",): table.answered,
        **{("not", key): added(table.answered, times(number, -1)) for key, number in table.shares.items()},
    }
