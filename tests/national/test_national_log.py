"""The log of a national file: who wrote what, about what. A merge rebuilds the file, and its log stays."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from once import made_once
from running import husrum, looked_into
from unions import AARHUS, VIBORG, dump, run, small_city

# What the nation writes, and what its log says that was about.
LINES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("grant", "add", "Fonden", "--per-year", "1000", "--from", "2024-01-01"), "1 Fonden"),
    (("target", "add", "young_people", "100", "--period", "2025"), "1 Different young people 2025"),
    (("figure", "set", "2021", "facebook_followers", "610", "--source", "siden"), "Facebook followers 2021"),
    (("figure", "set", "2018", "young_people", "5", "--source", "STATUS", "--branch", "Aarhus"), "Different young people 2018 Aarhus"),
    (("branch", "add", "Nykøbing", "--from", "2024-01-01"), "Nykøbing"),
    (("link", "different", "Aarhus:1", "Viborg:1"), "Aarhus:1 – Viborg:1"),
    (("setting", "set", "contact_days", "40"), "contact_days"),
    (("year", "close", "2023", "--force"), "2023"),
    (("year", "reopen", "2023", "--why", "en by manglede"), "2023"),
    (("figure", "set", "2021", "discord_members", "5", "--source", "siden"), "Discord members 2021"),
    (("undo", "--yes"), "figure set: Discord members 2021"),
)


@pytest.fixture
@made_once
def land(tmp_path: Path) -> Path:
    """The national file of two cities, in which all these lines were run by Karen."""
    small_city(tmp_path / "aarhus.db", "Aarhus", AARHUS)
    small_city(tmp_path / "viborg.db", "Viborg", VIBORG)
    path = tmp_path / "land.db"
    run("merge", path, tmp_path / "aarhus.db", tmp_path / "viborg.db")
    for words, _about in LINES:
        result = husrum(*words, "--db", path, env={"HUSRUM_TODAY": "2025-02-01", "USER": "karen"})
        assert result.exit_code == 0, (words, result.stderr)
    return path


def log(path: Path) -> list[dict[str, Any]]:
    """The log of the nation's own commands, the newest first, but for whether each can be undone."""
    steps: list[dict[str, Any]] = json.loads(run("log", "--limit", "0", "--format", "json", "--db", path).stdout)
    return [{key: value for key, value in step.items() if key not in ("edit", "undoable")} for step in steps[: len(LINES)]]


def test_a_merge_takes_nothing_from_the_log(land: Path) -> None:
    before = log(land)
    assert [(step["command"], step["about"]) for step in reversed(before)] == [
        (" ".join(words[:2]).removesuffix(" --yes"), about) for words, about in LINES
    ]
    assert {step["who"] for step in before} == {"karen"} and all(step["wrote"] for step in before)
    assert [step["command"] for step in before if step["undone"]] == ["figure set"]
    run("merge", land, land.with_name("viborg.db"))
    assert log(land) == before
    run("event", "log", "Skak", "--date", "2024-03-04", "--present", "1", "--db", land.with_name("aarhus.db"))
    run("merge", land, land.with_name("aarhus.db"))
    assert log(land) == before
    run("merge", land.with_name("new.db"), land)
    assert log(land.with_name("new.db")) == before
    run("check", "--db", land)


def test_a_file_that_was_merged_into_twice_is_left_as_it_is(land: Path) -> None:
    run("merge", land, land.with_name("aarhus.db"))
    state = land.stat()
    run("merge", land, land.with_name("aarhus.db"))
    assert (land.stat().st_ino, land.stat().st_mtime_ns) == (state.st_ino, state.st_mtime_ns)


@pytest.mark.parametrize("first", ["whole.db", "bare.db"])
def test_a_copy_that_lost_its_log_to_an_older_husrum_takes_nothing_from_another(land: Path, first: str) -> None:
    whole, bare = land.with_name("whole.db"), land.with_name("bare.db")
    run("merge", whole, land)
    shutil.copy2(whole, bare)
    with closing(looked_into(bare)) as file, file:
        file.execute("DELETE FROM steps")
        file.execute("UPDATE edits SET who = NULL")
    files = {"whole.db": (whole, bare), "bare.db": (bare, whole)}[first]
    run("merge", land.with_name("out.db"), *files)
    assert dump(land.with_name("out.db")) == dump(whole)
    run("merge", *files)
    assert dump(files[0]) == dump(whole)


def test_a_city_s_log_stays_in_the_city(land: Path) -> None:
    run("export", "handover", land.with_name("sent.db"), "--unencrypted", "--db", land.with_name("aarhus.db"))
    for path in (land, land.with_name("sent.db")):
        with closing(looked_into(path)) as file:
            sql = "SELECT count(who), count(edit_id) FROM edits LEFT JOIN steps ON edit_id = edits.id WHERE branch_id IS NOT NULL"
            assert file.execute(sql).fetchone() == (0, 0)
