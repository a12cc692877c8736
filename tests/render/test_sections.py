"""A group, today and a proposal at a terminal: in sections that fit it, whose colours say nothing that a sign doesn't."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from running import husrum
from terminal import Terminal

DAY = {"HUSRUM_TODAY": "2024-11-20"}


def shown(path: Path, *words: str, columns: int = 80, rows: int = 24, **env: str) -> str:
    with Terminal(path, *words, columns=columns, rows=rows, env={"HUSRUM_LANGUAGE": "da", **DAY, **env}) as seat:
        status, text = seat.end()
    assert status == 0, text
    return text


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("words", [("group", "show", "G1"), ("group", "show", "G7"), ("today",), ("match", "propose")])
@pytest.mark.parametrize("columns", [50, 80, 120])
def test_every_screen_fits_and_nothing_is_cut(aarhus_once: Path, words: tuple[str, ...], columns: int) -> None:
    lines = plain(shown(aarhus_once, *words, columns=columns)).splitlines()
    assert max(map(len, lines)) <= columns
    assert not any("..." in line for line in lines)


@pytest.mark.parametrize("words", [("group", "show", "G1"), ("today",), ("match", "propose")])
def test_without_colour_the_same_is_shown(aarhus_once: Path, words: tuple[str, ...]) -> None:
    coloured, bare = shown(aarhus_once, *words), shown(aarhus_once, *words, NO_COLOR="1")
    assert "\x1b[" in coloured and "\x1b[" not in bare
    assert plain(coloured) == bare


def test_a_strip_says_who_came_to_which_meeting(aarhus_once: Path) -> None:
    page = json.loads(husrum("group", "show", "G1", "--format", "json", "--db", aarhus_once).stdout)
    text = plain(shown(aarhus_once, "group", "show", "G1"))
    held = [meeting for meeting in page["meetings"] if meeting["state"] == "held"]
    assert held and page["enrolled"]
    for person in page["enrolled"]:
        signs = ""
        for meeting in held:
            came = person["person"] in meeting["present"]
            signs += "■" if came else "a" if person["person"] in meeting["excused"] else "·"
        assert re.search(rf"^{person['person']} {re.escape(person['name'])} +{signs} +{person['came']}", text, re.MULTILINE)
    for meeting in held:
        day = "-".join(reversed(meeting["date"].split("-")))
        assert f"{day}  {len(meeting['present']) + meeting['unnamed']}" in text


def test_the_most_urgent_of_today_comes_first_with_a_sign(aarhus_once: Path) -> None:
    lines = plain(shown(aarhus_once, "today", columns=100, rows=30)).splitlines()
    headings = [line for line in lines if "─" in line]
    urgent = [line.startswith("! ") for line in headings]
    assert any(urgent) and urgent == sorted(urgent, reverse=True)
    assert any(line.startswith("! Helbredsoplysninger uden samtykke") for line in headings)
    commands = [
        record["command"] for record in json.loads(husrum("today", "--format", "json", "--db", aarhus_once, env=DAY).stdout)["items"]
    ]
    assert sum(any(command in line for command in commands) for line in lines) >= len(headings)
    assert len(lines) <= 30


def test_meetings_without_a_theme_are_listed_side_by_side(city: Path) -> None:
    assert (
        husrum("group", "open", "Onsdag", "--kind", "network", "--start", "2024-09-04", "--weeks", "9", "--db", city, env=DAY).exit_code
        == 0
    )
    assert husrum("intake", "add", "Anna Holm", "--enquired", "2024-01-01", "--db", city).exit_code == 0
    for day in ("2024-09-04", "2024-09-11"):
        assert husrum("group", "meet", "G1", "--date", day, "--present", "none", "--db", city, env=DAY).exit_code == 0
    text = plain(shown(city, "group", "show", "G1"))
    assert "04-09-2024  0         11-09-2024  0" in text
    assert husrum("group", "meet", "G1", "--date", "2024-09-18", "--present", "1", "--unnamed", "3", "--db", city, env=DAY).exit_code == 0
    assert re.search(r"18-09-2024  +4  +også 1 Anna, 3 uden navn", plain(shown(city, "group", "show", "G1")))


def test_days_without_a_theme_are_written_as_danes_write_them(city: Path) -> None:
    for words in (
        ("open", "Onsdag", "--kind", "talk", "--start", "2024-09-04", "--weeks", "2"),
        ("meet", "G1", "--date", "2024-09-04", "--present", "none", "--theme", "Venner"),
    ):
        assert husrum("group", *words, "--db", city, env=DAY).exit_code == 0
    text = plain(shown(city, "group", "show", "G1"))
    assert "11-09-2024" in text and "2024-09-11" not in text
