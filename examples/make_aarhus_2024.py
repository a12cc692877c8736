"""Make a synthetic year of HUSRUM Aarhus that gives every number of its published STATUS 2024.

    python examples/make_aarhus_2024.py [DIR]

writes one CSV per import kind (default: aarhus-2024 beside this script). To read them::

    husrum init aarhus.db --city Aarhus --records-from 2024-01-01
    husrum import examples/aarhus-2024/*.csv --db aarhus.db

The published numbers and what happened stand in ``aarhus_2024.py``, the people in ``people.py``; here they meet. Nobody
in it exists.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import aarhus_2024 as year
from book import COLUMNS, Book, Occasion, Person, by_number, every, fit_total, write
from people import intake_rows, intro_course, leaving, volunteer_rows, volunteers, young_people

SEED = 2024
INTERESTS = ("brætspil", "gåture", "musik", "film", "madlavning", "dyr", "strik", "natur", "gaming", "kunst", "motion")
AREAS = ("Aarhus C", "Aarhus V", "Aarhus N", "Viby", "Brabrand", "Risskov", "Højbjerg")


# Groups


def talk_groups(book: Book) -> dict[str, list[Person]]:
    """group_courses 6, group_meetings 72; returns who was in each group to the end."""
    stayed = {}
    for spec in year.TALK_GROUPS:
        planned = list(every(spec.start, 1, year.SCHOOL_HOLIDAYS))
        days = [day for day in planned if day != spec.cancelled][: year.WEEKS]
        before = spec.start.year < year.YEAR
        pools = [book.earlier] * 4 + [book.earlier + book.new] * 3 if not before else [book.earlier] * 6 + [book.gone]
        if spec.start > date(2024, 7, 1):
            pools = [book.new] * 5 + [book.earlier] * 2
        until = days[-1] if not before else date(2023, 7, 1)
        members = by_number([book.take(pool, "group", spec.start, until) for pool in pools])
        book.row(
            "groups",
            ref=spec.ref,
            title=spec.title,
            kind="talk",
            start=spec.start,
            capacity=year.SEATS,
            venue=spec.venue,
            closed=days[-1],
        )
        for key in spec.leaders.split():
            book.row("leaders", group=spec.ref, person=book.volunteers[key], from_=spec.start, to=days[-1])
        stops: dict[Person, date] = {}
        if not before and book.chance(0.6):
            stops[book.rng.choice(members)] = days[book.rng.randint(3, 6)]
        for person in members:
            stop = stops.get(person)
            reason = stop and book.rng.choice(("too_hard", "not_for_me", "work_or_study"))
            book.row("enrolments", group=spec.ref, person=person, date=spec.start, until=stop, reason=reason)
        if spec.cancelled:
            book.row("meetings", group=spec.ref, date=spec.cancelled, cancelled=True, note="Aflyst: sygdom")
        rates = {person: book.rng.uniform(0.7, 0.99) for person in members}
        for day, theme in zip(days, year.THEMES, strict=True):
            meeting(
                book,
                spec.ref,
                day,
                theme,
                [p for p in members if day <= stops.get(p, day)],
                rates,
                [book.volunteers[key] for key in spec.leaders.split()],
            )
        stayed[spec.ref] = [person for person in members if person not in stops]
    return stayed


def network_groups(book: Book, stayed: dict[str, list[Person]]) -> None:
    """network_groups 2: they go on with a finished talk group, and after a start without the leader."""
    for spec in year.NETWORK_GROUPS:
        members = [person for person in stayed[spec.continues] if person in book.earlier + book.new]
        book.row(
            "groups",
            ref=spec.ref,
            title=spec.title,
            kind="network",
            start=spec.start,
            venue=spec.venue,
            continues=spec.continues,
        )
        leader = book.volunteers[spec.leader]
        book.row("leaders", group=spec.ref, person=leader, from_=spec.start, to=spec.leads_until)
        for person in members:
            until = person.left if person.left <= year.LAST else None
            book.row("enrolments", group=spec.ref, person=person, date=spec.start, until=until)
        rates = {person: book.rng.uniform(0.65, 0.95) for person in members}
        # No meetings in the last week of the year; the last one planned was never recorded.
        skip = year.SCHOOL_HOLIDAYS | year.SUMMER | {date(2023, 12, 27), date(2023, 7, 12)}
        *days, unrecorded = every(spec.start, 2, skip, date(2024, 12, 20))
        for day in days:
            here = [person for person in members if day < person.left]
            meeting(book, spec.ref, day, "", here, rates, [leader] if day <= spec.leads_until else [])
        book.row("meetings", group=spec.ref, date=unrecorded, planned=True)
        for day in every(spec.leads_until + timedelta(days=21), 9, set()):
            book.row("contacts", group=spec.ref, date=day, note="Sparring")


def meeting(
    book: Book,
    group: str,
    day: date,
    theme: str,
    members: list[Person],
    rates: dict[Person, float],
    leaders: list[Person],
) -> None:
    """One meeting: who came, who had said they could not, and a leader missing now and then."""
    present = [person for person in members if book.chance(rates[person])]
    away = [person for person in members if person not in present]
    cells: dict[str, object] = {"group": group, "date": day, "theme": theme}
    if group == "G4" and away and len(members) == year.SEATS:  # this leader writes down who is missing
        cells["absent"] = away
    else:
        cells |= {"present": present or "none", "excused": [person for person in away if book.chance(0.6)]}
    if len(leaders) > 1 and book.chance(0.15):
        cells["volunteers"] = by_number(book.rng.sample(leaders, len(leaders) - 1))
    book.row("meetings", **cells)
    book.visit(day, present)


# Hjerteven


def wish(book: Book, person: Person, since: date, until: date | None = None, reason: str = "") -> None:
    """A row of waiting.csv, with what they wish for."""
    book.row("waiting", person=person, since=since, until=until, reason=reason, **wishes(book, volunteer=False))


def wishes(book: Book, *, volunteer: bool) -> dict[str, object]:
    """What one side likes, when and where, and what they ask of the other."""
    rng = book.rng
    return {
        "interest": book.some(INTERESTS, 1, 4),
        "time": book.some(("weekday", "evening", "weekend"), 1, 3) if book.chance(0.85) else [],
        "area": book.some(AREAS, 1, 2) if book.chance(0.8) else [],
        "speaks": ["dansk", *book.some(("engelsk", "arabisk", "tysk"), 0, 1)] if book.chance(0.7) else [],
        "about": book.some(("har hund", "har kat", "ryger", "har børn"), 0, 1) if volunteer else [],
        "wants_gender": rng.choice("fm") if not volunteer and book.chance(0.3) else "",
        "wants_age": rng.choice(("25-40", "30-60", "40-75")) if not volunteer and book.chance(0.3) else "",
        "avoid": rng.choice(("har hund", "ryger")) if not volunteer and book.chance(0.2) else "",
    }


def befriending(book: Book) -> None:
    """matches_new 6, befrienders 6, waiting_list 10: three figures, and none of them is the seven active matches."""
    rng, here = book.rng, book.earlier + book.new
    leaver = next(person for person in book.earlier if year.FIRST <= person.left <= year.LAST)
    leaver.offered.append("befriending")
    wish(book, leaver, date(2024, 1, 10))  # until they left
    for number, spec in enumerate(year.MATCHES):
        asked = spec.start - timedelta(days=rng.randint(20, 160))
        pool = (book.gone, book.earlier)[number] if number < 2 else here
        person = book.take(pool, "befriending", asked, min(spec.end or date.max, date(2025, 1, 1)))
        if number == 1:
            person.drive = 0  # a participant of 2024 by the match alone
        wish(book, person, asked)
        book.row(
            "matches",
            person=person,
            volunteer=book.volunteers[spec.befriender],
            date=spec.start,
            ended=spec.end,
            reason=spec.reason,
        )
        day = max(spec.start + timedelta(days=14), date(2023, 9, 1))
        while day < min(spec.end or year.LAST, year.LAST):
            book.row("contacts", person=person, date=day, note=rng.choice(("", "", "Opringning", "Sms")))
            day += timedelta(days=rng.randint(35, 70))
    (first, until, reason), *others = year.WAITS_ENDED
    for since in year.WAITING_SINCE:
        again = since == year.WAITING_SINCE[3]
        person = book.take(here, "befriending", first if again else since, year.LAST)
        if again:
            wish(book, person, first, until, reason)
        wish(book, person, since)
    wish(book, book.take(book.gone, "befriending", year.WAIT_WITHOUT_COMING, year.LAST), year.WAIT_WITHOUT_COMING)
    latest = next(p for p in book.new if p.held == year.LAST_INTERVIEW)
    latest.offered.append("befriending")
    wish(book, latest, year.LAST_INTERVIEW)
    for since, until, reason in others:
        wish(book, book.take(here, "befriending", since, until), since, until, reason)
    for key in ("B1", "B2", "B3", "B4", "B5", "L6", "O2", "F1"):
        starts = {"L6": date(2024, 6, 10), "O2": date(2024, 11, 18)}
        book.row(
            "offers",
            volunteer=book.volunteers[key],
            capacity=2 if key == "B3" else 1,
            from_=starts.get(key),
            **wishes(book, volunteer=True),
        )


# Events


def social_events(book: Book) -> None:
    """social_events 85 with 8-25 young people a day, sized so that visits is 2792; called last of all that counts."""
    rng = book.rng
    calendar = list(year.EVENTS)
    for first, weeks, title, activity, venue, partner in year.SERIES:
        day = first
        while day <= year.LAST:
            if day not in year.HOLIDAYS and day not in year.SUMMER:
                calendar.append(year.Event(day, title, activity, venue, partner))
            day += timedelta(weeks=weeks)
    occasions = [Occasion(event, "social") for event in sorted(calendar)]
    held = [occasion for occasion in occasions if not occasion.event.state]
    if len(held) != year.SOCIAL_EVENTS:
        raise ValueError(f"{len(held)} social events, not {year.SOCIAL_EVENTS}")
    trip = next(occasion for occasion in held if occasion.event.title == year.SUMMER_TRIP)
    held.remove(trip)
    summer_trip(book, trip)
    sizes = [round(rng.triangular(year.SOCIAL_MIN, year.SOCIAL_MAX, 21)) for _ in held]
    fit_total(rng, sizes, year.VISITS - book.visits, year.SOCIAL_MIN, year.SOCIAL_MAX)
    for occasion, size in zip(held, sizes, strict=True):
        unnamed = rng.choices((0, rng.randint(1, 6), size), (45, 42, 13))[0]
        attend(book, occasion, size - unnamed, unnamed)
    # Everyone who still comes was named at least once.
    for person in book.earlier:
        if person.drive and person not in book.came:
            fit = [o for o in held if o.unnamed > 1 and o.present and person.here_from <= o.event.day < person.left]
            occasion = rng.choice(fit)
            occasion.present, occasion.unnamed = by_number([*occasion.present, person]), occasion.unnamed - 1
    for occasion in [trip, *held]:
        organise(book, occasion)
    book.occasions += occasions


def attend(book: Book, occasion: Occasion, named: int, unnamed: int) -> None:
    occasion.present, occasion.unnamed = book.visitors(occasion.event.day, named), unnamed
    book.visit(occasion.event.day, occasion.present, unnamed)


def organise(book: Book, occasion: Occasion) -> None:
    """One or two volunteers, now and then with a young person; sometimes another volunteer comes along."""
    day, rng = occasion.event.day, book.rng
    crew = rng.sample(book.on_duty(day, "organiser"), rng.randint(1, 2))
    occasion.organisers, occasion.volunteers = by_number(crew), by_number(crew)
    others = [v for v in book.on_duty(day) if v not in crew and v not in book.earlier + book.gone]
    if book.chance(0.2):
        occasion.volunteers = by_number([*crew, rng.choice(others)])
    young = [person for person in occasion.present if person not in book.volunteers.values()]
    if young and book.chance(0.3):
        occasion.organisers = [*occasion.organisers, rng.choice(young)]


def summer_trip(book: Book, trip: Occasion) -> None:
    """One event, four days: on the third two more were there, on the fourth fewer."""
    first = trip.event.day
    last = first + timedelta(days=year.TRIP_DAYS - 1)
    trip.present, trip.unnamed = book.visitors(first, 14, last), 1
    more = [p for p in book.visitors(first, 20, last) if p not in trip.present][:2]
    third, fourth = by_number(trip.present + more), by_number(book.rng.sample(trip.present, 11))
    for _ in range(year.TRIP_DAYS - 2):
        book.visit(first, trip.present, trip.unnamed)
    book.visit(first, third, trip.unnamed)
    book.visit(first, fourth)
    book.row("attendance", event=trip.event.title, date=first + timedelta(days=2), present=third)
    book.row("attendance", event=trip.event.title, date=last, present=fourth, unnamed=0)


def other_events(book: Book) -> None:
    """online_events 24 and youth_meetings 4, and the volunteers' own meetings, which are no visits."""
    rng = book.rng
    for month in range(1, 13):
        wednesdays = [day for n in range(1, 29) if (day := date(year.YEAR, month, n)).weekday() == 2]
        for day in (wednesdays[1], wednesdays[3]):
            title = year.ONLINE[len(book.occasions) % len(year.ONLINE)]
            occasion = Occasion(year.Event(day, title, "Discord", joint=f"discord-{day}"), "online")
            named = rng.randint(4, 9)
            attend(book, occasion, named, rng.randint(3, 11))
            occasion.organisers = occasion.volunteers = [rng.choice(book.on_duty(day, "online"))]
            book.occasions.append(occasion)
    for kind, title, venue, days in year.MEETINGS:
        for day in (date(year.YEAR, *monthday) for monthday in days):
            occasion = Occasion(year.Event(day, title, "", venue), kind)
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


