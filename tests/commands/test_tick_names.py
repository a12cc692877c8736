"""What people are called on the list to tick off."""

from __future__ import annotations

from pathlib import Path

from running import husrum, new_city
from terminal import Terminal

TODAY = {"HUSRUM_TODAY": "2024-03-06"}


def test_those_who_share_a_first_name_are_told_apart(tmp_path: Path) -> None:
    city = new_city(tmp_path / "odense.db", "Odense")
    for name in ("Anna Holm", "Anna Krog", "Bo Dam", "Ida Bæk", "Ida Bang"):
        husrum("--db", city, "intake", "add", name, "--enquired", "2024-02-01", env=TODAY)
    husrum("--db", city, "group", "open", "Tuesday", "--kind", "talk", "--start", "2024-03-05", env=TODAY)
    husrum("--db", city, "group", "enroll", "G1", "1,3", env=TODAY)
    with Terminal(city, "event", "log", "Walk", env=TODAY) as seat:
        lines = seat.see("Space")
        assert [line.strip() for line in lines[3:8]] == [
            "[ ]    1 Anna H.",
            "[ ]    2 Anna K.",
            "[ ]    3 Bo",
            "[ ]    4 Ida Bæk",
            "[ ]    5 Ida Bang",
        ]
    with Terminal(city, "group", "meet", "G1", env=TODAY) as seat:
        assert [line.strip() for line in seat.see("Space")[3:5]] == [
            "[ ]    1 Anna",
            "[ ]    3 Bo",
        ]  # the other Anna is only found by typing
        seat.type("anna")
        assert [line.strip() for line in seat.see("new: anna")[3:5]] == ["[ ]    1 Anna", "[ ]    2 Anna K."]
