"""Lists that hold numbers of people instead of names, and rows that only add up others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from imports import TODAY, imported, stored
from openpyxl import Workbook
from running import husrum

ENROLLED = "SELECT title, unnamed, (SELECT count(*) FROM attendance WHERE session_id = s.id) FROM sessions s JOIN activities a ON a.id = s.activity_id ORDER BY s.id"


@pytest.fixture(autouse=True)
def people(city: Path) -> None:
    """A dozen young people, so that every small number is somebody's."""
    rows = [f"Ung {letter}dam" for letter in "ABCDEFGHIJKL"]
    Path("intakes.csv").write_text("\n".join(["name", *rows]), encoding="utf-8")
    imported(city, "intakes.csv")


def events(*rows: str) -> str:
    Path("Arrangementer.csv").write_text("\n".join(rows), encoding="utf-8")
    return "Arrangementer.csv"


def left_out(city: Path, file: str) -> dict[int, str]:
    found: dict[str, Any] = json.loads(imported(city, file, "--dry-run", "--format", "json").stdout)
    return {each["row"]: each["why"] for each in found["left_out"]}


def test_participants_who_are_only_numbers_are_counted_without_names(city: Path) -> None:
    done = imported(city, events("Dato;Aktivitet;Deltagere", "18-01-2026;Brætspil;11", "22-02-2026;Bowling;9", "12-04-2026;Frokost;3"))
    assert stored(city, ENROLLED) == [("Brætspil", 11, 0), ("Bowling", 9, 0), ("Frokost", 3, 0)]
    assert "“Deltagere” was counted as participants without a name" in " ".join(done.stderr.split())


@pytest.mark.parametrize("heading", ["Antal unge", "Antal deltagere", "Antal", "Fremmødte", "Deltagerantal", "I alt"])
def test_a_number_of_people_counts_where_nobody_is_named(city: Path, heading: str) -> None:
    file = events(f"Dato;Hvad;Antal frivillige;{heading}", "18-01-2026;Brætspil;2;11", "22-02-2026;Bowling;3;9")
    done = imported(city, file)
    assert stored(city, ENROLLED) == [("Brætspil", 11, 0), ("Bowling", 9, 0)]
    assert "“Antal frivillige” adds up others, and was left out" in " ".join(done.stderr.split())


def test_a_number_next_to_names_is_not_counted_again(city: Path) -> None:
    imported(city, events("Dato;Hvad;Hvem;Antal unge", "18-01-2026;Brætspil;Ung Adam, Ung Bdam;2"))
    assert stored(city, ENROLLED) == [("Brætspil", 0, 2)]


def test_a_number_of_people_counts_next_to_an_empty_column_of_names(city: Path) -> None:
    imported(city, events("Dato;Hvad;Hvem kom;Antal", "3-05-2026;Kaffe;;6", "10-05-2026;Te;;4"))
    assert stored(city, ENROLLED) == [("Kaffe", 6, 0), ("Te", 4, 0)]


def test_a_number_of_more_people_than_are_named_is_asked_about(city: Path) -> None:
    rows = ("3-06-2026;Middag;12;Ung Adam, Ung Bdam", "10-06-2026;Brætspil;8;", "17-06-2026;Bowling;ca. 10;")
    file = events("Dato;Hvad;Antal unge;Hvem kom", *rows)
    said = imported(city, file, expect=2).stderr
    assert "“Antal unge”" in said and "total" in said and "“ca. 10”" in said and stored(city, ENROLLED) == []
    Path("m.csv").write_text("what,sheet,column,found,means\nheading,,,Antal unge,total\nvalue,,Antal unge,ca. 10,10\n", encoding="utf-8")
    imported(city, file, "--mapping", "m.csv")
    assert stored(city, ENROLLED) == [("Middag", 10, 2), ("Brætspil", 8, 0), ("Bowling", 10, 0)]


