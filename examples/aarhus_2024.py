"""HUSRUM Aarhus in 2024: the published numbers, and the synthetic year that adds up to them.

Data only; ``make_aarhus_2024.py`` puts people into it. Where a part holds a number of the STATUS report
(``shared/report/aarhus-2024.json``), the comment above it says which.
"""

from __future__ import annotations

from datetime import date, timedelta

from befriending import Match
from book import City, Event, Volunteer
from groups import NetworkGroup, TalkGroup

YEAR = 2024
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)

# visits 2792: the social events are sized so that all channels together give exactly this.
VISITS = 2792
# social_events 85, with 8-25 young people on each day of each.
SOCIAL_EVENTS = 85
SOCIAL_MIN, SOCIAL_MAX = 8, 25
# intakes 78 = enquiries 78 = young_people_new 78. The three are not the same rows: two enquired in December 2023 and
# came to their interview in January, one enquired in December and comes in January 2025, and one was never heard from
# again.
INTERVIEWS = 78
CARRIED_IN = [(date(2023, 12, 14), date(2024, 1, 4)), (date(2023, 12, 20), date(2024, 1, 8))]
CARRIED_OUT = (date(2024, 12, 17), date(2025, 1, 9))
NEVER_HELD = date(2024, 9, 3)
LAST_INTERVIEW = date(2024, 12, 30)  # ISO week 1 of 2025, and still 2024
# young_people 200 = 78 new + 122 from earlier years who still come; besides these, some who no longer do.
STILL_HERE = 122
NO_LONGER_HERE = 16

HOLIDAYS = {
    date(2024, month, day)
    for month, days in {1: (1,), 3: (28, 29, 30, 31), 4: (1,), 5: (9, 19, 20), 6: (5,), 12: (24, 25, 26)}.items()
    for day in days
}


def _days(first: date, last: date) -> set[date]:
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}


SUMMER = _days(date(2024, 6, 24), date(2024, 8, 11))
# Weeks without talk groups: winter holiday, Easter, autumn holiday.
SCHOOL_HOLIDAYS = (
    HOLIDAYS
    | _days(date(2024, 2, 12), date(2024, 2, 18))
    | _days(date(2024, 3, 25), date(2024, 4, 1))
    | _days(date(2024, 10, 14), date(2024, 10, 20))
)

# The answers: {code: (the 78 interviewed in 2024, the 122 from before)}; "" is not recorded, several diagnoses make one
# answer. Counts over answers of both columns give the shares of participants, of the first alone those `_at_intake`.
ANSWERS: dict[str, dict[str, tuple[int, int]]] = {
    # referral_municipal_at_intake: 31 of 77 = 40 %
    "source": {
        "municipal": (31, 47), "student_priest": (6, 9), "psychologist": (6, 10), "relative": (7, 12),
        "housing_adviser": (4, 6), "volunteer_centre": (4, 8), "headspace": (5, 8), "self": (5, 8), "friend": (3, 5),
        "social_media": (2, 3), "doctor": (2, 0), "psychiatry": (1, 0), "school": (1, 0), "not_asked": (0, 2),
        "": (1, 4),
    },
    # loneliness_severe: 66 + 103 of 73 + 115 = 169 of 188 = 90 %
    "loneliness": {
        "severe": (66, 103), "moderate": (6, 10), "mild": (1, 2), "declined": (2, 2), "not_asked": (2, 3), "": (1, 2),
    },
    # diagnosis_any: 57 + 103 of 72 + 118 = 160 of 190 = 84 %; diagnosis_autism_at_intake: 24 of 72 = 33 %
    "diagnosis": {
        "autism": (6, 10), "autism|anxiety": (6, 9), "autism|adhd": (5, 7), "autism|depression": (3, 0),
        "autism|anxiety|depression": (4, 0), "autism|depression|stress": (0, 3), "depression": (5, 13),
        "anxiety": (6, 12), "depression|anxiety": (7, 17), "social_phobia": (4, 8), "social_phobia|anxiety": (3, 0),
        "social_phobia|depression": (0, 6), "adhd": (4, 10), "adhd|stress": (1, 0), "ptsd": (0, 2),
        "ptsd|depression": (1, 0), "eating_disorder|anxiety": (0, 2), "personality_disorder": (1, 2), "ocd": (0, 1),
        "ocd|anxiety": (1, 0), "other": (0, 1), "none": (11, 12), "stress": (2, 0), "in_assessment": (2, 3),
        "declined": (3, 2), "not_asked": (2, 1), "": (1, 1),
    },
    # suicidal_thoughts: 23 + 20 of 66 + 106 = 43 of 172 = 25 %
    "suicidal_thoughts": {
        "never": (43, 86), "past": (19, 17), "current": (4, 3), "declined": (6, 6), "not_asked": (4, 5), "": (2, 5),
    },
    # occupation_student: 26 + 32 of 76 + 118 = 58 of 194 = 30 %
    # occupation_unemployed_or_sick: 16 + 21 of 76 + 118 = 37 of 194 = 19 %; in the order of a life, for the ages to fit
    "occupation": {
        "student_fgu": (3, 4), "student_upper_secondary": (6, 5), "student_stu": (1, 1),
        "student_folk_high_school": (1, 1), "student_vocational": (3, 4), "unemployed": (7, 10), "not_asked": (1, 1),
        "internship": (3, 5), "student_higher": (12, 17), "employed": (11, 19), "sick_leave": (9, 11), "": (1, 2),
        "job_clarification": (6, 13), "other": (2, 2), "flexjob": (5, 11), "declined": (0, 1),
        "disability_pension": (7, 15),
    },
    "treatment": {
        "current": (33, 47), "past": (24, 44), "never": (12, 18), "declined": (3, 4), "not_asked": (4, 6), "": (2, 3),
    },
    "gender": {"f": (40, 62), "m": (32, 52), "x": (3, 5), "declined": (1, 0), "": (2, 3)},
}  # fmt: skip

