"""Hjerteven: who waits, who offers, who is matched with whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ...errors import NotFound, Refused, WrongInput
from ...i18n import _
from ...input.dates import require_order
from ...input.text import fold
from ...store import Store
from ..corrections import Change, changes, correct_reason
from ..people.lookup import Person
from ..rules import Rules, overlap
from ..volunteers.papers import papers_of_a_befriender, require_papers
from . import proposals

Preferences = dict[str, tuple[str, ...]]
FOREVER = "9999-12-31"


class Match(NamedTuple):
    """A befriending relation."""

    id: int
    person_id: int
    volunteer_id: int
    starts: str | None
    ends: str | None


def add_wait(
    store: Store,
    rules: Rules,
    person: Person,
    starts: str | None,
    preferences: Preferences,
    ends: str | None = None,
    reason: str | None = None,
) -> int:
    """Put someone on the waiting list, and return the id of the wait. Nobody waits twice at a time."""
    require_order(starts, ends, "until")
    for row in store.rows("SELECT starts, ends FROM waiting WHERE person_id = ?", person.id):
        if overlap((row["starts"], None if row["ends"] == FOREVER else row["ends"]), (starts, ends)):
            since = row["starts"] or _("an unknown date")
            if rules.strict:
                raise Refused(
                    _(
                        "person: {person} is on the waiting list already, since {since}. To correct that: husrum match edit {number} --since DATE",
                        person=person.display_name,
                        since=since,
                        number=person.number,
                    ),
                    "person",
                )
            raise Refused(
                _(
                    "person: {person} is on the waiting list already, since {since}. If a match ended that, import matches.csv first, or with it.",
                    person=person.display_name,
                    since=since,
                ),
                "person",
            )
    if not store.value("SELECT 1 FROM intakes WHERE person_id = ?", person.id):
        rules.warn(_("{person} has no enquiry, and so does not count on the waiting list.", person=person.display_name))
    if rules.strict and (match := running_match(store, person)):
        if starts and (match.starts or "") >= starts:
            raise Refused(
                _(
                    "since: {person} has a Hjerteven since {since}, which ended the wait; wait from a later day: --since DATE",
                    person=person.display_name,
                    since=match.starts,
                ),
                "since",
            )
        rules.warn(_("{person} has a Hjerteven since {since}.", person=person.display_name, since=match.starts or "?"))
    _remark_on(rules, person, preferences)
    id = store.insert("waits", person_id=person.id, starts=starts, ends=ends, reason=reason)
    set_preferences(store, "wait_id", id, preferences)
    return id


def end_wait(store: Store, person: Person, day: str, given: Mapping[str, Any]) -> list[Change] | None:
    """Take somebody off the waiting list. If they were taken off it on that day, correct the `reason` that is given, and return the changes."""
    row = store.row("SELECT id, starts FROM waiting WHERE person_id = ? AND ends = ?", person.id, FOREVER)
    if row is None:
        last = store.row(
            "SELECT id, ends, reason FROM waits WHERE person_id = ? AND ends IS NOT NULL ORDER BY ends DESC, id DESC", person.id
        )
        refusal = Refused(_("person: {person} is not on the waiting list.", person=person.display_name), "person")
        return correct_reason(store, "waits", last, "ends", day, given, refusal, f"husrum match unwait {person.number}")
    if row["starts"] and day < row["starts"]:
        raise Refused(_("date: {date} is before they began to wait, on {start}.", date=day, start=row["starts"]), "date")
    store.update("waits", row["id"], ends=day, **given)
    return None


def save_offer(
    store: Store, rules: Rules, person: Person, given: Mapping[str, Any], preferences: Preferences, ends: str | None = None
) -> int:
    """Enter what a volunteer offers as a Hjerteven, or amend their offer; return its id. What is not given stays, but for its end: an offer is open again.

    given: capacity and starts, None to clear. preferences: of each kind that is given, an empty one to clear.
    """
    if not store.value("SELECT 1 FROM roles WHERE person_id = ?", person.id):
        rules.warn(
            _(
                "{person} holds no volunteer role yet; give one with: husrum volunteer role {number} befriender",
                person=person.display_name,
                number=person.number,
            )
        )
    _remark_on(rules, person, preferences)
    row = store.row("SELECT id FROM offers WHERE person_id = ?", person.id)
    values = {**given, "ends": ends}
    if "capacity" in given:
        values["capacity"] = given["capacity"] or 1
    if row is None:
        id = store.insert("offers", person_id=person.id, **values)
    else:
        id = row["id"]
        store.update("offers", id, **values)
        for kind in preferences:
            store.delete("preferences", offer_id=id, kind=kind)
    set_preferences(store, "offer_id", id, preferences)
    return int(id)


def offer_options(store: Store, person: Person) -> dict[str, Any] | None:
    """Return what a volunteer offers, as the options that describe it; None if they never did."""
    row = store.row("SELECT id, capacity, starts, ends FROM offers WHERE person_id = ?", person.id)
    if row is None:
        return None
    return {"capacity": row["capacity"], "from": row["starts"], "to": row["ends"], **preferences_of(store, "offer_id", row["id"])}


def _remark_on(rules: Rules, person: Person, preferences: Preferences) -> None:
    """Warn of somebody who avoids what they name themselves, which may be a mistake."""
    own = {fold(word) for kind in ("interest", "about") for word in preferences.get(kind, ())}
    for word in preferences.get("avoid", ()):
        if fold(word) in own:
            rules.warn(_("avoid: {person} would avoid “{word}”, and names it themselves.", person=person.display_name, word=word))


def set_preferences(store: Store, side: str, id: int, preferences: Preferences) -> None:
    """Store wishes, must-haves and what someone says about themselves."""
    rows = [(id, kind, value) for kind, values in preferences.items() for value in values]
    store.insert_many("preferences", (side, "kind", "value"), rows)


def running_match(store: Store, person: Person, volunteer: Person | None = None) -> Match | None:
    """Return the person's match that has not ended."""
    sql = "SELECT id, person_id, volunteer_id, starts, ends FROM matches WHERE person_id = ? AND ends IS NULL"
    row = store.row(sql + " AND volunteer_id = ?", person.id, volunteer.id) if volunteer else store.row(sql, person.id)
    return Match(*row) if row else None