def event_rows(book: Book) -> None:
    """Number the events in the order of their days, and write them down."""
    numbers = {}
    for number, occasion in enumerate(sorted(book.occasions, key=lambda o: (o.event.day, o.kind, o.event.title)), 1):
        event = occasion.event
        numbers[event.title] = f"E{number}"
        until = event.day + timedelta(days=year.TRIP_DAYS - 1) if event.title == year.SUMMER_TRIP else None
        book.row(
            "events",
            ref=f"E{number}",
            title=event.title,
            date=event.day,
            until=until,
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
    for row in book.rows["attendance"]:
        row["event"] = numbers[row["event"]]


# Around it


def surroundings(book: Book) -> None:
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


def make() -> Book:
    """The whole year. The order matters: who leaves, waits and meets decides who can come; social events come last."""
    book = Book(SEED)
    young_people(book)
    volunteers(book)
    leaving(book)
    befriending(book)
    book.visits += year.INTERVIEWS
    network_groups(book, talk_groups(book))
    other_events(book)
    social_events(book)
    event_rows(book)
    intake_rows(book)
    volunteer_rows(book)
    surroundings(book)
    book.rows["groups"].sort(key=lambda row: row["start"])
    book.rows["meetings"].sort(key=lambda row: (row["group"], row["date"]))
    book.rows["waiting"].sort(key=lambda row: row["since"])
    return book


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "aarhus-2024"
    write(make(), target)
    print(f"{target}: {len(COLUMNS)} files", file=sys.stderr)
