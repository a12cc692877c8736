"""A key on the same disk as the file protects little: it can be locked with a passphrase, or kept in the system's key store."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cheap import COSTLY
from running import ENCRYPTED, Result, husrum, husrum_process, new_city

from husrum_cli.domain.national import linking
from husrum_cli.domain.people import name_hash
from husrum_cli.store import locked_keys
from husrum_cli.store.connection import MAGIC
from husrum_cli.store.passphrases import Passphrases

pytestmark = pytest.mark.skipif(ENCRYPTED, reason="the files are encrypted by the tests themselves")
WORDS = "fire grønne cykler i regn"


@pytest.fixture(autouse=True)
def new_run() -> None:
    """Forget what an earlier command unlocked, as when a program ends."""
    Passphrases.opened.clear()
    Passphrases.wrong.clear()


class Home:
    """A city's file, and its user's settings."""

    def __init__(self, folder: Path) -> None:
        self.city = new_city(folder / "aarhus.db")
        self.settings = folder / "home"
        self.key = self.settings / "husrum" / "db.key"

    def __call__(self, *words: object, status: int = 0, **env: str) -> Result:
        """Run a command, which ends with a status."""
        Passphrases.opened.clear()
        Passphrases.wrong.clear()
        nothing = dict.fromkeys(("HUSRUM_DB_KEY", "HUSRUM_DB_PASSPHRASE", "HUSRUM_DB_NEW_PASSPHRASE"))
        result = husrum(*words, "--db", self.city, env={**nothing, "XDG_CONFIG_HOME": str(self.settings), **env})
        assert result.exit_code == status, (words, result.stderr)
        return result


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_a_key_that_is_locked_opens_nothing_without_the_passphrase(home: Home) -> None:
    output = home("encrypt", "--lock", "passphrase", HUSRUM_DB_NEW_PASSPHRASE=WORDS).stderr
    assert f"{home.key}: the key is locked with the passphrase" in output
    assert not home.city.read_bytes().startswith(MAGIC) and home.key.read_text().startswith("husrum key locked")
    assert home.key.stat().st_mode & 0o777 == 0o600
    home("intake", "add", "Anna Holm", "--enquired", "2024-01-02", HUSRUM_DB_PASSPHRASE=WORDS)
    assert "Anna Holm" in home("person", "list", HUSRUM_DB_PASSPHRASE=WORDS).stdout
    assert "the passphrase is wrong" in home("person", "list", status=3, HUSRUM_DB_PASSPHRASE=WORDS + "!").stderr
    assert "HUSRUM_DB_PASSPHRASE" in home("person", "list", status=3).stderr


def test_a_wrong_passphrase_is_said_before_it_is_asked_for_again(home: Home) -> None:
    terminal = pytest.importorskip("terminal")
    right = "four green bicycles"
    mine = {"XDG_CONFIG_HOME": str(home.settings), "HUSRUM_DB_KEY": None, "HUSRUM_DB_PASSPHRASE": None}
    locking = husrum_process("encrypt", "--lock", "passphrase", "--db", home.city, env={**mine, "HUSRUM_DB_NEW_PASSPHRASE": right})
    assert locking.exit_code == 0
    for language in ("en", None):  # the file's own language is read before the command runs
        for typed, status, said in ((["wrong", right], 0, 1), (["wrong", "wronger", "wrongest"], 3, 2)):
            with terminal.Terminal(home.city, "person", "list", env={**mine, "HUSRUM_LANGUAGE": language}) as seat:
                for number, words in enumerate(typed):
                    while seat.shown.count("Passphrase of") <= number:
                        seat.see("Passphrase of")
                    seat.type(f"{words}\r")
                ended, shown = seat.end()
            assert (ended, shown.count("That is not the passphrase. Once more:")) == (status, said), shown


def test_the_passphrase_is_changed_without_encrypting_again(home: Home) -> None:
    home("encrypt", "--lock", "passphrase", HUSRUM_DB_NEW_PASSPHRASE=WORDS)
    before, locked = home.city.read_bytes(), home.key.read_bytes()
    home("encrypt", "--lock", "passphrase", HUSRUM_DB_PASSPHRASE=WORDS, HUSRUM_DB_NEW_PASSPHRASE="fem røde både ved kaj")
    assert home.city.read_bytes() == before and home.key.read_bytes() != locked
    home("person", "list", status=3, HUSRUM_DB_PASSPHRASE=WORDS)
    home("encrypt", "--lock", "none", HUSRUM_DB_PASSPHRASE="fem røde både ved kaj")
    assert len(home.key.read_bytes()) == 32
    home("person", "list")


def test_a_copy_of_the_key_opens_the_file_by_itself(home: Home, tmp_path: Path) -> None:
    copy = tmp_path / "stick.key"
    home("encrypt", "--lock", "passphrase", "--key-copy", copy, HUSRUM_DB_NEW_PASSPHRASE=WORDS)
    assert len(copy.read_bytes()) == 32 and copy.stat().st_mode & 0o777 == 0o600
    home.key.unlink()
    home("person", "list", "--db-key", copy)
    assert "exists" in home("encrypt", "--key-copy", copy, "--db-key", copy, status=5).stderr


@pytest.mark.parametrize(("words", "env", "status", "said"), [
    (("--lock", "passphrase"), {}, 2, "no terminal to ask at"),
    (("--lock", "passphrase"), {"HUSRUM_DB_NEW_PASSPHRASE": "sesam"}, 2, "fewer than 12 characters"),
    (("--lock", "door"), {}, 2, "“door” is not one of passphrase, key-store, none"),
])  # fmt: skip
def test_what_is_no_lock_changes_nothing(home: Home, words: tuple[str, ...], env: dict[str, str], status: int, said: str) -> None:
    before = home.city.read_bytes()
    assert said in home("encrypt", *words, status=status, **env).stderr
    assert home.city.read_bytes() == before and not home.key.exists()


def test_a_locked_key_that_is_damaged(home: Home) -> None:
    home("encrypt", "--lock", "passphrase", HUSRUM_DB_NEW_PASSPHRASE=WORDS)
    home.key.write_bytes(home.key.read_bytes()[:-30])
    output = home("person", "list", status=3, HUSRUM_DB_PASSPHRASE=WORDS).stderr
    assert output.count("\n") == 1 and str(home.key) in output and WORDS not in output
    home.key.write_text("husrum key locked with a passphrase 1\n")
    assert "it holds no locked key" in home("person", "list", status=3, HUSRUM_DB_PASSPHRASE=WORDS).stderr


class NoKeyring(RuntimeError):
    """The error of the package keyring if there is no key store."""


def installed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The package keyring, without functions yet."""
    module, errors = ModuleType("keyring"), ModuleType("keyring.errors")
    errors.KeyringError = NoKeyring  # type: ignore[attr-defined]
    module.errors = errors  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    return module


