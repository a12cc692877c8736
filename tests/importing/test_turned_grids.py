"""People by dates in the shapes that people give it: dates below each other, a sheet for each month, two people in a row."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from imports import stored
from openpyxl import Workbook
from running import husrum

ENV = {"HUSRUM_TODAY": "2026-11-30"}
Rows = list[list[object]]
PEOPLE = ["Anna Holm", "Bo Ek", "Ce Ve", "Dan Fu"]
DINNERS = ("--as", "sheet", "--events", "Middag", "--year", "2026")
X = "x"
MARKS = "SELECT starts, name, part FROM attendance t JOIN sessions s ON s.id = session_id JOIN activities a ON a.id = s.activity_id JOIN people p ON p.id = t.person_id ORDER BY 1, number"


@pytest.fixture(autouse=True)
def people(city: Path) -> None:
    """Four young people."""
    for name in PEOPLE:
        assert husrum("--db", city, "intake", "add", name, "--enquired", "2024-01-02", env=ENV).exit_code == 0


def saved(name: str, **sheets: Rows) -> str:
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(f"{name}.xlsx")
    return f"{name}.xlsx"


def read(city: Path, rows: Rows, *options: str, expect: int = 0) -> dict[str, Any]:
    """Return what `import --format json` says of a sheet. Each row must be accounted for once."""
    done = husrum("--db", city, "import", saved("Middag", Ark1=rows), *options, "--format", "json", env=ENV)
    assert done.exit_code == expect, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    numbers = [each["row"] for key in ("read", "left_out") for each in found[key]]
    assert sorted({*numbers, *(each["row"] for each in found["bad"] if each["row"])}) == list(range(1, len(rows) + 1))
    assert len(numbers) == len(set(numbers))
    return found


def fates(found: dict[str, Any]) -> dict[int, str]:
    return {each["row"]: each["why"] for each in found["left_out"]}


def bad(found: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(each["row"], each["column"], each["value"]) for each in found["bad"]]


def came(city: Path) -> dict[str, int]:
    done = husrum("--db", city, "event", "list", "--format", "json", env=ENV)
    return {each["date"]: each["participants"] for each in json.loads(done.stdout)}


def mapped(*lines: str) -> tuple[str, str]:
    Path("m.csv").write_text("\n".join(["what,sheet,column,found,means", *lines]), encoding="utf-8")
    return "--mapping", "m.csv"


@pytest.mark.parametrize("days", [["3/5", "10/5", "17/5"], [date(2026, 5, day) for day in (3, 10, 17)]])
def test_dates_below_each_other_are_read(city: Path, days: list[object]) -> None:
    rows: Rows = [
        ["Søndagsmiddag, foråret"],
        [],
        ["Dato", *PEOPLE, "Gæster", "I alt", "Emne"],
        [days[0], X, None, X, X, 2, "=SUM(B4:F4)", "Velkommen"],
        [],
        [days[1], X, 1, "afbud", 0, None, "=SUM(B6:F6)", "Film og snak"],
        [days[2], None, None, None, None, None, 0, None],
        ["I alt", 2, 1, 1, 1, 2],
        [],
        ["x = kom"],
    ]
    found = read(city, rows, *DINNERS)
    assert fates(found) == {1: "title", 2: "blank", 3: "heading", 5: "blank", 8: "total", 9: "blank", 10: "remark"}
    assert came(city) == {"2026-05-03": 5, "2026-05-10": 2}
    assert (("2026-05-10", "Ce Ve", "excused")) in stored(city, MARKS)
    rows[6][1] = X
    assert [each["added"] for each in read(city, rows, *DINNERS)["sheets"]] == [1]
    assert came(city)["2026-05-17"] == 1


def test_a_turned_grid_is_asked_about_like_any_other(city: Path) -> None:
    rows: Rows = [["Dato", "Anna Holm", "Bo E", "Eva Dam"], ["3/5", X, "sent", X], ["10/5", 0, X, None], ["17/5", X, "sent", None]]
    found = read(city, rows, expect=2)
    assert "people by dates" in next(each["why"] for each in found["bad"] if not each["row"])
    assert {(1, "", "Bo E"), (1, "", "Eva Dam"), (2, "", "sent"), (4, "", "sent")} <= set(bad(found))
    answers = mapped("sheet,Ark1,,,events:Middag", "year,,,,2026", "name,,,Bo E,Bo Ek", "name,,,Eva Dam,new", "value,,,sent,x")
    read(city, rows, *answers)
    assert came(city) == {"2026-05-03": 3, "2026-05-10": 1, "2026-05-17": 2}
    rows[2][1] = X
    (contradicted,) = read(city, rows, *answers, expect=2)["bad"]
    assert (contradicted["row"], contradicted["column"], contradicted["value"]) == (3, "Anna Holm", "x")


def test_a_day_of_a_turned_grid_that_can_not_be_read_is_in_its_row(city: Path) -> None:
    rows: Rows = [["Dato", *PEOPLE], ["3/5", X, X, X, X], ["31/6", X, None, None, None], ["uge 21", X, None, X, None]]
    found = read(city, rows, *DINNERS, expect=2)
    assert bad(found) == [(3, "31/6", "31/6"), (4, "uge 21", "uge 21")]
    read(city, rows, *mapped("year,,,,2026", "sheet,Ark1,,,events:Middag", "heading,,,31/6,30/6", "heading,,,uge 21,ignore"))
    assert came(city) == {"2026-05-03": 4, "2026-06-30": 1}


def test_two_people_in_one_row_were_both_there(city: Path) -> None:
    rows: Rows = [["Navn", "3/5", "10/5", "17/5"], ["Anna Holm og Bo Ek", X, 2, "afbud"], ["Ce Ve & Dan Fu", None, X, X]]
    read(city, rows, *DINNERS)
    assert came(city) == {"2026-05-03": 2, "2026-05-10": 4, "2026-05-17": 2}
    assert [row for row in stored(city, MARKS) if row[2] == "excused"] == [
        ("2026-05-17", "Anna Holm", "excused"),
        ("2026-05-17", "Bo Ek", "excused"),
    ]


def test_each_of_two_people_in_a_row_is_asked_about(city: Path) -> None:
    rows: Rows = [["Navn", "3/5", "10/5"], ["Anna og Bo", X, 1], ["Ce Ve", None, 2]]
    found = read(city, rows, *DINNERS, expect=2)
    assert bad(found) == [(2, "Navn", "Anna"), (2, "Navn", "Bo"), (3, "", "2")]
    rows[2][2], rows[1][2] = None, 2
    read(city, rows, *mapped("year,,,,2026", "sheet,,Ark1,,x", "sheet,Ark1,,,events:Middag", "name,,,Anna og Bo,Anna Holm|2"))
    assert came(city) == {"2026-05-03": 2, "2026-05-10": 2}


def test_one_of_a_pair_counted_by_numbers_is_not_known(city: Path) -> None:
    rows: Rows = [["Navn", "3/5", "10/5"], ["Anna Holm og Bo Ek", 2, 1]]
    assert bad(read(city, rows, *DINNERS, expect=2)) == [(2, "", "1")]


@pytest.mark.parametrize("title", ["Middag maj 2026", None])
def test_days_alone_are_of_the_month_of_the_sheet(city: Path, title: str | None) -> None:
    def month(*days: object) -> Rows:
        return [
            [title] if title else [],
            ["Navn", *days],
            ["Anna Holm", "ja", None, "nej"],
            ["Bo Ek", "ja", "Ja ", None],
            ["Gæster", 3, None, None],
        ]

    may, june = month("3.", "10.", "17."), month(7, 14, 21)
    june[0] = []
    book = saved("Middag", Maj=may, **{"Juni 26": june, "Noter": [["Husk kaffe"]]})
    stopped = husrum("--db", city, "import", book, "--year", "2026", env=ENV)
    assert stopped.exit_code == 2 and "Juni" not in stopped.stderr.split("people by dates")[1] and "2 things" not in stopped.stderr
    done = husrum("--db", city, "import", book, "--year", "2026", *mapped("sheet,Maj,,,events:Middag"), env=ENV)
    assert done.exit_code == 0, done.stderr
    assert came(city) == {"2026-05-03": 5, "2026-05-10": 1, "2026-06-07": 5, "2026-06-14": 1}


def test_two_rows_that_seem_to_be_one_person_are_asked_about(city: Path) -> None:
    rows: Rows = [["Navn", "3/5"], ["Anna Holm", X], ["Anna Holm (den lille)", X], ["Bo Ek", X], ["Bo Ek (kommer sent)", None]]
    assert bad(read(city, rows, *DINNERS, expect=2)) == [(3, "Navn", "Anna Holm (den lille)"), (5, "Navn", "Bo Ek (kommer sent)")]
    read(
        city,
        rows,
        *mapped("year,,,,2026", "sheet,Ark1,,,events:Middag", "name,,,Anna Holm (den lille),Dan Fu", "name,,,Bo Ek (kommer sent),Bo Ek"),
    )
    assert came(city) == {"2026-05-03": 3}


def test_a_grid_without_any_mark_is_told(city: Path) -> None:
    rows: Rows = [["Navn", "3/5", "10/5"], ["Anna Holm", None, None], ["grøn = kom, rød = afbud"]]
    done = husrum("--db", city, "import", saved("Middag", Ark1=rows), *DINNERS, env=ENV)
    assert done.exit_code == 0 and "Ark1: no cell says who came; colours can't be read" in done.stderr


def test_marks_with_a_remark_and_new_people_who_are_only_counted(city: Path) -> None:
    rows: Rows = [["Navn", "3/5", "10/5"], ["Anna Holm", "X (kom sent)", "x*"], ["Bo Ek", "(x)", "afbud (syg)"], ["+ nye", 2, None]]
    read(city, rows, *DINNERS)
    assert came(city) == {"2026-05-03": 4, "2026-05-10": 1}


def test_months_of_two_series_in_one_file_are_two_questions(city: Path) -> None:
    rows: Rows = [["Navn", "3.", "10.", "17."], ["Anna Holm", X, None, X]]
    sheets = {"Fredag maj": rows, "Søndag maj": rows, "Fredag juni 2026": rows}
    done = husrum("--db", city, "import", saved("Café", **sheets), *mapped("sheet,Fredag maj,,,events:Fredag", "year,,,,2026"), env=ENV)
    assert done.exit_code == 2 and "Søndag maj: people by dates" in done.stderr and "1 thing" in done.stderr, done.stderr
    lines = ("sheet,Fredag maj,,,events:Fredag", "sheet,Søndag maj,,,ignore", "year,,,,2026")
    assert husrum("--db", city, "import", "Café.xlsx", *mapped(*lines), env=ENV).exit_code == 0
    assert came(city) == {"2026-05-03": 1, "2026-05-17": 1, "2026-06-03": 1, "2026-06-17": 1}
