"""The year as a file: the same numbers as `stats year`, in every format, whole or not at all, and the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import stat
import tempfile
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cities import cities
from countries import national_file, random_country
from hypothesis import given
from recount_checks import city_file, statistics
from recount_reading import City
from running import husrum, husrum_process
from test_recount import CHANNELS, FEWER

YEAR = 2024


def export(path: Path, target: Path | str, *more: object) -> str:
    """Return the export as text; a workbook has none."""
    result = husrum("export", "year", YEAR, "--to", target, *more, "--db", path)
    assert result.exit_code == 0, result.stderr
    if target == "-":
        return result.stdout
    return "" if Path(target).suffix == ".xlsx" else Path(target).read_bytes().decode("utf-8")


def cells(path: Path) -> dict[str, dict[str, list[Any]]]:
    """The sheets of a workbook, read by another library than wrote it: sheet -> first cell -> the rest of its row."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: {str(row[0]): list(row[1:]) for row in sheet.iter_rows(values_only=True)} for sheet in book}


def tables(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The tables of the worksheet that the small ones share: name -> its rows by their headings."""
    found: dict[str, list[dict[str, Any]]] = {}
    name, headings = "", dict[int, str]()
    for row in openpyxl.load_workbook(path)["Tables"].iter_rows(values_only=True):
        held = {place: cell for place, cell in enumerate(row) if cell is not None}
        if not held:
            name, headings = "", {}
        elif not name:
            name = str(held[0])
            found[name] = []
        elif not headings:
            headings = {place: str(cell) for place, cell in held.items()}
        else:
            found[name].append({heading: held.get(place) for place, heading in headings.items()})
    return found


def numbers(figures: dict[str, Any], distributions: dict[str, Any]) -> dict[str, Any]:
    """key -> value, as `stats year` has them; of a share what counts, what answered and the fraction."""
    found: dict[str, Any] = {}
    for key, fields in figures.items():
        found[key] = [fields["count"], fields["answered"], fields["value"]] if "answered" in fields else fields["value"]
    for key, codes in distributions.items():
        for code, number in codes.items():
            if isinstance(number, dict):
                found |= {f"{key}.{code}.{part}": each for part, each in number.items()}
            else:
                found[f"{key}.{code}"] = number
    return found


@FEWER
@given(cities())
def test_every_number_in_every_format_is_that_of_stats_year(city: City) -> None:
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        path = city_file(city, directory)
        stats = statistics(path, YEAR)
        expected = numbers(stats["figures"], stats["distributions"])

        output = json.loads(export(path, "-"))
        assert numbers(output["figures"], output["distributions"]) == expected

        rows = list(csv.DictReader(io.StringIO(export(path, "-", "--format", "csv"))))
        first = {row["key"] + (f".{row['code']}" if row["code"] else ""): row for row in reversed(rows)}
        for key, value in expected.items():
            held = [first[key][name] for name in ("count", "answered", "value")] if isinstance(value, list) else [first[key]["value"]]
            wanted = value if isinstance(value, list) else [value]
            assert [None if text == "" else float(text) for text in held] == wanted, key

        export(path, directory / "year.xlsx")
        sheets = cells(directory / "year.xlsx")
        ages = [list(each.values())[1:] for each in tables(directory / "year.xlsx").get("Municipality and age", [])]
        assert ages == [list(each.values()) for each in stats["distributions"]["municipality_age"].values() if any(ages)]
        for key, value in expected.items():
            question, _dot, code = key.partition(".")
            if isinstance(value, list):
                assert sheets["Young people"][key][2:5] == value, key
            elif key in sheets["Figures"]:
                assert sheets["Figures"][key][2] == value, key
            elif question != "municipality_age":
                place = 2 + (question.endswith("_at_intake") or question in ("wish", "offered", "referred_by"))
                assert sheets["Answers"][f"{question.removesuffix('_at_intake')}.{code}"][place] == value, key

        figures = export(path, "-", "--format", "md").partition("## Definitions")[0]
        markdown = {
            line.split(" | ")[0].strip("| "): [cell.strip() for cell in line.strip("|").split("|")] for line in figures.splitlines()
        }
        for key, value in expected.items():
            if isinstance(value, list):
                count, answered, fraction = value
                percent = "" if fraction is None else f"{(200 * count + answered) // (2 * answered)} %"
                assert markdown[key][3:6] == [f"{count:,}", f"{answered:,}", percent], key


@FEWER
@given(cities())
def test_the_months_add_up_to_the_visits_of_their_channel(city: City) -> None:
    counted = {kind: rows for kind, rows in city.items() if kind != "figures"}
    with tempfile.TemporaryDirectory() as directory:
        output = json.loads(export(city_file(counted, Path(directory)), "-"))
    assert {channel: sum(numbers) for channel, numbers in output["months"].items()} == {
        channel: output["figures"][f"visits_{channel}"]["value"] for channel in CHANNELS
    }


@FEWER
@given(cities())
def test_a_grant_for_everything_has_the_figures_of_the_year(city: City) -> None:
    with tempfile.TemporaryDirectory() as directory:
        output = json.loads(export(city_file({k: v for k, v in city.items() if k != "figures"}, Path(directory)), "-"))
    figures = {key: fields["value"] for key, fields in output["figures"].items()}
    for grant in output["grants"]:
        for offer, used in grant["offers"].items():
            if offer != "befriending":
                assert used["visits"] == figures[f"visits_{offer}"], offer
            if offer != "intake":
                assert used["young_people"] == figures["young_people_befriended" if offer == "befriending" else f"young_people_{offer}"], (
                    offer
                )
        if len(grant["offers"]) == 7:
            assert (grant["visits"], grant["young_people"], grant["completed"]) == (
                figures["visits"],
                figures["young_people"],
                figures["group_completed"],
            )
        for cost, number in ((grant["cost_per_visit"], grant["visits"]), (grant["cost_per_young_person"], grant["young_people"])):
            assert (cost is None) == (number == 0)
            assert cost is None or abs(Fraction(str(cost)) - Fraction(grant["amount"], number)) <= Fraction(1, 200)
        assert sum(grant["municipalities"].values()) <= grant["young_people"]


def test_a_grant_pays_for_what_it_says(aarhus: Path) -> None:
    words = ("grant", "add", "Fonden Ø", "--per-year", "100000", "--from", "2024-01-01", "--offer", "talk_group", "--offer", "hjerte")
    assert husrum(*words, "--db", aarhus).exit_code == 0
    output = json.loads(export(aarhus, "-"))["grants"][-1]
    assert (output["funder"], output["offers"]) == (
        "Fonden Ø",
        {"talk_group": {"visits": 409, "young_people": 42}, "befriending": {"visits": None, "young_people": 7}},
    )
    assert (output["visits"], output["young_people"], output["completed"]) == (409, 48, 37)
    assert sum(output["municipalities"].values()) == 48
    assert (output["cost_per_visit"], output["cost_per_young_person"]) == (244.5, 2083.33)
    assert "recorded already" in husrum(*words, "--db", aarhus).stderr


def test_danish_excel_reads_it(aarhus: Path, tmp_path: Path) -> None:
    text = export(aarhus, tmp_path / "year.csv", "--danish")
    assert text.startswith("\ufeffkey;label;code;value;")
    assert "coordinator_positions;Coordinator positions, full-time equivalents;;1,5;reported;" in text
    assert "\r\n" in text


def test_a_workbook_has_real_numbers_headers_that_stay_and_few_pages(aarhus: Path, tmp_path: Path) -> None:
    export(aarhus, tmp_path / "year.xlsx")
    book = openpyxl.load_workbook(tmp_path / "year.xlsx")
    assert book.sheetnames == ["Figures", "Young people", "Answers", "Tables", "Definitions"]
    for sheet in book:  # as wide as the page
        assert (sheet.oddHeader.left.text, sheet.oddFooter.left.text) == ("Aarhus 2024", "&A")
        assert sheet.page_setup.orientation == "portrait" and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth is None  # 1, which is usual
        if sheet.title != "Tables":  # a heading that stays, on each page too; keys are not for paper
            assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
            assert sheet.print_area.startswith(f"'{sheet.title}'!$B$1:") and sheet["A1"].value == "key"
    assert sum(sheet.page_setup.fitToHeight or 1 for sheet in book) <= 8
    assert list(tables(tmp_path / "year.xlsx")) == [
        "Visits by month",
        "Offers",
        "Municipality and age",
        "Grants",
        "What the grants pay for",
    ]
    assert [cell.value for cell in book["Figures"][1]] == ["key", "Section", "Figure", "Value", "Where it is from"]
    offers = {row["Offer"]: [*row.values()][1:] for row in tables(tmp_path / "year.xlsx")["Offers"]}
    assert offers["Talk groups"] == ["Talk group meetings", 72, 409, 42] and offers["Befriending"] == ["Active matches", 7, None, 7]
    whole = json.loads(export(aarhus, "-"))
    monthly = [[*row.values()][1:-1] for row in tables(tmp_path / "year.xlsx")["Visits by month"]]
    assert monthly[:-1] == [[*month] for month in zip(*whole["months"].values(), strict=True)]
    assert monthly[-1] == [sum(months) for months in whole["months"].values()]
    (use,) = whole["grants"]
    granted = tables(tmp_path / "year.xlsx")["Grants"]
    assert [(row["Number"], row["Funder"], row["Kr. in the period"]) for row in granted] == [
        (*each[:2], each[3]) for each in use["funders"]
    ]
    costs = (use["completed"], use["cost_per_visit"], use["cost_per_young_person"])
    assert [tuple(row.values())[2:] for row in tables(tmp_path / "year.xlsx")["What the grants pay for"]] == [
        (use["amount"], use["visits"], use["young_people"], *costs),
        *((None, each["visits"], each["young_people"], None, None, None) for each in use["offers"].values()),
        *((None, None, number, None, None, None) for number in use["municipalities"].values()),
    ]
    share = next(row for row in book["Young people"].iter_rows() if row[0].value == "loneliness_severe")
    assert (share[5].value, share[5].number_format, share[3].value) == (169 / 188, "0%", 169)


def test_danes_read_the_day_a_number_was_reported_as_they_write_it(aarhus: Path, tmp_path: Path) -> None:
    danish = {"HUSRUM_LANGUAGE": "da"}
    shown = husrum("export", "year", YEAR, "--to", "-", "--format", "md", "--db", aarhus, env=danish).stdout
    shown += husrum("stats", "year", YEAR, "--db", aarhus, env=danish).stdout
    shown += husrum("stats", "explain", YEAR, "discord_members", "--db", aarhus, env=danish).stdout
    assert shown.count("Discord-serveren, aflæst, 06-01-2025") == 3 and "2025-01-06" not in shown
    assert "aflæst, 2025-01-06" in husrum("stats", "year", YEAR, "--format", "json", "--db", aarhus, env=danish).stdout


def test_targets_are_part_of_it_and_outsiders_see_what_they_may(aarhus: Path, tmp_path: Path) -> None:
    for words in (
        ("add", "visits", "2500", "--period", "2024", "--why", "So many chairs"),
        ("add", "loneliness_severe", "40", "--period", "2024"),
        ("add", "visits", "9000", "--period", "2023-08-01..2025-07-31"),
        ("add", "visits", "1", "--period", "2025"),
        ("add", "--text", "A group for those over 25", "--period", "2024-H2"),
        ("mark", "5", "partly", "--note", "The house burnt"),
    ):
        assert husrum("target", *words, "--db", aarhus).exit_code == 0
    export(aarhus, tmp_path / "year.xlsx")
    rows = tables(tmp_path / "year.xlsx")["Targets"]
    assert rows[:2] == [
        {"Number": 1, "Target": "Visits in all", "Period": "2024", "To reach": 2500, "Now": 2792, "Outcome": "", "Grant": None, "Why": "So many chairs", "Note": None},
        {"Number": 2, "Target": "Severely lonely", "Period": "2024", "To reach": "40 %", "Now": "89.9 %", "Outcome": "", "Grant": None, "Why": None, "Note": None},
    ]  # fmt: skip
    assert [row["Number"] for row in rows] == [1, 2, 5, 3] and rows[2]["Outcome"] == "Partly" and rows[2]["Note"] == "The house burnt"
    output = {each["number"]: each for each in json.loads(export(aarhus, "-"))["targets"]}
    assert (output[1]["now"], output[5]["text"], output[5]["outcome"], output[3]["now"]) == (
        2792,
        "A group for those over 25",
        "partly",
        2840,
    )
    assert "target.1.now,2792" in export(aarhus, "-", "--format", "csv") and "The house burnt" in export(aarhus, "-", "--format", "md")
    public = {each["number"]: each for each in json.loads(export(aarhus, "-", "--publish"))["targets"]}
    assert (public[1]["now"], public[1]["why"], public[2]["now"]) == (2792, None, 0.9)  # the share as it is published
    assert public[3]["now"] == {"value": None, "withheld": True} and public[5]["note"] is None


@pytest.mark.parametrize("name", ["year.json", "year.csv", "year.md", "year.xlsx"])
def test_the_same_file_gives_the_same_bytes_anywhere(aarhus: Path, tmp_path: Path, name: str) -> None:
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "HUSRUM_LANGUAGE": "en", "HUSRUM_TODAY": "2031-05-06"}
    for folder, env in (("one", {}), ("two", elsewhere)):
        (tmp_path / folder).mkdir()
        words = ("export", "year", YEAR, "--to", tmp_path / folder / name, "--db", aarhus)
        assert husrum_process(*words, env=env).exit_code == 0
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_workbook_is_dated_by_the_closing(aarhus: Path, tmp_path: Path) -> None:
    export(aarhus, tmp_path / "open.xlsx")
    assert husrum("year", "close", YEAR, "--force", "--db", aarhus, env={"HUSRUM_TODAY": "2025-03-04"}).exit_code == 0
    export(aarhus, tmp_path / "closed.xlsx")
    for name, day in (("open", "2024-12-31"), ("closed", "2025-03-04")):
        assert openpyxl.load_workbook(tmp_path / f"{name}.xlsx").properties.created.date().isoformat() == day
        with zipfile.ZipFile(tmp_path / f"{name}.xlsx") as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_closed_year_is_exported_as_it_was_frozen(aarhus: Path) -> None:
    assert husrum("year", "close", YEAR, "--force", "--db", aarhus, env={"HUSRUM_TODAY": "2025-03-04"}).exit_code == 0
    before = json.loads(export(aarhus, "-"))
    assert husrum("event", "log", "Late games", "--date", "2024-12-20", "--unnamed", 9, "--db", aarhus).exit_code == 0
    after = json.loads(export(aarhus, "-"))
    assert (after["months"], after["grants"]) == (before["months"], before["grants"])
    assert (after["figures"]["visits"]["value"], after["figures"]["visits"]["now"]) == (2792, 2801)
    assert sum(map(sum, after["months"].values())) == 2792


def test_it_is_its_owners_alone_and_never_over_another(aarhus: Path, tmp_path: Path) -> None:
    target = tmp_path / "year.csv"
    export(aarhus, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    target.write_text("mine")
    assert husrum("export", "year", YEAR, "--to", target, "--db", aarhus).exit_code == 5
    assert target.read_text() == "mine"
    assert export(aarhus, target, "--overwrite").startswith("key,")


@pytest.mark.parametrize(
    ("target", "code", "said"),
    [
        ("year.pdf", 2, "must end in .json, .csv, .md, .xlsx"),
        ("nowhere/year.csv", 3, "there is no folder"),
        (".", 2, "must end in"),
    ],
)
def test_a_target_that_cannot_be(aarhus: Path, tmp_path: Path, target: str, code: int, said: str) -> None:
    result = husrum("export", "year", YEAR, "--to", tmp_path / target, "--db", aarhus)
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr
    assert not list(tmp_path.glob(".husrum-*"))


def test_what_a_spreadsheet_would_run_is_only_text(city: Path, tmp_path: Path) -> None:
    assert husrum("event", "log", "Games", "--date", "2024-04-02", "--programme", "=1+1", "--unnamed", 2, "--db", city).exit_code == 0
    assert husrum("grant", "add", "@SUM(A1)", "--per-year", "5", "--from", "2024-01-01", "--db", city).exit_code == 0
    text = export(city, "-", "--format", "csv")
    assert all(not cell.startswith(("=", "@", "+")) for row in csv.reader(io.StringIO(text)) for cell in row)
    export(city, tmp_path / "year.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "year.xlsx"):
        assert all(cell.data_type != "f" and not str(cell.value).startswith(("=", "@")) for row in sheet.iter_rows() for cell in row)


def test_a_year_without_anything_is_zeros(city: Path) -> None:
    output = json.loads(export(city, "-"))
    assert output["figures"]["visits"]["value"] == 0
    assert output["grants"] == []


def test_a_published_national_workbook_says_what_is_hidden_of_the_sum(tmp_path: Path) -> None:
    path = national_file(random_country(2, 3), tmp_path / "nation.db")
    export(path, tmp_path / "year.xlsx", "--publish")
    fields = json.loads(export(path, "-", "--publish"))["figures"]["young_people"]
    header, *rows = openpyxl.load_workbook(tmp_path / "year.xlsx")["Figures"].iter_rows(values_only=True)
    row = dict(zip(header, next(each for each in rows if each[0] == "young_people"), strict=True))
    assert isinstance(fields["sum_of_branches"], dict) and row["Sum of the cities"] in ("<5", "withheld")
