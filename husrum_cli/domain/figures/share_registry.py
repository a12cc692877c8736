"""Shares and distributions, defined once: the question asked at an interview, and the answers that count."""

from __future__ import annotations

from typing import NamedTuple

from ...vocabulary import (
    AGE_BANDS,
    DIAGNOSIS,
    GENDER,
    LONELINESS,
    MOTIVE,
    NO_DIAGNOSIS,
    OCCUPATION,
    RECRUITED_THROUGH,
    SOURCE,
    SUICIDAL_THOUGHTS,
    TREATMENT,
    WISH,
    Labels,
)

AT_INTAKE = "_at_intake"


class Share(NamedTuple):
    """`count / answered`: of those who answered a question, those who gave one of these answers."""

    key: str
    danish: str
    english: str
    definition: str
    question: str
    answers: tuple[str, ...]


class Distribution(NamedTuple):
    """How the answers to a question spread. `codes` None: free text. `several`: one may give several answers. `of_the_day`: what is true of someone changes
    without being asked, so outsiders see it of one day only.
    """

    key: str
    danish: str
    english: str
    question: str
    codes: Labels | None
    several: bool = False
    of_the_day: bool = False


STUDENTS = tuple(code for code in OCCUPATION if code.startswith("student_"))
SHARES: tuple[Share, ...] = (
    Share(
        "referral_municipal",
        "Via kommunal kontaktperson",
        "Through a municipal contact person",
        "Those who came through a municipal contact person.",
        "source",
        ("municipal",),
    ),
    Share("loneliness_severe", "Svært ensomme", "Severely lonely", "Those who are severely lonely.", "loneliness", ("severe",)),
    Share(
        "diagnosis_any",
        "Mindst én diagnose",
        "At least one diagnosis",
        "Those who name at least one diagnosis; none, stress and being in assessment are answers, but no diagnosis.",
        "diagnosis",
        tuple(code for code in DIAGNOSIS if code not in NO_DIAGNOSIS),
    ),
    *(
        Share(
            f"diagnosis_{code}",
            f"Diagnose: {danish}",
            f"Diagnosis: {english}",
            "Those who name this one among their diagnoses.",
            "diagnosis",
            (code,),
        )
        for code, (danish, english) in DIAGNOSIS.items()
    ),
    Share(
        "suicidal_thoughts",
        "Har eller har haft selvmordstanker",
        "Have, or have had, suicidal thoughts",
        "Those who have, or have had, suicidal thoughts.",
        "suicidal_thoughts",
        ("past", "current"),
    ),
    Share(
        "occupation_student",
        "Studerende på alle niveauer",
        "Students at any level",
        "Those who study, at any level.",
        "occupation",
        STUDENTS,
    ),
    Share(
        "occupation_unemployed_or_sick",
        "Ledige eller sygemeldte",
        "Unemployed or on sick leave",
        "Those who are unemployed or on sick leave.",
        "occupation",
        ("unemployed", "sick_leave"),
    ),
)

# Both of participants of the year and, with `_at_intake`, of the interviews held in it.
DISTRIBUTIONS: tuple[Distribution, ...] = (
    Distribution("referral", "Henvist via", "Found HUSRUM through", "source", SOURCE),
    Distribution("occupation", "Beskæftigelse", "Occupation", "occupation", OCCUPATION),
    Distribution("diagnosis", "Diagnoser", "Diagnoses", "diagnosis", DIAGNOSIS, several=True),
    Distribution("loneliness", "Ensomhed", "Loneliness", "loneliness", LONELINESS),
    Distribution("suicidal_thoughts", "Selvmordstanker", "Suicidal thoughts", "suicidal_thoughts", SUICIDAL_THOUGHTS),
    Distribution("treatment", "Behandling", "Treatment", "treatment", TREATMENT),
    Distribution("motive", "Motivation", "Motive", "motive", MOTIVE, several=True),
    Distribution("gender", "Køn", "Gender", "gender", GENDER),
    Distribution("municipality", "Kommune", "Municipality", "municipality", None),
    Distribution("age_band", "Alder", "Age", "age_band", AGE_BANDS, of_the_day=True),
)
# Of the interviews held in the year only.
INTAKE_DISTRIBUTIONS: tuple[Distribution, ...] = (
    Distribution("wish", "Ønsker", "Wishes", "wish", WISH, several=True),
    Distribution("offered", "Tilbudt", "Offered", "offered", WISH, several=True),
    Distribution("referred_by", "Henvist af", "Referred by", "referred_by", None),
)
RECRUITED = Distribution("recruited_through", "Frivilliges vej til HUSRUM", "How volunteers came", "recruited_through", RECRUITED_THROUGH)
PROGRAMME = Distribution("programme", "Programmer", "Programmes", "programme", None, several=True)
