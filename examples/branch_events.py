"""The events of a city, year by year: evenings that come back, outings, the summer, what cities do together, meetings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import denmark
from book import Event, Occasion, by_number
from branch import Branch
from danish_days import days, holidays, summer
from happenings import ONLINE, attend, event_rows, name_everyone, organise, trip

SOCIAL_MIN = 8  # young people at an event
ALL_NAMED, SOME_UNNAMED, NONE_NAMED = 45, 42, 13  # of a hundred events
SOME = (1, 6)
USUAL_SIZE = 0.8  # of the most at an event
TRIP_NAMED = 0.5  # of the most at an event
HOSTED = 5  # every fifth evening or so is with a partner
ACROSS = 0.6  # of the usual size, from each city
CANCELLED = "Aflyst: sygdom"


def events(branch: Branch) -> None:
    """All events of all years, with everybody named at least once in each year that they come in."""
    for year, counts in branch.counts.items():
        joint = [j for j in denmark.JOINT if j.day.year == year and branch.name in j.cities]
        occasions = [_joint(branch, spec) for spec in joint]
        own = _calendar(branch, year, counts.social_events - len(joint))
        evenings = [Occasion(event, "social") for event in own]
        for occasion in evenings:
            most = branch.place.social_max
            _come(branch, occasion, round(branch.rng.triangular(SOCIAL_MIN, most, USUAL_SIZE * most)))
        branch.occasions += occasions + evenings + list(_called_off(branch, own))
        _meetings(branch, year)
        _online(branch, year)
        known = {*branch.came[year], *branch.interviewed(year)}
        name_everyone(branch, [p for p in branch.young if p.drive and year in p.years and p not in known], evenings)
        for occasion in [*occasions, *evenings]:
            organise(branch, occasion)
    event_rows(branch, branch.next_event)


def _calendar(branch: Branch, year: int, number: int) -> list[Event]:
    """So many events of the city's own, spread evenly over the evenings and Saturdays of the year."""
    place = branch.place
    span = sorted(days(branch.meets_from(year), date(year, 12, 30)) - holidays(year) - {j.day for j in denmark.JOINT})
    warm = [day for day in span if day in summer(year) and day.weekday() == 3][: len(denmark.SUMMER_EVENTS)]
    usual = [day for day in span if day not in summer(year) and (day.weekday() in denmark.EVENINGS or day.weekday() == denmark.SATURDAY)]
    left = number - len(warm)
    chosen = [usual[at * len(usual) // left] for at in range(left)]
    calendar = [Event(day, title, activity, "", "", "Sommer") for day, (title, activity) in zip(warm, denmark.SUMMER_EVENTS, strict=False)]
    for at, day in enumerate(chosen):
        if day.weekday() == denmark.SATURDAY:
            calendar.append(Event(day, *place.outings[at % len(place.outings)]))
        else:
            partner = place.onward[-1] if at % HOSTED == 0 else ""
            calendar.append(Event(day, *denmark.EVENINGS[day.weekday()], place.house, partner))
    return sorted(calendar)


def _come(branch: Branch, occasion: Occasion, total: int) -> None:
    """So many come: known by name, or some of them only as a number."""
    rng = branch.rng
    unnamed = rng.choices((0, rng.randint(*SOME), total), (ALL_NAMED, SOME_UNNAMED, NONE_NAMED))[0]
    attend(branch, occasion, total - unnamed, unnamed)
    short = total - unnamed - len(occasion.present)  # not so many are known yet
    occasion.unnamed += short
    branch.visits[occasion.event.day.year] += short


def _joint(branch: Branch, spec: denmark.Joint) -> Occasion:
    """The city's own part of an event of several cities."""
    event = Event(spec.day, spec.title, spec.activity, spec.venue, spec.partner, denmark.ACROSS_CITIES, spec.key)
    occasion = Occasion(event, "social")
    if spec.activity == denmark.SUMMER_TRIP:
        named = round(TRIP_NAMED * branch.place.social_max)
        trip(branch, occasion, named=named, more=2, fewer=named - 3, unnamed=1)
    else:
        attend(branch, occasion, round(ACROSS * branch.rng.uniform(SOCIAL_MIN, branch.place.social_max)), branch.rng.randint(0, 2))
    return occasion


def _called_off(branch: Branch, held: list[Event]) -> Iterator[Occasion]:
    """One event a year that was cancelled; in 2024, one that was planned and never written down."""
    event = branch.rng.choice(held[2:])
    yield Occasion(event._replace(day=event.day + timedelta(days=1), state="cancelled", note=CANCELLED), "social")
    if event.day.year == denmark.LAST_YEAR:
        event = held[-1]
        yield Occasion(event._replace(title="Julehygge", day=date(denmark.LAST_YEAR, 12, 19), state="planned"), "social")


def _meetings(branch: Branch, year: int) -> None:
    """Youth meetings, and what is for volunteers."""
    for kind, title, month, number in denmark.MEETINGS:
        day = next(d for n in range(8, 15) if (d := date(year, month, n)).weekday() == 3)
        if day < branch.meets_from(year):
            continue
        occasion = Occasion(Event(day, title, "", branch.place.house), kind)
        if kind == "youth_meeting":
            attend(branch, occasion, branch.rng.randint(5, 9), branch.rng.randint(0, 3))
            there = branch.on_duty(day, "organiser")
            occasion.organisers = occasion.volunteers = branch.rng.sample(there, min(number, len(there)))
        else:
            there = branch.on_duty(day)
            occasion.volunteers = by_number(branch.rng.sample(there, min(number, len(there))))
        branch.occasions.append(occasion)


def _online(branch: Branch, year: int) -> None:
    """The city's part of the evenings on the shared Discord, where somebody of it was there."""
    evenings = [(month, nth) for month in range(1, 13) for nth in denmark.DISCORD_WEDNESDAYS.get(year, ())]
    for at, (month, nth) in enumerate(evenings):
        wednesdays = [day for n in range(1, 29) if (day := date(year, month, n)).weekday() == 2]
        day = wednesdays[nth - 1]
        hosts = branch.on_duty(day, "online")
        if day < branch.meets_from(year) or not (hosts or branch.chance(0.5)):
            continue
        occasion = Occasion(Event(day, ONLINE[at % len(ONLINE)], "Discord", joint=f"discord-{day}"), "online")
        attend(branch, occasion, branch.rng.randint(1, 4), branch.rng.randint(0, 3))
        occasion.organisers = occasion.volunteers = [branch.rng.choice(hosts)] if hosts else []
        branch.occasions.append(occasion)
