"""Goals that are asked for after a meeting are in the file as soon as they are answered, and are asked about again with those answers."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from forking import PATIENCE
from running import husrum, looked_into

terminal = pytest.importorskip("terminal")
TODAY = {"HUSRUM_TODAY": "2024-03-06", "HUSRUM_LANGUAGE": "en"}
MEET = ("group", "meet", "G1", "--date", "2024-02-20")


def run(path: Path, *words: object) -> str:
    done = husrum("--db", path, *words, env=TODAY)
    assert done.exit_code == 0, done.stderr
    return done.stdout + done.stderr


def at(path: Path, *words: str) -> Any:
    return terminal.Terminal(path, *words, env=TODAY, columns=120)


def stored(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(looked_into(path)) as connection:
        return connection.execute(sql).fetchall()


def kept(path: Path) -> list[tuple[Any, ...]]:
    return stored(path, "SELECT person_id, answers FROM drafts ORDER BY person_id")


def goals(path: Path) -> list[tuple[Any, ...]]:
    return stored(path, "SELECT person_id, text, date, outcome FROM goals ORDER BY person_id, id")


def wait_for(path: Path, *texts: str) -> None:
    end = time.monotonic() + PATIENCE
    while not all(text in str(kept(path)) for text in texts):
        assert time.monotonic() < end, kept(path)
        time.sleep(0.02)


@pytest.fixture
def killed(town: Path) -> Path:
    """Two have goals; the program was killed after the first one's were answered, and the second one's outcome."""
    for person in ("1", "2"):
        run(town, "goal", "set", person, "Ringe", "--group", "G1", "--date", "2024-02-06")
    run(town, "group", "meet", "G1", "--date", "2024-02-06", "--present", "1,2")
    with at(town, *MEET) as seat:
        seat.see("Space")
        seat.type("1 2 ")
        seat.press(terminal.ENTER)
        seat.see("Go through the goals now?")
        seat.type("yes\r")
        seat.see("goal 1 of 2")
        seat.type("reached\r")
        seat.asked("Next goal")
        seat.type("Svømme\r")
        seat.see("goal 2 of 2")
        seat.type("partly\r")
        seat.asked("Next goal")
        wait_for(town, "reached", "Svømme", "partly")
        seat.process.kill()
        seat.process.wait()
    assert goals(town) == [(1, "Ringe", "2024-02-06", None), (2, "Ringe", "2024-02-06", None)] and len(kept(town)) == 2
    return town


def test_goals_outlast_a_program_that_is_killed(killed: Path) -> None:
    listed = run(killed, "intake", "drafts", "--format", "csv")
    assert listed.count(f"husrum {' '.join(MEET)}") == 2 and "Anders" in listed
    with at(killed, *MEET) as seat:
        seat.see("Space", "2 participants")
        seat.press(terminal.ENTER)
        seat.see("1 Anna Holm: Interrupted on", "2 answers", "2 Anders Hald: Interrupted on", "Go on with it?")
        seat.press(terminal.ENTER)
        seat.see("goal 1 of 2", "reached")
        seat.press(terminal.ENTER)
        seat.asked("Svømme")
        seat.press(terminal.ENTER)
        seat.see("goal 2 of 2", "partly")
        seat.press(terminal.INTERRUPT)
        status, said = seat.end()
    assert status == 0 and "2 goals marked, 1 set" in said, said
    assert goals(killed) == [
        (1, "Ringe", "2024-02-06", "reached"), (1, "Svømme", "2024-02-20", None), (2, "Ringe", "2024-02-06", "partly"),
    ]  # fmt: skip
    assert kept(killed) == []


def test_another_time_leaves_them_kept(killed: Path) -> None:
    before = kept(killed), goals(killed)
    with at(killed, *MEET) as seat:
        seat.see("Space")
        seat.press(terminal.ENTER)
        seat.see("Go on with it?")
        seat.type("no\r")
        assert seat.end()[0] == 0
    assert (kept(killed), goals(killed)) == before


def test_answers_about_somebody_go_with_them(killed: Path) -> None:
    run(killed, "person", "erase", "1", "--yes")
    assert "Svømme" not in str(kept(killed)) and len(kept(killed)) == 1


def test_goals_that_were_set_otherwise_leave_no_dead_end(killed: Path) -> None:
    for person in ("1", "2"):
        run(killed, "goal", "set", person, "Løbe", "--group", "G1", "--date", "2024-02-20")
    with at(killed, *MEET) as seat:
        seat.see("Space")
        seat.press(terminal.ENTER)
        status, said = seat.end()
    assert status == 0 and "1 Anna Holm: nothing is left to ask" in said and "husrum intake drafts --show 1" in said, said
    assert "Svømme" in run(killed, "intake", "drafts", "--show", "1")
    run(killed, "intake", "drafts", "--remove", "1")
    assert len(kept(killed)) == 1
