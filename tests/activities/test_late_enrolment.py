"""Who is enrolled later than they should have been, and who has left while still enrolled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import husrum

TODAY = {"HUSRUM_TODAY": "2024-10-10", "HUSRUM_LANGUAGE": "da"}


def run(path: Path, *words: str) -> str:
    done = husrum(*words, "--db", path, env=TODAY)
    assert done.exit_code == 0, done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def group(city: Path) -> Path:
    """A group whose first meeting was on the 8th, and in which Anna and Bo were enrolled on the 10th."""
    for name in ("Anna Holm", "Bo Dal", "Eva Lund"):
        run(city, "intake", "add", name, "--enquired", "2024-09-01", "--held", "2024-09-10")
    run(city, "group", "open", "Tirsdag", "--kind", "talk", "--start", "2024-10-08", "--weeks", "3")
    run(city, "group", "enroll", "G1", "anna,bo")
    return city


def test_the_list_to_tick_off_shows_those_who_were_enrolled_too_late(group: Path) -> None:
    terminal = pytest.importorskip("terminal")
    with terminal.Terminal(group, "group", "meet", "G1", env=TODAY) as seat:
        shown = "\n".join(seat.see("2 Bo"))
        assert "1 Anna" in shown and "3 Eva" not in shown
        seat.press(terminal.ESCAPE)


def test_a_note_says_from_when_somebody_is_enrolled(group: Path) -> None:
    shown = run(group, "group", "meet", "G1", "--date", "2024-10-08", "--present", "anna,eva")
    assert "1 Anna Holm er først tilmeldt G1 fra 10. oktober 2024." in shown
    assert "3 Eva Lund er ikke tilmeldt G1." in shown


def test_enrolling_again_says_from_when_they_are_and_how_to_correct_it(group: Path) -> None:
    refused = husrum("group", "enroll", "G1", "anna", "--date", "2024-10-08", "--db", group, env=TODAY)
    assert refused.exit_code == 5 and "fra 10. oktober 2024" in refused.stderr
    assert "husrum group enroll G1 1 --remove" in refused.stderr
    run(group, "group", "enroll", "G1", "1", "--remove")
    run(group, "group", "enroll", "G1", "1", "--date", "2024-10-08")


def test_who_leaves_is_expected_at_no_more_meetings_and_the_group_is_named(group: Path) -> None:
    assert "next_meeting" in run(group, "person", "show", "1", "--format", "json")
    shown = run(group, "person", "leave", "anna")
    assert "1 Anna Holm er stadig tilmeldt G1; afslut med: husrum group leave G1 1" in shown
    assert json.loads(run(group, "person", "show", "1", "--format", "json"))["next_meeting"] is None
    assert json.loads(run(group, "person", "show", "2", "--format", "json"))["next_meeting"] == "2024-10-15 G1 Tirsdag"
    terminal = pytest.importorskip("terminal")
    with terminal.Terminal(group, "group", "meet", "G1", "--date", "2024-10-15", env=TODAY | {"HUSRUM_TODAY": "2024-10-15"}) as seat:
        assert "1 Anna" not in "\n".join(seat.see("2 Bo"))
        seat.press(terminal.ESCAPE)


def test_a_groups_missing_themes_are_dates_as_danes_write_them(group: Path) -> None:
    run(group, "group", "meet", "G1", "--date", "2024-10-08", "--present", "anna", "--theme", "Kontakt")
    assert "15-10-2024, 22-10-2024" in run(group, "group", "show", "G1")


def test_a_birth_date_without_its_year_is_refused_with_what_will_do(city: Path) -> None:
    refused = husrum("intake", "add", "Anna Holm", "--born", "97", "--db", city, env=TODAY)
    assert refused.exit_code == 2 and "eller kun året: 2003" in refused.stderr
