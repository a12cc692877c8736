"""Danish as it is spoken, in what a coordinator reads: labels instead of codes, a last day that is included, and what was done."""

from __future__ import annotations

from pathlib import Path

import pytest
from journal import City
from running import husrum, new_city


@pytest.fixture
def city(tmp_path: Path) -> City:
    city = City(new_city(tmp_path / "aarhus.db"), "2026-11-01")
    city.must(
        'intake add "Anna Holm" --enquired 2026-01-02 --held 2026-01-03',
        'volunteer add "Karen Dal" --joined 2026-01-01 --role leader --role befriender',
        "group open Tirsdag --kind talk --start 2026-09-01 --weeks 0 --leader 2",
        "match offer 2",
        "match wait 1 --since 2026-02-01",
    )
    return city


def danish(city: City, line: str) -> str:
    done = husrum("--db", city.path, *line.split(), "--language", "da", env={"HUSRUM_TODAY": city.today})
    return " ".join((done.stdout + done.stderr).split())


def test_papers_and_outcomes_are_named_by_their_labels(city: City) -> None:
    assert "required_attests er nu tavshedserklæring, børneattest" in danish(city, "setting set required_attests tavshed,børne")
    shown = danish(city, "setting list")
    assert "tavshedserklæring, børneattest" in shown and "criminal_record," not in shown and "confidentiality," not in shown
    assert '"value": "confidentiality, criminal_record"' in danish(city, "setting list --format json")
    city.must("target add --text Torsdagscafé --period 2026-Q1")
    assert "husrum target mark 1 nået|delvist|ikke|opgivet" in danish(city, "year status 2026")
    assert "nået" in danish(city, "target mark 1 nået")


def test_a_last_day_is_included(city: City) -> None:
    assert "1 Anna Holm: stod på ventelisten til og med 1. november 2026" in danish(city, "match unwait 1")
    said = danish(city, "volunteer leave 2 --date 1/11")
    assert "2 Karen Dal er gruppeleder i G1 til og med 1. november 2026." in said


def test_the_log_says_what_was_done(city: City) -> None:
    danish(city, "person leave 1")
    assert "tilføjet: at 1 person er stoppet" in danish(city, "undo --dry-run")
    danish(city, "group meet G1 --present 1")
    assert "tilføjet: 1 mødegang, 2 fremmødte" in danish(city, "undo --dry-run")
    danish(city, "event log Spil --present 1")
    assert "tilføjet: 1 arrangement, 1 dag, 1 fremmødt" in danish(city, "undo --dry-run")


def test_errors_name_what_and_whom_they_are_about(city: City) -> None:
    assert "Fejl: LANDSFIL mangler." in danish(city, "merge")
    city.must("person consent 1 health_data --given 2026-01-03", "person consent 1 health_data --withdrawn 2026-06-01")
    assert "Fejl: 1 Anna Holm: samtykket til at gemme svar om helbred" in danish(city, "intake edit 1 --diagnosis ptsd")


def test_a_code_is_asked_for_by_its_danish_words(city: City) -> None:
    shown = danish(city, "group open --help")
    assert "--kind KODE" in shown and "samtalegruppe, netværksgruppe" in shown and "talk" not in shown.partition("Eksempler")[0]
