"""A CPR number is stored nowhere, in whatever way its ten digits are separated. The numbers are made up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from running import husrum

from husrum_cli.errors import WrongInput
from husrum_cli.input.text import read_note
from husrum_cli.rowtypes.registry import row_types

SEPARATORS = st.text(" .-/_:()·–—−‐‑\u00a0\u200b\u202f\n", max_size=3)
DIGITS = ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
WRITTEN = (
    "150303-4321", "150303 - 4321", "150303‑4321", "15.03.03-4321", "15 03 03 4321", "150303/4321", "1503034321", "１５０３０３-４３２１",
    "15.03.2003-4321", "15-03-2003 4321", "20030315-4321", "15032003 4321", "2003-03-15-4321", "15/3-2003 - 4321", "15 03 2003 4321", "5.3.1998-1234",
    "d. 15.03.2003/4321, ringer selv", "15.03.2003-4321 8000 Aarhus", "15.03.2003 4321 20304050", "barn: 15.03.2021-4321", "15.03.1995-1987",
    "15.3.03-4321", "15/3-03 4321", "5/3-03-4321", "cpr 5.3.03 - 4321", "150303\u30fc4321", "15\u31640303\u115f4321",
    "15. marts 2003-4321", "15 marts 2003 4321", "15.mar.2003/4321", "5. maj 2003 - 4321", "15MARTS2003-4321", "15. marts 03-4321", "15 March 2003 - 4321", "d. 15maj2003-4321", "15okt03 4321", "15. Okt. ２００３-４３２１",
    "150303 cpr 4321", "15.03.03, cpr-nr. 4321", "f. 15. marts 2003 (CPR: 4321)", "født 150303, CPR-nummer 4321", "15/3-03 cprnr 4321", "2003-03-15 cpr: 4321",
    "750303-4321", "7503034321",  # of somebody without one yet
    "15.03.2003 8000 Aarhus",  # a postcode, but so may be what stands before Anna Holm; with a comma between it goes in
    "１５.０３.２００３-４３２１", "15.03.2003–4321", "15 03 95 2005", "15-03-13 2005", "1503 03 43 21", "tlf. 20304050, cpr 150303-4321", "20304050 150303-4321", "(150303) 4321", "15,03,03,4321", "15, 03, 03, 4321", "15,03,03-4321", "15;03;03;4321", "1503\u00ad03-4321",
)  # fmt: skip
OTHERS = (
    "3/5-24 1830", "d. 3/5-24 1830-2100", "5/3-03, 4321 Viby", "1.8.98-2001", "2/3-24 + 20304050", "3/5-24 kl. 1830", "5/3-03 20304050", "5/3-03: 4321,50",
    "kl. 18,30,15,2000", "10,11,12,13,1034", "3.10.24 19:00", "Tur 03.10.24 19:00-21:00", "03-10-24  9:30", "tlf. 61 03 12 45 18 år", "ordre 513034321",
    "tlf 20 30 40 50", "+45 20 30 40 50", "0045 20304050", "kl. 10-12, 15 personer", "fra 1/3-2024 til 15/3-2024", "10.12.2024-15.12.2024",
    "10.12.2024 15.00", "20304050 30405060", "22 11 98 76 / 22 10 05 43", "DK50 0040 0440 1162 43", "150303432199", "150303-43210",
    "12 34 56 78, 12 34 56 78", "20304050, 12345678", "20304050,12345678;30405060", "150303,43210", "1150303,4321", "991303,4321",
    "15.03.2003, 4320 Lejre", "d. 15.03.24, 1830 kr.", "15.03.2024 1830", "15.03.2024 kl. 1830-2100",
    "2024-03-15 0900", "2024-03-15 5000", "15.03.2024 5000 kr.", "ordre 20240315-5012", "ordre 20030315432", "200303154321",
    "f. 15.03.2003 20 30 40 50", "f. 15.03.2003 20304050", "15.03.2003 4030 4050", "15.03.2003 - 4030 4050", "1.8.1998-2001",
    "skole 1.8.1998 - 2004, så FGU", "1998-01-01..1997-12-31", "1998-01-01 1997-12-31", "1503 2003 4321", "15032003, 4321", "15.03.2003: 4321,50",
    "kl. 18 10/11-2026", "2023-08-12 4/7-2021", "2023-05-12 / 10/10-2023", "10.12.2024 9/9-2024", "8 deltagere 10/10-2023", "1. 2/3-2024",
    "15. marts 2003, 8000 Aarhus", "15. marts 2024 1830", "15. marts 2003 20304050", "5. maj 2003 - 2006", "15. marts 2003, kl. 1830", "31. februar 2003-4321",
    "cpr ikke oplyst, kom 15.03.2024 kl. 1830", "20304050, cpr mangler, 8000 Aarhus", "150303, cprx 4321",
    "d. 15. marts kl. 2003-4321", "15 personer 2003-4321", "15. marts 2003-4321,50",
    "reg. 8401 konto 15032003432", "15.03.2003; 8000 Aarhus", "36.03.2003-4321", "15.13.2003-4321", "15.03.2003-1830", "20031225 15032004",
)  # fmt: skip


@given(st.lists(SEPARATORS, min_size=9, max_size=9), st.sampled_from(DIGITS), st.sampled_from(["", "nr. ", "tlf. 20304050 og "]))
def test_any_separators_between_any_of_its_digits(separators: list[str], digits: str, before: str) -> None:
    number = "".join(digits[int(digit)] + separator for digit, separator in zip("1503034321", [*separators, ""], strict=True))
    plain = "".join(str(int(sign)) if sign.isdecimal() else " " if sign in "\u200b\u00ad" else sign for sign in number)
    assume(not re.search(r"15[-./]03[-./]03\s+4:32", plain))  # a time of day
    with pytest.raises(WrongInput) as refused:
        read_note(f"{before}{number}.", "note")
    assert "4321" not in refused.value.message


@pytest.mark.parametrize("number", WRITTEN)
def test_refused_in_notes_names_and_titles(number: str, city: Path) -> None:
    before = city.read_bytes()
    for line in (
        ("intake", "add", "Bo Ek", "--enquired", "2024-01-02", "--note", number),
        ("intake", "add", f"Bo Ek {number}", "--enquired", "2024-01-02"),
        ("intake", "add", "Bo Ek", "--phone", number),
        ("event", "log", f"Tur {number}", "--date", "2024-03-03"),
        ("group", "open", f"Hold {number}", "--kind", "talk", "--start", "2024-03-03"),
    ):
        result = husrum(*line, "--db", city)
        assert result.exit_code == 2, (line, result.stderr)
        assert "4321" not in result.stderr
    assert city.read_bytes() == before


def test_a_number_of_a_spreadsheet_has_no_zero_in_front(city: Path) -> None:
    for line in (("--note", "503034321"), ("--phone", "503034321")):
        assert husrum("intake", "add", "Bo Ek", *line, "--db", city).exit_code == 2


def test_people_may_have_the_numbers_of_one() -> None:
    (attendance,) = [column for kind in row_types() if kind.name == "events" for column in kind.columns if column.name == "present"]
    assert attendance.cell("10,11,12,1034")


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_no_cpr_number_goes_in(text: str, city: Path) -> None:
    assert husrum("intake", "add", "Bo Ek", "--enquired", "2024-01-02", "--note", text, "--db", city).exit_code == 0


@pytest.mark.parametrize("number", ["150303-4321", "150303,4321"])
def test_no_column_takes_one(number: str) -> None:
    for kind in row_types():
        for column in kind.columns:
            with pytest.raises(WrongInput) as refused:
                column.cell(number)
            assert "4321" not in refused.value.message, (kind.name, column.name)


# What is typed after --db FILE. Each holds a number where nothing else would look for one.
TYPED = (
    "event log Fest --joint NUMBER", "event plan Fest --date 2030-01-01 --joint NUMBER", "event edit E1 --joint NUMBER",
    "event log Fest --ref NUMBER", "event log Fest --hours NUMBER", "event log Fest --present NUMBER",
    "intake add Per --born NUMBER", "intake add Per --born=NUMBER", "intake add Per --enquired NUMBER", "intake add Per --source NUMBER",
    "person find NUMBER", "person show NUMBER", "stats year NUMBER", "log --since NUMBER", "setting set themes NUMBER",
    "branch edit Aarhus --name NUMBER", "figure set sent_onward 3 --year 2024 --source NUMBER", "NUMBER", "event NUMBER", "event --NUMBER",
    "event log Fest NUMBER", "import sheet.csv --events NUMBER", "import sheet.csv --mapping NUMBER.csv",
)  # fmt: skip


@pytest.mark.parametrize("number", ["150303-4321", "150303 4321", "1503034321", "150303,4321", "150303|4321"])
def test_refused_wherever_it_is_typed_and_not_repeated(number: str, city: Path) -> None:
    before = city.read_bytes()
    for line in TYPED:
        result = husrum(*(word.replace("NUMBER", number) for word in line.split()), env={"HUSRUM_DB": str(city)})
        assert result.exit_code == 2, (line, result.stderr)
        assert "CPR" in result.stderr and "4321" not in result.stdout + result.stderr, (line, result.stderr)
    assert city.read_bytes() == before


# Commands that make or read a file or folder.
FILES = (
    "export year 2024 --to NAME.md", "export tables NAME", "export handover NAME.db", "export sheet G1 --to NAME.xlsx", "export form t_ils --to NAME.docx",
    "export research NAME", "person export 1 --to NAME.md", "person list --to NAME.csv", "backup NAME.db", "report 2024 --to NAME.docx",
    "init NAME.db --city Vejle", "demo NAME", "merge NAME.db aarhus.db", "merge nation.db NAME.db", "import NAME.csv", "restore NAME.db",
    "encrypt --key-copy NAME.key", "decrypt NAME.db", "use NAME.db", "link key NAME.key",
)  # fmt: skip


@pytest.mark.parametrize("line", FILES)
def test_refused_in_the_name_of_a_file(line: str, city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(city.parent)
    files = sorted(city.parent.rglob("*"))
    for name in ("per 150303-4321", "150303_4321", "new/150303-4321/file", str(city.parent / "1503034321")):
        result = husrum(*(word.replace("NAME", name) for word in line.split(" ")), "--db", city)
        assert result.exit_code == 2, result.stderr
        assert "CPR" in result.stderr and "4321" not in result.stderr
    assert sorted(city.parent.rglob("*")) == files


def test_a_folder_that_exists_is_no_obstacle(city: Path) -> None:
    folder = city.parent / "150303-4321"
    folder.mkdir()
    assert husrum("backup", folder / "copy.db", "--db", city).exit_code == 0
    assert (folder / "copy.db").exists()
    result = husrum("check", "--db", folder / "none.db")
    assert result.exit_code == 3
    assert "4321" not in result.stderr


def test_no_folder_with_one_is_remembered(city: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    folder = city.parent / "150303-4321"
    folder.mkdir()
    key, own = folder / "land.key", folder / "aarhus.db"
    assert husrum("link", "new-key", key).exit_code == 0
    made = husrum("init", own, "--city", "Aarhus")
    assert made.exit_code == 0 and "Commands work on this file" not in made.stderr
    for line in (("use", own), ("link", "use-key", key)):
        result = husrum(*line)
        assert result.exit_code == 2 and "CPR" in result.stderr and "4321" not in result.stderr, result.stderr
    assert husrum("today", "--db", own).exit_code == 0
    assert not [path for path in (tmp_path / "settings").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "sheet",
    [
        "title,date,joint\nFest,2024-03-03,150303-4321\n",
        'title,date,joint\nFest,2024-03-03,"150303,4321"\n',
        "name,enquired\nBo Ek,150303-4321\n",
        "name,enquired\n150303-4321,2024-03-03\n",
        "name,enquired,150303-4321\nBo Ek,2024-03-03,x\n",
        "navn,kilde,henvendt\nBo Ek,150303-4321,2024-03-03\n",
    ],
)
@pytest.mark.parametrize("format", ["table", "json"])
def test_refused_in_a_cell_and_not_repeated(sheet: str, format: str, city: Path) -> None:
    before = city.read_bytes()
    path = city.parent / "sheet.csv"
    path.write_text(sheet, encoding="utf-8")
    kind = "events" if sheet.startswith("title") else "intakes"
    result = husrum("import", path, "--as", kind, "--format", format, "--db", city)
    assert result.exit_code == 2, result.stderr
    assert "4321" not in result.stdout + result.stderr
    assert "(withheld)" in result.stdout + result.stderr
    assert city.read_bytes() == before
    assert all("4321" not in made.read_text(encoding="utf-8") for made in city.parent.glob("*.mapping.csv"))


def test_refused_in_the_wording_of_a_form(city: Path) -> None:
    wording = city.parent / "wording.txt"
    wording.write_text("Et\nTo 150303-4321\nTre\n", encoding="utf-8")
    form = city.parent / "form.html"
    result = husrum("export", "form", "t_ils", "--wording", wording, "--to", form, "--db", city)
    assert result.exit_code == 2
    assert "4321" not in result.stderr and "CPR" in result.stderr
    assert not form.exists()


@pytest.mark.parametrize(
    "line",
    ["sheet,sheet,,,events:Tur 150303-4321", "name,,,Per Ny,150303-4321", "value,sheet,navn,150303/4321,x", "name,,,150303-4321,new"],
)
def test_refused_in_a_mapping(line: str, city: Path) -> None:
    before = city.read_bytes()
    sheet, mapping = city.parent / "sheet.csv", city.parent / "sheet.mapping.csv"
    sheet.write_text("navn,3/3-2024\nPer Ny,x\n", encoding="utf-8")
    mapping.write_text(f"what,sheet,column,found,means\n{line}\n", encoding="utf-8")
    result = husrum("import", sheet, "--db", city)
    assert result.exit_code == 2
    assert "row 2 holds what looks like a CPR number" in result.stderr
    assert "4321" not in result.stdout + result.stderr
    assert city.read_bytes() == before


def test_a_series_has_a_title_that_an_event_can_have(city: Path) -> None:
    sheet = city.parent / "sheet.csv"
    sheet.write_text("navn,3/3-2024\nPer Ny,x\n", encoding="utf-8")
    result = husrum("import", sheet, "--as", "sheet", "--events", "x" * 201, "--db", city)
    assert result.exit_code == 2
    assert "201 characters" in result.stderr
