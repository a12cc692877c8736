"""The same human in several rows and lists: recognised however their birth date, phone and name are written, never made two without a question."""

from __future__ import annotations

from pathlib import Path

import pytest
from imports import TODAY, stored
from running import Result, husrum, looked_into

YOUNG = "Navn;Fødselsdato;Mobil;Mail;Henvendelse\nAnne Sofie Bæk;2/5-2002;11 22 33 44;as.baek@example.dk;6/1-2025\n"


def imported(city: Path, *args: object, expect: int = 0, **files: str) -> Result:
    for name, text in files.items():
        Path(f"{name}.csv").write_text(text, encoding="utf-8")
    done = husrum("--db", city, "import", *args, *(f"{name}.csv" for name in files), env=TODAY)
    assert done.exit_code == expect, done.stdout + done.stderr
    return done


def people(city: Path) -> list[tuple[object, ...]]:
    connection = looked_into(city)
    try:
        return connection.execute("SELECT number, name, born, phone, email FROM people ORDER BY number").fetchall()
    finally:
        connection.close()


ANNE = (1, "Anne Sofie Bæk", "2002-05-02", "11 22 33 44", "as.baek@example.dk")


@pytest.mark.parametrize(
    ("heading", "value"),
    [("Årgang", "2002"), ("Telefon", "+4511223344"), ("Telefon", "0045 11223344"), ("Mail", "AS.Baek@example.dk"), ("Alder", "24 år")],
)
def test_another_spelling_of_a_birth_date_a_phone_or_an_email_is_no_contradiction(city: Path, heading: str, value: str) -> None:
    phone = "" if heading == "Telefon" else ";Telefon"
    number = "" if heading == "Telefon" else ";11223344"
    volunteers = f"Navn;Funktion;Fra{phone};{heading}\nAnne Sofie Bæk;peer;1/6-2026{number};{value}\n"
    imported(city, "--year", 2026, Unge=YOUNG, Frivillige=volunteers)
    assert people(city) == [ANNE]
    assert "nothing was added" in imported(city, "--year", 2026, Unge=YOUNG, Frivillige=volunteers).stderr


@pytest.mark.parametrize(("born", "age"), [("30/12-2001", 24), ("1/1-2001", 25), ("30/12-2001", 25)])
def test_an_age_is_that_of_a_birth_date_in_either_of_two_years(city: Path, born: str, age: int) -> None:
    volunteers = f"Navn;Funktion;Fra;Telefon;Alder\nAnne Sofie Bæk;peer;1/6-2026;11223344;{age}\n"
    imported(city, "--year", 2026, Unge=YOUNG.replace("2/5-2002", born), Frivillige=volunteers)
    assert len(people(city)) == 1


def test_next_years_list_with_ages_is_about_the_same_people(city: Path) -> None:
    listed = "Navn;Alder;Telefon;Henvendelse\nBo Ek;23;20304050;6/1-2026\nCe Ve;23;;7/1-2026\n"
    imported(city, "--year", 2026, Unge=listed)
    older = listed.replace("Bo Ek;23", "Bo Ek;24")
    done = husrum("--db", city, "import", "Unge.csv", "--year", 2025, env=TODAY)
    assert done.exit_code == 0, done.stderr
    imported(city, "--year", 2026, Unge=older)
    assert [each[:3] for each in people(city)] == [(1, "Bo Ek", "2003"), (2, "Ce Ve", "2003")]


def test_another_birth_year_or_phone_is_a_contradiction(city: Path) -> None:
    imported(city, Unge=YOUNG)
    done = imported(city, Unge=YOUNG.replace("2/5-2002", "2003"), expect=2)
    assert "Navn “Anne Sofie Bæk”: this may be 1 Anne Sofie Bæk: write who it is, or new" in done.stderr
    Path("m.csv").write_text("what,sheet,column,found,means\nname,,,Anne Sofie Bæk,1\n", encoding="utf-8")
    done = imported(city, "--mapping", "m.csv", Unge=YOUNG.replace("2/5-2002", "2003"), expect=2)
    assert "Fødselsdato “2003”: the file holds another value for this row" in done.stderr
    done = imported(city, Unge=YOUNG.replace("11 22 33 44", "11 22 33 45"), expect=2)
    assert "Mobil “(withheld)”" in done.stderr


