"""A year that the nation closed: no merge takes anything from it, and one that an older husrum damaged is shown and named."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from once import made_once
from running import husrum, looked_into
from unions import dump, run, small_city

LATER = {"HUSRUM_TODAY": "2025-02-01"}


def line(*words: object) -> str:
    """A command in the year after, which must succeed."""
    result = husrum(*words, env=LATER)
    assert result.exit_code == 0, (words, result.stderr)
    return result.stdout


@pytest.fixture
@made_once
def nation(tmp_path: Path) -> Path:
    """A nation of two cities that has closed 2024, with a grant, a target, reported figures and a decision of its own."""
    for city in ("Aarhus", "Viborg"):
        small_city(
            tmp_path / f"{city}.db",
            city,
            (("intake", "add", f"Anna {city}", "--enquired", "2024-02-02", "--held", "2024-02-03", "--born", "2003-05-02"),),
        )
    path = tmp_path / "land.db"
    line("merge", path, tmp_path / "Aarhus.db", tmp_path / "Viborg.db")
    line("grant", "add", "Fonden", "--total", 90000, "--from", "2024-01-01", "--offer", "intake", "--db", path)
    with closing(looked_into(path)) as file, file:
        file.execute(
            """INSERT INTO targets (number, key, value, period, starts, ends, grant_id, why)
            SELECT 1, 'young_people', 5, '2024', '2024-01-01', '2024-12-31', id, 'lovet' FROM grants"""
        )
    line("figure", "set", 2022, "young_people", 71, "--source", "STATUS", "--branch", "Aarhus", "--db", path)
    line("figure", "set", 2024, "coordinator_positions", 3, "--source", "Regnskab", "--db", path)
    line("link", "different", "Aarhus:1", "Viborg:1", "--db", path)
    line("year", "close", 2024, "--force", "--db", path)
    return path


def own_rows(path: Path) -> list[tuple[object, ...]]:
    """The nation's own rows, without local ids."""
    with closing(looked_into(path)) as connection:
        found: list[tuple[object, ...]] = []
        for sql in (
            "SELECT uid, year, closed_at, figures, hash, reopened_at, reopened_why FROM closed_years WHERE branch_id IS NULL",
            "SELECT part, rows FROM closed_rows JOIN closed_years ON closed_years.id = closed_year_id WHERE branch_id IS NULL",
            "SELECT uid, number, funder, agreement, per_year, total, starts, ends, whole_years FROM grants WHERE branch_id IS NULL",
            "SELECT offer FROM grant_offers",
            "SELECT targets.uid, key, value, text, period, why, grants.uid FROM targets LEFT JOIN grants ON grants.id = grant_id",
            "SELECT uid, year, key, value, source FROM reported_figures WHERE branch_id IS NULL",
            "SELECT uid, branch_uid, year, key, value, source FROM figures_for_branches",
            "SELECT one_uid, other_uid, same FROM link_decisions",
            "SELECT uid, at, who, command, wrote, things FROM edits LEFT JOIN steps ON edit_id = edits.id WHERE branch_id IS NULL",
            "SELECT key, value FROM settings",
        ):
            found += sorted(map(tuple, connection.execute(sql)), key=repr)
        return found


def commands_end_well(path: Path) -> None:
    line("stats", "trend", "--db", path)
    line("export", "year", 2024, "--to", path.with_name("year.json"), "--db", path)
    line("report", 2024, "--to", path.with_name("report.html"), "--db", path)
    line("stats", "year", 2024, "--publish", "--db", path)


def test_a_merge_takes_nothing_from_the_nation_s_own_rows(nation: Path) -> None:
    before, shown = own_rows(nation), json.loads(line("stats", "year", 2024, "--format", "json", "--db", nation))
    assert len(before) > 10
    for files in (["Aarhus.db"], ["Viborg.db", "Aarhus.db"]):
        line("merge", nation, *(nation.with_name(file) for file in files))
        assert own_rows(nation) == before
    run("--db", nation.with_name("Aarhus.db"), "event", "log", "Skak", "--date", "2024-03-01", "--present", "1")
    line("merge", nation, nation.with_name("Aarhus.db"))
    assert own_rows(nation) == before
    copy = nation.with_name("copy.db")
    line("merge", copy, nation)
    assert own_rows(copy) == before
    now = json.loads(line("stats", "year", 2024, "--format", "json", "--db", nation))
    for key, fields in shown["figures"].items():
        assert {name: now["figures"][key].get(name) for name in fields} == fields, key
    line("check", "--db", nation)
    commands_end_well(nation)


