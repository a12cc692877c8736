"""What somebody avoids, and what they say about themselves, is never shown among what they like."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import husrum, new_city
from town import TODAY, Town

WISHES = ("--interest", "film", "--interest", "spil", "--time", "evening", "--about", "hund", "--wants-age", "18-30", "--avoid", "kat")


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(new_city(tmp_path / "town.db"))


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "film, spil, evening, 18-30; about themselves: hund; avoids: kat"),
        ("da", "film, spil, aften, 18-30; om sig selv: hund; undgår: kat"),
    ],
)
@pytest.mark.parametrize("page", ["volunteer", "person"])
def test_on_a_volunteers_page(town: Town, page: str, language: str, shown: str) -> None:
    town.volunteer("Karen Bang", *WISHES)
    done = husrum(page, "show", "1", "--history", "--language", language, "--db", town.path, env={"HUSRUM_TODAY": TODAY, "COLUMNS": "200"})
    assert shown in done.stdout


@pytest.mark.parametrize(
    ("wishes", "shown"),
    [
        ("--avoid kat", "avoids: kat"),
        ("--about hund --avoid kat", "about themselves: hund; avoids: kat"),
        ("--interest kat", "kat"),
        ("--interest film --avoid kat --avoid røg", "film; avoids: kat, røg"),
        ("", ""),
    ],
)
def test_only_what_there_is_is_named(town: Town, wishes: str, shown: str) -> None:
    town.volunteer("Karen Bang", *wishes.split())
    history = json.loads(town.must("volunteer", "show", "1", "--format", "json"))["history"]
    assert [each["detail"] for each in history if each["what"] == "offers to be a Hjerteven"] == [shown]


def test_on_the_waiting_list(town: Town) -> None:
    town.young("Anna Holm", *WISHES)
    (listed,) = json.loads(town.must("match", "list", "--waiting", "--format", "json"))
    assert (listed["wishes"], listed["about"], listed["avoids"]) == (["film", "spil", "evening", "18-30"], ["hund"], ["kat"])
    danish = husrum("match", "list", "--waiting", "--language", "da", "--db", town.path, env={"HUSRUM_TODAY": TODAY, "COLUMNS": "200"})
    assert all(heading in danish.stdout for heading in ("Ønsker", "Om sig selv", "Undgår"))
