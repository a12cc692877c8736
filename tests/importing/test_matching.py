"""Rows that are in the file already: recognised, filled in, distinguished from their twins, and never replaced."""

from __future__ import annotations

import csv
import hashlib
import io
import random
from pathlib import Path

import pytest
from once import made_once
from running import AARHUS_2024, new_city
from town import Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(new_city(tmp_path / "town.db"))


def sheet(directory: Path, kind: str, *lines: str) -> Path:
    path = directory / f"{kind}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def bytes_of(town: Town) -> str:
    return hashlib.sha256(town.path.read_bytes()).hexdigest()


def tables(town: Town, directory: Path) -> dict[str, list[dict[str, str]]]:
    """Return what `export tables` writes: kind -> rows."""
    town.must("export", "tables", directory)
    return {path.stem: list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))) for path in directory.glob("*.csv")}


def bad(town: Town, *files: Path) -> str:
    """Return the error of an import that must stop; the file stays as it was."""
    before = bytes_of(town)
    done = town("import", *files)
    assert done.exit_code == 2, done
    assert bytes_of(town) == before
    return done.stderr


def known(town: Town, *files: Path) -> None:
    """Importing files must add nothing."""
    before = bytes_of(town)
    assert "nothing was added" in town.must("import", *files)
    assert bytes_of(town) == before


def test_two_events_of_one_title_and_day_are_distinguished_by_their_order(town: Town, tmp_path: Path) -> None:
    lines = ("Board games;2024-03-05;4", "Board games;2024-03-05;7")
    town.must("import", sheet(tmp_path, "events", "title;date;unnamed", *lines))
    assert [row["unnamed"] for row in tables(town, tmp_path / "out")["events"]] == ["4", "7"]
    known(town, sheet(tmp_path, "events", "title;date;unnamed", *lines))
    known(town, sheet(tmp_path, "events", "title;date;unnamed", *reversed(lines)))
    assert "unnamed" in bad(town, sheet(tmp_path, "events", "title;date;unnamed", lines[0], "Board games;2024-03-05;8"))
    town.must("import", sheet(tmp_path, "events", "title;date;unnamed", *lines, "Board games;2024-03-05;9"))
    assert [row["unnamed"] for row in tables(town, tmp_path / "more")["events"]] == ["4", "7", "9"]


def test_the_same_event_named_by_its_number_twice_is_one(town: Town, tmp_path: Path) -> None:
    lines = ("ref,title,date,activity", "E4,Walk,2024-03-05,Walking", "E4,Walk,2024-03-05,Walking")
    town.must("import", sheet(tmp_path, "events", *lines))
    assert len(tables(town, tmp_path / "out")["events"]) == 1


def test_a_whole_year_in_another_order_is_the_same(town: Town, tmp_path: Path) -> None:
    files = sorted(AARHUS_2024.glob("*.csv"))
    town.must("import", *files)
    for path in files:
        heading, *rows = path.read_text(encoding="utf-8").splitlines()
        random.Random(5).shuffle(rows)
        sheet(tmp_path, path.stem, heading, *rows)
    known(town, *sorted(tmp_path.glob("*.csv")))


@pytest.fixture
@made_once
def evening(tmp_path: Path) -> Town:
    """Three young people; Anna and Ce came to E1, with four whose names are not known."""
    town = Town(new_city(tmp_path / "town.db"))
    for name in ("Anna Holm", "Bo Ek", "Ce Ve"):
        town.must("intake", "add", name, "--enquired", "2024-01-02")
    town.must("event", "log", "Games", "--date", "2024-02-02", "--present", "1,3", "--unnamed", "4")
    return town


@pytest.mark.parametrize(
    ("row", "column"),
    [("2,", "present"), ("1|3|2,", "present"), ("1,", "present"), ("none,", "present"), (",5", "unnamed"), ("1|3,0", "unnamed")],
)
def test_attendance_of_a_recorded_event_is_not_replaced(evening: Town, tmp_path: Path, row: str, column: str) -> None:
    assert f", {column} " in bad(evening, sheet(tmp_path, "attendance", "event,date,present,unnamed", f"E1,2024-02-02,{row}"))


