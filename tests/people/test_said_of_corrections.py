"""What a correction says: `none` clears or is refused, the day of an age, and what was there before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from journal import City
from running import new_city


@pytest.fixture
def city(tmp_path: Path) -> City:
    city = City(new_city(tmp_path / "aarhus.db"), "2026-10-08")
    city.must("intake add Anna --enquired 2026-01-02", "intake add Bo --enquired 2026-01-02")
    return city


def test_a_reason_is_cleared_and_a_day_is_needed(city: City) -> None:
    city.must("match wait 2", "match unwait 2 --reason none", "person leave 2 --reason moved_away --date 2026-10-01")
    assert city.rows("SELECT reason FROM waits") == [(None,)]
    city.corrected("person leave 2 --reason none --date 2026-10-01", "reason – (before: Moved away)")
    assert city.rows("SELECT date, reason FROM leaving") == [("2026-10-01", None)]
    city.refused("person leave 2 --date 2026-10-01", 5, "left on 2026-10-01 already")
    city.refused("person leave 1 --date none", 2, "date: a day is needed here; left out, it is today.")
    city.refused("match end 1 --reason none", 4, "no Hjerteven")


def test_a_leaving_of_an_unknown_day_is_removed(city: City, tmp_path: Path) -> None:
    (tmp_path / "leaving.csv").write_text("person,date,reason\n1,,\n", encoding="utf-8")
    city.must(f"import {tmp_path / 'leaving.csv'}", "person leave 1 --remove --date none")
    assert city.rows("SELECT * FROM leaving") == []


@pytest.mark.parametrize(("born", "age"), [("1985", "40-41"), ("1985-06-01", "40")])
def test_an_age_is_the_one_on_the_day_of_the_enquiry(city: City, born: str, age: str) -> None:
    said = city.must(f"intake add Eva --enquired 2026-01-02 --born {born}")
    assert f"3 Eva was {age} years old at the enquiry on 2026-01-02, outside 16-30." in said
    assert f"was {age} years old at the enquiry on 2026-01-02" in city.must("intake hold 3 --date 2026-10-01")
    assert f"Was {age} years old at the enquiry on 2026-01-02, outside 16-30" in " ".join(city("check").stdout.split())
    assert f"was {age} years old at the enquiry on 2026-01-02" in city.must("person edit 3 --born none", f"person edit 3 --born {born}")


def test_another_theme_and_note_of_a_meeting_say_what_was_before(city: City) -> None:
    city.must("group open Tirsdag --kind talk --start 2026-09-01 --weeks 0", "group enroll G1 1 --date 2026-09-01")
    first = city.must("group meet G1 --date 2026-09-01 --theme Et --note Stille --present 1")
    assert "Et" not in first and "changed" not in first
    said = city.corrected("group meet G1 --date 2026-09-01 --theme To --note Livlig --present 1", "theme To (before: Et)", "note changed")
    assert "Stille" not in said and "Livlig" not in said
    assert "theme – (before: To)" in city.must("group meet G1 --date 2026-09-01 --theme none --present 1")
    assert "before" not in city.must("group meet G1 --date 2026-09-01 --present 1")


@pytest.mark.parametrize(("excused", "present", "whose"), [(1, 2, "1 Anna"), (2, 1, "2 Bo")])
def test_joining_tells_the_excuse_that_is_not_kept(city: City, excused: int, present: int, whose: str) -> None:
    city.must("group open Tirsdag --kind talk --start 2026-09-01 --weeks 0", "group enroll G1 1,2 --date 2026-09-01")
    city.must(f"group meet G1 --date 2026-09-01 --present {present} --excused {excused}")
    said = city.must("person join 1 2")
    assert f"Not kept of {whose}: excused G1 Tirsdag, 2026-09-01" in said
    assert city.rows("SELECT person_id, part FROM attendance") == [(1, "participant")]


@pytest.mark.parametrize(
    ("language", "kind", "shown"), [("da", "Mødested", "mødested"), ("da", "henviser", "henviser"), ("en", "onward place", "onward")]
)
def test_a_kind_of_partner_that_does_not_count_is_known_by_its_words_and_said(city: City, language: str, kind: str, shown: str) -> None:
    said = city.must(f'partner add Parken --kind "{kind}" --from 2026-01-01 --language {language}')
    counted = "tæller ikke som samarbejdspartner" if language == "da" else "not counted as a partner"
    assert f"Parken ({shown})" in said and counted in said
    assert shown in city.must(f"partner list --language {language}").lower()
    city.must("partner add Skoven --kind sted --from 2026-01-01")
    assert json.loads(city.must("stats year 2026 --format json"))["figures"]["partners"]["value"] == 1


def test_who_is_recorded_as_present_is_excused_with_the_list_that_is_named(city: City) -> None:
    city.must("intake add Eva --enquired 2026-01-02", "volunteer add Karen --joined 2026-01-01 --role leader")
    city.must("group open Tirsdag --kind talk --start 2026-09-01 --weeks 0", "group enroll G1 1,2,3 --date 2026-09-01")
    meet = "group meet G1 --date 2026-09-01"
    city.must(f"{meet} --present 1,2,3 --volunteers 4")
    way = "--present 1,2 --excused 3"
    city.refused(f"{meet} --excused 3", 5, "excused: 3 Eva is recorded as present", way)
    city.refused(f"{meet} --excused 2,3", 5, "--present 1 --excused 2,3")
    city.refused(f"{meet} --excused 4", 5, "excused: 4 Karen is recorded as present", "--volunteers none --excused 4")
    city.refused(f"{meet} --excused 3,4", 5, "--present 1,2 --volunteers none --excused 3,4")
    city.refused(f"{meet} --excused 3 --volunteers 4", 5, "--present 1,2 --volunteers 4 --excused 3")
    city.refused(f"{meet} --present 1,2,3 --excused 3", 2, "excused: 3 Eva is named as present too")
    city.must(f"{meet} {way}")
    assert city.rows("SELECT person_id FROM attendance WHERE part = 'excused'") == [(3,)]


def test_a_theme_alone_is_told(city: City) -> None:
    city.must("group open Tirsdag --kind talk --start 2026-09-01 --weeks 0", "group enroll G1 1 --date 2026-09-01")
    city.must("group meet G1 --date 2026-09-01 --present 1")
    assert "(theme Et (before: –))" in city.must("group meet G1 --date 2026-09-01 --theme Et")
    assert "(theme To (before: Et))" in city.must("group meet G1 --date 2026-09-01 --theme To")
    assert "(note changed)" in city.must("group meet G1 --date 2026-09-01 --note Livlig")
    assert "(theme – (before: To))" in city.must("group meet G1 --date 2026-09-01 --theme none")
    assert "theme" not in city.must("group meet G1 --date 2026-09-01 --note Livlig")
