"""Columns next to the days of a sheet of people that do not say who came: the import reports which it left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from imports import TODAY, imported, stored
from running import husrum

MIDDAG = ("--as", "sheet", "--events", "Middag")


@pytest.fixture(autouse=True)
def people(city: Path) -> None:
    for name in ("Anna Holm", "Bo Ek"):
        assert husrum("--db", city, "intake", "add", name, "--enquired", "2025-01-02", env=TODAY).exit_code == 0


def sheet(heading: str, text: str) -> str:
    rows = [f"Navn;08-01-2026;15-01-2026;{heading}", f"Anna Holm;x;x;{text}", "Bo Ek;x;;"]
    Path("Torsdag.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return "Torsdag.csv"


@pytest.mark.parametrize("heading", ["Bemærkning", "Note", "Kommentar", "Rolle", "Telefon", "Født"])
def test_a_column_that_is_not_read_is_told(city: Path, heading: str) -> None:
    done = imported(city, sheet(heading, "flytter i marts"), *MIDDAG)
    assert f"Torsdag: columns that say nothing of who came were left out: “{heading}”." in done.stderr
    assert stored(city, "SELECT count(*) FROM attendance") == [(3,)]


def test_several_columns_are_told_at_once(city: Path) -> None:
    Path("Torsdag.csv").write_text("Navn;Telefon;08-01-2026;Note\nAnna Holm;30112233;x;flytter\nBo Ek;;x;\n", encoding="utf-8")
    done = imported(city, "Torsdag.csv", *MIDDAG)
    assert "were left out: “Telefon”, “Note”." in done.stderr


def test_it_is_told_of_a_group_too(city: Path) -> None:
    assert husrum("--db", city, "group", "open", "Torsdag", "--kind", "talk", "--start", "2026-01-08", env=TODAY).exit_code == 0
    done = imported(city, sheet("Bemærkning", "flytter i marts"), "--as", "sheet", "--group", "G1")
    assert "were left out: “Bemærkning”." in done.stderr


def test_a_remark_without_a_heading_is_told(city: Path) -> None:
    done = imported(city, sheet("", "flytter til Aarhus i løbet af marts"), *MIDDAG)
    assert "were left out: “D”." in done.stderr


@pytest.mark.parametrize(("heading", "text"), [("Bemærkning", ""), ("Navn", "Anna Holm"), ("I alt", "2"), ("Nr.", "1"), ("Rolle", "leder")])
def test_what_loses_nothing_is_not_told(city: Path, heading: str, text: str) -> None:
    assert "were left out" not in imported(city, sheet(heading, text), *MIDDAG).stderr
