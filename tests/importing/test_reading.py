"""Spreadsheets of every format, whole, damaged and hostile, as sheets of typed cells."""

from __future__ import annotations

import os
import re
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import STRICT, TRANSITIONAL, ods, sheet_xml, xlsx

from husrum_cli.errors import HusrumError, UnusableFile, WrongInput
from husrum_cli.importing.reading.files import read_workbook
from husrum_cli.importing.reading.text_files import decode
from husrum_cli.importing.reading.workbook import Area, CellError, DamagedSpreadsheet, Sheet

DANISH = "Navn;Bemærkning\nSøren Ågård;rødgrød på ø\nÆgir Ødum;år\n"
STYLES = f'<styleSheet xmlns="{TRANSITIONAL[0]}"><numFmts><numFmt numFmtId="164" formatCode="dd\\/mm\\-yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="20"/></cellXfs></styleSheet>'


def only_sheet(path: Path, encoding: str | None = None) -> Sheet:
    (sheet,) = read_workbook(path, encoding).sheets
    return sheet


def values(path: Path) -> list[list[object]]:
    return [list(row) for _number, row in only_sheet(path).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252", "mac-roman", "cp865"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_file_in_any_encoding(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(DANISH.replace("\n", end).encode(encoding))
    assert values(path) == [["Navn", "Bemærkning"], ["Søren Ågård", "rødgrød på ø"], ["Ægir Ødum", "år"]]


def test_an_encoding_that_is_named_is_that_of_files_that_are_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Sørën;ł\n", encoding="utf-8")
    assert only_sheet(path, "windows-1252").rows[0][1] == ["Sørën", "ł"]
    path.write_bytes("Łukasz;1\n".encode("cp852"))
    assert only_sheet(path, "cp852").rows[0][1] == ["Łukasz", "1"]
    with pytest.raises(WrongInput, match="not the name of an encoding"):
        read_workbook(path, "klingon")


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_the_delimiter_is_the_one_that_divides_evenly(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "a.csv"
    rows = [["Liste, over alle; i 2026"], ["Navn", "Hvem"], ["Anna", '"Bo, Ce; De"'], ["Eva", '"Fie, Gu"']]
    path.write_text("\n".join(sign.join(row) for row in rows), encoding="utf-8")
    assert only_sheet(path).rows[2][1] == ["Anna", "Bo, Ce; De"]


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_lines_end_at_cr_and_lf_alone(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"name;note\nAnna;one{sign}two\n", encoding="utf-8")
    assert values(path) == [["name", "note"], ["Anna", f"one{sign}two"]]


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_sentence(raw: bytes) -> None:
    with suppress(DamagedSpreadsheet):
        assert isinstance(decode(raw), str)


def test_a_workbook_of_typed_cells(tmp_path: Path) -> None:
    rows = [
        ["Navn", "Født", 3, 2.5, True],
        ["< s='1'><v>46000</v></c>", "< s='2'><v>0.8125</v></c>", "< t='e'><v>#N/A</v></c>", "<f>SUM(A1:A2)</f>", "<f>1+1</f><v>2</v>"],
        [None, "< t='d'><v>2026-03-05T00:00:00</v></c>", "< t='str'><f>A1</f><v>Anna</v></c>", "  ", "< s='1'/>"],
    ]
    path = xlsx(
        tmp_path / "a.xlsx",
        {"Ark": sheet_xml(rows, after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')},
        more={"xl/styles.xml": STYLES},
    )
    sheet = only_sheet(path)
    assert sheet.rows[0][1] == ["Navn", "Født", 3, 2.5, True]
    assert sheet.rows[1][1] == [date(2025, 12, 9), "19:30", CellError("#N/A", "error"), CellError("=SUM(A1:A2)", "formula"), 2]
    assert sheet.rows[2][1] == [None, date(2026, 3, 5), "Anna"]
    assert sheet.merged == [Area(1, 0, 1, 1)]
    assert sheet.sums == {(2, 3)}


def test_as_openpyxl_writes_and_reads_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    rows = [["Navn", date(2026, 3, 1), 1.5, True], ["Åse  ", date(1905, 1, 1), 12, False]]
    for row in rows:
        page.append(row)
    page.row_dimensions[2].hidden = True
    page.column_dimensions["C"].hidden = True
    book.create_sheet("skjult").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    sheet, hidden = read_workbook(tmp_path / "a.xlsx").sheets
    assert [row for _number, row in sheet.rows] == rows
    assert (sheet.hidden_rows, sheet.hidden_columns, hidden.hidden) == ({2}, {2}, True)


def test_strict_open_xml_and_a_wrong_size(tmp_path: Path) -> None:
    rows = [["name"], ["Anna"], ["Bo"]]
    strict = xlsx(tmp_path / "s.xlsx", {"Ark": sheet_xml(rows, STRICT[0])}, STRICT)
    wrong = xlsx(tmp_path / "w.xlsx", {"Ark": sheet_xml(rows, before='<dimension ref="A1:A1"/>')})
    assert values(strict) == values(wrong) == rows


def test_tags_with_a_prefix_and_those_of_other_programs(tmp_path: Path) -> None:
    xml = re.sub("<(/?)(?=[a-z])", r"<\1x:", sheet_xml([["Navn", 7], ["Anna", 8]])).replace("xmlns=", "xmlns:x=")
    xml = xml.replace("</x:v>", "</x:v><more:f xmlns:more='urn:more'>SUM(A1)</more:f>")
    path = xlsx(tmp_path / "a.xlsx", {"Ark1": xml})
    assert values(path) == [["Navn", 7], ["Anna", 8]] and not only_sheet(path).sums


def test_an_opendocument_spreadsheet(tmp_path: Path) -> None:
    table = """<table:table table:name="Ark"><table:table-column table:number-columns-repeated="1024"/>
        <table:table-row><table:table-cell office:value-type="string"><text:p>Na<text:s/>vn</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="2026-03-05T00:00:00"><text:p>05/03</text:p></table:table-cell>
        <table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell table:formula="of:=SUM([.A1])"/></table:table-row>
        <table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
        <table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell table:formula="of:=SUM([.A1])" office:value-type="float" office:value="7"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>"""
    sheet = only_sheet(ods(tmp_path / "a.ods", table))
    assert sheet.rows == [(1, ["Na vn", date(2026, 3, 5), True, CellError("=SUM([.A1])", "formula")]), (5, [None, None, 7])]
    assert (sheet.sums, sheet.last_row) == ({(1, 3), (5, 2)}, 5)


def test_a_million_formatted_cells_that_hold_nothing(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    path = xlsx(tmp_path / "a.xlsx", {"Ark": sheet_xml([["name"], ["Anna"]]).replace("</sheetData>", f"{far}</sheetData>")})
    tracemalloc.start()
    assert only_sheet(path).last_row == 2
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


def _entities(path: Path) -> Path:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    return xlsx(path, {"Ark": sheet_xml([["&b;"]]).replace('<?xml version="1.0"?>', bomb)})


def _huge(path: Path) -> Path:
    return xlsx(path, {"Ark": sheet_xml([["x"]], after=" " * 210_000_000)})


def _wide(path: Path) -> Path:
    return xlsx(path, {"Ark": sheet_xml([["x"]]).replace("</sheetData>", '<row r="2"><c r="XFD2"><v>1</v></c></row></sheetData>')})


def _repeated(path: Path) -> Path:
    row = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000" office:value-type="float" office:value="1"/></table:table-row>'
    return ods(path, f'<table:table table:name="Ark">{row}</table:table>')


def _far_down(path: Path) -> Path:
    return xlsx(
        path, {"Ark": sheet_xml([["x"]]).replace("</sheetData>", '<row r="20000000"><c r="A20000000"><v>1</v></c></row></sheetData>')}
    )


def _far_down_after_blank_rows(path: Path) -> Path:
    blank = '<table:table-row table:number-rows-repeated="20000000"><table:table-cell/></table:table-row>'
    filled = '<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    return ods(path, f'<table:table table:name="Ark">{filled}{blank}{filled}</table:table>')


def _no_sheet(path: Path) -> Path:
    return xlsx(path, {"Ark": "<worksheet"})


def _bad_index(path: Path) -> Path:
    return xlsx(path, {"Ark": sheet_xml([["< t='s'><v>99</v></c>"]])})


def _index_before_the_first(path: Path) -> Path:
    strings = f'<sst xmlns="{TRANSITIONAL[0]}"><si><t>A</t></si><si><t>B</t></si></sst>'
    return xlsx(path, {"Ark": sheet_xml([["< t='s'><v>-1</v></c>"]])}, more={"xl/sharedStrings.xml": strings})


def _old_format(path: Path) -> Path:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    return path


@pytest.mark.parametrize("make", [_entities, _huge, _wide, _far_down, _no_sheet, _bad_index, _index_before_the_first, _old_format])
def test_a_bomb_or_a_damaged_workbook_is_one_line(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    with pytest.raises(UnusableFile, match=r"a\.xlsx"):
        read_workbook(make(tmp_path / "a.xlsx"))


@pytest.mark.parametrize("make", [_repeated, _far_down_after_blank_rows])
def test_cells_repeated_without_end(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    with pytest.raises(UnusableFile, match=r"holds more than"):
        read_workbook(make(tmp_path / "a.ods"))


def test_the_old_format_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match=r"save it as \.xlsx"):
        read_workbook(_old_format(tmp_path / "a.xls"))


def test_a_text_longer_than_a_cell(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"Ark": sheet_xml([["x" * 40_000]])})
    assert values(path) == [[CellError("…", "long")]]


@given(st.data())
def test_a_workbook_with_any_byte_changed_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("damaged") / "a.xlsx"
    whole = bytearray(xlsx(path, {"Ark": sheet_xml([["name", "born"], ["Anna", 2001]])}, more={"xl/styles.xml": STYLES}).read_bytes())
    for _change in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(whole[: data.draw(st.integers(4, len(whole)))])
    try:
        read_workbook(path)
    except HusrumError as error:
        assert error.exit_status in (2, 3)


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (Path("/dev/zero"), Path("/dev/full"), tmp_path / "pipe", tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(UnusableFile):
            read_workbook(path)
