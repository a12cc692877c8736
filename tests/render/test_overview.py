"""A year, a trend and the demo at a terminal: what matters on one screen, and the whole where it is asked for or piped."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
import terminal as seats
from running import DEMO_OF_TWO, husrum

from husrum_cli.render import terminal, trend
from husrum_cli.render.terminal import Screen
from husrum_cli.render.trend import sparkline

DANISH = {"HUSRUM_LANGUAGE": "da", "HUSRUM_TODAY": "2025-06-01"}


def shown(monkeypatch: pytest.MonkeyPatch, *typed: object, width: int = 80, **env: str) -> list[str]:
    """The lines at a terminal without colours."""
    for module in (terminal, trend):
        monkeypatch.setattr(module, "screen", lambda: Screen(width, True, False))
    done = husrum(*typed, env={**DANISH, **env})
    assert done.exit_code == 0, done.stderr
    return done.stdout.splitlines()


def values(path: Path, year: int) -> dict[str, object]:
    done = husrum("stats", "year", year, "--format", "json", "--db", path)
    return {key: fields["value"] for key, fields in json.loads(done.stdout)["figures"].items()}


def test_a_year_opens_with_a_dozen_figures_next_to_last_years(aarhus_once: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(monkeypatch, "stats", "year", 2024, "--db", aarhus_once)
    assert len(lines) < 24 and max(map(len, lines)) <= 80
    now, before = values(aarhus_once, 2024), values(aarhus_once, 2023)
    young = next(line for line in lines if line.startswith("Forskellige unge"))
    assert [int(number) for number in re.findall(r"(?<= )[0-9]+", young)[:2]] == [now["young_people"], before["young_people"]]
    assert sum(bool(re.search(r"  [0-9]", line)) for line in lines) >= 12
    assert lines[-2] == "Alle tal: husrum stats year 2024 --all"


def test_a_bar_says_without_colour_what_each_year_has(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for title, day, unnamed in (("A", "2023-06-03", 10), ("B", "2023-07-03", 0), ("C", "2024-06-03", 5), ("D", "2022-05-05", 0)):
        assert husrum("event", "log", title, "--date", day, "--unnamed", unnamed, "--db", city).exit_code == 0
    lines = {year: shown(monkeypatch, "stats", "year", year, "--db", city, HUSRUM_TODAY="2024-07-01") for year in (2022, 2023, 2024)}
    visits = {year: next(line.split() for line in lines[year] if line.startswith("Besøg i alt"))[3:] for year in lines}
    assert visits == {2022: ["0"], 2023: ["10", "0", "+10", "▓" * 20], 2024: ["5", "10", "−5", "█" * 10 + "░" * 10]}
    assert "2024 er ikke slut endnu; 2023 er hele året." in lines[2024]
    assert not any("ikke slut" in line for line in lines[2023])


def test_all_a_pipe_and_a_published_year_show_the_whole(aarhus_once: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    piped = husrum("stats", "year", 2024, "--db", aarhus_once, env=DANISH).stdout.splitlines()
    assert len(piped) > 100 and husrum("stats", "year", 2024, "--all", "--db", aarhus_once, env=DANISH).stdout.splitlines() == piped
    for option in ("--all", "--publish"):
        lines = shown(monkeypatch, "stats", "year", 2024, option, "--db", aarhus_once)
        assert len(lines) > 100 and any(line.startswith("Peer-støtter") for line in lines)


def test_a_trend_shows_each_figures_course_at_a_terminal_alone(aarhus_once: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    piped = husrum("stats", "trend", "--by", "quarter", "--from", "2024", "--to", "2024", "--db", aarhus_once, env=DANISH).stdout
    assert not re.search("[▁-█]", piped)
    typed = ("stats", "trend", "--by", "quarter", "--from", "2024", "--to", "2024", "--db", aarhus_once)
    lines = shown(monkeypatch, *typed, width=120)
    visits = next(line for line in lines if line.startswith("Besøg i alt"))
    numbers = [int(number.replace(".", "")) for number in visits.split()[3:7]]
    assert visits.split()[7] == sparkline(numbers) and len(sparkline(numbers)) == 4


def test_a_sparkline_begins_at_0_and_has_a_gap_for_what_is_unknown() -> None:
    assert sparkline([0, 7, 14]) == "▁▅█"
    assert sparkline([None, 3, 3]) == "\N{NO-BREAK SPACE}██"
    assert sparkline([0, 0]) == "▁▁"
    assert sparkline([None, None]) == ""


def test_a_demo_ends_with_half_a_screen_that_says_how_to_go_on(tmp_path: Path) -> None:
    program = [sys.executable, "-c", DEMO_OF_TWO, "demo", str(tmp_path / "demo")]
    with seats.Terminal(None, program=program, columns=200, env=DANISH) as seat:
        status, _shown = seat.end()  # the bar is gone by then
        lines = [line for line in seat.lines() if line]
    assert status == 0 and len(lines) <= 13
    assert any("syv opdigtede byer" in line for line in lines)
    commands = [line.strip() for line in lines if line.startswith("  husrum ")]
    assert len(commands) == 3
    for command in commands:
        assert husrum(*command.split()[1:], env=DANISH).exit_code == 0
    assert husrum("undo", "2", "--db", tmp_path / "demo" / "aarhus.db").exit_code == 5, "the rows can be taken back, not the city"
