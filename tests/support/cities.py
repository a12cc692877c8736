"""Random small cities as rows of text, exactly as the import files hold them, and the writing of those files."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from city_activities import add_befriending, add_event, add_group, add_offer
from city_codes import AGREEMENTS
from city_people import (
    FIRST,
    add_traces,
    add_volunteer,
    build_people,
    choice,
    choices,
    days,
    intake_rows,
    maybe_day,
    one_of,
    text,
    yes,
)
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from recount_reading import City

KINDS = (
    "intakes volunteers roles attests groups leaders enrolments meetings events attendance waiting offers matches "
    "applications hours reminders pair_meetings contacts onward leaving consents partners grants figures"
)


@st.composite
def cities(draw: DrawFn) -> City:
    """A city of up to twelve people, three groups and eight events in 2022-2025: always one that can be imported.

    No overlapping roles of a kind, nor waits or matches of a person; no end before its start; no row twice.
    """
    city: City = {kind: [] for kind in KINDS.split()}
    humans = build_people(draw)
    volunteers = [human for human in humans if human.helps]
    for human in humans:
        if human.seeks:
            city["intakes"] += intake_rows(draw, human)
    for human in humans:
        if human.helps:
            add_volunteer(draw, human, city)
        add_traces(draw, human, city)
    for number in range(1, 1 + draw(st.integers(0, 3))):
        add_group(draw, number, humans, city)
    numbered = yes(draw)
    for number in range(1, 1 + draw(st.integers(0, 8))):
        add_event(draw, number, numbered, humans, city)
    for human in humans:
        # Those who only volunteer wait and are matched too, sometimes: it must make no young person of them.
        if human.seeks or draw(st.sampled_from([False, False, True])):
            add_befriending(draw, human, volunteers, city)
        if human.helps and yes(draw):
            add_offer(draw, human, city)
    add_surroundings(draw, city)
    # An empty cell says nothing, and without them a failing example can be read.
    return {kind: [{c: v for c, v in row.items() if v} for row in rows] for kind, rows in city.items() if rows}


def add_surroundings(draw: DrawFn, city: City) -> None:
    """Partners and grants with their periods, and the figures that were entered by hand."""
    for name in draw(choices("Folkehuset", "UngK", "Soras", "Loge 42", most=3)):
        start = maybe_day(draw)
        row = {"name": name, "kind": one_of(draw, "forening"), "from": text(start), "to": text(maybe_day(draw, start))}
        city["partners"].append(row)
    for funder in draw(choices("Aarhus Kommune", "Fonden Ø", most=2)):
        for agreement in draw(choices(*AGREEMENTS, least=1, most=2)):
            start = draw(days())
            row = {"funder": funder, "agreement": agreement, "from": text(start), "to": text(maybe_day(draw, start))}
            offers = "|".join(draw(choices("talk_group", "social_event", "intake", "befriending", most=2)))
            city["grants"].append(row | {"per_year": draw(choice("415000", "0", "830000", "7")), "offer": offers})
    # Long before any record, in the year before them, and where it must never override what was counted.
    entered = st.tuples(
        st.sampled_from(["2019", "2021", "2023", "2024"]),
        st.sampled_from(["coordinator_positions", "discord_members", "young_people", "visits", "social_events"]),
    )
    for year, key in draw(st.lists(entered, unique=True, max_size=4)):
        value = draw(st.sampled_from(["1.5", "1,5", "0"] if key == "coordinator_positions" else ["296", "0"]))
        row = {"year": year, "key": key, "value": value, "source": "STATUS [1]"}
        city["figures"].append(row | {"date": text(draw(st.none() | st.dates(FIRST, date(2025, 6, 1))))})


def write_city(city: City, directory: Path) -> list[Path]:
    """Write one CSV a kind that has rows (UTF-8, comma), and say which files those are."""
    written = []
    for kind, rows in city.items():
        if not rows:
            continue
        columns = list(dict.fromkeys(column for row in rows for column in row))
        path = directory / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
        written.append(path)
    return written
