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
from husrum_cli.domain.activities.attendance import Standing, Turnout
from husrum_cli.domain.activities.events import NewEvent, plan_event
from husrum_cli.domain.activities.groups import NewGroup, cancel_meeting, enroll, meet, open_group
from husrum_cli.domain.people.intakes import Intake, add_intake
from husrum_cli.domain.people.lookup import Facts, Person, enter
from husrum_cli.domain.rules import Rules
from husrum_cli.domain.volunteers.volunteers import add_role
from husrum_cli.errors import HusrumError, Refused, UnusableFile, WrongInput
from husrum_cli.exporting.attendance_sheet import export_sheet, write_names_map
from husrum_cli.i18n import choose_language
from husrum_cli.importing.attendance_sheet import UnknownNames, import_sheet, names_path
from husrum_cli.importing.run import BadCells
from husrum_cli.render.data_files import written
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
            enter(book.people, rules, Facts(name=name))[0] for name in ("Anna Holm", "Bo Østergård", "=1+1", "Lone Leder", "Ole Vang")
        ]
        for person in people[:3]:
            add_intake(store, rules, person, Intake(enquired="2024-01-10"))
        for person in people[3:]:
            add_role(store, person, "leader", "2023-01-01")
        group = open_group(store, NewGroup("Tirsdag", "talk", DAYS[0], leaders=tuple(people[3:]), meetings=(*DAYS, "2024-03-26")))
        cancel_meeting(store, group, "2024-03-26", None)
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


