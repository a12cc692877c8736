"""`person list`: each condition by what it leaves in, and together."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from running import husrum, new_city

TODAY = {"HUSRUM_TODAY": "2024-11-02"}
MADE = """
intake add "Anna Holm" --enquired 2024-01-08 --held 2024-01-15 --born 1994-03-01 --phone 22334455 --email anna@example.dk
intake add "Bo Krog" --enquired 2024-01-09 --held 2024-01-16 --born 1993
intake add "Cille Dam" --enquired 2024-01-10 --born 1993-12-31
intake add "Dorte Eg" --enquired 2024-01-10
volunteer add "Karen Dal" --joined 2024-01-01 --role leader --phone 99887766
group open Tirsdag --kind talk --start 2024-09-03 --weeks 4 --leader 5
group enroll G1 1-4 --date 2024-09-03
group meet G1 --date 2024-09-03 --present 1-4
group meet G1 --date 2024-09-10 --present 1 --excused 4
group meet G1 --date 2024-09-17 --present 1 --excused 2
group meet G1 --date 2024-09-24 --present 1
event log Spil --date 2024-10-20 --present 3
person leave 4 --date 2024-10-25
person consent 1 quotes_photos --given 2024-02-01
person consent 2 quotes_photos --given 2024-02-01
person consent 2 quotes_photos --withdrawn 2024-11-01
match wait 2
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = new_city(tmp_path_factory.mktemp("list") / "aarhus.db")
    for line in MADE.strip().splitlines():
        done = husrum("--db", path, *shlex.split(line), env=TODAY)
        assert done.exit_code == 0, (line, done.stderr)
    return path


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("--young", [1, 2, 3, 4]),
        ("--volunteers", [5]),
        ("--left", [4]),
        ("--waiting", [2]),
        ("--event E1", [3]),
        ("--once", [2, 4]),
        ("--once --year 2023", []),
        ("--once --left", [4]),
        ("--not-seen-since 2024-09-25", [1, 2]),
        ("--not-seen-since 2024-09-24", [2]),
        ("--not-seen-since 2024-09-03", []),
        ("--not-seen-since 1m", [1, 2]),
        ("--not-seen-since 2m --left", []),
        ("--missed 1", [2, 3, 4]),
        ("--missed 2", [2, 3, 4]),
        ("--missed 3", [3]),
        ("--missed 4", []),
        ("--group G1 --missed 3", [3]),
        ("--turns 31", [2, 3]),
        ("--turns 31 --by 2025-03-01", [1, 2, 3]),
        ("--turns 31 --by 2025-02-28", [2, 3]),
        ("--turns 30", []),
        ("--consent quotes_photos", [1]),
        ("--consent citat", [1]),
        ("--lacks-consent quotes_photos --young", [2, 3, 4]),
        ("--lacks-consent research --volunteers", [5]),
    ],
)
def test_each_condition_leaves_in(city: Path, typed: str, numbers: list[int]) -> None:
    done = husrum("--db", city, "person", "list", *typed.split(), "--format", "json", env=TODAY)
    assert done.exit_code == 0, done.stderr
    assert [each["person"] for each in json.loads(done.stdout)] == numbers


def test_who_was_interviewed_and_never_came(tmp_path: Path) -> None:
    city = new_city(tmp_path / "aarhus.db")

    def listed(*more: str) -> list[int]:
        done = husrum("--db", city, "person", "list", "--never-came", *more, "--format", "json", env=TODAY)
        assert done.exit_code == 0, done.stderr
        return [each["person"] for each in json.loads(done.stdout)]

    for line in (
        ("intake", "add", "Anna Holm", "--enquired", "2023-01-08", "--held", "2023-01-15"),
        ("intake", "add", "Bo Krog", "--enquired", "2024-01-08", "--held", "2024-01-15"),
        ("intake", "add", "Cille Dam", "--enquired", "2024-01-08", "--held", "2024-01-15"),
        ("intake", "add", "Dorte Eg", "--enquired", "2024-01-08"),
        ("volunteer", "add", "Karen Dal", "--joined", "2024-01-01", "--role", "befriender", "--intro-course", "2024-01-01"),
    ):
        assert husrum("--db", city, *line, env=TODAY).exit_code == 0
    assert listed() == [1, 2, 3]
    assert (listed("--year", "2023"), listed("--year", "2024")) == ([1], [2, 3])
    assert husrum("--db", city, "event", "log", "Spil", "--date", "2024-02-03", "--present", "1", env=TODAY).exit_code == 0
    assert husrum("--db", city, "match", "start", "2", "5", "--date", "2024-03-01", env=TODAY).exit_code == 0
    assert listed() == [3] == listed("--year", "2024")
    assert listed("--year", "2023") == [1]  # in 2023 she had not come


