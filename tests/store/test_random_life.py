"""A town whose coordinator types whatever comes to mind: after every command all that husrum promises still holds.

The figures are those of a second count; the tables make the same file again; the command can be taken back; `check` ends well or names what is wrong; nothing is
gone that the command did not take; and what is merged is what was in the file. A longer run, of other commands each time: pytest -m full tests/store/test_random_life.py
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_commands import COMMANDS, TODAY, new_town, words_of
from recount import recount
from recount_checks import differences
from recount_reading import City, Period
from running import Result, husrum, looked_into
from test_undo import rows_of

# Commands about the file itself: what they say is in no table.
_OF_THE_FILE = {"branch edit", "branch close", "branch add", "branch remove", "setting set"}
_MORE = {
    "person erase": lambda chance: (str(chance.randint(1, 9)), "--yes"),
    "person anonymise": lambda chance: (str(chance.randint(1, 9)), "--yes"),
}
TYPED = sorted({*COMMANDS, *_MORE} - _OF_THE_FILE)
# What may take rows away, because it says so, or since a correction replaces what was there.
_TAKING = {
    *(command for command in COMMANDS if command.endswith((" remove", " edit", " join", " unoffer", " reopen"))),
    *(
        "person erase",
        "person anonymise",
        "person consent",
        "person reminded",
        "match propose",
        "match offer",
        "match start",
        "figure set",
        "volunteer leave",
    ),
}
# What is often done, undone and done again on a day, or said again with more words, and joins of the people it was said of.
_AGAIN = (
    *(
        "match wait",
        "match unwait",
        "match offer",
        "match start",
        "match end",
        "match pause",
        "match resume",
        "match meet",
        "match contact",
    ),
    *("match propose", "match accept", "match withdraw", "group enroll", "group leave", "group leader", "group contact"),
    *("volunteer role", "volunteer hours", "volunteer apply", "volunteer decline", "volunteer leave", "volunteer attest"),
    *("person remind", "person reminded", "person consent", "person onward", "person leave", "person join"),
    *("event log", "partner add", "partner edit", "partner join", "goal set", "goal mark", "suggestion add", "quote add"),
    *("intake add", "intake remove"),
)
_SPAN = Period(date(2024, 1, 1), date(2024, 12, 30))  # not a calendar year, so that it is counted again when the year is closed
_NAMED = f"{_SPAN.start}..{_SPAN.end}"


def run(*words: object, status: tuple[int, ...] = (0,)) -> Result:
    """Run a command that ends as it should."""
    result = husrum(*words, env=TODAY)
    assert result.exit_code in status, (words, result.exit_code, result.stderr)
    return result


def statistics(path: Path) -> dict[str, Any]:
    """The figures of the span."""
    found: dict[str, Any] = json.loads(run("stats", "period", _NAMED, "--format", "json", "--db", path).stdout)
    return found


def tables(path: Path, folder: Path) -> dict[str, str]:
    """`export tables`: kind -> text."""
    run("export", "tables", folder, "--db", path)
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.csv"))}


def by_number(written: dict[str, str]) -> City:
    """The tables as the second count reads them, with everybody called by their number: several may have one name."""
    city: City = {kind: list(csv.DictReader(io.StringIO(text))) for kind, text in written.items()}
    for kind in ("intakes", "volunteers", "applications"):
        for row in city.get(kind, []):
            row["name"] = row.get("ref") or row.get("person") or row["name"]
    return city


def uids(path: Path) -> set[tuple[str, str]]:
    """Every row that has a name across files: (table, uid)."""
    with closing(looked_into(path)) as file:
        named = [
            name
            for (name,) in file.execute(
                "SELECT DISTINCT m.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE c.name = 'uid' AND m.type = 'table'"
            )
        ]
        return {
            (table, uid) for table in named if table not in ("edits", "branches") for (uid,) in file.execute(f"SELECT uid FROM {table}")
        }


class Life:
    """The town, and what it held before the last command."""

    def __init__(self, town: Path, folder: Path) -> None:
        self.town = Path(shutil.copytree(town.parent, folder / "town")) / town.name
        self.folder = folder
        self.wrote = 0

    def types(self, command: str, chance: Random) -> None:
        """One command, and everything that must hold after it."""
        words = (*command.split(), *_MORE[command](chance)) if command in _MORE else words_of(command, chance, self.town.parent)
        bytes_before, rows, named = self.town.read_bytes(), rows_of(self.town), uids(self.town)
        result = run(*words, "--db", self.town, status=(0, 2, 4, 5))
        if result.exit_code:
            assert rows_of(self.town) == rows, words
            return
        if self.town.read_bytes() == bytes_before:
            return
        self.wrote += 1
        if command not in _TAKING:
            assert named <= uids(self.town), (words, named - uids(self.town))
        with tempfile.TemporaryDirectory(dir=self.folder) as place:
            self.can_be_taken_back(words, rows, Path(place))
            self.is_counted_right(words, Path(place))
        for problem in json.loads(run("check", "--format", "json", "--db", self.town, status=(0, 5)).stdout):
            assert problem["what"] and problem["command"].startswith("husrum "), (words, problem)

    def can_be_taken_back(self, words: tuple[str, ...], rows: object, place: Path) -> None:
        """In a copy, `undo` brings back the rows from before; unless the log says that it can't."""
        copy = Path(shutil.copy2(self.town, place / self.town.name))
        (newest,) = json.loads(run("log", "--limit", "1", "--format", "json", "--db", copy).stdout)
        if newest["undoable"]:
            run("undo", "--yes", "--db", copy)
            assert rows_of(copy) == rows, words
        else:
            assert words[:2] in {("person", "erase"), ("person", "anonymise"), ("person", "consent")}, words

    def is_counted_right(self, words: tuple[str, ...], place: Path) -> None:
        """The tables say what the figures are, and make the same file again."""
        written = tables(self.town, place / "tables")
        shown = statistics(self.town)
        wrong = differences(recount(by_number(written), _SPAN), shown)
        assert not wrong, (words, wrong)
        again = place / "again.db"
        run("init", again, "--city", "Aarhus", "--records-from", "2023-01-01")
        run("import", *sorted((place / "tables").glob("*.csv")), "--db", again)
        assert tables(again, place / "tables again") == written, words
        assert not differences(shown, statistics(again)), words

    def is_merged(self) -> None:
        """The nation's file of this one city has its figures, and a second merge changes nothing."""
        nation = self.folder / "denmark.db"
        run("merge", nation, self.town)
        of_city, of_nation = statistics(self.town)["figures"], statistics(nation)["figures"]
        assert {key: each["value"] for key, each in of_nation.items()} == {key: each["value"] for key, each in of_city.items()}
        before = rows_of(nation)
        run("merge", nation, self.town)
        assert rows_of(nation) == before


