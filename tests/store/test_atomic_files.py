"""Files are written whole or not at all: what a killed run left is deleted by the next one, and never what somebody is still writing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import pytest
from faults import age, ended, names_after_the_next, no_bug, started, struck
from random_commands import new_town
from running import husrum, looked_into, process_environment

from husrum_cli import atomic_files
from husrum_cli.atomic_files import rename_to_new, temporary_file
from husrum_cli.errors import CommitState
from husrum_cli.leftovers import LOCK, PREFIX, delete_leftovers

LEFT = ".husrum-0a1b2c3d.db"
# Every command that makes a file; {place} is where to.
LINES: dict[str, tuple[str, ...]] = {
    "backup": ("backup", "{place}/copy.db"),
    "restore": ("restore", "{place}/earlier.db"),
    "export year": ("export", "year", "2024", "--to", "{place}/2024.json"),
    "export tables": ("export", "tables", "{place}"),
    "export sheet": ("export", "sheet", "G1", "--to", "{place}/sheet.csv"),
    "export handover": ("export", "handover", "{place}/handover.db", "--unencrypted"),
    "report": ("report", "2024", "--to", "{place}/report.docx"),
    "person export": ("person", "export", "5", "--to", "{place}/page.md"),
    "person erase": ("person", "erase", "5", "--yes"),
    "merge": ("merge", "{place}/nation.db", "{place}/town.db"),
    "link new-key": ("link", "new-key", "{place}/key.txt"),
}
MORE: dict[str, tuple[str, ...]] = {
    "init": ("init", "{place}/new.db", "--city", "Viborg"),
    "use": ("use", "{place}/town.db"),
    "export sheet xlsx": ("export", "sheet", "E1", "--to", "{place}/sheet.xlsx"),
    "export year xlsx": ("export", "year", "2024", "--to", "{place}/2024.xlsx"),
    "report html": ("report", "2024", "--to", "{place}/report.html"),
    "link national-key": ("link", "national-key", "--new", "{place}/national.key"),
    "import names": ("import", "{place}/filled.csv", "--as", "sheet", "--event", "E1"),
}
# Makes a file, says so, and goes on until it is asked to end.
WRITER = """
import sys
from pathlib import Path
from husrum_cli.atomic_files import temporary_file, temporary_folder
path = Path(sys.argv[1])
with temporary_folder(path.parent) as folder, temporary_file(path) as temporary:
    (folder / "plain.db").write_text("names")
    temporary.write_text("half a file")
    print(temporary.name, folder.name, flush=True)
    sys.stdin.read()
"""
# Hands over, and is killed once all is there in clear.
KILLED = """
import os, signal
from husrum_cli.exporting import handover
made = handover.hand_over
handover.hand_over = lambda *about: (made(*about), os.kill(os.getpid(), signal.SIGKILL))
from husrum_cli.__main__ import main
main()
"""


@pytest.fixture(scope="module")
def town_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small city with some of everything."""
    return new_town(tmp_path_factory.mktemp("town") / "town.db")


@pytest.fixture
def town(town_once: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy2(town_once, tmp_path))


def names(folder: Path) -> set[str]:
    """The names in a folder."""
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("name", LINES)
def test_what_was_left_is_taken_away_by_the_next(town: Path, name: str) -> None:
    place = town.parent
    (place / "earlier.db").write_bytes(town.read_bytes())
    for left in (LEFT, f"{LEFT}-journal", ".husrum-_x9y8z7w.xlsx"):
        (place / left).write_text("half a file")
        age(place / left)
    (place / ".husrum-_folder1").mkdir()
    (place / ".husrum-_folder1" / "town.db").write_text("half a file")
    age(place / ".husrum-_folder1")
    own = (".husrum-of-today.db", ".husrumlike.db", "husrum-0a1b2c3d.db")
    for other in own:
        (place / other).write_text("somebody's own")
        if not other.startswith(PREFIX):
            age(place / other)
    result = husrum(*(word.replace("{place}", str(place)) for word in LINES[name]), "--db", town)
    assert result.exit_code == 0, result.stderr
    assert {each for each in names(place) if "husrum" in each} == set(own)


@pytest.mark.full
@pytest.mark.parametrize("name", [*LINES, *(name for name in MORE if name.startswith(("export", "report")))])
def test_killed_at_any_moment(aarhus: Path, tmp_path: Path, name: str) -> None:
    chance, came = Random(name), []
    for number in (signal.SIGKILL, signal.SIGTERM):
        for each in range(4):
            place = tmp_path / f"{number.name}-{each}"
            place.mkdir()
            for copy in ("town.db", "earlier.db"):
                (place / copy).write_bytes(aarhus.read_bytes())
            words = [word.replace("{place}", str(place)) for word in {**LINES, **MORE}[name]]
            struck(number, chance.uniform(0.05, 0.9), *words, "--db", place / "town.db")
            left = [each for each in names(place) if each.startswith(".")]
            came.append(len(left))
            assert number == signal.SIGKILL or not left
            again = ended(*words, "--db", place / "town.db")
            assert again[0] in (0, 4, 5), again  # it was done: it is there already, or nobody is there any more
            assert not [each for each in names_after_the_next(place) if each.startswith(".") or each.endswith("-journal")]
            shutil.rmtree(place)
    print(f"{name}: struck 8 times, {sum(map(bool, came))} left something, which the next run took away")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("umask", [0o000, 0o277], ids=oct)
