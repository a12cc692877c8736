"""Pauses of a match that had some already, and of a pair that was matched twice."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from once import made_once
from running import looked_into, new_city
from town import Town


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Town:
    """Anna (1) and Karen (2) were matched from 1 March to 1 June."""
    town = Town(new_city(tmp_path / "town.db"))
    town.young("Anna Holm", since="2024-02-01")
    town.volunteer("Karen Dal")
    town.must("match", "start", "1", "2", "--date", "2024-03-01")
    town.must("match", "end", "1", "--date", "2024-06-01", "--reason", "other")
    return town


def pauses(town: Town) -> list[tuple[str, str, str | None]]:
    """The pauses in the file: the first day of their match, their first day, and the day on which they were over."""
    with closing(looked_into(town.path)) as connection:
        sql = "SELECT matches.starts, pauses.starts, pauses.ends FROM pauses JOIN matches ON matches.id = match_id ORDER BY 1, 2"
        return connection.execute(sql).fetchall()


def test_a_new_pause_is_after_the_last_of_several(town: Town) -> None:
    town.must("match", "start", "1", "2", "--date", "2024-07-01")
    for verb, day in (("pause", "07-05"), ("resume", "07-08"), ("pause", "08-15"), ("resume", "08-20")):
        town.must("match", verb, "1", "--date", f"2024-{day}")
    refused = town("match", "pause", "1", "--date", "2024-08-10")
    assert refused.exit_code == 5 and "before the last pause was over, on 2024-08-20" in refused.stderr
    for verb in ("pause", "resume", "pause"):  # the last one goes on
        town.must("match", verb, "1", "--date", "2024-08-20")
    assert "paused already, since 2024-08-20" in town("match", "pause", "1").stderr
    assert pauses(town) == [
        ("2024-07-01", "2024-07-05", "2024-07-08"),
        ("2024-07-01", "2024-08-15", "2024-08-20"),
        ("2024-07-01", "2024-08-20", None),
    ]


@pytest.mark.parametrize(("day", "status"), [("2024-02-29", 2), ("2024-03-01", 0), ("2024-06-01", 0), ("2024-06-02", 2)])
def test_a_pause_in_a_list_is_on_a_day_of_the_match(town: Town, tmp_path: Path, day: str, status: int) -> None:
    (file := tmp_path / "pauses.csv").write_text(f"person,volunteer,date,until\n1,2,{day},{day}\n", encoding="utf-8")
    done = town("import", file)
    assert done.exit_code == status and (f"no match on {day}" in done.stdout + done.stderr) == (status == 2)
    assert pauses(town) == ([] if status else [("2024-03-01", day, day)])


def test_a_pause_on_the_day_of_two_matches_is_of_the_later_one(town: Town, tmp_path: Path) -> None:
    town.must("match", "start", "1", "2", "--date", "2024-06-01")
    (file := tmp_path / "pauses.csv").write_text("person,volunteer,date,until\n1,2,2024-06-01,2024-06-05\n", encoding="utf-8")
    town.must("import", file)
    assert pauses(town) == [("2024-06-01", "2024-06-01", "2024-06-05")]