def test_attendance_that_is_recorded_just_so_is_known(evening: Town, tmp_path: Path) -> None:
    known(evening, sheet(tmp_path, "attendance", "event,date,present,unnamed", "E1,2024-02-02,3|1,4"))


def test_attendance_is_recorded_where_only_the_event_was(evening: Town, tmp_path: Path) -> None:
    evening.must("event", "log", "Walk", "--date", "2024-02-09")
    evening.must("event", "plan", "Dinner", "--date", "2024-02-16")
    lines = ("event,date,present,unnamed", "E2,2024-02-09,2,", "E3,2024-02-16,1|2,3")
    assert "2 rows imported" in evening.must("import", sheet(tmp_path, "attendance", *lines))
    events = {row["ref"]: row for row in tables(evening, tmp_path / "out")["events"]}
    assert [(events[ref]["present"], events[ref]["unnamed"], events[ref]["planned"]) for ref in ("E2", "E3")] == [
        ("2", "0", ""),
        ("1|2", "3", ""),
    ]
    known(evening, sheet(tmp_path, "attendance", *lines))
    assert "present" in bad(evening, sheet(tmp_path, "attendance", *lines[:2], "E3,2024-02-16,1,3"))


@pytest.mark.parametrize(
    ("row", "output"),
    [(",,yes", ["", "yes", "", ""]), ("1,,yes", ["", "yes", "1", "0"]), ("1,3,", ["", "", "1", "3"]), (",,", ["", "", "", "0"])],
)
def test_a_planned_event_is_cancelled_or_recorded_by_its_row(evening: Town, tmp_path: Path, row: str, output: list[str]) -> None:
    evening.must("event", "plan", "Dinner", "--date", "2024-02-16")
    rows = sheet(tmp_path, "events", "ref,title,date,present,unnamed,cancelled", f"E2,Dinner,2024-02-16,{row}")
    evening.must("import", rows)
    after = tables(evening, tmp_path / "out")["events"][1]
    assert [after[name] for name in ("planned", "cancelled", "present", "unnamed")] == output
    known(evening, rows)


def test_who_was_excused_from_an_event_is_read_back(evening: Town, tmp_path: Path) -> None:
    evening.must("event", "plan", "Dinner", "--date", "2024-02-16")
    assert "excused" not in tables(evening, tmp_path / "before")["events"][0]
    evening.must("import", sheet(tmp_path, "dinner", "number,2024-02-16", "1,x", "2,afbud"), "--as", "sheet", "--event", "E2")
    output = tables(evening, tmp_path / "one")
    assert [row["excused"] for row in output["events"]] == ["", "2"]
    again = Town(new_city(tmp_path / "again.db"))
    again.must("import", *sorted((tmp_path / "one").glob("*.csv")))
    assert tables(again, tmp_path / "two") == output
    known(again, *sorted((tmp_path / "one").glob("*.csv")))


def test_days_of_a_trip_that_come_with_it_differ_from_it_and_later_ones_may_not(evening: Town, tmp_path: Path) -> None:
    trip = sheet(tmp_path, "events", "ref,title,date,until,present", "E9,Trip,2024-07-01,2024-07-03,1|2|3")
    days = sheet(tmp_path, "attendance", "event,date,present", "E9,2024-07-02,1")
    evening.must("import", trip, days)
    known(evening, trip, days)
    assert "present" in bad(evening, sheet(tmp_path, "attendance", "event,date,present", "E9,2024-07-03,1"))


