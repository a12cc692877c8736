"""The synthetic Aarhus 2024 gives every number that the city published, within the limits that the report gives; and the rows of each number can be listed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from once import once
from running import CHECKOUT, FIXTURES, husrum

from husrum_cli.domain.figures import explain

EXAMPLES = CHECKOUT / "examples"
PUBLISHED = json.loads((FIXTURES / "aarhus-2024.json").read_text(encoding="utf-8"))
# Taken of their rows, not the number of them.
TAKEN = ("_median", "_mean", "_participants_min", "_participants_max", "cost_per_visit_dkk")
AMOUNTS = ("visits", "grants_dkk")


@pytest.fixture(scope="module")
def year(aarhus_once: Path) -> dict[str, Any]:
    """`stats year 2024` of the example."""
    figures: dict[str, Any] = json.loads(husrum("stats", "year", "2024", "--format", "json", "--db", aarhus_once).stdout)
    return figures


@pytest.mark.parametrize("key", PUBLISHED["figures"])
def test_a_published_figure(year: dict[str, Any], key: str) -> None:
    assert year["figures"][key]["value"] == PUBLISHED["figures"][key]


@pytest.mark.parametrize("key", PUBLISHED["shares_percent"])
def test_a_published_share(year: dict[str, Any], key: str) -> None:
    share = year["figures"][key]
    assert (200 * share["count"] + share["answered"]) // (2 * share["answered"]) == PUBLISHED["shares_percent"][key]
    assert share["answered"] < share["base"]
    assert share["answered"] + share["declined"] + share["not_asked"] + share["not_recorded"] == share["base"]


def test_every_counted_figure_opens_down_to_its_rows(year: dict[str, Any], aarhus_once: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explain, "figures_of_period", once(explain.figures_of_period))
    for key, figure in year["figures"].items():
        if figure["source"] != "counted" or key.startswith("volunteer_age") or key.endswith(TAKEN):
            continue
        output = json.loads(husrum("stats", "explain", "2024", key, "--format", "json", "--db", aarhus_once).stdout)
        rows = output["rows"]
        if "answered" in figure:
            assert (len(rows), sum(row["counts"] for row in rows)) == (figure["answered"], figure["count"]), key
        else:
            assert sum(row["amount"] for row in rows) == figure["value"], key
            assert key.startswith(AMOUNTS) or len(rows) == figure["value"], key


def test_the_example_keeps_within_the_published_limits(aarhus_once: Path) -> None:
    output = PUBLISHED["constraints"]
    events = json.loads(husrum("event", "list", "--year", "2024", "--format", "json", "--db", aarhus_once).stdout)
    social = [event for event in events if event["kind"] == "social" and event["state"] == "held" and event["until"] is None]
    assert all(output["social_event_people_min"] <= event["participants"] <= output["social_event_people_max"] for event in social)
    groups = json.loads(husrum("group", "list", "--format", "json", "--db", aarhus_once).stdout)
    pages = [json.loads(husrum("group", "show", group["group"], "--format", "json", "--db", aarhus_once).stdout) for group in groups]
    courses = [page for page in pages if page["kind"] == "talk" and page["start"] >= "2024"]
    assert len(courses) == 6
    for page in courses:
        assert len({row["person"] for row in page["enrolled"]}) == output["young_people_per_group"]
        assert len(page["leaders"]) == output["leaders_per_group"]
        assert sum(meeting["state"] == "held" for meeting in page["meetings"]) == output["group_course_weeks"]


def test_the_example_is_made_the_same_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, EXAMPLES / "make_aarhus_2024.py", tmp_path], check=True, capture_output=True)
    made = {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")}
    assert made == {path.name: path.read_bytes() for path in (EXAMPLES / "aarhus-2024").glob("*.csv")}


def test_the_example_imported_again_adds_nothing(aarhus: Path) -> None:
    before = husrum("stats", "year", "2024", "--format", "json", "--db", aarhus).stdout
    again = husrum("import", *sorted((EXAMPLES / "aarhus-2024").glob("*.csv")), "--db", aarhus)
    assert again.exit_code == 0 and "nothing was added" in again.stderr
    assert husrum("stats", "year", "2024", "--format", "json", "--db", aarhus).stdout == before


def test_an_explained_share_is_shown_with_its_count_and_its_answers(aarhus_once: Path) -> None:
    shown = husrum("stats", "explain", "2024", "referral_municipal_at_intake", "--db", aarhus_once).stdout
    assert shown.startswith("Through a municipal contact person 2024: 31 of 77 (40 %)\n")
