"""Small files that unpack to a great deal: each is refused at once, in one line; what people keep is read whatever its size."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from running import husrum, new_city
from workbooks import TRANSITIONAL, ods, sheet_xml, xlsx

from husrum_cli.errors import UnusableFile
from husrum_cli.importing.reading.files import read_workbook
from husrum_cli.importing.reading.workbook import Allowance
from husrum_cli.importing.understanding import columns as columns_module
from husrum_cli.importing.understanding import roster as roster_module
from husrum_cli.importing.understanding.columns import column_beginning_with
from husrum_cli.importing.understanding.roster import Roster, RosterPerson
from husrum_cli.importing.understanding.tables import Known, find_table
from husrum_cli.importing.understanding.words import without_remark

MAIN = TRANSITIONAL[0]
LISTED = [["Navn", "Note"], ["Ida Dam", "x"]]
LARGEST = 300_000
MANY, FEWER = 170_000, 80_000
Make = Callable[[Path], Path]


def _part(name: str, xml: str) -> Make:
    return lambda path: xlsx(path, {"Unge": sheet_xml(LISTED)}, more={f"xl/{name}.xml": xml})


def _rows(xml: str, before: str = "", more: dict[str, str] | None = None) -> Make:
    whole = sheet_xml(LISTED, before=before).replace("</sheetData>", f"{xml}</sheetData>")
    return lambda path: xlsx(path, {"Unge": whole}, more=more)


def _strings(*texts: str) -> dict[str, str]:
    return {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{text}</t></si>" for text in texts)}</sst>'}


def _table(xml: str, times: int = 1) -> Make:
    head = '<table:table table:name="Unge"><table:table-row><table:table-cell><text:p>Navn</text:p></table:table-cell></table:table-row>'
    return lambda path: ods(path, f"{head}{xml}</table:table>" * times)


FILLED = "<table:table-cell><text:p>Ida Dam</text:p></table:table-cell>"
BLANK_ROWS = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
HOSTILE: dict[str, Make] = {
    "styles.xlsx": _part("styles", f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * MANY}</cellXfs></styleSheet>'),
    "empty strings.xlsx": _part("sharedStrings", f'<sst xmlns="{MAIN}">{"<si/>" * MANY}</sst>'),
    "a long string in many cells.xlsx": _rows('<row><c t="s"><v>0</v></c></row>' * 2_000, more=_strings("x" * 30_000)),
    "a string in many rows.xlsx": _rows('<row><c t="s"><v>0</v></c></row>' * 30_000, more=_strings("Ida Dam")),
    "many runs.xlsx": _rows(f'<row><c t="inlineStr"><is>{"<r><t>aaaa</t></r>" * FEWER}</is></c></row>'),
    "cells far to the right.xlsx": _rows('<row><c r="BXX9"><v>1</v></c></row>' * 10_000),
    "rows without cells.xlsx": _rows("<row/>" * MANY),
    "hidden columns.xlsx": _rows("", "<cols>" + '<col min="1" max="16384" hidden="1"/>' * FEWER + "</cols>"),
    "a long attribute.xlsx": _rows(f'<row a="{"a" * 6_000_000}"/>'),
    "deep.xlsx": _rows("<a>" * MANY),
    "sheets.ods": _table("", 120),
    "rows.ods": _table(f'<table:table-row table:number-rows-repeated="900000">{FILLED}</table:table-row>'),
    "cells.ods": _table(
        "<table:table-row>" + FILLED.replace("cell>", 'cell table:number-columns-repeated="4000000">', 1) + "</table:table-row>"
    ),
    "blank rows in sheets.ods": _table(f"{BLANK_ROWS}<table:table-row>{FILLED}</table:table-row>", 10),
    "hidden rows.ods": _table('<table:table-row table:visibility="collapse" table:number-rows-repeated="99999"/>' * FEWER),
    "hidden columns.ods": _table('<table:table-column table:visibility="collapse" table:number-columns-repeated="16384"/>' * FEWER),
    "spaces.ods": _table(
        "<table:table-row><table:table-cell><text:p>" + '<text:s text:c="100"/>' * MANY + "</text:p></table:table-cell></table:table-row>"
    ),
    "spans.ods": _table("<table:table-row>" + '<table:table-cell table:number-columns-spanned="390"/>' * FEWER + "</table:table-row>"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_small_file_of_a_great_deal_is_refused(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a tenth of the allowance, so that it is quick."""
    monkeypatch.setattr(Allowance, "LEAST", Allowance.LEAST // 10)
    monkeypatch.setattr(Allowance, "A_BYTE", Allowance.A_BYTE // 10)
    path = HOSTILE[name](tmp_path / name)
    assert path.stat().st_size < LARGEST
    with pytest.raises(UnusableFile, match=rf"{name} holds more than a spreadsheet of people can"):
        read_workbook(path)


def _growth(work: Callable[[int], object], size: int, rounds: int = 7) -> float:
    """Return how many times longer four times as much takes: 4 if the time grows with the number, 16 if with its square."""

    def seconds(size: int) -> float:
        began = time.process_time()
        work(size)
        return time.process_time() - began

    runs = [(seconds(size), seconds(4 * size)) for _round in range(rounds)]
    return min(large for _small, large in runs) / min(small for small, _large in runs)


def test_a_large_list_is_read(tmp_path: Path) -> None:
    names = [[f"Ida {number * 7919 % 100_000}", "x", "", *["1"] * 20] for number in range(5_000)]
    assert len(read_workbook(xlsx(tmp_path / "a.xlsx", {"Unge": sheet_xml([["Navn"], *names])})).sheets[0].rows) == 5_001
    (tmp_path / "a.csv").write_text("Navn\n" + "".join(f"{';'.join(row)}\n" for row in names), encoding="utf-8")
    assert len(read_workbook(tmp_path / "a.csv").sheets[0].rows) == 5_001
    (tmp_path / "short.csv").write_text("Navn;A\n" + "Ida;x\n" * 100_000, encoding="utf-8")
    assert len(read_workbook(tmp_path / "short.csv").sheets[0].rows) == 100_001


def test_merged_areas_without_number(tmp_path: Path) -> None:
    merged = "<mergeCells>" + '<mergeCell ref="A1:NN1"/>' * 30_000 + "</mergeCells>"
    (sheet,) = read_workbook(xlsx(tmp_path / "a.xlsx", {"Unge": sheet_xml([["Unge"], *LISTED], after=merged)})).sheets
    known = Known(lambda rows, place: rows[place][1][0] == "Navn", lambda heading: heading == "Navn", lambda cell: cell == "Navn")
    table = find_table(sheet, known)
    assert table and len(table.above) == 378


def test_the_text_of_a_cell_in_pieces(tmp_path: Path) -> None:
    runs = "< t='inlineStr'><is><r><t>Ida</t></r><r><t xml:space='preserve'> Dam</t></r><rPh><x/></rPh></is></c>"
    assert read_workbook(xlsx(tmp_path / "a.xlsx", {"Unge": sheet_xml([[runs]])})).sheets[0].rows == [(1, ["Ida Dam"])]
    text = "<table:table-cell><text:p>Ida<text:s/>Dam</text:p><text:p/><text:p>a<text:line-break/>b<text:tab/>c</text:p></table:table-cell>"
    assert read_workbook(_table(f"<table:table-row>{text}</table:table-row>")(tmp_path / "a.ods")).sheets[0].rows[1][1] == [
        "Ida Dam\n\na\nb\tc"
    ]


def test_long_headings_and_many_spaces() -> None:
    assert without_remark(f"Ida{' ' * 30_000}Dam (ny)") == ("Ida Dam", "ny")
    assert column_beginning_with("intakes", "Hvad " * 6_000) is None and column_beginning_with("intakes", "Født hvad og hvor") == "born"
    assert _growth(lambda size: without_remark(f"Ida{' ' * size}Dam (ny)"), 100_000) < 9


def test_only_the_first_words_of_a_long_heading_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    monkeypatch.setattr(columns_module, "column_for", lambda _kind, heading: tried.append(heading))
    assert column_beginning_with("intakes", "Hvad " * 6_000) is None
    assert len(tried) <= 12 and max(map(len, tried)) < 100


def test_unknown_and_shortened_names_are_looked_up_in_time_that_grows_with_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_module, "_MOST_COMPARED", 2_000)

    def look_up(size: int) -> None:
        roster = Roster()
        for number in range(1, size + 1):
            roster.add(RosterPerson(number, f"Anna{number} Testperson"))
        for number in range(size):
            assert roster.look_up(f"Bo{number} Holmquist").person is None
            assert roster.with_abbreviated_name(f"Anna{number + 1} T.") == (roster.people[number],)

    assert _growth(look_up, 1_000) < 9


def test_rows_that_name_people_to_be_by_their_number_are_each_looked_up_once() -> None:
    def look_up(size: int) -> None:
        roster = Roster()
        people = [roster.add(RosterPerson(None, f"Anna{number} Testperson")) for number in range(size)]
        assert [roster.look_up(str(known.expected)).person for known in people] == people

    assert _growth(look_up, 1_000) < 9


@pytest.mark.parametrize("heading", ["name,born,enquired", "Navn;Fødselsdato;Henvendelse"], ids=["export", "list"])
def test_people_of_one_name_are_each_compared_with_few(tmp_path: Path, heading: str) -> None:
    def enter(size: int) -> None:
        path, sheet = new_city(tmp_path / f"{size}.db"), tmp_path / f"{size}.csv"
        first, one_day = date(1990, 1, 1), "2024-05-01" if "," in heading else ""
        sign = "," if "," in heading else ";"
        rows = [
            f"Anna Holm{sign}{first + timedelta(days=number)}{sign}{one_day or first + timedelta(days=12000 + number)}"
            for number in range(size)
        ]
        sheet.write_text("\n".join([heading, *rows]), encoding="utf-8")
        result = husrum("import", sheet, "--as", "intakes", "--format", "json", "--db", path)
        assert (result.exit_code, json.loads(result.stdout)["sheets"][0]["added"]) == (0, size), result.stderr
        path.unlink()

    assert _growth(enter, 250, rounds=2) < 9
