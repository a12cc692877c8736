"""Every row of every figure of two small cities and their nation, as worked out by hand; and their figures on each day on which something begins or ends."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cases_by_hand import rows
from nation_by_rows import AARHUS, nation
from once import once
from recount import recount
from recount_checks import city_file, differences, period_statistics, run
from recount_reading import City, Period
from running import FIXTURES

from husrum_cli.domain.figures import explain
from husrum_cli.domain.figures.registry import COUNTED

# A line is `key value: row; row`, a row is `city:number date what amount` without what is empty, and without the amount if it is 1. Where rows changed, the line is
# `key value now: + row; - row`.
BY_HAND = FIXTURES / "rows-of-figures.txt"
# One of several figures of the same query, selected by the same column.
LIKE_OTHERS = {
    *(f"visits_{part}" for part in ("named", "intake", "talk_group", "network_group", "social_event", "online_event", "youth_meeting")),
    *(f"young_people_{offer}" for offer in ("talk_group", "network_group", "online_event", "youth_meeting")),
    *("network_groups", "network_meetings", "online_events", "youth_meetings", "volunteer_meetings", "supervision_sessions"),
    *("training_sessions", "event_participants_median", "volunteers_leader", "volunteers_organiser", "volunteers_online"),
}
KEYS = [
    *(figure.key for figure in COUNTED if figure.key not in LIKE_OTHERS),
    *("overlap", "volunteers.overlap", "volunteers.sum_of_branches", "gender", "municipality"),
]
# What is corrected after the year was closed: a day, an answer, a start, a step onward, hours, an event, a partner, and two who are one.
CORRECTIONS = (
    *("event edit E1 --date 2024-02-11", "intake edit 2 --municipality Aarhus --gender x", "match edit 2 --start 2024-03-05"),
    *("person onward 5 --to Koret --date 2024-05-05", "volunteer hours 12 3.5 --date 2024-01-02 --correct"),
    *("event log Kor --date 2024-03-03 --present 5,6 --unnamed 2", "partner edit Kirken --from 2025-01-01", "person join 4 6 --force"),
)
# Measures of wellbeing are counted by tests of their own.
UNCOUNTED = {"measured_pairs_tils", "measured_pairs_who5"}


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return nation(tmp_path_factory.mktemp("rows"))


@pytest.fixture(autouse=True)
def counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count a period of the same file once."""
    monkeypatch.setattr(explain, "figures_of_period", once(explain.figures_of_period))


def lines_of(path: Path) -> tuple[list[str], list[str]]:
    """The rows of 2024 of every figure of a file, as `BY_HAND` has them; and what came to and went from those of a closed year since."""
    lines, changed = [], []
    for key in KEYS:
        shown = json.loads(run("stats", "explain", "2024", key, "--format", "json", "--db", path).stdout)
        lines.append(f"{key} {shown['value']:g}: {'; '.join(map(row_text, shown['rows']))}".strip())
        rows = [f"{'+' if row['change'] == 'added' else '-'} {row_text(row)}" for row in shown.get("changes", ())]
        if rows or shown.get("now", shown["value"]) != shown["value"]:
            changed.append(f"{key} {shown['value']:g} {shown['now']:g}: {'; '.join(rows)}".strip())
    return lines, changed


def row_text(row: dict[str, Any]) -> str:
    who = ":".join(str(part) for part in (row.get("branch"), row["person"]) if part is not None)
    amount = "" if row["amount"] == 1 else f"{row['amount']:g}"
    return " ".join(part for part in (who, row["date"], row["what"], amount) if part)


def by_hand(part: str) -> list[str]:
    """The lines of a part of the file: `nation`, `city` or `changed`."""
    return BY_HAND.read_text(encoding="utf-8").split(f"# {part}\n")[1].split("\n# ")[0].splitlines()


# The figures that count people, of whom one in two cities is one in the nation.
OF_PEOPLE = {
    *("young_people", "young_people_new", "waiting_list", "volunteers", "volunteers_new", "peer_supporters", "befrienders", "moved_on"),
    *(f"young_people_{offer}" for offer in ("talk_group", "network_group", "social_event", "online_event", "youth_meeting", "befriended")),
    *(f"volunteers_{role}" for role in ("leader", "organiser", "befriender", "online")),
    *("volunteers_left", "volunteers_without_intro", "volunteers_supervised", "volunteer_applicants", "befrienders_free"),
    *("young_people_once", "interviewed_never_came", "measured_pairs_tils", "measured_pairs_who5"),
}


def test_every_row_of_the_nation(merged: Path) -> None:
    assert lines_of(merged) == (by_hand("nation"), [])
    figures = json.loads(run("stats", "year", "2024", "--format", "json", "--db", merged).stdout)["figures"]
    assert {key for key, figure in figures.items() if "overlap" in figure} == OF_PEOPLE


def test_every_row_of_a_city_the_same_when_its_year_is_closed_and_what_changes_later(merged: Path) -> None:
    city = merged.with_name("Aarhus.db")
    lines, _changed = lines_of(city)
    assert lines == by_hand("city")
    run("year", "close", "2024", "--force", "--db", city)
    frozen, changed = lines_of(city)
    assert ([sorted(line.split("; ")) for line in frozen], changed) == ([sorted(line.split("; ")) for line in lines], [])
    for line in CORRECTIONS:
        run(*line.split(), "--db", city)
    assert lines_of(city)[1] == by_hand("changed")


# People of every age on either side of a limit, all of whose birthday is on 15 June; and one of each whose year alone is known.
AGED: City = {
    "intakes": rows(
        "ref name born enquired held municipality",
        *(
            f"{age - 12} / Ung {chr(97 + age - 13)}x / {2024 - age}-06-15 / 2024-06-01 / 2024-06-1{4 + age % 2} / Aarhus"
            for age in range(13, 36)
        ),
        *(f"{age + 11} / Ung {chr(97 + age - 13)}y / {2024 - age} / 2024-06-01 / 2024-06-14 / Viborg" for age in range(13, 36)),
    ),
    "events": rows(
        "ref title date kind present", *(f"E{day} / Fest / 2024-06-{day} / social / {'|'.join(map(str, range(1, 47)))}" for day in (14, 15))
    ),
}


@pytest.mark.parametrize("city", [AARHUS, AGED], ids=["of everything", "of ages"])
def test_every_figure_on_each_day_on_which_something_begins_or_ends(tmp_path: Path, city: City) -> None:
    cells = [cell for rows in city.values() for row in rows for cell in row.values()]
    path = city_file(city, tmp_path)
    wrong = []
    for text in sorted({cell for cell in cells if re.fullmatch(r"2024-\d\d-\d\d|2023-12-31|2025-01-01", cell)}):
        day = date.fromisoformat(text)
        counted, found = recount(city, Period(day, day)), period_statistics(path, f"{text}..{text}")
        wrong += [f"{text} {line}" for line in differences(counted, found) if line.partition(".")[0] not in UNCOUNTED]
    assert not wrong, "\n".join(wrong)
