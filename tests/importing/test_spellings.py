"""Headings, dates and labels in the many ways people write them."""

from __future__ import annotations

import pytest

from husrum_cli.importing.reading.workbook import Sheet, Value
from husrum_cli.importing.understanding.columns import column_for
from husrum_cli.importing.understanding.context import Options, SheetContext
from husrum_cli.importing.understanding.dates import day_number, days_from_to, read_file_date
from husrum_cli.importing.understanding.findings import Findings
from husrum_cli.importing.understanding.grid_headings import days_in, is_day_heading, is_person_heading
from husrum_cli.importing.understanding.grids import understand_grid
from husrum_cli.importing.understanding.roster import Roster, RosterPerson
from husrum_cli.importing.understanding.tables import Known, find_table
from husrum_cli.importing.understanding.words import is_like_a_name, is_remark, is_total


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUSRUM_TODAY", "2026-12-15")


@pytest.mark.parametrize(
    ("kind", "heading", "column"),
    [
        ("intakes", "Dato for forsamtale", "held"),
        ("intakes", "FORSAMTALE D.", "held"),
        ("intakes", "Henvendt (dato)", "enquired"),
        ("intakes", "Beskæftigelse/uddannelse", "occupation"),
        ("intakes", "Navn på den unge", "name"),
        ("intakes", "Hvor hørt om os?", "source"),
        ("intakes", "OBS!", "note"),
        ("intakes", "Tlf./mail", None),
        ("volunteers", "Intro-kursus", "intro_course"),
        ("volunteers", "Introkursus d.", "intro_course"),
        ("volunteers", "Rolle(r)", "role"),
        ("volunteers", "Frivillig", "name"),
        ("events", "Navn på arrangement", "title"),
        ("events", "Dato / dag", "date"),
    ],
)
def test_a_heading_is_known_without_the_words_around_it(kind: str, heading: str, column: str | None) -> None:
    assert column_for(kind, heading) == column


@pytest.mark.parametrize("text", ["8/9 03", "8. sept. 03", "8/9-03", "08.09.03", "8-9-2003", "8/9/'03"])
def test_a_date_in_any_order_of_signs(text: str) -> None:
    assert read_file_date(text, birth=True).iso == "2003-09-08"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3.-5. juli", ("2026-07-03", "2026-07-05")),
        ("3.–5. juli 2025", ("2025-07-03", "2025-07-05")),
        ("30/6 - 2/7 2025", ("2025-06-30", "2025-07-02")),
        ("3-5/12", ("2026-12-03", "2026-12-05")),
        ("fre 3. til søn 5. juli", ("2026-07-03", "2026-07-05")),
        ("2025-07-03 – 2025-07-05", ("2025-07-03", "2025-07-05")),
        ("3/7-2025", None),
        ("05-03-26", None),
        ("Anna-Marie", None),
    ],
)
def test_two_days_in_one_cell(text: str, days: tuple[str, str] | None) -> None:
    found = days_from_to(text)
    assert (found and tuple(read_file_date(day, 2026).iso for day in found)) == days


@pytest.mark.parametrize(("text", "day"), [("5", 5), ("5.", 5), ("d. 5.", 5), ("tir 05", 5), ("32", None), ("5/3", None), ("", None)])
def test_a_day_of_the_month_without_a_month(text: str, day: int | None) -> None:
    assert day_number(text) == day


def test_remarks_totals_and_names() -> None:
    assert is_remark("Afbud skrives med a") and not any(map(is_remark, ("Anna Bach", "Jens Ove Bæk (ven til Eva)")))
    assert is_total("Fremmøde i alt") and is_total("Antal fremmødte") and is_total("Marts i alt") and not is_total("Gæster i alt")
    assert is_like_a_name("Jens Ove Frost") and not is_like_a_name("sms") and not is_like_a_name("Ring til Anna")


def _grid(*rows: list[Value]) -> tuple[list[str], Findings]:
    sheet = Sheet(
        "Gruppe", [(number, row) for number, row in enumerate(rows, 1) if any(cell is not None for cell in row)], last_row=len(rows)
    )
    roster, findings = Roster(), Findings()
    roster.add(RosterPerson(1, "Anna Bach", enquired={""}))
    table = find_table(sheet, Known(days_in, is_person_heading, is_day_heading))
    assert table is not None
    grid = understand_grid(SheetContext("f.xlsx", sheet, Options(), roster, findings), "group:G1", table, [])
    return sorted(grid.days), findings


def test_the_year_goes_on_from_december_to_january() -> None:
    days, findings = _grid([None, "november 2025", None, "januar", "maj"], ["Navn", 4, 11, 6, 5], ["Anna Bach", "x", None, "x", "x"])
    assert days == ["2025-11-04", "2025-11-11", "2026-01-06", "2026-05-05"] and not findings.bad


def test_days_with_their_weekday_and_a_column_of_names_with_an_unusual_heading() -> None:
    days, findings = _grid([None, "maj 2026", None], ["Hvem er det", "ti 5.", "d. 12."], ["Anna Bach", "x", "x"])
    assert days == ["2026-05-05", "2026-05-12"] and not findings.bad


def test_legends_below_a_grid_are_no_people() -> None:
    for legend in (["x", "kom"], ["a", "afbud"], ["x = kom", "a = afbud"], ["Afbud skrives med a"]):
        _days, findings = _grid(["Navn", "5/5-2026", "12/5-2026"], ["Anna Bach", "x", None], [None], list(legend))
        assert not findings.bad, legend


def test_who_never_came_is_read_whatever_the_column_of_names_is_called() -> None:
    rows: list[tuple[int, list[Value]]] = [
        (1, ["Hvem", "5/5-2026", "12/5-2026"]),
        (2, ["Ida Bæk (min)"]),
        (3, ["Anna Bach", "x"]),
        (4, ["Bo", "a"]),
    ]
    table = find_table(Sheet("Fest", rows, last_row=4), Known(days_in, lambda _heading: False, is_day_heading))
    assert table is not None and [number for number, _values in table.rows] == [2, 3, 4]


def test_a_heading_that_is_next_to_the_months_is_that_of_its_column() -> None:
    _days, findings = _grid(
        [None, "marts 2026", None, "Marts i alt", "april", "Bemærkning"],
        ["Navn", 6, 13, None, 3, None],
        ["Anna Bach", "x", "x", 2, "x", "ringer selv"],
    )
    assert not findings.bad
    days, findings = _grid(["Navn", "6/3-2026", "13/3-2026", None], ["Anna Bach", "x", "x", "ringer selv"])
    assert [(bad.value, bad.found) for bad in findings.bad] == [("D", "D")] and len(days) == 2


@pytest.mark.parametrize("text", ["tirsdag d. 3/3-2026 kl. 19", "3/3-2026, kl 18.30", "3. marts 2026 17:30-19", "2026-03-03 18:00"])
def test_the_time_of_day_next_to_a_date_is_left_out(text: str) -> None:
    assert read_file_date(text).iso == "2026-03-03"
