"""Make a synthetic year of HUSRUM Aarhus that gives every number of its published STATUS 2024.

    python examples/make_aarhus_2024.py [DIR]

writes one CSV per import kind (default: aarhus-2024 next to this script). To read them::

    husrum init aarhus.db --city Aarhus --records-from 2024-01-01
    husrum import examples/aarhus-2024/*.csv --db aarhus.db

The published numbers and what happened stand in ``aarhus_2024.py``, the people in ``people.py``; here they meet. Nobody
in it exists.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random

import aarhus_2024 as year
import befriending
import groups
from book import COLUMNS, Event, Occasion, Person, by_number, every, fit_total, write
from happenings import ONLINE, attend, event_rows, name_everyone, organise, trip
from measuring import measures
from people import Aarhus, intake_rows, intro_course, leaving, volunteer_rows, volunteers, young_people

SEED = 2024


# Groups


def talk_groups(book: Aarhus) -> dict[str, list[Person]]:
    """group_courses 6, group_meetings 72; returns who was in each group to the end."""
    stayed = {}
    for spec in year.TALK_GROUPS:
        planned = list(every(spec.start, 1, year.SCHOOL_HOLIDAYS, year.LAST))
        days = [day for day in planned if day != spec.cancelled][: groups.WEEKS]
        before = spec.start.year < year.YEAR
        pools = [book.earlier] * 4 + [book.earlier + book.new] * 3 if not before else [book.earlier] * 6 + [book.gone]
        if spec.start > date(2024, 7, 1):
            pools = [book.new] * 5 + [book.earlier] * 2
        until = days[-1] if not before else date(2023, 7, 1)
        members = by_number([book.take(pool, "group", spec.start, until) for pool in pools])
        stayed[spec.ref] = groups.talk_group(book, spec, days, members, steady=before, absentees=spec.ref == "G4")
    return stayed


def network_groups(book: Aarhus, stayed: dict[str, list[Person]]) -> None:
    """network_groups 2: they go on with a finished talk group."""
    for spec in year.NETWORK_GROUPS:
        members = [person for person in stayed[spec.continues] if person in book.young]
        # No meetings in the last week of the year; the last one planned was never recorded.
        skip = year.SCHOOL_HOLIDAYS | year.SUMMER | {date(2023, 12, 27), date(2023, 7, 12)}
        *days, unrecorded = every(spec.start, 2, skip, date(2024, 12, 20))
        groups.network_group(book, spec, days, members)
        book.row("meetings", group=spec.ref, date=unrecorded, planned=True)
        groups.sparring(book, spec.ref, every(spec.leads_until + timedelta(days=21), 9, set(), year.LAST))


# Hjerteven


def hjerteven(book: Aarhus) -> None:
    """matches_new 6, befrienders 6, waiting_list 10: three figures, and none of them is the seven active matches."""
    rng, here = book.rng, book.young
    leaver = next(person for person in book.earlier if year.FIRST <= person.left <= year.LAST)
    leaver.offered.append("befriending")
    befriending.wish(book, leaver, date(2024, 1, 10))  # until they left
    for number, spec in enumerate(year.MATCHES):
        asked = spec.start - timedelta(days=rng.randint(20, 160))
        pool = (book.gone, book.earlier)[number] if number < 2 else here
        person = book.take(pool, "befriending", asked, min(spec.end or date.max, date(2025, 1, 1)))
        if number == 1:
            person.drive = 0  # a participant of 2024 by the match alone
        befriending.wish(book, person, asked)
        befriending.match(book, person, spec, year.LAST, first_contact=date(2023, 9, 1))
    (first, until, reason), *others = year.WAITS_ENDED
    for since in year.WAITING_SINCE:
        again = since == year.WAITING_SINCE[3]
        person = book.take(here, "befriending", first if again else since, year.LAST)
        if again:
            befriending.wish(book, person, first, until, reason)
        befriending.wish(book, person, since)
    befriending.wish(book, book.take(book.gone, "befriending", year.WAIT_WITHOUT_COMING, year.LAST), year.WAIT_WITHOUT_COMING)
    latest = next(p for p in book.new if p.held == year.LAST_INTERVIEW)
    latest.offered.append("befriending")
    befriending.wish(book, latest, year.LAST_INTERVIEW)
    for since, until, reason in others:
        befriending.wish(book, book.take(here, "befriending", since, until), since, until, reason)
    for key in ("B1", "B2", "B3", "B4", "B5", "L6", "O2", "F1"):
        starts = {"L6": date(2024, 6, 10), "O2": date(2024, 11, 18)}
        befriending.offer(book, book.volunteers[key], 2 if key == "B3" else 1, starts.get(key))


# Events


def social_events(book: Aarhus) -> None:
    """social_events 85 with 8-25 young people a day, sized so that visits is 2792; called last of all that counts."""
    rng = book.rng
    calendar = list(year.EVENTS)
    for first, weeks, title, activity, venue, partner in year.SERIES:
        day = first
        while day <= year.LAST:
            if day not in year.HOLIDAYS and day not in year.SUMMER:
                calendar.append(Event(day, title, activity, venue, partner))
            day += timedelta(weeks=weeks)
    occasions = [Occasion(event, "social") for event in sorted(calendar)]
    held = [occasion for occasion in occasions if not occasion.event.state]
    if len(held) != year.SOCIAL_EVENTS:
        raise ValueError(f"{len(held)} social events, not {year.SOCIAL_EVENTS}")
    away = next(occasion for occasion in held if occasion.event.title == year.SUMMER_TRIP)
    held.remove(away)
    trip(book, away, named=14, more=2, fewer=11, unnamed=1)
    sizes = [round(rng.triangular(year.SOCIAL_MIN, year.SOCIAL_MAX, 21)) for _ in held]
    fit_total(rng, sizes, year.VISITS - book.visits[year.YEAR], year.SOCIAL_MIN, year.SOCIAL_MAX)
    for occasion, size in zip(held, sizes, strict=True):
        unnamed = rng.choices((0, rng.randint(1, 6), size), (45, 42, 13))[0]
        attend(book, occasion, size - unnamed, unnamed)
    name_everyone(book, [p for p in book.earlier if p.drive and p not in book.came[year.YEAR]], held)
    for occasion in [away, *held]:
        organise(book, occasion)
    book.occasions += occasions


def other_events(book: Aarhus) -> None:
    """online_events 24 and youth_meetings 4, and the volunteers' own meetings, which are no visits."""
    rng = book.rng
    for month in range(1, 13):
        wednesdays = [day for n in range(1, 29) if (day := date(year.YEAR, month, n)).weekday() == 2]
        for day in (wednesdays[1], wednesdays[3]):
            title = ONLINE[len(book.occasions) % len(ONLINE)]
            occasion = Occasion(Event(day, title, "Discord", joint=f"discord-{day}"), "online")
            named = rng.randint(4, 9)
            attend(book, occasion, named, rng.randint(3, 11))
            occasion.organisers = occasion.volunteers = [rng.choice(book.on_duty(day, "online"))]
            book.occasions.append(occasion)
    for kind, title, venue, days in year.MEETINGS:
        for day in (date(year.YEAR, *monthday) for monthday in days):
            occasion = Occasion(Event(day, title, "", venue), kind)
            if kind == "youth_meeting":
                attend(book, occasion, rng.randint(11, 17), rng.randint(0, 4))
                occasion.organisers = occasion.volunteers = [rng.choice(book.on_duty(day, "organiser"))]
            else:
                there = book.on_duty(day)
                number = {"supervision": 6, "training": 9}.get(kind, 15)
                if kind == "intro_course":
                    there = [book.volunteers[v.key] for v in year.VOLUNTEERS if intro_course(v) == day]
                    there.append(book.volunteers["L1"])
                occasion.volunteers = by_number(rng.sample(there, min(number, len(there))))
            book.occasions.append(occasion)


