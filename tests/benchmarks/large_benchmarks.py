"""The cost of commands in large files: CPU seconds and peak memory of a process of its own, in cities of 100,000 and a million attendances, and a nation of 98.

A process starts with the peak memory of the one that starts it, so this one makes large files and merges them in others.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from big_files import big_city
from merge_benchmarks import bare
from running import COMPILED, husrum, process_environment

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
            *(("report", "2024", "--to", "HERE/report.html"), ("year", "close", "2024", "--force"), ("retention",)),
            *(("person", "export", "77", "--format", "json"), ("person", "anonymise", "77", "--yes"), ("person", "erase", "77", "--yes")),
        ),
        1.0,
    ),
    ("export", "handover", "HERE/handover.db", "--unencrypted"): 1.5,
    ("export", "tables", "HERE/tables"): 1.5,
}
# numpy comes with what the tests need, and sqlite-utils would load it.
_START = "import sys; sys.modules['numpy'] = None; from husrum_cli.__main__ import main; main()"
AtMost = Callable[[str, float, float, float], bool]


def large(directory: Path, at_most: AtMost) -> list[bool]:
    """Every command that has a limit, in each file."""
    small = city(directory / "hundred-thousand.db", "Aarhus", HUNDRED_THOUSAND)
    print(f"\n{HUNDRED_THOUSAND} attendances: CPU seconds of the whole process, its memory")
    kept = commands(directory, small, _AT_A_HUNDRED_THOUSAND, at_most)
    kept += [*years(small, at_most), encrypted(small, at_most)]
    million = city(directory / "million.db", "Aarhus", MILLION)
    print(f"\n{MILLION} attendances")
    kept += checked(million, at_most)
    kept += commands(directory, million, _AT_A_MILLION, at_most)
    kept += years(million, at_most)
    return [*kept, *nation(directory, at_most)]


def city(path: Path, name: str, attendances: int) -> Path:
    """A large file, made by another process."""
    apart(big_city, path, name, attendances)
    return path


def apart(what: Callable[..., object], *args: object) -> float:
    """The CPU seconds of something done by another process."""
    before = os.times()
    process = multiprocessing.get_context("fork").Process(target=what, args=args)
    process.start()
    process.join()
    assert process.exitcode == 0, what
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def commands(directory: Path, path: Path, limits: dict[tuple[str, ...], float | None], at_most: AtMost) -> list[bool]:
    """Each command in a copy of the file, in a folder of its own."""
    kept = []
    for words, limit in limits.items():
        runs = []
        for _round in range(ROUNDS if limit else 1):
            place = directory / "here"
            place.mkdir()
            copy = Path(shutil.copy(path, place / "city.db"))
            if words[0] == "undo":
                run(copy, *_LOGGED)
            runs.append(run(copy, *(word.replace("HERE", str(place)) for word in words)))
            shutil.rmtree(place)
        seconds, memory = map(min, zip(*runs, strict=True))
        name = " ".join(words[:4])
        if limit is not None:
            kept.append(at_most(name, seconds, limit, seconds))
        kept.append(at_most(f"{name}, MB", memory, MOST_MEMORY, seconds))
    return kept


def years(path: Path, at_most: AtMost) -> list[bool]:
    """Ten years to one of them; a closed year to an open one, before and after something is written; and the file after."""
    closed, changed = (Path(shutil.copy(path, path.with_name(f"{name}.db"))) for name in ("closed", "changed"))
    for copy in (closed, changed):
        for year in range(2015, 2025):
            run(copy, "year", "close", str(year), "--force")
    grown = closed.stat().st_size / path.stat().st_size
    run(changed, "person", "edit", "5", "--phone", "20123456")
    year, trend = ("stats", "year", "2024"), ("stats", "trend")
    months = (*trend, "--by", "month", "--from", "2023-01", "--to", "2024-12")
    one, ten, many, frozen, later = least((path, *year), (path, *trend), (path, *months), (closed, *year), (changed, *year))
    for copy in (closed, changed):
        copy.unlink()
    return [
        at_most("ten years' trend, to one year", ten / one, 4, ten),
        at_most("24 months, to one year", many / one, 4, many),
        at_most("a closed year, to an open one", frozen / one, 1, frozen),
        at_most("the same after something was written", later / one, 1, later),
        at_most("the file with ten closed years, to without", grown, 1.5, 0),
    ]


def encrypted(path: Path, at_most: AtMost) -> bool:
    """The same commands in the file when it is encrypted."""
    copy = Path(shutil.copy(path, path.with_name("encrypted.db")))
    run(copy, "encrypt")
    lines = (("stats", "year", "2024"), ("stats", "trend"), ("person", "list"), ("event", "list"), _LOGGED)
    seconds = least(*((each, *words) for words in lines for each in (copy, path)))
    return at_most("encrypted, to plain", sum(seconds[::2]) / sum(seconds[1::2]), 1.3, sum(seconds[::2]))


def checked(path: Path, at_most: AtMost) -> list[bool]:
    """`husrum check`, to SQLite's own check of the same file."""

    def integrity_check() -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA integrity_check").fetchall()

    rounds = [(apart(integrity_check), *run(path, "check", expected=(0, 5))) for _round in range(ROUNDS)]
    alone, seconds, memory = map(min, zip(*rounds, strict=True))
    return [at_most("check, to integrity_check", seconds / alone, 2, seconds), at_most("check, MB", memory, MOST_MEMORY, seconds)]


