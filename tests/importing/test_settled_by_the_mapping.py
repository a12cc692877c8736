"""Lists with what no rule can know: the mapping settles all of it, so that no file has to be changed."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from imports import TODAY, stored
from running import Result, husrum

DANISH = {**TODAY, "HUSRUM_LANGUAGE": "da"}


def imported(city: Path, *files: object, mapping: str = "", expect: int = 0, env: dict[str, str] = TODAY) -> Result:
    if mapping:
        Path("m.csv").write_text(f"what,sheet,column,found,means\n{mapping}", encoding="utf-8")
    done = husrum("--db", city, "import", *(("--mapping", "m.csv") if mapping else ()), *files, env=env)
    assert done.exit_code == expect, done.stdout + done.stderr
    return done


def written(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def asked(path: str) -> list[tuple[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return [(row["what"], row["found"]) for row in csv.DictReader(file)]


def grid(name: str, rows: list[list[object]]) -> str:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(name)
    return name


def people(city: Path, *names: str) -> None:
    for name in names:
        assert husrum("--db", city, "intake", "add", name, "--enquired", "2026-01-04", env=TODAY).exit_code == 0


EVENTS = "Hvornår;Hvad;Uden navn\n8/2-2026;Fastelavn;3\napril;Åbent hus;12\n"


@pytest.mark.parametrize("line", ["value,Ture,Hvornår,april,ignore", "value,Ture,Hvad,Åbent hus,ignore\nvalue,Ture,Hvornår,april,ignore"])
def test_a_row_whose_day_the_mapping_ignores_is_left_out(city: Path, line: str) -> None:
    done = imported(city, written("Ture.csv", EVENTS), mapping=f"sheet,Ture,,,events\n{line}\n")
    assert stored(city, "SELECT title FROM activities") == [("Fastelavn",)]
    assert "left out: ignored (1), headings (1)" in done.stderr


def test_a_needed_value_that_is_not_recorded_can_still_be_answered(city: Path) -> None:
    lines = "sheet,Ture,,,events\nvalue,Ture,Hvornår,april,?\n"
    done = imported(city, written("Ture.csv", EVENTS), mapping=lines, expect=2)
    assert "row 3, Hvornår “april”: a value is needed here; “ignore” leaves the row out" in done.stderr


def test_a_row_of_which_the_mapping_ignores_everything_is_left_out(city: Path) -> None:
    text = "Navn;Henvendelse;Forsamtale\nAnna Holm;6/1-2026;\n;Talt op af Bo;9\n"
    imported(city, written("Unge.csv", text), mapping="value,,Henvendelse,Talt op af Bo,ignore\nvalue,,Forsamtale,9,ignore\n")
    assert stored(city, "SELECT count(*) FROM intakes") == [(1,)]


def test_a_label_with_a_number_below_the_table_is_a_total(city: Path) -> None:
    done = imported(city, written("Unge.csv", "Navn;Henvendelse;Forsamtale\nAnna Holm;6/1-2026;\n;Henvendelser:;9\n"))
    assert "left out: totals (1)" in done.stderr
    assert stored(city, "SELECT count(*) FROM intakes") == [(1,)]


def test_an_activity_is_the_title_of_events_that_have_no_other(city: Path) -> None:
    imported(city, written("Ting.csv", "Dag;Aktivitet;Uden navn\n14/2-2026;Fastelavn;3\n"), mapping="sheet,Ting,,,events\n")
    assert stored(city, "SELECT title, activity FROM activities") == [("Fastelavn", "Fastelavn")]


def test_a_column_that_is_missing_is_asked_for(city: Path) -> None:
    done = imported(
        city, written("Ting.csv", "Dag;Sted;Uden navn\n14/2-2026;Huset;3\n"), mapping="sheet,Ting,,,events\n", expect=2, env=DANISH
    )
    assert "Ting.csv, række 1, “Sted” (titel?): ingen kolonne er “titel”" in done.stderr
    assert asked("m.csv")[-1] == ("heading", "Sted")
    imported(city, "Ting.csv", mapping="sheet,Ting,,,events\nheading,Ting,,Sted,titel\n")
    assert stored(city, "SELECT title FROM activities") == [("Huset",)]


@pytest.mark.parametrize("label", ["Ukendte gæster", "Drop-in"])
def test_a_row_of_guests_by_another_name(city: Path, label: str) -> None:
    people(city, "Anna Holm")
    sheet = grid("Spisning.xlsx", [["Navn", "3/3-2026", "10/3-2026"], ["Anna Holm", "x", None], [label, 2, 4]])
    lines = "sheet,Sheet,,,events:Spisning\n"
    if label == "Drop-in":
        done = imported(city, sheet, mapping=lines, expect=2)
        assert asked("m.csv")[-1] == ("name", "Drop-in")
        assert "1 thing is not understood" in done.stderr
        lines += "name,,,Drop-in,gæster\n"
    imported(city, sheet, mapping=lines)
    assert stored(city, "SELECT date, unnamed FROM sessions ORDER BY 1") == [("2026-03-03", 2), ("2026-03-10", 4)]


def test_names_that_only_their_remark_distinguishes_are_asked_about_apart(city: Path) -> None:
    for born in (1999, 2003):
        assert husrum("--db", city, "intake", "add", "Anna Holm", "--born", born, "--enquired", "2026-01-04", env=TODAY).exit_code == 0
    sheet = grid("Hold.xlsx", [["Navn", "3/3-2026", "10/3-2026"], ["Anna H. (1999)", "x", "x"], ["Anna H. (2003)", "x", None]])
    imported(city, sheet, mapping="sheet,Sheet,,,events:Hold\n", expect=2)
    assert asked("m.csv")[-2:] == [("name", "Anna H. (1999)"), ("name", "Anna H. (2003)")]
    imported(city, sheet, mapping="sheet,Sheet,,,events:Hold\nname,,,Anna H. (1999),1\nname,,,Anna H. (2003),2\n")
    assert stored(city, "SELECT count(*) FROM attendance") == [(3,)]


@pytest.mark.parametrize(
    "written_as", ["Bodil Nør, leder", "Bodil Nør - leder", "Leder: Bodil Nør", "Gruppeleder Bodil Nør", "Bodil Nør (leder)"]
)
def test_a_leader_is_known_however_the_row_says_it(city: Path, written_as: str) -> None:
    people(city, "Anna Holm")
    for line in ("volunteer add|Bodil Nør|--role|leader|--joined|2025-09-01", "group open|Hold|--kind|talk|--start|2026-03-03|--weeks|2"):
        words = line.split("|")
        assert husrum("--db", city, *words[0].split(), *words[1:], env=TODAY).exit_code == 0
    sheet = grid("Hold.xlsx", [["Navn", "3/3-2026", "10/3-2026"], ["Anna Holm", "x", "x"], [written_as, "x", None]])
    imported(city, sheet, mapping="sheet,Sheet,,,group:G1\n")
    assert stored(city, "SELECT person_id FROM leaders") == [(2,)]


def test_values_on_lines_of_their_own_in_a_cell(city: Path) -> None:
    sheet = grid(
        "Unge.xlsx",
        [
            ["Navn", "Henvendelse", "Ønsker"],
            ["Anna Holm", "6/1-2026", "Samtalegruppe\nHjerteven"],
            ["Bo Ek", "6/1-2026", "Sociale\narrangementer"],
        ],
    )
    imported(city, sheet, "--as", "intakes")
    assert stored(city, "SELECT intake_id, answer FROM answers WHERE question = 'wish' ORDER BY 1, 2") == [
        (1, "befriending"),
        (1, "group"),
        (2, "events"),
    ]


@pytest.mark.parametrize("stamp", ["04/03/2026 19.02.11", "04-03-2026 19.02", "4.3.2026 kl. 19", "2026-03-04T19:02:11"])
def test_the_time_of_day_after_a_date_is_passed_over(city: Path, stamp: str) -> None:
    imported(city, written("Unge.csv", f"Navn;Henvendelse\nAnna Holm;{stamp}\n"))
    assert stored(city, "SELECT enquired FROM intakes") == [("2026-03-04",)]


def test_two_names_with_a_slash_between_them(city: Path) -> None:
    people(city, "Birk Sørensen", "Çelik Øst")
    imported(city, written("events.csv", "Hvad;Dato;Hvem\nSpil;3/3-2026;Birk Sørensen/Çelik Øst\n"))
    assert stored(city, "SELECT count(*) FROM attendance") == [(2,)]


def test_one_value_in_two_cases_is_asked_about_once(city: Path) -> None:
    text = "Navn;Henvendelse;Beskæftigelse\nAnna Holm;6/1-2026;uni-ting\nBo Ek;6/1-2026;Uni-ting\n"
    done = imported(city, written("Unge.csv", text), expect=2)
    assert asked("Unge.mapping.csv") == [("value", "uni-ting")]
    assert "row 2 (and 1 more)" in done.stderr


def test_columns_are_called_by_their_danish_names(city: Path) -> None:
    done = imported(
        city, written("Venteliste.csv", "Hvem;Siden\nAnna Holm;6/1-2026\n"), mapping="heading,,,Hvem,ting\n", expect=2, env=DANISH
    )
    assert "betydningslisten siger “ting”, som ikke er en kolonne; venteliste har: person, siden, interesse, tid, område" in done.stderr


def test_sheets_of_one_name_in_two_files_have_lines_of_their_own(city: Path) -> None:
    def book(name: str, **sheets: list[list[object]]) -> str:
        made = openpyxl.Workbook()
        made.remove(made.active)
        for title, rows in sheets.items():
            page = made.create_sheet(title)
            for row in rows:
                page.append(row)
        made.save(name)
        return name

    unge = book("Unge.xlsx", Ark1=[["Navn", "Hvorfra"], ["Anna Holm", "kommunen"]])
    cafe, film = (
        book(f"{name}.xlsx", Maj=[["Navn", "3/5-2026", "10/5-2026"], ["Anna Holm", "x", "x"]], Ark1=[["Husk kaffe"]])
        for name in ("Café", "Film")
    )
    asked = imported(city, unge, cafe, film, expect=2)
    lines = list(csv.DictReader(Path("Unge.mapping.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [(line["what"], line["sheet"]) for line in lines] == [("sheet", "Café, Maj"), ("sheet", "Film, Maj"), ("heading", "Unge")], (
        asked.stderr
    )
    answers = 'sheet,Maj,,,events:Film\nsheet,"Café, Maj",,,events:Café\nheading,Ark1,,Hvorfra,source\n'
    imported(city, unge, cafe, film, mapping=answers)
    assert stored(city, "SELECT title, count(*) FROM activities GROUP BY 1 ORDER BY 1") == [("Café", 2), ("Film", 2)]
    assert "nothing was added" in imported(city, cafe, mapping=answers).stderr
