"""Spreadsheets as coordinators keep them, imported unchanged: what is asked, what is written, and what the file holds after."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from imports import TODAY, imported
from once import made_once
from running import husrum, looked_into, new_city

PEOPLE = [
    ["Deltagerliste"],
    [],
    ["Nr.", "Fornavn", "Efternavn", "Alder", "Tlf.", "Henvendelse", "Forsamtale", "Henvist fra", "Ønsker"],
    [1, "Freja", "Kjær", "22 år", 20304050, "9/2", "20/2", "kommunen", "gruppe"],
    [2, "EMIL", "MØLLER", 19, "+45 20 30 40 51", "4. august", "(syg)", "Psykolog", "alt"],
    [None, "Freja", "K.", None, None, "28-09-26", None, None, "hjerteven"],
    ["I alt", "=COUNTA(B4:B6)"],
]
VOLUNTEERS = [["Navn", "Fødselsår", "Rolle", "Startet"], ["Karen Bang", 1958, "Gruppeleder", "2/3"]]
GRID = [
    [None, "august", None, "september"],
    ["Navn", 4, 11, 1],
    ["Freja Kjær", "x", "kom kl 19", None],
    ["Emil M", "afbud", True, None],
    ["Karen Bang (leder)", "x", "x", None],
    ["Gæster", 2, None, None],
    [None],
    ["x = til stede"],
]
MAPPING = """what,sheet,column,found,means
year,,,,2026
sheet,Tirsdag,,,group:G1
heading,Unge,,Nr.,ref
value,Unge,Forsamtale,(syg),?
value,Unge,Ønsker,alt,group|events
value,Tirsdag,,kom kl 19,x
name,,,Freja K.,Freja Kjær
name,,,Emil M,2
"""


@pytest.fixture
@made_once
def city(tmp_path: Path) -> Path:
    """An empty city with a group that is planned, in the folder where the spreadsheets are."""
    path = new_city(tmp_path / "odense.db", "Odense")
    opened = husrum("--db", path, "group", "open", "Tirsdag", "--kind", "talk", "--start", "2026-08-04", "--weeks", 6, env=TODAY)
    assert opened.exit_code == 0, opened.stderr
    return path


def workbook(name: str, **sheets: list[list[object]]) -> str:
    """A workbook in the folder of the test."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(name)
    return name


def everything() -> str:
    return workbook("Lister.xlsx", Unge=PEOPLE, Frivillige=VOLUNTEERS, Tirsdag=GRID, Noter=[["Husk:"], ["plakater"]])


def figures(city: Path, *keys: str) -> list[Any]:
    report = json.loads(husrum("--db", city, "stats", "year", 2026, "--format", "json", env=TODAY).stdout)
    return [report["figures"][key]["value"] for key in keys]


