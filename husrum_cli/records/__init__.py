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
    now: dict[str, Any] | None = None  # in a closed year, where it would be another now


class ChangeLine(NamedTuple):
    """A row through which a closed year's figures would be others now. `figures`: the labels of those it changes, by key."""

    added: bool
    person: int | None
    name: str | None
    date: str
    what: str
    amount: float | None
    figures: dict[str, str]


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
    closed_at: str | None = None
    changes: tuple[ChangeLine, ...] = ()

    @property
    def sections(self) -> tuple[str, ...]:
        """The tables of the year: scope, volunteers, the young people of the year, the young people at the interview."""
        return tuple(dict.fromkeys(line.section for line in self.figures if line.section))


class TrendRecord(NamedTuple):
    """Years side by side, and the day of each branch's last record."""

    branches: tuple[str, ...]
    years: tuple[YearRecord, ...]
    last_records: dict[str, str | None]