REFERRERS = {
    "municipal": ("Åben Fleksibel Rådgivning",) * 3 + ("Soras",) * 2 + ("Ungecenter Skanderborgvej",),
    "student_priest": ("Folkekirken i Aarhus",),
    "housing_adviser": ("Det boligsociale fællessekretariat",),
    "volunteer_centre": ("Frivilligcenter Aarhus",),
    "headspace": ("headspace Aarhus",),
}
AREAS = ("Aarhus C", "Aarhus V", "Aarhus N", "Viby", "Brabrand", "Risskov", "Højbjerg")
CITY = City("Aarhus", 1, REFERRERS, {"Aarhus": 86, "Favrskov": 3, "Skanderborg": 4, "Syddjurs": 3, "Odder": 2, "": 2}, AREAS)


# volunteers 25 (P, L, O, N, B), volunteer_age_min 24 (P2, born 2000), volunteer_age_max 72 (B5, born 1952)
# P are peers (they are among the young people), X left before 2024, F comes after it.
VOLUNTEERS = [
    Volunteer("P1", "f", "1997-03-22", date(2023, 1, 16), "peer", "former_participant"),
    Volunteer("P2", "m", "2000-11-17", date(2023, 8, 21), "peer", "former_participant"),
    Volunteer("P3", "f", "1995-06-08", date(2024, 8, 12), "peer", "former_participant"),
    Volunteer("L1", "f", "1968-02-11", date(2019, 9, 2), "leader|organiser", "parish_network"),
    Volunteer("L2", "m", "1990-05-30", date(2022, 8, 15), "leader", "facebook_group", date(2024, 6, 30)),
    Volunteer("L3", "f", "1983-10-04", date(2021, 2, 1), "leader", "facebook_group"),
    Volunteer("L4", "m", "1977-12-19", date(2023, 8, 14), "leader", "volunteer_centre"),
    Volunteer("L5", "f", "1998-01-27", date(2023, 11, 6), "leader", "facebook_group"),
    Volunteer("L6", "f", "1961-07-15", date(2022, 1, 10), "leader", "parish_network"),
    Volunteer("L7", "m", "1996-04-03", date(2023, 10, 2), "leader", "facebook_group"),
    Volunteer("L8", "f", "1992-09-21", date(2024, 8, 5), "leader", "frivilligjob"),
    Volunteer("O1", "m", "1959-08-08", None, "organiser", "parish_network"),
    Volunteer("O2", "f", "1988-03-12", date(2022, 3, 7), "organiser", "facebook_group"),
    Volunteer("O3", "f", "1999-05-05", date(2023, 9, 4), "organiser", "friend"),
    Volunteer("O4", "m", "1994", date(2024, 2, 5), "organiser", "facebook_group"),
    Volunteer("O5", "f", "1971-11-23", date(2021, 10, 11), "organiser", "parish_network", date(2024, 9, 30)),
    Volunteer("O6", "m", "1998-06-17", date(2024, 9, 2), "organiser", "Diakonhøjskolen"),
    Volunteer("N1", "m", "1997-09-09", date(2023, 3, 1), "online", "friend"),
    Volunteer("N2", "f", "1999-02-14", date(2023, 12, 4), "online", "facebook_group"),
    Volunteer("N3", "x", "1995-12-02", date(2024, 4, 22), "online", "other"),
    Volunteer("B1", "f", "1964-04-29", date(2022, 9, 5), "befriender", "parish_network"),
    Volunteer("B2", "m", "1979-06-06", date(2023, 11, 13), "befriender", "facebook_group", date(2024, 10, 31)),
    Volunteer("B3", "f", "1986-08-24", date(2024, 2, 19), "befriender", "facebook_group"),
    Volunteer("B4", "m", "1973-01-18", date(2024, 5, 27), "befriender", "facebook_group"),
    Volunteer("B5", "f", "1952-04-09", date(2023, 2, 6), "befriender", "parish_network"),
    Volunteer("X1", "f", "1949-05-16", date(2020, 8, 24), "leader", "parish_network", date(2023, 6, 30)),
    Volunteer("X2", "m", "2002-10-01", date(2022, 10, 3), "organiser", "facebook_group", date(2023, 12, 31)),
    Volunteer("X3", "f", "1985-07-07", date(2021, 9, 6), "organiser|befriender", "facebook_group", date(2022, 12, 15)),
    Volunteer("F1", "m", "1948-03-03", date(2025, 1, 6), "befriender", "parish_network"),
]
# Second roles taken up later: volunteer, role, from, to.
SECOND_ROLES: list[tuple[str, str, date, date | None]] = [
    ("L3", "organiser", date(2023, 5, 1), None),
    ("L6", "befriender", date(2024, 6, 10), None),
    ("O2", "befriender", date(2024, 11, 18), None),
    ("O3", "online", date(2024, 1, 15), date(2024, 8, 31)),
    ("P1", "organiser", date(2024, 9, 1), None),
]

