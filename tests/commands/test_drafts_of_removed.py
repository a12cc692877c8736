"""A draft belongs to the event or group whose list it is: a number that is given again does not bring it back for another one."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from running import husrum, store_of

terminal = pytest.importorskip("terminal")
TODAY = {"HUSRUM_TODAY": "2024-03-06", "HUSRUM_LANGUAGE": "en"}
# The list, how what it is of is planned, and how it is removed; how something else is planned, which gets the same number.
KINDS = [
    (("event", "attend", "E1"), "event plan Trip --date 2024-03-02", "event remove E1", "event plan Games --date 2024-03-02"),
    (
        ("group", "meet", "G2", "--date", "2024-03-05"),
        "group open Evening --kind talk --start 2024-02-06",
        "group remove G2",
        "group open Morning --kind talk --start 2024-02-06",
    ),
]


def run(path: Path, line: str) -> str:
    done = husrum("--db", path, *shlex.split(line), env=TODAY)
    assert done.exit_code == 0, done.stderr
    return done.stdout + done.stderr


def shown(path: Path, line: str) -> Any:
    return json.loads(run(path, f"{line} --format json"))


def at(path: Path, *words: str) -> Any:
    return terminal.Terminal(path, *words, env=TODAY, columns=160)


def interrupt(path: Path, line: tuple[str, ...]) -> None:
    with at(path, *line) as seat:
        seat.see("Space")
        seat.type("2 4 ")
        seat.see("2 participants")
        seat.press(terminal.INTERRUPT)
        assert seat.end()[0] == 130


@pytest.mark.parametrize(("line", "plan", "remove", "other"), KINDS)
def test_the_ticks_of_what_was_removed_are_not_those_of_the_next_with_its_number(
    town: Path, line: tuple[str, ...], plan: str, remove: str, other: str
) -> None:
    run(town, plan)
    interrupt(town, line)
    told = run(town, remove)
    assert "Draft 1 of it is kept. What was typed: husrum intake drafts --show 1." in told, told
    run(town, other)
    with at(town, *line) as seat:
        lines = seat.see("0 participants")
        assert not any("As it was ticked" in row for row in lines)
        seat.press(terminal.ENTER)
        assert seat.end()[0] == 0
    (draft,) = shown(town, "intake drafts")
    assert draft["command"] == "husrum intake drafts --show 1"
    typed = [each["text"] for each in shown(town, "intake drafts --show 1")]
    assert "2,4" in typed and not any(len(text) == 32 for text in typed)  # the file's own name of the event is nothing that was typed


@pytest.mark.parametrize(("line", "plan", "remove", "other"), KINDS)
def test_the_removal_taken_back_brings_the_ticks_back(town: Path, line: tuple[str, ...], plan: str, remove: str, other: str) -> None:
    run(town, plan)
    interrupt(town, line)
    run(town, remove)
    run(town, "undo --yes")
    (draft,) = shown(town, "intake drafts")
    assert draft["command"] == f"husrum {shlex.join(line)}"
    with at(town, *line) as seat:
        seat.see("As it was ticked", "2 participants")
        seat.press(terminal.ENTER)
        assert seat.end()[0] == 0
    assert shown(town, "intake drafts") == []


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize(("line", "plan", "remove", "other"), KINDS)
def test_what_is_removed_while_its_list_is_open_leads_to_what_was_ticked(
    town: Path, line: tuple[str, ...], plan: str, remove: str, other: str, again: bool
) -> None:
    run(town, plan)
    with at(town, *line) as seat:
        seat.see("Space")
        seat.type("2 4 ")
        seat.see("2 participants")
        run(town, remove)
        if again:
            run(town, other)
        seat.press(terminal.ENTER)
        status, said = seat.end()
    ref, noun = line[2], line[0]
    assert status == (5 if again else 4) and "--present 2,4" in said, said
    assert "husrum intake drafts --show 1" in said and f"husrum {noun} {line[1]}" not in said, said
    if again:
        assert f"{ref}: removed while the list was open" in said, said
        assert "2 Anders" not in str(shown(town, f"{noun} show {ref}"))


@pytest.mark.parametrize(("title", "kept"), [("Trip", True), ("Games", False)])
def test_a_draft_of_an_earlier_version_comes_back_for_the_event_whose_title_it_has(town: Path, title: str, kept: bool) -> None:
    run(town, f"event plan {title} --date 2024-03-02")
    texts = {"name": "E1 Trip · Saturday 2024-03-02", "present": "2,4", "excused": "", "unnamed": "0", "new": "", "before": ""}
    store = store_of(town)
    with store.writing(None):
        store.insert("drafts", command="event attend E1", person_id=None, changed_at="2024-03-05 10:00", answers=json.dumps(texts))
    store.close()
    with at(town, "event", "attend", "E1") as seat:
        seat.see("2 participants" if kept else "0 participants")
        seat.press(terminal.ESCAPE)
        assert seat.end()[0] == 130
    (draft,) = shown(town, "intake drafts")
    assert draft["command"] == ("husrum event attend E1" if kept else "husrum intake drafts --show 1")
