"""What becomes of a tick list while another terminal writes to the same file."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from running import husrum, new_city

terminal = pytest.importorskip("terminal")
TODAY = {"HUSRUM_TODAY": "2024-03-06"}
MEET = ("group", "meet", "G1", "--date", "2024-02-06")


def run(path: Path, *words: object) -> None:
    done = husrum("--db", path, *words, env=TODAY)
    assert done.exit_code == 0, done.stderr


def at(path: Path, *words: str) -> Any:
    return terminal.Terminal(path, *words, env=TODAY, columns=120)


def shown(path: Path, *words: object) -> Any:
    return json.loads(husrum("--db", path, *words, "--format", "json", env=TODAY).stdout)


def meeting(path: Path) -> dict[str, Any]:
    return dict(shown(path, "group", "show", "G1")["meetings"][0])


@pytest.mark.parametrize("line", [("event", "log", "Walk"), MEET, ("event", "attend", "Trip")])
@pytest.mark.parametrize("removed", [("person", "erase", "2", "--yes"), ("person", "join", "1", "2")])
def test_who_is_removed_while_the_list_is_open_is_named_and_the_ticks_are_kept(
    town: Path, line: tuple[str, ...], removed: tuple[str, ...]
) -> None:
    run(town, "event", "plan", "Trip", "--date", "2024-03-02")
    with at(town, *line) as seat:
        seat.see("Space")
        seat.type("2 4 ")
        seat.see("2 participants")
        run(town, *removed)
        seat.press(terminal.ENTER)
        status, said = seat.end()
    assert status == 5 and "2 Anders: removed, or joined with somebody else" in said and "kept as a draft" in said, said
    with at(town, *line) as seat:
        joined = removed[1] == "join"
        lines = seat.see("As it was ticked", "2 participants" if joined else "No longer in the file: 2")
        assert any(row.startswith("[x]    4 Carla") for row in lines) and any(row.startswith("[x]    1 Anna") for row in lines) is joined
        seat.press(terminal.ENTER)
        assert seat.end()[0] == 0


def test_an_id_that_is_given_again_is_not_taken_for_the_one_ticked(town: Path) -> None:
    with at(town, "event", "log", "Walk") as seat:
        seat.see("Space")
        seat.type("7 ")
        seat.see("1 volunteer")
        run(town, "person", "erase", "7", "--yes")
        run(town, "intake", "add", "Somebody Else")
        seat.press(terminal.ENTER)
        status, said = seat.end()
    assert status == 5 and "7 Niels: removed" in said
    assert shown(town, "event", "list") == []


def test_the_file_of_another_city_in_its_place_gets_nothing(town: Path, tmp_path: Path) -> None:
    other = new_city(tmp_path / "odense.db", "Odense")
    for name in ("Ida Bang", "Jens Dam"):
        run(other, "intake", "add", name)
    before = other.read_bytes()
    with at(town, "event", "log", "Walk") as seat:
        seat.see("Space")
        seat.type("2 ")
        seat.see("1 participant,")
        while not shown(town, "intake", "drafts"):  # in the middle of a write, no file is replaced
            time.sleep(0.02)
        os.replace(shutil.copy2(other, tmp_path / "copy.db"), town)
        seat.press(terminal.ENTER)
        status, said = seat.end()
    assert status == 3 and "was replaced by another" in said and "--present 2 --unnamed 0" in said and "kept as a draft" not in said
    assert town.read_bytes() == before


@pytest.mark.parametrize("earlier", [True, False])
def test_whom_another_terminal_records_meanwhile_stays(town: Path, earlier: bool) -> None:
    if earlier:
        run(town, *MEET, "--present", "1")
    with at(town, *MEET) as seat:
        seat.see("Space")
        seat.type("2 ")
        seat.see("2 participants" if earlier else "1 participant,")
        run(town, *MEET, "--present", "1,3", "--excused", "4", "--unnamed", "2")
        seat.press(terminal.ENTER)
        status, said = seat.end()
    assert status == 0 and "removed" not in said
    now = meeting(town)
    assert (now["present"], now["excused"], now["unnamed"], now["volunteers"]) == ([1, 2, 3], [4], 2, [6])


def test_a_draft_takes_nobody_away_who_was_recorded_since(town: Path) -> None:
    run(town, *MEET, "--present", "1")
    with at(town, *MEET) as seat:
        seat.see("Space")
        seat.type("1 2 ")
        seat.see("1 participant,")
        seat.press(terminal.INTERRUPT)
        assert seat.end()[0] == 130
    run(town, *MEET, "--present", "1,3")
    with at(town, *MEET) as seat:
        lines = seat.see("As it was ticked")
        assert [row[:3] for row in lines if row[9:14] in ("Anna", "Ander", "Bo")] == ["[x]", "[x]", "[ ]"]
        seat.press(terminal.ENTER)
        assert seat.end()[0] == 0
    assert meeting(town)["present"] == [2, 3]


def test_the_days_of_a_trip_that_were_told_apart_meanwhile_are_refused(town: Path) -> None:
    run(town, "event", "plan", "Trip", "--date", "2024-03-02", "--until", "2024-03-03")
    with at(town, "event", "attend", "E1") as seat:
        seat.see("Space")
        seat.type("2 ")
        seat.see("1 participant,")
        run(town, "event", "attend", "E1", "--date", "2024-03-03", "--present", "3")
        seat.press(terminal.ENTER)
        status, said = seat.end()
    assert status == 5 and "2024-03-02, 2024-03-03" in said and "kept as a draft" in said


@pytest.mark.parametrize("key", [terminal.INTERRUPT, terminal.END_OF_INPUT])
def test_an_interruption_keeps_the_ticks_and_says_so(town: Path, key: str) -> None:
    with at(town, "event", "log", "Walk") as seat:
        seat.see("Space")
        seat.type("2 ")
        seat.see("1 participant,")
        seat.press(key)
        status, said = seat.end()
    assert status == 130 and "The ticks are kept as a draft" in said
    (draft,) = shown(town, "intake", "drafts")
    assert draft["name"].startswith("Walk")
    with at(town, "event", "log", "Walk") as seat:
        seat.see("As it was ticked", "1 participant,")


def test_the_goals_of_somebody_erased_meanwhile_are_left_out_and_named(town: Path) -> None:
    for person in ("1", "2"):
        run(town, "goal", "set", person, "Ringe", "--group", "G1", "--date", "2024-02-06")
    run(town, *MEET, "--present", "1,2")
    with at(town, "group", "meet", "G1", "--date", "2024-02-20") as seat:
        seat.see("Space")
        seat.type("1 2 ")
        seat.press(terminal.ENTER)
        seat.see("Go through the goals now?")
        seat.type("yes\r")
        for place in (1, 2):
            seat.see(f"goal {place} of 2")
            seat.asked("Enter: not known yet")
            if place == 2:
                run(town, "person", "erase", "1", "--yes")
            seat.type("reached\r")
            seat.asked("Next goal")
            seat.press(terminal.ENTER)
        status, said = seat.end()
    assert status == 0 and "nobody has the number 1" in said and "1 goal marked" in said, said
