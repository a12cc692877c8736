"""A number in a column of names: somebody's own, or how many came without a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from imports import TODAY, imported, stored
from running import husrum

DANISH = {**TODAY, "HUSRUM_LANGUAGE": "da"}
SESSIONS = "SELECT title, unnamed, (SELECT group_concat(number || part) FROM attendance JOIN people p ON p.id = person_id WHERE session_id = s.id) FROM sessions s JOIN activities a ON a.id = s.activity_id ORDER BY s.id"
ROWS = ("18-01-2026;Klatring;7;1", "11-01-2026;Spil;Anna Ek, Bo Ek;Ulla Ravn", "25-01-2026;Bowling;Ce Ek og 4;Ulla Ravn")


@pytest.fixture(autouse=True)
def people(city: Path) -> None:
    """Seven young people and a volunteer, so that every small number is somebody's."""
    names = [f"{name} Ek" for name in ("Anna", "Bo", "Ce", "Di", "Em", "Fi", "Gu")]
    Path("intakes.csv").write_text("\n".join(["name", *names]), encoding="utf-8")
    imported(city, "intakes.csv")
    assert husrum("--db", city, "volunteer", "add", "Ulla Ravn", "--role", "organiser", env=TODAY).exit_code == 0


def events(*rows: str, head: str = "Dato;Arrangement;Deltagere;Frivillige") -> str:
    Path("Arrangementer.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    return "Arrangementer.csv"


def mapped(*lines: str) -> tuple[str, str]:
    Path("m.csv").write_text("\n".join(["what,sheet,column,found,means", *lines]), encoding="utf-8")
    return "--mapping", "m.csv"


def said(city: Path, *args: str, expect: int) -> str:
    return " ".join(imported(city, *args, expect=expect, env=DANISH).stderr.split())


def test_a_number_among_names_is_asked_about(city: Path) -> None:
    asked = said(city, events(*ROWS), expect=2)
    assert "“Deltagere” (til stede|uden navn?)" in asked and "“Frivillige” (frivillige|ignorer?)" in asked
    assert "numre eller et antal" in asked and stored(city, SESSIONS) == []


def test_numbers_among_names_are_counted_where_the_mapping_says_so(city: Path) -> None:
    answers = mapped("heading,,,Deltagere,til stede|uden navn", "heading,,,Frivillige,frivillige|ignorer")
    imported(city, events(*ROWS), *answers)
    counted = [("Klatring", 7, None), ("Spil", 0, "1participant,2participant,8volunteer"), ("Bowling", 4, "3participant,8volunteer")]
    assert stored(city, SESSIONS) == counted
    assert "Known already" in imported(city, events(*ROWS), *answers).stdout
    assert stored(city, SESSIONS) == counted


def test_numbers_among_names_are_people_where_the_mapping_says_so(city: Path) -> None:
    answers = mapped("heading,,,Deltagere,present", "heading,,,Frivillige,volunteers|ignore")
    imported(city, events(*ROWS), *answers)
    assert [(title, unnamed) for title, unnamed, _who in stored(city, SESSIONS)] == [("Klatring", 0), ("Spil", 0), ("Bowling", 0)]
    assert stored(city, SESSIONS)[0][2] == "7participant"


def test_the_number_of_one_person_is_settled_by_itself(city: Path) -> None:
    imported(city, events("18-01-2026;Spil;Anna Ek, 7;"), *mapped("name,,,7,7"))
    assert stored(city, SESSIONS) == [("Spil", 0, "1participant,7participant")]


@pytest.mark.parametrize("cells", [("1, 2", "7"), ("1 Anna Ek", "2"), ("ingen", "7"), ("?", "7")])
def test_a_column_that_names_nobody_without_a_number_holds_numbers_of_people(city: Path, cells: tuple[str, str]) -> None:
    file = events(*(f"{day}-01-2026;Spil {day};{cell}" for day, cell in enumerate(cells, 11)), head="Dato;Arrangement;Hvem kom")
    imported(city, file)
    assert stored(city, SESSIONS)[1][1:] == (0, f"{cells[1]}participant")


def test_leaders_of_groups_who_are_numbers_among_names_are_asked_about(city: Path) -> None:
    Path("Grupper.csv").write_text(
        "Titel;Type;Start;Leder\nMandag;talk;03-02-2026;Ulla Ravn\nTirsdag;talk;04-02-2026;2\n", encoding="utf-8"
    )
    assert "“Leder” (leder|ignorer?)" in said(city, "Grupper.csv", expect=2)
    imported(city, "Grupper.csv", *mapped("heading,,,Leder,leder|ignorer"))
    assert stored(city, "SELECT count(*) FROM leaders") == [(1,)]


@pytest.mark.parametrize("means", ["uden navn", "unnamed", "4 uden navn"])
@pytest.mark.parametrize("word", ["4 andre", "4 gæster", "4 fra klubben"])
def test_others_in_a_list_of_names_came_without_a_name(city: Path, word: str, means: str) -> None:
    file = events(f"18-01-2026;Spil;Anna Ek + {word};")
    asked = said(city, file, expect=2)
    assert f"“{word}”{'' if 'klub' in word else ' (uden navn?)'}" in asked
    imported(city, file, *mapped(f"name,,,{word},{means}"))
    assert stored(city, SESSIONS) == [("Spil", 4, "1participant")]


def test_others_of_whom_nothing_says_how_many_they_were_are_asked_about(city: Path) -> None:
    file = events("18-01-2026;Spil;Anna Ek, nogle venner;")
    assert "skriv hvor mange, fx 3 uden navn" in said(city, file, *mapped("name,,,nogle venner,uden navn"), expect=2)
    imported(city, file, *mapped("name,,,nogle venner,2 uden navn"))
    assert stored(city, SESSIONS) == [("Spil", 2, "1participant")]


def test_volunteers_without_a_name_are_not_counted_and_that_is_told(city: Path) -> None:
    done = said(city, events("18-01-2026;Spil;Anna Ek + 2 andre;Ulla Ravn + 2 andre"), *mapped("name,,,2 andre,uden navn"), expect=0)
    assert stored(city, SESSIONS) == [("Spil", 2, "1participant,8volunteer")]
    assert "Arrangementer, Frivillige: “2 andre” er ikke talt med; kun deltagere kan være uden navn" in done


def test_two_numbers_without_a_name_in_one_row_are_a_bad_cell(city: Path) -> None:
    file = events("18-01-2026;Spil;Anna Ek + 4 andre;;3", head="Dato;Arrangement;Deltagere;Frivillige;Uden navn")
    assert "rækken siger to gange, hvor mange der kom uden navn" in said(city, file, *mapped("name,,,4 andre,uden navn"), expect=2)


@pytest.mark.parametrize("word", ["4 andre", "4", "gæster"])
def test_nobody_new_is_called_like_a_number_of_people(city: Path, word: str) -> None:
    file = events(f"18-01-2026;Spil;Anna Ek, {word};", head="Dato;Arrangement;Hvem kom;Frivillige")
    assert (
        f"“{word}” er ikke et navn".casefold()
        in said(city, file, *mapped("heading,,,Hvem kom,present", f"name,,,{word},ny"), expect=2).casefold()
    )
