"""The attendance sheet: exported, filled in by hand, imported again."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from husrum_cli.domain.activities.activities import Activity, find_activity
from husrum_cli.domain.activities.attendance import Participation, Turnout
from husrum_cli.domain.activities.events import NewEvent, plan_event
from husrum_cli.domain.activities.groups import NewGroup, cancel_meeting, enroll, open_group, record_meeting
from husrum_cli.domain.people.entering import Facts, enter_person
from husrum_cli.domain.people.intakes import Intake, add_intake
from husrum_cli.domain.people.lookup import Person
from husrum_cli.domain.rules import Rules
from husrum_cli.domain.volunteers.volunteers import add_role
from husrum_cli.errors import HusrumError, WrongInput
from husrum_cli.exporting.attendance_sheet import export_sheet
from husrum_cli.i18n import choose_language
from husrum_cli.importing.grids import GridOutcome
from husrum_cli.importing.spreadsheets import NotUnderstood, import_spreadsheets
from husrum_cli.importing.understanding.context import Options
from husrum_cli.importing.understanding.mapping import Line, Mapping
from husrum_cli.rowtypes.context import CommandContext
from husrum_cli.store import Store, create

ANNA, BO, FORMULA, LONE, OLE = range(1, 6)
DAYS = ("2024-03-05", "2024-03-12", "2024-03-19")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """G1: three young people, two leaders, four meetings of which one is cancelled. E1: a planned trip of two days that Lone organises."""
    monkeypatch.setenv("HUSRUM_TODAY", "2024-06-01")
    choose_language("en")
    store = create(tmp_path / "city.db")
    with store.writing("init"):
        branch = store.insert("branches", name="Aarhus")
        store.set("home_branch", store.value("SELECT uid FROM branches WHERE id = ?", branch))
    book, rules = CommandContext(store, Rules()), Rules(strict=False)
    with store.writing("fill"):
        people = [
            enter_person(book.people, rules, Facts(name=name))[0]
            for name in ("Anna Holm", "Bo Østergård", "=1+1", "Lone Leder", "Ole Vang")
        ]
        for person in people[:3]:
            add_intake(store, rules, person, Intake(enquired="2024-01-10"))
        for person in people[3:]:
            add_role(store, person, "leader", "2023-01-01")
        group = open_group(store, NewGroup("Tirsdag", "talk", DAYS[0], leaders=tuple(people[3:]), meetings=(*DAYS, "2024-03-26")))
        cancel_meeting(store, rules, group, "2024-03-26")
        for person in people[:3]:
            enroll(store, rules, group, person, DAYS[0])
        plan_event(store, rules, NewEvent("Hyttetur", "2024-05-04", "2024-05-05", organisers=(people[3],)))
    yield store
    choose_language("en")
    store.close()


def activity(store: Store, ref: str = "G1") -> Activity:
    return find_activity(store, ref, ref[0], "ref")


def exported(store: Store, path: Path, ref: str = "G1") -> Path:
    export_sheet(CommandContext(store, Rules()), activity(store, ref), path, overwrite=True)
    return path


def cells(path: Path) -> list[list[str]]:
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))


def sheet(path: Path, *rows: str) -> Path:
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def ticked(path: Path, marks: dict[tuple[int | str, int], str]) -> Path:
    """Fills in cells of an exported sheet by hand: (number of a person or `unnamed`, column counted from 1) -> text."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        page = book.worksheets[0]
        lines = {row[0].value or row[1].value: row[0].row for row in page.iter_rows() if row[0].row > 4}
        for (who, column), text in marks.items():
            page.cell(lines[who], column).value = int(text) if text.isdigit() else text
        book.save(path)
        return path
    rows = cells(path)
    for (who, column), text in marks.items():
        next(row for row in rows if str(who) in (row[0], row[1]))[column - 1] = text
    return sheet(path, *(",".join(row) for row in rows))


def there(store: Store, day: str) -> dict[int, str]:
    sql = """SELECT number, part FROM attendance JOIN sessions ON sessions.id = session_id JOIN people ON people.id = person_id
        WHERE date = ? ORDER BY number"""
    return dict(store.connection.execute(sql, (day,)).fetchall())


