"""A venue, a referrer or an onward place is no partner of the year, in whichever language its kind is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from town import Town


def partners(town: Town) -> int:
    year = json.loads(town.must("stats", "year", "2024", "--format", "json"))
    value: int = year["figures"]["partners"]["value"]
    return value


@pytest.mark.parametrize("kind", ["venue", "Venue", "sted", "Sted", "STED ", "referrer", "henviser", "onward", "Videre"])
def test_a_place_added_as_a_partner_is_not_counted(city: Path, kind: str) -> None:
    town = Town(city)
    town.must("partner", "add", "UngK", "--kind", "forening", "--from", "2024-01-01")
    town.must("partner", "add", "Strandhuset", "--kind", kind, "--from", "2024-01-01")
    assert partners(town) == 1
    list_ = city.with_name("partners.csv")
    list_.write_text(f"name,kind,from\nSkolen,{kind},2024-01-01\n", encoding="utf-8")
    town.must("import", list_)
    assert partners(town) == 1
    town.must("partner", "edit", "Skolen", "--kind", "skole")
    assert partners(town) == 2


def test_a_place_named_as_the_partner_of_an_event_is_one(city: Path) -> None:
    town = Town(city)
    town.must("partner", "add", "Strandhuset", "--kind", "sted", "--from", "2024-01-01")
    town.must("event", "log", "Bål", "--date", "2024-03-03", "--venue", "Klitten", "--partner", "Strandhuset")
    assert partners(town) == 1
