"""Speed of merging files, compared with SQLite alone doing as much: rows copied from attached files into the same tables, and their integrity checked."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from running import husrum, looked_into, new_city

from husrum_cli.domain.figures.compute import year_report
from husrum_cli.domain.national.merge import merge
from husrum_cli.store import open_store
from husrum_cli.store.codes import fill_codes
from husrum_cli.store.opening import schema

NAMED = 25
LARGE, SMALL = 150_000, 10_000
FEW, MANY = 7, 98
SHIFT = 10_000_000
Timed = Callable[[Callable[[], object]], float]
Limit = Callable[[str, float, float, float], bool]


def merging(directory: Path, timed: Timed, at_most: Limit) -> list[bool]:
    """The merge of a few large files against bare SQLite, of a few small ones against many, and the year of many against its own SQL."""
    large = [city(directory / f"large-{number}.db", f"Storby {number}", LARGE) for number in range(FEW)]
    rounds = [(timed(lambda: union(directory, large)), timed(lambda: bare(directory, large))) for _round in range(5)]
    one, other = (statistics.median(each) for each in zip(*rounds, strict=True))
    print(f"\n{FEW} files of {LARGE} attendances: husrum merge {one:.2f} s, ATTACH, INSERT ... SELECT and integrity_check {other:.2f} s")
    kept = [at_most("merge, to bare SQLite", one / other, 1.5, one)]
    for path in large:
        path.unlink()
    small = [city(directory / f"small-{number}.db", f"Lilleby {number}", SMALL) for number in range(MANY)]
    rounds = [(timed(lambda: union(directory, small)), timed(lambda: union(directory, small[:FEW]))) for _round in range(3)]
    many, few = (statistics.median(each) for each in zip(*rounds, strict=True))
    print(f"{MANY} files of {SMALL} attendances: {many:.2f} s; {FEW} of them: {few:.2f} s")
    kept.append(at_most(f"a file of {MANY}, to one of {FEW}", many / MANY / (few / FEW), 1.2, many / MANY))
    union(directory, small)
    return [*kept, year_of_the_nation(directory / "nation.db", timed, at_most)]


def city(path: Path, name: str, attendances: int) -> Path:
    """A city's own file with so many attendances, 25 at each event, of three years."""
    new_city(path, name)
    chance = random.Random(name)
    people, sessions = max(60, attendances // 600), attendances // NAMED
    store = open_store(path)
    with store.writing("import"):
        store.insert_many("people", ("id", "branch_id", "number", "name", "born"), [(n, 1, n, f"Anna Testperson{n}", f"{1994 + n % 14}-06-15") for n in range(1, people + 1)])  # fmt: skip
        store.insert_many("intakes", ("person_id", "enquired", "held"), [(n, "2022-01-01", "2022-01-10") for n in range(1, people + 1)])
        days = [(date(2022, 1, 11) + timedelta(days=n % 1080)).isoformat() for n in range(sessions)]
        events = [(n, 1, f"E{n}", "social", "Spil", day) for n, day in enumerate(days, 1)]
        store.insert_many("activities", ("id", "branch_id", "ref", "kind", "title", "starts"), events)
        store.insert_many("sessions", ("id", "activity_id", "date", "state"), [(n, n, day, "held") for n, day in enumerate(days, 1)])
        rows = [(n, person, "participant") for n in range(1, sessions + 1) for person in sorted(chance.sample(range(1, people + 1), NAMED))]
        store.insert_many("attendance", ("session_id", "person_id", "part"), rows)
    store.close()
    return path


def union(directory: Path, files: list[Path]) -> None:
    """Do what `husrum merge` does, into a new file."""
    out = directory / "nation.db"
    out.unlink(missing_ok=True)
    merge(out, files, None, "en")


def bare(directory: Path, files: list[Path]) -> None:
    """The same rows into the same tables, each file's keys moved by a constant, and the integrity of the whole: as fast as SQLite does it."""
    out = directory / "bare.db"
    out.write_bytes(b"")
    moved = {"id", "branch_id", "person_id", "activity_id", "session_id", "intake_id", "volunteer_id"}
    with closing(looked_into(out, isolation_level=None)) as connection:
        connection.executescript(
            schema() + "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -131072; PRAGMA secure_delete = OFF;"
        )
        fill_codes(connection)
        for number, path in enumerate(files):
            connection.execute("ATTACH ? AS source", (str(path),))
            connection.execute("BEGIN")
            for table in (
                "branches",
                "edits",
                "people",
                "intakes",
                "answers",
                "volunteers",
                "roles",
                "matches",
                "activities",
                "enrolments",
                "leaders",
                "sessions",
                "attendance",
            ):
                columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
                values = [f"{column} + {number * SHIFT}" if column in moved else column for column in columns]
                connection.execute(f"INSERT INTO {table} SELECT {', '.join(values)} FROM source.{table}")
            connection.execute("COMMIT")
            connection.execute("DETACH source")
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def year_of_the_nation(path: Path, timed: Timed, at_most: Limit) -> bool:
    """`stats year` of the merged file, against the SQL that it runs."""
    statements: list[str] = []
    traced = open_store(path)
    traced.connection.set_trace_callback(statements.append)
    year_report(traced, 2024)
    traced.close()

    def stats_year() -> None:
        assert husrum("stats", "year", "2024", "--format", "json", "--db", path).exit_code == 0

    def run() -> None:
        store = open_store(path)
        for statement in statements:
            store.connection.execute(statement).fetchall()
        store.close()

    rounds = [(timed(stats_year), timed(run)) for _round in range(5)]
    one, other = (statistics.median(each) for each in zip(*rounds, strict=True))
    print(f"stats year of {MANY} cities: {one:.2f} s, its {len(statements)} statements run bare {other:.2f} s")
    return at_most("stats year of the nation, to its own SQL", one / other, 1.5, one)
