"""A text that people wrote is read back as they wrote it: its no-break spaces, its double spaces and its lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from random_commands import TODAY, new_town
from reading_back import read_back
from running import husrum

WRITTEN = "Kæmpe\u00a0stor  grill\ni parken"
LINES = {
    "suggestions": ("text", ("suggestion", "add", WRITTEN, "--date", "2024-06-03")),
    "quotes": ("text", ("quote", "add", WRITTEN, "--person", "1", "--date", "2024-06-03", "--force")),
    "goals": ("text", ("goal", "set", "1", WRITTEN, "--date", "2024-06-03")),
    "targets": ("why", ("target", "add", "visits", "900", "--period", "2024", "--why", WRITTEN)),
    "events": ("note", ("event", "log", "Kor", "--date", "2024-06-03", "--unnamed", "2", "--note", WRITTEN)),
}


@pytest.mark.parametrize("kind", LINES)
def test_a_text_is_read_back_as_it_was_written(tmp_path: Path, kind: str) -> None:
    column, line = LINES[kind]
    path = new_town(tmp_path / "town.db")
    done = husrum(*line, "--db", path, env=TODAY)
    assert done.exit_code == 0, done.stderr
    assert WRITTEN in [row[column] for row in read_back(path, tmp_path)[kind]]


@pytest.mark.parametrize("line", [("group", "enroll", "G1", "none"), ("person", "anonymise", "ingen", "--yes")], ids=" ".join)
def test_somebody_is_named_for_what_is_done_to_people(tmp_path: Path, line: tuple[str, ...]) -> None:
    path = new_town(tmp_path / "town.db")
    before = path.read_bytes()
    done = husrum(*line, "--db", path, env=TODAY)
    assert (done.exit_code, done.stderr) == (
        2,
        f"Error: person: “{line[-1 - (line[-1] == '--yes')]}” names nobody; name at least one person.\n",
    )
    assert path.read_bytes() == before
