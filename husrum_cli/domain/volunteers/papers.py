"""Papers of volunteers: who lacks one on a day, and whose lapse soon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ...errors import WrongInput
from ...i18n import _
from ...input.choices import spoken
from ...input.dates import days_after, months_before
from ...input.text import read_note
from ...store import Store
from ...vocabulary import ATTEST
from ..people.lookup import Person
from ..rules import Rules
from ..settings import setting

LAPSE_NOTICE = 60
"""Days ahead that a paper is said to lapse."""
LAPSING = ("criminal_record", "confidentiality")
INTRO_COURSE = "intro_course"
# Intro courses taken: attested, or attended. People named with --volunteers taught it.
INTRO_COURSES = """
SELECT person_id, date FROM attests WHERE kind = 'intro_course'
UNION SELECT person_id, date FROM attendance JOIN sessions ON sessions.id = session_id JOIN activities ON activities.id = activity_id
    WHERE named_as = 'present' AND state = 'held' AND kind = 'intro_course'"""
# setting -> the roles whose papers it names
ASKED_OF = {"required_attests": ("befriender",), "leader_attests": ("leader", "peer")}
_ROLES = sum(map(len, ASKED_OF.values()))
_ASKED = """SELECT id, number, name, called FROM people WHERE branch_id = ?2 AND name IS NOT NULL
    AND id IN (SELECT person_id FROM role_periods WHERE starts <= ?1 AND ends > ?1 AND (?3 OR role IN (?4, ?5, ?6))) ORDER BY number"""


class Paper(NamedTuple):
    """A paper that somebody lacks or will lack. `lapses`: its last good day; None: it was never seen. `about`: number, name and called name."""

    about: Any
    kind: str
    lapses: str | None


def papers_to_renew(store: Store, day: str) -> Iterator[Paper]:
    """Yield the papers that volunteers must have and nobody has seen, that lapsed, or that lapse within `LAPSE_NOTICE` days.

    The intro course, and a paper that lapses, are asked of everybody with a role; other papers of those with the roles that the settings ask them of.
    """
    limit = days_after(day, LAPSE_NOTICE)
    for kind in (INTRO_COURSE, *LAPSING):
        everybody = kind == INTRO_COURSE or setting(store, f"{kind}_months") > 0
        roles = [role for key, roles in ASKED_OF.items() if kind in setting(store, key) for role in roles]
        seen = last_seen(store, kind, day)
        for row in store.rows(_ASKED, day, store.home, everybody, *roles, *[None] * (_ROLES - len(roles))):
            if row["id"] not in seen:
                yield Paper(row, kind, None)
            elif (lapses := lapses_on(store, kind, seen[row["id"]])) and lapses <= limit:
                yield Paper(row, kind, lapses)


def papers_of_a_befriender(store: Store) -> tuple[str, ...]:
    """Return the papers without which nobody is matched: the intro course, and those that the setting names."""
    return (INTRO_COURSE, *setting(store, "required_attests"))


def last_seen(store: Store, kind: str, day: str) -> dict[int, str]:
    """Return person -> the last day until a day on which a paper was seen, or the intro course taken; empty: it was only seen on an unknown day."""
    source = INTRO_COURSES if kind == INTRO_COURSE else f"SELECT person_id, date FROM attests WHERE kind = '{kind}'"
    sql = f"SELECT person_id, max(ifnull(date, '')) FROM ({source}) WHERE ifnull(date, '') <= ? GROUP BY person_id"
    return dict(store.connection.execute(sql, (day,)).fetchall())


def people_with_paper(store: Store, kind: str, day: str) -> set[int]:
    """Return the people whose paper is good on a day: seen by then, and not lapsed."""
    return {person for person, seen in last_seen(store, kind, day).items() if (lapses_on(store, kind, seen) or day) >= day}


def lapses_on(store: Store, kind: str, seen: str) -> str | None:
    """Return the last day on which a paper that was seen on a day is good; None: it never lapses, or nobody knows when it was seen."""
    months = setting(store, f"{kind}_months") if kind in LAPSING else 0
    return months_before(seen, -months) if months and seen else None


def require_papers(store: Store, rules: Rules, person: Person, day: str, kinds: Sequence[str]) -> None:
    """Raise `Refused` if somebody lacks any of some papers on a day. Forced, it only warns, and keeps why in the volunteer's note.

    History is not judged. Raises `WrongInput` if it is forced without a reason.
    """
    if not rules.strict and rules.forced is None:
        return
    lacking = [kind for kind in kinds if person.id not in people_with_paper(store, kind, day)]
    for kind in lacking:
        rules.broken(_lacks(person, kind), "volunteer")
    if lacking:
        _keep_reason(store, person, day, lacking, rules.forced)


def warn_of_papers(store: Store, rules: Rules, person: Person, day: str, kinds: Sequence[str]) -> None:
    """Remark on each of some papers that somebody lacks on a day."""
    for kind in kinds:
        if person.id not in people_with_paper(store, kind, day):
            rules.warn(_lacks(person, kind))


def _lacks(person: Person, kind: str) -> str:
    if kind == INTRO_COURSE:
        return _(
            "volunteer: {person} has not taken the intro course; when they have: husrum volunteer attest {number} intro_course",
            person=person.display_name,
            number=person.number,
        )
    return _(
        "volunteer: {person} lacks: {paper}. When it is seen: husrum volunteer attest {number} {kind}",
        person=person.display_name,
        paper=spoken(ATTEST, kind),
        number=person.number,
        kind=kind,
    )


def _keep_reason(store: Store, person: Person, day: str, lacking: Sequence[str], reason: str | None) -> None:
    """Add to a volunteer's note why they began without some papers."""
    if not reason:
        raise WrongInput(_('force: say why they may begin without it: --force "REASON"'), "force")
    papers = ", ".join(spoken(ATTEST, kind) for kind in lacking)
    line = _("{date}, without {papers}: {reason}", date=day, papers=papers, reason=reason)
    row = store.row("SELECT note FROM volunteers WHERE person_id = ?", person.id)
    if row is None:
        store.insert("volunteers", person_id=person.id, note=line)
    else:
        note = read_note("\n".join(filter(None, (row["note"], line))), "force")
        store.update("volunteers", person.id, key="person_id", note=note)
