"""The built wheel, installed where there is nothing else: it brings the schema and the example city with it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

import pip
import pytest
from packaging.requirements import Requirement
from running import CHECKOUT, DEMO_OF_TWO


def run(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A command in another directory, that finds neither the checkout nor the user's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HUSRUM", "PYTHON", "VIRTUAL_ENV"))}
    env = {
        **kept,
        "HUSRUM_LANGUAGE": "en",
        "XDG_CONFIG_HOME": str(cwd / "config"),
        "PYTHONUTF8": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_COMPILE": "1",
    }
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=600)


def must(*command: object, cwd: Path) -> str:
    """The output of a command that must succeed."""
    done = run(*command, cwd=cwd)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def needed(lines: Iterable[str]) -> dict[str, Distribution]:
    """The packages that requirements name, as these tests have them, and those that they require in turn."""
    found: dict[str, Distribution] = {}
    for each in map(Requirement, lines):
        if each.marker is None or each.marker.evaluate({"extra": ""}):
            found |= {each.name: (package := distribution(each.name)), **needed(package.requires or ())}
    return found


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands of a clean environment are, in which the wheel was installed."""
    here = tmp_path_factory.mktemp("wheel")
    must(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", here, cwd=CHECKOUT)
    (wheel,) = here.glob("husrum_cli-*.whl")
    venv.create(here / "clean")
    found = here / "clean" / ("Scripts" if os.name == "nt" else "bin")
    packages = Path(must(found / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=here).strip())
    # The pip of these tests, copied: installing the one that comes with Python takes longer than installing husrum.
    shutil.copytree(Path(pip.__file__).parent, packages / "pip")
    must(found / "python", "-m", "pip", "install", "-q", "--no-deps", wheel, cwd=here)
    # What the wheel requires, and nothing else, is copied too: pip would look for the versions that it found for these tests.
    (installed,) = distributions(name="husrum-cli", path=[str(packages)])
    for package in needed(installed.requires or ()).values():
        for file in package.files or ():
            if ".." not in file.parts:
                (packages / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(package.locate_file(file), packages / file)
    must(found / "python", "-m", "pip", "check", cwd=here)
    return found


def test_what_runs_is_what_was_installed(scripts: Path, tmp_path: Path) -> None:
    place = Path(must(scripts / "python", "-c", "import husrum_cli; print(husrum_cli.__file__)", cwd=tmp_path).strip())
    assert place.is_relative_to(scripts.parent)
    assert "site-packages" in place.parts
    assert (place.parent / "schema.sql").read_bytes() == (CHECKOUT / "schema.sql").read_bytes()
    assert (place.parent / "py.typed").is_file()
    for folder in ("aarhus-2024", "denmark"):
        shipped, written = place.parent / "examples" / folder, CHECKOUT / "examples" / folder
        found = {file.relative_to(shipped) for file in shipped.rglob("*") if file.is_file()}
        assert found == {file.relative_to(written) for file in written.rglob("*.csv")}


def test_a_city_is_made(scripts: Path, tmp_path: Path) -> None:
    must(scripts / "husrum", "init", "odense.db", "--city", "Odense", cwd=tmp_path)
    assert (tmp_path / "odense.db").read_bytes().startswith(b"SQLite format 3\0")


def test_it_speaks_danish(scripts: Path, tmp_path: Path) -> None:
    assert must(scripts / "husrum", "--language", "da", "stats", "--help", cwd=tmp_path).startswith("Brug: husrum stats")


def test_the_demo_shows_the_year(scripts: Path, tmp_path: Path) -> None:
    shown = must(scripts / "python", "-c", DEMO_OF_TWO, "demo", tmp_path / "demo", cwd=tmp_path)
    assert "2,792" in shown or "2.792" in shown


def test_what_it_says_to_install_is_what_was_missing(scripts: Path, tmp_path: Path) -> None:
    must(scripts / "husrum", "init", "odense.db", "--city", "Odense", cwd=tmp_path)
    words = (scripts / "husrum", "--db", "odense.db", "person", "list", "--to", "people.xlsx")
    refused = run(*words, cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (2, "") and not (tmp_path / "people.xlsx").exists()
    hint = refused.stderr.strip().partition("package: ")[2]
    assert hint.endswith("-m pip install xlsxwriter")
    must(*shlex.split(hint), "-q", cwd=tmp_path)
    must(*words, cwd=tmp_path)
    assert (tmp_path / "people.xlsx").read_bytes().startswith(b"PK")
