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
    """Everything `stats year` shows."""

    year: int
    branches: tuple[str, ...]
    closed: bool
    figures: tuple[FigureLine, ...]
    spreads: tuple[SpreadLine, ...]


class Candidate(NamedTuple):
    """Somebody who may have come, as the list to tick off shows them: the number and what they are called, nothing else.

    `words`: what finds them, folded, their full name in order. `volunteer`: they would count as one there. `hidden`: only shown where they are typed.
    """

    id: int
    number: int
    called: str
    words: tuple[str, ...]
    volunteer: bool = False
    ticked: bool = False
    hidden: bool = False


class Ticked(NamedTuple):
    """Who was ticked off: ids, full names of those who are new, and how many more there were."""

    ids: tuple[int, ...]
    newcomers: tuple[str, ...]
    unnamed: int
