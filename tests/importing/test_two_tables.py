"""Sheets with more than one table, and with headings that are no single day: told, and never read as something else."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from running import husrum

ENV = {"HUSRUM_TODAY": "2026-11-30"}
Rows = list[list[object]]
PEOPLE = ["Anna Holm", "Bo Ek", "Ce Ve", "Dan Fu"]
AS_GRID = ("--as", "sheet", "--events", "Middag", "--year", "2026")
X = "x"


@pytest.fixture(autouse=True)
def people(city: Path) -> None:
    """Four young people, and the folder where the spreadsheets are."""
    for name in PEOPLE:
        assert husrum("--db", city, "intake", "add", name, "--enquired", "2024-01-02", env=ENV).exit_code == 0


def saved(rows: Rows, name: str) -> str:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(row)
    book.save(f"{name}.xlsx")
    return f"{name}.xlsx"


def read(city: Path, rows: Rows, *options: str, name: str = "Søndag", expect: int = 0) -> dict[str, Any]:
    """Return what `import --format json` says of every row. Each must be accounted for once; of a file that isn't understood nothing is written."""
    before = city.read_bytes()
    done = husrum("--db", city, "import", saved(rows, name), *options, "--format", "json", env=ENV)
    assert done.exit_code == expect, done.stdout + done.stderr
    assert expect == 0 or city.read_bytes() == before
    found: dict[str, Any] = json.loads(done.stdout)
    numbers = [each["row"] for key in ("read", "left_out") for each in found[key]]
    assert sorted({*numbers, *(each["row"] for each in found["bad"] if each["row"])}) == list(range(1, len(rows) + 1))
    assert len(numbers) == len(set(numbers))
    return found


def bad(found: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(each["row"], each["value"], each["why"].split(";")[0]) for each in found["bad"]]


def fates(found: dict[str, Any]) -> dict[int, str]:
    return {each["row"]: each["why"] for each in found["left_out"]}


