"""The seven synthetic cities together give every published national number, counted here in plain Python from their files."""

from __future__ import annotations

import csv
import json
import shutil
import stat
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from recount_answers import SHARES, answers_at_intake, share
from recount_figures import counted_figures, participants, volunteers
from recount_reading import City, Records, read, year_span
from running import AARHUS_2024, CHECKOUT, FIXTURES, husrum

DENMARK = CHECKOUT / "examples" / "denmark"
PUBLISHED = json.loads((FIXTURES / "denmark.json").read_text(encoding="utf-8"))
YEARS = [int(year) for year in PUBLISHED["years"]]
CITIES = {
    "Aarhus": 2021,
    "Horsens": 2021,
    "Silkeborg": 2021,
    "Randers": 2022,
    "Viborg": 2023,
    "Esbjerg": 2024,
    "Skanderborg": 2024,
}
MOST_BYTES = 1_500_000
# Of one city these are its own; none of them is in common.
OWN = ("intakes", "group_courses", "matches_new")
Human = tuple[str, ...]


def files(city: str) -> list[Path]:
    """The import files of a city; Aarhus 2024 has a folder of its own."""
    return sorted((DENMARK / city.lower()).glob("*.csv")) + (sorted(AARHUS_2024.glob("*.csv")) if city == "Aarhus" else [])


@dataclass
class Counted:
    """A city read from its files: everybody under their number, and which human they are."""

    records: Records
    humans: dict[str, Human]


def normal(name: str) -> str:
    """A name as it is compared: case, hyphens, spaces, and the ways to write æ, ø and å make no difference."""
    folded = name.casefold().replace("-", " ")
    for letter, written in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
        folded = folded.replace(letter, written)
    return " ".join(folded.split())


def counted(name: str) -> Counted:
    """A city, read by the independent readers; they know people by name, so each is called by their number."""
    city: City = defaultdict(list)
    for path in files(name):
        with path.open(encoding="utf-8", newline="") as file:
            city[path.stem] += list(csv.DictReader(file))
    names: dict[str, str] = {}
    for row in city["intakes"] + city["volunteers"]:
        number = row["ref"] or row["person"]
        names[number] = row["name"]
        row["name"] = number
    records = read(city)
    humans: dict[str, Human] = {}
    for number, full in names.items():
        born = records.born.get(number, "")
        humans[number] = (normal(full), born) if len(born) == len("2000-01-31") else (name, number)
    return Counted(records, humans)


