"""Measurements, as they come about in life: most are asked at the interview, when things are at their worst; many are not asked again, or don't answer.

People who answer twice are a little better later, partly because a high score is partly chance, and falls by itself (regression to the mean).
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from book import Book

FIRST_YEAR = 2022  # nobody was measured before
# How many of those interviewed are asked: one city barely measures.
ASKED = {"Aarhus": 0.8, "Horsens": 0.7, "Silkeborg": 0.65, "Randers": 0.6, "Viborg": 0.08, "Esbjerg": 0.75, "Skanderborg": 0.8}
WELL_BEING_TOO = ("Aarhus", "Horsens")  # WHO-5 as well as T-ILS
# How lonely somebody is on the scale of T-ILS, by what they say at the interview.
LONELY = {"severe": 7.2, "moderate": 6.0, "mild": 4.8, "none": 3.8}
USUAL = 6.2
AT_ITS_WORST = 0.5  # they come when it is worse than it usually is
BETTER = 0.4  # the change that lasts, on the average
NOISE = 1.0  # of one measurement
LATE, INCOMPLETE = 0.07, 0.03


def measures(book: Book, name: str, until: date) -> None:
    """measures.csv: of those with an interview of their own in this book and the consent to keep answers about health. By chance of its own."""
    rng = Random(f"husrum measures {name} {until}")
    agreed = {row["person"] for row in book.rows["consents"] if row["purpose"] == "health_data" and not row["withdrawn"]}
    left = {row["person"]: date.fromisoformat(row["date"]) for row in book.rows["leaving"]}
    for row in book.rows["intakes"]:
        person, held = row.get("ref") or row.get("person", ""), row.get("held")
        if row.get("person") or not held or int(held[:4]) < FIRST_YEAR or person not in agreed or rng.random() > ASKED[name]:
            continue
        _person(book, rng, person, row.get("loneliness", ""), date.fromisoformat(held), min(until, left.get(person, date.max)))
        if name in WELL_BEING_TOO and rng.random() < 0.5:
            day = date.fromisoformat(held)
            for later in (day, day + timedelta(days=rng.randint(75, 120)))[: 1 + (rng.random() < 0.5)]:
                if later <= until:
                    book.row("measures", person=person, instrument="who5", date=later, items=_items(rng, 5, 0, 5, rng.gauss(11, 4)))


def _person(book: Book, rng: Random, person: str, said: str, held: date, until: date) -> None:
    lonely = rng.gauss(LONELY.get(said, USUAL), 0.8)
    day = held + timedelta(days=rng.randint(100, 160) if rng.random() < LATE else rng.choice((0, 0, 0, 0, 7, 12)))
    if day > until:
        return
    if rng.random() < 0.06:
        book.row("measures", person=person, instrument="tils", date=day, **{rng.choice(("declined", "not_asked")): True})
        return
    book.row(
        "measures", person=person, instrument="tils", date=day, items=_items(rng, 3, 1, 3, lonely + AT_ITS_WORST + rng.gauss(0, NOISE))
    )
    lonely -= rng.gauss(BETTER, 1.0)
    for first, last, answer in ((80, 125, 0.55), (180, 260, 0.3)):
        day = held + timedelta(days=rng.randint(first, last))
        if day > until:
            return
        # Lonelier people come less, and are asked less.
        chance, fate = answer * (1.15 if lonely < USUAL else 0.85), rng.random()
        if fate < chance:
            items = _items(rng, 3, 1, 3, lonely + rng.gauss(0, NOISE))
            book.row("measures", person=person, instrument="tils", date=day, items=items)
        elif fate > 0.9:
            book.row("measures", person=person, instrument="tils", date=day, **{rng.choice(("declined", "not_asked", "not_asked")): True})


def _items(rng: Random, number: int, lowest: int, highest: int, total: float) -> str:
    """Answers that add up to about a total; now and then one is left out."""
    wanted = min(number * highest, max(number * lowest, round(total)))
    items = [lowest] * number
    for _point in range(wanted - number * lowest):
        place = rng.choice([each for each in range(number) if items[each] < highest])
        items[place] += 1
    texts = [str(item) for item in items]
    if rng.random() < INCOMPLETE:
        texts[rng.randrange(number)] = ""
    return ",".join(texts)
