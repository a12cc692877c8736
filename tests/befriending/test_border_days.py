"""The first and the last day of everything that decides who is proposed to whom: the day before, the day itself, and the day after."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from running import new_city
from town import Town

# Anna (1) waits from 1 April; Karen (2) is a befriender with room for one, who took the course in January. Bo (3) has enquired.
ANNA_AND_KAREN = {1: 2}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    town = Town(new_city(tmp_path_factory.mktemp("days") / "aarhus.db"))
    town.young("Anna Holm", since="2024-04-01")
    town.volunteer("Karen Dal")
    town.must("intake", "add", "Bo Krog", "--enquired", "2024-01-08")
    return town.path


@pytest.fixture
def town(usual: Path, tmp_path: Path) -> Town:
    return Town(Path(shutil.copy(usual, tmp_path / "aarhus.db")))


@pytest.mark.parametrize(
    ("lines", "with_a_pair", "without"),
    [
        ([], ["2024-04-01", "2024-10-08"], ["2024-03-31"]),
        (["match unwait 1 --date 2024-06-01"], ["2024-05-31"], ["2024-06-01"]),
        (["match offer 2 --from 2024-05-01"], ["2024-05-01"], ["2024-04-30"]),
        (["match unoffer 2 --date 2024-06-01"], ["2024-05-31"], ["2024-06-01"]),
        (["volunteer role 2 befriender --to 2024-06-01"], ["2024-05-31"], ["2024-06-01"]),
        # The place is taken while somebody else has it, and Anna has a Hjerteven as long as a match runs.
        (["match start 3 2 --date 2024-05-01", "match end 3 --date 2024-06-01 --reason other"], ["2024-04-30", "2024-06-01"], ["2024-05-01", "2024-05-31"]),
        # In the file it counts today already that they begin later; looking back, it does not.
        (["match start 3 2 --date 2024-09-01"], ["2024-08-31"], ["2024-09-01", "2024-10-08"]),
        # A paper is good from its day, until so many months have passed.
        (["setting set required_attests confidentiality", "volunteer attest 2 confidentiality --date 2024-05-01"], ["2024-05-01"], ["2024-04-30"]),
        (
            ["setting set required_attests criminal_record", "setting set criminal_record_months 3", "volunteer attest 2 criminal_record --date 2024-05-01"],
            ["2024-05-01", "2024-08-01"],
            ["2024-04-30", "2024-08-02"],
        ),
        # A proposal holds the two until it is answered or taken back, and a no is remembered.
        (["match propose --save --date 2024-05-01"], ["2024-04-30"], ["2024-05-01", "2024-10-08"]),
        (["match propose --save --date 2024-05-01", "match withdraw 1 --date 2024-06-01"], ["2024-04-30", "2024-06-01"], ["2024-05-01", "2024-05-31"]),
        (
            ["match propose --save --date 2024-05-01", "match decline 1 --side person --reason other --date 2024-06-01"],
            ["2024-04-30"],
            ["2024-05-31", "2024-06-01", "2024-10-08"],
        ),
        # Whoever were a pair before are not proposed again, from the day on which it ended.
        (
            ["match start 1 2 --date 2024-05-01", "match end 1 --date 2024-06-01 --reason other", "match wait 1 --since 2024-06-01"],
            ["2024-04-30"],
            ["2024-05-01", "2024-05-31", "2024-06-01"],
        ),
    ],
    ids=lambda value: "; ".join(value) if isinstance(value, list) and value and " " in value[0] else "",
)  # fmt: skip
def test_who_is_proposed_on_which_day(town: Town, lines: list[str], with_a_pair: list[str], without: list[str]) -> None:
    for line in lines:
        town.must(*line.split())
    for day in with_a_pair:
        assert town.pairs("--date", day) == ANNA_AND_KAREN, day
    for day in without:
        assert town.pairs("--date", day) == {}, day


def test_a_proposal_is_open_from_its_day_until_it_lapses(town: Town) -> None:
    """With the wait or the role in which it was made, with the match it becomes, and with a no."""

    def states(day: str) -> list[str]:
        return [row["state"] for row in json.loads(town.must("match", "list", "--proposed", "--all", "--format", "json", today=day))]

    town.must("match", "propose", "--save", "--date", "2024-05-01")
    town.must("match", "accept", "1", "--side", "person", "--date", "2024-05-03")
    assert (states("2024-04-30"), states("2024-05-01"), states("2024-05-02")) == ([], ["proposed"], ["proposed"])
    town.must("match", "accept", "1", "--side", "volunteer", "--date", "2024-05-04")
    assert (states("2024-05-03"), states("2024-05-04")) == (["proposed"], ["accepted"])
    town.must("match", "unwait", "1", "--date", "2024-06-01")
    assert (states("2024-05-31"), states("2024-06-01")) == (["accepted"], ["lapsed"])
    town.must("undo", "--yes")
    town.must("volunteer", "role", "2", "befriender", "--to", "2024-06-01")
    assert (states("2024-05-31"), states("2024-06-01")) == (["accepted"], ["lapsed"])
    town.must("undo", "--yes")
    town.must("match", "start", "1", "2", "--date", "2024-06-01")
    assert states("2024-06-01") == ["matched"]


def test_proposals_are_listed_the_latest_first_and_looked_at_the_oldest_first(town: Town) -> None:
    town.must("match", "wait", "3", "--since", "2024-04-02")
    town.volunteer("Lise Lund")
    town.must("match", "propose", "--save", "--date", "2024-05-01")
    first = town.proposal("--date", "2024-05-01")["open"]
    town.must("match", "withdraw", "1", "--date", "2024-05-02")
    town.must("match", "propose", "--save", "--date", "2024-05-03")

    def listed(*more: str) -> list[tuple[int, str, str]]:
        rows = json.loads(town.must("match", "list", "--proposed", *more, "--format", "json"))
        return [(row["person"], row["date"], row["state"]) for row in rows]

    assert [row["person"] for row in first] == [1, 3] and {row["proposed"] for row in first} == {"2024-05-01"}
    assert listed("--all") == [(1, "2024-05-03", "proposed"), (3, "2024-05-01", "proposed"), (1, "2024-05-01", "withdrawn")]
    assert listed() == [(1, "2024-05-03", "proposed"), (3, "2024-05-01", "proposed")]
    assert [(row["person"], row["proposed"]) for row in town.proposal()["open"]] == [(3, "2024-05-01"), (1, "2024-05-03")]
    town.must("match", "decline", "3", "--side", "volunteer", "--reason", "illness", "--date", "2024-05-04")
    (declined,) = (row for row in json.loads(town.must("match", "list", "--proposed", "--all", "--format", "json")) if row["person"] == 3)
    assert (declined["state"], declined["person_said"], declined["volunteer_said"]) == ("declined", None, "no")
    assert (declined["answered"], declined["reason"]) == ("2024-05-04", "illness")


def test_a_match_that_is_to_begin_takes_the_place_today_already(town: Town) -> None:
    town.must("match", "start", 3, 2, "--date", "2024-11-01", today="2024-11-01")
    assert town.pairs() == {}
    assert town.pairs("--date", "2024-10-07") == ANNA_AND_KAREN


def test_how_long_people_wait_on_which_day(town: Town) -> None:
    """They wait from their first day, and no more on the day of their match or on which they are taken off the list."""

    def waits(day: str) -> tuple[list[int], int, int, int | None]:
        of_day = ("match", "list", "--waiting", "--format", "json")
        (row,) = json.loads(town.must(*of_day, "--median", today=day))
        return [each["person"] for each in json.loads(town.must(*of_day, today=day))], row["waiting"], row["matched"], row["median_days"]

    town.must("match", "wait", "3", "--since", "2024-04-02")
    town.must("match", "unwait", "3", "--date", "2024-05-01")
    town.must("match", "start", "1", "2", "--date", "2024-06-01")
    assert (waits("2024-03-31"), waits("2024-04-01")) == (([], 0, 0, None), ([1], 1, 0, None))
    assert (waits("2024-04-30"), waits("2024-05-01")) == (([1, 3], 2, 0, None), ([1], 1, 0, None))
    assert (waits("2024-05-31"), waits("2024-06-01")) == (([1], 1, 0, None), ([], 0, 1, 61))
    expected = "Expected wait, from the last two years: 61 days."
    listed = [town.must("match", "list", "--waiting", today=day) for day in ("2024-05-31", "2024-06-01", "2026-04-01", "2026-04-02")]
    assert [expected in shown for shown in listed] == [False, True, True, False]
