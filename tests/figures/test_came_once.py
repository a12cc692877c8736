"""How few came once, or never after an interview, is not disclosed by the exact figures and the median next to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from running import husrum, new_city

KINDS = {1: "social", 2: "online", 3: "youth_meeting"}


def city(path: Path, name: str, evenings: Sequence[Sequence[int]]) -> Path:
    """A city of people interviewed in the year, by the evenings they came to."""
    new_city(path, name)
    people = [f"{name} {chr(65 + number)}son,{number + 1},2024-01-02,2024-02-01" for number in range(len(evenings))]
    events = [
        f"E{day},Evening,2024-06-0{day},{KINDS[day]},{'|'.join(str(number + 1) for number, came in enumerate(evenings) if day in came)}"
        for day in sorted({day for came in evenings for day in came})
    ]
    files = {"intakes.csv": ["name,ref,enquired,held", *people], "events.csv": ["ref,title,date,kind,present", *events]}
    for file, lines in files.items():
        (path.parent / file).write_text("\n".join(lines) + "\n")
    result = husrum("import", *(path.parent / file for file in files), "--db", path)
    assert result.exit_code == 0, result.stderr
    return path


def published(path: Path, key: str) -> Any:
    result = husrum("stats", "year", 2024, "--publish", "--format", "json", "--db", path)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)["figures"][key]


HALF_ONCE = [[1]] * 4 + [[1, 2]] * 4


@pytest.mark.parametrize(
    ("evenings", "key"),
    [
        # Of eight people with a median of 1.5, four came once.
        (HALF_ONCE, "visits_per_person_median"),
        # Six people came eight times in all: at least four of them once.
        ([[1], [1], [1], [1], [1, 2], [1, 2]], "young_people_once"),
        # Ten are new; five came to one thing, one to another: four or five never came, and five is not below five.
        ([[1]] * 5 + [[2]] + [[]] * 4, "interviewed_never_came"),
        # If at least five of six people came once, at most one never came.
        ([[1], [1], [2], [2], [3], []], "young_people_once"),
    ],
)
def test_what_discloses_how_few_came_is_withheld(tmp_path: Path, evenings: list[list[int]], key: str) -> None:
    figure = published(city(tmp_path / "city.db", "Aarhus", evenings), key)
    assert figure["value"] is None
    assert figure["withheld"]


def test_the_median_of_all_cities_discloses_none_of_them(tmp_path: Path) -> None:
    cities = [city(tmp_path / f"{name}.db", name, HALF_ONCE) for name in ("Aarhus", "Viborg")]
    assert husrum("merge", tmp_path / "nation.db", *cities).exit_code == 0
    assert published(tmp_path / "nation.db", "visits_per_person_median")["withheld"]


def test_the_median_is_shown_if_nobody_is_among_few(tmp_path: Path) -> None:
    evenings = [[1]] * 5 + [[1, 2]] * 8
    assert published(city(tmp_path / "city.db", "Aarhus", evenings), "visits_per_person_median")["value"] == 2
    assert published(tmp_path / "city.db", "young_people_once")["value"] == 5


def test_where_few_came_once_in_one_city_the_median_of_another_is_shown(tmp_path: Path) -> None:
    towns = {"Aarhus": HALF_ONCE, "Viborg": [[1]] * 5 + [[1, 2]] * 8}
    cities = [city(tmp_path / f"{name}.db", name, evenings) for name, evenings in towns.items()]
    assert husrum("merge", tmp_path / "nation.db", *cities).exit_code == 0
    median = published(tmp_path / "nation.db", "visits_per_person_median")
    assert median["withheld"] and median["by_branch"] == {"Aarhus": {"value": None, "withheld": True}, "Viborg": 2}


def test_a_median_that_cannot_tell_how_few_came_once_is_shown(tmp_path: Path) -> None:
    """2 of 13 came once: with 1, 3 or 4 of them the median is above 1 too. Of 12 it is not looked at so closely."""
    few = [[1, 2]] * 6 + [[1, 2, 3]] * 5 + [[1]] * 2
    cities = [city(tmp_path / f"{name}.db", name, evenings) for name, evenings in {"Aarhus": few, "Viborg": few[1:]}.items()]
    assert published(cities[0], "young_people_once")["below"] == 5
    assert published(cities[0], "visits_per_person_median")["value"] == 2
    assert husrum("merge", tmp_path / "nation.db", *cities).exit_code == 0
    median = published(tmp_path / "nation.db", "visits_per_person_median")
    assert median["value"] == 2 and median["by_branch"] == {"Aarhus": 2, "Viborg": {"value": None, "withheld": True}}


@pytest.mark.parametrize(("people", "shown"), [(4, False), (5, True)])
def test_a_median_of_fewer_than_five_is_withheld(tmp_path: Path, people: int, shown: bool) -> None:
    assert (published(city(tmp_path / "city.db", "Aarhus", [[1, 2]] * people), "visits_per_person_median")["value"] == 2) is shown
