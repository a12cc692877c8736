"""The figures of random cities, through the command line, against a second count from the rows of text."""

from __future__ import annotations

import functools
import json
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from cities import cities
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from often import holds_often
from once import once
from recount import recount
from recount_checks import city_file, differences, explained, exported, import_all, new_file, period_statistics, run, statistics
from recount_reading import City, Period

from husrum_cli.domain.figures import explain

# The usual run takes the same few cities each time, so that it fails for a change and not by chance. Many others: EXAMPLES=1000 pytest -m full tests/figures/test_recount.py
# An example takes seconds: one that fails is not made smaller.
RECOUNT = settings(max_examples=12, derandomize=True, phases=(Phase.explicit, Phase.generate))
FEWER = settings(RECOUNT, max_examples=5)
FEW = settings(RECOUNT, max_examples=2)

YEARS = range(2021, 2027)
A_YEAR = st.integers(2022, 2025)
CHANNELS = ["intake", "talk_group", "network_group", "social_event", "online_event", "youth_meeting"]
AGES = {"volunteer_age_min", "volunteer_age_max"}
# Figures that are taken of their rows, not counted: what their rows are is tested apart.
TAKEN = {
    *("visits_per_person_median", "interview_wait_median", "event_participants_min", "event_participants_median", "event_participants_max"),
    *("talk_group_participants_mean", "talk_group_leaders_mean", "match_wait_median", "match_length_median", "cost_per_visit_dkk"),
}
# Figures that count rows, each by its own date: their parts of a year add up to it.
BY_DATE = {
    *(
        "enquiries",
        "intakes",
        "young_people_new",
        "group_meetings",
        "group_completed",
        "network_meetings",
        "matches_new",
        "visits",
        "visits_named",
    ),
    *(
        "social_events",
        "online_events",
        "youth_meetings",
        "intro_courses",
        "volunteer_meetings",
        "supervision_sessions",
        "training_sessions",
    ),
    *("visits_unnamed", *(f"visits_{channel}" for channel in CHANNELS), "joint_events", "events_with_young_organisers", "grants_dkk"),
}
# Figures that are a sum of amounts, not a number of rows: a row of unnamed visits is several visits.
SUMS = {"visits", "visits_unnamed", "grants_dkk", "volunteer_hours", *(f"visits_{channel}" for channel in CHANNELS[1:])}
# Figures of people, for which a national file shows the sum of its branches and their overlap next to the value.
PEOPLE = ("young_people", "waiting_list", "volunteers", "peer_supporters", "befrienders", "moved_on")
# Distributions whose answers are codes, all of which are always listed.
CODED = ["referral", "occupation", "diagnosis", "loneliness", "suicidal_thoughts", "treatment", "motive", "gender"]


@RECOUNT
@given(cities())
def test_every_figure_is_what_its_definition_counts(city: City) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = city_file(city, Path(directory))
        wrong = {}
        for year in YEARS:
            stats = statistics(path, year)
            lines = [*differences(recount(city, year), stats), *shape_faults(stats, year), *visit_faults(stats["figures"])]
            if lines:
                wrong[year] = lines
        assert not wrong, "\n".join(f"{year}  {line}" for year, lines in wrong.items() for line in lines)


def shape_faults(stats: dict[str, Any], year: int) -> list[str]:
    """Where a year does not have the shape that every year has, whatever is in it."""
    empty = recount_of_nothing(year)
    faults = [f"{key} is missing" for key in empty["figures"].keys() - stats["figures"].keys()]
    listed = [key for name in CODED for key in (name, f"{name}_at_intake")]
    faults += [f"{key}: other codes" for key in listed if stats["distributions"][key].keys() != empty["distributions"][key].keys()]
    for key, figure in stats["figures"].items():
        if "base" in figure:
            without = figure["declined"] + figure["not_asked"] + figure["not_recorded"]
            if figure["answered"] + without != figure["base"]:
                faults.append(f"{key}: {figure['answered']} answered and {without} did not, of {figure['base']}")
            continue
        of_people = key.startswith(PEOPLE) and key not in AGES and figure["source"] == "counted"
        if of_people and (figure["sum_of_branches"], figure["overlap"]) != (figure["value"], 0):
            faults.append(f"{key}: of one city, but {figure}")
    return faults


@functools.cache
def recount_of_nothing(year: int) -> dict[str, Any]:
    """The figures of a city without rows."""
    return recount({}, year)


def visit_faults(figures: dict[str, dict[str, Any]]) -> list[str]:
    """Where visits are not the sum of their parts and of their channels. A value entered by hand for a whole year has no parts to be the sum of."""
    if figures["visits"]["source"] != "counted":
        return []
    visits, intakes = figures["visits"]["value"], figures["visits_intake"]["value"]
    parts = figures["visits_named"]["value"] + figures["visits_unnamed"]["value"]
    channels = sum(figures[f"visits_{channel}"]["value"] for channel in CHANNELS)
    same = visits == parts == channels and intakes == figures["intakes"]["value"]
    return [] if same else [f"visits: {visits}, of the parts {parts}, of the channels {channels}, interviews {intakes}"]


@FEW  # each is a hundred commands
@given(cities(), A_YEAR)
def test_the_rows_of_a_figure_are_the_figure(city: City, year: int) -> None:
    with tempfile.TemporaryDirectory() as directory, pytest.MonkeyPatch.context() as patch:
        # The year is counted once for all of its explanations.
        patch.setattr(explain, "figures_of_period", once(explain.figures_of_period))
        path = city_file(city, Path(directory))
        wrong = []
        for key, figure in statistics(path, year)["figures"].items():
            if figure["source"] == "counted" and key not in AGES | TAKEN:
                rows = explained(path, year, key)["rows"]
                wrong += [f"{year} {key}: {said}" for said in row_faults(key, figure, rows)]
        assert not wrong, "\n".join(wrong)


