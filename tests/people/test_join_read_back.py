"""Two entries of one person that are joined: nothing that entering refuses comes of it, and the tables are read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading_back import read_back, typed
from running import husrum, new_city

TODAY = {"HUSRUM_TODAY": "2024-10-08"}
TWICE = (
    "intake add Anna --enquired 2024-01-02",
    "intake add Anna --enquired 2024-02-02",
    "volunteer add --person 1 --role leader --joined 2024-01-02",
    "volunteer add --person 2 --role leader --joined 2024-01-02",
    "volunteer add Vera --role befriender --joined 2023-01-01",
)


@pytest.mark.parametrize(
    ("kind", "rows", "told", "lines"),
    [
        ("hours", 1, "hours 2024-03-01 2", ("volunteer hours # 2 --date 2024-03-01",)),
        ("hours", 2, "", ("volunteer hours 1 2 --date 2024-03-01", "volunteer hours 2 2 --date 2024-03-01 --what telefon")),
        ("reminders", 1, "", ("person remind # --on 2024-11-01", "person reminded 2")),
        ("consents", 2, "", ("person consent 1 health_data --given 2024-03-01", "person consent 2 health_data --withdrawn 2024-02-01")),
        ("consents", 2, "", ("person consent 2 health_data --withdrawn 2024-02-01", "person consent 1 health_data --given 2024-03-01")),
        (
            "pair_meetings",
            1,
            "note talte",
            (
                "match start # 3 --date 2024-03-01 --force aftalt",
                "match meet 1 --date 2024-03-02 --note gik",
                "match meet 2 --date 2024-03-02 --note talte",
            ),
        ),
        ("pauses", 1, "", ("match start # 3 --date 2024-03-01 --force aftalt", "match pause 1 --date 2024-04-01", "match pause 2 --date 2024-05-01")),
        ("applications", 1, "note to", ("volunteer apply --person 1 --date 2024-03-01 --note en", "volunteer apply --person 2 --date 2024-03-01 --note to")),
    ],
)  # fmt: skip
def test_what_both_have_is_united_and_read_back(tmp_path: Path, kind: str, rows: int, told: str, lines: tuple[str, ...]) -> None:
    city = new_city(tmp_path / "aarhus.db")
    typed(city, *TWICE, *(line.replace("#", number) for line in lines for number in ("12" if "#" in line else "1")))
    said = husrum("person", "join", "1", "2", "--db", city, env=TODAY)
    assert said.exit_code == 0
    assert told in said.both
    assert said.both.count("Not kept of 2") == bool(told)
    assert len(read_back(city, tmp_path)[kind]) == rows
