"""Everything that can fail is tried before a file is replaced by an encrypted one: the key is in its final form by then, and remembered."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from faults import started
from running import ENCRYPTED, husrum, process_environment
from test_locked_keys import WORDS, Home, NoKeyring, installed, key_store, new_run

from husrum_cli.store import copying, encryption, locked_keys, opening, written_keys
from husrum_cli.store.connection import MAGIC

__all__ = ["key_store", "new_run"]
pytestmark = pytest.mark.skipif(ENCRYPTED, reason="the files are encrypted by the tests themselves")
LOCKS: dict[str, tuple[str, ...]] = {"no lock": (), **{lock: ("--lock", lock) for lock in ("passphrase", "key-store", "none")}}
every_lock = pytest.mark.parametrize("words", LOCKS.values(), ids=LOCKS)
NEW = {"HUSRUM_DB_NEW_PASSPHRASE": WORDS}
KeyStore = dict[tuple[str, str], str]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below the folder with its bytes."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def calling(before: Callable[[], object], function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, before which another one is called."""

    def both(*words: Any, **more: Any) -> Any:
        before()
        return function(*words, **more)

    return both


def failing(error: BaseException) -> Callable[..., Any]:
    """A function that raises the error."""

    def fail(*_words: object, **_more: object) -> None:
        raise error

    return fail


@every_lock
def test_settings_that_can_not_be_written_leave_the_file_in_clear(
    home: Home, tmp_path: Path, key_store: KeyStore, words: tuple[str, ...]
) -> None:
    (home.key.parent / "db-key" / "taken").mkdir(parents=True)  # where the key's place is remembered
    before = everything(tmp_path)
    assert "db-key" in home("encrypt", *words, "--key-copy", tmp_path / "copy.key", status=3, **NEW).stderr
    assert everything(tmp_path) == before and not key_store
    home("person", "list")


@every_lock
@pytest.mark.parametrize("new", [True, False], ids=["new key", "old key"])
def test_a_copy_that_fails_takes_the_key_back(
    home: Home, tmp_path: Path, key_store: KeyStore, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], new: bool
) -> None:
    if not new:
        home("encrypt")
        home("decrypt")
    before = everything(tmp_path)
    monkeypatch.setattr(encryption, "copy_with_key", failing(OSError("No space left on device")))
    assert "No space left" in home("encrypt", *words, "--key-copy", tmp_path / "copy.key", status=3, **NEW).stderr
    assert everything(tmp_path) == before and not key_store