@pytest.mark.parametrize("who", ["3 andre", "Ung Adam + 3 andre", "2 gæster", "3 Ung Adam"])
def test_a_number_with_the_words_of_somebody_else_is_nobody(city: Path, who: str) -> None:
    assert f"“{who.split(' + ')[-1]}”" in imported(city, events("Dato;Hvad;Hvem kom", f"18-01-2026;Kaffe;{who}"), expect=2).stderr
    imported(city, events("Dato;Hvad;Hvem kom", "18-01-2026;Kaffe;3 Ung Cdam, 4 Ung, 5 ung edam"))
    assert stored(city, ENROLLED) == [("Kaffe", 0, 3)]


@pytest.mark.parametrize("rows", [("Frivillige", "2", "1"), ("Antal;Frivillige", "14;2", "9;1"), ("Antal;Afbud", "14;2", "9;3")])
def test_a_number_of_volunteers_or_excused_is_nobody(city: Path, rows: tuple[str, ...]) -> None:
    heading, first, second = rows
    file = events(f"Dato;Hvad;{heading}", f"18-01-2026;Spil;{first}", f"25-01-2026;Film;{second}")
    said, asked = imported(city, "--language", "da", file, expect=2).stderr, heading.split(";")[-1]
    assert f"“{asked}”" in said and "numre eller et antal" in " ".join(said.split()) and stored(city, ENROLLED) == []
    Path("m.csv").write_text(f"what,sheet,column,found,means\nheading,,,{asked},ignore\n", encoding="utf-8")
    imported(city, file, "--mapping", "m.csv")
    assert [named for _title, _unnamed, named in stored(city, ENROLLED)] == [0, 0]


def test_numbers_of_volunteers_are_people_where_the_mapping_says_so(city: Path) -> None:
    file = events("Dato;Hvad;Antal;Frivillige", "18-01-2026;Spil;14;2", "25-01-2026;Film;9;1")
    Path("m.csv").write_text("what,sheet,column,found,means\nheading,,,Frivillige,frivillige\n", encoding="utf-8")
    imported(city, file, "--mapping", "m.csv")
    assert stored(city, ENROLLED) == [("Spil", 14, 1), ("Film", 9, 1)]


def test_the_numbers_of_volunteers_name_them(city: Path) -> None:
    Path("Frivillige.csv").write_text("Navn;Rolle\nKaren Bang;leder\nPoul Ravn;peer\n", encoding="utf-8")
    imported(city, "Frivillige.csv")
    imported(city, events("Dato;Hvad;Frivillige", "18-01-2026;Spil;13", "25-01-2026;Film;14"))
    assert stored(city, ENROLLED) == [("Spil", 0, 1), ("Film", 0, 1)]
    imported(city, events("Dato;Hvad;Frivillige;Antal", "18-02-2026;Tur;13;4", "25-02-2026;Zoo;14;5"), expect=2)


def test_part_of_the_people_is_not_counted_again(city: Path) -> None:
    done = imported(city, events("Dato;Hvad;Deltagere;heraf nye", "18-01-2026;Brætspil;11;3", "22-02-2026;Bowling;9;2"))
    assert stored(city, ENROLLED) == [("Brætspil", 11, 0), ("Bowling", 9, 0)]
    assert "“heraf nye” adds up others, and was left out" in " ".join(done.stderr.split())


def test_a_few_people_of_whom_some_are_named_by_number(city: Path) -> None:
    imported(city, events("title,date,present", "Brætspil,2026-01-18,1", "Bowling,2026-02-22,2"))
    assert stored(city, ENROLLED) == [("Brætspil", 0, 1), ("Bowling", 0, 1)]
    imported(city, events("Dato;Hvad;Hvem", "18-03-2026;Film;1, 2 og 3", "22-04-2026;Zoo;4"))
    assert stored(city, ENROLLED)[2:] == [("Film", 0, 3), ("Zoo", 0, 1)]