def rows(city: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = looked_into(city)
    found = connection.execute(sql).fetchall()
    connection.close()
    return found


def test_the_first_run_asks_and_writes_nothing_but_the_mapping(city: Path) -> None:
    before = city.read_bytes()
    done = imported(city, everything(), expect=2)
    assert city.read_bytes() == before
    assert len(done.stderr.splitlines()) <= 24
    for part in ("Lister.xlsx, Noter: not read", "“Nr.”", "“alt”", "“Freja K.”", "“Emil M” (2 Emil Møller?)", "“kom kl 19”", "--year"):
        assert part in done.stderr, done.stderr
    lines = list(csv.reader(Path("Lister.mapping.csv").read_text(encoding="utf-8-sig").splitlines()))
    wanted = [line[:4] for line in csv.reader(MAPPING.splitlines())]
    assert sorted(line[:4] for line in lines) == sorted(wanted)


def test_with_the_mapping_everything_goes_in_once(city: Path) -> None:
    name = everything()
    Path("m.csv").write_text(MAPPING, encoding="utf-8")
    done = imported(city, "--mapping", "m.csv", name)
    assert "Noter: not read" in done.stderr and "totals (1)" in done.stderr
    assert figures(city, "young_people", "enquiries", "intakes", "visits", "visits_unnamed", "group_meetings") == [2, 3, 1, 6, 2, 2]
    assert rows(city, "SELECT name, born, phone FROM people ORDER BY number") == [
        ("Freja Kjær", "2004", "20304050"),
        ("Emil Møller", "2007", "+45 20 30 40 51"),
        ("Karen Bang", "1958", None),
    ]
    # People who were ticked are enrolled from then on; those marked as leaders lead.
    assert rows(city, "SELECT person_id, starts FROM enrolments ORDER BY 1") == [(1, "2026-08-04"), (2, "2026-08-11")]
    assert rows(city, "SELECT person_id, starts FROM leaders") == [(3, "2026-08-04")]
    before = rows(city, "SELECT count(*), max(id) FROM people") + rows(city, "SELECT count(*), 0 FROM attendance")
    assert "nothing was added" in imported(city, "--mapping", "m.csv", name).stderr
    assert rows(city, "SELECT count(*), max(id) FROM people") + rows(city, "SELECT count(*), 0 FROM attendance") == before
    # One more column of dates adds that column only, and one undo takes it back.
    longer = [[*GRID[0]], [*GRID[1], 8], [*GRID[2], "x"], *GRID[3:]]
    imported(city, "--mapping", "m.csv", workbook("Ny.xlsx", Tirsdag=longer))
    assert figures(city, "visits", "group_meetings") == [7, 3]
    assert husrum("--db", city, "undo", "--yes", env=TODAY).exit_code == 0
    assert figures(city, "visits", "group_meetings") == [6, 2]


def test_every_row_is_in_the_json(city: Path) -> None:
    Path("m.csv").write_text(MAPPING, encoding="utf-8")
    result = json.loads(imported(city, "--mapping", "m.csv", everything(), "--format", "json", "--dry-run").stdout)
    reasons = {(row["sheet"], row["row"]): row["why"] for row in result["left_out"]}
    assert reasons == {
        ("Unge", 1): "title", ("Unge", 2): "blank", ("Unge", 3): "heading", ("Unge", 7): "total", ("Frivillige", 1): "heading",
        ("Tirsdag", 1): "heading", ("Tirsdag", 2): "heading", ("Tirsdag", 7): "blank", ("Tirsdag", 8): "remark",
        ("Noter", 1): "sheet not read", ("Noter", 2): "sheet not read",
    }  # fmt: skip
    assert [(row["sheet"], row["row"]) for row in result["read"]] == [
        ("Unge", 4),
        ("Unge", 5),
        ("Unge", 6),
        ("Frivillige", 2),
        *(("Tirsdag", row) for row in range(3, 7)),
    ]
    assert result["bad"] == []


def test_a_series_of_events_is_made_where_there_is_none(city: Path) -> None:
    husrum("--db", city, "intake", "add", "Freja Kjær", "--enquired", "2026-01-01", env=TODAY)
    grid = [["Navn", "8/3-2026", "22/3-2026", "5/4-2026", "I alt"], ["Freja Kjær", "x", "0", None, 1], ["Øvrige", 3, 0, None, 3]]
    name = workbook("Spisning.xlsx", Søndag=grid)
    imported(city, name, "--as", "sheet", "--events", "Spisning")
    assert rows(city, "SELECT title, starts FROM activities WHERE ref GLOB 'E*'") == [("Spisning", "2026-03-08")]
    assert figures(city, "visits_social_event", "visits_unnamed") == [4, 3]
    assert "nothing was added" in imported(city, name, "--as", "sheet", "--events", "Spisning").stderr


def test_no_import_replaces_what_is_recorded(city: Path) -> None:
    grid = [["Navn", "8/3-2026"], ["Freja Kjær", "x"]]
    husrum("--db", city, "intake", "add", "Freja Kjær", "--enquired", "2026-01-01", env=TODAY)
    husrum("--db", city, "event", "log", "Spisning", "--date", "2026-03-08", "--unnamed", 4, env=TODAY)
    before = city.read_bytes()
    done = imported(city, workbook("S.xlsx", Ark=grid), "--as", "sheet", "--events", "Spisning", expect=2)
    assert "husrum event attend" in done.stderr
    assert city.read_bytes() == before


def test_a_total_is_what_came_in_all(city: Path) -> None:
    husrum("--db", city, "intake", "add", "Freja Kjær", "--enquired", "2026-01-01", env=TODAY)
    husrum("--db", city, "volunteer", "add", "Karen Bang", "--role", "organiser", "--joined", "2025-01-01", env=TODAY)
    events = [["Dato", "Hvad", "Antal", "Hvem"], ["8/3-2026", "Spil", 7, "Freja Kjær og Karen Bang"], ["9/3-2026", "Tur", 1, "Freja Kjær"]]
    Path("m.csv").write_text(
        "what,sheet,column,found,means\nheading,,,Hvad,title\nheading,,,Antal,total\nheading,,,Hvem,present\n", encoding="utf-8"
    )
    imported(city, workbook("Arrangementer.xlsx", Ark=events), "--mapping", "m.csv", "--as", "events")
    assert figures(city, "visits_named", "visits_unnamed") == [2, 6]
    events[2][2] = 0
    events[2][0] = "10/3-2026"
    done = imported(city, workbook("Flere.xlsx", Ark=events), "--mapping", "m.csv", "--as", "events", expect=2)
    assert "only 0 participants in all" in done.stderr


@pytest.mark.parametrize(
    ("second", "asked"),
    [
        (["Anna Holm", None, None, "2026-03-01"], False),  # nothing distinguishes them, as in any list
        (["Anna Holm", None, 20304051, "2026-03-01"], True),  # another phone
        (["Anna Holm", "2001", None, "2026-03-01"], True),  # a birth date that the first doesn't have
        (["Anna Bæk", None, 20304050, "2026-03-01"], True),  # another surname, the same phone
        (["Anna H.", None, None, "2026-03-01"], True),
        (["Berit Holm", None, 20304050, "2026-03-01"], False),
    ],
)
def test_who_may_be_the_same_is_asked_about(city: Path, second: list[object], asked: bool) -> None:
    people = [["Navn", "Født", "Tlf.", "Henvendt"], ["Anna Holm", None, 20304050, "2026-02-01"], second]
    name = workbook("intakes.xlsx", Ark=people)
    done = imported(city, name, expect=2 if asked else 0)
    if not asked:
        return
    assert "may be Anna Holm" in done.stderr
    output = (("new", 2), ("Anna Holm", 1)) if second[2] != 20304051 else (("new", 2),)  # another phone of the same person is a bad cell
    for means, number in output:
        Path("m.csv").write_text(f"what,sheet,column,found,means\nname,,,{second[0]},{means}\n", encoding="utf-8")
        copy = Path(f"{means}.db")
        copy.write_bytes(city.read_bytes())
        imported(copy, "--mapping", "m.csv", name)
        assert rows(copy, "SELECT count(*) FROM people") == [(number,)]
        if second[0] == "Anna Holm":
            assert rows(copy, "SELECT person_id, other_id FROM distinct_people") == [(1, 2)] * (number - 1)
        assert "nothing was added" in imported(copy, "--mapping", "m.csv", name).stderr


def test_the_same_name_in_two_lists_is_asked_about(city: Path) -> None:
    name = workbook(
        "L.xlsx",
        Unge=[["Navn", "Henvendt"], ["Anna Holm", "2026-02-01"]],
        Frivillige=[["Navn", "Rolle", "Startet"], ["Anna Holm", "peer", "2026-05-01"]],
    )
    assert "may be Anna Holm" in imported(city, name, expect=2).stderr
    Path("m.csv").write_text("what,sheet,column,found,means\nname,Frivillige,,Anna Holm,Anna Holm\n", encoding="utf-8")
    imported(city, "--mapping", "m.csv", name)
    assert rows(city, "SELECT count(*) FROM people") == [(1,)]


def test_dates_mean_the_same_on_every_day(city: Path) -> None:
    Path("intakes.csv").write_text("name;enquired\nAnna;5/3\nBo;søndag\nCe;i går\nDe;12-30\n", encoding="utf-8")
    said = imported(city, "intakes.csv", "--year", "2026", expect=2).stderr
    assert "“5/3”" not in said
    assert all(f"“{text}”" in said for text in ("søndag", "i går", "12-30"))
    Path("intakes.csv").write_text("name;enquired;born\nAnna;5/3;05\nBo;01-02-26;14.05.01\n", encoding="utf-8")
    Path("intakes.mapping.csv").unlink()
    assert "“05”" in imported(city, "intakes.csv", "--year", "2026", expect=2).stderr
    Path("intakes.csv").write_text("name;enquired;born\nAnna;5/3;26 år\nBo;01-02-26;14.05.01\n", encoding="utf-8")
    done = imported(city, "intakes.csv", "--year", "2026")
    assert "the year was added: intakes, enquired (1)" in done.stderr
    assert rows(city, "SELECT born, enquired FROM people JOIN intakes ON person_id = people.id ORDER BY number") == [
        ("2000", "2026-03-05"),
        ("2001-05-14", "2026-02-01"),
    ]


def test_henvist_fra_is_a_source_or_who_referred(city: Path) -> None:
    Path("intakes.csv").write_text("Navn;Henvendt;Henvist fra\nAnna;2026-01-01;kommunen\nBo;2026-01-01;Åben Rådgivning\n", encoding="utf-8")
    imported(city, "intakes.csv")
    assert rows(city, "SELECT partners.name FROM intakes JOIN partners ON partners.id = referred_by ORDER BY intakes.id") == [
        ("kommunen",),
        ("Åben Rådgivning",),
    ]


def test_sheets_are_chosen_and_hidden_ones_are_reported(city: Path) -> None:
    name = workbook(
        "L.xlsx", Unge=[["Navn", "Henvendt"], ["Anna Holm", "2026-02-01"]], Gamle=[["Navn", "Henvendt"], ["Bo Ek", "2025-02-01"]]
    )
    book = openpyxl.load_workbook(name)
    book["Unge"].row_dimensions[2].hidden = True
    book.save(name)
    done = imported(city, name, "--sheet", "unge")
    assert "Gamle: not read" in done.stderr and "hidden, and read: 1 row" in done.stderr
    assert rows(city, "SELECT name FROM people") == [("Anna Holm",)]
    assert "hidden, and read: 1 row" in imported(city, workbook("T.xlsx", Tal=[["a", "b"], ["c", "d"], ["e", "f"]]), name, expect=2).stderr


def test_an_error_or_a_formula_without_a_value_is_a_bad_cell(city: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["title", "date", "unnamed"], ["Spil", "2026-02-01", "=SUM(3,4)"], ["Tur", "2026-02-02", "#N/A"]):
        book.active.append(row)
    book.active["C3"].data_type = "e"
    book.save("events.xlsx")
    bad = json.loads(imported(city, "events.xlsx", "--format", "json", expect=2).stdout)["bad"]
    assert [(each["row"], each["column"], each["value"]) for each in bad] == [(2, "unnamed", "=SUM(3,4)"), (3, "unnamed", "#N/A")]
    assert not Path("events.mapping.csv").exists()  # nothing that a mapping can settle


def test_headings_of_two_rows(city: Path) -> None:
    people = [
        ["Deltagere i HUSRUM"],
        [None, None, "Kontakt", None, "Henvendelse", "Forsamtale", None],
        ["Navn", "Født", "Tlf.", "Mail", "Dato", "Dato", "Bemærkninger"],
        ["Anna Holm", "2001", 20304050, None, "1/2-2026", "8/2-2026", "ringer selv"],
    ]
    name = workbook("Unge.xlsx", Unge=people)
    book = openpyxl.load_workbook(name)
    book.active.merge_cells("A1:G1")
    book.active.merge_cells("C2:D2")
    book.save(name)
    imported(city, name)
    assert rows(city, "SELECT enquired, held, intakes.note FROM intakes") == [("2026-02-01", "2026-02-08", "ringer selv")]


def test_names_are_written_as_people_write_them(city: Path) -> None:
    people = [["Navn", "Henvendt"], ["  ANNA HOLM ", "1/2-2026"], ["Bo Ek (Annas kæreste)", "2/2-2026"], ["Ødum, Eva", "3/2-2026"]]
    imported(city, workbook("Unge.xlsx", Unge=people))
    assert rows(city, "SELECT name, intakes.note FROM people JOIN intakes ON person_id = people.id ORDER BY number") == [
        ("Anna Holm", None), ("Bo Ek", "Annas kæreste"), ("Eva Ødum", None),
    ]  # fmt: skip
    events = [["Titel", "Dato", "Deltagere"], ["Spil", "9/3-2026", "anna holm + Eva Ødum\nBo Ek (kom sent)"]]
    imported(city, workbook("Arrangementer.xlsx", Ark=events))
    assert figures(city, "visits_named") == [3]


def test_files_with_a_kinds_own_columns_are_taken_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "intakes.csv").write_text('name\n@Liv +Kær\n"\'=1+Ib"\nBo Bak (ven)\nHELLE JUUL\nI alt\n', encoding="utf-8")
    (tmp_path / "events.csv").write_text("title,date,present\nI alt,2024-01-01,'=1+Ib|@Liv +Kær|Bo Bak (ven)\n", encoding="utf-8")
    city, again = new_city(tmp_path / "city.db"), new_city(tmp_path / "again.db")
    assert husrum("import", tmp_path / "intakes.csv", tmp_path / "events.csv", "--db", city).exit_code == 0
    names = [row["name"] for row in json.loads(husrum("person", "list", "--format", "json", "--db", city).stdout)]
    assert names == ["@Liv +Kær", "=1+Ib", "Bo Bak (ven)", "HELLE JUUL", "I alt"]
    for path, tables in ((city, tmp_path / "one"), (again, tmp_path / "two")):
        if path == again:
            assert husrum("import", *sorted((tmp_path / "one").glob("*.csv")), "--db", again).exit_code == 0
        assert husrum("export", "tables", tables, "--db", path).exit_code == 0
    assert {each.name: each.read_bytes() for each in (tmp_path / "one").iterdir()} == {
        each.name: each.read_bytes() for each in (tmp_path / "two").iterdir()
    }


