"""Plain records that the domain returns and the output shows; neither needs to know the other."""

# Annotations are evaluated here: as texts, each field of a NamedTuple would be compiled when it is made, in every command.
from typing import Any, NamedTuple

Fields = dict[str, Any]


class Period(NamedTuple):
    """A period that figures are of, from its first to its last day (ISO), both included. `name`: as it is written."""

    name: str
    first: str
    last: str

    @property
    def year(self) -> int | None:
        """The calendar year that it is exactly, whichever way it is written."""
        year = self.first[:4]
        return int(year) if (self.first, self.last) == (f"{year}-01-01", f"{year}-12-31") else None


class FigureLine(NamedTuple):
    """A figure with its label. `section`: the table it is in, if any. `fields` is its object in JSON; `columns` each branch's own value, if there are several."""

    key: str
    label: str
    section: str
    fields: Fields
    columns: tuple[Any, ...] = ()


class SpreadLine(NamedTuple):
    """A distribution: answer -> (label, number). `parts`: if each has several numbers, by part, the labels of these parts."""

    key: str
    label: str
    section: str
    numbers: dict[str, tuple[str, Any]]
    parts: dict[str, str] = {}
    now: dict[str, Any] | None = None  # in a closed year, if it would be another now

    def split(self, number: Any) -> dict[str, Any]:
        """Return the numbers of an answer by part; of one that has a single number, or whose numbers are withheld, that one as the part ``."""
        return number if self.parts and set(number) <= set(self.parts) else {"": number}


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
    """The content of `stats year`. `missing`: branches that have sent nothing of the year; `unlinked`: branches whose people may be in others too.

    `lost`: the missing parts of a damaged closed year. `threshold`: outsiders may see it, with numbers of people below this hidden and the others rounded; 0: it is exact.
    """

    period: Period
    branches: tuple[str, ...]
    closed: bool
    figures: tuple[FigureLine, ...]
    spreads: tuple[SpreadLine, ...]
    missing: tuple[str, ...] = ()
    unlinked: tuple[str, ...] = ()
    threshold: int = 0
    closed_at: str | None = None
    changes: tuple[ChangeLine, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """The calendar year that the period is, if it is one."""
        return self.period.year

    @property
    def figure_sections(self) -> tuple[str, ...]:
        """The tables of figures: scope, volunteers, engagement and quality."""
        return tuple(dict.fromkeys(line.section for line in self.figures if line.section and "answered" not in line.fields))

    @property
    def share_sections(self) -> tuple[str, ...]:
        """The tables of shares: the young people of the year, the young people at the interview."""
        return tuple(dict.fromkeys(line.section for line in self.figures if line.section and "answered" in line.fields))


class TrendRecord(NamedTuple):
    """Periods next to each other, and the day of each branch's last record. `by`: year, half, quarter or month."""

    branches: tuple[str, ...]
    periods: tuple[YearRecord, ...]
    last_records: dict[str, str | None]
    by: str = "year"
