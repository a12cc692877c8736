"""Lists as associations keep them: the usual words for who a row is about, papers in columns of their own, and crosses by year."""

from __future__ import annotations

from pathlib import Path

import pytest
from imports import imported, stored

YOUNG = ("Unge.csv", "Navn;Tlf.;Henvendelse", "Ella Brink;20202020;3/1-2026", "Jens Munk;30303030;4/1-2026")
HELPERS = ("Frivillige.csv", "Navn;Rolle;Start", "Karen Bang;leder;1/2-2024", "Poul Ravn;hjerteven;1/3-2024")
PAPERS = "SELECT name, kind, date FROM attests a JOIN people p ON p.id = a.person_id ORDER BY number, kind"


@pytest.fixture(autouse=True)
def people(city: Path) -> None:
    """Two young people and two volunteers."""
    imported(city, file(*YOUNG), file(*HELPERS))


def file(name: str, *rows: str) -> str:
    Path(name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return name


def twice(city: Path, *args: str) -> None:
    """Import, and see that the same again adds nothing."""
    imported(city, *args)
    assert "nothing was added" in imported(city, *args).stderr


@pytest.mark.parametrize(("who", "since"), [("Navn", "På venteliste siden"), ("Den unge", "Skrevet op"), ("Hvem", "Dato")])
def test_a_waiting_list_by_name(city: Path, who: str, since: str) -> None:
    twice(city, file("Venteliste.csv", f"{who};{since};Interesser", "Ella Brink;1. marts 2026;film, heste", "Jens Munk;?;"))
    assert stored(city, "SELECT starts FROM waits ORDER BY id") == [("2026-03-01",), (None,)]


def test_names_in_two_columns_say_who_waits(city: Path) -> None:
    twice(city, file("Venteliste.csv", "Efternavn;Fornavn;Siden", "Brink;Ella;1/3-2026"))
    assert stored(city, "SELECT name FROM waits JOIN people ON people.id = person_id") == [("Ella Brink",)]


def test_a_list_of_offers_by_name(city: Path) -> None:
    twice(city, file("offers.csv", "Navn;Fra", "Poul Ravn;1/3-2026"))
    assert stored(city, "SELECT name FROM offers JOIN people ON people.id = person_id") == [("Poul Ravn",)]


def test_a_row_about_nobody_is_left_out_if_the_mapping_says_so(city: Path) -> None:
    mapping = file("m.csv", "what,sheet,column,found,means", "name,,,(mangler),ignore")
    matches = file("Hjertevenskaber.csv", "Ung;Hjerteven;Start;Hvorfor", "Ella Brink;Poul Ravn;1/4-2026;", "Jens Munk;(mangler);;")
    twice(city, matches, "--mapping", mapping)
    assert stored(city, "SELECT count(*) FROM matches") == [(1,)]


def test_papers_of_volunteers_in_columns_of_their_own(city: Path) -> None:
    rows = ("Karen Bang;ok 12/9-23;5/9-2023;ja, 23/9 2023", "Poul Ravn;mangler;x;ja", "Åse Ørum;nej;;?", "Gitte Holst;søges;-;")
    papers = file("Frivillige.csv", "Navn;Børneattest;Tavshedserkl.;Introkursus", *rows)
    assert "Gitte Holst" not in (done := imported(city, papers, expect=2)).stderr and "“søges”" in done.stderr
    twice(city, papers, "--mapping", file("m.csv", "what,sheet,column,found,means", "value,,Børneattest,søges,?"))
    assert stored(city, PAPERS) == [
        ("Karen Bang", "confidentiality", "2023-09-05"),
        ("Karen Bang", "criminal_record", "2023-09-12"),
        ("Karen Bang", "intro_course", "2023-09-23"),
        ("Poul Ravn", "confidentiality", None),
        ("Poul Ravn", "intro_course", None),
    ]


def test_crosses_by_year_count_nobody_and_are_told(city: Path) -> None:
    done = imported(city, file("Medlemmer.csv", "Navn;Forsamtale;2024;2025", "Ida Juhl;3/1-2026;x;X", "Noah Krogh;;;x"))
    assert "left out, since a cross for a year says nothing that is counted: 2024, 2025" in done.stderr
    assert stored(city, "SELECT count(*) FROM intakes") == [(4,)]


def test_one_of_several_values_is_asked_about_by_itself(city: Path) -> None:
    people = file(
        "Unge.csv", "Navn;Tlf.;Ønsker", "Ida Juhl;1;gruppe; sociale arr.", "Noah Krogh;2;hjerteven + brunch", "Line Sø;3;brunch, gruppe"
    )
    people = file(
        "Unge.csv",
        "Navn\tTlf.\tØnsker",
        "Ida Juhl\t1\tgruppe; sociale arr.",
        "Noah Krogh\t2\thjerteven + brunch",
        "Li Sø\t3\tbrunch, gruppe",
    )
    done = imported(city, people, expect=2)
    assert "“brunch”" in done.stderr and "hjerteven + brunch" not in done.stderr and "1 thing" in done.stderr
    imported(city, people, "--mapping", file("m.csv", "what,sheet,column,found,means", "value,,Ønsker,brunch,events"))
    wishes = "SELECT name, group_concat(answer, '|') FROM answers a JOIN intakes i ON i.id = intake_id JOIN people p ON p.id = person_id GROUP BY 1 ORDER BY 1"
    assert [(name, set(answers.split("|"))) for name, answers in stored(city, wishes)] == [
        ("Ida Juhl", {"group", "events"}),
        ("Li Sø", {"events", "group"}),
        ("Noah Krogh", {"befriending", "events"}),
    ]


def test_ages_and_years_in_one_column(city: Path) -> None:
    rows = ("Ida Juhl;19;vil ikke sige", "Noah Krogh;2002;angst", "Li Sø;ca. 22;nej", "Bo Ek;14.05.01;?")
    imported(city, file("Unge.csv", "Navn;Alder/årgang;Diagnoser", *rows), "--year", "2026")
    born = [born for (born,) in stored(city, "SELECT born FROM people ORDER BY number")][4:]
    assert born == ["2007", "2002", "2004", "2001-05-14"]


def test_every_csv_of_a_folder_leaves_the_mapping_out(city: Path) -> None:
    people = file("Unge.csv", "Navn;Tlf.;Ønsker", "Ida Juhl;1;brunch")
    imported(city, people, expect=2)
    mapping = Path("Unge.mapping.csv")
    mapping.write_text(mapping.read_text(encoding="utf-8").rstrip() + "events\n", encoding="utf-8")
    assert "1 row" in imported(city, people, mapping).stderr
    assert "nothing was added" in imported(city, mapping, people, "--mapping", mapping).stderr


def test_a_column_with_crosses_for_each_value(city: Path) -> None:
    rows = ("Ida Juhl;1;x;;Ja", "Noah Krogh;2;nej;x;", "Li Sø;3;?;;")
    done = imported(city, file("Unge.csv", "Navn;Tlf.;Gruppe;Sociale arrangementer;Hjerteven", *rows))
    assert "“Gruppe” (wish), “Sociale arrangementer” (wish), “Hjerteven” (wish)" in " ".join(done.stderr.split())
    answers = "SELECT name, answer FROM answers a JOIN intakes i ON i.id = intake_id JOIN people p ON p.id = person_id ORDER BY 1, 2"
    assert stored(city, answers) == [("Ida Juhl", "befriending"), ("Ida Juhl", "group"), ("Noah Krogh", "events")]
    twice(city, file("Frivillige.csv", "Navn;Tlf.;Gruppeleder;Arrangør;Start", "Åse Ørum;4;x;X;1/2-2026", "Gitte Holst;5;;x;1/3-2026"))
    roles = "SELECT name, role FROM roles JOIN people ON people.id = person_id WHERE number > 7 ORDER BY number, role"
    assert stored(city, roles) == [("Åse Ørum", "leader"), ("Åse Ørum", "organiser"), ("Gitte Holst", "organiser")]
