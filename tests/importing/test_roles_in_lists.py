"""A list of volunteers with a row for each role: one volunteer, with all the roles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from running import Result, husrum

ENV = {"HUSRUM_TODAY": "2026-11-30"}
LIST = """Navn;Rolle;Start;Slut;Telefon
Karen Bang;hjerteven;1/3-2025;;
Karen Bang;gruppeleder;1/1-2025;;20304050
Ole Toft;hjerteven;1/4-2025;1/6-2025;
Ole Toft;gruppeleder;1/2-2025;;
Pia Lund;gruppeleder;1/2-2025;1/3-2025;
Pia Lund;hjerteven;1/4-2025;1/7-2025;
"""


def imported(city: Path, text: str) -> Result:
    Path("frivillige.csv").write_text(text, encoding="utf-8")
    return husrum("--db", city, "import", "frivillige.csv", env=ENV)


def volunteers(city: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(husrum("volunteer", "list", "--all", "--format", "json", "--db", city, env=ENV).stdout)
    return rows


def roles(city: Path) -> list[str]:
    husrum("export", "tables", "tables", "--overwrite", "--db", city, env=ENV)
    return Path("tables/roles.csv").read_text(encoding="utf-8").splitlines()[1:]


def test_a_row_for_each_role_is_one_volunteer_with_all_of_them(city: Path) -> None:
    done = imported(city, LIST)
    assert done.exit_code == 0, done.stderr
    assert [(each["name"], each["joined"], each["left"]) for each in volunteers(city)] == [
        ("Karen Bang", "2025-01-01", None), ("Ole Toft", "2025-02-01", None), ("Pia Lund", "2025-02-01", "2025-07-01"),
    ]  # fmt: skip
    assert sorted(roles(city)) == [
        "1,befriender,2025-03-01,", "1,leader,2025-01-01,", "2,befriender,2025-04-01,2025-06-01", "2,leader,2025-02-01,",
        "3,befriender,2025-04-01,2025-07-01", "3,leader,2025-02-01,2025-03-01",
    ]  # fmt: skip
    assert "20304050" in husrum("volunteer", "show", 1, "--db", city, env=ENV).stdout


def test_the_same_list_again_in_another_order_adds_nothing(city: Path) -> None:
    imported(city, LIST)
    heading, *lines = LIST.splitlines(keepends=True)
    again = imported(city, heading + "".join(reversed(lines)))
    assert again.exit_code == 0 and "nothing was added" in again.stderr, again.stderr


def test_rows_of_one_volunteer_that_contradict_each_other_are_told(city: Path) -> None:
    text = "Navn;Rolle;Start;Introkursus;Note\nKaren Bang;gruppeleder;1/1-2025;2/1-2025;Ringer selv\nKaren Bang;hjerteven;1/3-2025;{};Kun i foråret\n"
    refused = imported(city, text.format("3/1-2025"))
    assert (
        refused.exit_code == 2
        and "row 3, Introkursus" in refused.stderr
        and "row 2 has another value for the same person" in refused.stderr
    )
    assert not volunteers(city)
    assert imported(city, text.format("")).exit_code == 0
    shown = husrum("volunteer", "show", 1, "--answers", "--db", city, env=ENV).stdout
    assert "Ringer selv" in shown and "Kun i foråret" in shown
    assert "nothing was added" in imported(city, text.format("2/1-2025")).stderr
