"""The disk is full, or the folder can't be written: a clean error, everything as it was, and nothing half-written anywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faults import Rows, ended, rows_without_uids, small_files, sound
from forking import bound_by_modes
from random_commands import new_town
from running import AARHUS_2024, husrum, new_city

TABLES = sorted(AARHUS_2024.glob("*.csv"))
# What writes much, and where to; `{place}` is the folder that can't be written.
LINES: dict[str, tuple[object, ...]] = {
    "import": ("import", *TABLES),
    "backup": ("backup", "{place}/copy.db"),
    "restore": ("restore", "{place}/earlier.db"),
    "export tables": ("export", "tables", "{place}/tables"),
    **{f"export sheet {kind}": ("export", "sheet", "G1", "--to", f"{{place}}/sheet.{kind}") for kind in ("csv", "xlsx")},
    **{f"export year {kind}": ("export", "year", 2024, "--to", f"{{place}}/2024.{kind}") for kind in ("csv", "json", "md", "xlsx")},
    **{f"report {kind}": ("report", 2024, "--to", f"{{place}}/2024.{kind}") for kind in ("html", "docx")},
    **{f"person export {kind}": ("person", "export", 1, "--to", f"{{place}}/page.{kind}") for kind in ("md", "json")},
    "export handover": ("export", "handover", "{place}/handover.db", "--unencrypted"),
    "merge": ("merge", "{place}/denmark.db", "{place}/aarhus.db"),
    "merge into": ("merge", "{place}/nation.db", "{place}/aarhus.db"),
    "link new-key": ("link", "new-key", "{place}/key.txt"),
    "init": ("init", "{place}/new.db", "--city", "Viborg"),
    "person erase": ("person", "erase", 1, "--yes"),
    "undo": ("undo",),
}


def one_error(status: int, output: str) -> None:
    """The file can't be used, and one line says why; before it there is at most what was going to be done."""
    errors = [line for line in output.splitlines() if line.startswith("Error: ")]
    assert status == 3 and len(errors) == 1 and output.splitlines()[-1] == errors[0], output


class Place:
    """A folder with a file in it, and what it held before."""

    def __init__(self, folder: Path, line: tuple[object, ...], source: Path) -> None:
        self.folder = folder
        self.path = Path(shutil.copy2(source, folder / "aarhus.db"))
        self.line = tuple(str(word).replace("{place}", str(folder)) for word in line)
        if line[0] == "restore":
            shutil.copy2(source, folder / "earlier.db")
        if "{place}/nation.db" in line:
            assert husrum("merge", folder / "nation.db", self.path).exit_code == 0
            assert husrum("intake", "add", "Anna Holm", "--enquired", "2024-01-02", "--db", self.path).exit_code == 0
        self.there = self.everything()
        self.rows: Rows = rows_without_uids(self.path)

    def everything(self) -> dict[str, bytes]:
        """Every file below the folder with its bytes."""
        return {str(path): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}

    def run(self, before: Callable[[], None] | None = None) -> tuple[int, str]:
        """The command, in a process of its own."""
        with tempfile.TemporaryDirectory() as home:  # the user's settings are not part of the folder
            return ended(*self.line, "--db", self.path, before=before, env={"XDG_CONFIG_HOME": home, "MPLCONFIGDIR": home})

    def as_it_was(self) -> None:
        """No file more, none less, none changed."""
        # If even the rollback wrote too much, the next command that opens the file does it.
        sound(self.path)
        assert self.everything() == self.there
        assert rows_without_uids(self.path) == self.rows


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city that has nothing yet."""
    return new_city(tmp_path_factory.mktemp("empty") / "aarhus.db")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small city with some of everything."""
    return new_town(tmp_path_factory.mktemp("town") / "aarhus.db")


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path, empty: Path, town: Path) -> Place:
    """The folder for the command that the test is about."""
    return Place(tmp_path, LINES[request.param], empty if request.param == "import" else town)


# A Word document is drawn for seconds, and written as the other reports are.
USUAL = [pytest.param(name, marks=pytest.mark.full) if name == "report docx" else name for name in LINES]
every_line = pytest.mark.parametrize("place", USUAL, indirect=True)
# How large a file may become: from nothing at all to nearly what is needed.
SHORT = (1, 200_000)


def fails_at(place: Place, limits: tuple[int, ...]) -> int:
    """Runs the command with less and less room; what fails, fails cleanly. How often it failed."""
    failed = 0
    for limit in limits:
        status, output = place.run(small_files(limit))
        if status:
            failed += 1
            one_error(status, output)
            place.as_it_was()
        else:  # there was room enough; start again
            for path in set(place.everything()) - set(place.there):
                Path(path).unlink()
            for name, held in place.there.items():
                Path(name).write_bytes(held)
    return failed


@every_line
def test_a_full_disk(place: Place) -> None:
    assert fails_at(place, SHORT[:1]) == 1


@pytest.mark.full
@every_line
def test_a_disk_with_more_or_less_room(place: Place) -> None:
    limits = tuple(650 * step**3 for step in range(13))  # up to a megabyte and more: small steps for small files
    print(f"{' '.join(place.line[:2])}: {len(limits)} sizes, {fails_at(place, limits)} too small, each refused cleanly")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@every_line
def test_a_folder_that_cannot_be_written(place: Place) -> None:
    place.folder.chmod(0o500)
    try:
        status, output = place.run(bound_by_modes)
        one_error(status, output)
    finally:
        place.folder.chmod(0o700)
    place.as_it_was()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of six megabytes in memory, where this computer allows one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "husrum-test", folder], capture_output=True)
    if done.returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("name", USUAL)
def test_a_small_disk(name: str, small_disk: Path, empty: Path, town: Path) -> None:
    place = Place(small_disk, LINES[name], empty if name == "import" else town)
    filler = small_disk / "filler"
    free = shutil.disk_usage(small_disk).free
    filler.write_bytes(bytes(free))
    place.there = place.everything()
    status, output = place.run()
    one_error(status, output)
    place.as_it_was()
    filler.unlink()
    assert husrum(*place.line, "--db", place.path).exit_code == 0
