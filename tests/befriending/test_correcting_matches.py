"""Matches, waits, offers and contacts corrected and removed: what is shown, what is in the file, and what undo brings back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from journal import City
from once import made_once
from running import husrum, new_city


@pytest.fixture
@made_once
def city(tmp_path: Path) -> City:
    city = City(new_city(tmp_path / "aarhus.db"), "2024-11-02")
    city.must(
        'intake add "Anna Holm" --enquired 2024-01-08',
        'volunteer add "Karen Dal" --joined 2024-01-01 --role befriender --intro-course 2024-01-01',
        'volunteer add "Ole Bak" --joined 2024-01-01 --role befriender --intro-course 2024-01-01',
        "match wait anna --since 2024-02-01 --time evening",
        "match offer karen --capacity 2",
        "match start anna karen --date 2024-03-01",
    )
    return city


def test_a_correction_says_who_waits_again_and_who_no_longer_does(city: City) -> None:
    again = "1 Anna Holm is on the waiting list again, since 2024-02-01. If that is wrong: husrum match unwait 1 --remove"
    assert again in city.must("match edit anna --start 2024-01-15")
    assert "1 Anna Holm is no longer on the waiting list." in city.must("match edit anna --start 2024-02-01")
    assert "waiting list" not in city.must("match edit anna --start 2024-03-02").replace("husrum match list", "")
    assert again in city.must("match remove anna")
    city.must(again.partition("husrum ")[2])
    assert city.must("match list --waiting --format csv").count("Anna") == 0


def test_an_end_says_which_pauses_it_shortens(city: City) -> None:
    city.must("match pause anna --date 2024-05-01", "match resume anna --date 2024-07-01")
    said = city.must("match end anna --date 2024-06-01 --reason completed")
    assert "The pause from 2024-05-01 ends on 2024-06-01 with the match (before: 2024-07-01)." in said
    city.must("undo")
    assert "The pause" not in city.must("match end anna --date 2024-08-01 --reason completed")


def test_a_match_is_corrected(city: City) -> None:
    city.corrected("match edit anna --start 2024-03-05", "1 Anna Holm and 2 Karen Dal", "2024-03-05 (before: 2024-03-01)")
    city.must("match end anna --date 2024-05-01 --reason completed")
    city.corrected("match edit anna karen --end 2024-06-01 --reason moved_away", "2024-06-01 (before: 2024-05-01)", "Moved", "before: ")
    city.corrected("match edit anna --end none", "– (before: 2024-06-01)")
    assert city.rows("SELECT starts, ends, reason FROM matches") == [("2024-03-05", None, None)]
    city.refused("match edit anna --reason completed", 5, "not ended")
    city.refused("match edit anna --end 2024-03-01", 5, "2024-03-05")
    city.refused("match edit anna --start 2025-03-01", 5, "has not come yet")
    city.refused("match edit anna --start 2024-03-01 --time weekend", 2)
    city.refused("match edit anna ole --start 2024-03-01", 4, "no match")
    city.refused("match edit anna", 2)


def test_no_two_matches_overlap_and_no_pause_is_left_outside(city: City) -> None:
    city.must(
        "match pause anna --date 2024-04-01",
        "match end anna --date 2024-05-01 --reason completed",
        "match start anna ole --date 2024-06-01",
    )
    city.refused("match edit anna karen --end 2024-06-02", 5, "2024-06-01")
    city.refused("match edit anna karen --end none", 5, "2024-06-01")
    city.refused("match edit anna karen --start 2024-04-02", 5, "2024-04-01")
    city.corrected("match edit anna ole --start 2024-05-01")


def test_a_match_is_removed_and_its_person_waits_again(city: City) -> None:
    city.must("match contact anna --date 2024-03-10")
    city.refused("match remove anna", 5, "1 contact")
    city.corrected("match contact anna --remove", "2024-03-10: removed")
    city.must("match end anna --date 2024-05-01 --reason completed", "match start anna ole --date 2024-06-01")
    city.refused("match remove anna", 4, "several")
    city.corrected("match remove anna ole", "1 Anna Holm and 3 Ole Bak, 2024-06-01: removed")
    city.corrected("match remove anna")
    assert "Anna Holm" in city.must("match list --waiting")
    city.refused("match remove anna", 4, "no match")


def test_a_wait_and_an_offer_are_removed(city: City) -> None:
    city.must("match remove anna")
    city.corrected("match unwait anna --remove", "2024-02-01: removed")
    city.refused("match unwait anna --remove", 4)
    city.corrected("match unoffer karen --remove", "removed")
    city.refused("match unoffer karen --remove", 4)
    city.refused("match unoffer karen", 4)
    assert city.rows("SELECT count(*) FROM preferences UNION ALL SELECT count(*) FROM waits") == [(0,), (0,)]
    city.refused("match contact anna --remove", 4)


def test_what_is_removed_is_named_by_its_day(city: City) -> None:
    city.must("match pause anna --date 2024-04-01", "match meet anna --date 2024-05-01", "match offer karen --from 2024-01-05")
    for line, day in (
        ("pause anna", "2024-04-01"),
        ("meet anna", "2024-05-01"),
        ("unwait anna", "2024-02-01"),
        ("unoffer karen", "2024-01-05"),
    ):
        city.corrected(f"match {line} --remove", f"{day}: removed")


def test_what_belongs_to_groups_is_taken_back(city: City) -> None:
    city.must(
        "group open Tirsdag --kind talk --start 2024-09-03 --weeks 1 --leader 2",
        "group enroll G1 1 --date 2024-09-03",
        "group contact G1 --date 2024-09-05",
    )
    city.must("group meet G1 --date 2024-09-03 --present 1", "group leave G1 1 --date 2024-10-01 --reason completed")
    city.corrected("group leave G1 1 --remove", "enrolled as before (left 2024-10-01)")
    city.refused("group leave G1 1 --remove", 5, "has not left")
    assert city.rows("SELECT ends, reason FROM enrolments") == [(None, None)]
    city.corrected("group enroll G1 1 --remove", "2024-09-03: removed")
    city.refused("group enroll G1 1 --remove", 4)
    city.corrected("group leader G1 2 --remove", "2024-09-03: removed")
    city.corrected("group contact G1 --remove --date 5/9", "2024-09-05: removed")
    city.refused("group contact G1 --remove", 4)


def test_the_day_somebody_began_to_wait_is_corrected(city: City) -> None:
    city.refused("match edit anna --since 2024-02-05", 5, "not on the waiting list")
    city.must("match end anna --date 2024-05-01 --reason completed", "match wait anna --since 2024-06-01")
    city.refused("match wait anna --since 2024-06-05", 5, "2024-06-01", "husrum match edit 1 --since")
    city.corrected("match edit anna --since 2024-06-05 --time weekend", "2024-06-05 (before: 2024-06-01)")
    city.refused("match edit anna --since 2024-02-20", 5, "2024-03-01")
    city.refused("match edit anna --since 2025-02-20", 5, "has not come yet")
    city.refused("match edit anna --since 2024-06-01 --end 2024-05-02", 2)
    assert city.rows("SELECT starts FROM waits ORDER BY starts") == [("2024-02-01",), ("2024-06-05",)]


def test_what_somebody_wishes_says_what_it_was(city: City) -> None:
    city.must("match end anna --date 2024-05-01 --reason completed", "match wait anna --since 2024-06-01 --interest chess --about shy")
    shown = city.corrected(
        "match edit anna --interest none --time evening --about calm",
        "interest – (before: chess)",
        "time Evening (before: –)",
        "about changed",
    )
    assert "shy" not in shown and "calm" not in shown


def test_a_match_is_corrected_in_danish_too(city: City) -> None:
    city.corrected("match edit anna --start 5/3-2024 --language da", "start 5. marts 2024 (før: 1. marts 2024)")
    city.corrected("match edit anna --end 1/6-2024 --language da", "slut 1. juni 2024 (før: –)")


def test_who_waited_before_is_listed_with_why_no_longer(city: City) -> None:
    city.must("match end anna --date 2024-05-01 --reason completed", "match wait anna --since 2024-06-01", 'intake add "Bo Krog"')
    city.must("match unwait anna --date 2024-07-01 --reason no_longer_wishes", "match wait bo --since 2024-08-01")
    waits = json.loads(husrum("--db", city.path, "match", "list", "--waiting", "--all", "--format", "json").stdout)
    assert [(each["name"], each["since"], each["until"], each["days"], each["reason"]) for each in waits][1:] == [
        ("Anna Holm", "2024-02-01", "2024-03-01", 29, "matched"),
        ("Anna Holm", "2024-06-01", "2024-07-01", 30, "no_longer_wishes"),
    ]
    assert (waits[0]["name"], waits[0]["until"]) == ("Bo Krog", None)
    history = husrum("--db", city.path, "person", "show", "anna", "--history").stdout
    assert "No longer wishes" in next(line for line in history.splitlines() if "2024-07-01" in line)


def test_a_match_in_the_time_of_an_ended_one_says_which_and_how_to_correct_it(city: City) -> None:
    city.refused("match start anna ole --date 2024-03-05", 5, "husrum match end 1", "2024-03-01")
    city.must("match end anna --date 2024-05-01 --reason completed")
    city.refused("match start anna ole --date 2024-04-01", 5, "from 2024-03-01 to 2024-05-01", "husrum match edit 1 2")


def test_a_match_that_is_corrected_to_go_on_is_noted_like_one_that_starts(city: City) -> None:
    city.must(
        "match offer karen --capacity 1",
        "match end anna --date 2024-05-01 --reason completed",
        'intake add "Bo Krog" --enquired 2024-01-08',
        "match start 4 karen --date 2024-06-01",
    )
    note = "2 Karen Dal has 1 at that time already, and offered to have 1."
    assert note not in city("match edit anna --end 2024-05-02").both
    assert note in city("match edit anna --end none").both
