"""Applications: somebody would like to volunteer. What comes of one is a role, or a decline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import NotFound, Refused
from ...i18n import _
from ...input.dates import require_order
from ...store import Store
from ...store.rows import Row
from ..corrections import Change, changes, correct_reason, correct_row, delete_row
from ..people.lookup import Person
from ..rules import Rules
from .volunteers import Profile

# Applications without an answer. A role that begins on the day of the application or later is one.
OPEN_APPLICATIONS = """SELECT * FROM volunteer_applications AS application WHERE declined IS NULL AND NOT EXISTS (
    SELECT 1 FROM roles WHERE roles.person_id = application.person_id AND ifnull(roles.starts, '') >= ifnull(application.date, ''))"""


def insert_application(
    store: Store,
    rules: Rules,
    person: Person,
    date: str | None,
    roles: Sequence[str],
    profile: Profile,
    declined: str | None = None,
    reason: str | None = None,
) -> int:
    """Enter an application, and return its id. profile: of the applicant as a volunteer.

    Raises `Refused` while an earlier one has no answer, and for a second one of a day.
    """
    rules.not_in_future(date, "date")
    require_order(date, declined, "declined")
    if rules.strict and (earlier := store.row(f"{OPEN_APPLICATIONS} AND person_id = ?", person.id)):
        raise Refused(
            _(
                "person: {person} applied on {date} and waits for an answer: husrum volunteer add --person {number}, or husrum volunteer decline {number}",
                person=person.display_name,
                date=earlier["date"] or _("an unknown date"),
                number=person.number,
            ),
            "person",
        )
    if store.row("SELECT 1 FROM volunteer_applications WHERE person_id = ? AND date = ?", person.id, date):
        raise Refused(
            _(
                "date: {person} applied on {date} already; for one more application, give another date.",
                person=person.display_name,
                date=date,
            ),
            "date",
        )
    id = store.insert(
        "volunteer_applications",
        person_id=person.id,
        date=date,
        declined=declined,
        reason=reason,
        recruited_through=profile.recruited_through,
        gender=profile.gender,
        note=profile.note,
    )
    store.insert_many("application_roles", ("application_id", "role"), [(id, role) for role in roles])
    return id


def decline_application(store: Store, person: Person, day: str, given: Mapping[str, Any]) -> list[Change] | None:
    """Decline an application, on either side. If the latest was declined on that day, correct the `reason` that is given, and return the changes.

    Raises `Refused` without an open one.
    """
    row = store.row(f"{OPEN_APPLICATIONS} AND person_id = ? ORDER BY ifnull(date, '') DESC, id DESC", person.id)
    if row is None:
        refusal = Refused(_("person: {person} has no application that waits for an answer.", person=person.display_name), "person")
        last = _latest(store, person)
        declined = last if last is not None and last["declined"] else None
        command = f"husrum volunteer decline {person.number}"
        return correct_reason(store, "volunteer_applications", declined, "declined", day, given, refusal, command)
    if row["date"] and day < row["date"]:
        raise Refused(_("date: {date} is before they applied, on {start}.", date=day, start=row["date"]), "date")
    store.update("volunteer_applications", row["id"], declined=day, **given)
    return None


def with_application(store: Store, person: Person, profile: Profile) -> Profile:
    """Return the profile of a new volunteer, completed from their application."""
    row = _latest(store, person)
    if row is None:
        return profile
    applied = {name: row[name] for name in ("recruited_through", "gender", "note") if getattr(profile, name) is None}
    return profile._replace(**applied)


def edit_application(store: Store, rules: Rules, person: Person, given: Mapping[str, Any]) -> list[Change]:
    """Correct the latest application of somebody: `date`, `for`, `recruited_through`, `gender`, `note`; return the changes."""
    row = latest_application(store, person)
    rules.not_in_future(given.get("date"), "date")
    if row["declined"] and (given.get("date") or "") > row["declined"]:
        raise Refused(_("date: {person} was declined on {date}.", person=person.display_name, date=row["declined"]), "date")
    roles = tuple(each["role"] for each in store.rows("SELECT role FROM application_roles WHERE application_id = ? ORDER BY 1", row["id"]))
    found = changes({"for": roles}, {"for": tuple(sorted(given["for"] or ()))} if "for" in given else {})
    for change in found:
        store.delete("application_roles", application_id=row["id"])
        store.insert_many("application_roles", ("application_id", "role"), [(row["id"], role) for role in change.after])
    own = {name: value for name, value in given.items() if name != "for"}
    return [*found, *correct_row(store, "volunteer_applications", row, own)]


def remove_application(store: Store, rules: Rules, person: Person) -> str | None:
    """Remove the latest application of somebody, which was entered by mistake. Returns its day."""
    row = latest_application(store, person)
    removed = delete_row(store, "volunteer_applications", row, "date")
    known = "SELECT 1 FROM intakes WHERE person_id = ?1 UNION ALL SELECT 1 FROM volunteers WHERE person_id = ?1"
    if not store.value(known, person.id):
        rules.warn(
            _(
                "{person} is still in the file. To take them out: husrum person erase {number}",
                person=person.display_name,
                number=person.number,
            )
        )
    return removed


def take_back_decline(store: Store, person: Person) -> str:
    """Take back the no to the latest application of somebody. Returns the day of the no."""
    row = latest_application(store, person)
    if row["declined"] is None:
        raise Refused(_("person: {person} has not been declined.", person=person.display_name), "person")
    store.update("volunteer_applications", row["id"], declined=None, reason=None)
    return str(row["declined"])


def latest_application(store: Store, person: Person) -> Row:
    """Return the latest application of somebody. Raises `NotFound` without any."""
    row = _latest(store, person)
    if row is None:
        raise NotFound(_("person: {person} has not applied.", person=person.display_name), "person")
    return row


def _latest(store: Store, person: Person) -> Row | None:
    return store.row("SELECT * FROM volunteer_applications WHERE person_id = ? ORDER BY ifnull(date, '') DESC, id DESC", person.id)
