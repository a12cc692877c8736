"""Lists whose headings or cells could be taken for something that they are not: people for events, headings for people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from imports import TODAY, imported, stored
from running import husrum

TITLES = "SELECT title FROM activities ORDER BY id"
PEOPLE = "SELECT name FROM people WHERE id > 3 ORDER BY id"


@pytest.fixture(autouse=True)
def people(city: Path) -> None:
    listed("intakes.csv", "name", "Anna Holm", "Bo Ek", "Åge Sørensen")
    imported(city, "intakes.csv")


def listed(file: str, *rows: str) -> str:
    Path(file).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("file", ["fremmøde.csv", "ark1.csv", "Arrangementer.csv"])
@pytest.mark.parametrize("rows", [("Dato;Navn", "1/3-2026;Anna Holm", "8/3-2026;Bo Ek"), ("Navn;Dato;Sted", "anna holm;1/3-2026;Huset")])
def test_people_who_came_are_not_the_names_of_events(city: Path, file: str, rows: tuple[str, ...]) -> None:
    said = " ".join(imported(city, "--language", "da", listed(file, *rows), expect=2).stderr.split())
    asked = "“Navn”: det kan være personer; titel: det er arrangementer" if file == "Arrangementer.csv" else f"{file}: personer og datoer"
    assert asked in said and stored(city, TITLES) == []


def test_somebody_not_known_yet_is_not_the_name_of_an_event(city: Path) -> None:
    imported(city, listed("samtaler.csv", "Navn;Dato", "Per To;1/3-2026", "Pia;8/3-2026"), expect=2)
    assert stored(city, TITLES) == []


def test_the_names_of_events_are_read_where_it_is_said_that_they_are_events(city: Path) -> None:
    imported(city, listed("Arrangementer.csv", "Dato;Navn", "1/3-2026;Brætspil", "8/3-2026;Tur til zoo"))
    imported(city, listed("ark1.csv", "Dato;Navn;Sted", "1/4-2026;Bowling;Hallen"))
    listed("m.csv", "what,sheet,column,found,means", "heading,,,Navn,titel")
    imported(city, listed("ark2.csv", "Dato;Navn", "1/5-2026;Sankt Hans"), "--mapping", "m.csv")
    assert stored(city, TITLES) == [("Brætspil",), ("Tur til zoo",), ("Bowling",), ("Sankt Hans",)]


def left_out(city: Path, file: str) -> dict[int, str]:
    found = json.loads(imported(city, file, "--format", "json").stdout)
    return {each["row"]: each["why"] for each in found["left_out"]}


@pytest.mark.parametrize("text", ["Marts", "Uge 20", "uge 20-21", "Venteliste", "Nye unge", "Stoppede", "Telefon"])
def test_the_heading_of_a_section_is_no_young_person(city: Path, text: str) -> None:
    rows = ("Navn;Født;Henvendt", "Per To;2002;1/4-2026", ";;", f"{text};;", "Pia To;2002;1/5-2026")
    assert left_out(city, listed("unge.csv", *rows)) == {1: "heading", 3: "blank", 4: "remark"}
    assert stored(city, PEOPLE) == [("Per To",), ("Pia To",)]


def test_the_roles_above_volunteers_are_no_volunteers(city: Path) -> None:
    rows = ("Fornavn;Efternavn;Rolle", "Gruppeledere;;", "Karen;Bang;leder", "Arrangører;;", "Ole;Juhl;arrangør", "Peer;;")
    assert left_out(city, listed("frivillige.csv", *rows)) == {1: "heading", 2: "remark", 4: "remark"}
    assert stored(city, PEOPLE) == [("Karen Bang",), ("Ole Juhl",), ("Peer",)]


@pytest.mark.parametrize("name", ["Maj", "August"])
def test_a_month_that_is_a_first_name_too_is_asked_about(city: Path, name: str) -> None:
    file = listed("unge.csv", "Navn;Født", f"{name};", "Lea;", "Pia To;2002")
    assert f"“{name}”" in imported(city, file, expect=2).stderr and stored(city, PEOPLE) == []
    listed("m.csv", "what,sheet,column,found,means", f"name,,,{name},new")
    imported(city, file, "--mapping", "m.csv")
    assert stored(city, PEOPLE) == [(name,), ("Lea",), ("Pia To",)]


def test_a_month_that_the_mapping_ignores_is_left_out(city: Path) -> None:
    listed("m.csv", "what,sheet,column,found,means", "name,,,Maj,ignore")
    imported(city, listed("unge.csv", "Navn;Født", "Maj;", "Pia To;2002"), "--mapping", "m.csv")
    assert stored(city, PEOPLE) == [("Pia To",)]


def test_who_has_the_name_of_a_month_and_a_birth_year_is_somebody(city: Path) -> None:
    imported(city, listed("unge.csv", "Navn;Født", "Maj;2003", "Pia To;2002"))
    assert stored(city, PEOPLE) == [("Maj",), ("Pia To",)]


@pytest.mark.parametrize("before", ["Angst;Depression", "Angst;Stress"])
def test_what_else_stands_beside_crosses_is_asked_about(city: Path, before: str) -> None:
    file = listed("forsamtaler.csv", f"Navn;Forsamtale;{before};Andet", "Pia To;1/3-2026;x;;OCD", "Per To;1/3-2026;x;;")
    said = " ".join(imported(city, "--language", "da", file, expect=2).stderr.split())
    assert "“Andet”" in said and "diagnose eller en note" in said and stored(city, PEOPLE) == []
    listed("m.csv", "what,sheet,column,found,means", "heading,,,Andet,diagnose")
    imported(city, file, "--mapping", "m.csv")
    shown = husrum("--db", city, "person", "show", "4", "--answers", env=TODAY).stdout
    assert "Anxiety, OCD" in shown


def test_what_else_is_a_note_where_the_mapping_says_so_or_no_crosses_are_beside_it(city: Path) -> None:
    file = listed("forsamtaler.csv", "Navn;Forsamtale;Angst;Andet", "Pia To;1/3-2026;x;glad for kaffe")
    listed("m.csv", "what,sheet,column,found,means", "heading,,,Andet,note")
    imported(city, file, "--mapping", "m.csv")
    imported(city, listed("unge.csv", "Navn;Angst;Tlf.;Andet", "Per To;x;20304050;glad for te"))
    for number, note in (("4", "glad for kaffe"), ("5", "glad for te")):
        assert note in husrum("--db", city, "person", "show", number, "--answers", env=TODAY).stdout