@pytest.fixture(scope="module")
def country() -> dict[str, Counted]:
    """Every city, counted from its files."""
    return {name: counted(name) for name in CITIES}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `husrum demo` makes. Shared, so only read it."""
    folder = tmp_path_factory.mktemp("demo") / "husrum-demo"
    made = husrum("demo", folder)
    assert made.exit_code == 0, made.stderr
    assert "2,792" in made.stdout and "sum of the cities" in made.stdout
    return folder


@pytest.fixture(scope="module")
def imported(demo: Path) -> dict[str, Path]:
    """Every city as a file of the program."""
    return {name: demo / f"{name.lower()}.db" for name in CITIES}


@pytest.fixture(scope="module")
def city_years(imported: dict[str, Path]) -> dict[tuple[str, int], dict[str, Any]]:
    """The figures of every city and year."""
    words = ("stats", "trend", "--from", YEARS[0], "--to", YEARS[-1], "--format", "json")
    trends = {name: json.loads(husrum(*words, "--db", path).stdout)["years"] for name, path in imported.items()}
    return {(name, year): figures[str(year)] for name, figures in trends.items() for year in YEARS}


def national_events(country: dict[str, Counted], year: int) -> int:
    """Social events that began in the year; one with a joint key once, whichever cities wrote it down."""
    held = set()
    for name, city in country.items():
        keys = {row["ref"]: row["joint"] for row in city.records.rows["events"]}
        for occasion in city.records.occasions:
            if occasion.kind == "social_event" and city.records.event_starts[occasion.activity].year == year:
                held.add(keys[occasion.activity] or (name, occasion.activity))
    return len(held)


def national(country: dict[str, Counted], year: int) -> dict[str, int]:
    """The national numbers of a year, each human and each joint event once."""
    active = [name for name, first in CITIES.items() if first <= year]
    figures = {name: counted_figures(country[name].records, year_span(year)) for name in active}
    young = {city.humans[number] for city in country.values() for number in participants(city.records, year_span(year))}
    helpers = {city.humans[number] for city in country.values() for number in volunteers(city.records, year_span(year))}
    return {
        "branches": len(active),
        "young_people": len(young),
        "volunteers": len(helpers),
        "social_events": national_events(country, year),
        **{key: sum(int(figure[key] or 0) for figure in figures.values()) for key in OWN},
    }


@pytest.mark.parametrize("year", YEARS)
def test_the_published_numbers_of_a_year(country: dict[str, Counted], year: int) -> None:
    assert national(country, year) == PUBLISHED["years"][str(year)]


@pytest.mark.parametrize("year", YEARS)
def test_the_sums_over_the_cities_are_more(
    country: dict[str, Counted], city_years: dict[tuple[str, int], dict[str, Any]], year: int
) -> None:
    unique = national(country, year)
    for key, value in unique.items():
        total = sum(city_years[name, year][key]["value"] for name, first in CITIES.items() if first <= year)
        assert total > value if key in ("young_people", "volunteers", "social_events") else total == value, key


@pytest.mark.parametrize("name", CITIES)
def test_a_city_has_records_in_each_of_its_years_and_in_no_other(city_years: dict[tuple[str, int], dict[str, Any]], name: str) -> None:
    for year in YEARS:
        figures = city_years[name, year]
        assert (figures["branches"]["value"] == 1) is (CITIES[name] <= year)
        assert (figures["visits"]["value"] > 0) is (CITIES[name] <= year)


@pytest.mark.parametrize("key", PUBLISHED["shares_percent"]["2024"])
def test_the_published_shares_at_intake(country: dict[str, Counted], city_years: dict[tuple[str, int], dict[str, Any]], key: str) -> None:
    asked = SHARES[key.removesuffix("_at_intake")]
    parts = [share(answers_at_intake(city.records, asked.column, year_span(2024)), asked.counts) for city in country.values()]
    for name, part in zip(country, parts, strict=True):
        figure = city_years[name, 2024][key]
        assert {column: figure[column] for column in ("count", "answered", "base")} == {
            column: part[column] for column in ("count", "answered", "base")
        }, name
    count, answered, silent = (sum(int(str(part[column])) for part in parts) for column in ("count", "answered", "declined"))
    assert (200 * count + answered) // (2 * answered) == PUBLISHED["shares_percent"]["2024"][key]
    assert silent > 0


@pytest.mark.parametrize("name", CITIES)
def test_a_city_contradicts_nothing(imported: dict[str, Path], name: str) -> None:
    result = husrum("check", "--format", "json", "--db", imported[name])
    assert result.exit_code == 0
    assert {problem["severity"] for problem in json.loads(result.stdout)} <= {"remark"}


def test_a_city_imported_again_adds_nothing(imported: dict[str, Path], tmp_path: Path) -> None:
    copy = Path(shutil.copy2(imported["Aarhus"], tmp_path / "aarhus.db"))
    again = husrum("import", *files("Aarhus"), "--db", copy)
    assert again.exit_code == 0 and "nothing was added" in again.stderr


def test_nobody_is_taken_for_somebody_else(country: dict[str, Counted]) -> None:
    """Cities have a birth date in common for one human, or one who is written differently: never for two by accident."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for name, city in country.items():
        full = [human for human in city.humans.values() if human[0] != name]
        assert len(full) == len(set(full)), name
        for human, born in full:
            found[born].add((name, human))
    in_common = [known for known in found.values() if len({name for name, _ in known}) > 1]
    assert all(len({human.split()[0] for _, human in known}) == 1 for known in in_common)
    several = [known for known in in_common if len({human for _, human in known}) == 1]
    assert len(several) > 20 and len(in_common) > len(several)
    assert any(len(known) == 3 for known in several)


def test_a_human_is_written_down_at_joint_events_by_two_cities(country: dict[str, Counted]) -> None:
    places: dict[Human, set[str]] = defaultdict(set)
    for name, city in country.items():
        joint = {row["ref"] for row in city.records.rows["events"] if row["joint"] and row["kind"] == "social"}
        for occasion in city.records.occasions:
            for number in occasion.participants if occasion.activity in joint else ():
                places[city.humans[number]].add(name)
    assert any(len(cities) > 1 for cities in places.values())


def test_those_who_took_their_consent_back_are_known_in_one_city_only(country: dict[str, Counted]) -> None:
    everywhere = [human for city in country.values() for human in city.humans.values()]
    back = [
        city.humans[row["person"]]
        for city in country.values()
        for row in city.records.rows["consents"]
        if row["purpose"] == "national_linking" and row["withdrawn"]
    ]
    assert len(back) > 3
    assert all(everywhere.count(human) == 1 for human in back)


