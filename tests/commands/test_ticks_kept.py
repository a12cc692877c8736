"""Ticks are in the file as soon as they are made, and no key press waits for that."""

from __future__ import annotations

import errno
import json
import re
import signal
import sys
import time
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from forking import PATIENCE
from running import husrum, looked_into

from husrum_cli.commands.forms.autosave import AutoSave
from husrum_cli.commands.forms.form_screen import save_if_ended
from husrum_cli.errors import UnusableFile

terminal = pytest.importorskip("terminal")
TODAY = {"HUSRUM_TODAY": "2024-03-06", "HUSRUM_LANGUAGE": "en"}
LISTS = [(("event", "log", "Walk"), "2,4"), (("event", "attend", "Trip"), "2,4"), (("group", "meet", "G1"), "2,4,6")]  # 6 leads the group


def at(path: Path, *words: str, **how: Any) -> Any:
    return terminal.Terminal(path, *words, env=TODAY, columns=120, **how)


def drafts(path: Path) -> list[dict[str, Any]]:
    with closing(looked_into(path)) as connection:
        return [json.loads(text) for (text,) in connection.execute("SELECT answers FROM drafts ORDER BY id")]


def wait_for_draft(path: Path, **texts: str) -> None:
    end = time.monotonic() + PATIENCE
    while not any(texts.items() <= draft.items() for draft in drafts(path)):
        assert time.monotonic() < end, drafts(path)
        time.sleep(0.02)


@pytest.fixture
def trip(town: Path) -> Path:
    assert husrum("--db", town, "event", "plan", "Trip", "--date", "2024-03-02", env=TODAY).exit_code == 0
    return town


@pytest.mark.parametrize(("line", "present"), LISTS)
def test_ticks_outlast_a_program_that_is_killed(trip: Path, line: tuple[str, ...], present: str) -> None:
    logged = husrum("--db", trip, "log", "--format", "json", env=TODAY).stdout
    with at(trip, *line) as seat:
        seat.see("Space")
        seat.type("2 4 ")
        wait_for_draft(trip, present=present)
        seat.press(terminal.TAB, "3")
        wait_for_draft(trip, present=present, unnamed="3")
        seat.process.kill()
        seat.process.wait()
    assert len(drafts(trip)) == 1 and husrum("--db", trip, "log", "--format", "json", env=TODAY).stdout == logged
    with at(trip, *line) as seat:
        seat.see("As it was ticked", "5 participants (3 unnamed)")
        seat.press(terminal.ENTER)
        assert seat.end()[0] == 0
    assert drafts(trip) == []


@pytest.mark.parametrize("signalled", [True, False])
def test_the_last_tick_is_kept_where_the_window_is_closed_while_the_file_is_busy(town: Path, signalled: bool) -> None:
    ignore = "" if signalled else "trap '' HUP; "
    program = ["sh", "-c", f'{ignore}exec "$@"', "sh", sys.executable, "-m", "husrum_cli", "--db", str(town), "event", "log", "Walk"]
    with at(None, program=program) as seat, closing(looked_into(town, None)) as lock:
        seat.see("Space")
        seat.type("2 ")
        wait_for_draft(town, present="2")
        lock.execute("BEGIN IMMEDIATE")
        seat.type("4 ")
        seat.see("2 participants")
        seat.process.send_signal(signal.SIGSTOP)
        seat.close()
        seat.process.send_signal(signal.SIGCONT)
        time.sleep(0.3)
        lock.rollback()
        seat.process.wait(PATIENCE)
    assert [draft["present"] for draft in drafts(town)] == ["2,4"]


def test_what_was_typed_is_kept_where_nothing_can_be_drawn_any_more() -> None:
    kept = []
    with pytest.raises(OSError, match="gone"), save_if_ended(lambda: kept.append("typed")):
        raise OSError(errno.EIO, "gone")
    assert kept == ["typed"]


def rows(path: Path) -> list[str]:
    """Everything in a file but the number of writes at the last of them."""
    with closing(looked_into(path)) as connection:
        connection.execute("UPDATE steps SET counter = NULL")
        return list(connection.iterdump())


