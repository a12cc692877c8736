"""A number where a name is wanted is a slip: the number of somebody, a group or an event who is here already."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import husrum
from terminal import ENTER, INTERRUPT, Terminal

TODAY = {"HUSRUM_TODAY": "2026-11-19", "HUSRUM_LANGUAGE": "da", "NO_COLOR": "1"}


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("intake add 12", "navn: “12” er et nummer, ikke et navn. Til en, der står i filen i forvejen: --person 12"),
        ("volunteer add 12 --role leder", "navn: “12” er et nummer, ikke et navn."),
        ("volunteer apply 12", "navn: “12” er et nummer, ikke et navn."),
        ("person edit 1 --name 17", "navn: “17” er et nummer, ikke et navn."),
        ("person edit 1 --called 17", "kaldenavn: “17” er et nummer, ikke et navn."),
        ("event log E1", "titel: “E1” er et nummer, ikke en titel."),
        ("event plan e1 --date 1/12", "titel: “e1” er et nummer, ikke en titel."),
        ("group open G1 --kind talk --start 1/12-2026", "titel: “G1” er et nummer, ikke en titel."),
    ],
)
def test_a_number_is_no_name(city: Path, line: str, error: str) -> None:
    husrum("--db", city, "intake", "add", "Anna Holm", env=TODAY)
    refused = husrum("--db", city, *line.split(), env=TODAY)
    assert refused.exit_code == 2 and error in refused.stderr
    assert husrum("--db", city, "person", "list", "--format", "csv").stdout.count("\n") == 2


def test_an_answer_that_is_refused_is_told_in_whole_words(city: Path) -> None:
    with Terminal(city, "event", "plan", env=TODAY) as seat:
        seat.asked("Titel")
        seat.type("Julefrokost")
        seat.press(ENTER)
        for answer, date in (("i går", "5/3-2024."), ("35/12", "2024-03-05.")):
            seat.asked("Dato")
            seat.type(answer)
            seat.press(ENTER)
            assert any(date in line for line in seat.see(f"“{answer}” er", date))
        seat.press(INTERRUPT)
