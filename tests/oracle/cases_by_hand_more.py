"""More small cities with their figures worked out by hand: courses, dates, ages, matches, and what surrounds them."""

from __future__ import annotations

from cases_by_hand import Case, rows

TWO_THIRDS = Case(
    "two thirds of the held meetings",
    "Cancelled meetings and planned ones that nobody recorded never count; the enrolment does, whatever its days.",
    {
        "intakes": rows(
            "ref name enquired",
            "1 / Anna Holm / 2023-01-01",
            "2 / Mads Lund / 2023-01-01",
            "3 / Ida Krogh / 2023-01-01",
            "4 / Bo Bak / 2023-01-01",
        ),
        "groups": rows("ref title kind start closed", "G1 / Mandag / talk / 2023-12-18 / 2024-12-31"),
        "enrolments": rows("group person date until", "G1 / 1 / 2023-12-18 /", "G1 / 2 / /", "G1 / 3 / 2023-12-18 / 2024-01-10"),
        "meetings": rows(
            "group date present absent excused unnamed cancelled planned",
            "G1 / 2023-12-30 / 1-2,4 / / / / /",
            # Everyone enrolled but Mads and Ida: only Anna.
            "G1 / 2024-01-08 / / 2 / 3 / 2 / /",
            "G1 / 2024-01-15 / 4 / / / / /",
            "G1 / 2024-01-22 / / / / / yes /",
            "G1 / 2024-01-29 / / / / / / yes",
        ),
    },
    {
        2023: {"group_courses": 1, "group_meetings": 1, "group_completed": 0, "visits_talk_group": 3},
        # Anna came to two of three; Mads and Ida did not; Bo did, and was never enrolled.
        2024: {"group_courses": 1, "group_meetings": 2, "group_completed": 1, "visits_talk_group": 4}
        | {"visits_unnamed": 2, "young_people_talk_group": 2, "leader_seats": 0},
    },
    {},
)

CORRECTED_DAYS = Case(
    "days of a trip with one list of their own",
    "A list that is given replaces whom it named before, whatever they counted as; whom the other one named stay.",
    {
        "intakes": rows("ref name enquired", "1 / Anna Holm / 2023-01-01", "2 / Mads Lund / 2023-01-01", "3 / Ida Krogh / 2023-01-01"),
        # Mads was named as a volunteer, and counts as a participant, since he holds no role. Ida is in both lists, and so among the volunteers.
        "events": rows("ref title date until kind present volunteers", "E1 / Tur / 2024-05-01 / 2024-05-04 / youth_meeting / 1,3 / 2-3"),
        "attendance": rows(
            "event date present volunteers",
            "E1 / 2024-05-02 / / none",
            "E1 / 2024-05-03 / none /",
            "E1 / 2024-05-04 / / 2",
        ),
    },
    # All three on the first day, Anna on the second, Mads and Ida on the third, Anna and Mads on the last.
    {2024: {"visits_youth_meeting": 8, "young_people_youth_meeting": 3, "youth_meetings": 1}},
    {},
)

CALENDAR_YEARS = Case(
    "30 December in ISO week 1",
    "A year is 1 January to 31 December by date: 2024-12-30 is of 2024, 2023-01-01 and 2022-01-02 are not of before.",
    {
        "intakes": rows("ref name enquired held", "1 / Anna Holm / 2022-01-02 / 2024-12-30", "2 / Bo Bak / 2023-01-01 / 2023-01-01"),
        "events": rows("title date kind unnamed", "Fest / 2024-12-30 / youth_meeting / 5"),
        "onward": rows("person to date", "1 / Ungdomsskolen / 2024-12-31", "1 / Klubben / 2024-12-31"),
    },
    {
        2021: {"enquiries": 0, "branches": 0},
        2022: {"enquiries": 1, "intakes": 0, "branches": 1},
        2023: {"enquiries": 1, "intakes": 1, "young_people_new": 1},
        2024: {"intakes": 1, "youth_meetings": 1, "visits_youth_meeting": 5, "visits": 6, "moved_on": 1, "partners": 0},
        2025: {"intakes": 0, "youth_meetings": 0, "visits": 0, "young_people": 0, "moved_on": 0},
    },
    {},
)

AGES = Case(
    "ages on the last day and on the day of the interview",
    "Whole years on 31 December; at the interview, on its day; of a year of birth alone, by the years.",
    {
        "intakes": rows(
            "ref name born enquired held",
            "1 / Anna Holm / 2004-02-29 / 2024-01-01 / 2024-02-29",
            "2 / Mads Lund / 2008-12-31 / 2024-01-01 / 2024-12-30",
            "3 / Ida Krogh / 1993 / 2024-01-01 / 2024-01-01",
            "4 / Bo Bak / / 2024-01-01 / 2024-01-01",
            "5 / Søren Ærø / 1999-07-01 / 2024-01-01 / 2024-06-30",
            "6 / Åse Vang / 1993-12-31 / 2024-01-01 / 2024-12-30",
        ),
        "volunteers": rows(
            "ref name born joined left role",
            "7 / Eva Munk / 2000-12-31 / 2024-12-31 / / leader",
            "8 / Jens Dahl / 1952 / 2020-01-01 / 2024-01-01 / leader",
            "9 / Kaj Friis / / 2024-01-01 / / leader",
            "10 / Liv Bruun / 1940-01-01 / 2020-01-01 / 2023-12-31 / leader",
        ),
    },
    {
        2024: {"volunteers": 3, "volunteer_age_min": 24, "volunteer_age_max": 72, "volunteers_new": 2},
        2025: {"volunteers": 2, "volunteer_age_min": 25, "volunteer_age_max": 25, "volunteers_new": 0},
        2019: {"volunteers": 0, "volunteer_age_min": None, "volunteer_age_max": None},
    },
    {
        2024: {
            "age_band": {"20-24": 1, "16-19": 1, "over_30": 2, "25-30": 1, "not_recorded": 1},
            "age_band_at_intake": {"20-24": 2, "under_16": 1, "over_30": 1, "25-30": 1, "not_recorded": 1},
        }
    },
)

