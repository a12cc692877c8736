"""Running `husrum` as a user does: in this process, or in one of its own. With `pytest --encrypted`, every file that is made is an encrypted one."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from husrum_cli import cli, store
from husrum_cli.importing import demo
from husrum_cli.input.dates import today
from husrum_cli.platforms.private import make_private
from husrum_cli.store import Store, connection, open_store
from husrum_cli.store.connection import MAGIC, bare_connection
from husrum_cli.store.union import merge
from husrum_cli.store.written_keys import write_key

CHECKOUT = Path(__file__).parents[2]
FIXTURES = CHECKOUT / "tests" / "fixtures"
AARHUS_2024 = CHECKOUT / "examples" / "aarhus-2024"
# What `husrum use` remembers in a test is gone when the tests are.
_HOME = tempfile.TemporaryDirectory(prefix="husrum-tests-")
# Set by the option, and read by the workers that run the tests.
ENCRYPTED = os.environ.get("HUSRUM_TESTS") == "encrypted"
KEY_FILE = Path(_HOME.name) / "tests.key" if ENCRYPTED else None
KEY = write_key(KEY_FILE, None, "").key if KEY_FILE else None
os.environ |= {"HUSRUM_DB_KEY": str(KEY_FILE)} if KEY_FILE else {}
# Compiled modules are kept for other processes, as they are where husrum is installed, whatever is set here.
COMPILED = {"PYTHONDONTWRITEBYTECODE": None, "PYTHONPYCACHEPREFIX": str(Path(_HOME.name) / "compiled")}
_MAKING = ("init", "merge")
# The variables that Python itself looks at when it starts.
_READ_AT_START = ("PYTHON", "LC_", "LANG")
# Python's code of `husrum`, but the demo has two of its cities: all seven take three times as long, and `national/test_denmark.py` makes them.
DEMO_OF_TWO = """
from husrum_cli.__main__ import main
from husrum_cli.importing import demo
demo.CITIES = [city for city in demo.CITIES if city.name in ("Aarhus", "Viborg")]
main()
"""
# Files of tests need not outlast a power cut: waiting for the disk would be half of the tests' time. Commands in processes of their own do wait.
connection.PRAGMAS = connection.PRAGMAS.replace("synchronous = FULL", "synchronous = OFF")
os.fsync = lambda _file: None
_create = store.create
_FIRST: list[bytes] = []
_make_city = demo._make_city
_CITIES: dict[tuple[demo.DemoCity, str, str], bytes] = {}
_make_tables = merge.make_tables
_TABLES: list[tuple[sqlite3.Connection, list[str]]] = []


def _create_by_copy(path: Path, key_file: Path | None = None, shown: Path | None = None) -> Store:
    """Do what `create` does, but begin with a copy of the first file that this process made: running the schema is most of the time of `init`."""
    if key_file or not path.exists():
        return _create(path, key_file, shown)
    if not _FIRST:
        _create(path).close()
        _FIRST.append(path.read_bytes())
    path.write_bytes(_FIRST[0])
    return open_store(path)


def _make_tables_by_copy(connection: sqlite3.Connection) -> list[str]:
    """Do what `make_tables` does in a merged file that is not encrypted, but copy the tables that this process made first."""
    if not isinstance(connection, sqlite3.Connection):
        return _make_tables(connection)
    if not _TABLES:
        first = sqlite3.connect(":memory:", isolation_level=None)
        _TABLES.append((first, _make_tables(first)))
    first, indexes = _TABLES[0]
    first.backup(connection)
    return indexes


def _make_city_by_copy(path: Path, city: demo.DemoCity, language: str) -> None:
    """Do what the demo does for one of its cities, but copy the file that this process made of it first."""
    made = _CITIES.get((city, language, today()))
    if made is None:
        _make_city(path, city, language)
        _CITIES[city, language, today()] = path.read_bytes()
    else:
        path.touch()
        make_private(path)
        path.write_bytes(made)


if not ENCRYPTED:
    demo._make_city = _make_city_by_copy
store.create = _create_by_copy
merge.make_tables = _make_tables_by_copy


@dataclass(frozen=True)
class Result:
    """What a command came to."""

    exit_code: int
    stdout: str
    stderr: str
    both: str = ""  # as a terminal shows them, if it ran in this process


def husrum(*args: object, input: str | None = None, env: Mapping[str, str | None] | None = None) -> Result:
    """Run the command in this process. A bug in it is raised; every other outcome is a result."""
    runner = CliRunner()
    with runner.isolation(input=input, env=_environment(env)) as streams:
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(write_through=True)  # type: ignore[union-attr]
        status = cli.run(words(*args))
        texts = [stream.getvalue().decode() for stream in streams]
    return Result(status, *texts)


def husrum_process(*args: object, input: str | None = None, env: Mapping[str, str | None] | None = None, cwd: Path | None = None) -> Result:
    """Run the command in a process of its own, off a terminal; one that Python starts in, if this is about its environment."""
    environment = process_environment(env)
    if os.name != "nt" and not any(name.startswith(_READ_AT_START) for name in env or ()):
        from forking import Forked

        process = Forked(*words(*args), env=environment, cwd=cwd, input=input or "")
        output, error = process.communicate()
        return Result(process.wait(), output.decode(), error.decode())
    done = subprocess.run(
        [sys.executable, "-m", "husrum_cli", *words(*args)],
        input=input or "",
        env=environment,
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    return Result(done.returncode, done.stdout, done.stderr)


def words(*args: object) -> list[str]:
    """The command line."""
    typed = [str(arg) for arg in args]
    return [*typed, "--encrypt"] if ENCRYPTED and set(typed[:1]) & set(_MAKING) and "--help" not in typed else typed


def looked_into(path: Path, isolation_level: str | None = "") -> sqlite3.Connection:
    """The file as another program has it that knows its key."""
    with path.open("rb") as file:
        key = None if file.read(len(MAGIC)) == MAGIC else KEY
    connection = bare_connection(path, "rw", key)
    connection.row_factory = None
    connection.isolation_level = isolation_level  # type: ignore[assignment]
    return connection


def store_of(path: Path) -> Store:
    """The file, open."""
    return open_store(path, KEY_FILE)


def process_environment(env: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """The whole environment of a command in its own process."""
    changed = _environment(env)
    paths = [str(CHECKOUT), os.environ.get("PYTHONPATH", "")]
    merged = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1", **changed}
    return {name: value for name, value in merged.items() if value is not None}


def new_city(path: Path, name: str = "Aarhus", *more: object) -> Path:
    """A new file of one city."""
    result = husrum("init", path, "--city", name, *more)
    assert result.exit_code == 0, result.stderr
    return path


def _environment(env: Mapping[str, str | None] | None) -> dict[str, str | None]:
    own = {"HUSRUM_LANGUAGE": "en", "XDG_CONFIG_HOME": _HOME.name, "HUSRUM_DB": None, "HUSRUM_DEBUG": "1", "HUSRUM_DISK": "encrypted"}
    return {**own, **(env or {})}
