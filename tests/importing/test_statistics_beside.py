"""A small table of statistics to the right of a list: it says nothing about the people in its rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from imports import imported, stored
from openpyxl import Workbook

Rows = list[list[str | int | None]]
LIST: Rows = [
    ["Navn", "Henvendt", "Forsamtale"],
    ["Anna Holm", "6/1-2026", "14/1-2026"],
    ["Bo Ek", "7/1-2026", None],
    ["Ce Ek", "8/1-2026", None],
]
SOURCES = "SELECT name, answer FROM people JOIN intakes ON person_id = people.id LEFT JOIN answers ON intake_id = intakes.id AND question = 'source' ORDER BY name"


def book(*beside: list[str | int | None], above: Rows | None = None) -> str:
    workbook = Workbook()
    for row in above or []:
        workbook.worksheets[0].append(row)
    for number, row in enumerate(LIST):
        workbook.worksheets[0].append([*row, None, *(beside[number] if number < len(beside) else [])])
    workbook.worksheets[0].title = "Unge"
    workbook.save("Unge.xlsx")
    return "Unge.xlsx"


@pytest.mark.parametrize("above", [[], [["Unge 2026", None, None, None, "Hvor kommer de fra?"]]])
@pytest.mark.parametrize("more", [[], [["Selv", 4]]])
def test_it_is_asked_about_and_can_be_ignored(city: Path, above: Rows, more: Rows) -> None:
    file = book(["Kilde", "Antal"], ["Kommunen", 1], ["Læge", 2], *more, above=above)
    done = imported(city, file, expect=2)
    assert "“Kilde” (ignore?): this may be a table of its own" in done.stderr, done.stderr
    Path("m.csv").write_text("what,sheet,column,found,means\nheading,,,Kilde,ignore\n", encoding="utf-8")
    imported(city, file, "--mapping", "m.csv")
    assert stored(city, SOURCES) == [("Anna Holm", None), ("Bo Ek", None), ("Ce Ek", None)]


def test_columns_after_an_empty_one_that_count_nothing_are_the_people_s(city: Path) -> None:
    imported(city, book(["Kilde", "Telefon"], ["Kommunen", "12345678"]))
    assert stored(city, SOURCES) == [("Anna Holm", "municipal"), ("Bo Ek", None), ("Ce Ek", None)]


@pytest.mark.parametrize(("heading", "letter"), [("Navn", "E"), ("Frivillig", "")])
def test_another_list_of_people_beside_it_is_left_out_as_a_whole(city: Path, heading: str, letter: str) -> None:
    file = book([heading, "Telefon"], ["Karen Bang", "30112233"], ["Per Kold", "30112234"])
    done = imported(city, file, expect=2)
    assert f"“{heading}” (ignore?): another table begins here; move it to a sheet of its own" in done.stderr, done.stderr
    imported(city, file, "--mapping", ignoring(heading, letter))
    assert stored(city, "SELECT name, phone FROM people ORDER BY name") == [("Anna Holm", None), ("Bo Ek", None), ("Ce Ek", None)]


def test_the_names_once_more_are_no_other_list(city: Path) -> None:
    imported(
        city, book(["Telefon", "Navn"], ["20112233", "Anna Holm"], [None, "Bo Ek"], [None, "Ce Ek"]), "--mapping", ignoring("Navn", "F")
    )
    assert stored(city, "SELECT name, phone FROM people ORDER BY name") == [("Anna Holm", "20112233"), ("Bo Ek", None), ("Ce Ek", None)]


def ignoring(heading: str, letter: str) -> str:
    Path("m.csv").write_text(f"what,sheet,column,found,means\nheading,,{letter},{heading},ignore\n", encoding="utf-8")
    return "m.csv"
