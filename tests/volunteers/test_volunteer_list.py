"""`volunteer list`: each condition by what it leaves in, and together."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from running import husrum, looked_into, new_city
from town import Town

TODAY = {"HUSRUM_TODAY": "2024-11-02"}
MADE = """
volunteer add "Karen Dal" --joined 2020-01-01 --role leader --email karen@example.dk --intro-course 2020-02-01
volunteer add "Lars Bak" --joined 2023-01-01 --role befriender
volunteer add "Mie Lund" --joined 2023-01-01 --role organiser
volunteer add "Nis Tved" --joined 2019-01-01 --role leader
volunteer leave 4 --date 2023-12-31
volunteer attest 1 criminal_record --date 2022-10-01
volunteer attest 2 criminal_record --date 2024-01-01
event log Introkursus --kind intro_course --date 2023-03-01 --present 3
event log Supervision --kind supervision --date 2024-03-01 --present 1
event log Supervision --kind supervision --date 2023-03-01 --present 1-3
event log Spil --date 2024-01-10 --organiser 3 --present 3
event log Spil --date 2023-01-10 --organiser 1 --present 1
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = new_city(tmp_path_factory.mktemp("list") / "aarhus.db")
    for line in MADE.strip().splitlines():
        done = husrum("--db", path, *shlex.split(line), env=TODAY)
        assert done.exit_code == 0, (line, done.stderr)
    with looked_into(path) as connection:  # applications are entered by `volunteer apply`
        connection.execute("INSERT INTO people (branch_id, number, name) VALUES (1, 5, 'Ole Ny')")
        connection.execute("INSERT INTO volunteer_applications (person_id, date) VALUES (5, '2024-10-01'), (2, '2022-12-01')")
    connection.close()
    return path


def listed(city: Path, typed: str) -> list[dict[str, object]]:
    done = husrum("--db", city, "volunteer", "list", *typed.split(), "--format", "json", env=TODAY)
    assert done.exit_code == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", [1, 2, 3]),
        ("--all", [1, 2, 3, 4]),
        ("--active", [1, 2, 3]),
        ("--active --all", [1, 2, 3]),
        ("--applied", [5]),
        ("--role leader", [1]),
        ("--role hjerteven", [2]),
        ("--lacks intro_course", [2]),
        ("--lacks confidentiality", [1, 2, 3]),
        ("--lacks criminal_record", [3]),
        ("--lacks supervision", [2, 3]),
        ("--lacks supervision --role organiser", [3]),
        ("--not-led-since 1y", [1, 2]),
        ("--not-led-since 2023-01-10", [2]),
    ],
)
def test_each_condition_leaves_in(city: Path, typed: str, numbers: list[int]) -> None:
    assert [each["volunteer"] for each in listed(city, typed)] == numbers


def test_a_record_lapses_after_the_months_of_the_setting(city: Path) -> None:
    assert husrum("--db", city, "setting", "set", "criminal_record_months", "24", env=TODAY).exit_code == 0
    assert [each["volunteer"] for each in listed(city, "--lacks criminal_record")] == [1, 3]
    assert husrum("--db", city, "undo", env=TODAY).exit_code == 0


def test_contacts_are_shown_where_they_are_asked_for(city: Path) -> None:
    assert listed(city, "--role leader --show email")[0]["email"] == "karen@example.dk"
    assert "email" not in listed(city, "--role leader")[0]
    shown = husrum("--db", city, "volunteer", "list", "--show", "phone,email", env=TODAY).stdout
    assert "karen@example.dk" in shown and "Joined" not in shown


@pytest.mark.parametrize("typed", ["--lacks courage", "--role king", "--not-led-since 2x", "--show shoe"])
def test_what_is_wrong_is_said_in_one_line(city: Path, typed: str) -> None:
    done = husrum("--db", city, "volunteer", "list", *typed.split(), env=TODAY)
    assert done.exit_code == 2 and len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("way", ["list", "list --applied"])
def test_an_intro_course_of_an_unknown_day_is_told_from_none(tmp_path: Path, way: str) -> None:
    town = Town(new_city(tmp_path / "town.db"))
    for name in ("Karen Bang", "Lars Munk"):
        town.must("volunteer", "apply", name, "--for", "leader", "--date", "2024-01-02")
    attests = tmp_path / "attests.csv"
    attests.write_text("volunteer,kind,date\nKaren Bang,intro_course,\n", encoding="utf-8")
    town.must("import", attests)
    if way == "list":
        for number in ("1", "2"):
            town.must("volunteer", "add", "--person", number, "--role", "leader", "--joined", "2024-02-01")
    listed = json.loads(town.must("volunteer", *way.split(), "--format", "json"))
    assert [each["intro_course"] for each in listed] == ["unknown", None]
    shown = town.must("--language", "da", "volunteer", *way.split())
    assert [("dato ukendt" in line) for line in shown.splitlines() if "Karen" in line or "Lars" in line] == [True, False]
