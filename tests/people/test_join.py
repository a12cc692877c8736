"""Two entries of one person become one: nothing is lost that is not shown, and one `undo` brings both back."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from once import made_once
from running import husrum, looked_into, new_city

TODAY = {"HUSRUM_TODAY": "2024-10-08"}
TABLES = ("people", "former_numbers", "intakes", "answers", "waits", "preferences", "roles", "volunteers", "enrolments", "leaders", "matches",
          "pauses", "offers", "attendance", "contacts", "consents", "leaving", "onward", "former_names", "distinct_people")  # fmt: skip


def run(city: Path, line: str, code: int = 0) -> str:
    """Return what a command writes; `_` in a word is a space."""
    result = husrum(*(word.replace("_", " ") for word in line.split()), "--db", city, env=TODAY)
    assert result.exit_code == code, (line, result.stderr)
    return result.stdout + result.stderr


def rows(city: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows that a query selects in the file."""
    with closing(looked_into(city)) as connection:
        return connection.execute(sql).fetchall()


def contents(city: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that is stored about people."""
    with closing(looked_into(city)) as connection:
        return {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in TABLES}


@pytest.fixture
@made_once
def twice(tmp_path: Path) -> Path:
    """Anna, entered twice: 1 and 2; the volunteers Vera (3) and Bo (4); the group G1."""
    city = new_city(tmp_path / "aarhus.db")
    for line in (
        "intake add Anna_Holm --born 2001 --enquired 2024-01-02 --phone 11111111",
        "intake add Anna_Holm_Jensen --born 2001-05-14 --enquired 2024-02-02 --phone 22222222 --email anna@example.dk",
        "volunteer add Vera --joined 2023-01-01 --role befriender",
        "volunteer add Bo --joined 2023-01-01 --role befriender",
        "group open Tirsdag --kind network --start 2024-01-09 --weeks 0",
    ):
        run(city, line)
    return city


def test_another_reason_for_leaving_on_a_day_is_told(twice: Path) -> None:
    run(twice, "person leave 1 --date 2024-09-01 --reason illness")
    run(twice, "person leave 2 --date 2024-09-01 --reason moved_away")
    assert "reason moved_away" in run(twice, "person join 1 2")
    assert rows(twice, "SELECT date, reason FROM leaving") == [("2024-09-01", "illness")]


@pytest.mark.parametrize("asked", [1, 2])
def test_what_only_one_of_them_was_asked_is_kept(twice: Path, asked: int) -> None:
    run(twice, f"intake hold {asked} --date 2024-03-05 --diagnosis ptsd --loneliness not_asked")
    run(twice, f"intake hold {3 - asked} --date 2024-03-05 --diagnosis not_asked --loneliness declined")
    run(twice, f"measure add {asked} --items 3,2,3 --date 2024-03-05")
    run(twice, f"measure add {3 - asked} --not-asked --date 2024-03-05")
    said = run(twice, "person join 1 2")
    assert "PTSD" not in said and "sked" not in said, said
    assert rows(twice, "SELECT question, answer FROM answers ORDER BY 1") == [("diagnosis", "ptsd"), ("loneliness", "declined")]
    assert rows(twice, "SELECT non_answer IS NULL FROM measures") == [(1,)]


def test_what_only_one_has_is_kept_and_what_is_not_kept_is_shown(twice: Path) -> None:
    run(twice, "match wait 1 --since 2024-05-01 --interest dogs")
    run(twice, "match wait 2 --since 2024-04-01 --interest chess --interest dogs")
    before = contents(twice)
    said = run(twice, "person join 1 2")
    assert "phone 22222222" in said
    assert "name Anna Holm Jensen" in said
    assert rows(twice, "SELECT name, born, phone, email FROM people WHERE number = 1") == [
        ("Anna Holm", "2001-05-14", "11111111", "anna@example.dk")
    ]
    assert rows(twice, "SELECT starts, ends FROM waits") == [("2024-04-01", None)]
    assert sorted(rows(twice, "SELECT kind, value FROM preferences")) == [("interest", "chess"), ("interest", "dogs")]
    assert rows(twice, "SELECT count(*) FROM intakes") == [(2,)]
    assert json.loads(run(twice, "stats year 2024 --format json"))["figures"]["waiting_list"]["value"] == 1
    run(twice, "undo --yes")
    assert contents(twice) == before


@pytest.mark.parametrize(
    ("lines", "table", "expected"),
    [
        (("group enroll G1 1 --date 2024-03-01", "group enroll G1 2 --date 2024-02-01"), "enrolments", [("2024-02-01", None)]),
        (("group enroll G1 2 --date 2024-02-01", "group leave G1 2 --date 2024-02-20 --reason illness", "group enroll G1 1 --date 2024-03-01"),
         "enrolments", [("2024-02-01", "2024-02-20"), ("2024-03-01", None)]),
        (("match start 1 3 --date 2024-03-01 --force agreed", "match start 2 3 --date 2024-02-01 --force agreed"), "matches", [("2024-02-01", None)]),
        (("volunteer role 1 leader --from 2024-03-01", "volunteer role 2 leader --from 2024-02-01 --to 2024-04-01"), "roles",
         [("2024-02-01", None)]),
        (("group leader G1 1 --from 2024-03-01 --to 2024-05-01", "group leader G1 2 --from 2024-02-01 --to 2024-04-01"), "leaders",
         [("2024-02-01", "2024-05-01")]),
    ],
)  # fmt: skip
def test_overlapping_periods_become_one(twice: Path, lines: tuple[str, ...], table: str, expected: list[tuple[Any, ...]]) -> None:
    for line in lines:
        run(twice, line)
    before = contents(twice)
    run(twice, "person join 1 2")
    own = "person_id = (SELECT id FROM people WHERE number = 1)"
    assert rows(twice, f"SELECT starts, ends FROM {table} WHERE {own} ORDER BY starts") == expected
    run(twice, "undo --yes")
    assert contents(twice) == before


def test_a_wait_that_a_match_ended_does_not_swallow_a_later_one(twice: Path) -> None:
    for line in (
        "match wait 1 --since 2024-01-10",
        "match start 1 3 --date 2024-02-01 --force agreed",
        "match end 1 --date 2024-06-01 --reason completed",
    ):
        run(twice, line)
    run(twice, "match wait 2 --since 2024-07-01")
    run(twice, "person join 1 2")
    assert sorted(rows(twice, "SELECT starts FROM waits")) == [("2024-01-10",), ("2024-07-01",)]


def test_volunteers_on_both_sides_of_matches_and_their_offers(twice: Path) -> None:
    for line in (
        "match start 1 3 --date 2024-03-01 --force agreed", "match start 1 4 --date 2024-02-01 --force agreed", "match offer 3 --capacity 2 --from 2024-02-01",
        "match offer 4 --capacity 1 --from 2024-01-01 --interest chess",
    ):  # fmt: skip
        result = husrum(*line.split(), "--db", twice, env=TODAY)
        assert result.exit_code == 0 or "match start 1 4" in line
    said = run(twice, "person join 3 4")
    assert rows(twice, "SELECT capacity, starts FROM offers") == [(2, "2024-01-01")]
    assert "capacity 1" in said
    assert rows(twice, "SELECT value FROM preferences") == [("chess",)]


def test_active_matches_with_different_volunteers_are_refused(twice: Path) -> None:
    run(twice, "match start 1 3 --date 2024-03-01 --force agreed")
    run(twice, "match start 2 4 --date 2024-04-01 --force agreed")
    before = contents(twice)
    said = run(twice, "person join 1 2", code=5)
    assert "3 Vera" in said
    assert "4 Bo" in said
    assert contents(twice) == before


def test_the_same_enquiry_twice_is_one_and_its_answers_are_united(city: Path) -> None:
    run(city, "intake add Anna --enquired 2024-01-02 --held 2024-01-10 --diagnosis anxiety --note first")
    run(city, "intake add Anna_H --enquired 2024-01-02 --held 2024-01-11 --diagnosis autism --loneliness severe --note second")
    said = run(city, "person join 1 2")
    for words in ("Autism", "second", "2024-01-11"):
        assert words in said
    assert rows(city, "SELECT enquired, held, note FROM intakes") == [("2024-01-02", "2024-01-10", "first")]
    assert rows(city, "SELECT question, answer FROM answers ORDER BY 1") == [("diagnosis", "anxiety"), ("loneliness", "severe")]


def test_two_interviews_of_one_day_are_one(city: Path) -> None:
    run(city, "intake add Anna --enquired 2024-01-02 --held 2024-02-10 --diagnosis anxiety")
    run(city, "intake add Anna_H --enquired 2024-02-02 --held 2024-02-10 --diagnosis autism --loneliness severe")
    said = run(city, "person join 1 2")
    assert "Autism" in said
    assert rows(city, "SELECT enquired, held FROM intakes ORDER BY 1") == [("2024-01-02", "2024-02-10"), ("2024-02-02", None)]
    assert rows(city, "SELECT count(*) FROM answers") == [(2,)]
    assert "waits for an interview" not in run(city, "today --format json")


@pytest.mark.parametrize("order", ["1 2", "2 1"])
@pytest.mark.parametrize(("lists", "named"), [("--present 1 --volunteers 2", "volunteers"), ("--present 1,2", "present")])
def test_a_volunteer_at_an_event_is_one_in_whichever_order_they_are_joined(city: Path, order: str, lists: str, named: str) -> None:
    run(city, "intake add Anna_Ek --enquired 2024-01-02")
    run(city, "volunteer add Anna_Jensen --role organiser --joined 2024-02-15")
    run(city, f"event log Spil --date 2024-05-06 {lists}")
    run(city, f"person join {order}")
    part = "volunteer" if named == "volunteers" else "participant"
    assert rows(city, "SELECT named_as, part FROM attendance") == [(named, part)]


def test_two_people_are_not_asked_about_again(city: Path) -> None:
    run(city, "intake add Anna_Holm --enquired 2024-01-02")
    run(city, "intake add Anna_Holm --enquired 2024-01-03")
    assert "person join 1 2" in run(city, "check")
    run(city, "person distinct 2 1")
    assert "person join" not in run(city, "check")
    run(city, "person distinct 1 2", code=5)
    run(city, "person join 1 2", code=5)
    run(city, "person join 1 2 --force")
    assert rows(city, "SELECT count(*) FROM distinct_people") == [(0,)]


def test_a_former_name_finds_and_recognises_and_is_shown_nowhere(city: Path, tmp_path: Path) -> None:
    run(city, "intake add Anna_Holm --born 2001-01-01 --enquired 2024-01-02")
    run(city, "person formerly 1 Anna_Jensen")
    assert "1" in run(city, "person find jensen")
    run(city, "event log Spil --present anna_jensen")
    run(city, "intake add anna-jensen --born 2001-01-01", code=5)
    file = tmp_path / "intakes.csv"
    file.write_text("name,born,enquired\nAnna Jensen,2001-01-01,2024-05-01\n")
    assert husrum("import", file, "--db", city).exit_code == 0
    assert rows(city, "SELECT count(*) FROM people") == [(1,)]
    assert rows(city, "SELECT count(*) FROM intakes") == [(2,)]
    for line in ("person show 1", "person list", "intake list", "intake show 1", "event show E1"):
        assert "Jensen" not in run(city, line)


@pytest.mark.parametrize(("kept", "other"), [("1", "2"), ("2", "1")])
def test_what_one_of_them_withdrew_does_not_come_back(twice: Path, kept: str, other: str) -> None:
    run(twice, "intake edit 1 --loneliness severe")
    run(twice, "person consent 1 national_linking --given 2024-01-02")
    for purpose in ("health_data", "national_linking"):
        run(twice, f"person consent 2 {purpose} --given 2024-02-02")
        run(twice, f"person consent 2 {purpose} --withdrawn 2024-06-01")
    before = contents(twice)
    for purpose in ("health_data", "national_linking"):
        said = run(twice, f"person join {kept} {other}", 5)
        command = f"husrum person consent 1 {purpose} --withdrawn 2024-06-01"
        assert "2 Anna Holm Jensen withdrew a consent" in said and said.rstrip().endswith(command)
        # The first one never gave the consent to answers about health.
        assert ("Anna Holm still gives" in said, "Anna Holm has answers from before" in said) == (
            purpose != "health_data",
            purpose == "health_data",
        )
        assert contents(twice) == before
        run(twice, command.removeprefix("husrum "))
        before = contents(twice)
    run(twice, f"person join {kept} {other}")
    assert rows(twice, "SELECT count(*) FROM answers WHERE question = 'loneliness'") == [(0,)]
    assert rows(twice, "SELECT count(*) FROM consents WHERE withdrawn IS NULL") == [(0,)]


def test_a_consent_given_again_after_it_was_withdrawn_is_no_obstacle(twice: Path) -> None:
    run(twice, "person consent 2 health_data --given 2024-02-02")
    run(twice, "person consent 2 health_data --withdrawn 2024-06-01")
    run(twice, "person consent 1 health_data --given 2024-07-01")
    run(twice, "person join 1 2")


@pytest.mark.parametrize("given", ["2024-02-02", None])
def test_answers_from_before_a_withdrawal_go_though_the_consent_was_given_again(twice: Path, given: str | None) -> None:
    run(twice, "intake edit 1 --loneliness severe")
    if given:
        run(twice, f"person consent 2 health_data --given {given}")
    run(twice, "person consent 2 health_data --withdrawn 2024-06-01")
    run(twice, "person consent 1 health_data --given 2024-07-01")
    said = run(twice, "person join 1 2", 5)
    assert "has answers from before" in said and "still gives" not in said
    run(twice, said.partition("first: husrum ")[2].strip())
    run(twice, "person join 1 2")
    assert rows(twice, "SELECT count(*) FROM answers WHERE question = 'loneliness'") == [(0,)]
    current = "SELECT given FROM consents WHERE withdrawn IS NULL"
    assert rows(twice, current) == [("2024-07-01",)]


@pytest.mark.parametrize(("ends", "reason"), [("2024-06-01", "other"), (None, None)])
def test_the_reason_of_the_first_stays_and_that_of_the_second_is_told(twice: Path, ends: str | None, reason: str | None) -> None:
    run(twice, "match wait 1 --since 2024-03-01")
    run(twice, "match unwait 1 --date 2024-05-01 --reason other")
    run(twice, "match wait 2 --since 2024-04-01")
    if ends:
        run(twice, f"match unwait 2 --date {ends} --reason moved_away")
    said = run(twice, "person join 1 2")
    assert ("reason moved_away" in said, "reason other" in said) == (bool(ends), not ends)  # what goes on has no reason
    assert rows(twice, "SELECT starts, ends, reason FROM waits") == [("2024-03-01", ends, reason)]