@pytest.fixture
def key_store(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """A system's key store."""
    held: dict[tuple[str, str], str] = {}
    module = installed(monkeypatch)
    module.set_password = lambda service, name, password: held.__setitem__((service, name), password)
    module.get_password = lambda service, name: held.get((service, name))
    module.delete_password = lambda service, name: held.pop((service, name))
    return held


def test_the_key_is_kept_in_the_system_s_key_store(home: Home, key_store: dict[tuple[str, str], str]) -> None:
    output = home("encrypt", "--lock", "key-store").stderr
    assert "the key is in this computer's key store" in output and "--key-copy FILE" in output
    [(service, key)] = [(service, key) for (service, _name), key in key_store.items()]
    assert service == "husrum" and key not in home.key.read_text()
    home("person", "list")
    key_store.clear()
    assert "not in the key store of this user and computer" in home("person", "list", status=3).stderr


def test_a_key_that_is_locked_otherwise_leaves_the_key_store(home: Home, key_store: dict[tuple[str, str], str]) -> None:
    home("encrypt", "--lock", "key-store")
    home("encrypt", "--lock", "key-store")
    assert len(key_store) == 1
    home("encrypt", "--lock", "passphrase", HUSRUM_DB_NEW_PASSPHRASE=WORDS)
    assert not key_store
    home("person", "list", HUSRUM_DB_PASSPHRASE=WORDS)


def test_without_a_key_store_the_key_stays_where_it_is(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_there(*_words: str) -> None:
        raise NoKeyring("No recommended backend was available.")

    installed(monkeypatch).set_password = none_there
    home("encrypt")
    key = home.key.read_bytes()
    assert "No recommended backend was available." in home("encrypt", "--lock", "key-store", status=5).stderr
    monkeypatch.setitem(sys.modules, "keyring.errors", None)
    assert "keyring\n" in home("encrypt", "--lock", "key-store", status=2).stderr
    assert home.key.read_bytes() == key
    home("person", "list")


def test_a_copy_of_the_key_that_can_not_be_written_leaves_the_file_in_clear(home: Home, tmp_path: Path) -> None:
    assert "exists" in home("encrypt", "--key-copy", tmp_path, status=5).stderr
    assert home.city.read_bytes().startswith(MAGIC) and not home.key.exists()


def test_what_is_slow_by_design_has_the_memory_that_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """All other tests make it cheap, and would not notice."""
    for module, name, costly in zip((linking, name_hash, locked_keys), ("_COST", "_WORK", "_WORK"), COSTLY, strict=True):
        assert getattr(module, name) != costly
        monkeypatch.setattr(module, name, costly)
    assert linking.tag(b"facts", b"key") and name_hash._hash(b"name", "uid") and locked_keys._pads(WORDS, b"salt")
