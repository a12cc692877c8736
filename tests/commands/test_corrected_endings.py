"""A reason given again, or `none`, corrects why something ended, and never makes another ending; without one to correct it is refused with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from journal import City
from once import made_once
from running import new_city


@pytest.fixture
@made_once
def city(tmp_path: Path) -> City:
    city = City(new_city(tmp_path / "aarhus.db"), "2024-11-02")
    city.must(
        'intake add "Anna Holm" --enquired 2024-01-08 --held 2024-01-15',
        'volunteer add "Karen Dal" --joined 2024-01-01 --role befriender --intro-course 2024-01-20',
        'intake add "Bo Ek" --enquired 2024-01-09',
        'volunteer apply "Finn Dal" --date 2024-05-05',
        "group open Mandag --kind talk --start 2024-02-05 --weeks 2",
        "group enroll G1 3 --date 2024-02-05",
        "match start 3 2 --date 2024-02-01",
        "match wait 1 --since 2024-02-01",
    )
    return city


LEAVING = "SELECT date, reason FROM leaving ORDER BY date"


def test_why_somebody_left_is_corrected_without_the_day(city: City) -> None:
    city.must("person leave 1 --date 2024-03-01", "person leave 1 --date 2024-06-01 --reason illness")
    city.corrected("person leave 1 --reason moved_away", "reason Moved away (before: Illness)")
    city.corrected("person leave 1 --reason none", "reason – (before: Moved away)")
    city.corrected("person leave 1 --date 2024-03-01 --reason other", "reason Other (before: –)")
    assert city.rows(LEAVING) == [("2024-03-01", "other"), ("2024-06-01", None)]


def test_a_leaving_to_come_is_corrected_too(city: City) -> None:
    city.must("person leave 1 --date 2024-12-01")
    city.corrected("person leave 1 --reason illness", "(before: –)")
    assert city.rows(LEAVING) == [("2024-12-01", "illness")]


def test_somebody_who_came_back_leaves_again(city: City) -> None:
    city.must("person leave 1 --date 2024-03-01 --reason illness", "intake add --person 1 --enquired 2024-06-01")
    city.refused("person leave 1 --reason none", 4, "2024-03-01", "person leave 1 --date 2024-03-01 --reason none")
    city.corrected("person leave 1 --reason moved_away", "left on 2024-11-02")
    assert city.rows(LEAVING) == [("2024-03-01", "illness"), ("2024-11-02", "moved_away")]


def test_no_leaving_is_made_by_clearing_its_reason(city: City) -> None:
    for line in ("person leave 1 --reason none", "person leave 1 --date 2024-06-01 --reason none"):
        city.refused(line, 4, "1 Anna Holm", "husrum person leave 1")


def test_no_offer_is_made_by_clearing_a_wish(city: City) -> None:
    city.refused("match offer 2 --interest none --capacity none", 4, "2 Karen Dal", "does not offer")
    city.must("match offer 2 --interest film")
    city.corrected("match offer 2 --interest none", "(before: film)")


def test_no_occasion_is_held_by_clearing_a_word_of_it(city: City) -> None:
    city.must("event plan Spil --date 2024-12-12")
    city.refused("group meet G1 --note none", 4, "2024-02-05", "--present")
    city.refused("group meet G1 --date 2024-10-10 --theme none", 4, "2024-10-10", "--present")
    city.corrected("group meet G1 --present none --note none", "0 participants")
    city.must("group meet G1 --date 2024-02-05 --theme Ro")
    city.corrected("group meet G1 --date 2024-02-05 --theme none", "(before: Ro)")


def test_a_match_ends_without_a_reason(city: City) -> None:
    city.corrected("match end 3 --date 2024-06-01 --reason none", "ended on 2024-06-01")
    assert city.rows("SELECT ends, reason FROM matches") == [("2024-06-01", None)]
    city.refused("match end 3 --reason completed", 4, "husrum match edit 3 --reason")


@pytest.mark.parametrize(
    ("line", "sql"),
    [
        ("match unwait 1", "SELECT ends, reason FROM waits"),
        ("group leave G1 3", "SELECT ends, reason FROM enrolments"),
        ("volunteer decline 4", "SELECT declined, reason FROM volunteer_applications"),
        ("match pause 3", "SELECT starts, reason FROM pauses"),
    ],
)
def test_naming_the_day_again_corrects_why(city: City, line: str, sql: str) -> None:
    city.must(f"{line} --date 2024-06-01 --reason illness")
    city.refused(f"{line} --reason other", 5, f"husrum {line} --date 2024-06-01 --reason CODE")
    city.refused(f"{line} --date 2024-06-01", 5)
    city.corrected(f"{line} --date 2024-06-01 --reason other", "reason Other (before: Illness)")
    city.corrected(f"{line} --date 2024-06-01 --reason none", "reason – (before: Other)")
    assert city.rows(sql) == [("2024-06-01", None)]