# group_courses 6, group_meetings 72: six courses of 12 weeks, each with 7 young people and 3 leaders (18 seats).
TALK_GROUPS = [
    TalkGroup("G9", "Samtalegruppe forår 2023", date(2023, 3, 7), "L2 L3 X1", "Frivilligcenter Aarhus"),
    TalkGroup("G1", "Samtalegruppe mandag, forår", date(2024, 1, 15), "L1 L2 P1", "Frivilligcenter Aarhus"),
    TalkGroup("G2", "Samtalegruppe tirsdag, forår", date(2024, 1, 23), "L3 L4 P2", "Fairhuset"),
    TalkGroup("G3", "Samtalegruppe onsdag, forår", date(2024, 1, 31), "L5 L6 L7", "Skt. Paul Kirke"),
    TalkGroup("G4", "Samtalegruppe mandag, efterår", date(2024, 8, 26), "L1 L3 P1", "Frivilligcenter Aarhus"),
    TalkGroup("G5", "Samtalegruppe onsdag, efterår", date(2024, 8, 28), "L4 L8 P2", "Fairhuset", date(2024, 9, 25)),
    TalkGroup("G6", "Samtalegruppe torsdag, efterår", date(2024, 9, 5), "L5 L7 P3", "Skjoldhøjkollegiet"),
]
# network_groups 2, every other week; the leader is there for a start and gives sparring after that.
NETWORK_GROUPS = [
    NetworkGroup("G7", "Netværksgruppen Onsdag", date(2023, 9, 6), "G9", "L2", date(2023, 11, 30), "Folkehus Trøjborg"),
    NetworkGroup("G8", "Netværksgruppen Tirsdag", date(2024, 5, 14), "G1", "L6", date(2024, 8, 31), "Fairhuset"),
]