def test_the_day_of_a_birthday_and_contacts_are_shown(city: Path) -> None:
    def records(*typed: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(husrum("--db", city, "person", "list", *typed, "--format", "json", env=TODAY).stdout)
        return found

    assert {each["person"]: each["turns"] for each in records("--turns", "31", "--by", "2025-12-31")} == {
        1: "2025-03-01",
        2: "2024",
        3: "2024-12-31",
    }
    (anna,) = records("--consent", "quotes_photos", "--show", "phone,email")
    assert (anna["phone"], anna["email"]) == ("22334455", "anna@example.dk")
    assert anna == records("--consent", "quotes_photos", "--show", "email", "--show", "telefon")[0]
    assert not {"phone", "email", "turns"} & records()[0].keys()
    shown = husrum("--db", city, "person", "list", "--show", "phone,email", env=TODAY).stdout
    assert "22334455" in shown and "Born" not in shown


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("--missed 0", 2), ("--missed two", 2), ("--turns x", 2), ("--by 2025-01-01", 2), ("--not-seen-since 2k", 2), ("--consent health", 0),
        ("--consent wealth", 2), ("--show address", 2), ("--young --volunteers", 2), ("--year 2024", 2), ("--group G9", 4), ("--event E9", 4),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(city: Path, typed: str, status: int) -> None:
    done = husrum("--db", city, "person", "list", *typed.split(), env=TODAY)
    assert done.exit_code == status and "Traceback" not in done.stderr
    assert status == 0 or len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("22 33 44 55", ["Anna Holm"]),
        ("+45 99887766", ["Karen Dal"]),
        ("3344", ["Anna Holm"]),
        ("anna@", ["Anna Holm"]),
        ("334", []),
        ("@", ["Anna Holm"]),
        ("holm", ["Anna Holm"]),
        ("5", ["Karen Dal"]),
    ],
)
def test_somebody_is_found_by_phone_and_e_mail_too(city: Path, typed: str, names: list[str]) -> None:
    done = husrum("person", "find", typed, "--format", "json", "--db", city, env=TODAY)
    assert done.exit_code == (0 if names else 4)
    assert not names or [each["name"] for each in json.loads(done.stdout)] == names


def test_an_interview_is_being_seen(city: Path) -> None:
    listed = json.loads(husrum("person", "list", "--format", "json", "--db", city, env=TODAY).stdout)
    assert {each["person"]: each["last_seen"] for each in listed} == {
        1: "2024-09-24",
        2: "2024-09-03",
        3: "2024-10-20",
        4: "2024-09-03",
        5: "2024-09-24",
    }


def test_what_to_show_goes_by_its_danish_words(city: Path) -> None:
    shown = husrum("person", "list", "--show", "tlf,e-mail", "--language", "da", "--db", city, env=TODAY)
    assert shown.stdout.splitlines()[0].split() == ["Nummer", "Navn", "Telefon", "E-mail"]
    refused = husrum("person", "list", "--show", "adresse", "--language", "da", "--db", city, env=TODAY)
    assert (refused.exit_code, refused.stderr) == (2, "Fejl: visning: “adresse” er hverken telefon (phone) eller e-mail (email).\n")