def came(city: Path) -> dict[str, int]:
    done = husrum("--db", city, "event", "list", "--format", "json", env=ENV)
    return {each["date"]: each["participants"] for each in json.loads(done.stdout)}


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("3.-5. maj", "these are several days"),
        ("3/5 - 5/5", "these are several days"),
        ("uge 12", "this heading is not a date"),
        ("maj", "this is a month, not a day"),
    ],
)
def test_a_heading_that_is_no_single_day_is_asked_about(city: Path, heading: str, why: str) -> None:
    rows: Rows = [["Navn", "1/5", heading], ["Anna Holm", X, X]]
    assert bad(read(city, rows, *AS_GRID, expect=2)) == [(1, heading, why)]
    lines = list(csv.reader(Path("Søndag.mapping.csv").read_text(encoding="utf-8-sig").splitlines()))
    lines[1:] = [[*line[:-1], "2026-05-04"] for line in lines[1:]]
    with Path("Søndag.mapping.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    read(city, rows, *AS_GRID)
    assert came(city) == {"2026-05-01": 1, "2026-05-04": 1}


def test_days_of_a_month_with_a_hyphen_are_no_date(city: Path) -> None:
    rows: Rows = [[None, "Juli", None], ["Navn", "3-5", 12], ["Anna Holm", X, X]]
    assert bad(read(city, rows, *AS_GRID, expect=2)) == [(2, "3-5", "these are several days")]


@pytest.mark.parametrize("number", [False, True])
def test_a_grid_beside_another_is_not_read_as_more_days_of_the_first(city: Path, number: bool) -> None:
    one, two, three, four = [1, 2, 3, 4] if number else PEOPLE
    heading = "Nr" if number else "Navn"
    rows: Rows = [[heading, "3/5", None, heading, "17/5"], [one, X, None, two, X], [three, None, None, four, X]]
    assert bad(read(city, rows, *AS_GRID, expect=2)) == [(1, heading, "another table begins here")]
    assert came(city) == {}


def test_names_that_are_repeated_beside_later_days_are_the_same_rows(city: Path) -> None:
    rows: Rows = [["Nr", "Navn", "3/5", "Navn", "17/5"], [1, "Anna Holm", X, "Anna  Holm", X], [2, "Bo Ek", None, "Bo Ek", X]]
    read(city, rows, *AS_GRID)
    assert came(city) == {"2026-05-03": 1, "2026-05-17": 2}


@pytest.mark.parametrize("gap", [[[]], [[], ["Hold 2"]], []])
@pytest.mark.parametrize("days", [["17/5", "24/5"], [date(2026, 5, 17), date(2026, 5, 24)]])
def test_a_grid_below_another_is_told_and_left_out_where_the_mapping_says_so(city: Path, days: list[object], gap: Rows) -> None:
    rows: Rows = [["Navn", "3/5", "10/5"], ["Anna Holm", X, None], ["Bo Ek", X, X], *gap, ["Navn", *days], ["Ce Ve", X, X]]
    at = len(rows) - 1
    ((row, headings, why),) = bad(read(city, rows, *AS_GRID, expect=2))
    assert (row, why) == (at, "another table begins here") and headings.startswith("Navn, ")
    Path("Søndag.mapping.csv").write_text(f'what,sheet,column,found,means\nheading,,,"{headings}",ignore\n', encoding="utf-8")
    assert fates(read(city, rows, *AS_GRID)) == {
        1: "heading",
        **{number: "blank" if gap and number == 4 else "another table" for number in range(4 if gap else at, at + 2)},
    }
    assert came(city) == {"2026-05-03": 2, "2026-05-10": 1}


@pytest.mark.parametrize("gap", [[[]], [[], ["Frivillige"]], []])
def test_a_list_below_another_is_not_read_as_people_of_the_first(city: Path, gap: Rows) -> None:
    rows: Rows = [
        ["Navn", "Kommune", "Noter"],
        ["Eva Ro", "Aarhus", "hej"],
        ["Ib Su"],
        *gap,
        ["Navn", "Mail", "Rolle"],
        ["Fie Su", "f@s.dk", "leder"],
    ]
    found = read(city, rows, name="Unge", expect=2)
    assert bad(found) == [(len(rows) - 1, "Navn, Mail, Rolle", "another table begins here")]
    assert [each["row"] for each in found["read"]] == [2, 3]


def test_the_same_headings_again_go_on_with_the_table(city: Path) -> None:
    rows: Rows = [["Navn", "3/5", "10/5"], ["Anna Holm", X, None], [], ["Navn", "3/5", "10/5"], ["Ce Ve", X, None]]
    assert fates(read(city, rows, *AS_GRID)) == {1: "heading", 3: "blank", 4: "heading"}
    assert came(city) == {"2026-05-03": 2}


def test_a_row_of_ones_with_its_sum_is_not_taken_for_days_below_months(city: Path) -> None:
    rows: Rows = [["Navn", date(2026, 5, 3), date(2026, 5, 10), "I alt"], ["Anna Holm", 1, 1, 2], ["Bo Ek", 1, None, 1]]
    read(city, rows, *AS_GRID)
    assert came(city) == {"2026-05-03": 2, "2026-05-10": 1}


@pytest.mark.parametrize("name", ["Unge", "Frivillige", "Arrangementer"])
def test_a_list_above_a_wider_one_is_not_its_title(city: Path, name: str) -> None:
    upper, lower = {
        "Unge": (["Navn", "Henvendt"], ["Navn", "Henvendt", "Forsamtale", "Telefon"]),
        "Frivillige": (["Navn", "Startet"], ["Navn", "Startet", "Opgave", "Telefon"]),
        "Arrangementer": (["Dato", "Aktivitet"], ["Dato", "Aktivitet", "Antal unge", "Sted"]),
    }[name]
    row = ["6/1-2025", "Spil"] if name == "Arrangementer" else ["Eva Dam", "6/1-2025"]
    rows: Rows = [upper, row, row, [], lower, [*row, None, None]]
    found = read(city, rows, name=name, expect=2)
    assert (5, ", ".join(lower), "another table begins here") in bad(found)


def test_what_is_above_a_table_and_no_table_stays_a_title(city: Path) -> None:
    rows: Rows = [["Kontakt", "Telefon"], ["Navn: Aarhus", "Skema"], [], ["Navn", "1/4", "8/4"], ["Anna Holm", X, X]]
    assert fates(read(city, rows, *AS_GRID))[1] in ("title", "heading")


APRIL: Rows = [["Navn", date(2026, 4, 1), date(2026, 4, 8), date(2026, 4, 15)], ["Ce Ve", X, X, X], ["Anna Holm", None, X]]


@pytest.mark.parametrize("titles", [([["Marts"]], [["April"]]), ([["Klub 2026"], ["Marts"], []], [["April"]]), ([], [])])
@pytest.mark.parametrize("names", [PEOPLE[:2], PEOPLE * 3, PEOPLE * 20])
@pytest.mark.parametrize("rest", [[], [["I alt", 1, 1]]])
def test_a_grid_with_more_days_below_another_does_not_hide_it(city: Path, titles: tuple[Rows, Rows], names: list[str], rest: Rows) -> None:
    march: Rows = [["Navn", date(2026, 3, 4), date(2026, 3, 11)], *([name, X] for name in names), *rest]
    rows = [*titles[0], *march, [], *titles[1], *APRIL]
    ((row, headings, why),) = bad(read(city, rows, *AS_GRID, expect=2))
    assert (row, why) == (len(rows) - 2, "another table begins here")
    Path("Søndag.mapping.csv").write_text(f'what,sheet,column,found,means\nheading,,,"{headings}",ignore\n', encoding="utf-8")
    read(city, rows, *AS_GRID)
    assert came(city) == {"2026-03-04": len(set(names))}


@pytest.mark.parametrize("heading", ["Fornavn", "Nr", None])
def test_a_grid_with_more_days_below_one_without_a_heading_of_names_stops_the_import(city: Path, heading: str | None) -> None:
    first: list[object] = [1, 2] if heading == "Nr" else ["Anna", "Bo"]
    read(city, [[heading, "3/3", "10/3"], *([each, X] for each in first), [], *APRIL], *AS_GRID, expect=2)
    read(city, [[heading, "3/3", "10/3"], *([each, X] for each in first), [], [heading, *APRIL[0][1:]], *APRIL[1:]], *AS_GRID, expect=2)
    assert came(city) == {}


@pytest.mark.parametrize("title", [[], [["Unge"]], [["Unge i HUSRUM"], []]])
@pytest.mark.parametrize("headings", [["Navn", "Henvendt"], ["Navn"], ["Fornavn", "Efternavn", "Henvendt"]])
@pytest.mark.parametrize(
    "below",
    [
        ["Navn", "Henvendt", "Forsamtale", "Telefon"],
        ["Navn", "Telefon", "Mail", "Kommune", "Noter"],
        ["Navn", "Opgave", "Startet", "Telefon", "Mail"],
    ],
)
def test_a_wider_list_below_another_does_not_hide_it(city: Path, title: Rows, headings: list[object], below: list[object]) -> None:
    people: Rows = [["Eva Ro"], ["Ib Su"]] if len(headings) < 3 else [["Eva", "Ro"], ["Ib", "Su"]]
    rows: Rows = [*title, headings, *people, [], ["Andre"], below, ["Fie Su"]]
    found = read(city, rows, name="Unge", expect=2)
    assert (len(rows) - 1, ", ".join(map(str, below)), "another table begins here") in bad(found)
    assert [each["row"] for each in found["read"]] == [len(title) + 2, len(title) + 3]


def test_a_sheet_is_what_its_first_table_is(city: Path) -> None:
    rows: Rows = [
        ["Unge"], ["Navn", "Henvendt"], ["Eva Ro", "2026-01-06"], ["Ib Su", "2026-01-07"], [],
        ["Frivillige"], ["Navn", "Opgave", "Startet"], ["Ea Bo", "gruppeleder", "2023-08-01"],
    ]  # fmt: skip
    ((row, headings, why),) = bad(read(city, rows, name="Liste", expect=2))
    assert (row, headings, why) == (7, "Navn, Opgave, Startet", "another table begins here")
    Path("Liste.mapping.csv").write_text(f'what,sheet,column,found,means\nheading,,,"{headings}",ignore\n', encoding="utf-8")
    read(city, rows, name="Liste")
    listed = husrum("--db", city, "person", "list", env=ENV).stdout
    assert "Eva Ro" in listed and "Ib Su" in listed and "Ea Bo" not in listed


@pytest.mark.parametrize("what", ["Aktivitet", "Titel"])
def test_a_wider_list_of_events_below_another_does_not_hide_it(city: Path, what: str) -> None:
    rows: Rows = [
        ["Januar"], ["Dato", what, "Antal unge"], ["2026-01-05", "Spil", 5], ["2026-01-12", "Spil", 4], [],
        ["Februar"], ["Dato", what, "Antal unge", "Sted"], ["2026-02-02", "Spil", 4, "Huset"],
    ]  # fmt: skip
    assert bad(read(city, rows, name="Arrangementer", expect=2)) == [
        (7, f"Dato, {what}, Antal unge, Sted", "another table begins here"),
    ]


@pytest.mark.parametrize(
    "above",
    [
        [["Navn:", "HUSRUM Aarhus"], ["Telefon:", "20304050"], []],
        [["Navn på gruppe", "Tirsdag"], ["Leder", "Karen Bang"], ["Startet", "2026-01-02"], []],
        [["Gruppe", "Leder", "Mail"], ["Tirsdag", "Karen Bang", "k@b.dk"], []],
        [["x", "til stede"], ["a", "afbud"], []],
        [["Henvendelse", None, "Forsamtale"], []],
        [["Unge", "Henvendt", "Forsamtale"]],
        [["HUSRUM Aarhus"], ["Karen Bang"], ["Liste over unge", None, "Opdateret 3/5-2026"], []],
    ],
)
def test_what_is_above_a_list_is_no_table_of_its_own(city: Path, above: Rows) -> None:
    rows: Rows = [*above, ["Navn", "Henvendt", "Forsamtale", "Telefon", "Mail"], ["Eva Ro", "2026-01-06"], ["Ib Su", "2026-01-07"]]
    found = read(city, rows, name="Unge")
    assert [each["row"] for each in found["read"]] == [len(above) + 2, len(above) + 3]


@pytest.mark.parametrize(
    "above",
    [
        [["Navn:", "Middag"], ["Startet:", date(2026, 3, 4)], []],
        [["Navn", date(2026, 3, 1), None, date(2026, 4, 1)]],
        [["Navn", date(2026, 3, 1), None, date(2026, 4, 1)], ["Tema", "Spil", None, "Tur"]],
        [["Opdateret", date(2026, 3, 4)], ["Karen Bang", "leder"], []],
        [["Ansvarlig", "Dato"], ["Karen Bang", date(2026, 3, 4)], []],
    ],
)
def test_what_is_above_a_grid_is_no_table_of_its_own(city: Path, above: Rows) -> None:
    read(city, [*above, ["Navn", "4/3", "11/3", "1/4"], ["Anna Holm", X, X], ["Bo Ek", None, None, X]], *AS_GRID)
    assert came(city) == {"2026-03-04": 1, "2026-03-11": 1, "2026-04-01": 1}


def test_a_wider_list_of_days_below_another_stops_the_import(city: Path) -> None:
    rows: Rows = [["Dato", "Navn"], ["2026-03-04", "Anna Holm"], [], ["Dato", "Navn", "Frivillige"], ["2026-04-01", "Bo Ek", "Ce Ve"]]
    read(city, rows, "--as", "sheet", "--events", "Middag", expect=2)
    assert came(city) == {}


def test_a_grid_below_another_with_headings_that_are_no_dates_does_not_hide_it(city: Path) -> None:
    rows: Rows = [["Navn", "uge 10", "uge 11"], ["Anna Holm", X], ["Bo Ek", None, X], [], *APRIL]
    found = bad(read(city, rows, *AS_GRID, expect=2))
    assert [row for row, _value, why in found if why == "another table begins here"] == [5]
    assert {value for _row, value, why in found if why == "this heading is not a date"} == {"uge 10", "uge 11"}


def test_a_list_below_another_with_unknown_headings_does_not_hide_it(city: Path) -> None:
    rows: Rows = [["Navn", "Hold", "Farve", "Dyr"], ["Eva Ro", "a", "b", "c"], [], ["Navn", "Henvendt", "Telefon"], ["Ib Su", "2026-01-06"]]
    found = bad(read(city, rows, name="Unge", expect=2))
    assert (4, "Navn, Henvendt, Telefon", "another table begins here") in found
    assert {"Hold", "Farve", "Dyr"} <= {value for _row, value, _why in found}


@pytest.mark.parametrize("first", [[["2026-01-05", 5]], [["2026-01-05", 5], ["2026-01-12", 4]]])
def test_events_without_titles_are_not_hidden_by_those_with_titles_below(city: Path, first: Rows) -> None:
    rows: Rows = [
        ["Dato", "Antal unge"],
        ["2026-01-05", 5],
        ["2026-01-12", 4],
        [],
        ["Dato", "Antal unge", "Titel"],
        ["2026-02-02", 4, "Spil"],
    ]
    assert (5, "Dato, Antal unge, Titel", "another table begins here") in bad(read(city, rows, name="Arrangementer", expect=2))


def test_where_events_are_is_no_table_of_its_own(city: Path) -> None:
    rows: Rows = [["Sted", "Ansvarlig"], ["Huset", "Karen Bang"], [], ["Dato", "Titel", "Antal unge", "Noter"], ["2026-02-02", "Spil", 4]]
    read(city, rows, name="Arrangementer")
    assert came(city) == {"2026-02-02": 4}


@pytest.mark.parametrize("again", [["Navn"], ["NAVN"]])
def test_the_heading_of_a_list_of_names_alone_is_nobody_where_it_is_repeated(city: Path, again: list[object]) -> None:
    rows: Rows = [["Unge"], ["Navn"], ["Eva Ro"], ["Ib Su"], [], ["Tidligere"], again, ["Fie Su"]]
    found = read(city, rows, name="Unge")
    assert fates(found) == {1: "title", 2: "heading", 5: "blank", 6: "remark", 7: "heading"}
    listed = husrum("--db", city, "person", "list", "--format", "json", env=ENV).stdout
    assert [each["name"] for each in json.loads(listed)] == [*PEOPLE, "Eva Ro", "Ib Su", "Fie Su"]
