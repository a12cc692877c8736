"""The common part of groups and events: reference, place, programmes, partners and leaders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ...errors import NotFound, Refused, WrongInput
from ...i18n import _
from ...input.dates import possible_days, today
from ...input.numbers import read_reference
from ...input.text import fold
from ...store import Store
from ..people.lookup import People, Person
from ..people.names import begins
from ..people.partners import get_or_add_partner
from ..rules import covers


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
    def display_name(self) -> str:
        """The reference with the title: `G1 Samtalegruppe forår`."""
        return f"{self.ref} {self.title or ''}".strip()


ACTIVITY_COLUMNS = "id, branch_id, ref, kind, title, starts, closed, capacity"


def activity_with_id(store: Store, id: int | None) -> Activity | None:
    """Return the group or event with an id, if there is one."""
    row = store.row(f"SELECT {ACTIVITY_COLUMNS} FROM activities WHERE id = ?", id)
    return Activity(*row) if row else None


_DATE_WORDS = 3  # of a date such as `13. december 2026`
ChooseActivity = Callable[[str, list[Activity]], Activity]


def find_activity(
    store: Store, text: str, letter: str, field: str, choose: ChooseActivity | None = None, titles: bool = False, day: str | None = None
) -> Activity:
    """Return the group (G) or event (E) that is meant by a number, a title or enough of it, alone or with its day. Raises `NotFound`.

    choose: asked which of several titles is meant; without it that is an error. titles: whether titles are accepted, which in files they are not.
    day: as typed, which of several with the title is meant.
    """
    words, branches = text.strip(), list(store.branches)
    for id, name in store.branches.items():
        if ":" in words and fold(words.split(":", 1)[0]) == fold(name):
            words, branches = words.split(":", 1)[1].strip(), [id]
    if not words:
        raise WrongInput(_("{field} is empty.", field=field), field)
    if titles and not re.fullmatch(r"[GgEe]?\s*[0-9]+", words):
        return _titled(store, words, letter, field, branches, choose, day)
    ref = read_reference(words, field, letter)
    rows = [row for row in store.rows(f"SELECT {ACTIVITY_COLUMNS} FROM activities WHERE ref = ?", ref) if row["branch_id"] in branches]
    if len(rows) > 1:
        example = f"{next(iter(store.branches.values()))}:{ref}"
        raise NotFound(_("{field}: several branches have {ref}; write it like {example}.", field=field, ref=ref, example=example), field)
    if not rows:
        raise NotFound(_("{field}: there is no {ref}; look with: {command}", field=field, ref=ref, command=_LISTING[letter]), field)
    return Activity(*rows[0])


def _titled(
    store: Store, words: str, letter: str, field: str, branches: list[int], choose: ChooseActivity | None, day: str | None
) -> Activity:
    """Return the one with this title or with words that begin so; of several the one on the day, the one that runs, else the latest of that title."""
    rows = store.rows(
        f"SELECT {ACTIVITY_COLUMNS} FROM activities WHERE ref GLOB ? || '*' AND title IS NOT NULL ORDER BY ifnull(starts, ''), id", letter
    )
    known = [activity for activity in (Activity(*row) for row in rows) if activity.branch_id in branches]
    fitting = _fitting(known, words)
    if fitting and day:
        fitting = _on(store, fitting, day) or fitting
    for number in range(1, _DATE_WORDS + 1):
        if not fitting and len(parts := words.rsplit(None, number)) > number:
            fitting = _on(store, _fitting(known, parts[0]), " ".join(parts[1:]))
    if not fitting:
        raise NotFound(
            _("{field}: nothing is called “{text}”; look with: {command}", field=field, text=words, command=_LISTING[letter]), field
        )
    running = [each for each in fitting if _runs(store, each, today())]
    if len(running) == 1:
        return running[0]
    candidates = running or fitting
    if not running and len({fold(each.title or "") for each in fitting}) == 1:
        begun = [each for each in fitting if (each.starts or "") <= today()]
        return begun[-1] if begun else fitting[0]
    if choose:
        return choose(words, candidates)
    shown = ", ".join(each.display_name for each in candidates[:8]) + (" …" if len(candidates) > 8 else "")
    message = _("{field}: “{text}” fits several: {which}. Use the number.", field=field, text=words, which=shown)
    raise NotFound(message, field, [(each.ref, each.title or "") for each in candidates])


def _fitting(known: list[Activity], words: str) -> list[Activity]:
    named = [each for each in known if fold(each.title or "") == fold(words)]
    return named or [each for each in known if begins(fold(words).split(), fold(each.title or "").split())]


def _on(store: Store, fitting: list[Activity], text: str) -> list[Activity]:
    """Return those on the day that a text means, the next one if there are two; none if it means no day."""
    try:
        days = possible_days(text)
    except WrongInput:
        return []
    sql = "SELECT 1 FROM sessions WHERE activity_id = ? AND date = ?"
    found = ([each for each in fitting if store.value(sql, each.id, day)] for day in days)
    return next(filter(None, found), [])


def _runs(store: Store, activity: Activity, day: str) -> bool:
    """Whether a group has begun and is not closed, or an event has a day today."""
    if activity.ref.startswith("G"):
        return covers(activity.starts, activity.closed, day)
    return bool(store.value("SELECT 1 FROM sessions WHERE activity_id = ? AND date = ? AND state <> 'cancelled'", activity.id, day))


_LISTING = {"G": "husrum group list", "E": "husrum event list"}


def insert_activity(store: Store, letter: str, chosen: str | None, **columns: Any) -> tuple[int, str]:
    """Insert a group or event, and return its id and number: as chosen, else the first after all there are. Raises `Refused` if it is taken."""
    numbers = store.cached("activities", _last_numbers)
    number = int(chosen[1:]) if chosen else numbers[letter] + 1
    if number <= numbers[letter] and store.value("SELECT 1 FROM activities WHERE branch_id = ? AND ref = ?", store.home, chosen):
        raise Refused(_("ref: {ref} is taken already.", ref=chosen), "ref")
    ref = f"{letter}{number}"
    id = store.insert("activities", branch_id=store.home, ref=ref, **columns)
    store.keep_cached("activities", _last_numbers, numbers | {letter: max(numbers[letter], number)})  # an import inserts thousands
    return id, ref


def _last_numbers(store: Store) -> dict[str, int]:
    """Return the highest number of a group and of an event, by its letter."""
    # The index activities_number has the numbers in order.
    sql = "SELECT max(CAST(substr(ref, 2) AS INTEGER)) FROM activities WHERE branch_id = ? AND substr(ref, 1, 1) = ?"
    return {letter: store.value(sql, store.home, letter) or 0 for letter in _LISTING}


# Options whose values are columns of `activities` of the same name.
OWN_COLUMNS = frozenset({"title", "kind", "activity", "joint", "hours", "note", "capacity", "closed"})


def description(store: Store, activity: Activity) -> dict[str, Any]:
    """Return the values of an activity by the names of their options."""
    row = store.row(
        "SELECT activities.*, partners.name AS venue FROM activities LEFT JOIN partners ON partners.id = venue_id WHERE activities.id = ?",
        activity.id,
    )
    assert row is not None
    partners = store.rows(
        "SELECT name FROM activity_partners JOIN partners ON partners.id = partner_id WHERE activity_id = ? ORDER BY name", activity.id
    )
    programmes = store.rows("SELECT programme FROM programmes WHERE activity_id = ? ORDER BY programme", activity.id)
    leaders = store.rows("SELECT DISTINCT person_id FROM leaders WHERE activity_id = ? ORDER BY id", activity.id)
    return {
        **{name: row[name] for name in OWN_COLUMNS},
        "start": row["starts"],
        "venue": row["venue"],
        "continues": activity_with_id(store, row["continues_id"]),
        "partner": tuple(each["name"] for each in partners),
        "programme": tuple(each["programme"] for each in programmes),
        "organiser": tuple(People(store).with_ids(each["person_id"] for each in leaders)),
    }


def set_programmes(store: Store, activity: int, programmes: Iterable[str]) -> None:
    """Store the programmes an activity is part of."""
    store.insert_many("programmes", ("activity_id", "programme"), [(activity, programme) for programme in dict.fromkeys(programmes)])


def set_partners(store: Store, activity: int, names: Iterable[str]) -> None:
    """Store the partners of an activity."""
    ids = dict.fromkeys(get_or_add_partner(store, name) for name in names)
    store.insert_many("activity_partners", ("activity_id", "partner_id"), [(activity, id) for id in ids])


def set_leaders(store: Store, activity: int, people: Iterable[Person], starts: str | None = None) -> None:
    """Store who leads the group from a day on, or organises the event."""
    store.insert_many("leaders", ("activity_id", "person_id", "starts"), [(activity, person.id, starts) for person in people])


def read_joint_key(text: str, field: str) -> str:
    """Return the key that several cities write for the same joint activity, compared without case and spaces."""
    key = re.sub(r"\s+", "-", text.strip().casefold())
    if not re.fullmatch(r"[\w.-]{1,100}", key):
        raise WrongInput(
            _("{field}: “{text}” is not a key. Use letters, digits and hyphens, like sommertur-2024.", field=field, text=text.strip()),
            field,
        )
    return key
