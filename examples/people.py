"""The young people and the volunteers of the year: who they are, what they answered, who left."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import aarhus_2024 as year
from book import Book, Person, Volunteer, by_number, days_between
from enquiries import SENSITIVE, intake
from names import Names
from volunteering import attest_rows, volunteer_row


class Aarhus(Book):
    """Aarhus in 2024, and those who came before it or come after it."""

    def __init__(self, rng: Random) -> None:
        super().__init__(year.CITY, rng, Names(rng))
        self.crew = year.VOLUNTEERS
        self.new: list[Person] = []  # interviewed in 2024
        self.earlier: list[Person] = []  # interviewed before, and still coming
        self.gone: list[Person] = []  # no longer coming
        self.outside: list[Person] = []  # not interviewed yet


def young_people(book: Aarhus) -> None:
    """The 78 new, the 122 from before who still come, and those who are not of the year, with their interviews."""
    rng = book.rng
    slots = [*year.CARRIED_IN]
    for day in rng.sample(days_between(date(2024, 1, 11), date(2024, 12, 19), year.HOLIDAYS), year.INTERVIEWS - 3):
        slots.append((max(day - timedelta(days=rng.randint(3, 24)), year.FIRST + timedelta(days=1)), day))
    slots.append((year.LAST_INTERVIEW - timedelta(days=12), year.LAST_INTERVIEW))
    book.new = [Person(asked, held + timedelta(days=rng.randint(1, 9)), held=held) for asked, held in sorted(slots)]
    for people, last, number in (
        (book.earlier, date(2023, 11, 24), year.STILL_HERE),
        (book.gone, date(2023, 1, 20), year.NO_LONGER_HERE),
    ):
        for held in sorted(rng.choices(days_between(date(2021, 1, 25), last, year.HOLIDAYS), k=number)):
            people.append(Person(held - timedelta(days=rng.randint(3, 24)), held + timedelta(days=3), held=held))
    book.outside = [Person(year.CARRIED_OUT[0], held=year.CARRIED_OUT[1]), Person(year.NEVER_HELD)]

    book.young = book.earlier + book.new

    deal_answers(book)
    everyone = book.new + book.earlier + book.gone + book.outside
    for person in everyone:
        gender = person.answers["gender"]
        person.name, person.called = book.names.draw(gender if gender in ("f", "m") else rng.choice("fm"))
        person.drive = rng.choice((0.3, 0.6, 1, 1, 2, 4))
    for person in rng.sample([p for p in book.new if p.here_from.year == year.YEAR], 9):
        person.drive = 0  # came to the interview, and not since
    # Two people of the same name, distinguished by their birth dates and numbers.
    other = next(p for p in book.earlier if len(p.born) == 10 and p.answers["gender"] == "f")
    twin = next(p for p in book.new if len(p.born) == 10 and p.answers["gender"] == "f")
    twin.name, twin.called = other.name, other.called
    # Some of the earlier ones asked twice; the first of them never came to an interview the first time.
    early = [p for p in book.earlier if p.here_from < date(2022, 6, 1)]
    for person in (renewed := rng.sample(early, 6)):
        asked = date(2022, 8, 15) + timedelta(days=rng.randint(0, 150))
        held = rng.choice(days_between(asked + timedelta(days=4), asked + timedelta(days=25), year.HOLIDAYS))
        person.renewed = asked, held
        if person is renewed[0]:
            person.held, person.here_from = None, held + timedelta(days=3)


def deal_answers(book: Aarhus) -> None:
    """Deal out the answers of the published shares (``aarhus_2024.ANSWERS``), and birth dates."""
    rng = book.rng
    for person in book.new + book.earlier + book.gone + book.outside:
        oldest = (person.since - date(year.YEAR - 30, 1, 1)).days  # at least 16 now, and at most 30 in the year
        day = person.since - timedelta(days=int(rng.triangular(16 * 366, oldest, 20 * 366)))
        person.born = rng.choices((day.isoformat(), str(day.year), ""), (88, 9, 3))[0]
        person.answers["age"] = str(day.year)
    for question, table in year.ANSWERS.items():
        for column, people in ((0, book.new), (1, book.earlier)):
            deck = [answer for answer, counts in table.items() for _ in range(counts[column])]
            if question == "occupation":  # the table goes from the young to the old
                people = sorted(people, key=lambda p: -int(p.answers["age"]) + rng.uniform(-4, 4))
            else:
                rng.shuffle(deck)
            for person, answer in zip(people, deck, strict=True):
                person.answers[question] = answer
        for person in book.gone + book.outside:  # the deck of the earlier ones
            person.answers[question] = rng.choice(deck)


def volunteers(book: Aarhus) -> None:
    """volunteers 25 aged 24-72; the three peers are young people who came before, and one of them still comes."""
    rng = book.rng
    for spec in year.VOLUNTEERS:
        if spec.key.startswith("P"):
            pool = book.earlier if spec.key == "P1" else book.gone
            before = (spec.joined or year.FIRST) - timedelta(days=100)
            fit = [p for p in pool if p.here_from < before and not p.renewed and "peer" not in p.offered]
            person = rng.choice([p for p in fit if p.answers["gender"] == spec.gender])
            person.born, person.drive = spec.born, max(person.drive, 1)
            person.offered.append("peer")
        else:
            person = Person(spec.joined or date(2018, 1, 8), born=spec.born, left=spec.left or date.max)
            gender = spec.gender if spec.gender in ("f", "m") else rng.choice("fm")
            person.name, person.called = book.names.draw(gender, older=spec.born < "1980")
        book.volunteers[spec.key] = person
    young = book.new + book.earlier + book.gone + book.outside
    hired = [p for p in book.volunteers.values() if p not in young]
    for ref, person in enumerate(sorted(young + hired, key=lambda p: (p.since, p.name)), start=1):
        person.ref = ref


def leaving(book: Aarhus) -> None:
    """Add the days on which people left: of those who came in 2024, and of those who did not."""
    rng = book.rng
    reasons = ("moved_away", "work_or_study", "moved_on", "no_contact", "no_longer_wishes", "treatment")
    settled = [p for p in book.new if p.drive and p.here_from < date(2024, 6, 1)]
    leavers = rng.sample([p for p in book.earlier if not p.offered], 14) + rng.sample(settled, 4)
    for person in leavers:
        first = max(person.here_from + timedelta(days=90), date(2024, 3, 1))
        person.left = first + timedelta(days=rng.randint(0, (date(2024, 12, 20) - first).days))
    for person in rng.sample([p for p in book.gone if not p.offered], 9):
        person.left = date(2023, 10, 9) + timedelta(days=rng.randint(0, 70))
        leavers.append(person)
    for person in sorted(leavers, key=lambda p: p.left):
        book.row("leaving", person=person, date=person.left, reason=rng.choice(reasons))


def intake_rows(book: Aarhus) -> None:
    """enquiries, intakes and young_people_new 78; the shares by the answers dealt."""
    rng = book.rng
    unknown = rng.sample([p for p in book.earlier if not p.renewed], 2)  # nobody wrote down when they asked
    for person in by_number(book.new + book.earlier + book.gone + book.outside):
        once, again = dict(person.answers), dict(person.answers)
        for question in (*SENSITIVE, "occupation"):
            if not person.renewed or not person.held:
                continue
            if once[question] in ("declined", "not_asked", ""):
                once[question] = ""
            elif book.chance(0.4):  # a later non-answer does not undo the answer
                again[question] = rng.choice(("declined", "not_asked", ""))
            else:
                answers = [answer for answer in year.ANSWERS[question] if answer not in ("declined", "not_asked", "")]
                once[question] = rng.choice(answers)
        asked = None if person in unknown else person.since
        intake(book, person, asked, person.held, once)
        if person.renewed:
            intake(book, person, *person.renewed, again)


def volunteer_rows(book: Aarhus) -> None:
    """volunteers.csv, roles.csv and attests.csv."""
    for spec in year.VOLUNTEERS:
        volunteer_row(book, spec, intro_course(spec))
        if spec.key != "F1":  # who has seen nothing and been nowhere yet
            attest_rows(book, spec)
    book.row("attests", volunteer=book.volunteers["O1"], kind="intro_course", date=date(2019, 3, 2))
    for key, role, first, until in year.SECOND_ROLES:
        book.row("roles", volunteer=book.volunteers[key], role=role, from_=first, to=until)


def intro_course(spec: Volunteer) -> date | None:
    """The course they were at: the next of 2024 after joining, an earlier one for those from before."""
    if spec.joined is None or spec.joined.year != year.YEAR:
        return spec.joined + timedelta(days=40) if spec.joined and spec.joined < year.FIRST else None
    days = next(days for kind, _, _, days in year.MEETINGS if kind == "intro_course")
    return min(day for day in (date(year.YEAR, *day) for day in days) if day >= spec.joined)
