"""Where the program runs: other locales, a closed pipe, a terminal without colours."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from faults import no_bug
from forking import Forked


def run(*words: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """husrum as a process of its own, with these environment variables."""
    return subprocess.run([sys.executable, "-m", "husrum_cli", *words], env={**os.environ, **env}, capture_output=True, timeout=60)


FIGURES = ("stats", "year", "2024", "--format", "json", "--language", "da")


@pytest.fixture(scope="module")
def figures(aarhus_once: Path) -> bytes:
    """The figures of the example in the surroundings of the tests."""
    return run(*FIGURES, "--db", str(aarhus_once)).stdout


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"TZ": "Pacific/Kiritimati"}, {"TERM": "dumb"}]
)
def test_the_surroundings_change_no_byte_of_the_figures(aarhus_once: Path, figures: bytes, env: dict[str, str]) -> None:
    there = run(*FIGURES, "--db", str(aarhus_once), **env)
    assert (there.returncode, there.stderr) == (0, b"")
    assert there.stdout == figures


def seen_enough(line: str, path: Path) -> subprocess.CompletedProcess[bytes]:
    """The command, and a reader who goes after the first line."""
    command = f"'{sys.executable}' -m husrum_cli {line} --db '{path}' | head -n 1; exit ${{PIPESTATUS[0]}}"
    return subprocess.run(["bash", "-c", command], env={**os.environ, "HUSRUM_TODAY": "2024-10-08"}, capture_output=True, timeout=60)


def test_a_reader_who_has_seen_enough_is_no_error(aarhus: Path) -> None:
    done = seen_enough("person list --format csv", aarhus)
    assert (done.returncode, done.stderr) == (0, b"") and done.stdout.startswith(b"person,name")


def test_a_piped_table_is_neither_cut_nor_coloured(aarhus: Path) -> None:
    done = run("event", "list", "--db", str(aarhus), COLUMNS="40", FORCE_COLOR="")
    lines = done.stdout.decode().splitlines()
    assert b"\x1b" not in done.stdout and len(lines) > 100
    assert all("…" not in line for line in lines)


SHOWN = (
    ("stats", "year", "2024"),
    ("person", "list"),
    ("person", "show", "4"),
    ("group", "show", "G1"),
    ("event", "list"),
    ("match", "list", "--all"),
    ("stats", "trend"),
    ("stats", "explain", "2024", "visits"),
    ("match", "propose"),
    ("today",),
    ("year", "status", "2024"),
    ("retention",),
    ("partner", "list"),
    ("help",),
    ("help", "figures"),
    ("check",),
    ("log",),
    ("--help",),
    ("intake", "add", "--help"),
)
# Sentences, which the terminal itself folds, are next to their tables.
PROSE = (("help",), ("help", "figures"), ("today",), ("retention",), ("match", "propose"), ("stats", "explain", "2024", "visits"))
ODD = (
    {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"TZ": "America/St_Johns"},
    {"TERM": "dumb", "NO_COLOR": "1"},
)


def at_a_terminal(*words: str, columns: int, **env: str) -> tuple[int, str]:
    """The command at a terminal of so many columns: exit status, and all that was shown."""
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    fcntl = pytest.importorskip("fcntl")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    there = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")}
    environment = {**there, "TERM": "xterm-256color", "PAGER": "cat", **env}
    process = Forked(*words, env=environment, streams=(theirs, theirs, theirs))
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    return process.wait(), shown.decode(errors="replace")


@pytest.mark.parametrize("words", SHOWN, ids=" ".join)
def test_forty_columns_without_colours(aarhus: Path, words: tuple[str, ...]) -> None:
    line = words if "--help" in words else (*words, "--db", str(aarhus))
    status, shown = at_a_terminal(*line, columns=40, NO_COLOR="1")
    assert status in (0, 5) and "Traceback" not in shown
    assert not re.search(r"\x1b\[[0-9;]*[34][0-9]", shown), "a colour"
    if "--help" not in words and words not in PROSE:
        lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in shown.splitlines()]
        # A command stays on one line, to be copied.
        assert max(len(line) for line in lines if "husrum " not in line and not line.startswith(("Note", "Error", "No contact"))) <= 40


@pytest.mark.parametrize("words", SHOWN[:2], ids=" ".join)
def test_a_terminal_that_can_do_nothing(aarhus: Path, words: tuple[str, ...]) -> None:
    status, shown = at_a_terminal(*words, "--db", str(aarhus), columns=40, TERM="dumb")
    assert status == 0 and "\x1b" not in shown


# What goes to another program: not one byte of it depends on where it was made.
SENT = (
    *(
        ("stats", "year", "2024", "--format", "json"),
        ("stats", "trend", "--format", "csv"),
        ("stats", "explain", "2024", "visits", "--format", "json"),
    ),
    *(("person", "list", "--format", "csv"), ("event", "list", "--format", "json"), ("match", "propose", "--format", "json")),
    *(("export", "year", "2024", "--to", "-", "--format", kind) for kind in ("json", "csv", "md")),
    *(("person", "export", "19"), ("check", "--format", "json"), ("today", "--format", "json"), ("log", "--format", "json")),
)
SAVED = (
    *(
        ("export", "tables", "{place}"),
        ("export", "sheet", "G1", "--to", "{place}/sheet.xlsx"),
        ("export", "year", "2024", "--to", "{place}/year.xlsx"),
    ),
    *(("report", "2024", "--to", "{place}/report.html"), ("report", "2024", "--to", "{place}/report.docx")),
)


@pytest.mark.full
@pytest.mark.parametrize("words", [*SENT, *SAVED], ids=" ".join)
def test_odd_surroundings_change_no_byte(aarhus: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    made = []
    for number, env in enumerate(({}, *ODD)):
        place = tmp_path / str(number)
        place.mkdir()
        done = run(*(word.replace("{place}", str(place)) for word in words), "--db", str(aarhus), HUSRUM_TODAY="2024-10-08", **env)
        no_bug(done.returncode, done.stderr.decode(errors="replace"))
        made.append((done.returncode, done.stdout, {path.name: path.read_bytes() for path in place.iterdir()}))
    assert all(each == made[0] for each in made)


@pytest.mark.full
@pytest.mark.parametrize("words", [*SHOWN, *SENT], ids=" ".join)
def test_every_reader_may_go(aarhus: Path, words: tuple[str, ...]) -> None:
    done = seen_enough(" ".join(words), aarhus)
    assert done.returncode in (0, 5) and done.stdout.count(b"\n") <= 1
    assert b"Broken" not in done.stderr
    no_bug(done.returncode, done.stderr.decode())


@pytest.mark.full
@pytest.mark.parametrize("env", ODD, ids=lambda env: next(iter(env)))
@pytest.mark.parametrize("words", SHOWN, ids=" ".join)
def test_odd_surroundings_stop_nothing(aarhus: Path, words: tuple[str, ...], env: dict[str, str]) -> None:
    line = words if "--help" in words else (*words, "--db", str(aarhus))
    plain, odd = run(*line, HUSRUM_TODAY="2024-10-08"), run(*line, HUSRUM_TODAY="2024-10-08", **env)
    assert (odd.returncode, odd.stderr) == (plain.returncode, plain.stderr)
    if "log" not in words:  # which uses the local time
        assert odd.stdout == plain.stdout


@pytest.mark.parametrize(
    "words",
    [
        (b"intake", b"add", b"S\xf8ren Holm"),
        (b"person", b"find", b"S\xf8ren"),
        (b"event", b"log", b"\xff\xfe", b"--present", b"\xe6"),
        (b"stats", b"year", b"\xb2024"),
        (b"backup", b"/nowhere/\xe5.db"),
        (b"import", b"\xe5.csv"),
        (b"\xe5",),
    ],
    ids=lambda words: words[0].decode(errors="replace"),
)
@pytest.mark.parametrize("env", [{}, ODD[0]], ids=["utf-8", "C"])
def test_arguments_that_are_not_utf8(aarhus: Path, words: tuple[bytes, ...], env: dict[str, str]) -> None:
    held = aarhus.read_bytes()
    command = [sys.executable.encode(), b"-m", b"husrum_cli", *words]
    done = subprocess.run(command, env={**os.environ, "HUSRUM_DB": str(aarhus), **env}, capture_output=True, timeout=60)
    assert done.returncode in (2, 3, 4), done.stderr
    output = done.stderr.decode("utf-8", errors="replace")
    assert len(output.splitlines()) == 1, output
    no_bug(done.returncode, output)
    assert aarhus.read_bytes() == held


def test_a_file_whose_name_is_not_utf8(aarhus: Path, tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/\xe5rhus.db"
    try:
        os.rename(aarhus, odd)
    except OSError:
        pytest.skip("file names are UTF-8 here")
    for words in (
        (b"person", b"find", b"Anna"),
        (b"person", b"leave", b"4"),
        (b"backup", os.fsencode(tmp_path) + b"/\xf8.db"),
        (b"undo",),
        (b"check",),
        (b"merge", os.fsencode(tmp_path) + b"/land\xe5.db", odd),
        (b"merge", os.fsencode(tmp_path) + b"/land\xe5.db", odd),
        (),
    ):
        command = [sys.executable.encode(), b"-m", b"husrum_cli", b"--db", odd, *words]
        done = subprocess.run(command, env={**os.environ}, capture_output=True, timeout=60)
        output = done.stderr.decode("utf-8", errors="replace")
        assert done.returncode in (0, 3, 4, 5), output
        no_bug(done.returncode, output)


@pytest.mark.parametrize(
    "words", [("log", "--limit", "0"), ("export", "tables", "{folder}"), ("stats", "year", "2024", "--format", "json")], ids=" ".join
)
def test_a_closed_stdout(aarhus: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    line = " ".join(word.format(folder=tmp_path / "tables") for word in words)
    done = subprocess.run(["bash", "-c", f"'{sys.executable}' -m husrum_cli {line} --db '{aarhus}' >&-"], capture_output=True, timeout=60)
    no_bug(done.returncode, done.stderr.decode())