def ticked(path: Path, marks: dict[tuple[int, int], str]) -> Path:
    """Fills in cells of an exported sheet by hand: (row, column), counted from 1 -> text."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        for (row, column), text in marks.items():
            book.worksheets[0].cell(row, column).value = int(text) if text.isdigit() else text
        book.save(path)
        return path
    rows = cells(path)
    for (row, column), text in marks.items():
        rows[row - 1][column - 1] = text
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


def bad_cells(store: Store, path: Path, ref: str = "G1") -> list[tuple[int, str, str]]:
    before = contents(store)
    with pytest.raises(BadCells) as caught:
        import_sheet(store, path, ref)
    assert contents(store) == before
    assert caught.value.exit_status == 2
    return [(cell.row, cell.column, cell.value) for cell in caught.value.cells]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_group_is_ticked_and_comes_back(store: Store, tmp_path: Path, suffix: str) -> None:
    path = exported(store, tmp_path / f"g1{suffix}")
    # Rows: heading, Anna, Bo, =1+1, Lone, Ole, unnamed. Columns: number, name, and the three meetings that were not cancelled.
    ticked(path, {(2, 3): "x", (3, 3): "afbud", (4, 3): "X", (5, 3): "x", (7, 3): "2", (2, 4): "ja"})
    outcome = import_sheet(store, path, "G1")
    assert (outcome.recorded, outcome.new, outcome.unmarked) == (list(DAYS[:2]), [], [DAYS[2]])
    assert (outcome.attendances, outcome.warnings) == (5, [])
    assert there(store, DAYS[0]) == {ANNA: "participant", BO: "excused", FORMULA: "participant", LONE: "volunteer"}
    assert there(store, DAYS[1]) == {ANNA: "participant"}
    assert state(store, DAYS[0]) == ("held", 2)
    assert state(store, DAYS[2]) == ("planned", 0)
    before = contents(store)
    for again in (path, exported(store, tmp_path / f"again{suffix}")):
        outcome = import_sheet(store, again, "g1")
        assert (outcome.known, outcome.recorded, outcome.attendances, outcome.warnings) == (list(DAYS[:2]), [], 0, [])
    assert contents(store) == before


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_event_is_ticked_and_comes_back(store: Store, tmp_path: Path, suffix: str) -> None:
    path = exported(store, tmp_path / f"e1{suffix}", "E1")
    # Nobody has come yet, so all active young people stand there beside the organiser.
    ticked(path, {(2, 3): "x", (3, 3): "1", (5, 3): "✓", (2, 4): "x", (6, 4): "3"})
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
            assert outcome.recorded == outcome.known == outcome.warnings == []
    assert contents(store) == before


def test_the_exported_table(store: Store, tmp_path: Path) -> None:
    people = people_of(store)
    turnout = Turnout([people[ANNA]], excused=[people[BO]], unnamed=4)
    with store.writing("meet"):
        meet(Standing(store), Rules(strict=False), activity(store), DAYS[0], turnout)
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
    assert page.freeze_panes == "C2"
    assert page["C1"].is_date
    assert page["C1"].number_format == "yyyy-mm-dd"
    assert (page["B4"].value, page["B4"].data_type) == ("'=1+1", "s")


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
    assert (outcome.recorded, outcome.new) == ([DAYS[0], "2024-04-02"], ["2024-04-02"])
    assert there(store, "2024-04-02") == {ANNA: "participant", BO: "participant", LONE: "volunteer", OLE: "volunteer"}
    assert outcome.warnings == ["These columns are no dates, and were not read: Telefon."]


def test_unknown_names_are_settled_once(store: Store, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "ud.csv", "Name,2024-03-05,2024-03-12", "Anna,x,", "Bo Østergaard,x,", "Bo Østegård,,x", "Gæst,x,", "Mor til Bo,7,x"
    )
    before = contents(store)
    with pytest.raises(UnknownNames) as caught:
        import_sheet(store, path, "G1")
    assert contents(store) == before
    assert caught.value.exit_status == 4
    guesses = [(each.name, each.guesses) for each in caught.value.names]
    assert guesses == [("Anna", ("1 Anna Holm",)), ("Bo Østegård", ("2 Bo Østergård",)), ("Gæst", ()), ("Mor til Bo", ())]
    names = write_names_map(caught.value)
    assert names == names_path(path)
    assert names.name == "ud.names.csv"
    assert names.stat().st_mode & 0o777 == 0o600
    assert cells(names)[:2] == [["name", "person", "suggestion"], ["Anna", "", "1 Anna Holm"]]
    # A suggestion that was copied, a number, and a row to leave out; one more is left for later.
    sheet(names, "name,person,suggestion", "Anna,1 Anna Holm,1 Anna Holm", "Bo Østegård,2,", "Mor til Bo,-,")
    with pytest.raises(UnknownNames) as caught:
        import_sheet(store, path, "G1")
    assert [each.name for each in caught.value.names] == ["Gæst"]
    write_names_map(caught.value)
    assert [row[:2] for row in cells(names)[1:]] == [["Anna", "1 Anna Holm"], ["Bo Østegård", "2"], ["Mor til Bo", "-"], ["Gæst", ""]]
    sheet(names, "navn;person", "Anna;1", "Bo Østegård;2", "Mor til Bo;-", "Gæst;-")
    outcome = import_sheet(store, path, "G1")
    assert outcome.told == "2 dates recorded, 0 known, 0 without a tick; 7 marks added. Look: husrum group show G1"
    assert outcome.settled == ["Anna", "Bo Østegård", "Gæst", "Mor til Bo"]
    assert there(store, DAYS[0]) == {ANNA: "participant", BO: "participant", LONE: "volunteer", OLE: "volunteer"}
    assert there(store, DAYS[1])[BO] == "participant"
    assert import_sheet(store, path, "G1", names=names).known == list(DAYS[:2])


def test_bad_cells_are_all_told_at_once(store: Store, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "bad.csv",
        "Nr,Navn,2024-03-05,5/3,26/3-2024,31/2/2024,,05-03-2024",
        "1,Anna Holm,har det svært,x,x,,note,",
        "99,,x,,,,,",
        "2,Anna Holm,??,,,,,",
        ",,x,,,,,",
        "4,Lone,x,,,,,,too many",
        ",uden navn,two,,,,,",
    )
    assert bad_cells(store, path) == [
        (1, "5/3", "5/3"),
        (1, "31/2/2024", "31/2/2024"),
        (1, "7", ""),
        (1, "05-03-2024", "05-03-2024"),
        (2, "2024-03-05", "(withheld)"),
        (3, "Nr", "99"),
        (4, "Nr", "2"),
        (5, "Navn", ""),
        (6, "9", ""),
        (7, "2024-03-05", "two"),
        (1, "26/3-2024", "26/3-2024"),
    ]


def test_bad_cells_of_the_map_file(store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.csv", "Name,2024-03-05", "Anna,x")
    sheet(names_path(path), "name,person", "Anna,99", "Anna,2")
    assert bad_cells(store, path) == [(2, "person", "99"), (3, "person", "2")]
    sheet(names_path(path), "who", "Anna")
    with pytest.raises(WrongInput, match="columns name and person"):
        import_sheet(store, path, "G1")


def test_other_marks_than_recorded_are_bad_cells(store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.csv", "Number,2024-03-05", "1,x", "2,a", "4,x", "5,")
    import_sheet(store, path, "G1")
    sheet(path, "Number,Name,2024-03-05", "1,,a", "2,,a", "3,,x", "4,,", ",unnamed,3")
    assert bad_cells(store, path) == [(2, "2024-03-05", "a"), (4, "2024-03-05", "x"), (5, "2024-03-05", ""), (6, "2024-03-05", "3")]
    # Nothing is said of those who have no row, nor by a column without a tick.
    outcome = import_sheet(store, sheet(path, "Number,2024-03-05", "1,x"), "G1")
    assert outcome.known == [DAYS[0]]
    outcome = import_sheet(store, sheet(path, "Number,2024-03-05", "1,"), "G1")
    assert (outcome.unmarked, len(outcome.warnings)) == ([DAYS[0]], 1)


def test_a_meeting_of_which_nobody_was_recorded_is_filled_in(store: Store, tmp_path: Path) -> None:
    with store.writing("meet"):
        meet(Standing(store), Rules(strict=False), activity(store), DAYS[0], Turnout())
    assert there(store, DAYS[0]) == {LONE: "volunteer", OLE: "volunteer"}
    outcome = import_sheet(store, sheet(tmp_path / "a.csv", "Number,2024-03-05", "1,x", "2,a", "4,x"), "G1")
    assert (outcome.recorded, outcome.attendances) == ([DAYS[0]], 2)
    assert there(store, DAYS[0]) == {ANNA: "participant", BO: "excused", LONE: "volunteer", OLE: "volunteer"}


def test_days_that_an_event_does_not_have(store: Store, tmp_path: Path) -> None:
    assert bad_cells(store, sheet(tmp_path / "a.csv", "Nr,2024-05-04,2024-05-06", "1,x,"), "E1") == [(1, "2024-05-06", "2024-05-06")]


def test_warnings(store: Store, tmp_path: Path) -> None:
    with store.writing("add"):
        enter(CommandContext(store, Rules()).people, Rules(), Facts(name="Ny Gæst"))
    path = sheet(tmp_path / "a.csv", "Nr,2024-03-05,2024-12-24,2024-03-12", "1,x,x,", "1,,,a", "6,x,,")
    warnings = "\n".join(import_sheet(store, path, "G1").warnings)
    for part in (
        "1 Anna Holm was named twice",
        "2024-12-24 has not come yet",
        "6 Ny Gæst is not enrolled in G1",
        "2024-03-12: people are excused",
    ):
        assert part in warnings
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
    assert bad_cells(store, path) == [(2, "Navn", "(withheld)"), (3, "2024-03-05", "(withheld)")]


def test_written_is_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.txt"
    mask = os.umask(0)
    try:
        with written(path) as temporary:
            temporary.write_text("one")
    finally:
        os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refused, match="exists already"), written(path) as temporary:
        pytest.fail("opened")
    with pytest.raises(ValueError), written(path, overwrite=True) as temporary:
        temporary.write_text("half")
        raise ValueError
    with pytest.raises(UnusableFile, match="disk is full"), written(path, overwrite=True) as temporary:
        raise OSError(28, "No space left on device")
    for place in (tmp_path / "no" / "out.txt", tmp_path):
        with pytest.raises(UnusableFile), written(place, overwrite=True):
            pytest.fail("opened")
    assert path.read_text() == "one"
    assert os.listdir(tmp_path) == ["out.txt"]


def test_nothing_is_written_where_the_export_fails(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(WrongInput):
        exported(store, tmp_path / "g1.pdf")
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(WrongInput, match=r"pip install 'husrum-cli\[xlsx\]'"):
        exported(store, tmp_path / "g1.xlsx")
    assert sorted(os.listdir(tmp_path)) == before
