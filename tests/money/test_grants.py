"""Grants: entered, corrected, removed, and spread over the days of a period."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import Result, husrum, new_city

from husrum_cli.domain.figures.accrual import MoneyTerms, accrued_amount

DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))


def run(path: Path, *words: object, code: int = 0) -> Result:
    """A command that must end as it should."""
    result = husrum(*words, "--db", path, env={"HUSRUM_TODAY": "2025-02-01"})
    assert result.exit_code == code, result.stderr
    return result


def grants(path: Path) -> list[dict[str, Any]]:
    """`grant list`."""
    found: list[dict[str, Any]] = json.loads(run(path, "grant", "list", "--format", "json").stdout)
    return found


def kroner(path: Path, period: str) -> int:
    """Return the grants' money in a period."""
    found: int = json.loads(run(path, "stats", "period", period, "--format", "json").stdout)["figures"]["grants_dkk"]["value"]
    return found


@given(
    st.integers(0, 2_000_000),
    st.booleans(),
    st.booleans(),
    DAYS,
    st.none() | st.integers(0, 2000),
    st.lists(DAYS, min_size=2, max_size=6, unique=True),
)
def test_consecutive_periods_add_up_to_the_whole(
    amount: int, total: bool, whole_years: bool, starts: date, days: int | None, cuts: list[date]
) -> None:
    ends = None if days is None else (starts + timedelta(days=days)).isoformat()
    terms = MoneyTerms(None if total else amount, amount if total else None, starts.isoformat(), ends, whole_years and not total)
    cuts = sorted(cuts)
    parts = [
        accrued_amount(terms, one.isoformat(), (other - timedelta(days=1)).isoformat())
        for one, other in zip(cuts[:-1], cuts[1:], strict=True)
    ]
    assert sum(parts) == accrued_amount(terms, cuts[0].isoformat(), (cuts[-1] - timedelta(days=1)).isoformat())
    if total:
        assert accrued_amount(terms, "2000-01-01", "2060-12-31") == amount


def test_an_amount_per_year_for_two_years_over_three_calendar_years_is_two_amounts(city: Path) -> None:
    run(city, "grant", "add", "Kommunen", "--per-year", 400000, "--from", "2023-07-01", "--to", "2025-06-30")
    assert [kroner(city, year) for year in ("2023", "2024", "2025")] == [201644, 400000, 198356]
    assert kroner(city, "grant:1") == kroner(city, "tilskud:1") == 800000


def test_a_gift_counts_on_its_first_day(city: Path) -> None:
    run(city, "grant", "add", "Gavegiver", "--total", 5000, "--from", "2024-03-01")
    assert [kroner(city, period) for period in ("2024-02", "2024-03", "2024-04", "2024")] == [0, 5000, 0, 5000]


def test_grants_are_numbered_corrected_and_removed(city: Path) -> None:
    run(city, "grant", "add", "Fonden", "--total", 100, "--from", "2024-01-01", "--to", "2024-12-31", "--offer", "talk_group")
    run(city, "grant", "add", "Kommunen", "--per-year", 200, "--from", "2024-01-01")
    output = run(city, "grant", "edit", 1, "--per-year", 300, "--offer", "intake", "--funder", "Fonden for unge").stderr
    assert "per_year" not in output and "total – (before: 100)" in output and "funder Fonden for unge (before: Fonden)" in output
    first, second = grants(city)
    assert (first["number"], first["funder"], first["per_year"], first["total"], first["offer"]) == (
        1,
        "Fonden for unge",
        300,
        None,
        ["intake"],
    )
    assert (second["number"], second["funder"]) == (2, "Kommunen")
    run(city, "grant", "remove", 1)
    assert [each["number"] for each in grants(city)] == [2]
    run(city, "undo", "--yes")
    assert len(grants(city)) == 2


@pytest.mark.parametrize(
    ("words", "code", "output"),
    [
        (("add", "Fonden", "--from", "2024-01-01"), 2, "the amount per year or the total"),
        (("add", "Fonden", "--per-year", 1, "--total", 1, "--from", "2024-01-01"), 2, "the amount per year or the total"),
        (("edit", 7, "--to", "2024-01-01"), 4, "there is no grant 7"),
        (("edit", 1), 2, "Nothing to change"),
        (("remove", 7), 4, "there is no grant 7"),
    ],
)
def test_what_is_refused(city: Path, words: tuple[object, ...], code: int, output: str) -> None:
    assert output in run(city, "grant", *words, code=code).stderr


