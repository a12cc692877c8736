"""Files that somebody put next to a database, so that opening it harms another file: refused by every command before SQLite opens anything."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from running import ENCRYPTED, husrum, new_city

MAGIC = bytes.fromhex("d9d505f920a163d7")
COMMANDS = (
    ("person", "list"),
    ("check",),
    ("intake", "add", "Anna Holm"),
    ("log",),
    ("undo", "--dry-run"),
    ("backup", "{place}/copy.db"),
    ("encrypt",),
    ("decrypt",),
    ("export", "handover", "{place}/handover.db", "--unencrypted"),
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The coordinator's own file."""
    return new_city(tmp_path / "aarhus.db")


@pytest.fixture
def gift(tmp_path: Path) -> Path:
    """A file that somebody sent, in a folder of its own."""
    (tmp_path / "gift").mkdir()
    return new_city(tmp_path / "gift" / "gift.db", "Viborg")


def journal_naming(path: Path, database: Path) -> bytes:
    """A rollback journal that SQLite takes for unfinished, with `path` as its super-journal."""
    size = int.from_bytes(database.read_bytes()[16:18])
    header = MAGIC + b"".join(number.to_bytes(4) for number in (0, 1, database.stat().st_size // size, 512, size))
    name = os.fsencode(path)
    lock_page = 2**30 // size + 1
    numbers = (len(name), sum(name))
    return header.ljust(512, b"\0") + lock_page.to_bytes(4) + name + b"".join(number.to_bytes(4) for number in numbers) + MAGIC


def refused(gift: Path, own: Path, words: tuple[str, ...]) -> None:
    """The command is refused with one line, and neither file changes."""
    before = own.read_bytes(), gift.read_bytes()
    result = husrum(*(word.replace("{place}", str(own.parent)) for word in words), "--db", gift)
    assert result.exit_code == 3, (words, result.stderr)
    assert result.stderr.startswith(f"Error: {gift} was not opened: {gift}-") and result.stderr.count("\n") == 1
    assert (own.read_bytes(), gift.read_bytes()) == before


@pytest.mark.skipif(ENCRYPTED, reason="the journal is made for a plain file")
def test_without_the_check_sqlite_deletes_the_other_file(gift: Path, tmp_path: Path) -> None:
    """Most files; of some, such as databases with certain bytes in them, SQLite reads the text as names of folders, and fails."""
    key = tmp_path / "link.key"
    key.write_text("secret")
    gift.with_name("gift.db-journal").write_bytes(journal_naming(key, gift))
    with closing(sqlite3.connect(gift)) as connection:
        connection.execute("SELECT * FROM branches").fetchall()
    if key.exists() and sqlite3.sqlite_version_info >= (3, 41):  # 3.40 deletes it, 3.53 does not
        pytest.skip(f"SQLite {sqlite3.sqlite_version} leaves the other file alone")
    assert not key.exists()


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.skipif(ENCRYPTED, reason="the journal is made for a plain file")
def test_a_journal_that_names_another_file(gift: Path, own: Path, words: tuple[str, ...]) -> None:
    gift.with_name("gift.db-journal").write_bytes(journal_naming(own, gift))
    refused(gift, own, words)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("link", [os.symlink, os.link], ids=["symbolic", "hard"])
@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_a_neighbour_that_is_a_link(gift: Path, own: Path, ending: str, link: object) -> None:
    (os.symlink if link is os.symlink else os.link)(own, gift.with_name(f"gift.db{ending}"))
    for words in COMMANDS:
        refused(gift, own, words)


@pytest.mark.skipif(os.name == "nt" or ENCRYPTED, reason="links need rights on Windows")
def test_the_neighbours_of_a_linked_file_count(gift: Path, own: Path) -> None:
    gift.with_name("gift.db-journal").write_bytes(journal_naming(own, gift))
    shortcut = own.with_name("shortcut.db")
    shortcut.symlink_to(gift)
    assert husrum("person", "list", "--db", shortcut).exit_code == 3
    assert own.exists()


@pytest.mark.skipif(ENCRYPTED, reason="the journal is made for a plain file")
def test_merged_or_restored_it_is_refused_too(gift: Path, own: Path) -> None:
    gift.with_name("gift.db-journal").write_bytes(journal_naming(own, gift))
    for words in (("merge", own.with_name("denmark.db"), gift), ("restore", gift, "--force", "--yes", "--db", own)):
        assert husrum(*words).exit_code == 3
        assert own.exists()


def test_an_ordinary_unfinished_write_is_rolled_back(own: Path) -> None:
    if ENCRYPTED:
        return
    size = int.from_bytes(own.read_bytes()[16:18])
    journal = own.with_name("aarhus.db-journal")
    journal.write_bytes(journal_naming(own, own)[:512].ljust(512 + size, b"\0"))
    assert husrum("person", "list", "--db", own).exit_code == 0
    assert not journal.exists()
