"""Volunteers: their roles with periods, what was seen of their papers, how they came."""

from __future__ import annotations

from typing import NamedTuple

from ...errors import Refused
from ...i18n import _, language
from ...input.choices import spoken
from ...input.dates import require_order
from ...store import Store
from ...vocabulary import GENDER, RECRUITED_THROUGH, ROLE, label
from ..people.entering import note_replaced
from ..people.lookup import Person
from ..rules import Rules, overlap


class Profile(NamedTuple):
    """The known facts about a volunteer. None: not given."""

    joined: str | None = None
    recruited_through: str | None = None
    gender: str | None = None
    note: str | None = None


def add_profile(store: Store, rules: Rules, person: Person, profile: Profile) -> None:
    """Store the given facts; the others stay. Of somebody who volunteers already, the first day and an earlier note stay too."""
    columns = {name: value for name, value in profile._asdict().items() if value is not None}
    row = store.row("SELECT joined, recruited_through, gender, note FROM volunteers WHERE person_id = ?", person.id)
    if row is None:
        store.insert("volunteers", person_id=person.id, **columns)
        return
    known = {name: row[name] for name in columns if row[name] not in (None, columns[name])}
    if "joined" in known:
        first = columns["joined"] = min(columns["joined"], known["joined"])
        command = f"husrum volunteer edit {person.number} --joined DATE"
        rules.warn(
            _("{person} volunteers since {date}. If that is wrong: {command}", person=person.display_name, date=first, command=command)
        )
    if "note" in known:
        columns["note"] = f"{known['note']}\n{columns['note']}"
    for name in known.keys() & {"recruited_through", "gender"}:
        words = RECRUITED_THROUGH if name == "recruited_through" else GENDER
        rules.warn(note_replaced(person, name, *(label(words, value, language()) for value in (columns[name], known[name]))))
    store.update("volunteers", person.id, key="person_id", **columns)


def is_volunteer(store: Store, person: Person) -> bool:
    """Whether somebody is, or was, a volunteer."""
    return store.value("SELECT 1 FROM volunteers WHERE person_id = ?", person.id) is not None


def add_role(store: Store, person: Person, role: str, starts: str | None, ends: str | None = None) -> int:
    """Enter a period in which someone volunteers in a role, and return its id. Periods of the same role don't overlap."""
    require_order(starts, ends, "to")
    for row in store.rows("SELECT starts, ends FROM roles WHERE person_id = ? AND role = ?", person.id, role):
        if overlap((row["starts"], row["ends"]), (starts, ends)):
            since = row["starts"] or _("an unknown date")
            raise Refused(
                _(
                    "role: {person} has been {role} since {since} already.",
                    person=person.display_name,
                    role=spoken(ROLE, role),
                    since=since,
                ),
                "role",
            )
    if not is_volunteer(store, person):
        store.insert("volunteers", person_id=person.id)
    return store.insert("roles", person_id=person.id, role=role, starts=starts, ends=ends)


def end_role(store: Store, person: Person, role: str, day: str) -> None:
    """End somebody's running period in a role."""
    row = store.row("SELECT id, starts FROM roles WHERE person_id = ? AND role = ? AND ends IS NULL", person.id, role)
    if row is None:
        raise Refused(_("role: {person} is not {role} at present.", person=person.display_name, role=spoken(ROLE, role)), "role")
    if row["starts"] and day < row["starts"]:
        raise Refused(_("to: {to} is before {since}.", to=day, since=row["starts"]), "to")
    store.update("roles", row["id"], ends=day)


def add_attest(store: Store, rules: Rules, person: Person, kind: str, day: str | None) -> int:
    """Enter the day that something was seen, and return its id."""
    rules.not_in_future(day, "date")
    if store.value("SELECT 1 FROM attests WHERE person_id = ? AND kind = ? AND date IS ?", person.id, kind, day):
        raise Refused(_("{person} has that on {date} already.", person=person.display_name, date=day or _("an unknown date")), "date")
    if not is_volunteer(store, person) and not store.value("SELECT 1 FROM volunteer_applications WHERE person_id = ?", person.id):
        rules.warn(_("{person} is not a volunteer yet.", person=person.display_name))
    return store.insert("attests", person_id=person.id, kind=kind, date=day)


