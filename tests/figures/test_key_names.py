"""A figure is named by its key or its label, or enough of either, wherever it is typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from running import husrum


def read(*words: object) -> Any:
    """Return what a command shows as JSON."""
    return json.loads(husrum(*words, "--format", "json").stdout)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Besøg i alt", "visits"),
        ("besøg i", "visits"),
        ("besog  I ALT", "visits"),
        ("uden navn", "visits_unnamed"),
        ("besøg sociale", "visits_social_event"),
        ("Forskellige unge", "young_people"),
        ("Tilknyttede unge", "young_people"),
        ("different", "young_people"),
        ("Visits_Named", "visits_named"),
        ("Fandt HUSRUM via", "referral"),
        ("Mindst én diagnose", "diagnosis_any"),
        ("mindst én diagnose ved forsamtalen", "diagnosis_any_at_intake"),
        ("Kommune og alder", "municipality_age"),
    ],
)
def test_a_label_and_enough_of_it(city: Path, typed: str, key: str) -> None:
    shown = read("stats", "explain", 2024, typed, "--db", city)
    assert shown["key"] == key


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("besøg", "nøgle: “besøg” passer på flere: Besøg i alt, Besøg med navn, Besøg uden navn, "),
        ("Besøg ialt", "nøgle: “Besøg ialt” er ikke et nøgletal. Mente du Besøg i alt"),
        ("vrøvl", "nøgle: “vrøvl” er ikke et nøgletal. Alle nøgler: "),
        ("-", "nøgle: “-” er ikke et nøgletal. Alle nøgler: "),
    ],
)
def test_too_little_or_something_else(city: Path, typed: str, error: str) -> None:
    result = husrum("--language", "da", "stats", "explain", 2024, "--db", city, "--", typed)
    assert result.exit_code == 2 and error in result.stderr


def test_wherever_a_figure_is_named(city: Path) -> None:
    drawn = husrum("--language", "da", "--db", city, "stats", "trend", "--from", 2024, "--plot", "besøg i alt")
    assert drawn.exit_code == 0 and "Besøg i alt" in drawn.stdout
    assert husrum("--db", city, "target", "add", "Besøg i alt", 300, "--period", 2024).exit_code == 0
    assert husrum("--db", city, "figure", "set", 2024, "følgere", 660, "--source", "Facebook").exit_code == 0
    assert husrum("--db", city, "figure", "remove", 2024, "Følgere på Facebook").exit_code == 0
    assert [each["key"] for each in read("target", "list", "--db", city)] == ["visits"]


def test_rows_of_nobody_have_no_columns_of_names(city: Path) -> None:
    husrum("--db", city, "event", "log", "Middag", "--date", "2024-03-03", "--unnamed", 4)
    husrum("--db", city, "intake", "add", "Anna Holm", "--enquired", "2024-03-01", "--held", "2024-03-02")
    heads = {}
    for key in ("visits_unnamed", "visits_named"):
        heads[key] = husrum("--db", city, "stats", "explain", 2024, key).stdout.splitlines()[3].split()
    assert heads == {"visits_unnamed": ["Date", "What", "Amount"], "visits_named": ["Number", "Name", "Date", "What"]}