def test_a_cancelled_event_keeps_who_came(evening: Town, tmp_path: Path) -> None:
    evening.must("event", "cancel", "E1", "--force")
    evening.must("event", "log", "Walk", "--date", "2024-02-09", "--until", "2024-02-10", "--present", "2")
    evening.must("event", "cancel", "E2", "--date", "2024-02-10", "--force")
    evening.must("event", "plan", "Dinner", "--date", "2024-02-16")
    evening.must("event", "cancel", "E3")
    output = tables(evening, tmp_path / "one")
    first = output["events"][0]
    assert (first["present"], first["unnamed"], first["cancelled"]) == ("1|3", "4", "yes")
    again = Town(new_city(tmp_path / "again.db"))
    again.must("import", *sorted((tmp_path / "one").glob("*.csv")))
    assert tables(again, tmp_path / "two") == output
    year = ("stats", "year", "2024", "--format", "json")
    assert again.must(*year) == evening.must(*year)
    known(again, *sorted((tmp_path / "one").glob("*.csv")))
    for changed in ("1", "1|2|3"):
        rows = sheet(tmp_path, "events", "ref,title,date,present,cancelled", f"E1,Games,2024-02-02,{changed},yes")
        assert "present" in bad(evening, rows)


@pytest.mark.parametrize(
    ("kind", "first", "more"),
    [
        ("partners", "name,kind,from,to\nFonden,fund,,", "name,kind,from,to\nFONDEN,fund,2020-01-01,2024-01-01"),
        ("partners", "name\nFonden", "name,kind\nFonden,fund"),
        ("grants", "funder,per_year,from\nFonden,5000,2020-01-01", "funder,per_year,from,agreement,to\nFonden,5000,2020-01-01,project,2024-01-01"),
        ("grants", "funder,per_year\nFonden,5000", "funder,per_year,from\nFonden,5000,2020-01-01"),
        ("events", "title,date\nWalk,2024-01-05", "title,date,venue,partner,note\nWalk,2024-01-05,The park,The church,Cold"),
        ("groups", "title,kind,start\nTuesday,talk,2024-01-05", "title,kind,start,capacity,venue,closed\nTuesday,talk,2024-01-05,7,Here,2024-05-01"),
        ("intakes", "name,enquired\nAnna Holm,2024-01-05", "name,enquired,held,source,phone,note\nAnna Holm,2024-01-05,2024-01-09,friend,12345678,Shy"),
        ("volunteers", "name,role\nVera Vang,leader", "name,joined,intro_course,gender\nVera Vang,2020-01-01,2020-02-01,f"),
        ("figures", "year,key,value\n2024,discord_members,5", "year,key,value,source\n2024,discord_members,5,Discord"),
    ],
)  # fmt: skip
def test_what_was_empty_is_filled_in_and_said(town: Town, tmp_path: Path, kind: str, first: str, more: str) -> None:
    town.must("import", sheet(tmp_path, kind, first))
    shown = town.must("import", sheet(tmp_path, kind, more), "--format", "csv")
    assert f"{kind}.csv,{kind},0,1,0" in shown
    known(town, sheet(tmp_path, kind, more))
    known(town, sheet(tmp_path, kind, first))
    (row,) = tables(town, tmp_path / "out")[kind]
    for name, text in zip(more.split("\n")[0].split(","), more.split("\n")[1].split(","), strict=True):
        if name in row and name != "name":
            assert row[name] == text, name


def test_grants_of_one_funder_are_distinguished_by_their_start(town: Town, tmp_path: Path) -> None:
    lines = ("Fonden,5000,project,2020-01-01", "Fonden,6000,project,2022-01-01", "Fonden,7000,operating,2022-01-01")
    town.must("import", sheet(tmp_path, "grants", "funder,per_year,agreement,from", *lines))
    assert len(tables(town, tmp_path / "out")["grants"]) == 3
    known(town, sheet(tmp_path, "grants", "funder,per_year,agreement,from", *reversed(lines)))
    assert "per_year" in bad(town, sheet(tmp_path, "grants", "funder,per_year,agreement,from", "Fonden,5500,project,2020-01-01"))


