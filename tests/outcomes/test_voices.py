"""Goals, suggestions and quotes of young people: entered, resolved, corrected, imported, exported and erased."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from once import made_once
from running import looked_into, new_city
from terminal import ENTER, INTERRUPT, Terminal
from town import TODAY, Town


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Town:
    town = Town(new_city(tmp_path / "town.db"))
    for name in ("Anna Holm", "Bo Dal"):
        town.must("intake", "add", name, "--enquired", "2024-01-02", "--held", "2024-01-10")
    town.must("group", "open", "Tuesday", "--kind", "talk", "--start", "2024-02-06")
    town.must("event", "log", "Dinner", "--date", "2024-03-01", "--present", "1,2")
    return town


def rows(town: Town, *words: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(town.must(*words, "--format", "json"))
    return found


def test_a_goal_is_set_and_marked(town: Town) -> None:
    assert "goal 1 set" in town.must("goal", "set", "anna", "Call a friend", "--group", "G1", "--date", "2024-02-06")
    assert "goal 2 set" in town.must("goal", "set", "1", "Take the bus")
    town.must("goal", "set", "bo", "Sleep")
    town.must("goal", "mark", "1", "reached", "--goal", "1", "--date", "2024-02-13")
    town.must("goal", "mark", "anna", "delvist")  # the latest that is open
    assert [(row["goal"], row["outcome"], row["marked"]) for row in rows(town, "goal", "list", "--person", "1")] == [
        (1, "reached", "2024-02-13"),
        (2, "partly", TODAY),
    ]
    assert [row["text"] for row in rows(town, "goal", "list", "--group", "G1")] == ["Call a friend"]
    town.must("goal", "mark", "1", "none", "--goal", "2")
    town.must("goal", "edit", "1", "--goal", "2", "--text", "Walk", "--group", "G1")
    assert [(row["text"], row["group"], row["outcome"]) for row in rows(town, "goal", "list", "--person", "1")][1] == ("Walk", "G1", None)
    town.must("goal", "remove", "1", "--goal", "1")
    assert [row["goal"] for row in rows(town, "goal", "list")] == [2, 1]
    town.must("undo")
    assert [row["goal"] for row in rows(town, "goal", "list")] == [1, 2, 1]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("goal", "mark", "2", "reached"), 4),
        (("goal", "mark", "1", "reached", "--goal", "7"), 4),
        (("goal", "mark", "1", "perfectly"), 2),
        (("goal", "mark", "1", "reached", "--date", "2024-01-01"), 5),
        (("goal", "mark", "1", "reached", "--date", "2030-01-01"), 5),
        (("goal", "set", "1", "Call 010190-1017"), 2),
        (("goal", "set", "1", ""), 2),
        (("goal", "edit", "1"), 2),
        (("goal", "remove", "1", "--goal", "x"), 2),
        (("suggestion", "resolve", "3", "adopted"), 4),
        (("suggestion", "resolve", "x", "adopted"), 2),
        (("suggestion", "edit", "1"), 2),
        (("suggestion", "add", "Climbing", "--event", "E9"), 4),
        (("quote", "add", "I can be me", "--person", "1"), 5),
        (("quote", "add", "I can be me", "--person", "1", "--force"), 5),
        (("quote", "remove", "1"), 4),
    ],
)
def test_what_is_refused(town: Town, words: tuple[str, ...], status: int) -> None:
    town.must("goal", "set", "1", "Call a friend", "--date", "2024-02-06")
    town.must("suggestion", "add", "Climbing")
    done = town(*words)
    assert done.exit_code == status and len(done.stderr.strip().splitlines()) == 1


def test_a_suggestion_and_what_came_of_it(town: Town) -> None:
    town.must("suggestion", "add", "Climbing on Thursdays", "--event", "E1", "--date", "2024-03-01")
    town.must("suggestion", "add", "A film")
    town.must("suggestion", "resolve", "1", "adopted", "--date", "2024-04-01", "--note", "From May on")
    (first, second) = rows(town, "suggestion", "list")
    assert first == {
        "number": 1, "date": "2024-03-01", "text": "Climbing on Thursdays", "event": "E1", "outcome": "adopted",
        "resolved": "2024-04-01", "note": "From May on",
    }  # fmt: skip
    assert [row["number"] for row in rows(town, "suggestion", "list", "--open")] == [2] == [second["number"]]
    town.must("suggestion", "resolve", "1", "none")
    town.must("suggestion", "edit", "1", "--event", "none", "--text", "Climbing")
    assert [(row["text"], row["event"], row["outcome"], row["note"]) for row in rows(town, "suggestion", "list")][0] == (
        "Climbing", None, None, None,
    )  # fmt: skip
    town.must("suggestion", "remove", "1")
    assert [row["number"] for row in rows(town, "suggestion", "list")] == [2]
    town.must("undo")
    assert len(rows(town, "suggestion", "list")) == 2


def test_a_quote_needs_the_consent_and_goes_with_it(town: Town) -> None:
    town.must("person", "consent", "1", "quotes_photos", "--given", "2024-02-01")
    town.must("quote", "add", "Here I can be me", "--person", "anna", "--date", "2024-03-01")
    town.must("quote", "add", "I came back", "--person", "1")
    assert town("quote", "edit", "1", "--person", "2").exit_code == 5
    town.must("quote", "edit", "1", "--text", "Here I am me")
    assert [(row["number"], row["person"], row["text"]) for row in rows(town, "quote", "list")] == [
        (1, 1, "Here I am me"),
        (2, 1, "I came back"),
    ]
    assert "2 quotes are deleted" in town.must("person", "consent", "1", "quotes_photos", "--withdrawn", TODAY)
    assert rows(town, "quote", "list") == []
    assert town("quote", "add", "I came back", "--person", "1").exit_code == 5
    with closing(looked_into(town.path)) as file:
        assert not file.execute("SELECT 1 FROM former_rows WHERE row LIKE '%Here I%'").fetchall()


def test_a_consent_withdrawn_in_a_list_takes_the_quotes_with_it_too(town: Town, tmp_path: Path) -> None:
    town.must("person", "consent", "1", "quotes_photos", "--given", "2024-02-01")
    town.must("quote", "add", "Here I can be me", "--person", "1", "--date", "2024-03-01")
    consents = tmp_path / "consents.csv"
    consents.write_text("person,purpose,given,withdrawn\n1,quotes_photos,2024-02-01,2024-05-01\n", encoding="utf-8")
    assert "1 Anna Holm: 1 quote is deleted." in town.must("import", consents)
    assert rows(town, "quote", "list") == []


def test_a_quote_from_after_the_day_of_a_withdrawal_goes_too_unless_another_consent_is_left(town: Town) -> None:
    town.must("person", "consent", "1", "quotes_photos", "--given", "2024-02-01")
    town.must("quote", "add", "Here I can be me", "--person", "1")
    town.must("person", "consent", "1", "quotes_photos", "--withdrawn", "2024-05-05")
    assert rows(town, "quote", "list") == []
    town.must("person", "consent", "1", "quotes_photos", "--given", "2024-06-01")
    town.must("quote", "add", "I came back", "--person", "1")
    town.must("person", "consent", "1", "quotes_photos", "--given", "2024-02-01", "--withdrawn", "2024-05-06")
    assert [row["text"] for row in rows(town, "quote", "list")] == ["I came back"]


def test_exported_tables_make_the_same_file(town: Town, tmp_path: Path) -> None:
    town.must("person", "consent", "1", "quotes_photos", "--given", "2024-02-01")
    for words in (
        ("goal", "set", "1", "Call a friend", "--group", "G1"),
        ("goal", "set", "1", "Gone again"),
        ("goal", "set", "1", "Take the bus"),
        ("goal", "remove", "1", "--goal", "2"),
        ("goal", "mark", "1", "not", "--goal", "1"),
        ("suggestion", "add", "Climbing; or =1+1", "--event", "E1"),
        ("suggestion", "resolve", "1", "later", "--note", "Two\nlines"),
        ("quote", "add", "Here I can be me", "--person", "1"),
    ):
        town.must(*words)
    town.must("export", "tables", tmp_path / "out")
    other = Town(new_city(tmp_path / "other.db"))
    files = sorted((tmp_path / "out").glob("*.csv"))
    other.must("import", *files)
    for words in (("goal", "list"), ("suggestion", "list"), ("quote", "list")):
        assert rows(other, *words) == rows(town, *words) != []
    assert "nothing was added" in other.must("import", *files)


def test_what_may_still_change_is_filled_in_by_an_import(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "goals.csv"
    path.write_text("person;text;group;date;outcome;marked\n1;Call a friend;G1;2024-02-06;;\n", encoding="utf-8")
    town.must("import", path)
    path.write_text("person;text;group;date;outcome;marked\n1;Call a friend;G1;2024-02-06;nået;13/2-2024\n", encoding="utf-8")
    town.must("import", path)
    (goal,) = rows(town, "goal", "list")
    assert (goal["goal"], goal["outcome"], goal["marked"]) == (1, "reached", "2024-02-13")
    path.write_text("person;text;group;date;outcome\n1;Call a friend;G1;2024-02-06;not\n", encoding="utf-8")
    done = town("import", path)
    assert done.exit_code == 2 and "Call a friend" not in done.stderr


def test_erasing_somebody_takes_their_name_out_of_what_others_said(town: Town) -> None:
    town.must("goal", "set", "1", "Call Bo Dal")
    town.must("goal", "set", "2", "Sleep")
    town.must("suggestion", "add", "Let Bo Dal cook")
    town.must("person", "erase", "2", "--yes")
    assert [row["text"] for row in rows(town, "goal", "list")] == ["Call […]"]
    assert [row["text"] for row in rows(town, "suggestion", "list")] == ["Let […] cook"]


def test_a_correction_says_what_it_was_before(town: Town) -> None:
    town.must("goal", "set", "1", "Call a friend", "--group", "G1", "--date", "2024-02-06")
    said = town.must("goal", "edit", "1", "--group", "none", "--date", "2024-02-07", "--text", "Call my aunt")
    assert "1 Anna Holm, goal 1: " in said and "group – (before: G1 Tuesday)" in said
    assert "date 2024-02-07 (before: 2024-02-06)" in said and "Call my aunt (before: Call a friend)" in said
    assert "nothing changed" in town.must("goal", "edit", "1", "--date", "2024-02-07")
    town.must("suggestion", "add", "More games", "--event", "E1", "--date", "2024-03-01")
    said = town.must("suggestion", "edit", "1", "--event", "none", "--note", "Not yet")
    assert "event – (before: E1 Dinner)" in said and "note changed" in said and "Not yet" not in said
    for person in ("1", "2"):
        town.must("person", "consent", person, "quotes_photos", "--given", "2024-01-10")
    town.must("quote", "add", "It is good here", "--person", "1", "--date", "2024-03-01")
    said = town.must("quote", "edit", "1", "--person", "bo", "--text", "It is fine here")
    assert "person 2 Bo Dal (before: 1 Anna Holm)" in said and "It is fine here (before: It is good here)" in said


# While a meeting is recorded at a terminal ------------------------------------------------------------------------------------------------

AT = {"HUSRUM_TODAY": TODAY}


@pytest.fixture
def group(town: Town) -> Town:
    town.must("group", "enroll", "G1", "1,2", "--date", "2024-02-06")
    town.must("group", "meet", "G1", "--date", "2024-02-06", "--present", "1,2")
    return town


def ticked(group: Town, seat: Terminal) -> None:
    """Both came."""
    seat.see("Space: tick")
    seat.type("  ")
    seat.see("2 participants")
    seat.press(ENTER)


def test_goals_of_the_last_meeting_are_gone_through(group: Town) -> None:
    group.must("goal", "set", "1", "Call a friend", "--group", "G1", "--date", "2024-02-06")
    with Terminal(group.path, "group", "meet", "G1", "--date", "2024-02-13", env=AT) as seat:
        ticked(group, seat)
        seat.see("1 goal from an earlier meeting")
        seat.type(f"yes{ENTER}")
        seat.see("1 Anna: Call a friend (2024-02-06)")
        seat.type(f"perhaps{ENTER}")
        seat.see("Choose from")
        seat.type(f"part{ENTER}")
        seat.asked("Next goal")
        seat.type(f"Call my aunt{ENTER}")
        seat.see("goal 2 of 2", "2 Bo")
        seat.asked("Next goal")
        seat.type(f"010190-1017{ENTER}")
        seat.see("CPR")
        seat.asked("Next goal")
        seat.press(ENTER)
        status, said = seat.end()
    left = said.rpartition("\x1b[?1049l")[2]
    assert status == 0 and "1 goal marked, 1 set" in left and "Call" not in left
    assert [(row["person"], row["text"], row["date"], row["outcome"], row["marked"], row["group"]) for row in rows(group, "goal", "list")] == [
        (1, "Call a friend", "2024-02-06", "partly", "2024-02-13", "G1"), (1, "Call my aunt", "2024-02-13", None, None, "G1")]  # fmt: skip
    group.must("undo")  # the goals; the meeting stays
    assert [row["outcome"] for row in rows(group, "goal", "list")] == [None]


def test_a_group_without_open_goals_is_not_told_of_none(group: Town) -> None:
    group.must("goal", "set", "1", "Call a friend", "--group", "G1", "--date", "2024-02-06")
    group.must("goal", "mark", "1", "reached", "--date", "2024-02-06")
    with Terminal(group.path, "group", "meet", "G1", "--date", "2024-02-13", env=AT) as seat:
        ticked(group, seat)
        screen = seat.see("Go through the goals now?")
        assert "outcome" not in "\n".join(screen)
        seat.press(ENTER)
        assert seat.end()[0] == 0


def test_a_window_that_is_closed_keeps_the_goals_that_were_answered(group: Town) -> None:
    for person in (1, 2):
        group.must("goal", "set", person, "Sleep", "--group", "G1", "--date", "2024-02-06")
    with Terminal(group.path, "group", "meet", "G1", "--date", "2024-02-13", env=AT) as seat:
        ticked(group, seat)
        seat.asked("Go through the goals now?")
        seat.type(f"yes{ENTER}")
        seat.see("1 Anna: Sleep")
        seat.type(f"reached{ENTER}")
        seat.asked("Next goal")
        seat.type(f"Run{ENTER}")
        seat.see("goal 2 of 2")
        seat.type(f"partly{ENTER}")
        seat.asked("Next goal")
        with closing(looked_into(group.path, None)) as lock:
            seat.hang_up(lock)
    assert {(row["person"], row["text"], row["outcome"]) for row in rows(group, "goal", "list")} == {
        (1, "Run", None), (1, "Sleep", "reached"), (2, "Sleep", "partly")}  # fmt: skip


def test_goals_may_be_left_for_another_time_and_what_was_answered_is_kept(group: Town) -> None:
    group.must("goal", "set", "2", "Sleep", "--group", "G1", "--date", "2024-02-06")
    with Terminal(group.path, "group", "meet", "G1", "--date", "2024-02-13", env=AT) as seat:
        ticked(group, seat)
        seat.asked("Go through the goals now?")
        seat.press(ENTER)
        assert seat.end()[0] == 0
    with Terminal(group.path, "group", "meet", "G1", "--date", "2024-02-20", env=AT) as seat:
        ticked(group, seat)
        seat.asked("Go through the goals now?")
        seat.type(f"yes{ENTER}")
        seat.see("2 Bo: Sleep")
        seat.type(f"reached{ENTER}")
        seat.asked("Next goal")
        seat.press(ENTER)
        seat.see("goal 2 of 2")
        seat.press(INTERRUPT)
        assert seat.end()[0] == 0
    assert [(row["outcome"], row["marked"]) for row in rows(group, "goal", "list")] == [("reached", "2024-02-20")]
    meetings = json.loads(group.must("group", "show", "G1", "--format", "json"))["meetings"]
    assert [meeting["present"] for meeting in meetings if meeting["state"] == "held"] == [[1, 2]] * 3


def test_a_group_without_goals_is_not_asked(group: Town) -> None:
    group.must("goal", "set", "1", "Call a friend", "--date", "2024-02-06")  # of no group
    with Terminal(group.path, "group", "meet", "G1", "--date", "2024-02-13", env=AT) as seat:
        ticked(group, seat)
        status, said = seat.end()
    assert status == 0 and "goal" not in said.casefold()
