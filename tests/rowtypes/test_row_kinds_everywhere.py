"""Each kind of row about volunteers and care: in undo, merging, erasure, a person's own data, the tables that are exported and imported, and `check`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from journal import City
from running import husrum, new_city

TODAY = {"HUSRUM_TODAY": "2024-10-08"}
SECRET = "Zebrahest"


class Kind(NamedTuple):
    """A kind of row. line: enters one, with a word that nobody else may read, if the kind has words; person: whose it is; table: where it is stored."""

    line: str
    person: int
    table: str
    words: bool = True


KINDS = {
    "applications": Kind(f'volunteer apply "Bo Ravn" --date 2024-09-01 --for leader --note {SECRET}', 5, "volunteer_applications"),
    "declined": Kind("volunteer decline 4 --date 2024-09-15 --reason moved_away", 4, "volunteer_applications", False),
    "hours": Kind(f"volunteer hours 2 2,5 --date 2024-05-05 --what {SECRET}", 2, "volunteer_hours"),
    "pair_meetings": Kind(f"match meet 1 --date 2024-03-01 --hours 2 --note {SECRET}", 1, "pair_meetings"),
    "reminders": Kind(f"person remind 1 --on 2024-12-01 --note {SECRET}", 1, "reminders"),
    "attests": Kind("volunteer attest 2 criminal_record --date 2024-02-02", 2, "attests", False),
    "consents": Kind("person consent 1 research --given 2024-02-02", 1, "consents", False),
    "forced": Kind(f"group leader G1 2 --force {SECRET}", 2, "leaders"),
    "goals": Kind(f"goal set 1 {SECRET} --date 2024-02-02", 1, "goals"),
}
EACH = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city with a match, a group, and an applicant, and a setting that is passed over."""
    city = City(new_city(tmp_path_factory.mktemp("kinds") / "aarhus.db"), "2024-10-08")
    city.must(
        "setting set leader_attests confidentiality",
        'intake add "Anna Holm" --born 2001-02-03 --enquired 2024-01-08 --held 2024-01-15',
        'volunteer add "Karen Dal" --born 1980-02-03 --joined 2024-01-01 --role befriender --role leader --intro-course 2024-01-20',
        "match start 1 2 --date 2024-02-01",
        "group open Tirsdag --kind talk --start 2024-09-03 --weeks 1",
        "group meet G1 --date 2024-09-03 --present none",
        'volunteer apply "Cilla Bro" --born 1990-02-03 --date 2024-09-01 --ref 4',
    )
    return city.path


@pytest.fixture
def city(empty: Path, tmp_path: Path) -> City:
    return City(Path(shutil.copy(empty, tmp_path / "aarhus.db")), "2024-10-08")


def rows(city: City, kind: Kind) -> int:
    """Return the number of rows of the kind's table, or of declines."""
    ended = " WHERE declined IS NOT NULL" if kind is KINDS["declined"] else ""
    return int(str(city.rows(f"SELECT count(*) FROM {kind.table}{ended}")[0][0]))


@EACH
def test_undo_and_check(city: City, kind: str) -> None:
    before = rows(city, KINDS[kind])
    city.corrected(KINDS[kind].line)
    assert rows(city, KINDS[kind]) == before + 1
    assert json.loads(city("check --format json").stdout) == []


@EACH
def test_the_tables_are_read_back(city: City, kind: str, tmp_path: Path) -> None:
    city.must(KINDS[kind].line, f"export tables {tmp_path / 'out'}")
    again = City(new_city(tmp_path / "again.db"), city.today)
    files = " ".join(str(path) for path in sorted((tmp_path / "out").glob("*.csv")))
    again.must(f"import {files}", f"export tables {tmp_path / 'back'}")
    assert rows(again, KINDS[kind]) == rows(city, KINDS[kind])
    for path in (tmp_path / "out").glob("*.csv"):
        assert (tmp_path / "back" / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


@EACH
def test_no_words_travel_to_the_nation(city: City, kind: str, tmp_path: Path) -> None:
    city.must(KINDS[kind].line)
    nation = tmp_path / "denmark.db"
    done = husrum("merge", nation, city.path, env=TODAY)
    assert done.exit_code == 0, done.stderr
    assert SECRET.encode() not in nation.read_bytes()
    figures = [
        json.loads(husrum("stats", "year", "2024", "--format", "json", "--db", path, env=TODAY).stdout)["figures"]
        for path in (city.path, nation)
    ]
    for key in ("volunteer_hours", "volunteer_applicants", "volunteers"):
        assert figures[0][key]["value"] == figures[1][key]["value"]


@EACH
def test_it_is_part_of_a_persons_own_data(city: City, kind: str, tmp_path: Path) -> None:
    number, path = KINDS[kind].person, tmp_path / "own.json"
    city.must(KINDS[kind].line, f"person export {number} --to {path}")
    text = path.read_text(encoding="utf-8")
    assert KINDS[kind].table in json.loads(text)["rows"]
    assert not KINDS[kind].words or SECRET in text


@EACH
@pytest.mark.parametrize("verb", ["erase", "anonymise"])
def test_it_goes_with_its_person(city: City, kind: str, verb: str) -> None:
    city.must(KINDS[kind].line, f"person {verb} {KINDS[kind].person} --yes")
    assert SECRET.encode() not in city.path.read_bytes()
    if verb == "erase":
        assert rows(city, KINDS[kind]) == (1 if kind == "applications" else 0)
