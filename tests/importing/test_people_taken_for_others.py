"""Lists whose headings or cells could be taken for something that they are not: people for events, headings for people."""

from __future__ import annotations

from pathlib import Path

import pytest
from imports import imported, stored

TITLES = "SELECT title FROM activities ORDER BY id"


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
    assert "“Navn”" in said and "titel: det er arrangementer" in said and stored(city, TITLES) == []


def test_somebody_not_known_yet_is_not_the_name_of_an_event(city: Path) -> None:
    imported(city, listed("samtaler.csv", "Navn;Dato", "Per To;1/3-2026", "Pia;8/3-2026"), expect=2)
    assert stored(city, TITLES) == []


def test_the_names_of_events_are_read_where_it_is_said_that_they_are_events(city: Path) -> None:
    imported(city, listed("Arrangementer.csv", "Dato;Navn", "1/3-2026;Brætspil", "8/3-2026;Tur til zoo"))
    imported(city, listed("ark1.csv", "Dato;Navn;Sted", "1/4-2026;Bowling;Hallen"))
    listed("m.csv", "what,sheet,column,found,means", "heading,,,Navn,titel")
    imported(city, listed("ark2.csv", "Dato;Navn", "1/5-2026;Sankt Hans"), "--mapping", "m.csv")
    assert stored(city, TITLES) == [("Brætspil",), ("Tur til zoo",), ("Bowling",), ("Sankt Hans",)]
