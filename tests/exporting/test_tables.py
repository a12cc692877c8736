"""Tables in the terminal: drawn in one piece where they fit, folded where they don't; the same text either way."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len, set_cell_size
from running import husrum

from husrum_cli.render import table

TITLES = ("Board games", "Søndagsmiddag hos Åse og Ærø", "[red]Dinner[/red] for everybody who has no other plans", "漢字の夕べ")


@pytest.mark.parametrize("words", [("event", "list"), ("stats", "year", "2024")])
def test_a_table_that_does_not_fit_is_folded_and_nothing_of_it_is_cut(
    city: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    for title in TITLES:
        assert husrum("event", "log", title, "--date", "2024-06-03", "--unnamed", "1200", "--db", city).exit_code == 0
    wide = husrum(*words, "--db", city).stdout
    monkeypatch.setattr(table, "_WIDE", 50)
    narrow = husrum(*words, "--db", city).stdout
    assert max(map(cell_len, narrow.splitlines())) <= 50
    assert len(narrow.splitlines()) > len(wide.splitlines())
    assert sorted("".join(narrow.split())) == sorted("".join(wide.split()))


def test_dates_stay_whole_where_names_are_folded_and_no_line_ends_in_spaces(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for title in TITLES:
        assert husrum("event", "log", title, "--date", "2024-06-03", "--unnamed", "1200", "--db", city).exit_code == 0
    monkeypatch.setattr(table, "_WIDE", 80)
    lines = husrum("event", "list", "--db", city).stdout.splitlines()
    assert max(map(cell_len, lines)) <= 80 and sum("2024-06-03" in line for line in lines) == len(TITLES)
    assert lines == [line.rstrip() for line in lines]


def test_numbers_stand_to_the_right_and_words_to_the_left(city: Path) -> None:
    for title, unnamed in zip(TITLES, (1, 20, 300, 4), strict=True):
        assert husrum("event", "log", title, "--date", "2024-06-03", "--unnamed", unnamed, "--db", city).exit_code == 0
    head, *rows = husrum("event", "list", "--db", city).stdout.splitlines()
    left, right = head.index("Title"), head.index("Unnamed") + len("Unnamed")
    shown = {set_cell_size(row, right).split()[-1]: set_cell_size(row, right).rstrip() for row in rows}
    assert {number: cell_len(text) for number, text in shown.items()} == dict.fromkeys(("1", "20", "300", "4"), right)
    assert {row[left:].split("  ")[0] for row in rows} == set(TITLES)
