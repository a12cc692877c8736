"""A consent that was withdrawn stays withdrawn, and the answers that rested on it stay deleted, whatever older copy is restored."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from once import made_once
from running import husrum, looked_into, new_city, store_of

from husrum_cli.domain.people.drafts import save_draft
from husrum_cli.domain.people.lookup import People

TODAY = {"HUSRUM_TODAY": "2024-10-08"}


def done(*words: object) -> str:
    """Return the output of a command that must succeed."""
    result = husrum(*words, env=TODAY)
    assert result.exit_code == 0, (words, result.stderr)
    return result.stdout + result.stderr


def person(path: Path, number: int) -> Any:
    """Return what is known about a person."""
    return json.loads(done("person", "show", number, "--format", "json", "--db", path))


def answers(path: Path) -> list[tuple[int, str]]:
    """(number, question) of every answer about health in the file."""
    with closing(looked_into(path)) as connection:
        sql = """SELECT number, question FROM answers JOIN intakes ON intakes.id = intake_id JOIN people ON people.id = person_id
            WHERE question IN ('diagnosis', 'loneliness') ORDER BY 1, 2"""
        return [tuple(row) for row in connection.execute(sql)]


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Path:
    """Anna (1) and Bo (2), whose answers about health are also in a backup in a folder of its own."""
    path = new_city(tmp_path / "aarhus.db")
    for name in ("Anna Holm", "Bo Krogh"):
        facts = ("--born", "2000-01-01", "--enquired", "2024-01-02", "--held", "2024-01-09")
        done("intake", "add", name, *facts, "--diagnosis", "anxiety", "--loneliness", "severe", "--db", path)
        done("person", "consent", name, "health_data", "--given", "2024-01-09", "--db", path)
        done("person", "consent", name, "national_linking", "--given", "2024-01-09", "--db", path)
    (tmp_path / "older").mkdir()
    done("backup", tmp_path / "older" / "copy.db", "--db", path)
    return path


def withdraw(town: Path) -> str:
    """Anna withdraws both consents."""
    done("person", "consent", "1", "national_linking", "--withdrawn", "2024-10-01", "--db", town)
    return done("person", "consent", "1", "health_data", "--withdrawn", "2024-10-01", "--db", town)


def check_withdrawn(town: Path) -> None:
    """Anna's answers are gone and her consents withdrawn; Bo's are as they were."""
    assert answers(town) == [(2, "diagnosis"), (2, "loneliness")]
    with closing(looked_into(town)) as connection:
        sql = "SELECT number, purpose, withdrawn FROM consents JOIN people ON people.id = person_id ORDER BY 1, 2"
        assert [tuple(row) for row in connection.execute(sql)] == [
            *((1, "health_data", "2024-10-01"), (1, "national_linking", "2024-10-01")),
            *((2, "health_data", None), (2, "national_linking", None)),
        ]


def test_an_older_backup_brings_no_answers_back(town: Path) -> None:
    withdraw(town)
    output = done("restore", town.parent / "older" / "copy.db", "--db", town)
    assert "2 consents in the backup were withdrawn since" in output
    check_withdrawn(town)
    assert "withdrawn since" not in done("restore", town.parent / "aarhus.before-restore.db", "--db", town)
    check_withdrawn(town)


def test_nor_where_the_file_itself_is_lost(town: Path) -> None:
    withdraw(town)
    town.unlink()
    output = done("restore", town.parent / "older" / "copy.db", "--force", "--db", town)
    assert "2 consents in the backup were withdrawn since" in output
    check_withdrawn(town)


def test_a_withdrawal_that_was_undone_is_not_applied(town: Path) -> None:
    done("person", "consent", "1", "national_linking", "--withdrawn", "2024-10-01", "--db", town)
    done("undo", "--db", town)
    town.unlink()
    assert "withdrawn since" not in done("restore", town.parent / "older" / "copy.db", "--force", "--db", town)
    assert len(answers(town)) == 4


def test_answers_given_after_the_withdrawal_stay(town: Path) -> None:
    withdraw(town)
    done("person", "consent", "1", "health_data", "--given", "2024-10-05", "--db", town)
    again = ("--enquired", "2024-10-05", "--held", "2024-10-06", "--loneliness", "mild")
    done("intake", "add", "Anna Holm", "--person", "1", *again, "--db", town)
    done("backup", town.parent / "older" / "later.db", "--db", town)
    done("restore", town.parent / "older" / "later.db", "--db", town)
    assert answers(town) == [(1, "loneliness"), (2, "diagnosis"), (2, "loneliness")]


def test_answers_of_later_that_stay_are_told(town: Path) -> None:
    output = done("person", "consent", "2", "health_data", "--withdrawn", "2024-01-09", "--db", town)
    assert "given after" not in output
    town = new_city(town.with_name("other.db"))
    done("intake", "add", "Bo Ek", "--enquired", "2024-01-02", "--held", "2024-03-05", "--diagnosis", "anxiety", "--db", town)
    done("measure", "add", "1", "--items", "3,2,3", "--date", "2024-04-01", "--db", town)
    done("person", "consent", "1", "health_data", "--given", "2024-01-09", "--db", town)
    output = done("person", "consent", "1", "health_data", "--withdrawn", "2024-02-01", "--db", town)
    assert "2 answers about health were given after 2024-02-01 and stay; without a consent they must go too: " in output
    done(*output.partition("too: husrum ")[2].partition("\n")[0].split(), "--db", town)
    assert answers(town) == [] and json.loads(done("measure", "list", "1", "--format", "json", "--db", town)) == []


def test_withdrawing_names_the_copies_that_still_hold_the_answers(town: Path) -> None:
    done("backup", town.parent / "next.db", "--db", town)
    output = withdraw(town)
    for path in (town.parent / "next.db", town.parent / "older" / "copy.db"):
        assert f"{path} still holds the answers" in output
    done("backup", town.parent / "clean.db", "--db", town)
    assert "clean.db" not in done("person", "consent", "2", "quotes_photos", "--withdrawn", "2024-10-01", "--db", town)


def test_an_interrupted_interview_loses_its_answers_about_health(town: Path) -> None:
    store = store_of(town)
    save_draft(store, "intake hold", People(store).find_one("1"), {"diagnosis": "stress", "phone": "20123456"})
    store.close()
    withdraw(town)
    with closing(looked_into(town)) as connection:
        assert [json.loads(text) for (text,) in connection.execute("SELECT answers FROM drafts")] == [{"phone": "20123456"}]


@pytest.mark.parametrize("name", ["aarhus.db", "gammel.db"])
def test_an_older_copy_in_the_place_of_the_file_or_next_to_it_is_noticed(town: Path, name: str) -> None:
    withdraw(town)
    town = town.with_name(name)
    town.write_bytes((town.parent / "older" / "copy.db").read_bytes())
    result = husrum("check", "--format", "json", "--db", town, env=TODAY)
    found = [problem for problem in json.loads(result.stdout) if "withdrawn" in problem["what"]]
    assert result.exit_code == 5 and [problem["who"] for problem in found] == ["1 Anna Holm", "1 Anna Holm"]
    for problem in found:
        done(*problem["command"].removeprefix("husrum ").split(), "--db", town)
    check_withdrawn(town)


def test_a_national_file_next_to_a_citys_list_brings_nothing_back(tmp_path: Path) -> None:
    city, nation = new_city(tmp_path / "horsens.db", "Horsens"), tmp_path / "land.db"
    for words in (
        ("intake", "add", "Bo Ek", "--enquired", "2024-01-01"),
        ("person", "consent", "1", "research", "--given", "2024-02-02"),
        ("person", "consent", "1", "research", "--withdrawn", "2024-03-03"),
    ):
        assert husrum(*words, "--db", city).exit_code == 0
    assert husrum("merge", nation, city).exit_code == 0
    checked = husrum("check", "--db", nation)
    assert (checked.exit_code, "older copy" in checked.stdout) == (0, False)


def brought_back(path: Path) -> list[str]:
    """Whose withdrawn consents `check` finds in the file again."""
    result = husrum("check", "--format", "json", "--db", path, env=TODAY)
    return [problem["who"] for problem in json.loads(result.stdout) if "from an older copy" in problem["what"]]


@pytest.mark.parametrize(
    "mistake",
    [
        ["person", "consent", "1", "national_linking", "--remove"],
        ["person", "consent", "1", "national_linking", "--withdrawn", "none"],
        ["undo"],
    ],
)
def test_a_withdrawal_taken_back_is_not_believed_from_the_list_of_another_copy(town: Path, mistake: list[str]) -> None:
    consent = ("person", "consent", "1", "national_linking")
    done(*consent, "--withdrawn", "2024-10-01", "--db", town)
    other = town.with_name("copy.db")
    for ending in ("", ".removed"):
        other.with_name(f"copy.db{ending}").write_bytes(town.with_name(f"{town.name}{ending}").read_bytes())
    done(*mistake, "--db", town)
    assert brought_back(town) == [] and brought_back(other) == []
    if mistake[-1] == "--remove":
        done(*consent, "--given", "2024-10-05", "--db", town)
        assert brought_back(town) == []
        done(*consent, "--given", "2024-10-05", "--remove", "--db", town)
        done(*consent, "--given", "2024-01-09", "--db", town)
    # Once the withdrawal is entered again, `check` names an older copy again.
    done(*consent, "--withdrawn", "2024-10-01", "--db", town)
    town.write_bytes((town.parent / "older" / "copy.db").read_bytes())
    assert brought_back(town) == ["1 Anna Holm"]