@pytest.mark.parametrize(
    "name", [*LINES, "init", "use", "export sheet xlsx", "export year xlsx", "report html", "link national-key", "import names"]
)
def test_only_its_owner_can_read_a_file_that_is_made(town: Path, name: str, umask: int) -> None:
    place = town.parent
    (place / "earlier.db").write_bytes(town.read_bytes())
    (place / "earlier.db").chmod(0o644)
    sheet = place / "filled.csv"
    sheet.write_text("Navn;5/3-2024\nZebulon Ukendt;x\n", encoding="utf-8")
    there, home = {path: path.stat().st_mtime_ns for path in place.rglob("*")}, place / "home"
    words = {**LINES, **MORE}[name]
    before = os.umask(umask)
    try:
        result = husrum(*(word.replace("{place}", str(place)) for word in words), "--db", town, env={"XDG_CONFIG_HOME": str(home)})
    finally:
        os.umask(before)
    assert result.exit_code == (2 if name == "import names" else 0), result.stderr
    made = [path for path in place.rglob("*") if there.get(path) != path.stat().st_mtime_ns and path.is_file()]
    assert made and all(path.stat().st_mode & 0o777 == 0o600 for path in made), made


@pytest.mark.parametrize("name", ["backup", "export year", "merge", "person list"])
def test_what_somebody_is_still_writing_stays(town: Path, name: str) -> None:
    place = town.parent
    words = [word.replace("{place}", str(place)) for word in LINES.get(name, name.split())]
    command = [sys.executable, "-c", WRITER, str(place / "other.db")]
    with subprocess.Popen(command, env=process_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout and writer.stdin
        left = set(writer.stdout.readline().split())
        assert husrum(*words, "--db", town).exit_code == 0
        assert len(left) == 2 and left <= names(place)
        writer.kill()
    assert left <= names(place)
    husrum(*words, "--db", town)  # with another run of the same command it is gone
    assert not [each for each in names(place) if each.startswith(PREFIX)]


def test_the_next_file_takes_away_what_a_killed_run_left(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path / "other.db")]
    with subprocess.Popen(command, env=process_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout and writer.stdout.readline()
        writer.kill()
    with temporary_file(tmp_path / "next.csv") as another:
        own = {another.name, another.with_suffix("").name + LOCK}
        assert names(tmp_path) == own
        with temporary_file(tmp_path / "third.csv"):
            assert own < names(tmp_path)
    assert not names(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_killed_handover_leaves_no_plain_copy_beyond_the_next_command(town: Path) -> None:
    key = husrum("link", "national-key", "--new", town.with_name("national.key")).stdout.strip()
    assert husrum("link", "national-key", key, "--db", town).exit_code == 0
    line = ["export", "handover", str(town.with_name("sent.age")), "--db", str(town)]
    done = subprocess.run([sys.executable, "-c", KILLED, *line], env=process_environment(), capture_output=True, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    (folder,) = [each for each in town.parent.iterdir() if each.is_dir()]
    assert [each.name for each in folder.iterdir()] == ["handover.db"]
    assert husrum("person", "list", "--db", town).exit_code == 0
    assert not [name for name in names(town.parent) if name.startswith(PREFIX)]


def test_on_a_disk_without_locks_what_was_left_goes_after_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic_files, "lock", lambda _descriptor: False)
    with temporary_file(tmp_path / "new.csv") as temporary:
        assert names(tmp_path) == {temporary.name}
        delete_leftovers(tmp_path)
        assert names(tmp_path) == {temporary.name}
        age(temporary)
        delete_leftovers(tmp_path)
        assert not names(tmp_path)


@pytest.mark.parametrize(
    "line", [("backup", "{place}/copy.db"), ("merge", "{place}/copy.db", "{place}/aarhus-2024.db")], ids=lambda line: line[0]
)
def test_several_that_make_the_same_file_at_once(aarhus: Path, line: tuple[str, ...]) -> None:
    words = [word.replace("{place}", str(aarhus.parent)) for word in line]
    runs = [started(*words, "--db", aarhus) for _each in range(4)]
    output = [(run.communicate()[1].decode(), run.returncode) for run in runs]
    assert any(status == 0 for _err, status in output)
    for err, status in output:
        no_bug(status, err)
    assert names(aarhus.parent) == {"aarhus-2024.db", "copy.db"}
    with closing(looked_into(aarhus.with_name("copy.db"))) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) FROM people").fetchone()[0] > 100


def test_what_was_renamed_counts_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def written(rename: Callable[[Path], object]) -> bool:
        monkeypatch.setattr(CommitState, "done", False)
        with suppress(OSError), temporary_file(tmp_path / "new") as temporary:
            rename(temporary)
        return CommitState.done

    assert not written(lambda temporary: temporary.write_text("half"))
    assert written(lambda temporary: temporary.replace(tmp_path / "new"))
    assert written(lambda temporary: rename_to_new(temporary, tmp_path / "newer"))
    assert not written(lambda temporary: rename_to_new(temporary, tmp_path / "newer"))
