"""Two cities whose people are partly the same, with some of everything that figures count, as rows of text; and the nation that is merged of them.

Each kind of row has one that is dated, one that is not where that is possible, one before the year and one after it, or one that is somebody's second.
"""

from __future__ import annotations

from pathlib import Path

from cases_by_hand import rows
from recount_checks import city_file, run
from recount_reading import City

AARHUS: City = {
    "intakes": rows(
        "ref name born enquired held gender municipality",
        "1 / Anna Holm / 2001-02-03 / 2023-11-01 / 2023-12-01 / f / Aarhus",
        "1 / Anna Holm / / 2024-05-01 / 2024-06-01 / / ",
        "2 / Bo Krog / 2002-03-04 / 2024-01-05 / 2024-01-20 / m / Skanderborg",
        # Nobody wrote down when she enquired: interviewed for the first time, but not new.
        "3 / Cilla Dam / 2003-04-05 / unknown / 2024-03-01 / / ",
        "4 / Dan Eg / / 2024-02-02 / / / ",
        "5 / Eva Friis / 2000-05-06 / 2024-02-02 / 2024-12-31 / / ",
        "6 / Finn Gade / 1999-06-07 / 2023-12-31 / 2024-01-01 / / ",
        "7 / Gry Hald / / 2025-01-01 / 2025-01-02 / / ",
    ),
    "volunteers": rows(
        "ref name born joined left role",
        "11 / Karen Bang / 1980-05-05 / 2020-01-01 / / leader",
        "12 / Lise Lund / 1950-12-31 / 2024-02-01 / / befriender",
        "13 / Mads Nør / / / / befriender",
        "14 / Niels Op / 1951-01-01 / 2023-01-01 / 2024-06-30 / organiser",
        "15 / Ole Pil / 2004-01-01 / 2025-01-01 / / peer",
        "16 / Per Quist / 1990-01-01 / 2022-01-01 / 2023-12-31 / leader",
    ),
    "roles": rows("volunteer role from to", "12 / leader / 2024-09-01 / ", "11 / online / 2023-01-01 / 2024-03-01"),
    "attests": rows("volunteer kind date", "11 / intro_course / 2020-02-02", "13 / intro_course / "),
    "groups": rows(
        "ref title kind start closed leader",
        "G1 / Mandag / talk / 2024-01-08 / 2024-03-25 / 11",
        "G2 / Netværk / network / 2023-10-02 / / 12",
        "G3 / Efterår / talk / 2023-09-04 / 2023-12-04 / 11",
    ),
    "leaders": rows("group person from to", "G1 / 14 / / 2024-02-01", "G1 / 14 / 2024-03-01 / "),
    "enrolments": rows(
        "group person date until",
        "G1 / 1 / 2024-01-08 / ",
        "G1 / 2 / / ",
        "G1 / 3 / 2024-01-08 / 2024-01-10",
        "G2 / 1 / 2023-10-02 / ",
        "G3 / 1 / 2023-09-04 / ",
    ),
    "meetings": rows(
        "group date present unnamed",
        "G1 / 2024-01-08 / 1-2 / 1",
        "G1 / 2024-01-15 / 1-2 / ",
        "G1 / 2024-03-25 / 1,3 / ",
        "G2 / 2024-02-05 / 1 / 2",
        "G2 / 2023-12-04 / 1 / ",
        "G3 / 2023-11-06 / 1 / ",
    ),
    "events": rows(
        "ref title date until kind present volunteers unnamed organiser joint hours",
        "E1 / Bowling / 2024-02-10 / / social / 2-4 / 12 / 5 / 3 / / 2",
        "E2 / Sommertur / 2024-07-01 / 2024-07-02 / social / 1-2 / 11 / 3 / 11 / sommertur-2024 / 4.5",
        "E3 / Discord / 2024-04-01 / / online / 2 / / / / / ",
        "E4 / Ungdomsmøde / 2024-09-09 / / youth_meeting / 3 / / 1 / / / ",
        "E5 / Introkursus / 2024-02-20 / / intro_course / 12 / 14 / / / / 3",
        "E6 / Sparring / 2024-03-20 / / supervision / 12-13 / / / / / ",
        "E7 / Frivilligmøde / 2024-03-21 / / volunteer_meeting / / 11-12 / / / / ",
        "E8 / Førstehjælp / 2024-03-22 / / training / / 11 / / / / ",
        "E9 / Fest / 2023-12-31 / / social / 5 / / / / / ",
        "E10 / Tomt / 2024-10-10 / / social / / / / / / ",
    ),
    "waiting": rows(
        "person since until", "1 / 2023-12-10 / ", "2 / 2024-01-22 / ", "3 / / ", "4 / 2024-05-01 / 2024-12-31", "5 / 2024-12-31 / ", "6 / 2025-01-01 / "
    ),
    "offers": rows("volunteer capacity from until", "11 / 2 / / ", "12 / 3 / 2024-03-01 / ", "13 / 1 / / ", "14 / 1 / / 2024-07-01"),
    "matches": rows(
        "person volunteer date ended",
        "1 / 12 / 2024-02-01 / 2024-08-01",
        "2 / 12 / 2024-03-01 / ",
        "3 / 13 / / 2024-05-01",
        "1 / 13 / 2024-09-01 / ",
        "4 / 14 / 2023-02-01 / 2023-12-31",
        "6 / 12 / 2025-02-01 / ",
    ),
    "pair_meetings": rows("person date hours volunteer", "1 / 2024-02-11 / 2 / 12", "2 / 2024-03-11 / / ", "1 / 2024-09-11 / 1.5 / 13", "2 / / 1 / "),
    "hours": rows("volunteer hours date what", "11 / 3 / 2024-01-03 / Telefonvagt", "12 / 2.5 / 2024-01-02 / ", "11 / 4 / 2023-01-03 / Før"),
    "applications": rows(
        "name person date for declined",
        "Rie Sand / / 2024-01-31 / leader / 2024-02-28",
        " / 15 / 2024-12-01 / peer / ",
        "Sif Toft / / 2025-01-01 / leader / ",
    ),
    "onward": rows("person to date", "2 / Koret / 2024-08-01", "2 / Klubben / 2024-07-01", "1 / Skolen / 2023-07-01", "3 / Skolen / 2024-12-31"),
    "suggestions": rows("text date outcome resolved", "Klatring / 2024-05-05 / adopted / 2024-06-06", "Kor / 2024-05-04 / / ", "Skak / 2023-05-04 / / "),
    "goals": rows("person text date outcome marked", "1 / Ring op / 2024-02-02 / reached / 2024-03-03", "2 / Tag bussen / 2024-02-01 / not / 2024-04-04"),
    "measures": rows(
        "person date instrument items",
        "1 / 2023-12-05 / tils / 3,3,3",
        "1 / 2024-06-05 / tils / 2,2,2",
        "1 / 2024-11-05 / tils / 1,1,1",
        "2 / 2024-01-22 / tils / 3,3,3",
        "2 / 2024-07-22 / tils / 2,3,3",
        "2 / 2024-01-22 / who5 / 1,1,1,1,1",
        "2 / 2024-07-22 / who5 / 2,2,2,2,2",
    ),
    "partners": rows("name kind from to", "Klubben / forening / / ", "Kirken / kirke / 2024-05-01 / ", "Huset / venue / 2024-01-01 / ", "Soras / kommune / / 2023-12-31"),
    "grants": rows("funder per_year from to offer", "Kommunen / 366000 / 2024-01-01 / / talk_group|social_event", "Fonden / 36600 / 2024-12-01 / 2025-11-30 / "),
}  # fmt: skip
VIBORG: City = {
    "intakes": rows(
        "ref name born enquired held",
        # The first is Anna of Aarhus, the second Bo; the third is nobody else.
        "1 / Anna Holm / 2001-02-03 / 2024-02-01 / 2024-02-08",
        "2 / Bo Krog / 2002-03-04 / 2022-02-01 / 2022-02-08",
        "3 / Tove Uhre / 2004-01-01 / 2024-03-01 / 2024-03-08",
        # New once, on the first day, though she asked and was interviewed again in the same year.
        "3 / Tove Uhre / / 2024-10-01 / 2024-11-05",
    ),
    "volunteers": rows("ref name born joined role", "4 / Karen Bang / 1980-05-05 / 2021-01-01 / befriender", "5 / Uffe Vang / 1960-01-01 / 2024-05-01 / organiser"),
    "attests": rows("volunteer kind date", "5 / intro_course / 2024-12-31"),
    "events": rows(
        "ref title date until kind present unnamed joint",
        "E1 / Sommertur / 2024-07-01 / 2024-07-02 / social / 1,3 / 2 / sommertur-2024",
        "E2 / Sommertur / 2023-07-01 / / social / 2 / / sommertur-2024",
        "E3 / Skak / 2024-01-10 / / social / 3 / / ",
    ),
    "waiting": rows("person since until", "1 / 2024-12-01 / ", "3 / 2024-04-01 / "),
    "offers": rows("volunteer capacity from until", "4 / 2 / 2024-01-01 / "),
    "matches": rows("person volunteer date ended", "3 / 4 / 2024-06-01 / "),
    "onward": rows("person to date", "1 / Koret / 2024-09-01"),
    "partners": rows("name kind from to", "Klubben / forening / 2024-02-01 / "),
}  # fmt: skip


def nation(folder: Path) -> Path:
    """The file of the nation, in which three people are known to be in both cities."""
    cities = [city_file(city, folder, name) for name, city in (("Aarhus", AARHUS), ("Viborg", VIBORG))]
    path = folder / "nation.db"
    run("merge", path, *cities)
    for here, there in ((1, 1), (2, 2), (11, 4)):
        run("link", "same", f"Aarhus:{here}", f"Viborg:{there}", "--db", path)
    return path