def match_of(store: Store, person: Person, volunteer: Person, day: str, field: str) -> Match:
    """Return the match of the two that runs on a day. Raises `NotFound` if there is none."""
    sql = """SELECT id, person_id, volunteer_id, starts, ends FROM matches
        WHERE person_id = ? AND volunteer_id = ? AND ifnull(starts, '') <= ? AND ifnull(ends, '~') >= ? ORDER BY starts DESC"""
    row = store.row(sql, person.id, volunteer.id, day, day)
    if row is None:
        raise NotFound(
            _(
                "{field}: {person} and {volunteer} have no match on {date}.",
                field=field,
                person=person.display_name,
                volunteer=volunteer.display_name,
                date=day,
            ),
            field,
        )
    return Match(*row)


def start_match(
    store: Store, rules: Rules, person: Person, volunteer: Person, starts: str | None, ends: str | None = None, reason: str | None = None
) -> int:
    """Match two people, and return the id. It takes the young person off the waiting list by itself."""
    if person.id == volunteer.id:
        raise WrongInput(_("volunteer: nobody can be their own Hjerteven."), "volunteer")
    require_order(starts, ends, "ended")
    earlier = (
        """SELECT starts, ends, number FROM matches JOIN people ON people.id = volunteer_id WHERE person_id = ? ORDER BY ends IS NOT NULL"""
    )
    for row in store.rows(earlier, person.id):
        if overlap((row["starts"], row["ends"]), (starts, ends)):
            since = row["starts"] or _("an unknown date")
            if row["ends"] is None:
                why = _(
                    "person: {person} has a Hjerteven already, since {since}; end it with: husrum match end {number}",
                    person=person.display_name,
                    since=since,
                    number=person.number,
                )
            else:
                why = _(
                    "person: {person} had a Hjerteven from {start} to {end}; if that is wrong: husrum match edit {number} {volunteer}",
                    person=person.display_name,
                    start=since,
                    end=row["ends"],
                    number=person.number,
                    volunteer=row["number"],
                )
            raise Refused(why, "person")
    if rules.strict or rules.forced is not None:
        _may_befriend(store, rules, volunteer, starts or "")
        warn_of_capacity(store, rules, volunteer, starts, ends)
    id = store.insert("matches", person_id=person.id, volunteer_id=volunteer.id, starts=starts, ends=ends, reason=reason)
    if rules.strict or rules.forced is not None:  # an import has rows of its own for proposals
        proposals.fulfil(store, person, volunteer, id)
    return id


def _may_befriend(store: Store, rules: Rules, volunteer: Person, day: str) -> None:
    """Require the intro course, and the papers that the settings ask for; warn of anything else that is missing."""
    require_papers(store, rules, volunteer, day, papers_of_a_befriender(store))
    if not store.value(
        "SELECT 1 FROM role_periods WHERE person_id = ? AND role = 'befriender' AND ? BETWEEN starts AND ends",
        volunteer.id,
        day,
    ):
        rules.warn(
            _(
                "{person} is not a befriender on that day; if they are: husrum volunteer role {number} befriender",
                person=volunteer.display_name,
                number=volunteer.number,
            )
        )


