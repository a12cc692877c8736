"""The figures of a closed year as they are stored, as JSON: written and read back."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ...records import Period
from .answers import ShareValue
from .compute import PeriodReport, Value

if TYPE_CHECKING:
    from .cells import BranchCells
    from .details import PeriodDetails


def freeze(report: PeriodReport, details: PeriodDetails, after: list[str | None], breakdowns: dict[str, dict[str, Any]]) -> str:
    """Return the figures as JSON, the same bytes for the same figures. `after`: what shows whether they would still be the same."""
    import json

    figures = {
        "after": after,
        "branches": report.branches,
        "values": {key: _fields(value) for key, value in report.values.items()},
        "shares": {key: share._asdict() for key, share in report.shares.items()},
        "distributions": report.distributions,
        "programmes": report.programmes,
        "by_branch": {name: {key: _fields(value) for key, value in values.items()} for name, values in report.by_branch.items()},
        "shares_by_branch": {name: {key: share._asdict() for key, share in each.items()} for name, each in report.shares_by_branch.items()},
        "cells": [each._asdict() for each in report.cells] if len(report.branches) > 1 else [],
        "breakdowns": breakdowns,
        "months": details.months,
        "grants": [grant._asdict() for grant in details.grants],
    }
    return json.dumps(figures, ensure_ascii=False, separators=(",", ":"))


def thaw(figures: str, period: Period, branches: tuple[str, ...], live: PeriodReport | None = None) -> PeriodReport:
    """Return a closed year's report as it was. Of a figure that husrum did not know then, or that the closing has lost, the `live` value is shown."""
    frozen = parse_figures(figures)
    now = live or PeriodReport(period, branches, True, {}, {}, {}, {}, {})
    kept_by_branch = part_of(frozen, "by_branch")
    kept_shares = part_of(frozen, "shares_by_branch")
    return PeriodReport(
        period,
        tuple(frozen.get("branches", branches)) if kept_by_branch or len(branches) == 1 else branches,
        True,
        now.values | {key: _value(fields) for key, fields in part_of(frozen, "values").items()},
        now.shares | {key: _share(fields) for key, fields in part_of(frozen, "shares").items()},
        now.distributions | part_of(frozen, "distributions"),
        frozen.get("programmes", now.programmes),
        {
            name: now.by_branch.get(name, {}) | {key: _value(fields) for key, fields in values.items()}
            for name, values in kept_by_branch.items()
        }
        or now.by_branch,
        {
            name: now.shares_by_branch.get(name, {}) | {key: _share(fields) for key, fields in each.items()}
            for name, each in kept_shares.items()
        }
        or now.shares_by_branch,
        now.missing,
        now.unlinked,
        _thawed_cells(frozen, branches, now.cells),
        linked=now.linked,
    )


@lru_cache(1)
def parse_figures(figures: str) -> dict[str, Any]:
    """Return the frozen figures; {} if they can't be read, or aren't what `freeze` writes. Not to be changed: what asks again gets the same."""
    import json

    try:
        frozen = json.loads(figures)
    except ValueError:
        return {}
    return frozen if isinstance(frozen, dict) and _is_sound(frozen) else {}


def _is_sound(frozen: dict[str, Any]) -> bool:
    """Whether the parts that are there have their shapes. Another program may have written them, and made a hash that fits."""

    def each(part: Any, check: Callable[[Any], bool]) -> bool:
        return isinstance(part, dict) and all(map(check, part.values()))

    def number(value: Any) -> bool:
        return value is None or isinstance(value, (int, float)) and not isinstance(value, bool)

    def values(part: Any) -> bool:
        return each(part, lambda fields: isinstance(fields, dict) and "value" in fields and number(fields["value"]))

    def shares(part: Any) -> bool:
        return each(part, lambda fields: isinstance(fields, dict) and all(isinstance(fields.get(name), int) for name in ShareValue._fields))

    def spreads(part: Any) -> bool:
        return each(part, lambda spread: each(spread, lambda value: number(value) or each(value, number)))

    checks: dict[str, Callable[[Any], bool]] = {
        "branches": lambda part: isinstance(part, list),
        "values": values,
        "shares": shares,
        "distributions": spreads,
        "programmes": spreads,
        "by_branch": lambda part: each(part, values),
        "shares_by_branch": lambda part: each(part, shares),
        "cells": lambda part: isinstance(part, list) and all(isinstance(cells, dict) for cells in part),
        "breakdowns": lambda part: each(part, lambda kept: isinstance(kept, dict)),
        "months": lambda part: each(part, lambda months: isinstance(months, list) and len(months) == 12 and all(map(number, months))),
        "grants": lambda part: isinstance(part, list) and all(isinstance(grant, dict) and "offers" in grant for grant in part),
    }
    return all(check(frozen[name]) for name, check in checks.items() if name in frozen)


