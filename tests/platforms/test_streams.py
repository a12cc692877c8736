"""Standard input and output are UTF-8, whatever the machine says, with the same line ends."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from faults import no_bug
from running import husrum, process_environment

from husrum_cli.platforms import system
from husrum_cli.platforms.streams import reader_has_gone, speak_utf8

MACHINES = (
    {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"},
    {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp850"},
    {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONUTF8": "1"},
)
ANSWERS = "beskæftigelse: fleksjob\nmunicipality: Ærø\n"


def process(*words: object, input: bytes, env: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, with these bytes on standard input."""
    command = [sys.executable, "-m", "husrum_cli", *map(str, words)]
    return subprocess.run(command, input=input, env=process_environment(dict(env)), capture_output=True, timeout=60)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: "-".join(machine.values()))
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_answers_are_read_as_utf8(city: Path, machine: dict[str, str], mark: bytes, end: str) -> None:
    husrum("intake", "add", "Anna Holm", "--enquired", "17/9-2024", "--db", city)
    words = ("intake", "hold", "anna", "--date", "1/10-2024", "--answers", "-", "--db", city)
    done = process(*words, input=mark + ANSWERS.replace("\n", end).encode(), env=machine)
    assert done.returncode == 0, done.stderr
    assert "Ærø" in husrum("intake", "show", "anna", "--db", city).stdout


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: "-".join(machine.values()))
def test_other_bytes_are_refused_in_one_line(city: Path, machine: dict[str, str]) -> None:
    husrum("intake", "add", "Anna Holm", "--enquired", "17/9-2024", "--db", city)
    before = city.read_bytes()
    words = ("intake", "hold", "anna", "--date", "1/10-2024", "--answers", "-", "--db", city)
    done = process(*words, input=ANSWERS.encode("cp1252"), env=machine)
    assert (done.returncode, done.stdout, done.stderr) == (3, b"", b"Error: - is not in UTF-8; save it as UTF-8.\n")
    assert city.read_bytes() == before


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])  # as PowerShell 5 writes to a file
@pytest.mark.parametrize(
    "line",
    [
        ("intake", "hold", "anna", "--date", "1/10-2024", "--answers"),
        ("group", "open", "Tuesday", "--kind", "talk", "--start", "1/10-2024", "--themes"),
        ("export", "form", "tils", "--to", "{place}/form.html", "--wording"),
    ],
    ids=lambda line: line[-1],
)
def test_a_file_in_other_bytes_is_refused_with_what_to_do(city: Path, tmp_path: Path, encoding: str, line: tuple[str, ...]) -> None:
    husrum("intake", "add", "Anna Holm", "--enquired", "17/9-2024", "--db", city)
    text = tmp_path / "skrevet på Windows.txt"
    text.write_text(ANSWERS, encoding=encoding)
    before = city.read_bytes()
    result = husrum(*(word.format(place=tmp_path) for word in line), text, "--db", city)
    assert (result.exit_code, result.stderr) == (3, f"Error: {text} is not in UTF-8; save it as UTF-8.\n")
    assert city.read_bytes() == before and not (tmp_path / "form.html").exists()


def test_a_question_that_is_answered_in_other_bytes_is_not_answered(city: Path) -> None:
    husrum("intake", "add", "Anna Holm", "--enquired", "17/9-2024", "--db", city)
    before = city.read_bytes()
    done = process("person", "erase", "1", "--db", city, input="jø".encode("cp1252"), env={})
    assert done.returncode in (2, 5)
    no_bug(done.returncode, done.stderr.decode())
    assert city.read_bytes() == before


def test_windows_writes_the_same_bytes_to_a_pipe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As Windows opens a pipe: its own letters, its own line ends."""
    streams = {}
    for name in ("stdout", "stderr"):
        streams[name] = io.BytesIO()
        monkeypatch.setattr(sys, name, io.TextIOWrapper(streams[name], encoding="cp850", newline="\r\n"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\ufeffØ\r\n".encode()), encoding="cp850"))
    monkeypatch.setattr(system, "NAME", system.WINDOWS)
    speak_utf8()
    assert sys.stdin.read() == "Ø\n"
    print("a → Å")
    print("b – ø", file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    assert (streams["stdout"].getvalue(), streams["stderr"].getvalue()) == ("a → Å\n".encode(), "b – ø\n".encode())


def test_windows_has_another_name_for_a_pipe_without_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    odd, named = OSError(errno.EINVAL, "Invalid argument"), OSError(errno.EINVAL, "Invalid argument", "a?.db")
    assert reader_has_gone(BrokenPipeError()) and not reader_has_gone(odd)
    monkeypatch.setattr(system, "NAME", system.WINDOWS)
    assert reader_has_gone(odd) and not reader_has_gone(named) and not reader_has_gone(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(
    "line",
    [
        "person list",
        "person list --format json",
        "stats year 2024 --format csv",
        "stats explain 2024 enquiries",
        "person export 1",
        "help dates",
        "log",
        "--help",
        "--version",
        "event --help",
    ],
)
def test_a_full_disk_at_the_other_end_is_told_in_a_line(city: Path, line: str) -> None:
    husrum("intake", "add", "Anna Holm", "--enquired", "17/9-2024", "--db", city)
    with Path("/dev/full").open("wb") as full:
        words = [sys.executable, "-m", "husrum_cli", "--db", str(city), *line.split()]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, env=process_environment({}), timeout=60)
    assert (done.returncode, done.stderr) == (3, b"Error: The output can't be written: No space left on device.\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told_in_the_language_of_the_file(city: Path) -> None:
    husrum("setting", "set", "language", "da", "--db", city)
    with Path("/dev/full").open("wb") as full:
        words = [sys.executable, "-m", "husrum_cli", "--db", str(city), "--version"]
        done = subprocess.run(
            words, stdout=full, stderr=subprocess.PIPE, env=process_environment({"HUSRUM_LANGUAGE": None, "LANG": "C"}), timeout=60
        )
    assert done.returncode == 3 and "Det, der skulle vises, kan ikke skrives" in done.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(("line", "status"), [("intake add Bo --enquired 2024-09-17", 0), ("person show nobody", 4), ("person lost", 2)])
def test_a_message_that_can_not_be_written_does_not_change_how_a_command_ends(city: Path, line: str, status: int) -> None:
    with Path("/dev/full").open("wb") as full:
        words = [sys.executable, "-m", "husrum_cli", "--db", str(city), *line.split()]
        done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=full, env=process_environment({}), timeout=60)
    assert done.returncode == status
    assert ("Bo" in husrum("person", "list", "--db", city).stdout) == (status == 0)
