"""The volunteers of a city: who joins and leaves, so that each year has as many as it is to have."""

from __future__ import annotations

from datetime import date, timedelta

import denmark
from book import Person, Volunteer
from branch import Branch
from volunteering import attest_rows, volunteer_row

ROLES = {"leader": 0.34, "organiser": 0.30, "befriender": 0.22, "online": 0.06, "peer": 0.08}  # how many of a hundred hold each
STAY = 0.7  # of next year's volunteers are there already
LEAVE_IN_2024 = 2
BORN = date(1950, 1, 1), date(1997, 12, 31), date(1993, 1, 1)  # first, last, usual
RECRUITED = ("facebook_group", "facebook_group", "parish_network", "friend", "frivilligjob", "volunteer_centre", "other", "")
COURSE_AFTER = timedelta(days=40)
SECOND_ROLE = 0.12  # of those who stay so long take up another one
SECOND_ROLE_AFTER = timedelta(days=300)


def recruit(branch: Branch) -> None:
    """Volunteers join until the year has its number, and leave so that there is room for new ones in the next."""
    given = list(branch.crew)
    for year, counts in branch.counts.items():
        while (missing := counts.volunteers - sum(branch.touches(v, year) for v in branch.crew)) > 0:
            _join(branch, year, early=missing > counts.volunteers * (1 - STAY))
        following = branch.counts.get(year + 1)
        own = [v for v in branch.crew if v not in given and branch.touches(v, year)]
        if following:
            stay = round(STAY * (following.volunteers - sum(branch.touches(v, year + 1) for v in given)))
        else:
            stay = len(own) - LEAVE_IN_2024 if branch.in_2024 else 0
        for spec in branch.rng.sample(own, max(0, len(own) - stay)):
            _leave(branch, spec, year)


def _join(branch: Branch, year: int, *, early: bool) -> None:
    """One more volunteer, in the role that lacks people most; ``early``: one of those who are there from the start."""
    rng, here = branch.rng, [v for v in branch.crew if branch.touches(v, year)]
    lack = {role: share * (len(here) + 1) - sum(role in v.roles for v in here) for role, share in ROLES.items()}
    role = max(lack, key=lambda r: lack[r])
    joined = date(year, 1, 8) + timedelta(days=rng.randint(0, 290))
    if year == branch.began.year and early:
        first, last = (date(2018, 3, 1), date(2020, 8, 17)) if branch.established else (date(year, 1, 8), date(year, 2, 22))
        joined = first + timedelta(days=rng.randint(0, (last - first).days))
    peers = [p for p in branch.young if _may_be_peer(branch, p, year)] if role == "peer" else []
    if role == "peer" and not peers:
        role = "organiser"
    key = f"{role[0].upper()}{branch.name}{len(branch.crew)}"
    if role == "peer":
        person, gender, recruited = rng.choice(peers), "", "former_participant"
        joined = max(joined, date(year, 1, 8))
        person.offered.append("peer")
    else:
        gender, recruited = rng.choice("fffmm"), rng.choice(RECRUITED)
        person = Person(joined)
        person.born = branch.register.birthday(rng, *BORN)
        person.name, person.called = branch.names.draw(gender, older=person.born < "1980")
    branch.volunteers[key] = person
    roles = "leader|organiser" if role == "leader" and rng.random() < 0.2 else role
    branch.crew.append(Volunteer(key, gender, person.born, joined, roles, recruited))


def _may_be_peer(branch: Branch, person: Person, year: int) -> bool:
    """Came to an interview in an earlier year, still comes, and is no volunteer yet."""
    regular = year in person.years and person.left == date.max and bool(person.drive)
    return regular and person not in branch.given and "peer" not in person.offered and bool(person.held and person.held.year < year)


def _leave(branch: Branch, spec: Volunteer, year: int) -> None:
    first = max(date(year, 4, 1), (spec.joined or date.min) + timedelta(days=60))
    left = first + timedelta(days=branch.rng.randint(0, max(0, (date(year, 12, 20) - first).days)))
    branch.crew[branch.crew.index(spec)] = spec._replace(left=min(left, date(year, 12, 31)))


def volunteer_rows(branch: Branch) -> None:
    """volunteers.csv, attests.csv and roles.csv of those who are not given already."""
    for spec in branch.crew:
        if branch.volunteers[spec.key] in branch.given or spec.joined is None:
            continue
        course = spec.joined + COURSE_AFTER
        volunteer_row(branch, spec, course if course < min(spec.left or date.max, date(denmark.LAST_YEAR, 12, 1)) else None)
        attest_rows(branch, spec)
        first = spec.joined + SECOND_ROLE_AFTER
        if first < min(spec.left or branch.ends, branch.ends) and branch.chance(SECOND_ROLE):
            role = branch.rng.choice([role for role in ("organiser", "online", "leader") if role not in spec.roles])
            branch.row("roles", volunteer=branch.volunteers[spec.key], role=role, from_=first, to=spec.left)