def test_a_sum_without_a_label_is_left_out(city: Path) -> None:
    file = events("Dato;Hvad;Sted;Deltagere;Uden navn", "18-01-2026;Brætspil;Huset;;11", "22-02-2026;Bowling;Hallen;;9", ";;;;20", ";;;;")
    assert left_out(city, file)[4] == "total"


@pytest.mark.parametrize("label", ["6 frivillige", "3 personer i alt", "I alt: 3", "3 stk.", "Antal frivillige: 3"])
def test_a_number_of_rows_is_nobody(city: Path, label: str) -> None:
    Path("Frivillige.csv").write_text(f"Navn;Rolle\nKaren Bang;leder\nPoul Ravn;peer\n{label};\n", encoding="utf-8")
    assert left_out(city, "Frivillige.csv") == {1: "heading", 4: "total"}


def test_rows_that_only_have_their_number_are_blank(city: Path) -> None:
    Path("Unge.csv").write_text("Nr.;Navn;Tlf.\n21;Karen Bang;\n22;Poul Ravn;\n23;;\n24;;\n", encoding="utf-8")
    Path("m.csv").write_text("what,sheet,column,found,means\nheading,,,Nr.,ref\n", encoding="utf-8")
    imported(city, "Unge.csv", "--mapping", "m.csv")
    assert husrum("--db", city, "person", "list", "--format", "json", env=TODAY).stdout.count('"person": ') == 14


@pytest.mark.parametrize("label", ["Gæster", "Nye gæster", "Ung Bdam"])
@pytest.mark.parametrize("formula", ["=SUM(1,2)", "=2+3", "=SUM(B2:B3)", "=SUM(Februar!B2:B9)"])
def test_a_formula_without_its_value_in_a_row_of_somebody_or_of_guests_is_a_bad_cell(city: Path, label: str, formula: str) -> None:
    grid([["Navn", "2026-01-18"], ["Ung Adam", "x"], ["Ung Cdam", None], [label, formula]])
    refused = json.loads(
        husrum("--db", city, "import", "grid.xlsx", "--as", "sheet", "--events", "Spil", "--format", "json", env=TODAY).stdout
    )
    assert [(each["row"], each["value"]) for each in refused["bad"]] == [(4, formula)] and "total" not in str(refused)


def test_a_row_of_sums_of_others_is_left_out(city: Path) -> None:
    grid(
        [
            ["Navn", "2026-01-18", "2026-01-25"],
            ["Ung Adam", "x", "x"],
            ["Gæster", 2, None],
            ["Fremmøde", "=COUNTA(B2:B3)", "=SUBTOTAL(109,[b])"],
        ]
    )
    done = json.loads(imported(city, "grid.xlsx", "--as", "sheet", "--events", "Spil", "--format", "json").stdout)
    assert [(each["row"], each["why"]) for each in done["left_out"] if each["row"] > 1] == [(4, "total")]
    assert stored(city, ENROLLED) == [("Spil", 2, 1), ("Spil", 0, 1)]


def grid(rows: list[list[str | int | None]]) -> None:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save("grid.xlsx")


def test_what_its_text_says_was_cancelled_is_told(city: Path) -> None:
    rows = ("3-05-2026;Aflyst: Bowling;;", "4-05-2026;Bowling - AFLYST;;", "5-05-2026;Tur;aflyst pga. sne;", "6-05-2026;Aflyst kage;;5")
    said = imported(city, events("Dato;Hvad;Bemærkning;Antal", *rows)).stderr
    assert said.count("though its text says it was cancelled") == 3 and "Tur, 2026-05-05" in said and "kage" not in said
    rows = ("Dato;Hvad;Aflyst", "7-05-2026;Aflyst: Dans;ja", "8-05-2026;Aflysning af gæld;nej")
    assert "its text" not in imported(city, events(*rows)).stderr