def state(store: Store, day: str) -> tuple[str, int]:
    row = store.row("SELECT state, unnamed FROM sessions WHERE date = ?", day)
    assert row is not None
    return row["state"], row["unnamed"]


def contents(store: Store) -> list[str]:
    return list(store.connection.iterdump())


def people_of(store: Store) -> dict[int, Person]:
    return {person.number: person for person in CommandContext(store, Rules()).people.by_id.values()}


def import_sheet(store: Store, path: Path, ref: str, *lines: Line, dry_run: bool = False) -> GridOutcome:
    """Import a sheet as the grid of a group or event; `lines`: of the mapping."""
    target = f"{'group' if ref[0] in 'Gg' else 'event'}:{ref}"
    return import_spreadsheets(store, [path], Options(target=target, mapping=Mapping(list(lines))), dry_run=dry_run).grids[0]


def warnings(store: Store, path: Path, ref: str) -> list[str]:
    """The warnings of importing a sheet."""
    return import_spreadsheets(store, [path], Options(target=f"group:{ref}")).warnings


def bad_cells(store: Store, path: Path, ref: str = "G1") -> list[tuple[int, str, str]]:
    before = contents(store)
    with pytest.raises(NotUnderstood) as caught:
        import_sheet(store, path, ref)
    assert contents(store) == before
    assert caught.value.exit_status == 2
    return [(cell.row, cell.column, cell.value) for cell in caught.value.findings.bad]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_group_is_ticked_and_comes_back(store: Store, tmp_path: Path, suffix: str) -> None:
    path = exported(store, tmp_path / f"g1{suffix}")
    # Columns: number, name, and the three meetings that were not cancelled.
    ticked(path, {(ANNA, 3): "x", (BO, 3): "afbud", (FORMULA, 3): "X", (LONE, 3): "x", ("unnamed", 3): "2", (ANNA, 4): "ja"})
    outcome = import_sheet(store, path, "G1")
    assert (outcome.recorded, outcome.empty, outcome.marks) == (list(DAYS[:2]), [DAYS[2]], 5)
    assert there(store, DAYS[0]) == {ANNA: "participant", BO: "excused", FORMULA: "participant", LONE: "volunteer"}
    assert there(store, DAYS[1]) == {ANNA: "participant"}
    assert state(store, DAYS[0]) == ("held", 2)
    assert state(store, DAYS[2]) == ("planned", 0)
    before = contents(store)
    for again in (path, exported(store, tmp_path / f"again{suffix}")):
        outcome = import_sheet(store, again, "g1")
        assert (outcome.known, outcome.recorded, outcome.marks) == (list(DAYS[:2]), [], 0)
    assert contents(store) == before


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_event_is_ticked_and_comes_back(store: Store, tmp_path: Path, suffix: str) -> None:
    path = exported(store, tmp_path / f"e1{suffix}", "E1")
    # Nobody has come yet, so all active young people are listed, with the organiser.
    ticked(path, {(ANNA, 3): "x", (BO, 3): "1", (LONE, 3): "✓", (ANNA, 4): "x", ("unnamed", 4): "3"})
    outcome = import_sheet(store, path, "E1")
    assert outcome.recorded == ["2024-05-04", "2024-05-05"]
    assert there(store, "2024-05-04") == {ANNA: "participant", BO: "participant", LONE: "volunteer"}
    assert there(store, "2024-05-05") == {ANNA: "participant"}
    assert state(store, "2024-05-05") == ("held", 3)
    before = contents(store)
    import_sheet(store, exported(store, path, "E1"), "E1")
    assert contents(store) == before


def test_an_unfilled_sheet_imports_as_nothing(store: Store, tmp_path: Path) -> None:
    before = contents(store)
    for ref in ("G1", "E1"):
        for suffix in (".csv", ".xlsx"):
            outcome = import_sheet(store, exported(store, tmp_path / f"{ref}{suffix}", ref), ref)
            assert outcome.recorded == outcome.known == []
    assert contents(store) == before


