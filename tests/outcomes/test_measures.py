"""Measurements: recorded item by item, corrected, imported and exported; never shown unless asked for."""

from __future__ import annotations

import json
import sqlite3
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
    town.must("person", "consent", "1", "health_data", "--given", "2024-01-10")
    return town


def stored(town: Town) -> list[tuple[object, ...]]:
    with closing(looked_into(town.path)) as file:
        sql = "SELECT number, instrument, date, items, non_answer FROM measures JOIN people ON people.id = person_id ORDER BY date, instrument"
        return file.execute(sql).fetchall()


def shown(town: Town, *words: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(town.must(*words, "--format", "json"))
    return found


def test_recorded_from_the_command_line_and_shown_only_when_asked(town: Town) -> None:
    said = town.must("measure", "add", "anna", "--items", "3,2,3", "--date", "2024-01-10")
    assert "T-ILS of 2024-01-10 recorded" in said and "8" not in said.replace("husrum person remind", "")
    assert "person remind 1 --on DATE" in said  # 8 of 9
    town.must("measure", "add", "1", "--instrument", "who5", "--items", "5,,4,4,4", "--date", "2024-01-10")
    assert "remind" not in town.must("measure", "add", "1", "--declined")
    assert stored(town) == [
        (1, "tils", "2024-01-10", "3,2,3", None),
        (1, "who5", "2024-01-10", "5,,4,4,4", None),
        (1, "tils", TODAY, None, "declined"),
    ]
    plain = shown(town, "measure", "list", "1")
    assert {key for row in plain for key in row} == {"date", "instrument", "non_answer"}
    asked = shown(town, "measure", "list", "1", "--show", "items,score")
    assert [(row["items"], row["score"]) for row in asked] == [([3, 2, 3], 8), ([5, None, 4, 4, 4], None), ([], None)]
    for words in (("log",), ("person", "show", "1"), ("measure", "due", "--date", "2024-09-01"), ("check",), ("today",)):
        output = town(*words)
        assert "3,2,3" not in output.stdout + output.stderr and "score" not in output.stdout + output.stderr


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("--items", "3,2"), 2),
        (("--items", "3,2,4"), 2),
        (("--items", "0,2,3"), 2),
        (("--items", "a,2,3"), 2),
        (("--items", ",,"), 2),
        (("--instrument", "phq9", "--items", "1,2,3"), 2),
        (("--items", "3,2,3", "--declined"), 2),
        (("--declined", "--not-asked"), 2),
        ((), 2),
        (("--items", "3,2,3", "--date", "2030-01-01"), 5),
        (("--items", "3,2,3", "--date", "2024-02-01"), 5),
    ],
)
def test_what_can_not_be_is_refused_without_repeating_an_answer(town: Town, words: tuple[str, ...], status: int) -> None:
    town.must("measure", "add", "1", "--items", "1,1,1", "--date", "2024-02-01")
    done = town("measure", "add", "1", *words)
    assert done.exit_code == status and len(stored(town)) == 1
    assert "3,2" not in done.stderr and "a,2" not in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_the_consent_is_warned_of_and_withdrawing_it_deletes_the_answers(town: Town) -> None:
    assert "husrum person consent 2 health_data" in town.must("measure", "add", "bo", "--items", "1,1,1")
    assert "consent" not in town.must("measure", "add", "anna", "--items", "1,1,1", "--date", "2024-03-01")
    town.must("measure", "add", "anna", "--not-asked", "--date", "2024-03-02")
    said = town.must("person", "consent", "1", "health_data", "--withdrawn", "2024-04-01")
    assert "1 answer about health is deleted" in said
    assert [row[:3] for row in stored(town)] == [(1, "tils", "2024-03-02"), (2, "tils", TODAY)]
    assert town("measure", "add", "1", "--items", "1,1,1", "--date", "2024-04-01").exit_code == 5
    with closing(looked_into(town.path)) as file:
        assert not file.execute("SELECT 1 FROM former_rows WHERE row LIKE '%1,1,1%'").fetchall()


