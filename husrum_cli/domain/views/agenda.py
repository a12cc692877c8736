"""The agenda of a day: each item with the command that deals with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from ...i18n import N_
from ...input.dates import days_after
from ...store import Store
from ..people.drafts import all_drafts
from ..people.leaving import LEFT, WAITS_FOR_INTERVIEW
from ..settings import setting
from . import agenda_outcomes, agenda_people
from .agenda_records import Record, record
from .selection import MISSED, usual_wait, waits_long

DAYS_AHEAD = 6
"""Days after today that are looked at: with today, a week."""
IN_A_ROW = 3
"""Absences in a row after which somebody has stopped coming."""

_ACTIVITY = "activities.ref, activities.title, activities.kind"


class ItemKind(NamedTuple):
    """A kind of item. list_command: shows all items of the kind. urgent: somebody waits for it, or it must not lapse."""

    what: str
    list_command: str
    urgent: bool = False


class ItemSource(NamedTuple):
    """A query of items and their kinds. about_person: the items about somebody are on their page too."""

    find: Callable[[Agenda], Iterable[Record]]
    kinds: tuple[ItemKind, ...]
    about_person: bool = False


class Agenda:
    """The items of a day of the home branch, since that is where they can be dealt with; number: those about one person."""

    def __init__(self, store: Store, day: str, number: int | None = None) -> None:
        self.store = store
        self.day = day
        self.number = number

    @cached_property
    def enquiries(self) -> list[Record]:
        return list(_enquiries(self.store, self.day, self.number))

    @cached_property
    def stopped(self) -> list[Record]:
        return list(_stopped(self.store, self.day))

    @cached_property
    def matches(self) -> list[Record]:
        return list(_matches(self.store, self.day))

    @property
    def match_reviews(self) -> Iterable[Record]:
        return agenda_people.match_reviews(self.store, self.day, _people(self.matches))

    @property
    def slipping_away(self) -> Iterable[Record]:
        return agenda_people.slipping_away(self.store, self.day, _people(self.stopped, self.enquiries, self.matches))


def agenda(store: Store, day: str) -> list[Record]:
    """Return all items of a day, the most urgent first."""
    found = Agenda(store, day)
    return [item for source in SOURCES for item in source.find(found)]


def items_about(store: Store, day: str, number: int) -> list[Record]:
    """Return the items of a day about one person of the home branch, except those that only ask why they were not seen."""
    found = Agenda(store, day, number)
    return [item for source in SOURCES if source.about_person for item in source.find(found) if item["person"] == number]


def _people(*items: Iterable[Record]) -> frozenset[int]:
    return frozenset(each["person"] for some in items for each in some)


def _unrecorded(store: Store, day: str) -> Iterator[Record]:
    sql = f"""SELECT {_ACTIVITY}, date, (SELECT count(*) FROM sessions AS others WHERE others.activity_id = activities.id AND state <> 'planned') AS known
        FROM sessions JOIN activities ON activities.id = activity_id WHERE branch_id = ? AND state = 'planned' AND date < ? ORDER BY date, activities.id"""
    for row in _once(store.rows(sql, store.home, day)):
        yield record("not recorded yet", row["date"], row, _recording(row), row["date"], day)


def _once(rows: list[Any]) -> Iterator[Any]:
    """Yield each meeting, but a trip without a recorded day only once: all its days are recorded in one go."""
    seen = set()
    for row in rows:
        if row["ref"] not in seen or row["ref"].startswith("G") or row["known"]:
            yield row
        seen.add(row["ref"])


def _recording(row: Any) -> str:
    if row["ref"].startswith("G"):
        return f"husrum group meet {row['ref']}"  # it takes the oldest that is not recorded
    return f"husrum event attend {row['ref']}" + (f" --date {row['date']}" if row["known"] else "")


def _planned(store: Store, day: str) -> Iterator[Record]:
    sql = f"""SELECT {_ACTIVITY}, date, (SELECT count(*) FROM sessions AS others WHERE others.activity_id = activities.id AND state <> 'planned') AS known
        FROM sessions JOIN activities ON activities.id = activity_id
        WHERE branch_id = ? AND state = 'planned' AND date BETWEEN ? AND ? ORDER BY date, activities.id"""
    last = days_after(day, DAYS_AHEAD)
    for row in _once(store.rows(sql, store.home, day, last)):
        noun = "group" if row["ref"].startswith("G") else "event"
        yield record("planned", row["date"], row, _recording(row) if row["date"] == day else f"husrum {noun} show {row['ref']}")


def _enquiries(store: Store, day: str, number: int | None = None) -> Iterator[Record]:
    sql = f"""SELECT number, name, called, enquired FROM intakes AS enquiry JOIN people ON people.id = person_id
        WHERE branch_id = :branch AND ifnull(enquired, '') <= :today AND (:number IS NULL OR number = :number) AND {WAITS_FOR_INTERVIEW}
        ORDER BY ifnull(enquired, ''), number"""
    rows = store.connection.execute(sql, {"branch": store.home, "today": day, "number": number}).fetchall()
    usual = usual_wait(store, store.home, day) if rows else None
    long = [row for row in rows if waits_long(row["enquired"], usual, day)]
    for what, some in (
        ("waits longer than usual for an interview", long),
        ("waits for an interview", [row for row in rows if row not in long]),
    ):
        for row in some:
            yield record(what, row["enquired"], row, f"husrum intake hold {row['number']}", row["enquired"], day)


def _stopped(store: Store, day: str) -> Iterator[Record]:
    """Enrolled in an open group, and absent from its last meetings while they were, without a word."""
    sql = f"""SELECT {_ACTIVITY}, number, name, called, missed.date FROM ({MISSED}) AS missed
        JOIN activities ON activities.id = activity_id JOIN people ON people.id = missed.person_id
        WHERE activities.branch_id = :branch AND missed.person_id NOT IN ({LEFT}) AND EXISTS (
            SELECT 1 FROM enrolment_periods AS own WHERE own.person_id = missed.person_id AND own.activity_id = activities.id AND :day BETWEEN starts AND ends AND ends > :day)
        ORDER BY activities.id, number"""
    for row in store.connection.execute(sql, {"branch": store.home, "day": day, "number": IN_A_ROW, "group": None}):
        yield record("has stopped coming", row["date"], row, f"husrum group leave {row['ref']} {row['number']}", row["date"], day)


def _waiting(store: Store, day: str) -> Iterator[Record]:
    sql = """SELECT number, name, called, waiting.starts FROM waiting JOIN people ON people.id = person_id
        WHERE branch_id = ?1 AND ifnull(waiting.starts, '') <= ?2 AND waiting.ends > ?2 ORDER BY ifnull(waiting.starts, ''), number"""
    for row in store.rows(sql, store.home, day):
        yield record("waits for a Hjerteven", row["starts"], row, "husrum match propose", row["starts"], day)


def _matches(store: Store, day: str) -> Iterator[Record]:
    sql = """SELECT number, name, called, max(ifnull(matches.starts, ''), ifnull((SELECT max(date) FROM contacts WHERE contacts.person_id = people.id AND date <= ?2), '')) AS last
        FROM matches JOIN people ON people.id = matches.person_id
        WHERE branch_id = ?1 AND ifnull(matches.starts, '') <= ?2 AND ifnull(matches.ends, '~') > ?2 ORDER BY last, number"""
    limit = days_after(day, -setting(store, "contact_days"))
    for row in store.rows(sql, store.home, day):
        if row["last"] <= limit:
            yield record(
                "match without contact", row["last"] or None, row, f"husrum match contact {row['number']}", row["last"] or None, day
            )


def _drafts(store: Store, day: str) -> Iterator[Record]:
    for draft in all_drafts(store):
        about = {"number": draft.person, "name": draft.name, "called": None}
        yield record("unfinished form", draft.changed_at[:10], about, draft.line, draft.changed_at[:10], day)


_NO_LIST = "husrum today --format csv"
# In the order in which they are shown.
SOURCES = (
    ItemSource(lambda a: agenda_people.reminders(a.store, a.day), (ItemKind(N_("reminder"), _NO_LIST, urgent=True),), about_person=True),
    ItemSource(lambda a: _unrecorded(a.store, a.day), (ItemKind(N_("not recorded yet"), _NO_LIST, urgent=True),)),  # groups too
    ItemSource(lambda a: _planned(a.store, a.day), (ItemKind(N_("planned"), "husrum event list --planned"),)),
    ItemSource(
        lambda a: a.enquiries,
        (
            ItemKind(N_("waits longer than usual for an interview"), "husrum person list --long-wait"),
            ItemKind(N_("waits for an interview"), "husrum intake list --open", urgent=True),
        ),
        about_person=True,
    ),
    ItemSource(
        lambda a: agenda_people.applicants(a.store, a.day),
        (ItemKind(N_("waits for an answer"), "husrum volunteer list --applied", urgent=True),),
        about_person=True,
    ),
    ItemSource(lambda a: a.stopped, (ItemKind(N_("has stopped coming"), "husrum person list --missed 3"),)),
    ItemSource(lambda a: _waiting(a.store, a.day), (ItemKind(N_("waits for a Hjerteven"), "husrum match list --waiting"),)),
    ItemSource(lambda a: a.matches, (ItemKind(N_("match without contact"), "husrum match list --active"),), about_person=True),
    ItemSource(lambda a: a.match_reviews, (ItemKind(N_("match to talk over"), "husrum match list --active"),), about_person=True),
    ItemSource(
        lambda a: agenda_people.groups_without_sparring(a.store, a.day),
        (ItemKind(N_("group without sparring"), "husrum group list --open"),),
    ),
    ItemSource(
        lambda a: agenda_people.papers(a.store, a.day),
        (ItemKind(N_("paper lapses"), _NO_LIST, urgent=True), ItemKind(N_("paper is missing"), _NO_LIST, urgent=True)),
        about_person=True,
    ),
    ItemSource(
        lambda a: agenda_people.without_consent(a.store, a.day, a.number),
        (ItemKind(N_("health answers without consent"), "husrum person list --lacks-consent health_data", urgent=True),),
        about_person=True,
    ),
    ItemSource(
        lambda a: agenda_people.kept_too_long(a.store, a.day),
        (ItemKind(N_("applicant kept too long"), "husrum check"),),
        about_person=True,
    ),
    ItemSource(
        lambda a: agenda_outcomes.measurements(a.store, a.day, a.number),
        (ItemKind(N_("measurement due"), "husrum measure due"),),
        about_person=True,
    ),
    ItemSource(lambda a: agenda_outcomes.targets(a.store, a.day), (ItemKind(N_("target behind"), "husrum target list"),)),
    ItemSource(
        lambda a: a.slipping_away,
        (
            ItemKind(N_("came once"), "husrum person list --once"),
            ItemKind(N_("interviewed and never came"), "husrum person list --never-came"),
            ItemKind(N_("not seen for two months"), "husrum person list --not-seen-since 2m"),
        ),
    ),
    ItemSource(lambda a: _drafts(a.store, a.day), (ItemKind(N_("unfinished form"), "husrum intake drafts"),)),
)
ITEM_KINDS = {kind.what: kind for source in SOURCES for kind in source.kinds}
