"""Files that an earlier merge into the same file read: one with the same bytes is as sound as it was then, and holds the same rows.

What is known is kept in the folder of the user's settings, for each target by itself: hashes of files, and of which branches each holds what the target holds.
Without it everything is looked through.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ... import __version__
from ...atomic_files import temporary_file
from ...platforms.folders import settings_folder
from ...platforms.private import make_private_folder
from ...platforms.replacing import replace
from .travelling_rows import Counts

_SCHEMA = f"husrum.merged/1 {__version__}"  # another version may look for more
NATION_UID = ""
"""The key of the nation's own rows, among the uids of branches."""


class KnownFile(NamedTuple):
    """A file that was found sound. `same`: uids of the branches whose rows are the target's."""

    same: frozenset[str]
    counts: Counts


class KnownFiles(NamedTuple):
    """The files that were merged into one: hash -> file. `target`, `counts`: of the target as the last merge left it."""

    target: str | None = None
    counts: Counts = {}
    files: Mapping[str, KnownFile] = {}

    def counts_of(self, file: str | None) -> Counts | None:
        """Return the counts of the file with this hash, if it was found sound, or made, by the last merge."""
        if file is None:
            return None
        return self.counts if file == self.target else self.files[file].counts if file in self.files else None

    def holds_rows(self, file: str | None, uid: str) -> bool:
        """Whether a file with this hash holds the target's rows of a branch."""
        return file is not None and file in self.files and uid in self.files[file].same


def known_files(target: Path, hash: str | None) -> KnownFiles:
    """Return what is known of the files that were merged into a file, which has this hash now. It is nothing if the file is another than the merge left."""
    try:
        found = json.loads(_place(target).read_bytes())
        if (found["schema"], found["target"]) != (_SCHEMA, hash):
            return KnownFiles()
        files = {file: KnownFile(frozenset(same), _counts(counts)) for file, (same, counts) in found["files"].items()}
        return KnownFiles(hash, _counts(found["counts"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return KnownFiles()


def remember_files(target: Path, known: KnownFiles) -> None:
    """Store what is known after a merge. It only saves time, so a folder that can't be written doesn't matter."""
    place = _place(target)
    files = {file: [sorted(each.same), _keyed(each.counts)] for file, each in known.files.items()}
    record = {"schema": _SCHEMA, "target": known.target, "counts": _keyed(known.counts), "files": files}
    with suppress(OSError):
        for folder in (place.parent.parent, place.parent):
            make_private_folder(folder)
        with temporary_file(place) as temporary:
            temporary.write_text(json.dumps(record), encoding="utf-8")
            replace(temporary, place)


def hash_of(path: Path) -> str:
    """Return the hash of a file's bytes.

    Not while this process holds a lock on the file: on POSIX, closing a file releases all of the process's locks on it.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _keyed(counts: Counts) -> dict[str, dict[str, int]]:
    """Return counts with keys that JSON can have."""
    return {table: {str(branch or ""): number for branch, number in each.items()} for table, each in counts.items()}


def _counts(keyed: dict[str, dict[str, int]]) -> Counts:
    return {table: {int(branch) if branch else None: number for branch, number in each.items()} for table, each in keyed.items()}


def _place(target: Path) -> Path:
    return settings_folder() / "merged" / f"{hashlib.sha256(os.fsencode(target)).hexdigest()[:32]}.json"