def test_escape_changes_nothing_and_shows_what_was_ticked(town: Path) -> None:
    before = rows(town)
    with at(town, "event", "log", "Walk") as seat:
        seat.see("Space")
        seat.type("2 ")
        wait_for_draft(town, present="2")
        seat.press(terminal.ESCAPE)
        status, shown = seat.end()
    assert status == 130 and "Nothing was written." in shown and "--present 2 --unnamed 0" in shown
    assert rows(town) == before


@pytest.mark.parametrize(("given", "keys"), [((), "karen jens "), (("--volunteers", "none"), "jens ")])
def test_the_options_that_escape_shows_record_what_was_ticked(city: Path, given: tuple[str, ...], keys: str) -> None:
    for line in (
        ("volunteer", "add", "Karen Bang", "--role", "leader", "--joined", "2024-01-01"),
        ("intake", "add", "Jens Munk", "--enquired", "2024-01-01"),
        ("group", "open", "Snak", "--kind", "talk", "--start", "2024-02-01", "--weeks", "0", "--leader", "karen"),
        ("group", "enroll", "G1", "jens", "--date", "2024-02-01"),
    ):
        assert husrum("--db", city, *line, env=TODAY).exit_code == 0
    line = ("group", "meet", "G1", "--date", "2024-02-13")
    with at(city, *line, *given) as seat:
        seat.see("0 participants")
        seat.type(keys)
        seat.see("1 participant, 0 volunteers")
        seat.press(terminal.ESCAPE)
        options = re.search("Ticked were: (.*)", seat.end()[1])
    assert options and options[1] == "--present 2 --volunteers none --unnamed 0"
    done = husrum("--db", city, *line, *options[1].split(), env=TODAY)
    assert "1 participant, 0 volunteers" in done.stderr + done.stdout


def test_escape_leaves_an_earlier_draft_as_it_was(town: Path) -> None:
    with at(town, "event", "log", "Walk") as seat:
        seat.see("Space")
        seat.type("2 ")
        wait_for_draft(town, present="2")
        seat.press(terminal.INTERRUPT)
        assert seat.end()[0] == 130
    before = drafts(town)
    with at(town, "event", "log", "Walk") as seat:
        seat.see("As it was ticked", "1 participant,")
        seat.type("4 ")
        wait_for_draft(town, present="2,4")
        seat.press(terminal.ESCAPE)
        assert "--present 2,4 " in seat.end()[1]
    assert drafts(town) == before


def test_no_key_press_waits_until_the_ticks_are_kept(town: Path) -> None:
    with at(town, "event", "log", "Walk") as seat, closing(looked_into(town, None)) as lock:
        seat.see("Space")
        lock.execute("BEGIN IMMEDIATE")
        seat.type("2 4 ")
        seat.see("2 participants")
        assert lock.execute("SELECT * FROM drafts").fetchall() == []  # another connection's end would let go of the lock
        lock.rollback()
        wait_for_draft(town, present="2,4")


def test_states_that_follow_each_other_fast_are_kept_together() -> None:
    begun, go_on, kept = Event(), Event(), list[int]()

    def keep(state: int) -> None:
        begun.set()
        go_on.wait(PATIENCE)
        kept.append(state)

    keeper = AutoSave(0, keep)
    with keeper.running():
        keeper.save_soon(1)
        begun.wait(PATIENCE)
        for state in range(2, 100):
            keeper.save_soon(state)
        go_on.set()
        while kept[-1:] != [99]:
            time.sleep(0.001)
        keeper.save_soon(99)
    keeper.save_now()
    assert kept == [1, 99]


def test_what_could_not_be_kept_is_tried_again_at_the_end() -> None:
    tried, kept = Event(), list[int]()

    def keep(state: int) -> None:
        if not tried.is_set():
            tried.set()
            raise UnusableFile("locked")
        kept.append(state)

    keeper = AutoSave(0, keep)
    with keeper.running():
        keeper.save_soon(1)
        tried.wait(PATIENCE)
    keeper.save_now()
    assert kept == [1]