def test_a_column_of_names_with_an_unknown_heading_is_one_question(city: Path) -> None:
    name = workbook("Unge.xlsx", Unge=[["Hvem er det?", "Født", "Henvendt"], ["Anna Bach", 2001, "2/3-2026"], ["Bo Ek", 2002, "3/3-2026"]])
    Path("Spisning.csv").write_text("Navn;3/5-2026\nAnna Bach;x\nBo Ek;x\n", encoding="utf-8")
    Path("m.csv").write_text("what,sheet,column,found,means\nsheet,Spisning,,,events:Spisning\n", encoding="utf-8")
    done = imported(city, "--mapping", "m.csv", name, "Spisning.csv", expect=2)
    assert "“Hvem er det?” (name?)" in done.stderr and "1 thing is not understood" in done.stderr, done.stderr


def test_a_column_of_which_half_are_no_names_is_not_suggested_as_names(city: Path) -> None:
    texts = ("Anna Bach", "Bo Ek", "kl. 15", "efter ferien")
    name = workbook("Unge.xlsx", Unge=[["Hvad?", "Født", "Henvendt"], *([text, 2001, "2/3-2026"] for text in texts)])
    assert "“Hvad?”: this heading is not known" in imported(city, name, expect=2).stderr


def test_a_leader_with_a_row_was_there_when_ticked(city: Path) -> None:
    assert husrum("--db", city, "volunteer", "add", "Karen Bang", "--role", "leader", "--joined", "2026-03-02", env=TODAY).exit_code == 0
    Path("intakes.csv").write_text("name,enquired\nFreja Kjær,2026-02-09\n", encoding="utf-8")
    Path("Tirsdag.csv").write_text("Navn;4/8-2026;11/8-2026\nFreja Kjær;x;x\nKaren Bang (leder);x;\n", encoding="utf-8")
    Path("m.csv").write_text("what,sheet,column,found,means\nsheet,Tirsdag,,,group:G1\n", encoding="utf-8")
    imported(city, "--mapping", "m.csv", "intakes.csv", "Tirsdag.csv")
    assert rows(city, "SELECT date, part FROM attendance JOIN sessions ON sessions.id = session_id ORDER BY 1, 2") == [
        ("2026-08-04", "participant"), ("2026-08-04", "volunteer"), ("2026-08-11", "participant"),
    ]  # fmt: skip