@pytest.mark.parametrize("label", ["Nye", "nye", "Nye unge", "Heraf nye"])
def test_new_ones_in_a_grid_may_be_among_those_who_are_named(city: Path, label: str) -> None:
    """They are asked about; as they are among those named if nobody else says so, they aren't counted silently."""
    grid([["Navn", "2026-01-18", "2026-01-25"], ["Ung Adam", "x", "x"], [label, 1, 2]])
    done = imported(city, "grid.xlsx", "--as", "sheet", "--events", "Spil", expect=2, env={**TODAY, "HUSRUM_LANGUAGE": "da"})
    assert f"“{label}”: er de blandt dem, der er nævnt, eller kom de oveni? ignorer: blandt dem; uden navn: oveni" in " ".join(
        done.stderr.split()
    ), done.stderr
    mapping = Path("grid.mapping.csv").read_text(encoding="utf-8-sig")
    for answer, unnamed in (("ignorer", 0), ("uden navn", 2)):
        Path("m.csv").write_text(mapping.replace(f"{label},", f"{label},{answer}"), encoding="utf-8")
        imported(city, "grid.xlsx", "--as", "sheet", "--events", f"Spil {answer}", "--mapping", "m.csv")
        assert stored(city, ENROLLED)[-1] == (f"Spil {answer}", unnamed, 1)


@pytest.mark.parametrize(
    ("headings", "unnamed"),
    [
        ("Antal tilmeldte;Antal fremmødte", 7),
        ("Antal pladser;Antal deltagere", 7),
        ("Antal deltagere;Antal unge", 7),
        ("Antal frivillige;Antal i alt;Antal fremmødte", 7),
        ("Uge;Deltagere", 7),
    ],
)
def test_of_several_numbers_the_one_of_those_who_came_is_counted(city: Path, headings: str, unnamed: int) -> None:
    numbers = ";".join(["20"] * headings.count(";") + [str(unnamed)])
    file = events(f"Dato;Titel;{headings}", f"18-01-2026;Brætspil;{numbers}")
    ignored = "".join(f"heading,,,{heading},ignore\n" for heading in ("Antal tilmeldte", "Antal pladser", "Uge"))
    Path("m.csv").write_text(f"what,sheet,column,found,means\n{ignored}", encoding="utf-8")
    imported(city, file, "--mapping", "m.csv")
    assert stored(city, ENROLLED) == [("Brætspil", unnamed, 0)]


@pytest.mark.parametrize("heading", ["Antal tilmeldte", "Antal pladser", "Antal timer"])
def test_what_counts_others_is_asked_about(city: Path, heading: str) -> None:
    done = imported(city, events(f"Dato;Titel;{heading};Antal deltagere", "18-01-2026;Brætspil;20;7"), expect=2)
    assert f"“{heading}”: this heading is not known" in done.stderr and "“Antal deltagere” was counted" in done.stderr, done.stderr


def test_the_numbers_of_weeks_are_not_suggested_as_those_of_people(city: Path) -> None:
    file = events("Dato;Aktivitet;Uge;Unge", "18-01-2026;Spil;3;7", "25-01-2026;Bowling;4;8")
    asked = " ".join(imported(city, file, expect=2).stderr.split())
    assert "“Unge” was counted as participants without a name" in asked and "“Uge”: this heading is not known" in asked
    Path("m.csv").write_text("what,sheet,column,found,means\nheading,,,Uge,ignore\n", encoding="utf-8")
    imported(city, file, "--mapping", "m.csv")
    assert stored(city, ENROLLED) == [("Spil", 7, 0), ("Bowling", 8, 0)]


def test_a_column_of_the_young_who_are_named_is_not_counted(city: Path) -> None:
    file = events("Dato;Titel;Unge", "18-01-2026;Spil;Ung Adam, Ung Bdam")
    assert "“Unge” (present?)" in imported(city, file, expect=2).stderr


def test_a_remark_on_the_last_row_is_told_once(city: Path) -> None:
    assert imported(city, events("Dato;Hvad;Antal", "4-05-2026;Bowling - AFLYST;")).stderr.count("its text says it was cancelled") == 1


GUESTS = ("18-01-2026;Middag;10;3", "25-01-2026;Film;6;0")


