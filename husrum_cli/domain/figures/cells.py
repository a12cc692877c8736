"""The input of disclosure control: each branch's protected numbers, with the bounds that exact figures give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ...vocabulary import ROLE, SILENT
from .answers import SPREADS, ShareValue, Spread
from .figure import Figure
from .registry import COUNTED
from .share_registry import RECRUITED

PROTECTED: tuple[Figure, ...] = tuple(figure for figure in COUNTED if figure.protected_within or figure.protected)


class BoundedNumber(NamedTuple):
    """A number of people, and the bounds that everybody knows of it; `most` is None if there is none."""

    value: int
    least: int = 0
    most: int | None = None


class Attendance(NamedTuple):
    """How many young people came to anything but an interview, with the exact figures that bound it: `most` and `least` by the numbers of each offer.

    `others`: participants who may neither have come nor have been interviewed for the first time. `visits`: named ones, interviews aside.
    """

    came: int
    least: int
    most: int
    young_people: int
    others: int
    visits: int
    occasions: int


class BranchCells(NamedTuple):
    """One branch: its shares and distributions by key, its protected figures by key, programme -> part -> number, and who came at all."""

    branch: str
    shares: dict[str, ShareValue]
    spreads: dict[str, Spread]
    figures: dict[str, BoundedNumber]
    programmes: dict[str, dict[str, BoundedNumber]]
    attendance: Attendance | None = None


def branch_cells(
    branch: str,
    values: Mapping[str, float | None],
    came: int,
    shares: dict[str, ShareValue],
    spreads: Mapping[str, Spread],
    programmes: Mapping[str, Mapping[str, int]],
) -> BranchCells:
    """Return the cells of one branch, from what is shown of it. `came`: how many young people have a visit other than an interview."""
    whole = {key: int(value or 0) for key, value in values.items()}
    own = dict(spreads)
    if RECRUITED.key in own:
        own[RECRUITED.key] = _codes_alone(own[RECRUITED.key])
    return BranchCells(
        branch,
        shares,
        own,
        {figure.key: _bounded(figure, whole) for figure in PROTECTED},
        {name: _programme(numbers, whole) for name, numbers in programmes.items()},
        _attendance(came, whole),
    )


def _attendance(came: int, values: Mapping[str, int]) -> Attendance:
    offers = [
        values.get(f"young_people_{kind}", 0) for kind in ("talk_group", "network_group", "social_event", "online_event", "youth_meeting")
    ]
    occasions = ("group_meetings", "network_meetings", "social_events", "online_events", "youth_meetings")
    again = max(0, values.get("intakes", 0) - values.get("young_people_new", 0))
    return Attendance(
        came,
        max(offers),
        sum(offers),
        values.get("young_people", 0),
        values.get("young_people_befriended", 0) + again,
        values.get("visits_named", 0) - values.get("visits_intake", 0),
        sum(values.get(key, 0) for key in occasions),
    )


def _codes_alone(spread: Spread) -> Spread:
    """Reduce the ways volunteers were recruited to codes. Free text stays in the city, so it counts as not recorded, in the nation and in the city alike."""
    codes = {*(RECRUITED.codes or ()), *SILENT}
    kept = {code: number for code, number in spread.items() if code in codes}
    kept["not_recorded"] += sum(number for code, number in spread.items() if code not in codes)
    return kept


# Protected figures -> the exact ones that they can't exceed: the first less the others.
_MOST = {
    "peer_supporters": ("volunteers",),
    "moved_on": ("young_people",),
    "young_people_once": ("young_people",),
    "interviewed_never_came": ("young_people_new",),
    "volunteers_without_intro": ("volunteers", "volunteers_left"),
}


def _bounded(figure: Figure, values: Mapping[str, int]) -> BoundedNumber:
    value = values.get(figure.key, 0)
    first, *others = _MOST.get(figure.key, ("",))
    most = values[first] - sum(values[key] for key in others) if first in values else None
    if most is not None and most < value:  # as of those who were interviewed, but whose enquiry is undated: they are not new
        most = None
    least = 0
    if figure.key == "peer_supporters":  # volunteers without another role are peer supporters
        least = max(0, (most or 0) - sum(values.get(f"volunteers_{role}", 0) for role in ROLE if role != "peer"))
    return BoundedNumber(value, least, most)


def _programme(numbers: Mapping[str, int], values: Mapping[str, int]) -> dict[str, BoundedNumber]:
    visits = values.get("visits", 0) - values.get("visits_intake", 0)
    most = {"visits": visits, "young_people": min(visits, values.get("young_people", 0))}
    return {part: BoundedNumber(number, 0, most.get(part)) for part, number in numbers.items()}


def frozen_cells(
    live: BranchCells,
    values: Mapping[str, float | None],
    shares: dict[str, ShareValue],
    spreads: Mapping[str, Any],
    programmes: Mapping[str, Mapping[str, int]],
) -> BranchCells:
    """Return the cells of a branch from its closed year. What husrum did not know when it was closed is as it is counted now."""
    counted = {key: number.value for key, number in live.figures.items()}
    known = {key: spread for key, spread in spreads.items() if key in SPREADS}
    came = live.attendance.came if live.attendance else 0
    return branch_cells(live.branch, counted | dict(values), came, live.shares | shares, live.spreads | known, programmes)


def cells_from_json(parts: list[dict[str, Any]]) -> tuple[BranchCells, ...]:
    """Return cells that were written as JSON."""
    return tuple(
        BranchCells(
            each["branch"],
            {key: ShareValue(*share) for key, share in each["shares"].items()},
            each["spreads"],
            {key: BoundedNumber(*number) for key, number in each["figures"].items()},
            {name: {part: BoundedNumber(*number) for part, number in numbers.items()} for name, numbers in each["programmes"].items()},
            Attendance(*each["attendance"]) if each.get("attendance") else None,
        )
        for each in parts
    )