def warn_of_capacity(store: Store, rules: Rules, volunteer: Person, starts: str | None, ends: str | None, match: int = 0) -> None:
    """Say that a volunteer has more young people at a time than they offered to have. match: the id of the one that is corrected."""
    capacity = store.value("SELECT capacity FROM offers WHERE person_id = ?", volunteer.id) or 1
    rows = store.rows("SELECT starts, ends FROM matches WHERE volunteer_id = ? AND id <> ?", volunteer.id, match)
    others = sum(overlap((row["starts"], row["ends"]), (starts, ends)) for row in rows)
    if others >= capacity:
        rules.warn(
            _(
                "{person} has {others} at that time already, and offered to have {capacity}.",
                person=volunteer.display_name,
                others=others,
                capacity=capacity,
            )
        )


def end_match(store: Store, rules: Rules, person: Person, volunteer: Person | None, day: str, reason: str | None) -> Match:
    """End a match; the young person is not put back on the waiting list. A pause that was to begin later is gone.

    Raises `Refused` if the two met after that day.
    """
    match = _running_one(store, person, volunteer)
    if match.starts and day < match.starts:
        raise Refused(_("date: {date} is before the match began, on {start}.", date=day, start=match.starts), "date")
    if met := store.value("SELECT max(date) FROM pair_meetings WHERE match_id = ? AND date > ?", match.id, day):
        raise Refused(
            _(
                "date: the two met after that, on {date}; if they did not: {command}",
                date=met,
                command=f"husrum match meet {person.number} --date {met} --remove",
            ),
            "date",
        )
    store.update("matches", match.id, ends=day, reason=reason)
    proposals.end_pauses(store, rules, match.id, day)
    return match


def _running_one(store: Store, person: Person, volunteer: Person | None) -> Match:
    match = running_match(store, person, volunteer)
    if match is None:
        text = _("person: {person} has no Hjerteven at present.", person=person.display_name)
        if store.value("SELECT 1 FROM matches WHERE person_id = ?", person.id):
            command = f"husrum match edit {person.number} --reason CODE"
            text += " " + _("To correct how the last match ended: {command}", command=command)
        raise NotFound(text, "person")
    return match


def pause_match(
    store: Store, rules: Rules, person: Person, volunteer: Person | None, day: str, given: Mapping[str, Any]
) -> tuple[Match, list[Change] | None]:
    """Pause a match. It stays active, and occupies its place. If it is paused since that day, correct the `reason` that is given; returns the changes."""
    match = _running_one(store, person, volunteer)
    paused = store.row("SELECT id, starts, reason FROM pauses WHERE match_id = ? AND ends IS NULL", match.id)
    if paused is not None:
        refusal = Refused(
            _("person: the match is paused already, since {since}.", since=paused["starts"] or _("an unknown date")), "person"
        )
        return match, correct_reason(store, "pauses", paused, "starts", day, given, refusal, f"husrum match pause {person.number}")
    proposals.add_pause(store, rules, match.id, match.starts, day, given.get("reason"))
    return match, None


def resume_match(store: Store, rules: Rules, person: Person, volunteer: Person | None, day: str) -> Match:
    """Resume a paused match."""
    match = _running_one(store, person, volunteer)
    proposals.end_pause(store, rules, match.id, day)
    return match


def edit_wait(store: Store, rules: Rules, person: Person, preferences: Preferences, day: str) -> list[Change]:
    """Replace the preferences of someone who waits, of each kind that is given; an empty one is removed. Returns the changes."""
    row = store.row("SELECT id FROM waiting WHERE person_id = ? AND ifnull(starts, '') <= ? AND ends > ?", person.id, day, day)
    if row is None:
        raise Refused(_("person: {person} is not on the waiting list.", person=person.display_name), "person")
    _remark_on(rules, person, preferences)
    before = {kind: preferences_of(store, "wait_id", row["id"]).get(kind, ()) for kind in preferences}
    for kind in preferences:
        store.delete("preferences", wait_id=row["id"], kind=kind)
    set_preferences(store, "wait_id", row["id"], preferences)
    return changes(before, preferences)


def add_contact(store: Store, rules: Rules, person: Person, day: str | None, note: str | None) -> int:
    """Enter that the coordinator was in touch with a matched young person, and return the id."""
    rules.not_in_future(day, "date")
    if not store.value("SELECT 1 FROM matches WHERE person_id = ? AND ifnull(starts, '') <= ?", person.id, day or "~"):
        rules.broken(_("person: {person} has no Hjerteven on that day.", person=person.display_name), "person")
    return store.insert("contacts", person_id=person.id, date=day, note=note)


def preferences_of(store: Store, side: str, id: int) -> Preferences:
    """Return the preferences recorded with a wait or an offer."""
    found: dict[str, list[str]] = {}
    for row in store.rows(f"SELECT kind, value FROM preferences WHERE {side} = ? ORDER BY id", id):
        found.setdefault(row["kind"], []).append(row["value"])
    return {kind: tuple(values) for kind, values in found.items()}