def nation(directory: Path, at_most: AtMost) -> list[bool]:
    """98 cities: merged into a new file, again, and with one newer; and the nation's figures."""
    files = [city(directory / f"city-{number}.db", f"Lilleby {number}", SMALL) for number in range(CITIES)]
    out = directory / "nation.db"
    rounds = []
    for _round in range(ROUNDS):
        alone = apart(bare, directory, files)
        out.unlink(missing_ok=True)
        new = apart(merge, out, files, None, "en")
        again = apart(merge, out, files, None, "en")
        assert husrum("--db", files[0], "event", "log", "Walk", "--date", "2024-03-01", "--present", "1-20").exit_code == 0
        rounds.append((alone, new, again, apart(merge, out, files, None, "en")))
    alone, *merged = map(min, zip(*rounds, strict=True))
    print(f"\n{CITIES} cities of {SMALL} attendances; ATTACH, INSERT and integrity_check {alone:.2f} s")
    limits = (("new", 1.3), ("again", 0.5), ("one newer", 0.5))
    kept = [at_most(f"merge, {name}", seconds / alone, limit, seconds) for (name, limit), seconds in zip(limits, merged, strict=True)]
    one, ten = least((out, "stats", "year", "2024"), (out, "stats", "trend"))
    return [
        *kept,
        at_most("stats year of 98 cities", one, 2.5, one),
        at_most("their trend of ten years", ten, 10, ten),
        at_most("ten years, to one", ten / one, 4, ten),
    ]


def least(*lines: tuple[Path | str, ...]) -> list[float]:
    """The least CPU seconds of each command in a file, of several runs in turn."""
    rounds = [[run(Path(path), *map(str, words))[0] for path, *words in lines] for _round in range(ROUNDS)]
    return [min(each) for each in zip(*rounds, strict=True)]


def run(path: Path, *words: str, expected: tuple[int, ...] = (0,)) -> tuple[float, int]:
    """(CPU seconds, most memory in MB) of a command in a process of its own."""
    command = [sys.executable, "-c", _START, *words, "--db", str(path)]
    null = os.open(os.devnull, os.O_RDWR)
    environment = process_environment({"HUSRUM_DEBUG": None, "HUSRUM_TODAY": "2025-01-15", **COMPILED})
    pid = os.posix_spawn(command[0], command, environment, file_actions=[(os.POSIX_SPAWN_DUP2, null, n) for n in (0, 1, 2)])
    os.close(null)
    _pid, status, usage = os.wait4(pid, 0)
    assert os.waitstatus_to_exitcode(status) in expected, (words, os.waitstatus_to_exitcode(status))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024
