"""Large files of made-up people: a city's ten years of groups, events, matches and volunteers, with as many attendances as are asked for."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from running import new_city, store_of

from husrum_cli.store import Store
from husrum_cli.vocabulary import CHANNELS, QUESTIONS

FIRST_YEAR, YEARS = 2015, 10
_LAST = date(FIRST_YEAR + YEARS - 1, 12, 31)
# Members and meetings of a talk group; the named of an event.
_MEMBERS, _MEETINGS, _NAMED = 8, 10, 25
_KINDS = [kind for kind in CHANNELS if kind not in ("talk", "network")]


def big_city(path: Path, name: str, attendances: int, folk: int | None = None, busy: int | None = None) -> Path:
    """A city with so many attendances from 2015 to 2024, a third of them in talk groups.

    `folk`: how many young people there are; otherwise one for 200 attendances. `busy`: the year in which most of it happens.
    """
    new_city(path, name)
    with closing(store_of(path)) as store, store.writing("import", undoable=False):
        _fill(store, attendances, folk or max(60, attendances // 200), busy, random.Random(name))
    return path


def _fill(store: Store, attendances: int, young: int, busy: int | None, chance: random.Random) -> None:
    def day(latest: date = _LAST) -> date:
        if busy is not None and chance.random() < 5 / 6:
            return date(busy, 1, 1) + timedelta(days=chance.randrange(290))
        return date(FIRST_YEAR, 1, 1) + timedelta(days=chance.randrange((latest - date(FIRST_YEAR, 1, 1)).days + 1))

    volunteers = max(20, young // 5)
    numbers = range(1, young + volunteers + 1)
    store.insert_many(
        "people",
        ("id", "branch_id", "number", "name", "born"),
        ((n, 1, n, f"Anna Testperson{n}", f"{1994 + n % 14}-06-15") for n in numbers),
    )
    came = sorted(day() for _person in range(young))
    held = [min(each + timedelta(days=chance.randrange(40)), _LAST) for each in came]
    intakes = ((n, n, came[n - 1].isoformat(), held[n - 1].isoformat()) for n in range(1, young + 1))
    store.insert_many("intakes", ("id", "person_id", "enquired", "held"), intakes)
    left = ((n, (held[n - 1] + timedelta(days=300)).isoformat()) for n in range(1, young + 1, 3))
    store.insert_many("leaving", ("person_id", "date"), left)
    store.insert_many("answers", ("intake_id", "question", "answer"), _answers(young, chance))
    befrienders = range(young + 1, young + volunteers + 1)
    store.insert_many("volunteers", ("person_id", "joined"), ((n, f"{FIRST_YEAR + n % YEARS}-02-01") for n in befrienders))
    roles = ((n, ("befriender", "leader", "organiser")[n % 3], f"{FIRST_YEAR + n % YEARS}-02-01") for n in befrienders)
    store.insert_many("roles", ("person_id", "role", "starts"), roles)
    matches = [(n, chance.choice(befrienders), day()) for n in range(1, young + 1, 10)]
    rows = ((person, other, since.isoformat(), (since + timedelta(days=300)).isoformat()) for person, other, since in matches)
    store.insert_many("matches", ("person_id", "volunteer_id", "starts", "ends"), rows)
    groups = attendances // 3 // (_MEMBERS * _MEETINGS)
    events = (attendances - groups * _MEMBERS * _MEETINGS) // _NAMED
    starts = sorted(day(_LAST - timedelta(days=7 * _MEETINGS)) for _group in range(groups))
    courses = [(n, 1, f"G{n}", "talk", "Tirsdag", first, first + timedelta(days=7 * _MEETINGS)) for n, first in enumerate(starts, 1)]
    columns = ("id", "branch_id", "ref", "kind", "title", "starts", "closed")
    store.insert_many("activities", columns, ((*row[:5], row[5].isoformat(), row[6].isoformat()) for row in courses))
    days = sorted(day() for _event in range(events))
    held_events = ((groups + n, 1, f"E{n}", _KINDS[n % len(_KINDS)], f"Brætspil {n}", each.isoformat()) for n, each in enumerate(days, 1))
    store.insert_many("activities", columns[:6], held_events)
    meetings = [
        (group, group * _MEETINGS + week, starts[group] + timedelta(days=7 * week)) for group in range(groups) for week in range(_MEETINGS)
    ]
    sessions = [(id + 1, group + 1, each.isoformat(), "held", 0) for group, id, each in meetings]
    sessions += [(groups * _MEETINGS + n, groups + n, each.isoformat(), "held", n % 4) for n, each in enumerate(days, 1)]
    store.insert_many("sessions", ("id", "activity_id", "date", "state", "unnamed"), sessions)

    def around(when: date, number: int) -> list[int]:
        """People who enquired in the three years before a day, or the first ones."""
        last = max(number, round(young * ((when - date(FIRST_YEAR, 1, 1)).days + 1) / 3653))
        return sorted(chance.sample(range(max(1, last - max(number, young // 3)), last + 1), number))

    members = [around(each, _MEMBERS) for each in starts]
    enrolled = ((group + 1, person, starts[group].isoformat()) for group, each in enumerate(members) for person in each)
    store.insert_many("enrolments", ("activity_id", "person_id", "starts"), enrolled)
    leaders = ((group + 1, chance.choice(befrienders), each.isoformat()) for group, each in enumerate(starts))
    store.insert_many("leaders", ("activity_id", "person_id", "starts"), leaders)
    present = [(id + 1, person, "participant") for group, id, _day in meetings for person in members[group]]
    present += [(groups * _MEETINGS + n, person, "participant") for n, each in enumerate(days, 1) for person in around(each, _NAMED)]
    store.insert_many("attendance", ("session_id", "person_id", "part"), present)


def _answers(young: int, chance: random.Random) -> Iterator[tuple[Any, ...]]:
    questions = {key: list(each.codes) for key, each in QUESTIONS.items() if each.codes}
    for intake in range(1, young + 1):
        yield from ((intake, key, chance.choice(codes)) for key, codes in questions.items())
        yield intake, "municipality", f"Kommune {intake % 7}"
