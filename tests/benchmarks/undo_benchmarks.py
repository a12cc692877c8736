"""What `undo`, `log` and `event log` cost in a file of a million attendances: `python tests/benchmarks/undo_benchmarks.py [OTHER_CHECKOUT]`.

With another checkout (an older version, with its own .venv), both are run in turn, and the ratios of CPU time are shown. Not a test.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import sys
import tempfile
from contextlib import closing
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
EVENTS, NAMED, PEOPLE, ROUNDS = 40_000, 25, 2_000, 5
COMMANDS = {
    "undo --dry-run": ("undo", "--dry-run", "--force"),
    "undo": ("undo", "--yes", "--force"),  # the file was filled by another program
    "log": ("log", "--format", "json"),
    "event log": ("event", "log", "Walk", "--date", "2024-03-01", "--present", "1-20"),
}


def main() -> None:
    """Measure each command in each checkout, one after the other."""
    checkouts = [CHECKOUT, *(Path(path).resolve() for path in sys.argv[1:2])]
    with tempfile.TemporaryDirectory() as directory:
        files = {checkout: fill(checkout, Path(directory) / f"{number}.db") for number, checkout in enumerate(checkouts)}
        for name, words in COMMANDS.items():
            found: dict[Path, list[tuple[float, int]]] = {checkout: [] for checkout in checkouts}
            for _round in range(ROUNDS):
                for checkout, path in files.items():
                    found[checkout].append(run(checkout, path, words))
            shown = [
                f"{statistics.median(cpu for cpu, _kb in each):.2f} s, {max(kb for _cpu, kb in each) // 1024} MB" for each in found.values()
            ]
            times = [statistics.median(cpu for cpu, _kb in each) for each in found.values()]
            print(f"{name}: {' | '.join(shown)}" + (f" | ratio {times[0] / times[1]:.2f}" if len(times) > 1 else ""))


def fill(checkout: Path, path: Path) -> Path:
    """A city whose million attendances were entered by 40,000 commands; the last hundred can be undone."""
    run(checkout, path, ("init", str(path), "--city", "Aarhus"), chosen=False)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})"
        connection.execute(
            f"{numbers.format(PEOPLE)} INSERT INTO people (id, branch_id, number, name) SELECT i, 1, i, 'Person ' || i FROM n"
        )
        connection.execute(
            f"{numbers.format(PEOPLE)} INSERT INTO intakes (person_id, enquired, held) SELECT i, '2020-01-02', '2020-01-09' FROM n"
        )
        day = "date('2020-02-01', (i / 25) || ' days')"
        columns = "id, branch_id, ref, kind, title, starts"
        connection.execute(
            f"{numbers.format(EVENTS)} INSERT INTO activities ({columns}) SELECT i, 1, 'E' || i, 'social', 'Event ' || i, {day} FROM n"
        )
        connection.execute(
            f"{numbers.format(EVENTS)} INSERT INTO sessions (id, activity_id, date, state) SELECT i, i, {day}, 'held' FROM n"
        )
        connection.execute(
            f"""INSERT INTO attendance (session_id, person_id, part) SELECT s.id, (s.id * 7 + k.i * 53) % {PEOPLE} + 1, 'participant'
            FROM sessions AS s, ({numbers.format(NAMED)} SELECT i FROM n) AS k"""
        )
        connection.execute(
            f"""{numbers.format(EVENTS)} INSERT INTO edits (id, branch_id, at, who, command)
            SELECT i + 1, 1, '2024-01-01T10:00:00+00:00', 'mette', 'event log' FROM n"""
        )
        wrote = f'\'{{"activities": [1, 0, 0], "sessions": [1, 0, 0], "attendance": [{NAMED}, 0, 0]}}\''
        added = f"CASE WHEN i > {EVENTS - 100} THEN json_object('activities', json_array(i - 1, i), 'sessions', json_array(i - 1, i)) END"
        connection.execute(f"{numbers.format(EVENTS)} INSERT INTO steps (edit_id, wrote, added) SELECT i + 1, {wrote}, {added} FROM n")
    # The change counter is that of another program by now; one command more is what the next one compares with.
    run(checkout, path, ("person", "edit", "1", "--phone", "20123456"))
    return path


def run(checkout: Path, path: Path, words: tuple[str, ...], chosen: bool = True) -> tuple[float, int]:
    """(seconds of CPU, greatest memory in kB) of a command of a checkout."""
    python = checkout / ".venv" / "bin" / "python"
    command = [str(python), "-m", "husrum_cli", *words, *(("--db", str(path)) if chosen else ())]
    null = os.open(os.devnull, os.O_RDWR)
    pid = os.posix_spawn(
        command[0],
        command,
        {**os.environ, "PYTHONPATH": str(checkout), "HUSRUM_LANGUAGE": "en"},
        file_actions=[(os.POSIX_SPAWN_DUP2, null, n) for n in (0, 1, 2)],
    )
    os.close(null)
    _pid, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit(f"{' '.join(command)}: status {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


if __name__ == "__main__":
    main()
