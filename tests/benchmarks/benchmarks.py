"""Speed, compared with bare Python and bare SQLite: `python tests/benchmarks/benchmarks.py [start-up] [bulk] [workbook] [proposals] [merge] [large]`.

What is measured is time of the processor, of this process and of those it starts, and what is compared is measured in turn: so that it is right where others use
the machine too. Not a test: it takes long.
"""

from __future__ import annotations

import csv
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "support"))

from large_benchmarks import large
from merge_benchmarks import merging
from running import AARHUS_2024, COMPILED, husrum, new_city, process_environment

from husrum_cli.domain.befriending import matching
from husrum_cli.domain.befriending.propose import propose
from husrum_cli.domain.figures.compute import year_report
from husrum_cli.domain.people.lookup import People
from husrum_cli.importing.spreadsheets import NotUnderstood, import_spreadsheets
from husrum_cli.importing.understanding.context import Options
from husrum_cli.store import Store, open_store

# A noun, a verb, an option, a code, a person by number and by name, an event, a year, somebody in a list.
TABBED = (
    "husrum ev",
    "husrum event l",
    "husrum event log Walk --pr",
    "husrum event log Walk --kind so",
    "husrum person show 1",
    "husrum person show an",
    "husrum event show E",
    "husrum stats year 2",
    "husrum event log Walk --present 17,an",
)
ROUNDS = 15
PEOPLE = 200
ATTENDANCES = 100_000
NAMED = 25
IMPORTED = ("people", "intakes", "activities", "sessions", "attendance")
START = "from husrum_cli.__main__ import main; main()"


def main() -> None:
    """Measure the parts named, or all. Exit status 1 where a limit is broken."""
    parts = {
        **{"start-up": start_up, "bulk": bulk, "workbook": workbook, "proposals": proposals},
        **{"merge": partial(merging, timed=timed, at_most=at_most), "large": partial(large, at_most=at_most)},
    }
    named = sys.argv[1:] or list(parts)
    if unknown := [name for name in named if name not in parts]:
        sys.exit(f"{', '.join(unknown)}: choose from {', '.join(parts)}")
    with tempfile.TemporaryDirectory() as directory:
        kept = [one for name in named for one in parts[name](Path(directory))]
    sys.exit(0 if all(kept) else 1)


def start_up(directory: Path) -> list[bool]:
    """Commands as often as bare Python, one after the other, so that a slow moment of the machine falls on all alike."""
    path = new_city(directory / "aarhus.db")
    assert husrum("import", *sorted(AARHUS_2024.glob("*.csv")), "--db", path).exit_code == 0
    year = ["stats", "year", "2024", "--db", str(path)]
    logged = ["event", "log", "Board games", "--date", "2024-06-03", "--present", "4,6-10", "--unnamed", "2", "--db", str(path)]
    programs: dict[str, tuple[list[str], float]] = {
        "husrum --help": (["--help"], 5.5),
        "husrum event log": (logged, 7),
        "husrum undo": (["undo", "--yes", "--db", str(path)], 8),
        "husrum event list --format json": (["event", "list", "--format", "json", "--db", str(path)], 8),
        "husrum stats year 2024 --format json": ([*year, "--format", "json"], 8.5),
        "husrum stats year 2024": (year, 9.5),
        "husrum today": (["today", "--db", str(path)], 9.5),
        "husrum person show": (["person", "show", "19", "--db", str(path)], 9.5),
        "husrum event list, piped": (["event", "list", "--db", str(path)], 9.5),
    }
    commands = {"": [sys.executable, "-c", "pass"]} | {
        name: [sys.executable, "-c", START, *words] for name, (words, _limit) in programs.items()
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _round in range(ROUNDS + 1):
        for name, command in commands.items():
            times[name].append(timed(partial(run, command)))
    # The first round compiles, and fills the machine's caches.
    bare, *medians = (statistics.median(each[1:]) for each in times.values())
    print(f"Bare Python: {1000 * bare:.1f} ms; {ROUNDS} rounds, medians")
    kept = [at_most(name, own / bare, limit, own) for own, (name, (_words, limit)) in zip(medians, programs.items(), strict=True)]
    return [*kept, completion(path)]


def completion(path: Path) -> bool:
    """Tab after whatever may be typed, each against what a Typer program of one option takes."""
    bare = [sys.executable, "-c", "import typer\n\ndef hello(name: str = 'you') -> None: ...\n\ntyper.run(hello)", "--name", "me"]
    ours = [sys.executable, "-c", START]
    kept = []
    for line in TABBED:
        asked = {"_HUSRUM_COMPLETE": "complete_bash", "COMP_LINE": line, "HUSRUM_DB": str(path)}
        rounds = [(timed(partial(run, bare)), timed(partial(run, ours, asked))) for _round in range(ROUNDS + 1)][1:]
        seconds = statistics.median(each[1] for each in rounds)
        kept.append(at_most(f"{line}<Tab>", statistics.median(own / other for other, own in rounds), 1.3, seconds))
    return all(kept)


def run(command: list[str], more: dict[str, str] | None = None) -> None:
    """A process that must succeed."""
    env = process_environment({"HUSRUM_DEBUG": None, **COMPILED, **(more or {})})
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=env)
    assert done.returncode == 0, done.stderr.decode()


