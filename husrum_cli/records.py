"""Plain records that the domain gives and the output shows; neither needs to know the other."""

from __future__ import annotations

from typing import Any, NamedTuple

Fields = dict[str, Any]


class FigureLine(NamedTuple):
    """A figure and what is read for it. `section`: the table it stands in, if any. `fields` is its object in JSON; `columns` each branch's own value, where there are several."""

    key: str
    label: str
    section: str
    fields: Fields
    columns: tuple[Any, ...] = ()


class SpreadLine(NamedTuple):
    """A distribution: answer -> (label, number), or for programmes (label, numbers)."""

    key: str
    label: str
    section: str
    numbers: dict[str, tuple[str, Any]]


class YearRecord(NamedTuple):
    """Everything `stats year` shows. `missing`: branches that have sent nothing of the year; `unlinked`: branches whose people may stand in others too.

    `threshold`: outsiders may see it, with numbers of people below this hidden and the others rounded; 0: it is exact.
    """

    year: int
    branches: tuple[str, ...]
    closed: bool
    figures: tuple[FigureLine, ...]
    spreads: tuple[SpreadLine, ...]
    missing: tuple[str, ...] = ()
    unlinked: tuple[str, ...] = ()
    threshold: int = 0


class TrendRecord(NamedTuple):
    """Years side by side, and the day of each branch's last record."""

    branches: tuple[str, ...]
    years: tuple[YearRecord, ...]
    last_records: dict[str, str | None]