def test_corrected_removed_and_taken_back(town: Town) -> None:
    town.must("measure", "add", "1", "--items", "1,2,1", "--date", "2024-02-01")
    key = ("1", "--instrument", "tils", "--date", "2024-02-01")
    said = town.must("measure", "edit", *key, "--items", "2,2,2", "--new-date", "2024-02-02")
    assert "date 2024-02-02 (before: 2024-02-01), items changed" in said and "2,2,2" not in said and "1,2,1" not in said
    assert stored(town) == [(1, "tils", "2024-02-02", "2,2,2", None)]
    assert town("measure", "edit", *key, "--declined").exit_code == 4
    assert town("measure", "edit", *key[:-1], "2024-02-02").exit_code == 2
    town.must("measure", "edit", *key[:-1], "2024-02-02", "--declined")
    assert stored(town) == [(1, "tils", "2024-02-02", None, "declined")]
    town.must("undo")
    town.must("measure", "remove", *key[:-1], "2024-02-02")
    assert stored(town) == []
    town.must("undo")
    assert stored(town) == [(1, "tils", "2024-02-02", "2,2,2", None)]


def test_due_from_ninety_days_after_the_baseline_until_there_is_an_answer(town: Town) -> None:
    town.must("measure", "add", "1", "--items", "3,2,3", "--date", "2024-01-10")

    def due(day: str) -> list[object]:
        return [row["person"] for row in shown(town, "measure", "due", "--date", day)]

    assert due("2024-04-08") == [] and due("2024-04-09") == [1]
    town.must("measure", "add", "1", "--items", "3,2,3", "--date", "2024-03-19")  # 69 days: too early to be a follow-up
    assert due("2024-04-09") == [1]
    town.must("measure", "add", "1", "--declined", "--date", "2024-03-20")
    assert due("2024-04-09") == []
    town.must("undo")
    town.must("person", "leave", "1", "--date", "2024-04-20")
    assert due("2024-05-01") == []


def test_a_late_first_score_is_never_due(town: Town) -> None:
    town.must("event", "log", "Dinner", "--date", "2024-01-20", "--present", "1")
    town.must("event", "log", "Games", "--date", "2024-01-22", "--present", "1")
    town.must("event", "log", "Film", "--date", "2024-01-25", "--present", "1")
    town.must("measure", "add", "1", "--items", "3,2,3", "--date", "2024-01-26")
    assert shown(town, "measure", "due", "--date", "2024-10-01") == []
    town.must("measure", "edit", "1", "--instrument", "tils", "--date", "2024-01-26", "--new-date", "2024-01-25")
    assert [row["person"] for row in shown(town, "measure", "due", "--date", "2024-10-01")] == [1]


