"""What groups and events share: their number, where they are, what they are part of, who is responsible."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ...errors import NotFound, Refused, WrongInput
from ...i18n import _
from ...input.numbers import read_reference
from ...input.text import fold
from ...store import Store
from ..people.lookup import Person
from ..people.partners import partner_named


class Activity(NamedTuple):
    """A group (G1) or an event (E1)."""

    id: int
    branch_id: int
    ref: str
    kind: str
    title: str | None
    starts: str | None
    closed: str | None
    capacity: int | None

    @property
    def shown(self) -> str:
        """`G1 Samtalegruppe forår`."""
        return f"{self.ref} {self.title or ''}".strip()


COLUMNS = "id, branch_id, ref, kind, title, starts, closed, capacity"


def find_activity(store: Store, text: str, letter: str, field: str) -> Activity:
    """The group or event with this number. Raises `NotFound` where there is none."""
    words, branches = text.strip(), list(store.branches)
    for id, name in store.branches.items():
        if ":" in words and fold(words.split(":", 1)[0]) == fold(name):
            words, branches = words.split(":", 1)[1], [id]
    ref = read_reference(words, letter, field)
    rows = [row for row in store.rows(f"SELECT {COLUMNS} FROM activities WHERE ref = ?", ref) if row["branch_id"] in branches]
    if len(rows) != 1:
        listing = "husrum group list" if letter == "G" else "husrum event list"
        if rows:
            raise NotFound(
                _(
                    "{field}: several branches have {ref}; write it like {example}.",
                    field=field,
                    ref=ref,
                    example=f"{next(iter(store.branches.values()))}:{ref}",
                ),
                field,
            )
        raise NotFound(_("{field}: there is no {ref}; look with: {command}", field=field, ref=ref, command=listing), field)
    return Activity(*rows[0])


def next_ref(store: Store, letter: str, chosen: str | None = None) -> str:
    """The number of a new group or event: as chosen, else the first after all there are. Raises `Refused` where it is taken."""
    if chosen is not None:
        if store.value("SELECT 1 FROM activities WHERE branch_id = ? AND ref = ?", store.home, chosen):
            raise Refused(_("ref: {ref} is taken already.", ref=chosen), "ref")
        return chosen
    # The index activities_number has the numbers in order.
    sql = "SELECT max(CAST(substr(ref, 2) AS INTEGER)) FROM activities WHERE branch_id = ? AND substr(ref, 1, 1) = ?"
    return f"{letter}{(store.value(sql, store.home, letter) or 0) + 1}"


def keep_programmes(store: Store, activity: int, programmes: Iterable[str]) -> None:
    """What the activity is part of."""
    store.insert_many("programmes", ("activity_id", "programme"), [(activity, programme) for programme in dict.fromkeys(programmes)])


def keep_partners(store: Store, activity: int, names: Iterable[str]) -> None:
    """The partners it is held with."""
    ids = dict.fromkeys(partner_named(store, name) for name in names)
    store.insert_many("activity_partners", ("activity_id", "partner_id"), [(activity, id) for id in ids])


def keep_leaders(store: Store, activity: int, people: Iterable[Person], starts: str | None = None) -> None:
    """Who leads the group from a day on, or organises the event."""
    store.insert_many("leaders", ("activity_id", "person_id", "starts"), [(activity, person.id, starts) for person in people])


def read_joint_key(text: str) -> str:
    """The key that several cities write for the same joint activity, compared without case and spaces."""
    key = re.sub(r"\s+", "-", text.strip().casefold())
    if not re.fullmatch(r"[\w.-]{1,100}", key):
        raise WrongInput(_("joint: “{text}” is no key. Use letters, digits and hyphens, like sommertur-2024.", text=text.strip()), "joint")
    return key
