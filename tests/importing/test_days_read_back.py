"""The days of a trip, each in another state: tables make them again, and add nothing to what is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading_back import read_back, typed
from running import new_city

# What is typed of the second day -> the columns that its row has in the table of attendance, without those that are empty.
SECOND_DAYS = {
    "attend E1 --date 2024-10-06 --present 1": {"present": "1", "volunteers": "3", "unnamed": "1"},
    "attend E1 --date 2024-10-06 --present none": {"present": "none", "volunteers": "3", "unnamed": "1"},
    "attend E1 --date 2024-10-06 --volunteers none": {"present": "1|2", "volunteers": "none", "unnamed": "1"},
    "attend E1 --date 2024-10-06 --present none --volunteers none --unnamed 0": {"present": "none", "volunteers": "none", "unnamed": "0"},
    "cancel E1 --date 2024-10-06 --force": {"present": "1|2", "volunteers": "3", "unnamed": "1", "cancelled": "yes"},
}


def rows_of_days(path: Path, folder: Path) -> list[dict[str, str]]:
    """The rows of the days that are not like the first, without what is empty, after showing that they are read back."""
    rows = read_back(path, folder)["attendance"]
    return [{name: text for name, text in row.items() if text and name not in ("event", "date")} for row in rows]


@pytest.mark.parametrize("line", SECOND_DAYS)
def test_a_day_that_is_not_like_the_first_is_read_back(tmp_path: Path, line: str) -> None:
    path = new_city(tmp_path / "city.db")
    typed(
        path,
        *("intake add Anna --enquired 2024-01-01", "intake add Bo --enquired 2024-01-01"),
        "volunteer add Vera --joined 2024-01-01 --role leader",
        "event log Trip --date 2024-10-05 --until 2024-10-06 --present 1,2 --volunteers 3 --unnamed 1",
        f"event {line}",
    )
    assert rows_of_days(path, tmp_path) == [SECOND_DAYS[line]]


def test_days_that_are_still_to_come_are_read_back(tmp_path: Path) -> None:
    path = new_city(tmp_path / "city.db")
    typed(
        path,
        *("intake add Anna --enquired 2024-01-01", "event plan Trip --date 2024-10-07 --until 2024-10-09"),
        "event attend E1 --date 2024-10-07 --present 1",
    )
    assert rows_of_days(path, tmp_path) == [{"planned": "yes"}] * 2
