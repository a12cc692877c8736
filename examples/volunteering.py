"""Volunteers, as any city writes them down."""

from __future__ import annotations

from datetime import date, timedelta

from book import Book, Volunteer
from names import email, phone


def volunteer_row(book: Book, spec: Volunteer, course: date | None) -> None:
    """One volunteer, with the intro course they were at."""
    person, peer = book.volunteers[spec.key], spec.key.startswith("P")
    cells: dict[str, object] = {"person" if peer else "ref": person, "name": person.name, "role": spec.roles}
    if not peer:
        cells |= {"called": person.called, "born": person.born, "gender": spec.gender}
        cells |= {"phone": phone(book.city.number, person.ref), "email": email(person.name, person.ref)}
    cells |= {"joined": spec.joined, "left": spec.left, "recruited_through": spec.recruited}
    book.row("volunteers", **cells, intro_course=course)


def attest_rows(book: Book, spec: Volunteer) -> None:
    """Add the papers that were seen two weeks after they joined."""
    person, seen = book.volunteers[spec.key], spec.joined and spec.joined + timedelta(days=14)
    book.row("attests", volunteer=person, kind="confidentiality", date=seen)
    if any(role in spec.roles for role in ("leader", "peer", "befriender")):
        book.row("attests", volunteer=person, kind="criminal_record", date=seen)
