"""The things that still count for a person: meetings while enrolled, courses attended, and what is open after somebody has left."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from once import made_once
from running import husrum, new_city

TODAY = {"HUSRUM_TODAY": "2024-10-08"}


def run(city: Path, line: str, code: int = 0) -> str:
    """Return what a command writes."""
    result = husrum(*line.split(), "--db", city, env=TODAY)
    assert result.exit_code == code, (line, result.stderr)
    return result.stdout + result.stderr


def data(city: Path, line: str) -> Any:
    """Return what a command shows as JSON, without its remarks."""
    return json.loads(husrum(*line.split(), "--format", "json", "--db", city, env=TODAY).stdout)


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Path:
    """Anna (1) and Bo (2) in G1 since January; the volunteers Vera (3) and Ib (4)."""
    city = new_city(tmp_path / "aarhus.db")
    for line in (
        "intake add Anna --enquired 2024-01-02",
        "intake add Bo --enquired 2024-01-02",
        "volunteer add Vera --joined 2023-01-01 --role befriender --role leader",
        "volunteer add Ib --joined 2023-01-01 --role leader",
        "group open Tirsdag --kind network --start 2024-01-09 --weeks 0 --leader 3",
        "group enroll G1 1 --date 2024-01-09",
    ):
        run(city, line)
    return city


def test_a_latecomer_has_one_denominator(town: Path) -> None:
    run(town, "group meet G1 --date 2024-01-09 --present 1")
    run(town, "group enroll G1 2 --date 2024-01-16")
    run(town, "group meet G1 --date 2024-01-16 --present 2")
    came = {each["person"]: each["came"] for each in data(town, "group show G1")["enrolled"]}
    assert came == {1: "1/2", 2: "1/1"}
    for person, expected in came.items():
        assert data(town, f"person show {person}")["attendance"][0]["came"] == expected


def test_who_has_left_is_no_longer_among_the_enrolled(town: Path, tmp_path: Path) -> None:
    run(town, "group enroll G1 2 --date 2024-01-09")
    assert data(town, "group list")[0]["enrolled"] == 2
    run(town, "person leave 2 --date 2024-09-16")
    assert data(town, "group list")[0]["enrolled"] == 1
    assert [(each["person"], each["until"]) for each in data(town, "group show G1")["enrolled"]] == [(1, None), (2, "2024-09-16")]
    assert [each["person"] for each in data(town, "person list --group G1")] == [1]
    assert [each["person"] for each in data(town, "person list --group G1 --left")] == [2]
    run(town, f"export sheet G1 --to {tmp_path / 'sheet.csv'}")
    assert "Anna" in (tmp_path / "sheet.csv").read_text() and "Bo" not in (tmp_path / "sheet.csv").read_text()
    run(town, "person leave 2 --remove")
    assert data(town, "group list")[0]["enrolled"] == 2
    run(town, "group close G1 --date 2024-08-01")
    run(town, "person leave 2 --date 2024-09-16")
    assert data(town, "group list")[0]["enrolled"] == 2, "they were in it until it was closed"
    assert [each["until"] for each in data(town, "group show G1")["enrolled"]] == [None, None]


def test_nobody_who_has_left_came_when_nobody_was_absent(town: Path) -> None:
    run(town, "group enroll G1 2 --date 2024-01-09")
    run(town, "person leave 2 --date 2024-01-16")
    run(town, "group meet G1 --date 2024-01-16 --absent none")
    run(town, "group meet G1 --date 2024-01-23 --absent none")
    came = {each["person"]: each["came"] for each in data(town, "group show G1")["enrolled"]}
    assert came == {1: "2/2", 2: "1/1"}


def test_meetings_after_somebody_left_count_nowhere(town: Path) -> None:
    run(town, "group enroll G1 2 --date 2024-01-09")
    run(town, "group meet G1 --date 2024-01-09 --present 1,2")
    run(town, "person leave 2 --date 2024-01-11")
    for day in (16, 23, 30):
        run(town, f"group meet G1 --date 2024-01-{day} --absent none")

    def came() -> tuple[str, str]:
        page, own = data(town, "group show G1"), data(town, "person show 2")
        return next(each["came"] for each in page["enrolled"] if each["person"] == 2), own["attendance"][0]["came"]

    assert came() == ("1/1", "1/1")
    assert "G1 Tirsdag 1/1 " in run(town, "person show 2")
    assert "has stopped coming" not in run(town, "today --format csv")
    run(town, "group close G1 --date 2024-01-30")
    assert came() == ("1/1", "1/1")
    run(town, "intake add --person 2 --enquired 2024-01-20")
    assert came() == ("1/3", "1/3"), "back among those who are expected"


def test_who_missed_the_last_meetings_and_then_left_is_no_longer_waited_for(town: Path) -> None:
    for day in ("09", "16", "23"):
        run(town, f"group meet G1 --date 2024-01-{day} --absent 1")
    listed = ("person list --missed 3", "person list --missed 3 --group G1")
    assert [[each["person"] for each in data(town, line)] for line in listed] == [[1], [1]]
    assert "has stopped coming" in run(town, "today --format csv")
    run(town, "person leave 1 --date 2024-02-01")
    assert [each["person"] for each in data(town, "person list --missed 3 --left")] == [1]
    assert "has stopped coming" not in run(town, "today --format csv")


def test_an_attended_intro_course_counts_everywhere_and_a_taught_one_nowhere(town: Path) -> None:
    run(town, "event log Introkursus --kind intro_course --date 2024-02-01 --present 3 --volunteers 4")
    courses = {each["volunteer"]: each["intro_course"] for each in data(town, "volunteer list")}
    assert courses == {3: "2024-02-01", 4: None}
    assert [data(town, f"volunteer show {number}")["intro_course"] for number in (3, 4)] == ["2024-02-01", None]
    run(town, "match start 1 3 --date 2024-03-01")
    run(town, "match start 2 4 --date 2024-03-01", code=5)


def test_a_second_match_over_capacity_starts_with_a_note(town: Path) -> None:
    run(town, "volunteer attest 3 intro_course --date 2024-01-01")
    run(town, "match offer 3 --capacity 1")
    assert "offered to have" not in run(town, "match start 1 3 --date 2024-03-01")
    assert "offered to have 1" in run(town, "match start 2 3 --date 2024-04-01")


def test_a_volunteer_who_leaves_closes_the_offer_and_the_leadership_and_hears_what_is_open(town: Path) -> None:
    run(town, "volunteer attest 3 intro_course --date 2024-01-01")
    run(town, "match offer 3 --capacity 2")
    run(town, "match start 1 3 --date 2024-03-01")
    run(town, "event plan Tur --date 2024-12-01 --organiser 3")
    said = run(town, "volunteer leave 3 --date 2024-10-01")
    for words in ("no longer leads G1", "no longer offers", "match end 1", "still organises E1"):
        assert words in said
    assert all(each["volunteer"] != 3 for each in data(town, "match propose")["unused"])
    run(town, "undo --yes")
    assert any(each["volunteer"] == 3 for each in data(town, "match propose")["unused"])


@pytest.mark.parametrize("ends", ["volunteer leave 3 --date 2024-10-01", "match unoffer 3 --date 2024-10-01"])
def test_an_offer_that_ends_counts_until_that_day(town: Path, ends: str) -> None:
    def free(period: str) -> int:
        number: int = data(town, f"stats period {period}")["figures"]["befrienders_free"]["value"]
        return number

    run(town, "match offer 3 --from 2024-02-01")
    run(town, ends)
    assert [free(period) for period in ("2024-01", "2024-02", "2024-09", "2024-10")] == [0, 1, 1, 0]
    assert "2024-10-01" in run(town, "person show 3 --history")
    run(town, "volunteer role 3 organiser --from 2024-10-02")
    assert free("2024-11") == 0
    run(town, "match offer 3")
    assert free("2024-11") == 1


def test_an_offer_that_would_begin_after_they_left_is_gone(town: Path) -> None:
    run(town, "match offer 3 --from 2024-10-02")
    run(town, "volunteer leave 3 --date 2024-10-01")
    assert "no longer offers" not in run(town, "match offer 3 --from 2024-02-01")


def test_who_was_matched_waits_again_from_a_later_day(town: Path) -> None:
    run(town, "volunteer attest 3 intro_course --date 2024-01-01")
    run(town, "match start 1 3 --date 2024-03-01")
    assert "which ended the wait" in run(town, "match wait 1 --since 2024-03-01", 5)
    run(town, "match wait 1 --since 2024-03-02")
    assert [each["person"] for each in data(town, "match list --waiting")] == [1]


def test_who_leaves_and_still_volunteers_is_noted(tmp_path: Path) -> None:
    city = new_city(tmp_path / "aarhus.db")
    run(city, "volunteer add Vera --role befriender --joined 2024-01-01")
    assert "1 Vera is still a volunteer; end the roles and the offer with: husrum volunteer leave 1" in run(city, "person leave 1")
    run(city, "person leave 1 --remove")
    run(city, "volunteer leave 1")
    assert "still a volunteer" not in run(city, "person leave 1")


@pytest.mark.parametrize(
    ("number", "what", "lines"),
    [
        (4, "roles", ["volunteer role 4 leader --to 2024-10-08"]),
        (3, "leaders and organisers", ["group leader G1 3 --to 2024-10-08"]),
        (1, "matches", ["match start 1 3 --date 2024-10-01 --force agreed", "match end 1 --date 2024-10-08 --reason other"]),
        (3, "matches", ["match start 1 3 --date 2024-10-01 --force agreed", "match end 1 --date 2024-10-08 --reason other"]),
        (2, "places on the waiting list", ["match wait 2 --since 2024-10-01", "match unwait 2 --date 2024-10-08"]),
    ],
)
def test_what_ends_today_runs_until_tomorrow(town: Path, number: int, what: str, lines: list[str]) -> None:
    for line in lines:
        run(town, line)
    for day, runs in (("2024-10-08", True), ("2024-10-09", False)):
        shown = husrum("person", "anonymise", number, "--dry-run", "--db", town, env={"HUSRUM_TODAY": day})
        assert (what in shown.stderr.partition("something that runs:")[2]) == runs, shown.stderr
