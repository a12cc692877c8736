"""Hjerteven, as any city has it: who waits and wishes for what, who offers it, and how a match is kept in touch with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from book import Book, Person

INTERESTS = ("brætspil", "gåture", "musik", "film", "madlavning", "dyr", "strik", "natur", "gaming", "kunst", "motion")


class Match(NamedTuple):
    befriender: str
    start: date
    end: date | None = None
    reason: str = ""


def wish(book: Book, person: Person, since: date, until: date | None = None, reason: str = "") -> None:
    """A row of waiting.csv, with what they wish for."""
    book.row("waiting", person=person, since=since, until=until, reason=reason, **wishes(book, volunteer=False))


def offer(book: Book, volunteer: Person, capacity: int, since: date | None) -> None:
    """A row of offers.csv, with what they wish for."""
    book.row("offers", volunteer=volunteer, capacity=capacity, from_=since, **wishes(book, volunteer=True))


def wishes(book: Book, *, volunteer: bool) -> dict[str, object]:
    """Return what one side likes, when and where, and what they ask of the other."""
    rng = book.rng
    return {
        "interest": book.some(INTERESTS, 1, 4),
        "time": book.some(("weekday", "evening", "weekend"), 1, 3) if book.chance(0.85) else [],
        "area": book.some(book.city.areas, 1, 2) if book.chance(0.8) else [],
        "speaks": ["dansk", *book.some(("engelsk", "arabisk", "tysk"), 0, 1)] if book.chance(0.7) else [],
        "about": book.some(("har hund", "har kat", "ryger", "har børn"), 0, 1) if volunteer else [],
        "wants_gender": rng.choice("fm") if not volunteer and book.chance(0.3) else "",
        "wants_age": rng.choice(("25-40", "30-60", "40-75")) if not volunteer and book.chance(0.3) else "",
        "avoid": rng.choice(("har hund", "ryger")) if not volunteer and book.chance(0.2) else "",
    }


def match(book: Book, person: Person, spec: Match, last: date, first_contact: date = date.min) -> None:
    """A row of matches.csv, and how they were asked about it until the last day."""
    befriender = book.volunteers[spec.befriender]
    book.row("matches", person=person, volunteer=befriender, date=spec.start, ended=spec.end, reason=spec.reason)
    day = max(spec.start + timedelta(days=14), first_contact)
    while day < min(spec.end or last, last):
        book.row("contacts", person=person, date=day, note=book.rng.choice(("", "", "Opringning", "Sms")))
        day += timedelta(days=book.rng.randint(35, 70))
