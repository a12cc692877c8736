"""Papers of volunteers that have columns of their own in a list: each cell is the day one was seen, or that it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...rowtypes.registry import row_type
from .columns import PAPERS
from .roster import RosterPerson
from .rows import RowsOfKind
from .values import PAPER_SEEN


def take_out_papers(rows: RowsOfKind, whose: Mapping[int, RosterPerson | None]) -> Iterator[RowsOfKind]:
    """Take the papers out of a list of volunteers, as rows of attests. An intro course stays if its day is known, since the list has a column for it.

    `whose`: by the id of a row's texts.
    """
    declared = row_type("volunteers").by_name
    for paper in PAPERS:
        found = []
        for number, texts in rows.rows:
            if paper in declared and texts.get(paper) != PAPER_SEEN or not (day := texts.pop(paper, "")):
                continue
            if known := whose.get(id(texts)):
                found.append((number, {"volunteer": known.text, "kind": paper, "date": "" if day == PAPER_SEEN else day}))
        if found:
            heading = rows.headings.get(paper, paper)
            headings = {"volunteer": rows.headings.get("name", "name"), "kind": heading, "date": heading}
            yield RowsOfKind(rows.file, rows.sheet, "attests", headings, found)
