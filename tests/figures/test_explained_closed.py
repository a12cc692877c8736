"""`stats explain` of a closed year: what was frozen, that the year is closed, what it would be now, and what changed since."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from journal import City

PEOPLE = ("Anna Ek", "Bo Ek", "Ce Ek")


@pytest.fixture
def closed(city: Path) -> City:
    file = City(city, "2025-02-01")
    file.must(
        *(
            f"intake add '{name}' --born 2001-05-05 --enquired 2024-02-02 --held 2024-02-03 --source headspace --municipality Aarhus"
            for name in PEOPLE
        ),
        "volunteer add 'Per Kold' --born 1952 --role organiser --joined 2024-01-01",
        "volunteer add 'Birthe Winther' --born 1980 --role organiser --joined 2024-01-01",
        "volunteer add 'Nina Gade' --role organiser --joined 2024-01-01",
        "event log Bowling --date 2024-03-01 --present 1 --activity Bowling --programme Fritid",
        "partner add Biblioteket --kind culture --from 2024-01-01",
        "grant add Kommunen --per-year 100000 --from 2024-01-01",
        "figure set 2024 discord_members 210 --source Discord",
        "year close 2024 --force",
    )
    return file


def explained(file: City, key: str) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(file.must(f"stats explain 2024 {key} --format json"))
    return shown


def changes(found: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(each["change"], each["person"], each["what"], each["amount"]) for each in found["changes"]]


def undated(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows without their days: an age has none in a closed year."""
    return [row | {"date": ""} for row in found["rows"]]


SPREADS = (
    *("referral", "referral_at_intake", "municipality", "age_band", "motive", "wish", "role", "recruited_through"),
    *("municipality_age", "activity", "partner_kind", "programme"),
)


@pytest.mark.parametrize("key", SPREADS)
def test_a_distribution_of_a_closed_year_says_so_and_is_what_was_counted(closed: City, key: str) -> None:
    shown = explained(closed, key)
    assert (shown["closed_at"], shown["changes"], shown["value"], "note" in shown) == ("2025-02-01", [], shown["now"], False)
    assert len(shown["rows"]) == shown["value"]
    assert "Closed on 2025-02-01" in closed.must(f"stats explain 2024 {key}")
    closed.must("year reopen 2024")
    assert undated(explained(closed, key)) == undated(shown)


# What is done, the distribution, its rows when the year was closed, how many there would be now, and what changed.
CORRECTED = [
    ("intake edit 1 --source friend", "referral", ["headspace"] * 3, 3, [("removed", 1, "headspace"), ("added", 1, "friend")]),
    ("intake edit 1 --source friend", "referral_at_intake", ["headspace"] * 3, 3, [("removed", 1, "headspace"), ("added", 1, "friend")]),
    ("intake edit 1 --municipality Vejle", "municipality", ["Aarhus"] * 3, 3, [("removed", 1, "Aarhus"), ("added", 1, "Vejle")]),
    ("person edit 1 --born 2006-05-05", "age_band", ["20-24"] * 3, 3, [("removed", 1, "20-24"), ("added", 1, "16-19")]),
    ("volunteer role 5 organiser --remove", "role", ["organiser"] * 3, 2, [("removed", 5, "organiser")]),
    (
        "intake edit 1 --municipality Vejle",
        "municipality_age",
        ["Aarhus, 20-24"] * 3,
        3,
        [("removed", 1, "Aarhus, 20-24"), ("added", 1, "Vejle, 20-24")],
    ),
]


@pytest.mark.parametrize(("line", "key", "frozen", "now", "changed"), CORRECTED)
def test_a_corrected_answer_changes_nothing_of_what_was_frozen_and_is_listed(
    closed: City, line: str, key: str, frozen: list[str], now: int, changed: list[tuple[Any, ...]]
) -> None:
    closed.must(line)
    shown = explained(closed, key)
    assert [row["what"] for row in shown["rows"]] == frozen
    assert (shown["value"], shown["now"]) == (len(frozen), now)
    assert [each[:3] for each in changes(shown)] == changed


