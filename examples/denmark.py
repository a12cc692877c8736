"""HUSRUM's seven cities from 2021 to 2024: the published national numbers, and what each city adds.

Data only; ``make_denmark.py`` puts people into it. The national numbers are those of the table "HUSRUMs omfang" in the
STATUS report of 2024. The cities' numbers add up to them, less the humans and the events that cities have in common.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import aarhus_2024
from book import City

FIRST_YEAR, LAST_YEAR = 2021, 2024


class Year(NamedTuple):
    """The numbers of a city, or the nation, in one year."""

    young_people: int
    intakes: int
    volunteers: int
    social_events: int
    group_courses: int
    matches_new: int


# The national table: each human once, each joint event once.
PUBLISHED = {
    2021: Year(296, 135, 99, 241, 8, 20),
    2022: Year(425, 233, 96, 343, 9, 19),
    2023: Year(520, 185, 114, 321, 8, 25),
    2024: Year(610, 247, 111, 315, 11, 20),
}
# The numbers of each city, from the year it began in. Those of Aarhus in 2024 are in ``aarhus-2024``.
CITY_YEARS = {
    "Aarhus": {
        2021: Year(106, 58, 34, 84, 3, 7),
        2022: Year(132, 58, 27, 90, 3, 5),
        2023: Year(150, 48, 27, 80, 2, 6),
    },
    "Horsens": {
        2021: Year(96, 38, 33, 80, 2, 6),
        2022: Year(101, 41, 24, 86, 2, 5),
        2023: Year(108, 29, 23, 66, 2, 5),
        2024: Year(95, 27, 16, 46, 1, 3),
    },
    "Silkeborg": {
        2021: Year(97, 39, 34, 82, 3, 7),
        2022: Year(103, 42, 25, 90, 2, 5),
        2023: Year(114, 28, 24, 68, 2, 5),
        2024: Year(98, 26, 17, 48, 1, 3),
    },
    "Randers": {
        2022: Year(94, 92, 23, 84, 2, 4),
        2023: Year(101, 27, 23, 62, 1, 5),
        2024: Year(90, 25, 16, 44, 1, 3),
    },
    "Viborg": {2023: Year(55, 53, 20, 54, 1, 4), 2024: Year(66, 22, 15, 41, 1, 2)},
    "Esbjerg": {2024: Year(40, 38, 14, 34, 1, 2)},
    "Skanderborg": {2024: Year(33, 31, 11, 28, 0, 1)},
}
AARHUS_2024 = Year(200, 78, 25, 85, 6, 6)
# In addition, in each city and year: people who come without an interview, and people who ask and are not heard from again.
WALK_INS = 2
NEVER_HELD = 3
# Who began before 2021 and does not come any more.
LONG_GONE = 8
SECOND_ENQUIRIES = 2  # a year, from a city's third year on
STILL_WAITING = 3  # for a Hjerteven, at the end of 2024

# Humans in several cities: who the cities have in common, and in which years they come to all of them.
YOUNG_IN_SEVERAL: list[tuple[tuple[str, ...], tuple[int, ...]]] = [
    (("Aarhus", "Horsens"), (2021,)),
    (("Aarhus", "Silkeborg"), (2021, 2022)),
    (("Horsens", "Silkeborg"), (2021,)),
    (("Aarhus", "Randers"), (2022,)),
    (("Silkeborg", "Randers"), (2022, 2023)),
    (("Aarhus", "Horsens"), (2022, 2023)),
    (("Horsens", "Randers"), (2022,)),
    (("Aarhus", "Viborg"), (2023, 2024)),
    (("Aarhus", "Silkeborg"), (2023, 2024)),
    (("Horsens", "Viborg"), (2023,)),
    (("Silkeborg", "Viborg"), (2023, 2024)),
    (("Aarhus", "Randers"), (2023,)),
    (("Horsens", "Silkeborg"), (2023, 2024)),
    (("Aarhus", "Horsens", "Skanderborg"), (2024,)),
    (("Silkeborg", "Skanderborg"), (2024,)),
    (("Viborg", "Esbjerg"), (2024,)),
    (("Aarhus", "Esbjerg"), (2024,)),
    (("Aarhus", "Randers"), (2024,)),
    (("Aarhus", "Horsens"), (2024,)),
    (("Silkeborg", "Esbjerg"), (2024,)),
    (("Horsens", "Aarhus"), ()),  # moved between two years
    (("Randers", "Silkeborg"), ()),
]
VOLUNTEERS_IN_SEVERAL: list[tuple[tuple[str, ...], tuple[int, ...]]] = [
    (("Aarhus", "Horsens"), (2021, 2022)),
    (("Horsens", "Silkeborg"), (2021,)),
    (("Silkeborg", "Randers"), (2022, 2023)),
    (("Aarhus", "Randers"), (2022,)),
    (("Aarhus", "Viborg"), (2023, 2024)),
    (("Horsens", "Viborg"), (2023,)),
    (("Randers", "Esbjerg"), (2024,)),
    (("Silkeborg", "Skanderborg"), (2024,)),
]
# A young person in the first city, a volunteer in the second.
YOUNG_HERE_VOLUNTEER_THERE = [("Silkeborg", "Viborg"), ("Randers", "Esbjerg")]
# The same human, but only the first name and the birth date, the phone or the e-mail suggests it.
WRITTEN_DIFFERENTLY = [
    ("last name", "Horsens", "Silkeborg"),
    ("last name", "Randers", "Viborg"),
    ("phone", "Silkeborg", "Randers"),
    ("phone", "Horsens", "Skanderborg"),
    ("email", "Viborg", "Esbjerg"),
]
# Different humans of one name; their birth dates tell them apart.
SAME_NAME = [("Horsens", "Randers"), ("Aarhus", "Silkeborg")]


class Joint(NamedTuple):
    """One event of several cities; each writes down its own young people under the common key."""

    day: date
    key: str
    title: str
    activity: str
    venue: str
    partner: str
    cities: tuple[str, ...]


# In 2024, Aarhus' part of the first two is in ``aarhus-2024``.
JOINT = [
    Joint(date(2024, 6, 25), "sommertur-2024", "Sommerhustur til Hald Sø", "Sommertur", "Hald Sø Lejren", "",
          ("Aarhus", "Horsens", "Silkeborg", "Randers")),
    Joint(date(2024, 4, 27), "danmark-spiser-sammen-2024", "Båldag i Silkeborg", "Natur", "Silkeborg Højskole", "",
          ("Aarhus", "Horsens", "Silkeborg", "Randers", "Viborg", "Skanderborg")),
    Joint(date(2024, 10, 5), "klatredag-2024", "Klatredag i Randers", "Klatring", "Klatrehallen", "",
          ("Silkeborg", "Randers", "Viborg")),
    Joint(date(2024, 12, 31), "nytaar-2024", "Nytårsaften i Horsens", "Fest", "Sognegården", "Sognegården",
          ("Horsens", "Skanderborg")),
    Joint(date(2023, 6, 27), "sommertur-2023", "Sommerhustur til Vesterhavet", "Sommertur", "Feriehuset", "",
          ("Aarhus", "Horsens", "Silkeborg", "Randers", "Viborg")),
    Joint(date(2023, 4, 29), "danmark-spiser-sammen-2023", "Båldag i Viborg", "Natur", "Skoven", "",
          ("Aarhus", "Silkeborg", "Randers", "Viborg")),
    Joint(date(2023, 12, 31), "nytaar-2023", "Nytårsaften med UngK", "Fest", "UngK", "UngK",
          ("Aarhus", "Horsens", "Silkeborg")),
    Joint(date(2022, 6, 28), "sommertur-2022", "Sommerhustur til Djursland", "Sommertur", "Feriehuset", "",
          ("Aarhus", "Horsens", "Silkeborg", "Randers")),
    Joint(date(2022, 9, 17), "skovdag-2022", "Skovdag i Silkeborg", "Natur", "Skoven", "",
          ("Aarhus", "Horsens", "Silkeborg")),
    Joint(date(2022, 12, 31), "nytaar-2022", "Nytårsaften med UngK", "Fest", "UngK", "UngK",
          ("Aarhus", "Horsens", "Randers")),
    Joint(date(2021, 6, 29), "sommertur-2021", "Sommerhustur til Hald Sø", "Sommertur", "Hald Sø Lejren", "",
          ("Aarhus", "Horsens", "Silkeborg")),
    Joint(date(2021, 9, 11), "kanotur-2021", "Kanotur på Gudenåen", "Kanotur", "Kanoudlejningen", "",
          ("Aarhus", "Horsens", "Silkeborg")),
    Joint(date(2021, 12, 31), "nytaar-2021", "Nytårsaften med UngK", "Fest", "UngK", "UngK", ("Aarhus", "Horsens")),
]  # fmt: skip
SUMMER_TRIP = "Sommertur"  # the activity that lasts for days
ACROSS_CITIES = "På tværs af byer"  # the programme of the joint events
# Online evenings on the shared Discord: which Wednesdays of each month.
DISCORD_WEDNESDAYS = {2022: (2,), 2023: (2,), 2024: (2, 4)}

# diagnosis_any_at_intake 71 %: with the 57 of 72 of Aarhus, 103 of 153 make 160 of 225.
# suicidal_thoughts_at_intake 40 %: with the 23 of 66 of Aarhus, 60 of 142 make 83 of 208.
# {code: how many of the 169 interviewed outside Aarhus in 2024}; the other years draw from the same answers.
ANSWERS_2024 = {
    "diagnosis": {
        "depression": 14, "anxiety": 16, "depression|anxiety": 15, "social_phobia": 8, "adhd": 14, "autism": 12,
        "autism|anxiety": 7, "adhd|anxiety": 6, "ptsd": 3, "eating_disorder": 2, "personality_disorder": 3, "ocd": 2,
        "other": 1, "none": 36, "stress": 8, "in_assessment": 6, "declined": 8, "not_asked": 5, "": 3,
    },
    "suicidal_thoughts": {"never": 82, "past": 45, "current": 15, "declined": 12, "not_asked": 9, "": 6},
}  # fmt: skip
# The other questions are answered as in Aarhus.
ANSWERS = {
    question: ANSWERS_2024.get(question) or {answer: sum(counts) for answer, counts in table.items()}
    for question, table in aarhus_2024.ANSWERS.items()
}


class Place(NamedTuple):
    """A city, and where things happen in it."""

    city: City
    house: str  # where most evenings are
    outings: tuple[tuple[str, ...], ...]  # title, activity, venue
    onward: tuple[str, ...]
    social_max: int  # the most young people at an event
    grant: int  # kroner a year
    positions: str  # coordinators
    followers: int  # on Facebook, in 2024


def _place(
    name: str, number: int, areas: str, neighbours: str, house: str, outings: str, social_max: int, grant: int, positions: str
) -> Place:
    """Places that every city has bear its name; ``outings`` is "title, activity, venue; ..."."""
    referrers = {
        "municipal": (f"Ungerådgivningen i {name}", f"Jobcenter {name}", f"Bostøtten i {name}"),
        "student_priest": (f"Studenterpræsten i {name}",),
        "housing_adviser": (f"Boligselskabet i {name}",),
        "volunteer_centre": (f"Frivilligcenter {name}",),
        "headspace": (f"headspace {name}",),
    }
    first, second = neighbours.split()
    trips = tuple(tuple(part.strip() for part in trip.split(",")) for trip in outings.split(";"))
    onward = (f"Idrætsforeningen i {name}", f"Højskolen ved {name}", f"Ungdomshuset i {name}")
    homes = {name: 88, first: 5, second: 4, "": 3}
    city = City(name, number, referrers, homes, tuple(areas.split(", ")))
    return Place(city, house, trips, onward, social_max, grant, positions, followers=12 * grant // 10000)


_AARHUS_OUTINGS = (
    ("Klatring", "Klatring", "Klatrehallen"), ("Teatertur", "Teater", "Teatret"), ("Museumstur", "Museum", "Museet"),
    ("Besøg hos Opgang 2", "Teater", "Opgang 2"), ("Strandtur", "Natur", "Stranden"),
)  # fmt: skip
PLACES = {
    # Only places that are partners in 2024 too, so that no more of them are.
    "Aarhus": Place(aarhus_2024.CITY, "Folkehus Trøjborg", _AARHUS_OUTINGS, ("Idrætsforeningen", "Ungdomskulturhuset"), 25, 385000, "1.5", 590),
    "Horsens": _place(
        "Horsens", 2, "Midtbyen, Dagnæs, Torsted, Stensballe", "Hedensted Skanderborg", "Sognegården",
        "Fjordtur, Natur, Fjorden; Fængselsmuseet, Museum, Museet; Minigolf, Minigolf, Minigolfbanen; Biograftur, Film, Biografen",
        18, 420000, "1",
    ),
    "Silkeborg": _place(
        "Silkeborg", 3, "Midtbyen, Alderslyst, Balle, Gødvad", "Viborg Skanderborg", "Medborgerhuset",
        "Kanotur, Kanotur, Kanoudlejningen; Skovtur, Natur, Skoven; Kunsttur, Museum, Museet; Bowling, Bowling, Bowlinghallen",
        18, 430000, "1",
    ),
    "Viborg": _place(
        "Viborg", 4, "Midtbyen, Overlund, Houlkær", "Skive Silkeborg", "Kulturhuset",
        "Søtur, Natur, Søerne; Kalkminen, Natur, Kalkminen; Bowling, Bowling, Bowlinghallen",
        16, 310000, "0.8",
    ),
    "Randers": _place(
        "Randers", 5, "Midtbyen, Vorup, Kristrup, Dronningborg", "Favrskov Mariagerfjord", "Værftet",
        "Regnskoven, Dyr, Regnskoven; Klatring, Klatring, Klatrehallen; Åtur, Natur, Gudenåen; Biograftur, Film, Biografen",
        18, 400000, "1",
    ),
    "Esbjerg": _place(
        "Esbjerg", 6, "Midtbyen, Hjerting, Jerne", "Varde Fanø", "Huset ved havnen",
        "Strandtur, Natur, Stranden; Fanø rundt, Natur, Færgen; Fiskemuseet, Museum, Museet",
        14, 280000, "0.8",
    ),
    "Skanderborg": _place(
        "Skanderborg", 7, "Skanderborg by, Ry, Galten", "Horsens Odder", "Kulturhuset ved søen",
        "Søtur, Natur, Søen; Krolf, Krolf, Parken; Bålaften, Natur, Skoven",
        14, 240000, "0.5",
    ),
}  # fmt: skip
# Of Aarhus, in the years before.
FORMER_PARTNERS = [("Feriehuset", date(2022, 1, 1), date(2023, 12, 31))]
FORMER_GRANT_UNTIL = date(2022, 12, 31)
# Evenings that come back: weekday (Monday is 0), title, activity. Saturdays are for the outings.
EVENINGS = {
    6: ("Søndagsspisning", "Fællesspisning"),
    3: ("Brætspilsaften", "Brætspil"),
    1: ("DIY-aften", "DIY"),
    2: ("Hyggeaften", "Hygge"),
}
SATURDAY = 5
SUMMER_EVENTS = (
    ("Grill i parken", "Fællesspisning"),
    ("Brætspil i det fri", "Brætspil"),
    ("Gåtur", "Gåtur"),
    ("Rundbold", "Sport"),
    ("Sommerfest", "Fest"),
)
# Meetings of the year: kind, title, month, how many volunteers there are at most.
MEETINGS = [
    ("youth_meeting", "Ungemøde", 5, 1), ("youth_meeting", "Ungemøde", 11, 1),
    ("intro_course", "Introkursus", 3, 6), ("intro_course", "Introkursus", 9, 6),
    ("volunteer_meeting", "Frivilligmøde", 4, 12), ("volunteer_meeting", "Frivilligmøde", 9, 12),
    ("volunteer_meeting", "Frivilligmøde", 12, 12),
    ("supervision", "Supervision", 6, 6), ("supervision", "Supervision", 10, 6),
    ("training", "Opkvalificering", 11, 8),
]  # fmt: skip
DISCORD_MEMBERS = {2022: 45, 2023: 70, 2024: 100}  # one server: every city reports the same


def in_common(year: int) -> Year:
    """Return the numbers that the sums over the cities count more than once."""
    young = sum(len(cities) - 1 for cities, years in YOUNG_IN_SEVERAL if year in years)
    volunteers = sum(len(cities) - 1 for cities, years in VOLUNTEERS_IN_SEVERAL if year in years)
    events = sum(len(joint.cities) - 1 for joint in JOINT if joint.day.year == year)
    return Year(young, 0, volunteers, events, 0, 0)


def adds_up() -> None:
    """Refuse numbers of the cities that do not add up to the published ones."""
    for year, published in PUBLISHED.items():
        cities = [years[year] for years in CITY_YEARS.values() if year in years]
        cities += [AARHUS_2024] if year == LAST_YEAR else []
        for name, total, twice, reported in zip(Year._fields, map(sum, zip(*cities, strict=True)), in_common(year), published, strict=True):
            if total - twice != reported:
                raise ValueError(f"{year}: {name} {total} - {twice} is not {reported}")