def test_a_trip_whose_first_and_last_day_are_in_one_cell(city: Path) -> None:
    Path("Arrangementer.csv").write_text("Dato;Hvad;Uden navn\n3.-5. juli;Sommertur;4\n", encoding="utf-8")
    imported(city, "--year", "2026", "Arrangementer.csv")
    assert figures(city, "social_events", "visits") == [1, 12]


def test_headings_that_go_on_in_the_row_below(city: Path) -> None:
    above: list[object] = ["Navn", "Fødsels-", "Tlf.", "Dato for", None]
    below: list[object] = [None, "dato", None, "henvendelse", "forsamtale"]
    name = workbook("U.xlsx", Unge=[["Deltagere"], above, below, ["Anna Bach", "14/5-2001", 20304050, "5/1-2026", "12/1-2026"]])
    imported(city, name)
    assert rows(city, "SELECT name, born, enquired, held FROM people JOIN intakes ON person_id = people.id") == [
        ("Anna Bach", "2001-05-14", "2026-01-05", "2026-01-12"),
    ]


def test_a_first_row_of_little_is_somebody_and_no_second_row_of_headings(city: Path) -> None:
    name = workbook("U.xlsx", Unge=[["Navn på den unge", "Født", "Kilde"], ["Anna Bach", "?", "-"], ["Bo Krog", 2001, "ven"]])
    imported(city, name)
    assert rows(city, "SELECT name FROM people ORDER BY number") == [("Anna Bach",), ("Bo Krog",)]


