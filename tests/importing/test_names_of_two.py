"""Cells of names in lists of people that are more than a name, or no name: asked about, and never entered as somebody called so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from imports import TODAY, imported
from running import husrum

ONE = "this may be more than one person: give each a row, or write new if it is one"
MORE = "there is more than a name in this cell: correct it, or write new if they are called so"
BRACKETS = "the name is in brackets: write who it is, new, or ignore"


def people(*names: str, file: str = "Unge.csv", heading: str = "Navn;Henvendt") -> str:
    Path(file).write_text("\n".join([heading, *(f'"{name}";9/1-2025' for name in names)]), encoding="utf-8")
    return file


def entered(city: Path) -> list[str]:
    listed = json.loads(husrum("--db", city, "person", "list", "--format", "json", env=TODAY).stdout)
    return [each["name"] for each in listed]


def asked(city: Path, *args: str) -> list[tuple[int, str, str, str]]:
    found = json.loads(imported(city, *args, "--format", "json", expect=2).stdout)
    return [(each["row"], each["column"], each["value"], each["why"]) for each in found["bad"]]


@pytest.mark.parametrize("file", ["Unge.csv", "Frivillige.csv"])
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Eva Ek og Bo Ek", ONE),
        ("Eva og Bo Ek", ONE),
        ("Ib Ek/Ia Ek", ONE),
        ("Ib Ek & Ia Ek", ONE),
        ("Ib Ek + ven", ONE),
        ("Ib Ek, Ia Ek", ONE),
        ("Ib Ek, Ia Ek, Eva Ek", ONE),
        ("Ib Ek; Ia Ek", ONE),
        ("Ib Ek\nIa Ek", ONE),
        ("Fi Ek, f. 2003", MORE),
        ("Fi Ek 20304050", MORE),
        ("Fi Ek, tlf. 20304050", MORE),
        ("Fi Ek, 12/3", MORE),
        ("(Bo Ek)", BRACKETS),
        ("[Bo Ek]", BRACKETS),
    ],
)
def test_a_cell_that_is_more_than_a_name_is_asked_about(city: Path, file: str, name: str, why: str) -> None:
    head = "Navn;Startet" if file == "Frivillige.csv" else "Navn;Henvendt"
    shown = name.replace("\n", "; ")
    assert asked(city, people("Anna Holm", name, file=file, heading=head)) == [(3, "Navn", shown, why)]
    assert entered(city) == []


@pytest.mark.parametrize(
    ("name", "called"), [("Eva Ek og Bo Ek", "Eva Ek og Bo Ek"), ("(Bo Ek)", "Bo Ek"), ("Fi Ek, f. 2003", "Fi Ek, f. 2003")]
)
def test_the_mapping_may_say_that_such_a_cell_is_somebody_new(city: Path, name: str, called: str) -> None:
    imported(city, people(name), expect=2)
    written = Path("Unge.mapping.csv").read_text(encoding="utf-8-sig").rstrip()
    Path("Unge.mapping.csv").write_text(f"{written}new\n", encoding="utf-8")
    imported(city, people(name), "--mapping", "Unge.mapping.csv")
    assert entered(city) == [called]
    imported(city, people(name), "--mapping", "Unge.mapping.csv")
    assert entered(city) == [called]


def test_the_mapping_may_say_who_is_meant_or_ignore_it(city: Path) -> None:
    imported(city, people("Bo Ek"))
    Path("m.csv").write_text("what,sheet,column,found,means\nname,,,(Bo Ek),Bo Ek\nname,,,Eva Ek og Ib Ek,ignore\n", encoding="utf-8")
    imported(city, people("(Bo Ek)", "Eva Ek og Ib Ek"), "--mapping", "m.csv")
    assert entered(city) == ["Bo Ek"]


@pytest.mark.parametrize("age", [", 22 år", " 22 år", " - 22 år", " (22 år)", ", 22 år."])
def test_an_age_after_a_name_is_a_remark(city: Path, age: str) -> None:
    imported(city, people(f"Fi Ek{age}"))
    assert entered(city) == ["Fi Ek"]
    assert "22 år" in husrum("--db", city, "person", "show", "1", "--answers", env=TODAY).stdout
    imported(city, people(f"Fi Ek{age}"))
    assert entered(city) == ["Fi Ek"]


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Holm, Anna", "Anna Holm"),
        ("Holm Jensen, Anna", "Anna Holm Jensen"),
        ("Anna-Marie Holm", "Anna-Marie Holm"),
        ("Ung 12", "Ung 12"),
        ("Anna Holm 2", "Anna Holm 2"),
        ("Karen Bang, leder", "Karen Bang"),
        ("Georg Borg", "Georg Borg"),
        ("Anna\nHolm", "Anna Holm"),
        ("Bo Ek (Mads' ven)", "Bo Ek"),
        ("J.P. Ek", "J.P. Ek"),
    ],
)
def test_usual_names_are_taken(city: Path, name: str, called: str) -> None:
    imported(city, people(name))
    assert entered(city) == [called]


def test_surnames_first_are_names_of_one_in_a_list_of_such(city: Path) -> None:
    imported(city, people("Holm Jensen, Anna Marie", "Ek, Bo", "Ve, Ce"))
    assert entered(city) == ["Anna Marie Holm Jensen", "Bo Ek", "Ce Ve"]


def test_somebody_who_is_called_so_in_the_file_is_known(city: Path) -> None:
    assert husrum("--db", city, "intake", "add", "Eva og Bo Ek", "--enquired", "2025-01-09", env=TODAY).exit_code == 0
    imported(city, people("Eva og Bo Ek"))
    assert entered(city) == ["Eva og Bo Ek"]
