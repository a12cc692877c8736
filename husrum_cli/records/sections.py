"""Records of what a terminal shows in sections, each under a rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Section(NamedTuple):
    """Rows under a rule. `styles`: how each column is printed, as Rich names it; `right`: columns of numbers; `folded`: the column that gives way.

    `below`: a remark under each row; `urgent`: it is marked, with a sign and in colour; `note`: is put next to the title, or below the rows if there is no room.
    """

    title: str
    rows: Sequence[Sequence[str]]
    styles: Sequence[str] = ()
    right: Sequence[int] = ()
    folded: int = 0
    below: Sequence[str] = ()
    urgent: bool = False
    note: str = ""
