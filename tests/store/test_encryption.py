"""Encrypted files: nothing in them can be read without the key, and everything works with it. `pytest --encrypted` runs all the other tests on them too."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
import running
from faults import names_after_the_next, no_bug, sound, started, struck
from random_commands import new_town
from running import ENCRYPTED, Result, husrum, looked_into, new_city
from test_undo import edits_of, log_of, rows_of
from test_upgrades import oldest, version
from unions import dump

from husrum_cli.exporting.encryption import new_identity
from husrum_cli.store.connection import MAGIC
from husrum_cli.store.copying import copy_with_key
from husrum_cli.store.opening import VERSION

pytestmark = pytest.mark.skipif(ENCRYPTED, reason="these tests encrypt and decrypt by themselves")
TODAY = {"HUSRUM_TODAY": "2024-10-08"}
NAME = "Annabell Holmgaard"


@pytest.fixture
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    """A user of their own, who has no key yet."""
    return {**TODAY, "XDG_CONFIG_HOME": str(tmp_path_factory.mktemp("home")), "HUSRUM_DB_KEY": None, "HUSRUM_DEBUG": None}


@pytest.fixture(scope="module")
def key_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The key of these tests."""
    place = tmp_path_factory.mktemp("key") / "file.key"
    place.write_bytes(os.urandom(32))
    place.chmod(0o600)
    return place


