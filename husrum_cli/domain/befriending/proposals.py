"""The life of a match before it starts and while it rests: proposed, accepted, declined or withdrawn; paused and resumed."""

from __future__ import annotations

from collections.abc import Sequence

from ...errors import NotFound, Refused, WrongInput
from ...i18n import _
from ...input.dates import require_order
from ...store import Store
from ...store.rows import Row
from ..people.lookup import Person
from ..rules import Rules, overlap

SIDES = ("person", "volunteer")

# The last answer of each side by a day, to each proposal: (proposal_id, side, accepted).
_LATEST = """SELECT proposal_id, side, accepted, max(date || printf('%012d', id)) FROM proposal_answers WHERE date <= ?1 GROUP BY proposal_id, side"""
# The proposals that wait for an answer, or for the match to start, at the end of a day. A proposal lapses with the wait, and with the
# volunteer's role, in which it was made: somebody who waits again later is asked again.
_PENDING = """
SELECT proposals.id, proposals.person_id, proposals.volunteer_id, proposals.date FROM proposals
JOIN waiting ON waiting.person_id = proposals.person_id AND ifnull(waiting.starts, '') <= proposals.date AND waiting.ends > ?1
WHERE proposals.date <= ?1 AND ifnull(withdrawn, '~') > ?1
    AND EXISTS (SELECT 1 FROM role_periods AS role WHERE role.person_id = volunteer_id AND role.starts <= proposals.date AND role.ends > ?1)
    AND NOT EXISTS (SELECT 1 FROM matches WHERE matches.id = match_id AND ifnull(matches.starts, '') <= ?1)"""
OPEN_PROPOSALS = f"""{_PENDING}
    AND NOT EXISTS (SELECT 1 FROM ({_LATEST}) AS latest WHERE latest.proposal_id = proposals.id AND NOT accepted)
ORDER BY proposals.date, proposals.id"""
# The pairs whose match has ended by a day, or that one side has declined.
DECLINED = f"""
SELECT person_id, volunteer_id FROM matches WHERE ends <= ?1
UNION SELECT person_id, volunteer_id FROM proposals JOIN ({_LATEST}) AS latest ON latest.proposal_id = proposals.id WHERE NOT accepted AND proposals.date <= ?1"""


def save_proposals(store: Store, rules: Rules, pairs: Sequence[tuple[int, int]], day: str) -> None:
    """Store proposed pairs, by their ids, until both sides have answered. One that was taken back on the same day is restored."""
    rules.not_in_future(day, "date")
    for person, volunteer in pairs:
        id = store.value("SELECT id FROM proposals WHERE person_id = ? AND volunteer_id = ? AND date = ?", person, volunteer, day)
        if id is None:
            store.insert("proposals", person_id=person, volunteer_id=volunteer, date=day)
        else:
            store.update("proposals", id, withdrawn=None)


def import_proposal(store: Store, person: Person, volunteer: Person, day: str, withdrawn: str | None, match: int | None) -> int:
    """Import a past proposal, and return its id."""
    if person.id == volunteer.id:
        raise WrongInput(_("volunteer: nobody can be their own Hjerteven."), "volunteer")
    if withdrawn and withdrawn < day:
        raise WrongInput(_("withdrawn: {withdrawn} is before it was proposed, on {date}.", withdrawn=withdrawn, date=day), "withdrawn")
    return store.insert("proposals", person_id=person.id, volunteer_id=volunteer.id, date=day, withdrawn=withdrawn, match_id=match)


def find_proposal(store: Store, person: Person, volunteer: Person, day: str) -> int:
    """Return the id of what was proposed to the two on a day. Raises `NotFound` if nothing was."""
    id = store.value("SELECT id FROM proposals WHERE person_id = ? AND volunteer_id = ? AND date = ?", person.id, volunteer.id, day)
    if id is None:
        raise NotFound(
            _(
                "proposed: {person} and {volunteer} were not proposed on {date}.",
                person=person.display_name,
                volunteer=volunteer.display_name,
                date=day,
            ),
            "proposed",
        )
    return int(id)


def import_answer(store: Store, proposal: int, proposed: str, side: str, accepted: bool, day: str, reason: str | None) -> int:
    """Import a past answer, and return its id. The same answer on the same day is stored once."""
    if day < proposed:
        raise WrongInput(_("date: {date} is before it was proposed, on {proposed}.", date=day, proposed=proposed), "date")
    answer = {"proposal_id": proposal, "side": side, "date": day, "accepted": int(accepted)}
    same = "SELECT id FROM proposal_answers WHERE proposal_id = ? AND side = ? AND date = ? AND accepted = ?"
    id = store.value(same, *answer.values())
    if id is None:
        return store.insert("proposal_answers", **answer, reason=reason)
    store.update("proposal_answers", id, reason=reason)
    return int(id)


def import_pause(store: Store, match: int, starts: str, ends: str | None, reason: str | None) -> int:
    """Import a past pause, and return its id."""
    require_order(starts, ends, "until")
    for row in store.rows("SELECT starts, ends FROM pauses WHERE match_id = ?", match):
        if overlap((row["starts"], row["ends"]), (starts, ends)):
            raise Refused(_("date: the match was paused already from {date}.", date=row["starts"] or _("an unknown date")), "date")
    return store.insert("pauses", match_id=match, starts=starts, ends=ends, reason=reason)