THREE_FIGURES_OF_MATCHES = Case(
    "new matches, active matches, befrienders and the befriended",
    "A match from last year that still runs is active, not new; each of the four counts something else.",
    {
        "intakes": rows("ref name enquired", "1 / Anna Holm / 2022-01-01", "2 / Mads Lund / 2022-01-01", "3 / Bo Bak / 2022-01-01"),
        "volunteers": rows("ref name role", "7 / Eva Munk / befriender", "8 / Jens Dahl / befriender", "9 / Kaj Friis / befriender"),
        "matches": rows(
            "person volunteer date ended reason",
            # Ended on the year's first day, and so active on it; the next began on the day the last one ended.
            "1 / 7 / 2023-05-01 / 2024-01-01 / no_contact",
            "1 / 8 / 2024-01-01 / 2024-03-01 / completed",
            "1 / 8 / 2024-06-01 / /",
            "2 / 8 / / /",
            "3 / 9 / 2023-01-01 / 2023-12-31 / completed",
        ),
    },
    {
        2023: {"matches_new": 2, "matches_active": 3, "befrienders": 3, "young_people_befriended": 3},
        2024: {"matches_new": 2, "matches_active": 4, "befrienders": 2, "young_people_befriended": 2} | {"young_people": 2, "visits": 0},
        2025: {"matches_new": 0, "matches_active": 2, "befrienders": 1, "young_people_befriended": 2},
    },
    {},
)

SEATS = Case(
    "leaders of the day",
    "Leaders are there by themselves unless `volunteers` says otherwise; a seat is a leader in a group that met.",
    {
        "intakes": rows("ref name enquired", "1 / Anna Holm / 2023-01-01", "2 / Mads Lund / 2023-01-01"),
        "volunteers": rows("ref name joined role", "9 / Eva Munk / 2023-01-01 / leader"),
        "groups": rows(
            "ref title kind start leader",
            "G1 / Netværk / network / 2024-01-01 / 9",
            "G2 / Stille / network / 2024-01-01 / 9",
        ),
        "leaders": rows("group person from to", "G1 / 1 / 2024-02-01 / 2024-03-01", "G1 / 1 / 2024-05-01 /", "G1 / 2 / 2025-01-01 /"),
        "meetings": rows(
            "group date volunteers",
            "G1 / 2024-01-31 /",
            "G1 / 2024-03-01 /",
            "G1 / 2024-04-01 /",
            "G1 / 2024-05-01 / none",
            "G1 / 2024-05-08 / 9",
            "G1 / 2024-05-15 / 1,9",
        ),
    },
    {
        # Anna leads without a role, and so is a participant on 1 March and 15 May; G2 never met, Mads not yet.
        2024: {"network_groups": 1, "network_meetings": 6, "visits_network_group": 2, "leader_seats": 2}
        | {"young_people": 1, "young_people_network_group": 1, "group_courses": 0},
        2025: {"network_groups": 0, "leader_seats": 0},
    },
    {},
)

AROUND_IT = Case(
    "partners, grants, and figures entered by hand",
    "A counted key of a year with records is never overridden; one partner however its name is typed.",
    {
        "intakes": rows("ref name enquired referred_by", "1 / Anna Holm / 2023-06-01 / Soras"),
        "events": rows("title date kind venue partner cancelled", "Fest / 2023-07-01 / social / folkehuset / UngK / yes"),
        "partners": rows("name from to", "Folkehuset / 2022-01-01 / 2023-12-31", "Soras / /", "Loge 42 / 2024-12-31 / 2025-01-01"),
        "grants": rows(
            "funder agreement per_year from to",
            "Aarhus Kommune / operating / 415000 / 2022-01-01 / 2024-12-31",
            "Aarhus Kommune / project / 415000 / 2024-12-31 /",
        ),
        "figures": rows(
            "year key value source",
            "2021 / young_people / 296 / STATUS",
            "2023 / enquiries / 99 / STATUS",
            "2023 / coordinator_positions / 1,5 / STATUS",
        ),
    },
    {
        2021: {"young_people": 296, "intakes": 0, "partners": 2, "grants_dkk": 0, "coordinator_positions": None},
        2023: {"enquiries": 1, "social_events": 0, "partners": 3, "grants_dkk": 415000, "coordinator_positions": 1.5},
        2024: {"partners": 3, "grants_dkk": 416134, "discord_members": None},
        2025: {"partners": 3, "grants_dkk": 415000},
        2026: {"partners": 2},
    },
    {},
)
