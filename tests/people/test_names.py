"""One folding of names, for import, adding, finding, lists of people and duplicates; and who is meant by part of a name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from any_text import LETTERS
from hypothesis import given
from hypothesis import strategies as st
from once import made_once
from running import husrum, new_city

from husrum_cli.domain.people.lookup import People
from husrum_cli.input.text import name_key, name_words

SPELLINGS = (
    "Anne-Marie O'Connor", "Anne Marie O'Connor", "Anne-Marie O’Connor", "Annemarie O´Connor", "O'Connor, Anne-Marie", "ANNE\u00adMARIE OCONNOR",
    "Anne\u200b-Marie\ufeff O'Connor",
)  # fmt: skip
CSV = """name;born;enquired
Anne-Marie O'Connor;2001-01-01;2024-01-05
Anne Marie O'Connor;2001-01-01;2024-01-06
Anne-Marie O’Connor;2001-01-01;2024-01-07
J. P. Holm;2002-02-02;2024-01-05
J.P. Holm;2002-02-02;2024-01-06
"""


def run(city: Path, *line: object, code: int = 0) -> str:
    """Return what a command writes."""
    result = husrum(*line, "--db", city, env={"HUSRUM_TODAY": "2024-10-08"})
    assert result.exit_code == code, result.stderr
    return result.stdout + result.stderr


def listed(city: Path, *line: object) -> list[dict[str, Any]]:
    """Return the rows of a list."""
    found: list[dict[str, Any]] = json.loads(husrum(*line, "--format", "json", "--db", city).stdout)
    return found


@pytest.mark.parametrize("name", SPELLINGS)
def test_spellings_of_one_name(name: str) -> None:
    assert name_key(name) == "annemarieoconnor"


@given(st.text(LETTERS), st.sampled_from(["\u200b", "\u00ad", "\ufeff", "\u2060"]))
def test_signs_that_cant_be_seen_make_no_other_name(name: str, sign: str) -> None:
    assert name_words(sign.join(name)) == name_words(name)


def test_spellings_are_one_person_in_every_command(city: Path, tmp_path: Path) -> None:
    file = tmp_path / "intakes.csv"
    file.write_text(CSV)
    run(city, "import", file)
    assert [len(listed(city, "intake", "list")), len(listed(city, "person", "list"))] == [5, 2]
    run(city, "import", file)
    assert len(listed(city, "intake", "list")) == 5
    for name in SPELLINGS:
        run(city, "intake", "add", name, "--born", "2001-01-01", code=5)
        [found] = listed(city, "person", "find", name)
        assert found["person"] == 1
        run(city, "person", "show", name)
    assert [each["person"] for each in listed(city, "person", "find", "j.p. holm")] == [2]
    assert [each["person"] for each in listed(city, "person", "find", "Holm, J P")] == [2]
    run(city, "event", "log", "Spil", "--present", "anne marie o’connor,j p holm")


def test_nothing_invisible_is_stored(city: Path) -> None:
    run(city, "intake", "add", "An\u200bna\ufeff Ho\u00adlm", "--born", "2001-01-01\u200b", "--note", "ring\u200b ikke")
    [person] = listed(city, "person", "list")
    assert (person["name"], person["born"]) == ("Anna Holm", "2001-01-01")
    assert "ring ikke" in run(city, "intake", "show", "\ufeff1", "--format", "json")


@pytest.fixture
@made_once
def three(tmp_path: Path) -> Path:
    """Anna Holm, called Nanna; Jens Holm; Anna Jensen."""
    city = new_city(tmp_path / "aarhus.db")
    run(city, "intake", "add", "Anna Holm", "--called", "Nanna", "--enquired", "2024-01-02")
    for name in ("Jens Holm", "Anna Jensen"):
        run(city, "intake", "add", name, "--enquired", "2024-01-02")
    return city


@pytest.mark.parametrize(
    ("text", "number"),
    [("jens", 2), ("nanna holm", 1), ("nanna", 1), ("anna j", 3), ("holm, jens", 2), ("jensen", 3), ("anna holm", 1), ("Jensen, Anna", 3)],
)
def test_who_is_meant(three: Path, text: str, number: int) -> None:
    assert json.loads(run(three, "person", "show", text, "--format", "json"))["person"] == number


def test_two_who_have_the_first_name_are_asked_about(three: Path) -> None:
    said = run(three, "person", "show", "anna", code=4)
    assert "1 Anna Holm" in said
    assert "3 Anna Jensen" in said


@pytest.mark.parametrize("nobody", ["ingen", "none", "nobody", "Ingen "])
def test_a_list_of_nobody(three: Path, nobody: str) -> None:
    run(three, "event", "log", "Spil", "--present", nobody)
    [event] = listed(three, "event", "list")
    assert event["participants"] == 0


def test_two_spellings_of_one_in_a_list_count_once(three: Path) -> None:
    said = run(three, "event", "log", "Spil", "--present", "nanna holm,ANNA-HOLM,jens,none")
    assert "named twice" in said
    [event] = listed(three, "event", "list")
    assert event["participants"] == 2


def test_numbers_are_looked_up_without_reading_everybody(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(three, "group", "open", "Tirsdag", "--kind", "talk", "--start", "2024-10-08", "--weeks", 1)
    run(three, "group", "enroll", "G1", "1-2")

    def everybody(_people: People) -> None:
        raise AssertionError("everybody was read")

    monkeypatch.setattr(People, "by_id", property(everybody))
    run(three, "event", "log", "Spil", "--present", "1,2-3", "--volunteers", "none")
    run(three, "group", "meet", "G1", "--absent", "2")
    run(three, "event", "log", "Spil igen", "--like", "E1", "--present", 3, "--date", "yesterday")


def test_a_former_number_finds_its_person(three: Path) -> None:
    run(three, "person", "join", 1, 3)
    assert json.loads(run(three, "person", "show", "3", "--format", "json"))["person"] == 1
    assert "number" in run(three, "intake", "add", "Bo", "--ref", 3, code=5)
    assert "4 Bo" in run(three, "intake", "add", "Bo")


def test_import_says_who_was_recognised_by_a_name_alone(city: Path, tmp_path: Path) -> None:
    file = tmp_path / "intakes.csv"
    file.write_text("name,enquired,phone\nBo Ek,2024-01-05,\nBo Ek,2024-02-06,\nIb Lund,2024-01-05,20304050\nIb Lund,2024-02-06,20304050\n")
    said = run(city, "import", file)
    assert "taken for 1 Bo Ek" in said
    assert "Ib Lund" not in said
    assert "taken for" not in run(city, "import", file)


@pytest.fixture
def titles(three: Path) -> Path:
    """Two courses of Tirsdagsholdet, one closed; Torsdagsholdet; games on two evenings, and a trip."""
    for line in (
        "group open Tirsdagsholdet --kind network --start 2024-02-06 --weeks 0",
        "group close G1 --date 2024-05-01",
        "group open Tirsdagsholdet --kind network --start 2024-08-06 --weeks 0",
        "group open Torsdagsholdet --kind network --start 2024-08-08 --weeks 0",
        "event log Brætspil --date 2024-09-03 --present 1",
        "event log Brætspil --date 2024-09-10 --present 1",
        "event plan Brætspil --date 2024-12-10",
        "event log Brunch --date 2024-09-10 --present 1",
    ):
        run(three, *line.split())
    return three


@pytest.mark.parametrize(
    ("noun", "text", "ref"),
    [("group", "tirsdag", "G2"), ("group", "tirsdagsholdet", "G2"), ("group", "g1", "G1"),
     ("event", "brætspil", "E2"), ("event", "BRAETSPIL", "E2"), ("event", "brun", "E4")],
)  # fmt: skip
def test_a_group_or_event_by_its_title(titles: Path, noun: str, text: str, ref: str) -> None:
    assert ref in json.loads(run(titles, noun, "show", text, "--format", "json")).values()


def test_titles_that_fit_several_are_listed(titles: Path) -> None:
    for noun, text, which in (("group", "t", ("G2 Tirsdag", "G3 Torsdag")), ("event", "br", ("E2 Brætspil", "E4 Brunch"))):
        said = run(titles, noun, "show", text, code=4)
        assert all(each in said for each in which)
    assert "husrum group list" in run(titles, "group", "show", "onsdag", code=4)


def test_titles_are_no_references_in_files(titles: Path, tmp_path: Path) -> None:
    file = tmp_path / "enrolments.csv"
    file.write_text("group,person,date\ntirsdag,1,2024-09-01\n")
    assert "tirsdag" in run(titles, "import", file, code=2)


def test_spellings_of_one_phone_number_may_be_one_person(city: Path) -> None:
    run(city, "intake", "add", "Anna Holm", "--phone", "+45 20 30 40 50")
    run(city, "intake", "add", "Nanna H", "--phone", "20-30-40-50")
    assert "husrum person join 1 2" in run(city, "check")