def test_without_a_key_store_nothing_is_encrypted(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(tmp_path)
    module = installed(monkeypatch)
    module.set_password = failing(NoKeyring("No recommended backend was available."))
    assert "No recommended backend was available." in home("encrypt", "--lock", "key-store", status=5).stderr
    assert everything(tmp_path) == before
    module.set_password = lambda *_words: None  # one that forgets everything
    module.get_password = lambda *_words: None
    assert "does not return what is put into it" in home("encrypt", "--lock", "key-store", status=5).stderr
    assert everything(tmp_path) == before


@pytest.mark.parametrize(("lock", "first"), [("passphrase", locked_keys._LOCKED), ("key-store", locked_keys._STORED)])
def test_a_key_that_is_to_be_locked_is_never_on_the_disk_unlocked(
    home: Home, key_store: KeyStore, monkeypatch: pytest.MonkeyPatch, lock: str, first: str
) -> None:
    written: list[bytes] = []
    write = Path.write_bytes

    def writing(path: Path, content: bytes) -> int:
        written.append(content)
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", writing)
    home("encrypt", "--lock", lock, **NEW)
    assert [content.startswith(first.encode()) for content in written] == [True]


# Killed when all is done but the replacing.
KILLED = """
import os
from husrum_cli.store import encryption, locked_keys
locked_keys._WORK = {}
encryption.replace = lambda *words: os._exit(9)
from husrum_cli.__main__ import main
main()
"""


def test_killed_before_the_file_is_replaced_it_works_as_before(home: Home) -> None:
    mine = {"XDG_CONFIG_HOME": str(home.settings), "HUSRUM_DB_KEY": None, "HUSRUM_DB_PASSPHRASE": None, **NEW}
    command = [sys.executable, "-c", KILLED.format(locked_keys._WORK), "encrypt", "--lock", "passphrase", "--db", str(home.city)]
    assert subprocess.run(command, env=process_environment(mine), timeout=60).returncode == 9
    assert home.key.read_bytes().startswith(locked_keys._LOCKED.encode())
    assert home.city.read_bytes().startswith(MAGIC)
    home("intake", "add", "Anna Holm")
    # The passphrase need not be the old one again.
    passphrase = "fem røde både ved kaj"
    home("encrypt", "--lock", "passphrase", HUSRUM_DB_PASSPHRASE=WORDS, HUSRUM_DB_NEW_PASSPHRASE=passphrase)
    assert "Anna Holm" in home("person", "list", HUSRUM_DB_PASSPHRASE=passphrase).stdout


@pytest.mark.parametrize("words", [(), ("--lock", "passphrase")], ids=" ".join)
def test_what_fails_once_the_file_is_encrypted_leaves_the_key(home: Home, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    monkeypatch.setattr(encryption, "_overwrite", failing(KeyboardInterrupt()))
    home("encrypt", *words, status=130, **NEW)
    assert not home.city.read_bytes().startswith(MAGIC)
    home("person", "list", HUSRUM_DB_PASSPHRASE=WORDS)


def test_plain_bytes_that_can_not_be_overwritten_make_no_failure(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encryption, "_overwrite", failing(OSError("I/O error")))
    home("encrypt")
    home("person", "list")


def test_another_lock_that_can_not_be_written_leaves_the_old_one(
    home: Home, tmp_path: Path, key_store: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    home("encrypt", "--lock", "key-store")
    before, stored = everything(tmp_path), dict(key_store)
    replace, struck = written_keys.replace, []

    def interrupted(new: Path, old: Path) -> None:
        replace(new, old)
        if not struck:
            struck.append(old)
            raise KeyboardInterrupt

    monkeypatch.setattr(written_keys, "replace", interrupted)
    home("encrypt", "--lock", "key-store", status=130)
    assert (everything(tmp_path), key_store) == (before, stored)
    monkeypatch.setattr(written_keys, "replace", failing(OSError("No space left on device")))
    for words in LOCKS.values():
        if words:
            copy = tmp_path / "copy.key"
            assert "No space left" in home("encrypt", *words, "--key-copy", copy, status=3, **NEW).stderr
            assert (everything(tmp_path), key_store) == (before, stored)


# Another program, which doesn't wait.
WRITER = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
other.execute("CREATE TABLE another_program (number INTEGER)")
"""

# SQLite's locks are on these bytes of a file: https://www.sqlite.org/src/file/src/os.h
LOCKED = """
import fcntl, os, sys
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 0x40000001, os.SEEK_SET)
        print("free")
    except OSError:
        print("locked")
"""


def other_writes(path: Path, ended: list[str]) -> None:
    """Let another program write, which doesn't wait for others, and take note of its error."""
    done = subprocess.run([sys.executable, "-c", WRITER, path], capture_output=True, text=True)
    ended.append(done.stderr.strip().rpartition("\n")[2])


def locks(path: Path, ended: list[str]) -> None:
    """Take note whether another program finds the file locked against writing, encrypted or not."""
    ended.append(subprocess.run([sys.executable, "-c", LOCKED, path], capture_output=True, text=True).stdout.strip())


@pytest.mark.parametrize("words", ["encrypt", "decrypt"])
def test_nobody_writes_until_the_file_is_replaced(home: Home, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """On POSIX, closing a file releases all of the process's locks on it."""
    if words == "decrypt":
        home("encrypt")
    ended: list[str] = []
    monkeypatch.setattr(copying, "have_same_rows", calling(lambda: locks(home.city, ended), copying.have_same_rows))
    monkeypatch.setattr(encryption, "replace", calling(lambda: locks(home.city, ended), encryption.replace))
    home(words)
    assert ended == ["locked", "locked"]
    home("check")


def test_a_backup_that_another_program_writes_to_is_not_damaged(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backup = tmp_path / "copy.db"
    home("backup", backup)
    home("encrypt")
    ended: list[str] = []
    monkeypatch.setattr(copying, "have_same_rows", calling(lambda: other_writes(backup, ended), copying.have_same_rows))
    home("restore", backup, "--yes")
    assert ended == ["sqlite3.OperationalError: database is locked"]


def test_of_two_that_encrypt_the_second_is_refused(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """It waited for a file that was then replaced."""
    env = {"XDG_CONFIG_HOME": str(home.settings), "HUSRUM_DB_KEY": None}
    open_store = encryption.open_store
    done: list[int] = []

    def opened(*words: Any, **more: Any) -> Any:
        store = open_store(*words, **more)
        if not done:
            done.append(0)
            done[0] = started("encrypt", "--db", home.city, env=env).wait(60)
        return store

    home("encrypt")
    home("decrypt")
    monkeypatch.setattr(encryption, "open_store", opened)
    assert "was replaced by another program" in home("encrypt", status=3).stderr
    assert done == [0] and not home.city.read_bytes().startswith(MAGIC)
    monkeypatch.undo()
    home("person", "list")


@pytest.mark.parametrize("moment", ["change_counter_in", "version_of"])
@pytest.mark.parametrize("words", [("person", "list"), ("intake", "add", "Bo Ek")], ids=" ".join)
def test_a_file_that_is_replaced_while_it_is_opened(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], moment: str
) -> None:
    home("intake", "add", "Anna Holm")
    shutil.copy2(home.city, tmp_path / "new.db")
    home("encrypt", "--db", tmp_path / "new.db")
    struck: list[Path] = []

    def strike() -> None:
        if not struck:
            struck.append((tmp_path / "new.db").rename(home.city))

    monkeypatch.setattr(opening, moment, calling(strike, getattr(opening, moment)))
    home(*words)
    output = home("person", "list").stdout
    assert struck and "Anna Holm" in output and ("Bo Ek" in output) == ("intake" in words)


def test_a_new_encrypted_file_without_settings_is_not_made(tmp_path: Path) -> None:
    settings = tmp_path / "home"
    (settings / "husrum" / "db-key" / "taken").mkdir(parents=True)
    made = husrum("init", tmp_path / "a.db", "--city", "Aarhus", "--encrypt", env={"XDG_CONFIG_HOME": str(settings), "HUSRUM_DB_KEY": None})
    assert made.exit_code == 3 and "db-key" in made.stderr
    assert everything(tmp_path) == {}
