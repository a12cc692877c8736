"""Change between two measurements: against a recount of its own, intervals against numerical integration, and what outsiders see."""

from __future__ import annotations

import csv
import json
import math
import random
import statistics
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from running import husrum, new_city
from solver import least_place, student_t
from town import Town

from husrum_cli.domain.figures.intervals import mean_interval, paired_difference_interval, t_quantile

Day = date


def write(path: Path, header: str, rows: list[tuple[object, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        writer.writerows(rows)
    return path


class City:
    """A random history: interviews, evenings, answers."""

    def __init__(self, seed: int, people: int) -> None:
        chance = random.Random(seed)
        start = date(2023, 1, 1)
        self.interviews = {person: start + timedelta(chance.randrange(600)) for person in range(1, people + 1) if chance.random() < 0.9}
        self.evenings: dict[Day, list[int]] = {}
        for _number in range(people * 2):
            day = start + timedelta(chance.randrange(700))
            self.evenings.setdefault(day, []).extend(chance.sample(range(1, people + 1), 3))
        self.answers: dict[tuple[int, Day], str | None] = {}
        for person in range(1, people + 1):
            day = self.interviews.get(person, start) + timedelta(chance.randrange(-5, 40))
            for _number in range(chance.randrange(5)):
                kind = chance.random()
                items = [str(chance.randrange(1, 4)) for _item in range(3)]
                if kind < 0.1:
                    items[chance.randrange(3)] = ""
                self.answers[person, day] = None if kind > 0.85 else ",".join(items)
                day += timedelta(chance.choice((10, 69, 70, 75, 95, 200)))

    @property
    def people(self) -> range:
        """Everybody, by number."""
        return range(1, 1 + max([*self.interviews, *(person for person, _day in self.answers)]))

    def enter(self, town: Town, folder: Path, here: Callable[[int, Day], bool] = lambda _person, _day: True) -> None:
        """Import it; here: only what took place in this city."""
        there = {p for p in self.people if any(here(p, day) for day in (Day(2023, 1, 1), Day(2025, 5, 1)))}
        held = {p: day for p, day in self.interviews.items() if here(p, day)}
        files = [
            write(folder / "intakes.csv", "name,ref,born,enquired,held", [
                (f"Young {chr(65 + p // 26)}{chr(97 + p % 26)}", p, Day(2000, 1, 1) + timedelta(p), held.get(p, "2023-01-01"), held.get(p, ""))
                for p in sorted(there)
            ]),
            write(folder / "events.csv", "title,date,present", [
                ("Dinner", day, "|".join(str(p) for p in sorted({*came} & there) if here(p, day))) for day, came in self.evenings.items()
            ]),
            write(folder / "measures.csv", "person,instrument,date,items,declined", [
                (p, "tils", day, items or "", "" if items else "x") for (p, day), items in self.answers.items() if here(p, day)
            ]),
            write(folder / "consents.csv", "person,purpose,given", [(p, "national_linking", "2023-01-01") for p in sorted(there)]),
        ]  # fmt: skip
        town.must("import", *files, today="2025-06-01")

    def recount(self, first: Day, last: Day, today: Day) -> tuple[Counter[str], list[tuple[int, int]]]:
        """The flow and the pairs, from the definitions alone."""
        flow: Counter[str] = Counter()
        pairs = []
        end = min(last, today)
        for person in {*self.interviews, *(p for p, _day in self.answers)}:
            mine = sorted((day, items) for (p, day), items in self.answers.items() if p == person)
            scores = [(day, sum(map(int, items.split(",")))) for day, items in mine if items and "" not in items.split(",")]
            visits = sorted(day for day, there in self.evenings.items() if person in there)
            limits = [visits[2] if len(visits) > 2 else Day.max]
            if person in self.interviews:
                limits.append(self.interviews[person] + timedelta(14))
            baseline = scores[0] if scores and scores[0][0] <= max(limits) else None
            late = [each for each in scores if baseline and (each[0] - baseline[0]).days >= 70]
            silent = [day for day, items in mine if items is None and baseline and (day - baseline[0]).days >= 70]
            if inside := [each for each in late if first <= each[0] <= last]:
                assert baseline
                pairs.append((baseline[1], inside[-1][1]))
            if person not in self.interviews or not first <= self.interviews[person] + timedelta(70) <= last:
                continue
            flow["interviewed"] += 1
            if not scores or scores[0][0] > end:
                flow["not_measured"] += 1
            elif not baseline:
                flow["late_baseline"] += 1
            else:
                flow["baseline"] += 1
                if any(day <= end for day, _score in late):
                    flow["answered"] += 1
                elif any(day <= end for day in silent):
                    flow["declined"] += 1
                else:
                    flow["due" if (end - baseline[0]).days >= 90 else "not_due"] += 1
        return flow, sorted(pairs)


PERIODS = (
    ("2024", Day(2024, 1, 1), Day(2024, 12, 31)),
    ("2023-H2", Day(2023, 7, 1), Day(2023, 12, 31)),
    ("2025", Day(2025, 1, 1), Day(2025, 12, 31)),
)


@pytest.mark.parametrize("seed", range(3))
def test_flow_and_pairs_are_those_of_a_recount(tmp_path: Path, seed: int) -> None:
    city, town = City(seed, 60), Town(new_city(tmp_path / "town.db"))
    city.enter(town, tmp_path)
    for name, first, last in PERIODS:
        found: dict[str, Any] = json.loads(town.must("stats", "change", name, "--format", "json", today="2025-06-01"))
        flow, pairs = city.recount(first, last, Day(2025, 6, 1))
        assert found["pairs"] == found["flow"]["pairs"] == len(pairs)
        assert {key: value for key, value in found["flow"].items() if key != "pairs" and value} == +flow
        changes = [after - before for before, after in pairs]
        assert (found["improved"], found["unchanged"], found["worse"]) == (
            sum(each < 0 for each in changes), changes.count(0), sum(each > 0 for each in changes),
        )  # fmt: skip
        severe = Counter((before >= 7, after >= 7) for before, after in pairs)
        table = [found["severe"][key] for key in ("both", "before_only", "after_only", "neither")]
        assert table == [severe[key] for key in ((True, True), (True, False), (False, True), (False, False))]
        if len(pairs) > 1:
            low, high = interval_of(changes)
            assert found["change"]["low"] == pytest.approx(low, abs=1e-3) and found["change"]["high"] == pytest.approx(high, abs=1e-3)
        explained = json.loads(town.must("stats", "explain", name, "measured_pairs_tils", "--format", "json", today="2025-06-01"))
        assert explained["value"] == len(explained["rows"]) == len(pairs)


@pytest.mark.parametrize("seed", range(2))
def test_a_person_who_moves_between_cities_is_measured_as_one(tmp_path: Path, seed: int) -> None:
    city = City(seed, 50)
    chance = random.Random(seed)
    moved = {p: Day(2023, 3, 1) + timedelta(chance.randrange(600)) for p in city.people if p % 3}
    for name in ("Aarhus", "Viborg"):
        (tmp_path / name).mkdir()

        def here(person: int, day: Day, home: bool = name == "Aarhus") -> bool:
            return (day < moved[person]) == home if person in moved else home

        city.enter(Town(new_city(tmp_path / f"{name}.db", name)), tmp_path / name, here)
    cities = [tmp_path / "Aarhus.db", tmp_path / "Viborg.db"]
    for words in (("link", "new-key", tmp_path / "key.txt"), ("merge", tmp_path / "nation.db", *cities, "--key", tmp_path / "key.txt")):
        assert husrum(*words).exit_code == 0
    nation = Town(tmp_path / "nation.db")
    split = 0
    for name, first, last in PERIODS:
        found = json.loads(nation.must("stats", "change", name, "--format", "json", today="2025-06-01"))
        flow, pairs = city.recount(first, last, Day(2025, 6, 1))
        assert found["pairs"] == len(pairs) and {key: value for key, value in found["flow"].items() if key != "pairs" and value} == +flow
        changes = [after - before for before, after in pairs]
        assert (found["improved"], found["worse"]) == (sum(each < 0 for each in changes), sum(each > 0 for each in changes))
        own = [json.loads(Town(path).must("stats", "change", name, "--format", "json", today="2025-06-01"))["flow"] for path in cities]
        split += sum(number != sum(flow[key] for flow in own) for key, number in found["flow"].items())
    assert split > 0  # the cities' own numbers don't add up to it: some have a baseline in the one and a follow-up in the other


def test_the_page_says_what_it_is_and_what_it_is_not(tmp_path: Path) -> None:
    town = Town(new_city(tmp_path / "town.db"))
    said = town.must("stats", "change", "2024")
    assert "not effect" in said and "T-ILS, Aarhus" in said
    empty = json.loads(town.must("stats", "change", "2024", "--instrument", "who5", "--format", "json"))
    assert (empty["schema"], empty["instrument"], empty["pairs"], empty["change"]) == ("husrum.stats.change/1", "who5", 0, None)
    assert empty["period"] == {"name": "2024", "from": "2024-01-01", "to": "2024-12-31"} and empty["severe"]["difference"] is None
    assert town("stats", "change", "2024", "--instrument", "phq").exit_code == 2
    assert town("stats", "change", "2024", "--offer", "chess").exit_code == 2
    assert town("stats", "change", "2024", "--offer", "grupper").exit_code == 0 == town("stats", "trend", "--by", "kvartal").exit_code
    assert town("stats", "change", "grant:1").exit_code == 4


def test_an_offer_counts_those_who_took_part_between_the_two(tmp_path: Path) -> None:
    town = Town(new_city(tmp_path / "town.db"))
    for name in ("Anna Holm", "Bo Dal"):
        town.must("intake", "add", name, "--enquired", "2024-01-02", "--held", "2024-01-10")
    for number in (1, 2):
        town.must("measure", "add", number, "--items", "3,3,3", "--date", "2024-01-10")
        town.must("measure", "add", number, "--items", "1,2,2", "--date", "2024-06-10")
    # Both days of the measurements count: of Anna three evenings and thirty days of her matches, of Bo two and twenty-nine.
    for day, present in (
        ("2024-01-09", "2"),
        ("2024-01-10", "1"),
        ("2024-03-01", "1,2"),
        ("2024-04-01", "2"),
        ("2024-06-10", "1"),
        ("2024-06-11", "2"),
    ):
        town.must("event", "log", "Dinner", "--date", day, "--present", present)
    for number, again in ((1, "2024-05-23"), (2, "2024-05-24")):
        town.must("volunteer", "add", f"Karen {number}", "--role", "befriender", "--joined", "2023-01-01", "--intro-course", "2023-01-01")
        town.must("match", "start", number, number + 2, "--date", "2023-12-01", "--force", "agreed")
        town.must("match", "end", number, "--date", "2024-01-20", "--reason", "other")
        town.must("match", "start", number, number + 2, "--date", again, "--force", "agreed")

    def pairs(*words: str) -> int:
        return int(json.loads(town.must("stats", "change", "2024", *words, "--format", "json"))["pairs"])

    assert (pairs(), pairs("--offer", "events"), pairs("--offer", "group"), pairs("--offer", "befriending")) == (2, 1, 0, 1)


def test_the_range_between_cities_is_of_those_with_twenty_pairs(tmp_path: Path) -> None:
    paths = []
    for name, number, after in (("Aarhus", 20, "3,3,2"), ("Horsens", 19, "1,1,1"), ("Viborg", 21, "3,2,2")):
        town = Town(new_city(tmp_path / f"{name}.db", name))
        people = range(1, number + 1)
        write(tmp_path / "intakes.csv", "name,ref,held", [(f"Young {chr(97 + p)}", p, "2024-01-05") for p in people])
        answers = [(p, day, items) for p in people for day, items in (("2024-01-05", "3,3,3"), ("2024-06-05", after))]
        write(tmp_path / "measures.csv", "person,date,items", answers)
        town.must("import", tmp_path / "intakes.csv", tmp_path / "measures.csv")
        paths.append(town.path)
    nation = Town(tmp_path / "nation.db")
    assert husrum("merge", nation.path, *paths).exit_code == 0
    found = json.loads(nation.must("stats", "change", "2024", "--format", "json"))
    assert (found["pairs"], found["between_cities"]) == (60, {"lowest": -2, "highest": -1, "cities": 2})


def test_outsiders_see_nothing_of_fewer_than_twenty_pairs_nor_a_small_number(tmp_path: Path) -> None:
    town = Town(new_city(tmp_path / "town.db"))
    number = 24
    write(tmp_path / "intakes.csv", "name,ref,enquired,held", [
        (f"Young {chr(97 + p)}", p, "2024-01-02", "2024-01-05") for p in range(1, number + 1)
    ])  # fmt: skip
    rows = [(p, "2024-01-05", "3,3,3") for p in range(1, number + 1)]
    rows += [(p, "2024-06-05", "3,3,3" if p > number - 3 else ("1,2,2", "1,1,2")[p % 2]) for p in range(1, number + 1)]
    write(tmp_path / "measures.csv", "person,date,items", rows[:-5])
    town.must("import", tmp_path / "intakes.csv", tmp_path / "measures.csv")

    def published(period: str, *words: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(town.must("stats", "change", period, "--publish", *words, "--format", "json"))
        return found

    few = published("2024")  # 19 pairs
    assert few["pairs"] is None and few["change"] is None and not any(value is not None for value in few["flow"].values())
    write(tmp_path / "measures.csv", "person,date,items", rows)
    town.must("import", tmp_path / "measures.csv")
    enough = published("2024")  # 24, of whom 3 are unchanged
    assert (enough["pairs"], enough["change"]["mean"]) == (25, -4.0)
    assert (enough["improved"], enough["unchanged"], enough["worse"]) == (None, None, None)
    assert {enough["severe"][key] for key in ("both", "before_only", "difference", "low")} == {None}
    assert published("2024-H1")["pairs"] is None and published("2024", "--offer", "events")["pairs"] is None


def test_intervals_are_those_of_integration_and_of_tangos_definition() -> None:
    chance = random.Random(1)
    known = [*range(1, 60), 100, 333, 1000]
    assert [*map(t_quantile, known)] == pytest.approx([*map(student_t, known)], rel=1e-9)
    samples = [[chance.randrange(-6, 7) for _value in range(chance.randrange(2, 60))] for _number in range(2000)]
    for values in samples:
        if len({*values}) > 1:
            assert mean_interval(values) == pytest.approx(interval_of(values), rel=1e-9, abs=1e-9)
    for _number in range(300):
        n = chance.randrange(5, 100)
        gained = chance.randrange(0, n // 2)
        lost = chance.randrange(0, n // 2)
        interval = paired_difference_interval(gained, lost, n)
        for bound in interval:
            if -0.999 < bound < 0.999:
                assert score_statistic(gained, lost, n, bound) == pytest.approx(statistics.NormalDist().inv_cdf(0.975), abs=2e-3)
        assert interval.low <= (gained - lost) / n <= interval.high


def interval_of(changes: list[int]) -> tuple[float, float]:
    """The 95 % confidence interval of a mean, with an integrated t distribution."""
    mean = statistics.mean(changes)
    half = student_t(len(changes) - 1) * statistics.stdev(changes) / math.sqrt(len(changes))
    return mean - half, mean + half


def score_statistic(gained: int, lost: int, n: int, difference: float) -> float:
    """The size of the score statistic, with the constrained likelihood maximised by a search."""

    def loss(probability: float) -> float:
        parts = ((gained, probability + difference), (lost, probability), (n - gained - lost, 1 - 2 * probability - difference))
        return -sum(number * math.log(max(part, 1e-300)) for number, part in parts if number)

    low, high = max(0.0, -difference), (1 - difference) / 2
    likely = least_place(loss, low, high)
    return abs(gained - lost - n * difference) / math.sqrt(n * (2 * likely + difference * (1 - difference)))


@pytest.mark.full
@pytest.mark.parametrize("n", [20, 40, 80])
def test_without_true_change_the_intervals_cover_nothing_in_95_of_100(n: int) -> None:
    chance = random.Random(n)
    runs, mean_covers, table_covers = 4000, 0, 0
    for _run in range(runs):
        pairs = []
        for _pair in range(n):
            lonely = chance.gauss(6, 1.5)
            pairs.append(tuple(min(9, max(3, round(lonely + chance.gauss(0, 1)))) for _time in range(2)))
        low, high = mean_interval([after - before for before, after in pairs])
        mean_covers += low <= 0 <= high
        gained = sum(before < 7 <= after for before, after in pairs)
        lost = sum(after < 7 <= before for before, after in pairs)
        low, high = paired_difference_interval(gained, lost, n)
        table_covers += low <= 0 <= high
    assert 0.93 <= mean_covers / runs <= 0.97 and 0.93 <= table_covers / runs <= 0.97


@pytest.mark.full
def test_people_chosen_for_a_high_score_improve_anyway() -> None:
    chance = random.Random(7)
    falls = []
    for _person in range(4000):
        lonely = chance.gauss(6, 1.5)
        before, after = (min(9, max(3, round(lonely + chance.gauss(0, 1)))) for _time in range(2))
        if before >= 8:
            falls.append(after - before)
    assert mean_interval(falls).high < -0.2
