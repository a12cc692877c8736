"""The pages of a person and of a group: when somebody came, who led when, which themes are missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from journal import City
from running import husrum, new_city


@pytest.fixture
def city(tmp_path: Path) -> City:
    city = City(new_city(tmp_path / "aarhus.db"), "2024-11-02")
    city.must(
        'intake add "Anna Holm" --enquired 2024-01-08 --held 2024-01-15',
        'volunteer add "Karen Dal" --joined 2024-01-01 --role leader',
        "group open Tirsdag --kind talk --start 2024-09-03 --weeks 3 --leader 2",
        "group enroll G1 1 --date 2024-09-03",
        "group meet G1 --date 2024-09-03 --present 1 --theme Mod",
        "group meet G1 --date 2024-09-10 --present none --excused 1",
        "event log Tur --date 2024-10-05 --until 2024-10-06 --present 1",
        "event log Gammelt --date 2023-10-05 --present 1",
    )
    return city


def page(city: City, line: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(city.must(f"{line} --format json"))
    return found


def test_how_often_somebody_came_since_a_day_and_when(city: City) -> None:
    shown = city.must("person show anna --since 2024-09-01")
    assert "Times since 2024-09-01  3" in shown
    visits = page(city, "person show anna --since 1/9")["visits"]
    assert [(each["date"], each["activity"]) for each in visits] == [
        ("2024-09-03", "G1 Tirsdag"), ("2024-10-05", "E1 Tur"), ("2024-10-06", "E1 Tur"),
    ]  # fmt: skip
    assert len(page(city, "person show anna --since 2y")["visits"]) == 4
    assert page(city, "person show anna --since 2024-10-07")["visits"] == []
    assert "Times since 2024-10-07  0" in city.must("person show anna --since 2024-10-07")
    city.refused("person show anna --since soon", 2, "since")


def test_the_months_are_named(city: City) -> None:
    meetings, events = page(city, "person show anna")["months"]
    assert (meetings["2024-09"], meetings["came"], events["2024-10"], events["came"]) == (1, 1, 2, 2)
    assert len(meetings) == 14
    danish = husrum("--db", city.path, "person", "show", "anna", env={"HUSRUM_TODAY": city.today, "HUSRUM_LANGUAGE": "da"}).stdout
    assert "dec  jan  feb  mar  apr  maj  jun  jul  aug  sep  okt  nov  I alt" in danish
    assert max(map(len, danish.splitlines())) <= 80


def test_a_group_shows_who_led_it_when_and_which_themes_are_missing(city: City) -> None:
    first = page(city, "group show G1")
    assert first["leading"] == [{"person": 2, "name": "Karen Dal", "from": "2024-09-03", "to": None}]
    assert first["without_theme"] == ["2024-09-10", "2024-09-17"]
    assert first["enrolled"][0]["came"] == "1/2"
    city.must("group leader G1 2 --to 2024-09-10", "group meet G1 --date 2024-09-17 --cancelled")
    shown = city.must("group show G1")
    assert "2 Karen Dal" in " ".join(shown.split()) and shown.count("2024-09-10") == 3
    assert page(city, "group show G1")["without_theme"] == ["2024-09-10"]