def test_the_exported_table(store: Store, tmp_path: Path) -> None:
    people = people_of(store)
    turnout = Turnout([people[ANNA]], excused=[people[BO]], unnamed=4)
    with store.writing("meet"):
        record_meeting(Participation(store), Rules(strict=False), activity(store), DAYS[0], turnout)
    path = tmp_path / "g1.csv"
    assert export_sheet(CommandContext(store, Rules()), activity(store), path) == (5, 3)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.stat().st_mode & 0o777 == 0o600
    assert cells(path) == [
        ["Number", "Name", *DAYS],
        ["1", "Anna Holm", "x", "", ""],
        ["2", "Bo Østergård", "a", "", ""],
        ["3", "'=1+1", "", "", ""],
        ["4", "Lone Leder", "x", "", ""],
        ["5", "Ole Vang", "x", "", ""],
        ["", "unnamed", "4", "", ""],
    ]


def test_danish_headings_and_semicolons(store: Store, tmp_path: Path) -> None:
    choose_language("da")
    path = exported(store, tmp_path / "g1.csv")
    assert path.read_text(encoding="utf-8-sig").splitlines()[0] == f"Nummer;Navn;{';'.join(DAYS)}"
    rows = cells(path)
    assert rows[-1][1] == "Uden navn"
    rows[-1][2], rows[1][2] = "3", "x"
    sheet(path, *(";".join(row) for row in rows))
    import_sheet(store, path, "G1")
    assert there(store, DAYS[0]) == {ANNA: "participant"}
    assert state(store, DAYS[0]) == ("held", 3)


def test_a_workbook_has_real_dates_a_frozen_heading_and_the_same_bytes(store: Store, tmp_path: Path) -> None:
    one, other = exported(store, tmp_path / "one.xlsx"), exported(store, tmp_path / "other.xlsx")
    assert one.read_bytes() == other.read_bytes()
    page = openpyxl.load_workbook(one).worksheets[0]
    assert page.freeze_panes == "C5"
    assert page["C4"].is_date
    assert page["C4"].number_format == "yyyy-mm-dd"
    assert [(row[1].value, row[1].data_type) for row in page.iter_rows() if row[0].value == FORMULA] == [("'=1+1", "s")]


def test_a_workbook_is_fit_to_print(store: Store, tmp_path: Path) -> None:
    """Title, place and leaders; what people are called, with the surname's initial where two share it; Danish dates, borders, one page across."""
    book, rules = CommandContext(store, Rules()), Rules(strict=False)
    with store.writing("fill"):
        for name, called in (("Anna Maria Krogh", None), ("Kristoffer Dahl", "Stoffer")):
            person = enter_person(book.people, rules, Facts(name=name, called=called))[0]
            add_intake(store, rules, person, Intake(enquired="2024-01-10"))
            enroll(store, rules, activity(store), person, DAYS[0])
        place = store.insert("partners", branch_id=activity(store).branch_id, name="Folkehuset")
        store.update("activities", activity(store).id, venue_id=place)
    choose_language("da")
    page = openpyxl.load_workbook(exported(store, tmp_path / "g1.xlsx")).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert (rows[0][0], rows[1][0]) == ("G1 Tirsdag", "Sted: Folkehuset · Ledes af: Lone, Ole")
    assert rows[3][:2] == ["Nummer", "Navn"] and page["C4"].number_format == "dd-mm-yyyy"
    assert [row[1] for row in rows[4:11]] == ["'=1+1", "Anna H.", "Anna K.", "Bo", "Lone", "Ole", "Stoffer"]
    assert rows[11:14] == [[None] * len(rows[0])] * 3 and rows[14][1] == "Uden navn"
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == ("landscape", 9, None)
    assert page.sheet_properties.pageSetUpPr.fitToPage and page.print_title_rows == "$4:$4"
    assert all(cell.border.left.style == cell.border.bottom.style == "thin" for row in page["A4:E15"] for cell in row)
    outcome = import_sheet(store, tmp_path / "g1.xlsx", "G1")
    assert outcome.recorded == outcome.known == []


