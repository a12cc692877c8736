"""Messages and problems at a terminal of 80 columns: folded at spaces, commands in one piece."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from running import husrum
from terminal import Terminal

from husrum_cli.render.terminal import fold_text, print_message

DANISH = {"HUSRUM_LANGUAGE": "da", "HUSRUM_TODAY": "2025-06-01"}


def lines(path: Path, *words: str, columns: int = 80) -> list[str]:
    with Terminal(path, *words, columns=columns, env=DANISH) as seat:
        return seat.end()[1].replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines()


@pytest.mark.parametrize("command", ["check", "year status 2024"])
def test_problems_fit_a_terminal(aarhus_once: Path, command: str) -> None:
    shown = lines(aarhus_once, *command.split())
    records = json.loads(husrum(*command.split(), "--format", "json", "--db", aarhus_once, env=DANISH).stdout)
    problems = records["problems"] if isinstance(records, dict) else records
    assert problems and max(map(len, shown)) <= 80
    typed = [line.removeprefix("    → ") for line in shown if line.startswith("    → ")]
    assert len(typed) == sum(bool(each["command"]) for each in problems)
    assert not re.search(r"\b(CODE|DATE)\b", "\n".join(typed))
    assert "Bemærkning" in " ".join(shown)


def test_a_long_message_is_folded_at_spaces_and_its_command_stays_whole(city: Path) -> None:
    title = "En meget lang titel på en aften som alle glædede sig til i ugevis hele vinteren"
    shown = lines(city, "event", "log", title, "--present", "none", "--date", "2025-05-01", columns=60)
    assert max(map(len, shown)) <= 60 and shown[-1].endswith("husrum event show E1")
    assert " ".join(shown).count(title) == 1
    refused = lines(city, "person", "show", "Nobody Whatsoever Of That Name In The File", columns=40)
    assert max(map(len, refused)) <= 40 and len(refused) > 1


def test_no_date_is_broken_and_no_number_parted_from_its_name(city: Path) -> None:
    for name in ("Anna Holm", "Yusuf Demir", "Freja Lund"):
        assert husrum("intake", "add", name, "--enquired", "2024-01-01", "--db", city).exit_code == 0
    assert husrum("group", "open", "Tirsdagsgruppen", "--kind", "talk", "--start", "2024-10-08", "--db", city).exit_code == 0
    for columns in range(40, 90, 7):
        typed = ("group", "enroll", "tirsdag", "1-3", "--date", "2024-10-08", "--language", "da")
        shown = "\n".join(lines(city, *typed, columns=columns))
        for whole in ("8. oktober 2024", "1 Anna", "2 Yusuf", "3 Freja"):
            assert whole in shown, (columns, shown)
        assert husrum("undo", "--yes", "--db", city).exit_code == 0


def test_what_a_figure_means_is_folded_at_spaces(aarhus_once: Path) -> None:
    shown = lines(aarhus_once, "stats", "explain", "2024", "young_people", "--no-pager")
    assert max(map(len, shown)) <= 80
    assert "Årets deltagere, hver person én gang: unge med en afholdt forsamtale, et besøg med navn" in " ".join(shown[:4])


@pytest.mark.parametrize("instrument", ["tils", "who5"])
def test_the_change_fits_a_terminal_and_its_numbers_stand_below_each_other(aarhus_once: Path, instrument: str) -> None:
    shown = lines(aarhus_once, "stats", "change", "2024", "--instrument", instrument)
    numbers = [found.end() for line in shown if (found := re.search(r"  [−0-9][0-9.,]*(?= \(|$)", line))]
    assert len(numbers) >= 18 and len(set(numbers)) == 1 and max(map(len, shown)) <= 80
    assert re.search(r"\(−[0-9]+,[0-9]+ til [−0-9][0-9,]*\)$", "\n".join(shown), re.MULTILINE) and "sammenlignet" in " ".join(shown)


def test_a_date_stays_whole_where_a_page_is_folded(city: Path) -> None:
    for columns in range(40, 90, 7):
        assert husrum("intake", "add", "Anna Holm", "--enquired", "2024-01-01", "--held", "2024-02-01", "--db", city).exit_code == 0
        assert husrum("person", "leave", "anna", "--date", "2024-11-09", "--db", city).exit_code == 0
        page = "\n".join(lines(city, "person", "show", "anna", columns=columns))
        for whole in ("1. januar 2024", "1. februar 2024", "9. november 2024"):
            assert whole in page, (columns, page)
        assert husrum("undo", "2", "--yes", "--db", city).exit_code == 0


def test_a_number_stays_with_the_word_that_it_belongs_to(aarhus_once: Path, city: Path) -> None:
    year = lines(aarhus_once, "stats", "year", "2024", "--all")
    assert any(re.search("registreret [0-9]", line) for line in year) and not [line for line in year if re.match(r" +[0-9]+(,|$)", line)]
    assert "Aarhus 9. januar 2025" in "\n".join(lines(aarhus_once, "stats", "trend", columns=30))
    assert husrum("event", "plan", "Filmaften", "--date", "2024-11-23", "--db", city).exit_code == 0
    for columns in range(40, 90, 5):
        assert "(1 dag)" in "\n".join(lines(city, "year", "status", "2024", columns=columns))


def test_the_log_names_a_figure_once_that_was_set_again(aarhus: Path) -> None:
    typed = ("figure", "set", 2024, "facebook_followers", 1200, "--source", "Facebook")
    assert husrum(*typed, "--db", aarhus).exit_code == 0
    assert json.loads(husrum("log", "--format", "json", "--db", aarhus).stdout)[0]["about"] == "Facebook followers 2024"


def test_a_heading_runs_over_empty_cells_instead_of_being_folded(aarhus_once: Path) -> None:
    year = lines(aarhus_once, "stats", "year", "2024", "--all")
    assert {"Sociale arrangementer efter aktivitet", "Data om unge (årets deltagere)"} <= set(year) and max(map(len, year)) <= 80


def test_an_indented_answer_stays_indented_where_it_is_folded() -> None:
    assert fold_text("  Ressource- eller jobafklaringsforløb", 24) == ["  Ressource- eller", "  jobafklaringsforløb"]


def test_of_two_commands_in_a_message_only_the_last_is_held_together(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("husrum_cli.render.terminal.terminal_size", lambda: os.terminal_size((80, 24)))
    text = "Ret datoen med: husrum match edit 3 --since DATO. Kladde 4 til det er gemt. Se, hvad der blev skrevet: husrum intake drafts --show 4"
    print_message(text)
    shown = capsys.readouterr().err.splitlines()
    assert " ".join(shown) == text and max(map(len, shown)) <= 80
    assert shown[-1] == "husrum intake drafts --show 4" or shown[-1].endswith(" husrum intake drafts --show 4")