def test_a_closed_year_that_an_older_husrum_damaged_is_shown_and_named(nation: Path) -> None:
    with closing(looked_into(nation)) as file, file:
        file.execute(
            "UPDATE closed_years SET figures = json_remove(figures, '$.by_branch', '$.shares_by_branch', '$.branches', '$.cells', '$.after')"
        )
        (figures,) = file.execute("SELECT figures FROM closed_years").fetchone()
        file.execute("UPDATE closed_years SET hash = ?", (hashlib.sha256(figures.encode()).hexdigest(),))
    assert "by_branch" not in figures
    checked = husrum("check", "--db", nation, env=LATER)
    assert checked.exit_code == 5
    assert "has lost the cities' own numbers" in checked.stdout and "husrum year reopen 2024" in checked.stdout
    line("stats", "year", 2024, "--db", nation)
    commands_end_well(nation)
    shutil.copy2(nation, nation.with_name("before.db"))
    line("merge", nation, nation.with_name("Viborg.db"))
    assert [row for row in dump(nation) if row[0] == "closed_years"] == [
        row for row in dump(nation.with_name("before.db")) if row[0] == "closed_years"
    ]


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("values", {"young_people": 5}),
        ("values", {"young_people": {"value": "many"}}),
        ("by_branch", []),
        ("by_branch", {"Aarhus": {"visits": 3}}),
        ("shares", {"diagnosis_any": {"count": 1}}),
        ("distributions", {"gender": [1]}),
        ("cells", [5]),
        ("months", {"intake": [1, 2]}),
        ("grants", [{}]),
        ("breakdowns", {"Aarhus": 1}),
        ("branches", 7),
    ],
)
def test_a_closed_year_of_other_shapes_is_shown_as_lost(nation: Path, part: str, value: Any) -> None:
    """Another program may have written it, with a hash that fits."""
    with closing(looked_into(nation)) as file, file:
        (figures,) = file.execute("SELECT figures FROM closed_years WHERE branch_id IS NULL").fetchone()
        changed = json.dumps(json.loads(figures) | {part: value})
        file.execute(
            "UPDATE closed_years SET figures = ?, hash = ? WHERE branch_id IS NULL", (changed, hashlib.sha256(changed.encode()).hexdigest())
        )
    shown = json.loads(line("stats", "year", 2024, "--format", "json", "--db", nation))
    assert shown["figures"]["young_people"]["value"] == 2
    for words in (("stats", "trend"), ("stats", "year", 2024, "--publish"), ("report", 2024, "--to", nation.with_name("r.html"))):
        line(*words, "--db", nation)
    found = husrum("check", "--db", nation, env=LATER)
    assert found.exit_code == 5 and "2024" in found.stdout


def test_a_nation_of_one_city_closes_its_own_year(tmp_path: Path) -> None:
    path = tmp_path / "land.db"
    small_city(tmp_path / "Aarhus.db", "Aarhus", (("intake", "add", "Anna", "--enquired", "2024-02-02", "--held", "2024-02-03"),))
    line("merge", path, tmp_path / "Aarhus.db")
    line("year", "close", 2024, "--force", "--db", path)
    before = own_rows(path)
    assert len(before) > 2
    line("merge", path, tmp_path / "Aarhus.db")
    assert own_rows(path) == before
    assert json.loads(line("stats", "year", 2024, "--format", "json", "--db", path))["closed"]
    line("check", "--db", path)
    line("year", "reopen", 2024, "--why", "rettelse", "--db", path)
    assert not json.loads(line("stats", "year", 2024, "--format", "json", "--db", path))["closed"]


def year_of(path: Path, *words: object) -> dict[str, Any]:
    """`stats year 2024` as JSON."""
    shown: dict[str, Any] = json.loads(line("stats", "year", 2024, *words, "--format", "json", "--db", path))
    return shown


