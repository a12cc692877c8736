"""What a list of who came says next to a name: that they were not there, or perhaps."""

from __future__ import annotations

from pathlib import Path

import pytest
from imports import imported, stored

CAME = "SELECT p.name, a.named_as FROM attendance a JOIN people p ON p.id = a.person_id JOIN sessions s ON s.id = a.session_id ORDER BY s.id, p.id"


@pytest.fixture(autouse=True)
def people(city: Path) -> None:
    Path("intakes.csv").write_text("name\nAnna Holm\nBo Ek\nÅge Sørensen\n", encoding="utf-8")
    imported(city, "intakes.csv")


def events(who: str, heading: str = "Hvem kom", more: str = "") -> str:
    Path("Arrangementer.csv").write_text(f"Dato;Hvad;{heading}\n18-01-2026;Kaffe;{who}{more}\n", encoding="utf-8")
    return "Arrangementer.csv"


@pytest.mark.parametrize("remark", ["(afbud)", "(Syg)", "[sygemeldt]", "(meldt afbud)"])
def test_who_sent_word_is_excused(city: Path, remark: str) -> None:
    for _again in range(2):
        imported(city, events(f"Anna Holm {remark}, Bo Ek"))
    assert stored(city, CAME) == [("Anna Holm", "excused"), ("Bo Ek", "present")]


def test_who_sent_word_is_excused_beside_a_list_of_the_excused(city: Path) -> None:
    imported(city, events("1 (afbud) og 2 Bo Ek", "Hvem kom;Afbud", ";Åge Sørensen, Anna Holm"))
    assert stored(city, CAME) == [("Anna Holm", "excused"), ("Bo Ek", "present"), ("Åge Sørensen", "excused")]


def test_nobody_came_where_all_sent_word(city: Path) -> None:
    imported(city, events("Anna Holm (afbud)"))
    assert stored(city, CAME) == [("Anna Holm", "excused")]


@pytest.mark.parametrize("name", ["Anna Holm (aflyst)", "Anna Holm (kom ikke)", "Anna Holm (måtte melde afbud)", "Anna Holm (udeblev)"])
def test_who_may_not_have_come_is_asked_about(city: Path, name: str) -> None:
    said = imported(city, "--language", "da", events(f"Bo Ek, {name}"), expect=2).stderr
    assert f"“{name}”" in said and "vedkommende var der måske ikke" in " ".join(said.split()) and stored(city, CAME) == []
    Path("m.csv").write_text(f"what,sheet,column,found,means\nname,,,{name},ignore\n", encoding="utf-8")
    imported(city, events(f"Bo Ek, {name}"), "--mapping", "m.csv")
    assert stored(city, CAME) == [("Bo Ek", "present")]


@pytest.mark.parametrize("name", ["Anna Holm?", "Anna Holm (?)", "? Anna Holm", "Anna Holm (måske)"])
def test_who_perhaps_came_is_asked_about(city: Path, name: str) -> None:
    assert f"“{name}”" in imported(city, events(f"{name} og Bo Ek"), expect=2).stderr and stored(city, CAME) == []
    Path("m.csv").write_text(f"what,sheet,column,found,means\nname,,,{name},Anna Holm\n", encoding="utf-8")
    imported(city, events(f"{name} og Bo Ek"), "--mapping", "m.csv")
    assert stored(city, CAME) == [("Anna Holm", "present"), ("Bo Ek", "present")]


def test_a_volunteer_who_was_not_there_is_asked_about(city: Path) -> None:
    assert "“Bo Ek (syg)”" in imported(city, events("Anna Holm", "Hvem kom;Frivillige", ";Bo Ek (syg)"), expect=2).stderr


def test_any_other_remark_says_nothing_of_absence(city: Path) -> None:
    imported(city, events("Anna Holm (kom sent), Bo Ek (ny)"))
    assert stored(city, CAME) == [("Anna Holm", "present"), ("Bo Ek", "present")]
