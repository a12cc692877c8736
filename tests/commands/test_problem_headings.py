"""Headings above problems count them in the language, and the list of what is planned shows the next first."""

from __future__ import annotations

from pathlib import Path

from running import husrum, new_city
from terminal import Terminal

TODAY = {"HUSRUM_TODAY": "2024-12-31", "HUSRUM_LANGUAGE": "da"}


def test_one_remark_and_several(tmp_path: Path) -> None:
    city = new_city(tmp_path / "odense.db", "Odense")
    husrum("--db", city, "event", "plan", "Fest", "--date", "2024-12-01", env=TODAY)
    for heading in ("Bemærkning (1)", "Bemærkninger (2)"):
        with Terminal(city, "check", env={**TODAY, "NO_COLOR": "1"}) as seat:
            assert heading in seat.end()[1].splitlines()
        husrum("--db", city, "event", "plan", "Jul", "--date", "2024-12-02", env=TODAY)


def test_what_is_planned_is_listed_without_columns_of_noughts(tmp_path: Path) -> None:
    city = new_city(tmp_path / "odense.db", "Odense")
    husrum("--db", city, "event", "plan", "Middag", "--date", "2025-01-05", "--every", "week", "--times", 3, env=TODAY)
    head, *rows = husrum("--db", city, "event", "list", "--planned", env=TODAY).stdout.splitlines()
    assert head.split() == ["Nr.", "Titel", "Type", "Dato", "Slut", "Status"] and [row[:2] for row in rows] == ["E1", "E2", "E3"]