@pytest.mark.parametrize(
    ("kind", "first", "more", "column"),
    [
        ("roles", "volunteer,role,from\n1,leader,2024-03-01", "volunteer,role,from,to\n1,leader,2024-03-01,2024-01-01", "to"),
        ("groups", "title,kind,start\nTuesday,talk,2024-03-01", "title,kind,start,closed\nTuesday,talk,2024-03-01,2024-01-01", "closed"),
        ("consents", "person,purpose,given\n1,research,2024-03-01", "person,purpose,given,withdrawn\n1,research,2024-03-01,2024-01-01", "withdrawn"),
        ("intakes", "person,enquired\n1,2024-03-01", "person,enquired,held\n1,2024-03-01,2024-01-01", "held"),
        ("matches", "person,volunteer,date\n1,2,2024-03-01", "person,volunteer,date,ended\n1,2,2024-03-01,2024-01-01", "ended"),
    ],
)  # fmt: skip
def test_an_end_before_its_start_is_not_filled_in(town: Town, tmp_path: Path, kind: str, first: str, more: str, column: str) -> None:
    town.must("volunteer", "add", "Vera Vang", "--role", "organiser", "--joined", "2020-01-01")
    town.must("volunteer", "add", "Bo Ek", "--role", "befriender", "--joined", "2020-01-01")
    town.must("import", sheet(tmp_path, kind, first))
    said = bad(town, sheet(tmp_path, kind, more))
    assert f", {column} “2024-01-01”: " in said and "2024-03-01" in said


def test_waits_may_come_before_the_matches_that_ended_them(town: Town, tmp_path: Path) -> None:
    town.must("intake", "add", "Anna Holm", "--enquired", "2022-01-02")
    town.must("volunteer", "add", "Vera Vang", "--role", "befriender", "--joined", "2020-01-01")
    waiting = sheet(tmp_path, "waiting", "person,since", "1,2022-01-10", "1,2023-02-01")
    matches = sheet(tmp_path, "matches", "person,volunteer,date,ended", "1,2,2022-03-01,2023-01-10")
    assert "matches.csv" in bad(town, waiting)
    town.must("import", waiting, matches)
    known(town, matches, waiting)


def test_groups_are_known_by_title_and_start_where_the_number_is_left_out(town: Town, tmp_path: Path) -> None:
    town.must("import", sheet(tmp_path, "groups", "title,kind,start", "Tuesday,talk,2024-01-05", "Tuesday,talk,2024-08-05"))
    known(town, sheet(tmp_path, "groups", "title,kind,start", "TUESDAY,talk,2024-08-05"))
    assert "1 row imported" in town.must("import", sheet(tmp_path, "groups", "title,kind,start", "Tuesday,talk,2025-01-05"))


def test_a_namesake_with_a_number_of_their_own_is_somebody_else(town: Town, tmp_path: Path) -> None:
    lines = ("ref,name,born,enquired", "4,Anna Holm,2002-05-05,2024-01-02", "5,Anna Holm,2002-05-05,2024-01-02")
    town.must("import", sheet(tmp_path, "intakes", *lines))
    assert [row["ref"] for row in tables(town, tmp_path / "out")["intakes"]] == ["4", "5"]
    known(town, sheet(tmp_path, "intakes", *lines))
    assert ", name " in bad(town, sheet(tmp_path, "intakes", "name,born,enquired", "Anna Holm,2002-05-05,2024-01-02"))


def test_health_answers_of_the_day_of_withdrawal_are_no_contradiction_and_those_of_the_next_are_filled_in(
    town: Town, tmp_path: Path
) -> None:
    for day in ("2024-03-05", "2024-03-06"):
        town.must("intake", "add", f"Anna {day}", "--enquired", day, "--held", day, "--diagnosis", "anxiety")
    for person in ("1", "2"):
        town.must("person", "consent", person, "health_data", "--withdrawn", "2024-03-05")
    known(town, sheet(tmp_path, "intakes", "person,enquired,diagnosis", "1,2024-03-05,anxiety"))
    assert "diagnosis" in bad(town, sheet(tmp_path, "intakes", "person,enquired,diagnosis", "2,2024-03-06,autism"))