def leave_volunteering(store: Store, rules: Rules, person: Person, day: str) -> int:
    """End all roles of a volunteer, what they lead, and their offer; say what else of theirs is still open. Returns the number of roles that ended."""
    running = store.rows("SELECT id, starts FROM roles WHERE person_id = ? AND (ends IS NULL OR ends > ?)", person.id, day)
    if not running:
        raise Refused(_("{person} holds no role on {date}.", person=person.display_name, date=day), "volunteer")
    for row in running:
        if row["starts"] and row["starts"] > day:
            raise Refused(
                _("date: {date} is before {person} joined, on {start}.", date=day, person=person.display_name, start=row["starts"]),
                "date",
            )
        store.update("roles", row["id"], ends=day)
    leading = """SELECT leaders.id, ref FROM leaders JOIN activities ON activities.id = activity_id AND ref GLOB 'G*'
        WHERE person_id = ? AND ifnull(leaders.starts, '') <= ? AND ifnull(ends, '~') > ? AND closed IS NULL"""
    for row in store.rows(leading, person.id, day, day):
        store.update("leaders", row["id"], ends=day)
        rules.warn(_("{person} no longer leads {group} after {date}.", person=person.display_name, group=row["ref"], date=day))
    if end_offer(store, person, day):
        rules.warn(_("{person} no longer offers to be a Hjerteven.", person=person.display_name))
    warn_of_running_matches(store, rules, person)
    open_ = """SELECT ref FROM leaders JOIN activities ON activities.id = leaders.activity_id JOIN sessions ON sessions.activity_id = activities.id
        WHERE person_id = ? AND ref GLOB 'E*' AND state = 'planned' AND date > ? GROUP BY activities.id"""
    for row in store.rows(open_, person.id, day):
        rules.warn(_("{person} still organises {event}.", person=person.display_name, event=row["ref"]))
    later = "SELECT ref FROM leaders JOIN activities ON activities.id = activity_id WHERE person_id = ? AND ref GLOB 'G*' AND leaders.starts > ?"
    for row in store.rows(later, person.id, day):
        rules.warn(_("{person} is still to lead {group}.", person=person.display_name, group=row["ref"]))
    return len(running)


def warn_of_running_matches(store: Store, rules: Rules, person: Person) -> None:
    """Warn of each match that a former volunteer still is the Hjerteven of."""
    sql = "SELECT number FROM matches JOIN people ON people.id = person_id WHERE volunteer_id = ? AND ends IS NULL"
    for row in store.rows(sql, person.id):
        rules.warn(
            _(
                "{person} is still somebody's Hjerteven; end it with: husrum match end {number}",
                person=person.display_name,
                number=row["number"],
            )
        )


def end_offer(store: Store, volunteer: Person, day: str) -> bool:
    """End what a volunteer offers on a day; an offer that begins later is removed. Returns whether one was open."""
    row = store.row("SELECT id, starts FROM offers WHERE person_id = ? AND ifnull(ends, '~') > ?", volunteer.id, day)
    if row is None:
        return False
    if row["starts"] and row["starts"] > day:
        store.delete("offers", id=row["id"])
    else:
        store.update("offers", row["id"], ends=day)
    return True


def end_roles_by(store: Store, person: Person, day: str) -> None:
    """Import that someone had left by a day: every role that began by then ended by then."""
    for row in store.rows("SELECT id, starts, ends FROM roles WHERE person_id = ?", person.id):
        if (row["starts"] or "") <= day < (row["ends"] or "~"):
            store.update("roles", row["id"], ends=day)
    later = store.value("SELECT min(starts) FROM roles WHERE person_id = ?", person.id)
    if (
        later is not None
        and later > day
        and not store.value("SELECT 1 FROM roles WHERE person_id = ? AND ifnull(starts, '') <= ?", person.id, day)
    ):
        raise Refused(_("left: {date} is before {person} joined, on {start}.", date=day, person=person.display_name, start=later), "left")
