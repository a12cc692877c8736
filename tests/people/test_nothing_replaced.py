"""What is entered about somebody who is known replaces nothing without a word: the first day stays, notes are added, and contacts say what they were."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from town import Town


@pytest.fixture
def town(city: Path) -> Town:
    return Town(city)


def table(town: Town, kind: str) -> list[dict[str, str]]:
    """The rows of a table."""
    folder = town.path.with_name("tables")
    town.must("export", "tables", folder, "--overwrite") if folder.exists() else town.must("export", "tables", folder)
    with (folder / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_one_more_role_moves_neither_the_first_day_nor_the_offer_and_loses_nothing(town: Town) -> None:
    facts = ("--note", "bager", "--gender", "f", "--phone", "20304050")
    town.must("volunteer", "add", "Karen Bang", "--role", "leader", "--joined", "2020-01-01", *facts)
    town.must("match", "offer", "1")
    told = town.must(
        *("volunteer", "add", "--person", "1", "--role", "organiser", "--joined", "2022-05-05", "--note", "har bil"),
        *("--gender", "x", "--recruited-through", "friend", "--phone", "20304051"),
    )
    assert "phone 20304051 (before: 20304050)" in told and "gender Other gender (before: Woman)" in told and "recruited" not in told
    (row,) = table(town, "volunteers")
    assert (row["joined"], row["note"], row["recruited_through"]) == ("2020-01-01", "bager\nhar bil", "friend")
    assert [(each["role"], each["from"]) for each in table(town, "roles")] == [("leader", "2020-01-01"), ("organiser", "2022-05-05")]
    assert "2020-01-01         offers to be a Hjerteven" in town.must("volunteer", "show", "1")
    town.must("volunteer", "add", "--person", "1", "--role", "online", "--joined", "2019-03-03")
    assert table(town, "volunteers")[0]["joined"] == "2019-03-03"


def test_a_new_enquiry_says_which_contact_it_replaces(town: Town) -> None:
    town.must("intake", "add", "Anna Ek", "--enquired", "2024-01-02", "--phone", "20304050", "--called", "Ann")
    again = ("--phone", "20304051", "--called", "Nan", "--email", "a@b.dk")
    told = town.must("intake", "add", "Anna Ek", "--person", "1", "--enquired", "2024-05-02", *again)
    assert "phone 20304051 (before: 20304050)" in told and "called Nan (before: Ann)" in told and "mail" not in told


def test_a_consent_that_is_given_twice_is_withdrawn_whole(town: Town) -> None:
    town.must("intake", "add", "Anna Ek", "--enquired", "2024-01-02", "--held", "2024-01-09", "--diagnosis", "anxiety")
    town.must("person", "consent", "1", "health_data", "--given", "2024-01-09")
    told = town.must("person", "consent", "1", "health_data", "--given", "2024-02-09")
    assert "1 Anna Ek gave that consent on 2024-01-09 already" in told
    town.must("person", "consent", "1", "health_data", "--withdrawn", "2024-03-01")
    assert [row["withdrawn"] for row in table(town, "consents")] == ["2024-03-01", "2024-03-01"]
    assert town("intake", "edit", "1", "--diagnosis", "stress").exit_code == 5
    assert "diagnosis" not in [each for row in table(town, "intakes") for each, text in row.items() if text]


@pytest.mark.parametrize(
    "line",
    [
        "figure set 2024 facebook_followers 3 --source none",
        "volunteer add Bo --role none",
        "grant add F --per-year 3 --from none",
        "group open G --kind talk --start none",
        "group open G --kind ingen --start 2024-01-01",
        "person onward 1 --to none",
    ],
)
def test_what_a_command_needs_is_not_none(town: Town, line: str) -> None:
    town.must("intake", "add", "Anna Ek", "--enquired", "2024-01-02")
    before = town.path.read_bytes()
    refused = town(*line.split())
    assert (refused.exit_code, "needed here" in refused.stderr or "--role is missing" in refused.stderr) == (2, True), refused.stderr
    assert town.path.read_bytes() == before