def row_faults(key: str, figure: dict[str, Any], rows: list[dict[str, Any]]) -> list[str]:
    """Where the rows of `stats explain` are not what the figure is made of."""
    faults = []
    if "base" in figure:
        counting = sum(1 for row in rows if row["counts"])
        if (counting, len(rows)) != (figure["count"], figure["answered"]):
            faults.append(f"{figure['count']} of {figure['answered']}, but the rows are {counting} of {len(rows)}")
        return faults
    amount = sum(row["amount"] for row in rows)
    if amount != figure["value"]:
        faults.append(f"value {figure['value']}, but its rows sum to {amount}")
    if key not in SUMS and len(rows) != figure["value"]:
        faults.append(f"value {figure['value']}, but it has {len(rows)} rows")
    return faults


PERIODS = st.tuples(st.dates(date(2021, 6, 1), date(2026, 6, 1)), st.integers(0, 800)).map(
    lambda drawn: Period(drawn[0], drawn[0] + timedelta(days=drawn[1]))
)


@RECOUNT
@given(cities(), PERIODS)
def test_every_figure_of_any_period_is_what_its_definition_counts(city: City, period: Period) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = city_file(city, Path(directory))
        lines = differences(recount(city, period), period_statistics(path, f"{period.start}..{period.end}"))
        assert not lines, f"{period.start}..{period.end}\n" + "\n".join(lines)


@FEWER
@given(cities(), A_YEAR)
def test_a_year_is_the_same_whichever_way_it_is_written_and_its_parts_add_up(city: City, year: int) -> None:
    counted = {kind: rows for kind, rows in city.items() if kind != "figures"}
    with tempfile.TemporaryDirectory() as directory:
        path = city_file(counted, Path(directory))
        whole = statistics(path, year)
        for written in (str(year), f"{year}-01-01..{year}-12-31"):
            same = period_statistics(path, written)
            assert (same["figures"], same["distributions"]) == (whole["figures"], whole["distributions"])
        for by in ("half", "quarter", "month"):
            command = ("stats", "trend", "--by", by, "--from", year, "--to", year, "--format", "json", "--db", path)
            parts = json.loads(run(*map(str, command)).stdout)["periods"].values()
            for key in BY_DATE:
                assert sum(figures[key]["value"] for figures in parts) == whole["figures"][key]["value"], (by, key)


@FEWER
@given(cities(), A_YEAR)
def test_the_rows_of_an_age_are_the_volunteers_of_that_age(city: City, year: int) -> None:
    born = {row["name"]: row["born"] for row in city.get("intakes", []) + city.get("volunteers", []) if row.get("born")}
    with tempfile.TemporaryDirectory() as directory:
        path = city_file(city, Path(directory))
        figures = statistics(path, year)["figures"]
        for key in sorted(AGES):
            rows = explained(path, year, key)["rows"]
            value = figures[key]["value"]
            assert (value is None) == (not rows), key
            for row in rows:
                assert year - int(born[row["name"]][:4]) == value, (key, row)  # on 31 December everybody's birthday has been


@FEWER
@given(cities())
def test_exported_tables_make_the_same_file_again(city: City) -> None:
    with tempfile.TemporaryDirectory() as directory:
        here = Path(directory)
        original = city_file(city, here)
        tables = exported(original, here / "first")
        files = [here / "first" / name for name in tables]
        copy = new_file(here / "copy.db")
        import_all(copy, files)
        assert exported(copy, here / "second") == tables
        figures = {year: statistics(original, year) for year in YEARS}
        assert {year: statistics(copy, year) for year in YEARS} == figures
        before = copy.read_bytes(), original.read_bytes()
        # The same once more writes nothing, neither to the copy nor from the files that the city first came in.
        import_all(copy, files)
        import_all(original, sorted((here / "city-tables").glob("*.csv")))
        assert (copy.read_bytes(), original.read_bytes()) == before


@FEWER
@given(cities())
def test_a_dry_run_writes_nothing(city: City) -> None:
    with tempfile.TemporaryDirectory() as directory:
        here = Path(directory)
        city_file(city, here)
        empty = new_file(here / "empty.db")
        before = empty.read_bytes()
        files = sorted((here / "city-tables").glob("*.csv"))
        if files:
            run("import", *files, "--dry-run", "--db", empty)
        assert empty.read_bytes() == before


@pytest.mark.full
@pytest.mark.parametrize(
    ("law", "drawn"),
    [
        (test_every_figure_is_what_its_definition_counts, []),
        (test_the_rows_of_a_figure_are_the_figure, [A_YEAR]),
        (test_every_figure_of_any_period_is_what_its_definition_counts, [PERIODS]),
        (test_a_year_is_the_same_whichever_way_it_is_written_and_its_parts_add_up, [A_YEAR]),
        (test_the_rows_of_an_age_are_the_volunteers_of_that_age, [A_YEAR]),
        (test_exported_tables_make_the_same_file_again, []),
        (test_a_dry_run_writes_nothing, []),
    ],
)
def test_it_holds_of_many_cities(law: Callable[..., Any], drawn: list[st.SearchStrategy[Any]]) -> None:
    holds_often(law, cities(), *drawn)