TWICE = """#;Navn;Fødselsdato;Mobil;Henvendelse
1;Solveig Munkholm;14.05.2003;31 10 20 30;1/9-2025
2;Tarek Nasser;03.02.2001;;4/1-2026
3;Solveig Munkholm;14.05.2003;31102030;3/11-2026
"""


def mapping(*lines: str) -> str:
    Path("m.csv").write_text(
        "what,sheet,column,found,means\nheading,Unge,,#,ref\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8"
    )
    return "m.csv"


def test_a_numbered_row_with_somebodys_name_and_birth_date_is_asked_about(city: Path) -> None:
    done = imported(city, "--mapping", mapping(), Unge=TWICE, expect=2)
    assert "- Unge.csv, row 4, Navn “Solveig Munkholm”: this may be 1 Solveig Munkholm: write who it is, or new" in done.stderr
    assert "name,,,Solveig Munkholm," in Path("m.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("means", ["1", "1 Solveig Munkholm", "Solveig Munkholm"])
def test_the_mapping_says_that_it_is_one_more_enquiry_of_theirs(city: Path, means: str) -> None:
    imported(city, "--mapping", mapping(f"name,,,Solveig Munkholm,{means}"), Unge=TWICE)
    assert [each[:2] for each in people(city)] == [(1, "Solveig Munkholm"), (2, "Tarek Nasser")]
    shown = husrum("--db", city, "intake", "list", "--format", "csv", env=TODAY)
    assert shown.stdout.count("Solveig Munkholm") == 2


def test_the_mapping_says_that_they_are_two(city: Path) -> None:
    imported(city, "--mapping", mapping("name,,,Solveig Munkholm,new"), Unge=TWICE)
    assert [each[:2] for each in people(city)] == [(1, "Solveig Munkholm"), (2, "Tarek Nasser"), (3, "Solveig Munkholm")]


def test_somebody_new_is_what_the_row_says_of_them(city: Path) -> None:
    young = "Navn;Fødselsår;Henvendelse\nTarek Nasser;1999;6/1-2026\n"
    events = "Hvad;Dato;Deltagere;Frivillige\nSpil;3/3-2026;Tarek Nasser, Ida Lind;Bo Vest\n"
    rows = ("name,,,Ida Lind,new", "name,,,Bo Vest,new")
    imported(city, "--mapping", mapping(*rows), Unge=young, events=events)
    assert [each[:2] for each in people(city)] == [(1, "Tarek Nasser"), (2, "Ida Lind"), (3, "Bo Vest")]
    assert stored(city, "SELECT number FROM intakes JOIN people ON people.id = person_id ORDER BY 1") == [(1,), (2,)]
    assert stored(city, "SELECT number FROM volunteers JOIN people ON people.id = person_id") == [(3,)]
    assert stored(city, "SELECT number, part FROM attendance JOIN people ON people.id = person_id ORDER BY 1") == [
        (1, "participant"),
        (2, "participant"),
        (3, "volunteer"),
    ]
    assert "nothing was added" in imported(city, "--mapping", mapping(*rows), Unge=young, events=events).stderr


def test_a_new_leader_in_a_grid_is_a_volunteer(city: Path) -> None:
    Path("Spisning.csv").write_text("Navn;3/5-2026\nEva Dam;x\nBo Vest (frivillig);x\n", encoding="utf-8")
    Path("m.csv").write_text("what,sheet,column,found,means\nname,,,Eva Dam,new\nname,,,Bo Vest,new\n", encoding="utf-8")
    imported(city, "Spisning.csv", "--as", "sheet", "--events", "Spisning", "--mapping", "m.csv")
    assert stored(city, "SELECT number FROM intakes JOIN people ON people.id = person_id") == [(1,)]
    assert stored(city, "SELECT number FROM volunteers JOIN people ON people.id = person_id") == [(2,)]


def test_a_mapped_name_that_two_people_have_is_said_to_be_that_of_two(city: Path) -> None:
    young = "Navn;Fødselsår;Henvendelse\nAnna Holm;1999;6/1-2026\nAnna Holm;2003;7/1-2026\n"
    done = imported(
        city,
        "--mapping",
        mapping("name,,,Solle,Anna Holm"),
        Unge=young,
        events="Hvad;Dato;Hvem\nSpil;3/3-2026;Solle\n",
        expect=2,
    )
    assert "Hvem “Solle”: the mapping says “Anna Holm”, and several have this name: 1 (1999), 2 (2003)" in done.stderr


def test_a_remark_tells_two_of_a_name_apart(city: Path) -> None:
    imported(city, Unge="Navn;Tlf.;Født\nEva Dam;20202020;2003\nEva Dam (den lille);30303030;2005\n")
    Path("Spisning.csv").write_text("Navn;3/5-2026;10/5-2026\nEva Dam;x;\nEva Dam (den lille);;x\n", encoding="utf-8")
    args = ("Spisning.csv", "--as", "sheet", "--events", "Spisning")
    asked = imported(city, *args, expect=2).stderr
    assert "“Eva Dam”: several have this name" in asked and "1 thing" in asked
    Path("m.csv").write_text("what,sheet,column,found,means\nname,Spisning,,Eva Dam,1\n", encoding="utf-8")
    imported(city, *args, "--mapping", "m.csv")
    assert stored(city, "SELECT number FROM attendance JOIN people ON people.id = person_id ORDER BY session_id") == [(1,), (2,)]


def test_a_number_in_the_mapping_means_the_same_in_every_sheet_of_the_import(city: Path) -> None:
    for name in ("Spisning", "Film"):
        Path(f"{name}.csv").write_text("Navn;3/5-2026;10/5-2026\nEmil M;x;x\n", encoding="utf-8")
    lines = ("what,sheet,column,found,means", "sheet,Spisning,,,events:Spisning", "sheet,Film,,,events:Film", "name,,,Emil M,2 Emil Moe")
    Path("m.csv").write_text("\n".join(lines), encoding="utf-8")
    imported(city, "Spisning.csv", "Film.csv", "--mapping", "m.csv", Unge="Navn;Født\nAnna Holm;2001\nEmil Moe;2002\n")
    assert stored(city, "SELECT number, count(*) FROM attendance JOIN people ON people.id = person_id") == [(2, 4)]


REACHED = "name;enquired;{column}\nAnna Holm;2024-01-05;{first}\nAnna Holm;2024-02-05;{second}\n"


@pytest.mark.parametrize(("column", "first", "second"), [("phone", "11111111", "22222222"), ("email", "anna@example.dk", "ah@example.dk")])
@pytest.mark.parametrize("heading", ["own", "danish"])
def test_two_of_one_name_reached_elsewhere_in_one_list_are_asked_about(
    city: Path, heading: str, column: str, first: str, second: str
) -> None:
    text = REACHED.format(column=column, first=first, second=second)
    if heading == "danish":
        text = text.replace("name;enquired", "Navn;Henvendelse").replace(column, {"phone": "Tlf.", "email": "Mail"}[column])
    done = imported(city, intakes=text, expect=2)
    assert "this may be Anna Holm: write who it is, or new" in done.stderr and "person edit" not in done.stderr
    answered = Path("intakes.mapping.csv")
    written = answered.read_text(encoding="utf-8-sig")
    answered.write_text(written.replace("Anna Holm,", "Anna Holm,new"), encoding="utf-8")
    imported(city, "--mapping", answered, intakes=text)
    assert [each[:2] for each in people(city)] == [(1, "Anna Holm"), (2, "Anna Holm")]
    assert "nothing was added" in imported(city, "--mapping", answered, intakes=text).stderr


def test_one_who_is_in_the_file_with_another_phone_is_asked_about(city: Path) -> None:
    imported(city, intakes="name;enquired;phone\nAnna Holm;2024-01-05;11111111\n")
    done = imported(city, intakes="name;enquired;phone\nAnna Holm;2024-02-05;22222222\n", expect=2)
    assert "this may be 1 Anna Holm: write who it is, or new" in done.stderr


def test_a_contradiction_between_two_rows_is_not_blamed_on_the_file(city: Path) -> None:
    rows = "name;born;enquired;phone\nAnna Holm;2001-02-03;2024-01-05;11111111\nAnna Holm;2001-02-03;2024-02-05;22222222\n"
    done = imported(city, intakes=rows, expect=2)
    assert "row 3, phone “(withheld)”: another row gives Anna Holm another one" in done.stderr and "in the file" not in done.stderr
    done = imported(city, intakes=rows.replace("2024-02-05", "2024-01-05"), expect=2)
    assert "row 3, phone “(withheld)”: row 2 of intakes.csv is about the same, and has another value" in done.stderr
    listed = "name;joined;role\nAnna Holm;2024-01-05;leader\nAnna Holm;2024-01-05;peer\n"
    done = imported(city, volunteers=listed, expect=2)
    assert "row 3, role “peer”: row 2 of volunteers.csv is about the same" in done.stderr
