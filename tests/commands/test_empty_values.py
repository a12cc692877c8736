"""An empty value, most often a variable of a script that is not set: never another file, this folder or this year."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import husrum


@pytest.mark.parametrize(
    "line",
    [
        *("today --db EMPTY", "--db EMPTY check", "--db=EMPTY check", "today --db-key EMPTY", "--language EMPTY today", "--db EMPTY"),
        *("use EMPTY", "backup EMPTY", "restore EMPTY", "import EMPTY", "merge EMPTY a.db", "merge nation.db EMPTY", "demo EMPTY"),
        *("init EMPTY --city Horsens", "export tables EMPTY", "export handover EMPTY", "link use-key EMPTY", "stats year EMPTY"),
        *("log --person EMPTY", "group enroll G1 EMPTY", "report EMPTY", "export form EMPTY --to form.docx"),
    ],
)
def test_refused_wherever_it_is_typed(line: str, city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    before = city.read_bytes()
    done = husrum(*(word.replace("EMPTY", "") for word in line.split()), env={"HUSRUM_DB": str(city)})
    assert done.exit_code == 2 and "is empty" in done.stderr, done.stdout + done.stderr
    assert not [*folder.iterdir()] and city.read_bytes() == before


def test_what_clears_is_not_combined_with_a_value(city: Path) -> None:
    for more in (["loneliness"], ["loneliness", "other"]):
        given = [word for code in ("none", *more) for word in ("--motive", code)]
        done = husrum("intake", "add", "Anna Holm", *given, "--db", city)
        assert (done.exit_code, done.stderr) == (2, "Error: motive: none can't be combined with others.\n")