def open_proposal(store: Store, person: Person, volunteer: Person | None, day: str) -> Row:
    """Return the proposal to someone that is open on a day. Raises `NotFound` if there is none, or more than one and it was not said whose."""
    found = [
        row
        for row in store.rows(OPEN_PROPOSALS, day)
        if row["person_id"] == person.id and (volunteer is None or row["volunteer_id"] == volunteer.id)
    ]
    if not found:
        raise NotFound(
            _(
                "person: no proposal is open to {person} on {date}. See: husrum match list --proposed",
                person=person.display_name,
                date=day,
            ),
            "person",
        )
    if len(found) > 1:
        raise NotFound(
            _("volunteer: several proposals are open to {person}; name the volunteer too.", person=person.display_name), "volunteer"
        )
    return found[0]


def answer_proposal(
    store: Store, rules: Rules, person: Person, volunteer: Person | None, side: str, accepted: bool, day: str, reason: str | None
) -> int:
    """Record the answer of a side (`person`, `volunteer`, or `both`) to the proposal, and return the volunteer's id. A yes takes back a no."""
    rules.not_in_future(day, "date")
    try:
        row = open_proposal(store, person, volunteer, day)
    except NotFound:
        declined = [
            row
            for row in store.rows(f"{_PENDING} ORDER BY proposals.date DESC, proposals.id DESC", day)
            if row["person_id"] == person.id and (volunteer is None or row["volunteer_id"] == volunteer.id)
        ]
        if not accepted or not declined:
            raise
        row = declined[0]
        for each in SIDES if side == "both" else (side,):
            store.delete("proposal_answers", proposal_id=row["id"], side=each, date=day, accepted=0)
    for each in SIDES if side == "both" else (side,):
        import_answer(store, row["id"], row["date"], each, accepted, day, reason)
    return int(row["volunteer_id"])


def withdraw_proposal(store: Store, rules: Rules, person: Person, volunteer: Person | None, day: str) -> int:
    """Take a proposal back for the coordinator, and return the volunteer's id. Nobody said no, so the pair may be proposed again."""
    rules.not_in_future(day, "date")
    row = open_proposal(store, person, volunteer, day)
    store.update("proposals", row["id"], withdrawn=day)
    return int(row["volunteer_id"])


def answers_to(store: Store, proposal: int, day: str) -> dict[str, Row]:
    """Return side -> its last answer to a proposal by a day: `date`, `accepted`, `reason`."""
    sql = "SELECT side, date, accepted, reason FROM proposal_answers WHERE proposal_id = ? AND date <= ? ORDER BY date, id"
    return {row["side"]: row for row in store.rows(sql, proposal, day)}


def fulfil(store: Store, person: Person, volunteer: Person, match: int) -> None:
    """Record that the pair's proposal became this match."""
    row = store.row(
        "SELECT id FROM proposals WHERE person_id = ? AND volunteer_id = ? AND match_id IS NULL AND withdrawn IS NULL ORDER BY date DESC, id DESC",
        person.id,
        volunteer.id,
    )
    if row is not None:
        store.update("proposals", row["id"], match_id=match)


def add_pause(store: Store, rules: Rules, match: int, starts: str | None, day: str, reason: str | None) -> None:
    """Pause a match from a day on. It stays active."""
    rules.not_in_future(day, "date")
    if starts and day < starts:
        raise Refused(_("date: {date} is before the match began, on {start}.", date=day, start=starts), "date")
    last = store.row("SELECT id, starts, ends FROM pauses WHERE match_id = ? ORDER BY ifnull(ends, '~') DESC, starts DESC", match)
    if last is not None and day < last["ends"]:
        raise Refused(_("date: {date} is before the last pause was over, on {end}.", date=day, end=last["ends"]), "date")
    if last is not None and last["starts"] == day:  # they had just gone on again
        store.update("pauses", last["id"], ends=None, reason=reason)
    else:
        store.insert("pauses", match_id=match, starts=day, reason=reason)


def end_pause(store: Store, rules: Rules, match: int, day: str) -> None:
    """Resume a paused match."""
    rules.not_in_future(day, "date")
    running = store.row("SELECT id, starts FROM pauses WHERE match_id = ? AND ends IS NULL", match)
    if running is None:
        raise Refused(_("person: the match is not paused."), "person")
    if running["starts"] and day < running["starts"]:
        raise Refused(_("date: {date} is before the pause began, on {start}.", date=day, start=running["starts"]), "date")
    store.update("pauses", running["id"], ends=day)


def end_pauses(store: Store, rules: Rules, match: int, day: str) -> None:
    """End the pauses of a match that ends, and delete later ones."""
    for row in store.rows("SELECT id, starts FROM pauses WHERE match_id = ? AND starts > ?", match, day):
        rules.warn(_("The pause from {date} is gone, since the match had ended by then.", date=row["starts"]))
        store.delete("pauses", id=row["id"])
    for row in store.rows("SELECT id, starts, ends FROM pauses WHERE match_id = ? AND ifnull(ends, '~') > ?", match, day):
        if row["ends"]:
            words = {"starts": row["starts"] or _("an unknown date"), "date": day, "ends": row["ends"]}
            rules.warn(_("The pause from {starts} ends on {date} with the match (before: {ends}).", **words))
        store.update("pauses", row["id"], ends=day)