@pytest.fixture
def meeting(evening: Town) -> Town:
    """G1 met on 2024-03-05 and 2024-03-12: Anna came, Bo was excused; a third meeting is planned."""
    evening.must("group", "open", "Tuesday", "--kind", "talk", "--start", "2024-03-05", "--weeks", "3")
    evening.must("group", "enroll", "G1", "1-3", "--date", "2024-03-05")
    for day in ("2024-03-05", "2024-03-12"):
        evening.must("group", "meet", "G1", "--date", day, "--present", "1", "--excused", "2", "--theme", "Welcome")
    return evening


@pytest.mark.parametrize("row", ["1,2,,", "1,,,", "1,,2|3,", ",2,,", ",2,3,no", "1,1|2,,"])
def test_a_meeting_said_in_other_words_is_known(meeting: Town, tmp_path: Path, row: str) -> None:
    present, excused, absent, planned = row.split(",")
    rows = sheet(tmp_path, "meetings", "group,date,present,excused,absent,planned", f"G1,2024-03-05,{present},{excused},{absent},{planned}")
    known(meeting, rows)


@pytest.mark.parametrize(("column", "cell"), [("excused", "3"), ("present", "1|2"), ("present", "3"), ("present", "none"), ("absent", "1"), ("absent", "2"), ("absent", "1|2|3"), ("unnamed", "2"), ("cancelled", "yes"), ("theme", "Goodbye"), ("volunteers", "3")])  # fmt: skip
def test_a_meeting_is_not_replaced(meeting: Town, tmp_path: Path, column: str, cell: str) -> None:
    assert f", {column} " in bad(meeting, sheet(tmp_path, "meetings", f"group,date,{column}", f"G1,2024-03-05,{cell}"))


def test_a_planned_meeting_is_recorded_and_one_still_planned_is_known(meeting: Town, tmp_path: Path) -> None:
    known(meeting, sheet(tmp_path, "meetings", "group,date,planned", "G1,2024-03-19,yes"))
    known(meeting, sheet(tmp_path, "meetings", "group,date,planned", "G1,2024-03-05,yes"))
    rows = sheet(tmp_path, "meetings", "group,date,planned,absent,note", "G1,2024-03-19,no,2,Rain")
    assert "1 row imported" in meeting.must("import", rows)
    output = next(row for row in tables(meeting, tmp_path / "out")["meetings"] if row["date"] == "2024-03-19")
    assert (output["present"], output["planned"], output["note"]) == ("1|3", "", "Rain")
    known(meeting, rows)


def test_rows_that_say_the_same_twice_are_read_back_as_two(town: Town, tmp_path: Path) -> None:
    town.must("intake", "add", "Anna Bach", "--enquired", "2024-01-02", "--ref", "901")
    town.must(
        "volunteer", "add", "Bo Carl", "--role", "befriender", "--joined", "2023-01-01", "--ref", "902", "--intro-course", "2023-01-01"
    )
    town.must("match", "start", "901", "902", "--date", "2024-02-01")
    town.must("group", "open", "Network", "--kind", "network", "--start", "2024-02-01", "--weeks", "1", "--ref", "G91")
    town.must("person", "consent", "901", "quotes_photos", "--given", "2024-01-02")
    for number in ("1", "2"):
        town.must("goal", "set", "901", "Ride a bike", "--date", "2024-03-01")
        town.must("suggestion", "add", "More games", "--date", "2024-03-01")
        town.must("quote", "add", "It is fun", "--person", "901", "--date", "2024-03-01")
        town.must("match", "contact", "901", "--date", "2024-03-01", "--note", f"call {number}")
        town.must("match", "meet", "901", "--date", "2024-03-01", "--hours", number)
        town.must("group", "contact", "G91", "--date", "2024-03-01", "--note", f"mail {number}")
    town.must("person", "consent", "901", "research", "--given", "2024-01-02", "--withdrawn", "2024-01-02")
    town.must("person", "consent", "901", "research", "--given", "2024-01-02")
    out = tmp_path / "out"
    written = tables(town, out)
    files = sorted(out.glob("*.csv"))
    other = Town(new_city(tmp_path / "other.db"))
    other.must("import", *files)
    assert tables(other, tmp_path / "again") == written
    known(other, *files)
    assert "note" in bad(other, sheet(tmp_path, "contacts", "person,date,note", "901,2024-03-01,call 3"))


