"""The way in: somebody applies to volunteer, waits for an answer, and starts or is declined."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import new_city
from town import Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(new_city(tmp_path / "town.db"))


def applied(town: Town) -> list[int]:
    return [row["volunteer"] for row in json.loads(town.must("volunteer", "list", "--applied", "--format", "json"))]


def apply(town: Town, name: str = "Karen Bang", *more: str) -> str:
    return town.must("volunteer", "apply", name, "--date", "2024-09-01", *more)


def exported(town: Town, folder: Path, kind: str) -> list[str]:
    town.must("export", "tables", folder)
    return (folder / f"{kind}.csv").read_text(encoding="utf-8").splitlines()


def test_an_applicant_is_no_volunteer_until_they_have_a_role(town: Town, tmp_path: Path) -> None:
    said = apply(
        town,
        "Karen Bang",
        "--for",
        "befriender",
        "--for",
        "leader",
        "--recruited-through",
        "frivilligjob",
        "--born",
        "1970",
        "--note",
        "Rings",
    )
    assert "1 Karen Bang: applied on 2024-09-01 as befriender, leader." in said
    assert applied(town) == [1] and json.loads(town.must("volunteer", "list", "--format", "json")) == []
    stats = json.loads(town.must("stats", "year", "2024", "--format", "json"))["figures"]
    assert (stats["volunteers"]["value"], stats["volunteer_applicants"]["value"]) == (0, 1)
    town.must("volunteer", "attest", "1", "intro_course", "--date", "2024-09-20")
    town.must("volunteer", "add", "--person", "1", "--role", "befriender", "--joined", "2024-10-01")
    assert applied(town) == []
    assert exported(town, tmp_path / "out", "volunteers") == [
        "name,ref,called,born,joined,recruited_through,gender,phone,email,note",
        "Karen Bang,1,,1970,2024-10-01,frivilligjob,,,,Rings",
    ]
    assert json.loads(town("check", "--format", "json").stdout) == []


def test_a_no_and_a_new_try(town: Town, tmp_path: Path) -> None:
    apply(town)
    assert town("volunteer", "apply", "--person", "1").exit_code == 5
    town.must("volunteer", "decline", "karen", "--date", "2024-09-15", "--reason", "work_or_study")
    assert applied(town) == [] and town("volunteer", "decline", "1").exit_code == 5
    again = town("volunteer", "apply", "--person", "1", "--date", "2024-09-01")
    assert again.exit_code == 5 and "applied on 2024-09-01 already" in again.stderr
    town.must("volunteer", "apply", "--person", "1")
    assert applied(town) == [1]
    town.must("undo")
    assert exported(town, tmp_path / "out", "applications") == [
        "name,ref,called,born,date,for,recruited_through,gender,phone,email,note,declined,reason",
        "Karen Bang,1,,,2024-09-01,,,,,,,2024-09-15,work_or_study",
    ]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("apply",), 2),
        (("apply", "Karen Bang", "--for", "king"), 2),
        (("apply", "Karen Bang", "--date", "10"), 2),
        (("apply", "Karen Bang", "--date", "2024-10-09"), 5),
        (("apply", "--person", "7"), 4),
        (("decline", "7"), 4),
    ],
)
def test_what_is_refused(town: Town, words: tuple[str, ...], status: int) -> None:
    assert town("volunteer", *words).exit_code == status
    assert applied(town) == []


def test_import_reads_what_export_writes(town: Town, tmp_path: Path) -> None:
    apply(town, "Karen Bang", "--for", "befriender", "--phone", "20 12 34 56")
    town.must("export", "tables", tmp_path / "out")
    assert "nothing was added" in town.must("import", tmp_path / "out" / "applications.csv")
    other = Town(new_city(tmp_path / "other.db"))
    other.must("import", tmp_path / "out" / "applications.csv")
    assert applied(other) == [1]
    (tmp_path / "applications.csv").write_text("Navn;Dato;Som\nKaren Bang;1/9-2024;leder\n", encoding="utf-8")
    assert other("import", tmp_path / "applications.csv").exit_code == 2


def test_who_never_started_is_in_retention_and_can_be_erased(town: Town, tmp_path: Path) -> None:
    apply(town, "Karen Bang", "--note", "Rings")
    later = "2026-10-01"
    rows = json.loads(town.must("retention", "--older-than", "2y", "--format", "json", today=later))
    people = rows["people"] if isinstance(rows, dict) else rows
    assert [row["person"] for row in people if row.get("person")] == [1]
    assert "Rings" in town.must("person", "export", "1", "--to", "-")
    town.must("person", "anonymise", "1", "--yes", today=later)
    assert exported(town, tmp_path / "out", "applications")[1] == ",1,,,2024-09-01,,,,,,,,"
    town.must("person", "erase", "1", "--yes", today=later)
    assert applied(town) == []


def test_the_list_of_applicants_says_since_when_and_for_what(town: Town) -> None:
    apply(town, "Karen Bang", "--for", "befriender", "--for", "leader", "--recruited-through", "frivilligjob")
    (row,) = json.loads(town.must("volunteer", "list", "--applied", "--format", "json"))
    assert (row["applied"], row["for"], row["recruited_through"]) == ("2024-09-01", ["befriender", "leader"], "frivilligjob")
    assert "2024-09-01  Befriender, Group leader  Frivilligjob" in town.must("volunteer", "list", "--applied")
