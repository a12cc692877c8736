"""What is remarked on about a wait, an offer and a match: where something is missing, and not a day before or after."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from journal import City
from running import new_city


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    city = City(new_city(tmp_path_factory.mktemp("remarks") / "aarhus.db"), "2024-11-02")
    city.must(
        'intake add "Anna Holm" --enquired 2024-01-08',
        'intake add "Bo Krog" --enquired 2024-01-08',
        'volunteer add "Karen Dal" --joined 2024-02-01 --role befriender --intro-course 2023-01-01',
        'volunteer add "Ole Bak" --joined 2024-01-01 --role leader --intro-course 2023-01-01',
        "volunteer role 3 befriender --to 2024-09-01",
        "match offer 3",
    )
    return city.path


NOT_A_BEFRIENDER, TAKEN = "is not a befriender on that day", "has 1 at that time already, and offered to have 1."
ENDED = ("match start 2 3 --date 2024-03-01", "match end 2 --date 2024-04-01 --reason other")


@pytest.mark.parametrize(
    ("before", "line", "words", "remarked"),
    [
        ((), "match wait 4", "has no enquiry, and so does not count", True),
        ((), "match wait 1", "has no enquiry", False),
        ((), "match offer 1", "holds no volunteer role yet; give one with: husrum volunteer role 1 befriender", True),
        ((), "match offer 4", "holds no volunteer role", False),
        ((), "match start 1 4 --date 2024-05-01", f"4 Ole Bak {NOT_A_BEFRIENDER}; if they are: husrum volunteer role 4 befriender", True),
        ((), "match start 1 3 --date 2024-01-31", NOT_A_BEFRIENDER, True),
        ((), "match start 1 3 --date 2024-02-01", NOT_A_BEFRIENDER, False),
        ((), "match start 1 3 --date 2024-09-01", NOT_A_BEFRIENDER, False),
        ((), "match start 1 3 --date 2024-09-02", NOT_A_BEFRIENDER, True),
        (("match start 2 3 --date 2024-03-01",), "match start 1 3 --date 2024-05-01", TAKEN, True),
        (("match offer 3 --capacity 2", "match start 2 3 --date 2024-03-01"), "match start 1 3 --date 2024-05-01", "at that time already", False),
        (ENDED, "match start 1 3 --date 2024-04-01", "at that time already", False),
        (ENDED, "match start 1 3 --date 2024-03-31", TAKEN, True),
        (("match start 1 3 --date 2024-03-01",), "match wait 1 --since 2024-03-02", "has a Hjerteven since 2024-03-01.", True),
        (("match start 1 3 --date 2024-03-01", "match end 1 --date 2024-04-01 --reason other"), "match wait 1", "has a Hjerteven", False),
        (("match start 1 3 --date 2024-03-01", "match pause 1 --date 2024-06-01"), "match end 1 --date 2024-05-31 --reason other", "The pause from 2024-06-01 is gone", True),
        (("match start 1 3 --date 2024-03-01", "match pause 1 --date 2024-06-01"), "match end 1 --date 2024-06-01 --reason other", "is gone", False),
    ],
)  # fmt: skip
def test_a_remark_is_made_on_its_days(usual: Path, tmp_path: Path, before: tuple[str, ...], line: str, words: str, remarked: bool) -> None:
    city = City(Path(shutil.copy(usual, tmp_path / "aarhus.db")), "2024-11-02")
    city.must(*before)
    shown = city.must(line)
    assert (words in shown) is remarked, shown


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("match contact 1 --date 2024-02-29", "no Hjerteven on that day"),
        ("match wait 1 --since 2024-03-01", "wait from a later day"),
        ("match end 1 --date 2024-02-29 --reason other", "before the match began, on 2024-03-01"),
        ("match pause 1 --date 2024-02-29", "before the match began, on 2024-03-01"),
        ("match edit 1 --end 2024-02-29", "before the start, 2024-03-01"),
        ("match meet 1 --date 2024-02-29", "no Hjerteven on that day"),
    ],
)
def test_the_first_day_of_a_match_is_its_own_and_the_day_before_is_not(usual: Path, tmp_path: Path, line: str, words: str) -> None:
    city = City(Path(shutil.copy(usual, tmp_path / "aarhus.db")), "2024-11-02")
    city.must("match start 1 3 --date 2024-03-01")
    city.refused(line, 5, words)
    city.must(line.replace("2024-02-29", "2024-03-01").replace("--since 2024-03-01", "--since 2024-03-02"))
