"""Events, as any city has them: who comes, who organises, and how they are written down."""

from __future__ import annotations

from datetime import timedelta

from book import Book, Occasion, Person, by_number

TRIP_DAYS = 4
# On the national Discord, which all cities share.
ONLINE = ("Skribbl-aften", "Filmsnak", "Hyggesnak", "Among Us", "Kæledyrsaften", "Musikquiz")


def attend(book: Book, occasion: Occasion, named: int, unnamed: int) -> None:
    occasion.present, occasion.unnamed = book.visitors(occasion.event.day, named), unnamed
    book.visit(occasion.event.day, occasion.present, unnamed)


def organise(book: Book, occasion: Occasion) -> None:
    """One or two volunteers, now and then with a young person; sometimes another volunteer comes along."""
    day, rng = occasion.event.day, book.rng
    able = book.on_duty(day, "organiser")
    crew = rng.sample(able, min(rng.randint(1, 2), len(able)))
    occasion.organisers, occasion.volunteers = by_number(crew), by_number(crew)
    others = [v for v in book.on_duty(day) if v not in crew and not v.held]
    if book.chance(0.2) and others:
        occasion.volunteers = by_number([*crew, rng.choice(others)])
    young = [person for person in occasion.present if person not in book.volunteers.values()]
    if young and book.chance(0.3):
        occasion.organisers = [*occasion.organisers, rng.choice(young)]


def name_everyone(book: Book, people: list[Person], held: list[Occasion]) -> None:
    """Everyone who comes at all was named at least once: they are one of the unnamed of an occasion they could be at."""
    for person in people:
        fit = [o for o in held if o.unnamed > 1 and o.present and person.comes(o.event.day, o.event.day)]
        occasion = book.rng.choice(fit)
        occasion.present, occasion.unnamed = by_number([*occasion.present, person]), occasion.unnamed - 1


def trip(book: Book, occasion: Occasion, named: int, more: int, fewer: int, unnamed: int) -> None:
    """One event of four days: on the third ``more`` others were there too, on the fourth only ``fewer``, all named."""
    first = occasion.event.day
    occasion.until = last = first + timedelta(days=TRIP_DAYS - 1)
    occasion.present, occasion.unnamed = book.visitors(first, named, last), unnamed
    joining = [p for p in book.visitors(first, named + 3 * more, last) if p not in occasion.present][:more]
    third, fourth = by_number(occasion.present + joining), by_number(book.rng.sample(occasion.present, fewer))
    for _ in range(TRIP_DAYS - 2):
        book.visit(first, occasion.present, unnamed)
    book.visit(first, third, unnamed)
    book.visit(first, fourth)
    occasion.days = {first + timedelta(days=2): (third, None), last: (fourth, 0)}


def event_rows(book: Book, first: int = 1) -> None:
    """Number the events in the order of their days, and write them down."""
    for number, occasion in enumerate(sorted(book.occasions, key=lambda o: (o.event.day, o.kind, o.event.title)), first):
        event, ref = occasion.event, f"E{number}"
        book.row(
            "events",
            ref=ref,
            title=event.title,
            date=event.day,
            until=occasion.until,
            kind=occasion.kind,
            activity=event.activity,
            venue=event.venue,
            partner=event.partner,
            programme=event.programme,
            organiser=occasion.organisers,
            present=occasion.present,
            volunteers=occasion.volunteers,
            unnamed=occasion.unnamed or "",
            joint=event.joint,
            planned=event.state == "planned",
            cancelled=event.state == "cancelled",
            note=event.note,
        )
        for day, (present, unnamed) in occasion.days.items():
            book.row("attendance", event=ref, date=day, present=present, unnamed=unnamed)
