"""What an import suggests of itself: the column of a heading, the kind of a sheet, and where to look for an answer that is not shown."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from imports import TODAY, imported, stored
from running import husrum
from terminal import ENTER, Terminal

ENV = {**TODAY, "HUSRUM_LANGUAGE": "da"}


@pytest.mark.parametrize(
    ("heading", "value", "guess"),
    [
        ("Selvmordstanker ja/nej", "ja", "selvmordstanker"),
        ("Ensomhed 1-5", "4", "ensomhed"),
        ("Tlf. til mor", "20304050", "telefon"),
        ("Forsamtale med Lone", "6/1-2026", "samtale"),
    ],
)
def test_a_heading_that_begins_with_a_known_one_suggests_its_column(city: Path, heading: str, value: str, guess: str) -> None:
    Path("Unge.csv").write_text(f"Navn;Henvendelse;{heading}\nAlma Ravn;20/8-2025;{value}\n", encoding="utf-8")
    assert f"“{heading}” ({guess}?): overskriften kendes ikke" in imported(city, "Unge.csv", expect=2, env=ENV).stderr


PAIRS = [
    ["HJERTEVENSKABER"],
    ["Den unge", "Den frivillige", "Startdato", "Slutdato", "Årsag"],
    ["Mads Kjær", "Chr. Dam", "1/2-2026", "31/8-2026", "flyttet"],
]


def workbook(**sheets: list[list[object]]) -> str:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save("Lister.xlsx")
    return "Lister.xlsx"


@pytest.mark.parametrize(
    "headings", [PAIRS[1], ["Ung", "Hjerteven", "Fra", "Til", "Hvorfor stoppet"], ["Unge", "Frivillig", "Matchet", "Stoppet", "Årsag"]]
)
def test_a_sheet_of_a_young_person_and_a_volunteer_is_one_of_matches(city: Path, headings: list[object]) -> None:
    young = [["Navn", "Henvendelse"], ["Mads Kjær", "20/1-2026"]]
    volunteers = [["Navn", "Rolle", "Startet"], ["Chr. Dam", "Hjerteven", "15/1-2026"]]
    imported(city, workbook(unge=young, frivillige=volunteers, par=[PAIRS[0], headings, PAIRS[2]]), env=ENV)
    assert stored(city, "SELECT person_id, volunteer_id, starts, ends FROM matches") == [(1, 2, "2026-02-01", "2026-08-31")]
    assert stored(city, "SELECT count(*) FROM people") == [(2,)]


def test_an_answer_that_is_not_shown_is_found_by_its_row(city: Path) -> None:
    text = "Navn;Henvendelse;Diagnoser\nAlma Ravn;20/8-2025;angst\nBo Ek;20/8-2025;noget særligt\nCe Ve;20/8-2025;noget særligt\n"
    Path("Unge.csv").write_text(text, encoding="utf-8")
    with Terminal(city, "import", "Unge.csv", env=ENV) as terminal:
        terminal.see("Diagnoser: hvad står der i rækkerne 3, 4?")
        terminal.asked(">")
        terminal.type("anden")
        terminal.press(ENTER)
        terminal.see("Skal det skrives i filen? (ja/nej)")
        terminal.type("ja")
        terminal.press(ENTER)
        assert terminal.end()[0] == 0
    assert stored(city, "SELECT count(*) FROM answers WHERE answer = 'other'") == [(2,)]


def test_the_beginning_of_a_column_is_enough(city: Path) -> None:
    Path("Unge.csv").write_text("Navn;Henvendelse;Til daglig\nAlma Ravn;20/8-2025;ledig\n", encoding="utf-8")
    Path("m.csv").write_text("what,sheet,column,found,means\nheading,,,Til daglig,besk\n", encoding="utf-8")
    imported(city, "--mapping", "m.csv", "Unge.csv", env=ENV)
    assert stored(city, "SELECT answer FROM answers") == [("unemployed",)]
    Path("m.csv").write_text("what,sheet,column,found,means\nheading,,,Til daglig,he\n", encoding="utf-8")
    assert "“he”, som ikke er en kolonne" in imported(city, "--mapping", "m.csv", "Unge.csv", expect=2, env=ENV).stderr


def test_several_columns_of_one_list_are_read_together(city: Path) -> None:
    for name in ("Alma Ravn", "Bo Ek", "Ce Ve"):
        assert husrum("--db", city, "intake", "add", name, "--enquired", "2026-01-04", env=ENV).exit_code == 0
    Path("Ture.csv").write_text(
        "Dato;Hvad;Deltager 1;Deltager 2;Deltager 3\n7/2-2026;Strik;Alma Ravn;Bo Ek;Bo Ek\n8/2-2026;Kor;;Ce Ve;\n", encoding="utf-8"
    )
    imported(city, "Ture.csv", "--as", "events", env=ENV)
    assert stored(city, "SELECT date, person_id FROM attendance JOIN sessions ON sessions.id = session_id ORDER BY 1, 2") == [
        ("2026-02-07", 1), ("2026-02-07", 2), ("2026-02-08", 3),
    ]  # fmt: skip
    assert "intet er tilføjet" in imported(city, "Ture.csv", "--as", "events", env=ENV).stderr


def test_the_mapping_may_give_several_columns_one_meaning(city: Path) -> None:
    Path("Unge.csv").write_text("Navn;Henvendelse;Først;Dernæst\nAlma Ravn;20/8-2025;gruppe;hjerteven\n", encoding="utf-8")
    Path("m.csv").write_text("what,sheet,column,found,means\nheading,,,Først,ønske\nheading,,,Dernæst,ønske\n", encoding="utf-8")
    imported(city, "--mapping", "m.csv", "Unge.csv", env=ENV)
    assert stored(city, "SELECT answer FROM answers ORDER BY 1") == [("befriending",), ("group",)]


def test_two_columns_of_one_value_are_still_asked_about(city: Path) -> None:
    Path("Unge.csv").write_text("Navn;Henvendelse;Telefon;Mobil\nAlma Ravn;20/8-2025;20304050;20304051\n", encoding="utf-8")
    assert "“Mobil”: kolonnerne C og D er begge “telefon”" in imported(city, "Unge.csv", expect=2, env=ENV).stderr


def test_dates_above_marks_are_a_grid_whatever_else_is_next_to_the_names(city: Path) -> None:
    grid = [
        ["Navn", "Alder", "Telefon", "3/9-2026", "10/9-2026", "Fremmøde %"],
        ["Alma Ravn", 23, 20304050, "x", "", "50%"],
        ["Gæster (ca.)", "", "", 2, 3, ""],
    ]
    assert husrum("--db", city, "intake", "add", "Alma Ravn", "--enquired", "2026-01-04", env=ENV).exit_code == 0
    book = workbook(Hold=[[each or None for each in row] for row in grid])
    assert "Lister.xlsx: personer og datoer: er det en gruppe (gruppe:G1)" in imported(city, book, expect=2, env=ENV).stderr
    Path("m.csv").write_text("what,sheet,column,found,means\nsheet,Hold,,,events:Hold\n", encoding="utf-8")
    imported(city, "--mapping", "m.csv", book, env=ENV)
    assert stored(city, "SELECT date, unnamed FROM sessions ORDER BY 1") == [("2026-09-03", 2), ("2026-09-10", 3)]


def test_a_list_whose_last_rows_have_few_dates_is_no_grid(city: Path) -> None:
    volunteers = [
        ["Navn", "Funktion", "Begyndt", "Holdt op", "Intro"],
        ["Lone Kirk", "leder", "1/8-2024", None, "10/9-2024"],
        ["Nadia Basra", "peer", "15/1-2026", "30/9-2026", "3/2-2026"],
        ["Otto Vang", "arrangør", "15/4-2026", None, None],
    ]
    refused = imported(city, workbook(Hjælpere=volunteers, Noter=[["Husk"]]), expect=2, env=ENV).stderr
    assert "Hjælpere: frivillige; 3 rækker" in refused
    assert "“Holdt op”: overskriften kendes ikke" in refused