@pytest.mark.parametrize(
    "headings", ["Deltagere;Gæster", "Fremmødte;Gæster", "Antal deltagere;Gæster", "Antal;Gæster", "Antal unge;Andre", "I alt;Gæster"]
)
@pytest.mark.parametrize("besides", [False, True])
def test_a_number_of_people_next_to_one_of_guests_is_asked_about(city: Path, headings: str, besides: bool) -> None:
    count, guests = headings.split(";")
    file = events(f"Dato;Aktivitet;{headings}", *GUESTS)
    done = imported(city, file, expect=2)
    assert f"“{count}” (total?): does it count those of “{guests}” too?" in done.stderr, done.stderr
    lines = f"heading,,,{count},unnamed\nheading,,,{guests},unnamed" if besides else f"heading,,,{count},total"
    Path("m.csv").write_text(f"what,sheet,column,found,means\n{lines}\n", encoding="utf-8")
    imported(city, file, "--mapping", "m.csv")
    assert [(row[1], row[2]) for row in stored(city, ENROLLED)] == [(13 if besides else 10, 0), (6, 0)]


def test_a_total_of_the_named_and_the_guests_counts_nobody_twice(city: Path) -> None:
    file = events("Dato;Titel;Deltagere;Antal deltagere;Gæster", "18-01-2026;Middag;Ung Adam, Ung Bdam;6;1", "25-01-2026;Film;Ung Adam;1;0")
    done = imported(city, file, expect=2)
    assert "“Antal deltagere” (total?): it counts more people than are named" in done.stderr, done.stderr
    Path("m.csv").write_text("what,sheet,column,found,means\nheading,,,Antal deltagere,total\n", encoding="utf-8")
    imported(city, file, "--mapping", "m.csv")
    assert stored(city, ENROLLED) == [("Middag", 4, 2), ("Film", 0, 1)]


def test_a_total_of_fewer_than_are_named_and_guests_is_a_bad_cell(city: Path) -> None:
    file = events("Dato;Titel;Deltagere;I alt;Gæster", "18-01-2026;Middag;Ung Adam, Ung Bdam;2;1")
    Path("m.csv").write_text("what,sheet,column,found,means\nheading,,,I alt,total\n", encoding="utf-8")
    assert "only 2 participants in all, but more are named" in imported(city, file, "--mapping", "m.csv", expect=2).stderr


@pytest.mark.parametrize("headings", ["Antal drenge;Antal piger", "Antal online;Antal fysisk"])
def test_numbers_of_parts_are_not_all_who_came(city: Path, headings: str) -> None:
    one, other = headings.split(";")
    file = events(f"Dato;Titel;{headings};Antal i alt", "18-01-2026;Middag;2;6;8", "25-01-2026;Film;0;3;3")
    done = imported(city, file, expect=2)
    assert "“Antal i alt” was counted as participants without a name" in done.stderr and f"“{one}”" in done.stderr, done.stderr
    Path("m.csv").write_text(f"what,sheet,column,found,means\nheading,,,{one},ignore\nheading,,,{other},ignore\n", encoding="utf-8")
    imported(city, file, "--mapping", "m.csv", "--dry-run")
    file = events(f"Dato;Titel;{headings}", "18-01-2026;Middag;2;6", "25-01-2026;Film;0;3")
    Path("m.csv").write_text(f"what,sheet,column,found,means\nheading,,,{one},unnamed\nheading,,,{other},unnamed\n", encoding="utf-8")
    imported(city, file, "--mapping", "m.csv")
    assert stored(city, ENROLLED) == [("Middag", 8, 0), ("Film", 3, 0)]


def test_participants_without_a_name_are_no_total(city: Path) -> None:
    imported(city, events("Dato;Titel;Deltagere uden navn;Deltagere", "18-01-2026;Middag;2;Ung Adam", "25-01-2026;Film;0;Ung Bdam"))
    assert stored(city, ENROLLED) == [("Middag", 2, 1), ("Film", 0, 1)]