def test_volunteers_meetings_list_the_volunteers(store: Store, tmp_path: Path) -> None:
    with store.writing("plan"):
        plan_event(store, Rules(), NewEvent("Supervision", "2024-05-20", kind="supervision"))
    assert [row[0] for row in cells(exported(store, tmp_path / "e2.csv", "E2"))] == ["Number", "4", "5", ""]


def test_those_who_have_left_are_not_expected(store: Store, tmp_path: Path) -> None:
    with store.writing("leave"):
        store.insert("leaving", person_id=people_of(store)[ANNA].id, date="2024-04-01")
    assert [row[0] for row in cells(exported(store, tmp_path / "e1.csv", "E1"))] == ["Number", "2", "3", "4", ""]


def test_leaders_without_a_row_are_there_by_themselves(store: Store, tmp_path: Path) -> None:
    import_sheet(store, sheet(tmp_path / "a.csv", "Navn,5/3-2024", "Anna Holm,x"), "G1")
    assert there(store, DAYS[0]) == {ANNA: "participant", LONE: "volunteer", OLE: "volunteer"}
    import_sheet(store, sheet(tmp_path / "b.csv", "Navn,12/3-2024", "Anna Holm,x", "Lone Leder,"), "G1")
    assert there(store, DAYS[1]) == {ANNA: "participant", OLE: "volunteer"}


def test_a_sheet_of_their_own(store: Store, tmp_path: Path) -> None:
    rows = ("Samtalegruppe tirsdag", "", "Navn;Telefon;tirsdag d. 5/3-2024;2. april 2024", "anna holm;12345678;x;v", "Bo Ostergard;;nej;x")
    outcome = import_sheet(store, sheet(tmp_path / "own.csv", *rows), "G1")
    assert outcome.recorded == [DAYS[0], "2024-04-02"]
    assert there(store, "2024-04-02") == {ANNA: "participant", BO: "participant", LONE: "volunteer", OLE: "volunteer"}


def test_unknown_names_are_settled_once(store: Store, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "ud.csv",
        "Name,2024-03-05,2024-03-12",
        "Anna,x,",
        "Bo Østergaard,x,",
        "Bo Østegård,,x",
        "Gert Ek,x,",
        "Mor til Bo,kl. 7,x",
    )
    before = contents(store)
    with pytest.raises(NotUnderstood) as caught:
        import_sheet(store, path, "G1")
    assert contents(store) == before
    problems = [(each.what, each.value, each.guess) for each in caught.value.findings.problems()]
    assert problems == [
        ("name", "Anna", "1 Anna Holm"),
        ("name", "Bo Østegård", "2 Bo Østergård"),
        ("name", "Gert Ek", ""),
        ("name", "Mor til Bo", ""),
        ("value", "kl. 7", ""),
    ]
    # A suggestion that was copied, a number, somebody new, and a row to leave out.
    lines = [
        Line("name", found="Anna", means="1 Anna Holm"),
        Line("name", found="Bo Østegård", means="2"),
        Line("name", found="gert ek", means="new"),
    ]
    lines += [Line("name", found="Mor til Bo", means="ignore"), Line("value", found="kl. 7", means="x")]
    outcome = import_sheet(store, path, "G1", *lines)
    assert (outcome.recorded, outcome.marks) == (list(DAYS[:2]), 8)
    assert there(store, DAYS[0]) == {ANNA: "participant", BO: "participant", LONE: "volunteer", OLE: "volunteer", 6: "participant"}
    assert there(store, DAYS[1])[BO] == "participant"
    assert store.value("SELECT starts FROM enrolments JOIN people ON people.id = person_id WHERE number = 6") == DAYS[0]
    assert import_sheet(store, path, "G1", *lines).known == list(DAYS[:2])


def test_all_bad_cells_are_reported_at_once(store: Store, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "bad.csv",
        "Number,Navn,2024-03-05,5/4,26/3-2024,31/2/2024,,05-03-2024",
        "1,Anna Holm,har det svært,x,x,,note,",
        "99,,x,,,,,",
        "2,Anna Holm,??,,,,,",
        ",,x,,,,,",
        ",uden navn,two,,,,,",
    )
    assert bad_cells(store, path) == [
        (1, "31/2/2024", "31/2/2024"),
        (1, "G", "G"),
        (1, "05-03-2024", "05-03-2024"),
        (2, "", "har det svært"),
        (3, "Number", "99"),
        (4, "Number", "2"),
        (5, "Navn", ""),
        (6, "2024-03-05", "two"),
    ]
    assert bad_cells(store, sheet(path, "Navn,26/3-2024", "Anna Holm,x")) == [(1, "26/3-2024", "26/3-2024")]  # it was cancelled


