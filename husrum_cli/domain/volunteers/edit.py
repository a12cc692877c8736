"""Correct volunteers, and remove roles and attests that were entered by mistake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import Refused
from ...i18n import _, many
from ...input.choices import spoken
from ...store import Store
from ...vocabulary import ATTEST, ROLE
from ..corrections import Change, changes, delete_row, only_row, reopen
from ..people.edit import edit_person
from ..people.lookup import People, Person
from ..rules import Rules
from .volunteers import warn_of_running_matches

_OWN = ("joined", "recruited_through", "note")


def edit_volunteer(people: People, rules: Rules, person: Person, given: Mapping[str, Any]) -> tuple[Person, list[Change]]:
    """Correct the options that are given, by name, None to clear; return the person as they are now, and the changes.

    Roles that began on the day they joined begin on the new day. Raises `Refused` for somebody who is not a volunteer.
    """
    store = people.store
    row = store.row("SELECT joined, recruited_through, note FROM volunteers WHERE person_id = ?", person.id)
    if row is None:
        raise Refused(_("volunteer: {person} is not a volunteer.", person=person.display_name), "volunteer")
    rules.not_in_future(given.get("joined"), "joined")
    found = changes(dict(row), {name: value for name, value in given.items() if name in _OWN})
    store.update("volunteers", person.id, key="person_id", **{change.column: change.after for change in found})
    if "joined" in given and given["joined"] != row["joined"]:
        _move_roles(store, person, row["joined"], given["joined"])
    person, others = edit_person(people, rules, person, {name: value for name, value in given.items() if name not in _OWN})
    return person, [*others, *found]


def _move_roles(store: Store, person: Person, before: str | None, after: str | None) -> None:
    for row in store.rows("SELECT id, role, ends FROM roles WHERE person_id = ? AND starts IS ?", person.id, before):
        if after and row["ends"] and row["ends"] < after:
            role = spoken(ROLE, row["role"])
            raise Refused(_("joined: {person} was {role} until {date}.", person=person.display_name, role=role, date=row["ends"]), "joined")
        store.update("roles", row["id"], starts=after)


def remove_role(store: Store, rules: Rules, person: Person, role: str, starts: str | None) -> str | None:
    """Remove a period in a role: the one from a day, or the only one. Returns that day. What they were at occasions is decided again."""
    rows = store.rows("SELECT id, starts FROM roles WHERE person_id = ? AND role = ? ORDER BY starts", person.id, role)
    row = only_row(rows, "starts", starts, _("{person} as {role}", person=person.display_name, role=spoken(ROLE, role)), "role")
    if role == "befriender" and len(rows) == 1:
        warn_of_running_matches(store, rules, person)
    return delete_row(store, "roles", row, "starts")


def reopen_role(store: Store, person: Person, role: str, starts: str) -> list[Change]:
    """Take back that somebody laid down a role: the period from a day, or the latest."""
    rows = store.rows("SELECT id, starts, ends FROM roles WHERE person_id = ? AND role = ? ORDER BY starts", person.id, role)
    return reopen(store, "roles", rows, starts, _("{person} as {role}", person=person.display_name, role=spoken(ROLE, role)), "role")


def remove_attest(store: Store, rules: Rules, person: Person, kind: str, day: str | None) -> str | None:
    """Remove what was seen on a day, or the only time. Returns the day.

    Raises `Refused` for an intro course that matches rest on, unless the rules are not strict.
    """
    rows = store.rows("SELECT id, date FROM attests WHERE person_id = ? AND kind = ? ORDER BY date", person.id, kind)
    row = only_row(rows, "date", day, _("{kind} of {person}", kind=spoken(ATTEST, kind), person=person.display_name), "date")
    matches = store.value("SELECT count(*) FROM matches WHERE volunteer_id = ?", person.id)
    if kind == "intro_course" and len(rows) == 1 and matches:
        number = many("{number} match", "{number} matches", matches)
        rules.broken(
            _(
                "kind: the intro course of {person} can't be removed, since it has {rests}; with --force it is.",
                person=person.display_name,
                rests=number,
            ),
            "kind",
        )
    return delete_row(store, "attests", row, "date")
