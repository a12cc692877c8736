"""A number or a sign where a name is wanted is a slip. A number: that of somebody, a group or an event who is here already."""

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
        ("intake add -", "navn: “-” er ikke et navn: der er ingen bogstaver i."),
        ("person edit 1 --name ?", "navn: “?” er ikke et navn: der er ingen bogstaver i."),
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


def test_which_of_two_is_asked_until_it_is_one_of_them(city: Path) -> None:
    for name in ("Jonas Demir", "Jonas Warsame"):
        husrum("--db", city, "intake", "add", name, env=TODAY)
    with Terminal(city, "person", "edit", "jonas", "--phone", "20304050", env=TODAY) as seat:
        seat.asked("nummer")
        seat.type("9")
        seat.press(ENTER)
        seat.see("“9” er ikke en af dem.")
        seat.asked("nummer")
        seat.type("2")
        seat.press(ENTER)
        status, shown = seat.end()
    assert status == 0 and "2 Jonas Warsame" in shown
    with Terminal(city, "person", "show", "jonas", env=TODAY) as seat:
        seat.asked("nummer")
        seat.press(ENTER)
        status, shown = seat.end()
    assert status == 4 and "Ingen af dem er valgt." in shown


def test_a_paper_keeps_its_day_next_to_it(city: Path) -> None:
    husrum(
        "--db",
        city,
        "volunteer",
        "add",
        "Karen Bang",
        "--joined",
        "2026-01-05",
        "--role",
        "leader",
        "--intro-course",
        "2026-02-01",
        env=TODAY,
    )
    for paper in ("confidentiality", "criminal_record"):
        husrum("--db", city, "volunteer", "attest", "1", paper, "--date", "2026-03-01", env=TODAY)
    for columns in range(50, 90, 3):
        with Terminal(city, "volunteer", "show", "1", columns=columns, rows=60, env=TODAY) as seat:
            shown = seat.end()[1]
        assert "børneattest 01-03-2026" in shown and "tavshedserklæring 01-03-2026" in shown, shown
