"""Making keys and the folder they are in; and putting a backup on a new computer."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults import ended, small_files
from running import ENCRYPTED, husrum, new_city

pytestmark = pytest.mark.skipif(ENCRYPTED, reason="the files are encrypted by the tests themselves")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A plain file."""
    return new_city(tmp_path / "aarhus.db")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where settings are kept by nobody yet."""
    return tmp_path / "home"


@pytest.fixture
def no_umask() -> Iterator[None]:
    """A computer where everybody may read everything."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_encrypting_on_a_full_disk_leaves_no_key(city: Path, home: Path) -> None:
    before = city.read_bytes()
    copy = home.parent / "copy.key"
    status, output = ended("encrypt", "--db", city, "--key-copy", copy, before=small_files(20_000), env={"XDG_CONFIG_HOME": str(home)})
    assert status == 3 and str(city) in output and output.count("\n") == 1, output
    assert city.read_bytes() == before
    assert [path for path in (home / "husrum").iterdir() if path.is_file()] == [] and not copy.exists()
    assert husrum("encrypt", "--db", city, env={"XDG_CONFIG_HOME": str(home)}).exit_code == 0
    assert (home / "husrum" / "db.key").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("words", [("encrypt", "--db", "{city}"), ("use", "{city}")], ids=" ".join)
def test_the_folder_of_settings_is_its_owners_alone(city: Path, home: Path, no_umask: None, words: tuple[str, ...]) -> None:
    done = husrum(*(word.replace("{city}", str(city)) for word in words), env={"XDG_CONFIG_HOME": str(home)})
    assert done.exit_code == 0, done.stderr
    assert stat.S_IMODE((home / "husrum").stat().st_mode) == 0o700


@pytest.mark.parametrize("byte", ["00", "ff", "01", "a1b2"])
def test_a_link_key_of_one_byte_is_refused(city: Path, tmp_path: Path, byte: str) -> None:
    key = tmp_path / "link.key"
    key.write_text((byte * 32)[:64])
    key.chmod(0o600)
    handed = husrum("export", "handover", tmp_path / "h.db", "--unencrypted", "--key", key, "--db", city)
    assert handed.exit_code == 3 and "over and over" in handed.stderr and not (tmp_path / "h.db").exists()


@pytest.mark.parametrize("byte", [b"\0", b"k", b"\xff"])
def test_a_file_key_of_one_byte_is_refused(city: Path, tmp_path: Path, byte: bytes) -> None:
    key = tmp_path / "db.key"
    key.write_bytes(byte * 32)
    key.chmod(0o600)
    refused = husrum("encrypt", "--db", city, "--db-key", key)
    assert refused.exit_code == 3 and "over and over" in refused.stderr and city.read_bytes().startswith(b"SQLite")


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("init {folder}/new.db --city Viborg", "chosen-file"),
        ("init {folder}/new.db --city Viborg --encrypt", "chosen-file"),
        ("use {city}", "chosen-file"),
        ("use {city} --db-key {folder}/some.key", "db-key"),
        ("restore {folder}/copy.db --db {folder}/new.db --force", "chosen-file"),
    ],
)
def test_settings_that_can_not_be_written(city: Path, home: Path, tmp_path: Path, words: str, taken: str) -> None:
    """All or nothing, also of what a command remembers besides."""
    (home / "husrum" / taken / "taken").mkdir(parents=True)
    assert husrum("backup", tmp_path / "copy.db", "--db", city).exit_code == 0
    before = {path: path.is_dir() or path.read_bytes() for path in tmp_path.rglob("*")}
    done = husrum(*words.format(city=city, folder=tmp_path).split(), env={"XDG_CONFIG_HOME": str(home), "HUSRUM_DB_KEY": None})
    assert done.exit_code == 3 and done.stderr.endswith(f"{taken} can't be written: Is a directory.\n"), done.stderr
    assert {path: path.is_dir() or path.read_bytes() for path in tmp_path.rglob("*")} == before


def test_a_backup_on_a_new_computer(city: Path, home: Path, tmp_path: Path) -> None:
    assert husrum("intake", "add", "Anna Holm", "--db", city).exit_code == 0
    backup, new = tmp_path / "stick" / "copy.db", tmp_path / "new" / "aarhus.db"
    backup.parent.mkdir()
    new.parent.mkdir()
    assert husrum("backup", backup, "--db", city).exit_code == 0
    city.unlink()
    env = {"XDG_CONFIG_HOME": str(home)}
    first = husrum("restore", backup, env=env)
    assert first.exit_code == 2 and f"husrum --db FILE restore {backup} --force" in first.stderr
    second = husrum("restore", backup, "--db", new, env=env)
    assert second.exit_code == 3 and second.stderr.startswith(f"Error: {new} does not exist.")
    advice = second.stderr.rpartition(": husrum ")[2].strip()
    assert husrum(*shlex.split(advice), env=env).exit_code == 0
    assert "Anna Holm" in husrum("person", "list", env=env).stdout
