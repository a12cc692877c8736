"""What was entered twice on a day, differently or after it was undone, is read back from its tables as two."""

from __future__ import annotations

from pathlib import Path

import pytest
from once import made_once
from random_commands import TODAY, new_town
from reading_back import imported, read_back, tables, typed
from running import husrum

D = "2024-06-03"
UNDONE = {
    "waiting": (f"match wait 6 --since {D}", f"match unwait 6 --date {D}"),
    "enrolments": (f"group enroll G1 5 --date {D}", f"group leave G1 5 --date {D}"),
    "matches": (f"match start 5 9 --date {D} --force aftalt", f"match end 5 --date {D} --reason no_contact"),
    "leaders": (f"group leader G1 8 --from {D}", f"group leader G1 8 --to {D}"),
    "roles": (f"volunteer role 8 online --from {D}", f"volunteer role 8 online --to {D}"),
    "consents": (f"person consent 2 research --given {D}", f"person consent 2 research --withdrawn {D}"),
}
OPTIONAL = {
    "pair_meetings": (f"match meet 4 --date {D}", "--hours 2"),
    "hours": (f"volunteer hours 8 2 --date {D}", "--what telefon"),
    "reminders": (f"person remind 1 --on {D}", "--note ring"),
    "contacts": (f"match contact 4 --date {D}", "--note ring"),
}


@pytest.fixture
@made_once
def town_file(tmp_path: Path) -> Path:
    (tmp_path / "town").mkdir()
    path = new_town(tmp_path / "town" / "town.db")
    typed(path, "match unwait 6 --date 2024-04-01", "match unwait 5 --date 2024-04-01")
    return path


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("kind", UNDONE)
def test_what_was_undone_and_done_again_on_a_day_is_two(town_file: Path, tmp_path: Path, kind: str, times: int) -> None:
    before = len(tables(town_file, tmp_path / "before").get(kind, []))
    done, undone = UNDONE[kind]
    typed(town_file, *(done, undone) * times, done)
    assert len(read_back(town_file, tmp_path)[kind]) == before + times + 1


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("kind", OPTIONAL)
def test_with_and_without_what_may_be_left_out_is_two(town_file: Path, tmp_path: Path, kind: str, first: bool) -> None:
    line, more = OPTIONAL[kind]
    lines = (line, f"{line} {more}")
    typed(town_file, *(lines if first else reversed(lines)))
    assert len(read_back(town_file, tmp_path)[kind]) == 2


def test_a_venue_or_partner_of_an_event_that_was_described_is_read_back(town_file: Path, tmp_path: Path) -> None:
    typed(
        town_file,
        f"event log Kor --date {D} --partner Kirken --venue Huset",
        "partner edit Kirken --kind forening --from 2024-01-01",
        "partner edit Huset --to 2024-09-01",
        "partner add Soras",
    )
    written = read_back(town_file, tmp_path)["partners"]
    assert [[*row.values()] for row in written] == [
        ["Huset", "", "", "2024-09-01", "yes"],
        ["Kirken", "forening", "2024-01-01", "", "yes"],
        ["Soras", "", "", "", ""],
    ]
    figures = ("stats", "year", "2024", "--format", "json", "--db")
    assert husrum(*figures, tmp_path / "again.db", env=TODAY).stdout == husrum(*figures, town_file, env=TODAY).stdout
    as_partner = tmp_path / "partners.csv"
    as_partner.write_text("name,kind\nHuset,hus\n", encoding="utf-8")
    imported(town_file, [as_partner])
    assert [*tables(town_file, tmp_path / "entered")["partners"][0].values()] == ["Huset", "hus", "", "2024-09-01", ""]


def test_nobody_is_enrolled_twice_from_one_day_even_by_force(town_file: Path) -> None:
    before = town_file.read_bytes()
    again = husrum("group", "enroll", "G1", "4", "--date", "2024-02-05", "--force", "--db", town_file, env=TODAY)
    assert again.exit_code == 5
    assert "is enrolled in G1 already, from 2024-02-05" in again.stderr
    assert town_file.read_bytes() == before


def test_two_who_look_alike_are_read_back_when_the_volunteer_has_the_first_number(tmp_path: Path) -> None:
    path = tmp_path / "town.db"
    lines = ("volunteer add Ås --joined 2024-01-01 --role peer", f"intake add Åse --enquired {D}", "person distinct 2 1")
    typed(path, f"init {path} --city Aarhus --records-from 2023-01-01", *lines)
    assert read_back(path, tmp_path)["distinct"] == [{"person": "1", "other": "2"}]
