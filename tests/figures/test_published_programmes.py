"""A programme that several cities held, as the nation publishes it."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from countries import YEAR, City, Country, national_file
from running import husrum, looked_into

WITHHELD = {"value": None, "withheld": True}


@pytest.mark.parametrize(
    ("aarhus", "viborg", "in_both", "shown"),
    [
        (5, 5, 0, 10),
        (9, 9, 3, 15),
        # Each city withholds that four came: next to that, eight or more would tell that it was four in both.
        (4, 4, 0, WITHHELD),
        (4, 9, 0, WITHHELD),
    ],
)
def test_the_young_people_of_two_cities(tmp_path: Path, aarhus: int, viborg: int, in_both: int, shown: Any) -> None:
    cities = (City("Aarhus", ({},) * 12, programme=aarhus), City("Viborg", ({},) * 12, programme=viborg))
    nation = national_file(Country(cities, shared=in_both), tmp_path / "nation.db")
    with closing(looked_into(nation)) as file, file:  # who did not come to the programme may be one, too
        last = "SELECT max(id) FROM people WHERE branch_id = (SELECT {}(id) FROM branches)"
        file.execute(f"UPDATE people SET human_id = ({last.format('min')}) WHERE id = ({last.format('max')})")
    year = json.loads(husrum("stats", "year", YEAR, "--publish", "--format", "json", "--db", nation).stdout)
    assert year["distributions"]["programme"]["Sommer"]["young_people"] == shown
