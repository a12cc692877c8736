"""What misled people: an option given twice that counted once, a Danish word for a kind, a second match without a note, and the day of another offer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from once import made_once
from running import new_city
from town import Town


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Town:
    city = new_city(tmp_path / "aarhus.db")
    town = Town(city)
    town.must("intake", "add", "Anna Ek", "--enquired", "2024-01-02", "--phone", "20304050", "--email", "anna@example.dk")
    town.must("intake", "add", "Bo Ek", "--enquired", "2024-01-02")
    town.must("volunteer", "add", "Vera Vang", "--role", "leader", "--role", "befriender", "--joined", "2023-01-01", "--phone", "20304051")
    return town


@pytest.mark.parametrize("options", [("--show", "phone", "--show", "email"), ("--show", "phone,email")])
def test_show_twice_shows_both(town: Town, options: tuple[str, ...]) -> None:
    shown = town.must("person", "list", *options)
    assert "20304050" in shown and "anna@example.dk" in shown
    assert "20304051" in town.must("volunteer", "list", *options)


@pytest.mark.parametrize("kind", ["henvendelser", "unge", "intakes"])
def test_a_kind_may_be_named_in_danish(town: Town, kind: str) -> None:
    sheet = town.path.with_name("liste.csv")
    sheet.write_text("name,enquired\nCy Ek,2024-01-02\n", encoding="utf-8")
    town.must("import", sheet, "--as", kind)
    assert "Cy Ek" in town.must("person", "list")


def test_a_second_match_beyond_what_was_offered_is_remarked_on(town: Town) -> None:
    town.must("volunteer", "attest", "3", "intro_course", "--date", "2023-02-02")
    town.must("match", "offer", "3", "--capacity", "1")
    assert "Note" not in town.must("match", "start", "1", "3", "--date", "2024-03-01")
    assert "Note: 3 Vera Vang has 1 at that time already, and offered to have 1." in town.must(
        "match", "start", "2", "3", "--date", "2024-03-02"
    )


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("young_people_talk_group", "2024-02-06"),
        ("young_people_network_group", "2024-02-08"),
        ("young_people_social_event", "2024-01-15"),
        ("young_people_online_event", "2024-01-10"),
        ("young_people_youth_meeting", "2024-01-20"),
    ],
)
def test_explain_of_an_offer_shows_the_first_day_in_it(town: Town, key: str, day: str) -> None:
    for ref, kind, start in (("G1", "talk", "2024-02-06"), ("G2", "network", "2024-02-08")):
        town.must("group", "open", "Hold", "--kind", kind, "--start", start, "--weeks", "1", "--ref", ref)
        town.must("group", "enroll", ref, "1", "--date", start)
        town.must("group", "meet", ref, "--date", start, "--present", "1")
    for kind, date in (("social", "2024-01-15"), ("online", "2024-01-10"), ("youth_meeting", "2024-01-20")):
        town.must("event", "log", kind, "--kind", kind, "--date", date, "--present", "1")
    (row,) = json.loads(town.must("stats", "explain", "2024", key, "--format", "json"))["rows"]
    assert (row["person"], row["date"]) == (1, day)


def test_a_group_shows_the_periods_of_its_leaders(town: Town) -> None:
    town.must("group", "open", "Hold", "--kind", "talk", "--start", "2024-09-03", "--weeks", "2", "--leader", "3")
    town.must("group", "leader", "G1", "3", "--to", "2024-10-01")
    assert "3  Vera Vang  2024-09-03  2024-10-01" in town.must("group", "show", "G1")
