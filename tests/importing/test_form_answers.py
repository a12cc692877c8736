"""Answers to a form on the web, as its spreadsheet holds them: questions in whole sentences above columns."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from imports import imported, stored

from husrum_cli.importing.understanding.columns import column_for
from husrum_cli.importing.understanding.dates import is_date, read_file_date

QUESTIONS = (
    "Tidsstempel",
    "Hvad hedder du?",
    "Hvornår er du født?",
    "Hvad er dit telefonnummer?",
    "Hvordan hørte du om os?",
    "Hvad kunne du tænke dig? (sæt gerne flere krydser)",
    "Er der noget, vi skal vide?",
)
ANSWERS = (
    ("04/03/2026 19.41.22", "Freja Dam", "3. maj 2005", "22 90 90 90", "En ven", "Samtalegruppe;Sociale arrangementer", "Jeg er genert"),
    ("2026/03/11 8:05:00 AM CET", "maja beck", "17/8 2002", "23909090", "Min læge", "Hjerteven", ""),
    ("12/03/2026 22.10.59", "Liva Rask", "1/2/2003", "25909090", "Kommunen", "Samtalegruppe;Sociale arrangementer;Hjerteven", "nej"),
)


def test_answers_to_a_form_are_read_without_a_question(city: Path) -> None:
    with Path("Tilmelding (svar) - Formularsvar 1.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([QUESTIONS, *ANSWERS])
    done = imported(city, "Tilmelding (svar) - Formularsvar 1.csv")
    assert "“Hvordan hørte du om os?” (source)" in " ".join(done.stderr.split())
    assert stored(city, "SELECT name, born, phone, enquired FROM intakes JOIN people p ON p.id = person_id ORDER BY number") == [
        ("Freja Dam", "2005-05-03", "22 90 90 90", "2026-03-04"),
        ("Maja Beck", "2002-08-17", "23909090", "2026-03-11"),
        ("Liva Rask", "2003-02-01", "25909090", "2026-03-12"),
    ]
    assert stored(city, "SELECT question, count(*) FROM answers GROUP BY 1 ORDER BY 1") == [("source", 3), ("wish", 6)]
    assert "nothing was added" in imported(city, "Tilmelding (svar) - Formularsvar 1.csv").stderr


@pytest.mark.parametrize(
    ("question", "column"),
    [
        ("Hvad er dit fulde navn?", "name"),
        ("Hvor gammel er du?", "age_now"),
        ("Hvilken kommune bor du i?", "municipality"),
        ("Hvad laver du til daglig?", "occupation"),
        ("Hvilket køn er du?", "gender"),
        ("Hvor har du hørt om HUSRUM?", "source"),
        ("Hvilke tilbud er du interesseret i?", "wish"),
        ("Har du en diagnose?", "diagnosis"),
        ("Er der andet, du gerne vil fortælle os?", "note"),
        ("Hvad er din e-mailadresse?", "email"),
        ("Dit navn og telefonnummer", None),
        ("Hvad hedder din kontaktperson?", None),
        ("Hvad er din mors telefonnummer?", None),
        ("Må vi gemme dine oplysninger?", None),
        ("Hvornår kan du bedst komme?", None),
    ],
)
def test_a_question_is_the_column_it_asks_for(question: str, column: str | None) -> None:
    assert column_for("intakes", question) == column


def test_a_time_after_a_date_is_passed_over() -> None:
    for text in ("2026/03/11 8:05:00 AM CET", "2026-03-11T08:05:00", "2026-03-11 08:05:00", "11-03-2026 08.05", "11/03/2026 08:05:12"):
        assert is_date(text) and read_file_date(text).iso == "2026-03-11"
    assert not is_date("2026/03/11 fredag") and not is_date("2026/13/11")
