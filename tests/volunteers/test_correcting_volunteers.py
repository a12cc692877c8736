"""Volunteers, their roles and papers corrected and removed: what is shown, what is in the file, and what undo brings back."""

from __future__ import annotations

from pathlib import Path

import pytest
from journal import City
from running import new_city


@pytest.fixture
def city(tmp_path: Path) -> City:
    city = City(new_city(tmp_path / "aarhus.db"), "2024-11-02")
    city.must(
        'volunteer add "Karen Dal" --joined 2024-01-01 --role leader --role befriender --intro-course 2024-01-05 --note fortroligt',
        'intake add "Anna Holm" --enquired 2024-01-08',
    )
    return city


def test_a_volunteer_is_corrected_and_the_first_roles_move_along(city: City) -> None:
    shown = city.corrected(
        "volunteer edit karen --joined 2023-12-01 --name 'Karen Lund' --gender f --phone 22334455 --note none",
        "1 Karen Lund", "2023-12-01 (before: 2024-01-01)", "(before: –)", "note changed",
    )  # fmt: skip
    assert "fortroligt" not in shown
    assert city.rows("SELECT DISTINCT starts FROM roles") == [("2023-12-01",)]
    city.corrected("volunteer edit karen --recruited-through friend --phone none", "(before: –)", "– (before: 22334455)")
    city.must("volunteer role karen leader --to 2024-02-01")
    city.refused("volunteer edit karen --joined 2024-03-01", 5, "2024-02-01")
    city.refused("volunteer edit karen --joined 2025-03-01", 5, "has not come yet")
    city.refused("volunteer edit anna --joined 2024-03-01", 5, "not a volunteer")
    city.refused("volunteer edit karen", 2)


def test_a_role_is_removed_and_what_they_were_is_decided_again(city: City) -> None:
    city.must("intake add --person 1 --enquired 2024-05-01", "event log Spil --date 2024-06-01 --volunteers 1")
    assert city.rows("SELECT part FROM attendance") == [("volunteer",)]
    city.corrected("volunteer role karen leader --remove", "2024-01-01: removed")
    assert city.rows("SELECT part FROM attendance") == [("volunteer",)]
    city.corrected("volunteer role karen befriender --remove", "now counts as a participant on 2024-06-01")
    city.refused("volunteer role karen leader --remove", 4, "leader")
    city.must("volunteer role karen peer --from 2023-01-01 --to 2023-02-01", "volunteer role karen peer --from 2024-01-01")
    city.refused("volunteer role karen peer --remove", 4, "2023-01-01", "2024-01-01")
    city.corrected("volunteer role karen peer --remove --from 2024-01-01")
    assert city.rows("SELECT role, starts, ends FROM roles") == [("peer", "2023-01-01", "2023-02-01")]


def test_a_paper_is_removed_unless_matches_rest_on_it(city: City) -> None:
    city.must("volunteer attest 1 confidentiality --date 2024-01-06", "match start anna karen --date 2024-02-01")
    city.corrected("volunteer attest 1 confidentiality --remove", "2024-01-06: removed")
    city.refused("volunteer attest 1 intro_course --remove", 5, "1 match", "--force")
    city.corrected("volunteer attest 1 intro_course --remove --force", "Note")
    city.refused("volunteer attest 1 intro_course --remove", 4)
    city.must("volunteer attest 1 criminal_record --date 2024-01-06", "volunteer attest 1 criminal_record --date 2024-07-06")
    city.refused("volunteer attest 1 criminal_record --remove", 4, "2024-01-06", "2024-07-06")
    city.corrected("volunteer attest 1 criminal_record --remove --date 6/7")
