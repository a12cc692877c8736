"""Rows of attendance and of events whose day is in the file already, in each state that it can be in: which cells contradict it, and which rows are recorded."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from running import looked_into, new_city
from town import Town

# Number, title, day, and the commands that made it.
DAYS = [
    ("E1", "Games", "2024-02-02", "log Games --date 2024-02-02 --present 1,3 --volunteers 4 --unnamed 4"),
    ("E2", "Walk", "2024-02-09", "log Walk --date 2024-02-09"),
    ("E3", "Dinner", "2024-02-16", "plan Dinner --date 2024-02-16"),
    ("E4", "Off", "2024-02-17", "plan Off --date 2024-02-17; cancel E4"),
    ("E5", "Stopped", "2024-02-18", "log Stopped --date 2024-02-18 --present 2; cancel E5 --force"),
    ("E6", "Trip", "2024-07-01", "log Trip --date 2024-07-01 --until 2024-07-03 --present 1,2; attend E6 --date 2024-07-02 --present 1"),
    ("E6", "", "2024-07-02", ""),
    ("E7", "Later", "2024-12-01", "plan Later --date 2024-12-01"),
    ("E6", "", "2024-07-03", "attend E6 --date 2024-07-03 --present none"),
]
COLUMNS = ("present", "volunteers", "unnamed", "excused", "planned", "cancelled")
# What a row says -> of rows of attendance and of events: the cells that contradict what is recorded, by number of the line in DAYS; and of the days that they do
# not contradict, those that are recorded now: state, who came, and how many more.
CELLS = {
    ",,,,,": (
        "",
        "; 3: held nobody +0",
    ),
    "1|3,,,,,": (
        "4 present 5 present 6 present 7 present 9 present; 2: held 1,3 +0; 3: held 1,3 +0; 8: held 1,3 +0",
        "2 present 4 present 5 present 6 present; 3: held 1,3 +0; 8: held 1,3 +0",
    ),
    "1|3,4,4,,,": (
        "4 present 4 volunteers 4 unnamed 5 present 5 volunteers 5 unnamed 6 present 6 volunteers 6 unnamed 7 present 7 volunteers 7 unnamed 9 present 9 volunteers 9 unnamed; 2: held 1,3,4v +4; 3: held 1,3,4v +4; 8: held 1,3,4v +4",
        "2 present 2 volunteers 2 unnamed 4 present 4 volunteers 4 unnamed 5 present 5 volunteers 5 unnamed 6 present 6 volunteers 6 unnamed; 3: held 1,3,4v +4; 8: held 1,3,4v +4",
    ),
    "2,,,,,": (
        "1 present 4 present 5 present 6 present 7 present 9 present; 2: held 2 +0; 3: held 2 +0; 8: held 2 +0",
        "1 present 2 present 4 present 5 present 6 present; 3: held 2 +0; 8: held 2 +0",
    ),
    ",,0,,,": (
        "1 unnamed",
        "1 unnamed; 3: held nobody +0",
    ),
    ",,,2,,": (
        "1 excused 7 excused 9 excused; 2: held 2x +0; 3: held 2x +0; 8: held 2x +0",
        "1 excused 2 excused; 3: held 2x +0; 8: held 2x +0",
    ),
    ",,,,yes,": (
        "",
        "",
    ),
    ",,,,,yes": (
        "1 cancelled 6 cancelled 7 cancelled 9 cancelled; 2: cancelled nobody +0; 3: cancelled nobody +0; 8: cancelled nobody +0",
        "1 cancelled 2 cancelled 6 cancelled; 3: cancelled nobody +0; 8: cancelled nobody +0",
    ),
    "2,,,,,yes": (
        "1 present 1 cancelled 4 present 6 present 6 cancelled 7 present 7 cancelled 9 present 9 cancelled; 2: cancelled 2 +0; 3: cancelled 2 +0; 8: cancelled 2 +0",
        "1 present 1 cancelled 2 present 2 cancelled 4 present 6 present 6 cancelled; 3: cancelled 2 +0; 8: cancelled 2 +0",
    ),
    "1|2,,,,,": (
        "1 present 4 present 5 present 7 present 9 present; 2: held 1,2 +0; 3: held 1,2 +0; 8: held 1,2 +0",
        "1 present 2 present 4 present 5 present; 3: held 1,2 +0; 8: held 1,2 +0",
    ),
    "1,,,,,": (
        "1 present 4 present 5 present 6 present 9 present; 2: held 1 +0; 3: held 1 +0; 8: held 1 +0",
        "1 present 2 present 4 present 5 present; 3: held 1 +0; 8: held 1 +0",
    ),
}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    town = Town(new_city(tmp_path_factory.mktemp("recorded") / "town.db"))
    for name in ("Anna Holm", "Bo Ek", "Ce Ve"):
        town.must("intake", "add", name, "--enquired", "2024-01-02")
    town.must("volunteer", "add", "Vi Dal", "--role", "leader", "--joined", "2023-01-01")
    for command in (each for *_day, line in DAYS for each in line.split("; ") if each):
        town.must("event", *command.split())
    return town.path


def days_of(town: Town) -> list[str]:
    """Every day of DAYS as it is stored."""
    sql = """SELECT sessions.state || ' ' || ifnull((SELECT group_concat(number || iif(named_as LIKE '%volunteer%', 'v', iif(part = 'excused', 'x', '')))
        FROM attendance JOIN people ON people.id = person_id WHERE session_id = sessions.id ORDER BY number), 'nobody') || ' +' || unnamed
        FROM sessions JOIN activities ON activities.id = activity_id WHERE ref = ? AND date = ?"""
    with closing(looked_into(town.path)) as connection:
        return [connection.execute(sql, (ref, day)).fetchone()[0] for ref, _title, day, _commands in DAYS]


def outcome(town: Town, folder: Path, kind: str, cells: str) -> str:
    """Import the same cells for every day; then where they contradict nothing, and that again."""
    path = folder / f"{kind}.csv"
    heading = ",".join(("event", "date", *COLUMNS) if kind == "attendance" else ("ref", "title", "date", *COLUMNS))
    lines = {
        number: ",".join((ref, *([] if kind == "attendance" else [title]), day, cells))
        for number, (ref, title, day, _commands) in enumerate(DAYS, 1)
        if title or kind == "attendance"
    }

    def imported(numbers: list[int]) -> dict[str, Any]:
        path.write_text("\n".join((heading, *(lines[number] for number in numbers))) + "\n", encoding="utf-8")
        found: dict[str, Any] = json.loads(town("import", path, "--format", "json").stdout)
        return found

    before, numbers = days_of(town), [*lines]
    bad = [(numbers[each["row"] - 2], each["column"]) for each in imported(numbers)["bad"]]
    numbers = [number for number in numbers if number not in dict(bad)]
    if bad and numbers:
        assert imported(numbers)["bad"] == []
    after = days_of(town)
    if numbers:
        (known,) = imported(numbers)["sheets"]
        assert (known["added"], known["filled"]) == (0, 0)
    changed = [f"{number}: {now}" for number, (then, now) in enumerate(zip(before, after, strict=True), 1) if now != then]
    return "; ".join([" ".join(f"{number} {column}" for number, column in bad), *changed])


@pytest.mark.parametrize("cells", CELLS)
@pytest.mark.parametrize("kind", ["attendance", "events"])
def test_what_a_row_does_to_a_day_that_is_in_the_file(recorded: Path, tmp_path: Path, kind: str, cells: str) -> None:
    town = Town(Path(shutil.copy(recorded, tmp_path / "town.db")))
    assert outcome(town, tmp_path, kind, cells) == CELLS[cells][kind == "events"]
