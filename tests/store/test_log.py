"""The log says whom and what each command was about; undo asks with the same words, and takes back several."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from once import made_once
from running import husrum, new_city

from husrum_cli.domain.table_words import TABLES
from husrum_cli.store.journal import BELONGING, KEYED, LINEAGE, NUMBERED, UNSIGNED


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Path:
    """Anna (1), Bo (2), Clara (3) and Dan (4), and an evening of bowling."""
    path = new_city(tmp_path / "aarhus.db")
    for name in ("Anna Holm", "Bo Krogh", "Clara Ravn", "Dan Dahl"):
        done("intake", "add", name, "--enquired", "2024-01-02", "--phone", "20123456", "--db", path)
    done("event", "log", "Bowling", "--date", "2024-03-01", "--present", "1-4", "--db", path)
    return path


def done(*words: object) -> str:
    """Return what a command that must succeed writes to stderr."""
    result = husrum(*words)
    assert result.exit_code == 0, (words, result.stderr)
    return result.stderr


def log(path: Path, *words: str) -> list[tuple[str, str]]:
    """(command, about) of the log, the newest first."""
    result = husrum("log", *words, "--limit", "0", "--format", "json", "--db", path)
    assert result.exit_code == 0, result.stderr
    return [(step["command"], step["about"]) for step in json.loads(result.stdout)]


def test_each_entry_names_people_and_activities(town: Path) -> None:
    done("group", "open", "Tirsdag", "--kind", "talk", "--start", "2024-04-02", "--db", town)
    done("group", "enroll", "G1", "1", "3", "--date", "2024-04-02", "--db", town)
    done("match", "wait", "2", "--since", "2024-04-01", "--interest", "skak", "--db", town)
    done("person", "edit", "4", "--phone", "30123456", "--db", town)
    assert log(town)[:5] == [
        ("person edit", "4 Dan Dahl"),
        ("match wait", "2 Bo Krogh"),
        ("group enroll", "G1 Tirsdag 2024-04-02; 1 Anna Holm, 3 Clara Ravn"),
        ("group open", "G1 Tirsdag 2024-04-02"),
        ("event log", "E1 Bowling 2024-03-01; 1 Anna Holm, 2 Bo Krogh, 3 Clara Ravn, and 1 more"),
    ]


def test_only_what_was_about_a_person_or_an_event(town: Path) -> None:
    done("event", "attend", "E1", "--present", "2,3", "--db", town)
    assert [command for command, _about in log(town, "--person", "anna")] == ["event attend", "event log", "intake add"]
    assert [command for command, _about in log(town, "--event", "E1")] == ["event attend", "event log"]
    assert log(town, "--person", "4", "--event", "E1")[0][0] == "event attend"
    assert husrum("log", "--person", "nobody", "--db", town).exit_code == 4
    assert husrum("log", "--event", "E7", "--db", town).exit_code == 4


def test_names_come_from_the_rows(town: Path) -> None:
    done("person", "edit", "1", "--name", "Anna Bach", "--db", town)
    assert log(town)[-2] == ("intake add", "1 Anna Bach")
    done("person", "erase", "1", "--yes", "--db", town)
    done("person", "anonymise", "2", "--yes", "--db", town)
    assert log(town)[-4:-1] == [("intake add", "3 Clara Ravn"), ("intake add", "2"), ("intake add", "1")]
    assert log(town)[:2] == [("person anonymise", "2"), ("person erase", "1")]


def test_a_removed_event_is_named_until_that_can_no_longer_be_undone(town: Path) -> None:
    done("event", "attend", "E1", "--present", "none", "--db", town)
    done("event", "remove", "E1", "--db", town)
    assert log(town)[0][1].startswith("E1 Bowling 2024-03-01")


def test_a_number_that_was_given_again_names_nobody_else(town: Path) -> None:
    done("intake", "add", "Eva Eg", "--db", town)
    done("undo", "--db", town)
    done("intake", "add", "Finn Friis", "--db", town)
    assert log(town)[:3] == [("intake add", "5 Finn Friis"), ("undo", "intake add: 5"), ("intake add", "5")]
    done("undo", "--db", town)
    done("intake", "add", "Eva Eg", "--db", town)
    done("person", "edit", "5", "--phone", "30123456", "--db", town)
    done("undo", "2", "--db", town)
    done("intake", "add", "Finn Friis", "--db", town)
    assert log(town)[:4] == [("intake add", "5 Finn Friis"), ("undo", "intake add: 5"), ("undo", "person edit: 5"), ("person edit", "5")]


def test_two_entries_that_were_joined(town: Path) -> None:
    done("person", "join", "1", "4", "--db", town)
    assert log(town)[0] == ("person join", "E1 Bowling 2024-03-01; 1 Anna Holm, 4 Dan Dahl")
    assert [command for command, _about in log(town, "--person", "1")] == ["person join", "event log", "intake add", "intake add"]


def test_an_import_names_the_first_and_the_number_of_the_others(town: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "intakes.csv"
    sheet.write_text("name,enquired\n" + "".join(f"Person Nummer{number},2024-05-01\n" for number in range(50)), encoding="utf-8")
    done("import", sheet, "--db", town)
    assert log(town)[0] == ("import", "5 Person Nummer0, 6 Person Nummer1, 7 Person Nummer2, and 47 more")
    assert [command for command, _about in log(town, "--person", "54")] == ["import"]


def test_what_was_written_of_a_meeting_is_named_by_its_day(town: Path) -> None:
    done("group", "open", "Tirsdag", "--kind", "talk", "--start", "2024-08-06", "--weeks", "6", "--db", town)
    done("group", "enroll", "G1", "1", "--date", "2024-08-06", "--db", town)
    for command, days in (
        (("meet", "--date", "2024-08-06", "--present", "1"), "2024-08-06"),
        (("meet", "--date", "2024-08-13", "--present", "1"), "2024-08-13"),
        (("meet", "--date", "2024-08-13", "--present", "none"), "2024-08-13"),
        (("meet", "--date", "2024-08-20", "--cancelled"), "2024-08-20"),
        (("move", "--date", "2024-08-27", "--to", "2024-08-28"), "2024-08-27, 2024-08-28"),
        (("plan", "--date", "2024-09-24", "--theme", "Mod"), "2024-09-24"),
    ):
        done("group", command[0], "G1", *command[1:], "--db", town)
        assert log(town)[0][1].split("; ")[0] == f"G1 Tirsdag {days}", command
    assert ("group open", "G1 Tirsdag 2024-08-06") in log(town)
    danish = {"HUSRUM_LANGUAGE": "da"}
    assert "G1 Tirsdag 24-09-2024" in husrum("undo", "--dry-run", "--db", town, env=danish).stderr
    done("undo", "6", "--db", town)
    assert log(town)[0] == ("undo", "group meet: G1 Tirsdag 2024-08-06; 1 Anna Holm")
    assert log(town)[6:8] == [("group plan", "G1 Tirsdag 2024-09-24"), ("group move", "G1 Tirsdag 2024-08-27, 2024-08-28")]
    assert log(town)[11] == ("group meet", "G1 Tirsdag 2024-08-06; 1 Anna Holm")


def test_a_day_of_a_trip_is_named_by_its_day_and_the_trip_by_its_start(town: Path) -> None:
    done("event", "log", "Tur", "--date", "2024-07-01", "--until", "2024-07-03", "--present", "1", "--db", town)
    assert log(town)[0] == ("event log", "E2 Tur 2024-07-01; 1 Anna Holm")
    done("event", "attend", "E2", "--date", "2024-07-02", "--present", "2", "--db", town)
    assert log(town)[0][1].startswith("E2 Tur 2024-07-02; ")
    done("event", "attend", "E2", "--present", "1-3", "--db", town)
    assert log(town)[0][1].startswith("E2 Tur 2024-07-01; ")


def test_who_was_undone_is_named_and_so_is_what_was_taken_back(town: Path) -> None:
    done("person", "edit", "2", "--phone", "30123456", "--db", town)
    done("undo", "--db", town)
    assert log(town)[:2] == [("undo", "person edit: 2 Bo Krogh"), ("person edit", "2 Bo Krogh")]
    assert [command for command, _about in log(town, "--person", "2")] == ["undo", "person edit", "event log", "intake add"]
    done("suggestion", "add", "En klatreaften", "--db", town)
    done("suggestion", "edit", "1", "--text", "En kanotur", "--db", town)
    done("undo", "--db", town)
    assert log(town)[:2] == [("undo", "suggestion edit: 1 En klatreaften"), ("suggestion edit", "1 En klatreaften")]
    done("person", "anonymise", "2", "--yes", "--db", town)
    assert ("undo", "person edit: 2") in log(town) and ("person edit", "2") in log(town)


def test_both_of_two_entries_are_named(town: Path) -> None:
    done("person", "distinct", "3", "4", "--db", town)
    assert log(town)[0] == ("person distinct", "3 Clara Ravn, 4 Dan Dahl")
    done("person", "join", "1", "2", "--db", town)
    asked = husrum("undo", "--dry-run", "--db", town).stderr
    assert "1 Anna Holm, 2 Bo Krogh" in asked
    done("undo", "--db", town)
    for _command, about in log(town)[:2]:
        assert about.endswith("E1 Bowling 2024-03-01; 1 Anna Holm, 2 Bo Krogh")


def test_undo_takes_back_several_or_none(town: Path) -> None:
    before = log(town)
    done("person", "edit", "1", "--phone", "30123456", "--db", town)
    done("person", "edit", "2", "--phone", "30123456", "--db", town)
    listed = json.loads(husrum("undo", "--list", "--format", "json", "--db", town).stdout)
    assert [step["about"] for step in listed][:2] == ["2 Bo Krogh", "1 Anna Holm"] and len(listed) == 7
    output = done("undo", "2", "--db", town)
    assert output.count("To be undone: person edit") == 2 and "2 Bo Krogh" in output and "2 commands are undone" in output
    assert log(town)[4:] == before
    assert json.loads(husrum("person", "show", "1", "--format", "json", "--db", town).stdout)["phone"] == "20123456"
    entries = log(town)
    refused = husrum("undo", "9", "--db", town)  # only five are left before the making of the file
    assert refused.exit_code == 5 and log(town) == entries
    assert husrum("undo", "0", "--db", town).exit_code == 2
    done("undo", "5", "--db", town)
    assert json.loads(husrum("person", "list", "--format", "json", "--db", town).stdout) == []


def test_undo_of_several_stops_at_what_another_program_wrote(town: Path) -> None:
    from contextlib import closing

    from running import looked_into

    done("person", "edit", "1", "--phone", "30123456", "--db", town)
    with closing(looked_into(town)) as other, other:
        other.execute("UPDATE people SET phone = '5' WHERE number = 2")
    done("person", "edit", "3", "--phone", "30123456", "--db", town)
    assert husrum("undo", "2", "--db", town).exit_code == 5
    done("undo", "1", "--db", town)


def test_in_danish_a_count_is_no_number_of_a_person(town: Path) -> None:
    done("person", "edit", "4", "--phone", "30123456", "--db", town)
    output = husrum("undo", "--dry-run", "--language", "da", "--db", town).stderr
    assert "4 Dan Dahl" in output and "ændret: 1 person" in output


def test_a_moment_is_written_as_danes_write_it(town: Path) -> None:
    shown = husrum("log", "--language", "da", "--db", town).stdout
    assert re.search(r"^[0-9]{2}-[0-9]{2}-[0-9]{4} [0-9]{2}\.[0-9]{2} ", shown, re.MULTILINE)
    assert re.search(r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} ", husrum("log", "--db", town).stdout, re.MULTILINE)


def test_what_is_about_nobody_is_named_too(town: Path) -> None:
    for words, about in (
        (("figure", "set", "2024", "facebook_followers", "700", "--source", "siden"), "Facebook followers 2024"),
        (("target", "add", "visits", "3000", "--period", "2024"), "1 Visits in all 2024"),
        (("target", "add", "--text", "En kvindegruppe", "--period", "2024-H2"), "2 En kvindegruppe 2024-H2"),
        (("target", "edit", "1", "--value", "3100"), "1 Visits in all 2024"),
        (("target", "remove", "2"), "2 En kvindegruppe 2024-H2"),
        (("partner", "add", "Folkehuset"), "Folkehuset"),
        (("partner", "edit", "Folkehuset", "--name", "Folkestedet"), "Folkestedet"),
        (("grant", "add", "Fonden", "--per-year", "1000", "--from", "2024-01-01"), "1 Fonden"),
        (("grant", "edit", "1", "--funder", "Kommunen"), "1 Kommunen"),
        (("branch", "edit", "--active-from", "2020-01-01"), "Aarhus"),
        (("setting", "set", "contact_days", "40"), "contact_days"),
        (("suggestion", "add", "En klatreaften"), "1 En klatreaften"),
    ):
        done(*words, "--db", town)
        assert log(town)[0] == (" ".join(words[:2]), about)
    assert husrum("undo", "--yes", "--db", town).exit_code == 0
    done("year", "close", "2023", "--force", "--db", town)
    done("year", "reopen", "2023", "--db", town)
    assert log(town)[0] == ("year reopen", "2023")
    assert log(town)[2:4] == [("undo", "suggestion add: 1"), ("suggestion add", "1")]


def test_what_a_step_was_about_stays_known_when_it_can_no_longer_be_undone(town: Path, tmp_path: Path) -> None:
    done("grant", "add", "Fonden", "--per-year", "1000", "--from", "2024-01-01", "--db", town)
    done("suggestion", "add", "En klatreaften", "--db", town)
    done("partner", "add", "Folkehuset", "--db", town)
    done("figure", "set", "2024", "facebook_followers", "700", "--source", "siden", "--db", town)
    about = [
        ("figure set", "Facebook followers 2024"),
        ("partner add", "Folkehuset"),
        ("suggestion add", "1 En klatreaften"),
        ("grant add", "1 Fonden"),
    ]
    assert log(town)[:4] == about
    backup = tmp_path / "kept.db"
    done("backup", backup, "--db", town)
    done("person", "erase", "4", "--yes", "--db", town)  # from now on nothing before it can be taken back
    assert log(town)[1:5] == about
    done("grant", "remove", "1", "--db", town)
    assert log(town)[0] == ("grant remove", "1 Fonden") and log(town)[5] == ("grant add", "1")
    done("grant", "add", "Legatet", "--per-year", "1000", "--from", "2024-01-01", "--db", town)
    assert log(town)[6] == ("grant add", "1")  # its number is another's by now
    elsewhere = tmp_path / "elsewhere" / "aarhus.db"
    elsewhere.parent.mkdir()
    done("restore", backup, "--force", "--yes", "--db", elsewhere)
    assert log(elsewhere)[1:5] == about


def test_days_in_the_log_are_written_as_danes_write_them(town: Path) -> None:
    danish = {"HUSRUM_LANGUAGE": "da"}
    assert "E1 Bowling 01-03-2024" in husrum("log", "--limit", "1", "--db", town, env=danish).stdout
    asked = husrum("undo", "--dry-run", "--db", town, env=danish).stderr
    assert "E1 Bowling 01-03-2024" in asked and "2024-03-01" not in asked
    assert "E1 Bowling 2024-03-01" in husrum("log", "--limit", "1", "--format", "csv", "--db", town, env=danish).stdout


def test_every_table_has_words_for_its_rows() -> None:
    assert {*TABLES} == {*NUMBERED, *BELONGING, *KEYED, *UNSIGNED} - {*LINEAGE}


def test_more_steps_than_there_are_and_the_end_of_their_list_are_told_as_they_are(city: Path) -> None:
    assert "nothing to undo" in husrum("undo", "--list", "--db", city).stderr
    for number in (1, 2):
        assert husrum("event", "log", f"Spil {number}", "--date", "2024-02-01", "--db", city).exit_code == 0
        refused = husrum("undo", "9", "--dry-run", "--db", city)
        commands = "1 command" if number == 1 else "2 commands"
        assert (refused.exit_code, refused.stdout) == (5, "")
        assert refused.stderr == f"Error: number: “9” is too many; {commands} can be undone. See: husrum undo --list\n"
    listed = husrum("undo", "--list", "--db", city)
    assert listed.stdout.count("event log") == 2 and "nothing" not in listed.stderr
    danish = husrum("--language", "da", "undo", "3", "--yes", "--db", city)
    assert "“3” er for mange; 2 kommandoer kan fortrydes" in danish.stderr
    assert husrum("undo", "2", "--yes", "--db", city).exit_code == 0
    assert "nothing to undo since the file was made" in husrum("undo", "--list", "--db", city).stderr