def bulk(directory: Path) -> list[bool]:
    """Many attendances: imported, against the same rows by bare SQL; then their year, against its own queries run bare."""
    files = write_files(directory)
    path = new_city(directory / "many.db")
    store = open_store(path)
    importing = timed(lambda: import_spreadsheets(store, files, Options()))
    rows = {table: [tuple(row) for row in store.connection.execute(f"SELECT * FROM {table}")] for table in IMPORTED}
    store.close()
    assert len(rows["attendance"]) == ATTENDANCES, len(rows["attendance"])
    inserting = statistics.median(insert_bare(path, rows, directory) for _round in range(3))
    print(f"\n{ATTENDANCES} attendances: husrum import {importing:.2f} s, executemany {inserting:.2f} s")
    within = at_most("import, to executemany of the same tables", importing / inserting, 2.5, importing)
    return [within, *growing(directory), *year_of_many(path)]


def workbook(directory: Path) -> list[bool]:
    """The whole import of a workbook of 40,000 rows, to openpyxl's reading of it."""
    from openpyxl import Workbook, load_workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("intakes")
    sheet.append(["ref", "name", "enquired", "born", "gender"])
    for number in range(1, 40_001):
        sheet.append([number, f"Anna Testperson{number}", date(2020, 1, 1) + timedelta(days=number % 1500), date(1999, 1, 1), "f"])
    path = directory / "intakes.xlsx"
    book.save(path)

    def read() -> None:
        for row in load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True):
            assert row

    def run_import() -> None:
        store = open_store(new_city(directory / f"workbook-{len(rounds)}.db"))
        import_spreadsheets(store, [path], Options())
        store.close()

    rounds: list[tuple[float, float]] = []
    for _round in range(3):
        rounds.append((timed(run_import), timed(read)))
    ours, bare = min(each[0] for each in rounds), min(each[1] for each in rounds)
    return [at_most("import of a workbook, to openpyxl's reading", ours / bare, 1.3, ours)]


def growing(directory: Path) -> list[bool]:
    """The time of an import of four times the rows, as a multiple of the time for the rows once: new people, each referred by somebody else, and bad cells."""
    kept = []
    for name, source in (("new people", "friend"), ("bad cells", "frnd")):
        seconds = []
        for size in (5_000, 20_000):
            rows = [[f"Anna Testperson{number}", "2024-01-02", source, f"Place {number}"] for number in range(size)]
            path = directory / "intakes.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([["name", "enquired", "source", "referred_by"], *rows])
            store = open_store(new_city(directory / f"{name}-{size}.db"))

            def run_import(store: Store = store, path: Path = path) -> None:
                with suppress(NotUnderstood):
                    import_spreadsheets(store, [path], Options())

            seconds.append(timed(run_import))
            store.close()
        kept.append(at_most(f"import of 20,000 {name}, to 5,000", seconds[1] / seconds[0], 6, seconds[1]))
    return kept


def write_files(directory: Path) -> list[Path]:
    """Events with named participants, and the intakes of these."""
    chance = random.Random(2024)
    people = [[number, f"Anna Testperson{number}", "2020-01-01"] for number in range(1, PEOPLE + 1)]
    events = []
    for number in range(ATTENDANCES // NAMED):
        present = sorted(chance.sample(range(1, PEOPLE + 1), NAMED))
        day = date(2024, 1, 1) + timedelta(days=number % 366)
        events.append([f"Event {number}", day.isoformat(), "social", "|".join(map(str, present)), 1])
    tables = {"intakes": ["ref name enquired", people], "events": ["title date kind present unnamed", events]}
    for kind, (header, rows) in tables.items():
        with (directory / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([str(header).split(), *rows])
    return [directory / f"{kind}.csv" for kind in tables]


def insert_bare(path: Path, rows: dict[str, list[tuple[object, ...]]], directory: Path) -> float:
    """Seconds that the same rows take in one transaction, in a copy of the file that has none of them."""
    copy = Path(shutil.copy(path, directory / "bare.db"))
    store = open_store(copy)
    for table in reversed(IMPORTED):
        store.connection.execute(f"DELETE FROM {table}")
    store.connection.execute("VACUUM")

    def insert() -> None:
        store.connection.execute("BEGIN IMMEDIATE")
        for table in IMPORTED:
            store.connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[table][0]))})", rows[table])
        store.connection.execute("COMMIT")

    seconds = timed(insert)
    store.close()
    return seconds


