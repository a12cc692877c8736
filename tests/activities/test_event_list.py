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


def test_what_is_visited_most(city: Path, tmp_path: Path) -> None:
    path = tmp_path / "city.db"
    path.write_bytes(city.read_bytes())
    for line in (
        "event log Dyst --date 2024-04-01 --activity 'brætspil ' --unnamed 4",
        "event log Film --date 2024-04-02 --activity Film --unnamed 8",
        "event log Film --date 2024-04-03 --activity Film --unnamed 2 --kind online",
        "event plan Film --date 2030-04-03 --activity Film",
    ):
        assert husrum("--db", path, *shlex.split(line), env=TODAY).exit_code == 0

    def by(*words: str) -> list[tuple[object, ...]]:
        done = husrum("--db", path, "event", "list", *words, "--format", "json", env=TODAY)
        assert done.exit_code == 0, done.stderr
        return [tuple(row.values()) for row in json.loads(done.stdout)]

    assert by("--by", "activity", "--year", "2024") == [("Film", 2, 10, 5.0), ("brætspil", 2, 9, 4.5), (None, 1, 0, 0.0)]
    assert by("--by", "kind", "--activity", "film") == [("social", 1, 8, 8.0), ("online", 1, 2, 2.0)]
    assert by("--by", "programme", "--year", "2024") == [(None, 3, 14, 4.7), ("Sommer", 2, 5, 2.5)]
    assert by("--by", "title", "--year", "2024", "--kind", "social")[0] == ("Film", 1, 8, 8.0)
    assert husrum("--db", path, "event", "list", "--by", "weather", env=TODAY).exit_code == 2