# Around it


def surroundings(book: Aarhus) -> None:
    """partners, grants_dkk 830000, moved_on, and the reported figures (coordinator_positions 1.5 and the reach)."""
    for kind, names in year.PARTNERS.items():
        for name in names:
            book.row("partners", name=name, kind=kind)
    name, kind, first, until = year.FORMER_PARTNER
    book.row("partners", name=name, kind=kind, from_=first, to=until)
    for agreement, amount, first, until in year.GRANTS:
        book.row("grants", funder="Aarhus Kommune", agreement=agreement, per_year=amount, from_=first, to=until)
    for key, value, source, day in year.FIGURES:
        book.row("figures", year=year.YEAR, key=key, value=value, source=source, date=day)
    for place, day, number in year.ONWARD:
        for person in book.visitors(day, number):
            book.row("onward", person=person, to=place, date=day)
    book.row("onward", person=book.gone[-1], to="Silkeborg Højskole", date=date(2023, 8, 20))


def make() -> Aarhus:
    """The whole year. The order matters: who leaves, waits and meets decides who can come; social events come last."""
    book = Aarhus(Random(SEED))
    young_people(book)
    volunteers(book)
    leaving(book)
    hjerteven(book)
    book.visits[year.YEAR] += year.INTERVIEWS
    network_groups(book, talk_groups(book))
    other_events(book)
    social_events(book)
    event_rows(book)
    intake_rows(book)
    volunteer_rows(book)
    surroundings(book)
    measures(book, "Aarhus", year.LAST)
    book.rows["groups"].sort(key=lambda row: row["start"])
    book.rows["meetings"].sort(key=lambda row: (row["group"], row["date"]))
    book.rows["waiting"].sort(key=lambda row: row["since"])
    return book


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "aarhus-2024"
    write(make(), target)
    print(f"{target}: {len(COLUMNS)} files", file=sys.stderr)
