"""What `stats explain` lists behind a figure: what each row says of what happened more than once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from journal import City
from running import new_city


@pytest.fixture
def file(city: Path) -> City:
    return City(city, "2024-12-01")


def explained(file: City, key: str) -> list[dict[str, Any]]:
    """The rows of 2024 behind a figure."""
    rows: list[dict[str, Any]] = json.loads(file.must(f"stats explain 2024 {key} --format json"))["rows"]
    return rows


@pytest.mark.parametrize("key", ["volunteers", "volunteer_age_min", "role"])
def test_a_role_that_was_taken_up_twice_is_named_once(file: City, key: str) -> None:
    file.must(
        "volunteer add 'Karen Bang' --born 1958 --role leader --joined 2023-05-01",
        "volunteer role karen leader --to 2024-03-01",
        "volunteer role karen leader --from 2024-05-01",
        "volunteer role karen peer --from 2024-04-01",
    )
    (row,) = explained(file, key)
    assert (row["what"], row["date"]) == ("leader,peer", "2023-05-01")


def test_a_city_has_the_day_of_its_first_record_and_before_it_has_one_the_day_of_its_start(tmp_path: Path) -> None:
    file = City(new_city(tmp_path / "odense.db", "Odense", "--active-from", "2024-01-15"), "2024-12-01")
    assert [(row["what"], row["date"]) for row in explained(file, "branches")] == [("Odense", "2024-01-15")]
    file.must("intake add 'Anna Holm' --enquired 2024-02-02")
    assert [(row["what"], row["date"]) for row in explained(file, "branches")] == [("Odense", "2024-02-02")]


@pytest.mark.parametrize("before", [False, True])
def test_a_grant_that_changed_since_the_year_was_closed_has_its_amount(file: City, before: bool) -> None:
    file.must("intake add 'Anna Holm' --enquired 2024-02-02")
    if before:
        file.must("grant add Kommunen --per-year 500 --from 2024-01-01")
    file.today = "2025-02-01"
    file.must("year close 2024 --force", "grant add Fonden --per-year 310000 --from 2024-01-01")
    changed = file.must("stats explain 2024 grants_dkk").partition("Changed since")[2]
    assert "Fonden" in changed and "310,000" in changed, changed
    assert "Number" not in changed and "Name" not in changed, changed  # a grant is nobody's
