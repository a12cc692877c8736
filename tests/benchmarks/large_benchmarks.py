"""The cost of commands in large files: CPU seconds and peak memory of a process of its own, in cities of 100,000 and a million attendances, and a nation of 98."""

from __future__ import annotations

import os
import shutil
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from big_files import big_city
from merge_benchmarks import bare
from running import husrum, process_environment

from husrum_cli.domain.national.merge import merge

ROUNDS = 3
CITIES, SMALL = 98, 10_000
HUNDRED_THOUSAND, MILLION = 100_000, 1_000_000
MOST_MEMORY = 150
_LOGGED = ("event", "log", "Walk", "--date", "2024-03-01", "--present", "1-20")
# At a million: the most seconds, if there is a limit besides that of memory.
_AT_A_MILLION: dict[tuple[str, ...], float | None] = {
    _LOGGED: 0.7,
    ("undo", "--yes"): 0.7,
    ("today",): 0.7,
    ("person", "show", "19"): 0.7,
    ("stats", "year", "2024"): None,
    ("stats", "explain", "2024", "visits"): None,
    ("export", "handover", "HERE/handover.db", "--unencrypted"): None,
    ("export", "tables", "HERE/tables"): None,
    ("merge", "HERE/nation.db", "HERE/city.db"): None,
    ("person", "erase", "77", "--yes"): 8,
}
_AT_A_HUNDRED_THOUSAND: dict[tuple[str, ...], float | None] = {
    **dict.fromkeys(
        (
            *(
                ("person", "list"),
                ("event", "list"),
                ("group", "list"),
                ("log",),
                ("today",),
                ("stats", "year", "2024"),
                ("stats", "trend"),
            ),
            *(("stats", "year", "2024", "--publish"), ("stats", "explain", "2024", "visits"), ("year", "status", "2024")),
            *(("export", "year", "2024", "--to", "HERE/year.xlsx"), ("match", "propose"), ("backup", "HERE/backup.db")),
            *(("person", "erase", "77", "--yes"),),
        ),
        1.0,
    ),
    ("export", "handover", "HERE/handover.db", "--unencrypted"): 1.5,
    ("export", "tables", "HERE/tables"): 1.5,
}
AtMost = Callable[[str, float, float, float], bool]


def large(directory: Path, at_most: AtMost) -> list[bool]:
    """Every command that has a limit, in each file."""
    small = big_city(directory / "hundred-thousand.db", "Aarhus", HUNDRED_THOUSAND)
    print(f"\n{HUNDRED_THOUSAND} attendances: CPU seconds of the whole process, its memory")
    kept = commands(directory, small, _AT_A_HUNDRED_THOUSAND, at_most)
    kept += years(small, at_most)
    million = big_city(directory / "million.db", "Aarhus", MILLION)
    print(f"\n{MILLION} attendances")
    kept += checked(million, at_most)
    kept += commands(directory, million, _AT_A_MILLION, at_most)
    kept += years(million, at_most)
    return [*kept, *nation(directory, at_most)]


def commands(directory: Path, path: Path, limits: dict[tuple[str, ...], float | None], at_most: AtMost) -> list[bool]:
    """Each command in a copy of the file, in a folder of its own."""
    kept = []
    for words, limit in limits.items():
        place = directory / "here"
        place.mkdir()
        copy = Path(shutil.copy(path, place / "city.db"))
        if words[0] == "undo":
            run(copy, *_LOGGED)
        seconds, memory = run(copy, *(word.replace("HERE", str(place)) for word in words))
        shutil.rmtree(place)
        name = " ".join(words[:3])
        if limit is not None:
            kept.append(at_most(name, seconds, limit, seconds))
        kept.append(at_most(f"{name}, MB", memory, MOST_MEMORY, seconds))
    return kept


