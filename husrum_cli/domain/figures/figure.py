"""The definition of a figure: its key, labels, description, and the query whose rows it counts."""

from __future__ import annotations

from typing import NamedTuple

# The tables that figures are shown in.
SCOPE, VOLUNTEERS, ENGAGEMENT = "scope", "volunteers", "engagement"


class Figure(NamedTuple):
    """A figure that is counted from the rows of a query.

    `where`: which of the query's rows. `measure`: what is taken of them: `rows` (their number), `amount` (the sum of their amounts), or of the amounts `min`,
    `max`, `mean` or `median`; `per_visit`: of two other figures. `people`: nationally each human counts once.
    `protected_within`: outsiders see it rounded (`docs/publishing.md`); the figure that it can't exceed, which they see exactly. `protected`: outsiders see it of
    whole years only, and never exactly. All shares and distributions are protected. `section`: the table it is shown in.
    """

    key: str
    danish: str
    english: str
    definition: str
    query: str
    where: str = "1"
    measure: str = "rows"
    people: bool = False
    danish_nation: str = ""
    protected_within: str = ""
    protected: bool = False
    section: str = SCOPE


class ReportedFigure(NamedTuple):
    """A number that nothing in the file can be counted from. `largest`: nationally the largest, not the sum."""

    key: str
    danish: str
    english: str
    definition: str
    largest: bool = False
    whole: bool = True
    section: str = SCOPE


# The value of a figure without rows: 0 for a number; unknown for an average.
EMPTY = {"rows": 0, "amount": 0}