def test_other_marks_than_recorded_are_bad_cells(store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.csv", "Number,2024-03-05", "1,x", "2,a", "4,x", "5,")
    import_sheet(store, path, "G1")
    sheet(path, "Number,Name,2024-03-05", "1,,a", "2,,a", "3,,x", "4,,", ",unnamed,3")
    assert bad_cells(store, path) == [(2, "2024-03-05", "a"), (4, "2024-03-05", "x"), (5, "2024-03-05", ""), (6, "2024-03-05", "3")]
    # Nothing is said of those who have no row, nor by a column without a tick.
    outcome = import_sheet(store, sheet(path, "Number,2024-03-05", "1,x"), "G1")
    assert outcome.known == [DAYS[0]]
    outcome = import_sheet(store, sheet(path, "Number,2024-03-05", "1,"), "G1")
    assert outcome.empty == [DAYS[0]]


def test_a_meeting_of_which_nobody_was_recorded_is_filled_in(store: Store, tmp_path: Path) -> None:
    with store.writing("meet"):
        record_meeting(Participation(store), Rules(strict=False), activity(store), DAYS[0], Turnout())
    assert there(store, DAYS[0]) == {LONE: "volunteer", OLE: "volunteer"}
    outcome = import_sheet(store, sheet(tmp_path / "a.csv", "Number,2024-03-05", "1,x", "2,a", "4,x"), "G1")
    assert (outcome.recorded, outcome.marks) == ([DAYS[0]], 2)
    assert there(store, DAYS[0]) == {ANNA: "participant", BO: "excused", LONE: "volunteer", OLE: "volunteer"}


def test_days_that_an_event_does_not_have(store: Store, tmp_path: Path) -> None:
    assert bad_cells(store, sheet(tmp_path / "a.csv", "Nr,2024-05-04,2024-05-06", "1,x,"), "E1") == [(1, "2024-05-06", "2024-05-06")]


def test_warnings(store: Store, tmp_path: Path) -> None:
    with store.writing("add"):
        enter_person(CommandContext(store, Rules()).people, Rules(), Facts(name="Ny Gæst"))
    path = sheet(tmp_path / "a.csv", "Nr,2024-03-05,2024-12-24,2024-03-12", "1,x,x,", "1,,,a", "6,x,,")
    said = "\n".join(warnings(store, path, "G1"))
    for part in ("2024-12-24 has not come yet", "2024-03-12: people are excused"):
        assert part in said
    assert state(store, DAYS[1]) == ("planned", 0)


def test_dry_run_and_a_sheet_that_is_none(store: Store, tmp_path: Path) -> None:
    before = contents(store)
    path = sheet(tmp_path / "a.csv", "Nr,2024-03-05", "1,x")
    assert import_sheet(store, path, "G1", dry_run=True).recorded == [DAYS[0]]
    for text, ref in (("Nr,Telefon", "G1"), ("Telefon,2024-03-05", "G1"), ("Nr,2024-03-05", "17"), ("Nr,2024-03-05", "G9")):
        with pytest.raises(HusrumError):
            import_sheet(store, sheet(path, text, "1,x"), ref)
    assert contents(store) == before


def test_a_cpr_number_is_never_repeated(store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.csv", "Navn,2024-03-05", "Bo 1111111118,x", "Anna Holm,1111111118")
    assert bad_cells(store, path) == [(2, "Navn", "(withheld)"), (3, "", "(withheld)")]


def test_nothing_is_written_where_the_export_fails(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(WrongInput):
        exported(store, tmp_path / "g1.pdf")
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(WrongInput, match="pip install"):
        exported(store, tmp_path / "g1.xlsx")
    assert sorted(os.listdir(tmp_path)) == before
