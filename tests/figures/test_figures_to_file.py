"""Figures written to a file, as a list can be: what Danish Excel opens, with the same numbers as on the screen."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from running import husrum

DANISH = {"HUSRUM_LANGUAGE": "da"}


def written(db: Path, folder: Path, *words: str) -> tuple[list[str], list[list[str]]]:
    """The heading and the rows of a CSV that a command wrote, which says so; nothing is shown."""
    target = folder / "tal.csv"
    done = husrum("stats", *words, "--to", target, "--overwrite", "--db", db, env=DANISH)
    text = target.read_bytes().decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert done.exit_code == 0 and done.stdout == "" and f"{len(rows)} rækker er skrevet til {target}" in done.stderr
    return heading, rows


def data(db: Path, *words: str) -> Any:
    return json.loads(husrum("stats", *words, "--format", "json", "--db", db).stdout)


@pytest.mark.parametrize("words", [("year", "2024"), ("period", "2024-Q3")])
def test_a_period(aarhus_once: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    heading, rows = written(aarhus_once, tmp_path, *words)
    assert heading[:5] == ["Afsnit", "Tal", "Værdi", "Grundlag", "%"]
    figures = data(aarhus_once, *words)["figures"]
    by_name = {row[1]: row for row in reversed(rows)}  # the shares of the period come before those at the interview
    assert by_name["Besøg i alt"][2] == str(figures["visits"]["value"])
    share = figures["loneliness_severe"]
    assert by_name["Svært ensomme"][2:5] == [
        str(share["count"]),
        str(share["answered"]),
        f"{100 * share['value']:.1f}".replace(".", ",").removesuffix(",0"),
    ]


def test_periods_next_to_each_other(aarhus_once: Path, tmp_path: Path) -> None:
    heading, rows = written(aarhus_once, tmp_path, "trend", "--from", "2023", "--to", "2024")
    assert heading == ["Afsnit", "Tal", "2023", "2024"]
    years = data(aarhus_once, "trend", "--from", "2023", "--to", "2024")["years"]
    visits = next(row for row in rows if row[1] == "Besøg i alt")
    assert visits[2:] == [str(years[year]["visits"]["value"]) for year in ("2023", "2024")]
    assert husrum("stats", "trend", "--to", "2023", "--to", "2024", "--db", aarhus_once).exit_code == 2


def test_a_change(aarhus_once: Path, tmp_path: Path) -> None:
    heading, rows = written(aarhus_once, tmp_path, "change", "2024")
    assert heading == ["T-ILS, 2024", "Værdi"]
    found = data(aarhus_once, "change", "2024")
    assert ["ikke målt", str(found["flow"]["not_measured"])] in rows
    assert not any(cell.startswith("'") for row in rows for cell in row), "a minus is no formula"


def test_what_outsiders_see_is_in_words(aarhus_once: Path, tmp_path: Path) -> None:
    _heading, rows = written(aarhus_once, tmp_path, "year", "2024", "--publish")
    cells = {cell for row in rows for cell in row}
    assert {"skjult", "<5"} & cells and "withheld" not in cells


def test_a_workbook_and_what_is_there_already(aarhus_once: Path, tmp_path: Path) -> None:
    book = tmp_path / "tal.xlsx"
    for words in (("year", "2024"), ("trend",), ("change", "2024"), ("period", "2024-H1")):
        assert husrum("stats", *words, "--to", book, "--db", aarhus_once, env=DANISH).exit_code == 0
        page = openpyxl.load_workbook(book).active
        assert page is not None and page.max_row > 10
        assert husrum("stats", *words, "--to", book, "--db", aarhus_once).exit_code == 5, "it is there already"
        book.unlink()
    assert husrum("stats", "year", "2024", "--to", tmp_path / "tal.pdf", "--db", aarhus_once).exit_code == 2
