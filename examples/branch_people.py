"""The young people of a city: when they ask, in which years they come, what they answer, when they leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

import denmark
from book import Person, by_number, days_between
from branch import SEED, Branch
from danish_days import holidays
from enquiries import intake

FULL_BIRTH, YEAR_ONLY, NO_BIRTH = 88, 9, 3  # of a hundred
ONCE_ONLY = 0.08  # came to the interview, and not since
SAYS_GOODBYE = 0.5  # of those who come no more
LEAVES_IN_2024 = 0.1
DRIVES = (0.3, 0.6, 1, 1, 2, 4)  # how often they come
YOUNGEST, USUAL, OLDEST = 16, 20, 27  # at the enquiry
YEAR = timedelta(days=365.25)
ASKED_AGAIN = ("occupation", "loneliness", "treatment")
LEAVING = ("moved_away", "work_or_study", "moved_on", "no_contact", "no_longer_wishes", "treatment")


def settle(branch: Branch) -> None:
    """Everybody who ever asked, so that each year has its interviews and its young people."""
    if branch.established:
        _before_records(branch)
    for year, counts in branch.counts.items():
        if year >= branch.began.year + 2:
            _ask_again(branch, year)
        _ask(branch, year, counts.intakes)
        _come(branch, year, counts.young_people)
    last = branch.ends.year
    for person in branch.young:
        if last in person.years and person not in branch.given and branch.chance(LEAVES_IN_2024 if branch.in_2024 else SAYS_GOODBYE):
            _leave(branch, person, date(last, 8, 1), date(last, 12, 20))


def _before_records(branch: Branch) -> None:
    """Those who came to an established city before it had records: its young people of the first year, and some more."""
    counts = branch.counts[branch.began.year]
    number = counts.young_people - counts.intakes - denmark.WALK_INS + denmark.LONG_GONE
    for held in sorted(branch.rng.sample(_interview_days(date(2019, 8, 12), date(2020, 12, 18)), number)):
        branch.young.append(_somebody(branch, _asked(branch, held), held))


def _ask_again(branch: Branch, year: int) -> None:
    """Some who stayed away for a year ask a second time, and come to another interview."""
    away = [p for p in branch.young if p.held and p.drive and p.left == date.max and max(p.years, default=0) == year - 2]
    for person in _sample(branch, [p for p in away if p not in branch.given], denmark.SECOND_ENQUIRIES):
        held = branch.rng.choice(_interview_days(date(year, 2, 1), date(year, 11, 30)))
        person.renewed = _asked(branch, held), held
        branch.first_answers[person] = dict(person.answers)
        for question in ASKED_AGAIN:
            person.answers[question] = _answer(branch, question)


def _ask(branch: Branch, year: int, interviews: int) -> None:
    """The new of a year: those with an interview, those who come without one, and those who only ask."""
    rng = branch.rng
    days = _interview_days(branch.opens(year), date(year, 12, 19))
    for held in sorted(rng.sample(days, interviews - len(branch.interviewed(year)))):
        branch.young.append(_somebody(branch, _asked(branch, held), held))
    for asked in sorted(rng.sample(days[: len(days) * 2 // 3], denmark.WALK_INS)):
        branch.young.append(_somebody(branch, asked, None))
        branch.young[-1].years.add(year)
    for asked in sorted(rng.sample(days, denmark.NEVER_HELD)):
        silent = _somebody(branch, asked, None)
        _leave(branch, silent, asked + timedelta(days=60), asked + timedelta(days=120))
        branch.outside.append(silent)
    if year == denmark.LAST_YEAR:  # asked in December, and comes in January
        branch.outside.append(_somebody(branch, date(year, 12, rng.randint(9, 20)), date(year + 1, 1, 9)))


def _come(branch: Branch, year: int, number: int) -> None:
    """Choose the people who come in the year: the new ones, those who are at something anyway, and as many from before as are missing."""
    for person in branch.interviewed(year):
        person.years.add(year)
    here = [p for p in branch.young if year in p.years or p in branch.came[year]]
    pool = [p for p in branch.young if p not in here and _may_come_back(branch, p, year)]
    back = _sample(branch, pool, number - len(here))
    for person in here + back:
        person.years.add(year)
    for person in pool:
        if person not in back and person not in branch.given and (not person.held or branch.chance(SAYS_GOODBYE)):
            _leave(branch, person, date(year - 1, 9, 1), date(year, 2, 25))


def _interview_days(first: date, last: date) -> list[date]:
    free = frozenset().union(*(holidays(year) for year in range(first.year, last.year + 1)))
    return days_between(first, last, free)


def _asked(branch: Branch, held: date) -> date:
    """The enquiry is some days or weeks earlier, maybe in the year before, but not before the city began."""
    asked = held - timedelta(days=branch.rng.randint(3, 24))
    return asked if branch.established else max(asked, branch.began + timedelta(days=3))


def _somebody(branch: Branch, asked: date, held: date | None) -> Person:
    """A new young person."""
    rng = branch.rng
    person = Person(asked, (held or asked) + timedelta(days=rng.randint(1, 9)), held=held, years=set())
    person.answers = {question: _answer(branch, question) for question in denmark.ANSWERS}
    gender = person.answers["gender"]
    person.name, person.called = branch.names.draw(gender if gender in ("f", "m") else rng.choice("fm"))
    oldest, youngest, usual = (asked - age * YEAR for age in (OLDEST, YOUNGEST, USUAL))
    born = branch.register.birthday(rng, oldest, youngest, usual)
    person.born = rng.choices((born, born[:4], ""), (FULL_BIRTH, YEAR_ONLY, NO_BIRTH))[0]
    person.drive = 0 if held and branch.chance(ONCE_ONLY) else rng.choice(DRIVES)
    return person


def _answer(branch: Branch, question: str) -> str:
    answers = denmark.ANSWERS[question]
    return branch.rng.choices(tuple(answers), tuple(answers.values()))[0]


def _may_come_back(branch: Branch, person: Person, year: int) -> bool:
    """Whether they came the year before, or in the time before records, and never left."""
    came = year == branch.began.year or year - 1 in person.years
    return came and bool(person.drive) and person.here_from < date(year, 1, 1) and person.left > branch.ends


def _sample(branch: Branch, people: list[Person], number: int) -> list[Person]:
    """So many of them; first of all those who go on coming to Aarhus in 2024, and those who come often."""
    if number > len(people):
        raise ValueError(f"{branch.name}: {number} of {len(people)}")
    order = sorted(people, key=lambda p: (p in branch.given, branch.rng.random() ** (1 / p.drive)), reverse=True)
    return order[:number]


def _leave(branch: Branch, person: Person, first: date, last: date) -> None:
    """They say so, on a day between, but not before they could come."""
    first, last = max(first, person.here_from + timedelta(days=20)), min(last, branch.ends)
    if first <= last and not person.renewed:
        person.left = first + timedelta(days=branch.rng.randint(0, (last - first).days))


def number_people(branch: Branch) -> None:
    """Numbers in the order in which they came, after those that are given already."""
    own = set(branch.given)
    people = {*branch.young, *branch.outside, *branch.volunteers.values()} - own
    first = max((p.ref for p in branch.given), default=0) + 1
    for ref, person in enumerate(sorted(people, key=lambda p: (p.since, p.name)), start=first):
        person.ref = ref


def deal_answers(branches: Iterable[Branch]) -> None:
    """The interviews of 2024 outside Aarhus answer so that the national shares come out."""
    year = denmark.LAST_YEAR
    people = [p for branch in branches if branch.in_2024 for p in branch.interviewed(year)]
    rng = Random(SEED)
    for question, table in denmark.ANSWERS_2024.items():
        deck = [answer for answer, count in table.items() for _ in range(count)]
        rng.shuffle(deck)
        for person, answer in zip(people, deck, strict=True):
            person.answers[question] = answer


def people_rows(branch: Branch) -> None:
    """intakes.csv with consents.csv, and leaving.csv."""
    own = [p for p in branch.young if p not in branch.given]
    unknown = own[0] if branch.established else None  # nobody wrote down when they asked
    for person in by_number(own + branch.outside):
        first = branch.first_answers.get(person, person.answers)
        intake(branch, person, None if person is unknown else person.since, person.held, first)
        if person.renewed:
            intake(branch, person, *person.renewed, person.answers)
    for person in sorted((p for p in own + branch.outside if p.left < date.max), key=lambda p: (p.left, p.ref)):
        reason = "moved_away" if person.linked else branch.rng.choice(LEAVING) if person.held else "no_contact"
        branch.row("leaving", person=person, date=person.left, reason=reason)