def test_imported_and_exported(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "measures.csv"
    path.write_text(
        'person;instrument;date;items;declined\nAnna Holm;who5;1/2-2024;"1,2,,4,5";\n2;T-ILS;2024-02-03;;ja\n1;;2024-02-04;"3,3,3";\n'
    )
    town.must("import", path)
    assert stored(town) == [
        (1, "who5", "2024-02-01", "1,2,,4,5", None),
        (2, "tils", "2024-02-03", None, "declined"),
        (1, "tils", "2024-02-04", "3,3,3", None),
    ]
    assert "nothing was added" in town.must("import", path)
    for line in ('1;who5;2024-02-01;"5,2,,4,5";', "2;tils;2024-02-03;1,1,1;", '1;who5;2024-02-09;"7,2,1,4,5";', "1;who5;;1,1,1,1,1;"):
        path.write_text(f"person;instrument;date;items;declined\n{line}\n")
        done = town("import", path)
        assert done.exit_code == 2 and line.split(";")[3].strip('"') not in done.stdout + done.stderr
    town.must("export", "tables", tmp_path / "out")
    other = Town(new_city(tmp_path / "other.db"))
    other.must("import", *sorted((tmp_path / "out").glob("*.csv")))
    assert stored(other) == stored(town)


def test_only_items_and_dates_travel_and_a_database_refuses_both_or_neither(town: Town) -> None:
    with closing(looked_into(town.path)) as file, pytest.raises(sqlite3.IntegrityError):
        file.execute("INSERT INTO measures (person_id, instrument, date) VALUES (1, 'tils', '2024-01-01')")


def test_asked_item_by_item_on_a_screen_that_is_gone(town: Town) -> None:
    today = {"HUSRUM_TODAY": TODAY}
    with Terminal(town.path, "measure", "add", "2", env=today) as seat:
        seat.asked("yes/no")
        seat.type(f"yes{ENTER}")
        seat.see("question 1 of 3")
        seat.type(f"3{ENTER}")
        lines = seat.see("question 2 of 3")
        assert "question 1 of 3" not in "".join(lines) and not any(line.endswith(": 3") for line in lines)
        seat.type(f"9{ENTER}")
        seat.see("A number from 1 to 3")
        seat.type(f"<{ENTER}")
        assert not any(line.endswith(": 3") for line in seat.see("question 1 of 3"))
        seat.type(f"2{ENTER}")
        seat.see("question 2 of 3")
        seat.type(ENTER)
        seat.see("question 3 of 3")
        seat.type(f"1{ENTER}")
        status, shown = seat.end()
    on_screen, _switch, left = shown.rpartition("\x1b[?1049l")
    assert status == 0 and "question 3 of 3" in on_screen and "recorded" in left and "question" not in left
    assert stored(town) == [(2, "tils", TODAY, "2,,1", None)]
    with closing(looked_into(town.path)) as file:
        assert file.execute("SELECT person_id, purpose, given FROM consents WHERE person_id = 2").fetchall() == [(2, "health_data", TODAY)]


def drafts(town: Town) -> list[dict[str, object]]:
    return [{key: row[key] for key in ("command", "person", "answers")} for row in shown(town, "intake", "drafts")]


def begun(town: Town, *words: str, day: str = TODAY) -> None:
    """Two of T-ILS' three answers, and an interruption."""
    with Terminal(town.path, "measure", "add", *words, env={"HUSRUM_TODAY": day}) as seat:
        for number in (1, 2):
            seat.see(f"question {number} of 3")
            seat.type(f"3{ENTER}")
        seat.see("question 3 of 3")
        seat.press(INTERRUPT)
        status, said = seat.end()
    assert status == 130 and "kept as a draft" in said.rpartition("\x1b[?1049l")[2]


def test_without_consent_nothing_is_kept(town: Town) -> None:
    with Terminal(town.path, "measure", "add", "2", env={"HUSRUM_TODAY": TODAY}) as seat:
        seat.asked("yes/no")
        seat.type(f"no{ENTER}")
        assert seat.end()[0] == 5
    with Terminal(town.path, "measure", "add", "1", env={"HUSRUM_TODAY": TODAY}) as seat:
        seat.see("question 1 of 3")
        seat.press(INTERRUPT)  # before anything was answered
        assert seat.end()[0] == 130
    assert stored(town) == [] and drafts(town) == []


def test_what_is_interrupted_is_offered_the_next_time_and_shows_no_answer(town: Town) -> None:
    begun(town, "1", day="2024-10-01")
    assert stored(town) == [] and drafts(town) == [{"command": "husrum measure add 1 --date 2024-10-01", "person": 1, "answers": 2}]
    waits = json.loads(town.must("today", "--format", "json"))["items"]
    assert [each["command"] for each in waits if each["what"] == "unfinished form"] == [drafts(town)[0]["command"]]
    with Terminal(town.path, "measure", "add", "1", env={"HUSRUM_TODAY": TODAY}) as seat:
        lines = seat.see("2 answers. Go on with it?")
        assert not any("question" in line or line.endswith(" 3") for line in lines)
        seat.type(f"yes{ENTER}")
        seat.see("question 3 of 3")
        seat.type(f"1{ENTER}")
        status, said = seat.end()
    assert status == 0 and "T-ILS of 2024-10-01 recorded" in said
    assert stored(town) == [(1, "tils", "2024-10-01", "3,3,1", None)] and drafts(town) == []


def test_several_drafts_are_kept_apart_and_none_is_lost(town: Town) -> None:
    begun(town, "1", day="2024-10-01")
    with Terminal(town.path, "measure", "add", "1", env={"HUSRUM_TODAY": TODAY}) as seat:  # another one
        seat.see("Go on with it?")
        seat.type(f"no{ENTER}")
        seat.see("question 1 of 3")
        seat.type(f"2{ENTER}")
        seat.see("question 2 of 3")
        with closing(looked_into(town.path, None)) as lock:
            seat.hang_up(lock)
    with Terminal(town.path, "measure", "add", "1", "--instrument", "who5", env={"HUSRUM_TODAY": TODAY}) as seat:  # has none to go on with
        seat.see("question 1 of 5")
        seat.type(f"4{ENTER}")
        seat.see("question 2 of 5")
        seat.process.terminate()
        assert seat.end()[0] == 143
    assert sorted((str(each["command"]), each["answers"]) for each in drafts(town)) == [
        ("husrum measure add 1 --date 2024-10-01", 2), (f"husrum measure add 1 --date {TODAY}", 1),
        (f"husrum measure add 1 --instrument who5 --date {TODAY}", 1)]  # fmt: skip
    with Terminal(town.path, "measure", "add", "1", "--date", "2024-10-02", env={"HUSRUM_TODAY": TODAY}) as seat:
        seat.see("Which one to go on with?")
        [first] = [each["draft"] for each in shown(town, "intake", "drafts") if each["answers"] == 2]
        seat.type(f"{first}{ENTER}")
        seat.see("question 3 of 3")
        seat.type(f"3{ENTER}")
        assert seat.end()[0] == 0
    assert stored(town) == [(1, "tils", "2024-10-02", "3,3,3", None)] and len(drafts(town)) == 2


def test_a_draft_vanishes_with_the_consent(town: Town) -> None:
    begun(town, "1")
    town.must("person", "consent", "1", "health_data", "--withdrawn", TODAY)
    assert drafts(town) == []


def test_a_draft_is_deleted_where_the_consent_is_refused(town: Town) -> None:
    with Terminal(town.path, "measure", "add", "2", env={"HUSRUM_TODAY": TODAY}) as seat:
        seat.asked("yes/no")
        seat.type(f"yes{ENTER}")
        seat.see("question 1 of 3")
        seat.type(f"3{ENTER}")
        seat.see("question 2 of 3")
        seat.press(INTERRUPT)
        assert seat.end()[0] == 130
    assert len(drafts(town)) == 1
    with Terminal(town.path, "measure", "add", "2", env={"HUSRUM_TODAY": TODAY}) as seat:
        seat.asked("yes/no")
        seat.type(f"no{ENTER}")
        assert seat.end()[0] == 5
    assert drafts(town) == []


@pytest.mark.parametrize(
    "words",
    [
        ("intake", "add", "Carl Dam", "--suicidal-thoughts", "current"),
        ("intake", "hold", "3", "--suicidal-thoughts", "current"),
        ("measure", "add", "1", "--items", "3,3,1", "--date", "2024-10-01"),
        ("measure", "add", "1", "--instrument", "who5", "--items", "1,1,2,3,1", "--date", "2024-10-01"),
    ],
)
def test_coming_back_soon_is_suggested_without_saying_why(town: Town, words: tuple[str, ...]) -> None:
    town.must("intake", "add", "Eva Lund", "--enquired", "2024-10-01")
    said = town.must(*words)
    assert "soon? husrum person remind " in said and not any(word in said.casefold() for word in ("suicid", "thought", "score", "current"))
    changed = [word.replace("current", "past").replace("3,3,1", "1,2,1").replace("1,1,2,3,1", "4,4,4,4,4") for word in words]
    changed = [word.replace("Carl Dam", "Lis Lund").replace("2024-10-01", "2024-10-02") for word in changed]
    assert "remind" not in (town(*changed).stderr if words[1] != "hold" else "")


def test_an_older_list_brings_no_withdrawn_measurement_back(town: Town, tmp_path: Path) -> None:
    town.must("person", "consent", "1", "health_data", "--given", "2024-02-01")
    town.must("measure", "add", "1", "--items", "3,2,3", "--date", "2024-03-01")
    town.must("export", "tables", tmp_path / "out")
    town.must("person", "consent", "1", "health_data", "--withdrawn", "2024-04-01")
    done = town("import", tmp_path / "out" / "measures.csv")
    assert done.exit_code == 2 and "withdrawn on 2024-04-01" in done.stderr
    assert stored(town) == []