def test_some_humans_are_only_likely_the_same(country: dict[str, Counted]) -> None:
    """Of these, the name or the birth date differs between two cities; the phone or the e-mail is the same."""
    for column in ("phone", "email"):
        found: dict[str, list[Human]] = defaultdict(list)
        for city in country.values():
            for row in city.records.rows["intakes"]:
                if row[column]:
                    found[row[column]].append(city.humans[row["name"]])
        likely = [humans for humans in found.values() if len(humans) > 1]
        assert likely and all(len(set(humans)) == len(humans) == 2 for humans in likely)


def test_the_cities_keep_within_their_published_limits(country: dict[str, Counted]) -> None:
    for name, city in country.items():
        for enquiry in city.records.enquiries:
            if enquiry.enquired and enquiry.person in city.records.born:
                assert 15 <= enquiry.enquired.year - int(city.records.born[enquiry.person][:4]) <= 31, (name, enquiry.person)
        events = {row["ref"]: row for row in city.records.rows["events"]}
        groups = [group.key for group in city.records.groups if group.kind == "talk_group"]
        for group in groups:
            assert sum(occasion.activity == group for occasion in city.records.occasions) == 12, (name, group)
        for occasion in city.records.occasions:
            if occasion.kind == "social_event" and not events[occasion.activity]["joint"]:
                assert 8 <= len(occasion.participants) + occasion.unnamed <= 25, (name, occasion.activity)


def test_the_demo_is_seven_cities_and_the_nation(demo: Path) -> None:
    assert {path.name for path in demo.iterdir()} == {*(f"{name.lower()}.db" for name in CITIES), "denmark.db", "link-key.txt"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in demo.iterdir()} == {0o600}


def test_the_trend_of_the_demo_is_the_published_table(demo: Path) -> None:
    shown = husrum("stats", "trend", "--from", 2021, "--to", 2024, "--format", "json", "--db", demo / "denmark.db")
    trend = json.loads(shown.stdout)
    assert trend["schema"] == "husrum.stats.trend/1"
    assert {
        year: {key: figures[key]["value"] for key in PUBLISHED["years"][year]} for year, figures in trend["years"].items()
    } == PUBLISHED["years"]
    for year in trend["years"].values():
        people = year["young_people"]
        assert people["sum_of_branches"] - people["value"] == people["overlap"] > 0
    for key, percent in PUBLISHED["shares_percent"]["2024"].items():
        share = trend["years"]["2024"][key]
        assert (200 * share["count"] + share["answered"]) // (2 * share["answered"]) == percent


def test_aarhus_in_the_demo_has_its_published_year(demo: Path, aarhus_once: Path) -> None:
    years = [
        json.loads(husrum("stats", "year", 2024, "--format", "json", "--db", path).stdout) for path in (demo / "aarhus.db", aarhus_once)
    ]
    assert years[0] == years[1]


def test_the_measurements_of_the_demo_are_as_they_come_about_in_life(demo: Path) -> None:
    def change(city: str, year: int = 2024) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(husrum("stats", "change", year, "--format", "json", "--db", demo / f"{city}.db").stdout)
        return found

    nation, aarhus, viborg = change("denmark"), change("aarhus"), change("viborg")
    assert nation["pairs"] > 60 and aarhus["pairs"] > 20
    flow = nation["flow"]
    assert flow["due"] + flow["declined"] + flow["not_asked"] > flow["baseline"] / 4 and flow["late_baseline"]  # many are lost
    assert nation["change"]["low"] < nation["change"]["high"] < 0 < nation["worse"] < nation["improved"]
    assert nation["baseline"]["mean_without_follow_up"] > nation["baseline"]["mean"]  # the lonelier are asked less
    assert viborg["flow"]["not_measured"] > 0.8 * viborg["flow"]["interviewed"] > 0  # one city barely measures
    # People with a high first score improve more than those with a low one.
    severe = nation["severe"]
    assert severe["before_only"] / (severe["before_only"] + severe["both"]) > severe["after_only"] / (
        severe["after_only"] + severe["neither"]
    )


def test_a_demo_is_not_made_over_another(demo: Path) -> None:
    before = {path: path.read_bytes() for path in demo.iterdir()}
    again = husrum("demo", demo)
    assert (again.exit_code, "exists already" in again.stderr) == (5, True)
    assert {path: path.read_bytes() for path in demo.iterdir()} == before


def test_the_files_are_small() -> None:
    assert sum(path.stat().st_size for name in CITIES for path in files(name)) <= MOST_BYTES


def test_the_cities_are_made_the_same_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, CHECKOUT / "examples" / "make_denmark.py", tmp_path], check=True, capture_output=True)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    assert made == {path.relative_to(DENMARK): path.read_bytes() for path in DENMARK.rglob("*.csv")}
