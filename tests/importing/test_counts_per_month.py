"""A list of how often each came per month says no days: its numbers are counts, and every row is somebody's."""

from __future__ import annotations

from pathlib import Path

import pytest
from imports import TODAY, imported, stored
from running import husrum

SPIL = ("--as", "sheet", "--events", "Spil", "--year", "2026")
A_MONTH = "this is a month, not a day"


@pytest.fixture(autouse=True)
def people(city: Path) -> None:
    for name in ("Anna Holm", "Bo Ek", "Dan Bæk"):
        assert husrum("--db", city, "intake", "add", name, "--enquired", "2025-01-02", env=TODAY).exit_code == 0


@pytest.mark.parametrize(
    "text",
    [
        "Navn;Januar;Februar;Marts\nAnna Holm;2;3;2\nBo Ek;1;;1\nDan Bæk;;1;1\n",
        "Navn;Januar;Februar;Marts;I alt\nAnna Holm;2;3;2;7\nBo Ek;1;;1;2\n",
        "Navn;Jan 2026;Feb 2026;Mar 2026;I alt\nAnna Holm;4;3;2;9\nBo Ek;1;0;1;2\n",
        "Navn;Januar;Februar;Marts\nAnna;2;3;2\nBo;1;;1\n",
        "Nummer;Januar;Februar;Marts\n1;2;3;2\n2;1;;1\n",
        "Navn;Januar;Februar;Marts\nAnna Holm;05-01-2026;03-02-2026;\nBo Ek;1;;1\n",
        "Spil i foråret;;;\nNavn;Januar;Februar;Marts\nGæster;4;3;2\nAnna Holm;2;3;2\n",
    ],
)
def test_counts_are_no_days(city: Path, text: str) -> None:
    Path("Fremmøde.csv").write_text(text)
    said = imported(city, "Fremmøde.csv", *SPIL, expect=2).stderr
    assert A_MONTH in said
    assert stored(city, "SELECT count(*) FROM sessions") == [(0,)]


def test_a_list_of_counts_is_not_taken_for_marks(city: Path) -> None:
    Path("Fremmøde.csv").write_text("Navn;Januar;Februar;Marts\nAnna Holm;2;3;2\nBo Ek;1;;1\n")
    said = imported(city, "Fremmøde.csv", expect=2).stderr
    assert "people by dates" not in said
    assert stored(city, "SELECT count(*) FROM sessions") == [(0,)]


def test_counts_next_to_names_without_a_heading_are_no_days(city: Path) -> None:
    Path("Fremmøde.csv").write_text(";Januar;Februar;Marts\nAnna Holm;2;3;2\nBo Ek;1;;1\n")
    assert "no heading is a date" in imported(city, "Fremmøde.csv", *SPIL, expect=2).stderr
    assert stored(city, "SELECT count(*) FROM sessions") == [(0,)]


@pytest.mark.parametrize("label", ["", "Mødedage", "Dato", "Dag:", "Uge"])
def test_days_below_their_months_stay_days(city: Path, label: str) -> None:
    Path("Fremmøde.csv").write_text(f"Navn;Januar;Februar;Marts\n{label};12;9;8\nAnna Holm;x;;x\nBo Ek;x;x;\n")
    imported(city, "Fremmøde.csv", *SPIL)
    assert stored(city, "SELECT date FROM sessions ORDER BY 1") == [("2026-01-12",), ("2026-02-09",), ("2026-03-08",)]
