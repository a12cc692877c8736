"""Papers of volunteers: who lacks one on a day, and whose lapse soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from ...i18n import _
from ...input.choices import spoken
from ...input.dates import months_before
from ...store import Store
from ...vocabulary import ATTEST
from ..people.lookup import Person
from ..rules import Rules
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
            if row["seen"] is None:
                yield Paper(row, kind, None)
            elif months and row["seen"] and (lapses := months_before(row["seen"], -months)) <= limit:
                yield Paper(row, kind, lapses)


def good_since(store: Store, kind: str, day: str) -> str:
    """The first day on which a paper must have been seen to be good on a day; empty: it never lapses. One seen on an unknown day is good."""
    months = setting(store, f"{kind}_months") if kind in LAPSING else 0
    return months_before(day, months) if months else ""


def require_papers(store: Store, rules: Rules, person: Person, day: str) -> None:
    """Raise `Refused` if somebody lacks, on a day, a paper that the settings ask for. History is not judged."""
    for kind in setting(store, "required_attests") if rules.strict else ():
        since = good_since(store, kind, day)
        sql = "SELECT 1 FROM attests WHERE person_id = ? AND kind = ? AND ifnull(date, ?) BETWEEN ? AND ?"
        if not store.value(sql, person.id, kind, day, since, day):
            rules.broken(
                _(
                    "volunteer: {person} lacks: {paper}. When it is seen: husrum volunteer attest {number} {kind}",
                    person=person.shown,
                    paper=spoken(ATTEST, kind),
                    number=person.number,
                    kind=kind,
                ),
                "volunteer",
            )