def a_newer_aarhus(nation: Path) -> None:
    """Merges a copy of Aarhus with one more person in the closed year."""
    city = nation.with_name("Aarhus.db")
    run(
        "--db",
        city,
        "intake",
        "add",
        "Bo",
        "--enquired",
        "2024-05-02",
        "--held",
        "2024-05-03",
        "--born",
        "2001-01-09",
        "--source",
        "municipal",
    )
    line("merge", nation, city)


def test_what_a_merge_changed_of_a_closed_year_is_shown_at_once(nation: Path) -> None:
    assert "now" not in year_of(nation)["figures"]["intakes"]
    a_newer_aarhus(nation)
    intakes = year_of(nation)["figures"]["intakes"]
    assert (intakes["value"], intakes["now"]) == (2, 3)
    assert intakes["by_branch"] == {"Aarhus": 1, "Viborg": 1} and intakes["by_branch_now"] == {"Aarhus": 2}
    explained = json.loads(line("stats", "explain", 2024, "intakes", "--format", "json", "--db", nation))
    assert (explained["value"], explained["now"]) == (2, 3)
    assert "not kept" in explained["note"] and len(explained["rows"]) == 3
    assert "these are the rows of today" in line("stats", "explain", 2024, "intakes", "--db", nation)


def test_a_city_of_a_closed_nation_is_as_the_nation_closed_it(nation: Path) -> None:
    before = year_of(nation, "--branch", "Aarhus")
    assert before["closed"] and "now" not in before["figures"]["intakes"]
    a_newer_aarhus(nation)
    after = year_of(nation, "--branch", "Aarhus")
    assert after["closed"] and after["branches"] == ["Aarhus"]
    assert (after["figures"]["intakes"]["value"], after["figures"]["intakes"]["now"]) == (1, 2)
    for key, fields in before["figures"].items():
        assert {name: after["figures"][key].get(name) for name in fields} == fields, key
    assert after["distributions"] == before["distributions"] and after["distributions_now"]
    published, of_all = year_of(nation, "--branch", "Aarhus", "--publish"), year_of(nation, "--publish")
    assert published["closed"]
    for key in ("intakes", "young_people", "moved_on"):
        assert published["figures"][key]["value"] == of_all["figures"][key]["by_branch"]["Aarhus"], key
    to = nation.with_name("aarhus.json")
    line("export", "year", 2024, "--branch", "Aarhus", "--to", to, "--db", nation)
    line("report", 2024, "--branch", "Aarhus", "--to", nation.with_name("aarhus.html"), "--db", nation)
    trend = json.loads(line("stats", "trend", "--branch", "Aarhus", "--format", "json", "--db", nation))
    assert trend["years"]["2024"]["intakes"]["value"] == 1
    line("year", "reopen", 2024, "--why", "rettelse", "--db", nation)
    assert not year_of(nation, "--branch", "Aarhus")["closed"]


def test_a_city_that_closed_the_year_itself_is_as_it_closed_it(nation: Path) -> None:
    line("year", "reopen", 2024, "--why", "rettelse", "--db", nation)
    line("year", "close", 2024, "--force", "--db", nation.with_name("Aarhus.db"))
    a_newer_aarhus(nation)
    line("year", "close", 2024, "--force", "--db", nation)
    own, of_all = year_of(nation.with_name("Aarhus.db")), year_of(nation)
    assert of_all["figures"]["intakes"]["value"] == 3  # the nation counts those that are there when it closes
    for key, fields in year_of(nation, "--branch", "Aarhus")["figures"].items():
        column = of_all["figures"][key]["by_branch"]["Aarhus"]
        column = column["value"] if isinstance(column, dict) else column
        assert fields["value"] == own["figures"][key]["value"] == column, key
    assert of_all["figures"]["intakes"]["by_branch_now"] == {"Aarhus": 2}


