"""Correct matches, and remove matches, waits, offers and contacts that were entered by mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ...errors import NotFound, Refused
from ...i18n import NP_, _, counts
from ...store import Store
from ..corrections import ANY_DAY, Change, changes, correct_row, delete_row, only_row, refuse_to_remove, reopen
from ..people.lookup import People, Person
from ..rules import Rules, overlap
from .matches import FOREVER, Match, warn_of_capacity

_COLUMNS = {"start": "starts", "end": "ends", "reason": "reason"}


def edit_match(
    people: People, rules: Rules, person: Person, volunteer: Person | None, given: Mapping[str, Any]
) -> tuple[Match, list[Change]]:
    """Correct `start`, `end` and `reason` of a match, the latest of the two; without an end there is no reason either.

    Raises `Refused` if it would overlap another match of the young person, or leave a pause or a meeting of the two outside.
    """
    store = people.store
    match = latest_match(store, person, volunteer)
    row = store.row("SELECT starts, ends, reason FROM matches WHERE id = ?", match.id)
    assert row is not None
    before = {option: row[column] for option, column in _COLUMNS.items()}
    if "end" in given and given["end"] is None:
        given = {"reason": None, **given}
    now = {**before, **given}
    rules.not_in_future(given.get("start"), "start")  # an end may be planned
    if now["start"] and now["end"] and now["end"] < now["start"]:
        raise Refused(_("end: {end} is before the start, {start}.", end=now["end"], start=now["start"]), "end")
    if now["reason"] and not now["end"]:
        raise Refused(_("reason: the match has not ended; give its --end too."), "reason")
    for other in store.rows("SELECT starts, ends FROM matches WHERE person_id = ? AND id <> ?", person.id, match.id):
        if overlap((other["starts"], other["ends"]), (now["start"], now["end"])):
            since = other["starts"] or _("an unknown date")
            raise Refused(_("start: {person} has another Hjerteven then, since {since}.", person=person.display_name, since=since), "start")
    sql = """SELECT date FROM (SELECT starts AS date, match_id FROM pauses UNION ALL SELECT date, match_id FROM pair_meetings)
        WHERE match_id = ?1 AND (date < ?2 OR date > ?3) ORDER BY date"""
    outside = store.value(sql, match.id, now["start"] or "", now["end"] or "~")
    if outside:
        raise Refused(_("start: a pause or a meeting of the two, on {date}, would fall outside it.", date=outside), "start")
    found = changes(before, given)
    if any(change.column in ("start", "end") for change in found):
        warn_of_capacity(store, rules, people.with_ids([match.volunteer_id])[0], now["start"], now["end"], match.id)
    with _noting_waits(store, rules, person):
        store.update("matches", match.id, **{_COLUMNS[change.column]: change.after for change in found})
    return match, found


@contextmanager
def _noting_waits(store: Store, rules: Rules, person: Person) -> Iterator[None]:
    """Say that a young person is on the waiting list again, or no longer is, since a match of theirs is another one now."""
    sql = "SELECT starts FROM waiting WHERE person_id = ? AND ends = ?"
    before = store.row(sql, person.id, FOREVER)
    yield
    now = store.row(sql, person.id, FOREVER)
    if now and not before:
        since = now["starts"] or _("an unknown date")
        words = {"person": person.display_name, "date": since, "number": person.number}
        rules.warn(
            _("{person} is on the waiting list again, since {date}. If that is wrong: husrum match unwait {number} --remove", **words)
        )
    elif before and not now:
        rules.warn(_("{person} is no longer on the waiting list.", person=person.display_name))


def latest_match(store: Store, person: Person, volunteer: Person | None) -> Match:
    """Return the match that runs, else the latest, of a young person and, if one is named, a volunteer. Raises `NotFound`."""
    row = store.row(
        """SELECT id, person_id, volunteer_id, starts, ends FROM matches WHERE person_id = ?1 AND (?2 IS NULL OR volunteer_id = ?2)
        ORDER BY ends IS NOT NULL, ifnull(starts, '') DESC, id DESC""",
        person.id,
        volunteer.id if volunteer else None,
    )
    if row is None:
        raise NotFound(_("person: {person} has no match.", person=person.display_name), "person")
    return Match(*row)


def remove_match(store: Store, rules: Rules, person: Person, volunteer: Person | None) -> Match:
    """Remove a match that was entered by mistake; who waited before it waits again. Its pauses go with it.

    Raises `Refused` if the two met, or if there were contacts while it ran; and `NotFound` if there are several and no volunteer is named.
    """
    several = store.value("SELECT count(DISTINCT volunteer_id) FROM matches WHERE person_id = ?", person.id)
    if volunteer is None and several > 1:
        raise NotFound(_("person: {person} has matches with several volunteers; name the one.", person=person.display_name), "volunteer")
    match = latest_match(store, person, volunteer)
    contacts = store.value(
        "SELECT count(*) FROM contacts WHERE person_id = ? AND date >= ifnull(?, '') AND date <= ifnull(?, '~')",
        person.id,
        match.starts,
        match.ends,
    )
    met = store.value("SELECT count(*) FROM pair_meetings WHERE match_id = ?", match.id)
    rests = counts(
        (contacts, NP_("{number} contact", "{number} contacts")),
        (met, NP_("{number} meeting of the two", "{number} meetings of the two")),
    )
    refuse_to_remove(_("the match of {person}", person=person.display_name), rests, "person")
    with _noting_waits(store, rules, person):
        store.delete("matches", id=match.id)
    return match


def remove_pause(store: Store, match: Match, starts: str | None) -> str | None:
    """Remove a pause of a match: the one from a day, or the only one. Returns that day."""
    rows = store.rows("SELECT id, starts FROM pauses WHERE match_id = ? ORDER BY starts", match.id)
    row = only_row(rows, "starts", starts, _("a pause of the match"), "date")
    return delete_row(store, "pauses", row, "starts")


def pause_again(store: Store, match: Match) -> list[Change]:
    """Take back that a match went on: its latest pause has not ended."""
    rows = store.rows("SELECT id, starts, ends FROM pauses WHERE match_id = ? ORDER BY starts", match.id)
    return reopen(store, "pauses", rows, ANY_DAY, _("a pause of the match"), "date")


def edit_wait_start(store: Store, rules: Rules, person: Person, since: str | None) -> list[Change]:
    """Correct since when somebody waits who is on the waiting list now.

    Raises `Refused` if the wait would overlap an earlier one, or would have ended with a match or a leaving since that day.
    """
    rules.not_in_future(since, "since")
    waits = store.rows("SELECT id, starts, ends FROM waiting WHERE person_id = ?", person.id)
    row = next((row for row in waits if row["ends"] == FOREVER), None)
    if row is None:
        raise Refused(_("person: {person} is not on the waiting list.", person=person.display_name), "person")
    for other in waits:
        if other["id"] != row["id"] and overlap((other["starts"], other["ends"]), (since, None)):
            raise Refused(_("since: {person} waited before, until {date}.", person=person.display_name, date=other["ends"]), "since")
    found = correct_row(store, "waits", row, {"since": since}, {"since": "starts"})
    ended = store.value("SELECT ends FROM waiting WHERE id = ?", row["id"])
    if ended != FOREVER:
        raise Refused(_("since: {person} has been matched or away since then, on {date}.", person=person.display_name, date=ended), "since")
    return found


def remove_wait(store: Store, person: Person) -> str | None:
    """Remove the latest wait of somebody who was put on the waiting list by mistake. Returns since when it was."""
    row = store.row("SELECT id, starts FROM waits WHERE person_id = ? ORDER BY ifnull(starts, '') DESC, id DESC", person.id)
    if row is None:
        raise NotFound(_("person: {person} was never on the waiting list.", person=person.display_name), "person")
    return delete_row(store, "waits", row, "starts")


def remove_offer(store: Store, volunteer: Person) -> str | None:
    """Remove an offer that was entered by mistake. Returns the day from which it was. Their matches stay."""
    row = store.row("SELECT id, starts FROM offers WHERE person_id = ?", volunteer.id)
    if row is None:
        raise NotFound(_("volunteer: {person} does not offer to be a Hjerteven.", person=volunteer.display_name), "volunteer")
    return delete_row(store, "offers", row, "starts")
