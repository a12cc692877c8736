"""What was entered twice on a day, differently or after it was undone, is read back from its tables as two."""

from __future__ import annotations

from pathlib import Path

import pytest
from random_commands import TODAY, new_town
from running import husrum
from test_matching import known, tables
from town import Town

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


def typed(path: Path, *lines: str) -> None:
    for line in lines:
        result = husrum(*line.split(), "--db", path, env=TODAY)
        assert result.exit_code == 0, (line, result.stderr)


def read_back(path: Path, folder: Path) -> dict[str, list[dict[str, str]]]:
    """The tables of a file, after showing that they make the same file, add nothing to either, in any order, and are the same again."""
    town, again = Town(path), Town(folder / "again.db")
    written = tables(town, folder / "tables")
    files = sorted((folder / "tables").glob("*.csv"))
    again.must("init", again.path, "--city", "Aarhus", "--records-from", "2023-01-01")
    again.must("import", *files)
    assert tables(again, folder / "again") == written
    for each in (town, again):
        known(each, *files)
    for file in files:
        heading, *rows = file.read_text(encoding="utf-8").splitlines()
        file.write_text("\n".join([heading, *reversed(rows), ""]), encoding="utf-8")
    known(town, *files)
    return written


@pytest.fixture
def town_file(tmp_path: Path) -> Path:
    (tmp_path / "town").mkdir()
    path = new_town(tmp_path / "town" / "town.db")
    typed(path, "match unwait 6 --date 2024-04-01", "match unwait 5 --date 2024-04-01")
    return path


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("kind", UNDONE)
def test_what_was_undone_and_done_again_on_a_day_is_two(town_file: Path, tmp_path: Path, kind: str, times: int) -> None:
    before = len(tables(Town(town_file), tmp_path / "before").get(kind, []))
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
