"""Random spreadsheets of the kind people keep: every row is read, left out with a reason, or bad; and what is read is what is there."""

from __future__ import annotations

import json
from pathlib import Path

import messy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from messy import MessySheet
from running import husrum

from husrum_cli.importing.reading.files import read_workbook
from husrum_cli.importing.understanding.context import Options
from husrum_cli.importing.understanding.findings import Findings
from husrum_cli.importing.understanding.mapping import Line, Mapping
from husrum_cli.importing.understanding.roster import Roster, RosterPerson
from husrum_cli.importing.understanding.sheets import SheetContents, understand

SLOW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUSRUM_TODAY", "2026-12-15")


def understood(path: Path, roster: Roster, *lines: Line) -> tuple[SheetContents, Findings]:
    findings = Findings()
    options = Options(year=2026, mapping=Mapping(list(lines)))
    return understand([read_workbook(path)], options, roster, findings, lambda _target: []), findings


def accounted(sheet: MessySheet, findings: Findings) -> dict[int, str]:
    """row -> its fate. Fails where a row has none, or two."""
    read = {row.row: "read" for row in findings.rows_read()}
    left_out = {row.row: row.why for row in findings.rows_left_out()}
    bad = {each.row: "bad" for each in findings.bad if each.row}
    assert not read.keys() & left_out.keys() and not read.keys() & bad.keys()
    fate = {**left_out, **read, **bad}
    last = max(number for number, row in enumerate(sheet.rows, 1) if any(cell is not None for cell in row))
    assert sorted(fate) == list(range(1, last + 1))
    return fate


@SLOW
@given(sheet=messy.lists())
def test_every_row_of_a_list_is_accounted_for(tmp_path: Path, sheet: MessySheet) -> None:
    path = messy.saved(tmp_path / "Unge.xlsx", Unge=sheet)
    result, findings = understood(path, Roster())
    fate = accounted(sheet, findings)
    for row, why in sheet.other.items():
        assert fate.get(row, "blank") == why, (row, sheet.rows[row - 1], findings.bad)
    assert {row for row, each in fate.items() if each == "bad"} == sheet.nonsense
    (rows,) = result.rows
    names = {number: texts.get("name", "") for number, texts in rows.rows}
    assert names == sheet.people


@SLOW
@given(data=st.data())
def test_every_row_of_a_grid_is_accounted_for(tmp_path: Path, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(messy.NAMES), min_size=1, max_size=6, unique=True))
    sheet = data.draw(messy.grids(names))
    path = messy.saved(tmp_path / "Spisning.xlsx", Spisning=sheet)
    roster = Roster()
    for number, name in enumerate(names, 1):
        roster.add(RosterPerson(number, name, in_file=True, enquired={""}))
    result, findings = understood(path, roster, Line("sheet", "Spisning", means="events:Spisning"))
    fate = accounted(sheet, findings)
    for row, why in sheet.other.items():
        assert fate.get(row, "blank") == why, (row, sheet.rows[row - 1], findings.bad)
    (grid,) = result.grids
    assert sorted(grid.days) == sorted(sheet.ticks)
    assert {row.number: row.person.name for row in grid.rows} == sheet.people
    assert {day: sum(row.marks.get(day) == "x" for row in grid.rows) for day in grid.days} == sheet.ticks


def _known(names: list[str]) -> Roster:
    roster = Roster()
    for number, name in enumerate(names, 1):
        roster.add(RosterPerson(number, name, in_file=True, enquired={""}))
    return roster


def _check_fates(sheet: MessySheet, findings: Findings) -> None:
    fate = accounted(sheet, findings)
    for row, why in sheet.other.items():
        assert fate.get(row, "blank") == why, (row, sheet.rows[row - 1], findings.bad)
    assert "bad" not in fate.values(), findings.bad