# matches_new 6 and befrienders 6. The first row ended before 2024; the second ended in it, so that matches_active is 7.
MATCHES = [
    Match("B1", date(2022, 10, 3), date(2023, 6, 30), "moved_away"),
    Match("B1", date(2023, 8, 15), date(2024, 2, 12), "work_or_study"),
    Match("B2", date(2024, 2, 6), date(2024, 10, 31), "volunteer_stopped"),
    Match("B1", date(2024, 4, 18)),
    Match("B3", date(2024, 5, 23)),
    Match("B4", date(2024, 9, 10)),
    Match("B5", date(2024, 10, 2)),
    Match("L6", date(2024, 11, 14)),
]
# waiting_list 10: these still wait at the end of 31 December 2024, with one who asked on the 30th.
WAITING_SINCE = [
    date(2023, 11, 20), date(2024, 1, 29), date(2024, 3, 4), date(2024, 4, 16), date(2024, 5, 8), date(2024, 8, 20),
    date(2024, 10, 7), date(2024, 11, 25),
]  # fmt: skip
WAIT_WITHOUT_COMING = date(2023, 9, 18)  # waits, but is no participant of 2024
# Waits that ended without a match: the first by somebody who waits again, the last one on 31 December itself.
WAITS_ENDED = [
    (date(2023, 6, 5), date(2023, 10, 2), "no_longer_wishes"),
    (date(2024, 2, 1), date(2024, 5, 14), "treatment"),
    (date(2024, 6, 3), date(2024, 12, 31), "no_longer_wishes"),
]


# Evenings that come back: first day, weeks between, title, activity, venue, partner. None on holidays or in the summer.
SERIES = [
    (date(2024, 1, 7), 2, "Søndagsspisning", "Fællesspisning", "Folkehus Trøjborg", ""),
    (date(2024, 1, 11), 2, "Brætspilsaften", "Brætspil", "Skjoldhøjkollegiet", "Skjoldhøjkollegiet"),
    (date(2024, 1, 16), 4, "DIY-aften", "DIY", "Frivilligcenter Aarhus", ""),
    (date(2024, 1, 20), 5, "Klatring", "Klatring", "Klatrehallen", ""),
]
SUMMER_TRIP = "Sommerhustur til Hald Sø"
# One-off events; the trip is one event of four days, Tuesday to Friday of week 26.
EVENTS = [
    Event(date(2024, 2, 11), "Fastelavn", "Fest", "UngK", "UngK"),
    Event(date(2024, 2, 29), "Teatertur", "Teater", "Teatret", ""),
    Event(date(2024, 3, 14), "Besøg hos Opgang 2", "Teater", "Opgang 2", "Opgang 2"),
    Event(date(2024, 4, 20), "Museumstur", "Museum", "Museet"),
    Event(date(2024, 4, 27), "Båldag i Silkeborg", "Natur", "Silkeborg Højskole", "", "På tværs af byer",
          "danmark-spiser-sammen-2024", note="Danmark Spiser Sammen"),
    Event(date(2024, 5, 25), "Fossiljagt", "Natur", "Stranden"),
    Event(date(2024, 6, 1), "Kanotur", "Kanotur", "Kanoudlejningen", state="cancelled", note="Aflyst: vejret"),
    Event(date(2024, 6, 15), "Kanotur", "Kanotur", "Kanoudlejningen"),
    Event(date(2024, 6, 19), "Smukfest-aften", "Smukfest", "Frivilligcenter Aarhus", "Smukfest"),
    Event(date(2024, 6, 25), SUMMER_TRIP, "Sommertur", "Hald Sø Lejren", "", "Sommer", "sommertur-2024"),
    Event(date(2024, 7, 4), "Grill i parken", "Fællesspisning", "", "", "Sommer"),
    Event(date(2024, 7, 10), "Minigolf", "Minigolf", "", "", "Sommer"),
    Event(date(2024, 7, 18), "Strandtur", "Natur", "Stranden", "", "Sommer"),
    Event(date(2024, 7, 24), "Brætspil i det fri", "Brætspil", "", "", "Sommer"),
    Event(date(2024, 8, 1), "Byvandring", "Gåtur", "", "", "Sommer"),
    Event(date(2024, 8, 6), "Sommerfest", "Fest", "Folkehus Trøjborg", "Folkekirken i Aarhus", "Sommer"),
    Event(date(2024, 9, 14), "Svampetur", "Natur", "Skoven"),
    Event(date(2024, 10, 4), "Quizaften", "Quiz", "Studenterhus Aarhus", "Studenterhus Aarhus"),
    Event(date(2024, 10, 10), "Besøg hos Opgang 2", "Teater", "Opgang 2", "Opgang 2"),
    Event(date(2024, 11, 7), "Teatertur", "Teater", "Teatret"),
    Event(date(2024, 11, 16), "Brætspilsdag", "Brætspil", "UngK", state="cancelled", note="Aflyst: sygdom"),
    Event(date(2024, 11, 23), "Filmaften", "Film", "UngK", "UngK", state="planned"),
    Event(date(2024, 12, 1), "Julebag", "Madlavning", "Fairhuset", "Fairhuset"),
    Event(date(2024, 12, 29), "Søndagsspisning mellem jul og nytår", "Fællesspisning", "Folkehus Trøjborg"),
    Event(date(2024, 12, 30), "Brætspil mellem jul og nytår", "Brætspil", "Frivilligcenter Aarhus"),
    Event(date(2024, 12, 31), "Nytårsaften med UngK", "Fest", "UngK", "UngK"),
]  # fmt: skip
# online_events 24, on the national Discord: the second and the fourth Wednesday of every month.
# youth_meetings 4, and the courses and meetings of the volunteers, which are no visits: kind, title, venue, days.
MEETINGS = [
    ("youth_meeting", "Ungemøde", "Frivilligcenter Aarhus", ((2, 22), (5, 23), (9, 12), (11, 21))),
    ("intro_course", "Introkursus", "Frivilligcenter Aarhus", ((2, 24), (6, 1), (8, 24), (11, 23))),
    ("volunteer_meeting", "Frivilligmøde", "Frivilligcenter Aarhus", ((1, 25), (4, 25), (9, 5), (12, 5))),
    ("supervision", "Supervision", "Fairhuset", ((2, 8), (4, 11), (6, 6), (9, 26), (10, 24), (12, 12))),
    ("training", "Opkvalificering", "Diakonhøjskolen", ((3, 19), (9, 24), (11, 12))),
]

