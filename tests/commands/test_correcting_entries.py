"""Hours, meetings of a pair, reminders and applications entered by mistake are corrected or removed; each is one undo."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from journal import City
from once import made_once
from running import new_city


@pytest.fixture
@made_once
def city(tmp_path: Path) -> City:
    city = City(new_city(tmp_path / "aarhus.db"), "2024-10-08")
    city.must(
        'intake add "Anna Holm" --enquired 2024-01-08 --held 2024-01-15',
        'volunteer add "Karen Dal" --joined 2024-01-01 --role befriender --intro-course 2024-01-20',
        "match start 1 2 --date 2024-02-01",
        "match meet 1 --date 2024-03-01 --hours 2 --note Walk",
        "match meet 1 --date 2024-04-01 --hours 1",
        "volunteer hours 2 3 --date 2024-05-05 --what Stall",
        "volunteer hours 2 4 --date 2024-05-05 --what Bread",
        "volunteer hours 2 5 --date 2024-06-05",
        "person remind 1 --on 2024-11-01 --note Ring",
        'volunteer apply "Bo Ravn" --date 2024-09-01 --for leader --note Shy',
    )
    return city


HOURS = "SELECT date, hours, what FROM volunteer_hours ORDER BY id"
MET = "SELECT date, hours, note FROM pair_meetings ORDER BY id"
REMINDERS = "SELECT date, note, done FROM reminders ORDER BY id"
APPLIED = """SELECT date, declined, reason, recruited_through, note, (SELECT group_concat(role) FROM application_roles WHERE application_id = id)
    FROM volunteer_applications ORDER BY id"""


def test_hours(city: City) -> None:
    city.corrected("volunteer hours karen 2,5 --date 2024-06-05 --correct --what Calls", "hours 2.5 (before: 5)", "what Calls (before: –)")
    city.corrected("volunteer hours karen --date 2024-06-05 --correct --new-date 2024-06-06 --what none", "2024-06-06 (before: 2024-06-05)")
    assert city.rows(HOURS)[2] == ("2024-06-06", 2.5, None)
    city.refused("volunteer hours karen --date 2024-05-05 --remove", 4, "several")
    city.corrected("volunteer hours karen 3 --date 2024-05-05 --remove", "2 Karen Dal, hours, 2024-05-05: removed")
    city.corrected("volunteer hours karen --date 2024-05-05 --remove")
    assert city.rows(HOURS) == [("2024-06-06", 2.5, None)]
    city.refused("volunteer hours karen --date 2024-05-05 --remove", 4, "no such entry")
    city.refused("volunteer hours karen 2 --correct --new-date 2024-10-09", 5, "2024-10-09")
    city.refused("volunteer hours karen 2 --date 2024-10-01 --new-date 2024-10-02", 2, "--correct")
    city.refused("volunteer hours karen --date 2024-10-01", 2, "hours")
    assert "nothing changed" in city.must("volunteer hours karen 2,5 --correct")


def test_a_meeting_of_the_pair(city: City) -> None:
    city.corrected("match meet anna --date 2024-03-01 --correct --hours 1,5 --new-date 2024-03-02", "hours 1.5 (before: 2)")
    said = city.corrected("match meet anna --date 2024-03-02 --correct --note Swam")
    assert "note changed" in said and "Walk" not in said and "Swam" not in said
    assert city.rows(MET) == [("2024-03-02", 1.5, "Swam"), ("2024-04-01", 1.0, None)]
    city.refused("match meet anna --date 2024-03-02 --correct --new-date 2024-01-31", 5, "2024-01-31")
    city.refused("match meet anna --remove", 4, "several")
    city.corrected("match meet anna --date 1/4 --remove", "removed")
    city.corrected("match meet anna --remove", "removed")
    assert city.rows(MET) == []


def test_a_reminder(city: City) -> None:
    city.corrected("person remind anna --correct --new-date 2024-11-08", "2024-11-08 (before: Friday 2024-11-01)")
    city.corrected("person remind anna --on 2024-11-08 --correct --note none", "note changed")
    city.must("person reminded anna")
    city.corrected("person reminded anna --remove", "waits again (reminder for 2024-11-08)")
    assert city.rows(REMINDERS) == [("2024-11-08", None, None)]
    city.refused("person reminded anna --remove", 5, "anna".title())
    city.corrected("person remind anna --remove", "1 Anna Holm, reminder, 2024-11-08: removed")
    city.refused("person remind anna --remove", 4, "reminder")
    city.refused("person remind anna", 2, "on")


def test_an_application(city: City) -> None:
    city.corrected("volunteer apply bo --correct --date 2024-09-02 --for befriender --for peer --recruited-through friend",
        "2024-09-02 (before: 2024-09-01)", "before: Group leader")  # fmt: skip
    city.corrected("volunteer apply --person bo --correct --note none", "note changed")
    assert city.rows(APPLIED) == [("2024-09-02", None, None, "friend", None, "befriender,peer")]
    city.must("volunteer decline bo --date 2024-09-03 --reason moved_away")
    city.refused("volunteer apply bo --correct --date 2024-09-04", 5, "2024-09-03")
    city.corrected("volunteer decline bo --remove", "3 Bo Ravn, declined, 2024-09-03: removed")
    city.refused("volunteer decline bo --remove", 5, "declined")
    city.refused("volunteer apply bo --correct --born 1990", 2, "person edit")
    city.refused("volunteer apply bo --correct", 2, "Nothing to change")
    city.refused("volunteer apply anna --remove", 4, "applied")
    city.corrected("volunteer apply bo --remove", "3 Bo Ravn, application, 2024-09-02: removed", "person erase 3")
    assert city.rows(APPLIED) == []


def test_a_withdrawal_without_a_consent_is_kept_with_a_remark(city: City) -> None:
    assert "Note: 1 Anna Holm had not given that consent" in city.must("person consent anna research --withdrawn 2024-05-05")
    city.must("person consent anna health_data --given 2024-01-15")
    assert "Note" not in city.must("person consent anna health_data --withdrawn 2024-05-05")


def test_the_log_of_a_join_has_both_numbers(city: City) -> None:
    city.must('intake add "Ann Holm" --enquired 2024-02-08', "person join 1 4")
    (newest, *_older) = json.loads(city.must("log --format json"))
    assert (newest["command"], newest["people"]) == ("person join", [1, 4])


def test_what_ended_by_mistake_goes_on(city: City) -> None:
    city.must("volunteer role karen befriender --to 2024-09-01", "group open Tuesday --kind talk --start 2024-08-06 --leader karen")
    city.corrected("volunteer role karen befriender --to none", "to – (before: 2024-09-01)")
    assert "nothing changed" in city.must("volunteer role karen befriender --to none")
    city.refused("volunteer role karen leader --to none", 4, "no such entry")
    city.must("group leader G1 karen --to 2024-09-03")
    city.corrected("group leader G1 karen --to none", "to – (before: 2024-09-03)")


def test_a_pause_of_a_match(city: City) -> None:
    city.must("match pause anna --date 2024-05-01", "match resume anna --date 2024-06-01")
    city.corrected("match resume anna --remove", "to – (before: 2024-06-01)")
    city.corrected("match pause anna --remove", "1 Anna Holm, pause, 2024-05-01: removed")
    assert city.rows("SELECT count(*) FROM pauses") == [(0,)]
    city.refused("match pause anna --remove", 4, "no such entry")
    city.refused("match resume anna --remove", 4, "no such entry")


def test_whatever_is_said_again_says_what_it_was_before(city: City) -> None:
    city.must("match offer karen --interest hund", "target add visits 100 --period 2024", "goal set anna Cinema", "suggestion add Tea")
    city.corrected("match offer karen --capacity 2 --interest kat", "capacity 2 (before: 1)", "interest kat (before: hund)")
    for mark, first, second in (
        ("target mark 1", "reached", "partly"), ("goal mark anna --goal 1", "reached", "partly"), ("suggestion resolve 1", "adopted", "later"),
    ):  # fmt: skip
        assert "before" not in city.must(f"{mark} {first}")
        city.corrected(f"{mark} {second}", f"(before: {first})")
        city.corrected(f"{mark} none", f"open (before: {second})")
    assert "before" not in city.must("figure set 2024 discord_members 212 --source Discord")
    city.corrected("figure set 2024 discord_members 221 --source Discord", "221 (before: 212)")
    assert "Discord members 2024: removed (before: 221)" in city.must("figure remove 2024 discord_members")