def part_of(frozen: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a part of the frozen figures; {} without it."""
    part = frozen.get(name)
    return part if isinstance(part, dict) else {}


def frozen_keys(figures: str) -> frozenset[str]:
    """Return the keys of the figures that were frozen."""
    frozen = parse_figures(figures)
    return frozenset(key for name in ("values", "shares", "distributions") for key in part_of(frozen, name))


def lost_parts(figures: str, live: PeriodReport) -> tuple[str, ...]:
    """List the parts a closing should have but lacks: merges by an older husrum dropped the cities' own numbers from the nation's closed years."""
    frozen = parse_figures(figures)
    needed = ["values", "shares", "distributions", *(("by_branch", "shares_by_branch") if live.by_branch else ())]
    return tuple(name for name in needed if not part_of(frozen, name))


def _thawed_cells(frozen: dict[str, Any], branches: tuple[str, ...], live: tuple[BranchCells, ...]) -> tuple[BranchCells, ...]:
    """Return what publishing is decided from: of one branch its frozen figures, of several what was frozen of each, or what is counted now."""
    from .cells import frozen_cells

    if len(branches) == 1:
        values = {key: fields.get("value") for key, fields in part_of(frozen, "values").items()}
        shares = {key: _share(fields) for key, fields in part_of(frozen, "shares").items()}
        return tuple(frozen_cells(each, values, shares, part_of(frozen, "distributions"), frozen.get("programmes", {})) for each in live)
    return frozen_cells_of(frozen) or live


def frozen_cells_of(frozen: dict[str, Any]) -> tuple[BranchCells, ...]:
    """Return the cells of each branch that were frozen. Those that an older husrum froze have another format: of them none."""
    from .cells import cells_from_json

    kept = frozen.get("cells") or ()
    return cells_from_json(list(kept)) if all("spreads" in each for each in kept) else ()


def thaw_details(figures: str) -> PeriodDetails:
    """Return the details as they were. What was closed before grants were counted together stays as it was."""
    from .details import VISIT_CHANNELS, GrantUse, PeriodDetails

    frozen = parse_figures(figures)
    months = {channel: tuple(part_of(frozen, "months").get(channel, (0,) * 12)) for channel in VISIT_CHANNELS}
    grants = []
    for grant in frozen.get("grants", ()):
        fields = {"amount": grant.get("per_year"), "funders": ()} | grant
        fields |= {"offers": tuple(tuple(offer) for offer in grant["offers"]), "funders": tuple(tuple(each) for each in fields["funders"])}
        grants.append(GrantUse(**fields))
    return PeriodDetails(months, tuple(grants), tuple(f"{month:02}" for month in range(1, 13)))


def figures_digest(figures: str) -> str:
    """Return the SHA-256 of frozen figures."""
    import hashlib

    return hashlib.sha256(figures.encode()).hexdigest()


def _fields(value: Value) -> dict[str, Any]:
    return {name: field for name, field in value._asdict().items() if name == "value" or field is not None}


def _share(fields: dict[str, Any]) -> ShareValue:
    return ShareValue(**{name: fields[name] for name in ShareValue._fields})


def _value(fields: dict[str, Any]) -> Value:
    value = Value(**{name: field for name, field in fields.items() if name in Value._fields})
    return value._replace(partial=(value.partial[0], value.partial[1], value.partial[2])) if value.partial else value
