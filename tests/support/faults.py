"""What goes wrong around a program: it is killed, the disk is full, the folder can't be written, the file is damaged."""

from __future__ import annotations

import contextlib
import functools
import os
import resource
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from forking import PATIENCE, Forked
from running import looked_into, process_environment

from husrum_cli.leftovers import PREFIX, delete_leftovers
from husrum_cli.store.journal import LINEAGE

Rows = dict[str, list[tuple[object, ...]]]


def started(*words: object, env: Mapping[str, str | None] | None = None, before: Callable[[], None] | None = None) -> Forked:
    """The command, running."""
    return Forked(*words, env=process_environment({"HUSRUM_DEBUG": None, "HUSRUM_TODAY": "2024-10-08", **(env or {})}), before=before)


def no_bug(status: int, output: str) -> None:
    """Check by the exit status and stderr that no bug showed, and that no file is named which the user never sees."""
    assert status in (0, 2, 3, 4, 5), (status, output)
    assert "Traceback" not in output and "This is a bug" not in output and PREFIX not in output, output


def ended(*words: object, before: Callable[[], None] | None = None, env: Mapping[str, str | None] | None = None) -> tuple[int, str]:
    """Return the exit status and stderr, which never has a bug or a traceback."""
    process = started(*words, before=before, env=env)
    _out, err = process.communicate()
    output = err.decode()
    no_bug(process.returncode, output)
    return process.returncode, output


def struck(number: signal.Signals, after: float, *words: object) -> int:
    """Runs the command, and sends it a signal after some seconds. The exit status."""
    process = started(*words)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(number)
    process.communicate()
    return process.wait()


def opens(process: Forked, path: Path) -> None:
    """Wait until a command has a file open. Only Linux says so; elsewhere it gets two seconds."""
    end = time.monotonic() + PATIENCE
    open_files = Path(f"/proc/{process.pid}/fd")
    if not open_files.exists():
        time.sleep(2)
        return
    while not any(map(path.samefile, existing(open_files))):
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.01)


def existing(open_files: Path) -> Iterator[Path]:
    """The files that a process has open; pipes have no place."""
    for link in open_files.iterdir():
        with contextlib.suppress(OSError):  # closed meanwhile
            if (file := link.readlink()).is_absolute() and file.exists():
                yield file


def seconds(*words: object) -> float:
    """How long the command takes."""
    begun = time.monotonic()
    assert ended(*words)[0] == 0
    return time.monotonic() - begun


def small_files(limit: int) -> Callable[[], None]:
    """No file may become larger than this: to the program, the disk is full."""
    return functools.partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit))


def names_after_the_next(folder: Path) -> set[str]:
    """The names in a folder after the next run that writes there: it deletes what killed runs left, which only their owner could read."""
    for left in folder.glob(f"{PREFIX}*"):
        assert left.stat().st_mode & 0o077 == 0, left
    delete_leftovers(folder)
    return {path.name for path in folder.iterdir()}


def age(path: Path) -> None:
    """Makes a file two days old."""
    moment = time.time() - 2 * 24 * 60 * 60
    os.utime(path, (moment, moment))


def sound(path: Path) -> None:
    """Opening it finishes or undoes what was begun; afterwards integrity and references hold."""
    with closing(looked_into(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()


def rows_without_uids(path: Path) -> Rows:
    """Return every row of every table except the lineage, without the uids and hashes, which are random: the same for two runs of the same commands."""
    with closing(looked_into(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: _without_uids(connection, name) for name in names if name not in LINEAGE}


def _without_uids(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in ("uid", "hash")]
    where = " WHERE key <> 'home_branch'" if table == "settings" else ""
    return sorted(connection.execute(f"SELECT {', '.join(columns)} FROM {table}{where}"), key=repr)