@pytest.fixture(scope="module")
def town_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_town(tmp_path_factory.mktemp("town") / "aarhus.db")


def lived(town: Path, typed: list[tuple[str, int]]) -> int:
    """Return how many of the commands wrote."""
    with tempfile.TemporaryDirectory() as folder:
        life = Life(town, Path(folder))
        for command, seed in typed:
            life.types(command, Random(seed))
            if seed % 3 == 0:  # the nation's file grows with the city's, and what the city took back or erased goes there too
                life.is_merged()
        life.is_merged()
        return life.wrote


@settings(max_examples=5, derandomize=True, database=None)
@given(typed=st.lists(st.tuples(st.sampled_from(TYPED), st.integers(0, 2**32)), min_size=4, max_size=9))
def test_after_every_command_all_that_is_promised_holds(town_once: Path, typed: list[tuple[str, int]]) -> None:
    lived(town_once, typed)


@settings(max_examples=3, derandomize=True, database=None)
@given(typed=st.lists(st.tuples(st.sampled_from(_AGAIN), st.integers(0, 2**32)), min_size=6, max_size=12))
def test_what_is_done_again_on_a_day_is_read_back(town_once: Path, typed: list[tuple[str, int]]) -> None:
    lived(town_once, typed)


@pytest.mark.full
@pytest.mark.parametrize("commands", [TYPED, _AGAIN])
def test_the_same_for_long(town_once: Path, commands: Sequence[str]) -> None:
    chance, wrote = Random(), 0
    for _round in range(40):
        typed = [(chance.choice(commands), chance.randrange(2**32)) for _each in range(chance.randint(5, 30))]
        print(typed, flush=True)
        wrote += lived(town_once, typed)
    print(f"{wrote} commands that wrote")
    assert wrote > 200