def test_a_city_that_closed_the_year_is_marked_where_the_total_is_of_today(nation: Path) -> None:
    city = nation.with_name("Aarhus.db")
    line("year", "reopen", 2024, "--why", "rettelse", "--db", nation)
    line("year", "close", 2024, "--force", "--db", city)
    a_newer_aarhus(nation)
    rows = line("stats", "year", 2024, "--all", "--db", nation).splitlines()
    assert [row.split()[2:] for row in rows if row.startswith("Intake interviews")] == [["1", "1", "3", "Aarhus", "now", "2"]]
    share = next(row for row in rows if row.startswith("Through a municipal contact person"))
    assert share.endswith("1 of 1 (100 %)  not recorded 2; Aarhus now 1/1 100 %")
    assert not any("now" in row for row in rows if row.startswith("Severely lonely"))
    cells = [
        row
        for row in csv.DictReader(io.StringIO(line("stats", "year", 2024, "--format", "csv", "--db", nation)))
        if row["key"] == "intakes"
    ]
    assert {row["branch"]: (row["value"], row["now"]) for row in cells} == {"": ("3", ""), "Aarhus": ("1", "2"), "Viborg": ("1", "")}
    to = nation.with_name("land.md")
    line("export", "year", 2024, "--to", to, "--db", nation)
    table = [
        [each.strip() for each in row.split("|")]
        for row in to.read_text().splitlines()
        if row.startswith(("| key | Section", "| intakes |"))
    ]
    marked = dict(zip(*table[:2], strict=True))
    assert (marked["Aarhus"], marked["total"], marked["Aarhus, now"]) == ("1", "3", "2")


def test_no_distribution_of_a_city_s_closed_year_is_as_it_is_now(tmp_path: Path) -> None:
    def came(path: Path, number: int) -> None:
        told = ("--born", "2003-05-02", "--gender", "f", "--municipality", "Skive", "--referred-by", f"Lægehuset {number}")
        line("intake", "add", f"Anna {number}", "--held", f"2024-03-{number:02}", *told, "--db", path)
        line(
            "volunteer",
            "add",
            f"Bo {number}",
            "--role",
            "leader",
            "--joined",
            "2024-01-01",
            "--recruited-through",
            f"avisen {number}",
            "--db",
            path,
        )
        line("event", "log", "Skak", "--activity", f"skak {number}", "--date", f"2024-04-{number:02}", "--present", "1", "--db", path)

    city, other = (small_city(tmp_path / f"{name}.db", name, ()) for name in ("Aarhus", "Viborg"))
    came(city, 1)
    came(city, 2)
    line("year", "close", 2024, "--force", "--db", city)
    own = year_of(city)["distributions"]
    came(city, 3)
    line("merge", tmp_path / "land.db", city, other)
    shown = year_of(tmp_path / "land.db", "--branch", "Aarhus")
    words = {"referred_by", "activity", "partner_kind", "recruited_through"}
    for key, numbers in shown["distributions"].items():
        if key in words:  # the words stay in the city, their number is frozen
            assert sum(numbers.values()) == sum(own[key].values()) and numbers["not_recorded"] == sum(numbers.values()), key
        else:
            assert numbers == own[key], key
    changed = {"municipality", "municipality_age", "referred_by", "activity", "recruited_through", "role"}
    assert changed <= shown["distributions_now"].keys()


def test_a_city_changed_outside_in_a_closed_nation_is_refused(nation: Path) -> None:
    with closing(looked_into(nation)) as file, file:
        file.execute('UPDATE closed_years SET figures = replace(figures, \'"intakes":{"value":1\', \'"intakes":{"value":7\')')
        assert file.execute("SELECT figures FROM closed_years").fetchone()[0].count('"intakes":{"value":7')
    refused = husrum("stats", "year", 2024, "--branch", "Aarhus", "--db", nation, env=LATER)
    assert refused.exit_code == 3 and "changed outside husrum" in refused.stderr


@pytest.mark.parametrize("key", ["visits", "young_people", "gender_answers"])
def test_a_closed_nation_s_numbers_can_be_opened(nation: Path, key: str) -> None:
    if key == "gender_answers":
        key = next(key for key, fields in year_of(nation)["figures"].items() if "answered" in fields)
    explained = json.loads(line("stats", "explain", 2024, key, "--format", "json", "--db", nation))
    fields = year_of(nation)["figures"][key]
    assert explained["closed_at"] == "2025-02-01"
    assert len(explained["rows"]) == fields.get("answered", fields["value"])
