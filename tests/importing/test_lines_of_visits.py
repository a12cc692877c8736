"""Lists of events with a line for each of those who came, whose date and title may be in the first line only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from imports import TODAY, imported, stored
from openpyxl import Workbook
from running import husrum

CAME = "SELECT a.title, s.date, s.unnamed, (SELECT group_concat(number) FROM attendance JOIN people p ON p.id = person_id WHERE session_id = s.id) FROM sessions s JOIN activities a ON a.id = s.activity_id ORDER BY s.id"
BOTH = [("Bowling", "2025-04-06", 0, "1,2,3"), ("Spil", "2025-04-13", 0, "1,2")]
WHOLE = (
    "6/4-2025;Bowling;Anna Holm",
    "6/4-2025;Bowling;Bo Ek",
    "6/4-2025;Bowling;Ce Ve",
    "13/4-2025;Spil;Anna Holm",
    "13/4-2025;Spil;Bo Ek",
)
FIRST = ("6/4-2025;Bowling;Anna Holm", ";;Bo Ek", ";;Ce Ve", "13/4-2025;Spil;Anna Holm", ";;Bo Ek")


@pytest.fixture(autouse=True)
def people(city: Path) -> None:
    """Three young people."""
    for name in ("Anna Holm", "Bo Ek", "Ce Ve"):
        assert husrum("--db", city, "intake", "add", name, "--enquired", "2025-01-02", env=TODAY).exit_code == 0


def events(*rows: str, head: str = "Dato;Arrangement;Deltager") -> str:
    Path("Arrangementer.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    return "Arrangementer.csv"


def read(city: Path, *args: str, expect: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(imported(city, *args, "--format", "json", expect=expect).stdout)
    return found


@pytest.mark.parametrize("rows", [WHOLE, FIRST], ids=["in every line", "in the first line"])
def test_a_line_for_each_of_those_who_came_to_an_event(city: Path, rows: tuple[str, ...]) -> None:
    done = imported(city, events(*rows), env={**TODAY, "HUSRUM_LANGUAGE": "da"})
    assert stored(city, CAME) == BOTH
    assert "Arrangementer: flere rækker om samme arrangement er læst som ét (3)" in " ".join(done.stderr.split())
    found = read(city, events(*rows))
    assert [each["row"] for each in found["read"]] == [2, 3, 4, 5, 6] and stored(city, CAME) == BOTH


def test_merged_dates_and_titles_are_those_of_every_line(city: Path) -> None:
    book = Workbook()
    for row in ("Dato;Arrangement;Deltager", *FIRST):
        book.worksheets[0].append([cell or None for cell in row.split(";")])
    for area in ("A2:A4", "B2:B4", "A5:A6", "B5:B6"):
        book.worksheets[0].merge_cells(area)
    book.save("Arrangementer.xlsx")
    imported(city, "Arrangementer.xlsx")
    assert stored(city, CAME) == BOTH


def test_lines_below_an_event_may_name_volunteers_and_several_people(city: Path) -> None:
    rows = ("6/4-2025;Bowling;Anna Holm;", ";;Bo Ek, Ce Ve;", "13/4-2025;Spil;Anna Holm;")
    imported(city, events(*rows, head="Dato;Arrangement;Deltagere;Frivillige"))
    assert stored(city, CAME) == [BOTH[0], ("Spil", "2025-04-13", 0, "1")]


def test_who_is_not_known_below_an_event_is_asked_about(city: Path) -> None:
    found = read(city, events("6/4-2025;Bowling;Anna Holm", ";;Eva Dam", ";;Husk: vi mødes kl 17"), expect=2)
    assert [(each["row"], each["column"], each["value"]) for each in found["bad"]] == [(3, "Deltager", "Eva Dam")]
    assert [(each["row"], each["why"]) for each in found["left_out"]] == [(1, "heading"), (4, "remark")]


def test_a_name_above_the_first_event_lacks_its_date(city: Path) -> None:
    found = read(city, events(";;Bo Ek", "6/4-2025;Bowling;Anna Holm"), expect=2)
    assert [(each["row"], each["column"]) for each in found["bad"]] == [(2, "Arrangement"), (2, "Dato")]


def test_days_may_be_in_the_first_line_only(city: Path) -> None:
    Path("Klub.csv").write_text("Dato;Navn\n6/4-2025;Anna Holm\n;Bo Ek\n13/4-2025;Ce Ve\n", encoding="utf-8")
    imported(city, "Klub.csv", "--as", "sheet", "--events", "Klub")
    assert stored(city, CAME) == [("Klub", "2025-04-06", 0, "1,2"), ("Klub", "2025-04-13", 0, "3")]


@pytest.mark.parametrize(
    "rows",
    [
        ("6/4-2025;Spil;Anna Holm, Bo Ek;", "6/4-2025;Spil;Ce Ve;"),
        ("6/4-2025;Spil;Anna Holm;Huset", "6/4-2025;Spil;Ce Ve;Hallen"),
    ],
)
def test_two_events_of_a_title_on_a_day_stay_two(city: Path, rows: tuple[str, ...]) -> None:
    imported(city, events(*rows, head="Dato;Arrangement;Deltagere;Sted"))
    assert len(stored(city, CAME)) == 2


def test_the_own_columns_of_events_are_taken_as_they_are(city: Path) -> None:
    imported(city, events("Spil,2025-04-06,1", "Spil,2025-04-06,2", head="title,date,present"), "--as", "events")
    assert len(stored(city, CAME)) == 2


def test_volunteers_alone_below_an_event_are_of_the_event(city: Path) -> None:
    rows = ("6/4-2025;Bowling;Anna Holm, Bo Ek;", ";;;Ce Ve", "13/4-2025;Spil;Anna Holm og Bo Ek;")
    imported(city, events(*rows, head="Dato;Arrangement;Deltagere;Frivillige"))
    assert stored(city, CAME) == BOTH


def test_a_sum_below_numbers_of_participants_is_nobody(city: Path) -> None:
    found = read(city, events("6/4-2025;Bowling;11;2", "13/4-2025;Spil;9;1", ";;20;", head="Dato;Arrangement;Deltagere;heraf nye"))
    assert [(each["row"], each["why"]) for each in found["left_out"]] == [(1, "heading"), (4, "total")]
    assert stored(city, CAME) == [("Bowling", "2025-04-06", 11, None), ("Spil", "2025-04-13", 9, None)]


NOT_PLAIN = [("Dato", "the cell is empty"), ("Arrangement", "the cell is empty")]


@pytest.mark.parametrize("between", [[""], ["Ikke tilmeldte;;"], ["", "Ikke tilmeldte;;"], ["", ";;Husk: ikke mødt"]])
def test_names_that_are_not_right_below_an_event_are_bad_cells(city: Path, between: list[str]) -> None:
    found = read(city, events("6/4-2025;Bowling;Anna Holm", *between, ";;Bo Ek", ";;Ce Ve"), expect=2)
    first = 3 + len(between)
    assert {(each["row"], each["column"], each["why"]) for each in found["bad"]} == {
        (row, *cell) for row in (first, first + 1) for cell in NOT_PLAIN
    }


@pytest.mark.parametrize(
    "names", ["Anna Holm, Bo Ek, Ce Ve", "Bo Ek og Ce Ve.", "Bo Ek/Ce Ve", "Bo Ek; Ce Ve", "Bo Ek + Ce Ve (kørte hjem før tid)"]
)
def test_several_names_below_an_event_are_no_remark(city: Path, names: str) -> None:
    imported(city, events("6/4-2025;Bowling;Anna Holm", f';;"{names}"'))
    assert stored(city, CAME) == [BOTH[0]]


@pytest.mark.parametrize("names", ["Bo Ek?", "Bo Ek (kom ikke)", "Fie Su, Ea Su, Ib Su.", "Fie, Ea, Ib, Su, Ann, Liv", "Husk Bo Ek, Ce Ve"])
def test_names_below_an_event_that_are_not_clear_are_asked_about(city: Path, names: str) -> None:
    found = read(city, events("6/4-2025;Bowling;Anna Holm", f';;"{names}"'), expect=2)
    assert {(each["row"], each["column"]) for each in found["bad"]} == {(3, "Deltager")}


@pytest.mark.parametrize(
    "lines", [("6/4-2025;Bowling;Anna Holm;5", ";;Bo Ek;"), ("6/4-2025;Bowling;Anna Holm;5", "6/4-2025;Bowling;Bo Ek;5")]
)
def test_names_below_an_event_are_part_of_its_total(city: Path, lines: tuple[str, ...]) -> None:
    Path("m.csv").write_text("what,sheet,column,found,means\nheading,,,I alt,total\n", encoding="utf-8")
    imported(city, events(*lines, head="Dato;Arrangement;Deltagere;I alt"), "--mapping", "m.csv")
    assert stored(city, CAME) == [("Bowling", "2025-04-06", 3, "1,2")]


@pytest.mark.parametrize("lines", [("6/4-2025;Anna Holm;5", ";Bo Ek;"), ("6/4-2025;Anna Holm;5", "6/4-2025;Bo Ek;5")])
def test_names_below_a_day_are_part_of_its_total(city: Path, lines: tuple[str, ...]) -> None:
    Path("m.csv").write_text("what,sheet,column,found,means\nheading,,,I alt,total\n", encoding="utf-8")
    Path("Klub.csv").write_text("\n".join(["Dato;Navn;I alt", *lines]), encoding="utf-8")
    imported(city, "Klub.csv", "--as", "sheet", "--events", "Klub", "--mapping", "m.csv")
    assert stored(city, CAME) == [("Klub", "2025-04-06", 3, "1,2")]


def test_a_total_of_fewer_than_are_named_below_is_a_bad_cell(city: Path) -> None:
    Path("m.csv").write_text("what,sheet,column,found,means\nheading,,,I alt,total\n", encoding="utf-8")
    lines = events("6/4-2025;Bowling;Anna Holm;2", ";;Bo Ek;", ";;Ce Ve;", head="Dato;Arrangement;Deltagere;I alt")
    found = read(city, lines, "--mapping", "m.csv", expect=2)
    assert [(each["row"], each["column"], each["value"]) for each in found["bad"]] == [(2, "I alt", "2")]


def test_how_many_more_came_may_be_below_the_names(city: Path) -> None:
    Path("m.csv").write_text(
        "what,sheet,column,found,means\nname,,,3 andre,unnamed\nname,,,2 gæster,unnamed\nheading,,,Deltager,present|unnamed\n",
        encoding="utf-8",
    )
    imported(city, events("6/4-2025;Bowling;Anna Holm og 2 gæster", ";;Bo Ek", ";;3 andre", ";;4"), "--mapping", "m.csv")
    assert stored(city, CAME) == [("Bowling", "2025-04-06", 9, "1,2")]


def test_somebody_twice_on_a_day_is_told_below_it_too(city: Path) -> None:
    Path("Klub.csv").write_text("Dato;Navn\n6/4-2025;Anna Holm\n;Anna Holm\n;Bo Ek\n", encoding="utf-8")
    done = imported(city, "Klub.csv", "--as", "sheet", "--events", "Klub")
    assert "1 Anna Holm is there twice on 2025-04-06, and was counted once" in " ".join(done.stderr.split())
    assert stored(city, CAME) == [("Klub", "2025-04-06", 0, "1,2")]


@pytest.mark.parametrize(
    "rows",
    [
        ("Anna Holm;;", "Bo Ek;;", ";Vera Vang;", ";;3"),
        (";Vera Vang;", "Anna Holm;;", ";;3", "Bo Ek;;"),
        (";;3", "Anna Holm;Vera Vang;", "Bo Ek;Vera Vang;"),
        ("Anna Holm;Vera Vang;3", "Bo Ek;Vera Vang;3"),
    ],
)
def test_a_line_may_name_a_volunteer_or_count_guests(city: Path, rows: tuple[str, ...]) -> None:
    assert husrum("--db", city, "volunteer", "add", "Vera Vang", "--role", "organiser", "--joined", "2024-01-01", env=TODAY).exit_code == 0
    file = events(*(f"6/4-2025;Middag;{row}" for row in rows), head="Dato;Arrangement;Deltager;Frivillige;Gæster")
    imported(city, file)
    assert stored(city, CAME) == [("Middag", "2025-04-06", 3, "1,2,4")]
    imported(city, file)
    assert len(stored(city, CAME)) == 1


def test_two_numbers_of_guests_are_two_events(city: Path) -> None:
    imported(city, events("6/4-2025;Middag;3", "6/4-2025;Middag;5", head="Dato;Arrangement;Gæster"))
    assert [row[2] for row in stored(city, CAME)] == [3, 5]
