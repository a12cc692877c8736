"""Every column of every kind that can be empty: filled in by a later file, read back as it was written, and not replaced by another value."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from running import new_city
from town import Town

# Kind -> what identifies a row, with what it must have, or has already; and what may be filled in later, `column=value`.
FILLED = {
    "partners": ("name=Fonden", "kind=fund from=2020-01-01 to=2024-01-01"),
    "intakes": ("person=1 enquired=2024-02-02", "held=2024-02-09 source=friend motive=loneliness wish=events offered=group gender=f municipality=Viborg occupation=flexjob diagnosis=adhd treatment=past suicidal_thoughts=never loneliness=mild note=Shy"),
    "volunteers": ("person=3", "joined=2020-01-01 recruited_through=friend gender=m phone=12345678 email=o@example.org note=Kind"),
    "other_people": ("name=Eva ref=9", "called=Nus born=2001-02-03 phone=12345678 email=e@example.org"),
    "applications": ("person=3 date=2024-02-02", "for=leader note=Kind declined=2024-03-03 reason=moved_away"),
    "roles": ("volunteer=2 role=leader from=2024-01-01", "to=2024-05-01"),
    "hours": ("volunteer=2 hours=3 date=2024-02-02", "what=Phone"),
    "groups": ("title=Friday kind=network start=2024-02-02", "leader=2 capacity=7 venue=Here programme=Summer closed=2024-05-01"),
    "leaders": ("group=G1 person=2 from=2024-01-08", "to=2024-05-01"),
    "enrolments": ("group=G1 person=1 date=2024-01-08", "until=2024-05-01 reason=completed"),
    "events": ("title=Walk date=2024-02-02", "activity=walking venue=Park partner=Church|Club programme=Autumn|Summer organiser=1|2 joint=walk-2024 hours=2.5 note=Cold"),
    "leaving": ("person=1 date=2024-05-01", "reason=moved_away"),
    "matches": ("person=1 volunteer=2 date=2024-03-01", "ended=2024-06-01 reason=other"),
    "pauses": ("person=4 volunteer=2 date=2024-04-01", "until=2024-05-01 reason=illness"),
    "pair_meetings": ("person=4 date=2024-04-01", "note=Cinema"),
    "proposals": ("person=1 volunteer=2 date=2024-02-20", "withdrawn=2024-02-21"),
    "proposals that became a match": ("person=4 volunteer=2 date=2024-02-20", "matched=2024-03-01"),
    "waiting": ("person=1 since=2024-02-01 speaks=dansk", "interest=chess time=evening area=north about=calm wants_gender=f wants_age=20-40 avoid=dogs until=2024-02-20 reason=other"),
    "offers": ("volunteer=2 about=calm", "interest=chess time=evening area=north speaks=dansk wants_gender=f wants_age=20-40 avoid=dogs from=2024-01-02 until=2024-09-01"),
    "contacts": ("person=4 date=2024-04-02", "note=Fine"),
    "reminders": ("person=1 on=2024-05-01", "done=2024-05-02"),
    "consents": ("person=1 purpose=research given=2024-02-02", "withdrawn=2024-03-03"),
    "goals": ("person=1 text=Ring date=2024-02-02", "outcome=reached marked=2024-03-03"),
    "suggestions": ("text=Kor date=2024-02-02", "outcome=adopted resolved=2024-03-03 note=Soon"),
    "grants": ("funder=Fonden per_year=5000", "agreement=project from=2020-01-01 to=2024-01-01 offer=intake|talk_group"),
    "targets": ("text=Group period=2024", "why=Promised outcome=partly note=Half"),
    "figures": ("year=2024 key=discord_members value=5", "source=Discord"),
}  # fmt: skip


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Anna (1), Karen (2) who is matched with Dan (4), Ole (3), and the group G1."""
    town = Town(new_city(tmp_path_factory.mktemp("filled") / "town.db"))
    town.must("intake", "add", "Anna Holm", "--enquired", "2024-01-02")
    town.must("volunteer", "add", "Karen Dal", "--role", "befriender", "--intro-course", "2023-01-01")
    town.must("volunteer", "apply", "Ole Bak", "--date", "2024-01-01")
    town.must("intake", "add", "Dan Eg", "--enquired", "2024-01-02")
    town.must("group", "open", "Monday", "--kind", "talk", "--start", "2024-01-08", "--weeks", "1")
    town.must("match", "start", "4", "2", "--date", "2024-03-01", "--force", "agreed")
    return town.path


