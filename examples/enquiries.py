"""Enquiries and interviews, as any city has them."""

from __future__ import annotations

from datetime import date, timedelta

from book import Book, Person
from names import email, phone

SENSITIVE = ("loneliness", "diagnosis", "suicidal_thoughts", "treatment")


def intake(book: Book, person: Person, asked: date | None, held: date | None, answers: dict[str, str]) -> None:
    """One enquiry and its interview, without one only how they found HUSRUM."""
    rng = book.rng
    source, homes = answers["source"], book.city.municipalities
    again = person.renewed is not None and asked == person.renewed[0]
    cells: dict[str, object] = {"person" if again else "ref": person, "name": person.name, "enquired": asked}
    cells["source"] = source
    cells["referred_by"] = rng.choice(book.city.referrers[source]) if source in book.city.referrers and book.chance(0.9) else ""
    if not again:
        cells |= {"called": person.called, "born": person.born}
        cells["phone"] = person.phone or (phone(book.city.number, person.ref) if book.chance(0.85) else "")
        cells["email"] = person.email or (email(person.name, person.ref) if book.chance(0.6) else "")
    if held:
        offers = (("group", 0.4), ("events", 0.85), ("befriending", 0.12))
        wishes = [offer for offer, p in offers if offer in person.offered or book.chance(p)]
        motives = (("loneliness", 0.9), ("lacking_network", 0.6), ("social_difficulties", 0.5))
        cells |= {key: answer for key, answer in answers.items() if key != "age"} | {"held": held, "wish": wishes}
        cells["motive"] = [motive for motive, p in motives if book.chance(p)] or rng.choice(("other", "not_asked", ""))
        cells["offered"] = [offer for offer, _ in offers if offer in person.offered or offer == "events"]
        cells["municipality"] = rng.choices(tuple(homes), tuple(homes.values()))[0]
        cells["note"] = rng.choice(("Foretrækker sms", "Helst sidst på dagen")) if book.chance(0.06) else ""
        consents(book, person, held, answers, again)
    book.row("intakes", **cells)


def consents(book: Book, person: Person, held: date, answers: dict[str, str], again: bool) -> None:
    """Add what was agreed to at the interview; a few withdrew something."""
    answered = any(answers[question] not in ("", "declined", "not_asked") for question in SENSITIVE)
    shares = {"health_data": 1.0 if answered else 0.0, "national_linking": 0.6, "research": 0.35, "quotes_photos": 0.15}
    for purpose, share in shares.items():
        if not again and book.chance(share):
            back = held + timedelta(days=120) if purpose != "health_data" and book.chance(0.04) else None
            back = None if person.linked else back
            book.row("consents", person=person, purpose=purpose, given=held, withdrawn=back)
