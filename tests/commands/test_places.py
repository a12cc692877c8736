"""The place of a file: synchronised folders, files that others can read, disks that are not encrypted."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from running import ENCRYPTED, husrum, new_city

from husrum_cli.domain import file_location
from husrum_cli.domain.file_location import disk_encrypted, places_to_worry_about

CLEAR = {"HUSRUM_DISK": None}


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A made-up /sys with the test's own disk; `mounts` lists what is mounted."""
    monkeypatch.delenv("HUSRUM_DISK", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(file_location, "_SYSTEM", tmp_path / "sys")
    monkeypatch.setattr(file_location, "_MOUNTS", tmp_path / "mounts")
    monkeypatch.setattr(os, "major", lambda number: 8)
    monkeypatch.setattr(os, "minor", lambda number: 1)
    (tmp_path / "mounts").write_text("36 35 8:1 / /home rw - ext4 /dev/sda1 rw\n")
    device = tmp_path / "sys" / "dev" / "block" / "8:1"
    device.mkdir(parents=True)
    return device


def dm(device: Path, uuid: str) -> None:
    """Makes it a device of the device mapper."""
    (device / "dm").mkdir(parents=True)
    (device / "dm" / "uuid").write_text(f"{uuid}\n")


@pytest.mark.parametrize("folder", ["OneDrive - HUSRUM", "Dropbox", "Nextcloud", "Google Drive", "CloudStorage"])
def test_a_folder_that_is_copied_elsewhere(tmp_path: Path, folder: str) -> None:
    place = tmp_path / folder / "city"
    place.mkdir(parents=True)
    result = husrum("init", place / "city.db", "--city", "Aarhus")
    assert result.exit_code == 0
    assert "copies to other computers" in result.stderr
    assert "copies to other computers" in husrum("check", "--db", place / "city.db").stderr
    assert "copies to other computers" in husrum("backup", place / "copy.db", "--db", place / "city.db").stderr


def test_a_file_of_that_name_is_no_such_folder(tmp_path: Path) -> None:
    assert "Note" not in husrum("init", tmp_path / "dropbox.db", "--city", "Aarhus").stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_file_that_others_can_read(city: Path) -> None:
    city.chmod(0o640)
    assert "chmod 600" in husrum("check", "--db", city).stderr


def test_a_plain_disk(disk: Path, city: Path) -> None:
    assert disk_encrypted(city) is False
    shown = husrum("check", "--db", city, env=CLEAR)
    assert shown.exit_code == 0
    assert ("is not encrypted" in shown.stderr) != ENCRYPTED
    # What a person says of a disk that encrypts by itself is believed; and an encrypted file needs no encrypted disk.
    assert husrum("check", "--db", city, env={"HUSRUM_DISK": "encrypted"}).stderr.count("Note") == 0
    assert not places_to_worry_about(city, encrypted=True)


def test_an_encrypted_disk(disk: Path, city: Path) -> None:
    dm(disk, "CRYPT-LUKS2-0123-root")
    assert disk_encrypted(city) is True


def test_volumes_on_an_encrypted_disk(disk: Path, city: Path, tmp_path: Path) -> None:
    dm(disk, "LVM-abc")
    below = tmp_path / "dm-0"
    dm(below, "CRYPT-LUKS2-0123")
    (disk / "slaves").mkdir()
    (disk / "slaves" / "dm-0").symlink_to(below)
    assert disk_encrypted(city) is True
    # One half of the volume on a plain disk is enough.
    plain = tmp_path / "sdb1"
    plain.mkdir()
    (disk / "slaves" / "sdb1").symlink_to(plain)
    assert disk_encrypted(city) is False


def test_a_file_system_that_encrypts(disk: Path, city: Path, tmp_path: Path) -> None:
    (tmp_path / "mounts").write_text("36 35 8:1 / /home rw - fuse.gocryptfs /vault rw\n")
    assert disk_encrypted(city) is True


@pytest.mark.parametrize("mounts", ["36 35 0:21 / /home rw - tmpfs tmpfs rw\n", "36 35 0:21 / /home rw - nfs4 server:/home rw\n", ""])
def test_where_nothing_can_be_seen_nothing_is_said(
    disk: Path, city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounts: str
) -> None:
    monkeypatch.setattr(os, "major", lambda number: 0)
    monkeypatch.setattr(os, "minor", lambda number: 21)
    (tmp_path / "mounts").write_text(mounts)
    assert disk_encrypted(city) is None
    assert not places_to_worry_about(city)


@pytest.mark.parametrize(("platform", "tool"), [("darwin", "fdesetup"), ("win32", "manage-bde")])
@pytest.mark.parametrize(("status", "answer"), [(0, True), (1, False), (5, None), (None, None)])
def test_other_systems_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, tool: str, status: int | None, answer: bool | None
) -> None:
    if status is not None:
        (tmp_path / tool).write_text(f"#!/bin/sh\nexit {status}\n")
        (tmp_path / tool).chmod(0o755)
    monkeypatch.delenv("HUSRUM_DISK", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", platform)
    assert disk_encrypted(tmp_path) is answer


def test_of_this_computer_something_is_known_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUSRUM_DISK", raising=False)
    assert disk_encrypted(new_city(tmp_path / "city.db")) in (True, False, None)


def test_texts_are_not_read_from_what_has_no_end(tmp_path: Path) -> None:
    path = new_city(tmp_path / "town.db")
    assert husrum("event", "log", "Games", "--date", "2024-03-01", "--db", str(path)).exit_code == 0
    os.mkfifo(tmp_path / "pipe")
    for place in ("/dev/zero", str(tmp_path / "pipe"), str(tmp_path), "/"):
        for words in (
            ("group", "open", "Talk", "--kind", "talk", "--start", "2024-12-01", "--themes", place),
            ("report", "2024", "--text", place, "--to", str(tmp_path / "r.html")),
            ("export", "form", "tils", "--wording", place, "--to", str(tmp_path / "f.html")),
            ("import", place, "--as", "intakes"),
        ):
            result = husrum(*words, "--db", str(path))
            assert result.exit_code == 3 and len(result.stderr.splitlines()) == 1, words