def cells_of(text: str) -> dict[str, str]:
    return dict(cell.split("=") for cell in text.split())


@pytest.mark.parametrize("case", FILLED)
def test_what_was_empty_is_filled_in_and_stays(usual: Path, tmp_path: Path, case: str) -> None:
    town = Town(Path(shutil.copy(usual, tmp_path / "town.db")))
    kind, (key, more) = case.split()[0], map(cells_of, FILLED[case])

    def imported(cells: dict[str, str]) -> str:
        path = tmp_path / f"{kind}.csv"
        path.write_text(f"{','.join(cells)}\n{','.join(cells.values())}\n", encoding="utf-8")
        done = town("import", path, "--format", "csv")
        return done.stdout.splitlines()[-1] if done.exit_code == 0 else done.stderr

    assert imported(key) == f"{kind}.csv,{kind},1,0,0"
    assert imported(key | more) == f"{kind}.csv,{kind},0,1,0"
    assert imported(key | more) == f"{kind}.csv,{kind},0,0,1"
    town.must("export", "tables", tmp_path / "out")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out" / f"{kind}.csv").read_text(encoding="utf-8"))))
    wanted = key | more
    differing = [{name: row[name] for name, text in wanted.items() if row.get(name, text) != text} for row in rows]
    assert {} in differing, differing


@pytest.mark.parametrize(
    ("kind", "cells", "words"),
    [
        ("targets", "period=2024 why=Promised", "give a figure and its value, or the target in words"),
        ("targets", "period=2024 key=visits", "value"),
        ("proposals", "person=4 volunteer=2 date=2024-02-20 matched=2024-02-28", "matched"),
    ],
)
def test_a_row_that_lacks_something_says_what(usual: Path, tmp_path: Path, kind: str, cells: str, words: str) -> None:
    town, path = Town(Path(shutil.copy(usual, tmp_path / "town.db"))), tmp_path / f"{kind}.csv"
    path.write_text("\n".join(map(",".join, zip(*cells_of(cells).items(), strict=True))) + "\n", encoding="utf-8")
    done = town("import", path)
    assert done.exit_code == 2 and words in done.stderr


def test_a_course_is_filled_in_whatever_else_was_shown(usual: Path, tmp_path: Path) -> None:
    town = Town(Path(shutil.copy(usual, tmp_path / "town.db")))
    town.must("volunteer", "add", "Ida Lund", "--role", "leader", "--joined", "2024-01-01")
    town.must("volunteer", "attest", "5", "confidentiality", "--date", "2024-02-02")
    (path := tmp_path / "volunteers.csv").write_text("name,intro_course\nIda Lund,2024-03-03\n", encoding="utf-8")
    for filled_in in ("0,1,0", "0,0,1"):
        assert town.must("import", path, "--format", "csv").splitlines()[1] == f"volunteers.csv,volunteers,{filled_in}"
    town.must("export", "tables", tmp_path / "out")
    assert (tmp_path / "out" / "attests.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "2,intro_course,2023-01-01",
        "5,confidentiality,2024-02-02",
        "5,intro_course,2024-03-03",
    ]


def test_only_partners_that_were_entered_as_such_are_exported(usual: Path, tmp_path: Path) -> None:
    town = Town(Path(shutil.copy(usual, tmp_path / "town.db")))
    town.must("event", "log", "Walk", "--date", "2024-02-02", "--venue", "The park", "--partner", "The church")
    town.must("partner", "add", "The fund")
    town.must("export", "tables", tmp_path / "out")
    assert (tmp_path / "out" / "partners.csv").read_text(encoding="utf-8").splitlines()[1:] == ["The fund,,,"]


def test_who_stands_for_an_event_is_not_exported_as_a_leader(usual: Path, tmp_path: Path) -> None:
    town = Town(Path(shutil.copy(usual, tmp_path / "town.db")))
    town.must("group", "open", "Friday", "--kind", "network", "--start", "2024-01-12", "--leader", "2")
    town.must("event", "log", "Walk", "--date", "2024-02-02", "--organiser", "1")
    town.must("export", "tables", tmp_path / "out")
    assert (tmp_path / "out" / "leaders.csv").read_text(encoding="utf-8").splitlines()[1:] == ["G2,2,2024-01-12,"]
