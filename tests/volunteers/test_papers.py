"""Papers that the settings ask for: who lacks one, or has one that lapsed, is not matched and leads no group, unless with --force."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import new_city
from town import Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    town = Town(new_city(tmp_path / "town.db"))
    town.young("Anna Holm")
    town.volunteer("Karen Bang")
    town.must("group", "open", "Tuesday", "--kind", "talk", "--start", "2024-11-05")
    return town


@pytest.mark.parametrize("words", [("match", "start", "1", "2"), ("group", "leader", "G1", "2")])
def test_what_the_settings_ask_for_is_asked_for(town: Town, words: tuple[str, ...]) -> None:
    town.must("setting", "set", "required_attests", "criminal_record")
    refused = town(*words)
    assert refused.exit_code == 5 and "husrum volunteer attest 2 criminal_record" in refused.stderr
    town.must("setting", "set", "criminal_record_months", "12")
    town.must("volunteer", "attest", "2", "criminal_record", "--date", "2023-10-07")
    assert town(*words).exit_code == 5  # it lapsed yesterday
    town.must("volunteer", "attest", "2", "criminal_record", "--date", "2023-10-08")
    town.must(*words)


@pytest.mark.parametrize("words", [("match", "start", "1", "2"), ("group", "leader", "G1", "2")])
def test_force_goes_on(town: Town, words: tuple[str, ...]) -> None:
    town.must("setting", "set", "required_attests", "confidentiality")
    town.must(*words, "--force")


def test_a_lapsed_paper_is_lacking_in_a_proposal(town: Town) -> None:
    town.must("setting", "set", "required_attests", "confidentiality")
    town.must("setting", "set", "confidentiality_months", "24")
    town.must("volunteer", "attest", "2", "confidentiality", "--date", "2022-10-07")
    assert town.ruled_out() == {"confidentiality": 1}
    town.must("volunteer", "attest", "2", "confidentiality", "--date", "2022-10-08")
    assert town.pairs() == {1: 2}


def test_hours_by_year_and_what_comes_next(town: Town) -> None:
    town.must("group", "leader", "G1", "2")
    town.must("person", "remind", "2", "--on", "2024-12-01", "--note", "Secret")
    town.must("volunteer", "hours", "2", "2,5", "--date", "2024-03-05")
    town.must("volunteer", "hours", "2", "1", "--date", "2023-03-05")
    town.must("event", "log", "Dinner", "--date", "2024-04-01", "--volunteers", "2", "--hours", "3")
    town.must("match", "start", "1", "2", "--date", "2024-09-01")
    town.must("match", "meet", "1", "--date", "2024-09-10", "--hours", "1,5")
    page = json.loads(town.must("volunteer", "show", "2", "--format", "json"))
    assert page["hours"] == [{"year": 2024, "hours": 7}, {"year": 2023, "hours": 1}]
    assert (page["reminder"], page["next_meeting"]) == ("2024-12-01", "2024-11-05 G1 Tuesday")
    figures = json.loads(town.must("stats", "year", "2024", "--format", "json"))["figures"]
    assert figures["volunteer_hours"]["value"] == 7
