"""`stats explain` of a closed year whose rows were deleted since: the frozen figure, and that its rows are not all there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from journal import City

ERASED = "person erase 1 --yes"
WITHDRAWN = "person consent 1 health_data --withdrawn 2026-09-01"


@pytest.fixture
def file(city: Path) -> City:
    file = City(city, "2026-09-15")
    file.must(
        "intake add 'Anna Holm' --born 2003-01-01 --enquired 2024-01-10",
        "intake add 'Bo Ek' --born 2004-01-01 --enquired 2024-01-10",
        "person consent 1 health_data --given 2024-01-10",
        "intake hold 1 --date 2024-01-12 --loneliness severe --source friend",
        "intake hold 2 --date 2024-01-12 --source doctor",
        "event log Middag --date 2024-02-01 --present 1,2 --unnamed 1",
        "event log Biograf --date 2024-02-08 --present 1,2 --unnamed 1",
        "year close 2024 --force",
    )
    return file


def explained(file: City, key: str) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(file.must(f"stats explain 2024 {key} --format json"))
    return shown


# The figure, what is done, what the first line says, how many rows stay, and how many of what are missing.
CASES = [
    ("loneliness_severe", WITHDRAWN, "1 of 1 (100 %)", 0, "1 of 1"),
    ("loneliness_severe", ERASED, "1 of 1 (100 %)", 0, "1 of 1"),
    ("young_people", ERASED, ": 2", 1, "1 of 2"),
    ("visits", ERASED, ": 8", 5, "3 of 8"),
]


@pytest.mark.parametrize(("key", "line", "header", "rows", "missing"), CASES)
def test_a_closed_figure_stays_and_says_that_rows_were_deleted(
    file: City, key: str, line: str, header: str, rows: int, missing: str
) -> None:
    assert explained(file, key).get("note") is None
    file.must(line)
    first, _definition, *rest = file.must(f"stats explain 2024 {key}").splitlines()
    assert header in first, first
    said = f"{missing} can't be listed any more: rows were deleted, by an erasure or a withdrawn consent."
    assert said in " ".join(" ".join(rest).split())
    found = explained(file, key)
    assert found["note"] == said and len(found["rows"]) == rows


def test_what_a_correction_changes_is_no_deletion(file: City) -> None:
    file.must("event attend E1 --present 2", "person join 1 2 --force")
    for key in ("young_people", "visits", "referral", "loneliness_severe"):
        assert explained(file, key).get("note") is None, key