@pytest.mark.parametrize(
    ("kind", "heading", "row", "more"),
    [
        ("onward", "person,to,date", "1,Climbing,2024-04-01", "1,Climbing,2024-05-01"),
        ("onward", "person,to,date", "1,Climbing,", "1,Swimming,"),
        ("consents", "person,purpose,given,withdrawn", "1,research,2024-02-01,", "1,research,2024-03-01,"),
        ("consents", "person,purpose,given,withdrawn", "1,research,2024-02-01,2024-03-01", "1,research,2024-02-01,2024-04-01"),
        ("consents", "person,purpose,given,withdrawn", "1,health_data,,2024-03-01", "1,health_data,,2024-04-01"),
        ("quotes", "person,text,date", "1,It is fun,2024-03-01", "1,It is great,2024-03-01"),
        ("goals", "person,text,date", "1,Ride a bike,2024-03-01", "1,Ride a bike,2024-04-01"),
        ("suggestions", "text,date", "More games,2024-03-01", "More games,2024-04-01"),
    ],
)
def test_a_row_that_a_file_has_twice_is_one(evening: Town, tmp_path: Path, kind: str, heading: str, row: str, more: str) -> None:
    evening.must("person", "consent", "1", "quotes_photos", "--given", "2024-01-02")
    had = len(tables(evening, tmp_path / "before").get(kind, []))
    once, twice = sheet(tmp_path, kind, heading, row), sheet(tmp_path / "before", kind, heading, row, row, more, row)
    evening.must("import", twice)
    assert len(tables(evening, tmp_path / "out")[kind]) == had + 2
    known(evening, twice)
    known(evening, once)


def test_a_consent_withdrawn_further_down_the_same_file_is_another_row_of_it(evening: Town, tmp_path: Path) -> None:
    lines = ("person,purpose,given,withdrawn", "1,research,2024-02-01,2024-02-01", "1,research,2024-02-01,")
    evening.must("import", sheet(tmp_path, "consents", *lines))
    known(evening, sheet(tmp_path, "consents", *lines))
    known(evening, sheet(tmp_path, "consents", lines[0], *reversed(lines[1:])))
    assert [row["withdrawn"] for row in tables(evening, tmp_path / "out")["consents"]] == ["2024-02-01", ""]


def test_a_step_onward_is_entered_once(evening: Town) -> None:
    evening.must("person", "onward", "1", "--to", "Climbing", "--date", "2024-04-01")
    before = bytes_of(evening)
    again = evening("person", "onward", "1", "--to", "climbing", "--date", "2024-04-01")
    assert (again.exit_code, again.stderr) == (5, "Error: 1 Anna Holm moved on to climbing on 2024-04-01 already.\n")
    assert bytes_of(evening) == before
    evening.must("person", "onward", "1", "--to", "Climbing", "--date", "2024-05-01")


def test_a_consent_is_given_once_a_day_and_withdrawn_in_one_row(evening: Town, tmp_path: Path) -> None:
    evening.must("person", "consent", "1", "research", "--given", "2024-02-01")
    before = bytes_of(evening)
    again = evening("person", "consent", "1", "research", "--given", "2024-02-01")
    assert (again.exit_code, again.stderr) == (5, "Error: 1 Anna Holm gave that consent on 2024-02-01 already.\n")
    assert bytes_of(evening) == before
    for _time in range(2):
        evening.must("person", "consent", "1", "research", "--withdrawn", "2024-03-01", "--given", "2024-01-01")
        evening.must("person", "consent", "1", "health_data", "--withdrawn", "2024-03-01")
    consents = [(row["purpose"], row["given"], row["withdrawn"]) for row in tables(evening, tmp_path / "out")["consents"]]
    assert consents == [("health_data", "", "2024-03-01"), ("research", "2024-02-01", ""), ("research", "2024-01-01", "2024-03-01")]
