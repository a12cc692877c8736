"""Keep the link tags of a city's people in its own file, so that the next handover only makes those of people who are new or whose facts changed.

The file contains the names that the tags are made of, so they disclose nothing new to its owner.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from ...errors import HusrumError
from ...store import Store
from ...store.union.travelling_rows import WITHDRAWN
from . import linking
from .copies import Key


class TagCache:
    """The tags that were made for earlier handovers, and those made now."""

    def __init__(self, store: Store, path: Path) -> None:
        self.key = linking.read_link_key(path)
        self.known: dict[str, str] = {row["facts"]: row["tag"] for row in store.rows("SELECT facts, tag FROM made_tags")}
        self.new = False

    def as_key(self) -> Key:
        """Return the key to tag with, which makes only what was not made before."""
        return Key(linking.tag_version(self.key), self._tags)

    def _tags(self, name: str | None, born: str | None, phone: str | None, email: str | None) -> dict[str, str]:
        return {kind: self._tag(keyed) for kind, keyed in linking.keyed_facts(name, born, phone, email, self.key).items()}

    def _tag(self, keyed: bytes) -> str:
        facts = _facts(keyed)
        if facts not in self.known:
            self.known[facts] = linking.tag(keyed, self.key)
            self.new = True
        return self.known[facts]

    def save(self, store: Store) -> None:
        """Write what was made to the city's file, in place of what was there; of nobody whose consent was withdrawn. It is not logged.

        Where the file can't be written, the next handover makes the same tags again.
        """
        if not self.new:
            return
        sql = f"SELECT id, name, born, phone, email FROM people WHERE id NOT IN ({WITHDRAWN.format('main')})"
        rows = []
        for id, name, born, phone, email in store.connection.execute(sql).fetchall():
            for kind, keyed in linking.keyed_facts(name, born, phone, email, self.key).items():
                if tag := self.known.get(_facts(keyed)):
                    rows.append((id, kind, _facts(keyed), tag))
        with suppress(HusrumError), store.writing(None):
            for row in store.rows("SELECT DISTINCT person_id FROM made_tags"):
                store.delete("made_tags", person_id=row["person_id"])
            store.insert_many("made_tags", ("person_id", "kind", "facts", "tag"), rows)


def _facts(keyed: bytes) -> str:
    """Hash the facts together with the rules. The key's own hash is never stored."""
    return hashlib.sha256(linking.RULES + keyed).hexdigest()