def year_of_many(path: Path) -> list[bool]:
    """The year's figures, against the SQL that they ran."""
    statements: list[str] = []
    traced = open_store(path)
    traced.connection.set_trace_callback(statements.append)
    year_report(traced, 2024)
    traced.close()

    def ours() -> float:
        store = open_store(path)
        seconds = timed(lambda: year_report(store, 2024))
        store.close()
        return seconds

    def bare() -> float:
        store = open_store(path)
        seconds = timed(lambda: run_all(store.connection, statements))
        store.close()
        return seconds

    rounds = [(ours(), bare()) for _round in range(ROUNDS)]
    one, other = statistics.median(each[0] for each in rounds), statistics.median(each[1] for each in rounds)
    print(f"The year of these: {one:.3f} s, its {len(statements)} statements run bare {other:.3f} s")
    return [at_most("year_report, to its own SQL", one / other, 1.5, one)]


def run_all(connection: sqlite3.Connection, statements: list[str]) -> None:
    """Every statement, all its rows read."""
    for statement in statements:
        connection.execute(statement).fetchall()


def proposals(directory: Path) -> list[bool]:
    """The whole proposal, compared with the assignment alone on the same weights."""
    path = waiting_and_offering(directory / "matching", 200, 150)
    asked: list[tuple[Sequence[Mapping[int, int]], Sequence[int]]] = []
    solve = matching.heaviest_assignment

    def watched(weights: Sequence[Mapping[int, int]], places: Sequence[int]) -> dict[int, int]:
        asked.append((weights, places))
        return solve(weights, places)

    store = open_store(path)
    people = People(store)
    matching.heaviest_assignment = watched
    found = propose(store, people, "2024-10-08")
    matching.heaviest_assignment = solve
    rounds = [(timed(lambda: propose(store, people, "2024-10-08")), timed(lambda: solve(*asked[0]))) for _round in range(ROUNDS)]
    store.close()
    ours, bare = statistics.median(each[0] for each in rounds), statistics.median(each[1] for each in rounds)
    possible = sum(len(row) for row in asked[0][0])
    print(f"\n200 wait, 150 offer: {len(found.pairs)} pairs of {possible} possible; the assignment alone {1000 * bare:.1f} ms")
    return [at_most("propose from the open file, to it", ours / bare, 6, ours)]


def waiting_and_offering(directory: Path, waiting: int, offering: int) -> Path:
    """A city with so many on either side; limits of gender, times and languages leave about a tenth of the pairs."""
    chance = random.Random(7)
    words = [f"interest {number}" for number in range(30)]

    def wishes() -> list[str]:
        return [
            "|".join(chance.sample(words, 4)),
            "|".join(chance.sample(["weekday", "evening", "weekend"], 1 + (chance.random() < 0.3))),
            "|".join(chance.sample(["dansk", "engelsk", "arabisk", "tyrkisk"], 1 + (chance.random() < 0.3))),
            chance.choice(["", "", "f", "m"]),
            chance.choice(["", "18-40", "30-60"]),
            chance.choice(["", chance.choice(words)]),
        ]

    columns = "interest time speaks wants_gender wants_age avoid"
    young, adults = range(1, waiting + 1), range(waiting + 1, waiting + offering + 1)
    day = date(2023, 1, 1)
    tables = {
        "intakes": ["ref name enquired born gender", *([n, f"Ung Nummer{n}", "2022-01-01", 1994 + n % 14, "fm"[n % 2]] for n in young)],
        "volunteers": [
            "ref name joined role intro_course born gender",
            *([n, f"Voksen Nummer{n}", "2022-01-01", "befriender", "2022-02-01", 1950 + n % 50, "fm"[n % 3 > 0]] for n in adults),
        ],
        "waiting": [f"person since {columns}", *([n, (day + timedelta(days=chance.randrange(500))).isoformat(), *wishes()] for n in young)],
        "offers": [f"volunteer capacity {columns}", *([n, 1, *wishes()] for n in adults)],
    }
    directory.mkdir()
    for kind, (header, *rows) in tables.items():
        with (directory / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([str(header).split(), *rows])
    path = new_city(directory / "city.db")
    done = husrum("import", *sorted(directory.glob("*.csv")), "--db", path)
    assert done.exit_code == 0, done.stdout + done.stderr
    return path


def timed(what: Callable[[], object]) -> float:
    """The seconds of the processor that it takes, here and in the processes it waits for."""
    begun = _used()
    what()
    return _used() - begun


def _used() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def at_most(name: str, ratio: float, limit: float, seconds: float) -> bool:
    """Report a ratio that may not be larger than its limit."""
    print(f"{name:40} {1000 * seconds:8.1f} ms {ratio:6.2f}   at most {limit:g}   {'kept' if ratio <= limit else 'BROKEN'}")
    return ratio <= limit


if __name__ == "__main__":
    main()
