"""Years side by side, and cities side by side."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from big_files import big_city
from countries import City, Country, national_file
from once import made_once
from running import husrum, looked_into, process_environment, store_of

from husrum_cli.domain.figures.answers import SPREADS
from husrum_cli.domain.figures.period_records import period_records
from husrum_cli.input.periods import calendar_year

SEVEN = ("Aarhus", "Esbjerg", "Horsens", "Randers", "Silkeborg", "Skanderborg", "Viborg")


def trend(path: Path, *more: object) -> dict[str, Any]:
    """`stats trend` of a file."""
    result = husrum("stats", "trend", "--format", "json", "--db", path, *more)
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture
@made_once
def nation(tmp_path: Path) -> Path:
    """Seven cities in 2023 and 2024, three humans in two cities each; Viborg has sent nothing, Esbjerg no link tags."""
    people = tuple({"suicidal_thoughts": ("past" if number % 3 else "never",)} for number in range(24))
    cities = tuple(City(name, people, people[:9], ("friend",) * 12, 4, 6, 7) for name in SEVEN[:-1])
    path = national_file(Country(cities, shared=3, unlinked=frozenset({"Esbjerg"})), tmp_path / "nation.db")
    assert husrum("branch", "add", "Viborg", "--from", "2024-01-01", "--db", path).exit_code == 0
    with looked_into(path) as file:
        report = "INSERT INTO reported_figures (branch_id, year, key, value, source) VALUES (?, 2022, ?, ?, 'STATUS 2022')"
        file.execute(report, (None, "discord_members", 100))
        file.execute(report, (1, "young_people", 44))
    return path


def test_every_year_is_that_year(nation: Path) -> None:
    found = trend(nation)
    assert found["schema"] == "husrum.stats.trend/1"
    # The years with records, and those that something was reported of.
    assert list(found["years"]) == ["2022", "2023", "2024"]
    for year, figures in found["years"].items():
        alone = json.loads(husrum("stats", "year", year, "--format", "json", "--db", nation).stdout)
        assert figures == alone["figures"]
    shared = found["years"]["2024"]["young_people"]
    assert (shared["value"], shared["sum_of_branches"], shared["overlap"]) == (198 - 15, 198, 15)
    assert found["years"]["2022"]["young_people"]["source"] == "mixed"


def test_what_is_missing_and_what_is_the_last_record(nation: Path) -> None:
    found = trend(nation)
    assert found["missing"]["2024"] == ["Viborg"] and "Viborg" not in found["missing"]["2023"]
    assert found["unlinked"] == ["Esbjerg"]
    assert found["last_records"]["Aarhus"] == "2024-06-02" and found["last_records"]["Viborg"] is None
    shown = husrum("--language", "da", "stats", "trend", "--db", nation).stdout
    assert "2024 mangler: Viborg." in shown and "Aarhus 2. juni 2024" in shown and "Viborg –" in shown
    assert "Ikke koblet: Esbjerg." in shown and "44+" in shown and "+ delvist indberettet" in shown and "100*" in shown


def test_from_and_to(nation: Path) -> None:
    assert list(trend(nation, "--from", 2021, "--to", 2024)["years"]) == ["2021", "2022", "2023", "2024"]
    assert list(trend(nation, "--from", 2024)["years"]) == ["2024"]
    assert list(trend(nation, "--to", 2022)["years"]) == ["2022"]
    assert list(trend(nation, "--from", 2030)["years"]) == ["2030"]
    assert list(trend(nation, "--branch", "esbjerg")["years"]) == ["2023", "2024"]


@pytest.mark.parametrize("by", ["year", "month"])
def test_a_date_that_no_rule_allows_is_an_error(nation: Path, by: str) -> None:
    with looked_into(nation) as file:
        file.execute("PRAGMA ignore_check_constraints = ON")
        file.execute("UPDATE sessions SET date = '9999-01-01' WHERE id = (SELECT max(id) FROM sessions)")
    result = husrum("stats", "trend", "--by", by, "--db", nation)
    assert result.exit_code == 3 and result.stdout == ""
    assert result.stderr.endswith(f"{nation}: something is recorded on 9999-01-01, outside the years 1900-2199. See: husrum check\n")


@pytest.mark.parametrize(
    ("words", "status", "output"),
    [
        (["--from", "2024", "--to", "2021"], 2, "2021 is before 2024"),
        (["--from", "24"], 2, "from: “24” is not a period"),
        (["--branch", "Odense"], 4, "there is no “Odense”"),
        (["--plot", "visit"], 2, "“visit” fits several: visits, visits_named"),
        (["--plot", "vists"], 2, "“vists” is not a figure. Did you mean visits"),
        (["--plot", "visits", "--format", "json"], 2, "only with --format table"),
        (["--format", "xml"], 2, "not one of table, json, csv"),
    ],
)
def test_wrong_input(nation: Path, words: list[str], status: int, output: str) -> None:
    result = husrum("stats", "trend", *words, "--db", nation)
    assert result.exit_code == status and output in result.stderr and result.stdout == ""


def test_as_csv_a_row_for_each_figure_and_year(nation: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(husrum("stats", "trend", "--format", "csv", "--db", nation).stdout)))
    (young,) = [row for row in rows if (row["key"], row["year"]) == ("young_people", "2024")]
    assert (young["value"], young["sum_of_branches"], young["overlap"]) == ("183", "198", "15")


def test_bars(nation: Path) -> None:
    shown = husrum("--language", "da", "stats", "trend", "--plot", "young_people", "--plot", "suicidal_thoughts", "--db", nation).stdout
    lines = shown.splitlines()
    bars = lines[lines.index("Tilknyttede unge") + 1 :][:3]
    assert [line[:4] for line in bars] == ["2022", "2023", "2024"] and max(map(len, bars)) <= 80
    lengths = [line.count("█") for line in bars]
    assert 0 < lengths[0] < lengths[1] < lengths[2]
    assert "44 (delvist indberettet)" in shown and "(67 %)" in shown and "\x1b" not in shown


def test_a_period_to_come_says_so(city: Path) -> None:
    today = {"HUSRUM_TODAY": "2024-10-08"}
    for words, begun in (
        (("year", "2025"), False),
        (("year", "2024"), True),
        (("period", "2024-11"), False),
        (("period", "2024-10"), True),
    ):
        result = husrum("stats", *words, "--db", city, env=today)
        assert result.exit_code == 0 and ("has not begun" in result.stderr) != begun


def test_an_empty_file_has_no_years(city: Path) -> None:
    assert husrum("stats", "trend", "--db", city).stdout == "Nothing to show.\n"
    assert trend(city)["years"] == {}


def in_terminal(width: int, *words: str) -> list[str]:
    """The lines that a terminal of this width shows."""
    main, other = pty.openpty()
    environment = process_environment({"COLUMNS": str(width), "NO_COLOR": "1", "TERM": "dumb", "HUSRUM_LANGUAGE": "da"})
    with subprocess.Popen([sys.executable, "-m", "husrum_cli", *words], stdout=other, stdin=other, env=environment) as process:
        os.close(other)
        shown = b""
        while process.poll() is None or shown[-1:] != b"":
            try:
                part = os.read(main, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
    os.close(main)
    return shown.decode().replace("\r", "").splitlines()


@pytest.mark.parametrize("width", [80, 120])
def test_seven_cities_fit_a_terminal(nation: Path, width: int) -> None:
    lines = in_terminal(width, "stats", "year", "2024", "--all", "--db", str(nation))
    assert max(map(len, lines)) <= width
    headings = [line.split() for line in lines if line.startswith("Omfang")]
    assert [name for heading in headings for name in heading if name in SEVEN] == [*SEVEN[1:], SEVEN[0]]  # Aa is Å, the last letter
    # A city's number is under its name, uncut, wherever that is.
    for name in SEVEN[:-1]:
        start = next(number for number, line in enumerate(lines) if line.startswith("Omfang") and name in line)
        end = lines[start].index(name) + len(name)
        row = next(line for line in lines[start:] if line.startswith("Tilknyttede unge"))
        assert row[:end].endswith(" 33")
    assert any(line.split()[:4] == ["sum", "af", "byerne", "198"] for line in lines)
    assert any(line.split()[:4] == ["i", "flere", "byer", "15"] for line in lines)
    assert "Mangler: Viborg." in lines and any(line.startswith("Ikke koblet: Esbjerg.") for line in lines)


def test_the_share_of_each_city_is_next_to_the_total(nation: Path) -> None:
    found = json.loads(husrum("stats", "year", "2024", "--format", "json", "--db", nation).stdout)
    share = found["figures"]["suicidal_thoughts_at_intake"]
    assert (share["count"], share["answered"]) == (96, 144)
    assert {name: (own["count"], own["answered"]) for name, own in share["by_branch"].items()} == dict.fromkeys(SEVEN[:-1], (16, 24)) | {
        "Viborg": (0, 0)
    }
    assert found["missing"] == ["Viborg"] and found["figures"]["young_people"]["unlinked"] == ["Esbjerg"]
    assert "16/24 67 %" in husrum("stats", "year", "2024", "--db", nation).stdout
    rows = list(csv.DictReader(io.StringIO(husrum("stats", "year", "2024", "--format", "csv", "--db", nation).stdout)))
    own = {row["branch"]: row["value"] for row in rows if row["key"] == "young_people"}
    assert own == {"": "183", "Viborg": "0", **dict.fromkeys(SEVEN[:-1], "33")}


def test_answers_of_years_that_are_not_asked_for_are_withheld_and_all_else_is_the_same(tmp_path: Path) -> None:
    """A report shows the shares of its latest years only, and judges those of no others."""
    periods = [calendar_year(year) for year in range(2020, 2025)]
    with closing(store_of(big_city(tmp_path / "city.db", "Aarhus", 6_000, folk=200))) as store:
        whole, latest = (period_records(store, periods, publish=True, asked=asked) for asked in (0, 2))
    assert latest[-2:] == whole[-2:]
    for own, full in zip(latest[:-2], whole[:-2], strict=True):
        shares = [(line, other) for line, other in zip(own.figures, full.figures, strict=True) if "answered" in line.fields]
        assert [line for line in own.figures if "answered" not in line.fields] == [
            line for line in full.figures if "answered" not in line.fields
        ]
        assert all(line.fields["value"] is None and line.fields["withheld"] for line, _other in shares)
        assert any(other.fields["value"] is not None for _line, other in shares)
        answered = [line for line in own.spreads if line.key in SPREADS]
        assert {number["withheld"] for line in answered for _label, number in line.numbers.values()} == {True}
        assert [line for line in own.spreads if line.key not in SPREADS] == [line for line in full.spreads if line.key not in SPREADS]
