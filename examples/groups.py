"""Talk groups and network groups, as any city has them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from book import Book, Person, by_number

WEEKS, SEATS = 12, 7
THEMES = (
    "Velkommen og aftaler i gruppen", "At lytte og spørge", "Kropssprog", "Small talk", "Grænser",
    "Selvværd og selvtillid", "Styrker", "Tanker og følelser", "Nye situationer", "At sige til og fra",
    "Venskaber og netværk", "Vejen videre",
)  # fmt: skip


class TalkGroup(NamedTuple):
    ref: str
    title: str
    start: date
    leaders: str
    venue: str
    cancelled: date | None = None  # held a week later instead


class NetworkGroup(NamedTuple):
    ref: str
    title: str
    start: date
    continues: str
    leader: str
    leads_until: date
    venue: str


def talk_group(
    book: Book, spec: TalkGroup, days: list[date], members: list[Person], *, steady: bool, absentees: bool = False
) -> list[Person]:
    """A course that meets on the days; returns who stayed to the end. ``steady``: all do; ``absentees``: the leader writes down who is missing."""
    leaders = [book.volunteers[key] for key in spec.leaders.split()]
    book.row(
        "groups",
        ref=spec.ref,
        title=spec.title,
        kind="talk",
        start=spec.start,
        capacity=SEATS,
        venue=spec.venue,
        closed=days[-1],
    )
    for leader in leaders:
        book.row("leaders", group=spec.ref, person=leader, from_=spec.start, to=days[-1])
    stops: dict[Person, date] = {}
    if not steady and book.chance(0.6):
        stops[book.rng.choice(members)] = days[book.rng.randint(3, 6)]
    for person in members:
        stop = stops.get(person)
        reason = stop and book.rng.choice(("too_hard", "not_for_me", "work_or_study"))
        book.row("enrolments", group=spec.ref, person=person, date=spec.start, until=stop, reason=reason)
    if spec.cancelled:
        book.row("meetings", group=spec.ref, date=spec.cancelled, cancelled=True, note="Aflyst: sygdom")
    rates = {person: book.rng.uniform(0.7, 0.99) for person in members}
    for day, theme in zip(days, THEMES, strict=True):
        here = [person for person in members if day <= stops.get(person, day)]
        meeting(book, spec.ref, day, theme, here, rates, leaders, absentees=absentees and len(here) == SEATS)
    return [person for person in members if person not in stops]


def network_group(book: Book, spec: NetworkGroup, days: list[date], members: list[Person], closed: date | None = None) -> None:
    """A group that goes on after a course, and after a start without the leader, who gives sparring from then on."""
    book.row(
        "groups",
        ref=spec.ref,
        title=spec.title,
        kind="network",
        start=spec.start,
        venue=spec.venue,
        continues=spec.continues,
        closed=closed,
    )
    leader = book.volunteers[spec.leader]
    book.row("leaders", group=spec.ref, person=leader, from_=spec.start, to=spec.leads_until)
    for person in members:
        until = person.left if person.left <= days[-1] else None
        book.row("enrolments", group=spec.ref, person=person, date=spec.start, until=until)
    rates = {person: book.rng.uniform(0.65, 0.95) for person in members}
    for day in days:
        here = [person for person in members if day < person.left]
        meeting(book, spec.ref, day, "", here, rates, [leader] if day <= spec.leads_until else [])


def sparring(book: Book, group: str, days: Iterable[date]) -> None:
    for day in days:
        book.row("contacts", group=group, date=day, note="Sparring")


def meeting(
    book: Book,
    group: str,
    day: date,
    theme: str,
    members: list[Person],
    rates: dict[Person, float],
    leaders: list[Person],
    *,
    absentees: bool = False,
) -> None:
    """One meeting: who came, who had said they could not, and a leader missing now and then."""
    present = [person for person in members if book.chance(rates[person])]
    away = [person for person in members if person not in present]
    cells: dict[str, object] = {"group": group, "date": day, "theme": theme}
    if absentees and away:
        cells["absent"] = away
    else:
        cells |= {"present": present or "none", "excused": [person for person in away if book.chance(0.6)]}
    if len(leaders) > 1 and book.chance(0.15):
        cells["volunteers"] = by_number(book.rng.sample(leaders, len(leaders) - 1))
    book.row("meetings", **cells)
    book.visit(day, present)
