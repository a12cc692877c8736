"""The questions of an interview. A new question is a record here, its codes in `codes`, an upgrade step, and the translations of its English texts."""

from __future__ import annotations

from .codes import DIAGNOSIS, GENDER, LONELINESS, MOTIVE, NON_ANSWERS, OCCUPATION, SOURCE, SUICIDAL_THOUGHTS, TREATMENT, WISH
from .records import Codes, Label, Question, Share

NO_DIAGNOSIS = ("none", "in_assessment", "stress")

_RECORDS = (
    Question(
        "source",
        SOURCE,
        Label("Fandt HUSRUM via", "Found HUSRUM through"),
        Label("Hvordan fandt den unge HUSRUM?", "How they found HUSRUM"),
        column="kilde",
        help="How they found HUSRUM: municipal, headspace, relative, …",
        headings=(
            "henvist fra",
            "henvist via",
            "henvisning",
            "fandt husrum via",
            "fandt os via",
            "fundet os via",
            "hvor hørt om os",
            "hvor hørt om husrum",
            "hørt om os",
            "hørt om os via",
            "hvordan hørt om os",
            "hvor har du hørt om os",
            "kendskab",
            "kommer via",
            "kommer fra",
            "kontakt via",
            "via",
            "source",
        ),
        at_enquiry=True,
        distribution="referral",
        place=1,
        chart=Label("Hvordan årets deltagere fandt HUSRUM", "How the young people of the year found HUSRUM"),
        chart_heading=Label("Hvor de unge kommer fra", "Where the young people come from"),
        shares=(
            Share(
                "referral_municipal",
                "Via kommunal kontaktperson",
                "Through a municipal contact person",
                "Those who came through a municipal contact person.",
                ("municipal",),
                place=1,
            ),
        ),
    ),
    Question(
        "motive",
        MOTIVE,
        Label("Motivation", "Motive"),
        Label("Hvorfor kommer den unge?", "Why they come"),
        column="motivation",
        help="loneliness, lacking_network, social_difficulties, other; may be repeated",
        headings=("motiv", "årsag til henvendelse", "henvendelsesårsag"),
        several=True,
        confided=True,
        distribution="motive",
        place=7,
    ),
    Question(
        "wish",
        WISH,
        Label("Ønsker", "Wishes"),
        Label("Hvad ønsker den unge?", "What they wish for"),
        column="ønske",
        help="group, events, befriending; may be repeated",
        headings=("ønsker", "ønsker sig", "vil gerne", "interesseret i", "ønsket tilbud"),
        several=True,
        at_enquiry=True,
        distribution="wish",
        of_year=False,
        place=1,
    ),
    Question(
        "offered",
        WISH,
        Label("Tilbudt", "Offered"),
        Label("Hvad blev den unge tilbudt?", "What they were offered"),
        column="tilbudt",
        help="group, events, befriending; may be repeated",
        headings=("tilbud", "tilbudt forløb"),
        several=True,
        distribution="offered",
        of_year=False,
        place=2,
    ),
    Question(
        "gender",
        GENDER,
        Label("Køn", "Gender"),
        Label("Køn", "Gender"),
        column="køn",
        help="f, m, x, declined, not_asked",
        at_enquiry=True,
        distribution="gender",
        place=8,
    ),
    Question(
        "municipality",
        None,
        Label("Kommune", "Municipality"),
        Label("Hvor bor den unge? (Kommune)", "Municipality"),
        column="kommune",
        help="Where they live.",
        headings=("bopælskommune", "bopæl", "bor i", "bor", "hjemkommune"),
        at_enquiry=True,
        travels=True,
        distribution="municipality",
        place=9,
    ),
    Question(
        "occupation",
        OCCUPATION,
        Label("Beskæftigelse", "Occupation"),
        Label("Beskæftigelse", "Occupation"),
        column="beskæftigelse",
        help="student_higher, unemployed, sick_leave, flexjob, …",
        headings=(
            "uddannelse",
            "job",
            "arbejde",
            "laver til daglig",
            "forsørgelse",
        ),
        distribution="occupation",
        place=2,
        chart=Label("Hvad årets deltagere laver", "What the young people of the year do"),
        shares=(
            Share(
                "occupation_student",
                "Studerende på alle niveauer",
                "Students at any level",
                "Those who study, at any level.",
                tuple(code for code in OCCUPATION if code.startswith("student_")),
                place=5,
            ),
            Share(
                "occupation_unemployed_or_sick",
                "Ledige eller sygemeldte",
                "Unemployed or on sick leave",
                "Those who are unemployed or on sick leave.",
                ("unemployed", "sick_leave"),
                place=6,
            ),
        ),
    ),
    Question(
        "diagnosis",
        DIAGNOSIS,
        Label("Diagnoser", "Diagnoses"),
        Label("Diagnoser", "Diagnoses"),
        column="diagnose",
        help="none, depression, anxiety, autism, …; may be repeated",
        headings=("diagnoser",),
        several=True,
        health=True,
        distribution="diagnosis",
        place=3,
        shares=(
            Share(
                "diagnosis_any",
                "Mindst én diagnose",
                "At least one diagnosis",
                "Those who name at least one diagnosis; none, stress and being in assessment are answers, but no diagnosis.",
                tuple(code for code in DIAGNOSIS if code not in NO_DIAGNOSIS),
                place=3,
            ),
            *(
                Share(
                    f"diagnosis_{each.code}",
                    f"Diagnose: {each.danish}",
                    f"Diagnosis: {each.english}",
                    "Those who name this one among their diagnoses.",
                    (each.code,),
                    place=3,
                )
                for each in DIAGNOSIS.values()
            ),
        ),
    ),
    Question(
        "treatment",
        TREATMENT,
        Label("Behandling", "Treatment"),
        Label("Psykiatrisk behandling", "Psychiatric treatment"),
        column="behandling",
        help="never, past, current",
        headings=("psykiatrisk behandling", "i behandling"),
        health=True,
        distribution="treatment",
        place=6,
    ),
    Question(
        "suicidal_thoughts",
        SUICIDAL_THOUGHTS,
        Label("Selvmordstanker", "Suicidal thoughts"),
        Label("Selvmordstanker", "Suicidal thoughts"),
        column="selvmordstanker",
        help="never, past, current",
        health=True,
        alarming=("current",),
        distribution="suicidal_thoughts",
        place=5,
        shares=(
            Share(
                "suicidal_thoughts",
                "Har eller har haft selvmordstanker",
                "Have, or have had, suicidal thoughts",
                "Those who have, or have had, suicidal thoughts.",
                ("past", "current"),
                place=4,
            ),
        ),
    ),
    Question(
        "loneliness",
        LONELINESS,
        Label("Ensomhed", "Loneliness"),
        Label("Ensomhed", "Loneliness"),
        column="ensomhed",
        help="none, mild, moderate, severe",
        headings=("grad af ensomhed", "ensom"),
        health=True,
        distribution="loneliness",
        place=4,
        shares=(Share("loneliness_severe", "Svært ensomme", "Severely lonely", "Those who are severely lonely.", ("severe",), place=2),),
    ),
)
# In the order in which they are asked.
QUESTIONS: dict[str, Question] = {each.key: each for each in _RECORDS}
SEVERAL = frozenset(each.key for each in QUESTIONS.values() if each.several)
# Answers about health are deleted when the consent to store them is withdrawn.
HEALTH = frozenset(each.key for each in QUESTIONS.values() if each.health)
# Confidential columns: never repeated in a message, even if the value can't be read.
CONFIDED = HEALTH | {each.key for each in QUESTIONS.values() if each.confided} | {"reason", "about", "avoid"}


def answers_of(question: str) -> Codes:
    """Return the codes that a question may be answered with, the non-answers included; of a free text the non-answers only."""
    return {**(QUESTIONS[question].codes or {}), **NON_ANSWERS}
