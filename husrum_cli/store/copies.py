"""Other files of the same city: backups, and what was set aside when one was put back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from ..errors import DamagedFile
from .cipher import MAGIC
from .connection import connect
from .opening import APPLICATION_ID
from .removed_people import ERASED, removed_in
from .store import Store


class Copy(NamedTuple):
    """A file of the same city. `written`: the day of its last command (UTC); `still_holds`: the numbers of those who are gone from the file and stand here."""

    path: Path
    written: str
    still_holds: list[int]
    encrypted: bool


def copies(store: Store, folders: Iterable[Path]) -> list[Copy]:
    """The files of the same city that lie in these folders, the oldest first. What can't be read as a husrum file is passed over."""
    found: dict[Path, Copy] = {}
    how = {each.person_uid: each.how for each in removed_in(store.connection)}
    for folder in folders:
        for place in sorted(folder.iterdir()):
            resolved = place.resolve()
            if resolved in found or not place.is_file() or place.samefile(store.path):
                continue
            if copy := _look_into(place, store, how):
                found[resolved] = copy
    return sorted(found.values(), key=lambda copy: (copy.written, copy.path))


def _look_into(path: Path, store: Store, how: dict[str | None, str]) -> Copy | None:
    try:
        with path.open("rb") as file:
            header = file.read(72)
        plain = header.startswith(MAGIC)
        if not header or (int.from_bytes(header[68:72]) != APPLICATION_ID if plain else store.key is None):
            return None
        with closing(connect(path, "ro", None if plain else store.key)) as connection:
            cities = {row[0] for row in connection.execute("SELECT uid FROM branches")}
            own = {row["uid"] for row in store.rows("SELECT uid FROM branches")}
            if not cities & own:
                return None
            written = connection.execute("SELECT max(at) FROM edits").fetchone()[0] or ""
            people = connection.execute(
                "SELECT number, uid, name IS NOT NULL OR phone IS NOT NULL OR email IS NOT NULL OR length(born) > 4 FROM people"
            ).fetchall()
    except (OSError, sqlite3.DatabaseError, DamagedFile):
        return None
    named = [number for number, uid, told in people if uid in how and (told or how[uid] == ERASED)]
    return Copy(path, written[:10], sorted(named), not plain)
