"""What is said again replaces what was said before, and the confirmation says so; what is not said again stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from journal import City
from once import made_once
from running import new_city


@pytest.fixture
@made_once
def city(tmp_path: Path) -> City:
    city = City(new_city(tmp_path / "aarhus.db"), "2024-11-02")
    city.must(
        'intake add "Anna Holm" --enquired 2024-01-08 --source friend --note Genert',
        "group open Mandag --kind talk --start 2024-02-05 --weeks 2",
        "suggestion add Kor --date 2024-03-03",
        "suggestion resolve 1 later --date 2024-04-01 --note Snart",
        "target add visits 20 --period 2024",
        "target mark 1 partly --note Halvt",
        "goal set 1 Ring --date 2024-02-02",
        "figure set 2024 discord_members 5 --source Discord --date 2024-10-01",
    )
    return city


def test_a_cancelled_meeting_keeps_its_note_unless_another_is_given(city: City) -> None:
    city.must("group meet G1 --date 2024-02-05 --unnamed 3 --note Sne --theme Ro")
    said = city.corrected("group meet G1 --date 2024-02-05 --cancelled", "cancelled", "unnamed 0 (before: 3)")
    assert "note" not in said
    said = city.corrected("group meet G1 --date 2024-02-05 --cancelled --note Is --theme Mod", "(theme Mod (before: Ro), note changed)")
    assert "Sne" not in said and "Is" not in said.split()
    city.corrected("group meet G1 --date 2024-02-05 --cancelled --note none", "(note changed)")
    assert city.rows("SELECT state, unnamed, theme, note FROM sessions WHERE date = '2024-02-05'") == [("cancelled", 0, "Mod", None)]


def test_a_suggestion_keeps_why_unless_it_is_said_again(city: City) -> None:
    said = city.corrected("suggestion resolve 1 adopted --date 2024-05-01", "adopted (before: later)", "2024-05-01 (before: 2024-04-01)")
    assert "note" not in said and city.rows("SELECT note FROM suggestions") == [("Snart",)]
    said = city.corrected("suggestion resolve 1 adopted --date 2024-05-01 --note Nu", "(note changed)")
    assert "Snart" not in said
    city.corrected("suggestion resolve 1 none", "open (before: adopted) (note changed)")
    assert city.rows("SELECT outcome, resolved, note FROM suggestions") == [(None, None, None)]


def test_a_target_keeps_its_note_unless_another_is_given(city: City) -> None:
    assert "note" not in city.corrected("target mark 1 reached", "reached (before: partly)")
    city.corrected("target mark 1 reached --note Helt", "reached (note changed)")
    assert city.rows("SELECT outcome, note FROM targets") == [("reached", "Helt")]


def test_a_goal_that_is_marked_again_says_on_which_day_it_was(city: City) -> None:
    city.must("goal mark 1 reached --date 2024-02-12")
    city.corrected("goal mark 1 reached --date 2024-03-12", "2024-03-12 (before: 2024-02-12)")
    city.must("goal set 1 Svøm --date 2024-04-04")
    city.corrected("goal mark 1 none", "goal 1 is open (before: reached)")
    assert city.rows("SELECT outcome, marked FROM goals ORDER BY number") == [(None, None), (None, None)]


def test_the_source_of_a_number_that_is_set_again_is_shown(city: City) -> None:
    city.corrected(
        "figure set 2024 discord_members 5 --source Andet --date 2024-10-02", "source Andet (before: Discord)", "(before: 2024-10-01)"
    )
    assert "before" not in city.must("figure set 2024 discord_members 5 --source Andet --date 2024-10-02")


def test_what_was_said_at_the_enquiry_is_replaced_aloud(city: City) -> None:
    said = city.corrected("intake hold 1 --date 2024-01-15 --source self --note Glad --gender f", "Self (before: Friend", "note changed")
    assert "Genert" not in said and "gender" not in said
