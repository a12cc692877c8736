"""The figure of how long those waited who got a Hjerteven."""

from __future__ import annotations

import json
from pathlib import Path

from running import husrum, new_city


def test_the_wait_for_a_match_is_that_of_those_matched_in_the_year(tmp_path: Path) -> None:
    path = new_city(tmp_path / "city.db", "Odense")
    for words in (
        *(("intake", "add", name, "--enquired", "2023-11-01", "--held", "2023-11-01") for name in ("Ane", "Bo", "Carl", "Dina")),
        *(
            ("volunteer", "add", name, "--joined", "2023-01-01", "--intro-course", "2023-01-02", "--role", "befriender")
            for name in ("Eva", "Finn", "Gry")
        ),
        *(("match", "wait", str(person), "--since", day) for person, day in ((1, "2023-12-02"), (2, "2024-01-01"), (4, "2024-01-05"))),
        ("match", "start", "1", "5", "--date", "2024-01-01"),  # 30 days
        ("match", "start", "2", "6", "--date", "2024-03-01"),  # 60 days, with 29 February
        ("match", "start", "3", "7", "--date", "2024-03-01"),  # never on the list
    ):
        result = husrum(*words, "--db", path)
        assert result.exit_code == 0, (words, result.stderr)

    def figure(year: int, *more: str) -> object:
        done = husrum("stats", "year", year, "--format", "json", "--db", path, *more)
        return json.loads(done.stdout)["figures"]["match_wait_median"]["value"]

    assert figure(2024) == 45 and figure(2023) is None
    assert figure(2024, "--publish") is None  # of too few people