@pytest.fixture
def key(env: dict[str, str | None], key_once: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key, of this user's environment and of these tests."""
    place = shutil.copy2(key_once, tmp_path_factory.mktemp("key"))
    env["HUSRUM_DB_KEY"] = str(place)
    monkeypatch.setenv("HUSRUM_DB_KEY", str(place))
    monkeypatch.setattr(running, "KEY", key_once.read_bytes())  # for the tests' other program
    return Path(place)


@pytest.fixture(scope="module")
def town_once(key_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small town in an encrypted file, to be copied."""
    path = new_town(tmp_path_factory.mktemp("town") / "aarhus.db")
    env = {**TODAY, "HUSRUM_DB_KEY": str(key_once)}
    fine(husrum("encrypt", "--db", path, env=env))
    fine(husrum("intake", "add", NAME, "--phone", "20123456", "--enquired", "2024-05-01", "--db", path, env=env))
    return path


@pytest.fixture
def town(key: Path, tmp_path: Path, town_once: Path) -> Path:
    """A copy of it, to write to."""
    return Path(shutil.copy2(town_once, tmp_path))


def plain(path: Path) -> bool:
    """Whether a file is not encrypted."""
    return path.read_bytes().startswith(MAGIC)


def fine(result: Result) -> Result:
    """A command that did what it was to do."""
    assert result.exit_code == 0, result.stderr
    return result


def locked(result: Result, *words: str) -> None:
    """A command that could not open the file, and says so in a line."""
    assert result.exit_code == 3 and result.stdout == "" and result.stderr.count("\n") == 1, (result.exit_code, result.stderr)
    for word in words:
        assert word in result.stderr, result.stderr


# The key


def test_a_first_key_is_made_and_serves_all_files(tmp_path: Path, env: dict[str, str | None]) -> None:
    made = fine(husrum("init", tmp_path / "aarhus.db", "--city", "Aarhus", "--encrypt", env=env))
    place = Path(str(env["XDG_CONFIG_HOME"])) / "husrum" / "db.key"
    assert f"{place}: a new key" in made.stderr and "keep a copy" in made.stderr
    assert len(place.read_bytes()) == 32 and stat.S_IMODE(place.stat().st_mode) == 0o600
    fine(husrum("intake", "add", NAME, env=env))
    assert NAME in fine(husrum("person", "list", env=env)).stdout
    content = (tmp_path / "aarhus.db").read_bytes()
    assert NAME.encode() not in content and b"CREATE TABLE" not in content and not plain(tmp_path / "aarhus.db")
    again = fine(husrum("init", tmp_path / "viborg.db", "--city", "Viborg", "--encrypt", env=env))
    assert "a new key" not in again.stderr
    assert "Viborg" in fine(husrum("branch", "list", "--db", tmp_path / "viborg.db", env=env)).stdout


def test_where_the_key_is_looked_for(tmp_path: Path, env: dict[str, str | None]) -> None:
    paths = {name: tmp_path / f"{name}.key" for name in ("option", "environment", "chosen")}
    for name, place in paths.items():
        fine(husrum("init", tmp_path / f"{name}.db", "--city", name, "--encrypt", "--db-key", place, env=env))
    fine(husrum("use", tmp_path / "chosen.db", "--db-key", paths["chosen"], env=env))
    fine(husrum("branch", "list", env=env))
    output = {**env, "HUSRUM_DB_KEY": str(paths["environment"])}
    fine(husrum("branch", "list", "--db", tmp_path / "environment.db", env=output))
    locked(husrum("branch", "list", "--db", tmp_path / "chosen.db", env=output), "another key")
    for words in (["--db-key", paths["option"], "branch", "list"], ["branch", "list", "--db-key", paths["option"]]):
        fine(husrum("--db", tmp_path / "option.db", *words, env=output))


def test_no_key_and_no_file_give_the_same_message(town: Path, tmp_path: Path, env: dict[str, str | None]) -> None:
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(Random(1).randbytes(town.stat().st_size))
    without, before = {**env, "HUSRUM_DB_KEY": None, "XDG_CONFIG_HOME": str(tmp_path / "nobody")}, town.read_bytes()
    for words in (["person", "list"], ["intake", "add", "Ny"], ["check"], ["undo"], ["backup", tmp_path / "copy.db"], ["decrypt"]):
        output = [husrum(*words, "--db", path, env=without) for path in (town, garbage)]
        locked(output[0], "--db-key FILE")
        assert output[0].stderr.replace(town.name, "") == output[1].stderr.replace(garbage.name, "")
        locked(husrum(*words, "--db", garbage, env=env), "another key")
    assert town.read_bytes() == before and not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize(
    "content, mode, output",
    [(bytes(range(32)), 0o600, "another key"), (bytes(31), 0o600, "32 bytes"), (b"", 0o600, "32 bytes"), (bytes(32), 0o644, "chmod 600"), (None, 0, "does not exist")],
    ids=["another", "too short", "empty", "read by others", "none"],
)  # fmt: skip
def test_a_key_that_is_none(town: Path, tmp_path: Path, env: dict[str, str | None], content: bytes | None, mode: int, output: str) -> None:
    place = tmp_path / "other.key"
    if content is not None:
        place.write_bytes(content)
        place.chmod(mode)
    for words in (["person", "list"], ["intake", "add", "Ny"], ["merge", tmp_path / "out.db", town]):
        locked(husrum(*words, "--db", town, "--db-key", place, env=env), output)
    assert not (tmp_path / "out.db").exists()


def test_without_the_package_a_sentence_names_it(
    town: Path, tmp_path: Path, env: dict[str, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from husrum_cli.store.connection import sqlcipher

    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    sqlcipher.cache_clear()
    own = {**env, "HUSRUM_DB_KEY": None}
    for words in (
        ["person", "list", "--db", town],
        ["init", tmp_path / "new.db", "--city", "Viborg", "--encrypt", "--db-key", tmp_path / "new.key"],
    ):
        result = husrum(*words, env=env if "list" in words else own)
        assert result.exit_code == 2 and "-m pip install sqlcipher3" in result.stderr
    assert not (tmp_path / "new.db").exists() and not (tmp_path / "new.key").exists()
    clear = new_city(tmp_path / "clear.db", "Viborg")
    unasked = husrum("encrypt", "--lock", "passphrase", "--db", clear, env=own)
    assert "-m pip install sqlcipher3" in unasked.stderr, "no passphrase is made up for nothing"


# The file


def test_it_is_encrypted_and_decrypted_with_all_that_it_holds(tmp_path: Path, key: Path, env: dict[str, str | None]) -> None:
    path = tmp_path / "aarhus.db"
    fine(husrum("init", path, "--city", "Aarhus", "--encrypt", env=env))
    fine(husrum("decrypt", "--db", path, env=env))
    fine(husrum("intake", "add", NAME, "--phone", "20123456", "--db", path, env=env))
    held, log = dump(path), log_of(path)
    output = fine(husrum("encrypt", "--db", path, env=env)).stderr
    assert "is encrypted" in output and not plain(path) and stat.S_IMODE(path.stat().st_mode) == 0o600
    refused = husrum("encrypt", "--db", path, env=env)
    assert refused.exit_code == 5 and "already" in refused.stderr
    assert json.loads(fine(husrum("log", "--format", "json", "--db", path, env=env)).stdout) == json.loads(json.dumps(log))
    fine(husrum("check", "--db", path, env=env))
    fine(husrum("decrypt", "--db", path, env=env))
    steps = [line[-1] for line in held if line[0] == "steps"]
    assert plain(path) and [line for line in dump(path) if line[0] != "steps"] == [line for line in held if line[0] != "steps"], steps
    refused = husrum("decrypt", "--db", path, env=env)
    assert refused.exit_code == 5 and "not encrypted" in refused.stderr
    # What was written before can still be taken back.
    fine(husrum("undo", "--db", path, env=env))
    assert NAME not in fine(husrum("person", "list", "--db", path, env=env)).stdout
    assert {each.name for each in tmp_path.iterdir()} == {"aarhus.db"}


def test_copies_from_before_are_named(tmp_path: Path, env: dict[str, str | None]) -> None:
    path = tmp_path / "aarhus.db"
    fine(husrum("init", path, "--city", "Aarhus", "--encrypt", env=env))
    fine(husrum("backup", tmp_path / "encrypted.db", "--db", path, env=env))
    fine(husrum("decrypt", "--db", path, env=env))
    fine(husrum("backup", tmp_path / "clear.db", "--db", path, env=env))
    output = fine(husrum("encrypt", "--db", path, env=env)).stderr
    assert "clear.db" in output and "encrypted.db" not in output


def test_what_is_made_of_it_is_encrypted_too(town: Path, key: Path, tmp_path: Path, env: dict[str, str | None]) -> None:
    other = tmp_path / "backup.db"
    fine(husrum("backup", other, "--db", town, env=env))
    fine(husrum("undo", "--db", town, env=env))
    fine(husrum("restore", other, "--db", town, env=env))
    fine(husrum("undo", "--db", other, env=env))  # what can be taken back is in the backup too
    with closing(looked_into(town, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE people SET phone = '20123456' || hex(zeroblob(1000))")
        assert {path.name for path in tmp_path.iterdir()} == {"aarhus.db", "aarhus.db-journal", "backup.db", "aarhus.before-restore.db"}
        for path in tmp_path.iterdir():
            content = path.read_bytes()
            assert not any(word in content for word in (b"Annabell", b"20123456", b"CREATE TABLE", b"SQLite format")), path.name
        connection.execute("ROLLBACK")
    fine(husrum("person", "find", "Annabell", "--db", town, env=env))


def test_an_old_file_is_upgraded_and_the_copy_of_it_is_encrypted(town: Path, key: Path, tmp_path: Path, env: dict[str, str | None]) -> None:
    old = encrypted(oldest(tmp_path / "old.db"), key)
    fine(husrum("merge", tmp_path / "nation.db", old, env=env))
    assert version(old) == 1, "a merge changes no source"
    fine(husrum("check", "--db", old, env=env))
    kept = tmp_path / "old.version-1.db"
    assert (version(old), version(kept), plain(old), plain(kept)) == (VERSION, 1, False, False)


def encrypted(path: Path, key: Path) -> Path:
    """The file, encrypted as it is."""
    if plain(path):
        path.with_name("recoded.db").touch()
        copy_with_key(path, None, path.with_name("recoded.db"), key.read_bytes())
        path.with_name("recoded.db").replace(path)
    return path


def test_a_backup_in_clear_makes_no_encrypted_file_readable(town: Path, tmp_path: Path, env: dict[str, str | None]) -> None:
    clear = Path(shutil.copy2(town, tmp_path / "clear.db"))
    fine(husrum("decrypt", "--db", clear, env=env))
    before = rows_of(town)
    fine(husrum("person", "leave", "1", "--db", town, env=env))
    fine(husrum("restore", clear, "--db", town, env=env))
    assert not plain(town) and rows_of(town) == before
    town.write_bytes(b"")  # also where nothing is left of the file
    fine(husrum("restore", clear, "--db", town, env=env))
    assert not plain(town) and rows_of(town) == before
    # And the other way round: a file that is in clear stays so.
    backup = tmp_path / "backup.db"
    fine(husrum("backup", backup, "--db", town, env=env))
    fine(husrum("restore", backup, "--db", clear, env=env))
    assert plain(clear) and rows_of(clear) == before


def test_another_program_that_has_the_key_is_noticed(town: Path, key: Path, env: dict[str, str | None]) -> None:
    assert "outside" not in {each["command"] for each in log_of(town)}
    with closing(looked_into(town)) as other, other:
        other.execute("UPDATE people SET called = 'Nus' WHERE number = 1")
    assert "changed outside husrum" in fine(husrum("log", "--db", town, env=env)).stdout
    fine(husrum("person", "leave", "1", "--db", town, env=env))
    assert [each["command"] for each in log_of(town)][:2] == ["person leave", "outside"]
    assert "Another program" not in husrum("check", "--db", town, env=env).stdout
    with closing(looked_into(town, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
    locked(husrum("merge", town.with_name("nation.db"), town, env=env), "was left open by another program")
    assert list(town.parent.iterdir()) == [town]


def test_old_backups_are_looked_into(town: Path, tmp_path: Path, env: dict[str, str | None]) -> None:
    fine(husrum("backup", tmp_path / "backup.db", "--db", town, env=env))
    output = fine(husrum("person", "erase", "Annabell", "--yes", "--db", town, env=env)).stderr
    assert "backup.db" in output
    fine(husrum("restore", tmp_path / "backup.db", "--db", town, env=env))
    assert "Annabell" not in fine(husrum("person", "list", "--db", town, env=env)).stdout


def test_damage_is_reported_in_a_line_and_changes_nothing(town: Path, env: dict[str, str | None]) -> None:
    held, chance = town.read_bytes(), Random(7)
    for number in range(30):
        spoiled = bytearray(held)
        for _each in range(3):
            spoiled[chance.randrange(len(held))] ^= 1 << chance.randrange(8)
        content = bytes(spoiled[: chance.randrange(1, len(held))] if number % 3 == 0 else spoiled)
        town.write_bytes(content)
        for words in (["person", "list"], ["stats", "year", "2024"], ["check"], ["merge", town.with_name("out.db"), town]):
            result = husrum(*words, "--db", town, env=env)
            no_bug(result.exit_code, result.stderr)
            # Every page carries a hash: check finds every flipped bit.
            assert words != ["check"] or result.exit_code in (3, 5)
            assert town.read_bytes() == content
        town.with_name("out.db").unlink(missing_ok=True)


# The nation


def test_files_with_keys_of_their_own_become_one_encrypted_nation(tmp_path: Path, env: dict[str, str | None]) -> None:
    for city in ("aarhus", "viborg"):
        own = ["--db", tmp_path / f"{city}.db", "--db-key", tmp_path / f"{city}.key"]
        fine(husrum("init", tmp_path / f"{city}.db", "--city", city.title(), "--encrypt", "--db-key", tmp_path / f"{city}.key", env=env))
        fine(husrum("intake", "add", f"{NAME} {city}", "--born", "2003-05-01", "--held", "2024-05-02", *own, env=env))
    out, files = tmp_path / "nation.db", [tmp_path / "aarhus.db", tmp_path / "viborg.db"]
    keys = [tmp_path / "aarhus.key", tmp_path / "viborg.key"]
    locked(husrum("merge", out, *files, env={**env, "XDG_CONFIG_HOME": str(tmp_path / "nobody")}), "--db-key")
    locked(husrum("merge", out, *files, "--db-key", keys[0], env=env), "viborg.db", "another key")
    assert not out.exists()
    both = [word for key in keys for word in ("--source-key", key)]
    fine(husrum("merge", out, *files, *both, env={**env, "XDG_CONFIG_HOME": str(tmp_path / "nobody")}))
    assert plain(out)
    fine(husrum("merge", tmp_path / "secret.db", *files, "--encrypt", "--db-key", tmp_path / "nation.key", *both, env=env))
    fine(husrum("merge", tmp_path / "secret.db", files[0], "--db-key", tmp_path / "nation.key", *both, env=env))
    assert not plain(tmp_path / "secret.db")
    locked(husrum("merge", tmp_path / "secret.db", files[0], *both, env={**env, "XDG_CONFIG_HOME": str(tmp_path / "nobody")}), "secret.db")
    keyed = ["--db-key", tmp_path / "nation.key"]
    years = [
        fine(husrum("stats", "year", "2024", "--format", "json", *keyed, "--db", path, env=env)).stdout
        for path in (out, tmp_path / "secret.db")
    ]
    assert years[0] == years[1] and len(json.loads(years[0])["branches"]) == 2


def test_a_nation_in_clear_becomes_an_encrypted_one(town: Path, tmp_path: Path, env: dict[str, str | None]) -> None:
    out = tmp_path / "nation.db"
    fine(husrum("merge", out, town, env=env))
    was = dump(out)
    assert plain(out)
    fine(husrum("merge", out, town, "--encrypt", env=env))
    assert not plain(out) and dump(out) == was
    fine(husrum("merge", out, town, env=env))
    assert not plain(out) and dump(out) == was


def test_what_was_encrypted_to_be_handed_over_goes_into_an_encrypted_nation(town: Path, tmp_path: Path, env: dict[str, str | None]) -> None:
    identity = tmp_path / "office.txt"
    public = new_identity(identity)
    fine(husrum("link", "national-key", public, "--db", town, env=env))
    fine(husrum("export", "handover", tmp_path / "handover.age", "--db", town, env=env))
    fine(husrum("merge", tmp_path / "nation.db", tmp_path / "handover.age", "--encrypt", "--identity", identity, env=env))
    fine(husrum("merge", tmp_path / "straight.db", town, env=env))
    assert not plain(tmp_path / "nation.db") and dump(tmp_path / "nation.db") == dump(tmp_path / "straight.db")


# Faults


@pytest.mark.parametrize("words", [["encrypt"], ["decrypt"]])
def test_killed_at_any_moment_it_is_one_or_the_other(
    town: Path, key: Path, tmp_path: Path, env: dict[str, str | None], words: list[str]
) -> None:
    if words == ["encrypt"]:
        fine(husrum("decrypt", "--db", town, env=env))
    held, chance = town.read_bytes(), Random(3)
    before = rows_of(town)
    for number in range(6):
        town.write_bytes(held)
        struck(9, chance.uniform(0.01, 0.2), *words, "--db", town)
        sound(town)
        assert rows_of(town) == before, number
        result = husrum(*words, "--db", town, env=env)
        assert result.exit_code in (0, 5)
        assert names_after_the_next(tmp_path) == {"aarhus.db"}
        assert edits_of(town) and plain(town) == (words == ["decrypt"])


def test_while_it_is_encrypted_nobody_else_writes(town: Path, env: dict[str, str | None], monkeypatch: pytest.MonkeyPatch) -> None:
    from husrum_cli.store import connection as connecting

    monkeypatch.setattr(connecting, "PATIENCE", 0.2)
    with closing(looked_into(town, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        locked(husrum("decrypt", "--db", town, env=env), "being written")
    assert not plain(town)
    process = started("decrypt", "--db", town)
    process.communicate()
    assert process.returncode == 0 and plain(town)


@pytest.mark.parametrize("first", [("person", "list"), ("undo",)], ids=" ".join)
@pytest.mark.parametrize("encrypted", [True, False], ids=["encrypted", "plain"])
def test_a_command_that_was_killed_is_not_taken_for_another_program(
    town: Path, env: dict[str, str | None], encrypted: bool, first: tuple[str, ...]
) -> None:
    if not encrypted:
        fine(husrum("decrypt", "--db", town, env=env))
    fine(husrum("intake", "add", "Bo Ek", "--enquired", "2024-05-02", "--db", town, env=env))
    left = town.with_name("left.db")
    with closing(looked_into(town, isolation_level=None)) as other:
        for sql in ("PRAGMA cache_size = 1", "BEGIN IMMEDIATE", "CREATE TABLE large (bytes BLOB)"):
            other.execute(sql)
        other.executemany("INSERT INTO large VALUES (randomblob(3000))", [()] * 200)
        shutil.copy(f"{town}-journal", f"{left}-journal")
        other.execute("COMMIT")
        shutil.copy(town, left)  # as if it ended before it could delete its journal
    for words in (first, ("undo",)):
        fine(husrum(*words, "--db", left, env=env))
    assert ("Bo Ek" in str(rows_of(left)), NAME in str(rows_of(left))) == (False, first != ("undo",))
    assert "changed outside" not in husrum("check", "--db", left, env=env).stdout
