"""Figures of the nation that no city can count by itself: joint events, and numbers that the nation reports where a city's are missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from running import husrum, new_city
from unions import run, small_city


def figures(path: Path) -> dict[str, Any]:
    """The figures of 2024."""
    found: dict[str, Any] = json.loads(run("stats", "year", 2024, "--format", "json", "--db", path).stdout)["figures"]
    return found


def test_a_joint_key_joins_events_of_one_kind(tmp_path: Path) -> None:
    def event(kind: str) -> tuple[str, ...]:
        return ("event", "log", kind, "--date", "2024-02-20", "--kind", kind, "--unnamed", "5", "--joint", "fest")

    small_city(tmp_path / "aarhus.db", "Aarhus", (event("social"),))
    small_city(tmp_path / "viborg.db", "Viborg", (event("social"), event("online")))
    run("merge", tmp_path / "nation.db", tmp_path / "aarhus.db", tmp_path / "viborg.db")
    found = figures(tmp_path / "nation.db")
    assert [found[key]["value"] for key in ("social_events", "online_events")] == [1, 1]


def test_what_the_nation_reports_counts_while_a_city_is_missing(tmp_path: Path) -> None:
    small_city(tmp_path / "aarhus.db", "Aarhus", (("intake", "add", "Anna", "--enquired", "2024-02-02", "--held", "2024-02-03"),))
    viborg = new_city(tmp_path / "viborg.db", "Viborg", "--active-from", "2024-01-01", "--records-from", "2025-01-01")
    nation = tmp_path / "nation.db"
    run("merge", nation, tmp_path / "aarhus.db", viborg)
    run("figure", "set", 2024, "young_people", 71, "--source", "STATUS", "--db", nation)
    young = figures(nation)["young_people"]
    assert (young["value"], young["source"]) == (71, "reported")
    assert husrum("branch", "edit", "--records-from", "2024-01-01", "--db", viborg).exit_code == 0
    assert husrum("intake", "add", "Bo", "--enquired", "2024-02-02", "--held", "2024-02-03", "--db", viborg).exit_code == 0
    run("merge", nation, viborg)
    young = figures(nation)["young_people"]
    assert (young["value"], young["source"]) == (2, "counted")


def test_what_a_city_reports_of_a_year_stands_for_the_few_rows_it_has_of_it(tmp_path: Path) -> None:
    small_city(tmp_path / "aarhus.db", "Aarhus", (("intake", "add", "Anna", "--held", "2024-02-03"),))
    small_city(
        tmp_path / "viborg.db",
        "Viborg",
        (
            ("branch", "edit", "--records-from", "2025-01-01"),
            ("intake", "add", "Bo", "--held", "2024-02-03"),
            ("figure", "set", "2024", "young_people", "30", "--source", "STATUS"),
        ),
    )
    run("merge", tmp_path / "nation.db", tmp_path / "aarhus.db", tmp_path / "viborg.db")
    young = figures(tmp_path / "nation.db")["young_people"]
    assert (young["value"], young["source"]) == (31, "mixed")
    shown = json.loads(run("stats", "explain", 2024, "young_people", "--format", "json", "--db", tmp_path / "nation.db").stdout)
    assert [row["branch"] for row in shown["rows"]] == ["Aarhus"]


def test_what_the_nation_reports_of_a_year_before_every_city(tmp_path: Path) -> None:
    """No city is active in it, so none is missing; the file may hold only one city so far."""
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    for name in ("Aarhus", "Viborg"):
        small_city(tmp_path / f"{name}.db", name, (("intake", "add", "Anna", "--enquired", "2024-02-02", "--held", "2024-02-03"),))
    run("merge", one, tmp_path / "Aarhus.db")
    run("merge", two, tmp_path / "Aarhus.db", tmp_path / "Viborg.db")
    for nation in (one, two):
        run("figure", "set", 2022, "young_people", 66, "--source", "STATUS", "--db", nation)
        run("figure", "set", 2021, "visits", 12, "--source", "STATUS", "--branch", "Aarhus", "--db", nation)
        shown = json.loads(run("stats", "trend", "--format", "json", "--db", nation).stdout)["years"]
        assert {year: figures["young_people"]["value"] for year, figures in shown.items()} == {
            "2021": 0,
            "2022": 66,
            "2024": 1 if nation == one else 2,
        }
        assert shown["2021"]["visits"]["value"] == 12
        of_city = json.loads(run("stats", "year", 2022, "--branch", "Aarhus", "--format", "json", "--db", nation).stdout)["figures"]
        assert of_city["young_people"]["value"] == 0
        assert "66" in run("stats", "explain", 2022, "young_people", "--db", nation).stdout
