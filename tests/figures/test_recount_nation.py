"""The nation's numbers of people, of random cities in which the same humans are, against a second count of all their rows together."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from cities import cities
from hypothesis import example, given
from recount_checks import city_file, period_statistics, run
from recount_engagement import engagement_figures
from recount_figures import counted_figures, young
from recount_reading import City, Period, Records, Row, read
from test_recount import FEWER, PERIODS

# Figures of which the nation counts each human once. What is free of a befriender is counted of each city's own offer.
PEOPLE = (
    *(
        "young_people",
        "young_people_new",
        "young_people_befriended",
        "young_people_once",
        "interviewed_never_came",
        "waiting_list",
        "moved_on",
    ),
    *(f"young_people_{offer}" for offer in ("talk_group", "network_group", "social_event", "online_event", "youth_meeting")),
    *("volunteers", "volunteers_new", "peer_supporters", "befrienders", "visits_per_person_median"),
    *(f"volunteers_{part}" for part in ("leader", "organiser", "befriender", "online", "left", "without_intro", "supervised")),
)
PARTS = ("enquiries", "roles", "leaders", "enrolments", "occasions", "matches", "waits")
# A name of one word links nobody.
NOT_LINKED = {"Bo", "Null"}


def one_birth_date(city: City) -> City:
    """The city, where everybody of a name has the same birth date, and nothing contradicts that they are one human."""

    def known(row: Row) -> Row:
        kept = {column: value for column, value in row.items() if column not in ("born", "gender", "phone", "email")}
        return kept | {"born": str(date(1990, 2, 1) + timedelta(days=sum(map(ord, row["name"]))))}

    # People who withdrew the consent to it are not linked.
    return {
        kind: list(map(known, rows)) if kind in ("intakes", "volunteers") else rows for kind, rows in city.items() if kind != "consents"
    }


def together(cities: dict[str, Records]) -> Records:
    """All rows of several cities as those of one, in which people who can't be linked are another human in each. Good for numbers of people only."""
    whole = Records()
    for city, records in cities.items():

        def human(name: str, city: str = city) -> str:
            return f"{city}: {name}" if name in NOT_LINKED else name

        # Nobody is a young person of a city by what another city knows.
        strangers = {row["name"] for row in records.rows.get("volunteers", [])} - young(records)
        for part in PARTS:
            for row in getattr(records, part):
                named = {name: human(getattr(row, name)) for name in ("person", "volunteer") if hasattr(row, name)}
                if part in ("matches", "waits") and row.person in strangers:
                    named["person"] = f"{city}: {row.person}"
                groups = ("participants", "volunteers", "named_volunteers")
                several = {name: frozenset(map(human, getattr(row, name))) for name in groups if hasattr(row, name)}
                getattr(whole, part).append(replace(row, **named, **several))
        for part in ("event_starts", "organisers"):
            getattr(whole, part).update(getattr(records, part))
        for kind, rows in records.rows.items():
            for row in rows:
                if kind == "onward" and records.person(row["person"]) in strangers:
                    continue
                named = {column: human(records.person(row[column])) for column in ("person", "volunteer", "name") if column in row}
                whole.rows.setdefault(kind, []).append(row | named)
    return whole


# Volunteers in one city, and learns in the other.
VOLUNTEERS: City = {
    "volunteers": [{"name": "Anna Holm"}],
    "roles": [{"volunteer": "Anna Holm", "role": "organiser", "from": "2024-01-01"}],
}
LEARNS: City = {
    "intakes": [{"name": "Anna Holm", "enquired": "2023-01-01"}],
    "events": [{"title": kind, "kind": kind, "date": "2024-02-01", "present": "Anna Holm"} for kind in ("intro_course", "supervision")],
}


@FEWER
@given(cities(), cities(), PERIODS)
@example(VOLUNTEERS, LEARNS, Period(date(2024, 1, 1), date(2024, 6, 30)))
def test_the_nation_counts_each_human_once(one: City, other: City, period: Period) -> None:
    written = {"Aarhus": one_birth_date(one), "Viborg": one_birth_date(other)}
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        key = place / "key.txt"
        run("link", "new-key", key)
        files = [city_file(city, place, name) for name, city in written.items()]
        run("merge", place / "nation.db", *files, "--key", key)
        shown = period_statistics(place / "nation.db", f"{period.start}..{period.end}")["figures"]
    whole = together({name: read(city) for name, city in written.items()})
    expected = counted_figures(whole, period) | engagement_figures(whole, period)
    wrong = {
        key: (expected[key], shown[key]["value"])
        for key in PEOPLE
        if shown[key]["source"] == "counted" and shown[key]["value"] != expected[key]
    }
    assert not wrong, wrong