def test_of_a_distribution_too_it_is_said_whose_rows_were_deleted(closed: City) -> None:
    closed.must("person erase 3 --yes")
    for key in ("referral", "referral_at_intake", "age_band", "municipality_age"):
        shown = explained(closed, key)
        assert (shown["value"], shown["now"], len(shown["rows"]), shown["changes"]) == (3, 2, 2, []), key
        assert shown["note"].startswith("1 of 3 can't be listed any more")
        assert "2024: 3, now 2" in closed.must(f"stats explain 2024 {key}").splitlines()[0]


# Which row of these counts for what was not kept, so the numbers are compared.
NOT_KEPT = [
    ("event edit E1 --activity Kegler", "activity", [("removed", "Bowling"), ("added", "Kegler")]),
    ("partner edit Biblioteket --kind sport", "partner_kind", [("removed", "culture"), ("added", "sport")]),
    ("event log Brætspil --date 2024-04-01 --programme Fritid", "programme", [("added", "Fritid")]),
]


@pytest.mark.parametrize(("line", "key", "changed"), NOT_KEPT)
def test_where_rows_were_not_kept_the_numbers_that_differ_are_listed(
    closed: City, line: str, key: str, changed: list[tuple[str, str]]
) -> None:
    before = explained(closed, key)["value"]
    closed.must(line)
    shown = explained(closed, key)
    assert shown["value"] == before
    assert shown["note"] == "The rows of the closed year were not kept; these are the rows of today."
    assert sorted(changes(shown)) == sorted((change, None, what, 1) for change, what in changed)


def test_of_the_oldest_only_what_made_another_the_oldest_is_listed(closed: City) -> None:
    closed.must("person edit 6 --born 1940", "volunteer role 5 organiser --remove")
    shown = explained(closed, "volunteer_age_max")
    assert [(row["person"], row["amount"]) for row in shown["rows"]] == [(4, 1)]
    assert changes(shown) == [("added", 6, "organiser", 1)]
    assert "2024: 72, now 84" in closed.must("stats explain 2024 volunteer_age_max").splitlines()[0]
    assert [each[:2] for each in changes(explained(closed, "volunteer_age_min"))] == [("removed", 5)]
    year = json.loads(closed.must("stats year 2024 --format json"))
    assert [each["person"] for each in year["changes"] if "volunteer_age_max" in each["keys"]] == [6]


def test_a_cost_changes_by_its_grants_and_its_visits(closed: City) -> None:
    closed.must("grant edit 1 --per-year 90000", "event log Spil --date 2024-05-01 --present 2")
    shown = explained(closed, "cost_per_visit_dkk")
    assert (shown["value"], shown["now"]) == (25000, 18000)
    assert [each[:1] + each[2:] for each in changes(shown)] == [
        ("removed", "Kommunen", 100000),
        ("added", "Kommunen", 90000),
        ("added", "E2 Spil", 1),
    ]


def test_a_cost_says_which_visits_were_deleted(closed: City) -> None:
    closed.must("person erase 3 --yes")
    shown = explained(closed, "cost_per_visit_dkk")
    said = "1 of 4 can't be listed any more: rows were deleted, by an erasure or a withdrawn consent."
    assert shown["note"] == f"Visits in all: {said}"


def test_a_reported_figure_shows_what_was_frozen_and_what_is_reported_now(closed: City) -> None:
    closed.must("figure set 2024 discord_members 220 --source Discord")
    assert closed.must("stats explain 2024 discord_members").splitlines()[0].endswith("2024: 210 (reported: Discord, 2025-02-01), now 220")


def test_a_share_shows_what_it_would_be_now_and_which_answer_changed(closed: City) -> None:
    closed.must("intake edit 1 --source municipal")
    first = closed.must("stats explain 2024 referral_municipal").splitlines()[0]
    assert first.endswith("0 of 3 (0 %), now 1 of 3 (33 %)")
    assert [each[:3] for each in changes(explained(closed, "referral_municipal"))] == [
        ("removed", 1, "headspace"),
        ("added", 1, "municipal"),
    ]