def years(path: Path, at_most: AtMost) -> list[bool]:
    """Ten years to one of them; a closed year to an open one, before and after something is written; and the file after."""
    one, ten = median_of(path, "stats", "year", "2024"), median_of(path, "stats", "trend")
    kept = [at_most("ten years' trend, to one year", ten / one, 4, ten)]
    kept.append(
        at_most(
            "24 months, to one year",
            median_of(path, "stats", "trend", "--by", "month", "--from", "2023-01", "--to", "2024-12") / one,
            4,
            one,
        )
    )
    copy = Path(shutil.copy(path, path.with_name("closed.db")))
    for year in range(2015, 2025):
        run(copy, "year", "close", str(year), "--force")
    kept.append(at_most("a closed year, to an open one", median_of(copy, "stats", "year", "2024") / one, 1, one))
    run(copy, "person", "edit", "5", "--phone", "20123456")
    changed = median_of(copy, "stats", "year", "2024")
    kept.append(at_most("the same after something was written", changed / one, 1, changed))
    kept.append(at_most("the file with ten closed years, to without", copy.stat().st_size / path.stat().st_size, 1.5, 0))
    copy.unlink()
    return kept


def checked(path: Path, at_most: AtMost) -> list[bool]:
    """`husrum check`, to SQLite's own check of the same file."""
    begun = time.process_time()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA integrity_check").fetchall()
    alone = time.process_time() - begun
    seconds, memory = run(path, "check", expected=(0, 5))
    return [at_most("check, to integrity_check", seconds / alone, 2, seconds), at_most("check, MB", memory, MOST_MEMORY, seconds)]


def nation(directory: Path, at_most: AtMost) -> list[bool]:
    """98 cities: merged into a new file, again, and with one newer; and the nation's figures."""
    files = [big_city(directory / f"city-{number}.db", f"Lilleby {number}", SMALL) for number in range(CITIES)]
    out = directory / "nation.db"

    def cpu(what: Callable[[], object]) -> float:
        begun = time.process_time()
        what()
        return time.process_time() - begun

    def union() -> None:
        merge(out, files, None, "en")

    alone = statistics.median(cpu(lambda: bare(directory, files)) for _round in range(ROUNDS))
    print(f"\n{CITIES} cities of {SMALL} attendances; ATTACH, INSERT and integrity_check {alone:.2f} s")
    new, again = cpu(union), cpu(union)
    for number in range(2):
        assert husrum("--db", files[number], "event", "log", "Walk", "--date", "2024-03-01", "--present", "1-20").exit_code == 0
        newer = cpu(union)
    kept = [
        at_most(f"merge, {name}", seconds / alone, limit, seconds)
        for name, seconds, limit in (("new", new, 1.3), ("again", again, 0.5), ("one newer", newer, 0.5))
    ]
    one, ten = run(out, "stats", "year", "2024")[0], run(out, "stats", "trend")[0]
    return [
        *kept,
        at_most("stats year of 98 cities", one, 2.5, one),
        at_most("their trend of ten years", ten, 10, ten),
        at_most("ten years, to one", ten / one, 4, ten),
    ]


def median_of(path: Path, *words: str) -> float:
    """The CPU seconds of a command, in the middle of several runs."""
    return statistics.median(run(path, *words)[0] for _round in range(ROUNDS))


def run(path: Path, *words: str, expected: tuple[int, ...] = (0,)) -> tuple[float, int]:
    """(CPU seconds, most memory in MB) of a command in a process of its own."""
    command = [sys.executable, "-m", "husrum_cli", *words, "--db", str(path)]
    null = os.open(os.devnull, os.O_RDWR)
    environment = process_environment({"HUSRUM_DEBUG": None, "HUSRUM_TODAY": "2025-01-15"})
    pid = os.posix_spawn(command[0], command, environment, file_actions=[(os.POSIX_SPAWN_DUP2, null, n) for n in (0, 1, 2)])
    os.close(null)
    _pid, status, usage = os.wait4(pid, 0)
    assert os.waitstatus_to_exitcode(status) in expected, (words, os.waitstatus_to_exitcode(status))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024
