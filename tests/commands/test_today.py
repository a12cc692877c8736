"""`husrum today`, `husrum` alone, and a person's page: what waits, and what can be seen at a glance."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from once import made_once
from running import husrum, new_city

TODAY = {"HUSRUM_TODAY": "2024-03-06"}
SETUP: tuple[tuple[str, ...], ...] = (
    ("intake", "add", "Anna Holm", "--called", "Nanna", "--enquired", "2024-01-08", "--held", "2024-01-15"),
    ("intake", "add", "Bo Krog", "--enquired", "2024-02-25"),
    ("intake", "add", "Carla Dam", "--enquired", "2024-01-10", "--held", "2024-01-11"),
    ("intake", "add", "Dorte Dal", "--enquired", "2024-01-10"),
    ("person", "leave", "Dorte Dal", "--date", "2024-02-01"),
    ("volunteer", "add", "Vera Vang", "--role", "befriender", "--role", "leader", "--joined", "2023-01-01", "--intro-course", "2023-02-01"),
    ("group", "open", "Tuesday", "--kind", "talk", "--start", "2024-02-06", "--weeks", "7", "--leader", "Vera Vang"),
    ("group", "enroll", "G1", "1,3", "--date", "2024-02-06"),
    ("group", "meet", "G1", "--date", "2024-02-06", "--present", "1,3"),
    ("group", "meet", "G1", "--date", "2024-02-13", "--present", "3", "--excused", "1"),
    ("group", "meet", "G1", "--date", "2024-02-20", "--present", "3"),
    ("group", "meet", "G1", "--date", "2024-02-27", "--present", "3"),
    ("event", "log", "Walk", "--date", "2024-03-01", "--present", "1"),
    ("event", "log", "Walk", "--date", "2024-01-01", "--present", "1"),
    ("event", "log", "Walk", "--date", "2024-01-12", "--present", "1,5"),
    ("event", "plan", "Trip", "--date", "2024-03-03", "--until", "2024-03-04"),
    ("event", "plan", "Theatre", "--date", "2024-03-06"),
    ("event", "plan", "Far away", "--date", "2024-03-13"),
    ("match", "wait", "Anna Holm", "--since", "2024-02-05"),
    ("match", "start", "Carla Dam", "Vera Vang", "--date", "2024-01-06"),
)  # fmt: skip


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Path:
    city = new_city(tmp_path / "aarhus.db")
    for line in SETUP:
        done = husrum("--db", city, *line, env=TODAY)
        assert done.exit_code == 0, (line, done.stderr)
    return city


def items(path: Path) -> list[dict[str, Any]]:
    output = json.loads(husrum("today", "--db", path, "--format", "json", env=TODAY).stdout)
    assert (output["schema"], output["date"]) == ("husrum.today/1", "2024-03-06")
    found: list[dict[str, Any]] = output["items"]
    return found


def test_everything_to_do_is_shown_with_a_command(town: Path) -> None:
    assert [(item["what"], item["date"], item["ref"] or item["person"], item["days"], item["command"]) for item in items(town)] == [
        ("not recorded yet", "2024-03-03", "E4", 3, "husrum event attend E4"),
        ("not recorded yet", "2024-03-05", "G1", 1, "husrum group meet G1"),
        ("planned", "2024-03-06", "E5", None, "husrum event attend E5"),
        ("planned", "2024-03-12", "G1", None, "husrum group show G1"),
        ("waits longer than usual for an interview", "2024-02-25", 2, 10, "husrum intake hold 2"),
        ("waits for a Hjerteven", "2024-02-05", 1, 30, "husrum match propose"),
        ("match without contact", "2024-01-06", 3, 60, "husrum match contact 3"),
    ]


def test_when_a_match_is_asked_about_can_be_set(town: Path) -> None:
    for days, output in (("60", 1), ("61", 0)):
        assert husrum("setting", "set", "contact_days", days, "--db", town).exit_code == 0
        assert len([item for item in items(town) if item["what"] == "match without contact"]) == output


def test_each_command_does_deal_with_it(town: Path) -> None:
    for left in (4, 3, 3, 2, 1):  # once the meeting is recorded, 1 was absent three times in a row
        waiting = [item for item in items(town) if item["what"] not in ("planned", "waits for a Hjerteven")]
        assert len(waiting) == left
        _husrum, *words = shlex.split(waiting[0]["command"])
        done = husrum("--db", town, *words, env=TODAY)
        assert done.exit_code == 0, done.stderr


def test_a_trip_of_which_one_day_is_recorded_names_the_others(town: Path) -> None:
    assert husrum("event", "attend", "E4", "--date", "2024-03-04", "--present", "1", "--db", town, env=TODAY).exit_code == 0
    assert items(town)[0]["command"] == "husrum event attend E4 --date 2024-03-03"


def test_husrum_alone_is_today_where_a_file_is_chosen(town: Path) -> None:
    output = husrum("today", "--db", town, env=TODAY).stdout
    assert husrum("--db", town, env=TODAY).stdout == husrum(env={**TODAY, "HUSRUM_DB": str(town)}).stdout == output
    assert "Waits for a Hjerteven (1)" in output and "1 Nanna" in output and "Holm" not in output
    assert "No file is chosen." in husrum(env={**TODAY, "XDG_CONFIG_HOME": str(town.parent)}).stderr
    danish = husrum("--db", town, "--language", "da", env={**TODAY, "HUSRUM_LANGUAGE": None}).stdout
    assert "Venter på en hjerteven (1)" in danish and "30 dage" in danish


def test_a_day_without_anything(city: Path) -> None:
    assert husrum("today", "--db", city, env=TODAY).stdout == "2024-03-06: nothing waits.\n"
    assert husrum("today", "--db", city, "--format", "csv", env=TODAY).stdout == "what,date,ref,title,person,name,paper,days,command\n"


def test_a_long_list_is_counted_not_shown(city: Path) -> None:
    for number in range(12):
        assert husrum("--db", city, "intake", "add", f"Anna {'abcdefghijkl'[number]}", "--enquired", "2024-03-01", env=TODAY).exit_code == 0
    shown = husrum("today", "--db", city, env=TODAY).stdout
    assert "Waits for an interview (12)" in shown and "… and 4 more: husrum intake list --open" in shown
    assert shown.count("husrum intake hold") == 8


def test_a_person_at_a_glance(town: Path) -> None:
    shown = husrum("person", "show", "1", "--db", town, env=TODAY).stdout
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert lines[0] == "1 Anna Holm"
    assert "G1 Tuesday 1/4 Feb ■e··" in lines and "Events · · · · · · · · · 2 · 1 3" in lines
    assert not [line for line in lines if "participant" in line]  # the strips show that
    output = json.loads(husrum("person", "show", "1", "--db", town, "--format", "json", env=TODAY).stdout)
    assert [row["detail"] for row in output["history"] if row["what"] == "participant"] == [
        "E2 Walk",
        "E3 Walk",
        "G1 Tuesday",
        "E1 Walk",
    ]  # E2 was before the enquiry


def test_the_whole_page_fits_a_terminal(aarhus_once: Path) -> None:
    terminal = pytest.importorskip("terminal")
    for day in ("2024-06-03", "2026-11-25"):
        with terminal.Terminal(aarhus_once, "today", env={"HUSRUM_TODAY": day, "HUSRUM_LANGUAGE": "da"}) as seat:
            shown = seat.end()[1]
        assert 20 < len(shown.splitlines()) <= 23, "and the shell's own line"
        assert all("…" not in line or "… og" in line for line in shown.splitlines()), "no title is cut while there is room for it"


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
@pytest.mark.parametrize("language", ["da", "en"])
def test_no_line_is_wider_than_the_terminal(town: Path, columns: int, rows: int, language: str) -> None:
    terminal = pytest.importorskip("terminal")
    for line in (["today"], ["person", "show", "1"]):
        with terminal.Terminal(town, *line, columns=columns, rows=rows, env={**TODAY, "HUSRUM_LANGUAGE": language}) as seat:
            status, shown = seat.end()
        plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
        assert status == 0 and max(len(each) for each in plain.splitlines()) <= columns
        assert "husrum match propose" in shown or ("■a··" if language == "da" else "■e··") in shown