@SLOW
@given(data=st.data())
def test_every_row_of_a_turned_grid_is_accounted_for(tmp_path: Path, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(messy.NAMES), min_size=2, max_size=6, unique=True))
    sheet = data.draw(messy.turned_grids(names))
    path = messy.saved(tmp_path / "Spisning.xlsx", Spisning=sheet)
    result, findings = understood(path, _known(names), Line("sheet", "Spisning", means="events:Spisning"))
    _check_fates(sheet, findings)
    (grid,) = result.grids
    assert {day: sum(row.marks.get(day) == "x" for row in grid.rows) for day in grid.days} == sheet.ticks
    assert {day: grid.unnamed.get(day, (0, 0))[1] for day in grid.days} == sheet.guests
    assert {grid.rows_of_days[day]: day for day in grid.days} == sheet.people


@SLOW
@given(data=st.data())
def test_every_row_of_a_month_is_accounted_for(tmp_path: Path, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(messy.NAMES), min_size=2, max_size=6, unique=True))
    name, sheet = data.draw(messy.month_grids(names))
    path = messy.saved(tmp_path / "Spisning.xlsx", **{name: sheet})
    result, findings = understood(path, _known(names), Line("sheet", name, means="events:Spisning"))
    _check_fates(sheet, findings)
    (grid,) = result.grids
    assert {day: sum(row.marks.get(day) == "x" for row in grid.rows) for day in grid.days} == sheet.ticks
    assert sorted(row.person.name for row in grid.rows) == sorted(names)


@SLOW
@given(sheet=messy.counts())
def test_every_row_of_numbers_is_accounted_for(tmp_path: Path, sheet: MessySheet) -> None:
    path = messy.saved(tmp_path / "Arrangementer.xlsx", Arrangementer=sheet)
    result, findings = understood(path, _known(messy.NAMES))
    _check_fates(sheet, findings)
    (rows,) = result.rows
    assert {texts["title"]: int(texts["unnamed"]) for _number, texts in rows.rows} == sheet.ticks
    assert {number: texts["title"] for number, texts in rows.rows} == sheet.people
    assert not any("present" in texts for _number, texts in rows.rows)


def test_an_error_that_was_saved_as_text_is_a_bad_cell(city: Path) -> None:
    sheet = city.parent / "intakes.csv"
    rows = ("#N/A;2026-02-01;;", "Anna Holm;2026-02-01;#VÆRDI!;", "Bo Ek;2026-02-01;;#i/t", "Ida Krogh;2026-02-01;;nr. #N/A")
    sheet.write_text("\n".join(("name;enquired;phone;note", *rows)), encoding="utf-8")
    done = husrum("import", sheet, "--format", "json", "--db", city)
    assert done.exit_code == 2
    bad = json.loads(done.stdout)["bad"]
    assert [(each["row"], each["column"]) for each in bad] == [(2, "name"), (3, "phone"), (4, "note")]
    typed = husrum("intake", "add", "#REFERENCE!", "--db", city)
    assert typed.exit_code == 2 and "“#REFERENCE!” is what a spreadsheet shows" in typed.stderr
    assert json.loads(husrum("person", "list", "--format", "json", "--db", city).stdout) == []


def test_a_bad_cell_shows_the_names_that_were_written(city: Path) -> None:
    def imported(kind: str, *rows: str) -> list[tuple[str, str]]:
        sheet = city.parent / f"{kind}.csv"
        sheet.write_text("\n".join(rows), encoding="utf-8")
        bad = json.loads(husrum("import", sheet, "--format", "json", "--db", city).stdout)["bad"]
        return [(each["column"], each["value"]) for each in bad]

    assert not imported("intakes", "name,enquired", "Anna Holm,2026-01-01", "Bo Ek,2026-01-01", "Ida Krogh,2026-01-01")
    assert not imported("events", "title,date,present", "Spil,2026-02-01,Anna Holm|Bo Ek")
    assert imported("events", "title,date,present", "Spil,2026-02-01,anna holm + Ida Krogh") == [("present", "anna holm + Ida Krogh")]
    assert imported("attendance", "event,date,present", "E1,2026-02-01,Ida Krogh") == [("present", "Ida Krogh")]
    assert imported("waiting", "person,since,until", "Bo Ek,2026-03-01,2026-02-01") == [("until", "2026-02-01")]
    assert imported("matches", "person,volunteer,date", "Bo Ek,Bo Ek,2026-02-01") == [("volunteer", "Bo Ek")]