def test_two_grants_for_the_same_offer_are_divided_by_its_visits_once(city: Path) -> None:
    run(city, "event", "log", "Spil", "--date", "2024-03-01", "--unnamed", 10)
    run(city, "grant", "add", "Fonden", "--total", 300, "--from", "2024-01-01", "--offer", "social_event")
    run(city, "grant", "add", "Kommunen", "--total", 700, "--from", "2024-01-01", "--offer", "social_event")
    exported = json.loads(run(city, "export", "year", "2024", "--to", "-", "--format", "json").stdout)
    (use,) = exported["grants"]
    assert (use["amount"], use["visits"], use["cost_per_visit"], len(use["funders"])) == (1000, 10, 100.0, 2)
    assert exported["figures"]["cost_per_visit_dkk"]["value"] == 100


def test_the_nation_has_grants_of_its_own_that_survive_a_merge(city: Path, tmp_path: Path) -> None:
    run(city, "grant", "add", "Kommunen", "--total", 700, "--from", "2024-01-01", "--offer", "intake")
    nation = tmp_path / "nation.db"
    assert husrum("merge", nation, city).exit_code == 0
    run(nation, "branch", "add", "Viborg", "--from", "2024-01-01")
    run(nation, "grant", "add", "Ministeriet", "--total", 900, "--from", "2024-01-01", "--offer", "talk_group")
    assert husrum("merge", nation, city).exit_code == 0
    assert {(each["branch"], each["funder"], each["total"], *each["offer"]) for each in grants(nation)} == {
        (None, "Ministeriet", 900, "talk_group"),
        ("Aarhus", None, 700, "intake"),
    }
    assert kroner(nation, "2024") == 1600


def test_a_grant_with_a_total_is_read_back(city: Path, tmp_path: Path) -> None:
    run(city, "grant", "add", "Gave", "--total", "5000", "--from", "2024-10-08")
    run(city, "grant", "add", "Fonden", "--total", "90000", "--from", "2024-01-01", "--to", "2025-12-31", "--offer", "talk_group")
    run(city, "grant", "add", "Kommunen", "--per-year", "100000", "--from", "2024-01-01")
    run(city, "export", "tables", tmp_path / "tables")
    other = new_city(tmp_path / "other.db")
    run(other, "import", tmp_path / "tables" / "grants.csv", "--dry-run")
    assert grants(other) == []
    run(other, "import", tmp_path / "tables" / "grants.csv")
    assert grants(other) == grants(city) and [grant["total"] for grant in grants(other)].count(5000) == 1
    assert "nothing was added" in run(other, "import", tmp_path / "tables" / "grants.csv").stderr


@pytest.mark.parametrize("header", ["funder,total,from", "tilskudsgiver,i alt,fra", "bevillingsgiver,i alt,fra"])
def test_a_list_of_grants_has_its_totals_in_a_column(city: Path, tmp_path: Path, header: str) -> None:
    (file := tmp_path / "grants.csv").write_text(f"{header}\nGave,5000,2024-10-08\nArv,7000,2024-11-08\n", encoding="utf-8")
    run(city, "import", file)
    assert {grant["funder"]: grant["total"] for grant in grants(city)} == {"Gave": 5000, "Arv": 7000}


def test_a_mapping_may_say_which_column_is_the_total(city: Path, tmp_path: Path) -> None:
    (file := tmp_path / "grants.csv").write_text("funder,beløb,from\nGave,5000,2024-10-08\n", encoding="utf-8")
    (mapping := tmp_path / "mapping.csv").write_text("what,sheet,column,found,means\nheading,,,beløb,total\n", encoding="utf-8")
    run(city, "import", file, "--mapping", mapping)
    assert grants(city)[0]["total"] == 5000


def test_a_mapping_cannot_give_a_total_to_rows_that_have_none(city: Path, tmp_path: Path) -> None:
    (file := tmp_path / "intakes.csv").write_text("name,enquired,hvor mange\nAnna Holm,2024-10-08,3\n", encoding="utf-8")
    (mapping := tmp_path / "mapping.csv").write_text("what,sheet,column,found,means\nheading,,,hvor mange,total\n", encoding="utf-8")
    assert "not a column" in run(city, "import", file, "--mapping", mapping, code=2).stderr


def test_the_cost_of_a_year_without_records_is_of_reported_visits_or_reported_itself(city: Path) -> None:
    def cost() -> object:
        output = json.loads(husrum("stats", "year", "2021", "--format", "json", "--db", city).stdout)
        return output["figures"]["cost_per_visit_dkk"]["value"]

    husrum("grant", "add", "Aarhus Kommune", "--per-year", "1000", "--from", "1/1-2021", "--to", "31/12-2021", "--db", city)
    assert cost() is None
    assert husrum("figure", "set", "2021", "visits", "40", "--source", "STATUS", "--db", city).exit_code == 0
    assert cost() == 25
    assert husrum("figure", "set", "2021", "cost_per_visit_dkk", "27", "--source", "STATUS", "--db", city).exit_code == 0
    assert cost() == 27
