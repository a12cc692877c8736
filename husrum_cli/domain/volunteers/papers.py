"""Papers of volunteers: who lacks one on a day, and whose lapse soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from ...input.dates import months_before
from ...store import Store
from ..settings import setting

AHEAD = 60
"""Days ahead that a paper is said to lapse."""
LAPSING = ("criminal_record", "confidentiality")
_SEEN = """SELECT people.id, number, name, called, (SELECT max(ifnull(date, '')) FROM attests WHERE person_id = people.id AND kind = ?2) AS seen
    FROM people WHERE branch_id = ?3 AND id IN (SELECT person_id FROM role_periods WHERE ?1 BETWEEN starts AND ends) ORDER BY number"""


class Paper(NamedTuple):
    """A paper that somebody lacks or will lack. `lapses`: its last good day; None: it was never seen. `about`: number, name and called name."""

    about: Any
    kind: str
    lapses: str | None


def papers_to_renew(store: Store, day: str) -> Iterator[Paper]:
    """The papers of volunteers that lapsed or lapse within `AHEAD` days, and those that the settings ask for and nobody has seen."""
    limit = (date.fromisoformat(day) + timedelta(days=AHEAD)).isoformat()
    for kind in LAPSING:
        months = setting(store, f"{kind}_months")
        if not months and kind not in setting(store, "required_attests"):
            continue
        for row in store.rows(_SEEN, day, kind, store.home):
            if row["seen"] is None or months and not row["seen"]:  # seen on a day that nobody knows is as good as never where it lapses
                yield Paper(row, kind, None)
            elif months and (lapses := months_before(row["seen"], -months)) <= limit:
                yield Paper(row, kind, lapses)
