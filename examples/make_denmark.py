"""Make synthetic files of HUSRUM's seven cities, 2021-2024, that together give every number of the published national table.

    python examples/make_denmark.py [DIR]

writes a folder for each city, with one CSV per import kind (default: denmark next to this script). What happens in
Aarhus in 2024 is in ``aarhus-2024``; its folder holds the years before, and is imported together with it::

    husrum init aarhus.db --city Aarhus --active-from 2021-01-01 --records-from 2021-01-01
    husrum import examples/aarhus-2024/*.csv examples/denmark/aarhus/*.csv --db aarhus.db

The published numbers and what each city adds stand in ``denmark.py``, a city's people, volunteers, offers and events in
``branch_*.py``, the humans who are known in several cities in ``humans.py``. Nobody in it exists.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import denmark
import make_aarhus_2024
from book import write
from branch import Branch, Register
from branch_events import events
from branch_offers import group_courses, hjerteven
from branch_people import deal_answers, number_people, people_rows, settle
from branch_volunteers import recruit, volunteer_rows
from humans import Branches, alike, known_in_several
from measuring import measures
from people import Aarhus

ONWARD = 3  # young people a year who move on
GRANT_FROM = 2020


def aarhus(branch: Branch, example: Aarhus) -> None:
    """The people of the example year, with their numbers, who came to Aarhus before it."""
    branch.young = example.earlier + example.gone + example.new
    branch.given = branch.young + example.outside + list(example.volunteers.values())
    for person in branch.young:
        person.years = set()
    branch.crew, branch.volunteers = list(example.crew), dict(example.volunteers)
    branch.given_rows = example.rows
    numbers = {str(person): person for person in branch.given}
    for row in example.rows["matches"]:
        for year in range(int(row["date"][:4]), int((row["ended"] or row["date"])[:4]) + 1):
            branch.came[year].add(numbers[row["person"]])
    for year, came in example.came.items():
        branch.came[year] |= came
    branch.next_event, branch.next_group = len(example.rows["events"]) + 1, len(example.rows["groups"]) + 1


def surroundings(branch: Branch) -> None:
    """Partners, grants, steps into other communities, and what is reported."""
    place, rng = branch.place, branch.rng
    if branch.in_2024:
        venues = (place.house, *(venue for _, _, venue in place.outings))
        for kind, names in (("kommune", place.city.referrers["municipal"]), ("sted", venues), ("forening", place.onward)):
            for name in names:
                branch.row("partners", name=name, kind=kind)
    else:
        for name, first, last in denmark.FORMER_PARTNERS:
            branch.row("partners", name=name, kind="sted", from_=first, to=last)
    began = date(GRANT_FROM, 1, 1) if branch.established else branch.began
    until = branch.ends.replace(year=branch.ends.year + 1) if branch.in_2024 else denmark.FORMER_GRANT_UNTIL
    branch.row("grants", funder=f"{branch.name} Kommune", agreement="operating", per_year=place.grant, from_=began, to=until)
    for year in branch.counts:
        here = [p for p in branch.ordinary() if p.held and p.comes(date(year, 8, 1), date(year, 11, 1))]
        for person in rng.sample(here, ONWARD):
            branch.row("onward", person=person, to=rng.choice(place.onward), date=date(year, 8, rng.randint(1, 31)))
        reported = {
            "coordinator_positions": place.positions,
            "facebook_followers": place.followers * (year - denmark.FIRST_YEAR + 2) // 5,
            "facebook_group_members": place.followers * (year - denmark.FIRST_YEAR + 1) // 10,
            "discord_members": denmark.DISCORD_MEMBERS.get(year),
        }
        for key, value in reported.items():
            if value is not None:
                branch.row("figures", year=year, key=key, value=value, source="Årsopgørelsen", date=date(year + 1, 1, 10))


def make() -> Branches:
    """All cities. Who there is comes before what they do, since humans in several cities need their years settled."""
    denmark.adds_up()
    example = make_aarhus_2024.make()
    people = [*example.young, *example.gone, *example.outside, *example.volunteers.values()]
    register = Register(example.names, {person.born for person in people})
    branches = {name: Branch(name, register) for name in denmark.PLACES}
    aarhus(branches["Aarhus"], example)
    for branch in branches.values():
        settle(branch)
        recruit(branch)
        number_people(branch)
    for person in example.young:
        person.years.add(denmark.LAST_YEAR)
    deal_answers(branches.values())
    known_in_several(branches)
    alike(branches)
    for branch in branches.values():
        hjerteven(branch)
        group_courses(branch)
        events(branch)
        people_rows(branch)
        volunteer_rows(branch)
        surroundings(branch)
        measures(branch, branch.name, branch.ends)
    return branches


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "denmark"
    made = make()
    for name, branch in made.items():
        write(branch, target / name.lower())
    print(f"{target}: {len(made)} cities", file=sys.stderr)