# moved_on: steps into another community: place, day, how many.
ONWARD = [
    ("Smukfest", date(2024, 8, 7), 10),
    ("Idrætsforeningen", date(2024, 5, 6), 2),
    ("Silkeborg Højskole", date(2024, 8, 18), 2),
    ("Ude-Bo", date(2024, 9, 9), 1),
    ("Ungdomskulturhuset", date(2024, 10, 21), 1),
]

# partners: kind, names. The first rows are the partners the report names, the last the other places used.
PARTNERS = {
    "kommune": ("Åben Fleksibel Rådgivning", "Ungecenter Skanderborgvej", "Unge Job og Uddannelse", "Soras"),
    "forening": ("Maryfonden – ungepanel", "Selvhjælp Aarhus", "Ventilen", "headspace Aarhus", "Gallohuset",
                 "Fairhuset", "Opgang 2", "Projekt Rosa", "Fuldt Hus", "Ude-Bo", "Smukfest", "Frivilligcenter Aarhus"),
    "netværk": ("Selvhjælpsnetværket", "Børne-unge netværket", "Det boligsociale fællessekretariat"),
    "kirke": ("Folkekirken i Aarhus", "UngK", "Skt. Paul Kirke"),
    "uddannelse": ("Diakonhøjskolen", "Silkeborg Højskole", "Studenterhus Aarhus", "FGU Aarhus Vest"),
    "sted": ("Ungdomskulturhuset", "Skjoldhøjkollegiet", "Folkehus Trøjborg", "Hald Sø Lejren", "Klatrehallen",
             "Teatret", "Museet", "Stranden", "Skoven", "Kanoudlejningen", "Idrætsforeningen"),
}  # fmt: skip
FORMER_PARTNER = ("Caféen på hjørnet", "sted", date(2021, 1, 1), date(2023, 12, 31))

# grants_dkk 830000: two agreements; the first row ended with 2023.
GRANTS = [
    ("project", 395000, date(2022, 1, 1), date(2023, 12, 31)),
    ("operating", 415000, date(2023, 1, 1), date(2025, 12, 31)),
    ("project", 415000, date(2024, 1, 1), date(2025, 12, 31)),
]
# What is reported, not counted: key, value, source, read on.
FIGURES = [
    ("coordinator_positions", "1.5", "Ansættelsesbreve", date(2024, 12, 31)),
    ("facebook_followers", "660", "Facebook-siden, aflæst", date(2025, 1, 6)),
    ("facebook_group_members", "225", "Facebook-gruppen, aflæst", date(2025, 1, 6)),
    ("discord_members", "100", "Discord-serveren, aflæst", date(2025, 1, 6)),
]
