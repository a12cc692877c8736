"""`event list`: each condition by what it leaves in, and together."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from running import husrum, new_city

TODAY = {"HUSRUM_TODAY": "2024-11-02"}
MADE = """
intake add "Anna Holm" --enquired 2024-01-08
event log Spil --date 2024-02-01 --activity Brætspil --venue Huset --partner Kirken --programme Sommer --present 1 --unnamed 4
event log Spil --date 2023-02-01 --activity Brætspil --venue "Café Å"
event log Snak --date 2024-03-01 --kind online --programme Sommer
event plan Tur --date 2030-06-01 --until 2030-06-03 --venue Huset
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = new_city(tmp_path_factory.mktemp("list") / "aarhus.db")
    for line in MADE.strip().splitlines():
        done = husrum("--db", path, *shlex.split(line), env=TODAY)
        assert done.exit_code == 0, (line, done.stderr)
    return path


@pytest.mark.parametrize(
    ("typed", "events"),
    [
        ("", ["E4", "E3", "E1", "E2"]),
        ("--year 2024", ["E3", "E1"]),
        ("--kind social", ["E4", "E1", "E2"]),
        ("--kind online", ["E3"]),
        ("--activity BRÆTSPIL", ["E1", "E2"]),
        ("--venue huset", ["E4", "E1"]),
        ("--venue 'cafe å'", ["E2"]),
        ("--partner kirken", ["E1"]),
        ("--programme sommer", ["E3", "E1"]),
        ("--programme sommer --kind online", ["E3"]),
        ("--venue huset --planned", ["E4"]),
        ("--venue Mars", []),
    ],
)
def test_each_condition_leaves_in(city: Path, typed: str, events: list[str]) -> None:
    done = husrum("--db", city, "event", "list", *shlex.split(typed), "--format", "json", env=TODAY)
    assert done.exit_code == 0, done.stderr
    assert [each["event"] for each in json.loads(done.stdout)] == events


def test_participants_are_the_named_and_the_unnamed_together(city: Path) -> None:
    first = json.loads(husrum("--db", city, "event", "list", "--partner", "Kirken", "--format", "json", env=TODAY).stdout)[0]
    assert (first["participants"], first["unnamed"]) == (5, 4)


def test_an_unknown_kind_is_refused(city: Path) -> None:
    assert husrum("--db", city, "event", "list", "--kind", "talk", env=TODAY).exit_code == 2
