"""`none` clears a value, wherever it is typed, and never makes anything called none."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from once import made_once
from running import looked_into, new_city
from town import Town

ANSWERS = {
    "referred_by": "The doctor", "note": "Shy", "held": "2024-01-09", "source": "doctor", "motive": "loneliness", "wish": "events", "offered": "group",
    "gender": "f", "municipality": "Aarhus", "occupation": "unemployed", "diagnosis": "anxiety", "treatment": "past", "suicidal_thoughts": "past",
    "loneliness": "mild",
}  # fmt: skip
NOT_CODES = ("diagnosis", "loneliness")  # of which none is a code


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Town:
    town = Town(new_city(tmp_path / "town.db"))
    options = [word for name, text in ANSWERS.items() for word in (f"--{name.replace('_', '-')}", text)]
    town.must("intake", "add", "Anna Holm", "--called", "Nan", "--born", "2002-05-05", "--phone", "12345678", "--email", "a@example.org",
        "--enquired", "2024-01-02", *options)  # fmt: skip
    return town


def row(town: Town, kind: str, directory: Path) -> dict[str, str]:
    town.must("export", "tables", directory)
    return next(csv.DictReader(io.StringIO((directory / f"{kind}.csv").read_text(encoding="utf-8"))))


def nothing_is_called_none(town: Town) -> None:
    with looked_into(town.path) as connection:
        for table, column in (
            ("people", "name"),
            ("partners", "name"),
            ("activities", "title"),
            ("programmes", "programme"),
            ("branches", "name"),
        ):
            assert not connection.execute(f"SELECT 1 FROM {table} WHERE lower({column}) IN ('none', 'ingen', 'nobody')").fetchall(), table


@pytest.mark.parametrize("name", [*ANSWERS, "enquired"])
def test_every_answer_of_an_interview_is_cleared(town: Town, tmp_path: Path, name: str) -> None:
    word = "not_recorded" if name in NOT_CODES else "Nobody" if name == "referred_by" else "none"
    town.must("intake", "edit", "1", f"--{name.replace('_', '-')}", word)
    output = row(town, "intakes", tmp_path / "out")
    assert output.pop(name) == ""
    assert all(output[other] == text for other, text in ANSWERS.items() if other in output)
    nothing_is_called_none(town)


@pytest.mark.parametrize("name", NOT_CODES)
def test_none_is_a_code_of_two_questions(town: Town, tmp_path: Path, name: str) -> None:
    town.must("intake", "edit", "1", f"--{name}", "none")
    assert row(town, "intakes", tmp_path / "out")[name] == "none"


@pytest.mark.parametrize("name", ["called", "born", "phone", "email"])
def test_every_fact_of_a_person_is_cleared(town: Town, tmp_path: Path, name: str) -> None:
    town.must("person", "edit", "1", f"--{name}", "none")
    assert row(town, "intakes", tmp_path / "out")[name] == ""
    assert town("person", "edit", "1", "--name", "none").exit_code == 2


def test_the_wishes_of_somebody_who_waits_are_cleared(town: Town, tmp_path: Path) -> None:
    wishes = {"interest": "chess", "time": "evening", "area": "North", "speaks": "Danish", "about": "dog", "wants-gender": "f", "wants-age": "20-30",
        "avoid": "smoker"}  # fmt: skip
    town.must("match", "wait", "1", "--since", "2024-02-01", *(word for name, text in wishes.items() for word in (f"--{name}", text)))
    for name in wishes:
        town.must("match", "edit", "1", f"--{name}", "none")
        assert row(town, "waiting", tmp_path / name)[name.replace("-", "_")] == ""


@pytest.mark.parametrize(
    "words",
    [
        ("intake", "add", "none"),
        ("event", "log", "None"),
        ("partner", "add", "INGEN"),
        ("partner", "add", "nobody"),
        ("group", "open", "none", "--kind", "talk", "--start", "2024-01-02"),
        ("grant", "add", "none", "--per-year", "5", "--from", "2024-01-02"),
        ("person", "onward", "1", "--to", "none"),
        ("branch", "edit", "--name", "none"),
        ("event", "log", "Walk", "--programme", "none", "--programme", "Summer"),
    ],
)  # fmt: skip
def test_nothing_is_called_none(town: Town, words: tuple[str, ...]) -> None:
    assert town(*words).exit_code == 2


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("intake edit 1 --diagnosis anxiety --diagnosis not_recorded", "not_recorded"),
        ("intake edit 1 --wish events --wish Ingen", "Ingen"),
        ("event log Walk --partner none --partner UngK", "none"),
    ],
)
def test_what_clears_a_value_is_named_as_it_was_typed_if_it_comes_with_others(town: Town, line: str, word: str) -> None:
    done = town(*line.split())
    assert done.exit_code == 2 and f": {word} can't be combined with others." in done.stderr


def test_an_option_of_none_is_one_left_empty(town: Town, tmp_path: Path) -> None:
    none = [word for name in ("activity", "venue", "partner", "programme", "joint", "note", "until") for word in (f"--{name}", "none")]
    town.must("event", "log", "Walk", "--date", "2024-02-02", "--present", "none", *none)
    assert row(town, "events", tmp_path / "out")["venue"] == ""
    lines = "title,date,venue,partner\nRun,2024-03-03,none,ingen\n"
    (tmp_path / "events.csv").write_text(lines, encoding="utf-8")
    town.must("import", tmp_path / "events.csv")
    nothing_is_called_none(town)


def test_volunteering_in_one_more_role_keeps_when_they_joined(town: Town, tmp_path: Path) -> None:
    town.must("volunteer", "add", "Karen Bang", "--role", "leader", "--joined", "2020-01-01")
    town.must("match", "offer", "Karen Bang", "--interest", "chess")
    town.must("volunteer", "add", "--person", "2", "--role", "befriender")
    assert row(town, "volunteers", tmp_path / "out")["joined"] == "2020-01-01"
    with (tmp_path / "out" / "roles.csv").open(encoding="utf-8") as file:
        assert [(each["role"], each["from"]) for each in csv.DictReader(file)] == [("leader", "2020-01-01"), ("befriender", "2024-10-08")]
    assert '"volunteers",,"' not in town.must("stats", "year", "2021", "--format", "json")
    assert town.must("stats", "explain", "2021", "volunteers", "--format", "json").count("Karen Bang") == 1


def test_a_joining_day_is_corrected_by_edit_and_not_by_one_more_role(town: Town, tmp_path: Path) -> None:
    town.must("volunteer", "add", "Karen Bang", "--role", "leader", "--joined", "2020-01-01")
    told = town.must("volunteer", "add", "--person", "2", "--role", "befriender", "--joined", "2021-01-01")
    assert "2 Karen Bang volunteers since 2020-01-01. If that is wrong: husrum volunteer edit 2 --joined DATE" in told
    assert row(town, "volunteers", tmp_path / "out")["joined"] == "2020-01-01"
    town.must("volunteer", "edit", "2", "--joined", "2021-01-01")
    assert row(town, "volunteers", tmp_path / "again")["joined"] == "2021-01-01"


def test_the_theme_and_the_note_of_a_meeting_are_cleared(town: Town) -> None:
    town.must("group", "open", "Tirsdag", "--kind", "talk", "--start", "2024-02-06")
    town.must("group", "meet", "G1", "--date", "2024-02-06", "--present", "1", "--theme", "Ro", "--note", "hej")
    town.must("group", "meet", "G1", "--date", "2024-02-06", "--present", "1", "--theme", "none", "--note", "ingen")
    with looked_into(town.path) as connection:
        held = "SELECT theme, note, unnamed FROM sessions WHERE state = 'held'"
        assert connection.execute(held).fetchall() == [(None, None, 0)]
        assert connection.execute("SELECT count(*) FROM attendance").fetchone() == (1,)
