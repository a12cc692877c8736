"""Small cities with their figures worked out by hand: each turns on one sentence of the definitions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from recount_reading import City, Row


@dataclass(frozen=True)
class Case:
    """A city, and of some years the figures (values, or parts of shares) and distributions it must have, and why."""

    name: str
    why: str
    city: City
    figures: dict[int, dict[str, Any]]
    distributions: dict[int, dict[str, dict[str, int]]]


def rows(columns: str, *lines: str) -> list[Row]:
    """Rows of an import file, as a table with a heading: `/` between the cells of a line."""
    names = columns.split()
    return [dict(zip(names, (cell.strip() for cell in line.split("/")), strict=True)) for line in lines]


TRIP_OVER_NEW_YEAR = Case(
    "a trip over New Year",
    "One event of the year it starts in, four occasions each of its own date; one day differs and one is cancelled.",
    {
        "intakes": rows("ref name enquired", "1 / Anna Holm / 2023-11-01", "2 / Mads Lund / unknown"),
        "events": rows("ref title date until kind present unnamed", "E1 / Sommerhus / 2023-12-30 / 2024-01-02 / social / 1-2 / 2"),
        "attendance": rows("event date present unnamed cancelled", "E1 / 2024-01-01 / Anna Holm / 0 /", "E1 / 2024-01-02 / / / yes"),
    },
    {
        2023: {"social_events": 1, "visits": 8, "visits_named": 4, "visits_unnamed": 4, "visits_social_event": 8}
        | {"young_people": 2, "young_people_social_event": 2, "young_people_new": 0, "enquiries": 1},
        # The event was of last year; only Anna was there on its one day of this year.
        2024: {"social_events": 0, "visits": 1, "visits_named": 1, "visits_unnamed": 0, "visits_social_event": 1}
        | {"young_people": 1, "young_people_social_event": 1, "enquiries": 0, "branches": 1},
    },
    {},
)

PEER_WHO_IS_BOTH = Case(
    "a participant who becomes a peer",
    "Whether she is there as a volunteer is decided by her role and her place on each day by itself.",
    {
        "intakes": rows("ref name enquired held", "1 / Anna Holm / 2023-02-01 / 2023-02-10"),
        "volunteers": rows("person name joined role", "1 / Anna Holm / 2024-01-01 / peer"),
        "groups": rows("ref title kind start leader", "G1 / Torsdag / talk / 2023-11-01 / 1"),
        "meetings": rows("group date volunteers", "G1 / 2023-12-20 /", "G1 / 2024-01-03 /", "G1 / 2024-01-10 / none"),
        "events": rows(
            "ref title date kind organiser present volunteers",
            "E1 / Brætspil / 2024-02-02 / social / / 1 /",
            "E2 / Klatring / 2024-03-03 / social / / / 1",
            "E3 / Teater / 2024-04-04 / social / 1 / 1 /",
            "E4 / Kanotur / 2024-05-05 / social / 1 / /",
        ),
    },
    {
        # She led before she had a role, and so was there as the participant she was.
        2023: {"group_meetings": 1, "visits_talk_group": 1, "young_people_talk_group": 1, "volunteers": 0}
        | {"visits": 2, "visits_intake": 1, "young_people_new": 1, "leader_seats": 1, "peer_supporters": 0},
        # A visit only at E1: leading, being named as a volunteer and organising are not visits; at E4 she is not named.
        2024: {"group_meetings": 2, "visits_talk_group": 0, "social_events": 4, "visits_social_event": 1, "visits": 1}
        | {"young_people": 1, "young_people_new": 0, "volunteers": 1, "volunteers_new": 1, "peer_supporters": 1},
    },
    {},
)

LATE_INTERVIEW = Case(
    "an interview in the year after the enquiry",
    "Enquiry, interview and new young person are three things; an enquiry of unknown date makes nobody new.",
    {
        "intakes": rows(
            "ref person name enquired held source",
            "1 / / Anna Holm / 2023-12-28 / 2024-01-09 / municipal",
            "2 / / Mads Lund / 2023-03-01 / 2023-05-05 / friend",
            "/ 2 / Mads Lund / 2024-06-01 / 2024-06-06 / declined",
            "3 / / Ida Krogh / unknown / 2024-04-04 / not_asked",
            "4 / / Bo Bak / 2024-08-08 / /",
        )
    },
    {
        2023: {"enquiries": 2, "intakes": 1, "young_people": 1, "young_people_new": 1, "visits": 1},
        # Bo turned to the city and was never interviewed; Ida's first interview is of an enquiry of unknown date.
        2024: {"enquiries": 2, "intakes": 3, "young_people": 3, "young_people_new": 1, "visits_intake": 3}
        | {
            # Mads would not say the second time, which does not undo what he said the first.
            "referral_municipal": {"count": 1, "answered": 2, "base": 3, "declined": 0, "not_asked": 1, "value": 0.5},
            "referral_municipal_at_intake": {"count": 1, "answered": 1, "declined": 1, "not_asked": 1, "value": 1.0},
        },
    },
    {2024: {"referral": {"municipal": 1, "friend": 1, "not_asked": 1}}},
)

ANSWERS_OF_ONE_DAY = Case(
    "two answers of the same day",
    "An answer is dated by its interview, else by its enquiry; on the same day the later entered counts.",
    {
        "intakes": rows(
            "ref person name enquired held occupation diagnosis loneliness suicidal_thoughts",
            "1 / / Anna Holm / 2024-01-10 / 2024-03-01 / student_higher / stress|in_assessment / severe / past",
            "/ 1 / Anna Holm / 2024-03-01 / / unemployed / / declined / never",
            "/ 1 / Anna Holm / 2024-12-30 / 2025-01-02 / sick_leave / anxiety|stress / mild / current",
        )
    },
    {
        2024: {
            "occupation_student": {"count": 0, "answered": 1},
            "occupation_unemployed_or_sick": {"count": 1, "answered": 1},
            "occupation_student_at_intake": {"count": 1, "answered": 1, "base": 1},
            "loneliness_severe": {"count": 1, "answered": 1, "declined": 0},
            "suicidal_thoughts": {"count": 0, "answered": 1},
            "suicidal_thoughts_at_intake": {"count": 1, "answered": 1},
            # Stress, or being in assessment, is an answer, but not a diagnosis.
            "diagnosis_any": {"count": 0, "answered": 1, "value": 0.0},
            "diagnosis_stress": {"count": 1, "answered": 1},
            "enquiries": 3,
        },
        2025: {
            "diagnosis_any": {"count": 1, "answered": 1},
            "loneliness_severe": {"count": 0, "answered": 1},
            "suicidal_thoughts": {"count": 1, "answered": 1},
        },
    },
    {2024: {"diagnosis": {"stress": 1, "in_assessment": 1}, "occupation": {"unemployed": 1}}},
)

WAITS_AT_NEW_YEAR = Case(
    "waits that end on New Year's Eve",
    "At the end of 31 December leaves out what ended on that day: by a match, by its own last day, by leaving.",
    {
        "intakes": rows(
            "ref name enquired",
            "1 / Anna Holm / 2024-01-01",
            "2 / Mads Lund / 2024-01-01",
            "3 / Ida Krogh / 2024-01-01",
            "4 / Bo Bak / 2024-01-01",
        ),
        "volunteers": rows("ref name joined role", "8 / Jens Dahl / 2023-01-01 / befriender", "9 / Eva Munk / 2024-01-01 / befriender"),
        "waiting": rows(
            "person since until",
            "1 / 2024-10-01 /",
            "2 / 2024-12-31 /",
            "3 / 2024-02-01 / 2024-12-31",
            "4 / 2024-05-01 /",
            "9 / 2024-05-01 /",
        ),
        "matches": rows("person volunteer date", "1 / 8 / 2024-12-31"),
        "leaving": rows("person date", "4 / 2024-11-11"),
    },
    {
        # Only Mads waits: Eva has no enquiry, so she is not a young person.
        2024: {"waiting_list": 1, "matches_new": 1, "matches_active": 1, "befrienders": 1, "young_people": 1}
        | {"young_people_befriended": 1, "volunteers": 2, "volunteers_new": 1, "visits": 0},
        2025: {"waiting_list": 1, "matches_new": 0, "matches_active": 1, "befrienders": 1, "young_people": 1},
    },
    {},
)

WHO_IS_THERE_AS_WHAT = Case(
    "an organiser without a role",
    "Young co-organisers are participants; so are people who enquired only later, unless they held a role that day.",
    {
        "intakes": rows(
            "ref name enquired",
            "1 / Anna Holm / 2024-01-01",
            "2 / Mads Lund / unknown",
            "3 / Ida Krogh / 2024-06-02",
            "4 / Bo Bak / 2024-06-01",
        ),
        "volunteers": rows(
            "ref name joined left role",
            "8 / Jens Dahl / 2024-01-01 / / organiser",
            "9 / Eva Munk / / 2023-12-31 / online",
        ),
        "roles": rows("volunteer role from to", "9 / leader / 2024-03-01 / 2024-05-01"),
        # Anna organises, Mads and Bo came, Ida was not yet known, Eva is not a volunteer that day; Jens stayed at home.
        "events": rows(
            "ref title date kind organiser present volunteers unnamed",
            "E1 / Middag / 2024-06-01 / online / 1,8 / 1-3,9 / 4 / 3",
            "E2 / Kursus / 2024-06-05 / training / / 1-4 / /",
        ),
    },
    {
        2024: {"online_events": 1, "visits_online_event": 7, "visits_named": 4, "visits_unnamed": 3, "visits": 7}
        | {"young_people": 4, "young_people_online_event": 4, "social_events": 0, "training_sessions": 1}
        | {"volunteers": 2, "volunteers_new": 1},
        # Eva's first role has an unknown beginning: it ran through 2023, and makes her new in no year.
        2023: {"volunteers": 1, "volunteers_new": 0, "young_people": 0},
    },
    {2024: {"recruited_through": {"not_recorded": 2}}},
)
