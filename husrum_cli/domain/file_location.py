"""The location of a file, and who else might be able to read it there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ..i18n import _
from ..platforms.private import others_can_read

# Folders with these words in their path are copied to somebody else's computers.
_SYNCHRONISED = (
    "OneDrive",
    "Dropbox",
    "Google Drive",
    "GoogleDrive",
    "My Drive",
    "iCloud",
    "CloudDocs",
    "CloudStorage",
    "Nextcloud",
    "ownCloud",
    "pCloud",
    "MEGAsync",
    "Syncthing",
    "Box Sync",
)
# File systems that write nothing to a disk that isn't encrypted.
_ENCRYPTED_SYSTEMS = frozenset({"ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs", "fuse.securefs"})
_SYSTEM = Path("/sys")
_MOUNTS = Path("/proc/self/mountinfo")


def places_to_worry_about(path: Path, encrypted: bool = False) -> list[str]:
    """Return why others might be able to read the file in its folder. `encrypted`: the file itself is, so that its disk need not be."""
    worries = []
    place = path.resolve()
    cloud = next((word for part in place.parent.parts for word in _SYNCHRONISED if word.casefold() in part.casefold()), None)
    if cloud:
        worries.append(
            _("{path} is in a folder that {service} copies to other computers; move it to one that stays here.", path=path, service=cloud)
        )
    if others_can_read(place):
        worries.append(_("{path} can be read by others on this computer; fix it with: chmod 600 {path}", path=path))
    if not encrypted and disk_encrypted(place) is False:
        worries.append(
            _(
                "As far as can be seen, the disk of {path} is not encrypted: anyone who takes the computer can read it. Turn on the "
                "computer's disk encryption (BitLocker, FileVault, LUKS), or encrypt the file: husrum encrypt",
                path=path,
            )
        )
    return worries


def disk_encrypted(place: Path) -> bool | None:
    """Whether the disk under a file is encrypted; None if that can't be seen.

    A disk that encrypts by itself can't be seen from here: `HUSRUM_DISK=encrypted` says that it does.
    """
    if os.environ.get("HUSRUM_DISK", "").lower() == "encrypted":
        return True
    if sys.platform == "darwin":
        return _answer(["fdesetup", "isactive"])
    if sys.platform == "win32":
        return _answer(["manage-bde", "-status", place.drive, "-protectionaserrorlevel"])
    return _linux(place) if sys.platform == "linux" else None


def _answer(command: list[str]) -> bool | None:
    """Return the exit status of a system tool as an answer: 0 yes, 1 no; None if neither."""
    try:
        status = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=5).returncode
    except (OSError, subprocess.SubprocessError):
        return None
    return {0: True, 1: False}.get(status)


def _linux(place: Path) -> bool | None:
    if sys.platform == "win32":
        return None  # for the check of types: there are no such numbers
    try:
        number = place.stat().st_dev
        major, minor = os.major(number), os.minor(number)
        mount = _mount(f"{major}:{minor}")
        if mount is not None and mount[0] in _ENCRYPTED_SYSTEMS:
            return True
        if major == 0:  # btrfs and the like lie on a device of another number; a network or memory on none
            if mount is None or not mount[1].startswith("/dev/"):
                return None
            number = Path(mount[1]).stat().st_rdev
            major, minor = os.major(number), os.minor(number)
        device = (_SYSTEM / "dev" / "block" / f"{major}:{minor}").resolve(strict=True)
        return _encrypted(device)
    except OSError:
        return None


def _mount(number: str) -> tuple[str, str] | None:
    """Return (kind of file system, device) of the mount with this number."""
    for line in _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines():
        before, _dash, after = line.partition(" - ")
        if before.split()[2] == number:
            kind, device = after.split()[:2]
            return kind, device
    return None


def _encrypted(device: Path) -> bool:
    """Whether a block device is encrypted by dm-crypt, or is made of devices that all are."""
    name = device / "dm" / "uuid"
    if name.is_file() and name.read_text(encoding="ascii", errors="replace").startswith("CRYPT-"):
        return True
    under = device / "slaves"
    below = sorted(under.iterdir()) if under.is_dir() else []
    return bool(below) and all(_encrypted(each.resolve()) for each in below)