def test_a_name_of_two_people_means_one_of_them_in_its_own_sheet(city: Path) -> None:
    twins: list[list[object]] = [["Navn", "Født"], ["Anna Bach", 2001], ["Anna Bach", 2004]]
    name = workbook("L.xlsx", Unge=twins, Fest=[["Navn", "1/5-2026"], ["Anna Bach", "x"]])
    Path("m.csv").write_text("what,sheet,column,found,means\nsheet,Fest,,,events:Fest\n", encoding="utf-8")
    assert "several have this name: 1 (2001), 2 (2004)" in imported(city, "--mapping", "m.csv", name, expect=2).stderr
    written = Path("m.csv").read_text(encoding="utf-8-sig")
    assert "name,Fest,,Anna Bach,\n" in written
    Path("m.csv").write_text(written.replace("Anna Bach,", "Anna Bach,2"), encoding="utf-8")
    imported(city, "--mapping", "m.csv", name)
    assert rows(city, "SELECT number, count(*) FROM attendance JOIN people ON people.id = person_id GROUP BY 1") == [(2, 1)]
    assert "nothing was added" in imported(city, "--mapping", "m.csv", name).stderr


def test_dates_without_a_year_are_one_question_for_each_grid(city: Path) -> None:
    name = workbook("L.xlsx", Unge=[["Navn"], ["Anna Bach"]], Fest=[["Navn", "1/5", "8/5", "15/5"], ["Anna Bach", "x", None, "x"]])
    done = imported(city, name, expect=2)
    assert done.stderr.count("has no year") == 1 and "(and 2 more)" in done.stderr


def test_what_was_imported_is_listed_in_danish_words(city: Path) -> None:
    Path("volunteers.csv").write_text("name,role,joined\nVera Vang,leader,2024-01-01\n", encoding="utf-8")
    Path("attests.csv").write_text("volunteer,kind,date\nVera Vang,criminal_record,2024-01-01\n", encoding="utf-8")
    shown = imported(city, "--language", "da", "volunteers.csv", "attests.csv").stdout
    assert re.findall(r"csv +(\w+)", shown) == ["frivillige", "papirer"]
