"""Lists of days with the names of those who came next to them: one line a visit, or several names in a cell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from imports import TODAY, imported, stored
from openpyxl import Workbook
from running import husrum

DANISH = {**TODAY, "HUSRUM_LANGUAGE": "da"}
KLUB = ("--as", "sheet", "--events", "Klub")
CAME = "SELECT a.title, s.date, s.unnamed, (SELECT group_concat(number || substr(part, 1, 1)) FROM attendance JOIN people p ON p.id = person_id WHERE session_id = s.id) FROM sessions s JOIN activities a ON a.id = s.activity_id ORDER BY s.date"
TWO_DAYS = [("Klub", "2025-01-11", 0, "1p,2p"), ("Klub", "2025-01-18", 0, "1p")]
LINES = ("Dato;Navn", "11-01-2025;Anna Holm", "11-01-2025;Bo Ek", "18-01-2025;Anna Holm")
CELLS = ("Dato;Navn", "11-01-2025;Anna Holm, Bo Ek", "18-01-2025;Anna Holm")


@pytest.fixture(autouse=True)
def people(city: Path) -> None:
    """Two young people and a volunteer."""
    for name in ("Anna Holm", "Bo Ek"):
        assert husrum("--db", city, "intake", "add", name, "--enquired", "2025-01-02", env=TODAY).exit_code == 0
    assert husrum("--db", city, "volunteer", "add", "Ulla Ravn", "--role", "organiser", "--joined", "2024-01-01", env=TODAY).exit_code == 0


def saved(*lines: str, name: str = "Fremmøde.csv") -> str:
    Path(name).write_text("\n".join(lines), encoding="utf-8")
    return name


def mapped(*lines: str) -> tuple[str, str]:
    Path("m.csv").write_text("\n".join(["what,sheet,column,found,means", *lines]), encoding="utf-8")
    return "--mapping", "m.csv"


def said(city: Path, *args: str, expect: int) -> str:
    return " ".join(imported(city, *args, expect=expect, env=DANISH).stderr.split())


def read(city: Path, *args: str, expect: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(imported(city, *args, "--format", "json", expect=expect).stdout)
    return found


@pytest.mark.parametrize("lines", [LINES, CELLS], ids=["a line a visit", "names in a cell"])
@pytest.mark.parametrize("heading", ["Navn", "Deltagere", "Hvem kom", "Deltager"])
def test_names_next_to_days_came_to_a_series(city: Path, lines: tuple[str, ...], heading: str) -> None:
    file = saved(f"Dato;{heading}", *lines[1:])
    found = read(city, file, *KLUB)
    assert stored(city, CAME) == TWO_DAYS
    assert [each["row"] for each in found["read"]] == [*range(2, len(lines) + 1)]
    assert "Everything in the files is known already" in imported(city, file, *KLUB).stderr
    assert stored(city, CAME) == TWO_DAYS


@pytest.mark.parametrize("lines", [LINES, CELLS], ids=["a line a visit", "names in a cell"])
def test_the_sheet_of_a_list_of_days_is_asked_about_and_the_mapping_settles_it(city: Path, lines: tuple[str, ...]) -> None:
    asked = said(city, file := saved(*lines), expect=2)
    assert "Fremmøde.csv: personer og datoer: er det en gruppe (gruppe:G1)" in asked and "1 ting" in asked
    assert Path("Fremmøde.mapping.csv").read_text(encoding="utf-8-sig").splitlines()[1:] == ["sheet,Fremmøde,,,"]
    imported(city, file, *mapped("sheet,Fremmøde,,,serie:Klub"))
    assert stored(city, CAME) == TWO_DAYS


def test_one_day_is_a_list_of_days_too(city: Path) -> None:
    assert "personer og datoer" in said(city, saved("Dato;Navn", "11-01-2025;Anna Holm"), expect=2)
    imported(city, "Fremmøde.csv", *KLUB)
    assert stored(city, CAME) == [("Klub", "2025-01-11", 0, "1p")]


def test_what_the_mapping_says_of_the_headings_counts(city: Path) -> None:
    lines = ("Hvornår var det;Hvem var der", *LINES[1:])
    mapping = mapped("sheet,Fremmøde,,,serie:Klub", "heading,,,Hvem var der,name", "heading,,,Hvornår var det,date")
    imported(city, saved(*lines), *mapping)
    assert stored(city, CAME) == TWO_DAYS


def test_an_unknown_heading_of_names_is_asked_about(city: Path) -> None:
    found = read(city, saved("Dato;Klub", *CELLS[1:]), *KLUB, expect=2)
    assert [(each["column"], each["why"]) for each in found["bad"]] == [("Klub", "this heading is not known")]
    imported(city, "Fremmøde.csv", *mapped("sheet,Fremmøde,,,events:Klub", "heading,,,Klub,present"))
    assert stored(city, CAME) == TWO_DAYS


def test_volunteers_others_and_excused_next_to_days(city: Path) -> None:
    husrum("--db", city, "volunteer", "add", "--person", "2", "--role", "organiser", "--joined", "2025-01-03", env=TODAY)
    days = ("11-01-2025;Anna Holm, Bo Ek (afbud);Ulla Ravn;3", "18-01-2025;;Bo Ek;", "25-01-2025;Bo Ek;;", "01-02-2025;;;")
    imported(city, saved("Dato;Navn;Frivillige;Uden navn", *days), *KLUB)
    assert [row[1:] for row in stored(city, CAME)] == [("2025-01-11", 3, "1p,2e,3v"), ("2025-01-18", 0, "2v"), ("2025-01-25", 0, "2p")]


def test_a_number_among_the_names_next_to_days_is_asked_about(city: Path) -> None:
    file = saved("Dato;Navn", "11-01-2025;Anna Holm og 2", "18-01-2025;Bo Ek")
    assert "numre eller et antal" in said(city, file, *KLUB, expect=2)
    imported(city, file, *mapped("sheet,Fremmøde,,,events:Klub", "heading,,,Navn,present|unnamed"))
    assert stored(city, CAME) == [("Klub", "2025-01-11", 2, "1p"), ("Klub", "2025-01-18", 0, "2p")]


def test_a_list_of_days_of_a_group_enrols_and_leads(city: Path) -> None:
    opened = husrum("--db", city, "group", "open", "Tirsdag", "--kind", "talk", "--start", "2025-01-07", "--weeks", "2", env=TODAY)
    assert opened.exit_code == 0
    file = saved("Dato;Navn", "07-01-2025;Anna Holm", "14-01-2025;Anna Holm", "14-01-2025;Bo Ek")
    imported(city, file, "--as", "sheet", "--group", "G1")
    assert [row[1:] for row in stored(city, CAME)] == [("2025-01-07", 0, "1p"), ("2025-01-14", 0, "1p,2p")]
    assert stored(city, "SELECT starts FROM enrolments ORDER BY person_id") == [("2025-01-07",), ("2025-01-14",)]


def test_a_list_of_days_of_an_event(city: Path) -> None:
    assert husrum("--db", city, "event", "plan", "Tur", "--date", "2025-01-11", "--until", "2025-01-12", env=DANISH).exit_code in (0, 2)
    husrum("--db", city, "event", "log", "Tur", "--date", "2025-01-11", "--until", "2025-01-12", "--present", "none", env=TODAY)
    event = stored(city, "SELECT ref FROM activities WHERE title = 'Tur' ORDER BY id DESC")[0][0]
    wrong = read(city, saved(*LINES), "--as", "sheet", "--event", event, expect=2)
    assert [(each["row"], each["value"]) for each in wrong["bad"]] == [(4, "2025-01-18")]


def test_who_is_not_known_and_dates_without_a_year_are_asked_about(city: Path) -> None:
    file = saved("Dato;Navn", "11/1;Anna Holm", "11/1;Eva Dam")
    found = read(city, file, *KLUB, expect=2)
    assert {(each["row"], each["value"]) for each in found["bad"]} == {(2, "11/1"), (3, "11/1"), (3, "Eva Dam")}
    imported(city, file, *mapped("sheet,Fremmøde,,,events:Klub", "year,,,,2025", "name,,,Eva Dam,new"))
    assert stored(city, CAME) == [("Klub", "2025-01-11", 0, "1p,4p")]


def test_somebody_twice_on_a_day_came_once_and_that_is_told(city: Path) -> None:
    told = said(city, saved(*LINES, "18-01-2025;Anna Holm"), *KLUB, expect=0)
    assert stored(city, CAME) == TWO_DAYS
    assert "Fremmøde: 1 Anna Holm står to gange den 18. januar 2025 og er talt én gang" in told


def test_a_visit_without_its_day_or_its_name_is_a_bad_cell(city: Path) -> None:
    found = read(city, saved("Dato;Navn;Frivillige", ";Bo Ek;Ulla Ravn", "11-01-2025;Anna Holm;"), *KLUB, expect=2)
    assert [(each["row"], each["column"]) for each in found["bad"]] == [(2, "Dato")]


def test_a_list_of_events_of_one_series_says_how_it_is_read(city: Path) -> None:
    file = saved("Dato;Deltagere;Note", *(f"{line};hyggeligt" for line in CELLS[1:]), name="Arrangementer.csv")
    asked = said(city, file, expect=2)
    assert "ingen kolonne er “titel”; er de af samme serie, er arket serie:TITEL" in asked
    imported(city, file, *mapped("sheet,Arrangementer,,,serie:Klub", "heading,,,Note,ignore"))
    assert stored(city, CAME) == TWO_DAYS


def test_names_that_the_mapping_takes_for_those_who_came_need_a_series(city: Path) -> None:
    file = saved(*LINES)
    asked = said(city, file, *mapped("sheet,Fremmøde,,,arrangementer", "heading,,,Navn,present"), expect=2)
    assert "er de af samme serie" in asked and "“Navn” (titel?)" not in asked


def test_titles_next_to_days_are_still_events(city: Path) -> None:
    file = saved("Dato;Navn", "11-01-2025;Brætspil", "18-01-2025;Bowling")
    imported(city, file, *mapped("heading,,,Navn,titel"))
    assert [row[0] for row in stored(city, CAME)] == ["Brætspil", "Bowling"]


def test_days_with_titles_of_their_own_are_no_series(city: Path) -> None:
    file = saved("Dato;Arrangement;Deltagere", "11-01-2025;Spil;Anna Holm", "18-01-2025;Film;Bo Ek")
    assert "hver række har sin egen titel" in said(city, file, *KLUB, expect=2)


def test_days_next_to_which_nobody_is_known_are_not_read_as_nothing(city: Path) -> None:
    file = saved("Dato;Emne", "11-01-2025;fodbold og film", "18-01-2025;film")
    assert "intet felt siger, hvem der kom" in said(city, file, *KLUB, expect=2)


def test_merged_days_are_those_of_every_row(city: Path) -> None:
    book = Workbook()
    for row in (["Dato", "Navn"], ["11-01-2025", "Anna Holm"], [None, "Bo Ek"], ["18-01-2025", "Anna Holm"]):
        book.worksheets[0].append(row)
    book.worksheets[0].merge_cells("A2:A3")
    book.save("Fremmøde.xlsx")
    imported(city, "Fremmøde.xlsx", *KLUB)
    assert stored(city, CAME) == TWO_DAYS


BELOW = ("5/1-2025;19/1-2025", "Anna Holm;Anna Holm", "Bo Ek;2 andre", ";Bo Ek (afbud)")


@pytest.mark.parametrize("title", [(), ("Fællesspisning i foråret;", ";")])
def test_names_below_days_side_by_side_came_on_them(city: Path, title: tuple[str, ...]) -> None:
    file = saved(*title, *BELOW)
    found = read(city, file, *KLUB, expect=2)
    assert [(each["row"], each["value"]) for each in found["bad"]] == [(len(title) + 3, "2 andre")]
    mapping = mapped("sheet,Fremmøde,,,serie:Klub", "name,,,2 andre,unnamed")
    assert [each["row"] for each in read(city, file, *mapping)["read"]] == [len(title) + row for row in (2, 3, 4)]
    assert stored(city, CAME) == [("Klub", "2025-01-05", 0, "1p,2p"), ("Klub", "2025-01-19", 2, "1p,2e")]
    assert "Everything in the files is known already" in imported(city, file, *mapping).stderr


def test_what_names_below_days_came_to_is_asked(city: Path) -> None:
    assert "personer og datoer" in said(city, saved(BELOW[0], "Anna Holm;Bo Ek", "Bo Ek;"), expect=2)
    assert Path("Fremmøde.mapping.csv").read_text(encoding="utf-8-sig").splitlines()[1:] == ["sheet,Fremmøde,,,"]
