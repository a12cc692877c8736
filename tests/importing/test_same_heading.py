"""Two columns with one heading, or of one meaning: which of them counts is asked, and the mapping can say it."""

from __future__ import annotations

from pathlib import Path

import pytest
from imports import TODAY, imported, stored

ENQUIRED = "SELECT name, enquired, held FROM people JOIN intakes ON person_id = people.id"
DANISH = {**TODAY, "HUSRUM_LANGUAGE": "da"}
TWICE = "Navn;Henvendt;Henvendt;Forsamtale\nAnna Holm;6/1-2025;7/2-2025;14/2-2025\n"


def young(text: str) -> Path:
    path = Path("Unge.csv")
    path.write_text(text, encoding="utf-8")
    return path


def mapping(line: str) -> str:
    Path("m.csv").write_text(f"what,sheet,column,found,means\n{line}\n", encoding="utf-8")
    return "m.csv"


def test_two_columns_with_one_heading_are_told_apart_by_their_letters(city: Path) -> None:
    done = imported(city, young(TWICE), expect=2, env=DANISH)
    assert "“Henvendt”: kolonnerne B og C er begge “henvendt”; henvendt: det er C, ignorer: udelad C" in " ".join(done.stderr.split())
    written = Path("Unge.mapping.csv").read_text(encoding="utf-8-sig").splitlines()
    assert written == ["what,sheet,column,found,means", "heading,Unge,C,Henvendt,"]


@pytest.mark.parametrize(("letter", "kept"), [("C", "2025-01-06"), ("b", "2025-02-07")])
def test_the_one_that_the_mapping_ignores_is_left_out_and_the_other_read(city: Path, letter: str, kept: str) -> None:
    imported(city, young(TWICE), "--mapping", mapping(f"heading,Unge,{letter},Henvendt,ignorer"))
    assert stored(city, ENQUIRED) == [("Anna Holm", kept, "2025-02-14")]


def test_one_may_be_another_column(city: Path) -> None:
    file = young("Navn;Henvendt;Henvendt\nAnna Holm;6/1-2025;Jobcenter Vest\n")
    imported(city, file, "--mapping", mapping("heading,Unge,C,Henvendt,henvist af"))
    assert stored(city, "SELECT enquired, (SELECT name FROM partners WHERE id = referred_by) FROM intakes") == [
        ("2025-01-06", "Jobcenter Vest")
    ]


def test_two_headings_of_one_meaning_are_both_named(city: Path) -> None:
    file = young("Navn;Henvendt;Bemærkninger;Noter\nAnna Holm;6/1-2025;ringer;kommer\n")
    done = imported(city, file, expect=2, env=DANISH)
    assert "“Noter”: kolonnerne C og D er begge “note”" in " ".join(done.stderr.split())
    imported(city, file, "--mapping", mapping("heading,Unge,,Noter,ignorer"))
    assert stored(city, "SELECT note FROM intakes") == [("ringer",)]
